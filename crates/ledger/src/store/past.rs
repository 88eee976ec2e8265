//! What was known on a day: the same questions, over tables as they were then.
//!
//! A page is known from its publication day, else from the day it came in; a correction and a retraction from their own
//! day. Temporary views with the names of the tables stand before them: they leave out what came later, put back what
//! was corrected or retracted later, and part happenings that only later pages hold together. The file is not touched.
//! Not told: the former wording of a page that came again with other words under the same id.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::change::Status;
use super::entry::Texts;
use super::put::{put_event, put_statement};
use super::{Error, Store, Tried, happening};

/// Added to the keys of rows that are told as they were, so that they differ from the present ones.
const APART: i64 = 1 << 40;

impl Store {
    /// This ledger as it was at the end of `day`, for questions.
    pub fn as_of(mut self, day: Date) -> Result<Store, Error> {
        self.until = Some(day);
        let anew = self.rows_then(day)?;
        self.views(day, &anew).tried(&self, "cannot go back to that day")?;
        self.happenings_then(&anew).tried(&self, "cannot count what was told then")?;
        Ok(self)
    }

    /// Writes the records of pages that were corrected later, as they were, and gives the keys of these pages.
    fn rows_then(&self, day: Date) -> Result<Vec<i64>, Error> {
        let what = "cannot go back to that day";
        let day = day.to_string();
        let column = |sql: &str| -> Result<Vec<i64>, Error> {
            let mut rows = self.conn.prepare(sql).tried(self, what)?;
            rows.query_map([&day], |row| row.get(0)).and_then(Iterator::collect).tried(self, what)
        };
        let corrected = column(
            "SELECT DISTINCT g.key FROM corrections c JOIN pages g ON g.id = c.page WHERE substr(c.at, 1, 10) > ?1 AND g.known <= ?1",
        )?;
        let mut entries = Vec::new();
        for page in &corrected {
            entries.push((*page, self.corrected_by_key(*page)?));
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
            for (page, (entry, records)) in &entries {
                let known: String =
                    self.conn.query_row("SELECT known FROM main.pages WHERE key = ?1", [page], |row| row.get(0))?;
                let texts = Texts::new(entry);
                for (position, (statement, status)) in records.statements.iter().enumerate() {
                    put_statement(&self.conn, *page, position, statement, *status, &texts, &known)?;
                }
                for (position, (event, status)) in records.events.iter().enumerate() {
                    put_event(&self.conn, *page, position, event, *status, &texts, &known)?;
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
                 CREATE TEMP TABLE anew (page INTEGER PRIMARY KEY);
                 CREATE TEMP TABLE happening_of (event INTEGER PRIMARY KEY, happening TEXT NOT NULL);
                 CREATE TEMP TABLE parted (id TEXT PRIMARY KEY);
                 CREATE TEMP TABLE happenings_then (id TEXT PRIMARY KEY, records INTEGER, copies INTEGER, outlets INTEGER, origins INTEGER);"
            ))?;
            let mut note = self.conn.prepare("INSERT INTO temp.anew (page) VALUES (?1)")?;
            for page in &corrected {
                note.execute([page])?;
            }
            Ok(())
        };
        work().tried(self, what)?;
        Ok(corrected)
    }

    /// Lays the views before the tables.
    fn views(&self, day: Date, anew: &[i64]) -> rusqlite::Result<()> {
        let columns = |table: &str, prefix: &str, replaced: &[(&str, &str)]| -> rusqlite::Result<String> {
            let mut rows = self.conn.prepare("SELECT name FROM pragma_table_info(?1, 'main')")?;
            let names: Vec<String> = rows.query_map([table], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let column = |name: &String| match replaced.iter().find(|(column, _)| column == name) {
                Some((column, value)) => format!("{value} AS {column}"),
                None => format!("{prefix}.\"{name}\""),
            };
            Ok(names.iter().map(column).collect::<Vec<_>>().join(", "))
        };
        let retracted = format!("CASE WHEN substr(t.retracted, 1, 10) <= '{day}' THEN t.retracted END");
        let pages = columns("pages", "t", &[("retracted", &retracted)])?;
        let happening = "coalesce((SELECT h.happening FROM temp.happening_of h WHERE h.event = t.key), t.happening)";
        let events = columns("events", "t", &[("happening", happening)])?;
        let mut sql = format!(
            "CREATE TEMP VIEW pages AS SELECT {pages} FROM main.pages t WHERE t.known <= '{day}';
             CREATE TEMP VIEW happenings AS SELECT * FROM main.happenings WHERE id NOT IN (SELECT id FROM temp.parted)
               UNION ALL SELECT * FROM temp.happenings_then;
             CREATE TEMP VIEW events AS SELECT {events} FROM main.events t WHERE t.page NOT IN (SELECT page FROM temp.anew)
               UNION ALL SELECT {events} FROM temp.events_then t;"
        );
        if !anew.is_empty() {
            sql += "CREATE TEMP VIEW statements AS SELECT * FROM main.statements WHERE page NOT IN (SELECT page FROM temp.anew)
                      UNION ALL SELECT * FROM temp.statements_then;
                    CREATE TEMP VIEW speakers AS SELECT * FROM main.speakers UNION ALL SELECT * FROM temp.speakers_then;
                    CREATE TEMP VIEW parties AS SELECT * FROM main.parties UNION ALL SELECT * FROM temp.parties_then;";
        }
        self.conn.execute_batch(&sql)
    }

    /// Joins anew the records of happenings that looked otherwise then.
    fn happenings_then(&self, anew: &[i64]) -> rusqlite::Result<()> {
        let keys =
            |sql: &str| -> rusqlite::Result<Vec<i64>> { self.conn.prepare(sql)?.query_map([], |row| row.get(0))?.collect() };
        let names =
            |sql: &str| -> rusqlite::Result<Vec<String>> { self.conn.prepare(sql)?.query_map([], |row| row.get(0))?.collect() };
        // Happenings with records on pages that were not known yet, or that were corrected later.
        let mut parted: BTreeSet<String> = names(
            "SELECT DISTINCT e.happening FROM main.happenings h JOIN main.events e ON e.happening = h.id
             WHERE e.page NOT IN (SELECT key FROM temp.pages) OR e.page IN (SELECT page FROM temp.anew)",
        )?
        .into_iter()
        .collect();
        // Records that have no tie now but had one then: corrected later, or on a page retracted later.
        let untied = keys(
            "SELECT t.key + 0 FROM temp.events_then t UNION ALL
             SELECT e.key FROM main.events e JOIN main.pages g ON g.key = e.page WHERE g.retracted IS NOT NULL
               AND e.page NOT IN (SELECT page FROM temp.anew)",
        )?;
        let mut records: BTreeSet<i64> = untied.iter().copied().collect();
        for key in &untied {
            let Some((_, _, tied)) = happening::tied(&self.conn, *key)? else { continue };
            for tie in tied.ties() {
                let mut near = self.conn.prepare_cached(
                    "SELECT happening FROM main.ties JOIN main.events ON events.key = ties.event WHERE tie = ?1",
                )?;
                for name in near.query_map([tie], |row| row.get::<_, String>(0))? {
                    parted.insert(name?);
                }
            }
        }
        if parted.is_empty() && anew.is_empty() {
            return Ok(());
        }
        for happening in &parted {
            let mut members = self.conn.prepare_cached("SELECT key FROM main.events WHERE happening = ?1")?;
            for key in members.query_map([happening], |row| row.get(0))? {
                records.insert(key?);
            }
        }
        // What is told then: on a known page, not retracted, not rejected.
        let mut told: Vec<(i64, String, BTreeSet<i64>)> = Vec::new();
        for key in records {
            let there = self
                .conn
                .prepare_cached(
                    "SELECT 1 FROM events e JOIN pages g ON g.key = e.page WHERE e.key = ?1 AND e.status <> ?2 AND g.retracted IS NULL",
                )?
                .exists((key, Status::Rejected.as_str()))?;
            if there && let Some((_, id, tied)) = happening::tied(&self.conn, key)? {
                told.push((key, id, tied.ties()));
            }
        }
        told.sort_by(|a, b| a.1.cmp(&b.1));
        // By id, so that the first of each group gives it its name.
        let mut first: BTreeMap<i64, usize> = BTreeMap::new();
        let mut group: Vec<usize> = (0..told.len()).collect();
        for (n, (_, _, ties)) in told.iter().enumerate() {
            for tie in ties {
                let other = *first.entry(*tie).or_insert(n);
                let (a, b) = (root(&mut group, other), root(&mut group, n));
                let (low, high) = (a.min(b), a.max(b));
                group[high] = low;
            }
        }
        let mut write = self.conn.prepare("INSERT INTO temp.happening_of (event, happening) VALUES (?1, ?2)")?;
        for (n, (key, _, _)) in told.iter().enumerate() {
            let name = root(&mut group, n);
            write.execute((key, &told[name].1))?;
        }
        let mut part = self.conn.prepare("INSERT OR IGNORE INTO temp.parted (id) VALUES (?1)")?;
        for name in parted.iter().chain(told.iter().map(|record| &record.1)) {
            part.execute([name])?;
        }
        self.conn.execute_batch(
            "INSERT INTO temp.happenings_then SELECT o.happening, count(*), count(DISTINCT g.key), count(DISTINCT coalesce(g.publisher, g.id)),
               count(DISTINCT coalesce(g.origin, g.id))
             FROM temp.happening_of o JOIN temp.events e ON e.key = o.event JOIN temp.pages g ON g.key = e.page
             GROUP BY o.happening HAVING count(*) > 1;",
        )
    }
}

fn root(group: &mut [usize], mut n: usize) -> usize {
    while group[n] != n {
        group[n] = group[group[n]];
        n = group[n];
    }
    n
}
