//! RSS and Atom: a page for each entry, with its full content where the feed has it, else its summary.
//!
//! A small reader of our own: feeds in the wild are often not well-formed XML, and what is not declared as an entity here
//! is never expanded, so that no feed can grow by its entities.

use std::io::Read;

use text::{Note, hash128};

use super::Source;
use crate::html::decode;
use crate::{Error, ErrorKind, Given, Kind, Page, charset, dates};

/// Whether a text, in lower case, begins as a feed does.
pub(super) fn looks_like_feed(head: &str) -> bool {
    let at = |tag: &str| head.find(tag).filter(|i| head[i + tag.len()..].starts_with(|c: char| c.is_whitespace() || c == '>'));
    let feed = ["<rss", "<feed", "<rdf:rdf"].iter().filter_map(|t| at(t)).min();
    feed.is_some_and(|i| at("<html").is_none_or(|h| i < h) && !head[..i].contains("<body"))
}

/// The entries of a feed.
pub(super) fn pages(source: &Source, input: impl Read) -> Vec<Result<Page, Error>> {
    let limit = source.options.limits.page_bytes;
    let mut bytes = Vec::new();
    let mut notes = Vec::new();
    if let Err(error) = input.take(limit as u64).read_to_end(&mut bytes)
        && bytes.is_empty()
    {
        return vec![Err(Error::io(source.name.clone(), error))];
    }
    if bytes.len() == limit {
        notes.push(Note::new("too-long", format!("the feed is longer than {} MiB; only the beginning is read", limit >> 20)));
    }
    let text = match charset::decode(&bytes, None, &mut notes) {
        Ok(text) => text,
        Err(what) => return vec![Err(source.error(ErrorKind::NotText(what)))],
    };
    let entries = Feed::read(&text);
    if entries.is_empty() {
        return vec![Err(source.error(ErrorKind::Malformed("the feed has no entries".into())))];
    }
    entries.into_iter().map(|entry| Ok(entry.page(source, &notes))).collect()
}

/// An entry of a feed.
#[derive(Debug, Default, Clone)]
struct Entry {
    title: String,
    url: String,
    id: String,
    author: String,
    published: String,
    updated: String,
    content: String,
    summary: String,
    /// The feed that an aggregator took the entry from.
    from: String,
    publisher: String,
}

impl Entry {
    fn page(self, source: &Source, notes: &[Note]) -> Page {
        let mut notes = notes.to_vec();
        let full = !self.content.trim().is_empty();
        let text = if full { self.content } else { self.summary };
        if text.trim().is_empty() {
            notes.push(Note::new("empty", "the feed's entry has no text"));
        } else if !full {
            notes.push(Note::new("summary", "the feed gives no more than a summary"));
        }
        let word = |s: String| Some(s.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|s| !s.is_empty());
        let stamp = dates::parse(&self.published).or_else(|| dates::parse(&self.updated));
        let markup = text.contains("</") || text.contains("<br") || text.contains("<p>") || text.contains("<img");
        let publisher = if self.from.is_empty() { self.publisher } else { self.from };
        Page {
            id: hash128(&[self.id.as_bytes(), self.title.as_bytes(), text.as_bytes()]).to_string(),
            path: Some(source.name.clone()),
            kind: if markup { Kind::Html } else { Kind::Text },
            raw: text::Source::new(text),
            given: Given {
                title: word(decode(&self.title).into_owned()),
                url: word(self.url),
                published: stamp.map(|s| s.date),
                otherwise_published: source.options.published,
                publisher: word(publisher),
                language: None,
                byline: word(self.author),
                fetched: None,
            },
            notes,
        }
    }
}

struct Feed;

impl Feed {
    /// Reads start tags, end tags and texts in order; whatever is broken is passed over.
    fn read(text: &str) -> Vec<Entry> {
        const MOST: usize = 100_000;
        let mut entries = Vec::new();
        let mut entry: Option<Entry> = None;
        let mut publisher = String::new();
        let mut open: Vec<String> = Vec::new();
        let mut at = 0;
        while at < text.len() && entries.len() < MOST {
            let rest = &text[at..];
            if let Some(data) = rest.strip_prefix("<![CDATA[") {
                let end = data.find("]]>").unwrap_or(data.len());
                put(&mut entry, &mut publisher, &open, &data[..end]);
                at += (9 + end + 3).min(rest.len());
            } else if rest.starts_with("<!--") {
                at += rest.find("-->").map_or(rest.len(), |i| i + 3);
            } else if rest.starts_with("<!") || rest.starts_with("<?") {
                // A declaration may hold others in square brackets; none of it is used.
                let end = rest.find('>').unwrap_or(rest.len());
                let end = if rest[..end].contains('[') { rest.find("]>").map_or(rest.len(), |i| i + 1) } else { end };
                at += (end + 1).min(rest.len());
            } else if let Some(tag) = rest.strip_prefix('<') {
                let end = tag_end(tag);
                let inner = tag[..end].trim();
                at += 1 + end + usize::from(tag[end..].starts_with('>'));
                if let Some(name) = inner.strip_prefix('/') {
                    let name = local(name);
                    if let Some(i) = open.iter().rposition(|o| *o == name) {
                        open.truncate(i);
                    }
                    if matches!(name.as_str(), "item" | "entry") {
                        entries.extend(entry.take());
                    }
                    continue;
                }
                let name = local(inner.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or(""));
                if matches!(name.as_str(), "item" | "entry") {
                    entries.extend(entry.take());
                    entry = Some(Entry { publisher: publisher.trim().to_string(), ..Entry::default() });
                    open.clear();
                }
                if name == "link"
                    && let (Some(entry), Some(href)) = (&mut entry, attribute(inner, "href"))
                    && attribute(inner, "rel").is_none_or(|r| r == "alternate")
                {
                    entry.url = decode(href).into_owned();
                }
                // Atom may hold its content as live markup.
                let live = name == "content" && attribute(inner, "type") == Some("xhtml");
                if live && let Some(entry) = &mut entry {
                    let end = text[at..].find("</content>").map_or(text.len(), |i| at + i);
                    entry.content.push_str(&text[at..end]);
                    at = end;
                    continue;
                }
                if !inner.ends_with('/') && open.len() < 64 {
                    open.push(name);
                }
            } else {
                let end = rest.find('<').unwrap_or(rest.len());
                put(&mut entry, &mut publisher, &open, &decode(&rest[..end]));
                at += end;
            }
        }
        entries.extend(entry);
        entries
    }
}

/// Puts a text where the open elements say.
fn put(entry: &mut Option<Entry>, publisher: &mut String, open: &[String], text: &str) {
    let path: Vec<&str> = open.iter().rev().take(2).map(String::as_str).collect();
    let Some(&name) = path.first() else { return };
    let Some(entry) = entry else {
        if name == "title" && matches!(path.get(1), Some(&"channel" | &"feed")) {
            publisher.push_str(text);
        }
        return;
    };
    let within = path.get(1).copied().unwrap_or("");
    match (name, within) {
        ("title", "source") => entry.from.push_str(text),
        ("source", _) => entry.from.push_str(text),
        ("title", w) if !w.contains("media") => entry.title.push_str(text),
        ("link", _) => entry.url.push_str(text.trim()),
        ("guid" | "id", w) if w != "author" => entry.id.push_str(text.trim()),
        ("name", "author") | ("author" | "creator", _) => entry.author.push_str(text.trim()),
        ("pubdate" | "published" | "issued" | "date", _) => entry.published.push_str(text),
        ("updated" | "modified", _) => entry.updated.push_str(text),
        ("encoded" | "content" | "fulltext", _) => entry.content.push_str(text),
        ("description" | "summary", _) => entry.summary.push_str(text),
        _ => {}
    }
}

/// Where a tag ends; a `>` inside quotation marks does not end it.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (i, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return i,
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            // A forgotten quotation mark: the next tag begins.
            (Some(_), '<') => return i,
            _ => {}
        }
    }
    tag.len()
}

/// The name without its prefix, in lower case.
fn local(name: &str) -> String {
    let name = name.trim().trim_end_matches('/');
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag
        .match_indices(name)
        .map(|(i, _)| i)
        .find(|i| tag[..*i].ends_with(char::is_whitespace) && tag[i + name.len()..].trim_start().starts_with('='))?;
    let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ReadOptions;

    fn read(feed: &str) -> Vec<Page> {
        pages(&Source::new("f.xml".into(), &ReadOptions::default()), feed.as_bytes()).into_iter().map(Result::unwrap).collect()
    }

    #[test]
    fn rss_with_full_content() {
        let feed = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Example News</title><item><title>Talks &amp; threats</title>
            <link>https://e.org/a</link><pubDate>Thu, 13 Jan 2022 10:05:00 +0100</pubDate><dc:creator><![CDATA[Ann Example]]></dc:creator>
            <description>Short.</description><content:encoded><![CDATA[<p>Envoys met in Geneva.</p>]]></content:encoded></item>
            <item><title>Second</title><description>Envoys will meet again.</description></item></channel></rss>"#;
        let pages = read(feed);
        assert_eq!(pages.len(), 2);
        let given = &pages[0].given;
        assert_eq!(given.title.as_deref(), Some("Talks & threats"));
        assert_eq!((given.publisher.as_deref(), given.byline.as_deref()), (Some("Example News"), Some("Ann Example")));
        assert_eq!(given.published.map(|d| d.to_string()).as_deref(), Some("2022-01-13"));
        assert_eq!((pages[0].kind, pages[0].raw.as_str()), (Kind::Html, "<p>Envoys met in Geneva.</p>"));
        assert_eq!((pages[1].kind, pages[1].notes[0].id), (Kind::Text, "summary"));
    }

    #[test]
    fn atom_with_escaped_markup() {
        let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><entry><title>Talks</title><link rel="alternate" href="https://e.org/b?x=1&amp;y=2"/>
            <id>tag:e</id><updated>2022-01-13T10:05:00Z</updated><author><name>Bob Example</name></author><content type="html">&lt;p&gt;Envoys met.&lt;/p&gt;</content></entry></feed>"#;
        let page = &read(feed)[0];
        assert_eq!(page.given.url.as_deref(), Some("https://e.org/b?x=1&y=2"));
        assert_eq!(page.given.byline.as_deref(), Some("Bob Example"));
        assert_eq!(page.raw.as_str(), "<p>Envoys met.</p>");
    }

    #[test]
    fn entities_do_not_grow_and_broken_feeds_give_what_they_have() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><rss><channel><item><title>&b;</title><description>no";
        let pages = read(bomb);
        assert_eq!(pages.len(), 1);
        assert_eq!(pages[0].given.title.as_deref(), Some("&b;"));
        assert_eq!(pages[0].raw.as_str(), "no");
    }
}
