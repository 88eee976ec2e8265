//! Who said what: statements with speaker, cue, content and chain.

use ledger::Statement;
use text::{Body, Span};

use crate::{Finder, Findings, LexiconError, Scene};

/// Words that say that someone speaks, thinks, asks, denies.
#[derive(Debug, Default)]
pub struct CueLexicon {}

impl CueLexicon {
    /// Reads the built-in file.
    pub fn builtin() -> Result<Self, LexiconError> {
        Ok(CueLexicon {})
    }
}

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

/// Finds statements.
#[derive(Debug)]
pub struct Statements;

impl Finder for Statements {
    fn id(&self) -> &'static str {
        "statements"
    }

    fn find(&self, _scene: &Scene<'_>, _findings: &mut Findings) {}
}
