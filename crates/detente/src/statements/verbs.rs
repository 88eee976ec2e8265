//! Statements from verbs: who is the subject, which words are the cue.

use ledger::Stance;
use syntax::{Sentence, Upos, Word};

use super::content::{content, joined, second, unparsed};
use super::draft::{Desk, Draft, Run};

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

/// A speaker with all that is said of him between commas: ", who met the press in Oslo," or ", 33, of Raleigh".
fn named(desk: &Desk<'_, '_>, (x, y): Run, i: u32, cue: u32, sentence: Run) -> Run {
    let aside = |k: u32| {
        k <= sentence.1
            && (!desk.form(k).ends_with("ing") || desk.form(k) == "including")
            && (matches!(desk.word(k).upos(), Upos::DET | Upos::NOUN | Upos::PROPN | Upos::NUM | Upos::ADJ)
                || matches!(desk.form(k), "who" | "which" | "whose" | "of" | "including"))
            && !desk.dated(k)
    };
    if x < i {
        // Of several verbs of one subject the first stands next to it.
        let mut first = desk.word(i);
        let mut cue = cue;
        while first.rel() == "conj"
            && let Some(h) = first.head().filter(|h| h.id().0 > y && h.id() < first.id())
        {
            first = h;
            cue = cue.min(cue_words(desk, first, 0).0);
        }
        let plain = |a: u32, b: u32| (a..b).all(|k| desk.quoted(k) == desk.quoted(i));
        // Names and titles that the parse left between the name and its verb.
        let rest = (y + 1..cue).all(|k| {
            matches!(desk.word(k).upos(), Upos::PROPN | Upos::NOUN | Upos::ADJ | Upos::DET | Upos::NUM | Upos::SYM)
                || matches!(desk.form(k), "'s" | "(" | ")" | "-" | "." | "of")
        });
        let rest = rest && plain(y + 1, cue) && !(y + 1..cue).any(|k| desk.dated(k)) && !desk.ended(y);
        let mut y = if rest && cue > y && cue - y < 14 { cue - 1 } else { y };
        // "Ariz." before the comma.
        if desk.form(y + 1) == "." && desk.form(y + 2) == "," && desk.glued(y + 1) {
            y += 1;
        }
        let open = desk.form(y + 1) == "," && y + 2 < cue && aside(y + 2) && cue - y < 40;
        let y = if open && plain(x, cue) { desk.trim((x, cue - 1)).map_or(y, |r| r.1).max(y) } else { y };
        let mut y = y.min(cue.saturating_sub(1)).max(x);
        while y > x && desk.form(y) == "to" {
            y -= 1;
        }
        // "Norma Roe, the owner of a shop, said": the parse took the apposition for the subject.
        let named = x > sentence.0 + 1
            && x - sentence.0 < 8
            && desk.form(x - 1) == ","
            && desk.word(x).upos() == Upos::DET
            && (sentence.0..x - 1).all(|k| desk.word(k).upos() == Upos::PROPN && !desk.dated(k) && !desk.placed(k));
        return (if named { sentence.0 } else { x }, y);
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
    let subjects = || v.children().filter(|c| c.rel() == "nsubj" && c.upos() != Upos::PUNCT && !desk.dated(c.id().0));
    let own = subjects().rfind(|c| c.id() < v.id()).or_else(|| subjects().next());
    let outside = |s: &Word<'_>| desk.quote_of[s.id().0 as usize] == desk.quoted(i) || desk.quoted(i).is_some();
    // Right behind a quotation the speaker stands behind the verb, whatever the parse says.
    if i > 0
        && (desk.ended(i - 1) || desk.form(i - 1) == "," && i > 1 && desk.ended(i - 2))
        && own.is_none_or(|s| s.id() < v.id())
        && let Some(s) = inverted(desk, v)
    {
        return Some(s);
    }
    if let Some(s) = own.and_then(|own| announced(desk, v, own)) {
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
        return inverted(desk, v).or_else(|| leading(desk, v)).or_else(|| fronted(desk, v));
    };
    let passive = |w: Word<'a>| w.children().any(|c| c.deprel() == "aux:pass");
    match v.rel() {
        // "told Kyiv to say": the object speaks.
        "xcomp" => head.children().find(|c| c.rel() == "obj" && c.id() < v.id()).or_else(|| subject(desk, head, depth + 1)),
        // "…, he said, adding …": whoever said the one adds the other.
        "advcl" | "conj" | "parataxis" if saying_before(desk, v).is_some() => saying_before(desk, v),
        "conj" if !joined(desk, head, v) && v.form() == v.lemma() => None,
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
            clause.and_then(|c| subject(desk, c, depth + 1)).or(Some(head).filter(|h| !desk.dated(h.id().0)))
        }
        "acl" => {
            // "issued a statement saying": who issued it speaks.
            let paper = desk.lexicon.things.contains(desk.form(head.id().0)) && matches!(head.rel(), "obj");
            let issued = |h: &Word<'_>| h.upos() == Upos::VERB && desk.lexicon.issuing.contains(desk.form(h.id().0));
            match head.head().filter(|h| paper && issued(h)) {
                Some(verb) => subject(desk, verb, depth + 1).or(Some(head)),
                None => Some(head),
            }
        }
        _ => inverted(desk, v).or_else(|| leading(desk, v)).or_else(|| fronted(desk, v)),
    }
}

/// Who said what goes on with "…, he said, adding …" or "said that talks went well and added that …": the subject of the saying
/// that the parse did not join this one to.
fn saying_before<'a>(desk: &Desk<'_, 'a>, v: Word<'a>) -> Option<Word<'a>> {
    let (i, first) = (v.id().0, desk.run(v.sentence()).0);
    let says = |k: u32| {
        desk.word(k).upos() == Upos::VERB
            && desk.quoted(k) == desk.quoted(i)
            && desk.lexicon.verbs(desk.form(k)).iter().any(|c| c.senses.iter().any(|(_, p)| p.quote && p.clause && !p.weak))
    };
    let own = |k: u32| desk.word(k).children().find(|c| c.rel() == "nsubj" && c.upos() != Upos::PUNCT && !desk.dated(c.id().0));
    if desk.form(i).ends_with("ing") {
        // Between the two only adjuncts and commas.
        let comma = i.checked_sub(1).filter(|&k| k > first && desk.form(k) == ",")?;
        let k = (first.max(comma.saturating_sub(12))..comma).rev().find(|&k| desk.word(k).upos() == Upos::VERB)?;
        let head = v.head()?;
        let apart = desk.quoted(head.id().0) != desk.quoted(i);
        // "said that the line was closed, citing …": a thing done, or whoever spoke of himself, does not say so.
        let outer = head.head().filter(|o| head.rel() == "ccomp" && o.id() < head.id() && says(o.id().0));
        let shy = head.children().any(|c| c.rel() == "nsubj" && c.upos() == Upos::PRON || c.deprel() == "nsubj:pass");
        if let Some(o) = outer.filter(|_| shy) {
            return own(o.id().0);
        }
        let inserted = says(k) && head != desk.word(k) && (desk.word(k).rel() == "parataxis" || apart);
        return own(k).or_else(|| inverted(desk, desk.word(k))).or_else(|| leading(desk, desk.word(k))).filter(|_| inserted);
    }
    // "said that … and added that …"
    let head = v.head().filter(|h| v.rel() == "conj" && h.rel() == "ccomp")?;
    let outer = head.head().filter(|o| says(o.id().0) && says(i))?;
    let that = desk.form(i + 1) == "that" || desk.quoted(i + 1).is_some();
    let past = v.feats().is("Tense", "Past") || desk.form(i).ends_with("ed");
    own(outer.id().0).filter(|_| that && past && !v.children().any(|c| matches!(c.rel(), "nsubj" | "aux")))
}

/// "Talks near collapse, says envoy": behind the one comma and before a bare noun phrase the verb names its speaker, whatever stands
/// in front of the comma.
fn announced<'a>(desk: &Desk<'_, 'a>, v: Word<'a>, own: Word<'a>) -> Option<Word<'a>> {
    let i = v.id().0;
    let says = matches!(desk.form(i), "say" | "says" | "said" | "warn" | "warns" | "warned" | "report" | "reports" | "reported");
    if !says || own.id().0 >= i || desk.form(i.checked_sub(1)?) != "," {
        return None;
    }
    let commas = (own.id().0..i).filter(|&k| desk.form(k) == ",").count();
    let speaker = inverted(desk, v).filter(|_| commas == 1)?;
    let (from, last) = (desk.noun_phrase(speaker).1 + 1, desk.run(v.sentence()).1);
    let ends = from > last || desk.punct(from) || matches!(desk.word(from).upos(), Upos::ADP | Upos::SCONJ);
    ends.then_some(speaker)
}

/// A name with an apposition right before a verb that the parse left without a subject: "…, Zofia Roe, head of the agency, warned".
fn fronted<'a>(desk: &Desk<'_, 'a>, v: Word<'a>) -> Option<Word<'a>> {
    let first = desk.run(v.sentence()).0;
    let mut k = v.id().0;
    while k > first && matches!(desk.word(k - 1).upos(), Upos::AUX | Upos::ADV) {
        k -= 1;
    }
    let close = k.checked_sub(1).filter(|&k| k > first && desk.form(k) == ",")?;
    let mut comma = close;
    for k in (first.max(close.saturating_sub(30))..close).rev() {
        let w = desk.word(k);
        if matches!(w.upos(), Upos::VERB | Upos::AUX | Upos::SCONJ | Upos::PRON) || desk.quoted(k) != desk.quoted(v.id().0) {
            return None;
        }
        let opens = desk.form(k) == "," || k == first;
        if !opens {
            continue;
        }
        let from = if k == first && desk.form(k) != "," { k } else { k + 1 };
        let name = comma > from
            && comma - from < 6
            && comma < close
            && (comma > from + 1 || !desk.placed(from))
            && (from..comma).all(|n| (desk.word(n).upos() == Upos::PROPN || desk.form(n) == ".") && !desk.dated(n));
        if name {
            return Some(desk.word(from));
        }
        comma = k;
    }
    None
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
    if i >= last || desk.quoted(i + 1) != desk.quoted(i) || desk.dated(i + 1) {
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
    if (v.rel() == "xcomp" || v.rel() == "advcl" && desk.form(a - u32::from(a > 0)) == "to")
        && let Some(h) = v.head().filter(|h| h.id() < v.id())
        && desk.lexicon.chain.contains(desk.form(h.id().0))
        && a - h.id().0 <= 3
    {
        a = leftmost(h);
    }
    (a, v.id().0 + particle)
}
