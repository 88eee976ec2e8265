//! What bodies, groups and peoples are told by: a listed name, a people's name, the noun before the head, a company's ending.

use syntax::Upos;

use super::{Read, What};
use crate::actors::chunks::Chunk;
use crate::actors::lexicon::{ActorLexicon, Kind, Sectors};
use crate::actors::marked::Marked;

/// "pro-Russian", "anti-American", "Moscow-backed".
pub(crate) fn stance(m: &Marked<'_>, lexicon: &ActorLexicon, name: &crate::actors::forms::Found, from: u32) -> bool {
    let joined = |w: u32| {
        let form = m.word(w).form();
        form.split(['-', '–', '‑']).any(|p| {
            let p = p.to_lowercase();
            lexicon.stances.contains(&p) || lexicon.backed.contains(&p)
        })
    };
    if name.inside && (joined(name.first) || joined(name.last)) {
        return true;
    }
    let dash = |w: u32| m.words.get(w as usize).is_some_and(|w| w.upos() == Upos::PUNCT && matches!(w.form(), "-" | "–" | "‑"));
    let glued = |w: u32| m.word(w).after().is_some_and(|n| n.span().start() == m.word(w).span().end());
    (dash(name.last + 1)
        && glued(name.last)
        && m.words.get(name.last as usize + 2).is_some_and(|w| lexicon.backed.contains(&w.form().to_lowercase())))
        || name.first >= from + 2 && dash(name.first - 1) && m.one_of(&lexicon.stances, name.first - 2)
        || name.first > from && m.one_of(&lexicon.stances, name.first - 1)
}

/// A listed actor at the end of the phrase.
pub(crate) fn listed(m: &Marked<'_>, lexicon: &ActorLexicon, chunk: &Chunk, value: u32, read: &mut Read) {
    let entry = &lexicon.entries[value as usize];
    read.what = What::Listed(value);
    read.sectors = entry.sectors;
    read.collective = entry.kind == Kind::Collective;
    let Some(name) = m.name(chunk.last) else { return };
    match entry.code {
        Some(code) => {
            // "Russia's Security Council" is Russia's, not the world's.
            let own = read.codes.last().copied().filter(|c| {
                read.whose
                    && matches!(&code, b"UNO" | b"NGO")
                    && c.0 != code
                    && c.2 + 1 == name.first
                    && m.word(c.1).upos() != Upos::NOUN
            });
            if own.is_none() {
                read.codes = vec![(code, name.first, name.last)];
                read.whose = false;
            }
        }
        None => read.open = read.codes.is_empty() && entry.kind != Kind::Collective,
    }
}

/// "Israelis", "the Dutch", "ethnic Albanians": people, not the state.
pub(crate) fn people(m: &Marked<'_>, _lexicon: &ActorLexicon, chunk: &Chunk, read: &mut Read) {
    let word = m.word(chunk.last);
    if word.upos() == Upos::ADJ && chunk.core == chunk.last && word.rel() != "nsubj" && word.rel() != "obj" {
        read.what = if word.rel() == "amod" { read.what } else { What::Other };
    }
    read.sectors = Sectors::one("CVL");
    // Ethnic Albanians are of where they live.
    if (chunk.core..name_first(m, chunk.last)).any(|w| m.word(w).form().eq_ignore_ascii_case("ethnic")) {
        read.stance = read.codes.last().map(|c| c.0);
        read.codes.clear();
        read.open = true;
    }
}

fn name_first(m: &Marked<'_>, w: u32) -> u32 {
    m.name(w).map_or(w, |n| n.first)
}

/// People told by a number alone: "12 were injured", "another was arrested", "many fled".
pub(crate) fn counted(m: &Marked<'_>, a: u32, b: u32) -> bool {
    let word = m.word(b);
    let some = match word.upos() {
        Upos::NUM => {
            word.form().parse::<u32>().map_or(word.form().chars().all(char::is_alphabetic), |n| !(1800..2100).contains(&n))
        }
        _ => a == b && matches!(word.lemma(), "another" | "many" | "several" | "some" | "few"),
    };
    let verb = word.head().filter(|h| h.upos() == Upos::VERB);
    some && match word.deprel() {
        "nsubj:pass" => verb.is_some(),
        "nsubj" => verb.is_some_and(|v| v.child("cop").is_none()),
        _ => false,
    }
}

/// A weapon by its model: "F-22 Raptors", "MiG-29s".
pub(crate) fn hardware(m: &Marked<'_>, a: u32, b: u32) -> bool {
    let model = |text: &str| {
        let Some((letters, rest)) = text.split_once(['-', '‑']) else { return false };
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        (1..=3).contains(&letters.len())
            && letters.starts_with(|c: char| c.is_ascii_uppercase())
            && letters.chars().all(|c| c.is_ascii_alphabetic())
            && (1..=3).contains(&digits)
            && rest.len() <= digits + 3
    };
    let nominal = matches!(m.word(b).upos(), Upos::NOUN | Upos::PROPN | Upos::NUM | Upos::X);
    let words = m.parse.source().slice(m.parse.hull(syntax::WordId(a), syntax::WordId(b)));
    nominal && words.len() < 80 && words.split_whitespace().any(model)
}

/// "rebel leaders", "army officers", "police sources": the modifier says of what kind the people are.
pub(crate) fn leaders(m: &Marked<'_>, lexicon: &ActorLexicon, a: u32, b: u32, read: &mut Read) {
    let Some(head) = m.noun(b).copied() else { return };
    if head.first <= a {
        return;
    }
    let plain = read.sectors.is_empty()
        || read.sectors == Sectors::one("GOV")
        || read.sectors == Sectors::one("CVL")
        || read.sectors == Sectors::one("MIL");
    for w in (a..head.first).rev() {
        let before = m
            .noun(w)
            .map(|n| lexicon.noun[n.value as usize].sectors)
            .or_else(|| m.title(w).and_then(|t| lexicon.title[t.value as usize]));
        if let Some(sectors) = before.filter(|s| plain && !s.is_empty() && *s != Sectors::one("GOV")) {
            read.sectors = sectors;
            return;
        }
        if let Some(entry) = m.name(w).map(|n| &lexicon.entries[n.value as usize])
            && matches!(entry.kind, Kind::Group | Kind::Organisation)
            && plain
            && !entry.sectors.is_empty()
        {
            read.sectors = if read.sectors == Sectors::one("MIL") { read.sectors } else { entry.sectors };
            return;
        }
    }
    if read.stance.is_some() && lexicon.rebels_if_pro.contains(m.word(b).lemma().to_lowercase().as_str()) {
        read.sectors = Sectors::one("REB");
    }
}

pub(crate) fn company(m: &Marked<'_>, lexicon: &ActorLexicon, w: u32) -> bool {
    m.one_of(&lexicon.company_endings, w)
}

/// What the words of an unknown name say of its bearer: "Munich I Regional Court", "Avia Group".
pub(crate) fn body(m: &Marked<'_>, lexicon: &ActorLexicon, first: u32, last: u32, read: &mut Read) {
    if company(m, lexicon, last) {
        read.sectors = Sectors::one("BUS");
        read.open = read.codes.is_empty();
        return;
    }
    for w in (first..=last).rev() {
        let form = m.word(w).form().to_lowercase();
        if let Some(&sectors) = lexicon.bodies.get(&form) {
            read.sectors = sectors;
            read.open = read.codes.is_empty();
            return;
        }
    }
}
