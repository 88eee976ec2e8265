//! ZIP and tar: each member is read as a file of its own, as a stream. Folders and hidden members are passed over.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::{Decompress, FlushDecompress, Status};

use super::{Limits, Source, Stream, open};
use crate::{Error, ErrorKind, Page};

type Shared = Arc<Mutex<Member>>;

/// The packed stream with what is left of the member at hand.
struct Member {
    input: Box<dyn BufRead + Send>,
    coding: Coding,
    limits: Limits,
}

enum Coding {
    /// So many bytes as they are.
    Stored(u64),
    Deflated(Box<Decompress>),
    Done,
}

impl Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.coding {
            Coding::Done => Ok(0),
            Coding::Stored(left) => {
                let most = buffer.len().min(usize::try_from(*left).unwrap_or(usize::MAX));
                let n = self.input.read(&mut buffer[..most])?;
                *left = if n == 0 { 0 } else { *left - n as u64 };
                Ok(n)
            }
            Coding::Deflated(state) => loop {
                let packed = self.input.fill_buf()?;
                let at_end = packed.is_empty();
                let (before_in, before_out) = (state.total_in(), state.total_out());
                let status = state.decompress(packed, buffer, FlushDecompress::None).map_err(io::Error::other)?;
                let used = (state.total_in() - before_in) as usize;
                let made = (state.total_out() - before_out) as usize;
                self.input.consume(used);
                if status == Status::StreamEnd {
                    self.coding = Coding::Done;
                    return Ok(made);
                }
                let (packed, out) = (state.total_in().max(1), state.total_out());
                if out > self.limits.expansion_free && out / packed > self.limits.expansion {
                    return Err(io::Error::other(format!("unpacks to more than {} times its size", self.limits.expansion)));
                }
                if made > 0 {
                    return Ok(made);
                }
                if at_end || used == 0 {
                    return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the member breaks off"));
                }
            },
        }
    }
}

/// A member as a stream of its own.
struct MemberReader(Shared);

impl Read for MemberReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        self.0.lock().unwrap_or_else(PoisonError::into_inner).read(buffer)
    }
}

/// How an archive tells its members apart.
trait Format: Send {
    /// The next member's name, its coding set; `None` at the end.
    fn next(&mut self, member: &mut Member) -> Result<Option<String>, ErrorKind>;
}

/// The pages of an archive.
pub(super) struct Archive {
    source: Source,
    shared: Shared,
    format: Box<dyn Format>,
    at: Option<Stream>,
    done: bool,
}

impl Archive {
    pub(super) fn zip(source: Source, input: Box<dyn BufRead + Send>) -> Archive {
        Archive::new(source, input, Box::new(Zip { descriptor: false }))
    }

    pub(super) fn tar(source: Source, input: Box<dyn BufRead + Send>) -> Archive {
        Archive::new(source, input, Box::new(Tar { padding: 0 }))
    }

    fn new(source: Source, input: Box<dyn BufRead + Send>, format: Box<dyn Format>) -> Archive {
        let input = Box::new(BufReader::with_capacity(64 << 10, input));
        let limits = source.options.limits;
        let shared = Arc::new(Mutex::new(Member { input, coding: Coding::Done, limits }));
        Archive { source, shared, format, at: None, done: false }
    }

    /// Passes over what the reader of a member left unread, and moves to the next.
    fn advance(&mut self) -> Result<Option<String>, ErrorKind> {
        let mut member = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let mut rest = [0; 8192];
        loop {
            match member.read(&mut rest) {
                Ok(0) => break,
                Ok(_) => {}
                Err(_) => {
                    member.coding = Coding::Done;
                    break;
                }
            }
        }
        self.format.next(&mut member)
    }
}

impl Iterator for Archive {
    type Item = Result<Page, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(stream) = &mut self.at {
                if let Some(page) = stream.next() {
                    return Some(page);
                }
                self.at = None;
            }
            if self.done {
                return None;
            }
            match self.advance() {
                Ok(Some(name)) => {
                    let last = name.rsplit('/').next().unwrap_or("");
                    if last.is_empty() || last.starts_with('.') || name.starts_with("__MACOSX/") {
                        continue;
                    }
                    let source = Source {
                        name: format!("{}!/{name}", self.source.name),
                        depth: self.source.depth + 1,
                        file: None,
                        ..self.source.clone()
                    };
                    self.at = Some(open(source, Box::new(MemberReader(Arc::clone(&self.shared)))));
                }
                Ok(None) => self.done = true,
                Err(kind) => {
                    self.done = matches!(kind, ErrorKind::Broken(_));
                    return Some(Err(self.source.error(kind)));
                }
            }
        }
    }
}

fn fill(input: &mut dyn BufRead, buffer: &mut [u8]) -> Result<bool, ErrorKind> {
    let mut at = 0;
    while at < buffer.len() {
        match input.read(&mut buffer[at..]) {
            Ok(0) if at == 0 => return Ok(false),
            Ok(0) => return Err(ErrorKind::Broken("the archive breaks off".into())),
            Ok(n) => at += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(ErrorKind::Broken(error.to_string())),
        }
    }
    Ok(true)
}

fn skip(input: &mut dyn BufRead, n: u64) -> Result<(), ErrorKind> {
    io::copy(&mut input.take(n), &mut io::sink()).map(|_| ()).map_err(|e| ErrorKind::Broken(e.to_string()))
}

/// ZIP, read from the front by its local heads.
struct Zip {
    /// The member at hand is followed by its sizes.
    descriptor: bool,
}

impl Format for Zip {
    fn next(&mut self, member: &mut Member) -> Result<Option<String>, ErrorKind> {
        let input = member.input.as_mut();
        if std::mem::take(&mut self.descriptor) {
            // Checksum and sizes of 4 bytes each; the mark before them may be missing.
            let marked = input.fill_buf().map_err(|e| ErrorKind::Broken(e.to_string()))?.starts_with(b"PK\x07\x08");
            skip(input, if marked { 16 } else { 12 })?;
            // Of large members the sizes have 8 bytes.
            if !input.fill_buf().map_err(|e| ErrorKind::Broken(e.to_string()))?.starts_with(b"PK") {
                skip(input, 8)?;
            }
        }
        let mut head = [0u8; 30];
        if !fill(input, &mut head[..4])? || head[..4] != *b"PK\x03\x04" {
            // The list of all members, at the end.
            return Ok(None);
        }
        fill(input, &mut head[4..])?;
        let u16_at = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
        let u32_at = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let (flags, method, packed) = (u16_at(6), u16_at(8), u64::from(u32_at(18)));
        let mut name = vec![0u8; usize::from(u16_at(26))];
        fill(input, &mut name)?;
        let mut extra = vec![0u8; usize::from(u16_at(28))];
        fill(input, &mut extra)?;
        let name = String::from_utf8_lossy(&name).replace('\\', "/");
        let packed = if packed == u64::from(u32::MAX) { long_size(&extra).unwrap_or(packed) } else { packed };
        self.descriptor = flags & 8 != 0;
        if flags & 1 != 0 {
            if self.descriptor {
                return Err(ErrorKind::Broken(format!("{name} is locked with a password")));
            }
            skip(input, packed)?;
            return Err(ErrorKind::Malformed(format!("{name} is locked with a password")));
        }
        member.coding = match method {
            0 if !self.descriptor => Coding::Stored(packed),
            8 => Coding::Deflated(Box::new(Decompress::new(false))),
            _ if self.descriptor => {
                return Err(ErrorKind::Broken(format!("{name} is packed in a way that cannot be read as a stream")));
            }
            _ => {
                skip(input, packed)?;
                return Err(ErrorKind::Malformed(format!("{name} is packed by an unknown method ({method})")));
            }
        };
        Ok(Some(name))
    }
}

/// The packed size in the field for large members.
fn long_size(extra: &[u8]) -> Option<u64> {
    let mut at = 0;
    while at + 4 <= extra.len() {
        let (id, size) =
            (u16::from_le_bytes([extra[at], extra[at + 1]]), usize::from(u16::from_le_bytes([extra[at + 2], extra[at + 3]])));
        if id == 1 && size >= 16 {
            return Some(u64::from_le_bytes(extra.get(at + 12..at + 20)?.try_into().ok()?));
        }
        at += 4 + size;
    }
    None
}

/// tar: blocks of 512 bytes.
struct Tar {
    padding: u64,
}

/// Whether a block is a member's head: its checksum fits.
pub(super) fn tar_head(block: &[u8]) -> bool {
    let Some(field) = block.get(148..156).filter(|_| block.len() >= 512) else { return false };
    let sum: u64 = block[..512].iter().enumerate().map(|(i, b)| if (148..156).contains(&i) { 32 } else { u64::from(*b) }).sum();
    octal(field) == Some(sum)
}

fn octal(field: &[u8]) -> Option<u64> {
    if field.first().is_some_and(|b| b & 0x80 != 0) {
        return Some(field[1..].iter().fold(0u64, |n, b| n.wrapping_shl(8) | u64::from(*b)));
    }
    let text = std::str::from_utf8(field).ok()?;
    u64::from_str_radix(text.trim_matches(|c: char| c == '\0' || c.is_whitespace()), 8).ok()
}

fn text_field(field: &[u8]) -> String {
    let end = field.iter().position(|b| *b == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

impl Format for Tar {
    fn next(&mut self, member: &mut Member) -> Result<Option<String>, ErrorKind> {
        const LONGEST_NAME: u64 = 64 << 10;
        let mut long_name = None;
        let mut long_size = None;
        loop {
            skip(member.input.as_mut(), std::mem::take(&mut self.padding))?;
            let mut block = [0u8; 512];
            if !fill(member.input.as_mut(), &mut block)? {
                return Ok(None);
            }
            if block.iter().all(|b| *b == 0) {
                continue;
            }
            if !tar_head(&block) {
                // Damage: on to the next head.
                continue;
            }
            let size = long_size.take().or_else(|| octal(&block[124..136])).unwrap_or(0);
            let padding = (512 - size % 512) % 512;
            match block[156] {
                b'L' | b'x' if size <= LONGEST_NAME => {
                    let mut bytes = vec![0u8; size as usize];
                    fill(member.input.as_mut(), &mut bytes)?;
                    self.padding = padding;
                    if block[156] == b'L' {
                        long_name = Some(text_field(&bytes));
                    } else {
                        for (key, value) in pax(&bytes) {
                            match key {
                                "path" => long_name = Some(value.to_string()),
                                "size" => long_size = value.parse().ok(),
                                _ => {}
                            }
                        }
                    }
                }
                0 | b'0' | b'7' => {
                    let prefix = if &block[257..262] == b"ustar" { text_field(&block[345..500]) } else { String::new() };
                    let short = text_field(&block[..100]);
                    let name = long_name.unwrap_or(if prefix.is_empty() { short } else { format!("{prefix}/{short}") });
                    member.coding = Coding::Stored(size);
                    self.padding = padding;
                    return Ok(Some(name));
                }
                b'1'..=b'6' => {}
                _ => skip(member.input.as_mut(), size.saturating_add(padding))?,
            }
        }
    }
}

/// The `LENGTH KEY=VALUE` lines of an extended head.
fn pax(bytes: &[u8]) -> Vec<(&str, &str)> {
    let text = std::str::from_utf8(bytes).unwrap_or("");
    text.lines().filter_map(|l| l.split_once(' ')?.1.split_once('=')).collect()
}
