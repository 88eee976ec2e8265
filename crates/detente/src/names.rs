//! The proper names of a page: what the engine takes for one, what the lists of actors know, who is read as a person, and the
//! places of the gazetteer. Where two share words the longer one holds; the engine's stands against one as long.

use syntax::{NameKind, Parse, Upos, Word, WordId};
use text::{Body, Span};

use crate::Reading;

/// A proper name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Its words.
    pub span: Span<Body>,
    /// What it names.
    pub kind: NameKind,
}

impl Reading {
    /// The proper names of the text, by place; none shares a word with another.
    pub fn names(&self) -> Vec<Name> {
        let mut table = Table::new(&self.parse);
        for name in self.parse.names() {
            table.add(name.first.0, name.last.0, name.kind);
        }
        let places = self.places.iter().filter_map(|p| words(&self.parse, p.span)).map(|(a, b)| (a, b, NameKind::Place));
        for (first, last, kind) in self.cast.names.iter().copied().chain(places) {
            // "The United States Senate race": a place inside a longer name is no name by itself.
            if kind != NameKind::Place
                || !(neighbour(self.parse.word(WordId(first)).before()) || neighbour(self.parse.word(WordId(last)).after()))
            {
                table.add(first, last, kind);
            }
        }
        table.names()
    }
}

/// A word that would make a name longer.
fn neighbour(word: Option<Word<'_>>) -> bool {
    word.is_some_and(|w| w.upos() == Upos::PROPN && w.form().starts_with(char::is_uppercase))
}

/// First and last word of a span.
fn words(parse: &Parse, span: Span<Body>) -> Option<(u32, u32)> {
    let first = parse.word_at(span)?.id().0;
    let mut last = first;
    while parse.word(WordId(last)).after().is_some_and(|w| span.contains(w.span())) {
        last += 1;
    }
    Some((first, last))
}

/// Names that share no word.
struct Table<'p> {
    parse: &'p Parse,
    names: Vec<Option<(u32, u32, NameKind)>>,
    /// The name of every word, `u32::MAX` for none.
    of: Vec<u32>,
}

impl<'p> Table<'p> {
    fn new(parse: &'p Parse) -> Table<'p> {
        Table { parse, names: Vec::new(), of: vec![u32::MAX; parse.words().len()] }
    }

    /// Adds a name unless one that is there shares words with it and is as long or reaches further.
    fn add(&mut self, first: u32, last: u32, kind: NameKind) {
        let range = first as usize..=last as usize;
        let Some(covered) = self.of.get(range.clone()) else { return };
        let mut within: Vec<u32> = covered.iter().copied().filter(|&n| n != u32::MAX).collect();
        within.dedup();
        let longer = |n: &u32| self.names[*n as usize].is_some_and(|(a, b, _)| a >= first && b <= last && b - a < last - first);
        if !within.iter().all(longer) {
            return;
        }
        for n in within {
            self.names[n as usize] = None;
        }
        self.of[range].fill(self.names.len() as u32);
        self.names.push(Some((first, last, kind)));
    }

    fn names(self) -> Vec<Name> {
        let mut found: Vec<Name> =
            self.names.iter().flatten().map(|&(a, b, kind)| Name { span: self.parse.hull(WordId(a), WordId(b)), kind }).collect();
        found.sort_by_key(|n| n.span);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_name_holds() {
        let parse = crate::tree("Bank PROPN 4 nsubj|of ADP 3 case|England PROPN 1 nmod|rose VERB 0 root");
        let mut table = Table::new(&parse);
        table.add(2, 2, NameKind::Place);
        table.add(0, 2, NameKind::Organisation);
        table.add(0, 0, NameKind::Person);
        let names = table.names();
        assert_eq!(names.len(), 1);
        assert_eq!(names[0].kind, NameKind::Organisation);
    }
}
