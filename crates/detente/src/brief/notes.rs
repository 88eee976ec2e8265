//! Where it was read, and what could not be used: the sections of sources and notes.

use super::phrases::{day, sentence_case};
use super::wording::{closed, tidy};
use super::{Account, Line, Reference, Section, Topic};
use ledger::Part;

/// Words of a quarantined sentence that are shown.
const SHOWN: usize = 14;

/// Sources and notes.
pub fn sections(accounts: &[&Account]) -> Vec<Section> {
    vec![Section { topic: Topic::Sources, lines: sources(accounts) }, Section { topic: Topic::Notes, lines: notes(accounts) }]
}

fn sources(accounts: &[&Account]) -> Vec<Line> {
    accounts.iter().enumerate().map(|(n, account)| source(n, account)).collect()
}

fn source(number: usize, account: &Account) -> Line {
    let mut facts = vec![account.name()];
    facts.extend(account.publisher.clone());
    facts.push(account.published.map_or("no date".to_string(), day));
    if account.title.is_some() {
        facts.extend(account.path.clone());
    }
    let records = match account.records() {
        0 => "no records".to_string(),
        1 => "1 record".to_string(),
        n => format!("{n} records"),
    };
    facts.push(records);
    if account.translated {
        facts.push("looks machine-translated".to_string());
    }
    let text = facts.join(" · ");
    Line { text, refs: vec![account.whole(number)], records: Vec::new(), as_translated: account.translated }
}

fn notes(accounts: &[&Account]) -> Vec<Line> {
    let mut lines = Vec::new();
    let line = |text: String, refs: Vec<Reference>| Line { text: closed(&text), refs, records: Vec::new(), as_translated: false };
    for (number, account) in accounts.iter().enumerate() {
        for note in account.notes.iter().filter(|n| n.id == "no-record") {
            lines.push(line(format!("Nothing read from {}: {}", account.name(), note.message), vec![account.whole(number)]));
        }
    }
    let open: Vec<Reference> = accounts.iter().enumerate().filter(|(_, a)| a.open_days).map(|(n, a)| a.whole(n)).collect();
    match open.len() {
        0 => {}
        1 => lines.push(line(
            "One page has no publication date, so days named on it stay open; --published DATE gives one".into(),
            open,
        )),
        n => lines.push(line(
            format!("{n} pages have no publication date, so days named on them stay open; --published DATE gives one"),
            open,
        )),
    }
    let mut garbled: Vec<(f32, usize, Line)> = Vec::new();
    for (number, account) in accounts.iter().enumerate() {
        for g in &account.garbled {
            let words = tidy(account.slice(Part::Text, g.span));
            let words: Vec<&str> = words.split(' ').collect();
            let cut = if words.len() > SHOWN { " …" } else { "" };
            let text = format!("Quarantined ({}): {}{cut}", g.why, words[..words.len().min(SHOWN)].join(" "));
            garbled.push((g.score, number, line(text, vec![account.place(number, Part::Text, g.span)])));
        }
    }
    garbled.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    lines.extend(garbled.into_iter().map(|(_, _, line)| line));
    for (number, account) in accounts.iter().enumerate() {
        // Why nothing was read is said above; a page without text says no more.
        let told = |id: &str| matches!(id, "no-record" | "no-article" | "foreign" | "empty");
        for note in account.notes.iter().filter(|n| !told(n.id)) {
            lines.push(line(format!("{}: {}", account.name(), sentence_case(&note.message)), vec![account.whole(number)]));
        }
    }
    lines
}
