//! What was known on a day: the same questions, over tables as they were then.
//!
//! A page is known from its publication day, else from the day it came in; a correction and a retraction from their own
//! day. Temporary views with the names of the tables stand before them: they leave out what came later, put back what was
//! corrected, retracted or worded otherwise later. Which records were accounts of one thing then is found for each record
//! that is asked for, along its ties. The file is not touched.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::change::Status;
use super::entry::Texts;
use super::overlay::Corrected;
use super::rows::{put_event, put_statement};
use super::{Entry, Error, Reports, Store, Tried, happening};

/// Added to the keys of rows that are told as they were, so that they differ from the present ones.
const APART: i64 = 1 << 40;

/// What was otherwise on a past day.
#[derive(Debug, Default)]
pub(super) struct Then {
    /// Pages whose wording was another.
    pub pages: BTreeMap<i64, Entry>,
    /// Records that have no ties now and had some then, by tie.
    loose: BTreeMap<i64, Vec<i64>>,
    /// Happenings found so far, by record.
    told: RefCell<BTreeMap<i64, Reports>>,
}

impl Store {
    /// This ledger as it was at the end of `day`, for questions.
    pub fn as_of(mut self, day: Date) -> Result<Store, Error> {
        self.until = Some(day);
        let wordings = self.wordings_then(day)?;
        let known: BTreeMap<i64, String> = wordings.iter().map(|(key, known, _)| (*key, known.clone())).collect();
        self.then.pages = wordings.into_iter().map(|(key, _, entry)| (key, entry)).collect();
        let anew = self.rows_then(day, &known)?;
        self.views(day, &anew, &known).tried(&self, "cannot go back to that day")?;
        self.then.loose = self.loose_then().tried(&self, "cannot find what was told then")?;
        Ok(self)
    }

    /// Writes the records of pages that were corrected or worded otherwise later, as they were, and gives the keys of these
    /// pages.
    fn rows_then(&self, day: Date, wordings: &BTreeMap<i64, String>) -> Result<BTreeSet<i64>, Error> {
        let what = "cannot go back to that day";
        let mut anew: BTreeSet<i64> = wordings.keys().copied().collect();
        let mut corrected = self
            .conn
            .prepare(
                "SELECT DISTINCT g.key FROM corrections c JOIN pages g ON g.id = c.page WHERE substr(c.at, 1, 10) > ?1 AND g.known <= ?1",
            )
            .tried(self, what)?;
        let corrected: Vec<i64> =
            corrected.query_map([day.to_string()], |row| row.get(0)).and_then(Iterator::collect).tried(self, what)?;
        anew.extend(corrected);
        let mut entries: Vec<(i64, String, Entry, Corrected)> = Vec::new();
        for page in &anew {
            let known = match wordings.get(page) {
                Some(known) => known.clone(),
                None => {
                    self.conn.query_row("SELECT known FROM pages WHERE key = ?1", [page], |row| row.get(0)).tried(self, what)?
                }
            };
            let (entry, records) = self.corrected_by_key(*page)?;
            entries.push((*page, known, entry, records));
        }
        let work = || -> rusqlite::Result<()> {
            for table in ["statements", "speakers", "events", "parties"] {
                let sql: String =
                    self.conn.query_row("SELECT sql FROM main.sqlite_schema WHERE name = ?1", [table], |row| row.get(0))?;
                // A temporary table can refer to temporary tables alone.
                let sql =
                    ["pages", "places", "names"].iter().fold(sql, |sql, to| sql.replace(&format!(" REFERENCES {to} (key)"), ""));
                self.conn.execute_batch(&sql.replacen("CREATE TABLE", "CREATE TEMP TABLE", 1))?;
            }
            for (page, known, entry, records) in &entries {
                let texts = Texts::new(entry);
                for (position, (statement, status)) in records.statements.iter().enumerate() {
                    put_statement(&self.conn, *page, position, statement, *status, &texts, known)?;
                }
                for (position, (event, status)) in records.events.iter().enumerate() {
                    put_event(&self.conn, *page, position, event, *status, &texts, known)?;
                }
            }
            // Statements prepared until now mean the tables; from now on the same words mean the views.
            self.conn.flush_prepared_statement_cache();
            self.conn.execute_batch(&format!(
                "UPDATE temp.statements SET key = key + {APART};
                 UPDATE temp.speakers SET statement = statement + {APART};
                 UPDATE temp.events SET key = key + {APART};
                 UPDATE temp.parties SET event = event + {APART};
                 ALTER TABLE temp.statements RENAME TO statements_then;
                 ALTER TABLE temp.speakers RENAME TO speakers_then;
                 ALTER TABLE temp.events RENAME TO events_then;
                 ALTER TABLE temp.parties RENAME TO parties_then;
                 CREATE TEMP TABLE anew (page INTEGER PRIMARY KEY);"
            ))?;
            let mut note = self.conn.prepare("INSERT INTO temp.anew (page) VALUES (?1)")?;
            anew.iter().try_for_each(|page| note.execute([page]).map(|_| ()))
        };
        work().tried(self, what)?;
        Ok(anew)
    }

    /// Lays the views before the tables.
    fn views(&self, day: Date, anew: &BTreeSet<i64>, wordings: &BTreeMap<i64, String>) -> rusqlite::Result<()> {
        let columns = |replaced: &[(&str, String)]| -> rusqlite::Result<String> {
            let mut rows = self.conn.prepare("SELECT name FROM pragma_table_info('pages', 'main')")?;
            let names: Vec<String> = rows.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let column = |name: &String| match replaced.iter().find(|(column, _)| column == name) {
                Some((column, value)) => format!("{value} AS {column}"),
                None => format!("t.\"{name}\""),
            };
            Ok(names.iter().map(column).collect::<Vec<_>>().join(", "))
        };
        let retracted = ("retracted", format!("CASE WHEN substr(t.retracted, 1, 10) <= '{day}' THEN t.retracted END"));
        let mut sql = format!(
            "CREATE TEMP VIEW pages AS SELECT {} FROM main.pages t WHERE t.known <= '{day}'",
            columns(std::slice::from_ref(&retracted))?
        );
        if !wordings.is_empty() {
            self.conn.execute_batch(
                "CREATE TEMP TABLE wordings (page INTEGER PRIMARY KEY, hash TEXT, url TEXT, title TEXT, byline TEXT, publisher TEXT,
                   language TEXT, published TEXT, published_from TEXT, known TEXT, translation_suspect REAL, why_none TEXT, revision TEXT,
                   fetched TEXT, words TEXT)",
            )?;
            let mut put = self
                .conn
                .prepare("INSERT INTO temp.wordings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)")?;
            for (page, known) in wordings {
                let Some(facts) = self.then.pages.get(page).map(|entry| &entry.facts) else { continue };
                put.execute(rusqlite::params![
                    page,
                    facts.hash,
                    facts.url,
                    facts.title,
                    facts.byline,
                    facts.publisher,
                    facts.language,
                    facts.published.map(|day| day.to_string()),
                    facts.published_from,
                    known,
                    facts.translation_suspect,
                    facts.why_none,
                    facts.revision,
                    facts.fetched.map(|day| day.to_string()),
                    facts.words,
                ])?;
            }
            let told = [
                "hash",
                "url",
                "title",
                "byline",
                "publisher",
                "language",
                "published",
                "published_from",
                "known",
                "translation_suspect",
                "why_none",
                "revision",
                "fetched",
                "words",
            ];
            let mut replaced: Vec<(&str, String)> = told.iter().map(|column| (*column, format!("w.{column}"))).collect();
            replaced.push(retracted);
            let columns = columns(&replaced)?;
            sql += &format!(" UNION ALL SELECT {columns} FROM temp.wordings w CROSS JOIN main.pages t ON t.key = w.page");
        }
        if !anew.is_empty() {
            sql += ";
                CREATE TEMP VIEW events AS SELECT * FROM main.events WHERE page NOT IN (SELECT page FROM temp.anew)
                  UNION ALL SELECT * FROM temp.events_then;
                CREATE TEMP VIEW statements AS SELECT * FROM main.statements WHERE page NOT IN (SELECT page FROM temp.anew)
                  UNION ALL SELECT * FROM temp.statements_then;
                CREATE TEMP VIEW speakers AS SELECT * FROM main.speakers UNION ALL SELECT * FROM temp.speakers_then;
                CREATE TEMP VIEW parties AS SELECT * FROM main.parties UNION ALL SELECT * FROM temp.parties_then";
        }
        self.conn.execute_batch(&sql)
    }

    /// Records that have no tie now but had some then: corrected or worded otherwise later, or on a page retracted later.
    fn loose_then(&self) -> rusqlite::Result<BTreeMap<i64, Vec<i64>>> {
        let mut keys = self.conn.prepare(
            "SELECT t.key FROM temp.events_then t WHERE t.status <> 'rejected' UNION ALL
             SELECT e.key FROM main.pages g CROSS JOIN main.events e ON e.page = g.key
             WHERE g.retracted IS NOT NULL AND e.status <> 'rejected' AND e.page NOT IN (SELECT page FROM temp.anew)",
        )?;
        let keys: Vec<i64> = keys.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut loose: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for key in keys {
            if let Some((_, _, tied)) = happening::tied(&self.conn, key)? {
                tied.ties().into_iter().for_each(|tie| loose.entry(tie).or_default().push(key));
            }
        }
        Ok(loose)
    }

    /// How often the thing that the record `key` tells of was told then.
    pub(super) fn reports_then(&self, key: i64) -> rusqlite::Result<Reports> {
        if let Some(known) = self.then.told.borrow().get(&key) {
            return Ok(known.clone());
        }
        let mut members: BTreeMap<i64, String> = BTreeMap::new();
        let mut met: BTreeSet<i64> = BTreeSet::new();
        let mut next = vec![key];
        let mut there = self.conn.prepare_cached(
            "SELECT 1 FROM events e CROSS JOIN pages g ON g.key = e.page WHERE e.key = ?1 AND e.status <> ?2 AND g.retracted IS NULL",
        )?;
        let mut near = self.conn.prepare_cached("SELECT event FROM main.ties WHERE tie = ?1")?;
        while let Some(one) = next.pop() {
            if members.contains_key(&one) || !there.exists((one, Status::Rejected.as_str()))? {
                continue;
            }
            let Some((_, id, tied)) = happening::tied(&self.conn, one)? else { continue };
            members.insert(one, id);
            for tie in tied.ties().into_iter().filter(|tie| met.insert(*tie)) {
                for other in near.query_map([tie], |row| row.get(0))? {
                    next.push(other?);
                }
                next.extend(self.then.loose.get(&tie).into_iter().flatten());
            }
        }
        if members.is_empty() {
            // Rejected, or retracted: it stands for itself.
            let id = happening::tied(&self.conn, key)?.map(|(_, id, _)| id).unwrap_or_default();
            return Ok(Reports { happening: id, copies: 1, outlets: 1, origins: 1 });
        }
        let mut pages = BTreeSet::new();
        let mut outlets = BTreeSet::new();
        let mut origins = BTreeSet::new();
        let mut page = self.conn.prepare_cached(
            "SELECT g.key, coalesce(g.publisher, g.id), coalesce(g.origin, g.id) FROM events e CROSS JOIN pages g ON g.key = e.page WHERE e.key = ?1",
        )?;
        for member in members.keys() {
            let (key, outlet, origin): (i64, String, String) =
                page.query_row([member], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            pages.insert(key);
            outlets.insert(outlet);
            origins.insert(origin);
        }
        let count = |n: usize| u32::try_from(n.max(1)).unwrap_or(u32::MAX);
        let reports = Reports {
            happening: members.values().min().cloned().unwrap_or_default(),
            copies: count(pages.len()),
            outlets: count(outlets.len()),
            origins: count(origins.len()),
        };
        let mut told = self.then.told.borrow_mut();
        members.keys().for_each(|member| {
            told.insert(*member, reports.clone());
        });
        Ok(reports)
    }
}
