//! Who did what to whom, as `detente events --format jsonl` prints it.

use std::path::Path;

use anyhow::Result;
use detente::Reading;
use ledger::{Entity, Event, Part};
use rayon::prelude::*;
use serde_json::{Value, json};
use text::CharIndex;

use super::{Desk, rows};

/// The events of every row.
pub fn predict(desk: &Desk, file: &Path) -> Result<String> {
    let found: Vec<Vec<Value>> = rows::rows(file)?
        .par_iter()
        .map(|row| {
            let reading = desk.reader.read(&rows::page(row, "id"));
            reading.events.iter().map(|e| event(&reading, e)).collect()
        })
        .collect();
    Ok(rows::lines(found.into_iter().flatten()))
}

fn event(reading: &Reading, event: &Event) -> Value {
    let title = reading.article.title.as_ref().filter(|_| event.evidence.part == Part::Title);
    let chars = CharIndex::new(title.unwrap_or(&reading.article.body));
    let entities = |list: &[Entity]| {
        let entity = |e: &Entity| {
            let (start, end) = chars.pair(e.span);
            json!({ "entity_text": e.text, "start": start, "end": end, "code": e.code, "sector": e.sector })
        };
        list.iter().map(entity).collect::<Vec<_>>()
    };
    let (start, end) = chars.pair(event.evidence.quoted.span);
    json!({
        "page": event.evidence.page,
        "in": title.map(|_| "title"),
        "event": event.category.iter().map(|c| c.as_str()).collect::<Vec<_>>(),
        "mode": event.mode.iter().map(|m| m.as_str()).collect::<Vec<_>>(),
        "actor": entities(&event.actor),
        "recipient": entities(&event.recipient),
        "modality": event.modality.as_str(),
        "said_by": event.said_by,
        "confidence": event.confidence,
        "event_text": event.trigger.iter().map(|t| t.text.as_str()).collect::<Vec<_>>(),
        "evidence": { "start": start, "end": end },
    })
}
