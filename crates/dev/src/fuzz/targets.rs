//! What inputs are thrown at: each reader, the engine alone, the whole way to records.

use std::path::Path;

use detente::Reader;
use detente::output::{Border, event, statement};
use page::{Given, Kind, Page, ReadOptions};
use text::{Body, Source, Span};

use super::seeds::TABLES;

/// One thing that must stand any input.
pub struct Target {
    pub name: &'static str,
    pub run: fn(&Reader, &Path, &[u8]),
}

/// All of them.
pub const TARGETS: [Target; 6] = [
    Target { name: "files", run: files },
    Target { name: "tables", run: tables },
    Target { name: "article", run: article },
    Target { name: "parse", run: parse },
    Target { name: "conllu", run: conllu },
    Target { name: "records", run: records },
];

/// Their names, for a message.
pub fn names() -> String {
    TARGETS.iter().map(|t| t.name).collect::<Vec<_>>().join(", ")
}

/// Bytes as a file of every format.
fn files(_reader: &Reader, folder: &Path, input: &[u8]) {
    let ending = ["txt", "html", "xml", "jsonl", "warc", "gz", "zip", "parquet", "bin"][input.len() % 9];
    let file = folder.join(format!("input.{ending}"));
    if std::fs::write(&file, input).is_ok() {
        for page in page::read(&file, &ReadOptions::default()).flatten() {
            page::clean(&page);
        }
    }
}

/// Parquet files of other writers with bytes of the input laid over them, most of them in the table of contents.
fn tables(_reader: &Reader, _folder: &Path, input: &[u8]) {
    let mut bytes = TABLES[input.len() % TABLES.len()].to_vec();
    // What follows from the input alone: places and new bytes, read off its hash.
    for (n, change) in text::hash128(&[input]).to_string().as_bytes().chunks(4).take(1 + input.len() % 8).enumerate() {
        let number = change.iter().fold(n, |sum, b| sum.wrapping_mul(131).wrapping_add(usize::from(*b)));
        let span = if number % 3 == 0 { bytes.len() } else { bytes.len().min(700) };
        let at = bytes.len() - 1 - number / 3 % span;
        let piece = &input[..input.len().min(1 + number % 5)];
        match number % 4 {
            0 => bytes[at] = (number >> 8) as u8,
            1 => bytes[at] ^= 1 << (number >> 8 & 7),
            2 => drop(bytes.splice(at..at, piece.iter().copied())),
            _ => bytes.truncate(bytes.len() - bytes.len().min(number % 9)),
        }
        if bytes.is_empty() {
            break;
        }
    }
    let rows = page::read_from("input.parquet", std::io::Cursor::new(bytes), &ReadOptions::default());
    for page in rows.take(10_000).flatten() {
        page::clean(&page);
    }
}

/// Text as plain and as marked-up page.
fn article(_reader: &Reader, _folder: &Path, input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    for kind in [Kind::Text, Kind::Html, Kind::Verbatim] {
        let article = page::clean(&Page::new(kind, &text, Given::default()));
        for paragraph in &article.paragraphs {
            assert!(
                article.body.span(paragraph.range().start, paragraph.range().end).is_some(),
                "{paragraph:?} is no span of the text"
            );
        }
    }
}

/// Text to trees.
fn parse(reader: &Reader, _folder: &Path, input: &[u8]) {
    let source: Source<Body> = Source::new(String::from_utf8_lossy(input).as_ref());
    let parse = reader.engine().parse(&source, &[source.whole()]);
    let mut before = 0;
    for word in parse.words() {
        assert!(word.span().start() >= before, "words overlap");
        assert!(source.span(word.span().range().start, word.span().range().end).is_some(), "a word cuts a character");
        before = word.span().start();
    }
    let written = syntax::write_conllu(&parse, |_| None);
    drop(syntax::read_conllu(&written));
}

/// Text as trees given by somebody else.
fn conllu(reader: &Reader, _folder: &Path, input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let lines: String = text
        .split_whitespace()
        .enumerate()
        .map(|(n, w)| format!("{}\t{w}\t_\t_\t_\t_\t{}\t_\t_\t_\n", n % 60 + 1, n * 7 % 61))
        .collect();
    for input in [text.as_ref(), lines.as_str()] {
        if let Ok(parse) = syntax::read_conllu(input) {
            reader.engine().parse_words(&parse);
        }
    }
}

/// Text to printed records.
fn records(reader: &Reader, _folder: &Path, input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let given = Given { published: "2022-01-13".parse().ok(), language: Some("en".into()), ..Given::default() };
    let reading = reader.read(&Page::new(Kind::Text, &text, given));
    let border = Border::new(&reading.article);
    let check = |span: Span<Body>, words: &str, part: ledger::Part| {
        let source = reading.article.title.as_ref().filter(|_| part == ledger::Part::Title).unwrap_or(&reading.article.body);
        assert_eq!(source.slice(span), words, "a record does not hold its words");
    };
    for s in &reading.statements {
        check(s.content.span, &s.content.text, s.evidence.part);
        statement(&border, s);
    }
    for e in &reading.events {
        check(e.evidence.quoted.span, &e.evidence.quoted.text, e.evidence.part);
        event(&border, e);
    }
}
