//! The lists of `lexicon/places` and how a name is compared: countries, regions, and the words that stand beside place names.

use std::collections::{HashMap, HashSet};

use syntax::Word;

use super::gazetteer::{Candidate, Which};
use super::table;
use crate::LexiconError;

const COUNTRIES: &str = include_str!("../../lexicon/places/countries.tsv");
const REGIONS: &str = include_str!("../../lexicon/places/regions.tsv");
const WORDS: &str = include_str!("../../lexicon/places/words.toml");
const FOLD: &str = include_str!("../../lexicon/places/fold.txt");
/// Their third column has the words for nationality, which say what country a page is about.
const NATIONS: &str = include_str!("../../lexicon/actors/countries.tsv");

/// A country or territory.
#[derive(Debug, Clone)]
pub(super) struct Country {
    pub iso3: String,
    pub id: u32,
    pub name: String,
}

/// A division, region, sea or site.
#[derive(Debug, Clone)]
pub(super) struct Region {
    pub code: String,
    pub name: String,
}

/// The lists, read once.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub countries: Vec<Country>,
    pub regions: Vec<Region>,
    names: HashMap<String, Vec<Candidate>>,
    /// Names that count only when written exactly so: `US`, `Ky.`.
    exact: HashSet<String>,
    exact_keys: HashSet<String>,
    by_iso2: HashMap<[u8; 2], u16>,
    /// "Turkish", "Turks": the country they speak of.
    pub demonyms: HashMap<String, [u8; 2]>,
    fold: HashMap<char, String>,
    pub locative: HashSet<String>,
    pub directions: HashSet<String>,
    /// Last word of a place's name ("County"): how wide it is.
    pub feature: HashMap<String, u8>,
    /// Words that may stand between a name and its last word ("International" Airport).
    pub between: HashSet<String>,
    pub wide: HashMap<String, u8>,
    /// "the village of": what follows "of" is a place.
    pub settlement: HashSet<String>,
    pub institution: HashSet<String>,
    /// Bodies that a town or country has: they leave their place a place.
    pub public: HashSet<String>,
    pub title: HashSet<String>,
    pub doubtful: HashSet<String>,
    pub never: HashSet<String>,
    pub particle: HashSet<String>,
    pub joins: HashSet<String>,
    /// "Seattle-based": what may hang on a name with a hyphen.
    pub suffix: HashSet<String>,
}

fn fault(file: &str, line: usize, what: &str) -> LexiconError {
    LexiconError { file: format!("places/{file}"), place: format!("line {}", line + 1), what: what.to_string() }
}

pub(super) fn two(text: &str) -> [u8; 2] {
    match text.as_bytes() {
        [a, b] => [*a, *b],
        _ => *b"  ",
    }
}

fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    text.lines().enumerate().filter(|(_, l)| !l.starts_with('#')).map(|(n, l)| (n, l.split('\t').collect()))
}

impl Lists {
    /// Reads every list; lines that cannot be read are named and passed over.
    pub(super) fn read() -> (Lists, Vec<LexiconError>) {
        let mut lists = Lists::default();
        let mut faults = Vec::new();
        for line in FOLD.lines().filter(|l| !l.starts_with('#')) {
            if let Some((plain, marked)) = line.split_once(' ') {
                lists.fold.extend(marked.chars().map(|c| (c, plain.to_string())));
            }
        }
        lists.read_countries(&mut faults);
        lists.read_regions(&mut faults);
        lists.read_nations();
        match WORDS.parse::<toml::Table>() {
            Ok(words) => lists.take_words(&words),
            Err(e) => faults.push(LexiconError {
                file: "places/words.toml".into(),
                place: "whole file".into(),
                what: e.message().to_string(),
            }),
        }
        (lists, faults)
    }

    fn read_countries(&mut self, faults: &mut Vec<LexiconError>) {
        for (n, cells) in rows(COUNTRIES) {
            let [iso2, iso3, id, lat, lon, people, name, _, others] = cells[..] else {
                faults.push(fault("countries.tsv", n, "nine columns are needed"));
                continue;
            };
            let (Ok(id), Ok(lat), Ok(lon), Ok(people)) = (id.parse(), lat.parse(), lon.parse(), people.parse::<f64>()) else {
                faults.push(fault("countries.tsv", n, "a number cannot be read"));
                continue;
            };
            let index = self.countries.len() as u16;
            let country = two(iso2);
            self.by_iso2.insert(country, index);
            self.countries.push(Country { iso3: iso3.into(), id, name: name.into() });
            let prior = if people > 500_000.0 { 9.3 } else { 6.5 };
            let whole = Candidate {
                which: Which::Country(index),
                lat,
                lon,
                country,
                division: 0,
                prior,
                resolution: 1,
                fame: 2.3,
                inside: false,
            };
            self.add(name, whole);
            for other in others.split('|').filter(|o| !o.is_empty()) {
                self.add(other, Candidate { prior: prior - 0.3, ..whole });
            }
        }
    }

    fn read_regions(&mut self, faults: &mut Vec<LexiconError>) {
        let divisions = table::divisions(|name| self.key(name));
        for (n, cells) in rows(REGIONS) {
            let [code, country, lat, lon, names] = cells[..] else {
                faults.push(fault("regions.tsv", n, "five columns are needed"));
                continue;
            };
            let (Ok(lat), Ok(lon)) = (lat.parse::<f64>(), lon.parse::<f64>()) else {
                faults.push(fault("regions.tsv", n, "a coordinate cannot be read"));
                continue;
            };
            let index = self.regions.len() as u16;
            let country = two(country);
            let division = match code {
                "ADM1" => names.split('|').find_map(|n| divisions.get(&(country, self.key(n))).copied()).unwrap_or(0),
                _ => 0,
            };
            let (prior, resolution) = match code {
                "CONT" | "OCN" | "SEA" => (8.5, 0),
                "ADM1" => (7.0, 2),
                "RGN" => (7.2, 0),
                "ADM2" => (5.6, 3),
                "BLDG" | "PPLX" | "MIL" | "AIRB" | "AIRP" | "CMP" | "CRSG" | "HLL" | "PRK" => (5.5, 5),
                _ => (6.0, 0),
            };
            self.regions.push(Region { code: code.into(), name: names.split('|').next().unwrap_or("").into() });
            for (k, other) in names.split('|').enumerate() {
                let prior = prior
                    - if k == 0 { 0.0 } else { 0.4 }
                    - if k > 0 && matches!(other, "Washington" | "New York") { 1.2 } else { 0.0 };
                let which = Which::Region(index);
                self.add(other, Candidate { which, lat, lon, country, division, prior, resolution, fame: 1.6, inside: false });
            }
        }
    }

    fn read_nations(&mut self) {
        let of: HashMap<String, [u8; 2]> = self
            .by_iso2
            .iter()
            .filter_map(|(iso2, n)| Some((self.countries.get(usize::from(*n))?.iso3.clone(), *iso2)))
            .collect();
        for (_, cells) in rows(NATIONS) {
            if let [iso3, _, _, adjectives, ..] = cells[..]
                && let Some(iso2) = of.get(iso3)
            {
                for adjective in adjectives.split('|').filter(|a| a.len() > 3) {
                    self.demonyms.insert(format!("{adjective}s"), *iso2);
                    self.demonyms.insert(adjective.to_string(), *iso2);
                }
            }
        }
    }

    fn take_words(&mut self, words: &toml::Table) {
        let set = |name: &str| -> HashSet<String> {
            let value = words.get(name);
            let inner = value.and_then(|v| v.get("words")).or(value);
            inner.and_then(toml::Value::as_array).into_iter().flatten().filter_map(|v| v.as_str().map(str::to_string)).collect()
        };
        let map = |name: &str| -> HashMap<String, u8> {
            words
                .get(name)
                .and_then(toml::Value::as_table)
                .into_iter()
                .flatten()
                .filter_map(|(k, v)| Some((k.clone(), v.as_integer()? as u8)))
                .collect()
        };
        self.locative = set("locative");
        self.directions = set("directions");
        self.institution = set("institution");
        self.public = set("public");
        self.title = set("title");
        self.doubtful = set("doubtful");
        self.never = set("never");
        self.particle = set("particle");
        self.joins = set("joins");
        self.between = set("between");
        self.settlement = set("settlement");
        self.suffix = set("suffix");
        self.feature = map("feature");
        self.wide = map("wide");
    }

    fn add(&mut self, name: &str, candidate: Candidate) {
        let key = self.key(name);
        if name.ends_with('.') || name.len() <= 4 && name.chars().all(|c| c.is_uppercase()) {
            self.exact.insert(name.to_string());
            self.exact_keys.insert(key.clone());
        }
        self.names.entry(key).or_default().push(candidate);
    }

    /// Whether a place's name is to be looked for behind this word and "of": "the village of", "Residents of".
    pub(super) fn settles(&self, word: Word<'_>) -> bool {
        self.settlement.contains(word.form()) || self.settlement.contains(word.lemma())
    }

    /// The form in which names are compared: small letters without marks, stops and apostrophes.
    pub(super) fn key(&self, name: &str) -> String {
        let mut out = String::with_capacity(name.len());
        let mut word = String::new();
        for c in name.chars().chain([' ']) {
            match c {
                '\'' | '’' | '‘' | '`' | 'ʻ' | 'ʿ' | 'ʼ' | '.' => {}
                '-' | '–' | '/' | ',' | ' ' | '\n' | '\t' | '\u{a0}' | '\u{2011}' => {
                    if !word.is_empty() {
                        if !out.is_empty() {
                            out.push(' ');
                        }
                        out.push_str(if word == "saint" { "st" } else { &word });
                        word.clear();
                    }
                }
                c if c.is_ascii() => word.push(c.to_ascii_lowercase()),
                c => match self.fold.get(&c) {
                    Some(plain) => word.push_str(plain),
                    None => word.extend(c.to_lowercase()),
                },
            }
        }
        out
    }

    /// Whether `text` may stand for the name with that key: short names and abbreviations must be written exactly.
    pub(super) fn spelled(&self, key: &str, text: &str) -> bool {
        !self.exact_keys.contains(key)
            || self.exact.contains(text)
            || self.exact.contains(&format!("{text}."))
            || key.len() > 4 && text.chars().any(char::is_uppercase)
    }

    /// Whether the list has `text` exactly so.
    pub(super) fn written(&self, text: &str) -> bool {
        self.exact.contains(text)
    }

    /// Every place of that name, and whether the name is a common word too.
    pub(super) fn look_up(&self, key: &str) -> (Vec<Candidate>, bool) {
        let mut found = self.names.get(key).cloned().unwrap_or_default();
        let listed = found.len();
        let country = found.iter().any(|c| c.resolution == 1);
        let common = table::find(key, &mut found);
        // A town or province of a country's name is rarely meant.
        for c in found[listed..].iter_mut().filter(|_| country) {
            c.prior -= 2.0;
        }
        // A division that the list has too is one place, with the list's point.
        let twice = |c: &Candidate| {
            c.resolution == 2 && found[..listed].iter().any(|l| l.resolution == 2 && l.division != 0 && l.division == c.division)
        };
        let doubled: Vec<bool> = found.iter().enumerate().map(|(n, c)| n >= listed && twice(c)).collect();
        if doubled.contains(&true) {
            let mut keep = doubled.iter().map(|d| !d);
            found.retain(|_| keep.next().unwrap_or(true));
        }
        (found, common)
    }

    pub(super) fn country(&self, iso2: [u8; 2]) -> Option<&Country> {
        self.countries.get(usize::from(*self.by_iso2.get(&iso2)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_read_without_fault() {
        let (lists, faults) = Lists::read();
        assert_eq!(faults, []);
        assert_eq!(lists.demonyms.get("Turkish"), Some(b"TR"));
        assert!(lists.settlement.contains("village"));
    }

    #[test]
    fn a_division_is_one_place() {
        let lists = Lists::read().0;
        let (found, _) = lists.look_up("helmand");
        assert_eq!(found.iter().filter(|c| c.resolution == 2).count(), 1, "{found:?}");
    }
}
