//! The text that a page declares as its article, in JSON-LD (`articleBody`): what stands in it is kept, and what stands around it
//! is not. Many pages declare only a beginning; then it decides nothing.

use std::collections::HashSet;

use super::collect::Placed;
use crate::lexicon::words;

/// Runs of three words, hashed.
fn runs(line: &[String]) -> impl Iterator<Item = u64> + '_ {
    line.windows(3).map(|w| text::hash128(&[w[0].as_bytes(), w[1].as_bytes(), w[2].as_bytes()]).0)
}

/// Keeps and cuts blocks by the declared text, where it is whole.
pub(super) fn apply(placed: &mut [Placed], declared: &str) {
    let all = words(declared);
    if all.len() < 60 {
        return;
    }
    let known: HashSet<u64> = runs(&all).collect();
    // How many words each block has, and which share of its runs is declared.
    let shares: Vec<(usize, f32)> = placed
        .iter()
        .map(|p| {
            let line = words(&p.block.text);
            let (n, hits) = runs(&line).fold((0, 0), |(n, hits), run| (n + 1, hits + usize::from(known.contains(&run))));
            (line.len(), hits as f32 / n.max(1) as f32)
        })
        .collect();
    let kept = |i: usize| placed[i].block.cut.is_none();
    let covered: usize = (0..placed.len()).filter(|i| kept(*i) && shares[*i].1 > 0.8).map(|i| shares[i].0).sum();
    let strange: usize = (0..placed.len()).filter(|i| kept(*i) && shares[*i].1 < 0.1).map(|i| shares[i].0).sum();
    // It must be the text that was chosen, and most of it.
    if covered * 10 < all.len() * 6 || strange * 100 > covered * 40 {
        return;
    }
    let inside = |i: usize| shares[i].0 >= 8 && shares[i].1 > 0.8;
    let (Some(first), Some(last)) =
        ((0..placed.len()).find(|i| kept(*i) && inside(*i)), (0..placed.len()).rfind(|i| kept(*i) && inside(*i)))
    else {
        return;
    };
    for i in 0..placed.len() {
        let (n, share) = shares[i];
        let block = &mut placed[i].block;
        if block.cut.is_none() && n >= 4 && share < 0.1 && (i < first || i > last || block.link_share() > 0.6) {
            block.cut = Some("not in the text that the page declares");
        } else if block.cut.is_some_and(|why| why != "hidden") && (first..=last).contains(&i) && n >= 12 && share > 0.9 {
            block.cut = None;
        }
    }
}
