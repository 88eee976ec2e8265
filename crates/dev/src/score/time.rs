//! Expressions of time, in the notation of each gold file.

use std::path::Path;

use anyhow::Result;
use detente::times::Time;
use rayon::prelude::*;
use serde_json::{Value, json};
use text::CharIndex;

use super::{Desk, rows};

/// How a gold file writes its values.
#[derive(Clone, Copy)]
enum Notation {
    Tei,
    Timex2,
    Timex3,
}

/// The expressions of every row.
pub fn predict(desk: &Desk, file: &Path) -> Result<String> {
    let name = file.file_name().and_then(|n| n.to_str()).unwrap_or("");
    let notation = match name {
        n if n.starts_with("gum") => Notation::Tei,
        n if n.starts_with("wikiwars") => Notation::Timex2,
        _ => Notation::Timex3,
    };
    let found: Vec<Value> = rows::rows(file)?
        .par_iter()
        .map(|row| {
            let reading = desk.reader.read(&rows::page(row, "id"));
            let chars = CharIndex::new(reading.parse.source());
            let timex: Vec<Value> = reading
                .times
                .iter()
                .filter_map(|time| {
                    let value = value(time, notation)?;
                    let (start, end) = chars.pair(time.span);
                    Some(json!({ "start": start, "end": end, "value": value }))
                })
                .collect();
            json!({ "id": row["id"], "timex": timex })
        })
        .collect();
    Ok(rows::lines(found))
}

/// The value, or nothing where the notation's guide does not mark such an expression.
fn value(time: &Time, notation: Notation) -> Option<Option<String>> {
    match notation {
        Notation::Timex2 => Some(time.value.timex2()),
        _ if time.adjective => None,
        Notation::Tei => time.value.tei().map(Some),
        Notation::Timex3 => time.value.timex3().map(Some),
    }
}

/// Whether the file's news have a figure of their own: GUM's dates, of which news may be trusted most.
pub fn has_news(file: &Path) -> Result<bool> {
    let gum = file.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.starts_with("gum-dates"));
    Ok(gum && rows::rows(file)?.iter().any(|row| row["genre"] == "news"))
}
