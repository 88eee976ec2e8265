//! A person's name in a noun phrase: behind a title, as the parser takes it, or that of a known holder of an office.

use syntax::{NameKind, Upos};

use super::body::company;
use crate::actors::lexicon::{ActorLexicon, Kind, folded};
use crate::actors::marked::{Marked, NONE};

/// The words of a person's name.
pub(crate) fn person(m: &Marked<'_>, lexicon: &ActorLexicon, a: u32, b: u32, title: Option<(u32, u32)>) -> Option<(u32, u32)> {
    let named = |w: u32| matches!(m.word(w).upos(), Upos::PROPN | Upos::X | Upos::NOUN | Upos::ADJ | Upos::NUM) && m.capital(w);
    let listed = |w: u32| m.name(w).is_some_and(|n| !matches!(lexicon.entries[n.value as usize].kind, Kind::Person));
    if let Some(name) = m.name(b).filter(|n| lexicon.entries[n.value as usize].kind == Kind::Person) {
        return Some((name.first, name.last));
    }
    // Behind a title: everything that is capital.
    if let Some((_, end)) = title.filter(|t| t.1 < b) {
        let first = end + 1;
        let quoted = |w: u32| m.word(w).upos() == Upos::PUNCT;
        let all = (first..=b).all(|w| named(w) || quoted(w) || particle(m.word(w).form()));
        let real = (first..=b).any(|w| named(w) && !listed(w) && m.word(w).upos() != Upos::ADJ);
        let whole_listed = (first..=b).all(listed);
        let body = lexicon.bodies.contains_key(&m.word(b).form().to_lowercase());
        if all && !body && (real || whole_listed && m.kind_of[b as usize] == Some(NameKind::Person)) {
            return Some((first, b));
        }
    }
    // The parser takes it for a person.
    let is_person = |w: u32| m.kind_of[w as usize] == Some(NameKind::Person);
    if is_person(b) && !m.name(b).is_some_and(|n| n.last - n.first + 1 >= b + 1 - first_of(b, a, is_person)) {
        let first = first_of(b, a, is_person);
        let mut first = first;
        // What is no part of a name and was taken along.
        while first < b && (m.title(first).is_some() || listed(first) && m.word(first).upos() == Upos::ADJ || !m.capital(first)) {
            first += 1;
        }
        let body = lexicon.bodies.contains_key(&m.word(b).form().to_lowercase()) || company(m, lexicon, b);
        if m.capital(b) && !body && m.title(b).is_none() {
            return Some((first, b));
        }
    }
    // A known holder of an office by first and last name.
    let (first, last) = proper(m, lexicon, a, b)?;
    let surname = folded(m.word(last).form());
    let known = lexicon.knows(&surname);
    if known.is_empty() {
        return None;
    }
    if first == last {
        if lexicon.common_surnames.contains(&surname) || m.word(last).upos() != Upos::PROPN {
            return None;
        }
        return (m.kind_of[last as usize] != Some(NameKind::Organisation)).then_some((first, last));
    }
    let given = folded(m.word(first).form());
    known.iter().any(|&k| folded(&lexicon.holders[k as usize].name).starts_with(&given)).then_some((first, last))
}

fn first_of(b: u32, a: u32, same: impl Fn(u32) -> bool) -> u32 {
    let mut first = b;
    while first > a && same(first - 1) {
        first -= 1;
    }
    first
}

/// Small words inside names.
fn particle(form: &str) -> bool {
    matches!(
        form,
        "al" | "bin"
            | "ibn"
            | "de"
            | "der"
            | "den"
            | "van"
            | "von"
            | "el"
            | "da"
            | "dos"
            | "del"
            | "di"
            | "la"
            | "le"
            | "ul"
            | "ur"
            | "bint"
            | "ben"
            | "abu"
            | "-"
    )
}

/// The run of capitalised words that no list has, up to the end of the phrase.
pub(crate) fn proper(m: &Marked<'_>, lexicon: &ActorLexicon, a: u32, b: u32) -> Option<(u32, u32)> {
    let good = |w: u32| {
        m.capital(w)
            && matches!(m.word(w).upos(), Upos::PROPN | Upos::X | Upos::NUM | Upos::NOUN)
            && m.title_of[w as usize] == NONE
            && !m.one_of(&lexicon.not_names, w)
    };
    let whole = |w: u32| good(w) || particle(m.word(w).form()) || m.word(w).form() == "&";
    if !good(b) || m.word(b).upos() == Upos::NOUN && m.word(b).before().is_none() {
        return None;
    }
    let mut first = b;
    while first > a && whole(first - 1) && m.name_of[first as usize - 1] == NONE {
        first -= 1;
    }
    while first < b && !good(first) {
        first += 1;
    }
    Some((first, b))
}
