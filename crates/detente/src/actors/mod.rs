//! Who is meant: one table of actors per page, with every mention's place.
//!
//! [`chunks`] cuts noun phrases, [`read`] reads each from left to right, [`whose`] finds the country behind it, [`join`] makes one table of
//! all mentions, [`coref`] gives pronouns and bare titles the party they stand for. No list of politicians decides: titles, adjectives and
//! possessors do; dated offices are soft evidence where the page is silent.

mod chunks;
mod coref;
mod forms;
mod join;
mod joints;
mod lexicon;
mod marked;
mod read;
mod whose;

use ledger::Entity;
use page::Article;
use syntax::{NameKind, Parse, Upos, Word, WordId};
use text::{Body, Span, hash128};

pub use lexicon::ActorLexicon;
use lexicon::{Code, Sectors};

use crate::places::Place;

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

/// What sort of party an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// A person with a name.
    Person,
    /// A holder of an office who is not named.
    Office,
    /// A state: by its name, its people's, its capital's.
    State,
    /// A body with a name.
    Body,
    /// People or a body told by a noun.
    Group,
    /// A party without one country.
    Collective,
    /// A name of which nothing is known.
    Unknown,
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
    /// Why it has that code, for `explain`.
    pub code_why: &'static str,
    /// Sectors, primary first.
    pub sector: Vec<String>,
    /// Office.
    pub office: Option<String>,
    /// "The West" and its like.
    pub collective: bool,
    /// Other forms of the name on this page.
    pub aliases: Vec<String>,
    /// Offices that the page gives it, in order of first mention.
    pub offices: Vec<String>,
    /// How often the page mentions it.
    pub mentions: u32,
}

impl Actor {
    /// What sort of party it is; the first part of its id says so.
    pub fn kind(&self) -> ActorKind {
        match self.id.split(':').next() {
            Some("person") => ActorKind::Person,
            Some("office") => ActorKind::Office,
            Some("country") => ActorKind::State,
            Some("organisation") => ActorKind::Body,
            Some("group") => ActorKind::Group,
            Some("collective") => ActorKind::Collective,
            _ => ActorKind::Unknown,
        }
    }
}

/// One noun phrase as it is handed to records.
#[derive(Debug, Clone, Default)]
struct Party {
    /// From its first to its last word, complement included.
    span: (u32, u32),
    actor: Option<u32>,
    code: Option<Code>,
    sectors: Sectors,
    office: Option<(u32, u32)>,
    collective: bool,
    /// Several countries before one noun: each with the words that stand for it.
    several: Vec<(Code, u32, u32, u32)>,
    /// A capital, country or town that is only where something happens.
    place: bool,
    /// Whether it can act.
    acts: bool,
}

/// Everyone on the page.
#[derive(Debug, Default)]
pub struct Cast {
    /// The actors, by first mention.
    pub actors: Vec<Actor>,
    /// Their mentions, by place.
    pub mentions: Vec<Mention>,
    /// Proper names: persons as they are read, listed bodies and countries. First and last word.
    pub(crate) names: Vec<(u32, u32, NameKind)>,
    parties: Vec<Party>,
    /// The noun phrase of every word; `u32::MAX` for none.
    of: Vec<u32>,
    /// For every word that heads a modifier ("Russian" of "Russian troops") its party.
    modifier: Vec<u32>,
    /// The mention whose head a word is.
    headed: Vec<u32>,
}

/// How many members of one coordination are told.
const MEMBERS: usize = 16;

impl Cast {
    /// The mention whose head is `word`, the longest where several are.
    pub fn mention(&self, word: WordId) -> Option<&Mention> {
        let at = *self.headed.get(word.0 as usize)?;
        self.mentions.get(at as usize)
    }

    /// The mention at these words: the same words, else the longest that begins there.
    pub fn mention_at(&self, span: Span<Body>) -> Option<&Mention> {
        let first = self.mentions.partition_point(|m| m.span.start() < span.start());
        let there = || self.mentions[first..].iter().take_while(|m| m.span.start() == span.start());
        there().find(|m| m.span == span).or_else(|| there().next())
    }

    /// The parties that the noun phrase headed by `word` stands for: its own mention, all members of a coordination, the
    /// countries of compound adjectives ("French and Egyptian warships"). Empty where nobody who acts is meant.
    pub fn entities(&self, parse: &Parse, word: WordId) -> Vec<Entity> {
        let mut found = Vec::new();
        for head in members(parse.word(word)) {
            // A place that the tree joins to a party ("talks with NATO in Geneva and Brussels") is none.
            let joined = head.id() != word;
            let Some(party) = self.party(head.id()).filter(|p| p.acts && !(joined && p.place)) else { continue };
            for entity in self.told(parse, party) {
                // Two offices of one person: "Prime Minister and Foreign Minister X".
                if let Some(same) = found.last_mut().filter(|e: &&mut Entity| e.id == entity.id && e.id.starts_with("person:")) {
                    same.span = same.span.hull(entity.span);
                    same.text = parse.source().slice(same.span).to_string();
                    same.office = entity.office.or(same.office.take());
                    continue;
                }
                if !found.iter().any(|e: &Entity| e.span == entity.span && e.code == entity.code) && found.len() < MEMBERS {
                    found.push(entity);
                }
            }
        }
        found
    }

    /// The noun phrase headed by `word` as an entity, whether or not it can act: its words without a relative clause, with the code that
    /// they support. A word outside every noun phrase stands for itself.
    pub fn phrase(&self, parse: &Parse, word: WordId) -> Entity {
        match self.party(word) {
            Some(party) => self.told(parse, party).swap_remove(0),
            None => {
                let span = parse.word(word).span();
                plain_entity(parse, span)
            }
        }
    }

    /// Every noun phrase of the coordination that `word` heads, as [`Cast::phrase`] gives it.
    pub fn phrases(&self, parse: &Parse, word: WordId) -> Vec<Entity> {
        let mut found: Vec<Entity> = Vec::new();
        for head in members(parse.word(word)) {
            let told = match self.party(head.id()) {
                Some(party) => self.told(parse, party),
                None => vec![plain_entity(parse, head.span())],
            };
            for entity in told {
                if !found.iter().any(|e| e.span == entity.span && e.code == entity.code) && found.len() < MEMBERS {
                    found.push(entity);
                }
            }
        }
        found
    }

    fn party(&self, word: WordId) -> Option<&Party> {
        let modifier = *self.modifier.get(word.0 as usize)?;
        if let Some(party) = self.parties.get(modifier as usize) {
            return Some(party);
        }
        self.parties.get(*self.of.get(word.0 as usize)? as usize)
    }

    /// At least one entity.
    fn told(&self, parse: &Parse, party: &Party) -> Vec<Entity> {
        let one = |span: (u32, u32), code: Option<Code>| {
            let span = parse.hull(WordId(span.0), WordId(span.1));
            let mut entity = plain_entity(parse, span);
            entity.code = code.map(printed);
            entity.sector = party.sectors.names().map(str::to_string).collect();
            entity.collective = party.collective;
            if let Some(actor) = party.actor.and_then(|a| self.actors.get(a as usize)) {
                entity.id = actor.id.clone();
                entity.name = actor.name.clone();
                entity.office = actor.office.clone();
            }
            if let Some((a, b)) = party.office {
                entity.office = Some(parse.source().slice(parse.hull(WordId(a), WordId(b))).to_string());
            }
            entity
        };
        if party.several.len() > 1 {
            return party
                .several
                .iter()
                .map(|&(code, a, b, actor)| {
                    let mut entity = one((a, b), Some(code));
                    if let Some(actor) = self.actors.get(actor as usize) {
                        entity.id = actor.id.clone();
                        entity.name = actor.name.clone();
                    }
                    entity
                })
                .collect();
        }
        vec![one(party.span, party.code)]
    }
}

fn printed(code: Code) -> String {
    code.iter().map(|&b| char::from(b)).collect()
}

fn plain_entity(parse: &Parse, span: Span<Body>) -> Entity {
    let text = parse.source().slice(span).to_string();
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let id = format!("phrase:{}", hash128(&[lexicon::folded(&name).as_bytes()]));
    Entity { text, span, code: None, sector: Vec::new(), id, name, office: None, collective: false }
}

/// The word and what is coordinated with it.
fn members(word: Word<'_>) -> Vec<Word<'_>> {
    let mut found = vec![word];
    let mut next = 0;
    while next < found.len() && found.len() < MEMBERS {
        let joined = found[next].children().filter(|c| c.rel() == "conj" && !matches!(c.upos(), Upos::VERB | Upos::AUX));
        found.extend(joined);
        next += 1;
    }
    found
}

/// Finds every mention of the parse and joins those that mean the same party.
pub fn resolve(article: &Article, parse: &Parse, lexicon: &ActorLexicon) -> Cast {
    resolve_at(article, parse, lexicon, &[])
}

/// The same, with the places of the text: "residents of Hebron" then have a country.
pub fn resolve_at(article: &Article, parse: &Parse, lexicon: &ActorLexicon, places: &[Place]) -> Cast {
    join::cast(article, parse, lexicon, places)
}

/// Phrases that mean the same, for any phrase of the text and not only for parties: each a first and a last word, with all that modifies it.
/// Chains of one phrase are left out.
pub fn clusters(parse: &Parse, lexicon: &ActorLexicon) -> Vec<Vec<(WordId, WordId)>> {
    join::clusters(parse, lexicon, None)
}

/// A phrase that a pronoun may stand for: its first and last word (by number) and the signs that speak for or against it.
pub type Candidate = (u32, u32, Vec<&'static str>);

/// Shows every pronoun of the third person with its candidates to `watch` (pronoun, column of `lexicon/actors/pronouns.tsv`, candidates): what
/// the weights in that file are fitted on.
pub fn pronoun_candidates(parse: &Parse, lexicon: &ActorLexicon, mut watch: impl FnMut(WordId, usize, &[Candidate])) {
    join::clusters(parse, lexicon, Some(&mut |word, class, seen| watch(word, class as usize, seen)));
}
