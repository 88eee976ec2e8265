//! Where a content begins and ends: adjuncts of the cue in front of it, other clauses behind it, the clause around an insertion.

use syntax::{Upos, Word};

use super::content::adjunct;
use super::draft::{Desk, Run};

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

pub(super) fn nominal(upos: Upos) -> bool {
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
pub(super) fn tail(desk: &Desk<'_, '_>, v: Word<'_>, content: Word<'_>, start: u32, sentence: Run) -> Vec<Run> {
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
    // "said that it was late and that the envoys were tired": both are said.
    let joint = |k: u32| matches!(desk.form(k), "and" | "but") && desk.form(k + 1) == "that";
    let further =
        [end + 1, end + 2].into_iter().find(|&k| k + 2 < sentence.1 && joint(k) && (k == end + 1 || desk.form(end + 1) == ","));
    if let Some(k) = further.filter(|_| desk.form(start) == "that" || desk.quoted(end).is_some()) {
        end = second(desk, (k, sentence.1));
    }
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
                let past = w.feats().is("VerbForm", "Fin") || desk.form(n).ends_with("ed") || desk.form(n) == "said";
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
pub(super) fn before(desk: &Desk<'_, '_>, v: Word<'_>, c: Word<'_>, subject: Option<Word<'_>>, sentence: Run) -> Vec<Run> {
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
pub(super) fn around(desk: &Desk<'_, '_>, v: Word<'_>, h: Word<'_>, subject: Option<Word<'_>>) -> Vec<Run> {
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
