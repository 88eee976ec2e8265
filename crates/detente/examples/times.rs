//! Finds expressions of time in rows of JSON Lines (`id`, `text`, `dct`) and prints them in a notation: `tei`, `timex2` or
//! `timex3`. For measuring: `cargo run --release -p detente --example times -- timex2 < rows.jsonl > predictions.jsonl`.

mod common;

use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let notation = std::env::args().nth(1).unwrap_or_else(|| "timex3".into());
    let lexicon = detente::times::TimeLexicon::builtin()?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let source = text::Source::new(row["text"].as_str().unwrap_or(""));
        let parse = common::parse(&source);
        let published = row["dct"].as_str().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
        let chars = text::CharIndex::new(&source);
        let timex: Vec<_> = detente::times::find(&parse, published, &lexicon)
            .iter()
            .filter_map(|t| {
                let value = match notation.as_str() {
                    "tei" => Some(t.value.tei().filter(|_| !t.adjective)?),
                    "timex2" => t.value.timex2(),
                    _ => Some(t.value.timex3().filter(|_| !t.adjective)?),
                };
                let (start, end) = chars.pair(t.span);
                Some(serde_json::json!({ "start": start, "end": end, "value": value,
                    "text": source.slice(t.span), "days": t.days.map(|(a, b)| if a == b { a.to_string() } else { format!("{a}/{b}") }) }))
            })
            .collect();
        writeln!(out, "{}", serde_json::json!({ "id": row["id"], "timex": timex }))?;
    }
    Ok(())
}
