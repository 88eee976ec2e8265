//! One table of actors from all phrases of a page: the same person under a full name, a short one and another spelling is one actor.
//!
//! [`persons`] finds everyone who is named, [`party`] what each phrase stands for by itself, [`super::coref`] which phrases mean the same,
//! [`settle`] what a phrase takes from those it was joined to, [`cast`] the finished table.

mod cast;
mod party;
mod persons;
mod scene;
mod settle;
pub(crate) mod spelling;
mod table;

use std::collections::BTreeMap;

use jiff::civil::Date;
use syntax::{Parse, WordId};

use super::Party;
use super::chunks::Chunks;
use super::coref::{self, Chains};
use super::lexicon::ActorLexicon;
use super::marked::Marked;
use super::read::{self, Read};
use super::whose::{Asked, Whereabouts};
use crate::places::Place;
pub(crate) use cast::cast;
use party::party;
use persons::persons;
use table::Table;

/// Steps of possessors and complements that a country is followed through.
const DEPTH: u8 = 5;

/// All that the first look at a text gives.
struct Desk<'p> {
    m: Marked<'p>,
    chunks: Chunks,
    reads: Vec<Read>,
    where_: Whereabouts,
}

impl<'p> Desk<'p> {
    fn new(parse: &'p Parse, lexicon: &ActorLexicon, places: &[Place]) -> Desk<'p> {
        let m = Marked::new(parse, lexicon);
        let chunks = Chunks::new(&m, lexicon);
        let reads = chunks.all.iter().map(|c| read::phrase(&m, lexicon, c)).collect();
        let where_ = Whereabouts::new(&m, lexicon, places);
        Desk { m, chunks, reads, where_ }
    }

    fn asked(&self) -> Asked<'_> {
        Asked { m: &self.m, chunks: &self.chunks, reads: &self.reads, where_: &self.where_ }
    }
}

/// Persons, parties of all phrases, chains.
struct Sorted {
    table: Table,
    parties: Vec<Party>,
    chains: Chains,
}

fn sort(desk: &mut Desk<'_>, lexicon: &ActorLexicon, day: Option<Date>, watch: Option<coref::Watch<'_>>) -> Sorted {
    let (persons, person_of) = persons(day, &desk.asked(), lexicon);
    // Who acts on a page says what it is about as well as where it plays.
    for (c, &n) in person_of.iter().enumerate() {
        if let Some((code, _)) = persons.get(n as usize).and_then(|p| p.code) {
            desk.where_.hear(desk.m.word(desk.chunks.all[c].head).sentence().id().0, code);
        }
    }
    let asked = desk.asked();
    let mut table = Table::default();
    let parties: Vec<Party> =
        (0..desk.chunks.all.len() as u32).map(|c| party(&asked, lexicon, c, &persons, &person_of, &mut table)).collect();
    let actor: Vec<Option<u32>> = parties.iter().map(|p| p.actor).collect();
    let titles = |c: u32, lemma: &str| {
        persons
            .get(person_of[c as usize] as usize)
            .is_some_and(|p| p.offices.iter().any(|o| o.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| w == lemma)))
    };
    let input = coref::Input { m: &desk.m, lexicon, chunks: &desk.chunks, reads: &desk.reads, actor: &actor, titles: &titles };
    let chains = coref::chains(&input, watch);
    Sorted { table, parties, chains }
}

/// Phrases that mean the same, each from its first to its last word with all that modifies it; chains of one phrase are left out.
pub(crate) fn clusters(parse: &Parse, lexicon: &ActorLexicon, watch: Option<coref::Watch<'_>>) -> Vec<Vec<(WordId, WordId)>> {
    let mut desk = Desk::new(parse, lexicon, &[]);
    let sorted = sort(&mut desk, lexicon, None, watch);
    let mut found: BTreeMap<u32, Vec<(WordId, WordId)>> = BTreeMap::new();
    for (c, &chain) in sorted.chains.of.iter().enumerate() {
        let (a, b) = coref::whole(&desk.m, &desk.chunks, c as u32);
        found.entry(chain).or_default().push((WordId(a), WordId(b)));
    }
    for &(first, last, chain) in &sorted.chains.groups {
        let a = coref::whole(&desk.m, &desk.chunks, first).0;
        let b = coref::whole(&desk.m, &desk.chunks, last).1;
        found.entry(chain).or_default().push((WordId(a), WordId(b)));
    }
    found.into_values().filter(|c| c.len() > 1).collect()
}
