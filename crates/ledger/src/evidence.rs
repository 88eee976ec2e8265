//! Where a record was read: no record exists without it.

use text::{Body, Source, Span};

/// Which text of a page a span counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Part {
    /// The article's text.
    #[default]
    Text,
    /// The headline.
    Title,
}

/// Some words of a page, with their place. Made only from the source they stand in, so `text` is always what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Quoted {
    /// Where.
    pub span: Span<Body>,
    /// The words from start to end.
    pub text: String,
}

impl Quoted {
    /// The words at `span` of `source`.
    pub fn new(source: &Source<Body>, span: Span<Body>) -> Self {
        Quoted { span, text: source.slice(span).to_string() }
    }
}

/// Page, place, words, finder and revision: what a sceptic needs to check a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Evidence {
    /// The page's id.
    pub page: String,
    /// Headline or text; counts for every span of the record.
    pub part: Part,
    /// The hull of the record's words.
    pub quoted: Quoted,
    /// The pieces, where the hull has gaps; empty otherwise.
    pub parts: Vec<Span<Body>>,
    /// The finder that made the record.
    pub finder: &'static str,
    /// Revision of lexicon and model.
    pub revision: String,
}
