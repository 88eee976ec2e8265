//! A text with every listed phrase in it: names, titles and nouns of the word lists, and what the parser takes for names.

use syntax::{NameKind, Parse, Upos, Word};

use super::forms::{Found, TextAtoms};
use super::lexicon::ActorLexicon;

/// No phrase, no match.
pub(crate) const NONE: u32 = u32::MAX;

/// A text with every listed phrase in it.
pub(crate) struct Marked<'p> {
    pub parse: &'p Parse,
    pub words: Vec<Word<'p>>,
    pub names: Vec<Found>,
    pub titles: Vec<Found>,
    pub nouns: Vec<Found>,
    /// For every word the match that covers it, or [`NONE`].
    pub name_of: Vec<u32>,
    pub title_of: Vec<u32>,
    pub noun_of: Vec<u32>,
    /// What the parser takes the word for a name of.
    pub kind_of: Vec<Option<NameKind>>,
}

fn cover(found: &[Found], words: usize) -> Vec<u32> {
    let mut of = vec![NONE; words];
    for (n, f) in found.iter().enumerate() {
        of[f.first as usize..=f.last as usize].fill(n as u32);
    }
    of
}

/// Whether two forms share a word, and the first is the longer.
fn outdoes(long: &Found, short: &Found) -> bool {
    long.last - long.first > short.last - short.first
}

impl<'p> Marked<'p> {
    pub fn new(parse: &'p Parse, lexicon: &ActorLexicon) -> Marked<'p> {
        let words: Vec<Word<'p>> = parse.words().collect();
        let atoms = TextAtoms::new(parse, &lexicon.atoms);
        let mut names = lexicon.names.find(parse, &atoms);
        let mut titles = lexicon.titles.find(parse, &atoms);
        let mut nouns = lexicon.nouns.find(parse, &atoms);
        let noun_like = |w: &Word<'_>| matches!(w.upos(), Upos::NOUN | Upos::PROPN | Upos::X);
        titles.retain(|t| !t.inside && (noun_like(&words[t.last as usize]) || t.last > t.first));
        nouns.retain(|t| {
            let w = &words[t.last as usize];
            !t.inside && (noun_like(w) || t.last > t.first || w.upos() == Upos::ADJ && w.rel() != "amod")
        });
        // The longer of two that share words wins; a name wins over what is as long.
        let name_of = cover(&names, words.len());
        let title_of = cover(&titles, words.len());
        let beaten: Vec<bool> = names
            .iter()
            .map(|n| {
                (n.first..=n.last)
                    .any(|w| title_of.get(w as usize).is_some_and(|&t| t != NONE && outdoes(&titles[t as usize], n)))
            })
            .collect();
        titles.retain(|t| {
            !(t.first..=t.last).any(|w| {
                let n = name_of[w as usize];
                n != NONE && !beaten[n as usize]
            })
        });
        let mut n = 0;
        names.retain(|_| {
            n += 1;
            !beaten[n - 1]
        });
        let name_of = cover(&names, words.len());
        nouns.retain(|t| !(t.first..=t.last).any(|w| name_of[w as usize] != NONE));
        let (title_of, noun_of) = (cover(&titles, words.len()), cover(&nouns, words.len()));
        let mut kind_of = vec![None; words.len()];
        for name in parse.names() {
            kind_of[name.first.0 as usize..=name.last.0 as usize].fill(Some(name.kind));
        }
        Marked { parse, words, names, titles, nouns, name_of, title_of, noun_of, kind_of }
    }

    pub fn word(&self, w: u32) -> Word<'p> {
        self.words[w as usize]
    }

    pub fn name(&self, w: u32) -> Option<&Found> {
        self.names.get(self.name_of[w as usize] as usize)
    }

    pub fn title(&self, w: u32) -> Option<&Found> {
        self.titles.get(self.title_of[w as usize] as usize)
    }

    pub fn noun(&self, w: u32) -> Option<&Found> {
        self.nouns.get(self.noun_of[w as usize] as usize)
    }

    /// The word in lower case is one of `set`.
    pub fn one_of(&self, set: &std::collections::HashSet<String>, w: u32) -> bool {
        let form = self.word(w).form();
        set.contains(form) || form.chars().any(char::is_uppercase) && set.contains(&form.to_lowercase())
    }

    pub fn capital(&self, w: u32) -> bool {
        self.word(w).form().chars().next().is_some_and(char::is_uppercase)
    }
}
