//! Every record can be proved: its words are read again from the stored page.

use serde_json::Value;
use text::{Body, Source, hash128};

use super::entry::{Texts, part_name};
use super::{Error, Store, Tried};

/// A record, or a page, that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The page's id.
    pub page: String,
    /// The record's id; `None` where the page itself is at fault.
    pub record: Option<String>,
    /// What does not hold.
    pub what: String,
}

/// What [`Store::verify`] looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Pages.
    pub pages: usize,
    /// Records.
    pub records: usize,
    /// Spans.
    pub spans: usize,
    /// What does not hold.
    pub faults: Vec<Fault>,
}

impl Store {
    /// Reads every span of every record again from its stored page, and compares the tables with the readings.
    pub fn verify(&self) -> Result<Verified, Error> {
        let what = "cannot verify the ledger";
        let mut verified = Verified::default();
        let damage: String = self.conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).tried(self, what)?;
        if damage != "ok" {
            return Err(Error::new(super::Kind::Damaged, &self.path, format!("the file is damaged ({damage})")));
        }
        for page in self.page_keys()? {
            verified.pages += 1;
            self.verify_page(page, &mut verified)?;
        }
        let orphans: i64 = self
            .conn
            .query_row("SELECT count(*) FROM events WHERE page NOT IN (SELECT key FROM pages)", [], |row| row.get(0))
            .tried(self, what)?;
        if orphans > 0 {
            verified.faults.push(Fault { page: String::new(), record: None, what: format!("{orphans} events have no page") });
        }
        Ok(verified)
    }

    fn verify_page(&self, page: i64, verified: &mut Verified) -> Result<(), Error> {
        let (entry, corrected) = match self.corrected_by_key(page) {
            Ok(found) => found,
            Err(error) => {
                let id = self.conn.query_row("SELECT id FROM pages WHERE key = ?1", [page], |row| row.get(0)).unwrap_or_default();
                verified.faults.push(Fault { page: id, record: None, what: error.to_string() });
                return Ok(());
            }
        };
        let id = &entry.facts.id;
        let texts = Texts::new(&entry);
        let mut fault = |record: Option<&str>, what: String| {
            verified.faults.push(Fault { page: id.clone(), record: record.map(str::to_string), what });
        };
        if hash128(&[&entry.raw]).to_string() != entry.facts.hash {
            fault(None, "the stored page does not have the hash it came with".to_string());
        }
        let what = "cannot verify the ledger";
        let rows = |sql: &str| -> Result<Vec<(String, String, i64, i64)>, Error> {
            let mut rows = self.conn.prepare_cached(sql).tried(self, what)?;
            rows.query_map([page], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
                .and_then(Iterator::collect)
                .tried(self, what)
        };
        let mut told = rows("SELECT id, part, start, \"end\" FROM statements WHERE page = ?1 ORDER BY position")?;
        told.extend(rows("SELECT id, part, start, \"end\" FROM events WHERE page = ?1 ORDER BY position")?);
        let statements = corrected.statements.iter().map(|(s, _)| (&s.id, &s.evidence, serde_json::to_value(s)));
        let events = corrected.events.iter().map(|(e, _)| (&e.id, &e.evidence, serde_json::to_value(e)));
        let mut read = Vec::new();
        for (record, evidence, value) in statements.chain(events) {
            verified.records += 1;
            let source = texts.source(evidence.part);
            let value = value.unwrap_or_default();
            let mut wrong = Vec::new();
            spans(&value, source, &mut verified.spans, &mut wrong);
            for what in wrong {
                fault(Some(record), what);
            }
            if evidence.page != *id {
                fault(Some(record), format!("its evidence names another page, {}", evidence.page));
            }
            let (start, end) = texts.chars(evidence.part, evidence.quoted.span);
            read.push((record.clone(), part_name(evidence.part).to_string(), start, end));
        }
        if told != read {
            let differ = told.iter().find(|row| !read.contains(row)).or_else(|| read.iter().find(|row| !told.contains(row)));
            fault(differ.map(|row| row.0.as_str()), "the tables and the reading of the page do not agree".to_string());
        }
        Ok(())
    }
}

/// Slices again whatever in `value` has words and a place.
fn spans(value: &Value, source: &Source<Body>, count: &mut usize, wrong: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            let number = |value: Option<&Value>| value.and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
            let pair = match fields.get("span") {
                Some(Value::Array(pair)) => number(pair.first()).zip(number(pair.get(1))),
                _ => number(fields.get("start")).zip(number(fields.get("end"))),
            };
            if let (Some((start, end)), Some(Value::String(words))) = (pair, fields.get("text")) {
                *count += 1;
                let there = source.span(start, end).map(|span| source.slice(span));
                if there != Some(words.as_str()) {
                    wrong.push(format!("“{words}” is not what stands at its place (“{}”)", there.unwrap_or("")));
                }
            }
            fields.values().for_each(|value| spans(value, source, count, wrong));
        }
        Value::Array(items) => items.iter().for_each(|value| spans(value, source, count, wrong)),
        _ => {}
    }
}
