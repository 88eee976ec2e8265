//! The table of places: cities from a packed file that is read in place, countries and regions from lists that people edit.
//!
//! Nothing is read before the first look-up. The packed table's layout is told in `crates/dev/places/build.py`; a look-up is a
//! binary search over blocks of sixteen keys and a walk through one block. The price of not unpacking is a file a third larger
//! than a compressed one; the gain is a start without delay.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use crate::LexiconError;

const TABLE: &[u8] = include_bytes!("../../lexicon/places/gazetteer.bin");
const COUNTRIES: &str = include_str!("../../lexicon/places/countries.tsv");
const REGIONS: &str = include_str!("../../lexicon/places/regions.tsv");
const WORDS: &str = include_str!("../../lexicon/places/words.toml");
const FOLD: &str = include_str!("../../lexicon/places/fold.txt");

/// Places of the world with coordinates, country and population.
#[derive(Debug, Default)]
pub struct Gazetteer {
    lists: OnceLock<Lists>,
}

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Which {
    Country(u16),
    Region(u16),
    City(u32),
}

/// One place that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub which: Which,
    pub lat: f64,
    pub lon: f64,
    /// ISO alpha-2; two spaces for none.
    pub country: [u8; 2],
    /// First-order division by its number in the table; 0 where it is not known.
    pub division: u16,
    /// How likely the name means it, before any context: about the logarithm of its population.
    pub prior: f64,
    /// 1 country, 2 province, 3 district, 4 city, 5 below; 0 for what is wider or of another kind.
    pub resolution: u8,
    /// How widely known it is: the logarithm of the number of its names.
    pub fame: f64,
    /// The name itself is not in the table; this is what holds it.
    pub inside: bool,
}

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
    fold: HashMap<char, String>,
    pub locative: HashSet<String>,
    pub directions: HashSet<String>,
    pub feature: HashMap<String, u8>,
    pub wide: HashMap<String, u8>,
    pub institution: HashSet<String>,
    pub title: HashSet<String>,
    pub doubtful: HashSet<String>,
    pub never: HashSet<String>,
    pub particle: HashSet<String>,
    pub joins: HashSet<String>,
}

impl Gazetteer {
    /// Opens the built-in table; nothing is unpacked before the first look-up.
    pub fn builtin() -> Result<Self, LexiconError> {
        Ok(Gazetteer::default())
    }

    /// The lists, read on the first call. A fault in a built-in list is found by the tests; at run time its lines are passed over.
    pub(super) fn lists(&self) -> &Lists {
        self.lists.get_or_init(|| Lists::read().0)
    }
}

fn fault(file: &str, line: usize, what: &str) -> LexiconError {
    LexiconError { file: format!("places/{file}"), place: format!("line {}", line + 1), what: what.to_string() }
}

fn two(text: &str) -> [u8; 2] {
    match text.as_bytes() {
        [a, b] => [*a, *b],
        _ => *b"  ",
    }
}

impl Lists {
    pub(super) fn read() -> (Lists, Vec<LexiconError>) {
        let mut lists = Lists::default();
        let mut faults = Vec::new();
        for line in FOLD.lines().filter(|l| !l.starts_with('#')) {
            if let Some((plain, marked)) = line.split_once(' ') {
                lists.fold.extend(marked.chars().map(|c| (c, plain.to_string())));
            }
        }
        let divisions = Table::divisions(&lists);
        for (n, line) in COUNTRIES.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [iso2, iso3, id, lat, lon, people, name, _, others] = cells[..] else {
                faults.push(fault("countries.tsv", n, "nine columns are needed"));
                continue;
            };
            let (Ok(id), Ok(lat), Ok(lon), Ok(people)) = (id.parse(), lat.parse(), lon.parse(), people.parse::<f64>()) else {
                faults.push(fault("countries.tsv", n, "a number cannot be read"));
                continue;
            };
            let index = lists.countries.len() as u16;
            let country = two(iso2);
            lists.by_iso2.insert(country, index);
            lists.countries.push(Country { iso3: iso3.into(), id, name: name.into() });
            let prior = if people > 500_000.0 { 9.3 } else { 6.5 };
            for (k, other) in [name].into_iter().chain(others.split('|').filter(|o| !o.is_empty())).enumerate() {
                let prior = prior - if k == 0 { 0.0 } else { 0.3 };
                lists.add(
                    other,
                    Candidate {
                        which: Which::Country(index),
                        lat,
                        lon,
                        country,
                        division: 0,
                        prior,
                        resolution: 1,
                        fame: 2.3,
                        inside: false,
                    },
                );
            }
        }
        for (n, line) in REGIONS.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [code, country, lat, lon, names] = cells[..] else {
                faults.push(fault("regions.tsv", n, "five columns are needed"));
                continue;
            };
            let (Ok(lat), Ok(lon)) = (lat.parse::<f64>(), lon.parse::<f64>()) else {
                faults.push(fault("regions.tsv", n, "a coordinate cannot be read"));
                continue;
            };
            let index = lists.regions.len() as u16;
            let name = names.split('|').next().unwrap_or("");
            let country = two(country);
            let division = match code {
                "ADM1" => names.split('|').find_map(|n| divisions.get(&(country, lists.key(n))).copied()).unwrap_or(0),
                _ => 0,
            };
            let (prior, resolution) = match code {
                "CONT" | "OCN" | "SEA" => (8.5, 0),
                "ADM1" => (7.0, 2),
                "RGN" => (7.2, 0),
                "ADM2" => (5.6, 3),
                "BLDG" | "PPLX" | "MIL" | "HLL" | "PRK" => (5.5, 5),
                _ => (6.0, 0),
            };
            lists.regions.push(Region { code: code.into(), name: name.into() });
            for (k, other) in names.split('|').enumerate() {
                let prior = prior
                    - if k == 0 { 0.0 } else { 0.4 }
                    - if k > 0 && matches!(other, "Washington" | "New York") { 1.2 } else { 0.0 };
                lists.add(
                    other,
                    Candidate {
                        which: Which::Region(index),
                        lat,
                        lon,
                        country,
                        division,
                        prior,
                        resolution,
                        fame: 1.6,
                        inside: false,
                    },
                );
            }
        }
        match WORDS.parse::<toml::Table>() {
            Ok(table) => {
                let set = |value: Option<&toml::Value>| -> HashSet<String> {
                    value
                        .and_then(toml::Value::as_array)
                        .into_iter()
                        .flatten()
                        .filter_map(|v| v.as_str().map(str::to_string))
                        .collect()
                };
                let inner = |section: &str| set(table.get(section).and_then(|t| t.get("words")));
                let map = |section: &str| -> HashMap<String, u8> {
                    table
                        .get(section)
                        .and_then(toml::Value::as_table)
                        .into_iter()
                        .flatten()
                        .filter_map(|(k, v)| Some((k.clone(), v.as_integer()? as u8)))
                        .collect()
                };
                lists.locative = set(table.get("locative"));
                lists.directions = set(table.get("directions"));
                lists.institution = inner("institution");
                lists.title = inner("title");
                lists.doubtful = inner("doubtful");
                lists.never = inner("never");
                lists.particle = set(table.get("particle"));
                lists.joins = set(table.get("joins"));
                lists.feature = map("feature");
                lists.wide = map("wide");
            }
            Err(e) => faults.push(LexiconError {
                file: "places/words.toml".into(),
                place: "whole file".into(),
                what: e.message().to_string(),
            }),
        }
        (lists, faults)
    }

    fn add(&mut self, name: &str, candidate: Candidate) {
        let key = self.key(name);
        if name.ends_with('.') || name.len() <= 4 && name.chars().all(|c| c.is_uppercase()) {
            self.exact.insert(name.to_string());
            self.exact_keys.insert(key.clone());
        }
        self.names.entry(key).or_default().push(candidate);
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
        let common = Table::find(key, &mut found);
        // A town or province of a country's name is rarely meant.
        for c in found[listed..].iter_mut().filter(|_| country) {
            c.prior -= 2.0;
        }
        (found, common)
    }

    pub(super) fn country(&self, iso2: [u8; 2]) -> Option<&Country> {
        self.countries.get(usize::from(*self.by_iso2.get(&iso2)?))
    }
}

/// The packed table.
struct Table;

fn u32_at(at: usize) -> usize {
    TABLE.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
}

fn u24_at(at: usize) -> u32 {
    TABLE.get(at..at + 3).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], 0]))
}

fn i24_at(at: usize) -> i32 {
    ((u24_at(at) << 8) as i32) >> 8
}

fn byte(at: usize) -> usize {
    usize::from(TABLE.get(at).copied().unwrap_or(0))
}

const ROW: usize = 19;

impl Table {
    fn offset(section: usize) -> usize {
        u32_at(16 + 4 * section)
    }

    fn block(n: usize) -> usize {
        Self::offset(4) + u32_at(Self::offset(3) + 4 * n)
    }

    /// The key that begins block `n`.
    fn first(n: usize) -> &'static [u8] {
        let at = Self::block(n);
        TABLE.get(at + 2..at + 2 + byte(at + 1)).unwrap_or(&[])
    }

    fn find(key: &str, out: &mut Vec<Candidate>) -> bool {
        let blocks = u32_at(12);
        let key = key.as_bytes();
        let (mut low, mut high) = (0, blocks);
        while low < high {
            let mid = (low + high) / 2;
            if Self::first(mid) <= key { low = mid + 1 } else { high = mid }
        }
        let Some(block) = low.checked_sub(1) else { return false };
        let mut at = Self::block(block);
        let mut current: Vec<u8> = Vec::with_capacity(32);
        let end = if block + 1 < blocks { Self::block(block + 1) } else { TABLE.len() };
        while at < end {
            let (shared, len) = (byte(at), byte(at + 1));
            current.truncate(shared);
            current.extend_from_slice(TABLE.get(at + 2..at + 2 + len).unwrap_or(&[]));
            at += 2 + len;
            let (flags, count) = (byte(at), byte(at + 1));
            at += 2;
            if current == key {
                for k in 0..count {
                    let place = u24_at(at + 3 * k);
                    out.push(Self::candidate(place & 0x7f_ffff, place & 0x80_0000 != 0));
                }
                return flags & 1 != 0;
            }
            at += 3 * count;
        }
        false
    }

    fn row(n: u32) -> usize {
        Self::offset(0) + n as usize * ROW
    }

    fn candidate(n: u32, main: bool) -> Candidate {
        let at = Self::row(n);
        let people = byte(at + 14) as f64 / 25.0;
        let flags = byte(at + 15);
        Candidate {
            which: Which::City(n),
            lat: f64::from(i24_at(at)) / 1e4,
            lon: f64::from(i24_at(at + 3)) / 1e4,
            country: [byte(at + 12) as u8, byte(at + 13) as u8],
            division: (byte(at + 16) | byte(at + 17) << 8) as u16,
            prior: people + if flags & 1 != 0 { 1.5 } else { 0.0 } - if main { 0.0 } else { 0.6 },
            resolution: match flags {
                f if f & 2 != 0 => 2,
                f if f & 4 != 0 => 3,
                _ => 4,
            },
            fame: (byte(at + 18) as f64 + 1.0).log10(),
            inside: false,
        }
    }

    fn name(offset: usize) -> &'static str {
        let at = Self::offset(1) + offset;
        TABLE.get(at + 1..at + 1 + byte(at)).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }

    /// The number of every first-order division, by country and key.
    fn divisions(lists: &Lists) -> HashMap<([u8; 2], String), u16> {
        let (from, to) = (Self::offset(2), Self::offset(3));
        (from..to)
            .step_by(5)
            .zip(1..)
            .map(|(at, n)| (([byte(at) as u8, byte(at + 1) as u8], lists.key(Self::name(u24_at(at + 2) as usize))), n))
            .collect()
    }
}

/// The name of a first-order division by its number.
pub(super) fn division(n: u16) -> Option<&'static str> {
    let at = Table::offset(2) + usize::from(n.checked_sub(1)?) * 5;
    (at < Table::offset(3)).then(|| Table::name(u24_at(at + 2) as usize))
}

/// Id, name and whether it is its country's capital.
pub(super) fn city(n: u32) -> (u32, &'static str, bool) {
    let at = Table::row(n);
    (u24_at(at + 6), Table::name(u24_at(at + 9) as usize), byte(at + 15) & 1 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_read_without_fault() {
        assert_eq!(Lists::read().1, []);
    }

    #[test]
    fn names_are_found_under_every_spelling() {
        let lists = Lists::read().0;
        for (name, country) in
            [("Kyiv", "UA"), ("Kiev", "UA"), ("São Paulo", "BR"), ("Sao Paulo", "BR"), ("Zürich", "CH"), ("Port-au-Prince", "HT")]
        {
            let (found, _) = lists.look_up(&lists.key(name));
            let best = found.iter().max_by(|a, b| a.prior.total_cmp(&b.prior)).expect(name);
            assert_eq!(best.country, two(country), "{name}");
        }
        assert!(lists.look_up("no such place at all").0.is_empty());
    }
}
