//! One part of one column, page by page: nothing but the page at hand and the dictionary is held in memory.

use std::io::{Read, Seek, SeekFrom};

use super::footer::{Chunk, Column, Stored};
use super::packed::{Runs, differences};
use super::thrift::{Result, TORN, Thrift};

/// The most bytes of a page of a column, unpacked. Writers aim at one million; some go to a hundred.
const PAGE: usize = 128 << 20;
/// The most numbers that are unpacked at once.
const NUMBERS: usize = 4 << 20;

/// The values of one column in one row group.
pub(super) struct Values {
    name: String,
    stored: Stored,
    optional: bool,
    codec: i64,
    at: u64,
    end: u64,
    dictionary: Option<Entries>,
    page: Option<Page>,
    /// Packed bytes read so far.
    pub packed: u64,
}

/// Values in a buffer.
struct Entries {
    bytes: Vec<u8>,
    places: Vec<(u32, u32)>,
}

struct Page {
    bytes: Vec<u8>,
    /// Which values are there, with the bytes that say so; `None` where all are.
    present: Option<(Vec<u8>, Runs)>,
    /// How many rows are left, missing ones counted.
    left: u64,
    coding: Coding,
}

enum Coding {
    /// One behind the other.
    Plain(usize),
    Dictionary(Runs),
    /// At these places of the buffer.
    Places(std::vec::IntoIter<(u32, u32)>),
}

/// A page's head.
#[derive(Default)]
struct Head {
    kind: i64,
    unpacked: i64,
    packed: i64,
    values: i64,
    encoding: i64,
    level_encoding: i64,
    levels: i64,
    repeats: i64,
    second_version: bool,
    stored_plain: bool,
}

impl Values {
    pub(super) fn new(column: &Column, chunk: Chunk) -> Result<Values> {
        let name = column.name.clone();
        if chunk.elsewhere {
            return Err(format!("its column `{name}` is locked or kept in another file"));
        }
        let end = chunk.start.checked_add(chunk.length).ok_or("a column lies beyond its end")?;
        Ok(Values {
            name,
            stored: column.stored,
            optional: column.optional,
            codec: chunk.codec,
            at: chunk.start,
            end,
            dictionary: None,
            page: None,
            packed: 0,
        })
    }

    /// The next row's value: `None` at the end, `Some(None)` where it is missing.
    pub(super) fn next(&mut self, file: &mut (impl Read + Seek)) -> Result<Option<Option<&[u8]>>> {
        while self.page.as_ref().is_none_or(|page| page.left == 0) {
            self.page = None;
            if self.at >= self.end {
                return Ok(None);
            }
            self.turn(file).map_err(|why| format!("its column `{}`: {why}", self.name))?;
        }
        let Some(page) = &mut self.page else { return Ok(None) };
        page.left -= 1;
        if let Some((marks, present)) = &mut page.present
            && present.next(marks)? == 0
        {
            return Ok(Some(None));
        }
        let place = match &mut page.coding {
            Coding::Plain(at) => {
                let place = plain(&page.bytes, *at, self.stored)?;
                *at = place.1 as usize;
                place
            }
            Coding::Places(places) => places.next().ok_or("a page holds fewer values than it says")?,
            Coding::Dictionary(indices) => {
                let index = indices.next(&page.bytes)? as usize;
                let entries = self.dictionary.as_ref().ok_or("a page needs a dictionary that is not there")?;
                let (from, to) = *entries.places.get(index).ok_or("a value is not in its dictionary")?;
                return Ok(Some(Some(&entries.bytes[from as usize..to as usize])));
            }
        };
        Ok(Some(Some(&page.bytes[place.0 as usize..place.1 as usize])))
    }

    /// Reads the next page.
    fn turn(&mut self, file: &mut (impl Read + Seek)) -> Result<()> {
        let head = self.head(file)?;
        let size = |n: i64| usize::try_from(n).ok().filter(|n| *n <= PAGE);
        let too_large = || format!("a page of it says it is larger than {} MiB", PAGE >> 20);
        let packed = size(head.packed).ok_or_else(too_large)?;
        let unpacked = size(head.unpacked).ok_or_else(too_large)?;
        if packed as u64 > self.end - self.at {
            return Err("it breaks off".into());
        }
        let mut raw = Vec::new();
        file.take(packed as u64).read_to_end(&mut raw).map_err(|e| e.to_string())?;
        if raw.len() < packed {
            return Err("it breaks off".into());
        }
        self.at += packed as u64;
        self.packed += packed as u64;
        match head.kind {
            2 => {
                let bytes = self.unpack(raw, unpacked)?;
                self.dictionary = Some(entries(bytes, head.values, self.stored)?);
            }
            0 | 3 => self.page = Some(self.data(&head, raw, unpacked)?),
            // An index.
            _ => {}
        }
        Ok(())
    }

    fn head(&mut self, file: &mut (impl Read + Seek)) -> Result<Head> {
        // Heads are short, unless the writer put a long text in as the greatest value.
        for most in [4 << 10, 256 << 10, 16 << 20] {
            file.seek(SeekFrom::Start(self.at)).map_err(|e| e.to_string())?;
            let mut bytes = Vec::new();
            file.by_ref().take((self.end - self.at).min(most)).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
            let mut thrift = Thrift::new(&bytes);
            match Head::read(&mut thrift) {
                Ok(head) => {
                    self.at += thrift.used() as u64;
                    self.packed += thrift.used() as u64;
                    file.seek(SeekFrom::Start(self.at)).map_err(|e| e.to_string())?;
                    return Ok(head);
                }
                Err(why) if why == TORN && bytes.len() as u64 == most => {}
                Err(why) => return Err(why),
            }
        }
        Err("the head of a page is too long".into())
    }

    fn unpack(&self, raw: Vec<u8>, size: usize) -> Result<Vec<u8>> {
        let broken = |e: &dyn std::fmt::Display| format!("a page does not unpack ({e})");
        let read = |from: &mut dyn Read| {
            let mut out = Vec::new();
            from.take(size as u64).read_to_end(&mut out).map_err(|e| broken(&e)).map(|_| out)
        };
        let out = match self.codec {
            0 => raw,
            1 => {
                if snap::raw::decompress_len(&raw).map_err(|e| broken(&e))? > size {
                    return Err("a page unpacks to more than it says".into());
                }
                snap::raw::Decoder::new().decompress_vec(&raw).map_err(|e| broken(&e))?
            }
            2 => read(&mut flate2::bufread::MultiGzDecoder::new(raw.as_slice()))?,
            6 => read(&mut ruzstd::decoding::StreamingDecoder::new(raw.as_slice()).map_err(|e| broken(&e))?)?,
            other => {
                let name =
                    ["", "", "", "LZO", "Brotli", "LZ4", "", "LZ4"].get(usize::try_from(other).unwrap_or(0)).unwrap_or(&"");
                let name = if name.is_empty() { "an unknown method" } else { name };
                return Err(format!("it is packed by {name}; write it anew with snappy, gzip, zstd or none"));
            }
        };
        Ok(out)
    }

    fn data(&self, head: &Head, raw: Vec<u8>, size: usize) -> Result<Page> {
        let left = u64::try_from(head.values).map_err(|_| "a page holds a number of values that cannot be")?;
        let (bytes, levels, values) = if head.second_version {
            let length = |n: i64| usize::try_from(n).ok().filter(|n| *n <= raw.len()).ok_or("a page breaks off");
            let (repeats, levels) = (length(head.repeats)?, length(head.levels)?);
            let front = repeats + levels;
            if front > raw.len() {
                return Err("a page breaks off".into());
            }
            let bytes = if head.stored_plain {
                raw
            } else {
                let mut bytes = raw[..front].to_vec();
                // A page without any value may have no packed part at all.
                if raw.len() > front {
                    bytes.extend(self.unpack(raw[front..].to_vec(), size.saturating_sub(front))?);
                }
                bytes
            };
            (bytes, (repeats, front), front)
        } else {
            let bytes = self.unpack(raw, size)?;
            if self.optional {
                if head.level_encoding != 3 {
                    return Err("it marks missing values in a way long out of use".into());
                }
                let length = bytes.get(..4).map(|l| u32::from_le_bytes([l[0], l[1], l[2], l[3]]) as usize);
                let end = length.and_then(|l| l.checked_add(4)).filter(|e| *e <= bytes.len()).ok_or("a page breaks off")?;
                (bytes, (4, end), end)
            } else {
                (bytes, (0, 0), 0)
            }
        };
        let marks = bytes[levels.0..levels.1].to_vec();
        let runs = Runs::new(0, marks.len(), 1)?;
        let present = self.optional.then_some((marks, runs));
        let (bytes, coding) = match head.encoding {
            0 => (bytes, Coding::Plain(values)),
            2 | 8 => {
                // Where all values are missing, nothing stands here.
                let width = bytes.get(values).copied().unwrap_or(0);
                let start = (values + 1).min(bytes.len());
                let indices = Runs::new(start, bytes.len(), u32::from(width))?;
                (bytes, Coding::Dictionary(indices))
            }
            5 if matches!(self.stored, Stored::Int32 | Stored::Int64) => {
                let (numbers, _) = differences(&bytes, values, NUMBERS)?;
                let width = if self.stored == Stored::Int32 { 4 } else { 8 };
                let all = numbers.iter().flat_map(|n| n.to_le_bytes().into_iter().take(width)).collect::<Vec<u8>>();
                (all, Coding::Plain(0))
            }
            6 if self.stored == Stored::Bytes => {
                let (lengths, start) = differences(&bytes, values, NUMBERS)?;
                let places = behind_one_another(&lengths, start, bytes.len())?;
                (bytes, Coding::Places(places.into_iter()))
            }
            7 if self.stored == Stored::Bytes => {
                let (bytes, places) = with_common_beginnings(&bytes, values)?;
                (bytes, Coding::Places(places.into_iter()))
            }
            _ => return Err(format!("its values are encoded in a way that is not read ({})", head.encoding)),
        };
        Ok(Page { bytes, present, left, coding })
    }
}

impl Head {
    fn read(t: &mut Thrift<'_>) -> Result<Head> {
        let mut head = Head { kind: -1, ..Head::default() };
        t.fields(|t, id, kind| {
            match id {
                1 if kind.is_int() => head.kind = t.int()?,
                2 if kind.is_int() => head.unpacked = t.int()?,
                3 if kind.is_int() => head.packed = t.int()?,
                5 | 7 if kind.is_struct() => t.fields(|t, id, kind| {
                    match id {
                        1 if kind.is_int() => head.values = t.int()?,
                        2 if kind.is_int() => head.encoding = t.int()?,
                        3 if kind.is_int() => head.level_encoding = t.int()?,
                        _ => return Ok(false),
                    }
                    Ok(true)
                })?,
                8 if kind.is_struct() => {
                    head.second_version = true;
                    t.fields(|t, id, kind| {
                        match id {
                            1 if kind.is_int() => head.values = t.int()?,
                            4 if kind.is_int() => head.encoding = t.int()?,
                            5 if kind.is_int() => head.levels = t.int()?,
                            6 if kind.is_int() => head.repeats = t.int()?,
                            7 => {
                                head.stored_plain = !kind.truth();
                                return Ok(false);
                            }
                            _ => return Ok(false),
                        }
                        Ok(true)
                    })?;
                }
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(head)
    }
}

/// Where the plain value at `at` lies.
fn plain(bytes: &[u8], at: usize, stored: Stored) -> Result<(u32, u32)> {
    let (start, length) = match stored {
        Stored::Int32 => (at, 4),
        Stored::Int64 => (at, 8),
        Stored::Int96 => (at, 12),
        Stored::Bytes => {
            let l = bytes.get(at..at.saturating_add(4)).ok_or("a page holds fewer values than it says")?;
            (at + 4, u32::from_le_bytes([l[0], l[1], l[2], l[3]]) as usize)
        }
        Stored::Other => return Err("it holds neither words nor times".into()),
    };
    let end = start.checked_add(length).filter(|e| *e <= bytes.len()).ok_or("a page holds fewer values than it says")?;
    Ok((start as u32, end as u32))
}

fn entries(bytes: Vec<u8>, count: i64, stored: Stored) -> Result<Entries> {
    let mut places = Vec::new();
    let mut at = 0;
    for _ in 0..count.max(0) {
        let place = plain(&bytes, at, stored)?;
        at = place.1 as usize;
        places.push(place);
    }
    Ok(Entries { bytes, places })
}

/// Places of values of these lengths from `start` on.
fn behind_one_another(lengths: &[i64], start: usize, end: usize) -> Result<Vec<(u32, u32)>> {
    let mut at = start;
    let place = |length: &i64| {
        let from = at;
        at = usize::try_from(*length).ok().and_then(|l| from.checked_add(l)).filter(|e| *e <= end).ok_or("a page breaks off")?;
        Ok((from as u32, at as u32))
    };
    lengths.iter().map(place).collect()
}

/// Values that give only what they do not share with the beginning of the one before (DELTA_BYTE_ARRAY).
fn with_common_beginnings(bytes: &[u8], at: usize) -> Result<(Vec<u8>, Vec<(u32, u32)>)> {
    let (shared, at) = differences(bytes, at, NUMBERS)?;
    let (lengths, at) = differences(bytes, at, NUMBERS)?;
    let rests = behind_one_another(&lengths, at, bytes.len())?;
    let (mut out, mut places) = (Vec::new(), Vec::with_capacity(rests.len()));
    let mut before = 0..0;
    for (shared, rest) in shared.iter().zip(rests) {
        let shared = usize::try_from(*shared).ok().filter(|s| *s <= before.len()).ok_or("a value shares more than there is")?;
        let start = out.len();
        out.extend_from_within(before.start..before.start + shared);
        out.extend_from_slice(&bytes[rest.0 as usize..rest.1 as usize]);
        if out.len() > PAGE {
            return Err(format!("a page of it unpacks to more than {} MiB", PAGE >> 20));
        }
        before = start..out.len();
        places.push((start as u32, out.len() as u32));
    }
    Ok((out, places))
}
