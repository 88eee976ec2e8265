//! What the engine found in one text, in columns, with views to walk it.

use std::collections::HashMap;

use text::{Body, Source, Span};

use crate::{Feats, Upos};

/// A sentence of a [`Parse`], by its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceId(pub u32);

/// A word of a [`Parse`], by its position in the whole text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
}

/// A name in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Its first word.
    pub first: WordId,
    /// Its last word.
    pub last: WordId,
    /// What it names.
    pub kind: NameKind,
}

/// How fit a sentence is to be read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Health {
    /// Calibrated probability that the sentence is unusable, 0 to 1.
    pub garble: f32,
    /// Whether it is to be quarantined.
    pub quarantined: bool,
    /// Why, in words a person understands; empty when sound.
    pub why: Vec<&'static str>,
    /// Broken stretches inside an otherwise sound sentence; nothing in them is coded.
    pub broken: Vec<Span<Body>>,
}

/// One word as the engine or a CoNLL-U file gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct WordRow<'a> {
    /// Where it stands.
    pub span: Span<Body>,
    /// Dictionary form.
    pub lemma: &'a str,
    /// Part of speech.
    pub upos: Upos,
    /// Features as CoNLL-U writes them, `_` for none.
    pub feats: &'a str,
    /// Head as an offset from the sentence's first word; `None` for the root.
    pub head: Option<u32>,
    /// Relation to the head, with its subtype (`nsubj:pass`).
    pub deprel: &'a str,
    /// Whether the next word continues the same surface token (`do` of `don't`).
    pub glued: bool,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    span: Span<Body>,
    lemma: u32,
    feats: u32,
    deprel: u32,
    head: Option<WordId>,
    upos: Upos,
    glued: bool,
    sentence: u32,
}

#[derive(Debug, Clone)]
struct SentenceRow {
    span: Span<Body>,
    first: u32,
    end: u32,
    paragraph: u32,
    health: Health,
}

/// Sentences, words, arcs and names of one text.
#[derive(Debug, Clone)]
pub struct Parse {
    source: Source<Body>,
    strings: Vec<Box<str>>,
    sentences: Vec<SentenceRow>,
    words: Vec<Row>,
    /// Dependents of every word, in text order: `children[child_start[w]..child_start[w + 1]]`.
    child_start: Vec<u32>,
    children: Vec<WordId>,
    names: Vec<Name>,
}

/// Fills a [`Parse`] sentence by sentence.
#[derive(Debug)]
pub struct ParseBuilder {
    parse: Parse,
    intern: HashMap<Box<str>, u32>,
}

impl ParseBuilder {
    /// Begins the parse of `source`.
    pub fn new(source: Source<Body>) -> Self {
        ParseBuilder {
            parse: Parse {
                source,
                strings: Vec::new(),
                sentences: Vec::new(),
                words: Vec::new(),
                child_start: Vec::new(),
                children: Vec::new(),
                names: Vec::new(),
            },
            intern: HashMap::new(),
        }
    }

    fn string(&mut self, s: &str) -> u32 {
        if let Some(&id) = self.intern.get(s) {
            return id;
        }
        let id = self.parse.strings.len() as u32;
        self.parse.strings.push(s.into());
        self.intern.insert(s.into(), id);
        id
    }

    /// Adds a sentence of at least one word; words come in text order and heads stay inside the sentence.
    pub fn sentence(&mut self, paragraph: u32, words: &[WordRow<'_>], health: Health) -> SentenceId {
        let first = self.parse.words.len() as u32;
        let sentence = self.parse.sentences.len() as u32;
        for word in words {
            let (lemma, feats, deprel) = (self.string(word.lemma), self.string(word.feats), self.string(word.deprel));
            let head = word.head.filter(|&h| (h as usize) < words.len()).map(|h| WordId(first + h));
            self.parse.words.push(Row {
                span: word.span,
                lemma,
                feats,
                deprel,
                head,
                upos: word.upos,
                glued: word.glued,
                sentence,
            });
        }
        let span = match words {
            [one] => one.span,
            [a, .., b] => a.span.hull(b.span),
            [] => Span::new(0, 0),
        };
        let end = self.parse.words.len() as u32;
        self.parse.sentences.push(SentenceRow { span, first, end, paragraph, health });
        SentenceId(sentence)
    }

    /// Adds a name; both words belong to one sentence.
    pub fn name(&mut self, name: Name) {
        self.parse.names.push(name);
    }

    /// Closes the parse: sorts names and indexes dependents.
    pub fn finish(mut self) -> Parse {
        let parse = &mut self.parse;
        parse.names.sort_by_key(|n| (n.first, n.last));
        let n = parse.words.len();
        let mut count = vec![0u32; n + 1];
        for word in &parse.words {
            if let Some(head) = word.head {
                count[head.0 as usize + 1] += 1;
            }
        }
        for i in 0..n {
            count[i + 1] += count[i];
        }
        let mut next = count.clone();
        parse.children = vec![WordId(0); count[n] as usize];
        for (i, word) in parse.words.iter().enumerate() {
            if let Some(head) = word.head {
                let slot = &mut next[head.0 as usize];
                parse.children[*slot as usize] = WordId(i as u32);
                *slot += 1;
            }
        }
        parse.child_start = count;
        self.parse
    }
}

impl Parse {
    /// The parsed text.
    pub fn source(&self) -> &Source<Body> {
        &self.source
    }

    /// Every sentence, in order.
    pub fn sentences(&self) -> impl ExactSizeIterator<Item = Sentence<'_>> + Clone {
        (0..self.sentences.len() as u32).map(|id| self.sentence(SentenceId(id)))
    }

    /// The sentence `id`.
    pub fn sentence(&self, id: SentenceId) -> Sentence<'_> {
        Sentence { parse: self, id }
    }

    /// Every word, in order.
    pub fn words(&self) -> impl ExactSizeIterator<Item = Word<'_>> + Clone {
        (0..self.words.len() as u32).map(|id| self.word(WordId(id)))
    }

    /// The word `id`.
    pub fn word(&self, id: WordId) -> Word<'_> {
        Word { parse: self, id }
    }

    /// The first word that touches `span`.
    pub fn word_at(&self, span: Span<Body>) -> Option<Word<'_>> {
        let i = self.words.partition_point(|w| w.span.end() <= span.start());
        (i < self.words.len() && self.words[i].span.start() < span.end()).then(|| self.word(WordId(i as u32)))
    }

    /// The sentence that holds byte `byte`, or the next one.
    pub fn sentence_at(&self, byte: u32) -> Option<Sentence<'_>> {
        let i = self.sentences.partition_point(|s| s.span.end() <= byte);
        (i < self.sentences.len()).then(|| self.sentence(SentenceId(i as u32)))
    }

    /// Every name, by first word.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// The bytes from the first to the last word, both included.
    pub fn hull(&self, first: WordId, last: WordId) -> Span<Body> {
        self.word(first).span().hull(self.word(last).span())
    }
}

/// A view of one sentence.
#[derive(Clone, Copy)]
pub struct Sentence<'p> {
    parse: &'p Parse,
    id: SentenceId,
}

impl<'p> Sentence<'p> {
    fn row(self) -> &'p SentenceRow {
        &self.parse.sentences[self.id.0 as usize]
    }

    /// Its position.
    pub fn id(self) -> SentenceId {
        self.id
    }

    /// From its first to its last word.
    pub fn span(self) -> Span<Body> {
        self.row().span
    }

    /// Its words as they stand.
    pub fn text(self) -> &'p str {
        self.parse.source.slice(self.span())
    }

    /// The number of its paragraph.
    pub fn paragraph(self) -> u32 {
        self.row().paragraph
    }

    /// How fit it is to be read.
    pub fn health(self) -> &'p Health {
        &self.row().health
    }

    /// Its words.
    pub fn words(self) -> impl DoubleEndedIterator<Item = Word<'p>> + ExactSizeIterator + Clone {
        let parse = self.parse;
        (self.row().first..self.row().end).map(move |id| Word { parse, id: WordId(id) })
    }

    /// Its root; the first word where no word is marked as root.
    pub fn root(self) -> Word<'p> {
        self.words().find(|w| w.head().is_none()).unwrap_or(Word { parse: self.parse, id: WordId(self.row().first) })
    }
}

/// A view of one word.
#[derive(Clone, Copy)]
pub struct Word<'p> {
    parse: &'p Parse,
    id: WordId,
}

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl std::fmt::Debug for Word<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}/{}", self.id.0, self.form(), self.upos())
    }
}

impl<'p> Word<'p> {
    fn row(self) -> &'p Row {
        &self.parse.words[self.id.0 as usize]
    }

    /// Its position in the text.
    pub fn id(self) -> WordId {
        self.id
    }

    /// Where it stands.
    pub fn span(self) -> Span<Body> {
        self.row().span
    }

    /// As written.
    pub fn form(self) -> &'p str {
        self.parse.source.slice(self.row().span)
    }

    /// Dictionary form.
    pub fn lemma(self) -> &'p str {
        &self.parse.strings[self.row().lemma as usize]
    }

    /// Part of speech.
    pub fn upos(self) -> Upos {
        self.row().upos
    }

    /// Features.
    pub fn feats(self) -> Feats<'p> {
        Feats(&self.parse.strings[self.row().feats as usize])
    }

    /// The word it depends on.
    pub fn head(self) -> Option<Word<'p>> {
        Some(Word { parse: self.parse, id: self.row().head? })
    }

    /// Relation to the head, with its subtype.
    pub fn deprel(self) -> &'p str {
        &self.parse.strings[self.row().deprel as usize]
    }

    /// Relation to the head without its subtype (`nsubj` of `nsubj:pass`).
    pub fn rel(self) -> &'p str {
        let deprel = self.deprel();
        deprel.split_once(':').map_or(deprel, |(rel, _)| rel)
    }

    /// Whether the next word continues the same surface token.
    pub fn glued(self) -> bool {
        self.row().glued
    }

    /// Its sentence.
    pub fn sentence(self) -> Sentence<'p> {
        self.parse.sentence(SentenceId(self.row().sentence))
    }

    /// Words that depend on it, in text order.
    pub fn children(self) -> impl DoubleEndedIterator<Item = Word<'p>> + ExactSizeIterator + Clone {
        let parse = self.parse;
        let range = parse.child_start[self.id.0 as usize] as usize..parse.child_start[self.id.0 as usize + 1] as usize;
        parse.children[range].iter().map(move |&id| Word { parse, id })
    }

    /// The first dependent with relation `rel` (subtypes included).
    pub fn child(self, rel: &str) -> Option<Word<'p>> {
        self.children().find(|c| c.rel() == rel)
    }

    /// The heads above it, nearest first. Ends at the root, or after as many steps as the sentence has words.
    pub fn ancestors(self) -> impl Iterator<Item = Word<'p>> {
        let limit = self.sentence().words().len();
        std::iter::successors(self.head(), |w| w.head()).take(limit)
    }

    /// The word before it in the same sentence.
    pub fn before(self) -> Option<Word<'p>> {
        let first = self.sentence().row().first;
        (self.id.0 > first).then(|| Word { parse: self.parse, id: WordId(self.id.0 - 1) })
    }

    /// The word after it in the same sentence.
    pub fn after(self) -> Option<Word<'p>> {
        let end = self.sentence().row().end;
        (self.id.0 + 1 < end).then(|| Word { parse: self.parse, id: WordId(self.id.0 + 1) })
    }

    /// Every word of its subtree, itself included, in text order.
    pub fn subtree(self) -> Vec<Word<'p>> {
        let mut found = vec![self];
        let mut next = 0;
        let limit = self.sentence().words().len();
        while next < found.len() && found.len() <= limit {
            found.extend(found[next].children());
            next += 1;
        }
        found.sort_by_key(|w| w.id);
        found.dedup();
        found
    }

    /// From the first to the last word of its subtree.
    pub fn subtree_span(self) -> Span<Body> {
        self.subtree().iter().fold(self.span(), |span, w| span.hull(w.span()))
    }
}
