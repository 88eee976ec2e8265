//! What inputs are thrown at: each reader, the engine alone, the whole way to records.

use detente::Reader;
use detente::output::{Border, event, statement};
use page::{Given, Kind, Page, ReadOptions};
use text::{Body, Source, Span};

use super::pack;
use super::seeds::{SEEDS, TABLES};

/// One thing that must stand any input.
pub struct Target {
    pub name: &'static str,
    pub run: fn(&Reader, &[u8]),
}

/// All of them.
pub const TARGETS: [Target; 8] = [
    Target { name: "inputs", run: inputs },
    Target { name: "packed", run: packed },
    Target { name: "tables", run: tables },
    Target { name: "article", run: article },
    Target { name: "parse", run: parse },
    Target { name: "conllu", run: conllu },
    Target { name: "records", run: records },
    Target { name: "sources", run: sources },
];

/// Their names, for a message.
pub fn names() -> String {
    TARGETS.iter().map(|t| t.name).collect::<Vec<_>>().join(", ")
}

/// Bytes as an input of every format, one after the other: text, markup, feed, JSON Lines, crawl, and whatever they look like.
fn inputs(_reader: &Reader, input: &[u8]) {
    for name in ["x.txt", "x.html", "x.xml", "x.jsonl", "x.warc", "x"] {
        let format = (name == "x.warc").then_some(page::Format::Warc).or((name == "x.xml").then_some(page::Format::Feed));
        read(name, input.to_vec(), format);
    }
}

/// A sound gzip, ZIP or tar file with the bytes in it, then damaged.
fn packed(_reader: &Reader, input: &[u8]) {
    let mut bytes = pack::packed(input);
    damage(&mut bytes, input, 0);
    read("x", bytes, None);
}

fn read(name: &str, bytes: Vec<u8>, input: Option<page::Format>) {
    let options = ReadOptions { input, ..ReadOptions::default() };
    for page in page::read_from(name, std::io::Cursor::new(bytes), &options).take(10_000).flatten() {
        page::clean(&page);
    }
}

/// Changes bytes: places and new bytes follow from the input alone. Most fall into the last `tail` bytes, where there is one.
fn damage(bytes: &mut Vec<u8>, input: &[u8], tail: usize) {
    for (n, change) in text::hash128(&[input]).to_string().as_bytes().chunks(4).take(input.len() % 8).enumerate() {
        if bytes.is_empty() {
            return;
        }
        let number = change.iter().fold(n, |sum, b| sum.wrapping_mul(131).wrapping_add(usize::from(*b)));
        let span = if tail == 0 || number % 3 == 0 { bytes.len() } else { bytes.len().min(tail) };
        let at = bytes.len() - 1 - number / 3 % span;
        let piece = &input[..input.len().min(1 + number % 5)];
        match number % 4 {
            0 => bytes[at] = (number >> 8) as u8,
            1 => bytes[at] ^= 1 << (number >> 8 & 7),
            2 => drop(bytes.splice(at..at, piece.iter().copied())),
            _ => bytes.truncate(bytes.len() - bytes.len().min(number % 9)),
        }
    }
}

/// Parquet files of other writers with bytes changed, most of them in the table of contents.
fn tables(_reader: &Reader, input: &[u8]) {
    let mut bytes = TABLES[input.len() / 8 % TABLES.len()].to_vec();
    damage(&mut bytes, input, 700);
    read("x.parquet", bytes, None);
}

/// Texts as pages that may be copies of one another: the input, parts of it, and a sound page.
fn sources(reader: &Reader, input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let half: String = text.chars().take(text.chars().count() / 2).collect();
    let given = || Given { language: Some("en".into()), ..Given::default() };
    let short = |text: &str| text.chars().take(4_000).collect::<String>();
    let texts = [text.as_ref(), &half, SEEDS[0]];
    let pages: Vec<Page> = texts.iter().map(|text| Page::new(Kind::Text, &short(text), given())).collect();
    let rows = detente::sources::judge(&reader.read_all(&pages));
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| rows.iter().any(|other| other.page == row.cluster)), "a cluster named for no page");
}

/// Text as plain and as marked-up page.
fn article(_reader: &Reader, input: &[u8]) {
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
fn parse(reader: &Reader, input: &[u8]) {
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
fn conllu(reader: &Reader, input: &[u8]) {
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
fn records(reader: &Reader, input: &[u8]) {
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
