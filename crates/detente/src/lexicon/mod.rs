//! Everything the program knows about words, loaded once and passed in. The files are in `lexicon/`; each part is read by
//! the module that uses it. A user's own [`Folder`] goes on top.

mod folder;
pub(crate) mod forms;

use std::fmt;

use serde::Deserialize;

pub use folder::{Folder, Listed};

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

/// One thing that is wrong in a word list, for a person who will mend it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

impl From<Fault> for LexiconError {
    fn from(fault: Fault) -> Self {
        LexiconError { file: fault.file, place: format!("line {}", fault.line), what: fault.what }
    }
}

/// The line on which byte `at` of `text` stands, counted from 1.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count()
}

/// Reads a list written in TOML; what cannot be read is told with its line.
pub(crate) fn read<'a, T: Deserialize<'a>>(file: &str, text: &'a str) -> Result<T, Fault> {
    toml::from_str(text).map_err(|e: toml::de::Error| Fault {
        file: file.to_string(),
        line: e.span().map_or(1, |s| line_of(text, s.start)),
        what: e.message().trim().replace('\n', "; "),
    })
}

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
    /// Of the word lists, a user's own named with them: `1`, or `1.own-0a1b2c3d`.
    pub revision: String,
}

impl Lexicon {
    /// The built-in lexicon.
    pub fn builtin() -> Result<Lexicon, LexiconError> {
        Lexicon::with(&Folder::default())
    }

    /// The built-in lexicon with a user's own folder on top.
    pub fn with(own: &Folder) -> Result<Lexicon, LexiconError> {
        crate::loads::lexicon();
        let mut actors = ActorLexicon::builtin()?;
        for list in &own.actors {
            actors.overlay(&list.file, &list.text)?;
        }
        let none = own.events.is_empty() && own.actors.is_empty();
        Ok(Lexicon {
            actors,
            cues: CueLexicon::builtin()?,
            events: EventLexicon::with(&own.events)?,
            times: TimeLexicon::builtin()?,
            places: Gazetteer::builtin()?,
            revision: if none { REVISION.to_string() } else { format!("{REVISION}.own-{}", own.revision()) },
        })
    }
}
