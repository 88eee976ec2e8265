//! A page that comes as a row of named fields: a JSON Lines object, a row of a table.

use jiff::civil::Date;
use text::{Note, hash128};

use super::Source;
use crate::{ErrorKind, Given, Kind, Page, dates};

/// The fields; `text` or `html` must be there.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub text: Option<String>,
    pub html: Option<String>,
    id: Option<String>,
    title: Option<String>,
    url: Option<String>,
    publisher: Option<String>,
    language: Option<String>,
    byline: Option<String>,
    published: Option<String>,
    fetched: Option<String>,
    /// The day of `published`, where the row holds a day and no words.
    pub published_day: Option<Date>,
    /// The day of `fetched`, likewise.
    pub fetched_day: Option<Date>,
    pub notes: Vec<Note>,
}

/// The names of the fields that hold words.
pub(super) const WORDS: [&str; 8] = ["id", "title", "url", "publisher", "language", "byline", "published", "fetched"];

impl Row {
    /// Fills one of [`WORDS`]; what is empty stays unknown.
    pub(super) fn set(&mut self, field: &str, words: String) {
        let words = Some(words.trim().to_string()).filter(|w| !w.is_empty());
        match field {
            "id" => self.id = words,
            "title" => self.title = words,
            "url" => self.url = words,
            "publisher" => self.publisher = words,
            "language" => self.language = words,
            "byline" => self.byline = words,
            "published" => self.published = words,
            "fetched" => self.fetched = words,
            _ => {}
        }
    }

    /// The page. Text of one paragraph is kept to the letter.
    pub(super) fn page(self, source: &Source) -> Result<Page, ErrorKind> {
        let limit = source.options.limits.page_bytes;
        let mut notes = self.notes;
        let day = self.published.as_deref().and_then(dates::parse).map(|s| s.date).or(self.published_day);
        if let Some(odd) = self.published.filter(|_| day.is_none()) {
            notes.push(Note::new("date", format!("`published` is no date: {odd:?}")));
        }
        let (mut text, kind) = match (self.text, self.html) {
            (Some(text), _) if text.trim().contains(['\n', '\r']) => (text, Kind::Text),
            (Some(text), _) => (text, Kind::Verbatim),
            (None, Some(html)) => (html, Kind::Html),
            (None, None) => return Err(ErrorKind::Malformed("neither `text` nor `html` is in it".into())),
        };
        if text.len() > limit {
            text.truncate(super::single::floor(&text, limit));
            notes.push(Note::new("too-long", format!("longer than {} MiB; only the beginning is read", limit >> 20)));
        }
        if text.trim().is_empty() {
            notes.push(Note::new("empty", "the page is empty"));
        }
        let given = Given {
            title: self.title,
            url: self.url,
            published: day,
            otherwise_published: source.options.published,
            publisher: self.publisher,
            language: self.language.as_deref().and_then(language),
            byline: self.byline,
            fetched: self.fetched.as_deref().and_then(dates::parse).map(|d| d.date).or(self.fetched_day),
        };
        let id = self.id.unwrap_or_else(|| hash128(&[text.as_bytes()]).to_string());
        Ok(Page { id, path: Some(source.name.clone()), raw: text::Source::new(text), kind, given, notes })
    }
}

/// The ISO 639-1 code in `en`, `en-GB`, `eng`, `English`; what is neither a code nor English is left to the page's own words.
fn language(given: &str) -> Option<String> {
    let given = given.to_ascii_lowercase();
    let code = given.split(['-', '_']).next().unwrap_or("");
    match code {
        "eng" | "english" => Some("en".to_string()),
        _ => (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then(|| code.to_string()),
    }
}
