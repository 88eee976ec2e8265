//! Tells whom words of a text stand for. Reads rows of JSON Lines with `text` and `asks` (`[[start, end], …]` in characters), prints for
//! each row the entities of every ask, as `code`, `sector`, `office`, `name`, `text`. For measuring:
//! `cargo run -p detente --example actors < rows.jsonl > answers.jsonl`.

mod common;

use std::io::{BufRead, Write};

use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lexicon = detente::Lexicon::builtin()?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let source = text::Source::new(row["text"].as_str().unwrap_or(""));
        let parse = common::parse(&source);
        let article = page::clean(&page::Page {
            id: String::new(),
            path: None,
            raw: text::Source::new(source.as_str()),
            kind: page::Kind::Verbatim,
            given: page::Given::default(),
            notes: Vec::new(),
        });
        let places = detente::places::find(&parse, &lexicon.places);
        let cast = detente::actors::resolve_at(&article, &parse, &lexicon.actors, &places);
        let bytes: Vec<u32> =
            source.as_str().char_indices().map(|(b, _)| b as u32).chain([source.as_str().len() as u32]).collect();
        let mut answers = Vec::new();
        for ask in row["asks"].as_array().into_iter().flatten() {
            let at = |n: usize| bytes[(ask[n].as_u64().unwrap_or(0) as usize).min(bytes.len() - 1)];
            let span = text::Span::new(at(0), at(1));
            let inside: Vec<_> = parse.words().filter(|w| span.contains(w.span())).collect();
            let outside = |w: &&syntax::Word<'_>| {
                w.head().is_none_or(|h| !span.contains(h.span()))
                    && w.upos() != syntax::Upos::PUNCT
                    && w.upos() != syntax::Upos::ADP
            };
            let head = inside.iter().find(outside).or(inside.last());
            let found = head.map(|h| cast.entities(&parse, h.id())).unwrap_or_default();
            let told = |e: &ledger::Entity| json!({"text": e.text, "code": e.code, "sector": e.sector, "office": e.office, "name": e.name, "id": e.id});
            let phrase = head.map(|h| told(&cast.phrase(&parse, h.id())));
            answers.push(
                json!({"head": head.map(|h| h.form()), "entities": found.iter().map(told).collect::<Vec<_>>(), "phrase": phrase}),
            );
        }
        let table: Vec<_> = cast
            .actors
            .iter()
            .map(|a| json!([a.id, a.name, a.code, a.code_why, a.sector, a.office, a.aliases, a.mentions]))
            .collect();
        writeln!(out, "{}", json!({"id": row["id"], "answers": answers, "actors": table}))?;
    }
    Ok(())
}
