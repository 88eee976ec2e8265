//! What a page's head and markup tell: headline, byline, publisher, days, address.

use serde_json::Value;

use super::entities::decode;
use super::names::{house, name_of, people};
use super::tree::{Data, Id, NONE, Tree};
use crate::dates::{self, Stamp};
use crate::{lexicon, trail};

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// Publication days with the place that tells each, the most trusted first.
    pub days: Vec<(&'static str, Stamp)>,
    /// The text that the page declares as its article, in JSON-LD.
    pub declared: Option<String>,
}

/// Reads the facts off a tree.
pub(super) fn read(tree: &Tree<'_>) -> Facts {
    let mut found = Found::default();
    for id in 0..tree.nodes.len() as Id {
        if let Data::Element { tag, .. } = &tree.nodes[id as usize].data {
            found.element(tree, id, tag);
        }
    }
    found.settle()
}

#[derive(Default)]
struct Found {
    titles: Vec<(u8, String)>,
    headings: Vec<String>,
    bylines: Vec<(u8, String)>,
    publishers: Vec<(u8, String)>,
    urls: Vec<(u8, String)>,
    days: Vec<(u8, &'static str, Stamp)>,
    language: Option<String>,
    declared: Option<String>,
}

/// Entities read, white space folded.
pub(super) fn clean(text: &str) -> String {
    decode(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Found {
    fn element(&mut self, tree: &Tree<'_>, id: Id, tag: &str) {
        match tag {
            "html" if self.language.is_none() => {
                let code = tree.attr(id, "lang").or_else(|| tree.attr(id, "xml:lang"));
                self.language = code.map(|c| c.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_lowercase());
                self.language.take_if(|c| c.len() != 2);
            }
            "title" => {
                let text = tree.text(id, 500);
                if !text.is_empty() && tree.nodes[id as usize].parent != u32::MAX {
                    self.titles.push((5, text));
                }
            }
            "meta" => self.meta(tree, id),
            "link" if tree.attr(id, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                if let Some(href) = tree.attr(id, "href") {
                    self.urls.push((1, clean(href)));
                }
            }
            "script" if tree.attr(id, "type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json")) => {
                if let Some(Data::Text(start, end)) = tree.children(id).next().map(|c| &tree.nodes[c as usize].data) {
                    let text = tree.raw[*start as usize..*end as usize].trim().trim_start_matches("<!--").trim_end_matches("-->");
                    let text =
                        text.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim().trim_end_matches(';');
                    if let Ok(value) = serde_json::from_str::<Value>(text)
                        .or_else(|_| serde_json::from_str(&text.replace(['\n', '\r', '\t'], " ")))
                    {
                        self.json(&value, 0);
                    }
                }
            }
            "h1" => {
                let text = tree.text(id, 400);
                if !text.is_empty() && self.headings.len() < 8 {
                    self.headings.push(text);
                }
            }
            "time" => {
                let stamp = tree.attr(id, "datetime").and_then(dates::parse).or_else(|| dates::parse(&tree.text(id, 80)));
                if let Some(stamp) = stamp {
                    let hint = [tree.attr(id, "itemprop"), tree.attr(id, "class"), tree.attr(id, "pubdate").map(|_| "published")];
                    let says = |w: &str| hint.iter().flatten().any(|h| h.to_ascii_lowercase().contains(w));
                    let rank = if says("modified") || says("updated") {
                        39
                    } else if says("publish") {
                        30
                    } else {
                        31
                    };
                    self.days.push((rank, "time", stamp));
                }
            }
            _ => self.marked(tree, id),
        }
    }

    /// Elements whose attributes say that they hold the byline or the day.
    fn marked(&mut self, tree: &Tree<'_>, id: Id) {
        let class = tree.attr(id, "class").unwrap_or("");
        let prop = tree.attr(id, "itemprop").unwrap_or("");
        let rel = tree.attr(id, "rel").unwrap_or("");
        if class.is_empty() && prop.is_empty() && rel.is_empty() {
            return;
        }
        let class = class.to_ascii_lowercase();
        let props = |name: &str| prop.split_ascii_whitespace().any(|p| p.eq_ignore_ascii_case(name));
        let rank = if props("author") || rel == "author" {
            3
        } else if class.split(|c: char| !c.is_alphanumeric()).any(|c| c == "byline" || c == "author") {
            5
        } else {
            0
        };
        // Who comments has a name as well.
        if rank > 0 && self.bylines.len() < 20 && !in_comments(tree, id) {
            let text = tree.text(id, 200);
            self.bylines.extend(name_of(&text).map(|n| (rank, n)));
        }
        if props("datePublished") {
            let stamp = tree.attr(id, "content").or_else(|| tree.attr(id, "datetime")).and_then(dates::parse);
            self.days.extend(stamp.or_else(|| dates::parse(&tree.text(id, 80))).map(|s| (12, "meta", s)));
        }
        let dated = ["date", "published", "timestamp", "pubdate", "posted"];
        if class.len() < 100 && dated.iter().any(|d| class.contains(d)) && self.days.len() < 60 {
            let text = tree.text(id, 120);
            if text.len() < 100 {
                self.days.extend(
                    dates::parse(&text)
                        .map(|s| (if class.contains("updat") || class.contains("modif") { 62 } else { 60 }, "text", s)),
                );
            }
        }
    }

    fn meta(&mut self, tree: &Tree<'_>, id: Id) {
        let Some(content) = tree.attr(id, "content").map(clean).filter(|c| !c.is_empty()) else { return };
        // One element may speak under several names.
        let names = ["property", "name", "itemprop"].iter().filter_map(|key| tree.attr(id, key));
        for name in names.flat_map(str::split_ascii_whitespace).take(8) {
            self.meta_named(&name.to_ascii_lowercase(), content.clone());
        }
    }

    fn meta_named(&mut self, name: &str, content: String) {
        match name {
            "og:title" => self.titles.push((2, content)),
            "twitter:title" | "dc.title" | "sailthru.title" | "parsely-title" => self.titles.push((3, content)),
            "headline" => self.titles.push((1, content)),
            "author" | "dc.creator" | "parsely-author" | "sailthru.author" | "byl" | "article:author_name" => {
                self.bylines.extend(name_of(&content).map(|n| (2, n)))
            }
            "article:author" | "dcterms.creator" | "creator" => self.bylines.extend(name_of(&content).map(|n| (4, n))),
            "og:site_name" => self.publishers.push((1, content)),
            "publisher" | "dc.publisher" | "cre" | "copyright" if content.len() < 60 => self.publishers.push((3, content)),
            "application-name" | "apple-mobile-web-app-title" => self.publishers.push((4, content)),
            "og:url" => self.urls.push((2, content)),
            "article:published_time"
            | "og:article:published_time"
            | "og:published_time"
            | "datepublished"
            | "article:published" => self.day(10, "meta", &content),
            "publish-date"
            | "publish_date"
            | "pubdate"
            | "publishdate"
            | "parsely-pub-date"
            | "sailthru.date"
            | "article.published"
            | "cxenseparse:recs:publishtime"
            | "article_date_original"
            | "originalpublicationdate"
            | "publication_date"
            | "dc.date.issued"
            | "dcterms.created"
            | "dcterms.issued"
            | "ptime"
            | "rnews:datepublished"
            | "date.created"
            | "cse-date"
            | "displaydate"
            | "timestamp"
            | "dc.date"
            | "dcterms.date"
            | "date"
            | "pdate"
            | "article:post_date"
            | "bt:pubdate"
            | "published_at"
            | "published_time"
            | "post-date"
            | "citation_publication_date" => self.day(11, "meta", &content),
            _ => {}
        }
    }

    fn day(&mut self, rank: u8, from: &'static str, text: &str) {
        self.days.extend(dates::parse(text).map(|s| (rank, from, s)));
    }

    /// An object of JSON-LD, and what lies in it.
    fn json(&mut self, value: &Value, depth: u8) {
        if depth > 8 {
            return;
        }
        match value {
            Value::Array(all) => all.iter().take(200).for_each(|v| self.json(v, depth + 1)),
            Value::Object(object) => {
                let kinds: Vec<&str> = match object.get("@type") {
                    Some(Value::String(s)) => vec![s],
                    Some(Value::Array(a)) => a.iter().filter_map(Value::as_str).collect(),
                    _ => Vec::new(),
                };
                let article = kinds.iter().any(|k| {
                    k.contains("Article")
                        || k.contains("Posting")
                        || *k == "Report"
                        || *k == "Review"
                        || *k == "ClaimReview"
                        || *k == "Recipe"
                });
                if article {
                    self.json_article(object);
                }
                for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                    if let Some(inner) = object.get(key).filter(|v| !v.is_string()) {
                        self.json(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn json_article(&mut self, object: &serde_json::Map<String, Value>) {
        let word = |key: &str| object.get(key).and_then(Value::as_str).map(clean).filter(|s| !s.is_empty());
        self.titles.extend(word("headline").map(|t| (1, t)));
        if let Some(text) = word("datePublished") {
            self.day(20, "json-ld", &text);
        } else if let Some(text) = word("dateCreated") {
            self.day(21, "json-ld", &text);
        }
        self.urls.extend(word("url").map(|u| (3, u)));
        if self.declared.as_ref().is_none_or(String::is_empty) {
            self.declared = object.get("articleBody").and_then(Value::as_str).map(|s| decode(s).into_owned());
        }
        let mut names = Vec::new();
        if let Some(author) = object.get("author").or_else(|| object.get("creator")) {
            people(author, &mut names);
        }
        if !names.is_empty() {
            self.bylines.extend(name_of(&names.join(", ")).map(|n| (1, n)));
        }
        let mut houses = Vec::new();
        if let Some(publisher) = object.get("publisher") {
            people(publisher, &mut houses);
        }
        self.publishers.extend(houses.into_iter().next().map(|p| (2, p)));
    }

    fn settle(mut self) -> Facts {
        fn best(mut all: Vec<(u8, String)>) -> Option<String> {
            all.sort_by_key(|(rank, _)| *rank);
            all.into_iter().next().map(|(_, s)| s)
        }
        self.urls.retain(|(_, u)| u.starts_with("http"));
        let url = best(self.urls);
        if let Some(stamp) = url.as_deref().and_then(day_in_url) {
            self.days.push((50, "url", stamp));
        }
        self.publishers.retain(|(_, p)| !p.starts_with(['@', '/']) && !p.starts_with("http"));
        let publisher = best(self.publishers).map(house);
        let publisher = publisher.or_else(|| url.as_deref().and_then(trail::host).map(str::to_string));
        let title = headline(self.titles, self.headings, publisher.as_deref());
        self.days.sort_by_key(|(rank, ..)| *rank);
        let days = self.days.into_iter().filter(|(rank, ..)| *rank != 39).map(|(_, from, stamp)| (from, stamp)).collect();
        Facts { title, byline: best(self.bylines), publisher, url, language: self.language, days, declared: self.declared }
    }
}

/// Whether the element belongs to the readers' comments.
fn in_comments(tree: &Tree<'_>, id: Id) -> bool {
    let mut at = id;
    for _ in 0..12 {
        let says = |key: &str| tree.attr(at, key).is_some_and(|v| v.to_ascii_lowercase().contains("comment"));
        // Themes name their whole page after whether comments are open.
        if says("id") || (says("class") && !matches!(tree.tag(at), Some("body" | "html" | "article" | "main"))) {
            return true;
        }
        at = tree.nodes[at as usize].parent;
        if at == NONE {
            break;
        }
    }
    false
}

/// A day in an address: `/2022/01/13/`, `/2022/jan/13/`, `2022-01-13`.
fn day_in_url(url: &str) -> Option<Stamp> {
    let path = url.split_once("://")?.1;
    let parts: Vec<&str> = path.split(['/', '?', '#']).skip(1).collect();
    for w in parts.windows(3) {
        let Some(year) = w[0].parse::<i16>().ok().filter(|y| w[0].len() == 4 && (1990..=2100).contains(y)) else { continue };
        let month = w[1].parse::<i8>().ok().or_else(|| dates::month(w[1]));
        let day = w[2].parse::<i8>().ok();
        if let (Some(month), Some(day)) = (month, day)
            && let Ok(date) = jiff::civil::Date::new(year, month, day)
        {
            return Some(Stamp { date, moment: None, at: (0, 0) });
        }
    }
    parts.iter().find_map(|p| {
        let at =
            p.find("20").filter(|i| p.get(*i..i + 10).is_some_and(|d| d.as_bytes()[4] == b'-' && d.as_bytes()[7] == b'-'))?;
        dates::parse(p.get(at..at + 10)?)
    })
}

/// The headline: a heading that the head's titles confirm, else the surest title without the site's name.
fn headline(mut titles: Vec<(u8, String)>, headings: Vec<String>, publisher: Option<&str>) -> Option<String> {
    titles.sort_by_key(|(rank, _)| *rank);
    let stripped: Vec<String> =
        titles.iter().map(|(rank, t)| if *rank >= 2 { without_site(t, publisher) } else { t.clone() }).collect();
    let likeness = |heading: &str| {
        let heading = lexicon::words(heading);
        stripped
            .iter()
            .map(|t| {
                let words = lexicon::words(t);
                let shared = heading.iter().filter(|w| words.contains(w)).count();
                shared as f32 / heading.len().max(1) as f32
            })
            .fold(0.0, f32::max)
    };
    let heading = headings
        .into_iter()
        .filter(|h| lexicon::words(h).len() >= 2)
        .map(|h| (likeness(&h), h))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match heading {
        Some((like, h)) if like >= 0.6 || stripped.is_empty() => Some(h),
        _ => stripped.into_iter().find(|t| !t.is_empty()),
    }
}

/// The title without the site's name before or after a bar or dash.
fn without_site(title: &str, publisher: Option<&str>) -> String {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " • "] {
        if let Some(at) = title.rfind(mark) {
            let (head, tail) = (&title[..at], &title[at + mark.len()..]);
            let named = publisher.is_some_and(|p| lexicon::words(p) == lexicon::words(tail));
            if head.split_whitespace().count() >= 3
                && (named
                    || (tail.split_whitespace().count() <= 4 && mark != " - " && mark != " – " && mark != " — ")
                    || tail.split_whitespace().count() <= 3)
            {
                return without_site(head, publisher);
            }
        }
    }
    title.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(html: &str) -> Facts {
        read(&Tree::parse(html))
    }

    #[test]
    fn json_ld_tells() {
        let f = facts(
            r#"<title>Talks end without result - Example News</title><script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Talks end without result",
            "datePublished":"2022-01-13T10:05:00+01:00","author":[{"name":"Ann Example"},{"name":"Bob Example"}],"publisher":{"name":"Example News"}}]}</script>"#,
        );
        assert_eq!(f.title.as_deref(), Some("Talks end without result"));
        assert_eq!(f.byline.as_deref(), Some("Ann Example, Bob Example"));
        assert_eq!(f.publisher.as_deref(), Some("Example News"));
        assert_eq!(f.days[0].0, "json-ld");
        assert_eq!(f.days[0].1.moment.as_deref(), Some("2022-01-13T10:05+01:00"));
    }

    #[test]
    fn the_site_is_no_part_of_the_headline() {
        let f = facts(r#"<title>Envoys meet in Geneva again | World | Example</title>"#);
        assert_eq!(f.title.as_deref(), Some("Envoys meet in Geneva again"));
    }

    #[test]
    fn the_page_names_its_language() {
        assert_eq!(facts("<!doctype html><html lang='it-IT'><body><p>Testo").language.as_deref(), Some("it"));
    }

    #[test]
    fn who_comments_did_not_write_it() {
        let f = facts(
            r#"<div class="meta"><span itemprop="author creator">Ann Example</span></div><p>Text.<div id="comments"><b itemprop="author">reader7 of Minsk</b>No."#,
        );
        assert_eq!(f.byline.as_deref(), Some("Ann Example"));
        let f = facts(r#"<p>Text.<ul class="comment-list"><li><span class="comment-author vcard">A Reader</span>"#);
        assert_eq!(f.byline, None);
    }

    #[test]
    fn an_address_is_no_publishers_name() {
        let f = facts(
            r#"<meta property="og:site_name" content="https://www.example.org"><meta name="publisher" content="Example News"><meta itemprop="datePublished dateCreated" property="article:published" content="2022-01-13T09:00:00Z">"#,
        );
        assert_eq!(f.publisher.as_deref(), Some("Example News"));
        assert_eq!(f.days[0].1.moment.as_deref(), Some("2022-01-13T09:00Z"));
    }

    #[test]
    fn addresses_tell_days() {
        assert_eq!(
            day_in_url("https://e.org/world/2022/jan/13/talks").map(|s| s.date.to_string()).as_deref(),
            Some("2022-01-13")
        );
        assert_eq!(day_in_url("https://e.org/2022/01/13/talks").map(|s| s.date.to_string()).as_deref(), Some("2022-01-13"));
        assert_eq!(day_in_url("https://e.org/2022/talks/13"), None);
    }
}
