//! Statements from verbs: who is the subject, which words are the cue.

use ledger::Stance;
use syntax::{Sentence, Upos, Word};

use super::content::{content, unparsed};
use super::draft::{Desk, Draft, Run};
use super::extent::second;
use super::speakers::{agent, fronted, inverted, leading, named, subject};

/// Every statement that a verb of `sentence` makes.
pub(super) fn find(desk: &Desk<'_, '_>, sentence: Sentence<'_>) -> Vec<Draft> {
    let (first, last) = desk.run(sentence);
    (first..=last).filter_map(|i| verb(desk, i, (first, last))).collect()
}

fn verb(desk: &Desk<'_, '_>, i: u32, sentence: Run) -> Option<Draft> {
    let v = desk.word(i);
    if v.upos() != Upos::VERB || matches!(v.rel(), "amod" | "compound" | "case" | "mark" | "flat") {
        return None;
    }
    let cues = desk.lexicon.verbs(desk.form(i));
    let cue = cues.iter().find(|c| {
        c.particle.is_empty() || c.particle.split(' ').zip(i + 1..).all(|(p, k)| k <= sentence.1 && desk.form(k) == p)
    })?;
    // "showed up", "called off": another verb altogether.
    if cue.particle.is_empty() && v.children().any(|c| c.deprel() == "compound:prt" && c.id().0 == i + 1) {
        return None;
    }
    let particle = if cue.particle.is_empty() { 0 } else { cue.particle.split(' ').count() as u32 };
    let passive = v.children().any(|c| matches!(c.deprel(), "aux:pass" | "nsubj:pass"))
        || v.rel() == "acl" && v.deprel() == "acl" && !desk.form(i).ends_with("ing") && !desk.form(i - u32::from(i > 0)).eq("to");
    // "Asked about it, he …", "when told that …": whoever is asked does not ask.
    let passive = passive
        || matches!(v.rel(), "advcl" | "acl")
            && v.feats().is("VerbForm", "Part")
            && !desk.form(i).ends_with("ing")
            && cue.senses.iter().any(|(s, p)| p.tell || *s == Stance::Asks)
            && !v.children().any(|c| matches!(c.rel(), "nsubj" | "aux"));
    let subject = if passive { agent(desk, v) } else { subject(desk, v, 0) };
    if subject.is_some_and(|s| desk.first_person(s.id().0) || desk.lexicon.mute.contains(desk.form(s.id().0)))
        || v.feats().is("Mood", "Imp") && subject.is_none()
    {
        return None;
    }
    // What someone intends to say is content already.
    if v.rel() == "xcomp"
        && let Some(h) = v.head()
        && desk.lexicon.verbs(desk.form(h.id().0)).iter().any(|c| c.senses.iter().any(|(_, p)| p.to))
        && !desk.lexicon.chain.contains(desk.form(h.id().0))
    {
        return None;
    }
    // A bare infinitive or imperative that nobody says belongs to what someone else says.
    if subject.is_none() && !passive && !desk.form(i).ends_with("ing") && (v.form() == v.lemma() || desk.quoted(i).is_some()) {
        return None;
    }
    // "demands a pledge to stop and promise": what is asked of others is not said by who asks it.
    let asked = || {
        v.ancestors().take(4).any(|h| {
            h.upos() == Upos::VERB
                && desk.lexicon.verbs(desk.form(h.id().0)).iter().any(|c| c.senses.iter().any(|(s, _)| *s == Stance::Demands))
        })
    };
    if v.rel() == "conj" && v.form() == v.lemma() && !v.children().any(|c| c.rel() == "nsubj") && asked() {
        return None;
    }
    let words = cue_words(desk, v, particle);
    let third = subject.is_some_and(|s| !matches!(desk.form(s.id().0), "it" | "that" | "this" | "there" | "which"));
    let generic = subject.is_some_and(|s| {
        matches!(
            desk.form(s.id().0),
            "they"
                | "who"
                | "people"
                | "someone"
                | "somebody"
                | "anyone"
                | "anybody"
                | "everyone"
                | "everybody"
                | "one"
                | "those"
                | "what"
                | "nobody"
                | "him"
                | "them"
                | "her"
        )
    });
    let thing = subject.is_some_and(|s| desk.lexicon.things.contains(desk.form(s.id().0)));
    let found = cue.senses.iter().find_map(|(stance, p)| {
        if p.weak && (!passive && (!third || generic) || desk.quoted(i).is_some()) || p.things && !thing {
            return None;
        }
        content(desk, v, words.1, subject, *stance, p, sentence, passive)
    });
    // "The offer, he said, still stands": of two subjects the farther one belongs to what is said.
    let torn = v.children().filter(|c| c.rel() == "nsubj" && c.id() < v.id() && c.upos() != Upos::PUNCT).collect::<Vec<_>>();
    let found = found.map(|mut f| {
        if let [far, near] = torn[..]
            && f.parts.first().is_some_and(|r| r.0 > i && desk.form(r.0 - 1) == ",")
            && [desk.form(desk.reach(far).1), desk.form(desk.reach(far).1 + 1)].contains(&",")
            && subject == Some(near)
            && desk.quoted(far.id().0).is_none()
        {
            f.parts.splice(0..0, desk.widen(desk.reach(far)));
        }
        f
    });
    // "treaties outlining the complaints" tells what they hold, not that anyone says it.
    let holds = v.rel() == "acl" && v.deprel() == "acl" && desk.form(i).ends_with("ing");
    let found = found.filter(|f| !(holds && f.why == "an object"));
    // "outlining how …": the parse gave the question word alone.
    let found = found.map(|mut f| {
        if let [(x, y)] = f.parts[..]
            && x == y
            && y < sentence.1
            && matches!(desk.form(x), "how" | "why" | "what" | "whether" | "where" | "when")
        {
            f.parts = desk.widen((x, second(desk, (x, sentence.1)))).into_iter().collect();
        }
        f
    });
    let says = cue.senses.iter().find(|(_, p)| p.quote && !p.weak);
    let slot = says.is_some() && desk.quoted(i).is_none() && !passive;
    let addressed = cue.senses.iter().any(|(_, p)| p.tell);
    let (stance, parts, preposition, why) = match found {
        Some(f) => (f.stance, f.parts, f.preposition, f.why),
        None if slot && !unparsed(desk, words.1, sentence).is_empty() => {
            let parts = unparsed(desk, words.1, sentence);
            (says.map_or(Stance::Says, |s| s.0), parts, None, "a clause after it, by its `that`")
        }
        None if slot => (says.map_or(Stance::Says, |s| s.0), Vec::new(), None, "a verb of saying beside a quotation"),
        None => return None,
    };
    let (mut a, mut b) = words;
    if let Some(p) = preposition.filter(|&p| p == b + 1) {
        b = p;
    }
    // "said in a statement"
    if slot && desk.form(b + 1) == "in" {
        let noun = (b + 2..=(b + 5).min(sentence.1)).find(|&k| desk.word(k).upos() == Upos::NOUN);
        if noun.is_some_and(|k| desk.form(k) == "statement") && !parts.iter().any(|r| r.0 <= b + 1 && b < r.1) {
            b = noun.unwrap_or(b);
        }
    }
    let negated = (a..i).any(|k| matches!(desk.form(k), "not" | "n't" | "never"));
    let stance = if negated && stance == Stance::Says && why.contains("clause") { Stance::Declines } else { stance };
    let speaker = subject.map(|s| if s.upos() == Upos::VERB { (s.id().0, s.id().0) } else { desk.noun_phrase(s) });
    let speaker = speaker.map(|run| named(desk, run, i, a, sentence));
    a = a.max(speaker.filter(|s| s.0 < i).map_or(a, |s| s.1 + 1)).min(i);
    let mut frame = (a, b);
    let own = subject.is_some_and(|s| {
        v.children().any(|c| c == s) || inverted(desk, v) == Some(s) || leading(desk, v) == Some(s) || fronted(desk, v) == Some(s)
    });
    for s in speaker.iter().filter(|_| own).filter(|s| s.1 < sentence.0.max(a) && a - s.1 < 12 || s.0 > b && s.0 - b < 12) {
        frame = (frame.0.min(s.0), frame.1.max(s.1));
    }
    let addressee = v
        .children()
        .find(|c| {
            addressed
                && matches!(c.rel(), "obj" | "iobj")
                && c.id().0 > i
                && !desk.dated(c.id().0)
                && desk.quote_of[c.id().0 as usize] == desk.quoted(i)
                || c.rel() == "obl"
                    && c.id().0 > i
                    && c.child("case").is_some_and(|k| desk.lexicon.addressee.contains(desk.form(k.id().0)) && k.id().0 > i)
                    && matches!(c.upos(), Upos::NOUN | Upos::PROPN | Upos::PRON)
        })
        .map(|c| desk.short(desk.noun_phrase(c)))
        .filter(|r| !parts.iter().any(|p| p.0 <= r.0 && r.1 <= p.1));
    let mut why = vec![format!("cue `{}`: {}", cue.base, why)];
    if let Some(s) = subject {
        why.push(format!("speaker: {} of the cue", if v.children().any(|c| c == s) { "subject" } else { "understood subject" }));
    }
    Some(Draft {
        speaker,
        speaker_head: subject.map(|s| s.id()),
        cue: Some((a, b)),
        cue_head: v.id(),
        content: parts,
        stance,
        slot,
        frame,
        addressee,
        channel: None,
        occasion: None,
        why,
    })
}

/// The cue: the verb with auxiliaries, negation, adverbs before it, its particle, and a verb that only leads to it.
pub(super) fn cue_words(desk: &Desk<'_, '_>, v: Word<'_>, particle: u32) -> Run {
    let leftmost = |v: Word<'_>| {
        let mut a = v.id().0;
        while a > 0 {
            let w = desk.word(a - 1);
            let form = desk.form(a - 1);
            let near = w.head().is_some_and(|h| h.id().0 >= a && h.id() <= v.id());
            let belongs = matches!(w.rel(), "aux" | "cop")
                || w.rel() == "advmod" && !desk.lexicon.apart.contains(form)
                || matches!(form, "not" | "n't");
            if !near || !belongs || w.sentence().id() != v.sentence().id() {
                break;
            }
            a -= 1;
        }
        a
    };
    let mut a = leftmost(v);
    if (v.rel() == "xcomp" || v.rel() == "advcl" && desk.form(a - u32::from(a > 0)) == "to")
        && let Some(h) = v.head().filter(|h| h.id() < v.id())
        && desk.lexicon.chain.contains(desk.form(h.id().0))
        && a - h.id().0 <= 3
    {
        a = leftmost(h);
    }
    (a, v.id().0 + particle)
}
