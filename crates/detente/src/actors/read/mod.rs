//! What the words of one noun phrase say about who is meant: name, office, sector, and whose.
//!
//! The words are read from left to right: whose ("Russian", "Poland's", "U.S. State Department"), qualifiers and title, name.
//! [`person`] finds a person's name, [`office`] the words of an office, [`body`] what bodies and groups are told by.

mod body;
mod office;
mod person;

use syntax::{NameKind, Upos};

use super::chunks::{Chunk, Chunks, own};
use super::lexicon::{ActorLexicon, Code, Kind, NounKind, Sectors};
use super::marked::Marked;
pub(crate) use body::stance;
use body::{body, counted, hardware, leaders, listed, people};
use office::{last_title, office};
use person::{person, proper};

/// What a phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum What {
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
pub(crate) struct Read {
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
    /// Told by a form of address alone: "Ms Olga".
    pub addressed: bool,
    /// The country is left to what comes around: "the government".
    pub open: bool,
}

const UNIVERSAL: [&str; 3] = ["UNO", "IGO", "EUR"];

pub(crate) fn phrase(m: &Marked<'_>, lexicon: &ActorLexicon, chunk: &Chunk) -> Read {
    let mut read = Read::default();
    let (a, b) = (chunk.core, chunk.last);
    if a == b && m.word(a).upos() == Upos::PRON && !counted(m, a, b) || a == b && own(&m.word(a)) {
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
        finish(&mut read);
        return read;
    }
    if let Some(side) = m.name(b).filter(|n| n.last == b && m.word(b).upos() != Upos::ADJ && stance(m, lexicon, n, a)) {
        // "Pro-Russians" are people of where the story plays.
        read.what = What::Noun(NounKind::Person);
        read.sectors = Sectors::one("CVL");
        read.stance = lexicon.entries[side.value as usize].code;
        read.codes.clear();
        read.open = true;
        finish(&mut read);
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
        if noun.kind == NounKind::Part && noun.sectors.is_empty() && chunk.post.is_none() {
            // "Thousands fled".
            read.sectors = Sectors::one("CVL");
        }
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
    } else if hardware(m, a, b) {
        read.what = What::Noun(NounKind::Thing);
        read.sectors = Sectors::one("MIL");
        read.open = read.codes.is_empty();
    } else if let Some((first, last)) = proper(m, lexicon, a, b).filter(|_| !m.one_of(&lexicon.happenings, b)) {
        read.what = What::Unknown(first, last);
        body(m, lexicon, first, last, &mut read);
    } else if counted(m, a, b) {
        read.what = What::Noun(NounKind::Part);
        read.sectors = Sectors::one("CVL");
        read.open = read.codes.is_empty();
    }
    finish(&mut read);
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

fn finish(read: &mut Read) {
    if read.former && matches!(read.what, What::Person(..) | What::Role) {
        read.sectors = read.sectors.led_by("ELI");
    }
}

/// Whether the phrase tells somebody who can act for a party.
pub(crate) fn party(what: What, read: &Read, kind: Option<NameKind>) -> bool {
    match what {
        What::Other | What::Pronoun => false,
        What::Person(..) | What::Role | What::Listed(_) => true,
        What::Noun(NounKind::Place) => !read.codes.is_empty() || read.open,
        What::Noun(_) => true,
        What::Unknown(..) => kind.is_some_and(|k| k != NameKind::Place) || !read.codes.is_empty() || !read.sectors.is_empty(),
    }
}

/// The phrases that a phrase's country may come from behind its head: "president of Armenia", "residents of Hebron".
pub(crate) fn complement(m: &Marked<'_>, chunks: &Chunks, c: u32) -> Option<(bool, u32)> {
    let (prep, target) = chunks.all[c as usize].post?;
    match m.word(prep).lemma() {
        "of" | "for" => Some((true, target)),
        "in" | "from" | "at" | "near" => Some((false, target)),
        _ => None,
    }
}
