//! One table of actors from all phrases of a page: the same person under a full name, a short one and another spelling is one actor.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use page::Article;
use syntax::{Parse, WordId};

use super::chunks::{Chunks, Marked, NONE};
use super::coref::Chains;
use super::lexicon::{ActorLexicon, Code, Holder, Kind, NounKind, Sectors, folded};
use super::read::{self, Read, What};
use super::whose::{Asked, Whereabouts, only_place};
use super::{Actor, Cast, Mention, MentionKind, Party, coref, printed};
use crate::places::Place;

/// Steps of possessors and complements that a country is followed through.
const DEPTH: u8 = 5;

/// The table while it grows.
#[derive(Default)]
pub(super) struct Table {
    pub actors: Vec<Actor>,
    by_key: HashMap<String, u32>,
}

impl Table {
    fn actor(&mut self, key: String, name: &str, code: Option<(Code, &'static str)>, sectors: Sectors) -> u32 {
        let n = match self.by_key.get(&key) {
            Some(&n) => n,
            None => {
                let n = self.actors.len() as u32;
                self.actors.push(Actor { id: key.clone(), name: name.to_string(), ..Actor::default() });
                self.by_key.insert(key, n);
                n
            }
        };
        let actor = &mut self.actors[n as usize];
        if let Some((code, why)) = code.filter(|_| actor.code.is_none()) {
            actor.code = Some(printed(code));
            actor.code_why = why;
        }
        if actor.sector.is_empty() {
            actor.sector = sectors.names().map(str::to_string).collect();
        }
        n
    }
}

/// One person of the page.
#[derive(Default, Clone)]
struct Person {
    name: String,
    code: Option<(Code, &'static str)>,
    sectors: Sectors,
    offices: Vec<String>,
    patron: Option<String>,
    holder: Option<u32>,
}

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

fn sort(desk: &Desk<'_>, lexicon: &ActorLexicon, day: Option<Date>, watch: Option<coref::Watch<'_>>) -> Sorted {
    let asked = desk.asked();
    let (persons, person_of) = persons(day, &asked, lexicon);
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
pub(super) fn clusters(parse: &Parse, lexicon: &ActorLexicon, watch: Option<coref::Watch<'_>>) -> Vec<Vec<(WordId, WordId)>> {
    let desk = Desk::new(parse, lexicon, &[]);
    let sorted = sort(&desk, lexicon, None, watch);
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

/// Gives every phrase the party of the one it was joined to, and open ones the country that the text around is about.
fn settle(desk: &Desk<'_>, parties: &mut [Party], table: &mut Table, chains: &Chains) {
    let asked = desk.asked();
    let n = parties.len();
    for c in 0..n {
        let read = &desk.reads[c];
        let mut why = "";
        let link = chains.link[c].filter(|l| (l.0 as usize) < c);
        // The same party in other words: an apposition, a bare title, a name told again.
        if let Some((p, reason)) = link.filter(|_| matches!(read.what, What::Role | What::Unknown(..)))
            && matches!(reason, "the apposition" | "the office named before" | "the same name" | "the same words")
            && let Some(actor) = parties[p as usize].actor
            && (matches!(desk.reads[p as usize].what, What::Person(..) | What::Unknown(..)) || reason != "the apposition")
        {
            let from = parties[p as usize].clone();
            let party = &mut parties[c];
            party.actor = Some(actor);
            party.code = party.code.or(from.code);
            party.acts |= from.acts;
            if matches!(read.what, What::Unknown(..)) || party.sectors.is_empty() {
                party.sectors = from.sectors;
            }
        }
        match read.what {
            What::Pronoun => {
                if let Some((p, _)) = link.or(chains.side[c].map(|p| (p, ""))) {
                    let from = parties[p as usize].clone();
                    let party = &mut parties[c];
                    (party.actor, party.code, party.sectors, party.acts) = (from.actor, from.code, from.sectors, from.acts);
                    party.collective = from.collective;
                } else if let Some((first, last, _)) =
                    chains.link[c].and_then(|l| (l.0 as usize).checked_sub(n)).and_then(|g| chains.groups.get(g))
                {
                    let (a, b) = (&parties[*first as usize], &parties[*last as usize]);
                    if let (Some(x), Some(y), true) = (a.code, b.code, a.acts && b.acts)
                        && let (Some(xa), Some(ya)) = (a.actor, b.actor)
                    {
                        let (sectors, head) = (a.sectors, desk.chunks.all[c].head);
                        let party = &mut parties[c];
                        party.sectors = sectors;
                        party.acts = true;
                        party.code = (x == y).then_some(x);
                        if x != y {
                            party.several = vec![(x, head, head, xa), (y, head, head, ya)];
                        }
                    }
                }
                continue;
            }
            _ if parties[c].code.is_some() || read.collective => continue,
            _ => {}
        }
        let mut code = None;
        if let Some((p, reason)) = link.filter(|_| read.open || matches!(read.what, What::Role)) {
            code = parties[p as usize].code;
            why = reason;
        }
        if code.is_none() {
            let owner = desk.chunks.all[c].possessor.filter(|&p| matches!(desk.reads[p as usize].what, What::Pronoun));
            code = owner.and_then(|p| parties[p as usize].code);
            why = "its possessor";
        }
        if code.is_none()
            && let Some((true, t)) = read::complement(&desk.m, &desk.chunks, c as u32)
        {
            code = parties[t as usize].code.filter(|_| !parties[t as usize].collective);
            why = "what it is of";
        }
        if code.is_none() {
            code = parties[c]
                .actor
                .and_then(|a| table.actors[a as usize].code.as_deref().and_then(|s| s.as_bytes().try_into().ok()));
            why = "the same name";
        }
        if code.is_none()
            && let Some((around, reason)) = around(&asked, c as u32)
        {
            code = Some(around);
            why = reason;
        }
        let Some(code) = code else { continue };
        parties[c].code = Some(code);
        let Some(a) = parties[c].actor else { continue };
        if matches!(read.what, What::Person(..)) {
            let actor = &mut table.actors[a as usize];
            if actor.code.is_none() {
                actor.code = Some(printed(code));
                actor.code_why = why;
            }
        } else {
            // The same noun of two countries is two groups.
            let old = &table.actors[a as usize];
            let (id, name) = (old.id.clone(), old.name.clone());
            let key = match id.strip_suffix(":-") {
                Some(base) => format!("{base}:{}", printed(code)),
                None => id,
            };
            parties[c].actor = Some(table.actor(key, &name, Some((code, why)), parties[c].sectors));
        }
    }
}

pub(super) fn cast(article: &Article, parse: &Parse, lexicon: &ActorLexicon, places: &[Place]) -> Cast {
    let desk = Desk::new(parse, lexicon, places);
    let Sorted { mut table, mut parties, chains } = sort(&desk, lexicon, article.published, None);
    settle(&desk, &mut parties, &mut table, &chains);
    let Desk { m, chunks, reads, .. } = &desk;
    let mut mentions = Vec::new();
    let mut modifier = vec![NONE; m.words.len()];
    // "Dozens of protesters" are protesters.
    for c in (0..chunks.all.len()).rev() {
        if let (What::Noun(NounKind::Part), Some((true, t))) = (reads[c].what, read::complement(m, chunks, c as u32)) {
            let target = parties[t as usize].clone();
            if target.acts {
                let party = &mut parties[c];
                party.code = party.code.or(target.code);
                party.actor = target.actor;
                party.sectors = if target.sectors.is_empty() { party.sectors } else { target.sectors };
                party.several = Vec::new();
            }
        }
    }
    for (c, party) in parties.iter().enumerate() {
        let (chunk, read) = (&chunks.all[c], &reads[c]);
        let Some(actor) = party.actor.filter(|_| party.acts) else { continue };
        // A capital or country that is only where something happens, a town that only says which residents, a building: no party here.
        let place = match read.what {
            What::Listed(e) => {
                matches!(lexicon.entries[e as usize].kind, Kind::Capital | Kind::Country | Kind::Seat)
                    && only_place(m, chunk.head)
            }
            What::Unknown(..) => {
                desk.where_.place[chunk.last as usize].is_some() && (chunk.pre.is_some() || only_place(m, chunk.head))
            }
            What::Noun(NounKind::Thing) => party.sectors.is_empty(),
            _ => false,
        };
        if place {
            continue;
        }
        let kind = match read.what {
            What::Pronoun => MentionKind::Pronoun,
            _ if chunk.owned.is_some() => MentionKind::Modifier,
            What::Noun(_) | What::Role => MentionKind::Noun,
            _ => MentionKind::Name,
        };
        let why = match (chains.link[c], read.what) {
            (Some((_, why)), _) => why,
            (None, What::Person(a, b)) if a == b => "the last name",
            (None, What::Role) => "the office",
            (None, What::Noun(_)) => "the noun and the country it has here",
            (None, What::Listed(_)) => "a listed name",
            _ => "the name",
        };
        if party.several.len() > 1 && !matches!(read.what, What::Pronoun) {
            for &(_, a, b, actor) in &party.several {
                let head = if (a..=b).contains(&chunk.head) { chunk.head } else { b };
                let span = parse.hull(WordId(a), WordId(b));
                mentions.push(Mention { span, head: WordId(head), actor, kind, why: "a country before a shared noun" });
            }
            continue;
        }
        let span = parse.hull(WordId(party.span.0), WordId(party.span.1));
        mentions.push(Mention { span, head: WordId(chunk.head), actor, kind, why });
    }
    // Modifiers: "Russian troops", "a NATO spokesman".
    for name in &m.names {
        let c = chunks.of[name.first as usize];
        let entry = &lexicon.entries[name.value as usize];
        let Some(chunk) = chunks.all.get(c as usize) else { continue };
        let whole = name.last == chunk.last && !name.inside || chunk.core == name.first && chunk.last == name.last;
        if whole || read::stance(m, lexicon, name, chunk.core) || name.first < chunk.core {
            continue;
        }
        let (code, sectors) = (entry.code, entry.sectors);
        let (key, canonical) = key_of(entry.kind, &entry.name, code);
        let actor = table.actor(key, &canonical, code.map(|c| (c, "the name itself")), sectors);
        let head = (name.first..=name.last)
            .find(|&w| m.word(w).head().is_none_or(|h| h.id().0 < name.first || h.id().0 > name.last))
            .unwrap_or(name.last);
        for w in name.first..=name.last {
            modifier[w as usize] = parties.len() as u32;
        }
        parties.push(Party {
            span: (name.first, name.last),
            actor: Some(actor),
            code,
            sectors,
            collective: entry.kind == Kind::Collective,
            acts: true,
            ..Party::default()
        });
        let span = parse.hull(WordId(name.first), WordId(name.last));
        mentions.push(Mention {
            span,
            head: WordId(head),
            actor,
            kind: MentionKind::Modifier,
            why: "an adjective or name beside a noun",
        });
    }
    // The head of a phrase stands for the phrase, never for a modifier in it.
    for chunk in &chunks.all {
        modifier[chunk.head as usize] = NONE;
    }
    let of = chunks.of.clone();
    finish(parse, table, mentions, parties, of, modifier)
}

fn finish(
    parse: &Parse,
    table: Table,
    mut mentions: Vec<Mention>,
    parties: Vec<Party>,
    of: Vec<u32>,
    modifier: Vec<u32>,
) -> Cast {
    mentions.sort_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end()), m.head));
    // Actors in the order of their first mention; those without any are left out.
    let mut rank = vec![NONE; table.actors.len()];
    let mut order = Vec::new();
    for m in &mentions {
        if rank[m.actor as usize] == NONE {
            rank[m.actor as usize] = order.len() as u32;
            order.push(m.actor);
        }
    }
    for p in &parties {
        for actor in p.actor.into_iter().chain(p.several.iter().map(|s| s.3)) {
            if rank[actor as usize] == NONE {
                rank[actor as usize] = order.len() as u32;
                order.push(actor);
            }
        }
    }
    let mut actors: Vec<Actor> = order.iter().map(|&a| table.actors[a as usize].clone()).collect();
    let mut parties = parties;
    for p in &mut parties {
        p.actor = p.actor.map(|a| rank[a as usize]);
        for s in &mut p.several {
            s.3 = rank[s.3 as usize];
        }
    }
    let mut headed = vec![NONE; of.len()];
    for (n, m) in mentions.iter_mut().enumerate() {
        m.actor = rank[m.actor as usize];
        let slot = &mut headed[m.head.0 as usize];
        if *slot == NONE {
            *slot = n as u32;
        }
        let actor = &mut actors[m.actor as usize];
        actor.mentions += 1;
        if matches!(m.kind, MentionKind::Name | MentionKind::Modifier) {
            let words = parse.source().slice(m.span);
            if words != actor.name && words.len() < 80 && actor.aliases.len() < 24 && !actor.aliases.iter().any(|a| a == words) {
                actor.aliases.push(words.to_string());
            }
        }
    }
    Cast { actors, mentions, parties, of, modifier, headed }
}

/// The key and canonical name of a listed actor: a country, its people, capital and seats are one.
fn key_of(kind: Kind, name: &str, code: Option<Code>) -> (String, String) {
    match (kind, code) {
        (Kind::Country | Kind::People | Kind::Capital, Some(code)) => (format!("country:{}", printed(code)), name.to_string()),
        (Kind::Collective, _) => (format!("collective:{}", folded(name).replace(' ', "-")), name.to_string()),
        (Kind::Person, _) => (format!("person:{}", folded(name).replace(' ', "-")), name.to_string()),
        _ => (format!("organisation:{}", folded(name).replace(' ', "-")), name.to_string()),
    }
}

/// A spelling that transliterations share: "Peskoff" and "Peskov", "Yanukovich" and "Yanukovych".
pub(super) fn sound(name: &str) -> String {
    let mut s = folded(name);
    for (from, to) in [
        ("tch", "c"),
        ("sch", "s"),
        ("shch", "s"),
        ("kh", "h"),
        ("ch", "c"),
        ("sh", "s"),
        ("zh", "z"),
        ("ph", "f"),
        ("ck", "k"),
        ("q", "k"),
        ("ts", "c"),
        ("tz", "c"),
        ("gh", "g"),
        ("ff", "v"),
        ("w", "v"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("iy", "i"),
        ("yy", "i"),
        ("ii", "i"),
        ("y", "i"),
        ("j", "i"),
        ("x", "ks"),
        ("ie", "e"),
        ("io", "o"),
    ] {
        if s.contains(from) {
            s = s.replace(from, to);
        }
    }
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    if out.ends_with('f') {
        out.pop();
        out.push('v');
    }
    out
}

/// Everyone who is named, and for every phrase the person that it names.
fn persons(day: Option<Date>, asked: &Asked<'_>, lexicon: &ActorLexicon) -> (Vec<Person>, Vec<u32>) {
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
    let found: Vec<u32> = list.iter().copied().filter(|&k| fits(&lexicon.holders[k as usize])).collect();
    let first = &lexicon.holders[*found.first()? as usize];
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
    // A name that may mean people of two countries means nobody for sure.
    if !found.iter().all(|&k| lexicon.holders[k as usize].code == first.code) {
        return None;
    }
    let on = |h: &Holder| day.is_some_and(|d| h.from.is_none_or(|f| f <= d) && h.to.is_none_or(|t| d <= t));
    found.iter().copied().find(|&k| on(&lexicon.holders[k as usize])).or_else(|| found.last().copied())
}

/// The words of a phrase's office, with what it is of.
fn office_words(asked: &Asked<'_>, c: u32) -> Option<(u32, u32)> {
    let (a, b) = asked.reads[c as usize].office?;
    let chunk = &asked.chunks.all[c as usize];
    match read::complement(asked.m, asked.chunks, c) {
        Some((true, t)) if chunk.last == b => Some((a, asked.chunks.all[t as usize].last)),
        _ => Some((a, b)),
    }
}

fn party(asked: &Asked<'_>, lexicon: &ActorLexicon, c: u32, persons: &[Person], person_of: &[u32], table: &mut Table) -> Party {
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
    if let Some(person) = persons.get(n as usize) {
        let code = person.code.or(whose);
        party.code = code.map(|c| c.0);
        party.sectors = if person.sectors.is_empty() { read.sectors } else { person.sectors };
        party.acts = true;
        let key = format!("person:{}", folded(&person.name).replace(' ', "-"));
        let actor = table.actor(key, &person.name, code, party.sectors);
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
    party.acts = read::party(read.what, read, m.kind_of[chunk.last as usize]);
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

fn around(asked: &Asked<'_>, c: u32) -> Option<(Code, &'static str)> {
    if !asked.domestic(c) {
        return None;
    }
    let sentence = asked.m.word(asked.chunks.all[c as usize].head).sentence().id().0;
    asked.where_.around(sentence, asked.reads[c as usize].stance).map(|code| (code, "what the text around it is about"))
}

fn words(m: &Marked<'_>, a: u32, b: u32) -> String {
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
