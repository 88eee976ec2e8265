//! How far a content reaches: the patterns by which a verb takes it, and where it begins and ends.

use ledger::Stance;
use syntax::{Upos, Word};

use super::draft::{Desk, Run};
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
    let doer = right("obj").filter(|o| !p.tell && p.weak && o.id().0 > cue_end);
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

/// The begin of a content behind "at a meeting in Brest," or "in an interview", which the parse took for a part of it.
pub(super) fn after_adjuncts(desk: &Desk<'_, '_>, start: u32, content: u32) -> u32 {
    let mut at = start;
    for _ in 0..4 {
        // "said Tuesday the talks …", "said late on Monday that …"
        let on = u32::from(desk.form(at) == "on");
        if desk.form(at) == "now" {
            break;
        }
        let day = (at + on..content).take_while(|&k| desk.dated(k)).last();
        if let Some(k) = day.filter(|&k| k + 1 < content && !nominal_of(desk, k)) {
            at = k + 1 + u32::from(desk.form(k + 1) == ",");
            continue;
        }
        let w = desk.word(at);
        let Some(noun) = w
            .head()
            .filter(|h| w.rel() == "case" && h.id().0 < content && (adjunct(desk, *h) || at > start && desk.placed(h.id().0)))
        else {
            break;
        };
        let end = desk.short(desk.noun_phrase(desk.word(noun.id().0))).1;
        let reach = desk.reach_of(noun).1 + 1;
        let comma = (end + 1..content.min(reach + 1)).rev().find(|&k| desk.form(k) == ",");
        at = comma.map_or(end + 1, |k| k + 1).min(content);
    }
    at
}

/// Whether the clause that begins at `from` is joined by a bare conjunction, without a comma before it.
fn cc_only(desk: &Desk<'_, '_>, from: u32) -> bool {
    desk.word(from).upos() == Upos::CCONJ && from > 0 && !desk.punct(from - 1)
}

fn nominal(upos: Upos) -> bool {
    matches!(upos, Upos::NOUN | Upos::PROPN | Upos::DET | Upos::ADJ | Upos::NUM)
}

/// Whether a day only qualifies a noun: "Monday's talks", "the 2014 deal".
fn nominal_of(desk: &Desk<'_, '_>, day: u32) -> bool {
    desk.form(day + 1).starts_with('\'')
        || desk.word(day).head().is_some_and(|h| {
            h.id().0 > day
                && matches!(h.upos(), Upos::NOUN | Upos::PROPN)
                && matches!(desk.word(day).rel(), "compound" | "amod" | "nummod")
        })
}

/// From `start` to the end of the clause of `v`, without what hangs on `v` but says when, where or what else was done.
fn tail(desk: &Desk<'_, '_>, v: Word<'_>, content: Word<'_>, start: u32, sentence: Run) -> Vec<Run> {
    let mut end = v.children().filter(|c| c.id() >= content.id()).map(|c| desk.reach_of(c).1).max().unwrap_or(sentence.1);
    for child in v.children().filter(|c| c.id() > content.id()) {
        let from = desk.reach_of(child).0;
        let comma = from > 0 && desk.punct(from - 1);
        let cut = match child.rel() {
            // "and that …" goes on with the content; so does a noun.
            // "claimed that crime fell and the jails emptied": without a comma the second clause is claimed too.
            "conj" if !comma && cc_only(desk, from) && child.children().any(|c| c.rel() == "nsubj" && c.id() < child.id()) => {
                false
            }
            "conj" => {
                !child.children().any(|m| m.rel() == "mark" && m.id() < child.id())
                    && matches!(child.upos(), Upos::VERB | Upos::AUX | Upos::ADJ)
                    && joined(desk, v, child)
            }
            "nsubj" | "cc" | "discourse" => true,
            "parataxis" => comma && joined(desk, v, child),
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

/// Whether two verbs can be coordinated: "demands … and promise" cannot, an infinitive goes on with what is demanded.
pub(super) fn joined(desk: &Desk<'_, '_>, v: Word<'_>, other: Word<'_>) -> bool {
    if other.children().any(|c| matches!(c.rel(), "nsubj" | "aux" | "cop")) {
        return true;
    }
    let ing = |w: Word<'_>| desk.form(w.id().0).ends_with("ing");
    let bare = |w: Word<'_>| w.upos() == Upos::VERB && w.form() == w.lemma();
    let modal =
        v.children().any(|c| c.rel() == "aux" && !matches!(desk.form(c.id().0), "is" | "are" | "was" | "were" | "be" | "been"))
            || v.children().any(|c| c.rel() == "mark");
    !(bare(other) && !bare(v) && !modal || ing(v) && bare(other) || ing(other) && !ing(v))
}

/// Where another saying begins behind a comma: ", saying …", ", according to …".
pub(super) fn second(desk: &Desk<'_, '_>, run: Run) -> u32 {
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
    let mut parts: Vec<Run> = if a < edge { desk.widen((a, edge.saturating_sub(1))).into_iter().collect() } else { Vec::new() };
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
    // "The offer, he said, still stands": the parse may hang the insertion on the noun before it.
    let mut h = h;
    for _ in 0..4 {
        match h.head() {
            Some(up)
                if !matches!(h.upos(), Upos::VERB | Upos::AUX) && !matches!(h.rel(), "root" | "parataxis" | "conj" | "ccomp") =>
            {
                h = up
            }
            _ => break,
        }
    }
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
    let b = if y < b { second(desk, (y, b)) } else { b };
    if y + 1 < b {
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
            if y <= b + 1 || x + 3 >= a {
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
