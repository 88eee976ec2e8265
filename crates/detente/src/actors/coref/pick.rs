//! The likeliest phrase before a pronoun that agrees with it.

use std::collections::HashMap;

use syntax::WordId;

use super::mention::{Class, Mention};
use super::signs::{Standing, fits, signs};
use super::{Chains, Input, Watch};

/// How many phrases and sentences before a pronoun are looked at.
const PHRASES: usize = 60;

const SENTENCES: u32 = 5;

#[allow(clippy::too_many_arguments)]
pub(crate) fn antecedent(
    input: &Input<'_>,
    all: &[Mention],
    extra: &HashMap<u32, Mention>,
    chains: &Chains,
    size: &[u32],
    genders: &[u8],
    p: &Mention,
    class: Class,
    watch: &mut Option<Watch<'_>>,
) -> Option<(u32, &'static str)> {
    let m = input.m;
    let weight = |name: &str| input.lexicon.weights.get(name).map_or(0.0, |w| w[class as usize]);
    if let Some(a) = dislocated(input, all, extra, p, class) {
        return Some((a, "named right before the pronoun"));
    }
    // The last phrase of every chain that agrees, from the nearest on.
    let mut candidates: Vec<(&Mention, u32, usize)> = Vec::new();
    let from = (p.chunk as usize).saturating_sub(PHRASES);
    let mut apart = 0;
    for c in (from..p.chunk as usize).rev() {
        let a = &all[c];
        if a.sentence + SENTENCES < p.sentence {
            break;
        }
        apart += 1;
        for a in extra.get(&(c as u32)).into_iter().chain([a]) {
            if !fits(m, p, class, a, input.chunks) {
                continue;
            }
            let chain = chains.of_any(a.chunk, all.len());
            if genders[chain as usize] & p.gender != 0 && !candidates.iter().any(|c| c.1 == chain) {
                candidates.push((a, chain, apart));
            }
        }
    }
    let biggest = candidates.iter().map(|c| size[c.1 as usize]).max().unwrap_or(0);
    let mut best: Option<(f32, u32)> = None;
    let mut seen: Vec<super::Seen> = Vec::new();
    for (rank, &(a, chain, apart)) in candidates.iter().enumerate() {
        let mut score = 0.0;
        let mut list = Vec::new();
        let size = size[chain as usize];
        let place = Standing { apart, rank, size, biggest: size == biggest && size > 1 };
        signs(m, p, a, &place, |s| {
            score += weight(s);
            if watch.is_some() {
                list.push(s);
            }
        });
        if watch.is_some() {
            seen.push((a.first, a.last, list));
        }
        if best.is_none_or(|(b, _)| score > b) {
            best = Some((score, a.chunk));
        }
    }
    if let Some(watch) = watch {
        watch(WordId(p.head), class, &seen);
    }
    best.filter(|(score, _)| *score > weight("none")).map(|(_, c)| (c, "the likeliest phrase before it that agrees"))
}

/// "Josh, he is our editor": a phrase with nothing but a comma between it and the pronoun that takes it up.
fn dislocated(input: &Input<'_>, all: &[Mention], extra: &HashMap<u32, Mention>, p: &Mention, class: Class) -> Option<u32> {
    let m = input.m;
    if p.role != "subject" || p.first < 2 || m.word(p.first - 1).form() != "," {
        return None;
    }
    let before = *input.chunks.of.get(p.first as usize - 2)?;
    let a = extra.get(&before).or(all.get(before as usize))?;
    let free = !m.word(a.head).children().any(|c| c.rel() == "case") && matches!(a.role, "other" | "subject" | "root" | "member");
    let told = matches!(a.kind, "named-person" | "person-noun" | "office" | "named-body" | "country" | "group");
    (a.last + 2 == p.first && free && told && a.sentence == p.sentence && fits(m, p, class, a, input.chunks)).then_some(a.chunk)
}
