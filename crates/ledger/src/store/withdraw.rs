//! Pages that are no longer told: retracted, or forgotten for good.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use rusqlite::TransactionBehavior;

use super::change::relay;
use super::entry::Texts;
use super::rows::take_out;
use super::{Error, Kind, Store, happening, likeness};

impl Store {
    /// Retracts a page: its records are no longer told, from the day of `at` on. `undo` takes it back. Returns how many
    /// records that concerns.
    pub fn retract(&mut self, page: &str, undo: bool, author: &str, reason: &str, at: DateTime) -> Result<usize, Error> {
        let Some(key) = self.page_key(page)? else {
            return Err(Error::new(Kind::Asked, &self.path, format!("there is no page {page}")));
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
            return Err(Error::new(Kind::Asked, &self.path, format!("there is no page {page}")));
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
            likeness::leave(&transaction, key)?;
            transaction.execute("DELETE FROM signs WHERE page = ?1", [key])?;
            take_out(&transaction, key, at, &mut dirty)?;
            transaction.execute("DELETE FROM texts WHERE page = ?1", [key])?;
            transaction.execute("DELETE FROM pages WHERE key = ?1", [key])?;
            for table in ["versions", "same_words", "corrections", "retractions", "arrivals", "changes"] {
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
}
