//! JSON Lines: a page a line. A line that holds no page is an error of its own; the next line is read.

use std::io::BufRead;

use serde_json::Value;
use text::Note;

use super::Source;
use super::row::{Row, WORDS};
use crate::{Error, ErrorKind, Page};

/// The pages of a JSON Lines input.
pub(super) struct Lines<R> {
    source: Source,
    input: R,
    line: u64,
    done: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(source: Source, input: R) -> Self {
        Lines { source, input, line: 0, done: false }
    }

    fn error(&self, kind: ErrorKind) -> Error {
        Error::new(format!("{}:{}", self.source.name, self.line), kind)
    }

    fn page(&self, bytes: &[u8]) -> Result<Page, Error> {
        let mut notes = Vec::new();
        let line = String::from_utf8_lossy(bytes);
        if line.contains('\u{fffd}') && std::str::from_utf8(bytes).is_err() {
            notes.push(Note::new("charset", "some bytes of the line are not UTF-8; they were replaced by U+FFFD"));
        }
        let line = line.trim_start_matches('\u{feff}');
        let mut value: Value = match serde_json::from_str(line) {
            Ok(value) => value,
            Err(error) => match whole_surrogates(line).and_then(|repaired| serde_json::from_str(&repaired).ok()) {
                Some(value) => {
                    notes.push(Note::new("charset", "half a character (a lone surrogate) was replaced by U+FFFD"));
                    value
                }
                None => return Err(self.error(ErrorKind::Malformed(format!("no JSON object: {error}")))),
            },
        };
        let mut row = Row::default();
        row.notes = notes;
        for field in WORDS {
            match value.get(field) {
                Some(Value::String(s)) => row.set(field, s.clone()),
                Some(Value::Number(n)) => row.set(field, n.to_string()),
                _ => {}
            }
        }
        let mut words = |key: &str| match value.get_mut(key).map(Value::take) {
            Some(Value::String(s)) => Some(s),
            _ => None,
        };
        row.text = words("text");
        row.html = words("html");
        row.page(&self.source).map_err(|kind| self.error(kind))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Page, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            self.line += 1;
            let mut bytes = Vec::new();
            let limit = self.source.options.limits.page_bytes;
            match line(&mut self.input, &mut bytes, limit) {
                Ok(Line::End) => self.done = true,
                Ok(Line::Long) => {
                    return Some(Err(self.error(ErrorKind::Malformed(format!("longer than {} MiB", limit >> 20)))));
                }
                Ok(Line::Whole) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Line::Whole) => return Some(self.page(&bytes)),
                Err(error) => {
                    self.done = true;
                    return Some(Err(Error::io(format!("{}:{}", self.source.name, self.line), error)));
                }
            }
        }
        None
    }
}

enum Line {
    Whole,
    Long,
    End,
}

/// Reads one line; of one beyond `limit` the rest is passed over.
fn line(input: &mut impl BufRead, bytes: &mut Vec<u8>, limit: usize) -> std::io::Result<Line> {
    let (mut any, mut long) = (false, false);
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(if !any {
                Line::End
            } else if long {
                Line::Long
            } else {
                Line::Whole
            });
        }
        any = true;
        let end = buffer.iter().position(|b| *b == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        long |= bytes.len() + part.len() > limit;
        if !long {
            bytes.extend_from_slice(part);
        }
        let used = end.map_or(buffer.len(), |e| e + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(if long { Line::Long } else { Line::Whole });
        }
    }
}

/// The line with every lone half of a surrogate pair as `\ufffd`; `None` where there is none.
fn whole_surrogates(line: &str) -> Option<String> {
    let half = |at: usize| -> Option<u16> {
        let hex = line.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(hex, 16).ok().filter(|u| (0xd800..0xe000).contains(u))
    };
    let mut out = String::with_capacity(line.len());
    let (mut at, mut changed) = (0, false);
    while let Some(step) = line[at..].find('\\') {
        out.push_str(&line[at..at + step]);
        at += step;
        match half(at) {
            Some(high) if high < 0xdc00 && half(at + 6).is_some_and(|low| low >= 0xdc00) => {
                out.push_str(&line[at..at + 12]);
                at += 12;
            }
            Some(_) => {
                out.push_str("\\ufffd");
                changed = true;
                at += 6;
            }
            None => {
                let end = at + 1 + line[at + 1..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&line[at..end]);
                at = end;
            }
        }
    }
    out.push_str(&line[at..]);
    changed.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, ReadOptions};

    fn read(text: &str) -> Vec<Result<Page, Error>> {
        Lines::new(Source::new("p.jsonl".into(), &ReadOptions::default()), text.as_bytes()).collect()
    }

    #[test]
    fn a_bare_sentence_is_kept_to_the_letter() {
        let pages = read("{\"id\":7,\"text\":\" Kyiv said  no.\"}\n\n{\"html\":\"<p>Yes.</p>\"}");
        assert_eq!(pages.len(), 2);
        let first = pages[0].as_ref().unwrap();
        assert_eq!((first.id.as_str(), first.kind, first.raw.as_str()), ("7", Kind::Verbatim, " Kyiv said  no."));
        assert_eq!(pages[1].as_ref().unwrap().kind, Kind::Html);
    }

    #[test]
    fn a_bad_line_is_named_and_the_next_is_read() {
        let pages = read("{\"text\":\"One.\"}\nnot json\n{\"title\":\"no text\"}\n{\"text\":\"Two.\"}\n");
        assert_eq!(pages.iter().filter(|p| p.is_ok()).count(), 2);
        assert!(pages[1].as_ref().unwrap_err().to_string().starts_with("p.jsonl:2"));
    }

    #[test]
    fn a_lone_surrogate_does_not_lose_the_line() {
        let pages = read("{\"text\":\"Kyiv \\ud83d said \\\\ud83d \\ud83d\\ude00\"}");
        let page = pages[0].as_ref().unwrap();
        assert_eq!(page.raw.as_str(), "Kyiv \u{fffd} said \\ud83d 😀");
        assert_eq!(page.notes.len(), 1);
    }
}
