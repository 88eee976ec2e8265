//! Whom a noun phrase means, as entities of a record: the cast's parties, else the phrase as it stands.

use ledger::Entity;
use syntax::{Upos, Word};
use text::{Body, Span};

use super::grammar::{cased, nominal};
use crate::Scene;

/// Whether an entity is someone known: coded, of a sector, or named.
pub fn known(entity: &Entity) -> bool {
    entity.code.is_some() || !entity.sector.is_empty() || entity.collective
}

/// The parties that the phrase headed by `word` stands for. A pronoun is named by its antecedent where that stands in the same
/// sentence. Where the phrase is a thing, those who own or made it ("an Armenian proposal", "the policies of X"), under the words
/// of the whole phrase; where nobody is known, the phrase itself without a code.
pub fn parties(scene: &Scene<'_>, word: Word<'_>) -> Vec<Entity> {
    if word.upos() == Upos::PRON
        && let Some(found) = antecedent(scene, word)
    {
        return found;
    }
    let own = joint(scene, word).unwrap_or_else(|| scene.cast.entities(scene.parse, word.id()));
    if !own.is_empty() {
        return members(scene, word, own);
    }
    let mut found = owners(scene, word, 2);
    if found.is_empty() {
        // "the aggression and the threats made by X"
        found =
            word.children().filter(|c| c.rel() == "conj").map(|c| certain(scene, c)).find(|f| !f.is_empty()).unwrap_or_default();
    }
    if found.is_empty() {
        return vec![phrase(scene, word)];
    }
    if let Some(first) = found.first_mut() {
        first.span = phrase_span(word).hull(first.span);
        first.text = scene.source.slice(first.span).to_string();
    }
    found
}

/// A party with those whom the phrase names as belonging to it: "western countries, including Spain", "UK and EU negotiators".
fn members(scene: &Scene<'_>, word: Word<'_>, mut own: Vec<Entity>) -> Vec<Entity> {
    if own.len() > 1 || own.iter().any(|e| e.code.is_some()) {
        return own;
    }
    let entities = |w: Word<'_>| scene.cast.entities(scene.parse, w.id());
    for child in word.children() {
        // Sides before a common noun.
        if matches!(child.rel(), "amod" | "compound") && child.children().any(|c| c.rel() == "conj") {
            let sides: Vec<Entity> =
                std::iter::once(child).chain(child.children().filter(|c| c.rel() == "conj")).flat_map(entities).collect();
            if sides.len() > 1 && sides.iter().all(|e| e.code.is_some()) {
                return sides;
            }
        }
        let named = child.children().any(|c| c.rel() == "case" && super::grammar::is(c, &["including", "like"]));
        if named && child.id() > word.id() {
            let more = std::iter::once(child).chain(child.children().filter(|c| c.rel() == "conj")).flat_map(entities);
            own.extend(more.filter(known));
        }
    }
    // "individuals in the president's circle", "firms linked to the ministry": theirs is the country of those they belong to.
    if let [one] = own.as_mut_slice()
        && one.code.is_none()
        && !one.collective
    {
        if let Some(whose) = owners(scene, word, 2).into_iter().find(|o| o.code.is_some()) {
            one.code = whose.code;
            one.span = one.span.hull(phrase_span(word)).hull(whose.span);
            one.text = scene.source.slice(one.span).to_string();
        }
    }
    own
}

/// The party that a personal pronoun stands for, by the words of the governing clause's subject: "[Libya] said that it would".
fn antecedent(scene: &Scene<'_>, pronoun: Word<'_>) -> Option<Vec<Entity>> {
    if !["it", "he", "she", "they"].iter().any(|p| pronoun.form().eq_ignore_ascii_case(p)) {
        return None;
    }
    let known = scene.cast.entities(scene.parse, pronoun.id());
    let mut verb = pronoun.head()?;
    for _ in 0..5 {
        let clause = matches!(verb.rel(), "ccomp" | "advcl" | "xcomp" | "conj" | "parataxis");
        verb = verb.head().filter(|_| clause)?;
        let subject = verb.children().find(|c| c.rel() == "nsubj" && nominal(*c) && *c != pronoun);
        let Some(subject) = subject.filter(|s| s.upos() != Upos::PRON && s.id() < pronoun.id()) else { continue };
        let named = certain(scene, subject);
        let fits =
            known.is_empty() || named.iter().any(|n| known.iter().any(|k| k.id == n.id || k.code.is_some() && k.code == n.code));
        return if named.is_empty() { known.is_empty().then(|| vec![phrase(scene, subject)]) } else { fits.then_some(named) };
    }
    None
}

/// As [`parties`], but empty where nobody is known.
pub fn certain(scene: &Scene<'_>, word: Word<'_>) -> Vec<Entity> {
    let own = joint(scene, word).unwrap_or_else(|| scene.cast.entities(scene.parse, word.id()));
    if !own.is_empty() {
        return own;
    }
    owners(scene, word, 2)
}

/// "Delegations from Russia and NATO", "officials of both": several who are named together are each of them, whatever else the
/// plural was once used for.
fn joint(scene: &Scene<'_>, word: Word<'_>) -> Option<Vec<Entity>> {
    if word.upos() != Upos::NOUN || !word.feats().is("Number", "Plur") || scene.cast.entities(scene.parse, word.id()).is_empty() {
        return None;
    }
    let led = |c: &Word<'_>| {
        c.id() > word.id()
            && c.rel() == "nmod"
            && c.children()
                .any(|k| k.rel() == "case" && ["from", "of", "between"].iter().any(|p| k.form().eq_ignore_ascii_case(p)))
    };
    let first = word.children().find(led)?;
    let all: Vec<Word<'_>> = std::iter::once(first).chain(first.children().filter(|c| c.rel() == "conj")).collect();
    let known: Vec<Entity> = all.iter().flat_map(|w| scene.cast.entities(scene.parse, w.id())).collect();
    (all.len() > 1 && known.len() >= all.len() && known.iter().all(known_state)).then_some(known)
}

/// A state or an alliance: what sends delegations.
fn known_state(entity: &Entity) -> bool {
    entity.code.is_some() && entity.office.is_none() && !entity.id.starts_with("person:")
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
            // "restrictions imposed on X", "threats made by X"
            "obl" if word.deprel() == "acl" => {
                let lives = ["live", "reside", "affect", "displace", "trap", "strand", "impact", "bear"].contains(&word.lemma());
                ["by", "on", "against", "to", "from"].iter().any(|p| super::grammar::case(child, p))
                    || lives && super::grammar::case(child, "in")
            }
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
    // A town has the code of its country.
    let from = scene.places.partition_point(|p| p.span.end() <= word.span().start());
    let place = scene.places.get(from).filter(|p| p.head == Some(word.id()) || p.span.contains(word.span())).or_else(|| {
        // "the city of Kharkiv", "a village near Kharkiv"
        let from = scene.places.partition_point(|p| p.span.start() < span.start());
        scene.places.get(from).filter(|p| span.contains(p.span))
    });
    let code = place.and_then(|p| p.location.country_code.clone());
    Entity {
        id: format!("phrase:{}", text.to_lowercase()),
        name: text.clone(),
        text,
        span,
        code,
        sector: Vec::new(),
        office: None,
        collective: false,
    }
}
