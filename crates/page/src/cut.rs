//! What is no part of the article, and why: for plain text and HTML alike.
//!
//! Lines that people know as furniture come from the lexicon; the rest is told by form and place: the headline said again,
//! teasers after a "more like this", pictures' names, strings without words.

use crate::block::{Block, Role, ends_sentence};
use crate::lexicon::{BOILERPLATE, words};

/// Marks what is to be cut, in `blocks` that are not cut yet.
pub(crate) fn mark(blocks: &mut [Block], title: Option<&str>, plain: bool) {
    let title = title.map(words).filter(|t| !t.is_empty());
    let mut first = true;
    for block in blocks.iter_mut().filter(|b| b.cut.is_none()) {
        let line = words(&block.text);
        let figures = block.role != Role::Cell && line.len() <= 2 && !block.text.contains(char::is_alphabetic);
        block.cut = if line.is_empty() || figures {
            Some("no words")
        } else if wordless(&block.text) {
            Some("no words, one endless string")
        } else if title.as_ref().is_some_and(|t| same_headline(t, &line)) {
            Some("repeated headline")
        } else {
            None
        };
        if block.cut.is_none() {
            block.cut = furniture(block, first);
            first &= block.cut.is_some();
        }
    }
    boxes(blocks);
    tail(blocks, plain);
    press_note(blocks);
    lonely_headings(blocks);
}

/// What a press release says of its house at the end: a heading "About …" and what stands under it.
fn press_note(blocks: &mut [Block]) {
    let total: usize = blocks.iter().filter(|b| b.cut.is_none()).map(Block::words).sum();
    let mut after = 0;
    for i in (0..blocks.len()).rev().filter(|i| blocks[*i].cut.is_none()).collect::<Vec<_>>() {
        let line = &blocks[i];
        let heads = (2..=6).contains(&line.words())
            && line.text.get(..6).is_some_and(|t| t.eq_ignore_ascii_case("about "))
            && !ends_sentence(&line.text);
        if heads && after > 0 && after * 5 < total * 2 {
            for block in blocks[i..].iter_mut().filter(|b| b.cut.is_none()) {
                block.cut = Some("note about the publisher");
            }
            return;
        }
        after += blocks[i].words();
    }
}

/// A line that the lexicon knows. The body's first sentences are never taken for agency lines and the like.
fn furniture(block: &Block, _first: bool) -> Option<&'static str> {
    let byline = || {
        (block.words() <= 16 && !block.ends_sentence() && crate::html::byline(&block.text).is_some())
            .then_some("byline or date line")
    };
    BOILERPLATE
        .find(&block.text)
        .map(|g| g.why)
        .or_else(byline)
        .or_else(|| only_a_day(&block.text))
        .or_else(|| picture(&block.text))
        .or_else(|| source_line(block))
}

/// A picture's line, which names its source in brackets: `Envoys in Geneva (Image: Example Agency)`.
fn picture(text: &str) -> Option<&'static str> {
    let (head, credit) = text.trim_end_matches('.').strip_suffix(')')?.rsplit_once('(')?;
    let source = ["image", "photo", "picture", "pic:", "credit", "file photo", "screenshot", "source:", "courtesy"];
    let credit = credit.to_ascii_lowercase();
    (head.split_whitespace().count() <= 40 && source.iter().any(|s| credit.starts_with(s))).then_some("picture caption")
}

/// `Source: Example Agency`; a colon, since "Sources said no" is news.
fn source_line(block: &Block) -> Option<&'static str> {
    let (head, name) = block.text.split_once(':')?;
    let head =
        matches!(head.trim().to_ascii_lowercase().as_str(), "source" | "sources" | "via" | "news source" | "original source");
    (head && !name.trim().is_empty() && block.words() <= 10 && !block.text.ends_with('.')).then_some("link to the source")
}

/// A line that holds a day and little else.
fn only_a_day(text: &str) -> Option<&'static str> {
    let stamp = crate::dates::parse(text).filter(|_| text.len() < 80)?;
    let beside = text.len() - (stamp.at.1 - stamp.at.0);
    let says = ["published", "updated", "posted", "created", "modified", "last updated", "first published"];
    let said = says.iter().any(|s| text.get(..s.len()).is_some_and(|head| head.eq_ignore_ascii_case(s)));
    (beside <= 24 || said).then_some("byline or date line")
}

/// Text in which no word ends: one endless string is nothing to read.
fn wordless(text: &str) -> bool {
    text.len() > 400 && text.split_whitespace().map(str::len).max().unwrap_or(0) * 2 > text.len() && text.is_ascii()
}

/// The headline again, whole, or with a site's name after it.
fn same_headline(title: &[String], line: &[String]) -> bool {
    line == title
        || (title.len() >= 4
            && line.len() >= 4
            && line.len().abs_diff(title.len()) <= 4
            && (line.starts_with(title) || title.starts_with(line)))
}

/// Short lines after one that opens a box go with it.
fn boxes(blocks: &mut [Block]) {
    for i in 0..blocks.len() {
        let Some(why) = blocks[i].cut else { continue };
        let opens = BOILERPLATE.groups.iter().any(|g| g.why == why && g.opens_box);
        if !opens {
            continue;
        }
        for block in blocks.iter_mut().skip(i + 1).take(3) {
            if block.cut.is_none() && block.words() <= 6 && !block.ends_sentence() {
                block.cut = Some(why);
            } else {
                break;
            }
        }
    }
}

/// What follows a line such as "More like this", as long as it looks like teasers.
///
/// Boxes of that name also stand in the middle of articles. Markup shows which lines are links; plain text does not, and there only
/// what stands at the end of the page goes.
fn tail(blocks: &mut [Block], plain: bool) {
    let opens = |b: &Block| b.cut.is_some_and(|why| BOILERPLATE.groups.iter().any(|g| g.why == why && g.tail));
    let sentence = |b: &Block| b.ends_sentence() && !cut_short(&b.text) && b.link_share() < 0.5;
    let total: usize = blocks.iter().filter(|b| b.cut.is_none()).map(Block::words).sum();
    let (mut before, mut why) = (0, None);
    for i in 0..blocks.len() {
        if blocks[i].cut.is_some() {
            if opens(&blocks[i]) && (!plain || before * 3 >= total) {
                why = blocks[i].cut;
            }
            continue;
        }
        before += blocks[i].words();
        if why.is_none() {
            continue;
        }
        let ahead = blocks[i..].iter().filter(|b| b.cut.is_none()).take(4);
        let listed = !plain && blocks[i].role == Role::Item && blocks[i].words() < 25;
        let goes_on = if listed {
            false
        } else if plain {
            ahead.filter(|b| sentence(b) && b.words() >= 30).count() >= 2
        } else {
            let heads = blocks[i].role == Role::Heading && ahead.skip(1).take(1).any(|b| sentence(b) && b.words() >= 20);
            heads || (sentence(&blocks[i]) && blocks[i].words() >= 8)
        };
        if goes_on {
            why = None;
        }
        blocks[i].cut = why;
    }
}

/// A teaser's text, broken off with dots.
pub(crate) fn cut_short(text: &str) -> bool {
    let text = text.trim_end_matches([']', ')', ' ']);
    text.ends_with("...") || text.ends_with('…') || text.ends_with("[&hellip;")
}

/// Headings at the end, with nothing under them.
fn lonely_headings(blocks: &mut [Block]) {
    for block in blocks.iter_mut().rev() {
        if block.cut.is_some() {
            continue;
        }
        if block.role == Role::Heading && !ends_sentence(&block.text) {
            block.cut = Some("heading with nothing under it");
        } else {
            break;
        }
    }
}
