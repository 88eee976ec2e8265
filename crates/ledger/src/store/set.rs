//! The fields of a record that a person can set, and how their values are typed.

use jiff::civil::Date;
use rusqlite::OptionalExtension;
use text::{Body, Source, Span};

use super::Store;
use super::entry::Texts;
use crate::{Category, DateBasis, Entity, Event, Form, Location, Modality, Mode, Stance, Statement};

/// A day, or none for `null`.
fn day(value: &str) -> Result<Option<Date>, String> {
    if value == "null" {
        return Ok(None);
    }
    value.parse().map(Some).map_err(|_| format!("`{value}` is no day; write it as 2022-01-10, or null"))
}

fn names<T>(value: &str, what: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    if value == "null" {
        return Ok(Vec::new());
    }
    value.split(',').map(str::trim).map(|name| parse(name).ok_or_else(|| format!("there is no {what} `{name}`"))).collect()
}

pub(super) fn set_event(event: &mut Event, texts: &Texts, field: &str, value: &str) -> Result<(), String> {
    let part = event.evidence.part;
    match field {
        "event" => {
            let categories = names(value, "category", |name| Category::parse(&name.to_uppercase())).map_err(|why| {
                let all: Vec<&str> = Category::all().map(Category::as_str).collect();
                format!("{why}; there are {}", all.join(", "))
            })?;
            if categories.is_empty() {
                return Err("an event has at least one category; reject it where there is none".to_string());
            }
            event.mode.retain(|mode| categories.contains(&mode.category()));
            event.category = categories;
        }
        "mode" => {
            let categories = event.category.clone();
            event.mode = names(value, "mode of its categories", |name| categories.iter().find_map(|c| Mode::parse(*c, name)))?;
        }
        "modality" => {
            let found = Modality::ALL.into_iter().find(|modality| modality.as_str() == value);
            event.modality = found.ok_or_else(|| format!("there is no modality `{value}`"))?;
        }
        "date" => {
            event.date = day(value)?;
            event.date_basis = if event.date.is_some() { DateBasis::Stated } else { DateBasis::None };
        }
        "enddate" => event.end_date = day(value)?,
        "actor" => event.actor = parties(texts.source(part), value, event.sentence.span)?,
        "recipient" => event.recipient = parties(texts.source(part), value, event.sentence.span)?,
        "place" => {
            let mut place: Option<Location> = serde_json::from_str(value).map_err(|error| error.to_string())?;
            if let Some(place) = &mut place {
                let span = stands(texts.source(part), &place.text, Span::new(place.start, place.end), event.sentence.span)?;
                (place.start, place.end) = (span.start(), span.end());
            }
            event.place = place;
        }
        other => {
            let fields = "event, mode, modality, date, enddate, actor, recipient, place";
            return Err(format!("an event has no field `{other}` that can be set; there are {fields}"));
        }
    }
    Ok(())
}

pub(super) fn set_statement(statement: &mut Statement, texts: &Texts, field: &str, value: &str) -> Result<(), String> {
    let part = statement.evidence.part;
    match field {
        "form" => {
            let found = [Form::Direct, Form::Indirect, Form::Mixed].into_iter().find(|form| form.as_str() == value);
            statement.form = found.ok_or_else(|| format!("there is no form `{value}`; there are direct, indirect, mixed"))?;
        }
        "stance" => {
            use Stance::{Asks, Declines, Demands, Denies, Promises, Says, Thinks, Warns};
            let all = [Says, Denies, Demands, Warns, Promises, Thinks, Asks, Declines];
            let found = all.into_iter().find(|stance| stance.as_str() == value);
            statement.stance = found.ok_or_else(|| format!("there is no stance `{value}`"))?;
        }
        "date" => statement.date = day(value)?,
        "speaker" => {
            let source = texts.source(part);
            statement.actors = parties(source, value, statement.evidence.quoted.span)?;
            statement.speaker = statement.actors.first().map(|actor| crate::Quoted::new(source, actor.span));
        }
        other => {
            return Err(format!("a statement has no field `{other}` that can be set; there are form, stance, date, speaker"));
        }
    }
    Ok(())
}

/// Parties from their JSON, with every span found again.
fn parties(source: &Source<Body>, value: &str, near: Span<Body>) -> Result<Vec<Entity>, String> {
    let mut parties: Vec<Entity> = serde_json::from_str(value).map_err(|error| error.to_string())?;
    for party in &mut parties {
        party.span = stands(source, &party.text, party.span, near)?;
    }
    Ok(parties)
}

/// Where `words` stand: at `span`, else inside `near`, else the first time in the text; as whole words.
fn stands(source: &Source<Body>, words: &str, span: Span<Body>, near: Span<Body>) -> Result<Span<Body>, String> {
    if words.is_empty() {
        return Err("name words that stand on the page".to_string());
    }
    if source.slice(span) == words {
        return Ok(span);
    }
    let text = source.as_str();
    let whole = |start: usize| {
        let before = text.get(..start).and_then(|t| t.chars().next_back()).is_none_or(|c| !c.is_alphanumeric());
        let after = text.get(start + words.len()..).and_then(|t| t.chars().next()).is_none_or(|c| !c.is_alphanumeric());
        before && after
    };
    let all = || text.match_indices(words).map(|(start, _)| start).filter(|start| whole(*start));
    let inside = all().find(|start| near.range().contains(start));
    let start = inside.or_else(|| all().next());
    start
        .and_then(|start| source.span(start, start + words.len()))
        .ok_or_else(|| format!("“{words}” does not stand on the page; a record needs words that do"))
}

impl Store {
    /// Turns typed parties and places into what is stored; other values stay as they are.
    pub(super) fn resolved(&self, field: &str, value: &str) -> rusqlite::Result<String> {
        match field {
            "actor" | "recipient" | "speaker" => {
                let mut parties = Vec::new();
                for typed in value.split(';').map(str::trim).filter(|typed| !typed.is_empty() && *typed != "null") {
                    let (words, name) = typed.split_once('=').map_or((typed, typed), |(words, name)| (words.trim(), name.trim()));
                    parties.push(self.party(words, name)?);
                }
                Ok(serde_json::to_string(&parties).unwrap_or_default())
            }
            "place" if value != "null" => {
                let mut known = self.conn.prepare_cached(
                    "SELECT name, city, province, country, country_code, latitude, longitude, geonameid FROM places
                     WHERE words = ?1 OR name = ?1 ORDER BY (name IS NULL), key LIMIT 1",
                )?;
                let place = known.query_row([value], |row| {
                    Ok(Location {
                        resolved: row.get(0)?,
                        city: row.get(1)?,
                        province: row.get(2)?,
                        country: row.get(3)?,
                        country_code: row.get(4)?,
                        lat: row.get(5)?,
                        lon: row.get(6)?,
                        geonameid: row.get(7)?,
                        ..Location::default()
                    })
                });
                let place = Location { text: value.to_string(), ..place.optional()?.unwrap_or_default() };
                Ok(serde_json::to_string(&place).unwrap_or_default())
            }
            _ => Ok(value.to_string()),
        }
    }

    /// The party that `name` means in this ledger; one of its own where it is not known yet.
    fn party(&self, words: &str, name: &str) -> rusqlite::Result<Entity> {
        let mut known = self.conn.prepare_cached(
            "SELECT actor, name, code, sectors, office, collective FROM names
             WHERE name = ?1 COLLATE NOCASE OR words = ?1 COLLATE NOCASE OR actor = ?1 ORDER BY (name <> ?1), key LIMIT 1",
        )?;
        let found = known.query_row([name], |row| {
            Ok(Entity {
                text: words.to_string(),
                span: Span::new(0, 0),
                id: row.get(0)?,
                name: row.get(1)?,
                code: row.get(2)?,
                sector: row
                    .get::<_, Option<String>>(3)?
                    .map(|sectors| sectors.split(", ").map(str::to_string).collect())
                    .unwrap_or_default(),
                office: row.get(4)?,
                collective: row.get(5)?,
            })
        });
        Ok(found.optional()?.unwrap_or_else(|| Entity {
            text: words.to_string(),
            span: Span::new(0, 0),
            code: None,
            sector: Vec::new(),
            id: format!("name:{}", name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")),
            name: name.to_string(),
            office: None,
            collective: false,
        }))
    }
}
