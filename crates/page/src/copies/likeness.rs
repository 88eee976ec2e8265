//! Two pages side by side: how much of each is found in the other, and what that makes them.

use super::Sketch;
use super::sketch::{is_name, word};

/// Two sentences answer to one another from this share of common content words (twice the common ones over all of both).
const SENTENCE: f32 = 0.5;
/// Or where nearly all of the shorter stands in the longer, as when a sentence was split or joined.
const PART: f32 = 0.8;
/// Fewer common words prove nothing.
const FEWEST: u16 = 3;
/// The beginning of a page: so many sentences.
const LEAD: usize = 3;
/// Pages of fewer content words are copies only where they agree in all of them.
const TINY: usize = 6;
/// Pages of fewer are copies only where they agree word for word in good part.
const SHORT: usize = 40;
/// Pages share passages from this share of the shorter one's sentences.
const PASSAGES: f32 = 0.15;

/// How alike two pages are. Swapping the pages swaps the pairs; nothing else changes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Likeness {
    /// Share of each page's sentences, by words, that answer to one of the other page.
    pub found: [f32; 2],
    /// Share of each page's neighbouring words (three at a time) that stand so in the other page.
    pub verbatim: [f32; 2],
    /// Content words of each page.
    pub words: [usize; 2],
    /// Whether one of each page's first three sentences is found in the other.
    pub lead: [bool; 2],
}

/// What two pages are to one another, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kinship {
    /// Strangers, or two reports of one event.
    None,
    /// They share passages, yet neither is a copy of the other: a round-up, a report with borrowed paragraphs.
    Passages,
    /// One stands in the other, which goes on with something else: cut from it, unless the longer is a round-up.
    Cut,
    /// Near-copies: the same report, edited, told or translated again.
    Copy,
}

/// Sets two pages side by side. Time grows with the words of both and how often they recur.
pub fn compare(a: &Sketch, b: &Sketch) -> Likeness {
    Table::new(a).compare(b).0
}

impl Likeness {
    /// The same, with the pages in the other order.
    pub fn swapped(self) -> Likeness {
        let Likeness { found: [a, b], verbatim: [c, d], words: [e, f], lead: [g, h] } = self;
        Likeness { found: [b, a], verbatim: [d, c], words: [f, e], lead: [h, g] }
    }

    /// What the two are to one another: the symmetric test by which clusters are made.
    pub fn kinship(self) -> Kinship {
        // The page of which more is found in the other stands in it; the measure is the same whichever comes first.
        let inner = usize::from(self.found[1] > self.found[0]);
        let (most, least) = (self.found[inner], self.found[1 - inner]);
        let lead = self.lead[1 - inner];
        if self.words[0].min(self.words[1]) < TINY {
            return if self.verbatim == [1.0; 2] && most == 1.0 && least == 1.0 { Kinship::Copy } else { Kinship::None };
        }
        // Two or three sentences may be alike by chance or by quoting the same words.
        let short = self.words[0].min(self.words[1]) < SHORT && self.verbatim[inner] < 0.4;
        if short {
            return if most >= PASSAGES && self.verbatim[inner] >= 0.1 { Kinship::Passages } else { Kinship::None };
        }
        if most >= 0.65 && least >= 0.6 {
            Kinship::Copy
        } else if (most >= 0.65 && least >= if lead { 0.3 } else { 0.5 }) || (most >= 0.8 && least >= 0.12 && lead) {
            Kinship::Cut
        } else if most >= PASSAGES && self.verbatim[inner] >= 0.1 {
            Kinship::Passages
        } else {
            Kinship::None
        }
    }
}

/// A sketch laid out for comparing.
pub(super) struct Table<'s> {
    sketch: &'s Sketch,
    /// Word, sentence, and whether it is a name there; sorted; a word counts once a sentence.
    places: Vec<(u32, u16, bool)>,
    /// Different words of each sentence, and how many of them are names or figures.
    sizes: Vec<Common>,
}

/// How many different words two sentences share, or one has, and how many of these are names or figures.
#[derive(Debug, Clone, Copy, Default)]
struct Common {
    words: u16,
    names: u16,
}

impl<'s> Table<'s> {
    pub fn new(sketch: &'s Sketch) -> Self {
        let mut places = Vec::with_capacity(sketch.len());
        let mut sizes = Vec::with_capacity(sketch.sentences().len());
        let mut own = Vec::new();
        for (n, sentence) in sketch.sentences().enumerate() {
            distinct(sentence, &mut own);
            sizes.push(Common { words: own.len() as u16, names: own.iter().filter(|&&w| is_name(w)).count() as u16 });
            places.extend(own.iter().map(|&w| (word(w), n as u16, is_name(w))));
        }
        places.sort_unstable();
        Table { sketch, places, sizes }
    }

    /// How alike this page and `other` are, and which sentences of each answer to one of the other.
    pub fn compare(&self, other: &Sketch) -> (Likeness, [Box<[bool]>; 2]) {
        let right = Table::new(other);
        let common = self.common(&right);
        let width = right.sizes.len();
        let in_b = answered(&self.sizes, &right.sizes, |n, m| common[n * width + m]);
        let in_a = answered(&right.sizes, &self.sizes, |m, n| common[n * width + m]);
        let found = [self.weight(&in_b), right.weight(&in_a)];
        let verbatim = if found[0].max(found[1]) < PASSAGES { [0.0; 2] } else { verbatim(self.sketch, other) };
        let words = [self.sketch.len(), other.len()];
        let lead = [in_b.iter().take(LEAD).any(|&f| f), in_a.iter().take(LEAD).any(|&f| f)];
        (Likeness { found, verbatim, words, lead }, [in_b.into(), in_a.into()])
    }

    /// What each sentence shares with each of `other`, row by row.
    fn common(&self, other: &Table<'_>) -> Vec<Common> {
        let width = other.sizes.len();
        let mut common = vec![Common::default(); self.sizes.len() * width];
        let mut rest = other.places.as_slice();
        for same in self.places.chunk_by(|a, b| a.0 == b.0) {
            rest = &rest[rest.iter().take_while(|p| p.0 < same[0].0).count()..];
            let there = &rest[..rest.iter().take_while(|p| p.0 == same[0].0).count()];
            for &(_, n, here) in same {
                for &(_, m, there) in there {
                    let both = &mut common[usize::from(n) * width + usize::from(m)];
                    both.words += 1;
                    // A capital may only open a sentence: a name on one side is a name.
                    both.names += u16::from(here || there);
                }
            }
        }
        common
    }

    /// The share of the marked sentences, by words.
    fn weight(&self, marked: &[bool]) -> f32 {
        let found: usize = self.sketch.sentences().zip(marked).filter(|&(_, &m)| m).map(|(s, _)| s.len()).sum();
        if self.sketch.is_empty() { 0.0 } else { found as f32 / self.sketch.len() as f32 }
    }
}

/// Which of one page's sentences answer to one of the other's. No sentence answers for more than two.
fn answered(here: &[Common], there: &[Common], common: impl Fn(usize, usize) -> Common) -> Vec<bool> {
    let mut used = vec![0u8; there.len()];
    let best_of = |(n, &size): (usize, &Common)| {
        let mut best: Option<(f32, usize)> = None;
        for m in (0..there.len()).filter(|&m| used[m] < 2) {
            if let Some(score) = alike(common(n, m), size, there[m]).filter(|s| best.is_none_or(|b| *s > b.0)) {
                best = Some((score, m));
            }
        }
        best.iter().for_each(|&(_, m)| used[m] += 1);
        best.is_some()
    };
    here.iter().enumerate().map(best_of).collect()
}

/// The share of each page's neighbouring words, three at a time, that stand so in the other.
fn verbatim(a: &Sketch, b: &Sketch) -> [f32; 2] {
    let groups = |sketch: &Sketch| {
        let windows = sketch.sentences().flat_map(|s| s.windows(3));
        let mut groups: Vec<[u32; 3]> = windows.map(|g| [word(g[0]), word(g[1]), word(g[2])]).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    };
    let (a, b) = (groups(a), groups(b));
    [share(&a, &b), share(&b, &a)]
}

/// Puts the different words of a sentence into `own`, sorted; a word that is a name once is one.
fn distinct(sentence: &[u32], own: &mut Vec<u32>) {
    own.clear();
    own.extend_from_slice(sentence);
    own.sort_unstable_by_key(|&w| (word(w), !is_name(w)));
    own.dedup_by_key(|w| word(*w));
}

/// How well two sentences answer to one another, given their different words and what they share; `None` where not.
fn alike(common: Common, a: Common, b: Common) -> Option<f32> {
    let shorter = a.words.min(b.words);
    if common.words < FEWEST.min(shorter) {
        return None;
    }
    let dice = 2.0 * f32::from(common.words) / f32::from(a.words + b.words);
    let part = f32::from(common.words) / f32::from(shorter);
    let words = dice >= SENTENCE || (common.words >= 2 * FEWEST && part >= PART);
    // A form filled in again, or the same said of others: the words agree, the names and figures do not.
    let names = a.names.min(b.names);
    (words && (names < 2 || 3 * common.names >= names)).then_some(dice)
}

/// The share of the sorted `a` that the sorted `b` has; 1 where `a` is empty.
fn share<T: Ord>(a: &[T], b: &[T]) -> f32 {
    if a.is_empty() {
        return 1.0;
    }
    let mut rest = b.iter().peekable();
    let mut common = 0;
    for x in a {
        while rest.next_if(|y| *y < x).is_some() {}
        common += usize::from(rest.peek() == Some(&x));
    }
    common as f32 / a.len() as f32
}
