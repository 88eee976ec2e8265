//! A tree to blocks: one for each paragraph-like stretch, in the order of the page.

use std::ops::Range;

use super::tags::block;
use super::tree::{Data, Id, NONE, ROOT, Tree};
use super::{entities, furniture};
use crate::block::{Block, Role};

/// A block and the element that it is the text of.
pub(super) struct Placed {
    pub node: Id,
    pub block: Block,
    /// Furniture within the line, and how many bytes of the block stand in it.
    pub inner: Option<(&'static str, usize)>,
}

/// Elements whose content is nothing to read.
pub(super) fn silent(tag: &str) -> bool {
    matches!(
        tag,
        "script"
            | "style"
            | "noscript"
            | "iframe"
            | "amp-iframe"
            | "svg"
            | "math"
            | "template"
            | "head"
            | "select"
            | "option"
            | "optgroup"
            | "textarea"
            | "input"
            | "object"
            | "embed"
            | "canvas"
            | "video"
            | "audio"
            | "map"
            | "noembed"
            | "noframes"
            | "progress"
            | "button"
            | "title"
    )
}

/// All blocks of the page.
pub(super) fn blocks(tree: &Tree<'_>) -> Vec<Placed> {
    let mut walk = Walk { tree, out: Vec::new(), open: Block::new(Role::Paragraph), node: ROOT, breaks: 0, inner: None };
    walk.element(ROOT, Place { link: false, role: Role::Paragraph, node: ROOT });
    walk.flush();
    walk.out
}

struct Walk<'t, 'a> {
    tree: &'t Tree<'a>,
    out: Vec<Placed>,
    open: Block,
    node: Id,
    /// Line breaks since the last word.
    breaks: u8,
    inner: Option<(&'static str, usize)>,
}

#[derive(Clone, Copy)]
struct Place {
    link: bool,
    role: Role,
    node: Id,
}

impl Walk<'_, '_> {
    fn element(&mut self, id: Id, place: Place) {
        let mut child = self.tree.nodes[id as usize].first;
        while child != NONE {
            let node = &self.tree.nodes[child as usize];
            match &node.data {
                Data::Text(start, end) => self.text(*start as usize..*end as usize, place),
                Data::Element { tag: "br", .. } => self.breaks = self.breaks.saturating_add(1),
                Data::Element { tag, .. } if silent(tag) => {}
                Data::Element { tag, .. } => {
                    let mut inner = place;
                    if *tag == "a" {
                        inner.link = true;
                        if self.open.href.is_none() {
                            self.open.href = self.tree.attr(child, "href").map(|h| entities::decode(h.trim()).into_owned());
                        }
                    }
                    let parts = block(tag);
                    if !parts && furniture::aside_in_line(self.tree, child) {
                        // What a page shows only on hovering is no part of the sentence around it.
                        let around = (
                            std::mem::replace(&mut self.open, Block::new(place.role)),
                            self.node,
                            self.breaks,
                            self.inner.take(),
                        );
                        self.element(child, Place { node: child, ..inner });
                        self.flush();
                        (self.open, self.node, self.breaks, self.inner) = around;
                        child = node.next;
                        continue;
                    }
                    if parts {
                        self.flush();
                        inner.node = child;
                        inner.role = match *tag {
                            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Heading,
                            "li" | "dd" | "dt" => Role::Item,
                            "td" | "th" => Role::Cell,
                            "figcaption" | "caption" => Role::Caption,
                            _ => place.role,
                        };
                    }
                    let before = self.open.text.len();
                    self.element(child, inner);
                    if parts {
                        self.flush();
                    } else if self.open.text.len() > before
                        && furniture::in_line(self.tree, child)
                        && let Some(reason) = furniture::why(self.tree, child)
                    {
                        let n = self.inner.map_or(0, |(_, n)| n) + self.open.text.len() - before;
                        self.inner = Some((reason.why, n));
                    }
                }
            }
            child = node.next;
        }
    }

    fn text(&mut self, range: Range<usize>, place: Place) {
        let raw = self.tree.raw;
        let text = &raw[range.clone()];
        if text.trim().is_empty() {
            if !text.is_empty() {
                self.open.made(" ", range);
            }
            return;
        }
        if self.breaks > 0 {
            // Two breaks part paragraphs; one does where a sentence ended.
            if self.breaks > 1 || self.open.ends_sentence() {
                self.flush();
            } else {
                self.open.made(" ", range.start..range.start);
            }
            self.breaks = 0;
        }
        let before = self.open.text.len();
        let mut at = range.start;
        while at < range.end {
            let stop = raw[at..range.end].find('&').map_or(range.end, |i| at + i);
            if stop > at {
                self.open.push(raw, at..stop);
                at = stop;
                continue;
            }
            match entities::reference(&raw[at..range.end]) {
                Some((c, len)) => {
                    if c.is_whitespace() {
                        self.open.made(" ", at..at + len);
                    } else if !matches!(c, '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}') {
                        self.open.made(c.encode_utf8(&mut [0; 4]), at..at + len);
                    }
                    at += len;
                }
                None => {
                    self.open.push(raw, at..at + 1);
                    at += 1;
                }
            }
        }
        if place.link {
            if self.open.linked == before {
                self.open.head_linked = self.open.text.len();
            }
            self.open.linked += self.open.text.len().saturating_sub(before);
        }
        self.node = place.node;
        self.open.role = place.role;
    }

    fn flush(&mut self) {
        self.breaks = 0;
        let mut block = std::mem::replace(&mut self.open, Block::new(Role::Paragraph));
        block.finish();
        let inner = self.inner.take();
        if !block.text.is_empty() {
            self.out.push(Placed { node: self.node, block, inner });
        }
    }
}
