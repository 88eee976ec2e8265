//! The country of a phrase from what it does: where protesters gather, where refugees come from, where troops go and so are not from.

use syntax::Word;

use crate::actors::lexicon::{Code, NounKind};
use crate::actors::read::{self, What};
use crate::actors::whose::{Asked, LOCATIVE};

/// Who does these from somewhere is of there.
const LEAVING: [&str; 8] = ["flee", "come", "hail", "escape", "emigrate", "migrate", "originate", "stem"];

/// The place at the phrase's own verb, or, for "the region" and "the city", the place named last.
pub(crate) fn scene(asked: &Asked<'_>, c: u32) -> Option<(Code, &'static str)> {
    let read = &asked.reads[c as usize];
    let chunk = &asked.chunks.all[c as usize];
    let head = asked.m.word(chunk.head);
    if let What::Noun(NounKind::Place) = read.what {
        let first = asked.m.word(chunk.first);
        let definite = matches!(first.lemma(), "the" | "this" | "that");
        let state = matches!(head.lemma(), "country" | "nation" | "state" | "kingdom" | "republic" | "power");
        let last = asked.where_.last_place(chunk.first, state).filter(|_| definite && chunk.possessor.is_none());
        return last.filter(|&code| read.stance != Some(code)).map(|code| (code, "the place named before"));
    }
    if !asked.domestic(c) || read.former {
        return None;
    }
    for verb in verbs(head) {
        if LEAVING.contains(&verb.lemma())
            && let Some(code) = place_at(asked, verb, |case| case == "from")
        {
            return Some((code, "where they come from"));
        }
    }
    // A government speaks wherever its men are; soldiers act abroad.
    if read.sectors.names().any(|s| matches!(s, "GOV" | "LEG" | "MIL" | "JRN" | "BUS")) {
        return None;
    }
    let verb = verbs(head).next()?;
    place_at(asked, verb, |case| LOCATIVE.contains(&case))
        .filter(|&code| read.stance != Some(code))
        .map(|code| (code, "where it happens"))
}

/// The country that the phrase goes to, and so is not of: "100 soldiers will deploy to Lithuania".
pub(crate) fn goal(asked: &Asked<'_>, c: u32) -> Option<Code> {
    let head = asked.m.word(asked.chunks.all[c as usize].head);
    // Who returns somewhere is of there.
    verbs(head)
        .filter(|v| v.lemma() != "return")
        .find_map(|verb| place_at(asked, verb, |case| matches!(case, "to" | "into" | "toward" | "towards")))
}

/// The verb whose subject or object a word is, and those of its relative clauses.
fn verbs<'p>(head: Word<'p>) -> impl Iterator<Item = Word<'p>> {
    let own = head.head().filter(|_| matches!(head.rel(), "nsubj" | "obj"));
    own.into_iter().chain(head.children().filter(|k| k.deprel() == "acl:relcl" || k.rel() == "acl"))
}

/// The country of the first place that hangs on a verb by a preposition that `fits`: also of "the centre of Kyiv".
fn place_at(asked: &Asked<'_>, verb: Word<'_>, fits: impl Fn(&str) -> bool) -> Option<Code> {
    let obliques = verb.children().filter(|k| k.rel() == "obl" && k.child("case").is_some_and(|p| fits(p.lemma())));
    obliques.take(4).find_map(|k| {
        let t = *asked.chunks.of.get(k.id().0 as usize)?;
        asked.chunks.all.get(t as usize)?;
        asked.place(t).or_else(|| read::complement(asked.m, asked.chunks, t).and_then(|(_, inner)| asked.place(inner)))
    })
}
