//! How damaged each sentence is, and whether it would be quarantined.

use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;
use serde_json::{Value, json};
use text::{Source, Span};

use super::{Desk, rows};

/// Rows that go through the engine together, each a paragraph: the result is that of each row alone, sooner.
const TOGETHER: usize = 64;

/// The damage of every row: that of its worst sentence.
pub fn predict(desk: &Desk, file: &Path) -> Result<String> {
    let rows = rows::rows(file)?;
    let found: Vec<Vec<Value>> = rows
        .par_chunks(TOGETHER)
        .map(|rows| {
            let mut text = String::new();
            let mut paragraphs = Vec::with_capacity(rows.len());
            for row in rows {
                let start = text.len() as u32;
                text.push_str(super::rows::string(row, "sentence"));
                paragraphs.push(Span::new(start, text.len() as u32));
                text.push_str("\n\n");
            }
            let parse = desk.reader.engine().parse(&Source::new(text), &paragraphs);
            let mut worst = vec![(0.0f32, false); rows.len()];
            for sentence in parse.sentences() {
                let slot = &mut worst[sentence.paragraph() as usize];
                slot.0 = slot.0.max(sentence.health().garble);
                slot.1 |= sentence.health().quarantined;
            }
            let line =
                |(row, (score, flagged)): (&Value, (f32, bool))| json!({ "id": row["id"], "score": score, "flagged": flagged });
            rows.iter().zip(worst).map(line).collect()
        })
        .collect();
    Ok(super::rows::lines(found.into_iter().flatten()))
}
