//! A page as it came in: where from, decoded, not yet cleaned.

use jiff::civil::Date;
use text::{Note, Raw, Source};

/// How the raw text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Running text with line ends.
    Text,
    /// Markup.
    Html,
    /// Text that must be kept as it is: one paragraph, nothing cut (a bare sentence of a JSON Lines file).
    Verbatim,
}

/// What the input says of the page besides its text; trusted over what cleaning finds.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Publication day.
    pub published: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
}

/// One page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The given id, else the hash of the page's bytes.
    pub id: String,
    /// The file it was read from, as named by the user.
    pub path: Option<String>,
    /// Its decoded text.
    pub raw: Source<Raw>,
    /// How to read `raw`.
    pub kind: Kind,
    /// What the input says of it.
    pub given: Given,
    /// What was odd in reading it (a wrong charset, a cut).
    pub notes: Vec<Note>,
}
