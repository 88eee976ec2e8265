//! A file that is one page.

use std::io::Read;

use text::{Note, hash128};

use super::{Format, Source};
use crate::{Error, ErrorKind, Given, Kind, Page, charset};

/// Reads the one page of an input.
pub(super) fn page(source: &Source, mut input: impl Read, format: Format) -> Result<Page, Error> {
    let limit = source.options.limits.page_bytes;
    let mut bytes = Vec::new();
    let mut notes = Vec::new();
    if let Err(error) = input.by_ref().take(limit as u64 + 1).read_to_end(&mut bytes) {
        // What came before the damage is still a page.
        if bytes.len() < 64 {
            return Err(Error::io(source.name.clone(), error));
        }
        notes.push(Note::new("damaged", format!("the file breaks off ({error}); what came before is read")));
    }
    if bytes.len() > limit {
        bytes.truncate(limit);
        notes.push(Note::new("too-long", format!("longer than {} MiB; only the beginning is read", limit >> 20)));
    }
    from_bytes(source, &bytes, None, Some(format), Given::default(), notes)
}

/// A page from its bytes; `format` is guessed from them where unknown.
pub(super) fn from_bytes(
    source: &Source,
    bytes: &[u8],
    charset: Option<&str>,
    format: Option<Format>,
    mut given: Given,
    mut notes: Vec<Note>,
) -> Result<Page, Error> {
    let text = charset::decode(bytes, charset, &mut notes).map_err(|what| source.error(ErrorKind::NotText(what)))?;
    if text.trim().is_empty() {
        notes.push(Note::new("empty", "the page is empty"));
    }
    let html = match format {
        Some(format) => format == Format::Html,
        None => looks_like_markup(&text[..floor(&text, 2048)].to_ascii_lowercase()),
    };
    given.otherwise_published = source.options.published;
    Ok(Page {
        id: hash128(&[bytes]).to_string(),
        path: Some(source.name.clone()),
        raw: text::Source::new(text),
        kind: if html { Kind::Html } else { Kind::Text },
        given,
        notes,
    })
}

/// Whether a text, in lower case, begins as markup does.
pub(super) fn looks_like_markup(head: &str) -> bool {
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if head.starts_with("<!doctype") || head.starts_with("<html") || head.starts_with("<?xml") || head.starts_with("<!--") {
        return true;
    }
    const TAGS: [&str; 10] = ["<head", "<body", "<p>", "<p ", "<div", "<article", "<meta", "<br", "<title", "<h1"];
    let starts = head.starts_with('<') && head[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    let tags: usize = TAGS.iter().map(|t| head.matches(t).count()).sum();
    (starts && tags >= 1) || tags >= 5
}

/// The nearest character boundary at or below `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
