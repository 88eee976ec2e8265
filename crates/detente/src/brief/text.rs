//! The brief on a terminal: rules between the sections, lines wrapped to its width, references standing back.

use unicode_width::UnicodeWidthStr;

use super::{Brief, Line, Topic};

/// References printed behind a line; more are counted.
pub(super) const REFS: usize = 3;
const BOLD: &str = "\u{1b}[1m";
const HEAD: &str = "\u{1b}[1;36m";
const DIM: &str = "\u{1b}[2m";
const RESET: &str = "\u{1b}[0m";

/// How the text is set.
#[derive(Debug, Clone, Copy)]
pub struct TextStyle {
    /// Columns.
    pub width: usize,
    /// Whether to set headings and references off by terminal codes.
    pub colour: bool,
    /// Lines shown in every section; `None` for what fits one screen.
    pub lines: Option<usize>,
}

impl Brief {
    /// The brief as text.
    pub fn text(&self, style: &TextStyle) -> String {
        let width = style.width.clamp(40, 200);
        let code = |c: &'static str| if style.colour { c } else { "" };
        let (head, bold, dim, reset) = (code(HEAD), code(BOLD), code(DIM), code(RESET));
        let mut out = format!("{bold}Brief · {}{reset}\n", self.scope());
        for (section, shown) in self.sections.iter().zip(self.shown(style.lines, width)).filter(|(s, _)| !s.lines.is_empty()) {
            let heading = section.topic.heading();
            let count = if shown.len() < section.lines.len() {
                format!(" {} of {} ──", shown.len(), section.lines.len())
            } else {
                String::new()
            };
            let rule = "─".repeat(width.saturating_sub(heading.width() + count.width() + 4));
            out.push_str(&format!("\n{head}── {heading} {rule}{reset}{dim}{count}{reset}\n"));
            for n in shown {
                for row in self.rows(section.topic, &section.lines[n], width, style.colour) {
                    out.push_str(&row);
                    out.push('\n');
                }
            }
        }
        out
    }

    /// A line as rows of the screen.
    pub(super) fn rows(&self, topic: Topic, line: &Line, width: usize, colour: bool) -> Vec<String> {
        let refs: Vec<String> = line.refs.iter().map(|r| self.place(r)).collect();
        let (bullet, tail) = if topic == Topic::Sources {
            (refs.first().cloned().unwrap_or_default(), Vec::new())
        } else {
            ("•".to_string(), tail(&refs))
        };
        let indent: usize = if topic == Topic::Sources { 7 } else { 4 };
        let text = if topic == Topic::Sources { short_title(&line.text, width - indent) } else { line.text.clone() };
        let words = text.split(' ').map(|w| (w, false)).chain(tail.iter().map(|w| (w.as_str(), true)));
        let mut rows = Vec::new();
        let mut row = format!("  {bullet} {}", " ".repeat(indent.saturating_sub(bullet.width() + 3)));
        let (mut column, mut first) = (indent, true);
        for (word, dim) in words {
            let wide = word.width();
            if !first && column + 1 + wide > width {
                rows.push(std::mem::replace(&mut row, " ".repeat(indent)));
                (column, first) = (indent, true);
            }
            if !first {
                row.push(' ');
                column += 1;
            }
            match (dim, colour) {
                (true, true) => row.push_str(&format!("{DIM}{word}{RESET}")),
                _ => row.push_str(word),
            }
            column += wide;
            first = false;
        }
        rows.push(row);
        rows
    }
}

/// A source on one row where that can be: its title gives way, what follows it stays.
fn short_title(source: &str, width: usize) -> String {
    /// Columns of a title that still tell which page it is.
    const LEAST: usize = 32;
    let Some((title, facts)) = source.split_once(" · ").filter(|_| source.width() > width) else { return source.to_string() };
    let room = width.saturating_sub(facts.width() + 3).max(LEAST);
    let mut kept = String::new();
    for word in title.split(' ') {
        if kept.width() + word.width() + 2 > room {
            return format!("{}… · {facts}", kept.trim_end_matches([' ', ',', ':', ';']));
        }
        kept.push_str(word);
        kept.push(' ');
    }
    source.to_string()
}

/// The references behind a line, the first ones in full.
pub(super) fn tail(refs: &[String]) -> Vec<String> {
    let mut tail: Vec<String> = refs.iter().take(REFS).map(|r| r.replace(' ', "\u{a0}")).collect();
    if refs.len() > REFS {
        tail.push(format!("+{}", refs.len() - REFS));
    }
    tail
}
