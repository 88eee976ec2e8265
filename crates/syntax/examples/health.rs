//! How fit each sentence of standard input is to be read: probability, verdict, reasons, broken stretches.
use std::io::Read;

use text::Source;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let source = Source::new(text.as_str());
    let mut at = 0;
    let mut paragraphs = Vec::new();
    for line in text.split_inclusive('\n') {
        paragraphs.extend(source.span(at, at + line.trim_end().len()));
        at += line.len();
    }
    for s in syntax::Engine::embedded()?.parse(&source, &paragraphs).sentences() {
        let h = s.health();
        let broken: Vec<_> = h.broken.iter().map(|b| source.slice(*b)).collect();
        println!("{:.2} {} {:?} {broken:?} {}", h.garble, if h.quarantined { "OUT" } else { "   " }, h.why, s.text());
    }
    Ok(())
}
