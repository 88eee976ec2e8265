//! The rows of one page's records, and how they go out again. Names and places have rows of their own, which stay as long as
//! a record uses them; their keys are content hashes, so that they do not depend on what came first.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use rusqlite::Connection;
use text::hash128;

use super::change::Status;
use super::entry::{Texts, part_name};
use super::happening;
use crate::{Entity, Event, Location, Quoted, Statement};

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
           part, start, \"end\", finder, status, known)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
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
        known,
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
           quad, scale, confidence, \"trigger\", sentence, part, start, \"end\", finder, status, known, lead, happening)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
           ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?1)",
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
        known,
        lead(event),
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

/// How many characters of the sentence stand before the evidence, where it is a piece of the sentence.
fn lead(event: &Event) -> Option<i64> {
    let (sentence, evidence) = (&event.sentence, &event.evidence.quoted);
    let from = usize::try_from(evidence.span.start().checked_sub(sentence.span.start())?).ok()?;
    let there = sentence.text.get(from..)?.starts_with(evidence.text.as_str());
    there.then(|| sentence.text.get(..from).map(|before| before.chars().count() as i64)).flatten()
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
