//! Everyone who is named: full names first, then what is short for them; the country and office that stand at any of the mentions.

use std::collections::HashMap;

use jiff::civil::Date;
use syntax::{Upos, WordId};

use super::DEPTH;
use super::spelling::sound;
use crate::actors::lexicon::{ActorLexicon, Code, Holder, Sectors, folded};
use crate::actors::marked::NONE;
use crate::actors::read::{self, What};
use crate::actors::whose::Asked;

/// One person of the page.
#[derive(Default, Clone)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) code: Option<(Code, &'static str)>,
    pub(crate) sectors: Sectors,
    pub(crate) offices: Vec<String>,
    pub(crate) patron: Option<String>,
    pub(crate) holder: Option<u32>,
}

/// Everyone who is named, and for every phrase the person that it names.
pub(crate) fn persons(day: Option<Date>, asked: &Asked<'_>, lexicon: &ActorLexicon) -> (Vec<Person>, Vec<u32>) {
    let m = asked.m;
    let mut persons: Vec<Person> = Vec::new();
    let mut person_of = vec![NONE; asked.reads.len()];
    let mut by_name: HashMap<String, u32> = HashMap::new();
    let mut by_surname: HashMap<String, u32> = HashMap::new();
    let text = |a: u32, b: u32| m.parse.source().slice(m.parse.hull(WordId(a), WordId(b)));
    let named = |c: usize| match asked.reads[c].what {
        What::Person(a, b) => Some((a, b, true)),
        What::Unknown(a, b) => Some((a, b, false)),
        _ => None,
    };
    // Full names first, then what is short for them.
    for short in [false, true] {
        for c in 0..asked.reads.len() {
            let Some((a, b, sure)) = named(c) else { continue };
            if (a == b) != short {
                continue;
            }
            let surname = sound(m.word(b).form());
            let full = sound(text(a, b));
            let n = if short {
                by_surname.get(&surname).copied()
            } else {
                // Another spelling of a given name, a middle name or an initial does not make another person.
                by_name
                    .get(&full)
                    .copied()
                    .or_else(|| by_surname.get(&surname).copied().filter(|&n| same_given(&persons[n as usize].name, text(a, b))))
            };
            let n = match n {
                Some(n) => n,
                None if sure => {
                    persons.push(Person { name: text(a, b).to_string(), ..Person::default() });
                    persons.len() as u32 - 1
                }
                None => continue,
            };
            by_name.entry(full).or_insert(n);
            by_surname.entry(surname).or_insert(n);
            person_of[c] = n;
        }
    }
    for c in 0..asked.reads.len() {
        let n = person_of[c];
        if n == NONE {
            continue;
        }
        let read = &asked.reads[c];
        let person = &mut persons[n as usize];
        let found = asked.of(c as u32, DEPTH);
        // What stands right at the name outranks what is reached through a place.
        person.code = person.code.or(found);
        let other = asked.chunks.all[c]
            .apposed
            .filter(|&a| matches!(asked.reads[a as usize].what, What::Role | What::Noun(_) | What::Person(..)));
        for source in [Some(c as u32), other].into_iter().flatten() {
            let read = &asked.reads[source as usize];
            if person.sectors.is_empty() {
                person.sectors = read.sectors;
            }
            if let Some(office) = office_words(asked, source) {
                let office = text(office.0, office.1).to_string();
                if !person.offices.contains(&office) && person.offices.len() < 8 {
                    person.offices.push(office);
                }
            }
        }
        if let Some((a, b)) = read.patron {
            person.patron.get_or_insert_with(|| sound(text(b.max(a), b)));
        }
    }
    // A title with a name in apposition: "chief negotiator for Russia, Sergei Ryabkov".
    for c in 0..asked.reads.len() {
        let Some(a) = asked.chunks.all[c].apposed else { continue };
        let n = person_of[a as usize];
        if n != NONE && matches!(asked.reads[c].what, What::Role | What::Noun(_)) {
            let found = asked.of(c as u32, DEPTH);
            let person = &mut persons[n as usize];
            person.code = person.code.or(found);
            if person.sectors.is_empty() {
                person.sectors = asked.reads[c].sectors;
            }
            if let Some(office) = office_words(asked, c as u32) {
                let office = text(office.0, office.1).to_string();
                if !person.offices.contains(&office) && person.offices.len() < 8 {
                    person.offices.push(office);
                }
            }
            person_of[c] = n;
        }
    }
    // "Deputy Foreign Minister and chief negotiator X": two offices without an article are one person's.
    for c in 0..asked.reads.len() {
        let n = person_of[c];
        if n == NONE || asked.reads[c].office.is_none() {
            continue;
        }
        let Some(p) = first_office(asked, c) else { continue };
        let (Some(one), Some(two)) = (office_words(asked, p as u32), office_words(asked, c as u32)) else { continue };
        let (second, both) = (text(two.0, two.1).to_string(), text(one.0, two.1).to_string());
        let person = &mut persons[n as usize];
        match person.offices.iter_mut().find(|o| **o == second) {
            Some(office) => *office = both,
            None => continue,
        }
        person_of[p] = n;
    }
    for person in &mut persons {
        let surname = folded(&person.name).rsplit(' ').next().unwrap_or("").to_string();
        person.holder = known(lexicon, &surname, person, day);
        if let Some(holder) = person.holder.map(|h| &lexicon.holders[h as usize]) {
            if person.code.is_none() {
                person.code = holder.code.map(|c| (c, "a known holder of the office"));
            }
            if person.sectors.is_empty() {
                person.sectors = holder.sectors;
            }
        }
    }
    // "Putin spokesman": the spokesman's country is the patron's.
    let codes: Vec<Option<(Code, &'static str)>> = persons
        .iter()
        .map(|p| {
            p.patron
                .as_ref()
                .and_then(|s| by_surname.get(s))
                .and_then(|&n| persons[n as usize].code)
                .map(|c| (c.0, "whom they serve"))
        })
        .collect();
    for (person, code) in persons.iter_mut().zip(codes) {
        person.code = person.code.or(code).or_else(|| {
            let patron = person.patron.as_ref()?;
            let known: Vec<&Holder> = lexicon.knows(patron).iter().map(|&k| &lexicon.holders[k as usize]).collect();
            let code = known.first()?.code?;
            known.iter().all(|h| h.code == Some(code)).then_some((code, "whom they serve"))
        });
    }
    (persons, person_of)
}

/// "Vladimir" and "V.", "Sergei" and "Sergey": the first letters agree by sound, or one is no more than an initial.
fn same_given(a: &str, b: &str) -> bool {
    let first = |s: &str| sound(s.split_whitespace().next().unwrap_or(""));
    let (a, b) = (first(a), first(b));
    let short = a.len().min(b.len());
    short > 0 && (short == 1 && a.starts_with(&b[..1]) || a == b || short >= 3 && a.as_bytes()[..3] == b.as_bytes()[..3])
}

/// The holder that a person's name fits, on the page's day if it has one.
fn known(lexicon: &ActorLexicon, surname: &str, person: &Person, day: Option<Date>) -> Option<u32> {
    let list = lexicon.knows(surname);
    let words: Vec<String> = folded(&person.name).split(' ').map(str::to_string).collect();
    let fits = |h: &Holder| words.len() == 1 || same_given(&h.name, &person.name);
    let mut found: Vec<u32> = list.iter().copied().filter(|&k| fits(&lexicon.holders[k as usize])).collect();
    // A user's own holders stand before the built-in ones.
    if found.iter().any(|&k| lexicon.holders[k as usize].own) {
        found.retain(|&k| lexicon.holders[k as usize].own);
    }
    found.first()?;
    // The office that the page gives decides between namesakes and between the offices of one person.
    let held = |h: &Holder| {
        let last = h.office.split(' ').next().unwrap_or("").to_lowercase();
        person.offices.iter().any(|o| {
            let o = o.to_lowercase();
            let o = if o == "pm" { "prime minister" } else { &o };
            o.split(' ').any(|w| w == last)
        })
    };
    if let Some(&one) = found.iter().find(|&&k| held(&lexicon.holders[k as usize])) {
        let code = lexicon.holders[one as usize].code;
        if found.iter().all(|&k| lexicon.holders[k as usize].code == code || !held(&lexicon.holders[k as usize])) {
            return Some(one);
        }
    }
    let on = |h: &Holder| day.is_some_and(|d| h.from.is_none_or(|f| f <= d) && h.to.is_none_or(|t| d <= t));
    // A name that may mean people of two countries means nobody for sure, unless one alone is in office that day.
    let codes = |list: &[u32]| list.iter().all(|&k| lexicon.holders[k as usize].code == lexicon.holders[list[0] as usize].code);
    if !codes(&found) {
        found.retain(|&k| on(&lexicon.holders[k as usize]));
        if found.is_empty() || !codes(&found) {
            return None;
        }
    }
    found.iter().copied().find(|&k| on(&lexicon.holders[k as usize])).or_else(|| found.last().copied())
}

/// The phrase of an office that is joined to the office of `c` right behind it.
fn first_office(asked: &Asked<'_>, c: usize) -> Option<usize> {
    let chunk = &asked.chunks.all[c];
    let bare = |c: usize| {
        let chunk = &asked.chunks.all[c];
        let head = asked.m.word(chunk.head);
        chunk.possessor.is_none() && asked.m.word(chunk.first).upos() != Upos::DET && !head.feats().is("Number", "Plur")
    };
    let and = chunk.first.checked_sub(1).filter(|&w| asked.m.word(w).form() == "and")?;
    let p = *asked.chunks.of.get(and.checked_sub(1)? as usize)? as usize;
    let before = asked.chunks.all.get(p)?;
    (before.last + 1 == and && matches!(asked.reads[p].what, What::Role) && bare(p) && bare(c)).then_some(p)
}

/// The words of a phrase's office, with what it is of.
pub(crate) fn office_words(asked: &Asked<'_>, c: u32) -> Option<(u32, u32)> {
    let (a, b) = asked.reads[c as usize].office?;
    let chunk = &asked.chunks.all[c as usize];
    match read::complement(asked.m, asked.chunks, c) {
        Some((true, t)) if chunk.last == b => Some((a, asked.chunks.all[t as usize].last)),
        _ => Some((a, b)),
    }
}
