//! The finished table: every mention with its place, kind and reason, actors in the order of their first mention.

use page::Article;
use syntax::{NameKind, Parse, WordId};

use super::table::{Table, key_of};
use super::{Desk, Sorted, settle::settle, sort};
use crate::actors::lexicon::{ActorLexicon, Kind, NounKind};
use crate::actors::marked::NONE;
use crate::actors::read::{self, What};
use crate::actors::whose::only_place;
use crate::actors::{Actor, Cast, Mention, MentionKind, Party};
use crate::places::Place;

pub(crate) fn cast(article: &Article, parse: &Parse, lexicon: &ActorLexicon, places: &[Place]) -> Cast {
    let mut desk = Desk::new(parse, lexicon, places);
    let Sorted { mut table, mut parties, chains } = sort(&mut desk, lexicon, article.published, None);
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
    for (c, party) in parties.iter_mut().enumerate() {
        let (chunk, read) = (&chunks.all[c], &reads[c]);
        let Some(actor) = party.actor.filter(|_| party.acts) else { continue };
        // A capital or country that is only where something happens, a town that only says which residents, a building: no party here.
        party.place = match read.what {
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
        if party.place {
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
    let names = names(&desk, lexicon);
    Cast { names, ..finish(parse, table, mentions, parties, of, modifier) }
}

/// Who and what is named: persons, listed countries and bodies, unknown names of bodies.
fn names(desk: &Desk<'_>, lexicon: &ActorLexicon) -> Vec<(u32, u32, NameKind)> {
    let mut found = Vec::new();
    for name in desk.m.names.iter().filter(|n| !n.inside && desk.m.capital(n.first)) {
        let kind = match lexicon.entries[name.value as usize].kind {
            Kind::Country | Kind::Capital => NameKind::Place,
            Kind::Organisation | Kind::Group | Kind::Seat => NameKind::Organisation,
            Kind::Person => NameKind::Person,
            Kind::People | Kind::Collective => continue,
        };
        found.push((name.first, name.last, kind));
    }
    for read in &desk.reads {
        match read.what {
            What::Person(a, b) => found.push((a, b, NameKind::Person)),
            What::Unknown(a, b) if a < b && !read.sectors.is_empty() => found.push((a, b, NameKind::Organisation)),
            _ => {}
        }
    }
    found
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
    Cast { actors, mentions, names: Vec::new(), parties, of, modifier, headed }
}
