//! Publishers, their families and agencies: `lexicon/publishers.toml`, opened, checked, looked up.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;
use text::{Body, Source, Span};

use crate::LexiconError;

const FILE: &str = "publishers.toml";
/// Words before a name that make it a source: "according to TASS", "told Interfax".
const BEFORE: [&str; 10] = [
    "according to",
    "citing",
    "cited by",
    "quoted by",
    "quoting",
    "told",
    "reported by",
    "as reported by",
    "interview with",
    "via",
];
/// Words after it: "Reuters reported", "TASS quoted him as saying".
const AFTER: [&str; 14] = [
    "reported",
    "reports",
    "said",
    "says",
    "quoted",
    "quotes",
    "cited",
    "cites",
    "has reported",
    "news agency",
    "news agencies",
    "agency",
    "reporting",
    "writes",
];

/// What is known of one publisher.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// Its name.
    pub name: String,
    /// Other names under which pages credit it.
    #[serde(default)]
    pub also: Vec<String>,
    /// Its addresses.
    #[serde(default)]
    pub domains: Vec<String>,
    /// `agency`, `broadcaster`, `paper`, `site`, `aggregator`.
    pub kind: String,
    /// The owner under whose name publishers are one voice.
    pub family: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// `state`, `public`, `private`, `members`.
    pub control: Option<String>,
    /// Where this can be looked up.
    pub source: String,
}

impl Publisher {
    /// Whether others print its reports.
    pub fn is_agency(&self) -> bool {
        self.kind == "agency"
    }

    /// The family, which is itself where it has no other.
    pub fn voice(&self) -> &str {
        self.family.as_deref().unwrap_or(&self.name)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    publisher: Vec<Publisher>,
}

/// The publishers that are known.
#[derive(Debug, Clone, Default)]
pub struct Publishers {
    list: Vec<Publisher>,
    names: HashMap<String, usize>,
    domains: HashMap<String, usize>,
    /// First word of an agency's or other publisher's name, to full names and entries, the longest first.
    firsts: HashMap<String, Vec<(String, usize)>>,
}

impl Publishers {
    /// The publishers that the program knows.
    pub fn builtin() -> Result<Publishers, LexiconError> {
        Publishers::default().with(include_str!("../../lexicon/publishers.toml"), FILE)
    }

    /// The same, built once; without any where the file is broken (a test sees to it that it is not).
    pub(crate) fn shared() -> &'static Publishers {
        static SHARED: OnceLock<Publishers> = OnceLock::new();
        SHARED.get_or_init(|| Publishers::builtin().unwrap_or_default())
    }

    /// Adds the entries of `toml`; one of the same name replaces the one before. `file` is named in errors.
    pub fn with(mut self, toml: &str, file: &str) -> Result<Publishers, LexiconError> {
        let error = |place: &str, what: String| LexiconError { file: file.to_string(), place: place.to_string(), what };
        let read: File = toml::from_str(toml).map_err(|e| error("whole file", e.to_string()))?;
        for entry in read.publisher {
            let fits = |value: &Option<String>, of: &[&str]| value.as_deref().is_none_or(|v| of.contains(&v));
            if !["agency", "broadcaster", "paper", "site", "aggregator"].contains(&entry.kind.as_str()) {
                return Err(error(
                    &entry.name,
                    format!("kind `{}`: there are agency, broadcaster, paper, site, aggregator", entry.kind),
                ));
            }
            if !fits(&entry.control, &["state", "public", "private", "members"]) {
                return Err(error(
                    &entry.name,
                    "control: there are state, public, private, members; leave it out where unknown".to_string(),
                ));
            }
            if entry.country.as_ref().is_some_and(|c| c.len() != 3 || !c.bytes().all(|b| b.is_ascii_uppercase())) {
                return Err(error(&entry.name, "country: three capital letters (ISO 3166-1 alpha-3)".to_string()));
            }
            match self.list.iter().position(|p| p.name == entry.name) {
                Some(at) => self.list[at] = entry,
                None => self.list.push(entry),
            }
        }
        self.lay_out();
        Ok(self)
    }

    fn lay_out(&mut self) {
        self.names.clear();
        self.domains.clear();
        self.firsts.clear();
        for (n, publisher) in self.list.iter().enumerate() {
            for name in std::iter::once(&publisher.name).chain(&publisher.also) {
                self.names.entry(name.to_lowercase()).or_insert(n);
                let first = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
                self.firsts.entry(first.to_string()).or_default().push((name.clone(), n));
            }
            for domain in &publisher.domains {
                self.domains.entry(domain.to_lowercase()).or_insert(n);
            }
        }
        for names in self.firsts.values_mut() {
            names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        }
    }

    /// The publisher of that name, whatever its case, with or without "The".
    pub fn named(&self, name: &str) -> Option<&Publisher> {
        let name = name.trim().to_lowercase();
        let found = self.names.get(&name).or_else(|| self.names.get(name.strip_prefix("the ")?));
        found.or_else(|| self.domains.get(&name)).map(|&n| &self.list[n])
    }

    /// The publisher at that address: `https://edition.cnn.com/x` is at `cnn.com`.
    pub fn at(&self, url: &str) -> Option<&Publisher> {
        let mut host = host(url)?;
        loop {
            if let Some(&n) = self.domains.get(host) {
                return Some(&self.list[n]);
            }
            host = host.split_once('.')?.1;
        }
    }

    /// Every place of `span` where a known publisher is named as the source of what is told.
    pub fn cited<'p>(&'p self, body: &Source<Body>, span: Span<Body>) -> Vec<(Span<Body>, &'p Publisher)> {
        let text = body.slice(span);
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = text[from..].find(char::is_alphanumeric).map(|a| a + from) {
            let end = text[at..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |e| e + at);
            from = end;
            let Some(names) = self.firsts.get(&text[at..end]) else { continue };
            let whole = |name: &str| text[at..].starts_with(name) && !text[at + name.len()..].starts_with(char::is_alphanumeric);
            let Some((name, n)) = names.iter().find(|(name, _)| whole(name)) else { continue };
            from = at + name.len();
            let words = |s: &str| {
                s.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).collect::<Vec<_>>()
            };
            let mut before = words(&text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect::<String>());
            while before
                .last()
                .is_some_and(|w| ["the", "state", "news", "agency", "russia's", "russian", "agencies"].contains(&w.as_str()))
            {
                before.pop();
            }
            let (before, after) = (before.join(" "), words(&text[from..].chars().take(40).collect::<String>()).join(" "));
            let cued = BEFORE.iter().any(|cue| before == *cue || before.ends_with(&format!(" {cue}")))
                || AFTER.iter().any(|cue| after == *cue || after.starts_with(&format!("{cue} ")));
            if cued {
                let start = span.start() + at as u32;
                found.push((Span::new(start, start + name.len() as u32), &self.list[*n]));
            }
        }
        found
    }
}

/// The host of an address, in lower case as addresses are, without `www.`.
pub fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound() {
        let publishers = Publishers::builtin().unwrap();
        assert!(publishers.list.len() > 80);
        assert_eq!(publishers.named("the associated press").unwrap().name, "Associated Press");
        assert_eq!(publishers.at("https://edition.cnn.com/2022/01/13/x.html").unwrap().name, "CNN");
        assert_eq!(publishers.named("Sputnik").unwrap().voice(), publishers.named("RIA").unwrap().voice());
        let mut domains = std::collections::BTreeSet::new();
        for p in &publishers.list {
            assert!(p.domains.iter().all(|d| domains.insert(d)), "{}: a domain given twice", p.name);
        }
    }

    #[test]
    fn users_extend_it() {
        let own = "[[publisher]]\nname = \"TASS\"\nkind = \"agency\"\nsource = \"own\"\n";
        let publishers = Publishers::builtin().unwrap().with(own, "own.toml").unwrap();
        assert_eq!(publishers.named("TASS").unwrap().country, None);
        assert!(publishers.at("https://tass.com/1").is_none());
        let error =
            Publishers::default().with("[[publisher]]\nname = \"X\"\nkind = \"rag\"\nsource = \"\"\n", "own.toml").unwrap_err();
        assert!(error.to_string().starts_with("own.toml: X: kind `rag`"), "{error}");
    }

    #[test]
    fn a_source_is_named_as_one() {
        let publishers = Publishers::shared();
        let cited = |text: &str| -> Vec<String> {
            let body: Source<Body> = Source::new(text);
            publishers.cited(&body, body.whole()).into_iter().map(|(s, p)| format!("{}={}", body.slice(s), p.name)).collect()
        };
        assert_eq!(cited("Talks will resume, Tass reported on Friday."), ["Tass=TASS"]);
        assert_eq!(cited("The minister told the RIA Novosti news agency that he would go."), ["RIA Novosti=RIA Novosti"]);
        assert_eq!(cited("According to Interfax-Ukraine, trains stopped."), ["Interfax-Ukraine=Interfax-Ukraine"]);
        assert!(cited("A reporter of Reuters was hurt near Kherson.").is_empty());
        assert!(cited("TASSELS reported nothing.").is_empty());
    }
}
