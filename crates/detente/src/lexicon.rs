//! Everything the program knows about words, loaded once and passed in. The files are in `lexicon/`; each part is read by
//! the module that uses it.

use std::fmt;

use crate::{actors::ActorLexicon, events::EventLexicon, places::Gazetteer, statements::CueLexicon, times::TimeLexicon};

/// The revision that stands in every record; raise it when any lexicon file changes what is read.
pub const REVISION: &str = "1";

/// What is wrong with a lexicon file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconError {
    /// The file.
    pub file: String,
    /// The entry, line or key.
    pub place: String,
    /// What is wrong and what to do.
    pub what: String,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.place, self.what)
    }
}

impl std::error::Error for LexiconError {}

/// All word lists.
#[derive(Debug)]
pub struct Lexicon {
    /// Countries, organisations, offices, groups, generic nouns for people.
    pub actors: ActorLexicon,
    /// Words that say that someone speaks.
    pub cues: CueLexicon,
    /// Verbs and nouns that tell events, and what turns their modality.
    pub events: EventLexicon,
    /// Words for days and times.
    pub times: TimeLexicon,
    /// Places with coordinates.
    pub places: Gazetteer,
}

impl Lexicon {
    /// The built-in lexicon.
    pub fn builtin() -> Result<Lexicon, LexiconError> {
        Ok(Lexicon {
            actors: ActorLexicon::builtin()?,
            cues: CueLexicon::builtin()?,
            events: EventLexicon::builtin()?,
            times: TimeLexicon::builtin()?,
            places: Gazetteer::builtin()?,
        })
    }
}
