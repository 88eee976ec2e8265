//! The engine's parse, or, where no model is built in, sentences and words by simple rules without trees.

use syntax::{Engine, Health, Parse, ParseBuilder, Upos, WordRow};
use text::{Body, Source, Span};

/// Parses `source`, each line a paragraph.
pub fn parse(source: &Source<Body>) -> Parse {
    let plain = std::env::args().any(|a| a == "--plain");
    match Engine::embedded() {
        Ok(engine) if !plain => {
            let mut at = 0;
            let mut paragraphs = Vec::new();
            for line in source.as_str().split_inclusive('\n') {
                let (start, end) = (at + line.len() - line.trim_start().len(), at + line.trim_end().len());
                paragraphs.extend(source.span(start, end.max(start)).filter(|s| !s.is_empty()));
                at += line.len();
            }
            engine.parse(source, &paragraphs)
        }
        _ => split(source),
    }
}

/// Splits `source` into sentences and words.
fn split(source: &Source<Body>) -> Parse {
    let text = source.as_str();
    let mut builder = ParseBuilder::new(source.clone());
    let mut words: Vec<Span<Body>> = Vec::new();
    let mut paragraph = 0;
    let mut flush = |words: &mut Vec<Span<Body>>, paragraph: u32| {
        if words.is_empty() {
            return;
        }
        let rows: Vec<WordRow<'_>> = words
            .iter()
            .map(|&span| WordRow {
                span,
                lemma: "_",
                upos: if source.slice(span).starts_with(char::is_uppercase) { Upos::PROPN } else { Upos::X },
                feats: "_",
                head: None,
                deprel: "dep",
                glued: false,
            })
            .collect();
        builder.sentence(paragraph, &rows, Health::default());
        words.clear();
    };
    let mut start = None;
    let push = |words: &mut Vec<Span<Body>>, a: usize, b: usize| {
        let mut b = b;
        let form = &text[a..b];
        let mut tail = Vec::new();
        // Marks at both ends stand alone.
        let mut a = a;
        for c in form.chars() {
            if c.is_alphanumeric() || c == '$' {
                break;
            }
            words.push(Span::new(a as u32, (a + c.len_utf8()) as u32));
            a += c.len_utf8();
        }
        while a < b {
            let Some(c) = text[a..b].chars().next_back().filter(|c| !c.is_alphanumeric()) else { break };
            if c == '.' && text[a..b - 1].contains('.') {
                break;
            }
            b -= c.len_utf8();
            tail.push(Span::new(b as u32, (b + c.len_utf8()) as u32));
        }
        if a < b {
            words.push(Span::new(a as u32, b as u32));
        }
        words.extend(tail.into_iter().rev());
    };
    let mut line = false;
    for (i, c) in text.char_indices().chain([(text.len(), '\n')]) {
        if c.is_whitespace() {
            if let Some(a) = start.take() {
                push(&mut words, a, i);
                let stop = text[..i].ends_with(['.', '!', '?', '”', '"']) && words.last().is_some_and(|w| w.len() <= 3);
                let next = text[i..].trim_start().chars().next().is_some_and(|c| c.is_uppercase() || "“\"".contains(c));
                let long = words.len() >= 2 && words[words.len() - 2].len() > 3;
                if stop && next && long {
                    flush(&mut words, paragraph);
                }
            }
            if c == '\n' {
                flush(&mut words, paragraph);
                paragraph += u32::from(line);
                line = true;
            }
        } else if start.is_none() {
            start = Some(i);
            line = false;
        }
    }
    builder.finish()
}
