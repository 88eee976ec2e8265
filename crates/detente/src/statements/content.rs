//! Which words are the content: the patterns by which a verb takes it. Where it begins and ends is found in [`super::extent`].

use ledger::Stance;
use syntax::{Upos, Word};

use super::draft::{Desk, Run};
use super::extent::{after_adjuncts, around, before, nominal, second, tail};
use super::lexicon::Patterns;

/// How far a content reaches that a pattern found.
pub(super) struct Found {
    pub(super) stance: Stance,
    pub(super) parts: Vec<Run>,
    /// The preposition that belongs to the cue.
    pub(super) preposition: Option<u32>,
    pub(super) why: &'static str,
}

/// Relations of what may follow the verb without being content.
pub(super) fn adjunct(desk: &Desk<'_, '_>, child: Word<'_>) -> bool {
    if child.deprel() == "obl:unmarked" || child.deprel() == "obl:tmod" {
        return true;
    }
    let case = child.child("case").map(|c| desk.form(c.id().0)).unwrap_or("");
    let form = desk.form(child.id().0);
    let channel = &desk.lexicon.channel;
    let occasion = &desk.lexicon.occasion;
    child.rel() == "obl"
        && (channel.prepositions.contains(case) && channel.nouns.contains(form)
            || occasion.prepositions.contains(case) && occasion.nouns.contains(form)
            || desk.dated(child.id().0))
}

#[allow(clippy::too_many_arguments)] // one pattern's whole situation
pub(super) fn content<'a>(
    desk: &Desk<'_, 'a>,
    v: Word<'a>,
    cue_end: u32,
    subject: Option<Word<'a>>,

    stance: Stance,
    p: &Patterns,
    sentence: Run,
    passive: bool,
) -> Option<Found> {
    let i = v.id().0;
    let right = |rel: &str| v.children().find(|c| c.rel() == rel && c.id().0 > cue_end && Some(*c) != subject);
    let marked =
        |w: Word<'a>, form: &str| w.children().any(|m| m.rel() == "mark" && desk.form(m.id().0) == form && m.id() < w.id());
    let found = |parts: Vec<Run>, why| Some(Found { stance, parts, preposition: None, why });
    if p.clause {
        if let Some(c) = right("ccomp").filter(|c| {
            let second = c.id().0 > 0 && desk.form(c.id().0 - 1) == "," && desk.form(c.id().0).ends_with("ing");
            !second && !c.children().any(|m| m.rel() == "aux" && m.id() < v.id())
        }) {
            let mut start = desk.reach(c).0.max(cue_end + 1);
            let bare = |k: u32| !desk.punct(k) && !desk.word(k).children().any(|x| x.id().0 < k && x.rel() == "case");
            let direct = (cue_end + 1..start).all(|k| {
                bare(k) && desk.word(k).head().is_none_or(|h| h != v || matches!(desk.word(k).rel(), "mark" | "advmod"))
            });
            // "said the weakness made it risky": the parse took the clause's subject for an object; "says if he won he would …".
            let orphan = !p.tell && start > cue_end + 1 && {
                let bare = |w: Word<'_>| !w.children().any(|x| matches!(x.rel(), "nsubj" | "mark" | "expl"));
                let noun = (cue_end + 1..start).all(|k| {
                    !desk.dated(k)
                        && (nominal(desk.word(k).upos())
                            || desk.form(k).starts_with('\'')
                            || desk.form(k) == "." && !desk.ended(k))
                });
                noun && (bare(c) || start - cue_end <= 3)
            };
            let opened = matches!(desk.form(cue_end + 1), "that" | "if" | "unless" | "although" | "while" | "since")
                && !desk.mark(cue_end + 1);
            if direct || orphan || opened {
                start = cue_end + 1;
            }
            // Whom it is told to stands before it: "told Ms. Roe of the agency, “…”", "telling them after the vote that …".
            if p.tell {
                let opens = |k: u32| {
                    desk.form(k) == "that"
                        || desk.quoted(k).is_some_and(|q| desk.quote_runs[q as usize].0 == k) && desk.quoted(i).is_none()
                };
                if let Some(k) = (cue_end + 2..c.id().0.min(cue_end + 16)).find(|&k| opens(k)).filter(|&k| k > start) {
                    start = k;
                }
            }
            if let Some(k) = unparsed(desk, cue_end, sentence).first().map(|r| r.0).filter(|&k| k > start && k < c.id().0) {
                start = k;
            }
            start = after_adjuncts(desk, start, c.id().0);
            let mut parts = tail(desk, v, c, start, sentence);
            // "that, according to an analysis, most …": the parse cut the clause off its conjunction.
            if let [(a, b)] = parts[..]
                && a == b
                && matches!(desk.form(a), "that" | "whether" | "if")
            {
                parts = unparsed(desk, cue_end, sentence);
            }
            return found(parts, "a clause after it");
        }
        if let Some(c) = v.children().find(|c| c.rel() == "ccomp" && c.id().0 < i) {
            return found(before(desk, v, c, subject, sentence), "a clause before it");
        }
    }
    // "asked if he would stay", whatever the parse hangs the clause on.
    if p.clause
        && stance == Stance::Asks
        && matches!(desk.form(cue_end + 1), "if" | "whether" | "how" | "why" | "what" | "when" | "where" | "who" | "which")
        && cue_end + 2 < sentence.1
    {
        let end = (cue_end + 2..=sentence.1).find(|&k| desk.form(k) == "," && desk.quoted(k).is_none());
        let end = end.map_or(sentence.1, |k| k - 1);
        return found(desk.widen((cue_end + 1, end)).into_iter().collect(), "a question behind it");
    }
    if p.quote
        && !p.weak
        && let Some(h) = v.head().filter(|_| v.rel() == "parataxis")
    {
        return found(around(desk, v, h, subject), "set into a clause");
    }
    // "expects the president to yield": the one who is to do it is part of what is expected.
    let doer = right("obj").or_else(|| right("iobj")).filter(|o| !p.tell && p.weak && o.id().0 > cue_end);
    if p.to
        && let Some(c) = right("xcomp").filter(|c| marked(*c, "to"))
        && doer.is_none_or(|o| o.id() > c.id())
    {
        return found(tail(desk, v, c, desk.reach(c).0.max(cue_end + 1), sentence), "an infinitive");
    }
    if !p.prepositions.is_empty()
        && let Some((c, k)) = v.children().filter(|c| c.id().0 > cue_end && matches!(c.rel(), "obl" | "advcl")).find_map(|c| {
            let k = c.children().find(|k| matches!(k.rel(), "case" | "mark") && p.prepositions.contains(desk.form(k.id().0)))?;
            Some((c, k.id().0))
        })
        && !adjunct(desk, c)
    {
        let parts = tail(desk, v, c, k + 1, sentence);
        return Some(Found { stance, parts, preposition: Some(k), why: "a prepositional phrase" });
    }
    if passive {
        // "is expected to yield": what is said of its subject.
        let said = p.clause.then(|| right("xcomp").filter(|c| marked(*c, "to"))).flatten();
        let of = v.children().find(|c| c.rel() == "nsubj" && c.id().0 < i);
        return match (said, of) {
            (Some(c), Some(of)) if !matches!(desk.form(of.id().0), "it" | "i" | "we" | "you") => {
                let mut parts: Vec<Run> = desk.widen(desk.noun_phrase(of)).into_iter().collect();
                parts.extend(tail(desk, v, c, desk.reach(c).0.max(cue_end + 1), sentence));
                found(parts, "passive: what is said of its subject")
            }
            _ => None,
        };
    }
    // "called on the leaders": the parse hangs them on the particle.
    let particle = |c: &Word<'a>| c.child("case").is_some_and(|k| k.id().0 > i && k.id().0 <= cue_end);
    let phrase = || v.children().find(|c| c.rel() == "obl" && particle(c)).filter(|_| cue_end > i);
    let object = right("obj").or_else(|| right("iobj")).or_else(phrase);
    if (p.person || p.whole)
        && !p.tell
        && let Some(o) = object.filter(|o| o.id().0 > cue_end)
    {
        let more =
            p.whole || cue_end > i || v.children().any(|c| matches!(c.rel(), "xcomp" | "ccomp" | "advcl") && c.id() > o.id());
        if more {
            return found(tail(desk, v, o, desk.reach(o).0.max(cue_end + 1), sentence), "an object with what is said of it");
        }
    }
    if p.held
        && let Some(o) = object.filter(|o| o.id().0 > cue_end)
    {
        let from = desk.reach(o).0.max(cue_end + 1);
        let end = (o.id().0..=sentence.1).find(|&k| desk.form(k) == "," && desk.quoted(k).is_none()).unwrap_or(sentence.1 + 1);
        if (o.id().0 + 1..end).any(|k| desk.form(k) == "as" && desk.form(k + 1) != "well" && desk.form(k - 1) != "such") {
            return found(desk.widen((from, end - 1)).into_iter().collect(), "an object and what it is held to be");
        }
    }
    if p.idea
        && let Some(o) = object.or_else(|| right("xcomp")).filter(|o| o.id().0 > cue_end)
        && (desk.lexicon.ideas.contains(desk.form(o.id().0)) || desk.form(o.id().0).ends_with("ing") && o.upos() == Upos::VERB)
    {
        return found(tail(desk, v, o, desk.reach(o).0.max(cue_end + 1), sentence), "a plan or idea as its object");
    }
    if p.name
        && let Some(o) = object.filter(|o| o.id().0 > cue_end)
    {
        let parts = tail(desk, v, o, desk.reach(o).0.max(cue_end + 1), sentence);
        let second = v.children().any(|c| matches!(c.rel(), "xcomp" | "obj" | "ccomp") && c.id() > o.id());
        let quoted = parts.iter().any(|r| desk.quoted(r.1).is_some() && desk.quoted(i).is_none());
        // "called himself a realist", "called it absurd": the parse may have lost the name.
        let behind = desk.noun_phrase(o).1 + 1;
        let named = behind <= sentence.1
            && (matches!(desk.form(behind), "a" | "an" | "the") || desk.mark(behind) || desk.word(behind).upos() == Upos::ADJ);
        if second || quoted {
            return found(parts, "an object with a name for it");
        }
        if named {
            let end = (behind..=sentence.1)
                .find(|&k| desk.form(k) == "," && desk.quoted(k).is_none() || desk.word(k).upos() == Upos::CCONJ)
                .map_or(sentence.1, |k| k - 1);
            let parts = desk.widen((desk.reach(o).0.max(cue_end + 1), end)).into_iter().collect();
            return found(parts, "an object with a name for it");
        }
    }
    if p.person
        && !p.tell
        && let Some(c) = right("xcomp").filter(|c| marked(*c, "to"))
    {
        return found(tail(desk, v, c, desk.reach(c).0, sentence), "an infinitive");
    }
    if p.obj
        && let Some(o) = object.or_else(|| right("xcomp")).filter(|o| o.id().0 > cue_end)
    {
        return found(tail(desk, v, o, desk.reach(o).0.max(cue_end + 1), sentence), "an object");
    }
    None
}

/// What follows a "that" right behind the cue or behind who is told, where the parse gives the cue no clause.
pub(super) fn unparsed(desk: &Desk<'_, '_>, cue_end: u32, sentence: Run) -> Vec<Run> {
    let that = (cue_end + 1..=sentence.1.min(cue_end + 9))
        .take_while(|&k| !desk.punct(k) && !desk.mark(k))
        .find(|&k| matches!(desk.form(k), "that" | "whether"));
    let Some(k) = that.filter(|&k| k < sentence.1 && !matches!(desk.word(k + 1).upos(), Upos::VERB | Upos::AUX)) else {
        return Vec::new();
    };
    desk.widen((k, second(desk, (k, sentence.1)))).into_iter().collect()
}
