//! Makes statements of drafts: form, channel, occasion, day, chain.

use std::collections::{BTreeMap, BTreeSet};

use ledger::{Entity, Form, Statement};
use syntax::{Upos, Word, WordId};
use text::{Body, Span};

use super::draft::{Desk, Draft, Run};
use crate::actors::{ActorKind, Mention, MentionKind};
use crate::times;

/// The statements of a scene, in text order.
pub(super) fn finish(desk: &Desk<'_, '_>, mut drafts: Vec<Draft>, finder: &'static str) -> Vec<Statement> {
    for d in &mut drafts {
        surroundings(desk, d);
    }
    sources(desk, &mut drafts);
    drafts.retain(|d| !d.content.is_empty());
    // "expressed concern about" beside "expressed", "went on to say" beside "went on": the longer cue stands.
    let longer: BTreeSet<Run> = drafts.iter().filter_map(|d| d.cue).collect();
    drafts.retain(|d| d.cue.is_none_or(|c| longer.range((c.0, c.1 + 1)..=(c.0, u32::MAX)).next().is_none()));
    let names = surnames(desk);
    let mut seen = BTreeSet::new();
    let mut out: Vec<Statement> =
        drafts.iter().filter_map(|d| statement(desk, d, finder, &names)).filter(|s| seen.insert(s.id.clone())).collect();
    out.sort_by(|a, b| (a.evidence.quoted.span, &a.id).cmp(&(b.evidence.quoted.span, &b.id)));
    chain(&mut out);
    out
}

/// Persons by the one word that names them somewhere on the page, with that word.
type Surnames<'a> = BTreeMap<&'a str, WordId>;

fn surnames<'a>(desk: &Desk<'_, 'a>) -> Surnames<'a> {
    let scene = desk.scene;
    let person = |m: &&Mention| {
        m.kind == MentionKind::Name && scene.cast.actors.get(m.actor as usize).is_some_and(|a| a.kind() == ActorKind::Person)
    };
    let named = scene.cast.mentions.iter().filter(person);
    named.map(|m| (scene.source.slice(m.span), m.head)).filter(|(name, _)| !name.contains(' ')).collect()
}

/// Who speaks. A surname that the engine took for a common noun is the person whom the page calls so elsewhere.
fn actors(desk: &Desk<'_, '_>, head: WordId, names: &Surnames<'_>) -> Vec<Entity> {
    let scene = desk.scene;
    let found = scene.cast.entities(scene.parse, head);
    let word = scene.parse.word(head);
    if !found.is_empty() || !word.form().starts_with(char::is_uppercase) {
        return found;
    }
    let Some(&same) = names.get(word.form()).filter(|&&same| same != head) else { return found };
    let here = |entity: Entity| Entity { span: word.span(), text: word.form().to_string(), ..entity };
    scene.cast.entities(scene.parse, same).into_iter().map(here).collect()
}

fn preposition<'a>(desk: &Desk<'_, 'a>, w: Word<'a>) -> Option<(u32, String)> {
    let case = w.child("case").filter(|c| c.id() < w.id())?;
    Some((case.id().0, desk.form(case.id().0).to_string()))
}

/// Channel and occasion: what hangs on the cue itself, never on another clause.
fn surroundings(desk: &Desk<'_, '_>, d: &mut Draft) {
    let cue = desk.words[d.cue_head.0 as usize];
    if cue.upos() != Upos::VERB {
        return;
    }
    // What stands between cue and content belongs to the cue, even where the parse hangs it on the content.
    let (from, to) =
        (d.cue.map_or(cue.id().0, |c| c.1) + 1, d.content.iter().map(|r| r.0).filter(|&k| k > cue.id().0).min().unwrap_or(0));
    let between =
        (from..to).map(|k| desk.word(k)).filter(|w| preposition(desk, *w).is_some_and(|(k, _)| k >= from)).collect::<Vec<_>>();
    for child in cue.children().filter(|c| matches!(c.rel(), "obl" | "advcl" | "nmod")).chain(between) {
        let Some((start, case)) = preposition(desk, child) else { continue };
        let id = child.id().0;
        if d.content.iter().any(|r| r.0 <= id && id <= r.1) {
            continue;
        }
        let form = desk.form(id);
        let run = town(desk, desk.short((start, desk.noun_phrase(child).1.max(id))));
        let (channel, occasion) = (&desk.lexicon.channel, &desk.lexicon.occasion);
        if d.channel.is_none() && channel.prepositions.contains(&case) && channel.nouns.contains(form) {
            d.channel = Some(run);
        } else if d.addressee.is_none()
            && desk.lexicon.addressee.contains(&case)
            && start == d.cue.map_or(0, |c| c.1 + 1)
            && d.slot
        {
            d.addressee = Some((run.0 + 1, run.1));
        } else if d.occasion.is_none() && occasion.prepositions.contains(&case) {
            // "at the opening of the summit"
            let part = || {
                occasion.edges.contains(form)
                    && child.children().any(|c| c.rel() == "nmod" && occasion.nouns.contains(desk.form(c.id().0)))
            };
            if occasion.nouns.contains(form) || part() {
                d.occasion = Some(run);
            }
        }
    }
}

/// "at a meeting in Brest, France": the country behind the comma goes with the town.
fn town(desk: &Desk<'_, '_>, run: Run) -> Run {
    let (a, b) = run;
    if !desk.placed(b) || desk.form(b + 1) != "," || !desk.placed(b + 2) {
        return run;
    }
    let mut end = b + 2;
    while desk.placed(end + 1) && end < b + 6 {
        end += 1;
    }
    if matches!(desk.form(end + 1), "," | "." | "") { (a, end) } else { run }
}

/// "said …, according to the Twitter account of the mission": the account is the channel of what was said.
fn sources(desk: &Desk<'_, '_>, drafts: &mut Vec<Draft>) {
    let mut gone = Vec::new();
    for i in 0..drafts.len() {
        let d = &drafts[i];
        let (Some(speaker), Some(cue), Some(head)) = (d.speaker, d.cue, d.speaker_head) else { continue };
        let accord = desk.form(cue.0) == "according";
        let holds_account = matches!(
            desk.form(head.0),
            "account" | "channel" | "feed" | "page" | "website" | "site" | "statement" | "transcript"
        );
        if !accord || !holds_account {
            continue;
        }
        let sentence = desk.word(cue.0).sentence().id();
        let told = drafts.iter().position(|o| {
            o.slot
                && o.speaker.is_some()
                && o.channel.is_none()
                && !o.content.is_empty()
                && o.cue.is_some_and(|c| c.1 < cue.0 && desk.word(cue.0).id().0 - c.1 < 120)
                && (desk.word(o.frame.0).sentence().id() == sentence
                    || o.content.last().is_some_and(|r| r.1 < cue.0 && (r.1 + 1..cue.0).all(|k| desk.punct(k))))
        });
        if let Some(o) = told {
            drafts[o].channel = Some(speaker);
            drafts[o].why.push("channel: named by `according to`".into());
            gone.push(i);
        }
    }
    for i in gone.into_iter().rev() {
        drafts.remove(i);
    }
}

/// Whether a stretch the engine calls broken makes words unusable.
fn broken(desk: &Desk<'_, '_>, run: Run) -> bool {
    let span = desk.span(run);
    !desk.scene.keep_garbled && desk.words[run.0 as usize].sentence().health().broken.iter().any(|b| b.overlaps(span))
}

fn statement(desk: &Desk<'_, '_>, d: &Draft, finder: &'static str, names: &Surnames<'_>) -> Option<Statement> {
    let scene = desk.scene;
    if d.cue.is_some_and(|c| broken(desk, c)) || d.speaker.is_some_and(|s| broken(desk, s)) {
        return None;
    }
    let mut runs: Vec<Run> = d.content.iter().copied().filter(|&(a, b)| a <= b).collect();
    runs.sort_unstable();
    runs.dedup();
    // A quotation out of a sentence that is quarantined is not used.
    let held = |k: u32| !scene.keep_garbled && desk.word(k).sentence().health().quarantined;
    runs.retain(|r| !held(r.0) && !held(r.1));
    // Nothing of cue or speaker stands in the content.
    if let Some(cue) = d.cue {
        runs.retain(|r| !(r.0 <= cue.0 && cue.1 <= r.1));
    }
    for run in &mut runs {
        *run = apart(desk, d, *run);
    }
    runs.retain(|r| r.0 <= r.1);
    // "states that it is": nothing is said.
    let tells = |k: u32| {
        desk.quoted(k).is_some()
            || matches!(
                desk.word(k).upos(),
                Upos::NOUN | Upos::PROPN | Upos::VERB | Upos::ADJ | Upos::ADV | Upos::NUM | Upos::INTJ | Upos::SYM | Upos::X
            )
    };
    if !runs.iter().any(|r| (r.0..=r.1).any(tells)) {
        return None;
    }
    if runs.is_empty()
        || runs
            .iter()
            .all(|&r| broken(desk, r) && desk.words[r.0 as usize].sentence().id() == desk.words[r.1 as usize].sentence().id())
    {
        return None;
    }
    let form = form(desk, &runs);
    let spans: Vec<Span<Body>> = runs.iter().map(|&r| inner(desk, r)).filter(|s| !s.is_empty()).collect();
    let hull = spans.iter().copied().reduce(Span::hull)?;
    let cue = d.cue.map(|c| desk.span(c));
    let speaker = d.speaker.map(|s| desk.span(s));
    let mut why = d.why.clone();
    let actors = d.speaker_head.map(|h| actors(desk, h, names)).unwrap_or_default();
    if actors.is_empty() && speaker.is_some() {
        why.push("speaker joined to no known party".into());
    }
    let cue_word = desk.words[d.cue_head.0 as usize];
    let date = d.cue.and_then(|_| times::attach(scene.parse, scene.times, cue_word)).filter(|t| {
        // Only a day outside the content dates the saying.
        !spans.iter().any(|s| s.overlaps(t.span))
    });
    let date = date.and_then(|t| t.days).filter(|(a, b)| a == b).map(|(a, _)| a);
    let all: Vec<Span<Body>> = speaker.iter().chain(&cue).chain(&spans).copied().collect();
    let whole = all.iter().copied().reduce(Span::hull)?;
    let mut key: Vec<Span<Body>> = cue.into_iter().collect();
    key.extend(speaker);
    key.extend(&spans);
    let quote = |r: Run| scene.quote(desk.span(r));
    Some(Statement {
        id: scene.id(form.as_str(), &key),
        speaker: speaker.map(|s| scene.quote(s)),
        actors,
        cue: cue.map(|c| scene.quote(c)),
        content: scene.quote(hull),
        parts: if spans.len() > 1 { spans } else { Vec::new() },
        form,
        stance: d.stance,
        channel: d.channel.map(quote),
        addressee: d.addressee.map(quote),
        occasion: d.occasion.map(quote),
        date,
        within: None,
        why,
        evidence: scene.evidence(finder, whole, Vec::new()),
    })
}

/// A content without the speaker at its edge, and up to the mark of a quotation that a comma closes: “a mistake,” although he …
fn apart(desk: &Desk<'_, '_>, d: &Draft, (mut a, mut b): Run) -> Run {
    let clean = |r: Run| desk.trim(r).unwrap_or((1, 0));
    if let Some((x, y)) = d.speaker.filter(|s| a <= s.0 && s.1 <= b && d.cue.is_some_and(|c| c.0 > s.1 || c.1 < s.0)) {
        let cue = d.cue.map_or(x, |c| c.0);
        if x > a && cue > b {
            (a, b) = clean((a, x - 1));
        } else if y < b && cue < a {
            (a, b) = clean((y + 1, b));
        }
    }
    if b < a {
        return (a, b);
    }
    // "But the offer stands, he said": what joins it to the sentence before is not said.
    let before = d.cue.is_some_and(|c| c.0 > a);
    if before
        && b > a + 2
        && desk.word(a).upos() == Upos::CCONJ
        && matches!(desk.form(a), "but" | "and" | "yet")
        && desk.run(desk.word(a).sentence()).0 == a
    {
        a += 1;
    }
    let ends = (a..b).find(|&k| {
        desk.ended(k)
            && desk.mark(k)
            && k > a + 3
            && desk.form(k - 1) == ","
            && matches!(desk.form(k + 1), "while" | "although" | "though" | "as" | "after" | "when" | "before" | "during")
    });
    (a, ends.unwrap_or(b))
}

/// A run without the marks around it, where the whole run is one quotation.
fn inner(desk: &Desk<'_, '_>, run: Run) -> Span<Body> {
    let (mut a, mut b) = run;
    if let Some(q) = desk.quoted(a).filter(|_| desk.quote_of[a as usize] == desk.quoted(b)) {
        let (x, y) = desk.quote_runs[q as usize];
        if x == a && y == b && a < b {
            let quotation = desk.quotes[q as usize];
            let span = Span::new(
                quotation.inner.start().max(desk.word(a).span().start()),
                quotation.inner.end().min(desk.word(b).span().end()),
            );
            let words = desk.scene.source.slice(span);
            let (lead, tail) = (words.len() - words.trim_start().len(), words.len() - words.trim_end().len());
            return Span::new(span.start() + lead as u32, span.end() - tail as u32);
        }
    }
    while a < b && desk.punct(a) && desk.form(a) == "," {
        a += 1;
    }
    while b > a && desk.punct(b) && desk.form(b) == "," && !desk.mark(b) {
        b -= 1;
    }
    desk.span((a, b))
}

fn form(desk: &Desk<'_, '_>, runs: &[Run]) -> Form {
    let (mut quoted, mut told) = (0u32, 0u32);
    for k in runs.iter().flat_map(|r| r.0..=r.1).filter(|&k| !desk.punct(k)) {
        if desk.quoted(k).is_some() { quoted += 1 } else { told += 1 }
    }
    match (quoted, told) {
        (0, _) => Form::Indirect,
        (_, 0) => Form::Direct,
        _ => Form::Mixed,
    }
}

/// Joins every statement to the smallest one whose content holds its cue.
fn chain(statements: &mut [Statement]) {
    let holds = |outer: &Statement, span: Span<Body>| match outer.parts.as_slice() {
        [] => outer.content.span.contains(span),
        parts => parts.iter().any(|p| p.contains(span)),
    };
    for i in 0..statements.len() {
        let (id, anchor) = {
            let s = &statements[i];
            (s.id.clone(), s.cue.as_ref().map_or(s.content.span, |c| c.span))
        };
        // Statements are sorted by begin: none that begins behind the anchor can hold it.
        let to = statements.partition_point(|s| s.evidence.quoted.span.start() <= anchor.start());
        let from = to.saturating_sub(64);
        let outer = statements[from..to].iter().filter(|s| s.id != id && holds(s, anchor)).min_by_key(|s| s.content.span.len());
        let within = outer.map(|s| s.id.clone());
        statements[i].within = within;
    }
}
