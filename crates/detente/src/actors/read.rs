//! What the words of one noun phrase say about who is meant: name, office, sector, and whose.
//!
//! The words are read from left to right: whose ("Russian", "Poland's", "U.S. State Department"), qualifiers and title, name.

use syntax::{NameKind, Upos};

use super::chunks::{Chunk, Chunks, Marked, NONE, own};
use super::lexicon::{ActorLexicon, Code, Kind, NounKind, Sectors, folded};

/// What a phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum What {
    /// No party by itself: a thing, a day, an idea.
    #[default]
    Other,
    /// A person's name, from its first to its last word.
    Person(u32, u32),
    /// An office or trade without a name: "the foreign minister".
    Role,
    /// People or a body by a noun.
    Noun(NounKind),
    /// A listed actor, by number.
    Listed(u32),
    /// A proper name that no list has.
    Unknown(u32, u32),
    /// A pronoun.
    Pronoun,
}

/// The reading of one phrase.
#[derive(Debug, Clone, Default)]
pub(super) struct Read {
    pub what: What,
    /// Countries or groups that the phrase's own words name, each with the words; several only in a coordination.
    pub codes: Vec<(Code, u32, u32)>,
    /// The code is that of a modifier in the phrase (and not of what the phrase names).
    pub whose: bool,
    pub sectors: Sectors,
    /// First and last word of the office.
    pub office: Option<(u32, u32)>,
    pub former: bool,
    pub collective: bool,
    /// A name in front of the title: "Putin spokesman".
    pub patron: Option<(u32, u32)>,
    /// "pro-Russian": the side they are for or against, not whose they are.
    pub stance: Option<Code>,
    /// The country is left to what comes around: "the government".
    pub open: bool,
}

const UNIVERSAL: [&str; 3] = ["UNO", "IGO", "EUR"];

pub(super) fn phrase(m: &Marked<'_>, lexicon: &ActorLexicon, chunk: &Chunk) -> Read {
    let mut read = Read::default();
    let (a, b) = (chunk.core, chunk.last);
    if a == b && m.word(a).upos() == Upos::PRON || a == b && own(&m.word(a)) {
        read.what = What::Pronoun;
        return read;
    }
    modifiers(m, lexicon, chunk, &mut read);
    let title = last_title(m, lexicon, a, b);
    if let Some((first, last)) = person(m, lexicon, a, b, title) {
        read.what = What::Person(first, last);
        if let Some((t, end)) = title.filter(|t| t.1 < first) {
            office(m, lexicon, chunk, t, end, &mut read);
        } else if let Some(noun) = (first > a).then(|| m.noun(first - 1)).flatten().filter(|n| n.last == first - 1) {
            read.sectors = lexicon.noun[noun.value as usize].sectors;
        }
        read.codes.retain(|c| c.2 < first);
        read.open = read.codes.is_empty();
        finish(m, lexicon, chunk, &mut read);
        return read;
    }
    // What the phrase ends in decides, except for what merely follows a name: "NATO forces" are forces.
    if let Some(name) = m.name(b).filter(|n| n.last == b && !n.inside) {
        let entry = &lexicon.entries[name.value as usize];
        listed(m, lexicon, chunk, name.value, &mut read);
        if entry.kind == Kind::People {
            people(m, lexicon, chunk, &mut read);
        }
    } else if let Some((first, last)) = title.filter(|t| t.1 == b) {
        read.what = What::Role;
        office(m, lexicon, chunk, first, last, &mut read);
        read.open = read.codes.is_empty();
    } else if let Some((first, last)) = m.noun(b).and_then(|n| proper(m, lexicon, a, b).filter(|p| p.0 < n.first && m.capital(b)))
    {
        // "The Nordic Peace Council": a name that ends in a noun.
        read.what = What::Unknown(first, last);
        read.sectors = m.noun(b).map(|n| lexicon.noun[n.value as usize].sectors).unwrap_or_default();
        body(m, lexicon, first, last, &mut read);
    } else if let Some(noun) = m.noun(b).filter(|n| n.last == b) {
        let noun = lexicon.noun[noun.value as usize];
        read.what = What::Noun(noun.kind);
        read.sectors = noun.sectors;
        // A former Soviet republic is no longer what it was.
        if read.former
            && noun.kind == NounKind::Place
            && let Some(code) = read.codes.pop()
        {
            read.stance = Some(code.0);
            read.codes.clear();
        }
        read.open = read.codes.is_empty();
        leaders(m, lexicon, a, b, &mut read);
    } else if let Some((first, last)) = proper(m, lexicon, a, b) {
        read.what = What::Unknown(first, last);
        body(m, lexicon, first, last, &mut read);
    }
    finish(m, lexicon, chunk, &mut read);
    read
}

/// Countries and bodies named before the head.
fn modifiers(m: &Marked<'_>, lexicon: &ActorLexicon, chunk: &Chunk, read: &mut Read) {
    let (a, b) = (chunk.core, chunk.last);
    let mut w = a;
    while w <= b {
        let Some(name) = m.name(w).copied() else {
            if m.one_of(&lexicon.former, w) {
                read.former = true;
            }
            w += 1;
            continue;
        };
        let end = name.last;
        w = end + 1;
        let entry = &lexicon.entries[name.value as usize];
        if end >= b && !name.inside {
            break;
        }
        if stance(m, lexicon, &name, a) {
            read.stance = entry.code.or(Some(*b"---"));
            continue;
        }
        let Some(code) = entry.code else {
            read.collective |= entry.kind == Kind::Collective;
            continue;
        };
        // The nearest to the head decides, but a state's adjective outranks the body it sits in: "Russia's OSCE ambassador".
        let coordinated = name.first > a && m.word(name.first - 1).upos() == Upos::CCONJ;
        let state = matches!(entry.kind, Kind::Country | Kind::People | Kind::Capital | Kind::Seat);
        let had_state = read.codes.last().is_some_and(|c| !UNIVERSAL.contains(&std::str::from_utf8(&c.0).unwrap_or("")));
        if coordinated && !read.codes.is_empty() {
            read.codes.push((code, name.first, end));
        } else if read.codes.is_empty() || state || !had_state {
            read.codes = vec![(code, name.first, end)];
        }
        if !state && read.sectors.is_empty() {
            read.sectors = entry.sectors;
        }
        read.whose = true;
    }
}

/// "pro-Russian", "anti-American", "Moscow-backed", "U.S.-led".
pub(super) fn stance(m: &Marked<'_>, lexicon: &ActorLexicon, name: &super::forms::Found, from: u32) -> bool {
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

/// The last title of the phrase that may be an office: its words.
fn last_title(m: &Marked<'_>, lexicon: &ActorLexicon, a: u32, b: u32) -> Option<(u32, u32)> {
    let mut found = None;
    let mut w = a;
    while w <= b {
        match m.title(w) {
            Some(t) if t.last <= b && t.first >= a => {
                let _ = lexicon;
                found = Some((t.first, t.last));
                w = t.last + 1;
            }
            _ => w += 1,
        }
    }
    found
}

/// The words of a person's name.
fn person(m: &Marked<'_>, lexicon: &ActorLexicon, a: u32, b: u32, title: Option<(u32, u32)>) -> Option<(u32, u32)> {
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
fn proper(m: &Marked<'_>, lexicon: &ActorLexicon, a: u32, b: u32) -> Option<(u32, u32)> {
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

/// The words before and behind a title that belong to the office, and what they say.
fn office(m: &Marked<'_>, lexicon: &ActorLexicon, chunk: &Chunk, title: u32, end: u32, read: &mut Read) {
    let Some(found) = m.title(end) else { return };
    let Some(sectors) = lexicon.title[found.value as usize] else {
        // "Mr": no office, but a title before it may be one.
        return;
    };
    let mut first = title;
    let mut sectors = sectors;
    while first > chunk.core {
        let w = first - 1;
        let word = m.word(w);
        if let Some(t) = m.title(w).filter(|t| t.first >= chunk.core) {
            first = t.first;
        } else if m.one_of(&lexicon.qualifiers, w)
            || m.one_of(&lexicon.fields, w)
            || word.upos() == Upos::PUNCT && first > chunk.core + 1
        {
            first = w;
        } else if m.name_of[w as usize] == NONE && word.upos() == Upos::NOUN && !m.capital(w) {
            if let Some(noun) = m.noun(w) {
                let more = lexicon.noun[noun.value as usize].sectors;
                if !more.is_empty() && !more.has("GOV") {
                    sectors = more;
                }
            }
            first = w;
        } else if let Some(name) = m.name(w).filter(|n| lexicon.entries[n.value as usize].kind == Kind::Organisation) {
            first = name.first.max(chunk.core);
        } else {
            break;
        }
    }
    while first < title && m.word(first).upos() == Upos::PUNCT {
        first += 1;
    }
    // A spokesman speaks for the sector of those who employ him; what the modifier says is kept where the title says little.
    let modest = sectors == Sectors::one("GOV");
    if !(modest && !read.sectors.is_empty()) {
        read.sectors = sectors;
    }
    read.office = Some((first, end));
    if first > chunk.core && m.word(first - 1).upos() == Upos::PROPN && m.name_of[first as usize - 1] == NONE {
        let mut from = first - 1;
        while from > chunk.core && m.word(from - 1).upos() == Upos::PROPN && m.name_of[from as usize - 1] == NONE {
            from -= 1;
        }
        read.patron = Some((from, first - 1));
    }
}

/// A listed actor at the end of the phrase.
fn listed(m: &Marked<'_>, lexicon: &ActorLexicon, chunk: &Chunk, value: u32, read: &mut Read) {
    let entry = &lexicon.entries[value as usize];
    read.what = What::Listed(value);
    read.sectors = entry.sectors;
    read.collective = entry.kind == Kind::Collective;
    let Some(name) = m.name(chunk.last) else { return };
    match entry.code {
        Some(code) => {
            // "Russia's Security Council" is Russia's, not the world's.
            let own = read.codes.last().copied().filter(|c| {
                read.whose && code == *b"UNO" && c.0 != *b"UNO" && c.2 + 1 == name.first && m.word(c.1).upos() != Upos::NOUN
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
fn people(m: &Marked<'_>, _lexicon: &ActorLexicon, chunk: &Chunk, read: &mut Read) {
    let word = m.word(chunk.last);
    if word.upos() == Upos::ADJ && chunk.core == chunk.last && word.rel() != "nsubj" && word.rel() != "obj" {
        read.what = if word.rel() == "amod" { read.what } else { What::Other };
    }
    read.sectors = Sectors::one("CVL");
}

/// "rebel leaders", "army officers", "police sources": the modifier says of what kind the people are.
fn leaders(m: &Marked<'_>, lexicon: &ActorLexicon, a: u32, b: u32, read: &mut Read) {
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

fn company(m: &Marked<'_>, lexicon: &ActorLexicon, w: u32) -> bool {
    m.one_of(&lexicon.company_endings, w)
}

/// What the words of an unknown name say of its bearer: "Munich I Regional Court", "Avia Group".
fn body(m: &Marked<'_>, lexicon: &ActorLexicon, first: u32, last: u32, read: &mut Read) {
    if company(m, lexicon, last) {
        read.sectors = Sectors::one("BUS");
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

fn finish(m: &Marked<'_>, lexicon: &ActorLexicon, chunk: &Chunk, read: &mut Read) {
    let _ = (m, lexicon, chunk);
    if read.former && matches!(read.what, What::Person(..) | What::Role) {
        read.sectors = read.sectors.led_by("ELI");
    }
}

/// Whether the phrase tells somebody who can act for a party.
pub(super) fn party(what: What, read: &Read, kind: Option<NameKind>) -> bool {
    match what {
        What::Other | What::Pronoun => false,
        What::Person(..) | What::Role | What::Listed(_) => true,
        What::Noun(NounKind::Place) => !read.codes.is_empty() || read.open,
        What::Noun(_) => true,
        What::Unknown(..) => kind.is_some_and(|k| k != NameKind::Place) || !read.codes.is_empty() || !read.sectors.is_empty(),
    }
}

/// The phrases that a phrase's country may come from behind its head: "president of Armenia", "residents of Hebron".
pub(super) fn complement(m: &Marked<'_>, chunks: &Chunks, c: u32) -> Option<(bool, u32)> {
    let (prep, target) = chunks.all[c as usize].post?;
    match m.word(prep).lemma() {
        "of" | "for" => Some((true, target)),
        "in" | "from" | "at" | "near" => Some((false, target)),
        _ => None,
    }
}
