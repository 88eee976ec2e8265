//! The word lists of actors: read, checked, indexed. The files in `lexicon/actors` say what their columns are.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use super::forms::{Atoms, Case, Forms, plain};
use super::overlay;
use crate::LexiconError;

/// A country's or group's code.
pub(super) type Code = [u8; 3];

/// The sectors of the ontology, in its order.
pub(super) const SECTORS: [&str; 25] = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN",
    "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
];

/// Up to three sectors, the primary one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sectors([u8; 3]);

impl Sectors {
    /// From names parted by `|`; `-` and nothing are none.
    pub fn parse(cell: &str) -> Option<Sectors> {
        let mut found = Sectors::default();
        if cell.is_empty() || cell == "-" || cell == "*" {
            return Some(found);
        }
        for (n, name) in cell.split('|').enumerate() {
            *found.0.get_mut(n)? = SECTORS.iter().position(|s| *s == name)? as u8 + 1;
        }
        Some(found)
    }

    /// Of one name that is known to be one.
    pub fn one(name: &str) -> Sectors {
        Sectors::parse(name).unwrap_or_default()
    }

    pub fn is_empty(self) -> bool {
        self.0[0] == 0
    }

    pub fn has(self, name: &str) -> bool {
        self.names().any(|n| n == name)
    }

    /// `name` first, then the others.
    pub fn led_by(self, name: &str) -> Sectors {
        let mut found = Sectors::one(name);
        let mut at = 1;
        for &s in self.0.iter().filter(|&&s| s != 0) {
            if s != found.0[0] && at < 3 {
                found.0[at] = s;
                at += 1;
            }
        }
        found
    }

    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.0.into_iter().filter(|&s| s != 0).map(|s| SECTORS[s as usize - 1])
    }
}

/// What a listed name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A country by its name.
    Country,
    /// A country by an adjective or its people.
    People,
    /// A capital: a place, or the government in it.
    Capital,
    /// A seat or house that stands for those in it.
    Seat,
    /// A body with a name.
    Organisation,
    /// An armed group, party, movement, breakaway entity.
    Group,
    /// A party without one country.
    Collective,
    /// A person of a user's overlay.
    Person,
}

/// A listed actor.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub kind: Kind,
    pub name: String,
    pub code: Option<Code>,
    pub sectors: Sectors,
    pub office: Option<String>,
}

/// What a noun for actors is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NounKind {
    Person,
    Body,
    Thing,
    Part,
    Place,
    Free,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Noun {
    pub kind: NounKind,
    pub sectors: Sectors,
}

/// An office that someone held.
#[derive(Debug, Clone)]
pub(super) struct Holder {
    pub name: String,
    pub office: String,
    pub code: Option<Code>,
    pub sectors: Sectors,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

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
    common_surnames: Vec<String>,
    company_endings: Vec<String>,
    bodies: std::collections::BTreeMap<String, Vec<String>>,
}

/// Countries, organisations, offices, groups, generic nouns for people.
#[derive(Debug, Default, Clone)]
pub struct ActorLexicon {
    pub(super) atoms: Atoms,
    pub(super) entries: Vec<Entry>,
    pub(super) names: Forms,
    pub(super) titles: Forms,
    /// Sectors of every title; `None` for what is no office ("Mr").
    pub(super) title: Vec<Option<Sectors>>,
    pub(super) nouns: Forms,
    pub(super) noun: Vec<Noun>,
    pub(super) holders: Vec<Holder>,
    /// Holders by plain surname.
    pub(super) surname: HashMap<String, Vec<u32>>,
    pub(super) country: HashMap<Code, u32>,
    pub(super) qualifiers: HashSet<String>,
    pub(super) former: HashSet<String>,
    pub(super) fields: HashSet<String>,
    pub(super) stances: HashSet<String>,
    pub(super) backed: HashSet<String>,
    pub(super) rebels_if_pro: HashSet<String>,
    pub(super) not_names: HashSet<String>,
    pub(super) common_surnames: HashSet<String>,
    pub(super) company_endings: HashSet<String>,
    pub(super) bodies: HashMap<String, Sectors>,
    /// Whether a given name or form of address is a woman's.
    pub(super) female: HashMap<String, bool>,
    pub(super) weights: HashMap<String, [f32; 3]>,
}

/// A table's rows with the place of each, for messages.
pub(super) fn rows(text: &str) -> impl Iterator<Item = (String, Vec<&str>)> {
    text.lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'))
        .map(|(n, l)| (format!("line {}", n + 1), l.trim_end_matches('\r').split('\t').map(str::trim).collect()))
}

pub(super) fn fault(file: &str, place: &str, what: impl Into<String>) -> LexiconError {
    LexiconError { file: file.to_string(), place: place.to_string(), what: what.into() }
}

/// A code cell: three capitals, `-` for none.
pub(super) fn code(file: &str, place: &str, cell: &str) -> Result<Option<Code>, LexiconError> {
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

pub(super) fn sectors(file: &str, place: &str, cell: &str) -> Result<Sectors, LexiconError> {
    Sectors::parse(cell).ok_or_else(|| {
        fault(file, place, format!("`{cell}` are no sectors: up to three of {}, parted by `|`", SECTORS.join(", ")))
    })
}

/// Lower case without marks, words parted by one space.
pub(super) fn folded(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() {
            plain(c, &mut out);
        } else if c != '.' && !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

impl ActorLexicon {
    /// Reads the built-in files.
    pub fn builtin() -> Result<Self, LexiconError> {
        let mut lexicon = ActorLexicon::default();
        lexicon.words(include_str!("../../lexicon/actors/words.toml"))?;
        lexicon.countries(include_str!("../../lexicon/actors/countries.tsv"))?;
        lexicon.listed("actors/seats.tsv", include_str!("../../lexicon/actors/seats.tsv"), Kind::Seat)?;
        lexicon.listed("actors/organisations.tsv", include_str!("../../lexicon/actors/organisations.tsv"), Kind::Organisation)?;
        lexicon.listed("actors/groups.tsv", include_str!("../../lexicon/actors/groups.tsv"), Kind::Group)?;
        lexicon.listed("actors/collectives.tsv", include_str!("../../lexicon/actors/collectives.tsv"), Kind::Collective)?;
        lexicon.title_list("actors/titles.tsv", include_str!("../../lexicon/actors/titles.tsv"), false)?;
        lexicon.noun_list("actors/nouns.tsv", include_str!("../../lexicon/actors/nouns.tsv"), false)?;
        lexicon.holder_list("actors/holders.tsv", include_str!("../../lexicon/actors/holders.tsv"))?;
        lexicon.genders(include_str!("../../lexicon/actors/given.tsv"))?;
        lexicon.weigh(include_str!("../../lexicon/actors/pronouns.tsv"))?;
        Ok(lexicon)
    }

    fn genders(&mut self, text: &str) -> Result<(), LexiconError> {
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

    fn weigh(&mut self, text: &str) -> Result<(), LexiconError> {
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

    /// The built-in lists with a user's own on top; what the user says wins. The file's form is told in [`overlay`].
    ///
    /// Fails where the file cannot be read or a line of it is wrong; the error names file, line and remedy.
    pub fn with_overlay(path: &Path) -> Result<Self, LexiconError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|e| fault(&name, "the file", format!("cannot be read: {e}")))?;
        let mut lexicon = ActorLexicon::builtin()?;
        lexicon.overlay(&name, &text)?;
        Ok(lexicon)
    }

    /// Puts a user's lists, given as text, on top; `file` names them in errors.
    pub fn overlay(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        overlay::read(self, file, text)
    }

    fn words(&mut self, text: &str) -> Result<(), LexiconError> {
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
        self.common_surnames = set(words.common_surnames);
        self.company_endings = set(words.company_endings);
        for (word, list) in words.bodies {
            let sectors = sectors(file, &word, &list.join("|"))?;
            self.bodies.insert(word, sectors);
        }
        Ok(())
    }

    fn countries(&mut self, text: &str) -> Result<(), LexiconError> {
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

    /// Adds an actor and gives its number.
    pub(super) fn entry(&mut self, kind: Kind, name: &str, code: Option<Code>, sectors: Sectors) -> u32 {
        self.entries.push(Entry { kind, name: name.to_string(), code, sectors, office: None });
        self.entries.len() as u32 - 1
    }

    pub(super) fn form(&mut self, file: &str, place: &str, form: &str, entry: u32, win: bool) -> Result<(), LexiconError> {
        match self.names.add(&mut self.atoms, form, Case::of(form), entry, win) {
            Some(old) => {
                let old = &self.entries[old as usize].name;
                Err(fault(file, place, format!("`{form}` is already a form of {old}; take one of the two away")))
            }
            None => Ok(()),
        }
    }

    fn listed(&mut self, file: &str, text: &str, kind: Kind) -> Result<(), LexiconError> {
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

    pub(super) fn title_list(&mut self, file: &str, text: &str, win: bool) -> Result<(), LexiconError> {
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

    pub(super) fn noun_list(&mut self, file: &str, text: &str, win: bool) -> Result<(), LexiconError> {
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

    pub(super) fn holder_list(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        for (place, cells) in rows(text) {
            let [names, office, c, s, from, to] = cells[..] else {
                return Err(fault(file, &place, "six columns are needed: names, office, code, sectors, from, to"));
            };
            let (code, sectors) = (code(file, &place, c)?, sectors(file, &place, s)?);
            let (from, to) = (day(file, &place, from, false)?, day(file, &place, to, true)?);
            self.holder(names, office, code, sectors, from, to);
        }
        Ok(())
    }

    pub(super) fn holder(
        &mut self,
        names: &str,
        office: &str,
        code: Option<Code>,
        sectors: Sectors,
        from: Option<Date>,
        to: Option<Date>,
    ) {
        let first = names.split('|').next().unwrap_or(names);
        let n = self.holders.len() as u32;
        self.holders.push(Holder { name: first.to_string(), office: office.to_string(), code, sectors, from, to });
        for name in names.split('|') {
            let plain = folded(name);
            let surname = plain.rsplit(' ').next().unwrap_or(&plain).to_string();
            let list = self.surname.entry(surname).or_default();
            if !list.contains(&n) {
                list.push(n);
            }
        }
    }

    /// The plain names that entry `n` of the holders goes by.
    pub(super) fn knows(&self, surname: &str) -> &[u32] {
        self.surname.get(surname).map_or(&[], Vec::as_slice)
    }
}

/// A day: `2014`, `2014-05`, `2014-05-07`, `-` for open. A year alone begins or ends with itself.
pub(super) fn day(file: &str, place: &str, cell: &str, end: bool) -> Result<Option<Date>, LexiconError> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_lists_are_sound_and_sorted() {
        ActorLexicon::builtin().expect("sound lists");
        for text in [
            include_str!("../../lexicon/actors/countries.tsv"),
            include_str!("../../lexicon/actors/groups.tsv"),
            include_str!("../../lexicon/actors/nouns.tsv"),
            include_str!("../../lexicon/actors/organisations.tsv"),
            include_str!("../../lexicon/actors/titles.tsv"),
        ] {
            let keys: Vec<String> = rows(text).map(|(_, cells)| cells[0].to_lowercase()).collect();
            assert!(keys.is_sorted(), "{:?}", keys.windows(2).find(|w| w[0] > w[1]));
        }
    }

    #[test]
    fn spellings_share_a_sound() {
        use super::super::join::sound;
        assert_eq!(sound("Peskoff"), sound("Peskov"));
        assert_eq!(sound("Yanukovich"), sound("Yanukovych"));
        assert_eq!(sound("Sergey"), sound("Sergei"));
        assert_ne!(sound("Ivanov"), sound("Petrov"));
    }
}
