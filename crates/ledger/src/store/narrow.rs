//! From a question to the records that answer it, in time that grows with the answer.
//!
//! Each condition is written in two ways: as a list of the records that meet it, read from an index, and as a test of one
//! record. Where what the lists have in common is short, it leads; else what is asked for is common, and the latest of it is
//! found by going back from the last day in windows that grow: a week first, then eight times as far. Only where that finds
//! too little are long lists read whole.

use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::{Error, Filter, Store, Tried};

/// Lists are read up to so many records.
const READ: usize = 20_000;
/// And lead where no more than so many are in all of them.
const LEAD: usize = 4_000;

/// Days of the first window, and how much farther each goes than the one before.
const WEEK: i64 = 7;
const FARTHER: i64 = 8;
/// Windows before everything that is left is looked at.
const WINDOWS: u32 = 4;

/// A growing WHERE.
#[derive(Default, Clone)]
pub(super) struct Where {
    parts: Vec<String>,
    values: Vec<Value>,
}

impl Where {
    pub fn and(&mut self, part: impl Into<String>) {
        self.parts.push(part.into());
    }

    pub fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    /// The test of a condition, with its values among these.
    pub fn bound(&mut self, condition: &Condition) -> String {
        let mut test = condition.test.clone();
        for (n, value) in condition.values.iter().enumerate() {
            let at = self.value(value.clone());
            test = placed(&test, n, &at);
        }
        test
    }

    pub fn sql(&self) -> String {
        if self.parts.is_empty() { "1".to_string() } else { self.parts.join(" AND ") }
    }

    pub fn values(&self) -> impl rusqlite::Params + '_ {
        params_from_iter(&self.values)
    }
}

/// Keys as one value, for `json_each`.
pub(super) fn keys_value(keys: &[i64]) -> Value {
    let list: Vec<String> = keys.iter().map(i64::to_string).collect();
    format!("[{}]", list.join(",")).into()
}

/// A list of words as one value, for `json_each`.
pub(super) fn words_value(words: &[String]) -> Value {
    serde_json::to_string(words).unwrap_or_default().into()
}

/// One condition on records; `{0}`, `{1}` stand for its values.
pub(super) struct Condition {
    pub values: Vec<Value>,
    /// It is met by no record outside of any of these.
    pub lists: Vec<List>,
    /// Whether one record meets it.
    pub test: String,
}

/// Keys of records.
pub(super) struct List {
    /// All of them; `{days}` where the index knows them by day, too.
    pub all: String,
    /// Those among `{keys}`, where that is quicker told.
    pub among: Option<String>,
}

impl From<String> for List {
    fn from(all: String) -> List {
        List { all, among: None }
    }
}

impl From<&str> for List {
    fn from(all: &str) -> List {
        all.to_string().into()
    }
}

/// What is looked for: events or statements.
pub(super) struct Wanted {
    pub table: &'static str,
    /// Its short name in tests.
    pub short: &'static str,
    /// The columns to read, and the tables to be joined for them; `g` is the page.
    pub columns: &'static str,
    pub joins: &'static str,
}

/// A span of days, both ends in it; `None` is open.
#[derive(Clone, Copy)]
struct Days(Option<Date>, Option<Date>);

impl Days {
    /// Those of them after `day`.
    fn after(self, day: Date) -> Days {
        let next = day.saturating_add(1.days());
        Days(Some(self.0.map_or(next, |since| since.max(next))), self.1)
    }

    /// Those of them up to `day`.
    fn up_to(self, day: Date) -> Days {
        Days(self.0, Some(self.1.map_or(day, |until| until.min(day))))
    }

    /// As a test of a record's day, to be appended to others.
    fn test(self) -> String {
        let test = |day: Option<Date>, sign: &str| day.map(|day| format!(" AND day {sign} '{day}'")).unwrap_or_default();
        test(self.0, ">=") + &test(self.1, "<=")
    }
}

impl Store {
    /// The records that meet all conditions: the latest `filter.limit`, else all in the order of files.
    pub(super) fn find<T>(
        &self,
        wanted: &Wanted,
        filter: &Filter,
        conditions: &[Condition],
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let days = Days(filter.since, filter.until);
        let what = "cannot look for records";
        let ask = |days: Days, keys: Option<&[i64]>, limit: Option<usize>| {
            self.read(wanted, conditions, days, keys, limit, &read).tried(self, what)
        };
        let dated = filter.since.is_some() || filter.until.is_some();
        let keys = self.leading(conditions, days, filter.limit.is_some() || dated).tried(self, what)?;
        let Some(limit) = filter.limit.filter(|_| keys.is_none()) else {
            if let Some(then) = self.until.filter(|_| keys.is_none() && dated) {
                return self.apart(wanted, conditions, days, then, &read).tried(self, what);
            }
            return ask(days, keys.as_deref(), filter.limit);
        };
        let last: Option<String> = self
            .conn
            .query_row(&format!("SELECT max(day) FROM main.{}", wanted.table), [], |row| row.get(0))
            .tried(self, what)?;
        let Some(last) = last.and_then(|day| day.parse::<Date>().ok()) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        let mut until = filter.until.map_or(last, |day| day.min(last));
        if let Some(then) = self.until.filter(|then| *then < until) {
            let ahead = self.ahead(wanted, then).tried(self, what)?;
            found.extend(ask(days.after(then), Some(&ahead), Some(limit))?);
            until = then;
        }
        let mut back = WEEK;
        for _ in 0..WINDOWS {
            if found.len() >= limit {
                return Ok(found);
            }
            let since = until.saturating_sub(back.days());
            let first = filter.since.is_some_and(|first| first >= since);
            let since = filter.since.map_or(since, |first| first.max(since));
            found.extend(ask(Days(Some(since), Some(until)), None, Some(limit - found.len()))?);
            if first {
                return Ok(found);
            }
            until = since.saturating_sub(1.days());
            back *= FARTHER;
        }
        let keys = self.leading(conditions, Days(None, None), false).tried(self, what)?;
        found.extend(ask(Days(filter.since, Some(until)), keys.as_deref(), Some(limit - found.len()))?);
        Ok(found)
    }

    /// What was known on the day `then`, in the order of files: what is dated up to that day, and the little that was dated
    /// ahead, put together.
    fn apart<T>(
        &self,
        wanted: &Wanted,
        conditions: &[Condition],
        days: Days,
        then: Date,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        type Order = (Option<String>, i64, String, i64);
        let placed = |row: &Row<'_>| -> rusqlite::Result<(Order, T)> {
            Ok(((row.get("in_file")?, row.get("in_place")?, row.get("in_page")?, row.get("in_order")?), read(row)?))
        };
        let ahead = self.ahead(wanted, then)?;
        let mut found = self.read(wanted, conditions, days.up_to(then), None, None, placed)?;
        found.extend(self.read(wanted, conditions, days.after(then), Some(&ahead), None, placed)?);
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(found.into_iter().map(|(_, one)| one).collect())
    }

    /// Records that were known on the day `then` and dated after it.
    fn ahead(&self, Wanted { table, .. }: &Wanted, then: Date) -> rusqlite::Result<Vec<i64>> {
        let sql = format!("SELECT key FROM {table} WHERE day > known AND day > ?1 AND known <= ?1");
        self.conn.prepare_cached(&sql)?.query_map([then.to_string()], |row| row.get(0))?.collect()
    }

    /// The keys that all lists have in common; where `bounded`, long lists are passed over, and what they leave leads only
    /// where it is short, or what the days leave of it. `None` where nothing leads.
    fn leading(&self, conditions: &[Condition], days: Days, bounded: bool) -> rusqlite::Result<Option<Vec<i64>>> {
        let most = if bounded { READ } else { usize::MAX };
        let mut found: Option<Vec<i64>> = None;
        let mut within = false;
        let mut long: Vec<(&Condition, &str)> = Vec::new();
        for condition in conditions {
            for list in &condition.lists {
                let keys = self.keys(condition, &list.all.replace("{days}", &days.test()), None, most)?;
                if keys.len() > most {
                    long.extend(list.among.as_deref().map(|among| (condition, among)));
                    continue;
                }
                within |= list.all.contains("{days}") && days.0.is_some();
                found = Some(match found {
                    Some(others) => others.into_iter().filter(|key| keys.binary_search(key).is_ok()).collect(),
                    None => keys,
                });
            }
        }
        for (condition, among) in long {
            if let Some(keys) = found.as_ref().filter(|keys| keys.len() > LEAD) {
                found = Some(self.keys(condition, among, Some(keys), usize::MAX)?);
            }
        }
        Ok(found.filter(|keys| !bounded || within || keys.len() <= LEAD))
    }

    /// The keys of a list, sorted; more than `most` only to show that there are more.
    fn keys(&self, condition: &Condition, list: &str, among: Option<&[i64]>, most: usize) -> rusqlite::Result<Vec<i64>> {
        let mut values: Vec<Value> = Vec::new();
        let mut sql = list.to_string();
        // A list has some of the condition's values, the test all.
        for (n, value) in condition.values.iter().enumerate().filter(|(n, _)| list.contains(&format!("{{{n}}}"))) {
            values.push(value.clone());
            sql = placed(&sql, n, &format!("?{}", values.len()));
        }
        if let Some(among) = among {
            values.push(keys_value(among));
            sql = sql.replace("{keys}", &format!("?{}", values.len()));
        }
        if most < usize::MAX {
            sql += &format!(" LIMIT {}", most + 1);
        }
        let mut rows = self.conn.prepare_cached(&sql)?;
        let mut keys: Vec<i64> = rows.query_map(params_from_iter(values), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        if keys.len() <= most {
            keys.sort_unstable();
            keys.dedup();
        }
        Ok(keys)
    }

    fn read<T>(
        &self,
        wanted: &Wanted,
        conditions: &[Condition],
        Days(since, until): Days,
        keys: Option<&[i64]>,
        limit: Option<usize>,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let Wanted { table, short, columns, joins } = wanted;
        if keys.is_some_and(<[i64]>::is_empty) {
            return Ok(Vec::new());
        }
        let mut sql = Where::default();
        // Where keys lead, days only test.
        let plus = if keys.is_some() { "+" } else { "" };
        if let Some(keys) = keys {
            let keys = sql.value(keys_value(keys));
            sql.and(format!("{short}.key IN (SELECT value FROM json_each({keys}))"));
        }
        for (day, sign) in [(since, ">="), (until, "<=")] {
            if let Some(day) = day {
                // Written out, so that the plan knows how much they leave.
                sql.and(format!("{plus}{short}.day {sign} '{day}'"));
            }
        }
        // On a past day many were not known yet: they are left out before their pages are looked up and the rest is tested.
        if let Some(then) = self.until {
            let then = sql.value(then.to_string());
            sql.and(format!("+{short}.known <= {then}"));
        }
        for condition in conditions {
            let test = sql.bound(condition);
            sql.and(test);
        }
        sql.and("g.retracted IS NULL");
        let order = match limit {
            Some(limit) => format!("{short}.day DESC, {short}.id LIMIT {limit}"),
            None => format!("g.path, g.place, g.id, {short}.position"),
        };
        let text = format!(
            "SELECT {columns}, g.path AS in_file, g.place AS in_place, g.id AS in_page, {short}.position AS in_order
             FROM {table} {short} CROSS JOIN pages g ON g.key = {short}.page {joins} WHERE {} ORDER BY {order}",
            sql.sql()
        );
        self.conn.prepare_cached(&text)?.query_map(sql.values(), |row| read(row))?.collect()
    }
}

/// A piece of SQL with a value's number where `{n}` stands.
pub(super) fn placed(sql: &str, n: usize, value: &str) -> String {
    sql.replace(&format!("{{{n}}}"), value)
}
