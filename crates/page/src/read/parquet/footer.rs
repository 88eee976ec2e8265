//! A Parquet file's table of contents: its columns, and where each part of them lies.

use std::io::{Read, Seek, SeekFrom};

use super::thrift::{Result, Thrift};

/// The most bytes that a footer may have; that of ten thousand parts of a dozen columns has a tenth.
const LONGEST: u64 = 16 << 20;
const MOST_COLUMNS: u64 = 10_000;
const MOST_PARTS: u64 = 100_000;

/// A column of plain values at the top of the schema.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub name: String,
    /// Which of all columns it is, nested ones counted.
    pub leaf: usize,
    pub stored: Stored,
    pub meaning: Meaning,
    /// Whether a value may be missing.
    pub optional: bool,
}

/// How values are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    Int32,
    Int64,
    /// Days and nanoseconds, as Spark wrote times once.
    Int96,
    Bytes,
    Other,
}

/// What whole numbers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Plain,
    Days,
    /// A moment; so many units in a second.
    Moment(i64),
}

/// Where one part (a row group) of one column lies.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Chunk {
    pub start: u64,
    pub length: u64,
    pub codec: i64,
    /// Kept in another file, or locked.
    pub elsewhere: bool,
}

/// The table of contents.
#[derive(Debug, Default)]
pub(super) struct Footer {
    pub columns: Vec<Column>,
    parts: Vec<Part>,
}

/// A row group.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub rows: u64,
    chunks: Vec<(usize, Chunk)>,
}

impl Part {
    /// Where the column's values lie.
    pub(super) fn chunk(&self, leaf: usize) -> Option<Chunk> {
        self.chunks.iter().find(|(n, _)| *n == leaf).map(|(_, chunk)| *chunk)
    }
}

impl Footer {
    /// Reads it from the end of the file; only columns that `wanted` names are kept.
    pub(super) fn read(file: &mut (impl Read + Seek), wanted: impl Fn(&str) -> bool) -> Result<Footer> {
        let broken = |e: std::io::Error| e.to_string();
        let size = file.seek(SeekFrom::End(0)).map_err(broken)?;
        if size < 12 {
            return Err("it breaks off".into());
        }
        file.seek(SeekFrom::Start(size - 8)).map_err(broken)?;
        let mut tail = [0u8; 8];
        file.read_exact(&mut tail).map_err(broken)?;
        match &tail[4..] {
            b"PAR1" => {}
            b"PARE" => return Err("it is locked by encryption".into()),
            _ => return Err("it breaks off before its table of contents".into()),
        }
        let length = u64::from(u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]));
        if length > LONGEST || length + 12 > size {
            return Err("the length of its table of contents cannot be".into());
        }
        file.seek(SeekFrom::Start(size - 8 - length)).map_err(broken)?;
        let mut bytes = vec![0; length as usize];
        file.read_exact(&mut bytes).map_err(broken)?;
        Footer::parse(&bytes, wanted)
    }

    fn parse(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Footer> {
        let mut footer = Footer::default();
        let mut elements = Vec::new();
        Thrift::new(bytes).fields(|t, id, kind| {
            match id {
                2 if kind.is_list() => t.list(|t, n| {
                    if n >= MOST_COLUMNS {
                        return Err(format!("it has more than {MOST_COLUMNS} columns"));
                    }
                    elements.push(Element::read(t)?);
                    Ok(())
                })?,
                4 if kind.is_list() => {
                    footer.columns = columns(&elements, &wanted);
                    let leaves: Vec<usize> = footer.columns.iter().map(|c| c.leaf).collect();
                    t.list(|t, n| {
                        if n >= MOST_PARTS {
                            return Err(format!("it has more than {MOST_PARTS} row groups"));
                        }
                        footer.parts.push(Part::read(t, &leaves)?);
                        Ok(())
                    })?;
                }
                8 if kind.is_struct() => return Err("it is locked by encryption".into()),
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(footer)
    }

    /// The row groups, last first.
    pub(super) fn into_parts(self) -> Vec<Part> {
        let mut parts = self.parts;
        parts.reverse();
        parts
    }
}

/// A node of the schema, which is written as a tree in order.
#[derive(Debug)]
struct Element {
    name: String,
    kind: Option<i64>,
    repetition: i64,
    children: i64,
    meaning: Meaning,
}

impl Element {
    fn read(t: &mut Thrift<'_>) -> Result<Element> {
        let mut e = Element { name: String::new(), kind: None, repetition: 0, children: 0, meaning: Meaning::Plain };
        t.fields(|t, id, kind| {
            match id {
                1 if kind.is_int() => e.kind = Some(t.int()?),
                3 if kind.is_int() => e.repetition = t.int()?,
                4 if kind.is_binary() => e.name = String::from_utf8_lossy(t.binary()?).into_owned(),
                5 if kind.is_int() => e.children = t.int()?,
                6 if kind.is_int() => match t.int()? {
                    6 => e.meaning = Meaning::Days,
                    9 => e.meaning = Meaning::Moment(1_000),
                    10 => e.meaning = Meaning::Moment(1_000_000),
                    _ => {}
                },
                10 if kind.is_struct() => t.fields(|t, id, kind| {
                    match id {
                        6 if kind.is_struct() => {
                            e.meaning = Meaning::Days;
                            return Ok(false);
                        }
                        8 if kind.is_struct() => t.fields(|t, id, kind| {
                            if id != 2 || !kind.is_struct() {
                                return Ok(false);
                            }
                            t.fields(|_, id, _| {
                                e.meaning =
                                    Meaning::Moment([1_000, 1_000_000, 1_000_000_000][usize::from(id.clamp(1, 3) as u16) - 1]);
                                Ok(false)
                            })?;
                            Ok(true)
                        })?,
                        _ => return Ok(false),
                    }
                    Ok(true)
                })?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(e)
    }
}

/// The plain columns at the top that are wanted.
fn columns(elements: &[Element], wanted: &impl Fn(&str) -> bool) -> Vec<Column> {
    let mut found = Vec::new();
    // How many children each open group still has; the first is the whole file.
    let mut open = vec![elements.first().map_or(0, |e| e.children)];
    let mut leaf = 0;
    for e in elements.iter().skip(1) {
        while open.len() > 1 && open.last().is_some_and(|left| *left <= 0) {
            open.pop();
        }
        if let Some(left) = open.last_mut() {
            *left -= 1;
        }
        let Some(kind) = e.kind.filter(|_| e.children <= 0) else {
            open.push(e.children);
            continue;
        };
        if open.len() == 1 && e.repetition < 2 && wanted(&e.name) {
            let stored = match kind {
                1 => Stored::Int32,
                2 => Stored::Int64,
                3 => Stored::Int96,
                6 => Stored::Bytes,
                _ => Stored::Other,
            };
            found.push(Column { name: e.name.clone(), leaf, stored, meaning: e.meaning, optional: e.repetition == 1 });
        }
        leaf += 1;
    }
    found
}

impl Part {
    fn read(t: &mut Thrift<'_>, leaves: &[usize]) -> Result<Part> {
        let mut part = Part::default();
        t.fields(|t, id, kind| {
            match id {
                1 if kind.is_list() => t.list(|t, n| {
                    let chunk = Chunk::read(t)?;
                    if leaves.contains(&(n as usize)) {
                        part.chunks.push((n as usize, chunk));
                    }
                    Ok(())
                })?,
                3 if kind.is_int() => part.rows = t.int()?.max(0) as u64,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(part)
    }
}

impl Chunk {
    fn read(t: &mut Thrift<'_>) -> Result<Chunk> {
        let mut chunk = Chunk::default();
        let (mut data, mut dictionary) = (0, 0);
        t.fields(|t, id, kind| {
            match id {
                1 if kind.is_binary() => chunk.elsewhere |= !t.binary()?.is_empty(),
                3 if kind.is_struct() => t.fields(|t, id, kind| {
                    match id {
                        4 if kind.is_int() => chunk.codec = t.int()?,
                        7 if kind.is_int() => chunk.length = t.int()?.max(0) as u64,
                        9 if kind.is_int() => data = t.int()?.max(0) as u64,
                        11 if kind.is_int() => dictionary = t.int()?.max(0) as u64,
                        _ => return Ok(false),
                    }
                    Ok(true)
                })?,
                8 if kind.is_struct() => {
                    chunk.elsewhere = true;
                    return Ok(false);
                }
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        chunk.start = if dictionary > 0 && dictionary < data { dictionary } else { data };
        Ok(chunk)
    }
}
