//! Who said what: speaker, cue and content of every statement.

use std::path::Path;

use anyhow::{Context, Result};
use detente::statements::{closed, marked, opened};
use page::Given;
use rayon::prelude::*;
use serde_json::{Value, json};
use text::{Body, CharIndex, Span};

use super::{Desk, rows};

/// The statements of every text in the folder.
pub fn predict(desk: &Desk, folder: &Path) -> Result<String> {
    let read = std::fs::read_dir(folder.join("text")).with_context(|| folder.display().to_string())?;
    let mut files: Vec<_> =
        read.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    let found: Vec<Result<Value>> = files.par_iter().map(|file| document(desk, file)).collect();
    Ok(rows::lines(found.into_iter().collect::<Result<Vec<Value>>>()?))
}

fn document(desk: &Desk, file: &Path) -> Result<Value> {
    let doc = file.file_stem().and_then(|s| s.to_str()).unwrap_or("");
    let reading = desk.reader.read(&rows::verbatim(doc, &rows::text(file)?, Given::default()));
    let source = reading.parse.source();
    let chars = CharIndex::new(source);
    let pairs = |spans: &[Span<Body>]| spans.iter().map(|s| chars.pair(*s)).collect::<Vec<_>>();
    // The corpus marks who speaks on the page, hardly ever who is said to have spoken inside what is said; the chain is left out.
    let attributions: Vec<Value> = reading
        .statements
        .iter()
        .filter(|s| s.within.is_none())
        .map(|s| {
            let speaker: Vec<_> = s.speaker.iter().map(|q| closed(source, q.span)).collect();
            let cue: Vec<_> = s.cue.iter().map(|q| opened(source, q.span)).collect();
            json!({ "source": pairs(&speaker), "cue": pairs(&cue), "content": pairs(&marked(source, s)) })
        })
        .collect();
    Ok(json!({ "doc": doc, "attributions": attributions }))
}
