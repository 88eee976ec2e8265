//! Finds the events of JSON Lines {"id", "title", "text"} and prints them, one a line, with character offsets. For measuring:
//! `cargo run -p detente --example events -- pages.jsonl > events.jsonl`. A second argument names a folder of event lexicon files
//! that replace the built-in ones of the same name.

use std::io::Write;

use text::Source;

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let mut args = std::env::args().skip(1);
    let input = std::fs::read_to_string(args.next().ok_or("give a file of JSON Lines")?)?;
    let options = detente::ReaderOptions { keep_garbled: true, ..Default::default() };
    let mut reader = detente::Reader::new(options)?;
    if let Some(folder) = args.next() {
        let mut lexicon = detente::Lexicon::builtin()?;
        lexicon.events = detente::events::EventLexicon::with_folder(std::path::Path::new(&folder))?;
        reader = reader.with_lexicon(lexicon);
    }
    let mut pages = Vec::new();
    for line in input.lines().filter(|l| !l.trim().is_empty()) {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let get = |key: &str| row.get(key).and_then(|v| v.as_str()).map(str::to_string);
        pages.push(page::Page {
            id: get("id").unwrap_or_default(),
            path: None,
            raw: Source::new(get("text").unwrap_or_default()),
            kind: page::Kind::Verbatim,
            given: page::Given { title: get("title"), language: Some("en".into()), ..Default::default() },
            notes: Vec::new(),
        });
    }
    let mut out = std::io::stdout().lock();
    for reading in reader.read_all(&pages) {
        let border = detente::output::Border::new(&reading.article);
        for event in &reading.events {
            let mut row = detente::output::event(&border, event);
            if let Some(object) = row.as_object_mut() {
                object.insert("why".into(), serde_json::json!(event.why));
            }
            writeln!(out, "{row}")?;
        }
    }
    Ok(())
}
