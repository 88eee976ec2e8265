//! The brief's words: forms for events, names that take an article, words of outcome. The files are in `lexicon/brief`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ledger::{Category, Entity, Event, Modality, Mode};
use serde::Deserialize;

use crate::LexiconError;

const PHRASES: (&str, &str) = ("brief/phrases.toml", include_str!("../../lexicon/brief/phrases.toml"));
const WORDS: (&str, &str) = ("brief/words.toml", include_str!("../../lexicon/brief/words.toml"));

/// How an event is worded between its parties.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    past: String,
    base: String,
    gerund: String,
    to: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    articles: BTreeSet<String>,
    talks: BTreeSet<String>,
    outcome: Vec<String>,
    common: BTreeSet<String>,
}

/// The brief's words.
#[derive(Debug)]
pub struct Phrases {
    categories: Vec<Phrase>,
    modes: BTreeMap<Mode, Phrase>,
    words: Words,
}

impl Phrases {
    /// The built-in words.
    pub fn builtin() -> Result<Phrases, LexiconError> {
        let fault = |file: &str, place: &str, what: String| LexiconError { file: file.into(), place: place.into(), what };
        let mut entries: BTreeMap<String, Phrase> =
            toml::from_str(PHRASES.1).map_err(|e| fault(PHRASES.0, "whole file", e.to_string()))?;
        let words: Words = toml::from_str(WORDS.1).map_err(|e| fault(WORDS.0, "whole file", e.to_string()))?;
        let mut categories = Vec::new();
        for category in Category::all() {
            let phrase = entries.remove(category.as_str());
            let missing = || fault(PHRASES.0, category.as_str(), "this category has no entry: add one".into());
            categories.push(phrase.ok_or_else(missing)?);
        }
        let mut modes = BTreeMap::new();
        for (key, phrase) in entries {
            let mode = key.split_once('.').and_then(|(c, m)| Mode::parse(Category::parse(c)?, m));
            let mode = mode
                .ok_or_else(|| fault(PHRASES.0, &key, "no such category or mode: write CATEGORY or \"CATEGORY.mode\"".into()))?;
            modes.insert(mode, phrase);
        }
        Ok(Phrases { categories, modes, words })
    }

    fn phrase(&self, event: &Event) -> Option<&Phrase> {
        let mode = event.mode.iter().find_map(|m| self.modes.get(m));
        mode.or_else(|| self.categories.get(*event.category.first()? as usize))
    }

    /// The predicate of `event` for its modality ("is to hold talks"), and the word before the recipient.
    pub fn predicate(&self, event: &Event, modality: Modality) -> (String, &str) {
        let Some(p) = self.phrase(event) else { return (String::new(), "") };
        let words = match modality {
            Modality::Asserted | Modality::Historical => p.past.clone(),
            Modality::Negated => format!("did not {}", p.base),
            Modality::Denied => format!("denies {}", p.gerund),
            Modality::Conditional => format!("would {}", p.base),
            Modality::Planned => format!("is to {}", p.base),
            Modality::Demanded => format!("is asked to {}", p.base),
            Modality::Hypothetical => format!("may {}", p.base),
        };
        (words, &p.to)
    }

    /// A party's name inside a sentence.
    pub fn name(&self, entity: &Entity) -> String {
        let name = if entity.name.is_empty() { entity.text.trim() } else { entity.name.trim() };
        let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        if self.words.articles.contains(bare) { format!("the {bare}") } else { name.to_string() }
    }

    /// "A, B and C"; each name once.
    pub fn names(&self, entities: &[Entity]) -> String {
        let mut names: Vec<String> = Vec::new();
        for entity in entities {
            let name = self.name(entity);
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        list(&names)
    }

    /// Whether `word` names a round of talks.
    pub fn is_talks(&self, word: &str) -> bool {
        self.words.talks.contains(word)
    }

    /// Whether the words tell how talks ended.
    pub fn tells_outcome(&self, words: &[String]) -> bool {
        self.words.outcome.iter().any(|outcome| {
            let outcome: Vec<&str> = outcome.split(' ').collect();
            words.windows(outcome.len()).any(|w| w.iter().map(String::as_str).eq(outcome.iter().copied()))
        })
    }

    /// Whether `word` is too common to tell two lines apart.
    pub fn is_common(&self, word: &str) -> bool {
        self.words.common.contains(word)
    }
}

/// "A, B and C".
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// "10 January 2022".
pub fn day(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month() - 1).ok().and_then(|m| MONTHS.get(m)).copied().unwrap_or("");
    format!("{} {month} {}", date.day(), date.year())
}

/// "10 January 2022", "10 to 12 January 2022", "30 January to 2 February 2022".
pub fn days(first: Date, last: Date) -> String {
    if first == last {
        return day(first);
    }
    let (from, to) = (day(first), day(last));
    let from: Vec<&str> = from.split(' ').collect();
    let shared = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => 1,
        (true, false) => 2,
        _ => 3,
    };
    format!("{} to {to}", from[..shared].join(" "))
}

/// The first letter in upper case.
pub fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtin_words_load() {
        let phrases = Phrases::builtin().unwrap();
        assert!(phrases.tells_outcome(&["ended".into(), "without".into(), "a".into(), "breakthrough".into()]));
        assert!(phrases.is_talks("summit"));
    }

    #[test]
    fn ranges_of_days_are_short() {
        let d = |s: &str| s.parse::<Date>().unwrap();
        assert_eq!(days(d("2022-01-10"), d("2022-01-12")), "10 to 12 January 2022");
        assert_eq!(days(d("2022-01-30"), d("2022-02-02")), "30 January to 2 February 2022");
        assert_eq!(days(d("2021-12-30"), d("2022-01-02")), "30 December 2021 to 2 January 2022");
    }
}
