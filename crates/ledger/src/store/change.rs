//! What people decide about records: corrections, retractions, pages forgotten on request.
//!
//! A correction is anchored on the page and the words that trigger the record (for a statement: its content), so that it
//! finds the record again after another lexicon or model has read the page. The machine's own reading stays as it was;
//! corrections are laid over it, in the order in which they were made.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use text::{Body, Source, Span};

use super::entry::{Texts, part_name, part_of};
use super::put::{put_event, put_statement, take_out, take_out_records};
use super::{Entry, Error, Store, Tried, happening};
use crate::{Category, DateBasis, Entity, Event, Form, Location, Modality, Mode, Part, Stance, Statement};

/// The kind of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An event.
    Event,
    /// A statement.
    Statement,
}

/// Who stands behind a record as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The machine alone.
    Read,
    /// A person who looked and agreed.
    Accepted,
    /// A person who changed it.
    Corrected,
    /// Nobody: a person rejected it.
    Rejected,
}

impl Status {
    /// As the tables have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Read => "read",
            Status::Accepted => "accepted",
            Status::Corrected => "corrected",
            Status::Rejected => "rejected",
        }
    }
}

/// What a person says about a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// A field has another value.
    Set {
        /// The field, by its printed name.
        field: String,
        /// The value as typed; in the ledger, parties and places as JSON.
        value: String,
    },
    /// There is no such thing on the page.
    Reject,
    /// It is right; also takes back a rejection.
    Accept,
}

/// One correction, with its anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// When it was made, ISO 8601.
    pub at: String,
    /// By whom.
    pub author: String,
    /// Why.
    pub reason: String,
    /// Of what.
    pub kind: Kind,
    /// The record's id then.
    pub record: String,
    /// Its page.
    pub page: String,
    /// What was decided.
    pub verdict: Verdict,
    part: Part,
    start: i64,
    end: i64,
    words: String,
    category: String,
}

/// A correction that found no record to be laid over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// The correction.
    pub correction: Correction,
    /// What is missing.
    pub why: String,
}

/// A page's records with the corrections laid over them.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrected {
    /// Statements, in order.
    pub statements: Vec<(Statement, Status)>,
    /// Events, in order.
    pub events: Vec<(Event, Status)>,
}

const COLUMNS: &str = "at, author, reason, kind, record, page, part, start, \"end\", words, category, verdict, field, value";

fn correction(row: &rusqlite::Row<'_>) -> rusqlite::Result<Correction> {
    let verdict = match row.get_ref(11)?.as_str()? {
        "reject" => Verdict::Reject,
        "accept" => Verdict::Accept,
        _ => Verdict::Set {
            field: row.get::<_, Option<String>>(12)?.unwrap_or_default(),
            value: row.get::<_, Option<String>>(13)?.unwrap_or_default(),
        },
    };
    Ok(Correction {
        at: row.get(0)?,
        author: row.get(1)?,
        reason: row.get(2)?,
        kind: if row.get_ref(3)?.as_str()? == "event" { Kind::Event } else { Kind::Statement },
        record: row.get(4)?,
        page: row.get(5)?,
        part: part_of(row.get_ref(6)?.as_str()?),
        start: row.get(7)?,
        end: row.get(8)?,
        words: row.get(9)?,
        category: row.get(10)?,
        verdict,
    })
}

/// The corrections of a page, oldest first.
pub(super) fn of_page(conn: &Connection, page: &str) -> rusqlite::Result<Vec<Correction>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM corrections WHERE page = ?1 ORDER BY at, key"))?
        .query_map([page], correction)?
        .collect()
}

/// Lays corrections over what the machine read; those made after `until` are left out.
pub(super) fn lay_over(
    entry: &Entry,
    texts: &Texts,
    corrections: &[Correction],
    until: Option<Date>,
) -> (Corrected, Vec<Unplaced>) {
    let mut corrected = Corrected {
        statements: entry.statements.iter().map(|statement| (statement.clone(), Status::Read)).collect(),
        events: entry.events.iter().map(|event| (event.clone(), Status::Read)).collect(),
    };
    let until = until.map(|day| day.to_string());
    let mut unplaced = Vec::new();
    for correction in corrections {
        // A day is the head of the moment it holds.
        if until.as_ref().is_some_and(|day| correction.at.get(..10).is_some_and(|at| at > day.as_str())) {
            continue;
        }
        let done = match correction.kind {
            Kind::Event => {
                let found = entry.events.iter().map(|e| {
                    let category = e.category.first().map_or("", |c| c.as_str());
                    (e.id.as_str(), e.evidence.part, e.anchor(), category)
                });
                match anchored(correction, texts, found) {
                    Some(n) => corrected.events.get_mut(n).map_or(Ok(()), |(event, status)| {
                        decide(status, &correction.verdict, |field, value| set_event(event, texts, field, value))
                    }),
                    None => Err("no event hangs on these words any more".to_string()),
                }
            }
            Kind::Statement => {
                let found = entry.statements.iter().map(|s| (s.id.as_str(), s.evidence.part, s.content.span, s.form.as_str()));
                match anchored(correction, texts, found) {
                    Some(n) => corrected.statements.get_mut(n).map_or(Ok(()), |(statement, status)| {
                        decide(status, &correction.verdict, |field, value| set_statement(statement, texts, field, value))
                    }),
                    None => Err("no statement has these words any more".to_string()),
                }
            }
        };
        if let Err(why) = done {
            unplaced.push(Unplaced { correction: correction.clone(), why });
        }
    }
    (corrected, unplaced)
}

/// Which record a correction means: the one at its place, else the only one with its words; of several the one with its
/// id, then the one with its category.
fn anchored<'a>(
    correction: &Correction,
    texts: &Texts,
    records: impl Iterator<Item = (&'a str, Part, Span<Body>, &'a str)>,
) -> Option<usize> {
    let with_words: Vec<_> = records
        .enumerate()
        .filter(|(_, (_, part, span, _))| *part == correction.part && texts.source(*part).slice(*span) == correction.words)
        .collect();
    let here = |span: Span<Body>| texts.chars(correction.part, span) == (correction.start, correction.end);
    let mut near: Vec<_> = with_words.iter().filter(|(_, (_, _, span, _))| here(*span)).collect();
    if near.is_empty() {
        // The text may have moved; then only words that stand there once are sure.
        let first = with_words.first()?.1.2;
        if with_words.iter().any(|(_, (_, _, span, _))| *span != first) {
            return None;
        }
        near = with_words.iter().collect();
    }
    let by_id = near.iter().find(|(_, (id, ..))| *id == correction.record);
    let by_category = || near.iter().find(|(_, (_, _, _, category))| *category == correction.category);
    by_id.or_else(by_category).or(near.first()).map(|(n, _)| *n)
}

fn decide(status: &mut Status, verdict: &Verdict, set: impl FnOnce(&str, &str) -> Result<(), String>) -> Result<(), String> {
    match verdict {
        Verdict::Reject => *status = Status::Rejected,
        Verdict::Accept => *status = Status::Accepted,
        Verdict::Set { field, value } => {
            set(field, value)?;
            if *status != Status::Rejected {
                *status = Status::Corrected;
            }
        }
    }
    Ok(())
}

/// A day, or none for `null`.
fn day(value: &str) -> Result<Option<Date>, String> {
    if value == "null" {
        return Ok(None);
    }
    value.parse().map(Some).map_err(|_| format!("`{value}` is no day; write it as 2022-01-10, or null"))
}

fn names<T>(value: &str, what: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    if value == "null" {
        return Ok(Vec::new());
    }
    value.split(',').map(str::trim).map(|name| parse(name).ok_or_else(|| format!("there is no {what} `{name}`"))).collect()
}

fn set_event(event: &mut Event, texts: &Texts, field: &str, value: &str) -> Result<(), String> {
    let part = event.evidence.part;
    match field {
        "event" => {
            let categories = names(value, "category", |name| Category::parse(&name.to_uppercase()))?;
            if categories.is_empty() {
                return Err("an event has at least one category; reject it where there is none".to_string());
            }
            event.mode.retain(|mode| categories.contains(&mode.category()));
            event.category = categories;
        }
        "mode" => {
            let categories = event.category.clone();
            event.mode = names(value, "mode of its categories", |name| categories.iter().find_map(|c| Mode::parse(*c, name)))?;
        }
        "modality" => {
            let found = Modality::ALL.into_iter().find(|modality| modality.as_str() == value);
            event.modality = found.ok_or_else(|| format!("there is no modality `{value}`"))?;
        }
        "date" => {
            event.date = day(value)?;
            event.date_basis = if event.date.is_some() { DateBasis::Stated } else { DateBasis::None };
        }
        "enddate" => event.end_date = day(value)?,
        "actor" => event.actor = parties(texts.source(part), value, event.sentence.span)?,
        "recipient" => event.recipient = parties(texts.source(part), value, event.sentence.span)?,
        "place" => {
            let mut place: Option<Location> = serde_json::from_str(value).map_err(|error| error.to_string())?;
            if let Some(place) = &mut place {
                let span = stands(texts.source(part), &place.text, Span::new(place.start, place.end), event.sentence.span)?;
                (place.start, place.end) = (span.start(), span.end());
            }
            event.place = place;
        }
        other => {
            let fields = "event, mode, modality, date, enddate, actor, recipient, place";
            return Err(format!("an event has no field `{other}` that can be set; there are {fields}"));
        }
    }
    Ok(())
}

fn set_statement(statement: &mut Statement, texts: &Texts, field: &str, value: &str) -> Result<(), String> {
    let part = statement.evidence.part;
    match field {
        "form" => {
            let found = [Form::Direct, Form::Indirect, Form::Mixed].into_iter().find(|form| form.as_str() == value);
            statement.form = found.ok_or_else(|| format!("there is no form `{value}`; there are direct, indirect, mixed"))?;
        }
        "stance" => {
            use Stance::{Asks, Declines, Demands, Denies, Promises, Says, Thinks, Warns};
            let all = [Says, Denies, Demands, Warns, Promises, Thinks, Asks, Declines];
            let found = all.into_iter().find(|stance| stance.as_str() == value);
            statement.stance = found.ok_or_else(|| format!("there is no stance `{value}`"))?;
        }
        "date" => statement.date = day(value)?,
        "speaker" => {
            let source = texts.source(part);
            statement.actors = parties(source, value, statement.evidence.quoted.span)?;
            statement.speaker = statement.actors.first().map(|actor| crate::Quoted::new(source, actor.span));
        }
        other => {
            return Err(format!("a statement has no field `{other}` that can be set; there are form, stance, date, speaker"));
        }
    }
    Ok(())
}

/// Parties from their JSON, with every span found again.
fn parties(source: &Source<Body>, value: &str, near: Span<Body>) -> Result<Vec<Entity>, String> {
    let mut parties: Vec<Entity> = serde_json::from_str(value).map_err(|error| error.to_string())?;
    for party in &mut parties {
        party.span = stands(source, &party.text, party.span, near)?;
    }
    Ok(parties)
}

/// Where `words` stand: at `span`, else inside `near`, else the first time in the text; as whole words.
fn stands(source: &Source<Body>, words: &str, span: Span<Body>, near: Span<Body>) -> Result<Span<Body>, String> {
    if words.is_empty() {
        return Err("name words that stand on the page".to_string());
    }
    if source.slice(span) == words {
        return Ok(span);
    }
    let text = source.as_str();
    let whole = |start: usize| {
        let before = text.get(..start).and_then(|t| t.chars().next_back()).is_none_or(|c| !c.is_alphanumeric());
        let after = text.get(start + words.len()..).and_then(|t| t.chars().next()).is_none_or(|c| !c.is_alphanumeric());
        before && after
    };
    let all = || text.match_indices(words).map(|(start, _)| start).filter(|start| whole(*start));
    let inside = all().find(|start| near.range().contains(start));
    let start = inside.or_else(|| all().next());
    start
        .and_then(|start| source.span(start, start + words.len()))
        .ok_or_else(|| format!("“{words}” does not stand on the page; a record needs words that do"))
}

impl Store {
    /// A page as it was read, and its records with the corrections laid over that were made up to the day asked about.
    pub(super) fn corrected_by_key(&self, page: i64) -> Result<(Entry, Corrected), Error> {
        let entry = self.entry_by_key(page)?;
        let corrections = of_page(&self.conn, &entry.facts.id).tried(self, "cannot read corrections")?;
        if corrections.is_empty() {
            let Entry { statements, events, .. } = &entry;
            let statements = statements.iter().map(|statement| (statement.clone(), Status::Read)).collect();
            let events = events.iter().map(|event| (event.clone(), Status::Read)).collect();
            return Ok((entry, Corrected { statements, events }));
        }
        let (corrected, _) = lay_over(&entry, &Texts::new(&entry), &corrections, self.until);
        Ok((entry, corrected))
    }

    /// The corrections of the record with that id, oldest first; also those made when it had another id.
    pub fn corrections_of(&self, id: &str) -> Result<Vec<Correction>, Error> {
        let Some((kind, page)) = self.record_page(id)? else { return Ok(Vec::new()) };
        let entry = self.entry_by_key(page)?;
        let texts = Texts::new(&entry);
        let all = of_page(&self.conn, &entry.facts.id).tried(self, "cannot read corrections")?;
        let of_it = |correction: &Correction| {
            let n = match kind {
                Kind::Event => anchored(
                    correction,
                    &texts,
                    entry
                        .events
                        .iter()
                        .map(|e| (e.id.as_str(), e.evidence.part, e.anchor(), e.category.first().map_or("", |c| c.as_str()))),
                )
                .and_then(|n| entry.events.get(n).map(|e| e.id.clone())),
                Kind::Statement => anchored(
                    correction,
                    &texts,
                    entry.statements.iter().map(|s| (s.id.as_str(), s.evidence.part, s.content.span, s.form.as_str())),
                )
                .and_then(|n| entry.statements.get(n).map(|s| s.id.clone())),
            };
            correction.kind == kind && n.as_deref() == Some(id)
        };
        Ok(all.into_iter().filter(of_it).collect())
    }

    /// The kind and page key of the record with that id.
    pub(super) fn record_page(&self, id: &str) -> Result<Option<(Kind, i64)>, Error> {
        let what = "cannot look for a record";
        let event =
            self.conn.query_row("SELECT page FROM events WHERE id = ?1", [id], |row| row.get(0)).optional().tried(self, what)?;
        if let Some(page) = event {
            return Ok(Some((Kind::Event, page)));
        }
        let statement = self
            .conn
            .query_row("SELECT page FROM statements WHERE id = ?1", [id], |row| row.get(0))
            .optional()
            .tried(self, what)?;
        Ok(statement.map(|page| (Kind::Statement, page)))
    }

    /// Notes what a person decided about the record `id`, and lets the tables follow. Parties are typed as words that
    /// stand on the page, joined with ";", each with `=NAME` behind it where the words do not name the party.
    pub fn correct(&mut self, id: &str, verdict: Verdict, author: &str, reason: &str, at: DateTime) -> Result<Correction, Error> {
        let asked = |what: String| Error::new(super::Kind::Asked, &self.path, what);
        if author.trim().is_empty() || reason.trim().is_empty() {
            return Err(asked("a correction needs an author and a reason".to_string()));
        }
        let Some((kind, page)) = self.record_page(id)? else {
            return Err(asked(format!("there is no record {id}")));
        };
        let entry = self.entry_by_key(page)?;
        let texts = Texts::new(&entry);
        let verdict = match verdict {
            Verdict::Set { field, value } => {
                let value = self.resolved(&field, value.trim()).tried(self, "cannot look up names")?;
                Verdict::Set { field, value }
            }
            other => other,
        };
        let (part, span, category) = match kind {
            Kind::Event => {
                let event = entry.events.iter().find(|event| event.id == id);
                event.map(|e| (e.evidence.part, e.anchor(), e.category.first().map_or("", |c| c.as_str())))
            }
            Kind::Statement => {
                let statement = entry.statements.iter().find(|statement| statement.id == id);
                statement.map(|s| (s.evidence.part, s.content.span, s.form.as_str()))
            }
        }
        .ok_or_else(|| asked(format!("record {id} is not in the reading of its page; run `detente verify`")))?;
        let (start, end) = texts.chars(part, span);
        let correction = Correction {
            at: at.to_string(),
            author: author.trim().to_string(),
            reason: reason.trim().to_string(),
            kind,
            record: id.to_string(),
            page: entry.facts.id.clone(),
            part,
            start,
            end,
            words: texts.source(part).slice(span).to_string(),
            category: category.to_string(),
            verdict,
        };
        // Tried on paper first: a value that does not fit is refused, not stored.
        let (_, unplaced) = lay_over(&entry, &texts, std::slice::from_ref(&correction), None);
        if let Some(unplaced) = unplaced.into_iter().next() {
            return Err(asked(unplaced.why));
        }
        let path = self.path.clone();
        let failed = |source| Error::sql(&path, "cannot store the correction", source);
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        insert(&transaction, &correction).map_err(failed)?;
        relay(&transaction, page, &entry, &texts, at).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(correction)
    }

    /// Turns typed parties and places into what is stored; other values stay as they are.
    fn resolved(&self, field: &str, value: &str) -> rusqlite::Result<String> {
        match field {
            "actor" | "recipient" | "speaker" => {
                let mut parties = Vec::new();
                for typed in value.split(';').map(str::trim).filter(|typed| !typed.is_empty() && *typed != "null") {
                    let (words, name) = typed.split_once('=').map_or((typed, typed), |(words, name)| (words.trim(), name.trim()));
                    parties.push(self.party(words, name)?);
                }
                Ok(serde_json::to_string(&parties).unwrap_or_default())
            }
            "place" if value != "null" => {
                let mut known = self.conn.prepare_cached(
                    "SELECT name, city, province, country, country_code, latitude, longitude, geonameid FROM places
                     WHERE words = ?1 OR name = ?1 ORDER BY (name IS NULL), key LIMIT 1",
                )?;
                let place = known.query_row([value], |row| {
                    Ok(Location {
                        resolved: row.get(0)?,
                        city: row.get(1)?,
                        province: row.get(2)?,
                        country: row.get(3)?,
                        country_code: row.get(4)?,
                        lat: row.get(5)?,
                        lon: row.get(6)?,
                        geonameid: row.get(7)?,
                        ..Location::default()
                    })
                });
                let place = Location { text: value.to_string(), ..place.optional()?.unwrap_or_default() };
                Ok(serde_json::to_string(&place).unwrap_or_default())
            }
            _ => Ok(value.to_string()),
        }
    }

    /// The party that `name` means in this ledger; one of its own where it is not known yet.
    fn party(&self, words: &str, name: &str) -> rusqlite::Result<Entity> {
        let mut known = self.conn.prepare_cached(
            "SELECT actor, name, code, sectors, office, collective FROM names
             WHERE name = ?1 COLLATE NOCASE OR words = ?1 COLLATE NOCASE OR actor = ?1 ORDER BY (name <> ?1), key LIMIT 1",
        )?;
        let found = known.query_row([name], |row| {
            Ok(Entity {
                text: words.to_string(),
                span: Span::new(0, 0),
                id: row.get(0)?,
                name: row.get(1)?,
                code: row.get(2)?,
                sector: row
                    .get::<_, Option<String>>(3)?
                    .map(|sectors| sectors.split(", ").map(str::to_string).collect())
                    .unwrap_or_default(),
                office: row.get(4)?,
                collective: row.get(5)?,
            })
        });
        Ok(found.optional()?.unwrap_or_else(|| Entity {
            text: words.to_string(),
            span: Span::new(0, 0),
            code: None,
            sector: Vec::new(),
            id: format!("name:{}", name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")),
            name: name.to_string(),
            office: None,
            collective: false,
        }))
    }

    /// Retracts a page: its records are no longer told, from the day of `at` on. `undo` takes it back. Returns how many
    /// records that concerns.
    pub fn retract(&mut self, page: &str, undo: bool, author: &str, reason: &str, at: DateTime) -> Result<usize, Error> {
        let Some(key) = self.page_key(page)? else {
            return Err(Error::new(super::Kind::Asked, &self.path, format!("there is no page {page}")));
        };
        let entry = self.entry_by_key(key)?;
        let path = self.path.clone();
        let failed = |source| Error::sql(&path, "cannot retract the page", source);
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let id = &entry.facts.id;
        let work = || -> rusqlite::Result<()> {
            if undo {
                transaction.execute("DELETE FROM retractions WHERE page = ?1", [id])?;
            } else {
                transaction.execute(
                    "INSERT OR IGNORE INTO retractions (page, at, author, reason) VALUES (?1, ?2, ?3, ?4)",
                    (id, at.to_string(), author, reason),
                )?;
            }
            transaction
                .execute("UPDATE pages SET retracted = (SELECT at FROM retractions WHERE page = id) WHERE key = ?1", [key])?;
            let what = if undo { "retraction taken back" } else { "retracted" };
            transaction.execute(
                "INSERT INTO changes (at, what, page, detail) VALUES (?1, ?2, ?3, ?4)",
                (at.to_string(), what, id, format!("{author}: {reason}")),
            )?;
            relay(&transaction, key, &entry, &Texts::new(&entry), at)
        };
        work().map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(entry.statements.len() + entry.events.len())
    }

    /// Removes a page, its words and its records for good; a marker stays, so that it does not come in again. Returns how
    /// many records went with it.
    pub fn forget(&mut self, page: &str, author: &str, reason: &str, at: DateTime) -> Result<usize, Error> {
        let Some(key) = self.page_key(page)? else {
            return Err(Error::new(super::Kind::Asked, &self.path, format!("there is no page {page}")));
        };
        let path = self.path.clone();
        let failed = |source| Error::sql(&path, "cannot forget the page", source);
        let transaction = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let work = || -> rusqlite::Result<usize> {
            let (id, hash): (String, String) =
                transaction
                    .query_row("SELECT id, hash FROM pages WHERE key = ?1", [key], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let records: i64 = transaction.query_row(
                "SELECT (SELECT count(*) FROM events WHERE page = ?1) + (SELECT count(*) FROM statements WHERE page = ?1)",
                [key],
                |row| row.get(0),
            )?;
            let mut dirty = BTreeSet::new();
            take_out(&transaction, key, at, &mut dirty)?;
            transaction.execute("DELETE FROM texts WHERE page = ?1", [key])?;
            transaction.execute("DELETE FROM pages WHERE key = ?1", [key])?;
            for table in ["versions", "corrections", "retractions", "arrivals", "changes"] {
                transaction.execute(&format!("DELETE FROM {table} WHERE page = ?1"), [&id])?;
            }
            transaction.execute(
                "INSERT OR REPLACE INTO forgotten (page, hash, at, author, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
                (&id, &hash, at.to_string(), author, reason),
            )?;
            happening::count(&transaction, &dirty)?;
            Ok(usize::try_from(records).unwrap_or(0))
        };
        let records = work().map_err(failed)?;
        transaction.commit().map_err(failed)?;
        self.scrub()?;
        Ok(records)
    }

    /// Notes in the log how a record or a page changed.
    pub fn log(&mut self, at: DateTime, what: &str, page: &str, record: Option<&str>, detail: &str) -> Result<(), Error> {
        self.conn
            .prepare_cached("INSERT INTO changes (at, what, page, record, detail) VALUES (?1, ?2, ?3, ?4, ?5)")
            .and_then(|mut insert| insert.execute((at.to_string(), what, page, record, detail)))
            .tried(self, "cannot write the log")?;
        Ok(())
    }
}

fn insert(conn: &Connection, correction: &Correction) -> rusqlite::Result<()> {
    let (verdict, field, value) = match &correction.verdict {
        Verdict::Set { field, value } => ("set", Some(field), Some(value)),
        Verdict::Reject => ("reject", None, None),
        Verdict::Accept => ("accept", None, None),
    };
    conn.execute(
        &format!("INSERT INTO corrections ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"),
        rusqlite::params![
            correction.at,
            correction.author,
            correction.reason,
            if correction.kind == Kind::Event { "event" } else { "statement" },
            correction.record,
            correction.page,
            part_name(correction.part),
            correction.start,
            correction.end,
            correction.words,
            correction.category,
            verdict,
            field,
            value,
        ],
    )?;
    Ok(())
}

/// Writes the rows of a page's records anew, after a correction or a retraction.
fn relay(conn: &Connection, page: i64, entry: &Entry, texts: &Texts, at: DateTime) -> rusqlite::Result<()> {
    let mut dirty = BTreeSet::new();
    take_out_records(conn, page, at, &mut dirty)?;
    let (known, retracted): (String, Option<String>) =
        conn.query_row("SELECT known, retracted FROM pages WHERE key = ?1", [page], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let corrections = of_page(conn, &entry.facts.id)?;
    let (corrected, _) = lay_over(entry, texts, &corrections, None);
    put_records(conn, page, &corrected, texts, &known, retracted.is_some(), at, &mut dirty)?;
    happening::count(conn, &dirty)
}

/// Writes the rows of a page's records and lets its events join their happenings.
#[allow(clippy::too_many_arguments)]
pub(super) fn put_records(
    conn: &Connection,
    page: i64,
    corrected: &Corrected,
    texts: &Texts,
    known: &str,
    retracted: bool,
    at: DateTime,
    dirty: &mut BTreeSet<String>,
) -> rusqlite::Result<()> {
    for (position, (statement, status)) in corrected.statements.iter().enumerate() {
        put_statement(conn, page, position, statement, *status, texts, known)?;
    }
    for (position, (event, status)) in corrected.events.iter().enumerate() {
        let key = put_event(conn, page, position, event, *status, texts, known)?;
        if *status != Status::Rejected && !retracted {
            let ties = happening::Tied::new(event).ties();
            happening::join(conn, key, &event.id, &ties, &at.to_string(), dirty)?;
        }
    }
    Ok(())
}
