//! Where it was read, and what could not be used: the sections of sources and notes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::phrases::{day, sentence_case};
use super::wording::{clip, closed, tidy};
use super::{Account, Line, Reference, Section, Topic};
use ledger::Part;

/// Words of a quarantined sentence that are shown.
const SHOWN: usize = 14;

/// The pages by how much they and their copies tell; copies behind what they were copied from.
pub fn order(accounts: &[Account]) -> Vec<&Account> {
    let cluster = |a: &Account| a.source.as_ref().map_or(a.page.clone(), |s| s.cluster.clone());
    let mut most: BTreeMap<String, usize> = BTreeMap::new();
    for account in accounts {
        let most = most.entry(cluster(account)).or_default();
        *most = account.records().max(*most);
    }
    let copy = |a: &Account| a.source.as_ref().is_some_and(|s| s.copy_of.is_some());
    let mut order: Vec<&Account> = accounts.iter().collect();
    order.sort_by_cached_key(|a| (Reverse(most[&cluster(a)]), cluster(a), copy(a), Reverse(a.records())));
    order
}

/// Sources and notes.
pub fn sections(accounts: &[&Account]) -> Vec<Section> {
    vec![Section { topic: Topic::Sources, lines: sources(accounts) }, Section { topic: Topic::Notes, lines: notes(accounts) }]
}

fn sources(accounts: &[&Account]) -> Vec<Line> {
    let numbers: BTreeMap<&str, usize> = accounts.iter().enumerate().rev().map(|(n, a)| (a.page.as_str(), n + 1)).collect();
    accounts.iter().enumerate().map(|(n, account)| source(n, account, &numbers)).collect()
}

fn source(number: usize, account: &Account, numbers: &BTreeMap<&str, usize>) -> Line {
    let mut facts = vec![account.name()];
    if let Some(row) = &account.source {
        let of = row.copy_of.as_deref().and_then(|id| numbers.get(id));
        facts.extend(of.map(|of| format!("{} of [{of}]", row.role.as_str())));
    }
    facts.extend(account.publisher.clone());
    facts.push(account.published.map_or("no date".to_string(), day));
    // Of a path its last part tells enough; `detente sources` and the ids in JSON lead to the file.
    let file = account.path.as_deref().map(|p| p.rsplit(['/', '\\']).next().unwrap_or(p).to_string());
    facts.extend(file.filter(|_| account.title.is_some()));
    if account.records() == 0 {
        facts.push("no records".to_string());
    }
    match account.source.as_ref().map(|s| &s.verdict) {
        Some(verdict) if verdict.word != "good" => facts.push(format!("{}: {}", verdict.word, reasons(&verdict.reasons))),
        None if account.translated => facts.push("looks machine-translated".to_string()),
        _ => {}
    }
    let text = facts.join(" · ");
    Line { text, refs: vec![account.whole(number)], as_translated: account.translated, ..Line::default() }
}

/// What speaks against a page, without the examples.
fn reasons(reasons: &[String]) -> String {
    reasons.iter().map(|r| r.split_once(':').map_or(r.as_str(), |(head, _)| head)).collect::<Vec<_>>().join(", ")
}

fn notes(accounts: &[&Account]) -> Vec<Line> {
    let mut lines = Vec::new();
    let line = |text: String, refs: Vec<Reference>| Line { text: closed(&text), refs, ..Line::default() };
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
            let mut text = format!("Quarantined ({}): {}{cut}", g.why, words[..words.len().min(SHOWN)].join(" "));
            let repairs = account.source.iter().flat_map(|s| &s.repairs).filter(|r| r.garbled == g.span);
            let repair = repairs.filter_map(|r| Some((accounts.iter().position(|a| a.page == r.page)?, &r.offer))).next();
            if let Some((page, offer)) = repair {
                text.push_str(&format!(". Page {} has it whole: “{}”", page + 1, clip(&tidy(offer))));
            }
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
