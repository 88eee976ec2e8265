//! How the text presents an act, where no governing word has decided it: conditions, modifiers of nouns, denials, the past.

use ledger::{Category, Modality, Stance, Statement};
use syntax::{Word, WordId};
use text::{Body, Span};

use super::act::Act;
use super::grammar::{is, listed};
use super::lexicon::EventLexicon;
use crate::Scene;
use crate::times::Time;

/// The modality of `act` with the words that say so.
pub fn decide(
    scene: &Scene<'_>,
    lexicon: &EventLexicon,
    act: &Act<'_>,
    statement: Option<&Statement>,
    time: Option<&Time>,
    present: Option<i16>,
) -> (Modality, Option<Span<Body>>) {
    if scene.without_modality {
        return (Modality::Asserted, None);
    }
    let word = scene.parse.word(act.word);
    let at = |id: WordId| Some(scene.parse.word(id).span());
    let gives = matches!(act.category, Category::Agree | Category::Concede | Category::Aid | Category::Retreat);
    if let Some((m, id)) = act.modality
        && !(gives && m == Modality::Planned)
    {
        // "Iran said it had not attacked": told as not done by its doer.
        let first = || {
            let subjects = act.trigger.iter().filter_map(|&id| super::subject::subject(scene.parse.word(id)));
            subjects.into_iter().any(|s| is(s, &["we", "i"]))
        };
        let own = |s: &Statement| {
            s.form == ledger::Form::Direct && first()
                || s.actors.iter().any(|s| act.actor.iter().any(|a| super::turn::one_side(a, s)))
        };
        let denies = m == Modality::Negated && super::convert::hostile(act.category) && statement.is_some_and(own);
        return (if denies { Modality::Denied } else { m }, at(id));
    }
    // What a relative or temporal clause of the denied content tells is no part of the denial.
    let apart = std::iter::once(word)
        .chain(word.ancestors())
        .take_while(|w| statement.is_some_and(|s| s.content.span.contains(w.span())))
        .any(|w| matches!(w.deprel(), "acl:relcl" | "advcl"));
    let denies = statement.filter(|s| s.stance == Stance::Denies && !apart);
    if let Some(s) = denies {
        return (Modality::Denied, s.cue.as_ref().map(|c| c.span));
    }
    // Inside an if-clause.
    let mut up = Some(word);
    for _ in 0..8 {
        let Some(w) = up else { break };
        if let Some(mark) = condition(lexicon, w).filter(|_| matches!(w.rel(), "advcl" | "ccomp" | "acl" | "dep" | "xcomp")) {
            return (Modality::Hypothetical, Some(mark));
        }
        if matches!(w.deprel(), "acl:relcl" | "parataxis") {
            break;
        }
        up = w.head();
    }
    // The doer's own act, bound to an if-clause.
    if gives {
        let words = act.trigger.iter().copied().chain(act.about.map(|a| a.0)).map(|id| scene.parse.word(id));
        if let Some(mark) = words.flat_map(Word::children).find_map(|c| bound(lexicon, c)) {
            return (Modality::Conditional, Some(mark));
        }
    }
    if let Some((m, id)) = act.modality {
        return (m, at(id));
    }
    // Modifiers of an event noun that nothing has turned.
    let plain = act.about.is_none();
    for &id in act.trigger.iter().filter(|_| plain) {
        let w = scene.parse.word(id);
        for c in w.children().filter(|c| matches!(c.rel(), "amod" | "compound" | "det" | "advmod")) {
            if listed(lexicon.class("cue-planned"), c) {
                return (Modality::Planned, Some(c.span()));
            }
            if listed(lexicon.class("cue-possible"), c) {
                return (Modality::Hypothetical, Some(c.span()));
            }
            if c.rel() == "det" && is(c, &["no"]) {
                return (Modality::Negated, Some(c.span()));
            }
        }
    }
    if let Some(t) = time {
        let day = t.days;
        if let (Some((from, _)), Some(published)) = (day, scene.article.published)
            && from > published
            && !matches!(
                act.category,
                Category::Agree
                    | Category::Concede
                    | Category::Threaten
                    | Category::Request
                    | Category::Accuse
                    | Category::Reject
            )
        {
            return (Modality::Planned, Some(t.span));
        }
        if let (Some((_, to)), Some(present)) = (day, present)
            && to.year() < present
        {
            return (Modality::Historical, Some(t.span));
        }
    }
    // "a decade ago", "in the 1940s"
    let old = |w: Word<'_>| {
        let decade = |f: &str| f.len() == 5 && f.ends_with('s') && f[..f.len() - 1].bytes().all(|b| b.is_ascii_digit());
        decade(w.form())
            || listed(lexicon.class("cue-past"), w)
            || is(w, &["War"]) && w.children().any(|c| is(c, &["World", "Cold"]))
            || is(w, &["ago"]) && w.children().chain(w.head()).any(|c| matches!(c.lemma(), "year" | "decade" | "century"))
    };
    // "was carried by the rebels in the 1940s, who fought": a relative clause is as old as what it is told with.
    let frame = word.ancestors().take(3).filter(|_| word.deprel() == "acl:relcl").find(|a| a.upos() == syntax::Upos::VERB);
    let past = word
        .children()
        .chain(frame.into_iter().flat_map(Word::children))
        // What is demanded or promised may be old, the demand is not.
        .chain(act.trigger.iter().filter(|_| act.about.is_none()).flat_map(|&id| scene.parse.word(id).children()))
        .find(|c| matches!(c.rel(), "advmod" | "obl" | "amod" | "nmod") && (old(*c) || c.children().any(old)));
    if let Some(p) = past {
        return (Modality::Historical, Some(p.span()));
    }
    (Modality::Asserted, None)
}

/// A condition on the word above `child`: an if-clause, or "on condition that".
fn bound(lexicon: &EventLexicon, child: Word<'_>) -> Option<Span<Body>> {
    match child.rel() {
        "advcl" => condition(lexicon, child),
        "obl" | "nmod" if is(child, &["condition", "conditions"]) => {
            child.children().find(|c| c.rel() == "case" && is(*c, &["on", "under"])).map(|c| c.span().hull(child.span()))
        }
        _ => None,
    }
}

/// "if", "unless", "in case", "provided".
fn condition(lexicon: &EventLexicon, clause: Word<'_>) -> Option<Span<Body>> {
    // "provided that he resigns"
    if clause.rel() == "advcl" && clause.upos() == syntax::Upos::VERB && listed(lexicon.class("cue-if"), clause) {
        return Some(clause.span());
    }
    clause
        .children()
        .find(|c| matches!(c.rel(), "mark" | "advmod" | "case") && listed(lexicon.class("cue-if"), *c))
        .map(|c| c.span())
}
