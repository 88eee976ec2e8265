//! Who said what: statements with speaker, cue, content and chain.
//!
//! In four steps: [`quotes`] pairs quotation marks, [`verbs`], [`nouns`] and [`phrases`] read what each sentence says about
//! speaking, [`link`] gives quotations to speakers, [`record`] makes statements of it.
//!
//! What the spans hold: a speaker is named with title and apposition, without relative clauses; a cue is the verb with auxiliaries,
//! negation and particle ("has not ruled out"), or the noun with its article; a content begins with "that", "to" or "whether" where
//! there is one. A content that is one quotation is given without its marks; [`marked`] gives it with them.

mod draft;
mod lexicon;
mod link;
mod nouns;
mod phrases;
mod quotes;
mod record;
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

/// The statements of a text taken as it is, without a page around it and with nothing quarantined: for measuring.
pub fn read(source: &Source<Body>, parse: &syntax::Parse, lexicon: &crate::Lexicon) -> Vec<Statement> {
    let article = page::Article {
        page: String::new(),
        path: None,
        url: None,
        title: None,
        byline: None,
        publisher: None,
        published: None,
        published_from: None,
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
    let times = crate::times::find(parse, None, &lexicon.times);
    let scene = Scene {
        article: &article,
        part: ledger::Part::Text,
        source,
        parse,
        cast: &cast,
        times: &times,
        places: &[],
        lexicon,
        revision: "",
        keep_garbled: true,
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
