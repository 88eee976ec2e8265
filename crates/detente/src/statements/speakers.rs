//! Who speaks: the subject of a verb of saying, before it, behind it, shared with another verb, and how much of the phrase names him.

use syntax::{Upos, Word};

use super::draft::{Desk, Run};
use super::extent::joined;
use super::verbs::cue_words;

/// A speaker with all that is said of him between commas: ", who met the press in Oslo," or ", 33, of Raleigh".
pub(super) fn named(desk: &Desk<'_, '_>, (x, y): Run, i: u32, cue: u32, sentence: Run) -> Run {
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
pub(super) fn fronted<'a>(desk: &Desk<'_, 'a>, v: Word<'a>) -> Option<Word<'a>> {
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
pub(super) fn leading<'a>(desk: &Desk<'_, 'a>, v: Word<'a>) -> Option<Word<'a>> {
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
pub(super) fn inverted<'a>(desk: &Desk<'_, 'a>, v: Word<'a>) -> Option<Word<'a>> {
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
pub(super) fn agent<'a>(desk: &Desk<'_, 'a>, v: Word<'a>) -> Option<Word<'a>> {
    v.children().find(|c| c.rel() == "obl" && c.child("case").is_some_and(|k| desk.form(k.id().0) == "by"))
}
