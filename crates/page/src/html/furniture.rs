//! Which elements of a page are furniture, told by their tag, role and the words of their class and id
//! (`lexicon/furniture.toml`).

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::tree::{Id, Tree};

/// A reason to leave an element out, with the largest part of a page's prose for which it is believed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reason {
    pub why: &'static str,
    pub most: f32,
}

const fn reason(why: &'static str, most: f32) -> Option<Reason> {
    Some(Reason { why, most })
}

/// Why an element is no part of an article; `None` where its name tells nothing.
pub(super) fn why(tree: &Tree<'_>, id: Id) -> Option<Reason> {
    let tag = tree.tag(id)?;
    match tag {
        "nav" | "menu" => return reason("navigation", 0.7),
        "footer" => return reason("page footer", 0.7),
        "aside" => return reason("side matter", 0.4),
        "figcaption" => return reason("picture caption", 0.4),
        "form" | "fieldset" | "label" => return reason("form", 0.4),
        "dialog" => return reason("pop-up", 0.7),
        "html" | "body" | "main" => return None,
        _ => {}
    }
    if tree.attr(id, "hidden").is_some() {
        return reason("hidden", 0.7);
    }
    if let Some(style) = tree.attr(id, "style").filter(|s| s.len() < 2000) {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        if style.contains("display:none") || style.contains("visibility:hidden") {
            return reason("hidden", 0.7);
        }
    }
    match tree.attr(id, "role").unwrap_or("") {
        "navigation" | "menu" | "menubar" | "toolbar" | "tablist" => return reason("navigation", 0.7),
        "complementary" => return reason("side matter", 0.4),
        "contentinfo" => return reason("page footer", 0.7),
        "search" | "form" => return reason("form", 0.4),
        "dialog" | "alert" | "alertdialog" | "tooltip" => return reason("pop-up", 0.7),
        _ => {}
    }
    ["class", "id", "data-component", "data-module"].into_iter().filter_map(|a| tree.attr(id, a)).find_map(|n| NAMES.read(n))
}

/// Whether an element stands in a line of text.
pub(super) fn in_line(tree: &Tree<'_>, id: Id) -> bool {
    matches!(
        tree.tag(id),
        Some("span" | "a" | "other" | "ins" | "small" | "b" | "i" | "em" | "strong" | "cite" | "time" | "address")
    )
}

/// Whether an element inside a line is furniture: a box shown on hovering, a button.
pub(super) fn aside_in_line(tree: &Tree<'_>, id: Id) -> bool {
    let says = |id: Id| in_line(tree, id) && why(tree, id).is_some_and(|r| matches!(r.why, "hidden" | "pop-up"));
    // Of nested ones the innermost is the box, and what is around it the word that one hovers over.
    says(id) && (id + 1..tree.end(id)).take(60).all(|inner| !says(inner) || tree.tag(inner).is_none())
}

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::load(include_str!("../../lexicon/furniture.toml")).unwrap_or_default());

#[derive(Deserialize)]
struct Entry {
    most: f32,
    words: String,
}

/// The words of the sheet.
#[derive(Default)]
struct Names {
    single: HashMap<String, Reason>,
    pairs: HashMap<(String, String), Reason>,
}

impl Names {
    fn load(sheet: &str) -> Result<Names, String> {
        let sheet: BTreeMap<String, Entry> = toml::from_str(sheet).map_err(|e| format!("furniture.toml: {e}"))?;
        let mut names = Names::default();
        for (why, entry) in sheet {
            // Reasons are few and live as long as the program.
            let why = Reason { why: Box::leak(why.into_boxed_str()), most: entry.most };
            for word in entry.words.split_whitespace() {
                match word.split_once('+') {
                    Some((a, b)) => names.pairs.insert((a.to_string(), b.to_string()), why).map(|_| ()),
                    None => names.single.insert(word.to_string(), why).map(|_| ()),
                };
            }
        }
        Ok(names)
    }

    /// What a class or id says, name by name.
    fn read(&self, names: &str) -> Option<Reason> {
        names.split_whitespace().take(12).filter(|n| n.len() < 80).find_map(|n| self.name(n))
    }

    /// What one name says, part by part: `story-share-bar` is a share bar.
    fn name(&self, name: &str) -> Option<Reason> {
        // Said of a whole page or article, not of the element: `comments-open`, `social-embed`, `has-sidebar`.
        const STATES: [&str; 10] = ["open", "closed", "on", "off", "enabled", "disabled", "count", "active", "embed", "embedded"];
        const DENIALS: [&str; 9] = ["no", "has", "with", "without", "hide", "not", "is", "js", "disable"];
        // Hidden on some screens only.
        const VIEWS: [&str; 11] = ["xs", "sm", "md", "lg", "xl", "mobile", "phone", "tablet", "desktop", "print", "small"];
        let mut found: Option<Reason> = None;
        let mut before = String::new();
        let mut part = String::new();
        let mut lower = false;
        for c in name.chars().chain(['-']) {
            if (!c.is_alphanumeric() || (lower && c.is_uppercase())) && !part.is_empty() {
                if STATES.contains(&part.as_str()) || (VIEWS.contains(&part.as_str()) && found.is_some_and(|r| r.why == "hidden"))
                {
                    return None;
                }
                if !DENIALS.contains(&before.as_str()) && found.is_none() {
                    found = self.single.get(&part).copied();
                }
                let pair = (std::mem::take(&mut before), std::mem::take(&mut part));
                found = found.or_else(|| self.pairs.get(&pair).copied());
                before = pair.1;
            }
            lower = c.is_lowercase() || c.is_ascii_digit();
            if c.is_alphanumeric() {
                part.extend(c.to_lowercase());
            }
        }
        found
    }
}

/// Whether a class or id says that the element holds the article's text; stronger the surer.
pub(super) fn article_mark(tree: &Tree<'_>, id: Id) -> f32 {
    if tree.attr(id, "itemprop").is_some_and(|p| p.split_whitespace().any(|p| p.eq_ignore_ascii_case("articleBody"))) {
        return 1.0;
    }
    let tag = tree.tag(id).unwrap_or("");
    if matches!(tag, "html" | "body") {
        return 0.0;
    }
    for names in ["class", "id", "data-component"].into_iter().filter_map(|a| tree.attr(id, a)).filter(|n| n.len() < 400) {
        const BODY: [&str; 22] = [
            "articlebody",
            "articlecontent",
            "articletext",
            "entrycontent",
            "postcontent",
            "postbody",
            "storybody",
            "storycontent",
            "storytext",
            "articlebodycontent",
            "maincontent",
            "newscontent",
            "newsbody",
            "newstext",
            "contentbody",
            "bodycontent",
            "pagecontent",
            "singlecontent",
            "fulltext",
            "bodycopy",
            "bodytext",
            "tdpostcontent",
        ];
        let squeezed = |n: &str| n.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        if names.split_whitespace().map(squeezed).any(|n| BODY.iter().any(|b| n.ends_with(b) || n.starts_with(b))) {
            return 0.8;
        }
    }
    match tag {
        "article" => 0.5,
        _ if tag == "main" || tree.attr(id, "role") == Some("main") => 0.3,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(name: &str) -> Option<&'static str> {
        NAMES.read(name).map(|r| r.why)
    }

    #[test]
    fn names_are_taken_apart() {
        assert!(Names::load(include_str!("../../lexicon/furniture.toml")).is_ok());
        assert_eq!(why("story-shareBar"), Some("share bar"));
        assert_eq!(why("td_author_box x"), Some("byline or date line"));
        assert_eq!(why("jp-relatedposts"), Some("more like this"));
    }

    #[test]
    fn names_that_speak_of_something_else() {
        for name in
            ["has-sidebar", "comments-open", "no-ads", "social-media-embed", "shareholder", "header-adjacent", "hidden-xs"]
        {
            assert_eq!(why(name), None, "{name}");
        }
    }
}
