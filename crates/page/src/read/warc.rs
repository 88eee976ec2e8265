//! WARC and WET: the pages of a crawl, record by record, in flat memory.
//!
//! A damaged record costs itself alone: whatever its stated length, a line `WARC/1.…` begins the next one. A page that
//! quotes such a line would be cut there; no page of a crawl does.

use std::io::{self, BufRead, Read};

use text::{Note, hash128};

use super::{Source, single};
use crate::{Error, ErrorKind, Given, Page, dates};

/// The most bytes of a record's head, and of an HTTP head.
const HEAD: usize = 64 << 10;

/// The pages of a crawl.
pub(super) struct Records<R> {
    source: Source,
    input: R,
    /// The first line of the next record, where it was read already.
    begun: bool,
    done: bool,
    number: u64,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(source: Source, input: R) -> Self {
        source.recover.store(true, std::sync::atomic::Ordering::Relaxed);
        Records { source, input, begun: false, done: false, number: 0 }
    }

    /// Reads on to the next line that begins a record.
    fn seek(&mut self) -> io::Result<bool> {
        if std::mem::take(&mut self.begun) {
            return Ok(true);
        }
        let mut whole = true;
        loop {
            let mut line = Vec::new();
            let n = self.input.by_ref().take(HEAD as u64).read_until(b'\n', &mut line)?;
            if n == 0 {
                return Ok(false);
            }
            if whole && begins(&line) {
                return Ok(true);
            }
            whole = line.ends_with(b"\n");
        }
    }

    /// The next record's head and content, `None` at the end.
    fn record(&mut self) -> io::Result<Option<Record>> {
        if !self.seek()? {
            return Ok(None);
        }
        self.number += 1;
        let mut record = Record::default();
        let mut size = 0;
        loop {
            let mut line = Vec::new();
            let n = self.input.by_ref().take(HEAD as u64).read_until(b'\n', &mut line)?;
            size += n;
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end();
            if n == 0 || text.is_empty() || size > HEAD * 4 {
                break;
            }
            if begins(&line) {
                self.begun = true;
                return Ok(Some(record));
            }
            let Some((name, value)) = text.split_once(':') else { continue };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "warc-type" => record.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => record.url = value.trim_matches(['<', '>']).to_string(),
                "warc-record-id" => record.id = value.trim_matches(['<', '>']).to_string(),
                "warc-date" => record.fetched = value.to_string(),
                "content-type" => record.content_type = value.to_ascii_lowercase(),
                "content-length" => record.length = value.parse().unwrap_or(0),
                _ => {}
            }
        }
        self.content(&mut record)?;
        Ok(Some(record))
    }

    /// Reads a record's content: what is wanted of it, no more than a page may have.
    fn content(&mut self, record: &mut Record) -> io::Result<()> {
        let wanted = record.wanted();
        let limit = self.source.options.limits.page_bytes + HEAD;
        let (mut left, mut whole) = (record.length, true);
        let mut line = Vec::new();
        while left > 0 {
            line.clear();
            let n = self.input.by_ref().take(left.min(HEAD as u64)).read_until(b'\n', &mut line)? as u64;
            if n == 0 {
                record.torn = true;
                return Ok(());
            }
            if whole && begins(&line) {
                record.torn = true;
                self.begun = true;
                return Ok(());
            }
            whole = line.ends_with(b"\n");
            left -= n;
            if wanted && record.content.len() < limit {
                record.content.extend_from_slice(&line);
                record.long |= record.content.len() >= limit;
            }
        }
        Ok(())
    }
}

/// Whether a line begins a record.
fn begins(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    (line.starts_with(b"WARC/1.") || line.starts_with(b"WARC/0.")) && line.len() <= 10
}

#[derive(Default)]
struct Record {
    kind: String,
    url: String,
    id: String,
    fetched: String,
    content_type: String,
    length: u64,
    content: Vec<u8>,
    /// The length it states is wrong, or the file breaks off.
    torn: bool,
    long: bool,
}

impl Record {
    fn wanted(&self) -> bool {
        match self.kind.as_str() {
            "response" => self.content_type.is_empty() || self.content_type.contains("http"),
            "resource" | "conversion" => self.content_type.contains("text") || self.content_type.contains("html"),
            _ => false,
        }
    }

    /// The page in the record; `None` where it holds none (a picture, a redirection, a robots file).
    fn page(self, source: &Source, number: u64) -> Option<Result<Page, Error>> {
        if !self.wanted() {
            return None;
        }
        let mut notes = Vec::new();
        let (mut body, mut content_type) = (self.content.as_slice(), self.content_type.clone());
        let mut unpacked;
        if self.kind == "response" {
            let http = Http::read(body)?;
            if http.status >= 300 {
                return None;
            }
            content_type = http.content_type;
            body = &body[http.head..];
            if http.chunked {
                unpacked = dechunk(body);
                body = &unpacked;
            }
            if http.gzip && body.starts_with(b"\x1f\x8b") {
                let mut out = Vec::new();
                let limit = source.options.limits.page_bytes as u64;
                // What came before a break is still the page.
                let broken = flate2::read::MultiGzDecoder::new(body).take(limit).read_to_end(&mut out).is_err();
                if broken {
                    notes.push(Note::new("damaged", "the packed page breaks off; what came before is read"));
                }
                unpacked = out;
                body = &unpacked;
            }
        }
        let html = content_type.contains("html");
        if !html && !content_type.is_empty() && !content_type.starts_with("text/plain") {
            return None;
        }
        if self.url.ends_with("/robots.txt") || self.url.starts_with("dns:") {
            return None;
        }
        if self.torn {
            notes.push(Note::new("damaged", "the record is shorter than it says; what is there was read"));
        }
        let limit = source.options.limits.page_bytes;
        if self.long || body.len() > limit {
            notes.push(Note::new("too-long", format!("longer than {} MiB; only the beginning is read", limit >> 20)));
            body = &body[..body.len().min(limit)];
        }
        let charset = content_type.split_once("charset=").map(|(_, c)| c.trim_matches(['"', '\'', ' ', ';']).to_string());
        let format = if html { super::Format::Html } else { super::Format::Text };
        let fetched = dates::parse(&self.fetched).map(|s| s.date);
        let given = Given { url: Some(self.url.clone()).filter(|u| !u.is_empty()), fetched, ..Given::default() };
        let name = Source {
            name: format!("{}!/{}", source.name, if self.url.is_empty() { number.to_string() } else { self.url.clone() }),
            ..source.clone()
        };
        let page = single::from_bytes(&name, body, charset.as_deref(), Some(format), given, notes).map(|mut page| {
            page.path = Some(source.name.clone());
            if !self.id.is_empty() {
                // Crawls fetch a page again and again; its id is its record's.
                page.id = hash128(&[self.id.as_bytes(), body]).to_string();
            }
            page
        });
        Some(page)
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Page, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.record() {
                Ok(Some(record)) => {
                    if let Some(page) = record.page(&self.source, self.number) {
                        return Some(page);
                    }
                }
                Ok(None) => {
                    self.done = true;
                    if self.number == 0 {
                        return Some(Err(self.source.error(ErrorKind::Malformed("no WARC record is in it".into()))));
                    }
                }
                Err(error) => {
                    self.done = true;
                    return Some(Err(Error::io(self.source.name.clone(), error)));
                }
            }
        }
        None
    }
}

/// The head of an HTTP answer.
struct Http {
    status: u16,
    /// Where the body begins.
    head: usize,
    content_type: String,
    chunked: bool,
    gzip: bool,
}

impl Http {
    fn read(bytes: &[u8]) -> Option<Http> {
        let window = &bytes[..bytes.len().min(HEAD)];
        let crlf = find(window, b"\r\n\r\n").map(|i| i + 4);
        let lf = find(window, b"\n\n").map(|i| i + 2);
        let head = crlf.into_iter().chain(lf).min()?;
        let text = String::from_utf8_lossy(&bytes[..head]);
        let mut lines = text.lines();
        let status = lines.next()?.split_whitespace().nth(1)?.parse().ok()?;
        let mut http = Http { status, head, content_type: String::new(), chunked: false, gzip: false };
        for (name, value) in lines.filter_map(|l| l.split_once(':')) {
            let value = value.trim().to_ascii_lowercase();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" => http.content_type = value,
                "transfer-encoding" => http.chunked = value.contains("chunked"),
                "content-encoding" => http.gzip = value.contains("gzip"),
                _ => {}
            }
        }
        Some(http)
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

/// Takes the chunk sizes out; bytes that are not chunked after all stay as they are.
fn dechunk(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(end) = bytes[at..].iter().take(20).position(|b| *b == b'\n') {
        let size = std::str::from_utf8(&bytes[at..at + end])
            .ok()
            .and_then(|s| usize::from_str_radix(s.trim().split(';').next()?.trim(), 16).ok());
        let Some(size) = size else {
            return if out.is_empty() { bytes.to_vec() } else { out };
        };
        let start = at + end + 1;
        let stop = start.saturating_add(size).min(bytes.len());
        out.extend_from_slice(&bytes[start..stop]);
        if size == 0 || stop >= bytes.len() {
            break;
        }
        at = stop;
        // The chunk's own line end.
        at += usize::from(bytes[at..].starts_with(b"\r"));
        at += usize::from(bytes[at..].starts_with(b"\n"));
    }
    if out.is_empty() { bytes.to_vec() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, ReadOptions};

    fn record(length: usize, body: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.org/{length}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n"
        )
    }

    fn http(word: &str) -> String {
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{word}</p>")
    }

    fn read(warc: &str) -> Vec<(String, usize)> {
        Records::new(Source::new("w.warc".into(), &ReadOptions::default()), warc.as_bytes())
            .map(|p| p.map(|p| (p.raw.as_str().trim().to_string(), p.notes.len())).unwrap())
            .collect()
    }

    #[test]
    fn records_yield_pages() {
        let (a, b) = (http("one"), http("two"));
        assert_eq!(read(&(record(a.len(), &a) + &record(b.len(), &b))), [("<p>one</p>".into(), 0), ("<p>two</p>".into(), 0)]);
    }

    #[test]
    fn a_wrong_length_costs_no_other_record() {
        let (a, b, c) = (http("one"), http("two"), http("three"));
        let long = record(a.len() + 5000, &a) + &record(b.len(), &b) + &record(c.len(), &c);
        assert_eq!(read(&long).iter().map(|p| p.0.as_str()).collect::<Vec<_>>(), ["<p>one</p>", "<p>two</p>", "<p>three</p>"]);
        let short = record(a.len() - 6, &a) + "junk\r\n" + &record(b.len(), &b);
        assert_eq!(read(&short).len(), 2);
    }

    #[test]
    fn wet_is_text() {
        let wet =
            "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nKyiv said no.\r\n\r\n";
        let pages: Vec<_> = Records::new(Source::new("w.wet".into(), &ReadOptions::default()), wet.as_bytes()).collect();
        assert_eq!(pages[0].as_ref().unwrap().kind, Kind::Text);
    }

    #[test]
    fn chunks_are_joined() {
        assert_eq!(dechunk(b"4\r\nKyiv\r\n5\r\n said\r\n0\r\n\r\n"), b"Kyiv said");
        assert_eq!(dechunk(b"<p>no chunks</p>"), b"<p>no chunks</p>");
    }
}
