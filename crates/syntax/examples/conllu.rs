//! Raw text on standard input (paragraphs parted by empty lines) to CoNLL-U on standard output, with the speed on stderr.
use std::io::Read;

use text::{Source, Span};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let began = std::time::Instant::now();
    let engine = syntax::Engine::embedded()?;
    let load = began.elapsed();
    let source = Source::new(text.as_str());
    let mut paragraphs = Vec::new();
    let mut at = 0;
    for piece in text.split("\n\n") {
        paragraphs.push(Span::new(at as u32, (at + piece.len()) as u32));
        at += piece.len() + 2;
    }
    let began = std::time::Instant::now();
    let parse = engine.parse(&source, &paragraphs);
    let time = began.elapsed();
    let words = parse.words().len();
    eprintln!("model {load:.1?}, {words} words in {time:.1?}: {:.0} words/s", words as f64 / time.as_secs_f64());
    print!("{}", syntax::write_conllu(&parse, |_| None));
    Ok(())
}
