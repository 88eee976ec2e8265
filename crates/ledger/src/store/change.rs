//! What people decide about records.
//!
//! A correction is anchored on the page and the words that trigger the record (for a statement: its content), so that it
//! finds the record again after another lexicon or model has read the page. The machine's own reading stays as it was;
//! corrections are laid over it, in the order in which they were made.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::entry::{Texts, part_name, part_of};
use super::overlay::{Corrected, anchored, anchors, lay_over};
use super::rows::{put_event, put_statement, take_out_records};
use super::{Entry, Error, Store, Tried, happening};
use crate::Part;

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
    pub(super) part: Part,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) words: String,
    pub(super) category: String,
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

impl Store {
    /// A page as it was read, and its records with the corrections laid over that were made up to the day asked about.
    pub(super) fn corrected_by_key(&self, page: i64) -> Result<(Entry, Corrected), Error> {
        let entry = self.entry_by_key(page)?;
        let corrections = of_page(&self.conn, &entry.facts.id).tried(self, "cannot read corrections")?;
        let (corrected, _) = lay_over(&entry, &Texts::new(&entry), &corrections, self.until);
        Ok((entry, corrected))
    }

    /// The same to print records from: without the page as it came, and where nobody corrected anything with the records moved.
    pub(super) fn lent(&self, page: i64) -> Result<(Entry, Corrected), Error> {
        let mut entry = self.entry_as_read(page)?;
        let corrections = of_page(&self.conn, &entry.facts.id).tried(self, "cannot read corrections")?;
        if corrections.is_empty() {
            let statements = std::mem::take(&mut entry.statements).into_iter().map(|one| (one, Status::Read)).collect();
            let events = std::mem::take(&mut entry.events).into_iter().map(|one| (one, Status::Read)).collect();
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
            let records = anchors(&entry, kind);
            let meant = anchored(correction, &texts, records.clone()).and_then(|n| records.get(n).map(|record| record.0));
            correction.kind == kind && meant == Some(id)
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
        let records = anchors(&entry, kind);
        let (_, part, span, category) = records
            .into_iter()
            .find(|record| record.0 == id)
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
pub(super) fn relay(conn: &Connection, page: i64, entry: &Entry, texts: &Texts, at: DateTime) -> rusqlite::Result<()> {
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
