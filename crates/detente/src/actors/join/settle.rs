//! What a phrase takes from those it was joined to, and the country of "the government" or "protesters" from what the text is about.

use super::Desk;
use super::scene::{goal, scene};
use super::table::Table;
use crate::actors::coref::Chains;
use crate::actors::lexicon::{Code, NounKind};
use crate::actors::read::{self, What};
use crate::actors::whose::Asked;
use crate::actors::{ActorKind, Party, printed};

/// Gives every phrase the party of the one it was joined to, and open ones the country that the text around is about.
pub(crate) fn settle(desk: &Desk<'_>, parties: &mut [Party], table: &mut Table, chains: &Chains) {
    let asked = desk.asked();
    let n = parties.len();
    for c in 0..n {
        let read = &desk.reads[c];
        let mut why = "";
        let link = chains.link[c].filter(|l| (l.0 as usize) < c);
        // The same party in other words: an apposition, a bare title, a name told again.
        if let Some((p, reason)) = link.filter(|_| matches!(read.what, What::Role | What::Unknown(..)))
            && matches!(
                reason,
                "the apposition" | "the office named before" | "the same name" | "the same words" | "what it is said to be"
            )
            && let Some(actor) = parties[p as usize].actor
            && (matches!(desk.reads[p as usize].what, What::Person(..) | What::Unknown(..)) || reason != "the apposition")
            && (reason != "what it is said to be" || table.actors[actor as usize].kind() == ActorKind::Person)
        {
            let from = parties[p as usize].clone();
            let party = &mut parties[c];
            // "He is the Estonian envoy": the person has the office's country.
            if let (Some(code), "what it is said to be", None) = (party.code, reason, from.code) {
                let known = &mut table.actors[actor as usize];
                known.code = known.code.take().or(Some(printed(code)));
                known.code_why = reason;
                known.office = known.office.take().or_else(|| party.office.map(|(a, b)| super::party::words(&desk.m, a, b)));
            }
            party.actor = Some(actor);
            party.code = party.code.or(from.code);
            party.acts |= from.acts;
            if matches!(read.what, What::Unknown(..)) || party.sectors.is_empty() {
                party.sectors = from.sectors;
            }
        }
        // "The alliance" is NATO.
        if let Some((p, "the union named before")) = link {
            let from = parties[p as usize].clone();
            let party = &mut parties[c];
            (party.actor, party.code, party.sectors, party.acts) = (from.actor, from.code, from.sectors, from.acts);
            continue;
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
            code = desk.chunks.all[c].possessor.and_then(|p| parties[p as usize].code);
            why = "its possessor";
        }
        if code.is_none()
            && let Some((of, t)) = read::complement(&desk.m, &desk.chunks, c as u32)
            // "Individuals in the president's inner circle", but not "talks in a hall".
            && (of || matches!(desk.reads[t as usize].what, What::Noun(NounKind::Body | NounKind::Person) | What::Listed(_)))
        {
            code = parties[t as usize].code.filter(|_| !parties[t as usize].collective);
            why = if of { "what it is of" } else { "what it is in" };
        }
        if code.is_none() {
            code = parties[c]
                .actor
                .and_then(|a| table.actors[a as usize].code.as_deref().and_then(|s| s.as_bytes().try_into().ok()));
            why = "the same name";
        }
        if code.is_none()
            && let Some((found, reason)) = scene(&asked, c as u32).or_else(|| around(&asked, c as u32))
        {
            code = Some(found);
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

fn around(asked: &Asked<'_>, c: u32) -> Option<(Code, &'static str)> {
    if !asked.domestic(c) {
        return None;
    }
    let sentence = asked.m.word(asked.chunks.all[c as usize].head).sentence().id().0;
    let not = asked.reads[c as usize].stance.or_else(|| goal(asked, c));
    asked.where_.around(sentence, not).map(|code| (code, "what the text around it is about"))
}
