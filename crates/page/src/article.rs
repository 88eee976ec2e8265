//! An article: what is left of a page when everything that nobody wrote for a reader is gone.

use jiff::civil::Date;
use text::{Alignment, Body, Note, Raw, Source, Span};

/// Who stands in the trail of republication, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// Name as printed.
    pub name: String,
    /// Address, where the page gives one.
    pub url: Option<String>,
    /// `publisher`, `republisher`, `agency` or `source`.
    pub role: &'static str,
}

/// What was cut, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The words.
    pub text: String,
    /// Where they stood in the page.
    pub raw: Option<Span<Raw>>,
    /// The reason, for people: `repeated headline`, `share bar`, `comment form`, …
    pub why: &'static str,
}

/// Place, day and agency at the head of a report: `GENEVA, Jan 10 (Reuters) —`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The whole dateline, dash included.
    pub span: Span<Body>,
    /// The place's words.
    pub place: Option<Span<Body>>,
    /// The day as printed: month and day, the year where given.
    pub day: Option<(Option<i16>, i8, i8)>,
    /// The agency's name.
    pub agency: Option<String>,
}

/// How far the page looks like a machine's translation (design rule 14).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suspicion {
    /// 0 to 1.
    pub score: f32,
    /// What was seen, for people.
    pub signs: Vec<String>,
}

/// The article in a page.
#[derive(Debug, Clone)]
pub struct Article {
    /// Id of its page.
    pub page: String,
    /// File it was read from.
    pub path: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Headline; a text of its own, never part of `body`.
    pub title: Option<Source<Body>>,
    /// Author line.
    pub byline: Option<String>,
    /// Publisher's name.
    pub publisher: Option<String>,
    /// Publication day.
    pub published: Option<Date>,
    /// Where the day was found: `given`, `meta`, `json-ld`, `time`, `url`, `dateline`, `text`.
    pub published_from: Option<&'static str>,
    /// The moment of publication as stated, in ISO form with the zone as stated (`2022-01-13T10:05+01:00`), where the page tells a time.
    pub published_at: Option<String>,
    /// Who republished whom, outermost first.
    pub trail: Vec<Credit>,
    /// ISO 639-1 code, where it could be told.
    pub language: Option<String>,
    /// Signs of machine translation.
    pub translation_suspect: Suspicion,
    /// The text: paragraphs parted by an empty line.
    pub body: Source<Body>,
    /// Paragraphs, in order.
    pub paragraphs: Vec<Span<Body>>,
    /// From the body back to the page.
    pub alignment: Alignment,
    /// The dateline, where the text opens with one.
    pub dateline: Option<Dateline>,
    /// What was cut.
    pub removed: Vec<Removed>,
    /// What was odd.
    pub notes: Vec<Note>,
}
