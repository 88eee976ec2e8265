//! Which part of a page is the article.
//!
//! A paragraph speaks for the element it stands in, and less for those farther out: the paragraphs of an article stand
//! side by side, while every teaser has a box of its own. Links speak against. The element for which most is said is the
//! core; beside it, elements that read like it belong to it as well, since advertisements often tear an article into parts.
//! Furniture (see `furniture.rs`) says nothing, unless most of the page's prose stands in it.

use super::collect::{self, Placed};
use super::declared;
use super::facts::Facts;
use super::furniture;
use super::tree::{Id, NONE, ROOT, Tree};
use crate::block::{Block, Role};
use crate::lexicon;

/// How much a paragraph speaks for its own element, the next one out, and so on.
const SPEAKS: [f32; 5] = [1.0, 0.7, 0.35, 0.2, 0.1];

/// The blocks of the page; all outside the article are cut.
pub(super) fn article(tree: &Tree<'_>, facts: &Facts) -> Vec<Block> {
    let mut placed = collect::blocks(tree);
    let n = tree.nodes.len();
    let mut prose = vec![0.0f32; n];
    for p in &placed {
        prose[p.node as usize] += value(&p.block).max(0.0);
    }
    sum_up(tree, &mut prose);
    let cut = furnished(tree, &prose);
    let headline = facts.title.as_deref().map(lexicon::words).unwrap_or_default();
    let headline = placed
        .iter()
        .find(|p| p.block.role == Role::Heading && !headline.is_empty() && lexicon::words(&p.block.text) == headline);
    let page = Worth::of(tree, &placed, &cut, headline.map(|p| p.node));
    let kept = page.grow(page.core());
    for p in &mut placed {
        let inside = kept.iter().any(|(start, end)| (*start..*end).contains(&p.node));
        // A line that is all caption or byline, though its element does not say so.
        let whole = p.inner.filter(|(_, n)| n * 10 >= p.block.text.len() * 9).map(|(why, _)| why);
        p.block.cut = if inside { cut[p.node as usize].or(whole) } else { Some("outside the article") };
    }
    scraps(&mut placed);
    if let Some(text) = &facts.declared {
        declared::apply(&mut placed, text);
    }
    placed.into_iter().map(|p| p.block).collect()
}

/// Furniture, told by name; what holds much of the page's prose is none, whatever its name.
fn furnished(tree: &Tree<'_>, prose: &[f32]) -> Vec<Option<&'static str>> {
    let total = prose[ROOT as usize].max(1.0);
    let mut cut: Vec<Option<&'static str>> = vec![None; prose.len()];
    for id in 0..prose.len() {
        let parent = tree.nodes[id].parent;
        if parent != NONE {
            cut[id] = cut[parent as usize];
        }
        if cut[id].is_none() && tree.tag(id as Id).is_some() {
            let article = tree.tag(id as Id) == Some("article");
            let believed = |r: &furniture::Reason| prose[id] < 20.0 || prose[id] < total * if article { 0.4 } else { r.most };
            cut[id] = furniture::why(tree, id as Id).filter(believed).map(|r| r.why);
        }
    }
    cut
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

/// What a block speaks for: its words where it is prose.
fn value(block: &Block) -> f32 {
    let words = block.words() as f32;
    let links = block.link_share();
    if matches!(block.role, Role::Caption | Role::Heading) || links > 0.5 || block.opens_with_headline() {
        return 0.0;
    }
    let sentence = block.ends_sentence();
    if words >= 20.0 && (sentence || words > 40.0) {
        words * (1.0 - links)
    } else if words >= 8.0 && (sentence || words > 20.0) {
        words * 0.5 * (1.0 - links)
    } else {
        0.0
    }
}

/// What each element of a page is worth.
struct Worth<'t, 'a> {
    tree: &'t Tree<'a>,
    cut: &'t [Option<&'static str>],
    /// How much speaks for it.
    score: Vec<f32>,
    /// All prose in it.
    prose: Vec<f32>,
    /// All text in it, in bytes, and that in links.
    text: Vec<f32>,
    linked: Vec<f32>,
    /// How many of its blocks are prose, and how many links or headings that are links.
    paragraphs: Vec<f32>,
    pointers: Vec<f32>,
    /// The headline above the text, where there is one.
    headline: Option<Id>,
    /// Whether the page holds several `article` elements.
    many: bool,
}

impl<'t, 'a> Worth<'t, 'a> {
    fn of(tree: &'t Tree<'a>, placed: &[Placed], cut: &'t [Option<&'static str>], headline: Option<Id>) -> Worth<'t, 'a> {
        let many = (0..tree.nodes.len() as Id).filter(|id| tree.tag(*id) == Some("article")).take(3).count() == 3;
        let zero = || vec![0.0f32; tree.nodes.len()];
        let mut page = Worth {
            tree,
            cut,
            score: zero(),
            prose: zero(),
            text: zero(),
            linked: zero(),
            paragraphs: zero(),
            pointers: zero(),
            headline,
            many,
        };
        for p in placed.iter().filter(|p| cut[p.node as usize].is_none()) {
            let (at, value) = (p.node as usize, value(&p.block));
            page.text[at] += p.block.text.len() as f32;
            page.linked[at] += p.block.linked as f32;
            page.prose[at] += value;
            page.paragraphs[at] += f32::from(u8::from(value > 0.0));
            page.pointers[at] += f32::from(u8::from(p.block.link_share() > 0.6));
            if value > 0.0 {
                page.speak(p.node, value);
            }
        }
        for sums in [&mut page.prose, &mut page.text, &mut page.linked, &mut page.paragraphs, &mut page.pointers] {
            sum_up(tree, sums);
        }
        page
    }

    /// Lets a paragraph of `node` speak for the elements around it.
    fn speak(&mut self, node: Id, value: f32) {
        let leaf = matches!(self.tree.tag(node), Some("p" | "li" | "blockquote" | "pre" | "td" | "dd"));
        let mut at = if leaf { self.tree.nodes[node as usize].parent } else { node };
        for share in SPEAKS {
            if at == NONE {
                break;
            }
            self.score[at as usize] += value * share;
            // Where a page holds many articles, each speaks for itself.
            if self.many && self.tree.tag(at) == Some("article") {
                break;
            }
            at = self.tree.nodes[at as usize].parent;
        }
    }

    fn link_share(&self, id: Id) -> f32 {
        self.linked[id as usize] / self.text[id as usize].max(1.0)
    }

    /// The element for which most is said.
    fn core(&self) -> Id {
        let mut best = (0.0, ROOT);
        for id in 0..self.score.len() as Id {
            if self.cut[id as usize].is_some() || self.score[id as usize] <= 0.0 {
                continue;
            }
            let mark = furniture::article_mark(self.tree, id);
            let score = self.score[id as usize] * (1.0 - self.link_share(id)) * (1.0 + 0.5 * mark) * self.near_headline(id);
            if score > best.0 {
                best = (score, id);
            }
        }
        best.1
    }

    /// More than 1 where an element holds the headline or follows it closely.
    fn near_headline(&self, id: Id) -> f32 {
        let Some(headline) = self.headline else { return 1.0 };
        let mut around = id;
        for level in 0..3 {
            if around <= headline && headline < self.tree.end(around) {
                return if id > headline || level == 0 { 1.3 - 0.1 * level as f32 } else { 1.0 };
            }
            around = self.tree.nodes[around as usize].parent;
            if around == NONE || around == ROOT {
                break;
            }
        }
        1.0
    }

    /// The core with the parts around it that read like it, as ranges of nodes.
    fn grow(&self, core: Id) -> Vec<(Id, Id)> {
        let mut kept = vec![(core, self.tree.end(core))];
        let whole = self.prose[core as usize];
        let class = self.tree.attr(core, "class").filter(|c| !c.is_empty());
        let mut at = core;
        for level in 0..4 {
            let parent = self.tree.nodes[at as usize].parent;
            if parent == NONE {
                break;
            }
            for side in self.tree.children(parent) {
                if side == at || self.cut[side as usize].is_some() || self.tree.tag(side).is_none() {
                    continue;
                }
                let alike = class.is_some() && self.tree.attr(side, "class") == class;
                let (prose, n) = (self.prose[side as usize], side as usize);
                let paragraph = level < 2 && self.tree.tag(side) == Some("p") && prose > 0.0 && self.link_share(side) < 0.3;
                let long = prose > whole * 0.2 && self.paragraphs[n] > 2.0 * self.pointers[n];
                let good = self.link_share(side) < 0.3 && (long || (alike && prose > 0.0));
                if paragraph || good {
                    kept.push((side, self.tree.end(side)));
                }
            }
            at = parent;
        }
        kept
    }
}

/// Links and scraps of markup inside the article.
fn scraps(placed: &mut [Placed]) {
    for i in 0..placed.len() {
        let block = &placed[i].block;
        if block.cut.is_some() {
            continue;
        }
        let linked = block.link_share() > 0.8 && !(block.ends_sentence() && block.words() > 12);
        // A heading that is a link is a section's where prose follows, else a teaser's.
        let heads = block.role == Role::Heading
            && (block.words() < 4
                || placed[i + 1..].iter().find(|p| p.block.cut.is_none()).is_some_and(|p| value(&p.block) >= 20.0));
        let p = &mut placed[i];
        let block = &p.block;
        if linked && !heads {
            p.block.cut = Some("link");
        } else if block.text.starts_with('<') && block.text.ends_with('>') {
            p.block.cut = Some("markup");
        }
    }
}
