//! The bounds that no input may exceed, each met on purpose: size, depth, number of elements, entities, unpacking, packings.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Read, Write};

use page::{Given, Kind, Limits, Page, ReadOptions};

const SENTENCE: &str = "The envoys met in Geneva on Monday and spoke for seven hours about two drafts, an official said.";

fn small() -> ReadOptions {
    let limits = Limits { page_bytes: 10_000, expansion: 20, expansion_free: 50_000, table_bytes: 1_000 };
    ReadOptions { limits, ..ReadOptions::default() }
}

fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Vec<Result<Page, String>> {
    page::read_from(name, Cursor::new(bytes), options).map(|p| p.map_err(|e| e.to_string())).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn noted(page: &Page, id: &str) -> bool {
    page::clean(page).notes.iter().any(|n| n.id == id)
}

#[test]
fn size() {
    let long = format!("{SENTENCE} ").repeat(300);
    for (name, bytes) in [("x.txt", long.clone()), ("x.html", format!("<p>{long}"))] {
        let pages = read(name, bytes.into_bytes(), &small());
        let page = pages[0].as_ref().unwrap();
        assert!(page.raw.as_str().len() <= 10_000 && noted(page, "too-long"), "{name}");
    }
    // A line too long costs itself alone.
    let lines = format!("{{\"text\":\"{long}\"}}\n{{\"text\":\"{SENTENCE}\"}}\n");
    let pages = read("x.jsonl", lines.into_bytes(), &small());
    assert!(pages[0].is_err() && pages[1].is_ok());
    // A record too long is cut, and the next one read.
    let record = |body: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
    };
    let giant = format!("{SENTENCE}\n").repeat(2_000);
    let pages = read("x.wet", (record(&giant) + &record(SENTENCE)).into_bytes(), &small());
    assert_eq!(pages.len(), 2);
    assert!(pages[0].as_ref().unwrap().raw.as_str().len() <= 10_000 && noted(pages[0].as_ref().unwrap(), "too-long"));
    assert_eq!(pages[1].as_ref().unwrap().raw.as_str(), SENTENCE);
    // A table that must be held whole is refused beyond a bound.
    let table = [b"PAR1".as_slice(), &[0; 2_000], b"PAR1"].concat();
    assert!(read("-", table, &small())[0].as_ref().unwrap_err().contains("unpack it and name the file"));
}

#[test]
fn depth_and_number_of_elements() {
    let deep = "<div>".repeat(50_000) + SENTENCE;
    assert!(noted(&Page::new(Kind::Html, &deep, Given::default()), "hostile"));
    let many = format!("<p>{SENTENCE}") + &"<b>".repeat(1_600_000);
    let page = Page::new(Kind::Html, &many, Given::default());
    assert!(noted(&page, "hostile"));
    assert_eq!(page::clean(&page).body.as_str(), SENTENCE);
    // JSON in a page's head is nested as well.
    let json = format!("<script type='application/ld+json'>{}</script><p>{SENTENCE}", "[".repeat(100_000));
    assert_eq!(page::clean(&Page::new(Kind::Html, &json, Given::default())).body.as_str(), SENTENCE);
    let lines = "[".repeat(100_000) + "\n" + &format!("{{\"text\":\"{SENTENCE}\"}}");
    let pages = read("x.jsonl", lines.into_bytes(), &ReadOptions::default());
    assert!(pages[0].is_err() && pages[1].is_ok());
}

#[test]
fn entities_do_not_multiply() {
    let declared: String = (1..10).map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10))).collect();
    let feed = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"ten bytes. \">{declared}]><rss><channel><item><title>t</title>\
         <description>{SENTENCE} &a9;</description></item></channel></rss>"
    );
    let pages = read("x.xml", feed.into_bytes(), &ReadOptions::default());
    let page = pages[0].as_ref().unwrap();
    assert!(page.raw.as_str().len() < 500, "{} bytes", page.raw.as_str().len());
    // What an entity yields is not read as an entity again.
    let twice = page::clean(&Page::new(Kind::Html, &format!("<p>{SENTENCE} &amp;lt;b&amp;gt;"), Given::default()));
    assert!(twice.body.as_str().ends_with("&lt;b&gt;"), "{}", twice.body.as_str());
}

#[test]
fn unpacking() {
    let zeros = vec![b' '; 3_000_000];
    let bomb = gzip(&zeros);
    assert!(zeros.len() / bomb.len() > 200);
    // A page is cut long before.
    let page = &read("x.txt.gz", bomb.clone(), &small())[0];
    assert!(noted(page.as_ref().unwrap(), "too-long"));
    // Many pages in one packed stream: the stream ends where it grows beyond measure.
    let pages = read("x.jsonl.gz", gzip(format!("{{\"text\":\"{SENTENCE}\"}}\n").repeat(30_000).as_bytes()), &small());
    assert!(pages.len() < 2_000, "{} pages", pages.len());
    assert!(pages.last().unwrap().as_ref().unwrap_err().contains("more than 20 times"));
    // A page packed inside a crawl's record.
    let http = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".as_slice(), &bomb].concat();
    let head =
        format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n", http.len());
    for page in read("x.warc", [head.as_bytes(), &http].concat(), &small()).into_iter().flatten() {
        assert!(page.raw.as_str().len() <= 10_000);
    }
    // A member of an archive, read as lines.
    let mut deflated = Vec::new();
    flate2::read::DeflateEncoder::new(
        format!("{{\"text\":\"{SENTENCE}\"}}\n").repeat(30_000).as_bytes(),
        flate2::Compression::best(),
    )
    .read_to_end(&mut deflated)
    .unwrap();
    let mut zip = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
    zip.extend_from_slice(&(deflated.len() as u32).to_le_bytes());
    zip.extend_from_slice(&0u32.to_le_bytes());
    zip.extend_from_slice(&[7, 0, 0, 0]);
    zip.extend_from_slice(b"a.jsonl");
    zip.extend_from_slice(&deflated);
    let pages = read("x.zip", zip, &small());
    assert!(pages.len() < 2_000, "{} pages", pages.len());
}

#[test]
fn packings_in_one_another() {
    let mut nested = SENTENCE.as_bytes().to_vec();
    for depth in 0..6 {
        let pages = read("x.gz", nested.clone(), &ReadOptions::default());
        assert_eq!(pages[0].is_ok(), depth <= 4, "packed {depth} times: {:?}", pages[0]);
        nested = gzip(&nested);
    }
}
