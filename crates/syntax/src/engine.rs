//! The engine: text in, parse out.

use std::cell::RefCell;
use std::fmt;
use std::sync::OnceLock;

use text::{Body, Source, Span, hash128};

use crate::health;
use crate::kernel::Quantised;
use crate::lemma;
use crate::math::{dot, exp, leaky};
use crate::mend::mend;
use crate::model::Model;
use crate::network::{Buffers, linear};
use crate::parse::{Name, NameKind, Parse, ParseBuilder, WordId, WordRow};
use crate::tags::Feats;
use crate::tokenize::{Token, tokenize};
use crate::tree::best_tree;

/// Raise it when code changes what is parsed.
const CODE: &[u8] = b"5";
/// No sentence is longer; a longer run of words is cut here.
const LONGEST_SENTENCE: usize = 200;
/// Words seen at once when sentences are looked for, and how many of them two looks share.
const WINDOW: usize = 160;
const OVERLAP: usize = 40;
/// Words that go through the network together.
const BATCH: usize = 1500;

/// A file on a boundary that suits every number in it.
#[repr(align(64))]
struct Aligned<T: ?Sized>(T);

static MODEL: &Aligned<[u8]> = &Aligned(*include_bytes!("../models/en.model"));

/// Why the engine could not start.
#[derive(Debug)]
pub struct Error(String);

impl Error {
    pub(crate) fn new(what: String) -> Error {
        Error(what)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// The language engine. It holds the model alone and may be shared by any number of threads.
#[derive(Debug)]
pub struct Engine {
    model: Model,
    revision: String,
}

/// What the network says of one word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Found {
    pub(crate) tag: u32,
    pub(crate) label: u32,
    /// 0 is the root, `i + 1` the sentence's word `i`.
    pub(crate) head: u32,
    name: u8,
    lemma: (u32, u32),
}

/// All that is used again from page to page.
#[derive(Default)]
struct Work {
    buffers: Buffers,
    tokens: Vec<Token>,
    found: Vec<Found>,
    /// Lemmas, one after the other; `Found::lemma` points here.
    lemmas: String,
    garble: Vec<f32>,
    heads: Heads,
}

#[derive(Default)]
struct Heads {
    x: Quantised,
    y: Quantised,
    tag: Vec<f32>,
    lemma: Vec<f32>,
    name_low: Vec<f32>,
    name_states: Vec<f32>,
    name: Vec<f32>,
    bad: Vec<f32>,
    arc_dep: Vec<f32>,
    arc_head: Vec<f32>,
    arc: Vec<f32>,
    rel_dep: Vec<f32>,
    rel_head: Vec<f32>,
    rel: Vec<f32>,
    scores: Vec<f32>,
    tree: Vec<usize>,
    lemma_text: LemmaText,
}

/// Buffers for one word's lemma.
#[derive(Default)]
struct LemmaText {
    proposal: String,
    low: String,
    made: String,
}

thread_local! {
    static WORK: RefCell<Work> = RefCell::default();
}

/// How much surer the cutter must be (log-odds) of a sentence that begins within a line after a word without a mark: web pages have such
/// ends, news has none. Chosen on the development parts.
const BARE: f32 = 1.5;

/// Whether a word follows another on one line with no mark between them.
fn in_line(source: &Source<Body>, before: Span<Body>, word: Span<Body>) -> bool {
    let ends = |s: Span<Body>, last: bool| {
        let mut chars = source.slice(s).chars();
        if last { chars.next_back() } else { chars.next() }.is_some_and(char::is_alphanumeric)
    };
    ends(before, true) && ends(word, false) && !source.as_str()[before.end() as usize..word.start() as usize].contains('\n')
}

impl Engine {
    /// The engine on the built-in model, read once.
    pub fn embedded() -> Result<&'static Engine, Error> {
        static ENGINE: OnceLock<Result<Engine, String>> = OnceLock::new();
        ENGINE.get_or_init(|| Engine::from_bytes(&MODEL.0).map_err(|e| e.0)).as_ref().map_err(|e| Error(e.clone()))
    }

    /// An engine on another model, such as one trained for another domain.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Engine, Error> {
        let model = Model::read(bytes)?;
        Ok(Engine { model, revision: hash128(&[bytes, CODE]).to_string() })
    }

    /// Hash of the model and of the code's revision.
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// Parses each paragraph of `source`: words, sentences, tags, lemmas, trees, names, health.
    pub fn parse(&self, source: &Source<Body>, paragraphs: &[Span<Body>]) -> Parse {
        WORK.with_borrow_mut(|work| {
            work.tokens.clear();
            let mut ends = Vec::with_capacity(paragraphs.len());
            for &paragraph in paragraphs {
                tokenize(source.slice(paragraph), paragraph.start(), &mut work.tokens);
                ends.push(work.tokens.len());
            }
            let sentences = self.split(source, work, &ends);
            self.read(source, work, &sentences)
        })
    }

    /// Keeps the words and sentences of `parse` and finds everything else anew.
    pub fn parse_words(&self, parse: &Parse) -> Parse {
        WORK.with_borrow_mut(|work| {
            work.tokens.clear();
            let mut sentences = Vec::new();
            for sentence in parse.sentences() {
                let first = work.tokens.len();
                work.tokens.extend(sentence.words().map(|w| Token { span: w.span(), space: true, glued: w.glued() }));
                sentences.push((first, work.tokens.len(), sentence.paragraph()));
            }
            self.read(parse.source(), work, &sentences)
        })
    }

    /// Cuts the words into sentences: `(first, end, paragraph)`. `ends` are the ends of the paragraphs.
    fn split(&self, source: &Source<Body>, work: &mut Work, ends: &[usize]) -> Vec<(usize, usize, u32)> {
        // Windows of bounded size, so that a page-long paragraph costs no more memory than a short one.
        let mut windows: Vec<(usize, usize, usize, usize)> = Vec::new();
        let mut first = 0;
        for &end in ends {
            let mut from = first;
            while from < end {
                let to = (from + WINDOW).min(end);
                let keep_from = if from == first { from } else { from + OVERLAP / 2 };
                let keep_to = if to == end { to } else { to - OVERLAP / 2 };
                windows.push((from, to, keep_from, keep_to));
                if to == end {
                    break;
                }
                from = to - OVERLAP;
            }
            first = end;
        }
        let mut starts = vec![false; work.tokens.len()];
        let lengths: Vec<usize> = windows.iter().map(|w| w.1 - w.0).collect();
        for group in groups(&lengths) {
            let mut input = Vec::new();
            for &w in &group {
                for token in &work.tokens[windows[w].0..windows[w].1] {
                    work.buffers.words.clear();
                    work.buffers.embed(&self.model, source.slice(token.span));
                    input.extend_from_slice(&work.buffers.words);
                    input.push(f32::from(u8::from(token.space)));
                }
            }
            let width = self.model.split[0].input.columns;
            let lengths: Vec<usize> = group.iter().map(|&w| lengths[w]).collect();
            let mut out = Vec::new();
            work.buffers.bilstm(&self.model.split, &input, width, &lengths, &mut out);
            work.heads.x.fill(&out, 2 * self.model.split[0].hidden.columns);
            linear(&self.model.split_out, &work.heads.x, &mut work.heads.scores);
            let mut at = 0;
            for (&w, &length) in group.iter().zip(&lengths) {
                let (from, _, keep_from, keep_to) = windows[w];
                for i in keep_from..keep_to {
                    let over = work.heads.scores[at + i - from] - self.model.split_threshold;
                    let bare = || i > from && in_line(source, work.tokens[i - 1].span, work.tokens[i].span);
                    starts[i] = over > BARE || over > 0.0 && !bare();
                }
                at += length;
            }
        }
        let mut sentences = Vec::new();
        let mut first = 0;
        for (paragraph, &end) in ends.iter().enumerate() {
            let mut from = first;
            for i in first + 1..=end {
                let token_split = i < end && (starts[i] && !work.tokens[i - 1].glued || i - from >= LONGEST_SENTENCE);
                if i == end || token_split {
                    sentences.push((from, i, paragraph as u32));
                    from = i;
                }
            }
            first = end;
        }
        sentences
    }

    /// Runs the network over the sentences and puts the parse together.
    fn read(&self, source: &Source<Body>, work: &mut Work, sentences: &[(usize, usize, u32)]) -> Parse {
        work.found.clear();
        work.found.resize(work.tokens.len(), Found::default());
        work.lemmas.clear();
        work.garble.clear();
        work.garble.resize(sentences.len(), 0.0);
        // A sentence of given words may be longer than any that we cut: it goes through in pieces, each a tree of its own.
        let mut pieces: Vec<(usize, usize, usize)> = Vec::with_capacity(sentences.len());
        for (s, &(first, end, _)) in sentences.iter().enumerate() {
            let mut from = first;
            while from < end {
                let to = if end - from > 2 * LONGEST_SENTENCE { from + LONGEST_SENTENCE } else { end };
                pieces.push((from, to, s));
                from = to;
            }
        }
        let lengths: Vec<usize> = pieces.iter().map(|p| p.1 - p.0).collect();
        for group in groups(&lengths) {
            work.buffers.words.clear();
            for &p in &group {
                for token in &work.tokens[pieces[p].0..pieces[p].1] {
                    work.buffers.embed(&self.model, source.slice(token.span));
                }
            }
            let lengths: Vec<usize> = group.iter().map(|&p| lengths[p]).collect();
            work.buffers.encode(&self.model, &lengths);
            self.decode(source, work, &group.iter().map(|&p| pieces[p]).collect::<Vec<_>>());
        }
        self.build(source, work, sentences)
    }

    /// From the encoder's vectors to tags, lemmas, names, trees.
    fn decode(&self, source: &Source<Body>, work: &mut Work, group: &[(usize, usize, usize)]) {
        let Work { buffers, tokens, found, lemmas, garble, heads: h } = work;
        let m = &self.model;
        let lengths: Vec<usize> = group.iter().map(|p| p.1 - p.0).collect();
        let width = m.tag.weight.columns;
        h.x.fill(&buffers.encoded, width);
        linear(&m.tag, &h.x, &mut h.tag);
        linear(&m.lemma, &h.x, &mut h.lemma);
        linear(&m.name_low, &h.x, &mut h.name_low);
        leaky(&mut h.name_low);
        buffers.bilstm(&m.name_layer, &h.name_low, m.name_low.weight.rows, &lengths, &mut h.name_states);
        h.y.fill(&h.name_states, 2 * m.name_layer[0].hidden.columns);
        linear(&m.name, &h.y, &mut h.name);
        linear(&m.bad, &h.x, &mut h.bad);
        leaky(&mut h.bad);
        linear(&m.arc_dep, &h.x, &mut h.arc_dep);
        leaky(&mut h.arc_dep);
        linear(&m.arc_head, &h.x, &mut h.arc_head);
        leaky(&mut h.arc_head);
        linear(&m.rel_dep, &h.x, &mut h.rel_dep);
        linear(&m.rel_head, &h.x, &mut h.rel_head);
        let (arc, rel) = (m.arc_root.len(), m.rel_root.len());
        // The root stands as one more head at the end.
        h.arc_head.extend_from_slice(&m.arc_root);
        h.y.fill(&h.arc_head, arc);
        linear(&m.arc, &h.y, &mut h.arc);
        let words = h.arc_dep.len() / arc;
        let mut at = 0;
        h.y.reset(rel);
        let mut sum = vec![0.0f32; rel];
        for &(first, end, sentence) in group {
            let n = end - first;
            let head_row = |k: usize| if k == 0 { words } else { at + k - 1 };
            h.scores.clear();
            let bias: Vec<f32> = (0..=n).map(|k| dot(&h.arc_head[head_row(k) * arc..][..arc], &m.arc_bias)).collect();
            for d in 0..n {
                let dep = &h.arc_dep[(at + d) * arc..][..arc];
                for (k, &bias) in bias.iter().enumerate() {
                    h.scores.push(dot(dep, &h.arc[head_row(k) * arc..][..arc]) + bias);
                }
            }
            best_tree(&h.scores, n, &mut h.tree);
            names(&h.name[at * 7..(at + n) * 7], &mut found[first..end]);
            let mut hidden = vec![0.0f32; m.bad_out.len()];
            for d in 0..n {
                let word = at + d;
                let slot = &mut found[first + d];
                slot.head = h.tree[d] as u32;
                slot.tag = best(&h.tag[word * m.tags.len()..][..m.tags.len()]) as u32;
                let form = source.slice(tokens[first + d].span);
                slot.lemma =
                    self.lemma(&h.lemma[word * m.scripts.len()..][..m.scripts.len()], form, slot.tag, &mut h.lemma_text, lemmas);
                let head = if h.tree[d] == 0 { &m.rel_root[..] } else { &h.rel_head[(at + h.tree[d] - 1) * rel..][..rel] };
                for ((s, &a), &b) in sum.iter_mut().zip(&h.rel_dep[word * rel..][..rel]).zip(head) {
                    *s = a + b;
                }
                leaky(&mut sum);
                h.y.push(&sum);
                for (a, &b) in hidden.iter_mut().zip(&h.bad[word * m.bad_out.len()..][..m.bad_out.len()]) {
                    *a += b;
                }
            }
            for v in &mut hidden {
                *v /= n as f32;
            }
            let z = dot(&hidden, &m.bad_out) + m.bad_bias;
            let p = 1.0 / (1.0 + exp(-(m.garble.0 * z + m.garble.1)));
            garble[sentence] = garble[sentence].max(p);
            at += n;
        }
        linear(&m.rel, &h.y, &mut h.rel);
        let mut row = 0;
        for &(first, end, _) in group {
            for slot in &mut found[first..end] {
                let scores = &h.rel[row * m.labels.len()..][..m.labels.len()];
                // Only the root is called root.
                let label = (0..scores.len())
                    .filter(|&l| (m.labels[l] == "root") == (slot.head == 0))
                    .fold(None, |b: Option<usize>, l| if b.is_none_or(|b| scores[l] > scores[b]) { Some(l) } else { b });
                slot.label = label.unwrap_or(0) as u32;
                row += 1;
            }
            mend(&mut found[first..end], m);
        }
    }

    /// The lemma of the best script that fits, as a place in `lemmas`.
    fn lemma(&self, scores: &[f32], form: &str, tag: u32, text: &mut LemmaText, lemmas: &mut String) -> (u32, u32) {
        let start = lemmas.len() as u32;
        let (upos, feats) = &self.model.tags[tag as usize];
        let proposal =
            if self.model.scripts[best(scores)].apply(form, &mut text.proposal) { text.proposal.as_str() } else { form };
        lemmas.push_str(lemma::lemma(form, *upos, Feats(feats), proposal, &mut text.low, &mut text.made).unwrap_or(proposal));
        (start, lemmas.len() as u32)
    }

    fn build(&self, source: &Source<Body>, work: &Work, sentences: &[(usize, usize, u32)]) -> Parse {
        let m = &self.model;
        let mut builder = ParseBuilder::new(source.clone());
        let mut rows: Vec<WordRow<'_>> = Vec::new();
        for (s, &(first, end, paragraph)) in sentences.iter().enumerate() {
            rows.clear();
            for i in first..end {
                let (token, found) = (&work.tokens[i], &work.found[i]);
                let (upos, feats) = &m.tags[found.tag as usize];
                rows.push(WordRow {
                    span: token.span,
                    lemma: &work.lemmas[found.lemma.0 as usize..found.lemma.1 as usize],
                    upos: *upos,
                    feats,
                    head: found.head.checked_sub(1),
                    deprel: &m.labels[found.label as usize],
                    glued: token.glued && i + 1 < end,
                });
            }
            let health = health::judge(source, &rows, work.garble[s], m.garble.2);
            builder.sentence(paragraph, &rows, health);
            for name in spans(source, &work.tokens, &work.found, first, end) {
                builder.name(name);
            }
        }
        builder.finish()
    }
}

/// The first of the largest.
fn best(scores: &[f32]) -> usize {
    scores.iter().enumerate().fold(0, |b, (i, &s)| if s > scores[b] { i } else { b })
}

/// The best legal run of name tags (O, B-PER, I-PER, B-ORG, I-ORG, B-LOC, I-LOC): an inside follows its own kind alone.
fn names(scores: &[f32], out: &mut [Found]) {
    let n = out.len();
    let mut total = [f32::NEG_INFINITY; 7];
    let mut back = vec![[0u8; 7]; n];
    for i in 0..n {
        let row = &scores[i * 7..(i + 1) * 7];
        let mut next = [f32::NEG_INFINITY; 7];
        for tag in 0..7usize {
            let inside = tag > 0 && tag % 2 == 0;
            if i == 0 {
                next[tag] = if inside { f32::NEG_INFINITY } else { row[tag] };
                continue;
            }
            for (before, &sum) in total.iter().enumerate() {
                if (!inside || before == tag || before + 1 == tag) && sum + row[tag] > next[tag] {
                    next[tag] = sum + row[tag];
                    back[i][tag] = before as u8;
                }
            }
        }
        total = next;
    }
    let mut tag = best(&total);
    for i in (0..n).rev() {
        out[i].name = tag as u8;
        tag = usize::from(back[i][tag]);
    }
}

/// The names among the words `first..end`. A hyphen inside one word of a name ("al-Assad", "Jong-un") does not end it.
fn spans(source: &Source<Body>, tokens: &[Token], found: &[Found], first: usize, end: usize) -> Vec<Name> {
    let form = |i: usize| source.slice(tokens[i].span);
    let article = |i: usize| ARTICLES.iter().any(|a| form(i).eq_ignore_ascii_case(a));
    // Whether a hyphen without spaces stands between word `i` and word `i + 2`.
    let hyphen = |i: usize| i + 2 < end && form(i + 1) == "-" && !tokens[i + 1].space && !tokens[i + 2].space;
    let mut out: Vec<Name> = Vec::new();
    let mut i = first;
    while i < end {
        let tag = found[i].name;
        if tag == 0 {
            i += 1;
            continue;
        }
        let mut last = i;
        while last + 1 < end && found[last + 1].name != 0 && found[last + 1].name.is_multiple_of(2) {
            last += 1;
        }
        let kind = [NameKind::Person, NameKind::Organisation, NameKind::Place][usize::from((tag - 1) / 2).min(2)];
        let mut begin = i;
        if begin >= first + 2 && hyphen(begin - 2) && article(begin - 2) {
            begin -= 2;
            // "Saray al" and "Jihad Group" are one name, of the kind of its last part.
            if let Some(before) = out.pop_if(|n| n.last.0 as usize >= begin) {
                begin = before.first.0 as usize;
            }
        }
        while hyphen(last) {
            let syllable = kind == NameKind::Person
                && last > begin
                && form(last).len() <= 5
                && KOREAN_LENGTH.contains(&form(last + 2).len());
            let part = form(last + 2).starts_with(char::is_uppercase);
            if !(article(last) && part || syllable && !SUFFIXES.contains(&form(last + 2))) {
                break;
            }
            last += 2;
        }
        out.push(Name { first: WordId(begin as u32), last: WordId(last as u32), kind });
        i = last + 1;
    }
    out
}

/// Articles that are written into Arabic names.
const ARTICLES: [&str; 14] = ["al", "el", "ul", "ad", "an", "ar", "as", "at", "az", "ash", "abu", "ibn", "bin", "bint"];
/// The second syllable of a Korean or Chinese given name has so many letters ("Jong-un", "Ki-moon") …
const KOREAN_LENGTH: std::ops::RangeInclusive<usize> = 2..=5;
/// … and is none of these ("Kim Jong-led").
const SUFFIXES: [&str; 8] = ["led", "era", "run", "like", "style", "born", "owned", "based"];

/// Indices of pieces put together for the network: longest first within a batch, and no batch much over [`BATCH`] words.
fn groups(lengths: &[usize]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(lengths[i]), i));
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut words = BATCH;
    for i in order {
        if words >= BATCH {
            out.push(Vec::new());
            words = 0;
        }
        words += lengths[i];
        if let Some(group) = out.last_mut() {
            group.push(i);
        }
    }
    out
}
