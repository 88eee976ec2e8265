//! Which part of a page is the article.
//!
//! Each block has a value: prose is worth its words, links and scraps cost a little. An element is worth the sum of its blocks;
//! furniture counts for nothing unless most of the page's prose stands in it. The article is the element worth most, where marks such as
//! `itemprop="articleBody"` raise the worth, and a deeper element wins when it holds nearly all.

use super::collect::{self, Placed};
use super::facts::Facts;
use super::furniture;
use super::tree::{NONE, ROOT, Tree};
use crate::block::{Block, Role};

/// The blocks of the page; all outside the article are cut.
pub(super) fn article(tree: &Tree<'_>, _facts: &Facts) -> Vec<Block> {
    let mut placed = collect::blocks(tree);
    let n = tree.nodes.len();
    // All prose, wherever it stands.
    let mut prose = vec![0.0f32; n];
    for p in &placed {
        prose[p.node as usize] += value(&p.block).max(0.0);
    }
    sum_up(tree, &mut prose);
    let total = prose[ROOT as usize].max(1.0);
    // Furniture, told by name; what holds much of the page's prose is none, whatever its name.
    let mut cut: Vec<Option<&'static str>> = vec![None; n];
    for id in 0..n {
        let parent = tree.nodes[id].parent;
        if parent != NONE {
            cut[id] = cut[parent as usize];
        }
        if cut[id].is_none() && tree.tag(id as u32).is_some() {
            cut[id] = furniture::why(tree, id as u32).filter(|_| prose[id] < total * 0.4 || prose[id] < 20.0);
        }
    }
    let mut worth = vec![0.0f32; n];
    for p in &placed {
        if cut[p.node as usize].is_none() {
            worth[p.node as usize] += value(&p.block);
        }
    }
    sum_up(tree, &mut worth);
    let main = main(tree, &worth, &cut);
    let (start, end) = (main, tree.end(main));
    for p in &mut placed {
        p.block.cut = if p.node < start || p.node >= end { Some("outside the article") } else { cut[p.node as usize] };
    }
    scraps(&mut placed);
    placed.into_iter().map(|p| p.block).collect()
}

/// Adds each element's sum to its parent's; children come after parents, so one pass backwards does.
fn sum_up(tree: &Tree<'_>, sums: &mut [f32]) {
    for id in (1..sums.len()).rev() {
        let parent = tree.nodes[id].parent;
        if parent != NONE {
            sums[parent as usize] += sums[id];
        }
    }
}

/// What a block speaks for: its words where it is prose, a little against where it is a link or a scrap.
fn value(block: &Block) -> f32 {
    let words = block.words() as f32;
    let links = block.link_share();
    if block.role == Role::Caption {
        return 0.0;
    }
    if links > 0.5 {
        return -(3.0 + words * 0.3);
    }
    if block.role == Role::Heading {
        return 0.0;
    }
    let sentence = block.ends_sentence();
    if words >= 20.0 && sentence {
        words * (1.0 - links)
    } else if words >= 8.0 && (sentence || words > 25.0) {
        words * 0.5 * (1.0 - links)
    } else if sentence && words >= 3.0 {
        0.0
    } else {
        -1.0
    }
}

/// The element that holds the article.
fn main(tree: &Tree<'_>, worth: &[f32], cut: &[Option<&'static str>]) -> u32 {
    let best =
        (0..worth.len()).filter(|i| cut[*i].is_none() && tree.tag(*i as u32).is_some()).map(|i| worth[i]).fold(0.0, f32::max);
    let mut chosen = ROOT;
    let mut most = f32::MIN;
    for id in 0..worth.len() {
        if cut[id].is_some() || worth[id] < best * 0.3 {
            continue;
        }
        let Some(tag) = tree.tag(id as u32) else { continue };
        if matches!(tag, "p" | "li" | "span" | "td" | "a") && worth[id] < best * 0.8 {
            continue;
        }
        let mark = furniture::article_mark(tree, id as u32);
        let score = worth[id] * (1.0 + 0.4 * mark);
        // A deeper element wins when it holds nearly all that the outer one does.
        if score >= most * 0.97 {
            chosen = id as u32;
            most = most.max(score);
        }
    }
    chosen
}

/// Runs of links and scraps inside the article.
fn scraps(placed: &mut [Placed]) {
    for p in placed.iter_mut().filter(|p| p.block.cut.is_none()) {
        let block = &p.block;
        if block.link_share() > 0.8 && !(block.ends_sentence() && block.words() > 12) && block.role != Role::Heading {
            p.block.cut = Some("link");
        }
    }
}
