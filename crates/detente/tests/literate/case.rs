//! A case file: a heading, a sentence of why, then blocks between `~~~` lines.
//!
//! `~~~text` holds words that are read as they stand, `~~~page` a page of plain text that is cleaned first, `~~~html` markup.
//! Behind the word stand attributes: `published=2022-01-13 title="…" url=… publisher=… language=…`. `~~~expect` holds the records.
//! Several pages with an `id=` each may stand before one expect block: they are judged as sources of one another.
//! A line of prose that begins with `wrong:` says that the whole case is a known mistake.

use page::{Given, Kind, Page};

use super::line::Line;

/// A line of an expect block.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// The program must find it.
    Record(Line),
    /// The program must find nothing of this kind.
    Nothing(String),
    /// The program finds it, and that is a mistake.
    Wrong(Line),
    /// The program should find it, and does not.
    Wants(Line),
    /// An empty line or a remark.
    Remark(String),
}

/// A text, or several, with what must be found.
#[derive(Debug)]
pub struct Trial {
    texts: Vec<(Line, String)>,
    /// The lines of its expect block.
    pub wanted: Vec<Wanted>,
    /// Where that block stands: its first line, and one past the last.
    lines: (usize, usize),
}

/// A case file.
#[derive(Debug)]
pub struct Case {
    /// What it shows.
    pub heading: String,
    /// Its texts.
    pub trials: Vec<Trial>,
    /// Whether the whole case is a known mistake.
    pub known_wrong: bool,
    source: Vec<String>,
}

impl Case {
    /// Reads a case file.
    pub fn parse(text: &str) -> Result<Case, String> {
        let source: Vec<String> = text.lines().map(str::to_string).collect();
        let heading = source.first().and_then(|l| l.strip_prefix("# ")).ok_or("the first line is no `# heading`")?.to_string();
        let mut case = Case { heading, trials: Vec::new(), known_wrong: false, source };
        let mut open: Vec<(Line, String)> = Vec::new();
        let mut at = 1;
        while at < case.source.len() {
            let line = &case.source[at];
            at += 1;
            let Some(info) = line.strip_prefix("~~~") else {
                case.known_wrong |= line.starts_with("wrong:");
                continue;
            };
            let first = at;
            while at < case.source.len() && case.source[at] != "~~~" {
                at += 1;
            }
            if at == case.source.len() {
                return Err(format!("line {first}: the block is not closed by ~~~"));
            }
            let block = &case.source[first..at];
            let info = Line::parse(info).map_err(|e| format!("line {first}: {e}"))?;
            match info.kind.as_str() {
                "text" | "page" | "html" => {
                    let named = |info: &Line| info.get("id").flatten().is_some();
                    if !open.is_empty() && !(named(&info) && open.iter().all(|(info, _)| named(info))) {
                        return Err(format!("line {first}: several pages before one expect block need an id= each"));
                    }
                    open.push((info, block.join("\n")));
                }
                "expect" => {
                    let texts = std::mem::take(&mut open);
                    if texts.is_empty() {
                        return Err(format!("line {first}: an expect block without a text before it"));
                    }
                    let wanted =
                        block.iter().map(|l| wanted(l)).collect::<Result<_, _>>().map_err(|e| format!("line {first}: {e}"))?;
                    case.trials.push(Trial { texts, wanted, lines: (first, at) });
                }
                other => return Err(format!("line {first}: `~~~{other}` is none of text, page, html, expect")),
            }
            at += 1;
        }
        if !open.is_empty() || case.trials.is_empty() {
            return Err("a text needs an expect block behind it".to_string());
        }
        Ok(case)
    }

    /// Puts new lines into the expect blocks; says whether anything changed.
    pub fn bless(&mut self, fresh: &[Vec<String>]) -> bool {
        let mut changed = false;
        for (trial, lines) in self.trials.iter().zip(fresh).rev() {
            let (first, end) = trial.lines;
            if self.source[first..end] != lines[..] && !self.known_wrong {
                self.source.splice(first..end, lines.iter().cloned());
                changed = true;
            }
        }
        changed
    }

    /// The file's text.
    pub fn text(&self) -> String {
        self.source.join("\n") + "\n"
    }
}

impl Wanted {
    /// The kind of record that the line speaks of.
    pub fn kind(&self) -> Option<&str> {
        match self {
            Wanted::Record(line) | Wanted::Wrong(line) | Wanted::Wants(line) => Some(&line.kind),
            Wanted::Nothing(kind) => Some(kind),
            Wanted::Remark(_) => None,
        }
    }
}

impl Trial {
    /// Whether a line of the case speaks of this kind of record.
    pub fn speaks_of(&self, kind: &str) -> bool {
        self.wanted.iter().any(|w| w.kind() == Some(kind))
    }

    /// The pages that the case reads.
    pub fn pages(&self) -> Vec<Page> {
        self.texts.iter().map(|(info, text)| page(info, text)).collect()
    }

    /// Whether its pages are judged as sources of one another.
    pub fn is_of_sources(&self) -> bool {
        self.texts.iter().all(|(info, _)| info.get("id").flatten().is_some())
    }
}

fn page(info: &Line, text: &str) -> Page {
    let get = |key: &str| info.get(key).flatten().map(str::to_string);
    let given = Given {
        title: get("title"),
        url: get("url"),
        published: get("published").map(|d| d.parse().unwrap_or_else(|e| panic!("published={d}: {e}"))),
        publisher: get("publisher"),
        byline: get("byline"),
        // Verbatim words are too few to guess their language from.
        language: get("language").or_else(|| (info.kind == "text").then(|| "en".to_string())),
        ..Given::default()
    };
    let kind = match info.kind.as_str() {
        "text" => Kind::Verbatim,
        "page" => Kind::Text,
        _ => Kind::Html,
    };
    let id = get("id").unwrap_or_else(|| "case".into());
    Page { id, path: None, raw: text::Source::new(text), kind, given, notes: Vec::new() }
}

fn wanted(line: &str) -> Result<Wanted, String> {
    if line.trim().is_empty() || line.starts_with('#') {
        return Ok(Wanted::Remark(line.to_string()));
    }
    if let Some(kind) = line.strip_prefix("none ") {
        return Ok(Wanted::Nothing(kind.trim().to_string()));
    }
    if let Some(line) = line.strip_prefix("wrong:") {
        return Ok(Wanted::Wrong(Line::parse(line)?));
    }
    if let Some(line) = line.strip_prefix("wants:") {
        return Ok(Wanted::Wants(Line::parse(line)?));
    }
    Ok(Wanted::Record(Line::parse(line)?))
}
