//! Statements from nouns and adjectives: "his warning that", "expressed concern about", "is confident that".

use ledger::Stance;
use syntax::{Sentence, Upos, Word};

use super::draft::{Desk, Draft, Run};
use super::speakers::subject;

/// Every statement that a noun or an adjective of `sentence` makes.
pub(super) fn find(desk: &Desk<'_, '_>, sentence: Sentence<'_>) -> Vec<Draft> {
    let (first, last) = desk.run(sentence);
    let mut out = Vec::new();
    for i in first..=last {
        match desk.word(i).upos() {
            Upos::NOUN => out.extend(noun(desk, i)),
            Upos::ADJ => out.extend(adjective(desk, i)),
            _ => {}
        }
    }
    out
}

fn draft(
    desk: &Desk<'_, '_>,
    speaker: Option<Word<'_>>,
    run: Option<Run>,
    cue: Run,
    head: Word<'_>,
    content: Run,
    stance: Stance,
    why: String,
) -> Draft {
    let speaker = run.or_else(|| speaker.map(|s| desk.noun_phrase(desk.word(s.id().0))));
    Draft {
        speaker,
        speaker_head: None,
        cue: Some(cue),
        cue_head: head.id(),
        content: vec![content],
        stance,
        slot: false,
        frame: cue,
        addressee: None,
        channel: None,
        occasion: None,
        why: vec![why],
    }
}

fn noun(desk: &Desk<'_, '_>, i: u32) -> Option<Draft> {
    let n = desk.word(i);
    let form = desk.form(i);
    let light = desk.lexicon.light_nouns.contains(form)
        && n.rel() == "obj"
        && n.head()
            .is_some_and(|h| h.upos() == Upos::VERB && h.id() < n.id() && desk.lexicon.light_verbs.contains(desk.form(h.id().0)));
    let cues = desk.lexicon.nouns(form);
    if cues.is_empty() && !light {
        return None;
    }
    // The content, with the preposition that leads to it and the stance.
    let clause = |rels: &[&str], mark: &str| {
        n.children().find(|c| {
            c.id() > n.id()
                && rels.contains(&c.rel())
                && c.children().any(|m| m.rel() == "mark" && m.id() < c.id() && desk.form(m.id().0) == mark)
        })
    };
    let of = |p: &dyn Fn(&str) -> bool| {
        n.children().filter(|c| c.id() > n.id() && matches!(c.rel(), "nmod" | "acl")).find_map(|c| {
            let k = c.children().find(|k| matches!(k.rel(), "case" | "mark") && k.id() < c.id() && p(desk.form(k.id().0)))?;
            Some((desk.reach_of(c), k.id().0))
        })
    };
    // Right behind the noun "that" opens its content, even where the parse hangs the clause on the verb.
    let next = || {
        let mark = desk.word(i + 1);
        let w = mark
            .head()
            .filter(|h| desk.form(i + 1) == "that" && mark.rel() == "mark" && h.head().is_some() && h.id() > n.id())?;
        Some((i + 1, desk.reach_of(w).1))
    };
    let that = clause(&["acl", "ccomp", "acl:relcl"], "that").map(|c| desk.reach_of(c)).or_else(next);
    let to = clause(&["acl", "xcomp", "advcl"], "to").map(|c| desk.reach_of(c));
    let mut found: Option<(Stance, Run, Option<u32>)> = None;
    for (stance, p) in cues.iter().flat_map(|c| c.senses.iter()) {
        found = found
            .or(p.clause.then_some(that).flatten().map(|r| (*stance, r, None)))
            .or(p.to.then_some(to).flatten().map(|r| (*stance, r, None)))
            .or_else(|| of(&|f| p.prepositions.contains(f)).map(|((_, b), k)| (*stance, (k + 1, b), Some(k))));
    }
    let stance = cues.first().and_then(|c| c.senses.first()).map_or(Stance::Says, |s| s.0);
    if light && found.is_none() {
        let prep = |f: &str| matches!(f, "about" | "for" | "over" | "on" | "of" | "at" | "to" | "against" | "with" | "in");
        found = that.or(to).map(|r| (stance, r, None)).or_else(|| of(&prep).map(|((_, b), k)| (stance, (k + 1, b), Some(k))));
        found = found.or_else(|| {
            let verb = n.head()?;
            let c = verb.children().find(|c| {
                c.rel() == "obl"
                    && c.id() > n.id()
                    && c.child("case").is_some_and(|k| prep(desk.form(k.id().0)) && k.id() < c.id())
            })?;
            let k = c.child("case")?.id().0;
            matches!(desk.form(k), "about" | "for" | "over" | "against").then(|| (stance, (k + 1, desk.reach_of(c).1), Some(k)))
        });
    }
    let (stance, content, preposition) = found?;
    let content = desk.widen(content)?;
    // Who: possessor, "by X", or the subject of the light verb.
    let possessor = n.children().find(|c| c.deprel() == "nmod:poss");
    let by = n
        .children()
        .find(|c| c.rel() == "nmod" && c.child("case").is_some_and(|k| matches!(desk.form(k.id().0), "by" | "from" | "among")));
    let doer = n.head().filter(|_| light).and_then(|h| subject(desk, h, 0));
    let run = possessor.map(|p| {
        let (a, b) = desk.reach_of(p);
        (a, b)
    });
    let speaker = if possessor.is_some() { possessor } else { doer.or(by) };
    if speaker.is_some_and(|s| desk.first_person(s.id().0) || matches!(desk.form(s.id().0), "my" | "our" | "your")) {
        return None;
    }
    // "demands a pledge to stop": nobody has promised.
    let wanted = || {
        n.head().is_some_and(|h| {
            h.upos() == Upos::VERB
                && desk.lexicon.verbs(desk.form(h.id().0)).iter().any(|c| c.senses.iter().any(|(s, _)| *s == Stance::Demands))
        })
    };
    if speaker.is_none() && wanted() {
        return None;
    }
    if speaker.is_none() && preposition.is_some() || speaker.is_none() && stance == Stance::Thinks {
        return None;
    }
    let mut start = i;
    while start > 0
        && desk.word(start - 1).head() == Some(n)
        && matches!(desk.word(start - 1).rel(), "det" | "amod" | "advmod")
        && desk.form(start - 1) != ","
    {
        start -= 1;
    }
    if light && let Some(h) = n.head() {
        start = h.id().0;
        while start > 0
            && desk.word(start - 1).head() == Some(h)
            && matches!(desk.word(start - 1).rel(), "aux" | "advmod")
            && !desk.lexicon.apart.contains(desk.form(start - 1))
        {
            start -= 1;
        }
    }
    if let Some(r) = run {
        start = if light { start } else { start.max(r.1 + 1) };
    }
    let end = preposition.filter(|&k| k == i + 1).unwrap_or(i);
    let mut made = draft(
        desk,
        speaker,
        if light && doer.is_some() { None } else { run },
        (start, end),
        n,
        content,
        stance,
        format!("noun `{form}` with its content"),
    );
    if light && doer.is_some() {
        made.speaker = doer.map(|s| desk.noun_phrase(desk.word(s.id().0)));
    }
    made.speaker_head = if light { doer } else { speaker }.map(|s| s.id());
    Some(made)
}

fn adjective(desk: &Desk<'_, '_>, i: u32) -> Option<Draft> {
    let a = desk.word(i);
    let stance = *desk.lexicon.adjectives.get(desk.form(i))?;
    if !a.children().any(|c| c.rel() == "cop") || desk.quoted(i).is_some() {
        return None;
    }
    let s = subject(desk, a, 0)
        .filter(|s| !desk.first_person(s.id().0) && !matches!(desk.form(s.id().0), "it" | "that" | "this" | "there"))?;
    let mut preposition = None;
    let content = a
        .children()
        .filter(|c| c.id() > a.id())
        .find_map(|c| match c.rel() {
            "ccomp" | "xcomp" => Some(desk.reach_of(c)),
            "advcl" if c.child("mark").is_some_and(|m| matches!(desk.form(m.id().0), "to" | "that")) => Some(desk.reach_of(c)),
            "obl" if c.child("case").is_some_and(|k| matches!(desk.form(k.id().0), "of" | "about" | "that")) => {
                preposition = c.child("case").map(|k| k.id().0);
                Some((preposition? + 1, desk.reach_of(c).1))
            }
            _ => None,
        })
        .and_then(|r| desk.widen(r))?;
    let mut start = i;
    while start > 0
        && desk.word(start - 1).head() == Some(a)
        && matches!(desk.word(start - 1).rel(), "cop" | "aux" | "advmod")
        && !desk.lexicon.apart.contains(desk.form(start - 1))
    {
        start -= 1;
    }
    let end = preposition.filter(|&k| k == i + 1).unwrap_or(i);
    let mut made =
        draft(desk, Some(s), None, (start, end), a, content, stance, format!("adjective `{}` with its content", desk.form(i)));
    made.speaker_head = Some(s.id());
    Some(made)
}
