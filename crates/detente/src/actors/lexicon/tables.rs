//! Reads the tables of `lexicon/actors`, cell by cell; what is wrong is named with file, line and remedy.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::Deserialize;

use super::sectors::SECTORS;
use super::{ActorLexicon, Code, Kind, Noun, NounKind, Sectors};
use crate::LexiconError;
use crate::actors::forms::Case;

/// `words.toml`.
#[derive(Debug, Default, Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct WordFile {
    qualifiers: Vec<String>,
    former: Vec<String>,
    fields: Vec<String>,
    stances: Vec<String>,
    backed: Vec<String>,
    rebels_if_pro: Vec<String>,
    not_names: Vec<String>,
    happenings: Vec<String>,
    hosts: Vec<String>,
    common_surnames: Vec<String>,
    company_endings: Vec<String>,
    bodies: std::collections::BTreeMap<String, Vec<String>>,
}

/// A table's rows with the place of each, for messages.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = (String, Vec<&str>)> {
    text.lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'))
        .map(|(n, l)| (format!("line {}", n + 1), l.trim_end_matches('\r').split('\t').map(str::trim).collect()))
}

pub(crate) fn fault(file: &str, place: &str, what: impl Into<String>) -> LexiconError {
    LexiconError { file: file.to_string(), place: place.to_string(), what: what.into() }
}

/// A code cell: three capitals, `-` for none.
pub(crate) fn code(file: &str, place: &str, cell: &str) -> Result<Option<Code>, LexiconError> {
    match cell.as_bytes() {
        b"-" | b"" => Ok(None),
        &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Some([a, b, c])),
        _ => Err(fault(
            file,
            place,
            format!("`{cell}` is no code: three capital letters such as UKR, UNO or IGO, or `-` for none"),
        )),
    }
}

pub(crate) fn sectors(file: &str, place: &str, cell: &str) -> Result<Sectors, LexiconError> {
    Sectors::parse(cell).ok_or_else(|| {
        fault(file, place, format!("`{cell}` are no sectors: up to three of {}, parted by `|`", SECTORS.join(", ")))
    })
}

impl ActorLexicon {
    pub(crate) fn genders(&mut self, text: &str) -> Result<(), LexiconError> {
        let file = "actors/given.tsv";
        for (place, cells) in rows(text) {
            let (female, words) = match cells[..] {
                ["f", words] => (true, words),
                ["m", words] => (false, words),
                _ => return Err(fault(file, &place, "two columns are needed: `f` or `m`, words")),
            };
            for word in words.split(' ') {
                if self.female.insert(word.to_string(), female).is_some_and(|old| old != female) {
                    return Err(fault(file, &place, format!("`{word}` is listed for both; take it out")));
                }
            }
        }
        Ok(())
    }

    pub(crate) fn weigh(&mut self, text: &str) -> Result<(), LexiconError> {
        let file = "actors/pronouns.tsv";
        for (place, cells) in rows(text) {
            let [sign, a, b, c] = cells[..] else {
                return Err(fault(file, &place, "four columns are needed: sign and three weights"));
            };
            let (Ok(a), Ok(b), Ok(c)) = (a.parse(), b.parse(), c.parse()) else {
                return Err(fault(file, &place, "a weight is no number"));
            };
            self.weights.insert(sign.to_string(), [a, b, c]);
        }
        Ok(())
    }

    pub(crate) fn words(&mut self, text: &str) -> Result<(), LexiconError> {
        let file = "actors/words.toml";
        let words: WordFile = toml::from_str(text).map_err(|e| fault(file, "the file", e.to_string()))?;
        let set = |list: Vec<String>| list.into_iter().collect::<HashSet<_>>();
        self.qualifiers = set(words.qualifiers);
        self.former = set(words.former);
        self.fields = set(words.fields);
        self.stances = set(words.stances);
        self.backed = set(words.backed);
        self.rebels_if_pro = set(words.rebels_if_pro);
        self.not_names = set(words.not_names);
        self.happenings = set(words.happenings);
        self.hosts = set(words.hosts);
        self.common_surnames = set(words.common_surnames);
        self.company_endings = set(words.company_endings);
        for (word, list) in words.bodies {
            let sectors = sectors(file, &word, &list.join("|"))?;
            self.bodies.insert(word, sectors);
        }
        Ok(())
    }

    pub(crate) fn countries(&mut self, text: &str) -> Result<(), LexiconError> {
        let file = "actors/countries.tsv";
        for (place, cells) in rows(text) {
            let [c, name, others, peoples, seats] = cells[..] else {
                return Err(fault(
                    file,
                    &place,
                    "five columns are needed: code, name, other names, adjectives and peoples, seats",
                ));
            };
            let code = code(file, &place, c)?;
            let gov = Sectors::one("GOV");
            let entry = self.entry(Kind::Country, name, code, gov);
            if let Some(code) = code {
                self.country.insert(code, entry);
            }
            for form in std::iter::once(name).chain(others.split('|')).filter(|f| !f.is_empty()) {
                self.form(file, &place, form, entry, false)?;
            }
            let people = self.entry(Kind::People, name, code, Sectors::default());
            for form in peoples.split('|').filter(|f| !f.is_empty()) {
                self.form(file, &place, form, people, false)?;
            }
            let seat = self.entry(Kind::Capital, name, code, gov);
            for form in seats.split('|').filter(|f| !f.is_empty()) {
                self.form(file, &place, form, seat, false)?;
            }
        }
        Ok(())
    }

    pub(crate) fn listed(&mut self, file: &str, text: &str, kind: Kind) -> Result<(), LexiconError> {
        for (place, cells) in rows(text) {
            let (forms, c, s, name) = match (kind, &cells[..]) {
                (Kind::Collective, [forms, s]) => (*forms, "-", *s, None),
                (Kind::Seat, [forms, c, s, name]) => (*forms, *c, *s, Some(*name)),
                (Kind::Organisation | Kind::Group, [forms, c, s]) => (*forms, *c, *s, None),
                _ => return Err(fault(file, &place, "the number of columns is not that told at the head of the file")),
            };
            let (code, sectors) = (code(file, &place, c)?, sectors(file, &place, s)?);
            let first = forms.split('|').next().unwrap_or(forms);
            let entry = self.entry(kind, name.unwrap_or(first), code, sectors);
            for form in forms.split('|') {
                self.form(file, &place, form, entry, false)?;
            }
        }
        Ok(())
    }

    pub(crate) fn title_list(&mut self, file: &str, text: &str, win: bool) -> Result<(), LexiconError> {
        for (place, cells) in rows(text) {
            let [form, s] = cells[..] else {
                return Err(fault(file, &place, "two columns are needed: title, sectors"));
            };
            let sectors = if s == "*" { None } else { Some(sectors(file, &place, s)?) };
            let value = self.title.len() as u32;
            self.title.push(sectors);
            if self.titles.add(&mut self.atoms, form, Case::Any, value, win).is_some() {
                return Err(fault(file, &place, format!("`{form}` is there twice")));
            }
        }
        Ok(())
    }

    pub(crate) fn noun_list(&mut self, file: &str, text: &str, win: bool) -> Result<(), LexiconError> {
        for (place, cells) in rows(text) {
            let [form, s, k] = cells[..] else {
                return Err(fault(file, &place, "three columns are needed: noun, sectors, kind"));
            };
            let kind = match k {
                "person" => NounKind::Person,
                "body" => NounKind::Body,
                "thing" => NounKind::Thing,
                "part" => NounKind::Part,
                "place" => NounKind::Place,
                "free" => NounKind::Free,
                _ => return Err(fault(file, &place, format!("`{k}` is no kind: person, body, thing, part, place or free"))),
            };
            let value = self.noun.len() as u32;
            self.noun.push(Noun { kind, sectors: sectors(file, &place, s)? });
            if self.nouns.add(&mut self.atoms, form, Case::Any, value, win).is_some() {
                return Err(fault(file, &place, format!("`{form}` is there twice")));
            }
        }
        Ok(())
    }

    pub(crate) fn holder_list(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        for (place, cells) in rows(text) {
            // Where a term can be looked up is told for readers of the file; the engine has no use for it.
            let [names, office, c, s, from, to, _source] = cells[..] else {
                return Err(fault(file, &place, "seven columns are needed: names, office, code, sectors, from, to, source"));
            };
            let (code, sectors) = (code(file, &place, c)?, sectors(file, &place, s)?);
            let (from, to) = (day(file, &place, from, false)?, day(file, &place, to, true)?);
            self.holder(names, office, code, sectors, from, to, false);
        }
        Ok(())
    }
}

/// A day: `2014`, `2014-05`, `2014-05-07`, `-` for open. A year alone begins or ends with itself.
pub(crate) fn day(file: &str, place: &str, cell: &str, end: bool) -> Result<Option<Date>, LexiconError> {
    if matches!(cell, "" | "-") {
        return Ok(None);
    }
    let parts: Option<Vec<i16>> = cell.split('-').map(|p| p.parse().ok()).collect();
    let date = match parts.as_deref() {
        Some(&[y]) => Date::new(y, if end { 12 } else { 1 }, if end { 31 } else { 1 }).ok(),
        Some(&[y, m]) => Date::new(y, m as i8, 1).ok().map(|d| if end { d.last_of_month() } else { d }),
        Some(&[y, m, d]) => Date::new(y, m as i8, d as i8).ok(),
        _ => None,
    };
    date.map(Some)
        .ok_or_else(|| fault(file, place, format!("`{cell}` is no day: write 2014, 2014-05, 2014-05-07, or `-` for open")))
}
