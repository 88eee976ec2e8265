//! Bytes to pages to articles: the only crate that knows charsets, HTML and feeds.
#![deny(missing_docs)]

mod article;
mod page;

pub use article::{Article, Credit, Dateline, Removed, Suspicion};
pub use page::{Given, Kind, Page};
