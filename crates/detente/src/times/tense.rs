//! Whether the clause of an expression of time speaks of the past or of what is to come.

use syntax::{Parse, Upos, Word, WordId};

/// What a clause says of its own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// Verbs and adjectives whose infinitive, or whose object, is still to come.
const AHEAD: [&str; 26] = [
    "plan", "set", "due", "expect", "schedule", "slate", "poise", "hope", "intend", "agree", "want", "promise", "vow", "prepare",
    "invite", "urge", "ask", "call", "likely", "about", "threaten", "refuse", "aim", "pledge", "postpone", "offer",
];
/// Verbs that tell of the past in the present tense.
const TELL: [&str; 8] = ["say", "tell", "report", "write", "add", "note", "state", "accord"];

/// The tense of the clause that the words from `first` to `last` stand in.
pub(super) fn tense(parse: &Parse, first: WordId, last: WordId) -> Tense {
    let mut word = parse.word(first);
    // The head of the expression is the word whose own head lies outside.
    for id in first.0..=last.0 {
        let w = parse.word(WordId(id));
        if w.head().is_none_or(|h| h.id() < first || h.id() > last) && w.upos() != Upos::PUNCT && w.rel() != "case" {
            word = w;
            break;
        }
    }
    // "announced exercises for February": what is set for a day is still to come.
    if word.child("case").is_some_and(|c| c.form().eq_ignore_ascii_case("for")) {
        return Tense::Future;
    }
    let mut steps = 0;
    let mut verb = word.head();
    while let Some(v) = verb {
        if v.upos() == Upos::VERB || v.upos() == Upos::AUX || v.child("cop").is_some() {
            match of_verb(v) {
                Tense::Unknown => {}
                known => return known,
            }
            if v.rel() != "xcomp" && v.rel() != "conj" && v.rel() != "advcl" && v.rel() != "acl" {
                return Tense::Unknown;
            }
        }
        steps += 1;
        verb = v.head().filter(|_| steps < 8);
    }
    Tense::Unknown
}

fn of_verb(v: Word<'_>) -> Tense {
    let mut has = false;
    let mut modal = false;
    let mut present_be = false;
    let mut past = v.feats().is("Tense", "Past") && v.feats().is("VerbForm", "Fin");
    for aux in v.children().filter(|c| matches!(c.rel(), "aux" | "cop")) {
        let form = aux.form().to_ascii_lowercase();
        match form.as_str() {
            "will" | "'ll" | "’ll" | "wo" | "shall" | "would" | "'d" | "may" | "might" | "should" | "must" | "could" | "can" => {
                modal = true
            }
            "has" | "have" | "had" | "'ve" | "having" => has = true,
            "was" | "were" | "did" => past = true,
            "is" | "are" | "am" | "'s" | "'re" | "’s" => present_be = true,
            _ => {}
        }
    }
    let lemma = v.lemma();
    if modal {
        return if has { Tense::Past } else { Tense::Future };
    }
    if has {
        return Tense::Past;
    }
    if AHEAD.contains(&lemma)
        && (v.feats().is("VerbForm", "Part") || present_be || past && v.children().any(|c| c.rel() == "aux"))
    {
        return Tense::Future;
    }
    let to = v.children().any(|c| c.rel() == "mark" && c.lemma() == "to");
    if v.feats().is("VerbForm", "Inf") || to {
        let ahead = v.head().is_some_and(|h| AHEAD.contains(&h.lemma()) || h.lemma() == "go" && h.feats().is("Tense", "Pres"));
        let to_be = v.head().is_none_or(|h| matches!(h.lemma(), "be"));
        return if ahead || to_be { Tense::Future } else { Tense::Unknown };
    }
    if past {
        return Tense::Past;
    }
    if v.feats().is("Tense", "Past") && v.feats().is("VerbForm", "Part") && !present_be {
        return Tense::Past;
    }
    if present_be && v.upos() == Upos::VERB && v.feats().is("Tense", "Pres") {
        return Tense::Future;
    }
    if v.feats().is("Tense", "Pres") && v.feats().is("VerbForm", "Fin") && !TELL.contains(&lemma) {
        return Tense::Future;
    }
    Tense::Unknown
}
