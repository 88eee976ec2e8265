//! Who is meant: one table of actors per page, with every mention's place.

use ledger::Entity;
use page::Article;
use syntax::{Parse, WordId};
use text::{Body, Span};

use crate::LexiconError;

/// Countries, organisations, offices, groups, generic nouns for people.
#[derive(Debug, Default)]
pub struct ActorLexicon {}

impl ActorLexicon {
    /// Reads the built-in files.
    pub fn builtin() -> Result<Self, LexiconError> {
        Ok(ActorLexicon {})
    }
}

/// How a mention names its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MentionKind {
    /// By name.
    Name,
    /// By a noun: "protesters", "the spokesman".
    Noun,
    /// By a pronoun.
    Pronoun,
    /// By an adjective or a possessive: "Russian (troops)".
    Modifier,
}

/// Some words that stand for an actor.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The words.
    pub span: Span<Body>,
    /// The word that the tree hangs them on.
    pub head: WordId,
    /// Its actor: an index into [`Cast::actors`].
    pub actor: u32,
    /// How it names it.
    pub kind: MentionKind,
    /// Why it was joined to that actor, for `explain`.
    pub why: &'static str,
}

/// One party of a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Actor {
    /// Stable id.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Country or group code.
    pub code: Option<String>,
    /// Sectors, primary first.
    pub sector: Vec<String>,
    /// Office.
    pub office: Option<String>,
    /// "The West" and its like.
    pub collective: bool,
    /// Other forms of the name on this page.
    pub aliases: Vec<String>,
}

/// Everyone on the page.
#[derive(Debug, Default)]
pub struct Cast {
    /// The actors, by first mention.
    pub actors: Vec<Actor>,
    /// Their mentions, by place.
    pub mentions: Vec<Mention>,
}

impl Cast {
    /// The mention whose head is `word`, the longest where several are.
    pub fn mention(&self, word: WordId) -> Option<&Mention> {
        self.mentions.iter().filter(|m| m.head == word).max_by_key(|m| m.span.len())
    }

    /// The parties that the noun phrase headed by `word` stands for: its own mention, all members of a coordination, the
    /// countries of compound adjectives ("French and Egyptian warships"). Empty where nobody who acts is meant.
    pub fn entities(&self, _parse: &Parse, word: WordId) -> Vec<Entity> {
        let _ = word;
        Vec::new()
    }
}

/// Finds every mention of the parse and joins those that mean the same party.
pub fn resolve(_article: &Article, _parse: &Parse, _lexicon: &ActorLexicon) -> Cast {
    Cast::default()
}
