//! How fit a sentence is to be read, and why not.
//!
//! The network's probability judges the whole; the tree shows what no writer of English leaves standing: a finite verb of the third
//! person without a subject, and common words in capitals side by side ("Ready to Arms control Forced deployment"), the mark of
//! lines that were run together. Such a run between two colons, semicolons or dashes breaks that clause alone. An unclosed quotation mark, a
//! headline, a list or a caption is no garble.

use text::{Body, Source, Span};

use crate::parse::{Health, WordRow};
use crate::tags::{Feats, Upos};

/// Sentences of fewer words are not judged by the model: there is too little to see.
const SHORTEST: usize = 6;
/// No more common words than these may begin with a capital inside a clause without a finite verb.
const CAPITALS: usize = 1;

/// Joins the model's probability with what the tree shows. `threshold` is the probability from which a sentence is quarantined.
pub fn judge(source: &Source<Body>, words: &[WordRow<'_>], garble: f32, threshold: f32) -> Health {
    let mut why = Vec::new();
    let text = |w: &WordRow<'_>| source.slice(w.span);
    let solid = words.iter().filter(|w| solid(w));
    let count = solid.clone().count();
    let finite = words.iter().any(is_finite);
    let verb = words.iter().any(|w| matches!(w.upos, Upos::VERB | Upos::AUX));
    // Two common words that end in a full stop and begin in lower case: what is left of something longer.
    let stray = !verb
        && (1..=3).contains(&count)
        && words.last().is_some_and(|w| text(w) == ".")
        && text(&words[0]).chars().next().is_some_and(char::is_lowercase);
    let bad = garble > threshold && count >= SHORTEST;
    let orphan = words.last().is_some_and(|w| text(w) == ".") && without_subject(source, words);
    let title = title_case(source, words);
    let mut broken: Vec<Span<Body>> =
        if title { Vec::new() } else { clauses(source, words).filter(|c| run_together(source, c)).map(span_of).collect() };
    if stray {
        why.push("a stray fragment");
    }
    if orphan {
        why.push("a verb without a subject");
    }
    if !broken.is_empty() {
        why.push("words that were run together");
    }
    if bad {
        let repeated = solid.clone().zip(solid.clone().skip(1)).any(|(a, b)| {
            text(a).len() > 2 && text(a) == text(b) && !matches!(text(a), "that" | "had" | "very" | "really" | "the")
        });
        if !finite {
            why.push("no finite verb");
        }
        if repeated {
            why.push("a word repeated");
        }
        if why.is_empty() {
            why.push("words that do not fit together");
        }
    }
    // A broken clause spares its neighbours only where one of them stands on its own feet.
    let sound = clauses(source, words).any(|c| c.iter().any(is_finite) && !broken.contains(&span_of(c)));
    let torn = !broken.is_empty() && !sound;
    let quarantined = bad || stray || orphan || torn;
    if quarantined {
        broken.clear();
    }
    Health { garble: if quarantined { garble.max(threshold) } else { garble }, quarantined, why, broken }
}

fn solid(w: &WordRow<'_>) -> bool {
    !matches!(w.upos, Upos::PUNCT | Upos::SYM)
}

fn is_finite(w: &WordRow<'_>) -> bool {
    matches!(w.upos, Upos::VERB | Upos::AUX) && Feats(w.feats).is("VerbForm", "Fin")
}

/// Whether the main verb is of the third person and nothing is its subject: "Is threatening." Past tenses are left alone, since
/// diaries and telegrams drop the subject before them.
fn without_subject(source: &Source<Body>, words: &[WordRow<'_>]) -> bool {
    let Some(root) = words.iter().position(|w| w.head.is_none()) else { return false };
    let under = |rel: &[&str]| {
        words.iter().any(|w| w.head == Some(root as u32) && rel.contains(&w.deprel.split(':').next().unwrap_or(w.deprel)))
    };
    let third = |w: &WordRow<'_>| Feats(w.feats).is("Person", "3") && Feats(w.feats).is("Tense", "Pres") && is_finite(w);
    let verb = if words[root].upos == Upos::VERB && third(&words[root]) {
        Some(root)
    } else {
        words.iter().position(|w| w.head == Some(root as u32) && w.upos == Upos::AUX && third(w))
    };
    // Nothing stands before the verb but marks, or an adverbial closed by a comma; without the comma it may be an inversion.
    let bare = |at: usize| {
        let opening =
            if words[0].upos == Upos::ADP { words[..at].iter().position(|w| source.slice(w.span) == ",") } else { None };
        words[opening.map_or(0, |comma| comma + 1)..at]
            .iter()
            .all(|w| w.upos == Upos::PUNCT || opening.is_some() && w.upos == Upos::ADV)
    };
    verb.is_some_and(bare) && !under(&["nsubj", "csubj", "expl", "parataxis", "ccomp"])
}

/// Whether most words begin with a capital, as in a headline or a list of titles.
fn title_case(source: &Source<Body>, words: &[WordRow<'_>]) -> bool {
    let long = words.iter().filter(|w| w.span.len() > 3 && solid(w));
    let (all, capital) =
        long.fold((0, 0), |(n, c), w| (n + 1, c + usize::from(source.slice(w.span).starts_with(char::is_uppercase))));
    capital * 2 > all
}

/// The clauses between colons, semicolons and dashes.
fn clauses<'w, 'a>(source: &Source<Body>, words: &'w [WordRow<'a>]) -> impl Iterator<Item = &'w [WordRow<'a>]> {
    words.split(move |w| matches!(source.slice(w.span), ":" | ";" | "—" | "–" | "--")).filter(|c| !c.is_empty())
}

fn span_of(clause: &[WordRow<'_>]) -> Span<Body> {
    clause[1..].iter().fold(clause[0].span, |s, w| s.hull(w.span))
}

/// Whether common words in capitals stand in a clause that has no finite verb.
fn run_together(source: &Source<Body>, clause: &[WordRow<'_>]) -> bool {
    if clause.iter().any(is_finite) || clause.iter().filter(|w| solid(w)).count() < 5 {
        return false;
    }
    let mut opens = true;
    let mut capitals = 0;
    for w in clause {
        let form = source.slice(w.span);
        if !solid(w) {
            opens |= !matches!(form, "," | "-" | ")" | "’" | "'");
            continue;
        }
        let common = matches!(w.upos, Upos::VERB | Upos::NOUN | Upos::ADJ | Upos::ADV | Upos::ADP)
            && w.lemma.chars().all(char::is_lowercase)
            && form.chars().skip(1).all(char::is_lowercase)
            && form.len() > 3;
        capitals += usize::from(!opens && common && form.starts_with(char::is_uppercase));
        opens = false;
    }
    capitals > CAPITALS
}

#[cfg(test)]
mod tests {
    use text::Source;

    fn health(text: &str) -> Vec<(bool, Vec<&'static str>)> {
        let source = Source::new(text);
        let parse = crate::Engine::embedded().expect("built-in model").parse(&source, &[source.whole()]);
        parse.sentences().map(|s| (s.health().quarantined, s.health().why.clone())).collect()
    }

    #[test]
    fn what_no_writer_leaves_standing_is_flagged() {
        assert_eq!(health("rice field."), [(true, vec!["a stray fragment"])]);
        assert_eq!(health("Is threatening."), [(true, vec!["a verb without a subject"])]);
        assert!(health("Ready to Arms control Forced deployment, not the main requirement.")[0].0);
    }

    #[test]
    fn headlines_quotations_lists_and_inversions_are_sound() {
        for text in [
            "Sees slower growth, cuts rates",
            "Among those killed was a local commander.",
            "Minister Rejects Calls For Early Election",
            "“No comment.”",
            "Here comes the bill.",
            "Photo: Reuters",
            "Apples, pears and plums.",
            "Is the deal dead?",
        ] {
            assert!(!health(text).iter().any(|h| h.0), "{text}: {:?}", health(text));
        }
    }
}
