//! Building a tree: tags read one after the other, ends that are implied, crossed or missing put right.

use super::tags::{block, ends_paragraph, intern, scope, void};
use super::tree::{Data, Id, NONE, Node, ROOT, Tree};

/// How deep elements may nest; deeper ones stay at this depth.
const DEPTH: usize = 400;
/// The most nodes of one page.
const NODES: usize = 1_500_000;

/// The tree of a page.
pub(super) fn build(raw: &str) -> Tree<'_> {
    let root = Node { parent: NONE, first: NONE, next: NONE, last: NONE, data: Data::Element { tag: "html", attrs: Vec::new() } };
    let mut builder = Builder { tree: Tree { raw, nodes: vec![root], odd: None }, stack: vec![(ROOT, "html")], over: 0 };
    builder.run();
    builder.tree
}

struct Builder<'a> {
    tree: Tree<'a>,
    stack: Vec<(Id, &'static str)>,
    /// How many elements are open beyond the bound.
    over: usize,
}

impl<'a> Builder<'a> {
    fn run(&mut self) {
        let raw = self.tree.raw;
        let mut at = 0;
        while at < raw.len() {
            if self.tree.nodes.len() > NODES {
                self.tree.odd = Some("more elements than a page can have; the rest was left out");
                return;
            }
            let text_end = raw[at..].find('<').map_or(raw.len(), |i| at + i);
            if text_end > at {
                self.text(at, text_end);
                at = text_end;
                continue;
            }
            let rest = &raw[at + 1..];
            at = match rest.as_bytes().first() {
                Some(c) if c.is_ascii_alphabetic() => self.open(at + 1),
                Some(b'/') if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    let name_end = name_end(raw, at + 2);
                    self.close(intern(&raw[at + 2..name_end]));
                    raw[name_end..].find('>').map_or(raw.len(), |i| name_end + i + 1)
                }
                Some(b'!') if rest.starts_with("!--") => {
                    rest.get(3..).and_then(|r| r.find("-->")).map_or(raw.len(), |i| at + 4 + i + 3)
                }
                Some(b'/') if rest[1..].starts_with('>') => at + 3,
                Some(b'!' | b'?') => rest.find('>').map_or(raw.len(), |i| at + 1 + i + 1),
                _ => {
                    self.text(at, at + 1);
                    at + 1
                }
            };
        }
    }

    fn add(&mut self, data: Data<'a>) -> Id {
        let parent = self.stack.last().map_or(ROOT, |s| s.0);
        let id = self.tree.nodes.len() as Id;
        self.tree.nodes.push(Node { parent, first: NONE, next: NONE, last: NONE, data });
        let last = self.tree.nodes[parent as usize].last;
        if last == NONE {
            self.tree.nodes[parent as usize].first = id;
        } else {
            self.tree.nodes[last as usize].next = id;
        }
        self.tree.nodes[parent as usize].last = id;
        id
    }

    fn text(&mut self, start: usize, end: usize) {
        // A `<` that opens nothing goes on the text before it.
        let parent = self.stack.last().map_or(ROOT, |s| s.0);
        let last = self.tree.nodes[parent as usize].last;
        if last != NONE
            && let Data::Text(_, before) = &mut self.tree.nodes[last as usize].data
            && *before as usize == start
        {
            *before = end as u32;
            return;
        }
        self.add(Data::Text(start as u32, end as u32));
    }

    /// Reads the start tag whose name begins at `at`; gives where the page goes on.
    fn open(&mut self, at: usize) -> usize {
        let raw = self.tree.raw;
        let name_end = name_end(raw, at);
        let tag = intern(&raw[at..name_end]);
        let (attrs, mut end, closed) = attributes(raw, name_end);
        if matches!(tag, "html" | "body") && self.stack.iter().any(|(_, t)| *t == tag) {
            // The page itself is open from the beginning; what its tag says of it (its language) is kept.
            if let Data::Element { tag: "html", attrs: own } = &mut self.tree.nodes[ROOT as usize].data
                && tag == "html"
                && own.is_empty()
            {
                *own = attrs;
            }
            return end;
        }
        self.imply(tag);
        let id = self.add(Data::Element { tag, attrs });
        if void(tag) || (closed && (tag == "other" || self.stack.iter().any(|(_, t)| *t == "svg"))) {
            return end;
        }
        if matches!(tag, "script" | "style" | "textarea" | "title" | "iframe" | "noembed" | "noframes") {
            let close = find_close(raw, end, tag);
            if close > end {
                self.stack.push((id, tag));
                self.text(end, close);
                self.stack.pop();
            }
            end = raw[close..].find('>').map_or(raw.len(), |i| close + i + 1);
            return end;
        }
        if self.stack.len() >= DEPTH {
            self.over += 1;
            self.tree.odd = Some("elements nested deeper than any page needs; the deepest were flattened");
        } else {
            self.stack.push((id, tag));
        }
        end
    }

    /// Ends what the start of `tag` ends without saying.
    fn imply(&mut self, tag: &'static str) {
        if self.over > 0 {
            return;
        }
        const HEAD: [&str; 9] = ["meta", "link", "title", "script", "style", "base", "noscript", "template", "head"];
        if self.stack.last().is_some_and(|(_, t)| *t == "head") && !HEAD.contains(&tag) {
            self.stack.pop();
        }
        if ends_paragraph(tag) {
            self.end_open("p", scope);
        }
        match tag {
            "li" => self.end_open("li", |t| matches!(t, "ul" | "ol" | "menu") || scope(t)),
            "dd" | "dt" => {
                self.end_open("dd", |t| t == "dl" || scope(t));
                self.end_open("dt", |t| t == "dl" || scope(t));
            }
            "option" => self.end_open("option", |t| t == "select" || scope(t)),
            "td" | "th" => {
                self.end_open("td", |t| matches!(t, "table" | "tr" | "template"));
                self.end_open("th", |t| matches!(t, "table" | "tr" | "template"));
            }
            "tr" => self.end_open("tr", |t| matches!(t, "table" | "template")),
            "tbody" | "thead" | "tfoot" => {
                for part in ["tbody", "thead", "tfoot"] {
                    self.end_open(part, |t| matches!(t, "table" | "template"));
                }
            }
            "a" => self.end_open("a", |t| block(t) || scope(t)),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
                if self.stack.last().is_some_and(|(_, t)| matches!(*t, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")) =>
            {
                self.stack.pop();
            }
            _ => {}
        }
    }

    /// Closes the nearest open `tag`, unless an element at which `stop` holds lies between.
    fn end_open(&mut self, tag: &str, stop: impl Fn(&str) -> bool) {
        for i in (1..self.stack.len()).rev() {
            if self.stack[i].1 == tag {
                self.stack.truncate(i);
                return;
            }
            if stop(self.stack[i].1) {
                return;
            }
        }
    }

    fn close(&mut self, tag: &'static str) {
        if self.over > 0 {
            self.over -= 1;
            return;
        }
        if matches!(tag, "html" | "body") {
            return;
        }
        let is_block = block(tag);
        for i in (1..self.stack.len()).rev() {
            let (_, open) = self.stack[i];
            if open == tag {
                if is_block || self.stack[i + 1..].iter().all(|(_, t)| !block(t)) {
                    self.stack.truncate(i);
                } else {
                    // `<a><div></a>`: the link ends, the block goes on.
                    self.stack.remove(i);
                }
                return;
            }
            if scope(open) && !(matches!(tag, "table" | "tr" | "tbody" | "thead" | "tfoot") && open != "table") {
                return;
            }
        }
    }
}

fn name_end(raw: &str, at: usize) -> usize {
    raw[at..].find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<')).map_or(raw.len(), |i| at + i)
}

/// The attributes after a tag's name, where the tag ends, and whether it closes itself.
fn attributes(raw: &str, mut at: usize) -> (Vec<(&str, &str)>, usize, bool) {
    const MOST: usize = 100;
    let bytes = raw.as_bytes();
    let mut attrs = Vec::new();
    let mut slash = false;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return (attrs, at + 1, slash),
            b'/' => {
                slash = true;
                at += 1;
            }
            c if c.is_ascii_whitespace() => at += 1,
            // A forgotten `>`: the next tag begins.
            b'<' => return (attrs, at, slash),
            _ => {
                slash = false;
                let name_end = raw[at..]
                    .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))
                    .map_or(raw.len(), |i| at + i);
                let name_end = if name_end == at { at + 1 } else { name_end };
                let name = raw.get(at..name_end).unwrap_or("");
                at = name_end;
                let mut value = "";
                let mut look = at;
                while look < bytes.len() && bytes[look].is_ascii_whitespace() {
                    look += 1;
                }
                if look < bytes.len() && bytes[look] == b'=' {
                    at = look + 1;
                    while at < bytes.len() && bytes[at].is_ascii_whitespace() {
                        at += 1;
                    }
                    match bytes.get(at) {
                        Some(quote @ (b'"' | b'\'')) => {
                            let end = raw[at + 1..].find(char::from(*quote)).map_or(raw.len(), |i| at + 1 + i);
                            value = &raw[at + 1..end];
                            at = (end + 1).min(raw.len());
                        }
                        Some(_) => {
                            let end = raw[at..].find(|c: char| c.is_ascii_whitespace() || c == '>').map_or(raw.len(), |i| at + i);
                            value = &raw[at..end];
                            at = end;
                        }
                        None => {}
                    }
                }
                if attrs.len() < MOST {
                    attrs.push((name, value));
                }
            }
        }
    }
    (attrs, raw.len(), slash)
}

/// Where the end tag of a raw-text element begins.
fn find_close(raw: &str, from: usize, tag: &str) -> usize {
    let bytes = raw.as_bytes();
    let mut at = from;
    while let Some(i) = raw[at..].find("</") {
        let name = at + i + 2;
        let end = name + tag.len();
        if end <= bytes.len() && bytes[name..end].eq_ignore_ascii_case(tag.as_bytes()) {
            return at + i;
        }
        at = name;
    }
    raw.len()
}
