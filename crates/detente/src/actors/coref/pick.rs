//! The likeliest phrase before a pronoun that agrees with it.

use std::collections::HashMap;

use syntax::WordId;

use super::mention::{Class, Mention};
use super::signs::{fits, signs};
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
    let mut best: Option<(f32, u32)> = None;
    let weight = |name: &str| input.lexicon.weights.get(name).map_or(0.0, |w| w[class as usize]);
    let mut seen: Vec<(u32, u32, Vec<&'static str>)> = Vec::new();
    let mut chains_seen: Vec<u32> = Vec::new();
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
            let chain = if (a.chunk as usize) < all.len() {
                chains.of[a.chunk as usize]
            } else {
                chains.groups[a.chunk as usize - all.len()].2
            };
            // Only the last phrase of a chain speaks for it.
            if genders[chain as usize] & p.gender == 0 || chains_seen.contains(&chain) {
                continue;
            }
            chains_seen.push(chain);
            let mut score = 0.0;
            let mut list = Vec::new();
            let keep = watch.is_some();
            signs(m, p, a, apart, size[chain as usize], |s| {
                score += weight(s);
                if keep {
                    list.push(s);
                }
            });
            if keep {
                seen.push((a.first, a.last, list));
            }
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, a.chunk));
            }
        }
    }
    if let Some(watch) = watch {
        watch(WordId(p.head), class, &seen);
    }
    best.filter(|(score, _)| *score > weight("none")).map(|(_, c)| (c, "the likeliest phrase before it that agrees"))
}
