//! A block: one paragraph-like stretch of a page, with the road back to its bytes. What reading a page yields and cutting
//! works on, for plain text and HTML alike.

use std::ops::Range;

/// What a block is in its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Paragraph,
    Heading,
    Item,
    Cell,
    Caption,
}

/// One block.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// Its text: white space folded, entities decoded.
    pub text: String,
    /// Ranges of `text` with the ranges of the page that they were read from.
    pub pieces: Vec<(Range<u32>, Range<u32>)>,
    pub role: Role,
    /// How many bytes of `text` stand in links.
    pub linked: usize,
    /// How many bytes at its head stand in a link.
    pub head_linked: usize,
    /// The address of its first link.
    pub href: Option<String>,
    /// How many empty lines stand before it (plain text alone).
    pub gap: u32,
    /// Why it was cut.
    pub cut: Option<&'static str>,
}

impl Block {
    pub(crate) fn new(role: Role) -> Block {
        Block { text: String::new(), pieces: Vec::new(), role, linked: 0, head_linked: 0, href: None, gap: 0, cut: None }
    }

    /// Adds `raw[range]`, folding white space to single spaces and leaving out what nobody sees: control characters, which could command
    /// a terminal, and marks that turn the direction of writing.
    pub(crate) fn push(&mut self, raw: &str, range: Range<usize>) {
        let mut at = range.start;
        if !raw[range.clone()].is_ascii() || raw[range.clone()].bytes().any(|b| b < 32 || b == 127) {
            while let Some((i, c)) = raw[at..range.end].char_indices().find(|(_, c)| unseen(*c)) {
                self.visible(raw, at..at + i);
                at += i + c.len_utf8();
            }
        }
        self.visible(raw, at..range.end);
    }

    fn visible(&mut self, raw: &str, range: Range<usize>) {
        let part = &raw[range.clone()];
        let mut at = 0;
        while at < part.len() {
            let rest = &part[at..];
            let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
            if word > 0 {
                // A following single space can be kept in the same exact piece.
                let plain = rest[word..].starts_with(' ') && !rest[word + 1..].starts_with(char::is_whitespace);
                let take = word + usize::from(plain);
                self.exact(&rest[..take], range.start + at);
                at += take;
                continue;
            }
            let space = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
            self.made(" ", range.start + at..range.start + at + space);
            at += space;
        }
    }

    /// Adds words as they stand at byte `at` of the page.
    fn exact(&mut self, words: &str, at: usize) {
        let words = if self.text.is_empty() || self.text.ends_with(' ') { words.trim_start_matches(' ') } else { words };
        if words.is_empty() {
            return;
        }
        let start = self.text.len() as u32;
        self.text.push_str(words);
        let (text, raw) = (start..self.text.len() as u32, at as u32..(at + words.len()) as u32);
        match self.pieces.last_mut() {
            Some((t, r)) if t.end == text.start && r.end == raw.start && t.len() == r.len() => {
                t.end = text.end;
                r.end = raw.end;
            }
            _ => self.pieces.push((text, raw)),
        }
    }

    /// Adds words that stand otherwise in the page (a decoded entity, a folded space).
    pub(crate) fn made(&mut self, words: &str, raw: Range<usize>) {
        if words == " " && (self.text.is_empty() || self.text.ends_with(' ')) {
            return;
        }
        if words == " " && raw.len() == 1 {
            self.exact(" ", raw.start);
            return;
        }
        let start = self.text.len() as u32;
        self.text.push_str(words);
        self.pieces.push((start..self.text.len() as u32, raw.start as u32..raw.end as u32));
    }

    /// Takes the white space off the end.
    pub(crate) fn finish(&mut self) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        let end = end as u32;
        while let Some((text, raw)) = self.pieces.last_mut() {
            if text.start >= end {
                self.pieces.pop();
                continue;
            }
            if text.end > end {
                if text.len() == raw.len() {
                    raw.end -= text.end - end;
                }
                text.end = end;
            }
            break;
        }
        self.linked = self.linked.min(self.text.len());
    }

    /// From its first byte in the page to its last.
    pub(crate) fn raw(&self) -> Option<Range<u32>> {
        Some(self.pieces.first()?.1.start..self.pieces.last()?.1.end)
    }

    /// How many words it holds; where no spaces part them, two characters count for one.
    pub(crate) fn words(&self) -> usize {
        let wide = |c: char| matches!(c as u32, 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7af | 0xe00..=0xe7f);
        let spaced = self.text.split_whitespace().count();
        if self.text.is_ascii() { spaced } else { spaced.max(self.text.chars().filter(|c| wide(*c)).count() / 2) }
    }

    /// The share of its text that stands in links.
    pub(crate) fn link_share(&self) -> f32 {
        self.linked as f32 / self.text.len().max(1) as f32
    }

    /// Whether a headline that is a link stands at its head, as in a teaser.
    pub(crate) fn opens_with_headline(&self) -> bool {
        self.head_linked > 24 && self.head_linked < self.text.len() && {
            let mut end = self.head_linked;
            while !self.text.is_char_boundary(end) {
                end -= 1;
            }
            self.text[..end].split_whitespace().count() >= 5
        }
    }

    /// Whether it ends as a sentence does.
    pub(crate) fn ends_sentence(&self) -> bool {
        ends_sentence(&self.text)
    }
}

/// Characters that show nothing.
fn unseen(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether `text` ends with the mark of a sentence's end, inside or outside closing quotation marks.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', '»', ']', ' ', '」', '』', '）'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_left_out() {
        let raw = "Ky\u{200b}iv \u{1b}[31msaid\u{202e} no.";
        let mut block = Block::new(Role::Paragraph);
        block.push(raw, 0..raw.len());
        block.finish();
        assert_eq!(block.text, "Kyiv [31msaid no.");
    }

    #[test]
    fn white_space_folds_and_the_road_back_holds() {
        let raw = "\n  The  minister\n said\tno. \n";
        let mut block = Block::new(Role::Paragraph);
        block.push(raw, 0..raw.len());
        block.finish();
        assert_eq!(block.text, "The minister said no.");
        for (text, back) in &block.pieces {
            let (text, back) =
                (&block.text[text.start as usize..text.end as usize], &raw[back.start as usize..back.end as usize]);
            assert_eq!(text.split_whitespace().collect::<String>(), back.split_whitespace().collect::<String>());
        }
    }
}
