//! Who said what: statements with speaker, cue, content and chain.
//!
//! In four steps: [`quotes`] pairs quotation marks, [`verbs`] (with [`speakers`], [`content`] and [`extent`]), [`nouns`] and
//! [`phrases`] read what each sentence says about speaking, [`link`] gives quotations to speakers, [`record`] makes statements of it.
//!
//! What the spans hold: a speaker is named with title, apposition and what is said of it between commas; a cue is the verb with auxiliaries,
//! negation and particle ("has not ruled out"), or the noun with its article; a content begins with "that", "to" or "whether" where
//! there is one. A content that is one quotation is given without its marks; [`marked`] gives it with them.

mod content;
mod draft;
mod extent;
mod lexicon;
mod link;
mod nouns;
mod phrases;
mod quotes;
mod record;
mod speakers;
mod verbs;

use ledger::Statement;
use text::{Body, Source, Span};

use crate::{Finder, Findings, Scene};

pub use lexicon::CueLexicon;

/// The innermost of `statements` (all of one text) whose content holds `span`; the later one where two are of one size.
pub fn innermost(statements: &[Statement], span: Span<Body>) -> Option<&Statement> {
    let size = |s: &Statement| match s.parts.as_slice() {
        [] => s.content.span.len(),
        parts => parts.iter().map(|p| p.len()).sum(),
    };
    statements
        .iter()
        .filter(|s| match s.parts.as_slice() {
            [] => s.content.span.contains(span),
            parts => parts.iter().any(|p| p.contains(span)),
        })
        .min_by(|a, b| size(a).cmp(&size(b)).then(b.content.span.start().cmp(&a.content.span.start())))
}

const MARKS: &[char] = &['"', '“', '”', '„', '«', '»', '「', '」', '『', '』', '‘', '’', '\'', '`', '‹', '›', '〝', '〞', '＂'];

/// The pieces of a statement's content with the quotation marks that stand around each.
pub fn marked(source: &Source<Body>, statement: &Statement) -> Vec<Span<Body>> {
    let text = source.as_str();
    let parts = if statement.parts.is_empty() { std::slice::from_ref(&statement.content.span) } else { &statement.parts };
    parts
        .iter()
        .map(|part| {
            let (mut start, mut end) = (part.start() as usize, part.end() as usize);
            let behind = text[end..].trim_start_matches([' ', '\u{a0}']);
            let before = text[..start].trim_end_matches([' ', '\u{a0}']);
            let (open, close) = (before.ends_with(MARKS), behind.starts_with(MARKS));
            if open && (close || statement.form == ledger::Form::Direct) {
                start = before.trim_end_matches(MARKS).len();
                if close {
                    end = text.len() - behind.trim_start_matches(MARKS).len();
                }
            }
            Span::new(start as u32, end as u32)
        })
        .collect()
}

/// The speaker with the comma that closes an apposition or a relative clause, as corpora of attribution mark it.
pub fn closed(source: &Source<Body>, speaker: Span<Body>) -> Span<Body> {
    let inserted = source.slice(speaker).contains(", ") && source.as_str()[speaker.end() as usize..].starts_with(',');
    Span::new(speaker.start(), speaker.end() + u32::from(inserted))
}

/// The cue with the colon that opens what is said, as corpora of attribution mark it.
pub fn opened(source: &Source<Body>, cue: Span<Body>) -> Span<Body> {
    let colon = cue.len() > 1 && source.as_str()[cue.end() as usize..].starts_with(':');
    Span::new(cue.start(), cue.end() + u32::from(colon))
}

/// The statements of a text taken as it is, without a page around it and with nothing quarantined: for measuring.
pub fn read(source: &Source<Body>, parse: &syntax::Parse, lexicon: &crate::Lexicon) -> Vec<Statement> {
    read_on(source, parse, lexicon, None)
}

/// As [`read`], for a text published on a known day.
pub fn read_on(
    source: &Source<Body>,
    parse: &syntax::Parse,
    lexicon: &crate::Lexicon,
    published: Option<jiff::civil::Date>,
) -> Vec<Statement> {
    let article = page::Article {
        page: String::new(),
        path: None,
        url: None,
        title: None,
        byline: None,
        publisher: None,
        published,
        published_from: None,
        published_at: None,
        trail: Vec::new(),
        language: None,
        translation_suspect: page::Suspicion::default(),
        body: source.clone(),
        paragraphs: Vec::new(),
        alignment: text::Alignment::default(),
        dateline: None,
        removed: Vec::new(),
        notes: Vec::new(),
    };
    let cast = crate::actors::resolve(&article, parse, &lexicon.actors);
    let times = crate::times::find(parse, published, &lexicon.times);
    let places = crate::places::find(parse, &lexicon.places);
    let scene = Scene {
        article: &article,
        part: ledger::Part::Text,
        source,
        parse,
        cast: &cast,
        times: &times,
        places: &places,
        lexicon,
        revision: "",
        keep_garbled: true,
        without_modality: false,
    };
    let mut findings = Findings::default();
    Statements.find(&scene, &mut findings);
    findings.statements
}

/// Finds statements.
#[derive(Debug)]
pub struct Statements;

impl Finder for Statements {
    fn id(&self) -> &'static str {
        "statements"
    }

    fn find(&self, scene: &Scene<'_>, findings: &mut Findings) {
        let desk = draft::Desk::new(scene);
        let mut drafts = Vec::new();
        for sentence in scene.sentences() {
            drafts.extend(verbs::find(&desk, sentence));
            drafts.extend(nouns::find(&desk, sentence));
            drafts.extend(phrases::find(&desk, sentence));
        }
        link::quotations(&desk, &mut drafts);
        findings.statements.extend(record::finish(&desk, drafts, self.id()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statements(text: &str) -> (Source<Body>, Vec<Statement>) {
        let source: Source<Body> = Source::new(text);
        let engine = syntax::Engine::embedded().expect("built-in model");
        let lexicon = crate::Lexicon::builtin().expect("built-in lexicon");
        let parse = engine.parse(&source, &[source.whole()]);
        let found = read(&source, &parse, &lexicon);
        (source, found)
    }

    #[test]
    fn spans_hold_their_words_and_nothing_panics() {
        let pieces = [
            "“",
            "”",
            "\"",
            "'",
            "''",
            "said",
            "told",
            " ",
            ",",
            ".",
            ":",
            "that",
            "Lavrov",
            "according to",
            "he",
            "not",
            "\n",
            "「",
            "(",
            "é",
            "warning of",
        ];
        // A small generator of its own: the texts are the same on every run.
        let mut state = 7u32;
        for _ in 0..300 {
            let mut text = String::new();
            for _ in 0..40 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(pieces[(state >> 16) as usize % pieces.len()]);
                if state & 0x8000 == 0 {
                    text.push(' ');
                }
            }
            let (source, found) = statements(&text);
            for s in &found {
                for q in [&s.speaker, &s.cue, &s.channel, &s.addressee, &s.occasion].into_iter().flatten().chain([&s.content]) {
                    assert_eq!(source.slice(q.span), q.text);
                }
                for part in &s.parts {
                    assert!(s.content.span.contains(*part));
                }
                let _ = marked(&source, s);
                let _ = s.speaker.as_ref().map(|q| closed(&source, q.span));
            }
        }
    }

    #[test]
    fn an_event_stands_in_the_innermost_statement() {
        let (source, found) = statements("Peskov said that Blinken had told Lavrov that the offer stood.");
        let inner = innermost(&found, source.find("stood").expect("there")).expect("a statement");
        assert_eq!(inner.cue.as_ref().map(|c| c.text.as_str()), Some("had told"));
        let outer = innermost(&found, source.find("Blinken").expect("there")).expect("a statement");
        assert_eq!(Some(&outer.id), inner.within.as_ref());
        assert!(innermost(&found, source.find("Peskov").expect("there")).is_none());
    }
}
