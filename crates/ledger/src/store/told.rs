//! Records and parties as the tables tell them: what lists are made from, without opening a page.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::name::KINDS;
use super::narrow::Wanted;
use super::{Error, Filter, Reports, Store, Tried};

const EVENTS: Wanted = Wanted {
    table: "events",
    short: "e",
    columns:
        "e.key, e.happening, coalesce(h.copies, 1), coalesce(h.outlets, 1), coalesce(h.origins, 1), e.id, g.id, e.event, e.mode,
      e.modality, e.date, coalesce(l.name, l.words), e.sentence, e.proposition, e.day, e.lead, e.\"end\" - e.start",
    joins: "LEFT JOIN happenings h ON h.id = e.happening LEFT JOIN places l ON l.key = e.place",
};
const EVENT_KEYS: Wanted = Wanted {
    table: "events",
    short: "e",
    columns: "e.key, e.happening, coalesce(h.copies, 1), coalesce(h.outlets, 1), coalesce(h.origins, 1), e.id, e.said_by",
    joins: "LEFT JOIN happenings h ON h.id = e.happening",
};
const STATEMENT_KEYS: Wanted = Wanted { table: "statements", short: "s", columns: "s.key, s.id", joins: "" };

const OF_EVENT: &str = "SELECT name, role FROM parties WHERE event = ?1";
const OF_STATEMENT: &str = "SELECT name, 'speaker' FROM speakers WHERE statement = ?1";

/// A party of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Stable id.
    pub id: String,
    /// Canonical name, else the words.
    pub name: String,
    /// ISO code of its country, or of its kind.
    pub code: Option<String>,
}

impl Party {
    /// Whom it speaks for: its country where it has one, else itself.
    pub fn side(&self) -> &str {
        self.code.as_deref().filter(|code| !KINDS.contains(code)).unwrap_or(&self.id)
    }
}

/// An event as the tables tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its id.
    pub id: String,
    /// Its page's id.
    pub page: String,
    /// Main category.
    pub event: String,
    /// Modes, joined with ", ".
    pub mode: Option<String>,
    /// Modality.
    pub modality: String,
    /// Day.
    pub date: Option<String>,
    /// Day, else the day of the page.
    pub day: String,
    /// Who did it.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// Where, by the gazetteer's name, else by the page's.
    pub place: Option<String>,
    /// The sentence.
    pub sentence: String,
    /// The words it was read from, where the tables tell; [`Store::record`] always does.
    pub words: Option<String>,
    /// What it is about.
    pub proposition: Option<String>,
    /// How often it is told.
    pub reports: Reports,
}

/// A party of the ledger: under which names, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Stable id.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Code.
    pub code: Option<String>,
    /// Sectors, joined with ", ".
    pub sectors: Option<String>,
    /// Offices, as pages give them.
    pub offices: BTreeSet<String>,
    /// Other names.
    pub aliases: BTreeSet<String>,
    /// A collective party.
    pub collective: bool,
    /// In how many records it does something, something is done to it, it speaks.
    pub counts: [u32; 3],
}

impl Who {
    /// In how many records it stands.
    pub fn records(&self) -> u32 {
        self.counts.iter().sum()
    }
}

impl Store {
    /// The events that `filter` asks for, in the order of [`Store::events`], as the tables tell them.
    pub fn told(&self, filter: &Filter) -> Result<Vec<Told>, Error> {
        let found = self.find_told(&EVENTS, filter, |row| {
            let sentence: String = row.get(12)?;
            let words = match (row.get::<_, Option<u32>>(15)?, row.get::<_, u32>(16)?) {
                (Some(lead), count) => Some(sentence.chars().skip(lead as usize).take(count as usize).collect()),
                (None, _) => None,
            };
            Ok(Told {
                id: row.get(5)?,
                page: row.get(6)?,
                event: row.get(7)?,
                mode: row.get(8)?,
                modality: row.get(9)?,
                date: row.get(10)?,
                day: row.get(14)?,
                actors: Vec::new(),
                recipients: Vec::new(),
                place: row.get(11)?,
                sentence,
                words,
                proposition: row.get(13)?,
                reports: Reports { happening: String::new(), copies: 1, outlets: 1, origins: 1 },
            })
        })?;
        let mut all = Vec::with_capacity(found.len());
        for (key, reports, mut told) in found {
            told.reports = reports;
            for (role, party) in parties(&self.conn, key).tried(self, "cannot read the parties of an event")? {
                let side = if role == "actor" { &mut told.actors } else { &mut told.recipients };
                side.push(party);
            }
            all.push(told);
        }
        Ok(all)
    }

    /// The ids of the records that `filter` asks for: of events with the statements that contain them, and of statements.
    pub fn ids(&self, filter: &Filter) -> Result<BTreeSet<String>, Error> {
        let mut ids = BTreeSet::new();
        for (_, _, (id, said_by)) in
            self.find_told(&EVENT_KEYS, filter, |row| Ok((row.get(5)?, row.get::<_, Option<String>>(6)?)))?
        {
            ids.insert(id);
            ids.extend(said_by);
        }
        let conditions = self.statement_conditions(&STATEMENT_KEYS, filter)?;
        ids.extend(self.find(&STATEMENT_KEYS, filter, &conditions, |row| row.get::<_, String>(1))?);
        Ok(ids)
    }

    /// The parties of the records that `filter` asks for, the most named first. Where it names actors, those alone.
    pub fn who(&self, filter: &Filter) -> Result<Vec<Who>, Error> {
        let only = if filter.actor.is_empty() { None } else { Some(self.names(&filter.actor)?) };
        let filter = Filter { actor: Vec::new(), ..filter.clone() };
        let counts = self.counted(&filter)?;
        self.gathered(counts, only.as_deref()).tried(self, "cannot list the parties")
    }

    /// For each way of naming how often it acts, undergoes and speaks in what `filter` asks for.
    fn counted(&self, filter: &Filter) -> Result<BTreeMap<i64, [u32; 3]>, Error> {
        let what = "cannot count the parties";
        let mut counts: BTreeMap<i64, [u32; 3]> = BTreeMap::new();
        let add = |counts: &mut BTreeMap<i64, [u32; 3]>, name: i64, side: usize, by: i64| {
            if let Some(count) = counts.entry(name).or_default().get_mut(side) {
                *count = u32::try_from((i64::from(*count) + by).max(0)).unwrap_or(u32::MAX);
            }
        };
        if self.until.is_none() && filter.is_everything() {
            // The counts stand with the names; what is not told any more is taken off.
            let mut rows = self.conn.prepare_cached("SELECT key, did, undergone, said FROM names").tried(self, what)?;
            let all = rows
                .query_map([], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?])))
                .and_then(Iterator::collect::<rusqlite::Result<BTreeMap<i64, [u32; 3]>>>)
                .tried(self, what)?;
            counts = all;
            for (name, side) in self.untold().tried(self, what)? {
                add(&mut counts, name, side, -1);
            }
            return Ok(counts);
        }
        for (event, ..) in self.find_told(&EVENT_KEYS, filter, |_| Ok(()))? {
            for (name, side) in sides(&self.conn, OF_EVENT, event).tried(self, what)? {
                add(&mut counts, name, side, 1);
            }
        }
        // Who speaks of such events, or speaks at all.
        {
            let conditions = self.statement_conditions(&STATEMENT_KEYS, filter)?;
            for key in self.find(&STATEMENT_KEYS, filter, &conditions, |row| row.get::<_, i64>(0))? {
                for (name, side) in sides(&self.conn, OF_STATEMENT, key).tried(self, what)? {
                    add(&mut counts, name, side, 1);
                }
            }
        }
        Ok(counts)
    }

    /// Names in records that are rejected or on retracted pages.
    fn untold(&self) -> rusqlite::Result<Vec<(i64, usize)>> {
        let mut found = Vec::new();
        for (sql, of) in [
            (
                "SELECT key FROM events WHERE status = 'rejected' AND status <> 'read' UNION
                 SELECT e.key FROM pages g CROSS JOIN events e ON e.page = g.key WHERE g.retracted IS NOT NULL",
                OF_EVENT,
            ),
            (
                "SELECT key FROM statements WHERE status = 'rejected' AND status <> 'read' UNION
                 SELECT s.key FROM pages g CROSS JOIN statements s ON s.page = g.key WHERE g.retracted IS NOT NULL",
                OF_STATEMENT,
            ),
        ] {
            let keys: Vec<i64> =
                self.conn.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            for key in keys {
                found.extend(sides(&self.conn, of, key)?);
            }
        }
        Ok(found)
    }

    /// Ways of naming put together by who is meant.
    fn gathered(&self, counts: BTreeMap<i64, [u32; 3]>, only: Option<&[i64]>) -> rusqlite::Result<Vec<Who>> {
        let mut who: BTreeMap<String, Who> = BTreeMap::new();
        // The commonest way of naming gives name and code where they differ.
        let mut best: BTreeMap<String, u32> = BTreeMap::new();
        let mut row =
            self.conn.prepare_cached("SELECT words, actor, name, code, sectors, office, collective FROM names WHERE key = ?1")?;
        for (key, sides) in counts {
            let count: u32 = sides.iter().sum();
            if count == 0 || only.is_some_and(|only| only.binary_search(&key).is_err()) {
                continue;
            }
            let (words, one): (String, Who) = row.query_row([key], |row| {
                let office: Option<String> = row.get(5)?;
                let one = Who {
                    id: row.get(1)?,
                    name: row.get(2)?,
                    code: row.get(3)?,
                    sectors: row.get(4)?,
                    offices: office.into_iter().collect(),
                    aliases: BTreeSet::new(),
                    collective: row.get(6)?,
                    counts: [0; 3],
                };
                Ok((row.get(0)?, one))
            })?;
            let most = best.entry(one.id.clone()).or_default();
            let known = who.entry(one.id.clone()).or_insert_with(|| one.clone());
            if count > *most {
                *most = count;
                known.name.clone_from(&one.name);
                known.code.clone_from(&one.code);
                known.sectors.clone_from(&one.sectors);
            }
            known.offices.extend(one.offices);
            known.aliases.insert(words);
            known.counts.iter_mut().zip(sides).for_each(|(count, more)| *count += more);
        }
        let mut all: Vec<Who> = who.into_values().collect();
        for one in &mut all {
            if one.name.is_empty() {
                one.name = one.aliases.first().cloned().unwrap_or_default();
            }
            one.aliases.remove(&one.name);
        }
        all.sort_by(|a, b| b.records().cmp(&a.records()).then_with(|| a.name.cmp(&b.name)).then_with(|| a.id.cmp(&b.id)));
        Ok(all)
    }
}

/// The names in a record, each with its side: 0 does it, 1 undergoes it, 2 speaks.
fn sides(conn: &Connection, sql: &str, key: i64) -> rusqlite::Result<Vec<(i64, usize)>> {
    let side = |role: &str| match role {
        "actor" => 0,
        "recipient" => 1,
        _ => 2,
    };
    conn.prepare_cached(sql)?.query_map([key], |row| Ok((row.get(0)?, side(row.get_ref(1)?.as_str()?))))?.collect()
}

/// The parties of an event with their roles, in order.
fn parties(conn: &Connection, event: i64) -> rusqlite::Result<Vec<(String, Party)>> {
    let mut sql = conn.prepare_cached(
        "SELECT p.role, n.actor, n.name, n.words, n.code FROM parties p CROSS JOIN names n ON n.key = p.name
         WHERE p.event = ?1 ORDER BY p.role, p.position",
    )?;
    let rows = sql.query_map([event], |row| {
        let (name, words): (String, String) = (row.get(2)?, row.get(3)?);
        Ok((row.get(0)?, Party { id: row.get(1)?, name: if name.is_empty() { words } else { name }, code: row.get(4)? }))
    })?;
    rows.collect()
}
