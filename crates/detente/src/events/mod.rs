//! Who did what to whom: PLOVER events from predicates in verbs and nouns.

use crate::{Finder, Findings, LexiconError, Scene};

/// Verbs and nouns that tell events, with their frames, and what turns their modality.
#[derive(Debug, Default)]
pub struct EventLexicon {}

impl EventLexicon {
    /// Reads the built-in files.
    pub fn builtin() -> Result<Self, LexiconError> {
        Ok(EventLexicon {})
    }
}

/// Finds events. Runs after the statements, which tell it who says so.
#[derive(Debug)]
pub struct Events;

impl Finder for Events {
    fn id(&self) -> &'static str {
        "events"
    }

    fn find(&self, _scene: &Scene<'_>, _findings: &mut Findings) {}
}
