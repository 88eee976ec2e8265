//! What auxiliaries make of an act: "will", "would", "may", "must", "cannot" and their negations.

use ledger::{Category, Entity, Modality};
use syntax::Word;

use super::act::{Act, Coder};
use super::convert::{hostile, promised, set, wanted};
use super::grammar::{auxiliary, is, negation};
use super::lexicon::{EventLexicon, Kind};
use super::party;
use super::subject::subject;
use super::turn::{one_side, same};

use Category::*;

/// "will", "would", "may", "must" and their negations on the word that tells the act.
pub fn future<'s, 'a>(coder: &Coder<'s, 'a>, word: Word<'a>, mut act: Act<'s>) -> Act<'s> {
    act.settled = true;
    let own = act.word == word.id();
    let neg = negation(word).filter(|_| !act.entry.negative()).filter(|_| own || act.trigger.contains(&word.id()));
    let will = auxiliary(word, &["will", "would", "'ll", "’ll", "wo", "shall", "'d", "’d"]);
    // "EU to impose sanctions": a headline's future.
    let headline = word.children().find(|c| c.rel() == "mark" && is(*c, &["to"])).filter(|_| {
        word.deprel() == "acl"
            && word.head().is_some_and(|h| h.head().is_none() && h.id() < word.id() && super::grammar::nominal(h))
    });
    let will = will.or(headline);
    let may = auxiliary(word, &["may", "might", "could"]);
    // "is to meet"; "is due to meet", where the parser takes "due to" for a conjunction.
    let be = word.children().find(|c| matches!(c.rel(), "cop" | "aux") && is(*c, &["is", "are", "was", "were"]));
    let due = be.and_then(|_| word.children().find(|c| c.rel() == "mark" && is(*c, &["due", "to"])));
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
        } else if act.category == Consult && speaker.is_none() && !is(aux, &["would", "'d", "’d"]) && scheduled(&act) {
            act.modality = Some((Modality::Planned, aux.id()));
            act.turned.push("will, of a meeting of both sides: scheduled");
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
    } else if let Some(aux) = can.filter(|_| neg.is_none() && !(act.entry.negative() && negation(word).is_some())) {
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
            return match coder.lexicon.senses(Kind::Verb, "must").next() {
                Some(entry) => act.through(entry),
                None => act,
            };
        }
        // "should Turkey attack": turned round it is an if.
        let turned_round = word.rel() == "advcl" && subject(word).is_some_and(|s| s.id() > aux.id() && s.id() < word.id());
        act.modality = Some((if turned_round { Modality::Hypothetical } else { Modality::Demanded }, aux.id()));
    } else if let Some(due) = due {
        act.modality = Some((Modality::Planned, due.id()));
        act.turned.push("is to: scheduled");
    } else if let Some(n) = neg {
        act.modality = Some((Modality::Negated, n.id()));
    }
    act
}

/// Whether a meeting to come names both sides: nobody offers it any more, it stands in the calendar.
pub fn scheduled(act: &Act<'_>) -> bool {
    let known: Vec<&Entity> = act.actor.iter().filter(|a| party::known(a)).collect();
    known.first().is_some_and(|first| known.iter().any(|k| !one_side(first, k)))
}

/// "must", "should" and "need to" in the mouth of somebody: what they ask of the subject.
pub fn must<'s, 'a>(coder: &Coder<'s, 'a>, lexicon: &'s EventLexicon, word: Word<'a>) -> Option<Act<'s>> {
    let aux = auxiliary(word, &["must", "should", "ought"]).filter(|_| !coder.scene.without_modality)?;
    let speaker = (coder.speakers)(word.id()).filter(|s| !s.is_empty())?;
    let subject = subject(word).filter(|s| !is(*s, &["i", "we", "it", "there", "you"]))?;
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
        by: vec![entry],
        beside: None,
    })
}
