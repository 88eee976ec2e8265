//! The brief's words: forms for meetings, names that take an article, words of outcome. The files are in `lexicon/brief`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ledger::{Category, Entity, Event, Modality, Mode};
use serde::Deserialize;

use crate::LexiconError;

const PHRASES: (&str, &str) = ("brief/phrases.toml", include_str!("../../lexicon/brief/phrases.toml"));
const WORDS: (&str, &str) = ("brief/words.toml", include_str!("../../lexicon/brief/words.toml"));

/// How a meeting is worded behind its parties.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    past: String,
    base: String,
    to: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    articles: BTreeSet<String>,
    short: BTreeMap<String, String>,
    talks: BTreeSet<String>,
    outcome: Vec<String>,
    denial: BTreeSet<String>,
    anaphors: BTreeSet<String>,
    condition: Vec<String>,
    plurals: BTreeSet<String>,
    nobodies: BTreeSet<String>,
    common: BTreeSet<String>,
    helping: BTreeSet<String>,
    leading: BTreeSet<String>,
}

/// The brief's words.
#[derive(Debug)]
pub struct Phrases {
    talks: Phrase,
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
        let missing = || fault(PHRASES.0, "CONSULT", "there is no entry for talks: add one".into());
        let talks = entries.remove(Category::Consult.as_str()).ok_or_else(missing)?;
        let mut modes = BTreeMap::new();
        for (key, phrase) in entries {
            let mode = key.strip_prefix("CONSULT.").and_then(|m| Mode::parse(Category::Consult, m));
            let mode = mode.ok_or_else(|| fault(PHRASES.0, &key, "no such mode of meeting: write \"CONSULT.mode\"".into()))?;
            modes.insert(mode, phrase);
        }
        Ok(Phrases { talks, modes, words })
    }

    /// The predicate of a meeting for its modality ("is to hold talks"), and the word before who is visited.
    pub fn predicate(&self, meeting: &Event) -> (String, &str) {
        let p = meeting.mode.iter().find_map(|m| self.modes.get(m)).unwrap_or(&self.talks);
        let words = match meeting.modality {
            Modality::Asserted | Modality::Historical => p.past.clone(),
            Modality::Negated | Modality::Denied => format!("did not {}", p.base),
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
        self.with_article(self.words.short.get(name).map_or(name, String::as_str))
    }

    /// A name inside a sentence, with "the" where it takes one.
    pub fn with_article(&self, name: &str) -> String {
        match name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")) {
            Some(bare) => format!("the {bare}"),
            None if self.words.articles.contains(name) => format!("the {name}"),
            None => name.to_string(),
        }
    }

    /// Whether the names of a sentence's subject ask for a verb in the plural.
    pub fn is_plural(&self, names: &str, parties: usize) -> bool {
        let words: Vec<String> = names.split(' ').map(str::to_lowercase).collect();
        let ends = |word: Option<&String>| word.is_some_and(|w| self.words.plurals.contains(w.trim_end_matches(',')));
        parties != 1 && names.contains(" and ") || ends(words.first()) || ends(words.last())
    }

    /// Whether a party's words stand for nobody in particular.
    pub fn is_nobody(&self, entity: &Entity) -> bool {
        let name = if entity.name.is_empty() { &entity.text } else { &entity.name };
        self.words.nobodies.contains(&name.trim().to_lowercase())
    }

    /// Whether `word` may stand between a subject and its verb: helping verbs, adverbs, what asks for a verb ("refused to").
    pub fn helps(&self, word: &str) -> bool {
        word.len() > 4 && word.ends_with("ly") || self.words.helping.contains(word)
    }

    /// Whether `word` goes on with the phrase before it ("people with flags") or begins a clause about it ("men who").
    pub fn leads_phrase(&self, word: &str) -> bool {
        self.words.leading.contains(word)
    }

    /// Whether the words deny.
    pub fn denies(&self, words: &[String]) -> bool {
        words.iter().any(|w| self.words.denial.contains(w))
    }

    /// Whether `word` points back at a demand.
    pub fn is_anaphor(&self, word: &str) -> bool {
        self.words.anaphors.contains(word)
    }

    /// Whether `words`, the name of a speaker, stand for nobody in particular: "anyone to", "reporters".
    pub fn names_nobody(&self, words: &str) -> bool {
        let words = words.trim().to_lowercase();
        let first = words.split(' ').next().unwrap_or("");
        self.words.nobodies.contains(&words) || matches!(first, "anyone" | "nobody" | "everyone" | "someone" | "that" | "this")
    }

    /// Whether the words that decide a modality set a condition.
    pub fn is_condition(&self, cue: &str) -> bool {
        let cue = cue.trim().to_lowercase();
        self.words.condition.iter().any(|c| cue == *c || cue.strip_prefix(c.as_str()).is_some_and(|rest| rest.starts_with(' ')))
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

    /// Whether the words tell how talks ended: a noun for talks, and near it a word of outcome that no "would" or "if" lifts.
    pub fn tells_outcome(&self, words: &[String]) -> bool {
        const NEAR: usize = 7;
        const OPEN: [&str; 6] = ["would", "could", "should", "if", "event", "may"];
        let talks: Vec<usize> = (0..words.len()).filter(|&n| self.words.talks.contains(&words[n])).collect();
        self.words.outcome.iter().any(|outcome| {
            let outcome: Vec<&str> = outcome.split(' ').collect();
            let places = words.windows(outcome.len()).enumerate();
            let mut places = places.filter(|(_, w)| w.iter().map(String::as_str).eq(outcome.iter().copied())).map(|(n, _)| n);
            places.any(|at| {
                talks.iter().any(|&t| {
                    let (from, to) = (t.min(at), t.max(at));
                    let around = from.saturating_sub(4);
                    to - from <= NEAR && !words[around..=to].iter().any(|w| OPEN.contains(&w.as_str()))
                })
            })
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
    if let Some(period) = period(first, last) {
        return period;
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

/// The name of a whole month or year.
pub fn period(first: Date, last: Date) -> Option<String> {
    let whole = first.year() == last.year() && first.day() == 1 && last.day() == last.days_in_month();
    match (first.month(), last.month()) {
        (1, 12) if whole => Some(first.year().to_string()),
        (a, b) if whole && a == b => day(first).split_once(' ').map(|(_, rest)| rest.to_string()),
        _ => None,
    }
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
        let tells = |text: &str| phrases.tells_outcome(&crate::brief::likeness::words(text));
        assert!(tells("The talks in Geneva ended without a breakthrough"));
        assert!(tells("that the negotiations “failed” despite “positive factors”"));
        assert!(!tells("a response in the event of a failed negotiation"));
        assert!(!tells("ready to meet if a meeting would be useful"));
        assert!(
            phrases.is_plural("EU diplomats", 1) && phrases.is_plural("Both sides", 0) && !phrases.is_plural("United States", 1)
        );
        assert!(phrases.is_condition("in case of") && !phrases.is_condition("may"));
    }

    #[test]
    fn ranges_of_days_are_short() {
        let d = |s: &str| s.parse::<Date>().unwrap();
        assert_eq!(days(d("2022-01-10"), d("2022-01-12")), "10 to 12 January 2022");
        assert_eq!(days(d("2022-01-30"), d("2022-02-02")), "30 January to 2 February 2022");
        assert_eq!(days(d("2021-12-30"), d("2022-01-02")), "30 December 2021 to 2 January 2022");
        assert_eq!(days(d("2022-02-01"), d("2022-02-28")), "February 2022");
        assert_eq!(days(d("2014-01-01"), d("2014-12-31")), "2014");
    }
}
