//! What is kept of a page to find its copies: content words by sentence, as numbers; about 1 KB for 450 words.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::Article;

/// Letters of a word that count: "negotiate" and "negotiations", "Peskov" and "Peskoff" are one.
const STEM: usize = 5;
/// A sentence ends no sooner than after this many content words: "He declined." goes with what follows.
const SHORTEST: usize = 4;
/// Content words of a page that are looked at; what comes after decides nothing more.
const LONGEST: usize = 12_000;
/// One group of words in so many stands in the index: those whose hash is divisible by it, alike on every page.
const SAMPLE: u64 = 6;
/// At least so many groups of a page stand in the index, that short pages meet as well.
const FEWEST: usize = 8;
/// Marks a word as a name or a figure.
const NAME: u32 = 1 << 31;

/// A page as [`crate::copies`] sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sketch {
    /// Content words, in order; the highest bit says that it is a name or a figure.
    words: Box<[u32]>,
    /// Where each sentence ends in `words`.
    ends: Box<[u16]>,
}

impl Sketch {
    /// The sketch of an article's text; the headline, which editors write anew, is left out.
    pub fn new(article: &Article) -> Sketch {
        let mut maker = Maker::default();
        for paragraph in &article.paragraphs {
            maker.text(article.body.slice(*paragraph));
            maker.close(1);
        }
        maker.finish()
    }

    /// The sketch of a bare text.
    pub fn of_text(text: &str) -> Sketch {
        let mut maker = Maker::default();
        for paragraph in text.split("\n\n") {
            maker.text(paragraph);
            maker.close(1);
        }
        maker.finish()
    }

    /// How many content words it holds.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether the page says nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The sentences: content words of each, in order.
    pub(super) fn sentences(&self) -> impl ExactSizeIterator<Item = &[u32]> {
        (0..self.ends.len()).map(|n| {
            let start = if n == 0 { 0 } else { usize::from(self.ends[n - 1]) };
            &self.words[start..usize::from(self.ends[n])]
        })
    }

    /// The groups of words under which a page is looked up: neighbouring content words by three, in any order, one group
    /// in six; and one number for the whole page. Sorted, without repetition. Two pages of one text have the same.
    pub fn keys(&self) -> Vec<u64> {
        let mut groups = Vec::with_capacity(self.words.len());
        for sentence in self.sentences() {
            for group in sentence.windows(3) {
                let mut group = [word(group[0]), word(group[1]), word(group[2])];
                group.sort_unstable();
                groups.push(mix(mix(u64::from(group[0]), u64::from(group[1])), u64::from(group[2])));
            }
        }
        groups.sort_unstable();
        groups.dedup();
        let mut fewest: Vec<u64> = groups.iter().copied().take(FEWEST).collect();
        groups.retain(|g| g % SAMPLE == 0);
        groups.append(&mut fewest);
        if !self.words.is_empty() {
            groups.push(self.words.iter().fold(0x7061_6765, |hash, &w| mix(hash, u64::from(word(w)))));
        }
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// One number for each sentence of at least four content words, sorted: to find the same quotation again.
    pub fn sentence_keys(&self) -> Vec<u64> {
        let long = self.sentences().filter(|s| s.len() >= SHORTEST);
        let mut keys: Vec<u64> = long.map(|s| s.iter().fold(0x7175_6f74, |hash, &w| mix(hash, u64::from(word(w))))).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The different words among the first `count`, sorted.
    pub fn first_words(&self, count: usize) -> Vec<u32> {
        let mut words: Vec<u32> = self.words.iter().take(count).map(|&w| word(w)).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Twice the different words that both have, over those of each: 1 for the same words in any order, 0 for none.
    pub fn common(&self, other: &Sketch) -> f32 {
        let (a, b) = (self.first_words(usize::MAX), other.first_words(usize::MAX));
        let both = a.iter().filter(|w| b.binary_search(w).is_ok()).count();
        if a.is_empty() || b.is_empty() { 0.0 } else { 2.0 * both as f32 / (a.len() + b.len()) as f32 }
    }

    /// As bytes, for a store: number of sentences, their ends, the words; little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(4 + self.ends.len() * 2 + self.words.len() * 4);
        bytes.extend((self.ends.len() as u32).to_le_bytes());
        self.ends.iter().for_each(|e| bytes.extend(e.to_le_bytes()));
        self.words.iter().for_each(|w| bytes.extend(w.to_le_bytes()));
        bytes
    }

    /// Back from [`Sketch::to_bytes`]; `None` where the bytes are no sketch.
    pub fn from_bytes(bytes: &[u8]) -> Option<Sketch> {
        let (count, rest) = bytes.split_first_chunk::<4>()?;
        let (ends, words) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*count)).ok()?.checked_mul(2)?)?;
        let ends: Box<[u16]> = ends.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
        let exact = words.len() % 4 == 0 && ends.is_sorted();
        let words: Box<[u32]> = words.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        (exact && usize::from(*ends.last().unwrap_or(&0)) == words.len()).then_some(Sketch { words, ends })
    }
}

/// The number of a word, without its mark.
pub(super) fn word(w: u32) -> u32 {
    w & !NAME
}

/// Whether a word is a name or a figure.
pub(super) fn is_name(w: u32) -> bool {
    w & NAME != 0
}

/// Mixes a number into a hash (the finisher of splitmix64, public domain).
fn mix(hash: u64, value: u64) -> u64 {
    let mut z = (hash ^ value).wrapping_add(0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn function_words() -> &'static HashSet<&'static str> {
    static WORDS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let lines = include_str!("../../data/function-words.txt").lines();
        lines.filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect()
    })
}

/// Reads text into words and sentences.
#[derive(Default)]
struct Maker {
    words: Vec<u32>,
    ends: Vec<u16>,
    /// The next word opens a sentence, so that its capital says nothing.
    opening: bool,
    lower: String,
}

impl Maker {
    fn text(&mut self, text: &str) {
        self.opening = true;
        let mut rest = text;
        while let Some(at) = rest.find(char::is_alphanumeric) {
            let gap = &rest[..at];
            if gap.contains(['!', '?', '…', '。', '！', '？']) {
                self.close(SHORTEST);
            }
            rest = &rest[at..];
            let end = word_end(rest);
            self.word(&rest[..end]);
            let ended = ends_sentence(&rest[..end], &rest[end..]);
            rest = &rest[end..];
            if ended {
                self.close(SHORTEST);
            }
            if self.words.len() >= LONGEST {
                return;
            }
        }
    }

    fn word(&mut self, form: &str) {
        let opening = std::mem::take(&mut self.opening);
        self.lower.clear();
        self.lower.extend(form.chars().flat_map(char::to_lowercase));
        let figure = form.starts_with(|c: char| c.is_ascii_digit());
        if !figure && (form.len() < 2 || function_words().contains(self.lower.as_str())) {
            return;
        }
        let hash = if figure {
            hash(self.lower.bytes().filter(u8::is_ascii_alphanumeric))
        } else {
            let end = self.lower.char_indices().nth(STEM).map_or(self.lower.len(), |(byte, _)| byte);
            hash(self.lower[..end].bytes())
        };
        let name = figure || (!opening && form.starts_with(char::is_uppercase));
        self.words.push(word(hash) | if name { NAME } else { 0 });
    }

    /// Ends the sentence, where it has at least `least` words.
    fn close(&mut self, least: usize) {
        self.opening = true;
        let start = self.ends.last().map_or(0, |&e| usize::from(e));
        if self.words.len() >= start + least {
            self.ends.push(self.words.len() as u16);
        }
    }

    fn finish(mut self) -> Sketch {
        self.words.truncate(LONGEST);
        self.close(1);
        Sketch { words: self.words.into(), ends: self.ends.into() }
    }
}

fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// One past the last byte of the word that `text` begins with. A figure goes on over its commas and points: 100,000.
fn word_end(text: &str) -> usize {
    let figure = text.starts_with(|c: char| c.is_ascii_digit());
    let mut end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    while figure && text[end..].starts_with([',', '.']) && text[end + 1..].starts_with(|c: char| c.is_ascii_digit()) {
        let after = &text[end + 1..];
        end += 1 + after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
    }
    end
}

/// Whether a full stop between `word` and `rest` ends a sentence: not after an initial or a short title.
fn ends_sentence(word: &str, rest: &str) -> bool {
    let Some(after) = rest.strip_prefix(['"', '”', '’', '\'', ')']).unwrap_or(rest).strip_prefix('.') else { return false };
    let after = after.trim_start_matches(['"', '”', '’', '\'', ')']);
    let digit = word.starts_with(|c: char| c.is_ascii_digit());
    (word.chars().count() > 2 || digit) && (after.is_empty() || after.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_endings_and_commas_do_not_count() {
        let a = Sketch::of_text("The negotiators gathered 100,000 signatures. Then Mr. Peskov declined to comment.");
        let b = Sketch::of_text("Negotiators have gathered 100000 signatures. And Peskov declines to comment.");
        assert_eq!(a, b);
        assert_eq!(a.sentences().len(), 2);
        assert_eq!(a.keys(), b.keys());
    }

    #[test]
    fn bytes_and_back() {
        let sketch = Sketch::of_text("Envoys met in Geneva on Monday. The talks went on until midnight, officials in Bern said.");
        assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), Some(sketch.clone()));
        let bytes = sketch.to_bytes();
        for end in 0..bytes.len() {
            assert_eq!(Sketch::from_bytes(&bytes[..end]), None, "{end}");
        }
        assert_eq!(Sketch::from_bytes(&[255; 9]), None);
    }

    #[test]
    fn nothing_and_other_scripts() {
        assert!(Sketch::of_text("").is_empty());
        assert!(Sketch::of_text("— … !").keys().is_empty());
        assert!(!Sketch::of_text("Переговоры в Женеве завершились.").is_empty());
    }
}
