//! The word lists of actors: loaded, indexed, with a user's own on top. The files in `lexicon/actors` say what their columns are;
//! [`tables`] reads them, [`overlay`] a user's.

mod overlay;
mod sectors;
mod tables;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use jiff::civil::Date;

use super::forms::{Atoms, Case, Forms, plain};
use crate::LexiconError;
pub(crate) use sectors::{Code, Sectors};
use tables::fault;

/// What a listed name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
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
pub(crate) struct Entry {
    pub kind: Kind,
    pub name: String,
    pub code: Option<Code>,
    pub sectors: Sectors,
    pub office: Option<String>,
}

/// What a noun for actors is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NounKind {
    Person,
    Body,
    Thing,
    Part,
    Place,
    Free,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Noun {
    pub kind: NounKind,
    pub sectors: Sectors,
}

/// An office that someone held.
#[derive(Debug, Clone)]
pub(crate) struct Holder {
    pub name: String,
    pub office: String,
    pub code: Option<Code>,
    pub sectors: Sectors,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// A user's own: stands before the built-in ones.
    pub own: bool,
}

/// Countries, organisations, offices, groups, generic nouns for people.
#[derive(Debug, Default, Clone)]
pub struct ActorLexicon {
    pub(crate) atoms: Atoms,
    pub(crate) entries: Vec<Entry>,
    pub(crate) names: Forms,
    pub(crate) titles: Forms,
    /// Sectors of every title; `None` for what is no office ("Mr").
    pub(crate) title: Vec<Option<Sectors>>,
    pub(crate) nouns: Forms,
    pub(crate) noun: Vec<Noun>,
    pub(crate) holders: Vec<Holder>,
    /// Holders by plain surname.
    pub(crate) surname: HashMap<String, Vec<u32>>,
    pub(crate) country: HashMap<Code, u32>,
    pub(crate) qualifiers: HashSet<String>,
    pub(crate) former: HashSet<String>,
    pub(crate) fields: HashSet<String>,
    pub(crate) stances: HashSet<String>,
    pub(crate) backed: HashSet<String>,
    pub(crate) rebels_if_pro: HashSet<String>,
    pub(crate) not_names: HashSet<String>,
    /// Last words of names of what happens.
    pub(crate) happenings: HashSet<String>,
    /// Cities of talks, by name.
    pub(crate) hosts: HashSet<String>,
    pub(crate) common_surnames: HashSet<String>,
    pub(crate) company_endings: HashSet<String>,
    pub(crate) bodies: HashMap<String, Sectors>,
    /// Whether a given name or form of address is a woman's.
    pub(crate) female: HashMap<String, bool>,
    pub(crate) weights: HashMap<String, [f32; 3]>,
}

impl ActorLexicon {
    /// Reads the built-in files.
    pub fn builtin() -> Result<Self, LexiconError> {
        let mut lexicon = ActorLexicon::default();
        lexicon.words(include_str!("../../../lexicon/actors/words.toml"))?;
        lexicon.countries(include_str!("../../../lexicon/actors/countries.tsv"))?;
        lexicon.listed("actors/seats.tsv", include_str!("../../../lexicon/actors/seats.tsv"), Kind::Seat)?;
        lexicon.listed(
            "actors/organisations.tsv",
            include_str!("../../../lexicon/actors/organisations.tsv"),
            Kind::Organisation,
        )?;
        lexicon.listed("actors/groups.tsv", include_str!("../../../lexicon/actors/groups.tsv"), Kind::Group)?;
        lexicon.listed("actors/collectives.tsv", include_str!("../../../lexicon/actors/collectives.tsv"), Kind::Collective)?;
        lexicon.title_list("actors/titles.tsv", include_str!("../../../lexicon/actors/titles.tsv"), false)?;
        lexicon.noun_list("actors/nouns.tsv", include_str!("../../../lexicon/actors/nouns.tsv"), false)?;
        lexicon.holder_list("actors/holders.tsv", include_str!("../../../lexicon/actors/holders.tsv"))?;
        lexicon.genders(include_str!("../../../lexicon/actors/given.tsv"))?;
        lexicon.weigh(include_str!("../../../lexicon/actors/pronouns.tsv"))?;
        Ok(lexicon)
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

    /// Adds an actor and gives its number.
    pub(crate) fn entry(&mut self, kind: Kind, name: &str, code: Option<Code>, sectors: Sectors) -> u32 {
        self.entries.push(Entry { kind, name: name.to_string(), code, sectors, office: None });
        self.entries.len() as u32 - 1
    }

    pub(crate) fn form(&mut self, file: &str, place: &str, form: &str, entry: u32, win: bool) -> Result<(), LexiconError> {
        match self.names.add(&mut self.atoms, form, Case::of(form), entry, win) {
            Some(old) => {
                let old = &self.entries[old as usize].name;
                Err(fault(file, place, format!("`{form}` is already a form of {old}; take one of the two away")))
            }
            None => Ok(()),
        }
    }

    pub(crate) fn holder(
        &mut self,
        names: &str,
        office: &str,
        code: Option<Code>,
        sectors: Sectors,
        from: Option<Date>,
        to: Option<Date>,
        own: bool,
    ) {
        let first = names.split('|').next().unwrap_or(names);
        let n = self.holders.len() as u32;
        self.holders.push(Holder { name: first.to_string(), office: office.to_string(), code, sectors, from, to, own });
        for name in names.split('|') {
            self.index(name, n);
        }
    }

    /// Holder `n` is found by the last word of `name`.
    pub(crate) fn index(&mut self, name: &str, n: u32) {
        let plain = folded(name);
        let surname = plain.rsplit(' ').next().unwrap_or(&plain).to_string();
        let list = self.surname.entry(surname).or_default();
        if !list.contains(&n) {
            list.push(n);
        }
    }

    /// The plain names that entry `n` of the holders goes by.
    pub(crate) fn knows(&self, surname: &str) -> &[u32] {
        self.surname.get(surname).map_or(&[], Vec::as_slice)
    }
}

/// Lower case without marks, words parted by one space.
pub(crate) fn folded(name: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_lists_are_sound_and_sorted() {
        ActorLexicon::builtin().expect("sound lists");
        for text in [
            include_str!("../../../lexicon/actors/countries.tsv"),
            include_str!("../../../lexicon/actors/groups.tsv"),
            include_str!("../../../lexicon/actors/nouns.tsv"),
            include_str!("../../../lexicon/actors/organisations.tsv"),
            include_str!("../../../lexicon/actors/titles.tsv"),
        ] {
            let keys: Vec<String> = tables::rows(text).map(|(_, cells)| cells[0].to_lowercase()).collect();
            assert!(keys.is_sorted(), "{:?}", keys.windows(2).find(|w| w[0] > w[1]));
        }
    }

    #[test]
    fn terms_are_sorted_and_their_sources_are_told() {
        let told = include_str!("../../../lexicon/SOURCES.md");
        let text = include_str!("../../../lexicon/actors/holders.tsv");
        let rows: Vec<Vec<&str>> = tables::rows(text).map(|(_, cells)| cells).collect();
        let keys: Vec<_> = rows.iter().map(|c| (c[2], c[1], c[4])).collect();
        assert!(keys.is_sorted(), "{:?}", keys.windows(2).find(|w| w[0] > w[1]));
        for cells in rows {
            for key in cells[6].split('|').filter(|&k| k != "-") {
                assert!(told.contains(&format!("- `{key}`:")), "SOURCES.md does not tell what `{key}` is ({})", cells[0]);
            }
        }
    }

    #[test]
    fn spellings_share_a_sound() {
        use crate::actors::join::spelling::sound;
        assert_eq!(sound("Peskoff"), sound("Peskov"));
        assert_eq!(sound("Yanukovich"), sound("Yanukovych"));
        assert_eq!(sound("Sergey"), sound("Sergei"));
        assert_ne!(sound("Ivanov"), sound("Petrov"));
    }
}
