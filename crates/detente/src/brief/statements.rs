//! Who said what, by speaker: the section of statements, with praise and blame that is told without a statement.

use std::collections::{BTreeMap, BTreeSet};

use ledger::{Form, Part, Stance, Statement};

use super::compose::{distinct, line, topic};
use super::happening::Happening;
use super::likeness::{overlap, telling};
use super::phrases::sentence_case;
use super::wording::{self, clip, closed, speaker, tidy};
use super::{Account, Line, Phrases, Section, Topic};

/// From this share of telling words on, two statements of one speaker say the same.
const ALIKE: f32 = 0.7;
/// From this share on, a statement stands in another section already.
const TOLD: f32 = 0.6;
/// A statement of fewer telling words says too little to be shown ("That’s a bad thing").
const LEAST: usize = 3;

/// Lines of one speaker.
struct Speaker {
    lines: Vec<(Line, BTreeSet<String>, f32)>,
    first: usize,
}

/// The section; records of `shown` stand in other sections already.
pub fn section(accounts: &[&Account], happenings: &[Happening<'_>], shown: &BTreeSet<String>, phrases: &Phrases) -> Section {
    let mut speakers: BTreeMap<String, Speaker> = BTreeMap::new();
    let acts = spoken_acts(accounts, happenings, phrases);
    let mut place = 0;
    for (number, account) in accounts.iter().enumerate() {
        for s in &account.statements {
            place += 1;
            if matches!(s.stance, Stance::Denies | Stance::Declines | Stance::Asks) || shown.contains(&s.id) {
                continue;
            }
            let Some(name) = speaker(s, phrases) else { continue };
            let words = telling(&s.content.text, phrases);
            if words.len() < LEAST
                || s.actors.iter().any(|a| phrases.is_nobody(a))
                || phrases.names_nobody(&name)
                || told_as_act(s, &words, &acts[number])
            {
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
                text: said(s, account, phrases),
                refs: vec![reference],
                records: vec![s.id.clone()],
                as_translated: account.translated,
                day: s.date,
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

/// What a sentence of a page tells in the sections of demands, threats, moves and denials.
#[derive(Default, Clone)]
struct Act {
    end: u32,
    words: BTreeSet<String>,
    /// The words that made a record.
    triggers: Vec<text::Span<text::Body>>,
}

/// By the begin of the sentence.
type Acts = BTreeMap<(Part, u32), Act>;

fn spoken_acts(accounts: &[&Account], happenings: &[Happening<'_>], phrases: &Phrases) -> Vec<Acts> {
    let mut acts = vec![Acts::new(); accounts.len()];
    for happening in
        happenings.iter().filter(|h| matches!(topic(h), Some(Topic::Demands | Topic::Threats | Topic::Moves | Topic::Denials)))
    {
        for telling in &happening.told {
            let (event, part) = (telling.event, telling.event.evidence.part);
            let entry = acts[telling.account].entry((part, event.sentence.span.start())).or_default();
            entry.end = event.sentence.span.end();
            entry.triggers.push(event.anchor());
            entry.words.extend(self::telling(&event.evidence.quoted.text, phrases));
            entry.words.extend(event.proposition.iter().flat_map(|p| self::telling(&p.quoted.text, phrases)));
        }
    }
    acts
}

/// Whether retold words stand in another section already; quotations are shown in full.
fn told_as_act(s: &Statement, words: &BTreeSet<String>, acts: &Acts) -> bool {
    let (part, place) = (s.evidence.part, s.content.span.start());
    let here = acts.range(..=(part, place)).next_back().filter(|((p, _), act)| *p == part && place < act.end);
    let cued = |act: &Act| s.cue.as_ref().is_some_and(|cue| act.triggers.iter().any(|t| t.overlaps(cue.span)));
    s.form != Form::Direct && here.is_some_and(|(_, act)| cued(act) || overlap(&act.words, words) >= TOLD)
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
    let nested = if s.within.is_some() { -1.5 } else { 0.0 };
    let named = if s.actors.iter().any(|a| a.code.is_some()) { 1.0 } else { 0.0 };
    let stance = if matches!(s.stance, Stance::Demands | Stance::Warns | Stance::Promises) { 0.5 } else { 0.0 };
    let part = if s.evidence.part == ledger::Part::Title { -0.5 } else { 0.0 };
    // "It was a part of the pressure": whoever was not there cannot tell what.
    let first = s.content.text.trim_start_matches("that ").split([' ', '’', '\'']).next().unwrap_or("").to_lowercase();
    let vague =
        if matches!(first.as_str(), "it" | "this" | "that" | "they" | "he" | "she" | "these" | "those") { -1.0 } else { 0.0 };
    let translated = if account.translated { -0.5 } else { 0.0 };
    form + named + stance + part + translated + nested + vague
}

/// "Dmitry Peskov (spokesman) told reporters that …", "Sergei Ryabkov, on television: “…”".
pub fn said(s: &Statement, account: &Account, phrases: &Phrases) -> String {
    let name = speaker(s, phrases).unwrap_or_default();
    let office = s.actors.first().filter(|_| s.actors.len() == 1).and_then(|a| a.office.as_deref());
    let mut who = office.filter(|o| !name.contains(*o)).map_or(name.clone(), |o| format!("{name} ({o})"));
    let mark = if account.translated { " (as translated)" } else { "" };
    if let Some(words) = verbatim(s, account) {
        if let Some(channel) = s.channel.as_ref().map(|c| tidy(&c.text)).filter(|c| !c.is_empty()) {
            who = format!("{who}, {channel}");
        }
        return closed(&sentence_case(&format!("{who}: {words}{mark}")));
    }
    let text = own_words(s, account).map_or_else(
        || {
            let content = clip(tidy(&s.content.text).trim_end_matches('.'));
            match (noun(s), opens_clause(&content)) {
                (Some(noun), _) => format!("{name}{} {noun} {content}", if name.ends_with('s') { "’" } else { "’s" }),
                (None, true) => format!("{who} {} {content}", wording::say(&name, s, phrases)),
                (None, false) => format!("{who}: {content}"),
            }
        },
        |words| format!("{who} {words}"),
    );
    let mark = if text.contains(['“', '"']) { mark } else { "" };
    closed(&sentence_case(&format!("{}{mark}", text.trim_end_matches('.'))))
}

/// The words of a direct quotation in marks, piece by piece where its source breaks it; `None` where they cannot be told from
/// the reporter's.
fn verbatim(s: &Statement, account: &Account) -> Option<String> {
    if s.form != Form::Direct {
        return None;
    }
    let whole = [s.content.span];
    let parts: &[_] = if s.parts.is_empty() { &whole } else { &s.parts };
    let mut pieces = Vec::new();
    for &part in parts {
        let words = tidy(account.slice(s.evidence.part, part).trim().trim_matches(['“', '”', '"']));
        if words.contains(['“', '”', '"']) {
            return None;
        }
        // What is left out is marked outside the quotation: inside stand the page's words alone.
        let words = clip(&words);
        let (words, cut) = words.strip_suffix(" …").map_or((words.as_str(), ""), |w| (w, " …"));
        pieces.push(format!("“{words}”{cut}"));
    }
    (!pieces.is_empty()).then(|| pieces.join(" … "))
}

/// The page's words from behind the speaker to the end of the content: "told reporters that the talks failed".
fn own_words(s: &Statement, account: &Account) -> Option<String> {
    let (speaker, cue, content) = (s.speaker.as_ref()?.span, s.cue.as_ref()?.span, s.content.span);
    if noun(s).is_some() || speaker.end() > cue.start() || cue.end() > content.start() {
        return None;
    }
    let part = s.evidence.part;
    let slice = |from: u32, to: u32| account.slice(part, text::Span::new(from, to));
    let from = speaker.end() + wording::follow(slice(speaker.end(), cue.start()))? as u32;
    let between = slice(cue.end(), content.start());
    if between.len() > 60 || between.contains(['“', '"', ';', '.']) {
        return None;
    }
    let words = tidy(slice(from, content.end()));
    let words = clip(words.trim_end_matches(['.', ',']));
    (!words.starts_with(['’', '\'']) && !words.starts_with("and ")).then_some(words)
}

/// The cue where it is a noun that belongs to the speaker: "Moscow’s demand for".
fn noun(s: &Statement) -> Option<String> {
    let (speaker, cue) = (s.speaker.as_ref()?, s.cue.as_ref()?);
    let own = speaker.text.ends_with(['’', '\'']) || speaker.text.ends_with("’s") || speaker.text.ends_with("'s");
    (own && speaker.span.end() <= cue.span.start()).then(|| tidy(&cue.text))
}

/// Whether a content follows a verb of saying as it stands: "that …", "to …".
fn opens_clause(content: &str) -> bool {
    matches!(content.split(' ').next().unwrap_or(""), "that" | "to" | "whether")
}
