//! Markup to a tree whose texts know their place in the page.
//!
//! A reader of our own, since none of the parsers at hand keeps byte positions, and all of them slow down with the square
//! of the nesting depth. It follows the standard where pages need it (implied ends, void elements, raw text) and bounds depth and
//! size. It does not rebuild formatting elements across blocks; nothing here needs them.

use super::build::build;

/// An element's or a text's number.
pub(super) type Id = u32;
pub(super) const NONE: Id = u32::MAX;
pub(super) const ROOT: Id = 0;

/// A page's tree.
pub(super) struct Tree<'a> {
    pub raw: &'a str,
    pub nodes: Vec<Node<'a>>,
    /// What was beyond bounds, for a note.
    pub odd: Option<&'static str>,
}

pub(super) struct Node<'a> {
    pub parent: Id,
    pub first: Id,
    pub next: Id,
    pub last: Id,
    pub data: Data<'a>,
}

pub(super) enum Data<'a> {
    /// Bytes of the page.
    Text(u32, u32),
    Element {
        tag: &'static str,
        attrs: Vec<(&'a str, &'a str)>,
    },
}

impl<'a> Tree<'a> {
    pub(super) fn parse(raw: &'a str) -> Tree<'a> {
        build(raw)
    }

    /// Whether there is any markup.
    pub(super) fn has_elements(&self) -> bool {
        self.nodes.iter().skip(1).any(|n| matches!(n.data, Data::Element { .. }))
    }

    pub(super) fn tag(&self, id: Id) -> Option<&'static str> {
        match &self.nodes[id as usize].data {
            Data::Element { tag, .. } => Some(tag),
            Data::Text(..) => None,
        }
    }

    /// An attribute as it stands in the page.
    pub(super) fn attr(&self, id: Id, name: &str) -> Option<&'a str> {
        match &self.nodes[id as usize].data {
            Data::Element { attrs, .. } => attrs.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| *v),
            Data::Text(..) => None,
        }
    }

    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let mut next = self.nodes[id as usize].first;
        std::iter::from_fn(move || {
            let at = next;
            if at == NONE {
                return None;
            }
            next = self.nodes[at as usize].next;
            Some(at)
        })
    }

    /// The text under a node, folded, at most `limit` bytes of it.
    pub(super) fn text(&self, id: Id, limit: usize) -> String {
        let mut out = String::new();
        // Nodes are numbered in the order of the page, so what lies under one is a run of numbers.
        let end = self.end(id);
        for node in &self.nodes[id as usize..end as usize] {
            if let Data::Text(start, end) = node.data {
                out.push_str(&super::entities::decode(&self.raw[start as usize..end as usize]));
            } else if !out.ends_with(' ') {
                out.push(' ');
            }
            if out.len() > limit {
                break;
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// One past the last node under `id`.
    pub(super) fn end(&self, id: Id) -> Id {
        let mut at = id;
        while self.nodes[at as usize].last != NONE {
            at = self.nodes[at as usize].last;
        }
        at + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree in brackets.
    fn show(tree: &Tree<'_>, id: Id) -> String {
        match tree.nodes[id as usize].data {
            Data::Text(start, end) => tree.raw[start as usize..end as usize].to_string(),
            Data::Element { tag, .. } => {
                let inner: String = tree.children(id).map(|c| show(tree, c)).collect();
                format!("{tag}({inner})")
            }
        }
    }

    fn parse(raw: &str) -> String {
        show(&Tree::parse(raw), ROOT)
    }

    #[test]
    fn implied_ends() {
        assert_eq!(parse("<p>a<p>b<div>c</div>"), "html(p(a)p(b)div(c))");
        assert_eq!(parse("<ul><li>a<li>b<ul><li>c</ul></ul>d"), "html(ul(li(a)li(bul(li(c))))d)");
        assert_eq!(parse("<table><tr><td>a<td>b<tr><td>c</table>d"), "html(table(tr(td(a)td(b))tr(td(c)))d)");
        assert_eq!(parse("<head><title>t</title><p>a"), "html(head(title(t))p(a))");
    }

    #[test]
    fn what_is_no_tag_is_text() {
        assert_eq!(parse("a < b </ 3 <3</>"), "html(a < b </ 3 <3)");
        assert_eq!(parse("<!-- x --><script>if (a<b) '</p>'</script>y"), "html(script(if (a<b) '</p>')y)");
    }

    #[test]
    fn stray_and_crossed_ends() {
        assert_eq!(parse("<div>a</span></b>b</div>c"), "html(div(ab)c)");
        assert_eq!(parse("<a><div>x</a>y</div>z"), "html(a(div(xy))z)");
        assert_eq!(parse("<div><table><tr><td></div>x</table>y</div>"), "html(div(table(tr(td(x)))y))");
    }

    #[test]
    fn depth_is_bounded() {
        let raw = "<div>".repeat(20_000) + "x" + &"</div>".repeat(20_000) + "<p>y";
        let tree = Tree::parse(&raw);
        assert!(tree.odd.is_some());
        assert_eq!(tree.tag(tree.nodes[tree.nodes.len() - 1].parent), Some("p"));
        assert_eq!(tree.nodes[tree.nodes.len() - 2].parent, ROOT);
    }

    #[test]
    fn attributes_in_every_form() {
        let tree = Tree::parse("<p class=a id='b c' hidden data-x=\"1>2\"title=t>x");
        let p = tree.children(ROOT).next().unwrap();
        assert_eq!(tree.attr(p, "class"), Some("a"));
        assert_eq!(tree.attr(p, "ID"), Some("b c"));
        assert_eq!(tree.attr(p, "hidden"), Some(""));
        assert_eq!(tree.attr(p, "data-x"), Some("1>2"));
    }
}
