//! Plain text to blocks: paragraphs parted by empty lines or, where the text has none, by line ends; hard-wrapped lines joined.

use crate::block::{Block, Role, ends_sentence};

/// The most paragraphs of a page; what follows goes on in the last one.
const MOST: usize = 100_000;

/// The blocks of a plain text.
pub(crate) fn blocks(raw: &str) -> Vec<Block> {
    let lines = lines(raw);
    let wrapped = hard_wrapped(&lines);
    let parted = lines.iter().filter(|l| l.text.is_empty()).count() > 0;
    let mut blocks: Vec<Block> = Vec::new();
    let mut gap = 0;
    let mut end = 0;
    let mut open = false;
    for line in &lines {
        if line.text.is_empty() {
            gap += 1;
            open = false;
            continue;
        }
        let range = line.start..line.start + line.text.len();
        let full = blocks.len() >= MOST;
        match blocks.last_mut().filter(|_| full || (open && wrapped)) {
            Some(block) => {
                block.made(" ", end..line.start);
                block.push(raw, range);
            }
            None => {
                let mut block = Block::new(Role::Paragraph);
                block.gap = gap;
                block.push(raw, range);
                blocks.push(block);
            }
        }
        gap = 0;
        end = line.start + line.text.len();
        // Without empty lines, a short line that ends a sentence ends its paragraph.
        open = parted || !(ends_sentence(line.text) && line.text.len() < 60);
    }
    for block in &mut blocks {
        block.finish();
    }
    blocks.retain(|b| !b.text.is_empty());
    blocks
}

/// Each line of the page, trimmed; long pages of one character stay one line.
struct Line<'a> {
    start: usize,
    text: &'a str,
}

fn lines(raw: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in raw.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']) {
        let text = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
        let lead = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}').len();
        // The second half of a Windows line end opens no line of its own.
        if !(line == "\n" && raw[..at].ends_with('\r')) {
            lines.push(Line { start: at + lead, text });
        }
        at += line.len();
    }
    lines
}

/// Whether lines were broken at a column: most lines that another line follows are about equally long and do not end a sentence.
fn hard_wrapped(lines: &[Line<'_>]) -> bool {
    let followed: Vec<&Line<'_>> =
        lines.windows(2).filter(|w| !w[0].text.is_empty() && !w[1].text.is_empty()).map(|w| &w[0]).collect();
    if followed.len() < 3 {
        return false;
    }
    let broken = followed.iter().filter(|l| (45..=100).contains(&l.text.chars().count()) && !ends_sentence(l.text)).count();
    broken * 10 > followed.len() * 6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str) -> Vec<String> {
        blocks(raw).into_iter().map(|b| b.text).collect()
    }

    #[test]
    fn empty_lines_part_paragraphs_and_lines_within_stay_apart() {
        assert_eq!(texts("One.\r\n\r\nTwo.\r\nThree.\r\n"), ["One.", "Two.", "Three."]);
    }

    #[test]
    fn hard_wrapped_lines_are_joined() {
        let raw = "The ministers of both countries met in Geneva on Monday and spoke\nfor seven hours about the two draft treaties that had been sent to the\nother side in December, a spokesman told reporters after the talks had\nended without a result.\n\nThey will meet again.";
        assert_eq!(texts(raw).len(), 2);
    }
}
