//! Finds place names in rows of JSON Lines (`id`, `text`) and prints where they are. For measuring:
//! `cargo run --release -p detente --example places < rows.jsonl > predictions.jsonl`.

mod common;

use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let gazetteer = detente::places::Gazetteer::builtin()?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let source = text::Source::new(row["text"].as_str().unwrap_or(""));
        let parse = common::parse(&source);
        let chars = text::CharIndex::new(&source);
        let toponyms: Vec<_> = detente::places::find(&parse, &gazetteer)
            .iter()
            .map(|p| {
                let (start, end) = chars.pair(p.span);
                match (p.location.lat, p.location.lon) {
                    (Some(lat), Some(lon)) => serde_json::json!({ "start": start, "end": end, "lat": lat, "lon": lon,
                        "text": source.slice(p.span), "country": p.location.country_code }),
                    _ => serde_json::json!({ "start": start, "end": end, "text": source.slice(p.span) }),
                }
            })
            .collect();
        writeln!(out, "{}", serde_json::json!({ "id": row["id"], "toponyms": toponyms }))?;
    }
    Ok(())
}
