//! A case file: a heading, a sentence of why, then blocks between `~~~` lines.
//!
//! `~~~text` holds words that are read as they stand, `~~~page` a page of plain text that is cleaned first, `~~~html` markup.
//! Behind the word stand attributes: `published=2022-01-13 title="…" url=… publisher=… language=…`. `~~~expect` holds the records.
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

/// A text with what must be found in it.
#[derive(Debug)]
pub struct Trial {
    info: Line,
    text: String,
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
        let mut open: Option<(Line, String)> = None;
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
                "text" | "page" | "html" => open = Some((info, block.join("\n"))),
                "expect" => {
                    let (info, text) =
                        open.take().ok_or_else(|| format!("line {first}: an expect block without a text before it"))?;
                    let wanted =
                        block.iter().map(|l| wanted(l)).collect::<Result<_, _>>().map_err(|e| format!("line {first}: {e}"))?;
                    case.trials.push(Trial { info, text, wanted, lines: (first, at) });
                }
                other => return Err(format!("line {first}: `~~~{other}` is none of text, page, html, expect")),
            }
            at += 1;
        }
        if open.is_some() || case.trials.is_empty() {
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

    /// The page that the case reads.
    pub fn page(&self) -> Page {
        let get = |key: &str| self.info.get(key).flatten().map(str::to_string);
        let given = Given {
            title: get("title"),
            url: get("url"),
            published: get("published").map(|d| d.parse().unwrap_or_else(|e| panic!("published={d}: {e}"))),
            publisher: get("publisher"),
            // Verbatim words are too few to guess their language from.
            language: get("language").or_else(|| (self.info.kind == "text").then(|| "en".to_string())),
            ..Given::default()
        };
        let kind = match self.info.kind.as_str() {
            "text" => Kind::Verbatim,
            "page" => Kind::Text,
            _ => Kind::Html,
        };
        Page { id: "case".into(), path: None, raw: text::Source::new(self.text.as_str()), kind, given, notes: Vec::new() }
    }
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
