//! Several wordings under one page id. Of each wording the one published last is kept; of all wordings the one published last
//! is the page, and the others are set aside with what was read from them, so that `--as-of` can bring them back. What is kept
//! does not depend on what came first.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};
use rusqlite::{Connection, OptionalExtension};

use super::entry::{FACTS, facts, pack};
use super::put::{known_from, put_in};
use super::rows::take_out;
use super::{Entry, Error, Facts, Store, Tried, likeness};

/// What became of a page that came with another hash under a known id.
pub(super) enum Outcome {
    /// Its words are there already, under a day no earlier than its own.
    Known,
    /// Its words were there, with an earlier day or none.
    Dated,
    /// Other words, published earlier than those that are there.
    Aside,
    /// Other words, which take the place of those that were there.
    Replaced,
}

/// Settles which wording is the page, where `entry` has the id of one that is there and another hash.
pub(super) fn settle(conn: &Connection, entry: &Entry, at: DateTime, dirty: &mut BTreeSet<String>) -> rusqlite::Result<Outcome> {
    let Facts { id, hash, words, published, .. } = &entry.facts;
    let rank = (published.map(|day| day.to_string()), hash.clone());
    let mut there = conn.prepare_cached("SELECT key, words, published, hash FROM pages WHERE id = ?1")?;
    let (key, there_words, there_rank): (i64, String, (Option<String>, String)) =
        there.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, (row.get(2)?, row.get(3)?))))?;
    let nothing_new = || -> rusqlite::Result<Outcome> {
        conn.prepare_cached("INSERT OR IGNORE INTO same_words (page, hash) VALUES (?1, ?2)")?.execute((id, hash))?;
        Ok(Outcome::Known)
    };
    if there_words == *words {
        if rank <= there_rank {
            return nothing_new();
        }
        conn.prepare_cached("INSERT OR IGNORE INTO same_words (page, hash) VALUES (?1, ?2)")?.execute((id, &there_rank.1))?;
        replace(conn, entry, key, at, dirty)?;
        note(conn, id, at, "the page came again with a later day, or with a day where it had none")?;
        return Ok(Outcome::Dated);
    }
    let mut aside = conn.prepare_cached("SELECT published, hash FROM versions WHERE page = ?1 AND words = ?2")?;
    let same: Option<(Option<String>, String)> = aside.query_row((id, words), |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    if let Some(same) = same {
        if rank <= same {
            return nothing_new();
        }
        conn.prepare_cached("DELETE FROM versions WHERE page = ?1 AND hash = ?2")?.execute((id, &same.1))?;
        conn.prepare_cached("INSERT OR IGNORE INTO same_words (page, hash) VALUES (?1, ?2)")?.execute((id, &same.1))?;
    }
    if rank > there_rank {
        set_page_aside(conn, key)?;
        replace(conn, entry, key, at, dirty)?;
        note(conn, id, at, "the page came with other words, which take the place of the old ones")?;
        return Ok(Outcome::Replaced);
    }
    conn.prepare_cached(
        "INSERT INTO versions (page, hash, published, raw, words, known, facts, reading) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((
        id,
        hash,
        &rank.0,
        pack(&entry.raw),
        words,
        known_from(&entry.facts, at),
        told(&entry.facts),
        entry.packed(),
    ))?;
    note(conn, id, at, "the page came with other words, which are set aside as older")?;
    Ok(Outcome::Aside)
}

fn replace(conn: &Connection, entry: &Entry, key: i64, at: DateTime, dirty: &mut BTreeSet<String>) -> rusqlite::Result<()> {
    likeness::leave(conn, key)?;
    take_out(conn, key, at, dirty)?;
    put_in(conn, entry, Some(key), at, dirty)?;
    Ok(())
}

/// Sets the page as it is aside as an earlier wording.
fn set_page_aside(conn: &Connection, key: i64) -> rusqlite::Result<()> {
    let (page, known, raw, reading): (Facts, String, Vec<u8>, Vec<u8>) = conn
        .prepare_cached(&format!(
            "SELECT {FACTS}, known, raw, reading FROM pages JOIN texts ON texts.page = pages.key WHERE key = ?1"
        ))?
        .query_row([key], |row| Ok((facts(row)?, row.get("known")?, row.get("raw")?, row.get("reading")?)))?;
    conn.prepare_cached(
        "INSERT OR REPLACE INTO versions (page, hash, published, raw, words, known, facts, reading) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((
        &page.id,
        &page.hash,
        page.published.map(|day| day.to_string()),
        raw,
        &page.words,
        known,
        told(&page),
        reading,
    ))?;
    Ok(())
}

/// The facts of a wording as JSON; where it came from and what it is among others belong to the page, not to a wording.
fn told(facts: &Facts) -> String {
    let facts = Facts { path: None, place: 0, cluster: None, origin: None, ..facts.clone() };
    serde_json::to_string(&facts).unwrap_or_default()
}

fn note(conn: &Connection, page: &str, at: DateTime, detail: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT INTO changes (at, what, page, detail) VALUES (?1, 'version', ?2, ?3)")?.execute((
        at.to_string(),
        page,
        detail,
    ))?;
    Ok(())
}

impl Store {
    /// The wordings that were the page at the end of `day`, by page key, where that was another than now.
    pub(super) fn wordings_then(&self, day: Date) -> Result<Vec<(i64, String, Entry)>, Error> {
        let what = "cannot read an earlier wording";
        let mut rows = self
            .conn
            .prepare(
                "SELECT g.key, v.known, v.facts, v.raw, v.reading, g.path, g.place, g.cluster, g.origin
                 FROM versions v CROSS JOIN pages g ON g.id = v.page
                 WHERE v.known <= ?1 AND g.known > ?1 AND v.facts IS NOT NULL AND v.reading IS NOT NULL
                 ORDER BY g.key, v.published DESC, v.hash DESC",
            )
            .tried(self, what)?;
        let mut rows = rows.query([day.to_string()]).tried(self, what)?;
        let mut found: Vec<(i64, String, Entry)> = Vec::new();
        while let Some(row) = rows.next().tried(self, what)? {
            let key: i64 = row.get(0).tried(self, what)?;
            if found.last().is_some_and(|(last, ..)| *last == key) {
                continue;
            }
            let read = || -> rusqlite::Result<(String, String, Vec<u8>, Vec<u8>, Facts)> {
                let place = Facts {
                    path: row.get(5)?,
                    place: row.get(6)?,
                    cluster: row.get(7)?,
                    origin: row.get(8)?,
                    ..Facts::default()
                };
                Ok((row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, place))
            };
            let (known, facts, raw, reading, Facts { path, place, cluster, origin, .. }) = read().tried(self, what)?;
            let Ok(facts) = serde_json::from_str::<Facts>(&facts) else { continue };
            let facts = Facts { path, place, cluster, origin, ..facts };
            found.push((key, known, self.unpacked(facts, &raw, &reading)?));
        }
        Ok(found)
    }
}
