//! `dev who`: tells whom given words of a text stand for. Reads rows of JSON Lines with `text` and `asks` (`[[start, end], …]` in
//! characters) from standard input; prints for each row the entities of every ask, and the row's table of actors. With gold words
//! as asks it shows what the Cast does wrong when it is handed the right words.

use std::io::{BufRead, Write};

use anyhow::{Result, anyhow};
use detente::{Reader, ReaderOptions, Reading};
use page::Given;
use serde_json::{Value, json};
use syntax::{Upos, Word};
use text::Span;

use crate::score::rows;

/// Runs the command.
pub fn run() -> Result<std::process::ExitCode> {
    let reader = Reader::new(ReaderOptions { keep_garbled: true, ..ReaderOptions::default() }).map_err(|e| anyhow!(e))?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or("");
        let reading = reader.read(&rows::verbatim("", text, Given::default()));
        let bytes: Vec<u32> = text.char_indices().map(|(b, _)| b as u32).chain([text.len() as u32]).collect();
        let byte = |n: &Value| n.as_u64().and_then(|n| bytes.get(n as usize)).copied().unwrap_or(text.len() as u32);
        let asks = row["asks"].as_array().map(Vec::as_slice).unwrap_or_default();
        let answers: Vec<Value> = asks.iter().map(|ask| answer(&reading, Span::new(byte(&ask[0]), byte(&ask[1])))).collect();
        let table: Vec<Value> = reading
            .cast
            .actors
            .iter()
            .map(|a| json!([a.id, a.name, a.code, a.code_why, a.sector, a.office, a.aliases, a.mentions]))
            .collect();
        writeln!(out, "{}", json!({"id": row["id"], "answers": answers, "actors": table}))?;
    }
    Ok(std::process::ExitCode::SUCCESS)
}

/// The entities of the phrase whose words are at `span`.
fn answer(reading: &Reading, span: Span<text::Body>) -> Value {
    let parse = &reading.parse;
    let inside: Vec<Word<'_>> = parse.words().filter(|w| span.contains(w.span())).collect();
    let outside =
        |w: &&Word<'_>| w.head().is_none_or(|h| !span.contains(h.span())) && !matches!(w.upos(), Upos::PUNCT | Upos::ADP);
    let head = inside.iter().find(outside).or(inside.last());
    let told = |e: &ledger::Entity| json!({"text": e.text, "code": e.code, "sector": e.sector, "office": e.office, "name": e.name, "id": e.id});
    let found = head.map(|h| reading.cast.entities(parse, h.id())).unwrap_or_default();
    let why = head.and_then(|h| reading.cast.mention(h.id())).map(|m| m.why);
    json!({
        "head": head.map(|h| h.form()),
        "why": why,
        "entities": found.iter().map(told).collect::<Vec<_>>(),
        "phrase": head.map(|h| told(&reading.cast.phrase(parse, h.id()))),
    })
}
