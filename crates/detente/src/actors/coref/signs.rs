//! What speaks for and against a phrase as that which a pronoun stands for.

use syntax::{Upos, Word, WordId};

use super::mention::{Class, Mention};
use super::voice::SAYING;
use crate::actors::chunks::Chunks;
use crate::actors::marked::Marked;

/// The verb whose argument a word is.
fn governor(w: Word<'_>) -> Option<WordId> {
    let mut at = w;
    for _ in 0..8 {
        let h = at.head()?;
        if matches!(h.upos(), Upos::VERB | Upos::AUX | Upos::ADJ) && !matches!(at.rel(), "amod") {
            return Some(h.id());
        }
        at = h;
    }
    None
}

/// The subject of the nearest clause around a word: whom a possessor behind it most likely means.
fn subject_above(w: Word<'_>) -> Option<WordId> {
    let mut at = w;
    for _ in 0..10 {
        let h = at.head()?;
        let subject =
            h.child("nsubj").filter(|s| s.id() != at.id() && s.id() != w.id() && !matches!(s.form(), "who" | "which" | "that"));
        if let Some(subject) = subject {
            return Some(subject.id());
        }
        at = h;
    }
    None
}

/// "It is clear that …", "it rained": nothing is meant.
pub(crate) fn empty_it(w: &Word<'_>) -> bool {
    if w.rel() == "expl" {
        return true;
    }
    let Some(head) = w.head() else { return false };
    if w.rel() != "nsubj" {
        return false;
    }
    let clause = head.children().any(|c| {
        matches!(c.deprel(), "csubj" | "csubj:pass" | "ccomp")
            || c.rel() == "advcl" && c.child("mark").is_some_and(|k| k.form() == "to") && c.id() > head.id()
    });
    matches!(head.lemma(), "seem" | "appear" | "rain" | "snow" | "happen" | "turn") || head.upos() == Upos::ADJ && clause
}

/// Where a candidate stands among the others.
pub(crate) struct Standing {
    /// Phrases between it and the pronoun.
    pub(crate) apart: usize,
    /// Candidates nearer than it.
    pub(crate) rank: usize,
    /// Phrases in its chain so far.
    pub(crate) size: u32,
    /// No other candidate's chain is longer.
    pub(crate) biggest: bool,
}

/// The signs of one candidate for one pronoun.
pub(crate) fn signs(m: &Marked<'_>, p: &Mention, a: &Mention, place: &Standing, mut sign: impl FnMut(&'static str)) {
    sign(match p.sentence - a.sentence {
        0 => "dist0",
        1 => "dist1",
        2 => "dist2",
        3 => "dist3",
        _ => "dist4",
    });
    sign(match place.apart {
        0..=1 => "next",
        2..=3 => "near",
        4..=7 => "apart",
        8..=15 => "far",
        _ => "farther",
    });
    sign(a.role);
    sign(a.kind);
    sign(match place.size {
        0..=1 => "once",
        2..=3 => "twice",
        4..=8 => "often",
        _ => "always",
    });
    if a.role == p.role {
        sign("same-role");
    }
    if p.role == "possessor" {
        sign(match a.role {
            "subject" => "own-of-subject",
            "object" => "own-of-object",
            "possessor" => "own-of-own",
            _ => "own-of-other",
        });
    }
    if a.pronoun.is_some() && m.word(a.head).form().eq_ignore_ascii_case(m.word(p.head).form()) {
        sign("same-word");
    }
    if a.definite {
        sign("definite");
    }
    sign(if a.number == p.number { "number" } else { "number-open" });
    sign(if a.gender == p.gender { "gender" } else { "gender-open" });
    if a.quoted != p.quoted {
        sign("other-voice");
    }
    let (ga, gp) = (governor(m.word(a.head)), governor(m.word(p.head)));
    if p.sentence == a.sentence && ga.is_some() && ga == gp {
        sign("same-clause");
    }
    if subject_above(m.word(p.head)).is_some_and(|s| (a.first..=a.last).contains(&s.0)) {
        sign(if p.role == "possessor" { "own-clause-subject" } else { "clause-subject" });
    }
    sign(match place.rank {
        0 => "nearest",
        1 => "second",
        2 => "third",
        _ => "behind",
    });
    if place.biggest {
        sign("topic");
    }
    let says =
        |w: &Mention, verb: Option<WordId>| w.role == "subject" && verb.is_some_and(|v| SAYING.contains(&m.word(v.0).lemma()));
    match (says(p, gp), says(a, ga)) {
        (true, true) => sign("both-say"),
        (true, false) if a.kind == "thing-noun" => sign("thing-says"),
        (true, false) => sign("he-says"),
        (false, true) if p.quoted && !a.quoted => sign("speaker-of-quote"),
        (false, true) => sign("speaker"),
        _ => {}
    }
    if a.role == "subject" && m.word(a.head).head().is_some_and(|h| h.rel() == "root") {
        sign("main-subject");
    }
    let first = m.word(a.first).before().is_none_or(|b| b.upos() == Upos::PUNCT && b.before().is_none());
    if first {
        sign("opens");
    }
}

/// May `a` be what `p` stands for at all?
pub(crate) fn fits(m: &Marked<'_>, p: &Mention, class: Class, a: &Mention, chunks: &Chunks) -> bool {
    let agree = a.gender & p.gender != 0 && a.number & p.number != 0;
    let kind = match class {
        Class::HeShe => {
            !matches!(a.kind, "thing-noun" | "country" | "place" | "part-noun" | "body-noun" | "named-body" | "other-pronoun")
        }
        Class::It => !matches!(a.kind, "named-person" | "office" | "person-noun" | "people" | "other-pronoun"),
        Class::They => a.kind != "named-person" && a.kind != "other-pronoun",
    };
    if !agree || !kind {
        return false;
    }
    // A phrase does not hold itself: "his brother".
    let chunk = &chunks.all[p.chunk as usize];
    if chunk.owned == Some(a.chunk) || a.first <= p.head && p.head <= a.last {
        return false;
    }
    let reflexive = m.word(p.head).form().to_lowercase().contains("sel");
    // Subject and object of one verb are two, unless the word says otherwise.
    let same = p.sentence == a.sentence && p.role != "possessor" && {
        let (ga, gp) = (m.word(a.head).head(), m.word(p.head).head());
        ga.is_some()
            && ga == gp
            && matches!(a.role, "subject" | "object" | "oblique")
            && matches!(p.role, "subject" | "object" | "oblique")
    };
    if same { reflexive } else { !reflexive || p.sentence == a.sentence }
}
