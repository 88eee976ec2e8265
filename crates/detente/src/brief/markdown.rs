//! The brief as Markdown, for a wiki, a mail or a pull request.

use super::screen::WIDTH;
use super::text::tail;
use super::{Brief, Topic};

impl Brief {
    /// The brief as Markdown; `lines` as in [`super::TextStyle`].
    pub fn markdown(&self, lines: Option<usize>) -> String {
        let mut out = format!("# Brief\n\n{}\n", self.scope());
        for (section, shown) in self.sections.iter().zip(self.shown(lines, WIDTH)).filter(|(s, _)| !s.lines.is_empty()) {
            out.push_str(&format!("\n## {}\n\n", section.topic.heading()));
            for line in shown.iter().map(|&n| &section.lines[n]) {
                let refs: Vec<String> = line.refs.iter().map(|r| self.place(r)).collect();
                let text = escape(&line.text);
                if section.topic == Topic::Sources {
                    out.push_str(&format!("- **{}** {text}\n", escape(&refs.concat())));
                } else {
                    out.push_str(&format!("- {text} {}\n", escape(&tail(&refs).join(" "))));
                }
            }
            if section.lines.len() > shown.len() {
                out.push_str(&format!("- *… and {} more*\n", section.lines.len() - shown.len()));
            }
        }
        out
    }
}

/// Text that Markdown takes as it stands.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_are_taken_literally() {
        assert_eq!(super::escape("[x](y) *z*"), "\\[x\\](y) \\*z\\*");
    }
}
