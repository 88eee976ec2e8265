//! The brief on a terminal: rules between the sections, lines wrapped to its width, references standing back.

use unicode_width::UnicodeWidthStr;

use super::{Brief, Line, Topic};

/// References printed behind a line; more are counted.
pub(super) const REFS: usize = 4;
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
        let (head, bold, reset) = (code(HEAD), code(BOLD), code(RESET));
        let mut out = format!("{bold}Brief · {}{reset}\n", self.scope());
        for section in self.sections.iter().filter(|s| !s.lines.is_empty()) {
            let heading = section.topic.heading();
            let rule = "─".repeat(width.saturating_sub(heading.width() + 4));
            out.push_str(&format!("\n{head}── {heading} {rule}{reset}\n"));
            let shown = style.lines.unwrap_or(section.topic.screen()).min(section.lines.len());
            for line in &section.lines[..shown] {
                self.set(&mut out, section.topic, line, width, style);
            }
            if section.lines.len() > shown {
                out.push_str(&format!("  {}… and {} more{}\n", code(DIM), section.lines.len() - shown, code(RESET)));
            }
        }
        out
    }

    fn set(&self, out: &mut String, topic: Topic, line: &Line, width: usize, style: &TextStyle) {
        let refs: Vec<String> = line.refs.iter().map(|r| self.place(r)).collect();
        let (bullet, tail) = if topic == Topic::Sources {
            (refs.first().cloned().unwrap_or_default(), Vec::new())
        } else {
            ("•".to_string(), tail(&refs))
        };
        let indent: usize = if topic == Topic::Sources { 7 } else { 4 };
        let words = line.text.split(' ').map(|w| (w, false)).chain(tail.iter().map(|w| (w.as_str(), true)));
        let mut column = indent;
        let pad = indent.saturating_sub(bullet.width() + 3);
        out.push_str(&format!("  {bullet} {}", " ".repeat(pad)));
        let mut first = true;
        for (word, dim) in words {
            let wide = word.width();
            if !first && column + 1 + wide > width {
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                column = indent;
                first = true;
            }
            if !first {
                out.push(' ');
                column += 1;
            }
            match (dim, style.colour) {
                (true, true) => out.push_str(&format!("{DIM}{word}{RESET}")),
                _ => out.push_str(word),
            }
            column += wide;
            first = false;
        }
        out.push('\n');
    }
}

/// The first references, then how many more.
pub(super) fn tail(refs: &[String]) -> Vec<String> {
    let mut tail: Vec<String> = refs.iter().take(REFS).map(|r| r.replace(' ', "\u{a0}")).collect();
    if refs.len() > REFS {
        tail.push(format!("+{}", refs.len() - REFS));
    }
    tail
}
