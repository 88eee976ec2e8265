//! Finds the statements of every text in a folder and prints speaker, cue and content as characters. For measuring:
//! `cargo run --release -p detente --example attribution -- DIR/text > predictions.jsonl`.

use std::io::Write;

use text::{Body, CharIndex, Source, Span};

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let folder = std::env::args().nth(1).ok_or("give a folder of texts")?;
    let lexicon = detente::Lexicon::builtin()?;
    let engine = syntax::Engine::embedded()?;
    let mut files: Vec<_> = std::fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
    files.sort();
    let every: usize = std::env::args().nth(2).map_or(Ok(1), |n| n.parse())?;
    let mut out = std::io::stdout().lock();
    for file in files.iter().step_by(every) {
        let source: Source<Body> = Source::new(std::fs::read_to_string(file)?);
        let mut paragraphs = Vec::new();
        let mut at = 0;
        for line in source.as_str().split('\n') {
            if !line.trim().is_empty() {
                paragraphs.push(Span::new(at as u32, (at + line.len()) as u32));
            }
            at += line.len() + 1;
        }
        let parse = engine.parse(&source, &paragraphs);
        let chars = CharIndex::new(&source);
        let found = detente::statements::read(&source, &parse, &lexicon);
        let pairs = |spans: &[Span<Body>]| spans.iter().map(|s| chars.pair(*s)).collect::<Vec<_>>();
        let attributions: Vec<_> = found
            .iter()
            .map(|s| {
                serde_json::json!({
                    "source": pairs(s.speaker.iter().map(|q| detente::statements::closed(&source, q.span)).collect::<Vec<_>>().as_slice()),
                    "cue": pairs(s.cue.iter().map(|q| q.span).collect::<Vec<_>>().as_slice()),
                    "content": pairs(&detente::statements::marked(&source, s)),
                })
            })
            .collect();
        let doc = file.file_stem().and_then(|s| s.to_str()).unwrap_or("");
        writeln!(out, "{}", serde_json::json!({ "doc": doc, "attributions": attributions }))?;
    }
    Ok(())
}
