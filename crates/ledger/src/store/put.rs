//! Pages and their records go in, or out again. Everything of one call happens wholly or not at all.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::entry::{Texts, pack};
use super::overlay::{self, Unplaced};
use super::rows::take_out;
use super::{Entry, Error, Facts, Store, Tried, change, happening, likeness, versions};

/// What the ledger knows of a page before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Nothing.
    No,
    /// The same page.
    Same,
    /// The same id with other words.
    Other,
    /// It was forgotten on request.
    Forgotten,
}

/// What came of putting pages in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// New pages.
    pub pages: usize,
    /// Pages that were there already.
    pub known: usize,
    /// Pages whose id was there with other words.
    pub versions: usize,
    /// Pages whose words were there under another day, and now have the later one.
    pub dated: usize,
    /// Pages left out since they were forgotten on request.
    pub forgotten: usize,
    /// New statements.
    pub statements: usize,
    /// New events.
    pub events: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, more: Tally) {
        self.pages += more.pages;
        self.known += more.known;
        self.versions += more.versions;
        self.dated += more.dated;
        self.forgotten += more.forgotten;
        self.statements += more.statements;
        self.events += more.events;
    }
}

impl Store {
    /// Whether a page with that id and hash is there.
    pub fn seen(&self, id: &str, hash: &str) -> Result<Seen, Error> {
        seen(&self.conn, id, hash).tried(self, "cannot look for a page")
    }

    /// Whether the page with that id has a publication day.
    pub fn is_dated(&self, id: &str) -> Result<bool, Error> {
        let what = "cannot look for a page";
        self.conn
            .prepare_cached("SELECT 1 FROM pages WHERE id = ?1 AND published IS NOT NULL")
            .and_then(|mut dated| dated.exists([id]))
            .tried(self, what)
    }

    /// Notes that a page that is there came again, from the file `path`. Nothing changes where it came from there before.
    pub fn came_again(&mut self, id: &str, path: Option<&str>, place: u32, at: DateTime) -> Result<(), Error> {
        came(&self.conn, id, path, place, at).tried(self, "cannot note where a page came from")
    }

    /// Puts pages in. A page that is there already changes nothing. The same words with a later day, or with a day where none
    /// was known, take the place of the page; of several wordings under one id the one published last (of two, the one with the
    /// greater hash) is the page, and the others are set aside with what was read from them.
    pub fn add(&mut self, entries: &[Entry], at: DateTime) -> Result<Tally, Error> {
        let what = "cannot add pages";
        let path = self.path.clone();
        let failed = |source| Error::sql(&path, what, source);
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let mut dirty = BTreeSet::new();
        let mut tally = Tally::default();
        for entry in entries {
            tally += add(&transaction, entry, at, &mut dirty).map_err(failed)?;
        }
        happening::count(&transaction, &dirty).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(tally)
    }

    /// Puts the new readings of pages that are there in the place of the old ones. Corrections are laid over the new
    /// records; those whose words are found no more are returned.
    pub fn replace(&mut self, entries: &[Entry], at: DateTime) -> Result<Vec<Unplaced>, Error> {
        let what = "cannot replace the reading of a page";
        let path = self.path.clone();
        let failed = |source| Error::sql(&path, what, source);
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let mut dirty = BTreeSet::new();
        let mut unplaced = Vec::new();
        for entry in entries {
            let key: Option<i64> = transaction
                .query_row("SELECT key FROM pages WHERE id = ?1", [&entry.facts.id], |row| row.get(0))
                .optional()
                .map_err(failed)?;
            let Some(key) = key else { continue };
            likeness::leave(&transaction, key).map_err(failed)?;
            take_out(&transaction, key, at, &mut dirty).map_err(failed)?;
            unplaced.extend(put_in(&transaction, entry, Some(key), at, &mut dirty).map_err(failed)?);
        }
        happening::count(&transaction, &dirty).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(unplaced)
    }
}

fn seen(conn: &Connection, id: &str, hash: &str) -> rusqlite::Result<Seen> {
    let mut there = conn.prepare_cached("SELECT hash FROM pages WHERE id = ?1")?;
    if let Some(found) = there.query_row([id], |row| row.get::<_, String>(0)).optional()? {
        let known = "SELECT 1 FROM versions WHERE page = ?1 AND hash = ?2 UNION ALL SELECT 1 FROM same_words WHERE page = ?1 AND hash = ?2";
        let same = found == hash || conn.prepare_cached(known)?.exists((id, hash))?;
        return Ok(if same { Seen::Same } else { Seen::Other });
    }
    let forgotten = conn.prepare_cached("SELECT 1 FROM forgotten WHERE page = ?1")?.exists([id])?;
    Ok(if forgotten { Seen::Forgotten } else { Seen::No })
}

fn came(conn: &Connection, id: &str, path: Option<&str>, place: u32, at: DateTime) -> rusqlite::Result<()> {
    let from = path.unwrap_or("");
    let new = conn
        .prepare_cached("INSERT OR IGNORE INTO arrivals (page, path, place, at) VALUES (?1, ?2, ?3, ?4)")?
        .execute((id, from, place, at.to_string()))?;
    if new > 0 && path.is_some() {
        conn.prepare_cached(
            "UPDATE pages SET path = ?2, place = ?3 WHERE id = ?1 AND (path IS NULL OR (path, place) > (?2, ?3))",
        )?
        .execute((id, path, place))?;
    }
    Ok(())
}

fn add(conn: &Connection, entry: &Entry, at: DateTime, dirty: &mut BTreeSet<String>) -> rusqlite::Result<Tally> {
    let Facts { id, hash, path, place, .. } = &entry.facts;
    let records = Tally { statements: entry.statements.len(), events: entry.events.len(), ..Tally::default() };
    let tally = match seen(conn, id, hash)? {
        Seen::Forgotten => return Ok(Tally { forgotten: 1, ..Tally::default() }),
        Seen::Same => Tally { known: 1, ..Tally::default() },
        Seen::No => {
            put_in(conn, entry, None, at, dirty)?;
            Tally { pages: 1, ..records }
        }
        Seen::Other => match versions::settle(conn, entry, at, dirty)? {
            versions::Outcome::Known => Tally { known: 1, ..Tally::default() },
            versions::Outcome::Aside => Tally { versions: 1, ..Tally::default() },
            versions::Outcome::Dated => Tally { dated: 1, ..records },
            versions::Outcome::Replaced => Tally { versions: 1, ..records },
        },
    };
    came(conn, id, path.as_deref(), *place, at)?;
    Ok(tally)
}

/// The day from which a page counts: published, else fetched, else come in.
pub(super) fn known_from(facts: &Facts, at: DateTime) -> String {
    facts.published.or(facts.fetched).unwrap_or_else(|| at.date()).to_string()
}

/// Writes one page and its records. `key` is given where the page stood there before.
pub(super) fn put_in(
    conn: &Connection,
    entry: &Entry,
    key: Option<i64>,
    at: DateTime,
    dirty: &mut BTreeSet<String>,
) -> rusqlite::Result<Vec<Unplaced>> {
    let facts = &entry.facts;
    let retracted: Option<String> =
        conn.prepare_cached("SELECT at FROM retractions WHERE page = ?1")?.query_row([&facts.id], |row| row.get(0)).optional()?;
    let published = facts.published.map(|day| day.to_string());
    let fetched = facts.fetched.map(|day| day.to_string());
    let known = known_from(facts, at);
    // A page that is read anew stays known from the day it came.
    conn.prepare_cached(
        "INSERT INTO pages (key, id, hash, path, place, url, title, byline, publisher, language, published, published_from, known,
           translation_suspect, cluster, origin, why_none, revision, retracted, fetched, words)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
         ON CONFLICT (key) DO UPDATE SET hash = excluded.hash, url = excluded.url, title = excluded.title, byline = excluded.byline,
           publisher = excluded.publisher, language = excluded.language, published = excluded.published,
           published_from = excluded.published_from, known = coalesce(excluded.published, min(known, excluded.known)),
           translation_suspect = excluded.translation_suspect, cluster = excluded.cluster, origin = excluded.origin,
           why_none = excluded.why_none, revision = excluded.revision, retracted = excluded.retracted, fetched = excluded.fetched,
           words = excluded.words, settled = 0",
    )?
    .execute(rusqlite::params![
        key,
        facts.id,
        facts.hash,
        facts.path,
        facts.place,
        facts.url,
        facts.title,
        facts.byline,
        facts.publisher,
        facts.language,
        published,
        facts.published_from,
        known,
        facts.translation_suspect,
        facts.cluster,
        facts.origin,
        facts.why_none,
        facts.revision,
        retracted,
        fetched,
        facts.words,
    ])?;
    let page = key.unwrap_or_else(|| conn.last_insert_rowid());
    // Read anew, it stays known from the day it came; its records go by that day too.
    let known: String = match key {
        Some(key) => conn.prepare_cached("SELECT known FROM pages WHERE key = ?1")?.query_row([key], |row| row.get(0))?,
        None => known,
    };
    let digest = (!entry.digest.is_empty()).then(|| pack(&entry.digest));
    conn.prepare_cached("INSERT OR REPLACE INTO texts (page, raw, reading, digest) VALUES (?1, ?2, ?3, ?4)")?.execute((
        page,
        pack(&entry.raw),
        entry.packed(),
        digest,
    ))?;
    conn.prepare_cached("INSERT INTO search (rowid, title, text) VALUES (?1, ?2, ?3)")?.execute((
        page,
        facts.title.as_deref().unwrap_or(""),
        &entry.text,
    ))?;
    let texts = Texts::new(entry);
    let corrections = change::of_page(conn, &facts.id)?;
    let (corrected, unplaced) = overlay::lay_over(entry, &texts, &corrections, None);
    change::put_records(conn, page, &corrected, &texts, &known, retracted.is_some(), at, dirty)?;
    Ok(unplaced)
}
