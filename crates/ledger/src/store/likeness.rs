//! Which pages may be like which, kept so that a new page is compared with few: the store holds numbers (signs) under which
//! pages are looked up, and who is kin to whom. What the numbers mean and how pages are compared is the reader's.
//!
//! A page waits, unsettled, until [`Settling`] has been through with it. What is written of a page (cluster, origin, judgement)
//! must follow from the pages alone; signs and kin are an index.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::entry::{facts, just_text, unpack};
use super::narrow::Where;
use super::{Error, FACTS, Facts, Filter, Store, Tried, happening};

/// What is noted of a page that was compared with the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Smallest page id among its near-copies.
    pub cluster: String,
    /// Whose account it repeats.
    pub origin: String,
    /// What it is among its near-copies.
    pub role: String,
    /// The page it is likely taken from.
    pub copy_of: Option<String>,
    /// The share of it found there.
    pub overlap: Option<f64>,
    /// Whether it can be used.
    pub verdict: String,
    /// All of it, in the reader's own form.
    pub judged: String,
}

/// A piece of work that compares pages: wholly done or not at all.
pub struct Settling<'s> {
    transaction: Transaction<'s>,
    path: std::path::PathBuf,
    dirty: BTreeSet<String>,
}

impl Store {
    /// Begins to compare pages.
    pub fn settling(&mut self) -> Result<Settling<'_>, Error> {
        let path = self.path.clone();
        let transaction = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|source| Error::sql(&path, "cannot compare the pages", source))?;
        Ok(Settling { transaction, path, dirty: BTreeSet::new() })
    }

    /// Pages in order with what they were judged to be; `None` for those not yet compared.
    pub fn judged(&self, filter: &Filter) -> Result<Vec<(Facts, Option<String>)>, Error> {
        let what = "cannot list the sources";
        let mut wanted = self.pages_where(filter)?;
        wanted.and("g.retracted IS NULL");
        self.judged_where(&wanted, filter.limit).tried(self, what)
    }

    fn judged_where(&self, wanted: &Where, limit: Option<usize>) -> rusqlite::Result<Vec<(Facts, Option<String>)>> {
        let order = match limit {
            Some(limit) => format!("g.known DESC, g.id LIMIT {limit}"),
            None => "g.path, g.place, g.id".to_string(),
        };
        let sql = format!(
            "SELECT {FACTS}, judged FROM pages g LEFT JOIN sources s ON s.page = g.key WHERE {} ORDER BY {order}",
            wanted.sql()
        );
        self.conn.prepare_cached(&sql)?.query_map(wanted.values(), |row| Ok((facts(row)?, row.get("judged")?)))?.collect()
    }

    /// How many pages are not yet compared with the others: adding or reading them anew was broken off. Until that goes on, each
    /// of them counts as an origin of its own.
    pub fn waiting(&self) -> Result<u32, Error> {
        let what = "cannot count the pages";
        self.conn.query_row("SELECT count(*) FROM main.pages WHERE settled = 0", [], |row| row.get(0)).tried(self, what)
    }

    /// What was kept of a page to compare it with others.
    pub fn digest(&self, page: &str) -> Result<Option<Vec<u8>>, Error> {
        let what = "cannot compare the pages";
        let Some(key) = self.page_key(page)? else { return Ok(None) };
        digest(&self.conn, key).tried(self, what)
    }
}

fn digest(conn: &Connection, key: i64) -> rusqlite::Result<Option<Vec<u8>>> {
    let mut row = conn.prepare_cached("SELECT digest FROM texts WHERE page = ?1")?;
    let packed: Option<Vec<u8>> = row.query_row([key], |row| row.get(0)).optional()?.flatten();
    Ok(packed.and_then(|packed| unpack(&packed).ok()))
}

impl Settling<'_> {
    fn tried<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        work(&self.transaction).map_err(|source| Error::sql(&self.path, "cannot compare the pages", source))
    }

    /// At most so many pages that wait, by id: their keys.
    pub fn waiting(&self, most: usize) -> Result<Vec<i64>, Error> {
        self.tried(|conn| {
            conn.prepare_cached("SELECT key FROM pages WHERE settled = 0 ORDER BY id LIMIT ?1")?
                .query_map([most as i64], |row| row.get(0))?
                .collect()
        })
    }

    /// What was kept of a page to compare it with others.
    pub fn digest(&self, page: i64) -> Result<Option<Vec<u8>>, Error> {
        self.tried(|conn| digest(conn, page))
    }

    /// The words of a page.
    pub fn text(&self, page: i64) -> Result<String, Error> {
        let packed: Option<Vec<u8>> = self.tried(|conn| {
            conn.prepare_cached("SELECT reading FROM texts WHERE page = ?1")?.query_row([page], |row| row.get(0)).optional()
        })?;
        Ok(packed.and_then(|packed| just_text(&packed)).unwrap_or_default())
    }

    /// Puts a page under its signs.
    pub fn sign(&self, page: i64, signs: &[i64]) -> Result<(), Error> {
        self.tried(|conn| {
            let mut put = conn.prepare_cached("INSERT OR IGNORE INTO signs (sign, page) VALUES (?1, ?2)")?;
            signs.iter().try_for_each(|sign| put.execute((sign, page)).map(|_| ()))
        })
    }

    /// Pages under a sign, at most so many.
    pub fn under(&self, sign: i64, most: usize) -> Result<Vec<i64>, Error> {
        self.tried(|conn| {
            conn.prepare_cached("SELECT page FROM signs WHERE sign = ?1 LIMIT ?2")?
                .query_map((sign, most as i64), |row| row.get(0))?
                .collect()
        })
    }

    /// Notes that two pages have something in common; the stronger tie stays.
    pub fn tie(&self, one: i64, other: i64, tie: i64) -> Result<(), Error> {
        self.tried(|conn| {
            let mut put = conn.prepare_cached(
                "INSERT INTO kin (page, other, tie) VALUES (?1, ?2, ?3) ON CONFLICT (page, other) DO UPDATE SET tie = max(tie, excluded.tie)",
            )?;
            put.execute((one, other, tie))?;
            put.execute((other, one, tie))?;
            Ok(())
        })
    }

    /// The kin of a page, with their ties.
    pub fn kin(&self, page: i64) -> Result<Vec<(i64, i64)>, Error> {
        self.tried(|conn| kin(conn, page))
    }

    /// Notes what a page was judged to be.
    pub fn judge(&mut self, page: i64, judgement: &Judgement) -> Result<(), Error> {
        let Judgement { cluster, origin, role, copy_of, overlap, verdict, judged } = judgement;
        let touched: Vec<String> = self.tried(|conn| {
            conn.prepare_cached(
                "INSERT OR REPLACE INTO sources (page, role, copy_of, overlap, verdict, judged) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((page, role, copy_of, overlap, verdict, judged))?;
            let changed = conn
                .prepare_cached(
                    "UPDATE pages SET cluster = ?2, origin = ?3 WHERE key = ?1 AND (cluster IS NOT ?2 OR origin IS NOT ?3)",
                )?
                .execute((page, cluster, origin))?;
            if changed == 0 {
                return Ok(Vec::new());
            }
            conn.prepare_cached("SELECT DISTINCT happening FROM events WHERE page = ?1")?
                .query_map([page], |row| row.get(0))?
                .collect()
        })?;
        self.dirty.extend(touched);
        Ok(())
    }

    /// A page waits no longer.
    pub fn settle(&self, page: i64) -> Result<(), Error> {
        self.tried(|conn| conn.prepare_cached("UPDATE pages SET settled = 1 WHERE key = ?1")?.execute([page]).map(|_| ()))
    }

    /// Counts anew what is told by other origins now, and ends the work.
    pub fn finish(self) -> Result<(), Error> {
        self.tried(|conn| happening::count(conn, &self.dirty))?;
        let path = self.path;
        self.transaction.commit().map_err(|source| Error::sql(&path, "cannot compare the pages", source))
    }
}

fn kin(conn: &Connection, page: i64) -> rusqlite::Result<Vec<(i64, i64)>> {
    conn.prepare_cached("SELECT other, tie FROM kin WHERE page = ?1")?
        .query_map([page], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// The reading of a page goes: those it was compared with wait to be compared anew.
pub(super) fn leave(conn: &Connection, page: i64) -> rusqlite::Result<()> {
    let mut all = BTreeSet::from([page]);
    let mut around = BTreeSet::new();
    let mut next = vec![page];
    while let Some(one) = next.pop() {
        for (other, tie) in kin(conn, one)? {
            if tie > 0 {
                if all.insert(other) {
                    next.push(other);
                }
            } else {
                around.insert(other);
            }
        }
    }
    let mut wait = conn.prepare_cached("UPDATE pages SET settled = 0 WHERE key = ?1")?;
    for one in all.union(&around) {
        wait.execute([one])?;
    }
    let mut cut = conn.prepare_cached("DELETE FROM kin WHERE page = ?1 AND other = ?2")?;
    for (other, _) in kin(conn, page)? {
        cut.execute((page, other))?;
        cut.execute((other, page))?;
    }
    conn.prepare_cached("DELETE FROM sources WHERE page = ?1")?.execute([page])?;
    Ok(())
}
