//! Who said what: statements with speaker, cue, content and chain.

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

/// Finds statements.
#[derive(Debug)]
pub struct Statements;

impl Finder for Statements {
    fn id(&self) -> &'static str {
        "statements"
    }

    fn find(&self, _scene: &Scene<'_>, _findings: &mut Findings) {}
}
