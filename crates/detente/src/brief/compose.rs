//! Happenings into the sections about acts: meetings, demands with their answers, threats, moves, denials.

use std::collections::{BTreeMap, BTreeSet};

use ledger::{Category, Entity, Form, Modality, Part, Quad, Stance, Statement};

use super::happening::{Happening, attending, parties};
use super::likeness::{self, overlap, telling};
use super::wording::{self, closed, speaker};
use super::{Account, Line, Phrases, Reference, Section, Topic};

/// Answers put behind one demand.
const BEHIND: usize = 2;
/// Outcomes put behind one meeting.
const ENDS: usize = 1;

/// The sections about acts.
pub fn sections(accounts: &[&Account], happenings: &[Happening<'_>], phrases: &Phrases) -> Vec<Section> {
    let mut ranked: Vec<&Happening<'_>> = happenings.iter().collect();
    ranked.sort_by(|a, b| rank(b, accounts).total_cmp(&rank(a, accounts)));
    // One side alone, nowhere, on no day: nothing that a reader could look up.
    let empty = |h: &Happening<'_>| {
        let e = h.event();
        h.category() == Some(Category::Consult) && h.date.is_none() && e.place.is_none() && attending(e, phrases).len() < 2
    };
    // Told in a headline alone, and more fully in the text under it.
    let headline = |h: &Happening<'_>| {
        h.category() == Some(Category::Consult)
            && h.date.is_none()
            && h.event().place.is_none()
            && h.told.iter().all(|t| t.event.evidence.part == Part::Title)
    };
    let met = |h: &Happening<'_>| parties(&attending(h.event(), phrases));
    let full: Vec<BTreeSet<String>> =
        ranked.iter().filter(|h| h.category() == Some(Category::Consult) && !headline(h)).map(|h| met(h)).collect();
    ranked.retain(|h| {
        !empty(h) && !wording::is_empty_act(h.event()) && !(headline(h) && full.iter().any(|f| f.is_superset(&met(h))))
    });
    let of = |topic| ranked.iter().copied().filter(move |h| self::topic(h) == Some(topic));
    let plain = |topic| {
        let lines = of(topic).map(|h| line(h, accounts, wording::sentence(h, phrases)));
        Section { topic, lines: once(lines.filter(|l| !wording::is_thin(&l.text)).collect(), phrases) }
    };
    vec![
        Section { topic: Topic::Meetings, lines: meetings(accounts, &of(Topic::Meetings).collect::<Vec<_>>(), phrases) },
        Section { topic: Topic::Demands, lines: demands(accounts, &of(Topic::Demands).collect::<Vec<_>>(), phrases) },
        plain(Topic::Threats),
        plain(Topic::Moves),
        Section { topic: Topic::Denials, lines: denials(accounts, &of(Topic::Denials).collect::<Vec<_>>(), phrases) },
    ]
}

/// The section a happening belongs to; `None` for praise and blame, which stand with the statements.
pub fn topic(happening: &Happening<'_>) -> Option<Topic> {
    let category = happening.category()?;
    let conflict = category.quad() == Quad::MaterialConflict;
    Some(match (category, happening.modality()) {
        (_, Modality::Denied) => Topic::Denials,
        (Category::Consult, _) => Topic::Meetings,
        (Category::Agree, Modality::Asserted | Modality::Planned) if is_meeting(happening.event()) => Topic::Meetings,
        (Category::Threaten, _) => Topic::Threats,
        (Category::Request | Category::Reject | Category::Agree | Category::Concede, _) => Topic::Demands,
        (Category::Accuse | Category::Support, _) => return None,
        (_, Modality::Demanded) => Topic::Demands,
        (_, Modality::Hypothetical | Modality::Conditional) if conflict => Topic::Threats,
        _ => Topic::Moves,
    })
}

/// Whether what is agreed or announced is a meeting.
fn is_meeting(event: &ledger::Event) -> bool {
    event.proposition.as_ref().is_some_and(|p| p.category == Some(Category::Consult))
}

/// How much a happening deserves a place on the screen.
pub fn rank(happening: &Happening<'_>, accounts: &[&Account]) -> f32 {
    let event = happening.event();
    // A copy says little more, but what is copied is what editors took for the news.
    let copies = (happening.pages().min(20) as f32).ln() / 2.0;
    let pages = happening.origins(accounts).unwrap_or(happening.pages()).min(20) as f32;
    let sides = (!event.actor.is_empty()) as u8 + (!event.recipient.is_empty() || event.actor.len() > 1) as u8;
    let told = if happening.current() { 0.0 } else { -4.0 };
    let translated = if happening.told.iter().all(|t| accounts[t.account].translated) { -1.0 } else { 0.0 };
    let dated = if happening.date.is_some() { 0.5 } else { 0.0 };
    let lone = if event.category.first() == Some(&Category::Consult) && event.actor.len() + event.recipient.len() < 2 {
        -3.0
    } else {
        0.0
    };
    // Two states at one table outrank a visit.
    let met = event.category.first() == Some(&Category::Consult) && parties(&event.actor).len() > 1;
    lone + copies
        + f32::from(u8::from(met)) * 0.5
        + pages.sqrt() * 2.0
        + event.confidence * 2.0
        + event.scale().abs() / 10.0
        + f32::from(sides)
        + dated
        + told
        + translated
}

/// A line with the references and records of all tellings.
pub fn line(happening: &Happening<'_>, accounts: &[&Account], mut text: String) -> Line {
    let pages = happening.pages();
    if let Some(origins) = happening.origins(accounts).filter(|_| pages > 1) {
        text.push_str(&format!(" ({pages} pages, {origins} {})", if origins == 1 { "origin" } else { "origins" }));
    }
    let refs: Vec<Reference> =
        happening.told.iter().map(|t| accounts[t.account].reference(t.account, &t.event.evidence)).collect();
    let records = happening.told.iter().map(|t| t.event.id.clone()).collect();
    let as_translated = accounts[happening.told[0].account].translated;
    Line { text, refs: apart(refs), records: distinct(records), as_translated, day: happening.date }
}

/// Each place once, in order: of two that overlap the first stands.
fn apart(refs: Vec<Reference>) -> Vec<Reference> {
    let mut kept: Vec<Reference> = Vec::new();
    for r in refs {
        if !kept.iter().any(|k| k.page == r.page && k.title == r.title && k.start < r.end && r.start < k.end) {
            kept.push(r);
        }
    }
    kept
}

/// Each once, in order.
pub fn distinct<T: Ord + Clone>(items: Vec<T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    items.into_iter().filter(|i| seen.insert(i.clone())).collect()
}

/// Characters between records of one sentence.
const NEAR: usize = 300;

/// Lines that say the same of one place on a page are one: several records of a sentence that stands as the page has it. Only lines
/// of about the same place are compared, so that the work grows with the lines.
fn once(lines: Vec<Line>, phrases: &Phrases) -> Vec<Line> {
    let mut kept: Vec<(Line, BTreeSet<String>)> = Vec::new();
    let mut places: BTreeMap<(usize, bool, usize), Vec<usize>> = BTreeMap::new();
    let bin = |r: &Reference| (r.page, r.title, r.start / NEAR);
    for more in lines {
        let said = telling(&more.text, phrases);
        let around = more
            .refs
            .first()
            .map(bin)
            .into_iter()
            .flat_map(|(page, title, n)| (n.saturating_sub(1)..=n + 1).map(move |n| (page, title, n)));
        let candidates: BTreeSet<usize> = around.filter_map(|place| places.get(&place)).flatten().copied().collect();
        match candidates.into_iter().find(|&k| repeats(&kept[k].0, &kept[k].1, &more, &said)) {
            Some(same) => join(&mut kept[same].0, more),
            None => {
                for place in more.refs.iter().map(bin) {
                    places.entry(place).or_default().push(kept.len());
                }
                kept.push((more, said));
            }
        }
    }
    kept.into_iter().map(|(line, _)| line).collect()
}

/// Whether `more`, which tells the words `said`, says nothing beside `line`, which tells `told`.
fn repeats(line: &Line, told: &BTreeSet<String>, more: &Line, said: &BTreeSet<String>) -> bool {
    let near = |a: &Reference, b: &Reference| a.page == b.page && a.title == b.title && a.start.abs_diff(b.start) < NEAR;
    // Of a long sentence two lines may show different ends.
    let cut = |text: &str| text.starts_with('…') || text.trim_end_matches('.').ends_with('…');
    let share = if cut(&line.text) && cut(&more.text) { 0.6 } else { 0.9 };
    more.refs.iter().all(|m| line.refs.iter().any(|l| near(l, m)))
        && (line.text == more.text || said.len() <= told.len() && overlap(said, told) >= share)
}

fn extend(line: &mut Line, more: Line) {
    line.text.push(' ');
    line.text.push_str(&more.text);
    join(line, more);
}

/// The references and records of `more` behind those of `line`.
fn join(line: &mut Line, more: Line) {
    line.refs = apart([std::mem::take(&mut line.refs), more.refs].concat());
    line.records = distinct([std::mem::take(&mut line.records), more.records].concat());
    line.as_translated |= more.as_translated;
}

/// Parties, place, day; then how it ended, by whom.
fn meetings(accounts: &[&Account], meetings: &[&Happening<'_>], phrases: &Phrases) -> Vec<Line> {
    let mut lines: Vec<Line> = meetings.iter().map(|h| line(h, accounts, meeting(h, phrases))).collect();
    for (n, outcomes) in outcomes(accounts, meetings, phrases).into_iter().enumerate() {
        outcomes.into_iter().for_each(|outcome| extend(&mut lines[n], outcome));
    }
    lines
}

fn meeting(happening: &Happening<'_>, phrases: &Phrases) -> String {
    let event = happening.event();
    let visit = event.mode.iter().any(|m| m.as_str() == "visit") && !event.recipient.is_empty();
    let all = if visit { event.actor.clone() } else { attending(event, phrases) };
    let place =
        happening.told.iter().find(|t| t.event.place.is_some()).map(|t| wording::at(t.event, phrases)).unwrap_or_default();
    let names = phrases.names(&all);
    if names.is_empty() || event.category.first() != Some(&Category::Consult) {
        return wording::sentence(happening, phrases);
    }
    // "The bilateral talks with the United States": the page names one side alone.
    if let [only] = &all[..]
        && wording::is_partner(event, only)
        && event.modality == Modality::Asserted
    {
        let clause = format!("talks with {names}{place}{}", wording::dated(happening, false));
        return closed(&super::phrases::sentence_case(&clause));
    }
    let (predicate, to) = phrases.predicate(event);
    let predicate = wording::agree(&predicate, phrases.is_plural(&names, all.len()));
    let host = if visit { format!(" {to} {}", phrases.names(&event.recipient)) } else { String::new() };
    let claim = happening.told[0].said.filter(|_| event.modality != Modality::Asserted);
    let claim = claim.and_then(|s| speaker(s, phrases).map(|name| format!(", {} {name}", wording::say(&name, s, phrases))));
    let claim = claim.unwrap_or_default();
    let background = if event.modality == Modality::Historical { " [background]" } else { "" };
    let clause = format!("{names} {predicate}{host}{place}{}{claim}{background}", wording::dated(happening, false));
    closed(&super::phrases::sentence_case(&clause))
}

/// For each meeting what is said of its end; each saying goes to the one meeting that fits best.
fn outcomes(accounts: &[&Account], meetings: &[&Happening<'_>], phrases: &Phrases) -> Vec<Vec<Line>> {
    let mut found: Vec<Vec<Line>> = vec![Vec::new(); meetings.len()];
    let mut told: Vec<BTreeSet<String>> = Vec::new();
    for (number, account) in accounts.iter().enumerate() {
        let ended = |s: &&Statement| matches!(s.stance, Stance::Says) && phrases.tells_outcome(&likeness::words(&s.content.text));
        for s in account.statements.iter().filter(ended) {
            if speaker(s, phrases).is_none() {
                continue;
            }
            let words = telling(&s.content.text, phrases);
            if told.iter().any(|t| overlap(t, &words) >= 0.6) {
                continue;
            }
            let fit = |m: usize| fit(meetings[m], number, account, s, &words, phrases);
            let best = (0..meetings.len()).filter(|&m| found[m].len() < ENDS).max_by_key(|&m| (fit(m), std::cmp::Reverse(m)));
            let Some(best) = best.filter(|&m| fit(m) > 0) else { continue };
            let text = format!("Outcome: {}", super::statements::said(s, account, phrases));
            let refs = vec![account.reference(number, &s.evidence)];
            found[best].push(Line { text, refs, records: vec![s.id.clone()], as_translated: account.translated, day: None });
            told.push(words);
        }
    }
    found
}

/// How well a saying about talks fits a meeting: it stands on a page that tells of the meeting, speaker or named party took part,
/// the place is named. What is said before a meeting does not tell its end.
fn fit(
    meeting: &Happening<'_>,
    number: usize,
    account: &Account,
    statement: &Statement,
    words: &BTreeSet<String>,
    phrases: &Phrases,
) -> usize {
    let event = meeting.event();
    let all = attending(event, phrases);
    let visit = event.mode.iter().any(|m| m.as_str() == "visit");
    if !matches!(event.modality, Modality::Asserted) || visit || all.len() < 2 {
        return 0;
    }
    let took_part = parties(&statement.actors).intersection(&parties(&all)).count();
    let named = all.iter().filter(|e| !e.name.is_empty() && words.contains(&e.name.to_lowercase())).count();
    let place = event.place.as_ref().is_some_and(|p| words.contains(&p.text.to_lowercase()));
    let said = statement.date.or(account.published);
    let later = said.zip(meeting.date).is_some_and(|(said, met)| said < met);
    let here = meeting.told.iter().any(|t| t.account == number);
    // Another page's saying must name the place or both sides.
    let sure = here || place || took_part + named > 1;
    if later || !sure || took_part + named == 0 { 0 } else { took_part + named + usize::from(place) * 2 + usize::from(here) * 3 }
}

/// Demands, each with the answers of those who were asked; then refusals and offers that answer nothing on these pages.
fn demands(accounts: &[&Account], all: &[&Happening<'_>], phrases: &Phrases) -> Vec<Line> {
    let is_demand = |h: &Happening<'_>| h.category() == Some(Category::Request) || h.modality() == Modality::Demanded;
    let (demands, mut answers): (Vec<&Happening<'_>>, Vec<&Happening<'_>>) = all.iter().partition(|h| is_demand(h));
    let mut lines = Vec::new();
    for demand in demands {
        let mut whole = line(demand, accounts, wording::sentence(demand, phrases));
        let mut given = 0;
        answers.retain(|answer| {
            let fits = given < BEHIND && (answers_to(answer, demand, accounts) || points_back(answer, demand, phrases));
            if fits {
                given += 1;
                let mut said = line(answer, accounts, wording::sentence(answer, phrases));
                if repeats(&whole, &telling(&whole.text, phrases), &said, &telling(&said.text, phrases)) {
                    join(&mut whole, said);
                } else {
                    said.text.insert_str(0, "Answer: ");
                    extend(&mut whole, said);
                }
            }
            !fits
        });
        lines.push(whole);
    }
    lines.extend(answers.iter().map(|h| line(h, accounts, wording::sentence(h, phrases))));
    lines.retain(|l| !wording::is_thin(&l.text));
    once(lines, phrases)
}

/// Whether `answer` is given by one who was asked, to the one who asked or about the same thing.
fn answers_to(answer: &Happening<'_>, demand: &Happening<'_>, accounts: &[&Account]) -> bool {
    // Where no day is known, not even the pages', an answer stands on the page of its demand.
    let day = |h: &Happening<'_>| h.date.or_else(|| h.told.iter().filter_map(|t| accounts[t.account].published).min());
    let here = || answer.told.iter().any(|a| demand.told.iter().any(|d| d.account == a.account));
    if !day(answer).zip(day(demand)).map_or_else(here, |(a, d)| a >= d) {
        return false;
    }
    let (a, d) = (answer.event(), demand.event());
    let (asking, giving) = (parties(&d.actor), parties(&a.actor));
    let by_asked = !parties(&d.recipient).is_disjoint(&giving);
    let to_asking = !parties(&a.recipient).is_disjoint(&asking);
    // Within one country, "who was asked" says too little.
    let sides = by_asked && to_asking && countries(&d.actor).is_disjoint(&countries(&d.recipient));
    asking.is_disjoint(&giving) && (sides || (by_asked || to_asking) && overlap(answer.words(), demand.words()) >= 0.5)
}

/// The codes of parties.
fn countries(parties: &[Entity]) -> BTreeSet<&str> {
    parties.iter().filter_map(|p| p.code.as_deref()).collect()
}

/// Whether `answer` names no more than "the demand", and `demand` is the one that stands shortly before it on a page.
fn points_back(answer: &Happening<'_>, demand: &Happening<'_>, phrases: &Phrases) -> bool {
    /// Bytes: about three sentences.
    const SHORTLY: u32 = 500;
    let only = !answer.words().is_empty() && answer.words().iter().any(|w| phrases.is_anaphor(w)) && answer.words().len() <= 2;
    let before = |a: &super::happening::Telling<'_>| {
        demand.told.iter().any(|d| {
            let (from, to) = (d.event.sentence.span.end(), a.event.anchor().start());
            d.account == a.account && d.event.evidence.part == a.event.evidence.part && from <= to && to - from <= SHORTLY
        })
    };
    only && parties(&answer.event().actor).is_disjoint(&parties(&demand.event().actor)) && answer.told.iter().any(before)
}

/// Denied events, then denials that code no event.
fn denials(accounts: &[&Account], denied: &[&Happening<'_>], phrases: &Phrases) -> Vec<Line> {
    let worded = |h: &Happening<'_>| {
        let telling = &h.told[0];
        let said = telling.said.filter(|s| s.stance == Stance::Denies && s.evidence.part == telling.event.evidence.part);
        said.map_or_else(|| wording::sentence(h, phrases), |s| super::statements::said(s, accounts[telling.account], phrases))
    };
    let mut lines: Vec<Line> = denied.iter().map(|h| line(h, accounts, worded(h))).collect();
    let mut told: Vec<BTreeSet<String>> = denied.iter().map(|h| telling(&h.event().sentence.text, phrases)).collect();
    for (number, account) in accounts.iter().enumerate() {
        let cue = |s: &Statement| s.cue.as_ref().is_some_and(|c| phrases.denies(&likeness::words(&c.text)));
        for s in account.statements.iter().filter(|s| s.stance == Stance::Denies && s.form != Form::Direct && cue(s)) {
            if speaker(s, phrases).is_none() {
                continue;
            }
            let place = account.reference(number, &s.evidence);
            let words = telling(&s.content.text, phrases);
            let known = lines.iter().zip(&told).find(|(line, told)| covers(line, &place) || overlap(told, &words) >= 0.6);
            if let Some(n) = known.and_then(|(line, _)| lines.iter().position(|l| l == line)) {
                if !covers(&lines[n], &place) {
                    lines[n].refs.push(place);
                }
                lines[n].records.push(s.id.clone());
                continue;
            }
            lines.push(Line {
                text: super::statements::said(s, account, phrases),
                refs: vec![place],
                records: vec![s.id.clone()],
                as_translated: account.translated,
                day: s.date,
            });
            told.push(words);
        }
    }
    lines
}

/// Whether a line was read from a place that overlaps `place`.
fn covers(line: &Line, place: &Reference) -> bool {
    line.refs.iter().any(|r| r.page == place.page && r.title == place.title && r.start < place.end && place.start < r.end)
}
