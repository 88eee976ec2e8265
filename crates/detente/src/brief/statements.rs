//! Who said what, by speaker: the section of statements, with praise and blame that is told without a statement.

use std::collections::{BTreeMap, BTreeSet};

use ledger::{Form, Stance, Statement};

use super::compose::{distinct, line, topic};
use super::happening::Happening;
use super::likeness::{overlap, telling};
use super::phrases::sentence_case;
use super::wording::{self, clip, closed, speaker, tidy};
use super::{Account, Line, Phrases, Section, Topic};

/// From this share of telling words on, two statements of one speaker say the same.
const ALIKE: f32 = 0.7;
/// A statement of fewer telling words says too little to be shown ("That’s a bad thing").
const LEAST: usize = 3;

/// Lines of one speaker.
struct Speaker {
    lines: Vec<(Line, BTreeSet<String>, f32)>,
    first: usize,
}

/// The section.
pub fn section(accounts: &[Account], happenings: &[Happening<'_>], phrases: &Phrases) -> Section {
    let mut speakers: BTreeMap<String, Speaker> = BTreeMap::new();
    let mut place = 0;
    for (number, account) in accounts.iter().enumerate() {
        for s in &account.statements {
            place += 1;
            if matches!(s.stance, Stance::Denies | Stance::Declines | Stance::Asks) {
                continue;
            }
            let Some(name) = speaker(s, phrases) else { continue };
            let words = telling(&s.content.text, phrases);
            if words.len() < LEAST {
                continue;
            }
            let reference = account.reference(number, &s.evidence);
            let entry = speakers.entry(name.to_lowercase()).or_insert_with(|| Speaker { lines: Vec::new(), first: place });
            if let Some((known, _, weight)) = entry.lines.iter_mut().find(|(_, w, _)| overlap(w, &words) >= ALIKE) {
                known.refs = distinct([std::mem::take(&mut known.refs), vec![reference]].concat());
                known.records.push(s.id.clone());
                *weight += 1.0;
                continue;
            }
            let line = Line {
                text: said(s, &name, account.translated),
                refs: vec![reference],
                records: vec![s.id.clone()],
                as_translated: account.translated,
            };
            entry.lines.push((line, words, weight(s, account)));
        }
    }
    for h in happenings.iter().filter(|h| topic(h).is_none() && h.told[0].said.is_none()) {
        let name = phrases.names(&h.event().actor);
        let entry = speakers
            .entry(name.to_lowercase())
            .or_insert_with(|| Speaker { lines: Vec::new(), first: place + h.told[0].account });
        let (line, words) = (line(h, accounts, wording::sentence(h, phrases)), telling(&h.event().sentence.text, phrases));
        if !entry.lines.iter().any(|(_, w, _)| overlap(w, &words) >= ALIKE) {
            entry.lines.push((line, words, h.event().confidence + h.pages() as f32));
        }
    }
    Section { topic: Topic::Statements, lines: arrange(speakers.into_values().collect()) }
}

/// Round by round: the best line of every speaker, then everybody's second, so that one screen holds many voices; within the
/// first screen the lines of one speaker stand together.
fn arrange(mut speakers: Vec<Speaker>) -> Vec<Line> {
    for speaker in &mut speakers {
        speaker.lines.sort_by(|a, b| b.2.total_cmp(&a.2));
    }
    let best = |s: &Speaker| s.lines.first().map_or(0.0, |l| l.2) + s.lines.len().min(8) as f32 / 4.0;
    speakers.sort_by(|a, b| best(b).total_cmp(&best(a)).then(a.first.cmp(&b.first)));
    let mut rounds: Vec<(usize, usize)> = Vec::new();
    for (s, speaker) in speakers.iter().enumerate() {
        rounds.extend((0..speaker.lines.len()).map(|round| (round, s)));
    }
    rounds.sort();
    let shown = Topic::Statements.screen().min(rounds.len());
    rounds[..shown].sort_by_key(|&(round, s)| (s, round));
    rounds.into_iter().map(|(round, s)| speakers[s].lines[round].0.clone()).collect()
}

/// Verbatim words and named offices weigh more; a headline weighs less than the text under it.
fn weight(s: &Statement, account: &Account) -> f32 {
    let form = match s.form {
        Form::Direct => 1.0,
        Form::Mixed => 0.8,
        Form::Indirect => 0.5,
    };
    let named = if s.actors.iter().any(|a| a.code.is_some()) { 1.0 } else { 0.0 };
    let stance = if matches!(s.stance, Stance::Demands | Stance::Warns | Stance::Promises) { 0.5 } else { 0.0 };
    let part = if s.evidence.part == ledger::Part::Title { -0.5 } else { 0.0 };
    let translated = if account.translated { -0.5 } else { 0.0 };
    form + named + stance + part + translated
}

/// "Dmitry Peskov says that …", "Sergei Ryabkov, on television: “…”".
fn said(s: &Statement, name: &str, translated: bool) -> String {
    let content = clip(&tidy(&s.content.text));
    let office = s.actors.first().filter(|_| s.actors.len() == 1).and_then(|a| a.office.as_deref()).filter(|o| !name.contains(o));
    let mut who = office.map_or(name.to_string(), |o| format!("{name}, {o},"));
    if let Some(channel) = s.channel.as_ref().map(|c| tidy(&c.text)).filter(|c| !c.is_empty()) {
        who = format!("{} ({channel})", who.trim_end_matches(','));
    }
    let verbatim = s.form == Form::Direct && !content.contains(['“', '”', '"']);
    let text = if verbatim {
        let content = content.trim_end_matches(',');
        let mark = if translated { " (as translated)" } else { "" };
        // What is left out is marked outside the quotation: inside stand the page's words alone.
        let (content, cut) = content.strip_suffix(" …").map_or((content, ""), |c| (c, " …"));
        format!("{}: “{content}”{cut}{mark}", who.trim_end_matches(','))
    } else {
        let verb = match s.stance {
            Stance::Demands => "asks",
            Stance::Warns => "warns",
            Stance::Promises => "promises",
            Stance::Thinks => "thinks",
            _ => "says",
        };
        format!("{who} {verb}{} {content}", joint(&content))
    };
    closed(&sentence_case(&text))
}

/// Nothing where the content follows the verb as it stands ("that …", "to …"), else a colon.
pub fn joint(content: &str) -> &'static str {
    let first = content.split(' ').next().unwrap_or("");
    let gerund = first.len() > 4 && first.ends_with("ing");
    if matches!(first, "that" | "to" | "of" | "whether" | "about" | "against" | "for" | "on") || gerund { "" } else { ":" }
}
