//! The words that say that someone speaks: reads `lexicon/cues/*.toml` and knows every inflected form.

use std::collections::{BTreeMap, BTreeSet};

use ledger::Stance;
use serde::Deserialize;

use crate::LexiconError;
use crate::lexicon::forms::{self, plural};
use crate::lexicon::read;

const VERBS: &str = include_str!("../../lexicon/cues/verbs.toml");
const NOUNS: &str = include_str!("../../lexicon/cues/nouns.toml");
const WORDS: &str = include_str!("../../lexicon/cues/words.toml");

/// One way in which a cue takes its content.
#[derive(Debug, Clone, Default)]
pub(super) struct Patterns {
    pub(super) clause: bool,
    pub(super) quote: bool,
    pub(super) to: bool,
    pub(super) obj: bool,
    pub(super) person: bool,
    pub(super) whole: bool,
    pub(super) name: bool,
    /// An object and what it is held to be: "sees the offer as a trap".
    pub(super) held: bool,
    /// A plan, proposal or act as object, not a person or thing.
    pub(super) idea: bool,
    pub(super) prepositions: BTreeSet<String>,
    /// Whether the object is the one addressed.
    pub(super) tell: bool,
    /// Counts only with a clause or infinitive and a speaker in the third person.
    pub(super) weak: bool,
    /// Papers and polls do this.
    pub(super) things: bool,
}

/// A cue word with all its patterns.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    /// Dictionary form, with its particle: `point out`.
    pub(super) base: String,
    /// `out` of `point out`; empty where there is none.
    pub(super) particle: String,
    /// Patterns with the stance each stands for, in the order of the file.
    pub(super) senses: Vec<(Stance, Patterns)>,
}

/// Words that say that someone speaks, thinks, asks, denies.
#[derive(Debug, Default)]
pub struct CueLexicon {
    /// Inflected form to cues, those with a particle first.
    verbs: BTreeMap<String, Vec<Cue>>,
    nouns: BTreeMap<String, Vec<Cue>>,
    pub(super) adjectives: BTreeMap<String, Stance>,
    pub(super) light_verbs: BTreeSet<String>,
    pub(super) light_nouns: BTreeSet<String>,
    pub(super) chain: BTreeSet<String>,
    pub(super) apart: BTreeSet<String>,
    pub(super) phrases: Vec<Vec<String>>,
    pub(super) own: BTreeSet<String>,
    pub(super) hearsay: BTreeSet<String>,
    pub(super) things: BTreeSet<String>,
    /// Nouns that never speak.
    pub(super) mute: BTreeSet<String>,
    /// What one can be for or against.
    pub(super) ideas: BTreeSet<String>,
    /// Verbs of putting out a paper that speaks.
    pub(super) issuing: BTreeSet<String>,
    pub(super) polls: Place,
    pub(super) channel: Place,
    pub(super) occasion: Place,
    pub(super) addressee: BTreeSet<String>,
}

/// Prepositions and nouns of channels or occasions.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub(super) prepositions: BTreeSet<String>,
    pub(super) nouns: BTreeSet<String>,
    /// Nouns for a part of it: "the opening of the summit".
    pub(super) edges: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Group {
    stance: String,
    #[serde(default)]
    patterns: Vec<String>,
    example: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    tell: bool,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    things: bool,
}

#[derive(Deserialize)]
struct Groups {
    group: Vec<Group>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Section {
    verbs: Vec<String>,
    nouns: Vec<String>,
    words: Vec<String>,
    apart: Vec<String>,
    to: Vec<String>,
    own: Vec<String>,
    prepositions: Vec<String>,
    edges: Vec<String>,
}

#[derive(Deserialize)]
struct Words {
    adjectives: Vec<Group>,
    light: Section,
    chain: Section,
    adverbs: Section,
    phrases: Section,
    polls: Section,
    hearsay: Section,
    things: Section,
    mute: Section,
    ideas: Section,
    issuing: Section,
    channel: Section,
    occasion: Section,
    addressee: Section,
    irregular: BTreeMap<String, Vec<String>>,
}

fn stance(file: &str, name: &str) -> Result<Stance, LexiconError> {
    Ok(match name {
        "says" => Stance::Says,
        "denies" => Stance::Denies,
        "demands" => Stance::Demands,
        "warns" => Stance::Warns,
        "promises" => Stance::Promises,
        "thinks" => Stance::Thinks,
        "asks" => Stance::Asks,
        "declines" => Stance::Declines,
        _ => {
            return Err(LexiconError {
                file: file.into(),
                place: format!("stance `{name}`"),
                what: "unknown; use says, denies, demands, warns, promises, thinks, asks or declines".into(),
            });
        }
    })
}

fn patterns(file: &str, group: &Group) -> Result<Patterns, LexiconError> {
    let mut p = Patterns { tell: group.tell, weak: group.weak, things: group.things, ..Patterns::default() };
    for name in &group.patterns {
        match name.as_str() {
            "clause" => p.clause = true,
            "quote" => p.quote = true,
            "to" => p.to = true,
            "to-phrase" => {
                p.prepositions.insert("to".into());
            }
            "obj" => p.obj = true,
            "person" => p.person = true,
            "whole" => p.whole = true,
            "name" => p.name = true,
            "as" => p.held = true,
            "idea" => p.idea = true,
            other if other.chars().all(|c| c.is_ascii_lowercase()) => {
                p.prepositions.insert(other.into());
            }
            other => {
                return Err(LexiconError {
                    file: file.into(),
                    place: format!("patterns of \"{}\"", group.example),
                    what: format!("`{other}` is no pattern"),
                });
            }
        }
    }
    Ok(p)
}

fn add(map: &mut BTreeMap<String, Vec<Cue>>, form: String, base: &str, particle: &str, stance: Stance, p: &Patterns) {
    let cues = map.entry(form).or_default();
    match cues.iter_mut().find(|c| c.base == base) {
        Some(cue) => cue.senses.push((stance, p.clone())),
        None => {
            let cue = Cue { base: base.into(), particle: particle.into(), senses: vec![(stance, p.clone())] };
            // Those with a particle are tried first.
            let at = if particle.is_empty() { cues.len() } else { 0 };
            cues.insert(at, cue);
        }
    }
}

fn set(words: Vec<String>) -> BTreeSet<String> {
    words.into_iter().collect()
}

impl CueLexicon {
    /// Reads the built-in files.
    pub fn builtin() -> Result<Self, LexiconError> {
        let (verbs, nouns): (Groups, Groups) = (read("cues/verbs.toml", VERBS)?, read("cues/nouns.toml", NOUNS)?);
        let words: Words = read("cues/words.toml", WORDS)?;
        let mut lexicon = CueLexicon::default();
        let forms = |verb: &str| forms::verb(verb, words.irregular.get(verb).map_or(&[][..], Vec::as_slice));
        for group in &verbs.group {
            let (s, p) = (stance("cues/verbs.toml", &group.stance)?, patterns("cues/verbs.toml", group)?);
            for base in &group.verbs {
                let (verb, particle) = base.split_once(' ').unwrap_or((base, ""));
                for form in forms(verb) {
                    add(&mut lexicon.verbs, form, base, particle, s, &p);
                }
            }
        }
        for group in &nouns.group {
            let (s, p) = (stance("cues/nouns.toml", &group.stance)?, patterns("cues/nouns.toml", group)?);
            for base in &group.nouns {
                for form in [base.clone(), plural(base)] {
                    add(&mut lexicon.nouns, form, base, "", s, &p);
                }
            }
        }
        for group in words.adjectives {
            let s = stance("cues/words.toml", &group.stance)?;
            lexicon.adjectives.extend(group.words.into_iter().map(|w| (w, s)));
        }
        let all = |list: &[String]| list.iter().flat_map(|v| forms(v)).collect();
        lexicon.light_verbs = all(&words.light.verbs);
        lexicon.light_nouns = words.light.nouns.iter().flat_map(|n| [n.clone(), plural(n)]).collect();
        lexicon.chain = all(&words.chain.verbs);
        lexicon.apart = set(words.adverbs.apart);
        lexicon.phrases = words.phrases.to.iter().map(|p| p.split(' ').map(str::to_string).collect()).collect();
        lexicon.own = set(words.phrases.own);
        lexicon.hearsay = set(words.hearsay.words);
        lexicon.things = words.things.words.iter().flat_map(|n| [n.clone(), plural(n)]).collect();
        let place = |s: Section| Place {
            prepositions: set(s.prepositions),
            nouns: s.nouns.iter().flat_map(|n| [n.clone(), plural(n)]).collect(),
            edges: set(s.edges),
        };
        let both = |list: &[String]| list.iter().flat_map(|n| [n.clone(), plural(n)]).collect();
        lexicon.mute = both(&words.mute.nouns);
        lexicon.ideas = both(&words.ideas.nouns);
        lexicon.issuing = all(&words.issuing.verbs);
        lexicon.polls = place(words.polls);
        lexicon.channel = place(words.channel);
        lexicon.occasion = place(words.occasion);
        lexicon.addressee = set(words.addressee.prepositions);
        Ok(lexicon)
    }

    /// Cues whose first word has this form (in lower case).
    pub(super) fn verbs(&self, form: &str) -> &[Cue] {
        self.verbs.get(form).map_or(&[], Vec::as_slice)
    }

    /// Nouns of saying with this form (in lower case).
    pub(super) fn nouns(&self, form: &str) -> &[Cue] {
        self.nouns.get(form).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_reads_and_forms_are_built() {
        let lexicon = CueLexicon::builtin().expect("built-in files");
        for form in ["said", "denies", "warning", "vowed", "told", "pledging", "admitted"] {
            assert!(!lexicon.verbs(form).is_empty(), "{form}");
        }
        assert_eq!(lexicon.verbs("pointed")[0].particle, "out");
        assert!(lexicon.verbs("thinked").is_empty());
        assert!(!lexicon.nouns("accusations").is_empty());
    }
}
