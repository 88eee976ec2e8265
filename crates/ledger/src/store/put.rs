//! Pages and their records go in, or out again. Everything of one call happens wholly or not at all.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use text::hash128;

use super::change::{self, Status, Unplaced};
use super::entry::{Texts, pack, part_name};
use super::happening;
use super::{Entry, Error, Facts, Store, Tried};
use crate::{Entity, Event, Location, Quoted, Statement};

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

    /// Notes that a page that is there came again, from the file `path`. Nothing changes where it came from there before.
    pub fn came_again(&mut self, id: &str, path: Option<&str>, place: u32, at: DateTime) -> Result<(), Error> {
        came(&self.conn, id, path, place, at).tried(self, "cannot note where a page came from")
    }

    /// Puts pages in. A page that is there already changes nothing; the same id with other words keeps the wording with the
    /// later publication day (of two, the one with the greater hash) and sets the other aside.
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
            take_out(&transaction, key, at, &mut dirty).map_err(failed)?;
            unplaced.extend(put_in(&transaction, entry, Some(key), at, &mut dirty).map_err(failed)?);
        }
        happening::count(&transaction, &dirty).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(unplaced)
    }

    /// Says anew to which cluster and origin pages belong: `(page, cluster, origin)`. Counts follow.
    pub fn set_origins(&mut self, origins: &[(String, Option<String>, Option<String>)]) -> Result<(), Error> {
        let what = "cannot note the origins of pages";
        let path = self.path.clone();
        let failed = |source| Error::sql(&path, what, source);
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let mut dirty: BTreeSet<String> = BTreeSet::new();
        let work = |dirty: &mut BTreeSet<String>| -> rusqlite::Result<()> {
            let mut write = transaction.prepare_cached(
                "UPDATE pages SET cluster = ?2, origin = ?3 WHERE id = ?1 AND (cluster IS NOT ?2 OR origin IS NOT ?3) RETURNING key",
            )?;
            let mut touched = transaction.prepare_cached("SELECT DISTINCT happening FROM events WHERE page = ?1")?;
            for (page, cluster, origin) in origins {
                let keys: Vec<i64> =
                    write.query_map((page, cluster, origin), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
                for key in keys {
                    for happening in touched.query_map([key], |row| row.get::<_, String>(0))? {
                        dirty.insert(happening?);
                    }
                }
            }
            happening::count(&transaction, dirty)
        };
        work(&mut dirty).map_err(failed)?;
        transaction.commit().map_err(failed)
    }
}

fn seen(conn: &Connection, id: &str, hash: &str) -> rusqlite::Result<Seen> {
    let mut there = conn.prepare_cached("SELECT hash FROM pages WHERE id = ?1")?;
    if let Some(found) = there.query_row([id], |row| row.get::<_, String>(0)).optional()? {
        let same =
            found == hash || conn.prepare_cached("SELECT 1 FROM versions WHERE page = ?1 AND hash = ?2")?.exists((id, hash))?;
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
    let Facts { id, hash, path, place, published, .. } = &entry.facts;
    let records = Tally { statements: entry.statements.len(), events: entry.events.len(), ..Tally::default() };
    let tally = match seen(conn, id, hash)? {
        Seen::Forgotten => return Ok(Tally { forgotten: 1, ..Tally::default() }),
        Seen::Same => Tally { known: 1, ..Tally::default() },
        Seen::No => {
            put_in(conn, entry, None, at, dirty)?;
            Tally { pages: 1, ..records }
        }
        Seen::Other => {
            let mut there = conn.prepare_cached(
                "SELECT key, hash, published, raw FROM pages JOIN texts ON texts.page = pages.key WHERE id = ?1",
            )?;
            let (key, old_hash, old_published, old_raw) = there.query_row([id], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?, row.get::<_, Vec<u8>>(3)?))
            })?;
            let published = published.map(|day| day.to_string());
            let newer = (&published, hash) > (&old_published, &old_hash);
            let mut aside =
                conn.prepare_cached("INSERT OR REPLACE INTO versions (page, hash, published, raw) VALUES (?1, ?2, ?3, ?4)")?;
            let detail = if newer {
                aside.execute((id, &old_hash, &old_published, old_raw))?;
                take_out(conn, key, at, dirty)?;
                put_in(conn, entry, Some(key), at, dirty)?;
                "the page came with other words, which take the place of the old ones"
            } else {
                aside.execute((id, hash, &published, pack(&entry.raw)))?;
                "the page came with other words, which are set aside as older"
            };
            conn.prepare_cached("INSERT INTO changes (at, what, page, detail) VALUES (?1, 'version', ?2, ?3)")?.execute((
                at.to_string(),
                id,
                detail,
            ))?;
            if newer { Tally { versions: 1, ..records } } else { Tally { versions: 1, ..Tally::default() } }
        }
    };
    came(conn, id, path.as_deref(), *place, at)?;
    Ok(tally)
}

/// Writes one page and its records. `key` is given where the page stood there before.
fn put_in(
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
    let known = published.clone().or_else(|| fetched.clone()).unwrap_or_else(|| at.date().to_string());
    // A page that is read anew stays known from the day it came.
    conn.prepare_cached(
        "INSERT INTO pages (key, id, hash, path, place, url, title, byline, publisher, language, published, published_from, known,
           translation_suspect, cluster, origin, why_none, revision, retracted, fetched)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
         ON CONFLICT (key) DO UPDATE SET hash = excluded.hash, url = excluded.url, title = excluded.title, byline = excluded.byline,
           publisher = excluded.publisher, language = excluded.language, published = excluded.published,
           published_from = excluded.published_from, known = coalesce(excluded.published, min(known, excluded.known)),
           translation_suspect = excluded.translation_suspect, cluster = excluded.cluster, origin = excluded.origin,
           why_none = excluded.why_none, revision = excluded.revision, retracted = excluded.retracted, fetched = excluded.fetched",
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
    ])?;
    let page = key.unwrap_or_else(|| conn.last_insert_rowid());
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
    let (corrected, unplaced) = change::lay_over(entry, &texts, &corrections, None);
    change::put_records(conn, page, &corrected, &texts, &known, retracted.is_some(), at, dirty)?;
    Ok(unplaced)
}

/// Writes one statement's row.
pub(super) fn put_statement(
    conn: &Connection,
    page: i64,
    position: usize,
    statement: &Statement,
    status: Status,
    texts: &Texts,
    known: &str,
) -> rusqlite::Result<()> {
    let words = |quoted: &Option<Quoted>| quoted.as_ref().map(|quoted| quoted.text.clone());
    let part = statement.evidence.part;
    let (start, end) = texts.chars(part, statement.evidence.quoted.span);
    let date = statement.date.map(|day| day.to_string());
    conn.prepare_cached(
        "INSERT INTO statements (id, page, position, form, stance, speaker, speakers, cue, content, channel, addressee, date, day,
           part, start, \"end\", finder, status)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?
    .execute(rusqlite::params![
        statement.id,
        page,
        position as i64,
        statement.form.as_str(),
        statement.stance.as_str(),
        words(&statement.speaker),
        listed(&statement.actors),
        words(&statement.cue),
        statement.content.text,
        words(&statement.channel),
        words(&statement.addressee),
        date,
        date.as_deref().unwrap_or(known),
        part_name(part),
        start,
        end,
        statement.evidence.finder,
        status.as_str(),
    ])?;
    let key = conn.last_insert_rowid();
    for (n, speaker) in statement.actors.iter().enumerate() {
        conn.prepare_cached("INSERT INTO speakers (statement, position, name) VALUES (?1, ?2, ?3)")?.execute((
            key,
            n as i64,
            name(conn, speaker)?,
        ))?;
    }
    Ok(())
}

/// Writes one event's row and gives its key.
pub(super) fn put_event(
    conn: &Connection,
    page: i64,
    position: usize,
    event: &Event,
    status: Status,
    texts: &Texts,
    known: &str,
) -> rusqlite::Result<i64> {
    let part = event.evidence.part;
    let (start, end) = texts.chars(part, event.evidence.quoted.span);
    let date = event.date.map(|day| day.to_string());
    let joined = |words: Vec<&str>| (!words.is_empty()).then(|| words.join(", "));
    let figure = |figure: &Option<crate::Figure>| figure.as_ref().and_then(|f| f.value.or(f.low).or(f.high));
    let place = event.place.as_ref().map(|location| place(conn, location)).transpose()?;
    conn.prepare_cached(
        "INSERT INTO events (id, page, position, event, events, mode, modality, context, actors, recipients, date, end_date,
           date_basis, day, place, said_by, proposition, proposition_event, dead, injured, arrested, troops, participants, money,
           quad, scale, confidence, \"trigger\", sentence, part, start, \"end\", finder, status, happening)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
           ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?1)",
    )?
    .execute(rusqlite::params![
        event.id,
        page,
        position as i64,
        event.category.first().map_or("", |category| category.as_str()),
        joined(event.category.iter().map(|category| category.as_str()).collect()),
        joined(event.mode.iter().map(|mode| mode.as_str()).collect()),
        event.modality.as_str(),
        joined(event.context.iter().map(|context| context.as_str()).collect()),
        listed(&event.actor),
        listed(&event.recipient),
        date,
        event.end_date.map(|day| day.to_string()),
        event.date_basis.as_str(),
        date.as_deref().unwrap_or(known),
        place,
        event.said_by,
        event.proposition.as_ref().map(|proposition| proposition.quoted.text.clone()),
        event.proposition.as_ref().and_then(|proposition| proposition.category).map(|category| category.as_str()),
        figure(&event.size.dead),
        figure(&event.size.injured),
        figure(&event.size.arrested),
        figure(&event.size.troops),
        figure(&event.size.participants),
        figure(&event.size.money),
        event.category.first().map_or(0, |category| category.quad() as i64),
        f64::from(event.scale()),
        (f64::from(event.confidence) * 100.0).round() / 100.0,
        event.trigger.iter().map(|trigger| trigger.text.as_str()).collect::<Vec<_>>().join(" … "),
        event.sentence.text,
        part_name(part),
        start,
        end,
        event.evidence.finder,
        status.as_str(),
    ])?;
    let key = conn.last_insert_rowid();
    for (role, side) in [("actor", &event.actor), ("recipient", &event.recipient)] {
        for (n, party) in side.iter().enumerate() {
            conn.prepare_cached("INSERT INTO parties (event, role, position, name) VALUES (?1, ?2, ?3, ?4)")?.execute((
                key,
                role,
                n as i64,
                name(conn, party)?,
            ))?;
        }
    }
    Ok(key)
}

/// Canonical names, joined.
fn listed(parties: &[Entity]) -> Option<String> {
    (!parties.is_empty()).then(|| parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join("; "))
}

/// The key of a way of naming a party; its content hash, so that it does not depend on what came first.
fn name(conn: &Connection, party: &Entity) -> rusqlite::Result<i64> {
    let sectors = (!party.sector.is_empty()).then(|| party.sector.join(", "));
    let parts = [
        party.text.as_str(),
        party.id.as_str(),
        party.name.as_str(),
        party.code.as_deref().unwrap_or(""),
        sectors.as_deref().unwrap_or(""),
        party.office.as_deref().unwrap_or(""),
        if party.collective { "collective" } else { "" },
    ];
    let key = hash128(&parts.map(str::as_bytes)).0 as i64;
    if conn.prepare_cached("SELECT 1 FROM names WHERE key = ?1")?.exists([key])? || conn.is_readonly("main")? {
        return Ok(key);
    }
    let new = conn
        .prepare_cached(
            "INSERT OR IGNORE INTO names (key, words, actor, name, code, sectors, office, collective)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute((key, &party.text, &party.id, &party.name, &party.code, &sectors, &party.office, party.collective))?;
    if new > 0 {
        conn.prepare_cached("INSERT INTO name_search (rowid, words, name, code) VALUES (?1, ?2, ?3, ?4)")?.execute((
            key,
            &party.text,
            &party.name,
            &party.code,
        ))?;
    }
    Ok(key)
}

/// The key of a place, likewise.
fn place(conn: &Connection, place: &Location) -> rusqlite::Result<i64> {
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let parts = [place.text.clone(), text(&place.resolved), text(&place.country_code), number(place.geonameid)];
    let key = hash128(&parts.each_ref().map(|part| part.as_bytes())).0 as i64;
    if conn.prepare_cached("SELECT 1 FROM places WHERE key = ?1")?.exists([key])? || conn.is_readonly("main")? {
        return Ok(key);
    }
    let Location { text, resolved, city, province, country, country_code, lat, lon, geonameid, .. } = place;
    let new = conn
        .prepare_cached(
            "INSERT OR IGNORE INTO places (key, words, name, city, province, country, country_code, latitude, longitude, geonameid)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute((key, text, resolved, city, province, country, country_code, lat, lon, geonameid))?;
    if new > 0 {
        conn.prepare_cached(
            "INSERT INTO place_search (rowid, words, name, city, province, country, country_code) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((key, text, resolved, city, province, country, country_code))?;
    }
    Ok(key)
}

/// Removes the records and words of a page; its row in `pages` and its texts stay for the caller.
pub(super) fn take_out(conn: &Connection, page: i64, at: DateTime, dirty: &mut BTreeSet<String>) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([page])?;
    take_out_records(conn, page, at, dirty)
}

/// Removes the records of a page, and the ways of naming that nobody else uses.
pub(super) fn take_out_records(conn: &Connection, page: i64, at: DateTime, dirty: &mut BTreeSet<String>) -> rusqlite::Result<()> {
    let column =
        |sql: &str| -> rusqlite::Result<Vec<i64>> { conn.prepare_cached(sql)?.query_map([page], |row| row.get(0))?.collect() };
    let names = column(
        "SELECT name FROM parties WHERE event IN (SELECT key FROM events WHERE page = ?1)
         UNION SELECT name FROM speakers WHERE statement IN (SELECT key FROM statements WHERE page = ?1)",
    )?;
    let places = column("SELECT DISTINCT place FROM events WHERE page = ?1 AND place IS NOT NULL")?;
    for event in column("SELECT key FROM events WHERE page = ?1")? {
        happening::leave(conn, event, &at.to_string(), dirty)?;
    }
    for sql in [
        "DELETE FROM parties WHERE event IN (SELECT key FROM events WHERE page = ?1)",
        "DELETE FROM speakers WHERE statement IN (SELECT key FROM statements WHERE page = ?1)",
        "DELETE FROM events WHERE page = ?1",
        "DELETE FROM statements WHERE page = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([page])?;
    }
    for name in names {
        let used = "SELECT 1 FROM parties WHERE name = ?1 UNION ALL SELECT 1 FROM speakers WHERE name = ?1";
        if !conn.prepare_cached(used)?.exists([name])? {
            conn.prepare_cached(
                "INSERT INTO name_search (name_search, rowid, words, name, code) SELECT 'delete', key, words, name, code FROM names WHERE key = ?1",
            )?
            .execute([name])?;
            conn.prepare_cached("DELETE FROM names WHERE key = ?1")?.execute([name])?;
        }
    }
    for place in places {
        if !conn.prepare_cached("SELECT 1 FROM events WHERE place = ?1")?.exists([place])? {
            conn.prepare_cached(
                "INSERT INTO place_search (place_search, rowid, words, name, city, province, country, country_code)
                 SELECT 'delete', key, words, name, city, province, country, country_code FROM places WHERE key = ?1",
            )?
            .execute([place])?;
            conn.prepare_cached("DELETE FROM places WHERE key = ?1")?.execute([place])?;
        }
    }
    Ok(())
}
