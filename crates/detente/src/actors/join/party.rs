//! What a phrase stands for by its own words: its actor, country, sectors and office.

use syntax::{NameKind, WordId};

use super::DEPTH;
use super::persons::{Person, office_words};
use super::table::{Table, key_of};
use crate::actors::lexicon::{ActorLexicon, Kind, folded};
use crate::actors::marked::Marked;
use crate::actors::read::{self, What};
use crate::actors::whose::Asked;
use crate::actors::{Party, printed};

pub(crate) fn party(
    asked: &Asked<'_>,
    lexicon: &ActorLexicon,
    c: u32,
    persons: &[Person],
    person_of: &[u32],
    table: &mut Table,
) -> Party {
    let (m, chunk, read) = (asked.m, &asked.chunks.all[c as usize], &asked.reads[c as usize]);
    let mut party = Party {
        span: (chunk.first, chunk.last),
        sectors: read.sectors,
        office: office_words(asked, c),
        collective: read.collective,
        ..Party::default()
    };
    if chunk.owned.is_none() && !matches!(read.what, What::Pronoun) {
        if let Some((prep, t)) = chunk.post {
            if m.word(prep).lemma() == "of" || m.word(prep).lemma() == "for" && matches!(read.what, What::Role) {
                party.span.1 = asked.chunks.all[t as usize].last;
            }
        }
    }
    let whose = asked.of(c, DEPTH);
    let n = person_of[c as usize];
    if let Some(person) = persons.get(n as usize).filter(|_| chunk.core < chunk.last || !asked.is_place(c)) {
        let code = person.code.or(whose);
        party.code = code.map(|c| c.0);
        party.sectors = if person.sectors.is_empty() { read.sectors } else { person.sectors };
        party.acts = true;
        // A known holder of an office goes by one name on every page.
        let known = person.holder.map(|h| &lexicon.holders[h as usize]);
        let name = known.filter(|h| h.code.is_none() || h.code == party.code).map_or(&person.name, |h| &h.name);
        let key = format!("person:{}", folded(name).replace(' ', "-"));
        let actor = table.actor(key, name, code, party.sectors);
        let entry = &mut table.actors[actor as usize];
        if entry.offices.is_empty() {
            entry.offices = person.offices.clone();
            entry.office =
                person.offices.first().cloned().or_else(|| person.holder.map(|h| lexicon.holders[h as usize].office.clone()));
        }
        party.actor = Some(actor);
        return party;
    }
    party.code = whose.map(|w| w.0);
    // A name that the page uses as a place acts no more than one that the engine calls so.
    let kind = if asked.is_place(c) { Some(NameKind::Place) } else { m.kind_of[chunk.last as usize] };
    party.acts = read::party(read.what, read, kind);
    if read.codes.len() > 1 {
        let last = read.codes.len() - 1;
        for (k, &(code, a, b)) in read.codes.iter().enumerate() {
            let span = if k == last { (a, chunk.last) } else { (a, b) };
            let name = words(m, span.0, span.1);
            let key = format!("group:{}:{}", noun_key(m, chunk.last), printed(code));
            let actor = table.actor(key, &name, Some((code, "named beside it")), read.sectors);
            party.several.push((code, span.0, span.1, actor));
        }
    }
    let name = words(m, party.span.0, party.span.1);
    let code = party.code.map_or("-".to_string(), printed);
    let (key, name) = match read.what {
        What::Listed(e) => {
            let entry = &lexicon.entries[e as usize];
            if entry.kind == Kind::Person {
                party.office = None;
            }
            if entry.kind == Kind::People {
                (format!("group:{}:{code}", folded(&words(m, chunk.core, chunk.last)).replace(' ', "-")), name)
            } else if entry.code.is_none() && entry.kind != Kind::Collective {
                (format!("organisation:{}:{code}", folded(&entry.name).replace(' ', "-")), entry.name.clone())
            } else {
                key_of(entry.kind, &entry.name, entry.code)
            }
        }
        What::Role => {
            let (a, b) = party.office.unwrap_or((chunk.core, chunk.last));
            (format!("office:{}:{code}", folded(&words(m, a, b)).replace(' ', "-")), name)
        }
        What::Noun(_) => (format!("group:{}:{code}", noun_key(m, chunk.last)), name),
        What::Unknown(a, b) => (format!("name:{}", folded(&words(m, a, b)).replace(' ', "-")), words(m, a, b)),
        _ => return party,
    };
    if party.acts {
        let actor = table.actor(key, &name, whose, party.sectors);
        if let (What::Listed(e), entry) = (read.what, &mut table.actors[actor as usize]) {
            let listed = &lexicon.entries[e as usize];
            entry.collective = listed.kind == Kind::Collective;
            if entry.office.is_none() {
                entry.office = listed.office.clone();
            }
        }
        party.actor = Some(actor);
    }
    party
}

/// The words from `a` to `b`, parted by one space.
pub(crate) fn words(m: &Marked<'_>, a: u32, b: u32) -> String {
    let words = m.parse.source().slice(m.parse.hull(WordId(a), WordId(b)));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn noun_key(m: &Marked<'_>, last: u32) -> String {
    match m.noun(last) {
        Some(noun) => {
            let lemma = m.word(noun.last).lemma().to_lowercase();
            let mut key = String::new();
            for w in noun.first..noun.last {
                key.push_str(&m.word(w).form().to_lowercase());
                key.push('-');
            }
            key + &lemma
        }
        None => folded(m.word(last).form()),
    }
}
