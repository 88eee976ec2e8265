//! One page with everything that was read from it, as the store takes it and gives it back.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use jiff::civil::Date;
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use text::{Body, CharIndex, Source, Span};

use super::{Error, Kind, Store, Tried};
use crate::{Event, Part, Statement};

/// The longest reading or page that is unpacked; a hostile file may claim more.
const MOST: u64 = 1 << 30;

/// What a ledger tells of a page besides its words.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The page's id.
    pub id: String,
    /// Hash of the page as it came.
    pub hash: String,
    /// Hash of its words alone, whatever was given with them.
    pub words: String,
    /// File it came from.
    pub path: Option<String>,
    /// Which page of that file, from 0.
    pub place: u32,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Author line.
    pub byline: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Publication day.
    pub published: Option<Date>,
    /// Where that day was found.
    pub published_from: Option<String>,
    /// The day on which it was fetched, where that is told.
    pub fetched: Option<Date>,
    /// Signs of translation, 0 to 1.
    pub translation_suspect: f64,
    /// Smallest page id among its near-copies.
    pub cluster: Option<String>,
    /// Whose account it repeats.
    pub origin: Option<String>,
    /// Why it yielded no record, where it did not.
    pub why_none: Option<String>,
    /// Lexicon and model that read it.
    pub revision: String,
}

/// A page, the records read from it, and what its reader wants to keep besides.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What is told of the page.
    pub facts: Facts,
    /// The article's text, which spans count in.
    pub text: String,
    /// The page as it came, in the reader's own words; enough to read it anew.
    pub raw: Vec<u8>,
    /// What else the reader keeps of the article; the store does not look into it.
    pub article: serde_json::Value,
    /// Statements, in order.
    pub statements: Vec<Statement>,
    /// Events, in order.
    pub events: Vec<Event>,
    /// What the reader needs to compare this page with others; goes in here and comes out of [`Store::digest`] and [`super::Settling`] alone.
    pub digest: Vec<u8>,
}

/// The part of an entry that is kept compressed; the rest stands in the table of pages.
#[derive(Serialize, Deserialize)]
struct Reading {
    text: String,
    article: serde_json::Value,
    statements: Vec<Statement>,
    events: Vec<Event>,
}

/// The two texts of a page, with the tables that turn bytes into characters.
pub(super) struct Texts {
    pub title: Source<Body>,
    pub text: Source<Body>,
    title_chars: CharIndex,
    text_chars: CharIndex,
}

impl Texts {
    pub fn new(entry: &Entry) -> Texts {
        let title: Source<Body> = Source::new(entry.facts.title.as_deref().unwrap_or(""));
        let text: Source<Body> = Source::new(entry.text.as_str());
        Texts { title_chars: CharIndex::new(&title), text_chars: CharIndex::new(&text), title, text }
    }

    pub fn source(&self, part: Part) -> &Source<Body> {
        if part == Part::Title { &self.title } else { &self.text }
    }

    /// A span in characters.
    pub fn chars(&self, part: Part, span: Span<Body>) -> (i64, i64) {
        let (start, end) = if part == Part::Title { self.title_chars.pair(span) } else { self.text_chars.pair(span) };
        (start as i64, end as i64)
    }
}

/// `text` or `title`, as the tables have it.
pub(super) fn part_name(part: Part) -> &'static str {
    if part == Part::Title { "title" } else { "text" }
}

pub(super) fn part_of(name: &str) -> Part {
    if name == "title" { Part::Title } else { Part::Text }
}

pub(super) fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut to = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(6));
    // Writing to memory cannot fail.
    let _ = to.write_all(bytes);
    to.finish().unwrap_or_default()
}

pub(super) fn unpack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut whole = Vec::with_capacity(bytes.len() * 4);
    DeflateDecoder::new(bytes).take(MOST).read_to_end(&mut whole)?;
    Ok(whole)
}

/// The text of a packed reading, without the rest.
pub(super) fn just_text(packed: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Text {
        text: String,
    }
    serde_json::from_slice::<Text>(&unpack(packed).ok()?).ok().map(|reading| reading.text)
}

impl Entry {
    /// The reading, compressed.
    pub(super) fn packed(&self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Lent<'a> {
            text: &'a str,
            article: &'a serde_json::Value,
            statements: &'a [Statement],
            events: &'a [Event],
        }
        let Entry { text, article, statements, events, .. } = self;
        // Maps with text keys and finite figures always serialise; a figure that is no number becomes null.
        pack(&serde_json::to_vec(&Lent { text, article, statements, events }).unwrap_or_default())
    }
}

/// The columns that [`facts`] reads.
pub(super) const FACTS: &str = "id, hash, path, place, url, title, byline, publisher, language, published, published_from, \
    translation_suspect, cluster, origin, why_none, revision, fetched, words";

pub(super) fn facts(row: &rusqlite::Row<'_>) -> rusqlite::Result<Facts> {
    Ok(Facts {
        id: row.get(0)?,
        hash: row.get(1)?,
        path: row.get(2)?,
        place: row.get(3)?,
        url: row.get(4)?,
        title: row.get(5)?,
        byline: row.get(6)?,
        publisher: row.get(7)?,
        language: row.get(8)?,
        published: row.get::<_, Option<String>>(9)?.and_then(|day| day.parse().ok()),
        published_from: row.get(10)?,
        translation_suspect: row.get(11)?,
        cluster: row.get(12)?,
        origin: row.get(13)?,
        why_none: row.get(14)?,
        revision: row.get(15)?,
        fetched: row.get::<_, Option<String>>(16)?.and_then(|day| day.parse().ok()),
        words: row.get(17)?,
    })
}

impl Store {
    /// The page with the key `page` as the machine read it: corrections are laid over it by [`Store::corrected`].
    pub(super) fn entry_by_key(&self, page: i64) -> Result<Entry, Error> {
        self.entry_with(page, "raw")
    }

    /// The same without the page as it came, which only reading anew needs.
    pub(super) fn entry_as_read(&self, page: i64) -> Result<Entry, Error> {
        self.entry_with(page, "x'0300' AS raw")
    }

    fn entry_with(&self, page: i64, raw: &str) -> Result<Entry, Error> {
        if let Some(then) = self.then.pages.get(&page) {
            return Ok(then.clone());
        }
        let what = "cannot read a page";
        let sql = format!("SELECT {FACTS}, {raw}, reading FROM pages JOIN texts ON texts.page = pages.key WHERE key = ?1");
        let mut statement = self.conn.prepare_cached(&sql).tried(self, what)?;
        let (facts, raw, reading) = statement
            .query_row([page], |row| Ok((facts(row)?, row.get::<_, Vec<u8>>("raw")?, row.get::<_, Vec<u8>>("reading")?)))
            .tried(self, what)?;
        self.unpacked(facts, &raw, &reading)
    }

    /// An entry from its packed parts.
    pub(super) fn unpacked(&self, facts: Facts, raw: &[u8], reading: &[u8]) -> Result<Entry, Error> {
        let broken = |error: &dyn std::fmt::Display| {
            Error::new(Kind::Damaged, &self.path, format!("page {} cannot be unpacked: {error}", facts.id))
        };
        let raw = unpack(raw).map_err(|error| broken(&error))?;
        let reading = unpack(reading).map_err(|error| broken(&error))?;
        let reading: Reading = serde_json::from_slice(&reading).map_err(|error| broken(&error))?;
        let Reading { text, article, statements, events } = reading;
        Ok(Entry { facts, text, raw, article, statements, events, digest: Vec::new() })
    }

    /// The key of the page with that id; an id may be shortened to its first eight characters or more, where only one
    /// page begins so.
    pub(super) fn page_key(&self, id: &str) -> Result<Option<i64>, Error> {
        let what = "cannot look for a page";
        let exact =
            self.conn.query_row("SELECT key FROM pages WHERE id = ?1", [id], |row| row.get(0)).optional().tried(self, what)?;
        if exact.is_some() || id.len() < 8 {
            return Ok(exact);
        }
        let mut near =
            self.conn.prepare_cached("SELECT key FROM pages WHERE substr(id, 1, length(?1)) = ?1 LIMIT 2").tried(self, what)?;
        let found: Vec<i64> = near.query_map([id], |row| row.get(0)).and_then(Iterator::collect).tried(self, what)?;
        Ok(if found.len() == 1 { found.first().copied() } else { None })
    }
}
