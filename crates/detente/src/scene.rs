//! What a finder is lent, and what it gives back.

use std::collections::BTreeMap;

use ledger::{Event, Evidence, Part, Quoted, Statement};
use page::Article;
use syntax::Parse;
use text::{Body, Note, Source, Span, hash128};

use crate::Lexicon;
use crate::actors::Cast;
use crate::places::Place;
use crate::times::Time;

/// One text of a page (its headline or its article) with all that was found out about it.
pub struct Scene<'a> {
    /// The page's article.
    pub article: &'a Article,
    /// Which text of it this scene is.
    pub part: Part,
    /// The text.
    pub source: &'a Source<Body>,
    /// Its sentences.
    pub parse: &'a Parse,
    /// Who is meant.
    pub cast: &'a Cast,
    /// Days and times, in text order.
    pub times: &'a [Time],
    /// Places, in text order.
    pub places: &'a [Place],
    /// Word lists.
    pub lexicon: &'a Lexicon,
    /// Revision of lexicon and model, for the evidence.
    pub revision: &'a str,
    /// Code garbled sentences too (for measuring only).
    pub keep_garbled: bool,
    /// Read every predicate as told and done (for measuring only).
    pub without_modality: bool,
}

impl<'a> Scene<'a> {
    /// The sentences fit to be coded.
    pub fn sentences(&self) -> impl Iterator<Item = syntax::Sentence<'a>> {
        let keep = self.keep_garbled;
        self.parse.sentences().filter(move |s| keep || !s.health().quarantined)
    }

    /// The words at `span`.
    pub fn quote(&self, span: Span<Body>) -> Quoted {
        Quoted::new(self.source, span)
    }

    /// Evidence for a record read at `span` by `finder`.
    pub fn evidence(&self, finder: &'static str, span: Span<Body>, parts: Vec<Span<Body>>) -> Evidence {
        Evidence {
            page: self.article.page.clone(),
            part: self.part,
            quoted: self.quote(span),
            parts,
            finder,
            revision: self.revision.to_string(),
        }
    }

    /// A record's id: the hash of page, part, `kind` (category or form) and spans; never a score or a revision.
    pub fn id(&self, kind: &str, spans: &[Span<Body>]) -> String {
        let spans: Vec<u8> = spans.iter().flat_map(|s| [s.start().to_le_bytes(), s.end().to_le_bytes()]).flatten().collect();
        let part: &[u8] = if self.part == Part::Title { b"title" } else { b"text" };
        hash128(&[self.article.page.as_bytes(), part, kind.as_bytes(), &spans]).to_string()
    }
}

/// What finders have found so far; a later finder sees what earlier ones left.
#[derive(Debug, Default)]
pub struct Findings {
    /// Statements, in text order once all finders have run.
    pub statements: Vec<Statement>,
    /// Events, likewise.
    pub events: Vec<Event>,
    /// What was odd.
    pub notes: Vec<Note>,
    /// What the confidence of each event rests on, by id.
    pub grounds: BTreeMap<String, crate::events::Grounds>,
}

/// One thing the pipeline looks for.
pub trait Finder: Sync {
    /// Stable name, printed in evidence and by `explain`.
    fn id(&self) -> &'static str;
    /// Looks through the scene and adds what it finds.
    fn find(&self, scene: &Scene<'_>, findings: &mut Findings);
}
