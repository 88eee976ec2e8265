//! One record on one line: `kind "main words" key=value key="words with spaces"`.

use std::fmt;

/// A record as a case writes it, or as the program found it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// `statement`, `event`, `time`, …
    pub kind: String,
    /// The words that the record is about, where its kind has such.
    pub main: Option<String>,
    /// What is said about it; `None` is written `-`.
    pub attributes: Vec<(String, Option<String>)>,
}

impl Line {
    /// A record of `kind` about the words `main`.
    pub fn new(kind: &str, main: Option<&str>) -> Line {
        Line { kind: kind.to_string(), main: main.map(plain), attributes: Vec::new() }
    }

    /// Adds an attribute.
    pub fn with(mut self, key: &str, value: Option<impl AsRef<str>>) -> Line {
        self.attributes.push((key.to_string(), value.map(|v| plain(v.as_ref())).filter(|v| !v.is_empty())));
        self
    }

    /// The attribute `key`; the outer `None` says that the record has no such attribute.
    pub fn get(&self, key: &str) -> Option<Option<&str>> {
        self.attributes.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_deref())
    }

    /// Reads a line.
    pub fn parse(line: &str) -> Result<Line, String> {
        let (kind, mut rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let mut found = Line::new(kind, None);
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return Ok(found);
            }
            if rest.starts_with('"') {
                let (words, after) = quoted(rest).ok_or_else(|| format!("a quotation mark is not closed: {line}"))?;
                found.main = Some(plain(&words));
                rest = after;
                continue;
            }
            let (key, after) = rest.split_once('=').ok_or_else(|| format!("neither \"words\" nor key=value: {rest}"))?;
            let (value, after) = if after.starts_with('"') {
                quoted(after).ok_or_else(|| format!("a quotation mark is not closed: {line}"))?
            } else {
                let end = after.find(char::is_whitespace).unwrap_or(after.len());
                (after[..end].to_string(), &after[end..])
            };
            let value = (value != "-").then(|| plain(&value));
            found.attributes.push((key.trim().to_string(), value));
            rest = after;
        }
    }
}

/// White space folded, so that a record may run over line ends.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words between quotation marks at the head of `text`, and what follows; `\"` stands for a mark.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut words = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((words, &text[at + 1..])),
            '\\' => words.push(chars.next()?.1),
            _ => words.push(c),
        }
    }
    None
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)?;
        let marked = |words: &str| format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""));
        if let Some(main) = &self.main {
            write!(f, " {}", marked(main))?;
        }
        for (key, value) in &self.attributes {
            match value {
                None => write!(f, " {key}=-")?,
                Some(v) if SPOKEN.contains(&key.as_str()) || v == "-" || v.contains([' ', '"']) => {
                    write!(f, " {key}={}", marked(v))?
                }
                Some(v) => write!(f, " {key}={v}")?,
            }
        }
        Ok(())
    }
}

/// Attributes that hold words of the text: always in quotation marks.
const SPOKEN: [&str; 14] = [
    "speaker",
    "cue",
    "content",
    "channel",
    "addressee",
    "occasion",
    "actor",
    "recipient",
    "place",
    "when",
    "about",
    "why",
    "name",
    "office",
];

#[test]
fn a_line_is_read_and_written() {
    let text = r#"statement speaker="Peskov" cue="said" content="a \"bad\" sign" form=indirect stance=- "#;
    let line = Line::parse(text).unwrap();
    assert_eq!(line.get("content"), Some(Some("a \"bad\" sign")));
    assert_eq!(line.get("stance"), Some(None));
    assert_eq!(line.to_string(), text.trim());
    assert_eq!(Line::parse("time \"last week\" days=a/b").unwrap().main.as_deref(), Some("last week"));
    assert!(Line::parse("time \"last").is_err());
}
