//! Place names and their coordinates.

use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;
use serde_json::{Value, json};
use text::CharIndex;

use super::{Desk, rows};

/// The places of every row. Titles are no part of these texts.
pub fn predict(desk: &Desk, file: &Path) -> Result<String> {
    let found: Vec<Value> = rows::rows(file)?
        .par_iter()
        .map(|row| {
            let reading =
                desk.reader.read(&rows::verbatim(rows::string(row, "id"), rows::string(row, "text"), page::Given::default()));
            let chars = CharIndex::new(reading.parse.source());
            let toponyms: Vec<Value> = reading
                .places
                .iter()
                .map(|place| {
                    let (start, end) = chars.pair(place.span);
                    match (place.location.lat, place.location.lon) {
                        (Some(lat), Some(lon)) => json!({ "start": start, "end": end, "lat": lat, "lon": lon }),
                        _ => json!({ "start": start, "end": end }),
                    }
                })
                .collect();
            json!({ "id": row["id"], "toponyms": toponyms })
        })
        .collect();
    Ok(rows::lines(found))
}
