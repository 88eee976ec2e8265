//! Whom a noun phrase means, as entities of a record: the cast's parties, else the phrase as it stands.

use ledger::Entity;
use syntax::{Upos, Word};
use text::{Body, Span};

use super::grammar::cased;
use crate::Scene;

/// Whether an entity is someone known: coded, of a sector, or named.
pub fn known(entity: &Entity) -> bool {
    entity.code.is_some() || !entity.sector.is_empty() || entity.collective
}

/// The parties that the phrase headed by `word` stands for. Where the phrase is a thing, those who own or made it
/// ("an Armenian proposal", "the policies of X"); where nobody is known, the phrase itself without a code.
pub fn parties(scene: &Scene<'_>, word: Word<'_>) -> Vec<Entity> {
    let found = certain(scene, word);
    if found.is_empty() { vec![phrase(scene, word)] } else { found }
}

/// As [`parties`], but empty where nobody is known.
pub fn certain(scene: &Scene<'_>, word: Word<'_>) -> Vec<Entity> {
    let own = scene.cast.entities(scene.parse, word.id());
    if !own.is_empty() {
        return own;
    }
    owners(scene, word, 2)
}

fn owners(scene: &Scene<'_>, word: Word<'_>, depth: usize) -> Vec<Entity> {
    for child in word.children() {
        let own = match child.rel() {
            "nmod" => {
                child.deprel() == "nmod:poss"
                    || child.children().any(|c| {
                        c.rel() == "case"
                            && ["of", "by", "from", "in", "with", "on", "for", "against", "near"]
                                .iter()
                                .any(|p| c.form().eq_ignore_ascii_case(p))
                    })
            }
            "amod" | "compound" | "acl" => true,
            _ => false,
        };
        if !own {
            continue;
        }
        let found = scene.cast.entities(scene.parse, child.id());
        if !found.is_empty() {
            return found;
        }
        if depth > 1 {
            let found = owners(scene, child, depth - 1);
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

/// The words of a noun phrase: head, what stands before it, "of" and other short phrases behind it; no clauses, no conjuncts.
pub fn phrase_span(word: Word<'_>) -> Span<Body> {
    let mut span = word.span();
    for child in word.children() {
        let inside = match child.rel() {
            "det" | "amod" | "compound" | "nummod" | "flat" | "fixed" | "goeswith" => true,
            "nmod" => child.deprel() == "nmod:poss" && child.id() < word.id() || child.id() > word.id() && cased(child),
            "appos" => child.upos() == Upos::PROPN,
            _ => false,
        };
        if inside {
            span = span.hull(phrase_span(child));
        }
    }
    span
}

fn phrase(scene: &Scene<'_>, word: Word<'_>) -> Entity {
    let span = phrase_span(word);
    let text = scene.source.slice(span).to_string();
    Entity {
        id: format!("phrase:{}", text.to_lowercase()),
        name: text.clone(),
        text,
        span,
        code: None,
        sector: Vec::new(),
        office: None,
        collective: false,
    }
}
