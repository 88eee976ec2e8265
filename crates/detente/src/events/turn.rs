//! What governing words and auxiliaries make of an act: the ontology's conversions.

use ledger::{Category, Entity, Modality, Mode};
use syntax::{Word, WordId};

use super::act::{Act, Coder};
use super::grammar::{auxiliary, is, negation};
use super::lexicon::{Entry, Kind, Turn};
use super::party;

use Category::*;

/// Whether an act hurts or burdens someone.
fn hostile(category: Category) -> bool {
    matches!(category, Protest | Sanction | Mobilize | Coerce | Assault | Threaten)
}

fn mode(category: Category, name: &str) -> Vec<Mode> {
    Mode::parse(category, name).into_iter().collect()
}

/// The mode of a demand or refusal, from the act that is wanted.
fn wanted(of: Category, act: Category, modes: &[Mode]) -> Vec<Mode> {
    let resign = modes.iter().any(|m| m.as_str() == "resign");
    match act {
        Retreat | Concede if resign => mode(of, "change"),
        Retreat | Concede => mode(of, "yield"),
        Consult => mode(of, "meet"),
        Aid | Cooperate | Support | Agree => mode(of, "assist"),
        _ => Vec::new(),
    }
}

/// The mode of a threat, from the act that is threatened.
fn threatened(act: Category, modes: &[Mode], sanctions: bool) -> Vec<Mode> {
    let has = |name: &str| modes.iter().any(|m| m.as_str() == name);
    match act {
        Assault | Mobilize => mode(Threaten, "violence"),
        Coerce if has("arrest") => mode(Threaten, "arrest"),
        Coerce if has("deport") => mode(Threaten, "expel"),
        Coerce | Protest => mode(Threaten, "restrict"),
        Sanction if has("expel") => mode(Threaten, "expel"),
        Sanction if has("convict") => mode(Threaten, "arrest"),
        Sanction if sanctions => mode(Threaten, "restrict"),
        Sanction if has("discontinue") || has("withdraw") => mode(Threaten, "relations"),
        Sanction => mode(Threaten, "restrict"),
        Threaten => modes.to_vec(),
        _ => Vec::new(),
    }
}

/// What an end to an act is.
fn stopped(act: Category, modes: &[Mode]) -> Option<(Category, Vec<Mode>)> {
    let has = |name: &str| modes.iter().any(|m| m.as_str() == name);
    Some(match act {
        Aid => (Sanction, mode(Sanction, "withdraw")),
        Cooperate | Support | Agree => (Sanction, mode(Sanction, "discontinue")),
        Consult => (Reject, mode(Reject, "meet")),
        Protest | Coerce | Accuse | Request | Threaten => (Concede, Vec::new()),
        Sanction => (Retreat, Vec::new()),
        Assault => (Retreat, mode(Retreat, "ceasefire")),
        Mobilize => (Retreat, mode(Retreat, "withdraw")),
        Retreat if has("ceasefire") => (Reject, mode(Reject, "yield")),
        Retreat | Concede => (Reject, mode(Reject, "yield")),
        Reject => return None,
    })
}

fn set(act: &mut Act<'_>, category: Category, modes: Vec<Mode>) {
    let before = act.category;
    act.about.get_or_insert((act.word, Some(before)));
    act.category = category;
    act.mode = modes;
    act.also.clear();
}

/// The first group with a known party, else the first with anybody.
fn pick(groups: Vec<Vec<Entity>>) -> Vec<Entity> {
    let at = groups.iter().position(|g| g.iter().any(party::known)).or_else(|| groups.iter().position(|g| !g.is_empty()));
    at.and_then(|i| groups.into_iter().nth(i)).unwrap_or_default()
}

/// An act promised, agreed or announced by its doer.
fn promised(act: &mut Act<'_>, firm: bool) {
    match act.category {
        Aid | Consult | Cooperate | Support | Agree => set(act, Agree, Vec::new()),
        Retreat | Concede => set(act, Concede, Vec::new()),
        c if hostile(c) => {
            if firm || !act.recipient.is_empty() && c != Mobilize {
                let modes = threatened(act.category, &act.mode, act.entry.sanctions());
                set(act, Threaten, modes);
            } else {
                act.modality.get_or_insert((Modality::Planned, act.word));
            }
        }
        _ => {}
    }
}

/// "will", "would", "may", "must" and their negations on the word that tells the act.
pub fn future<'s, 'a>(coder: &Coder<'s, 'a>, word: Word<'a>, mut act: Act<'s>) -> Act<'s> {
    act.settled = true;
    let own = act.word == word.id();
    let neg = negation(word).filter(|_| !act.entry.negative()).filter(|_| own || act.trigger.contains(&word.id()));
    let will = auxiliary(word, &["will", "would", "'ll", "’ll", "wo", "shall", "'d", "’d"]);
    let may = auxiliary(word, &["may", "might", "could"]);
    let can = auxiliary(word, &["can", "ca", "cannot"]);
    let should = auxiliary(word, &["must", "should", "ought"]);
    let verbal = matches!(act.category, Request | Accuse | Reject | Threaten);
    if let Some(aux) = will {
        // Somebody else's forecast is no promise.
        let speaker = (coder.speakers)(word.id());
        let other = speaker.as_ref().is_some_and(|s| {
            !s.is_empty() && !act.actor.is_empty() && !act.actor.iter().any(|a| s.iter().any(|b| one_side(a, b)))
        });
        if let Some(n) = neg {
            if hostile(act.category) {
                set(&mut act, Concede, Vec::new());
                act.turned.push("will not, of a hostile act: gives way");
            } else if !verbal {
                let modes = wanted(Reject, act.category, &act.mode);
                set(&mut act, Reject, modes);
                act.turned.push("will not, from the doer: refuses");
            } else {
                act.modality = Some((Modality::Negated, n.id()));
            }
        } else if hostile(act.category) && (other || is(aux, &["would", "'d", "’d"]) && speaker.is_none()) {
            act.modality = Some((Modality::Hypothetical, aux.id()));
        } else if !(verbal && act.category != Threaten) {
            promised(&mut act, false);
            act.turned.push("will: promises");
        }
    } else if let Some(aux) = may {
        act.modality = Some((Modality::Hypothetical, aux.id()));
    } else if let (Some(_), Some(_), false) = (can, neg, verbal) {
        if !hostile(act.category) {
            let modes = wanted(Reject, act.category, &act.mode);
            set(&mut act, Reject, modes);
            act.turned.push("cannot: refuses");
        } else {
            act.modality = neg.map(|n| (Modality::Negated, n.id()));
        }
    } else if let Some(aux) = can.filter(|_| neg.is_none()) {
        act.modality = Some((Modality::Hypothetical, aux.id()));
    } else if let Some(aux) = should {
        // Somebody says what another must do: a demand.
        let speaker = (coder.speakers)(word.id()).filter(|s| !s.is_empty() && neg.is_none() && !verbal);
        let others = speaker
            .as_ref()
            .is_some_and(|s| act.actor.iter().any(party::known) && !act.actor.iter().any(|a| s.iter().any(|b| same(a, b))));
        if let Some(speaker) = speaker.filter(|_| others) {
            let modes = if hostile(act.category) { Vec::new() } else { wanted(Request, act.category, &act.mode) };
            set(&mut act, Request, modes);
            act.trigger.push(aux.id());
            act.trigger.sort();
            act.recipient = std::mem::replace(&mut act.actor, speaker);
            act.turned.push("must, in the mouth of somebody: a demand");
            return act;
        }
        act.modality = Some((Modality::Demanded, aux.id()));
    } else if let Some(n) = neg {
        act.modality = Some((Modality::Negated, n.id()));
    }
    act
}

/// Whether two entities are one party.
pub fn same(a: &Entity, b: &Entity) -> bool {
    a.id == b.id || a.span.overlaps(b.span)
}

/// Whether two entities stand on one side: a minister and his country.
fn one_side(a: &Entity, b: &Entity) -> bool {
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
                let thing =
                    |c: Word<'a>| !super::grammar::nominal(c) || coder.scene.cast.entities(coder.scene.parse, c.id()).is_empty();
                act.about = content.filter(|c| thing(*c)).map(|c| (c.id(), None));
                if !act.recipient.iter().any(party::known)
                    && let Some(top) = content
                {
                    let asked = super::grammar::subject(top).filter(|s| turn == Turn::Demand && s.id() > word.id());
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
                let clause = act.about.is_none_or(|(id, _)| !super::grammar::nominal(coder.scene.parse.word(id)));
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
        Turn::Threat => {
            let modes = threatened(inner.category, &inner.mode, inner.entry.sanctions());
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
            if matches!(inner.category, Accuse) {
                let mut denied = whole.clone();
                denied.modality = Some((Modality::Denied, word.id()));
                denied.settled = true;
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
            if matches!(inner.category, Aid | Consult | Cooperate | Support | Agree | Retreat | Concede)
                && entry.category == Some(Agree)
            {
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

/// "must", "should" and "need to" in the mouth of somebody: what they ask of the subject.
pub fn must<'s, 'a>(coder: &Coder<'s, 'a>, lexicon: &'s super::EventLexicon, word: Word<'a>) -> Option<Act<'s>> {
    let aux = auxiliary(word, &["must", "should", "ought"])?;
    let speaker = (coder.speakers)(word.id()).filter(|s| !s.is_empty())?;
    let subject = super::grammar::subject(word).filter(|s| !is(*s, &["i", "we", "it", "there", "you"]))?;
    let recipient: Vec<Entity> =
        party::certain(coder.scene, subject).into_iter().filter(|r| !speaker.iter().any(|s| same(s, r))).collect();
    if recipient.is_empty() || negation(word).is_some() && word.child("obj").is_none() {
        return None;
    }
    let entry = lexicon.senses(Kind::Verb, "must").next()?;
    Some(Act {
        word: word.id(),
        trigger: vec![aux.id(), word.id()],
        entry,
        category: Request,
        also: Vec::new(),
        mode: Vec::new(),
        actor: speaker,
        recipient,
        modality: None,
        about: Some((word.id(), None)),
        settled: true,
        turned: vec!["must, in the mouth of somebody: a demand"],
        beside: None,
    })
}
