//! Which records tell of one thing.
//!
//! The test is symmetric and small on purpose, so that the answer is a set of connected components and does not depend on
//! the order in which pages come: two records are accounts of one thing when they share a *tie*. Ties are made from
//!
//! - main category, modality, day and a pair of parties (by identity), for talks and agreements;
//! - the same with the modes, for other words (two accusations on one day may be about different things);
//! - the same with the place, for deeds (many attacks hit one country in a day);
//! - main category, modality and the sentence itself, from eight words on: that is how copies keep together, with or
//!   without a day.
//!
//! The price: accounts that agree on less (another day, an office here and a name there) stay apart. Counted are then
//! more happenings than there were, never fewer.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};
use text::hash128;

use crate::{Category, Event, Quad};

/// From so many words on, an equal sentence is a copy.
const COPY: usize = 8;
/// No record has more pairs of parties than this.
const PAIRS: usize = 64;

/// What ties need to know of a record; the tables have it too.
#[derive(Debug, Default)]
pub(super) struct Tied {
    pub event: String,
    pub modality: String,
    pub modes: String,
    pub date: Option<String>,
    pub place: Option<String>,
    pub sentence: String,
    pub actors: BTreeSet<String>,
    pub recipients: BTreeSet<String>,
}

impl Tied {
    pub fn new(event: &Event) -> Tied {
        Tied {
            event: event.category.first().map(ToString::to_string).unwrap_or_default(),
            modality: event.modality.to_string(),
            modes: modes(event),
            date: event.date.map(|date| date.to_string()),
            place: event.place.as_ref().map(|place| place.resolved.as_ref().unwrap_or(&place.text).to_string()),
            sentence: event.sentence.text.clone(),
            actors: event.actor.iter().map(|party| party.id.clone()).collect(),
            recipients: event.recipient.iter().map(|party| party.id.clone()).collect(),
        }
    }

    pub fn ties(&self) -> BTreeSet<i64> {
        let mut ties = BTreeSet::new();
        let mut tie = |parts: &[&str]| {
            let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
            ties.insert(hash128(&parts).0 as i64);
        };
        let words: Vec<String> =
            self.sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        if words.len() >= COPY {
            tie(&["words", &self.event, &self.modality, &words.join(" ")]);
        }
        let Some(date) = &self.date else { return ties };
        let quad = Category::parse(&self.event).map(Category::quad);
        let agreed = matches!(self.event.as_str(), "CONSULT" | "AGREE");
        let detail = match (quad, &self.place) {
            _ if agreed => "",
            (Some(Quad::VerbalCooperation | Quad::VerbalConflict), _) => self.modes.as_str(),
            (_, Some(place)) => place.as_str(),
            (_, None) => return ties,
        };
        let head = ["parties", &self.event, &self.modality, date, detail];
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        if self.recipients.is_empty() {
            let actors: Vec<&str> = self.actors.iter().map(String::as_str).collect();
            for (n, first) in actors.iter().enumerate() {
                pairs.extend(actors.iter().skip(n + 1).map(|second| (*first, *second)));
            }
        } else {
            for actor in &self.actors {
                pairs.extend(self.recipients.iter().map(|recipient| (actor.as_str(), recipient.as_str())));
            }
        }
        let mutual = if self.recipients.is_empty() { "mutual" } else { "to" };
        for (first, second) in pairs.into_iter().take(PAIRS) {
            let [kind, event, modality, date, detail] = head;
            tie(&[kind, event, modality, date, detail, mutual, first, second]);
        }
        ties
    }
}

/// The modes, as the table has them.
pub(super) fn modes(event: &Event) -> String {
    event.mode.iter().map(|mode| mode.as_str()).collect::<Vec<_>>().join(", ")
}

/// Lets the record `key` with the id `id` join its happening. Happenings whose counts must be taken anew go into `dirty`.
pub(super) fn join(
    conn: &Connection,
    key: i64,
    id: &str,
    ties: &BTreeSet<i64>,
    at: &str,
    dirty: &mut BTreeSet<String>,
) -> rusqlite::Result<()> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    let mut near =
        conn.prepare_cached("SELECT happening FROM ties JOIN events ON events.key = ties.event WHERE tie = ?1 LIMIT 1")?;
    let mut tie_in = conn.prepare_cached("INSERT OR IGNORE INTO ties (tie, event) VALUES (?1, ?2)")?;
    for tie in ties {
        found.extend(near.query_row([tie], |row| row.get::<_, String>(0)).optional()?);
        tie_in.execute((tie, key))?;
    }
    let own = id.to_string();
    let mut all = found.clone();
    all.insert(own.clone());
    let Some(smallest) = all.first().cloned() else { return Ok(()) };
    for former in found.iter().filter(|former| **former != smallest) {
        conn.prepare_cached("UPDATE events SET happening = ?1 WHERE happening = ?2")?.execute((&smallest, former))?;
        conn.prepare_cached("DELETE FROM happenings WHERE id = ?1")?.execute([former])?;
        conn.prepare_cached("INSERT INTO former_happenings (former, happening, at) VALUES (?1, ?2, ?3)")?
            .execute((former, &smallest, at))?;
        dirty.remove(former);
    }
    conn.prepare_cached("UPDATE events SET happening = ?1 WHERE key = ?2 AND happening <> ?1")?.execute((&smallest, key))?;
    if !found.is_empty() {
        dirty.insert(smallest);
    }
    Ok(())
}

/// Takes the record `key` out of its happening; the others of it are joined anew, for it may have held them together.
pub(super) fn leave(conn: &Connection, key: i64, at: &str, dirty: &mut BTreeSet<String>) -> rusqlite::Result<()> {
    let Some((happening, own)) = tied(conn, key)?.map(|(happening, _, tied)| (happening, tied)) else { return Ok(()) };
    let mut untie = conn.prepare_cached("DELETE FROM ties WHERE tie = ?1 AND event = ?2")?;
    for tie in own.ties() {
        untie.execute((tie, key))?;
    }
    conn.prepare_cached("UPDATE events SET happening = id WHERE key = ?1")?.execute([key])?;
    let others: Vec<i64> = conn
        .prepare_cached("SELECT key FROM events WHERE happening = ?1 AND key <> ?2 ORDER BY id")?
        .query_map((&happening, key), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    conn.prepare_cached("DELETE FROM happenings WHERE id = ?1")?.execute([&happening])?;
    dirty.remove(&happening);
    // All apart first, so that joining one does not find the old happening of another.
    let mut rejoin = Vec::new();
    for other in others {
        let Some((_, id, tied)) = tied(conn, other)? else { continue };
        for tie in tied.ties() {
            untie.execute((tie, other))?;
        }
        conn.prepare_cached("UPDATE events SET happening = id WHERE key = ?1")?.execute([other])?;
        rejoin.push((other, id, tied));
    }
    for (other, id, tied) in rejoin {
        join(conn, other, &id, &tied.ties(), at, dirty)?;
    }
    Ok(())
}

/// Happening, id and what ties need, of the record `key`, from the tables.
pub(super) fn tied(conn: &Connection, key: i64) -> rusqlite::Result<Option<(String, String, Tied)>> {
    let mut row = conn.prepare_cached(
        "SELECT happening, id, event, modality, mode, date, coalesce(places.name, places.words), sentence
         FROM events LEFT JOIN places ON places.key = events.place WHERE events.key = ?1",
    )?;
    let found = row
        .query_row([key], |row| {
            let tied = Tied {
                event: row.get(2)?,
                modality: row.get(3)?,
                modes: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
                date: row.get(5)?,
                place: row.get(6)?,
                sentence: row.get(7)?,
                ..Tied::default()
            };
            Ok((row.get(0)?, row.get(1)?, tied))
        })
        .optional()?;
    let Some((happening, id, mut tied)) = found else { return Ok(None) };
    let mut parties =
        conn.prepare_cached("SELECT role, actor FROM parties JOIN names ON names.key = parties.name WHERE event = ?1")?;
    let mut rows = parties.query([key])?;
    while let Some(row) = rows.next()? {
        let side = if row.get_ref(0)?.as_str()? == "actor" { &mut tied.actors } else { &mut tied.recipients };
        side.insert(row.get(1)?);
    }
    Ok(Some((happening, id, tied)))
}

/// Counts the happenings in `dirty`.
pub(super) fn count(conn: &Connection, dirty: &BTreeSet<String>) -> rusqlite::Result<()> {
    let mut write = conn.prepare_cached(
        "INSERT OR REPLACE INTO happenings (id, records, copies, outlets, origins)
         SELECT ?1, count(*), count(DISTINCT pages.key), count(DISTINCT coalesce(publisher, pages.id)),
           count(DISTINCT coalesce(origin, pages.id))
         FROM events JOIN pages ON pages.key = events.page WHERE happening = ?1 HAVING count(*) > 1",
    )?;
    let mut clear = conn.prepare_cached("DELETE FROM happenings WHERE id = ?1")?;
    for happening in dirty {
        clear.execute([happening])?;
        write.execute([happening])?;
    }
    Ok(())
}
