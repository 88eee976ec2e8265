//! `detente lexicon check`: what is wrong in the events' word lists that reading them alone does not show. Contradictions, entries
//! that can never be reached, frames that make no sense, examples that the program reads otherwise.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::lexicon::{Entry, EventLexicon, Kind, Turn};
use crate::Reader;
use crate::lexicon::Fault;

/// Words that no verb, noun or adjective of an event can begin with: the parser never takes them for one.
const SMALL: [&str; 19] = [
    "a", "an", "and", "as", "by", "for", "in", "is", "never", "no", "not", "of", "on", "or", "the", "to", "was", "with",
    "without",
];

impl EventLexicon {
    /// Contradictions, dead entries, entries whose example has none of their words, bad frames; in order of file and line.
    pub fn check(&self) -> Vec<Fault> {
        let mut found = Faults::default();
        for entry in self.entries() {
            if let Some(what) = frame(entry) {
                found.add(entry, &entry.words, what);
            }
        }
        self.rivals(&mut found);
        self.uses(&mut found);
        found.told()
    }

    /// Pairs of senses of one word where the later can never be reached, or says something else under the same conditions.
    fn rivals(&self, found: &mut Faults) {
        for kind in [Kind::Verb, Kind::Noun, Kind::Adjective] {
            let firsts: BTreeSet<&str> = self.entries().iter().filter(|e| e.kind == kind).map(|e| e.first.as_str()).collect();
            for first in firsts {
                let senses: Vec<&Entry> = self.senses(kind, first).collect();
                for (n, later) in senses.iter().enumerate() {
                    // An entry that turns gives way to one that tells where it finds nothing to turn; one that carries, to both.
                    let gives_way = |e: &Entry| match e.turn {
                        None => false,
                        Some(Turn::Light) => later.turn != Some(Turn::Light),
                        Some(_) => later.turn.is_none(),
                    };
                    let hides = |e: &&&Entry| covers(e, later) && !gives_way(e);
                    let Some(earlier) = senses[..n].iter().find(hides) else { continue };
                    // A user's entry in front of a built-in one is what the user wants.
                    if earlier.own && !later.own {
                        continue;
                    }
                    let same = covers(later, earlier);
                    let agree = (earlier.category, &earlier.mode, earlier.turn) == (later.category, &later.mode, later.turn);
                    let what = match (same, agree) {
                        (true, false) => {
                            format!("contradicts {}, which says {}; give one of them a condition", at(earlier), said(earlier))
                        }
                        (true, true) => format!("says again what {} says; take one of them away", at(earlier)),
                        (false, _) => format!(
                            "is never reached: {} is tried first and always fits; give that one a condition, or take this one away",
                            at(earlier)
                        ),
                    };
                    found.add(later, &later.words, what);
                }
            }
        }
    }

    /// Entries whose example lacks their words.
    fn uses(&self, found: &mut Faults) {
        let mut entries: BTreeMap<(&str, usize), Vec<&Entry>> = BTreeMap::new();
        for entry in self.entries() {
            entries.entry((&entry.file, entry.line)).or_default().push(entry);
        }
        for all in entries.values() {
            let words: Vec<String> = all[0]
                .example
                .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'')
                .map(str::to_lowercase)
                .filter(|w| !w.is_empty())
                .collect();
            let is = |w: &String, part: &str| w == part || w.split('-').any(|piece| piece == part);
            let used = |e: &&Entry| {
                words.iter().any(|w| self.base(e.kind, w) == Some(&e.first) || is(w, &e.first))
                    && e.rest.iter().all(|r| words.iter().any(|w| is(w, r) || w.starts_with(r.as_str())))
            };
            if !all.iter().any(used) {
                found.add(all[0], &all[0].words, "its example uses none of its words; write a sentence that does".to_string());
            }
        }
    }
}

/// Examples that are read otherwise: no event is made by the entry, or one of another category.
pub fn examples(reader: &Reader) -> Vec<Fault> {
    let mut seen = BTreeSet::new();
    let entries: Vec<&Entry> = reader.lexicon().events.entries().iter().filter(|e| seen.insert(e.name.clone())).collect();
    entries.par_iter().filter_map(|entry| misread(reader, entry)).collect()
}

/// What is wrong with the example of an entry.
fn misread(reader: &Reader, entry: &Entry) -> Option<Fault> {
    let given = page::Given { language: Some("en".into()), ..page::Given::default() };
    let reading = reader.read(&page::Page::verbatim("example", &entry.example, given));
    let mark = format!(", {}", entry.name);
    let made = |e: &&ledger::Event| e.why.iter().any(|w| w.starts_with("lexicon: ") && w.ends_with(&mark));
    let by: Vec<&ledger::Event> = reading.events.iter().filter(made).collect();
    let wanted = entry.own_category.or(entry.category).filter(|_| entry.turn.is_none());
    if by.iter().any(|e| wanted.is_none_or(|c| e.category.contains(&c))) {
        return None;
    }
    let read: Vec<String> = reading
        .events
        .iter()
        .map(|e| {
            let by = e.why.iter().find_map(|w| w.strip_prefix("lexicon: ")).unwrap_or("");
            format!("{}: {by}", e.category.first().map_or("", |c| c.as_str()))
        })
        .collect();
    let found = if read.is_empty() { "nothing".to_string() } else { read.join(", ") };
    let what = format!(
        "`{}`: its example is read otherwise ({found}): \"{}\"; mend the frame, the conditions or the example",
        entry.words, entry.example
    );
    Some(Fault { file: entry.file.clone(), line: entry.line, what })
}

/// Whether `wide` fits wherever `narrow` does.
fn covers(wide: &Entry, narrow: &Entry) -> bool {
    // A condition asks for one word of a list: a longer list fits more.
    let any =
        |wide: &[String], narrow: &[String]| wide.is_empty() || !narrow.is_empty() && narrow.iter().all(|w| wide.contains(w));
    let none = |wide: &[String], narrow: &[String]| wide.iter().all(|w| narrow.contains(w));
    wide.rest.iter().all(|w| narrow.rest.contains(w))
        && (!wide.to || narrow.to)
        && (!wide.predicate || narrow.predicate)
        && any(&wide.obj, &narrow.obj)
        && any(&wide.subj, &narrow.subj)
        && any(&wide.near, &narrow.near)
        && any(&wide.prep, &narrow.prep)
        && none(&wide.not, &narrow.not)
        && none(&wide.notobj, &narrow.notobj)
}

/// What makes no sense in the frame of an entry.
fn frame(entry: &Entry) -> Option<String> {
    if SMALL.contains(&entry.first.as_str()) {
        return Some(format!("can never be found: it begins with `{}`; begin with the word that tells the event", entry.first));
    }
    if entry.bare && entry.both {
        return Some("`bare` tells it without any party, `both` asks for both: take one away".into());
    }
    if entry.to && entry.kind != Kind::Verb {
        return Some("`to` is a condition for verbs".into());
    }
    let needs = entry
        .category
        .is_some_and(|c| matches!(c, ledger::Category::Cooperate | ledger::Category::Aid | ledger::Category::Sanction));
    if needs && entry.recipient.is_empty() && !entry.mutual && entry.turn.is_none() {
        return Some("its category needs a recipient, and its frame has no place for one".into());
    }
    if entry.mutual && entry.actor.len() < 2 && entry.recipient.is_empty() {
        return Some("`mutual`, yet only one place for parties: add \"with\" or \"between\" to `actor`".into());
    }
    if !entry.takes.is_empty() && entry.turn.is_none() && entry.category.is_none() {
        return Some("`takes` says where a turned act stands, and nothing is turned".into());
    }
    None
}

fn at(entry: &Entry) -> String {
    format!("{}:{}", entry.file, entry.line)
}

fn said(entry: &Entry) -> String {
    let category = entry.own_category.or(entry.category).map_or("no category", |c| c.as_str());
    let modes: String = entry.mode.iter().map(|m| format!(" {m}")).collect();
    let turn = entry.turn.map(|t| format!(", turn {}", t.as_str())).unwrap_or_default();
    format!("{category}{modes}{turn}")
}

/// Faults by entry and kind; the words that share one are told together.
#[derive(Default)]
struct Faults(BTreeMap<(String, usize, String), Vec<String>>);

impl Faults {
    fn add(&mut self, entry: &Entry, word: &str, what: String) {
        self.0.entry((entry.file.clone(), entry.line, what)).or_default().push(word.to_string());
    }

    fn told(self) -> Vec<Fault> {
        let word = |words: Vec<String>| words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ");
        self.0
            .into_iter()
            .map(|((file, line, what), words)| Fault { file, line, what: format!("{} {what}", word(words)) })
            .collect()
    }
}
