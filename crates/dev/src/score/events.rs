//! Who did what to whom, as `detente events --format jsonl` prints it.

use std::path::Path;

use anyhow::Result;
use detente::output::{Border, event};
use rayon::prelude::*;
use serde_json::Value;

use super::{Desk, rows};

/// The events of every row.
pub fn predict(desk: &Desk, file: &Path) -> Result<String> {
    let found: Vec<Vec<Value>> = rows::rows(file)?
        .par_iter()
        .map(|row| {
            let reading = desk.reader.read(&rows::page(row, "id"));
            let border = Border::new(&reading.article);
            reading.events.iter().map(|e| event(&border, e)).collect()
        })
        .collect();
    Ok(rows::lines(found.into_iter().flatten()))
}
