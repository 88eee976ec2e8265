//! Gives quotations to their speakers: before, after, around, and on from sentence to sentence.

use ledger::Stance;
use syntax::Upos;

use super::draft::{Desk, Draft, Run};

/// A quotation of fewer words, without a verb, is a scare quote when nobody is said to say it.
const SCARE: u32 = 5;

/// Joins verbs of saying and quotations; adds statements for quotations that go on without a verb.
pub(super) fn quotations(desk: &Desk<'_, '_>, drafts: &mut Vec<Draft>) {
    let frames: Vec<(Run, Option<u32>, Option<u32>)> = drafts.iter().map(|d| neighbours(desk, d)).collect();
    // A quotation that ended with its sentence belongs to the next one only where that has no content of its own.
    let near = |d: &Draft, q: Option<u32>| {
        q.filter(|&q| {
            let run = desk.quote_runs[q as usize];
            let cue = d.cue.map_or(d.frame.1, |c| c.1);
            let own = d.content.iter().find(|r| r.0 > cue && desk.quoted(r.0).is_none());
            let stopped = desk.scene.source.slice(desk.quotes[q as usize].inner).trim_end().ends_with(['.', '!', '?', '…']);
            match own {
                _ if d.content.is_empty() => true,
                // "…," she told them, adding that …; "…." Sanders said he was ready.
                Some(r) => !(stopped && r.0 <= cue + 2 || matches!(desk.form(r.0), "that" | "whether" | "to" | "for")),
                None => desk.word(run.1).sentence().id() == desk.word(d.frame.0).sentence().id(),
            }
        })
    };
    // "called it a breach, adding: “…”": what a gerund adds stands behind it.
    let adds = |d: &Draft, right: Option<u32>| right.is_some() && desk.form(d.cue_head.0).ends_with("ing");
    let frames: Vec<_> = drafts
        .iter()
        .zip(frames)
        .map(|(d, (run, left, right))| (run, near(d, left).filter(|_| !adds(d, right)), right))
        .collect();
    let mut claimed = vec![false; desk.quotes.len()];
    for (d, (_, left, _)) in drafts.iter().zip(&frames) {
        for q in left.iter().filter(|_| d.slot) {
            claimed[*q as usize] = true;
        }
    }
    for (d, (_, left, right)) in drafts.iter_mut().zip(&frames) {
        if !d.slot {
            mark(desk, d, &mut claimed);
            continue;
        }
        if let Some(q) = *left {
            let run = desk.quote_runs[q as usize];
            let inside = d.content.iter().position(|r| r.0 <= run.1 && run.0 <= r.1);
            match inside {
                // "The plan is 'a joke'," he said: the clause stays, the quotation is part of it.
                Some(at)
                    if d.content[at].0 < run.0
                        && !matches!(desk.form(run.0 - 1), "." | "!" | "?")
                        && desk.word(d.content[at].0).sentence().id() == desk.word(run.0).sentence().id() =>
                {
                    d.content[at].1 = d.content[at].1.max(run.1);
                }
                Some(at) => d.content[at] = clause(desk, run),
                // What follows the cue is then no content unless it is quoted too.
                None => {
                    d.content.retain(|r| desk.quoted(r.0).is_some());
                    d.content.insert(0, clause(desk, run));
                    d.why.push("the quotation before it".into());
                }
            }
        }
        if let Some(q) = right.filter(|&q| !claimed[q as usize] && !(left.is_some() && title(desk, desk.quote_runs[q as usize])))
        {
            let run = desk.quote_runs[q as usize];
            if d.content.is_empty() || left.is_some() && !d.content.iter().any(|r| r.0 <= run.0 && run.1 <= r.1) {
                d.content.retain(|r| r.1 < run.0);
                // "Hollande says Trump ‘makes you retch’": the subject stands outside the marks.
                let cue = d.cue.map_or(d.frame.1, |c| c.1);
                let predicate = (run.0 + 1..run.1).next().is_some_and(|k| matches!(desk.word(k).upos(), Upos::VERB | Upos::AUX));
                let subject = d.addressee.is_none()
                    && cue + 1 < run.0
                    && d.speaker.is_some_and(|s| s.1 < cue)
                    && (cue + 1..run.0).all(|k| {
                        matches!(desk.word(k).upos(), Upos::NOUN | Upos::PROPN | Upos::DET | Upos::ADJ | Upos::PRON | Upos::NUM)
                            && !desk.dated(k)
                    });
                // "asked whether they would “work for it”": the clause begins outside the marks.
                let opened = (cue + 1..run.0).find(|&k| matches!(desk.form(k), "that" | "whether"));
                let clear = |k: &u32| (*k..run.0).all(|x| !desk.punct(x)) && run.0 - k < 16;
                match opened.filter(clear) {
                    Some(k) => d.content.push((k, run.1)),
                    None => d.content.push(if predicate && subject { (cue + 1, run.1) } else { run }),
                }
                d.why.push("the quotation after it".into());
            }
        }
        clauses(desk, d);
        mark(desk, d, &mut claimed);
    }
    follow(desk, drafts, &mut claimed);
    loose(desk, drafts, &claimed);
}

/// A quotation with the begin of the sentence in whose middle it opens: The deal “is a joke,” he said.
fn clause(desk: &Desk<'_, '_>, run: Run) -> Run {
    let (first, _) = desk.run(desk.word(run.0).sentence());
    let opens = run.0 > first && !desk.punct(run.0 - 1) && run.0 - first < 30;
    let other = || (first..run.0).any(|k| desk.quoted(k).is_some() || !desk.lexicon.verbs(desk.form(k)).is_empty());
    if opens && !other() { (first, run.1) } else { run }
}

/// The clause around "he said" where commas alone show it: The door is open, said Ms. Ito, who leads the talks. If it rains, he
/// said, “we will wait.” Also what follows a colon, or a verb of saying whose clause the parse tore off.
fn clauses(desk: &Desk<'_, '_>, d: &mut Draft) {
    let sentence = desk.run(desk.word(d.frame.0).sentence());
    let (a, b) = d.frame;
    if desk.quoted(d.cue_head.0).is_some() || !matches!(d.stance, Stance::Says | Stance::Warns | Stance::Denies) {
        return;
    }
    // "It rained, he continued": only a quotation makes going on a saying.
    let cues = desk.lexicon.verbs(desk.form(d.cue_head.0));
    if !cues.is_empty() && !cues.iter().any(|c| c.senses.iter().any(|(_, p)| p.clause)) {
        return;
    }
    let finite = |from: u32, to: u32| {
        (from..=to).any(|k| {
            let w = desk.word(k);
            matches!(w.upos(), Upos::VERB | Upos::AUX) && (w.feats().is("VerbForm", "Fin") || w.upos() == Upos::AUX)
        })
    };
    let told = |from: u32, to: u32| {
        (from..=to).any(|k| {
            desk.word(k).upos() == Upos::VERB
                && desk.lexicon.verbs(desk.form(k)).iter().any(|c| c.senses.iter().any(|(_, p)| p.quote && !p.weak))
        })
    };
    if d.content.is_empty() && d.speaker.is_some_and(|s| s.0 == a) && a > sentence.0.saturating_sub(1) {
        if let Some((parts, why)) = parenthesis(desk, d, sentence) {
            d.content.extend(parts);
            d.why.push(why.into());
            return;
        }
    }
    let before = a > sentence.0 + 1 && desk.form(a - 1) == "," && desk.quoted(a - 1).is_none();
    let free = |from: u32, to: u32| (from..=to).all(|k| desk.quoted(k).is_none());
    let alone = before && d.content.is_empty() && d.speaker.is_some();
    // A headline does without a finite verb.
    let headline = desk.scene.part == ledger::Part::Title;
    if alone && (headline || finite(sentence.0, a - 2)) && !told(sentence.0, a - 2) && free(a, b) {
        d.content.extend(desk.widen((sentence.0, a - 2)));
        d.why.push("the clause before it, up to the comma".into());
        return;
    }
    let next = d.content.iter().map(|r| r.0).filter(|&k| k > b).min();
    if before
        && d.speaker.is_some_and(|s| s.0 == a)
        && let Some(k) = next.filter(|&k| desk.form(k - 1) == "," && k <= b + 8 && !d.content.iter().any(|r| r.1 < a))
        && free(sentence.0, a - 2)
        && !told(sentence.0, a - 2)
        && leads(desk, sentence.0, a - 2, k)
    {
        d.content.extend(desk.widen((sentence.0, a - 2)));
        d.content.sort_unstable();
        d.why.push("the begin of the clause it is put into".into());
        return;
    }
    if d.content.is_empty() && d.speaker.is_some_and(|s| s.1 < d.cue_head.0) {
        let head = desk.word(d.cue_head.0);
        if !(head.feats().is("VerbForm", "Fin") || head.children().any(|c| c.rel() == "aux")) {
            return;
        }
        let colon = (b + 1..=sentence.1.min(b + 5)).find(|&k| desk.form(k) == ":");
        let start = match colon {
            Some(k) if (b + 1..k).all(|x| desk.quoted(x).is_none()) => k + 1,
            _ if desk.punct(b + 1) || desk.quoted(b + 1).is_some() => return,
            _ => super::extent::after_adjuncts(desk, b + 1, sentence.1),
        };
        if start < sentence.1 && finite(start, sentence.1) && (colon.is_some() || !told(start, sentence.1)) {
            let end = super::extent::second(desk, (start, sentence.1));
            d.content.extend(desk.widen((start, end)));
            d.why.push("what follows it in its sentence".into());
        }
    }
}

/// "As Reuters reported, talks failed", "Talks, as he noted, failed", and "Hewitt writes:" above a block of text.
fn parenthesis(desk: &Desk<'_, '_>, d: &Draft, sentence: Run) -> Option<(Vec<Run>, &'static str)> {
    let (a, b) = d.frame;
    if a > sentence.0 && desk.form(a - 1) == "as" && d.stance == Stance::Says {
        let close = (b + 1..=sentence.1.min(b + 12)).find(|&k| desk.form(k) == "," || desk.punct(k) && k == sentence.1)?;
        let mut parts: Vec<Run> = Vec::new();
        let opens = a - 1 == sentence.0 || a - 2 == sentence.0 || desk.form(a.saturating_sub(3)) == ",";
        if a > sentence.0 + 3 && desk.form(a - 2) == "," {
            parts.extend(desk.widen((sentence.0, a - 3)));
        } else if !opens {
            return None;
        }
        if close < sentence.1 && !(parts.len() == 1 && matches!(desk.form(close + 1), "and" | "but")) {
            parts.extend(desk.widen((close + 1, sentence.1)));
        }
        return (!parts.is_empty()).then_some((parts, "the clause around `as … said`"));
    }
    // A block of text below a colon that ends its paragraph.
    let n = desk.words.len() as u32;
    if desk.form(sentence.1) == ":" && sentence.1 + 1 < n && sentence.1 - b < 8 && (b + 1..sentence.1).all(|k| !desk.punct(k)) {
        let next = desk.word(sentence.1 + 1).sentence();
        let here = desk.word(sentence.1).sentence();
        if here.paragraph() == next.paragraph() {
            return Some((vec![desk.run(next)], "the sentence behind its colon"));
        }
        let rest = here.paragraph() + 1 == next.paragraph();
        if rest && desk.quoted(sentence.1 + 1).is_none() {
            let from = sentence.1 + 1;
            let mut to = desk.run(next).1;
            while to + 1 < n && desk.word(to + 1).sentence().paragraph() == next.paragraph() {
                to = desk.run(desk.word(to + 1).sentence()).1;
            }
            return Some((vec![(from, to)], "the paragraph below its colon"));
        }
    }
    None
}

/// Whether the words from `a` to `b`, before "he said", begin the clause that goes on at `next`.
fn leads(desk: &Desk<'_, '_>, a: u32, b: u32, next: u32) -> bool {
    let joins = matches!(desk.form(a), "but" | "and" | "or" | "yet");
    if b < a || a == b && !joins {
        return false;
    }
    let opener = desk.word(a);
    // "Speaking in Oslo, he said", "Asked about it, she said", "In an interview, he said", "On Monday, he said"
    // "Polling them early, he said, “is like …”": the quotation is its predicate.
    let predicate = desk.quoted(next).is_some()
        && matches!(desk.word(if desk.mark(next) { next + 1 } else { next }).upos(), Upos::VERB | Upos::AUX);
    let apart = opener.upos() == Upos::VERB && !predicate
        || matches!(desk.form(a), "when" | "asked" | "as" | "after" | "before" | "according" | "citing")
        || (a..=b).all(|k| desk.dated(k) || matches!(desk.word(k).upos(), Upos::ADP | Upos::ADV | Upos::PUNCT))
        || opener.head().is_some_and(|h| opener.rel() == "case" && super::content::adjunct(desk, h));
    if apart {
        return false;
    }
    // A quotation that is a sentence of its own begins with a capital.
    let first = if desk.mark(next) { next + 1 } else { next };
    let small = desk.word(first).form().starts_with(char::is_lowercase);
    desk.quoted(next).is_none() || small || joins
}

fn mark(desk: &Desk<'_, '_>, d: &Draft, claimed: &mut [bool]) {
    for r in &d.content {
        for k in [r.0, r.1] {
            if let Some(q) = desk.quoted(k) {
                claimed[q as usize] |= desk.quote_runs[q as usize].0 >= r.0;
            }
        }
    }
}

/// Whether a quotation is the title of a programme or a paper: "told “Morning Edition”".
fn title(desk: &Desk<'_, '_>, run: Run) -> bool {
    (run.0..=run.1).filter(|&k| !desk.punct(k)).all(|k| {
        desk.word(k).form().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(desk.word(k).upos(), Upos::ADP | Upos::DET | Upos::CCONJ)
    }) && run.1 - run.0 < 8
}

/// The words of the frame, and the quotations that end right before and begin right behind it.
fn neighbours(desk: &Desk<'_, '_>, d: &Draft) -> (Run, Option<u32>, Option<u32>) {
    let n = desk.words.len() as u32;
    let (a, mut b) = d.frame;
    let sentence = desk.word(b).sentence();
    let last = desk.run(sentence).1;
    while b < last
        && desk.quoted(b + 1).is_none()
        && !(desk.punct(b + 1) && matches!(desk.form(b + 1), "," | ":" | "." | ";" | "—" | "-" | "–"))
    {
        b += 1;
    }
    let paragraph = sentence.paragraph();
    let left = (a > 0).then(|| if desk.form(a - 1) == "," && a > 1 { a - 2 } else { a - 1 }).and_then(|k| {
        let q = desk.quoted(k)?;
        (desk.quote_runs[q as usize].1 == k && desk.word(k).sentence().paragraph() == paragraph).then_some(q)
    });
    let mut k = b + 1;
    let mut colon = false;
    while k < n && k <= b + 2 && desk.quoted(k).is_none() && desk.punct(k) {
        colon |= desk.form(k) == ":";
        k += 1;
    }
    // Marks in the middle of a phrase set off a title or a word: "on “Meet the Press”".
    let told = d.addressee.is_some_and(|r| r.1 == b);
    let loose = k > b + 1 || b == d.frame.1 || told;
    let right = (k < n && loose).then(|| desk.quoted(k)).flatten().filter(|&q| {
        let next = desk.word(k).sentence().paragraph();
        desk.quote_runs[q as usize].0 == k && (next == paragraph || colon && next == paragraph + 1)
    });
    ((a, b), left, right)
}

/// Quotations that go on behind a quoted statement, in its paragraph or over paragraphs that reopen.
fn follow(desk: &Desk<'_, '_>, drafts: &mut [Draft], claimed: &mut [bool]) {
    for d in drafts.iter_mut() {
        let direct = d.content.last().is_some_and(|r| desk.quoted(r.1).is_some_and(|q| desk.quote_runs[q as usize].1 == r.1));
        let Some(end) = d.content.last().map(|r| r.1.max(d.frame.1)).filter(|_| direct) else { continue };
        let mut at = desk.quote_runs.partition_point(|r| r.0 <= end);
        let mut end = end;
        while at < desk.quotes.len() && !claimed[at] {
            let (a, b) = desk.quote_runs[at];
            // Nothing stands between, or only the rest of the sentence that names the speaker.
            let begins = desk.run(desk.word(a).sentence()).0 == a
                && desk.word(a - 1).sentence().id() == desk.word(d.frame.1).sentence().id();
            let gap = begins || (end + 1..a).all(|k| desk.punct(k));
            if title(desk, (a, b)) && desk.word(a).sentence().id() == desk.word(d.frame.1).sentence().id() {
                at += 1;
                continue;
            }
            let paragraphs = (desk.word(end).sentence().paragraph(), desk.word(a).sentence().paragraph());
            let same = paragraphs.0 == paragraphs.1;
            // A paragraph of its own that is all quotation, right under one whose last words are quoted or name the speaker.
            let whole = || {
                let (first, last) = paragraph(desk, a);
                paragraphs.0 + 1 == paragraphs.1 && a == first && (b + 1..=last).all(|k| desk.punct(k)) && b - a >= SCARE
            };
            let apart = same && desk.word(a).sentence().id() != desk.word(end).sentence().id();
            if !gap || !(apart || desk.quotes[at].continues || whole()) {
                break;
            }
            claimed[at] = true;
            d.content.push((a, b));
            d.why.push("the quotation goes on".into());
            end = b;
            at += 1;
        }
    }
}

/// First and last word of the paragraph that holds word `i`.
fn paragraph(desk: &Desk<'_, '_>, i: u32) -> Run {
    let here = desk.word(i).sentence().paragraph();
    let inside = |k: u32| desk.words.get(k as usize).is_some_and(|w| w.sentence().paragraph() == here);
    let (mut a, mut b) = desk.run(desk.word(i).sentence());
    while a > 0 && inside(a - 1) {
        a = desk.run(desk.word(a - 1).sentence()).0;
    }
    while inside(b + 1) {
        b = desk.run(desk.word(b + 1).sentence()).1;
    }
    (a, b)
}

/// Quotations that nobody is said to say: a speaker before a colon, or the one who was speaking.
fn loose(desk: &Desk<'_, '_>, drafts: &mut Vec<Draft>, claimed: &[bool]) {
    let mut made = Vec::new();
    // Those who spoke in quotation marks, by where their clause ends.
    let mut spoken: Vec<(u32, usize)> = drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| d.speaker.is_some() && d.content.iter().any(|r| desk.mark(r.0)))
        .map(|(i, d)| (d.frame.1, i))
        .collect();
    spoken.sort_unstable();
    for (q, &(a, b)) in desk.quote_runs.iter().enumerate().filter(|(q, _)| !claimed[*q]) {
        let verb = (a..=b).any(|k| matches!(desk.word(k).upos(), Upos::VERB | Upos::AUX));
        if b - a < SCARE || !verb || desk.quotes[q].outer.len() < 20 {
            continue;
        }
        let sentence = desk.word(a).sentence();
        let (first, _) = desk.run(sentence);
        let paragraph = sentence.paragraph();
        let mut speaker = None;
        let mut why = "";
        if a > first && matches!(desk.form(a - 1), ":") {
            let root = sentence.root();
            if root.id().0 < a
                && let Some(s) = root.children().find(|c| c.rel() == "nsubj" && c.id().0 < a && !desk.first_person(c.id().0))
            {
                speaker = Some((desk.noun_phrase(s), s.id()));
                why = "a quotation behind a colon: the subject before it speaks";
            }
        } else if a == first {
            // Whoever spoke last, in this paragraph or the one before.
            let at = spoken.partition_point(|&(end, _)| end < a);
            let last = at.checked_sub(1).map(|k| &drafts[spoken[k].1]);
            if let Some(d) = last.filter(|d| desk.word(d.frame.0).sentence().paragraph() + 1 >= paragraph) {
                speaker = d.speaker.zip(d.speaker_head);
                why = "a quotation of its own: whoever spoke last goes on";
            }
        }
        let Some((run, head)) = speaker else { continue };
        made.push(Draft {
            speaker: Some(run),
            speaker_head: Some(head),
            cue: None,
            cue_head: desk.word(a).id(),
            content: vec![(a, b)],
            stance: Stance::Says,
            slot: false,
            frame: (a, a),
            addressee: None,
            channel: None,
            occasion: None,
            why: vec![why.into()],
        });
    }
    drafts.extend(made);
}
