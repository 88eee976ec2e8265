//! Corrections laid over what the machine read: which record each means, and what it makes of it.

use jiff::civil::Date;
use text::{Body, Span};

use super::Entry;
use super::change::{Correction, Kind, Status, Verdict};
use super::entry::Texts;
use super::set::{set_event, set_statement};
use crate::{Event, Part, Statement};

/// A correction that found no record to be laid over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// The correction.
    pub correction: Correction,
    /// What is missing.
    pub why: String,
}

/// A page's records with the corrections laid over them.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrected {
    /// Statements, in order.
    pub statements: Vec<(Statement, Status)>,
    /// Events, in order.
    pub events: Vec<(Event, Status)>,
}

/// Lays corrections over what the machine read; those made after `until` are left out.
pub(super) fn lay_over(
    entry: &Entry,
    texts: &Texts,
    corrections: &[Correction],
    until: Option<Date>,
) -> (Corrected, Vec<Unplaced>) {
    let mut corrected = as_read(entry);
    let until = until.map(|day| day.to_string());
    let mut unplaced = Vec::new();
    for correction in corrections {
        // A day is the head of the moment it holds.
        if until.as_ref().is_some_and(|day| correction.at.get(..10).is_some_and(|at| at > day.as_str())) {
            continue;
        }
        let at = anchored(correction, texts, anchors(entry, correction.kind));
        let done = match (correction.kind, at) {
            (Kind::Event, Some(n)) => corrected.events.get_mut(n).map_or(Ok(()), |(event, status)| {
                decide(status, &correction.verdict, |field, value| set_event(event, texts, field, value))
            }),
            (Kind::Statement, Some(n)) => corrected.statements.get_mut(n).map_or(Ok(()), |(statement, status)| {
                decide(status, &correction.verdict, |field, value| set_statement(statement, texts, field, value))
            }),
            (Kind::Event, None) => Err("no event hangs on these words any more".to_string()),
            (Kind::Statement, None) => Err("no statement has these words any more".to_string()),
        };
        if let Err(why) = done {
            unplaced.push(Unplaced { correction: correction.clone(), why });
        }
    }
    (corrected, unplaced)
}

/// The records of a page as the machine read them.
pub(super) fn as_read(entry: &Entry) -> Corrected {
    Corrected {
        statements: entry.statements.iter().map(|statement| (statement.clone(), Status::Read)).collect(),
        events: entry.events.iter().map(|event| (event.clone(), Status::Read)).collect(),
    }
}

/// A record as corrections know it: its id, the part and place of its trigger (of a statement: its content), its category or
/// form.
pub(super) type Anchor<'a> = (&'a str, Part, Span<Body>, &'a str);

/// The anchors of a page's records of one kind, in order.
pub(super) fn anchors(entry: &Entry, kind: Kind) -> Vec<Anchor<'_>> {
    match kind {
        Kind::Event => {
            let category = |event: &crate::Event| event.category.first().map_or("", |category| category.as_str());
            entry.events.iter().map(|e| (e.id.as_str(), e.evidence.part, e.anchor(), category(e))).collect()
        }
        Kind::Statement => {
            entry.statements.iter().map(|s| (s.id.as_str(), s.evidence.part, s.content.span, s.form.as_str())).collect()
        }
    }
}

/// Which record a correction means: the one at its place, else the only one with its words; of several the one with its
/// id, then the one with its category.
pub(super) fn anchored(correction: &Correction, texts: &Texts, records: Vec<Anchor<'_>>) -> Option<usize> {
    let with_words: Vec<_> = records
        .into_iter()
        .enumerate()
        .filter(|(_, (_, part, span, _))| *part == correction.part && texts.source(*part).slice(*span) == correction.words)
        .collect();
    let here = |span: Span<Body>| texts.chars(correction.part, span) == (correction.start, correction.end);
    let mut near: Vec<_> = with_words.iter().filter(|(_, (_, _, span, _))| here(*span)).collect();
    if near.is_empty() {
        // The text may have moved; then only words that stand there once are sure.
        let first = with_words.first()?.1.2;
        if with_words.iter().any(|(_, (_, _, span, _))| *span != first) {
            return None;
        }
        near = with_words.iter().collect();
    }
    let by_id = near.iter().find(|(_, (id, ..))| *id == correction.record);
    let by_category = || near.iter().find(|(_, (_, _, _, category))| *category == correction.category);
    by_id.or_else(by_category).or(near.first()).map(|(n, _)| *n)
}

fn decide(status: &mut Status, verdict: &Verdict, set: impl FnOnce(&str, &str) -> Result<(), String>) -> Result<(), String> {
    match verdict {
        Verdict::Reject => *status = Status::Rejected,
        Verdict::Accept => *status = Status::Accepted,
        Verdict::Set { field, value } => {
            set(field, value)?;
            if *status != Status::Rejected {
                *status = Status::Corrected;
            }
        }
    }
    Ok(())
}
