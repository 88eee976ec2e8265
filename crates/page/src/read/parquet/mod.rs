//! Parquet: a page a row, from a column of text or markup. Read row group by row group and, within, page by page, so that memory
//! stays flat on a file of any size.
//!
//! A reader of our own: the `parquet` crate (60.1, without Arrow) panics on damaged files, on 2,585 of 746,744 tables bent at
//! random, where this one did on none of 1.6 million bent by the fuzz target; its panics could be caught, but not silently, and not where
//! panics abort. It also adds 64 processor seconds to a cold build. What is needed here, plain columns of words and times, is a small
//! part of the format; if tables are ever written as well, the crate is worth another look. What is left out is named when it is
//! met: encryption, LZO, LZ4 and Brotli. Nested columns are passed over.

mod column;
mod footer;
mod packed;
mod thrift;

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use text::Note;

use super::Source;
use super::row::Row;
use crate::{Error, ErrorKind, Page, charset};
use column::Values;
use footer::{Column, Footer, Meaning, Part, Stored};

/// A file in which one can move.
pub(super) trait File: Read + Seek + Send {}
impl<T: Read + Seek + Send> File for T {}

/// Names that columns go by, best first, for each part of a page.
static NAMES: LazyLock<BTreeMap<String, Vec<String>>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../lexicon/columns.toml")).unwrap_or_default());

/// The pages of a Parquet file.
pub(super) struct Rows {
    source: Source,
    file: Box<dyn File>,
    /// Row groups still to be read, last first.
    parts: Vec<Part>,
    /// The columns that are read, each for one part of a page.
    columns: Vec<(&'static str, Column)>,
    /// Their values in the row group at hand.
    values: Vec<Values>,
    /// Rows left in it.
    left: u64,
    row: u64,
    /// Packed bytes of the row groups before this one, and bytes given out.
    packed: u64,
    given: u64,
    /// What the first answer will be, where the file cannot be read.
    failed: Option<String>,
}

impl Rows {
    pub(super) fn new(source: Source, mut file: Box<dyn File>) -> Rows {
        let footer = Footer::read(&mut file, |name| part_of(name).is_some());
        let (footer, mut failed) = match footer {
            Ok(footer) => (footer, None),
            Err(why) => (Footer::default(), Some(why)),
        };
        let mut columns: Vec<(&'static str, Column)> = Vec::new();
        for (part, names) in NAMES.iter() {
            let best = names.iter().find_map(|name| footer.columns.iter().find(|c| c.name.eq_ignore_ascii_case(name)));
            columns.extend(best.map(|column| (part.as_str(), column.clone())));
        }
        let text = |(part, column): &(&str, Column)| matches!(*part, "text" | "html") && column.stored == Stored::Bytes;
        if failed.is_none() && !columns.iter().any(text) {
            let names = |part: &str| NAMES.get(part).map(|n| n.join(", ")).unwrap_or_default();
            failed = Some(format!("it has no column of words named {} or {}", names("text"), names("html")));
        }
        let parts = footer.into_parts();
        Rows { source, file, parts, columns, values: Vec::new(), left: 0, row: 0, packed: 0, given: 0, failed }
    }

    /// Opens the next row group; `false` at the end.
    fn advance(&mut self) -> Result<bool, String> {
        let Some(part) = self.parts.pop() else { return Ok(false) };
        self.packed += self.values.iter().map(|v| v.packed).sum::<u64>();
        self.values.clear();
        for (_, column) in &self.columns {
            let chunk = part.chunk(column.leaf).ok_or_else(|| format!("a row group has no column `{}`", column.name))?;
            self.values.push(Values::new(column, chunk)?);
        }
        self.left = part.rows;
        Ok(true)
    }

    /// The next row; `None` where the row group has no more.
    fn read_row(&mut self) -> Result<Option<Row>, String> {
        let mut row = Row::default();
        for ((part, column), values) in self.columns.iter().zip(&mut self.values) {
            let Some(value) = values.next(&mut self.file)? else { return Ok(None) };
            let Some(value) = value else { continue };
            self.given += value.len() as u64;
            let mut notes = Vec::new();
            let value = match column.stored {
                Stored::Bytes => Value::Words(words(value, &mut notes)),
                stored => number(value, stored, column.meaning),
            };
            row.notes.append(&mut notes);
            match (*part, value) {
                ("text", Value::Words(text)) => row.text = Some(text),
                ("html", Value::Words(html)) => row.html = Some(html),
                ("published", Value::Day(day)) => row.published_day = Some(day),
                ("fetched", Value::Day(day)) => row.fetched_day = Some(day),
                (_, Value::Day(_)) => {}
                (part, Value::Words(words)) => row.set(part, words),
                (part, Value::Number(n)) => row.set(part, n.to_string()),
            }
        }
        Ok(Some(row))
    }

    /// What the next row is, with the row groups gone through that are empty.
    fn step(&mut self) -> Result<Option<Row>, String> {
        while self.left == 0 {
            if !self.advance()? {
                return Ok(None);
            }
        }
        self.left -= 1;
        self.row += 1;
        // A row of no words costs time too.
        self.given += 16;
        let limits = self.source.options.limits;
        let packed = self.packed + self.values.iter().map(|v| v.packed).sum::<u64>();
        if self.given > limits.expansion_free && self.given / packed.max(1) > limits.expansion {
            self.parts.clear();
            return Err(format!("unpacks to more than {} times its size", limits.expansion));
        }
        match self.read_row()? {
            Some(row) => Ok(Some(row)),
            None => Err("it holds fewer rows than it says".into()),
        }
    }
}

impl Iterator for Rows {
    type Item = Result<Page, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(why) = self.failed.take() {
            self.parts.clear();
            self.left = 0;
            return Some(Err(self.source.error(ErrorKind::Broken(why))));
        }
        match self.step() {
            Ok(None) => None,
            Ok(Some(row)) => {
                let name = format!("{}:{}", self.source.name, self.row);
                Some(row.page(&self.source).map_err(|kind| Error::new(name, kind)))
            }
            Err(why) => {
                // What is left of this row group cannot be trusted; the next one stands alone.
                self.left = 0;
                Some(Err(Error::new(format!("{}:{}", self.source.name, self.row), ErrorKind::Broken(why))))
            }
        }
    }
}

enum Value {
    Words(String),
    Number(i64),
    Day(Date),
}

/// The part of a page that a column of this name holds.
fn part_of(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(_, names)| names.iter().any(|n| n.eq_ignore_ascii_case(name))).map(|(part, _)| part.as_str())
}

/// Bytes of any charset as words; bytes that are no text are kept as far as they can be read.
fn words(bytes: &[u8], notes: &mut Vec<Note>) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(_) => charset::decode(bytes, None, notes).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned()),
    }
}

/// A stored number, or the day that it means.
fn number(bytes: &[u8], stored: Stored, meaning: Meaning) -> Value {
    let low = |bytes: &[u8]| bytes.iter().rev().fold(0u64, |n, b| n << 8 | u64::from(*b));
    let n = match stored {
        Stored::Int32 => i64::from(low(bytes) as u32 as i32),
        Stored::Int96 => {
            // The day is a Julian one.
            let day = i64::from(low(&bytes[8.min(bytes.len())..]) as u32 as i32) - 2_440_588;
            return day_of(day.saturating_mul(86_400)).map_or(Value::Number(day), Value::Day);
        }
        _ => low(bytes) as i64,
    };
    let seconds = match meaning {
        Meaning::Plain => return Value::Number(n),
        Meaning::Days => n.saturating_mul(86_400),
        Meaning::Moment(unit) => n.div_euclid(unit),
    };
    day_of(seconds).map_or(Value::Number(n), Value::Day)
}

fn day_of(seconds: i64) -> Option<Date> {
    let moment = Timestamp::from_second(seconds).ok()?;
    Some(moment.to_zoned(TimeZone::UTC).date()).filter(|d| (1900..=2100).contains(&d.year()))
}
