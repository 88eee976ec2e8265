//! Statements from verbs: who is the subject, which words are the cue, which the content.

use ledger::Stance;
use syntax::{Sentence, Upos, Word};

use super::draft::{Desk, Draft, Run};
use super::lexicon::Patterns;

/// How far a content reaches that a pattern found.
struct Found {
    stance: Stance,
    parts: Vec<Run>,
    /// The preposition that belongs to the cue.
    preposition: Option<u32>,
    why: &'static str,
}

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
    let particle = if cue.particle.is_empty() { 0 } else { cue.particle.split(' ').count() as u32 };
    let passive = v.children().any(|c| matches!(c.deprel(), "aux:pass" | "nsubj:pass"))
        || v.rel() == "acl" && v.deprel() == "acl" && !desk.form(i).ends_with("ing") && !desk.form(i - u32::from(i > 0)).eq("to");
    let subject = if passive { agent(desk, v) } else { subject(desk, v, 0) };
    if subject.is_some_and(|s| desk.first_person(s.id().0)) || v.feats().is("Mood", "Imp") && subject.is_none() {
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
            && f.parts.first().is_some_and(|r| r.0 > i)
            && [desk.form(desk.reach(far).1), desk.form(desk.reach(far).1 + 1)].contains(&",")
            && subject == Some(near)
            && desk.quoted(far.id().0).is_none()
        {
            f.parts.splice(0..0, desk.widen(desk.reach(far)));
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
    for s in speaker.iter().filter(|s| s.1 < sentence.0.max(a) && a - s.1 < 12 || s.0 > b && s.0 - b < 12) {
        frame = (frame.0.min(s.0), frame.1.max(s.1));
    }
    let addressee = v
        .children()
        .find(|c| {
            addressed && matches!(c.rel(), "obj" | "iobj") && c.id().0 > i && desk.quote_of[c.id().0 as usize] == desk.quoted(i)
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

/// A speaker with all that is said of him between commas: ", who met the press in Oslo," or ", 33, of Raleigh".
fn named(desk: &Desk<'_, '_>, (x, y): Run, i: u32, cue: u32, sentence: Run) -> Run {
    let aside = |k: u32| {
        k <= sentence.1
            && !desk.form(k).ends_with("ing")
            && (matches!(desk.word(k).upos(), Upos::DET | Upos::NOUN | Upos::PROPN | Upos::NUM | Upos::ADJ)
                || matches!(desk.form(k), "who" | "which" | "whose" | "of"))
            && !desk.dated(k)
    };
    if x < i {
        let open = desk.form(y + 1) == "," && y + 2 < cue && aside(y + 2) && cue - y < 40;
        let plain = (x..cue).all(|k| desk.quoted(k) == desk.quoted(i));
        let y = if open && plain { desk.trim((x, cue - 1)).map_or(y, |r| r.1).max(y) } else { y };
        return (x, y.min(cue.saturating_sub(1)).max(x));
    }
    // Behind the verb, up to the end of the sentence.
    if x == i + 1 && desk.form(y + 1) == "," && aside(y + 2) {
        let end =
            (y + 2..=sentence.1).find(|&k| desk.quoted(k).is_some() || desk.form(k) == "according").unwrap_or(sentence.1 + 1);
        let clause = matches!(desk.form(y + 2), "who" | "which" | "whose");
        let told = (y + 2..end).any(|k| desk.word(k).upos() == Upos::VERB || matches!(desk.form(k), "and" | "but"));
        if (clause || !told) && end - y < 40 {
            return (x, desk.trim((x, end - 1)).map_or(y, |r| r.1).max(y));
        }
    }
    (x, y)
}

/// The subject of `v`, its own or the one it shares.
pub(super) fn subject<'a>(desk: &Desk<'_, 'a>, v: Word<'a>, depth: u32) -> Option<Word<'a>> {
    let i = v.id().0;
    // Of two, the nearer one: the other belongs to a clause that the parse tore apart.
    let subjects = || v.children().filter(|c| c.rel() == "nsubj" && c.upos() != Upos::PUNCT);
    let own = subjects().filter(|c| c.id() < v.id()).last().or_else(|| subjects().next());
    let outside = |s: &Word<'_>| desk.quote_of[s.id().0 as usize] == desk.quoted(i) || desk.quoted(i).is_some();
    // Right behind a quotation the speaker stands behind the verb, whatever the parse says.
    if i > 0
        && (desk.ended(i - 1) || desk.form(i - 1) == "," && i > 1 && desk.ended(i - 2))
        && own.is_none_or(|s| s.id() < v.id())
        && let Some(s) = inverted(desk, v)
    {
        return Some(s);
    }
    if let Some(s) = own.filter(outside) {
        return Some(s);
    }
    if own.is_some() {
        return inverted(desk, v).or_else(|| leading(desk, v));
    }
    if depth > 6 {
        return None;
    }
    let Some(head) = v.head() else {
        return inverted(desk, v).or_else(|| leading(desk, v));
    };
    let passive = |w: Word<'a>| w.children().any(|c| c.deprel() == "aux:pass");
    match v.rel() {
        // "told Kyiv to say": the object speaks.
        "xcomp" => head.children().find(|c| c.rel() == "obj" && c.id() < v.id()).or_else(|| subject(desk, head, depth + 1)),
        "conj" | "advcl" | "ccomp" if matches!(head.upos(), Upos::VERB | Upos::AUX) => {
            if v.rel() == "ccomp" && !desk.form(i).ends_with("ing") {
                return inverted(desk, v);
            }
            if !desk.form(i).ends_with("ing")
                && let Some(s) = inverted(desk, v)
            {
                return Some(s);
            }
            if passive(head) { agent(desk, head) } else { subject(desk, head, depth + 1) }
        }
        "acl" if v.deprel() == "acl:relcl" => None,
        // ", telling …" behind a comma belongs to the whole clause.
        "acl" if i > 0 && desk.form(i - 1) == "," && desk.form(i).ends_with("ing") => {
            let clause =
                head.ancestors().find(|a| a.upos() == Upos::VERB && a.children().any(|c| c.rel() == "nsubj" || c.rel() == "obj"));
            clause.and_then(|c| subject(desk, c, depth + 1)).or(Some(head))
        }
        "acl" => {
            // "issued a statement saying": who issued it speaks.
            let paper = desk.lexicon.things.contains(desk.form(head.id().0)) && matches!(head.rel(), "obj");
            match head.head().filter(|h| paper && h.upos() == Upos::VERB) {
                Some(verb) => subject(desk, verb, depth + 1).or(Some(head)),
                None => Some(head),
            }
        }
        _ => inverted(desk, v).or_else(|| leading(desk, v)),
    }
}

/// The speaker right before the verb where a quotation or a comma stands before him: "…," Ms. Ito said.
fn leading<'a>(desk: &Desk<'_, 'a>, v: Word<'a>) -> Option<Word<'a>> {
    let first = desk.run(v.sentence()).0;
    let mut k = v.id().0;
    while k > first && matches!(desk.word(k - 1).upos(), Upos::AUX | Upos::ADV) {
        k -= 1;
    }
    let mut last = k.checked_sub(1).filter(|&k| k >= first)?;
    // "…," Ms. Ito, 33, said: the first noun behind the quotation.
    if desk.form(last) == "," {
        let from = (first.max(last.saturating_sub(30))..last).rev().find(|&k| desk.ended(k))?;
        let from = (from + 1..last).find(|&k| !desk.punct(k))?;
        let mut end = from;
        while end + 1 < last && !desk.punct(end + 1) {
            end += 1;
        }
        last = end;
    }
    let noun = |w: Word<'_>| matches!(w.upos(), Upos::NOUN | Upos::PROPN | Upos::PRON);
    let mut k = last;
    while k > first
        && !desk.punct(k - 1)
        && matches!(desk.word(k - 1).upos(), Upos::NOUN | Upos::PROPN | Upos::DET | Upos::ADJ | Upos::NUM)
    {
        k -= 1;
    }
    let bounded = k == first || desk.form(k - 1) == "," || desk.mark(k - 1);
    if !bounded || !noun(desk.word(last)) || desk.quoted(last) != desk.quoted(v.id().0) {
        return None;
    }
    // The topmost word of the stretch.
    let inside = |w: Word<'_>| w.id().0 >= k && w.id().0 <= last;
    let mut head = desk.word(last);
    for _ in k..=last {
        match head.head().filter(|h| inside(*h) && noun(*h)) {
            Some(h) => head = h,
            None => break,
        }
    }
    Some(head)
}

/// The speaker right behind the verb, as after a quotation: "…," said Ms. Ito, who leads the talks. The parse of so long a sentence
/// often misses it.
fn inverted<'a>(desk: &Desk<'_, 'a>, v: Word<'a>) -> Option<Word<'a>> {
    let (first, last) = desk.run(v.sentence());
    let i = v.id().0;
    if i >= last || desk.quoted(i + 1) != desk.quoted(i) {
        return None;
    }
    // A clause or a quotation must have ended right before the verb.
    let opens = i == first || desk.form(i - 1) == "," || desk.ended(i - 1);
    let next = desk.word(i + 1);
    let noun = |w: Word<'_>| matches!(w.upos(), Upos::NOUN | Upos::PROPN | Upos::PRON);
    if !opens
        || !(noun(next) || matches!(next.upos(), Upos::DET | Upos::ADJ | Upos::NUM))
        || matches!(desk.form(i + 1), "that" | "it" | "there" | "this")
    {
        return None;
    }
    let mut head = next;
    for _ in 0..8 {
        match head.head() {
            Some(h)
                if h.id() > v.id()
                    && h.id().0 <= last
                    && (noun(h) || !noun(head))
                    && matches!(head.rel(), "det" | "amod" | "compound" | "nummod" | "nmod" | "flat" | "case") =>
            {
                if head.rel() == "nmod" && h.id() < head.id() {
                    break;
                }
                head = h;
            }
            _ => break,
        }
    }
    noun(head).then_some(head)
}

/// Who does what a passive verb says: "was praised by Paris".
fn agent<'a>(desk: &Desk<'_, 'a>, v: Word<'a>) -> Option<Word<'a>> {
    v.children().find(|c| c.rel() == "obl" && c.child("case").is_some_and(|k| desk.form(k.id().0) == "by"))
}

/// The cue: the verb with auxiliaries, negation, adverbs before it, its particle, and a verb that only leads to it.
fn cue_words(desk: &Desk<'_, '_>, v: Word<'_>, particle: u32) -> Run {
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
    if v.rel() == "xcomp"
        && let Some(h) = v.head().filter(|h| h.id() < v.id())
        && desk.lexicon.chain.contains(desk.form(h.id().0))
        && a - h.id().0 <= 3
    {
        a = leftmost(h);
    }
    (a, v.id().0 + particle)
}

/// Relations of what may follow the verb without being content.
fn adjunct(desk: &Desk<'_, '_>, child: Word<'_>) -> bool {
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
fn content<'a>(
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
            if direct || desk.form(cue_end + 1) == "that" {
                start = cue_end + 1;
            }
            if let Some(k) = unparsed(desk, cue_end, sentence).first().map(|r| r.0).filter(|&k| k > start && k < c.id().0) {
                start = k;
            }
            start = after_adjuncts(desk, start, c.id().0);
            return found(tail(desk, v, c, start, sentence), "a clause after it");
        }
        if let Some(c) = v.children().find(|c| c.rel() == "ccomp" && c.id().0 < i) {
            return found(before(desk, v, c, subject, sentence), "a clause before it");
        }
    }
    if p.quote
        && !p.weak
        && let Some(h) = v.head().filter(|_| v.rel() == "parataxis")
    {
        return found(around(desk, v, h, subject), "set into a clause");
    }
    if p.to
        && let Some(c) = right("xcomp").filter(|c| marked(*c, "to"))
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
    if p.name
        && let Some(o) = object.filter(|o| o.id().0 > cue_end)
    {
        let parts = tail(desk, v, o, desk.reach(o).0.max(cue_end + 1), sentence);
        let second = v.children().any(|c| matches!(c.rel(), "xcomp" | "obj" | "ccomp" | "obl") && c.id() > o.id());
        let quoted = parts.iter().any(|r| desk.quoted(r.1).is_some() && desk.quoted(i).is_none());
        if second || quoted {
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
fn unparsed(desk: &Desk<'_, '_>, cue_end: u32, sentence: Run) -> Vec<Run> {
    let that = (cue_end + 1..=sentence.1.min(cue_end + 9))
        .take_while(|&k| !desk.punct(k) && !desk.mark(k))
        .find(|&k| desk.form(k) == "that");
    let Some(k) = that.filter(|&k| k < sentence.1 && !matches!(desk.word(k + 1).upos(), Upos::VERB | Upos::AUX | Upos::PUNCT))
    else {
        return Vec::new();
    };
    desk.widen((k, second(desk, (k, sentence.1)))).into_iter().collect()
}

/// The begin of a content behind "at a meeting in Brest," or "in an interview", which the parse took for a part of it.
fn after_adjuncts(desk: &Desk<'_, '_>, start: u32, content: u32) -> u32 {
    let mut at = start;
    for _ in 0..3 {
        let w = desk.word(at);
        let Some(noun) = w.head().filter(|h| w.rel() == "case" && h.id().0 < content && adjunct(desk, *h)) else { break };
        let end = desk.short(desk.noun_phrase(desk.word(noun.id().0))).1;
        let reach = desk.reach_of(noun).1 + 1;
        let comma = (end + 1..content.min(reach + 1)).rev().find(|&k| desk.form(k) == ",");
        at = comma.map_or(end + 1, |k| k + 1).min(content);
    }
    at
}

/// From `start` to the end of the clause of `v`, without what hangs on `v` but says when, where or what else was done.
fn tail(desk: &Desk<'_, '_>, v: Word<'_>, content: Word<'_>, start: u32, sentence: Run) -> Vec<Run> {
    let mut end = v.children().filter(|c| c.id() >= content.id()).map(|c| desk.reach_of(c).1).max().unwrap_or(sentence.1);
    for child in v.children().filter(|c| c.id() > content.id()) {
        let from = desk.reach_of(child).0;
        let comma = from > 0 && desk.punct(from - 1);
        let cut = match child.rel() {
            "conj" | "nsubj" | "cc" | "discourse" => true,
            "parataxis" => comma,
            "advcl" => {
                let mark = child.child("mark").map(|m| desk.form(m.id().0)).unwrap_or("");
                comma && !matches!(mark, "if" | "unless" | "because" | "to")
                    || matches!(mark, "after" | "while" | "when" | "before")
            }
            "obl" => adjunct(desk, child),
            _ => false,
        };
        if cut && from > start {
            end = end.min(from - 1);
            break;
        }
    }
    end = second(desk, (start, end));
    if end > start + 1 && desk.form(end - 1) == "," && matches!(desk.form(end), "however" | "though" | "too" | "either") {
        end -= 2;
    }
    let start = if start > v.id().0 + 1 && matches!(desk.form(start - 1), "not" | "never") { start - 1 } else { start };
    // A coordination inside goes with its comma and conjunction.
    while end > start && (desk.punct(end) && !desk.mark(end) || desk.word(end).rel() == "cc") {
        end -= 1;
    }
    desk.widen((start, end)).into_iter().collect()
}

/// Where another saying begins behind a comma: ", saying …", ", according to …".
fn second(desk: &Desk<'_, '_>, run: Run) -> u32 {
    let comma = |k: u32| desk.form(k) == "," && desk.quote_of[k as usize] == desk.quoted(run.0);
    // "… and said": the next saying of the same speaker.
    let again = |k: u32| {
        let next = (k + 1..run.1.min(k + 3)).find(|&n| desk.word(n).upos() != Upos::ADV);
        matches!(desk.form(k), "and" | "but")
            && desk.quoted(k).is_none()
            && next.is_some_and(|n| {
                let w = desk.word(n);
                let past = w.feats().is("Tense", "Past") || desk.form(n).ends_with("ed") || desk.form(n) == "said";
                w.upos() == Upos::VERB
                    && w.rel() == "conj"
                    && past
                    && !w.children().any(|c| matches!(c.rel(), "nsubj" | "aux"))
                    && desk
                        .lexicon
                        .verbs(desk.form(n))
                        .iter()
                        .any(|c| c.senses.iter().any(|(_, p)| p.clause && p.quote && !p.weak))
            })
    };
    (run.0 + 1..run.1)
        .find(|&k| {
            if again(k) {
                return true;
            }
            let form = desk.form(k + 1);
            let saying = || {
                form.ends_with("ing")
                    && desk
                        .lexicon
                        .verbs(form)
                        .iter()
                        .any(|c| c.senses.iter().any(|(_, p)| p.quote && !p.weak || p.whole || p.name))
            };
            (comma(k) || desk.ended(k) && desk.quoted(k + 1).is_none())
                && (saying() || form == "according" && desk.form(k + 2) == "to")
        })
        .map_or(run.1, |k| k - 1)
}

/// The clause before "he said".
fn before(desk: &Desk<'_, '_>, v: Word<'_>, c: Word<'_>, subject: Option<Word<'_>>, sentence: Run) -> Vec<Run> {
    let edge = subject.filter(|s| s.id() < v.id()).map_or(v.id().0, |s| desk.reach_of(s).0.min(v.id().0));
    let (a, b) = desk.reach_of(c);
    let a = whole(desk, a, edge, sentence);
    let mut parts: Vec<Run> =
        if a < edge { desk.widen((a, b.min(edge.saturating_sub(1)))).into_iter().collect() } else { Vec::new() };
    // What goes on behind: "The talks, he said, will fail."
    let after = v
        .children()
        .filter(|x| x.id().0 > v.id().0 && *x != c && !matches!(x.rel(), "ccomp" | "parataxis"))
        .map(|x| desk.reach_of(x).1);
    let resume = after.max().unwrap_or(v.id().0).max(v.id().0) + 1;
    if b > resume && b <= sentence.1 && desk.form(resume) == "," {
        parts.extend(desk.widen((resume, b)));
    }
    parts
}

/// The begin of what stands before "he said": the sentence's, unless another saying comes first.
fn whole(desk: &Desk<'_, '_>, a: u32, edge: u32, sentence: Run) -> u32 {
    let other = (sentence.0..a)
        .any(|k| desk.word(k).upos() == Upos::VERB && !desk.lexicon.verbs(desk.form(k)).is_empty() || desk.form(k) == ";");
    if other || edge <= a { a } else { sentence.0 }
}

/// The clause into which "he said" is put.
fn around(desk: &Desk<'_, '_>, v: Word<'_>, h: Word<'_>, subject: Option<Word<'_>>) -> Vec<Run> {
    let (a, b) = desk.reach_of(h);
    let (mut x, y) = desk.reach_of(v);
    if let Some(s) = subject {
        let s = desk.reach_of(s).0;
        if s > a && s < x {
            x = s;
        }
    }
    let mut parts = Vec::new();
    let a = whole(desk, a, x, desk.run(v.sentence()));
    if a < x {
        parts.extend(desk.widen((a, x - 1)));
    }
    if y < b {
        parts.extend(desk.widen((y + 1, b)));
    }
    parts
}

impl Desk<'_, '_> {
    /// As [`Desk::reach`], for a word of any lifetime.
    pub(super) fn reach_of(&self, w: Word<'_>) -> Run {
        self.reach(self.word(w.id().0))
    }

    /// A run trimmed, and made to hold whole quotations where it holds most of one.
    pub(super) fn widen(&self, run: Run) -> Option<Run> {
        let (mut a, mut b) = self.trim(run)?;
        if let Some(q) = self.quoted(a) {
            let (x, y) = self.quote_runs[q as usize];
            if y <= b + 1 || x + 1 >= a {
                a = a.min(x);
            }
        }
        if let Some(q) = self.quoted(b) {
            let (x, y) = self.quote_runs[q as usize];
            if x >= a {
                b = b.max(y);
            }
        }
        // The closing mark that stands right behind.
        if b + 1 < self.words.len() as u32
            && self.mark(b + 1)
            && self.quoted(b + 1).is_some_and(|q| self.quote_runs[q as usize].0 >= a && self.quote_runs[q as usize].1 == b + 1)
        {
            b += 1;
        }
        Some((a, b))
    }
}
