//! Bytes to pages to articles: the only crate that knows charsets, HTML and feeds.
//!
//! [`read`] streams the pages of a file or folder; [`clean`] keeps the article of each, with the reason for every cut and
//! the road back to the page ([`Article::alignment`]).
//!
//! ```
//! let raw = "Talks end without result\n\nThe ministers met in Geneva on Monday. They will meet again.\n\nShare post:\n";
//! let article = page::clean(&page::Page::new(page::Kind::Text, raw, page::Given::default()));
//! assert_eq!(article.title.unwrap().as_str(), "Talks end without result");
//! assert_eq!(article.body.as_str(), "The ministers met in Geneva on Monday. They will meet again.");
//! assert_eq!(article.removed[0].why, "share bar");
//! ```
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod article;
mod block;
mod charset;
mod clean;
pub mod copies;
mod cut;
mod dateline;
mod dates;
mod error;
mod html;
mod language;
mod lexicon;
mod page;
mod plain;
mod read;
mod suspect;
mod trail;

pub use article::{Article, Credit, Dateline, Removed, Suspicion};
pub use clean::clean;
pub use error::{Error, ErrorKind};
pub use page::{Given, Kind, Page};
pub use read::{Format, Limits, Pages, ReadOptions, read, read_from, size};
