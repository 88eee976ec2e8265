//! Hostile input: nothing panics, nothing hangs, and every span keeps to its page, whatever the bytes.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use page::{Article, Kind, Page, ReadOptions};

/// A small generator of our own, so that a failure comes back with its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

const SCRAPS: [&str; 44] = [
    "<",
    ">",
    "</",
    "/>",
    "<p>",
    "</p>",
    "<div class=share>",
    "</div>",
    "<a href='x",
    "'>",
    "<table><tr><td>",
    "</table>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#x110000;",
    "&#0;",
    "&",
    "<title>",
    "<h1>",
    "<meta property=og:title content=\"",
    "\"",
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"",
    "\"}</script>",
    "The envoys met in Geneva on Monday and spoke for seven hours about two drafts, an official said.",
    "“No,” he said. ",
    "GENEVA, Jan 10 (Reuters) - ",
    "\n\n",
    "\r",
    "\u{2028}",
    "é",
    "日本語。",
    "\u{feff}",
    "\u{0}",
    "Share post:",
    "More like this",
    "The post x appeared first on y.",
    "{\"text\":\"",
    "WARC/1.0\r\n",
    "2022-13-45T99:99",
];

fn check(page: &Page) -> Article {
    let article = page::clean(page);
    for paragraph in &article.paragraphs {
        assert!(!article.body.slice(*paragraph).is_empty(), "an empty paragraph");
        if page.kind != Kind::Verbatim {
            let raw = article.alignment.raw(*paragraph).unwrap();
            assert!(page.raw.span(raw.start() as usize, raw.end() as usize).is_some(), "a span outside the page");
        }
    }
    for (body, raw) in article.alignment.pieces() {
        assert!(article.body.span(body.start() as usize, body.end() as usize).is_some());
        assert!(page.raw.span(raw.start() as usize, raw.end() as usize).is_some());
        if body.len() == raw.len() {
            let (a, b) = (article.body.slice(*body), page.raw.slice(*raw));
            assert!(a == b || a.trim().is_empty() || a.split_whitespace().eq(b.split_whitespace()), "{a:?} is not {b:?}");
        }
    }
    for removed in &article.removed {
        assert!(removed.raw.is_none_or(|r| page.raw.span(r.start() as usize, r.end() as usize).is_some()));
    }
    let again = page::clean(page);
    assert_eq!(again.body.as_str(), article.body.as_str());
    article
}

fn read(name: &str, bytes: &[u8]) -> usize {
    page::read_from(name, Cursor::new(bytes.to_vec()), &ReadOptions::default())
        .map(|p| p.map(|p| check(&p)).is_ok())
        .filter(|ok| *ok)
        .count()
}

#[test]
fn any_mixture_of_scraps_is_read() {
    for seed in 1..400u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let n = dice.roll(60);
        let text: String = (0..n).map(|_| SCRAPS[dice.roll(SCRAPS.len())]).collect();
        for kind in [Kind::Text, Kind::Html, Kind::Verbatim] {
            check(&Page::new(kind, &text, page::Given::default()));
        }
        for name in ["x.jsonl", "x.xml", "x.warc", "x.html", "x"] {
            read(name, text.as_bytes());
        }
    }
}

#[test]
fn any_bytes_are_read() {
    for seed in 1..200u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let heads: [&[u8]; 8] =
            [b"", b"\x1f\x8b\x08", b"PK\x03\x04", b"WARC/1.0\r\n", b"<rss>", b"\xff\xfe", b"\xef\xbb\xbf", b"<html>"];
        let mut bytes = heads[dice.roll(heads.len())].to_vec();
        let n = dice.roll(2000);
        bytes.extend((0..n).map(|_| dice.roll(256) as u8));
        for name in ["x", "x.jsonl", "x.html"] {
            read(name, &bytes);
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn warc(n: usize) -> Vec<Vec<u8>> {
    let mut dice = Dice(7);
    (0..n)
        .map(|i| {
            // Words at random, so that a member has some length.
            let words: String = (0..3000).map(|_| format!("{:x} ", dice.roll(1 << 30))).collect();
            let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The envoys met for the time number {i}, an official said.</p><p>{words}.</p>");
            let head = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n", http.len());
            gzip(format!("{head}{http}\r\n\r\n").as_bytes())
        })
        .collect()
}

#[test]
fn a_damaged_member_costs_a_crawl_no_more_than_its_neighbour() {
    let members = warc(9);
    assert_eq!(read("x.warc.gz", &members.concat()), 9);
    let mut damaged = members.clone();
    let middle = damaged[4].len() / 2;
    damaged[4][middle..].fill(0xaa);
    assert!(read("x.warc.gz", &damaged.concat()) >= 7, "{}", read("x.warc.gz", &damaged.concat()));
    damaged[4].truncate(middle);
    assert!(read("x.warc.gz", &damaged.concat()) >= 7, "{}", read("x.warc.gz", &damaged.concat()));
}

#[test]
fn archives_in_archives_are_read_and_bombs_are_not() {
    let page = b"The envoys met in Geneva on Monday and spoke for seven hours, an official said.";
    let mut tar = vec![0u8; 512];
    tar[..8].copy_from_slice(b"a/b.html");
    tar[100..107].copy_from_slice(b"0000644");
    let size = format!("{:011o}", page.len());
    tar[124..135].copy_from_slice(size.as_bytes());
    tar[156] = b'0';
    tar[257..262].copy_from_slice(b"ustar");
    tar[148..156].fill(b' ');
    let sum: u32 = tar.iter().map(|b| u32::from(*b)).sum();
    tar[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    tar.extend_from_slice(page);
    tar.resize(512 + 512 + 1024, 0);
    assert_eq!(read("x.tar", &tar), 1);
    assert_eq!(read("x.tar.gz", &gzip(&tar)), 1);
    // Ten times packed.
    let mut nested = tar.clone();
    for _ in 0..10 {
        nested = gzip(&nested);
    }
    assert_eq!(read("x.gz", &nested), 0);
}

#[test]
fn a_zip_is_read_member_by_member() {
    let page = b"The envoys met in Geneva on Monday and spoke for seven hours, an official said.";
    let mut zip = Vec::new();
    for (name, stored) in [("a.txt", true), ("b.txt", false)] {
        let packed = if stored {
            page.to_vec()
        } else {
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(page).unwrap();
            encoder.finish().unwrap()
        };
        zip.extend_from_slice(b"PK\x03\x04\x14\0\0\0");
        zip.extend_from_slice(&(if stored { 0u16 } else { 8 }).to_le_bytes());
        zip.extend_from_slice(&[0; 8]);
        zip.extend_from_slice(&(packed.len() as u32).to_le_bytes());
        zip.extend_from_slice(&(page.len() as u32).to_le_bytes());
        zip.extend_from_slice(&(name.len() as u16).to_le_bytes());
        zip.extend_from_slice(&[0, 0]);
        zip.extend_from_slice(name.as_bytes());
        zip.extend_from_slice(&packed);
    }
    zip.extend_from_slice(b"PK\x01\x02");
    assert_eq!(read("x.zip", &zip), 2);
    for cut in [10, 40, zip.len() / 2, zip.len() - 6] {
        read("x.zip", &zip[..cut]);
    }
}

#[test]
fn a_hundred_megabytes_of_one_character() {
    let bytes = vec![b'a'; 100 << 20];
    let pages: Vec<Page> = page::read_from("x.txt", Cursor::new(bytes), &ReadOptions::default()).map(Result::unwrap).collect();
    assert!(pages[0].notes.iter().any(|n| n.id == "too-long"));
    let article = check(&pages[0]);
    assert!(article.body.as_str().is_empty());
    assert!(article.notes.iter().any(|n| n.id == "no-article"));
}

#[test]
fn ten_thousand_nested_elements() {
    for tag in ["div", "b", "a", "table", "blockquote", "ul><li", "p"] {
        let html =
            format!("<{tag}>").repeat(10_000) + "The envoys met in Geneva on Monday and spoke for seven hours, an official said.";
        let article = check(&Page::new(Kind::Html, &html, page::Given::default()));
        assert!(article.body.as_str().contains("Geneva"), "{tag}");
    }
}
