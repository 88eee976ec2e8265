//! Who said what, in which words.

use jiff::civil::Date;
use text::{Body, Span};

use crate::{Entity, Evidence, Quoted};

/// How the words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Form {
    /// In quotation marks.
    Direct,
    /// Retold.
    Indirect,
    /// Retold, with quoted pieces.
    Mixed,
}

impl Form {
    /// As printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Form::Direct => "direct",
            Form::Indirect => "indirect",
            Form::Mixed => "mixed",
        }
    }
}

/// What the speaker does with the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Stance {
    /// Says it.
    Says,
    /// Denies it.
    Denies,
    /// Asks or orders it.
    Demands,
    /// Threatens or warns of it.
    Warns,
    /// Promises or offers it.
    Promises,
    /// Thinks, believes, fears, hopes or intends it: not said.
    Thinks,
    /// Asks whether it is so.
    Asks,
    /// Refuses to speak.
    Declines,
}

impl Stance {
    /// As printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Says => "says",
            Stance::Denies => "denies",
            Stance::Demands => "demands",
            Stance::Warns => "warns",
            Stance::Promises => "promises",
            Stance::Thinks => "thinks",
            Stance::Asks => "asks",
            Stance::Declines => "declines",
        }
    }
}

/// One statement: a speaker, the words that say that they speak, and what they say.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Statement {
    /// Content hash of page, cue, form, speaker and content spans.
    pub id: String,
    /// The speaker's words; `None` where the text names nobody ("it was said that").
    pub speaker: Option<Quoted>,
    /// Who that is; several where several speak.
    pub actors: Vec<Entity>,
    /// `said`, `according to`, `told reporters` …
    pub cue: Option<Quoted>,
    /// What is said: hull, words and pieces.
    pub content: Quoted,
    /// The pieces of the content, where it has gaps; empty otherwise.
    pub parts: Vec<Span<Body>>,
    /// Direct, indirect or mixed.
    pub form: Form,
    /// What the speaker does with it.
    pub stance: Stance,
    /// Through what: `on television`, `the Twitter account of …`.
    pub channel: Option<Quoted>,
    /// To whom.
    pub addressee: Option<Quoted>,
    /// At what: `at the opening of`.
    pub occasion: Option<Quoted>,
    /// When it was said, where the page supports a day.
    pub date: Option<Date>,
    /// The statement in which this one is told, where there is one: "Peskov said that Blinken had told …".
    pub within: Option<String>,
    /// Why this record exists: one reason a line.
    pub why: Vec<String>,
    /// Where it was read.
    pub evidence: Evidence,
}
