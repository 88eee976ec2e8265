//! A shared text with its hash, and the table that turns bytes into characters at the border.

use std::marker::PhantomData;
use std::sync::Arc;

use crate::{Id, Span, hash128};

/// A text of kind `S`, cheap to clone. At most 4 GiB.
#[derive(Debug)]
pub struct Source<S> {
    text: Arc<str>,
    kind: PhantomData<fn() -> S>,
}

impl<S> Clone for Source<S> {
    fn clone(&self) -> Self {
        Source { text: Arc::clone(&self.text), kind: PhantomData }
    }
}

impl<S> Source<S> {
    /// Shares `text`.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Source { text: text.into(), kind: PhantomData }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The content hash.
    pub fn id(&self) -> Id {
        hash128(&[self.text.as_bytes()])
    }

    /// The span from byte `start` to byte `end`, or `None` where it would leave the text or cut a character.
    pub fn span(&self, start: usize, end: usize) -> Option<Span<S>> {
        self.text.get(start..end)?;
        Some(Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?))
    }

    /// The words at `span`; empty where the span does not fit this text.
    pub fn slice(&self, span: Span<S>) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The whole text as a span.
    pub fn whole(&self) -> Span<S> {
        Span::new(0, u32::try_from(self.text.len()).unwrap_or(u32::MAX))
    }

    /// The first place of `needle`.
    pub fn find(&self, needle: &str) -> Option<Span<S>> {
        let start = self.text.find(needle)?;
        self.span(start, start + needle.len())
    }
}

/// Turns byte offsets of one text into Unicode character offsets and back.
#[derive(Debug)]
pub struct CharIndex {
    /// Byte offset of every 64th character; empty for ASCII texts, where both counts agree.
    marks: Vec<u32>,
    text: Arc<str>,
}

impl CharIndex {
    const STEP: usize = 64;

    /// Builds the table in one pass over the text.
    pub fn new<S>(source: &Source<S>) -> Self {
        let text = Arc::clone(&source.text);
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(Self::STEP).map(|(byte, _)| byte as u32).collect()
        };
        CharIndex { marks, text }
    }

    /// The number of characters before byte `byte`.
    pub fn chars(&self, byte: u32) -> usize {
        if self.marks.is_empty() {
            return byte as usize;
        }
        let mark = self.marks.partition_point(|&m| m <= byte).saturating_sub(1);
        let from = self.marks[mark] as usize;
        let to = (byte as usize).min(self.text.len());
        mark * Self::STEP + self.text.get(from..to).map_or(0, |s| s.chars().count())
    }

    /// The byte at which character `char` begins; the length of the text when there are fewer.
    pub fn byte(&self, char: usize) -> u32 {
        if self.marks.is_empty() {
            return char.min(self.text.len()) as u32;
        }
        let mark = (char / Self::STEP).min(self.marks.len() - 1);
        let from = self.marks[mark] as usize;
        let rest = &self.text[from..];
        let offset = rest.char_indices().nth(char - mark * Self::STEP).map_or(rest.len(), |(byte, _)| byte);
        (from + offset) as u32
    }

    /// `start` and `end` of a span in characters.
    pub fn pair<S>(&self, span: Span<S>) -> (usize, usize) {
        (self.chars(span.start()), self.chars(span.end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Body;

    #[test]
    fn characters_and_bytes_agree() {
        let text = "“né” ".repeat(70) + "end";
        let source: Source<Body> = Source::new(text.as_str());
        let index = CharIndex::new(&source);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.chars(byte as u32), n);
            assert_eq!(index.byte(n), byte as u32);
        }
        assert_eq!(index.byte(10_000), text.len() as u32);
    }

    #[test]
    fn a_span_never_cuts_a_character() {
        let source: Source<Body> = Source::new("né");
        assert!(source.span(1, 2).is_none());
        assert_eq!(source.slice(source.span(1, 3).unwrap()), "é");
    }
}
