//! Questions: which records, which pages, which parties. Answers come from the tables alone: no model, no word list.

use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};

use super::change::{Corrected, Kind as RecordKind, Status};
use super::entry::{FACTS, facts};
use super::{Entry, Error, Facts, Kind, Store, Tried};
use crate::{Event, Modality, Statement};

/// Codes that name a kind of party, not a country.
const KINDS: [&str; 7] = ["UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"];

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

/// A page that has the words looked for.
#[derive(Debug, Clone)]
pub struct Match {
    /// The page.
    pub facts: Facts,
    /// Some words around the first hit.
    pub excerpt: String,
    /// Where in `excerpt` the hits stand, in bytes.
    pub hits: Vec<std::ops::Range<usize>>,
}

/// A growing WHERE.
#[derive(Default)]
struct Where {
    parts: Vec<String>,
    values: Vec<Value>,
}

impl Where {
    fn and(&mut self, part: impl Into<String>) {
        self.parts.push(part.into());
    }

    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    /// `(SELECT …)` over a list of keys.
    fn keys(&mut self, keys: &[i64]) -> String {
        let list: Vec<String> = keys.iter().map(i64::to_string).collect();
        let list = self.value(format!("[{}]", list.join(",")));
        format!("(SELECT value FROM json_each({list}))")
    }

    fn sql(&self) -> String {
        if self.parts.is_empty() { "1".to_string() } else { self.parts.join(" AND ") }
    }
}

/// Words as one phrase of the full-text language.
fn phrase(typed: &str) -> String {
    format!("\"{}\"", typed.replace('"', "\"\""))
}

impl Store {
    /// Calls `each` for every event that `filter` asks for, with its page and reports: page by page in the order of files,
    /// or the latest first where there is a limit.
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

    /// Likewise for statements; filters that only events have must be empty.
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
        rows.query_map(params_from_iter(&filter_sql.values), |row| Ok((facts(row)?, row.get(17)?)))
            .and_then(Iterator::collect)
            .tried(self, what)
    }

    /// Pages that have all of `words` (or the phrase between quotation marks), best first.
    pub fn search(&self, words: &str, filter: &Filter) -> Result<Vec<Match>, Error> {
        let what = "cannot search";
        let asked = terms(words);
        if asked.is_empty() {
            return Err(Error::new(Kind::Asked, &self.path, "name words to search for"));
        }
        let mut filter_sql = self.pages_where(filter)?;
        let question = asked.iter().map(|term| phrase(term)).collect::<Vec<_>>().join(" ");
        let question = filter_sql.value(question);
        let sql = format!(
            "SELECT {FACTS}, g.key FROM (SELECT rowid AS hit, rank AS score FROM search WHERE search MATCH {question})
             JOIN pages g ON g.key = hit WHERE {} ORDER BY score, g.id LIMIT {}",
            filter_sql.sql(),
            filter.limit.unwrap_or(20),
        );
        let mut rows = self.conn.prepare_cached(&sql).tried(self, what)?;
        let found: Vec<(Facts, i64)> = rows
            .query_map(params_from_iter(&filter_sql.values), |row| Ok((facts(row)?, row.get(17)?)))
            .and_then(Iterator::collect)
            .tried(self, what)?;
        let mut matches = Vec::with_capacity(found.len());
        for (facts, key) in found {
            let entry = self.entry_by_key(key)?;
            let (excerpt, hits) = excerpt(&entry.text, &asked);
            matches.push(Match { facts, excerpt, hits });
        }
        Ok(matches)
    }

    /// How often a thing is told.
    pub fn reports(&self, event: &str) -> Result<Reports, Error> {
        self.conn
            .prepare_cached(
                "SELECT happening, coalesce(copies, 1), coalesce(outlets, 1), coalesce(origins, 1)
                 FROM events LEFT JOIN happenings ON happenings.id = happening WHERE events.id = ?1",
            )
            .and_then(|mut row| {
                row.query_row([event], |row| {
                    Ok(Reports { happening: row.get(0)?, copies: row.get(1)?, outlets: row.get(2)?, origins: row.get(3)? })
                })
            })
            .tried(self, "cannot count reports")
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
            let (entry, corrected) = self.corrected(page)?;
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
        let what = "cannot look for events";
        let filter_sql = self.events_where(filter)?;
        let sql = format!(
            "SELECT e.page, e.position, e.happening, coalesce(h.copies, 1), coalesce(h.outlets, 1), coalesce(h.origins, 1)
             FROM events e JOIN pages g ON g.key = e.page LEFT JOIN happenings h ON h.id = e.happening WHERE {} ORDER BY {} {}",
            filter_sql.sql(),
            if filter.limit.is_some() { "e.day DESC, e.id" } else { "g.path, g.place, g.id, e.position" },
            limit(filter),
        );
        let mut rows = self.conn.prepare_cached(&sql).tried(self, what)?;
        rows.query_map(params_from_iter(&filter_sql.values), |row| {
            let reports = Reports { happening: row.get(2)?, copies: row.get(3)?, outlets: row.get(4)?, origins: row.get(5)? };
            Ok((row.get(0)?, usize::try_from(row.get::<_, i64>(1)?).unwrap_or(usize::MAX), reports))
        })
        .and_then(Iterator::collect)
        .tried(self, what)
    }

    fn find_statements(&self, filter: &Filter) -> Result<Vec<(i64, usize)>, Error> {
        let what = "cannot look for statements";
        let mut filter_sql = Where::default();
        self.common(filter, "s", &mut filter_sql)?;
        for typed in [filter.actor.as_slice(), filter.said_by.as_slice()] {
            if !typed.is_empty() {
                let names = self.names(typed)?;
                let keys = filter_sql.keys(&names);
                filter_sql.and(format!("s.key IN (SELECT statement FROM speakers WHERE name IN {keys})"));
            }
        }
        let sql = format!(
            "SELECT s.page, s.position FROM statements s JOIN pages g ON g.key = s.page WHERE {} ORDER BY {} {}",
            filter_sql.sql(),
            if filter.limit.is_some() { "s.day DESC, s.id" } else { "g.path, g.place, g.id, s.position" },
            limit(filter),
        );
        let mut rows = self.conn.prepare_cached(&sql).tried(self, what)?;
        rows.query_map(params_from_iter(&filter_sql.values), |row| {
            Ok((row.get(0)?, usize::try_from(row.get::<_, i64>(1)?).unwrap_or(usize::MAX)))
        })
        .and_then(Iterator::collect)
        .tried(self, what)
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
        rows.query_map(params_from_iter(&filter_sql.values), |row| row.get(0)).and_then(Iterator::collect).tried(self, what)
    }

    fn pages_where(&self, filter: &Filter) -> Result<Where, Error> {
        let mut filter_sql = Where::default();
        for (day, sign) in [(filter.since, ">="), (filter.until, "<=")] {
            if let Some(day) = day {
                let day = filter_sql.value(day.to_string());
                filter_sql.and(format!("g.known {sign} {day}"));
            }
        }
        if let Some(page) = &filter.page {
            let key = self.page_key(page)?.unwrap_or(-1);
            let key = filter_sql.value(key);
            filter_sql.and(format!("g.key = {key}"));
        }
        Ok(filter_sql)
    }

    /// What events and statements are asked alike.
    fn common(&self, filter: &Filter, table: &str, filter_sql: &mut Where) -> Result<(), Error> {
        let rejected = if filter.rejected { "=" } else { "<>" };
        filter_sql.and(format!("{table}.status {rejected} 'rejected'"));
        filter_sql.and("g.retracted IS NULL");
        for (day, sign) in [(filter.since, ">="), (filter.until, "<=")] {
            if let Some(day) = day {
                let day = filter_sql.value(day.to_string());
                filter_sql.and(format!("{table}.day {sign} {day}"));
            }
        }
        if let Some(page) = &filter.page {
            let key = self.page_key(page)?.unwrap_or(-1);
            let key = filter_sql.value(key);
            filter_sql.and(format!("{table}.page = {key}"));
        }
        Ok(())
    }

    fn events_where(&self, filter: &Filter) -> Result<Where, Error> {
        let mut filter_sql = Where::default();
        self.common(filter, "e", &mut filter_sql)?;
        for (role, typed) in [("actor", &filter.actor), ("recipient", &filter.recipient)] {
            if !typed.is_empty() {
                let names = self.names(typed)?;
                let keys = filter_sql.keys(&names);
                filter_sql.and(format!("e.key IN (SELECT event FROM parties WHERE name IN {keys} AND role = '{role}')"));
            }
        }
        if let Some((one, other)) = &filter.dyad {
            let (one, other) = (self.names(std::slice::from_ref(one))?, self.names(std::slice::from_ref(other))?);
            let (one, other) = (filter_sql.keys(&one), filter_sql.keys(&other));
            // The sets first, for they have an index; then who stands where. Two on one side are a pair only where there is
            // no other side: they met.
            filter_sql.and(format!(
                "e.key IN (SELECT event FROM parties WHERE name IN {one}) AND e.key IN (SELECT event FROM parties WHERE name IN {other})
                 AND EXISTS (SELECT 1 FROM parties p WHERE p.event = e.key AND p.name IN {one} AND EXISTS (
                   SELECT 1 FROM parties q WHERE q.event = e.key AND q.name IN {other}
                     AND (p.role <> q.role OR (p.position <> q.position AND e.recipients IS NULL))))"
            ));
        }
        if !filter.event.is_empty() {
            let mut any = Vec::new();
            let mut under = Vec::new();
            for typed in &filter.event {
                let name = typed.to_uppercase();
                let category = crate::Category::parse(&name);
                if category.is_none() {
                    let all: Vec<&str> = crate::Category::all().map(crate::Category::as_str).collect();
                    let what = format!("there is no event category `{typed}`; there are {}", all.join(", "));
                    return Err(Error::new(Kind::Asked, &self.path, what));
                }
                // Users' own categories stand under PLOVER's: `CONSULT.SPORT`, in the order of the index right behind `CONSULT.`.
                if category.is_some_and(|c| c.base() == c) {
                    let (from, to) = (filter_sql.value(format!("{name}.")), filter_sql.value(format!("{name}/")));
                    under.push(format!(" OR (e.event > {from} AND e.event < {to})"));
                }
                any.push(filter_sql.value(name));
            }
            // A record's further categories are few; its main one has the index.
            let main = format!("(e.event IN ({}){})", any.join(", "), under.concat());
            let further: Vec<String> = any.iter().map(|name| format!("instr(e.events, ', ' || {name})")).collect();
            filter_sql.and(format!("({main} OR (instr(e.events, ',') AND ({})))", further.join(" OR ")));
        }
        if !filter.modality.is_empty() {
            let any: Vec<String> = filter.modality.iter().map(|m| filter_sql.value(m.as_str().to_string())).collect();
            filter_sql.and(format!("e.modality IN ({})", any.join(", ")));
        }
        if let Some(typed) = &filter.said_by {
            let names = self.names(std::slice::from_ref(typed))?;
            let keys = filter_sql.keys(&names);
            filter_sql.and(format!(
                "e.said_by IN (SELECT id FROM statements WHERE key IN (SELECT statement FROM speakers WHERE name IN {keys}))"
            ));
        }
        if let Some(typed) = &filter.place {
            let places = self.places(typed)?;
            let keys = filter_sql.keys(&places);
            filter_sql.and(format!("e.place IN {keys}"));
        }
        if let Some(origins) = filter.origins.filter(|origins| *origins > 1) {
            let origins = filter_sql.value(i64::from(origins));
            filter_sql.and(format!("e.happening IN (SELECT id FROM happenings WHERE origins >= {origins})"));
        }
        Ok(filter_sql)
    }

    /// Keys of all ways of naming that the typed names mean.
    fn names(&self, typed: &[String]) -> Result<Vec<i64>, Error> {
        let mut keys = Vec::new();
        for typed in typed {
            keys.extend(self.name(typed.trim()).tried(self, "cannot look up a name")?);
        }
        keys.sort_unstable();
        keys.dedup();
        Ok(keys)
    }

    fn name(&self, typed: &str) -> rusqlite::Result<Vec<i64>> {
        if !typed.chars().any(char::is_alphanumeric) {
            return Ok(Vec::new());
        }
        let by_code = |code: &str| -> rusqlite::Result<Vec<i64>> {
            self.conn.prepare_cached("SELECT key FROM names WHERE code = ?1")?.query_map([code], |row| row.get(0))?.collect()
        };
        // A code in capitals is meant as a code.
        if typed.len() == 3 && typed.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let keys = by_code(typed)?;
            if !keys.is_empty() {
                return Ok(keys);
            }
        }
        // A country's own name stands for all who act for it.
        let state: Option<String> = self
            .conn
            .prepare_cached("SELECT code FROM names WHERE code IS NOT NULL AND name = ?1 COLLATE NOCASE AND (actor = code OR actor LIKE '%:' || code) LIMIT 1")?
            .query_row([typed], |row| row.get(0))
            .optional()?;
        let mut keys = match state.filter(|code| !KINDS.contains(&code.as_str())) {
            Some(code) => by_code(&code)?,
            None => Vec::new(),
        };
        let found = self
            .conn
            .prepare_cached("SELECT rowid FROM name_search WHERE name_search MATCH ?1")?
            .query_map([phrase(typed)], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<i64>>>()?;
        keys.extend(found);
        let ids = self
            .conn
            .prepare_cached("SELECT key FROM names WHERE actor = ?1")?
            .query_map([typed], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<i64>>>()?;
        keys.extend(ids);
        Ok(keys)
    }

    fn places(&self, typed: &str) -> Result<Vec<i64>, Error> {
        if !typed.chars().any(char::is_alphanumeric) {
            return Ok(Vec::new());
        }
        let what = "cannot look up a place";
        let mut rows =
            self.conn.prepare_cached("SELECT rowid FROM place_search WHERE place_search MATCH ?1").tried(self, what)?;
        rows.query_map([phrase(typed)], |row| row.get(0)).and_then(Iterator::collect).tried(self, what)
    }
}

fn limit(filter: &Filter) -> String {
    filter.limit.map(|limit| format!("LIMIT {limit}")).unwrap_or_default()
}

/// The words of a search, phrases between quotation marks kept whole.
fn terms(words: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for (n, piece) in words.split('"').enumerate() {
        if n % 2 == 1 {
            terms.push(piece.trim().to_string());
        } else {
            terms.extend(piece.split_whitespace().map(str::to_string));
        }
    }
    terms.retain(|term| term.chars().any(char::is_alphanumeric));
    terms
}

/// How much of a page a match shows, in bytes before and after the first hit.
const AROUND: usize = 120;

/// The words around the first hit, and all hits among them.
fn excerpt(text: &str, terms: &[String]) -> (String, Vec<std::ops::Range<usize>>) {
    let words: Vec<Vec<String>> = terms.iter().map(|term| split(term).map(|range| fold(&term[range])).collect()).collect();
    let there: Vec<std::ops::Range<usize>> = split(text).collect();
    let mut hits: Vec<std::ops::Range<usize>> = Vec::new();
    let mut window = None;
    for n in 0..there.len() {
        if window.is_some_and(|end| there[n].start > end) {
            break;
        }
        for term in &words {
            let fits = term.iter().enumerate().all(|(m, word)| there.get(n + m).is_some_and(|r| fold(&text[r.clone()]) == *word));
            if fits && !term.is_empty() {
                let end = there[n + term.len() - 1].end;
                window.get_or_insert(there[n].start + AROUND);
                hits.push(there[n].start..end);
            }
        }
    }
    let first = hits.first().map_or(0, |hit| hit.start);
    let from = there.iter().map(|range| range.start).find(|start| start + AROUND >= first).unwrap_or(0);
    let last = hits.last().map_or(0, |hit| hit.end);
    let to = there.iter().map(|range| range.end).take_while(|end| *end <= first + AROUND).last().unwrap_or(0).max(last);
    let excerpt = text.get(from..to).unwrap_or("").to_string();
    let hits = hits.into_iter().map(|hit| hit.start - from..hit.end - from).collect();
    (excerpt, hits)
}

/// Where the words of a text stand.
fn split(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let (start, first) = rest.next()?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = rest.next_if(|(_, c)| c.is_alphanumeric()) {
            end = at + c.len_utf8();
        }
        Some(start..end)
    })
}

/// As the index compares words, but for accents.
fn fold(word: &str) -> String {
    word.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_the_hits() {
        let text = "Russia and the United States held talks in Geneva. ".repeat(10) + "Kyiv said: “No talks without us.”";
        let (words, hits) = excerpt(&text, &terms("\"no talks\" kyiv"));
        let shown: Vec<&str> = hits.iter().map(|hit| &words[hit.clone()]).collect();
        assert_eq!(shown, ["Kyiv", "No talks"]);
        assert!(words.len() <= 2 * AROUND + 20);
        assert_eq!(terms(" \"\" - "), Vec::<String>::new());
    }
}
