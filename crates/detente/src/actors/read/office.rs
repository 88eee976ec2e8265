//! The words before and behind a title that belong to the office: "First Deputy Foreign Minister".

use syntax::Upos;

use super::Read;
use crate::actors::chunks::Chunk;
use crate::actors::lexicon::{ActorLexicon, Kind, Sectors};
use crate::actors::marked::{Marked, NONE};

/// The last title of the phrase that may be an office: its words.
pub(crate) fn last_title(m: &Marked<'_>, lexicon: &ActorLexicon, a: u32, b: u32) -> Option<(u32, u32)> {
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

/// The words before and behind a title that belong to the office, and what they say.
pub(crate) fn office(m: &Marked<'_>, lexicon: &ActorLexicon, chunk: &Chunk, title: u32, end: u32, read: &mut Read) {
    let Some(found) = m.title(end) else { return };
    let Some(sectors) = lexicon.title[found.value as usize] else {
        // "Mr": no office, but a title before it may be one.
        read.addressed = true;
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
