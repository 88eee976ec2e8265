//! What governing words make of the act below them: promised, threatened, demanded, refused, denied, ended, planned, feared.

use ledger::{Category, Entity, Modality};
use syntax::{Word, WordId};

use super::act::{Act, Coder};
use super::convert::{hostile, mode, promised, set, stopped, threatened, wanted};
use super::future::scheduled;
use super::grammar::negation;
use super::grammar::nominal;
use super::lexicon::{Entry, Kind, Turn};
use super::party;

use Category::*;

/// Whether a noun counts off a part of a longer act: "the first day of talks".
fn is_part(noun: Word<'_>) -> bool {
    const PARTS: [&str; 9] = ["day", "night", "week", "hour", "round", "phase", "leg", "session", "half"];
    PARTS.contains(&noun.lemma().to_lowercase().as_str())
}

/// The first group with a known party, else the first with anybody.
fn pick(groups: Vec<Vec<Entity>>) -> Vec<Entity> {
    let at = groups.iter().position(|g| g.iter().any(party::known)).or_else(|| groups.iter().position(|g| !g.is_empty()));
    at.and_then(|i| groups.into_iter().nth(i)).unwrap_or_default()
}

/// Whether two entities are one party.
pub fn same(a: &Entity, b: &Entity) -> bool {
    a.id == b.id || a.span.overlaps(b.span)
}

/// Whether two entities stand on one side: a minister and his country.
pub fn one_side(a: &Entity, b: &Entity) -> bool {
    same(a, b) || a.code.is_some() && a.code == b.code
}

/// The act that a governing word makes.
pub fn turned<'s, 'a>(
    coder: &Coder<'s, 'a>,
    word: Word<'a>,
    entry: &'s Entry,
    kind: Kind,
    turn: Turn,
    carrier: Option<Word<'a>>,
    depth: usize,
) -> Option<Act<'s>> {
    let inner = coder.complement(word, entry, depth);
    let own = |coder: &Coder<'s, 'a>| {
        // "its demands", "the offer": a bare noun without content or addressee is a mere mention.
        let mention = kind == Kind::Noun && carrier.is_none() && coder.parties(word, entry, kind, None).1.is_empty();
        entry
            .category
            .filter(|_| !mention)
            .map(|_| {
                let mut act = coder.plain(word, entry, kind, carrier);
                let content = coder.complements(word, entry).into_iter().next();
                let thing = |c: Word<'a>| !nominal(c) || coder.scene.cast.entities(coder.scene.parse, c.id()).is_empty();
                act.about = content.filter(|c| thing(*c)).map(|c| (c.id(), None));
                if !act.recipient.iter().any(party::known)
                    && let Some(top) = content
                {
                    let asked = super::subject::subject(top).filter(|s| turn == Turn::Demand && s.id() > word.id());
                    let found = match asked {
                        Some(s) => party::parties(coder.scene, s),
                        None => coder.reached(top, &act.actor),
                    };
                    if found.iter().any(party::known) || act.recipient.is_empty() {
                        act.recipient = found;
                    }
                }
                act
            })
            // "offers all amenities": a thing offered to nobody known is a ware.
            .filter(|act| {
                let clause = act.about.is_none_or(|(id, _)| !nominal(coder.scene.parse.word(id)));
                turn != Turn::Promise || clause || entry.mutual || act.recipient.iter().any(party::known)
            })
    };
    // "is likely", "is due" tell nothing alone.
    let Some(mut inner) = inner else { return if turn == Turn::Plan { None } else { own(coder) } };
    let content = (inner.word, Some(inner.category));
    let (actor, recipient) = coder.parties(word, entry, kind, carrier);
    let whole = inner.clone();
    let trigger: Vec<WordId> = {
        let mut t = vec![word.id()];
        t.extend(&inner.trigger);
        t.sort();
        t.dedup();
        t
    };
    let besides = |found: Vec<Entity>, inner: &Act<'_>| -> Vec<Entity> {
        let at = coder.scene.parse.word(inner.word).span();
        found.into_iter().filter(|e| !e.span.contains(at)).collect()
    };
    match turn {
        Turn::Pass => {
            inner.trigger = trigger;
            if inner.actor.is_empty() {
                inner.actor = actor;
            }
            inner.word = word.id();
            inner.settled = false;
            return Some(inner);
        }
        Turn::Light => return Some(inner),
        // "Ended a second round of talks": a part of the act is over, and with it nothing is refused.
        Turn::Stop if inner.category == Consult && word.children().any(|c| c.rel() == "obj" && is_part(c)) => {
            inner.trigger = trigger;
            if inner.actor.is_empty() {
                inner.actor = actor;
            }
            return Some(inner);
        }
        Turn::Stop => {
            let (category, modes) = stopped(inner.category, &inner.mode)?;
            set(&mut inner, category, modes);
            inner.turned.push("an end to it");
            if !actor.is_empty() {
                if !inner.actor.is_empty() && inner.recipient.is_empty() && !inner.entry.mutual {
                    inner.recipient = std::mem::take(&mut inner.actor);
                }
                inner.actor = actor;
                inner.recipient.retain(|r| !inner.actor.iter().any(|a| a.span.overlaps(r.span)));
            }
        }
        Turn::Promise => {
            let pledged = inner.modality.is_some_and(|m| m.0 == Modality::Negated);
            let hostile = hostile(inner.category);
            if pledged && hostile {
                set(&mut inner, Concede, Vec::new());
                inner.modality = None;
                inner.turned.push("pledged not to: gives way");
            } else {
                // Soldiers offered or agreed on are help for somebody.
                if inner.category == Mobilize && entry.category == Some(Agree) {
                    set(&mut inner, Agree, Vec::new());
                }
                promised(&mut inner, entry.category == Some(Threaten));
                inner.turned.push("promised");
            }
            if !actor.is_empty() {
                let before = std::mem::replace(&mut inner.actor, actor);
                let rest: Vec<Entity> = before.into_iter().filter(|b| !inner.actor.iter().any(|a| same(a, b))).collect();
                let told = std::mem::take(&mut inner.recipient);
                inner.recipient = pick(vec![besides(recipient, &whole), told, rest]);
            }
        }
        // "vowed more protests": announced, against nobody.
        Turn::Threat if inner.category == Protest && inner.recipient.is_empty() && recipient.is_empty() => {
            inner.modality = Some((Modality::Planned, word.id()));
            if !actor.is_empty() {
                inner.actor = actor;
            }
            inner.settled = true;
            return Some(Act { trigger, word: word.id(), ..inner });
        }
        // "vowed not to attack"
        Turn::Threat
            if inner.modality.is_some_and(|m| m.0 == Modality::Negated)
                && hostile(inner.category)
                && coder.scene.parse.word(content.0).rel() == "xcomp" =>
        {
            set(&mut inner, Concede, Vec::new());
            inner.modality = None;
            inner.turned.push("pledged not to: gives way");
            let told = std::mem::take(&mut inner.recipient);
            inner.recipient = pick(vec![besides(recipient, &whole), told]);
            if !actor.is_empty() {
                inner.actor = actor;
            }
        }
        Turn::Threat => {
            let modes = threatened(inner.category, &inner.mode, inner.entry);
            set(&mut inner, Threaten, modes);
            inner.modality = None;
            inner.turned.push("threatened");
            let told = std::mem::take(&mut inner.recipient);
            let doers = std::mem::take(&mut inner.actor);
            let others = doers.into_iter().filter(|d| !actor.iter().any(|a| same(a, d))).collect();
            inner.recipient = pick(vec![besides(recipient, &whole), told, others]);
            inner.actor = actor;
        }
        Turn::Demand => {
            let modes = if inner.modality.is_some_and(|m| m.0 == Modality::Negated) && hostile(inner.category) {
                mode(Request, "yield")
            } else {
                wanted(Request, inner.category, &inner.mode)
            };
            let modes = if modes.is_empty() { entry.mode.clone() } else { modes };
            set(&mut inner, Request, modes);
            inner.modality = None;
            inner.turned.push("demanded");
            let told = std::mem::take(&mut inner.recipient);
            let doers: Vec<Entity> =
                std::mem::take(&mut inner.actor).into_iter().filter(|d| !actor.iter().any(|a| same(a, d))).collect();
            inner.recipient = pick(vec![besides(recipient, &whole), doers, told]);
            inner.actor = actor;
        }
        Turn::Refuse => {
            let hostile = hostile(inner.category);
            // The charged deed is denied; that the charge was made is not.
            if matches!(inner.category, Accuse)
                && let Some(mut denied) = coder.complement(coder.scene.parse.word(inner.word), inner.entry, depth + 1)
            {
                denied.modality = Some((Modality::Denied, word.id()));
                denied.settled = true;
                if !denied.actor.iter().any(party::known) && !actor.is_empty() {
                    denied.actor = actor.clone();
                }
                inner.beside = Some(Box::new(denied));
            }
            if hostile && kind == Kind::Verb && entry.category != Some(Reject) {
                set(&mut inner, Concede, Vec::new());
            } else {
                let modes = wanted(Reject, inner.category, &inner.mode);
                set(&mut inner, Reject, modes);
            }
            inner.modality = None;
            inner.turned.push("refused");
            let told = std::mem::take(&mut inner.recipient);
            let doers: Vec<Entity> =
                std::mem::take(&mut inner.actor).into_iter().filter(|d| !actor.iter().any(|a| same(a, d))).collect();
            inner.recipient = pick(vec![recipient, doers, told]);
            inner.actor = actor;
            // "rejected the accusations by Kyiv": who accuses is whose wish is refused, who refuses is the accused.
            if let Some(denied) = &mut inner.beside {
                if denied.actor.is_empty() {
                    denied.actor = inner.recipient.iter().filter(|r| party::known(r)).cloned().collect();
                }
                if denied.recipient.is_empty() {
                    denied.recipient = inner.actor.clone();
                }
            }
        }
        Turn::Deny => {
            inner.modality = Some((Modality::Denied, word.id()));
            inner.settled = true;
            inner.turned.push("denied");
            if inner.actor.is_empty() {
                inner.actor = actor;
            }
            return Some(Act { trigger, about: Some(content), ..inner });
        }
        Turn::Plan => {
            let promise = matches!(inner.category, Aid | Consult | Cooperate | Support | Agree | Retreat | Concede);
            // "has no plans to attack"
            if let Some(no) = negation(word).filter(|_| kind == Kind::Noun) {
                inner.modality = Some((Modality::Negated, no.id()));
                inner.turned.push("not planned");
            } else if promise && entry.category == Some(Agree) && !(inner.category == Consult && scheduled(&inner)) {
                promised(&mut inner, false);
                inner.turned.push("scheduled by its doer");
            } else if inner.modality.is_none() {
                inner.modality = Some((Modality::Planned, word.id()));
                inner.turned.push("planned");
            }
            if inner.actor.is_empty() {
                inner.actor = actor;
            }
        }
        Turn::Fear => {
            inner.modality = Some((Modality::Hypothetical, word.id()));
            inner.settled = true;
            inner.turned.push("feared or thought possible");
            return Some(Act { trigger: inner.trigger.clone(), word: word.id(), ..inner });
        }
        Turn::Fail => {
            inner.modality = Some((Modality::Negated, word.id()));
            inner.settled = true;
            inner.turned.push("failed");
            if inner.actor.is_empty() {
                inner.actor = actor;
            }
            return Some(Act { trigger, word: word.id(), ..inner });
        }
        Turn::Prevent => {
            if matches!(inner.category, Assault | Coerce | Sanction | Accuse | Reject | Mobilize | Threaten) {
                inner.modality = Some((Modality::Hypothetical, word.id()));
                inner.settled = true;
                inner.turned.push("prevented or avoided: it may have happened otherwise");
                return Some(Act { trigger, word: word.id(), ..inner });
            }
            return own(coder);
        }
    }
    if !inner.recipient.iter().any(party::known) && !(inner.entry.mutual && inner.actor.len() > 1) && !matches!(turn, Turn::Plan)
    {
        let found = coder.reached(coder.scene.parse.word(content.0), &inner.actor);
        if found.iter().any(party::known) || inner.recipient.is_empty() {
            inner.recipient = found;
        }
    }
    inner.about = Some(content);
    inner.trigger = trigger;
    inner.word = word.id();
    inner.settled = false;
    if !matches!(turn, Turn::Plan) {
        inner.modality = inner.modality.filter(|m| m.0 == Modality::Planned);
    }
    Some(Act { entry, ..inner })
}
