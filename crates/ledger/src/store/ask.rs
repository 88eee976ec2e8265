//! Questions: which records, which pages, which parties. Answers come from the tables alone: no model, no word list.

use super::change::{Kind as RecordKind, Status};
use super::entry::{FACTS, facts};
use super::narrow::{Wanted, Where};
use super::overlay::Corrected;
use super::{Entry, Error, Facts, Kind, Store, Tried};
use crate::{Event, Modality, Statement};
use jiff::civil::Date;

/// What a question for events reads of each.
const EVENTS: Wanted = Wanted {
    table: "events",
    short: "e",
    columns: "e.key, e.happening, coalesce(h.copies, 1), coalesce(h.outlets, 1), coalesce(h.origins, 1), e.page, e.position",
    joins: "LEFT JOIN happenings h ON h.id = e.happening",
};

/// What a question for statements reads of each.
const STATEMENTS: Wanted = Wanted { table: "statements", short: "s", columns: "s.page, s.position", joins: "" };

/// What a question asks for. Names are matched as people type them: a code ("RUS"), a country ("russia", with all who act
/// for it), a name or part of one ("Lavrov"), words of the page ("the Kremlin").
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Who did it; for statements, who spoke. Any of them.
    pub actor: Vec<String>,
    /// To whom.
    pub recipient: Vec<String>,
    /// Between these two, in either direction.
    pub dyad: Option<(String, String)>,
    /// From this day on: the record's day, else the page's.
    pub since: Option<Date>,
    /// Up to this day.
    pub until: Option<Date>,
    /// Categories; any of them, as any of the record's.
    pub event: Vec<String>,
    /// Modalities; any of them.
    pub modality: Vec<Modality>,
    /// Told by these speakers.
    pub said_by: Option<String>,
    /// There: words, place, city, province or country.
    pub place: Option<String>,
    /// Told by at least so many origins.
    pub origins: Option<u32>,
    /// On this page.
    pub page: Option<String>,
    /// Only what people rejected, which is left out otherwise.
    pub rejected: bool,
    /// The latest so many; all of them, page by page, otherwise.
    pub limit: Option<usize>,
}

impl Filter {
    /// Whether nothing is left out.
    pub fn is_everything(&self) -> bool {
        let names = self.actor.is_empty() && self.recipient.is_empty() && self.dyad.is_none() && self.said_by.is_none();
        let days = self.since.is_none() && self.until.is_none() && self.limit.is_none();
        let kinds = self.event.is_empty() && self.modality.is_empty() && self.place.is_none() && self.origins.is_none();
        names && days && kinds && self.page.is_none() && !self.rejected
    }

    /// Whether statements can be asked so: nothing is asked that only events have.
    pub fn is_for_statements(&self) -> bool {
        let names = self.recipient.is_empty() && self.dyad.is_none();
        names && self.event.is_empty() && self.modality.is_empty() && self.place.is_none() && self.origins.is_none()
    }
}

/// On how many pages, by how many publishers, from how many origins a thing is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reports {
    /// Smallest record id among all accounts of the same thing.
    pub happening: String,
    /// Pages.
    pub copies: u32,
    /// Publishers.
    pub outlets: u32,
    /// Independent origins.
    pub origins: u32,
}

/// A record found by its id.
#[derive(Debug)]
pub enum Found {
    /// An event.
    Event(Box<Event>, Status, Reports),
    /// A statement.
    Statement(Box<Statement>, Status),
}

impl Store {
    /// Calls `each` for every event that `filter` asks for, with its page and reports: page by page in the order of files,
    /// or the latest first where there is a limit. The page comes as it was read: with facts, text and article, without the form
    /// in which it came.
    pub fn events<E: From<Error>>(
        &self,
        filter: &Filter,
        mut each: impl FnMut(&Entry, &Event, Status, &Reports) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut at = None;
        for (page, position, reports) in self.find_events(filter)? {
            let (entry, corrected) = self.turn(&mut at, page)?;
            let (event, status) = corrected.events.get(position).ok_or_else(|| self.torn(entry))?;
            each(entry, event, *status, &reports)?;
        }
        Ok(())
    }

    /// Likewise for statements; what only events have is asked of the events that a statement contains.
    pub fn statements<E: From<Error>>(
        &self,
        filter: &Filter,
        mut each: impl FnMut(&Entry, &Statement, Status) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut at = None;
        for (page, position) in self.find_statements(filter)? {
            let (entry, corrected) = self.turn(&mut at, page)?;
            let (statement, status) = corrected.statements.get(position).ok_or_else(|| self.torn(entry))?;
            each(entry, statement, *status)?;
        }
        Ok(())
    }

    /// Calls `each` for every page in order, with its records; pages known since and until the filter's days, none retracted.
    pub fn pages<E: From<Error>>(
        &self,
        filter: &Filter,
        mut each: impl FnMut(Entry, Corrected) -> Result<(), E>,
    ) -> Result<(), E> {
        for page in self.find_pages(filter)? {
            let (entry, corrected) = self.corrected(page)?;
            each(entry, corrected)?;
        }
        Ok(())
    }

    /// The record with that id, or with an id that begins so where only one does, with its page.
    pub fn record(&self, id: &str) -> Result<Option<(Entry, Found)>, Error> {
        let what = "cannot look for a record";
        let Some(id) = self.whole_id(id).tried(self, what)? else { return Ok(None) };
        let Some((kind, page)) = self.record_page(&id)? else { return Ok(None) };
        let (entry, corrected) = self.corrected(page)?;
        let found = match kind {
            RecordKind::Event => match corrected.events.into_iter().find(|(event, _)| event.id == id) {
                Some((event, status)) => Some(Found::Event(Box::new(event), status, self.reports(&id)?)),
                None => None,
            },
            RecordKind::Statement => corrected
                .statements
                .into_iter()
                .find(|(statement, _)| statement.id == id)
                .map(|(statement, status)| Found::Statement(Box::new(statement), status)),
        };
        Ok(found.map(|found| (entry, found)))
    }

    /// An id from its beginning; `None` where none or several begin so.
    fn whole_id(&self, id: &str) -> rusqlite::Result<Option<String>> {
        let mut near = self.conn.prepare_cached(
            "SELECT id FROM events WHERE id >= ?1 AND id < ?1 || 'g' UNION SELECT id FROM statements WHERE id >= ?1 AND id < ?1 || 'g' LIMIT 2",
        )?;
        let mut found: Vec<String> = near.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(if found.len() == 1 || found.first().is_some_and(|found| found == id) { Some(found.swap_remove(0)) } else { None })
    }

    /// The page with that id or its beginning, with its records.
    pub fn page(&self, id: &str) -> Result<Option<(Entry, Corrected)>, Error> {
        self.page_key(id)?.map(|key| self.corrected(key)).transpose()
    }

    /// Facts of every page in order; pages known since and until the filter's days.
    pub fn facts(&self, filter: &Filter) -> Result<Vec<(Facts, u32)>, Error> {
        let what = "cannot list the pages";
        let filter_sql = self.pages_where(filter)?;
        let sql = format!(
            "SELECT {FACTS}, (SELECT count(*) FROM events e WHERE e.page = g.key AND e.status <> 'rejected') +
               (SELECT count(*) FROM statements s WHERE s.page = g.key AND s.status <> 'rejected')
             FROM pages g WHERE {} ORDER BY g.path, g.place, g.id {}",
            filter_sql.sql(),
            limit(filter),
        );
        let mut rows = self.conn.prepare_cached(&sql).tried(self, what)?;
        rows.query_map(filter_sql.values(), |row| Ok((facts(row)?, row.get(18)?))).and_then(Iterator::collect).tried(self, what)
    }

    /// How often a thing is told.
    pub fn reports(&self, event: &str) -> Result<Reports, Error> {
        let work = || -> rusqlite::Result<Reports> {
            let mut row = self.conn.prepare_cached(
                "SELECT events.key, happening, coalesce(copies, 1), coalesce(outlets, 1), coalesce(origins, 1)
                 FROM events LEFT JOIN happenings ON happenings.id = happening WHERE events.id = ?1",
            )?;
            let (key, reports) = row.query_row([event], |row| {
                let reports = Reports { happening: row.get(1)?, copies: row.get(2)?, outlets: row.get(3)?, origins: row.get(4)? };
                Ok((row.get(0)?, reports))
            })?;
            if self.until.is_some() { self.reports_then(key) } else { Ok(reports) }
        };
        work().tried(self, "cannot count reports")
    }

    /// Keys of all pages, in order.
    pub(super) fn page_keys(&self) -> Result<Vec<i64>, Error> {
        let what = "cannot list the pages";
        let mut rows = self.conn.prepare_cached("SELECT key FROM pages ORDER BY path, place, id").tried(self, what)?;
        rows.query_map([], |row| row.get(0)).and_then(Iterator::collect).tried(self, what)
    }

    /// Keeps the page that was read last: records come page by page.
    fn turn<'a>(&self, at: &'a mut Option<(i64, Entry, Corrected)>, page: i64) -> Result<(&'a Entry, &'a Corrected), Error> {
        if at.as_ref().is_none_or(|(there, ..)| *there != page) {
            let (entry, corrected) = self.lent(page)?;
            *at = Some((page, entry, corrected));
        }
        match at {
            Some((_, entry, corrected)) => Ok((entry, corrected)),
            None => Err(Error::new(Kind::Other, &self.path, "cannot read a page")),
        }
    }

    fn corrected(&self, page: i64) -> Result<(Entry, Corrected), Error> {
        self.corrected_by_key(page)
    }

    fn torn(&self, entry: &Entry) -> Error {
        let what = format!("the tables and the reading of page {} do not agree; run `detente verify`", entry.facts.id);
        Error::new(Kind::Damaged, &self.path, what)
    }

    fn find_events(&self, filter: &Filter) -> Result<Vec<(i64, usize, Reports)>, Error> {
        let found = self.find_told(&EVENTS, filter, |row| {
            Ok((row.get::<_, i64>(5)?, usize::try_from(row.get::<_, i64>(6)?).unwrap_or(usize::MAX)))
        })?;
        Ok(found.into_iter().map(|(_, reports, (page, position))| (page, position, reports)).collect())
    }

    /// Events with their keys and how often they are told; the first five columns of `wanted` are these.
    pub(super) fn find_told<T>(
        &self,
        wanted: &Wanted,
        filter: &Filter,
        read: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<(i64, Reports, T)>, Error> {
        let conditions = self.event_conditions(wanted, filter)?;
        let read = |row: &rusqlite::Row<'_>| {
            let reports = Reports { happening: row.get(1)?, copies: row.get(2)?, outlets: row.get(3)?, origins: row.get(4)? };
            Ok((row.get(0)?, reports, read(row)?))
        };
        if self.until.is_none() {
            return self.find(wanted, filter, &conditions, read);
        }
        // On a past day other accounts were known; how many there were is found for each record.
        let least = filter.origins.unwrap_or(0);
        let all = Filter { limit: filter.limit.filter(|_| least < 2), ..filter.clone() };
        let mut found = self.find(wanted, &all, &conditions, read)?;
        for (key, reports, _) in &mut found {
            *reports = self.reports_then(*key).tried(self, "cannot count what was told then")?;
        }
        found.retain(|(_, reports, _)| reports.origins >= least);
        if least >= 2
            && let Some(limit) = filter.limit
        {
            // Asked for without a limit, they came in the order of files.
            found = self.latest(found, limit).tried(self, "cannot look for records")?;
        }
        Ok(found)
    }

    fn latest<T>(&self, found: Vec<(i64, Reports, T)>, limit: usize) -> rusqlite::Result<Vec<(i64, Reports, T)>> {
        let mut day = self.conn.prepare_cached("SELECT day, id FROM events WHERE key = ?1")?;
        let mut dated = Vec::with_capacity(found.len());
        for one in found {
            let (day, id): (String, String) = day.query_row([one.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
            dated.push((std::cmp::Reverse(day), id, one));
        }
        dated.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        Ok(dated.into_iter().take(limit).map(|(_, _, one)| one).collect())
    }

    fn find_statements(&self, filter: &Filter) -> Result<Vec<(i64, usize)>, Error> {
        let conditions = self.statement_conditions(&STATEMENTS, filter)?;
        self.find(&STATEMENTS, filter, &conditions, |row| {
            Ok((row.get(0)?, usize::try_from(row.get::<_, i64>(1)?).unwrap_or(usize::MAX)))
        })
    }

    fn find_pages(&self, filter: &Filter) -> Result<Vec<i64>, Error> {
        let what = "cannot list the pages";
        let filter_sql = self.pages_where(filter)?;
        let sql = format!(
            "SELECT g.key FROM pages g WHERE {} AND g.retracted IS NULL ORDER BY g.path, g.place, g.id {}",
            filter_sql.sql(),
            limit(filter)
        );
        let mut rows = self.conn.prepare_cached(&sql).tried(self, what)?;
        rows.query_map(filter_sql.values(), |row| row.get(0)).and_then(Iterator::collect).tried(self, what)
    }

    pub(super) fn pages_where(&self, filter: &Filter) -> Result<Where, Error> {
        let mut filter_sql = Where::default();
        for (day, sign) in [(filter.since, ">="), (filter.until, "<=")] {
            if let Some(day) = day {
                // Written out, so that the plan knows how much they leave.
                filter_sql.and(format!("g.known {sign} '{day}'"));
            }
        }
        if let Some(page) = &filter.page {
            let key = self.page_key(page)?.unwrap_or(-1);
            let key = filter_sql.value(key);
            filter_sql.and(format!("g.key = {key}"));
        }
        self.with_records(filter, &mut filter_sql)?;
        Ok(filter_sql)
    }
}

fn limit(filter: &Filter) -> String {
    filter.limit.map(|limit| format!("LIMIT {limit}")).unwrap_or_default()
}
