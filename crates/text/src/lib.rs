//! How every part of Détente points into a text.
//!
//! A [`Span`] is a half-open range of bytes in one kind of text: [`Raw`] (a page as decoded) or [`Body`] (the cleaned
//! article). The kind is part of the type, so that a place in the page is never mistaken for a place in the article.
//! A [`Source`] is such a text, shared, with its hash. An [`Alignment`] is the only road from `Body` back to `Raw`.
//! Character offsets exist only at the output border: see [`CharIndex`].
//!
//! ```
//! use text::{Body, Source};
//! let body: Source<Body> = Source::new("Kyiv said no.");
//! let span = body.find("said").unwrap();
//! assert_eq!(body.slice(span), "said");
//! ```
#![deny(missing_docs)]

mod alignment;
mod hash;
mod note;
mod source;
mod span;

pub use alignment::Alignment;
pub use hash::{Id, hash128};
pub use note::Note;
pub use source::{CharIndex, Source};
pub use span::{Body, Raw, Span};
