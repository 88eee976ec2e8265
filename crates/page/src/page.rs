//! A page as it came in: where from, decoded, not yet cleaned.

use jiff::civil::Date;
use text::{Note, Raw, Source, hash128};

/// How the raw text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Running text with line ends.
    Text,
    /// Markup.
    Html,
    /// Text that must be kept as it is: nothing cut, line breaks part paragraphs (a bare sentence of a JSON Lines file).
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
    /// Publication day to use only where the page itself tells none (`--published`).
    pub otherwise_published: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Author line.
    pub byline: Option<String>,
    /// The day the page was fetched, where the input tells (a crawl's record).
    pub fetched: Option<Date>,
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

impl Page {
    /// A page whose text is kept to the letter; line breaks part its paragraphs.
    ///
    /// ```
    /// let page = page::Page::verbatim("s1", "Kyiv said no.", page::Given::default());
    /// assert_eq!(page::clean(&page).body.as_str(), "Kyiv said no.");
    /// ```
    pub fn verbatim(id: impl Into<String>, text: &str, given: Given) -> Page {
        Page { id: id.into(), path: None, raw: Source::new(text), kind: Kind::Verbatim, given, notes: Vec::new() }
    }

    /// A page of text or markup that is already decoded; its id is the hash of the text.
    pub fn new(kind: Kind, text: &str, given: Given) -> Page {
        let id = hash128(&[text.as_bytes()]).to_string();
        Page { id, path: None, raw: Source::new(text), kind, given, notes: Vec::new() }
    }
}
