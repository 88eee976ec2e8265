//! Statements without a verb of saying: "according to X", "in X's view", "X: talks failed", "reportedly".

use ledger::{Part, Stance};
use syntax::{Sentence, Upos, Word};

use super::draft::{Desk, Draft, Run};

/// Longest headline speaker, in words.
const SPEAKER: u32 = 8;

/// Every statement of that kind in `sentence`.
pub(super) fn find(desk: &Desk<'_, '_>, sentence: Sentence<'_>) -> Vec<Draft> {
    let (first, last) = desk.run(sentence);
    let mut out: Vec<Draft> = Vec::new();
    for i in first..=last {
        out.extend(according(desk, i, (first, last)));
        out.extend(own(desk, i, (first, last)));
        out.extend(hearsay(desk, i));
        out.extend(poll(desk, i, (first, last)));
    }
    out.extend(headline(desk, sentence, (first, last)));
    out
}

fn draft(speaker: Option<(Word<'_>, Run)>, cue: Run, head: Word<'_>, content: Vec<Run>, why: String) -> Draft {
    Draft {
        speaker: speaker.map(|s| s.1),
        speaker_head: speaker.map(|s| s.0.id()),
        cue: Some(cue),
        cue_head: head.id(),
        content,
        stance: Stance::Says,
        slot: false,
        frame: speaker.map_or(cue, |s| (cue.0.min(s.1.0), cue.1.max(s.1.1))),
        addressee: None,
        channel: None,
        occasion: None,
        why: vec![why],
    }
}

fn according(desk: &Desk<'_, '_>, i: u32, sentence: Run) -> Option<Draft> {
    let phrase = desk.lexicon.phrases.iter().find(|p| p.iter().zip(i..).all(|(w, k)| k <= sentence.1 && desk.form(k) == w))?;
    let end = i + phrase.len() as u32 - 1;
    if end >= sentence.1 {
        return None;
    }
    let mut noun = desk.word(end + 1);
    for _ in 0..12 {
        match noun.head() {
            Some(h)
                if matches!(noun.rel(), "det" | "amod" | "compound" | "nummod" | "nmod" | "case" | "advmod" | "punct")
                    && h.id().0 > end
                    && (noun.rel() != "nmod" || noun.deprel() != "nmod" || noun.id() < h.id()) =>
            {
                noun = h;
            }
            _ => break,
        }
    }
    if desk.lexicon.mute.contains(desk.form(noun.id().0)) {
        return None;
    }
    if desk.first_person(noun.id().0) || !matches!(noun.upos(), Upos::NOUN | Upos::PROPN | Upos::PRON | Upos::NUM | Upos::ADJ) {
        return None;
    }
    let speaker = desk.noun_phrase(noun);
    let speaker = (speaker.0.max(end + 1), speaker.1);
    let content = rest(desk, (i, speaker.1), noun, sentence);
    let mut content = content;
    // Behind a quotation that ended with its sentence.
    if content.is_empty()
        && let Some(q) = i
            .checked_sub(1)
            .filter(|&k| desk.ended(k) || desk.form(k) == "," && k > 0 && desk.ended(k - 1))
            .and_then(|k| desk.quoted(k).or_else(|| desk.quoted(k.saturating_sub(1))))
    {
        content.push(desk.quote_runs[q as usize]);
    }
    Some(draft(Some((noun, speaker)), (i, end), desk.word(i), content, format!("`{}` with its speaker", phrase.join(" "))))
}

/// The clause around an inserted phrase.
fn rest(desk: &Desk<'_, '_>, phrase: Run, noun: Word<'_>, sentence: Run) -> Vec<Run> {
    let opens = (sentence.0..phrase.0).all(|k| desk.punct(k) || matches!(desk.word(k).upos(), Upos::CCONJ | Upos::ADV));
    if opens {
        let from = (phrase.1 + 1..=sentence.1).find(|&k| desk.form(k) == ",").unwrap_or(phrase.1) + 1;
        return if from <= sentence.1 { desk.widen((from, sentence.1)).into_iter().collect() } else { Vec::new() };
    }
    let ends = desk.form(phrase.0.saturating_sub(1)) == "," && (phrase.1 + 1..=sentence.1).all(|k| desk.punct(k));
    // The predicate that the phrase hangs on, or the one above where the parse hung it on a noun.
    let mut top = noun;
    while let Some(h) = top.head() {
        top = h;
        let clause = matches!(h.upos(), Upos::VERB | Upos::AUX) || h.children().any(|c| c.rel() == "nsubj");
        // "Voters said that …, according to a poll": at the end of its sentence the phrase covers all of it.
        let all = ends && h.rel() == "ccomp";
        if clause && !all && !matches!(h.rel(), "acl" | "advcl" | "xcomp" | "csubj" | "conj" | "nmod" | "obl") {
            break;
        }
    }
    let (mut a, b) = desk.reach_of(top);
    if top.head().is_none() {
        a = sentence.0;
    }
    let mut parts = Vec::new();
    if a < phrase.0 {
        parts.extend(desk.widen((a, phrase.0 - 1)));
    }
    if phrase.1 + 2 < b
        && desk.form(phrase.1 + 1) == ","
        && !matches!(desk.word(phrase.1 + 2).upos(), Upos::CCONJ | Upos::SCONJ | Upos::PRON)
    {
        parts.extend(desk.widen((phrase.1 + 2, b)));
    }
    parts
}

/// "in Moscow's view"
fn own(desk: &Desk<'_, '_>, i: u32, sentence: Run) -> Option<Draft> {
    let n = desk.word(i);
    if !desk.lexicon.own.contains(desk.form(i)) || n.upos() != Upos::NOUN {
        return None;
    }
    let case = n.child("case").filter(|c| matches!(desk.form(c.id().0), "in" | "by"))?;
    let whose = n.children().find(|c| c.deprel() == "nmod:poss")?;
    if matches!(desk.form(whose.id().0), "my" | "our" | "your") || n.rel() != "obl" {
        return None;
    }
    let run = desk.reach_of(whose);
    let content = rest(desk, (case.id().0, i), n, sentence);
    let mut made = draft(Some((whose, run)), (i, i), n, content, format!("`in … {}` with its speaker", desk.form(i)));
    if matches!(desk.form(i), "view" | "opinion" | "eyes" | "mind" | "judgment" | "judgement" | "estimation") {
        made.stance = Stance::Thinks;
    }
    (!made.content.is_empty()).then_some(made)
}

/// "In a survey by the institute, most were against it."
fn poll(desk: &Desk<'_, '_>, i: u32, sentence: Run) -> Option<Draft> {
    let n = desk.word(i);
    if !desk.lexicon.polls.nouns.contains(desk.form(i)) || n.rel() != "obl" {
        return None;
    }
    let case = n.child("case").filter(|c| desk.lexicon.polls.prepositions.contains(desk.form(c.id().0)))?.id().0;
    let (a, b) = desk.noun_phrase(n);
    let opens = (sentence.0..case).all(|k| desk.punct(k) || desk.word(k).upos() == Upos::CCONJ);
    let comma = (b + 1..=(b + 4).min(sentence.1)).any(|k| desk.form(k) == ",");
    if !(opens && comma) && (b + 1..=sentence.1).any(|k| !desk.punct(k)) {
        return None;
    }
    let content = rest(desk, (case, b), n, sentence);
    (!content.is_empty())
        .then(|| draft(Some((n, (a.max(case + 1), b))), (case, case), desk.word(case), content, "what a poll gives".into()))
}

/// "reportedly": somebody says so, the text does not say who.
fn hearsay(desk: &Desk<'_, '_>, i: u32) -> Option<Draft> {
    if !desk.lexicon.hearsay.contains(desk.form(i)) {
        return None;
    }
    let h = desk.word(i).head()?;
    let (a, b) = desk.reach_of(h);
    let mut parts = Vec::new();
    if a < i {
        parts.extend(desk.widen((a, i - 1)));
    }
    if i < b {
        parts.extend(desk.widen((i + 1, b)));
    }
    Some(draft(None, (i, i), desk.word(i), parts, format!("hearsay: `{}`", desk.form(i))))
}

/// "Kremlin: talks 'failed'", and the turns of a transcript.
fn headline(desk: &Desk<'_, '_>, sentence: Sentence<'_>, (first, last): Run) -> Option<Draft> {
    let colon = (first..=last.min(first + SPEAKER)).find(|&k| desk.form(k) == ":")?;
    if colon == first || colon >= last || (first..colon).any(|k| desk.quoted(k).is_some()) {
        return None;
    }
    let names = (first..colon).all(|k| {
        matches!(desk.word(k).upos(), Upos::PROPN | Upos::NOUN | Upos::ADJ | Upos::ADP | Upos::DET | Upos::PART | Upos::CCONJ)
            || desk.punct(k) && desk.form(k) != ","
    });
    let text = desk.scene.source.slice(desk.span((first, colon - 1)));
    let shouted = text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    let alone = {
        let at = sentence.span().start() as usize;
        desk.scene.source.as_str()[..at].trim_end_matches([' ', '\t']).chars().next_back().is_none_or(|c| c == '\n')
    };
    let stop = desk.scene.source.slice(sentence.span()).ends_with(['.', ';']);
    let turn = colon - first <= 3 && (first..colon).all(|k| desk.word(k).upos() == Upos::PROPN);
    let title = desk.scene.part == Part::Title || sentence.paragraph() == 0 && !stop;
    let person = (first..colon).any(|k| desk.word(k).upos() == Upos::PROPN || desk.lexicon.things.contains(desk.form(k)));
    if !names || !person || !alone || !(title || shouted || turn) {
        return None;
    }
    let mut head = desk.word(first);
    while let Some(h) = head.head().filter(|h| h.id().0 < colon && h.id().0 >= first) {
        head = h;
    }
    if desk.lexicon.mute.contains(desk.form(head.id().0)) {
        return None;
    }
    let content = desk.widen((colon + 1, last)).into_iter().collect::<Vec<_>>();
    (!content.is_empty()).then(|| {
        draft(
            Some((head, (first, colon - 1))),
            (colon, colon),
            desk.word(colon),
            content,
            "a colon behind a name, as headlines and transcripts have it".into(),
        )
    })
}
