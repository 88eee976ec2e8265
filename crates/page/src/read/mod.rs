//! Files, folders and standard input to pages, as a stream: nothing but the page at hand is held in memory.
//!
//! What a file holds is told by its name where the name says so (`.jsonl`, `.html`) and by its first bytes otherwise;
//! [`ReadOptions::input`] overrules both. Compression is found by its mark. One damaged input yields one error or one
//! noted page, and reading goes on with the next.

mod archive;
mod feed;
mod gunzip;
mod jsonl;
mod limits;
mod parquet;
mod row;
mod single;
mod walk;
mod warc;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use jiff::civil::Date;

use crate::{Error, ErrorKind, Page};
pub use limits::Limits;
pub use walk::size;

/// How an input is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Running text, one page a file.
    Text,
    /// Markup, one page a file.
    Html,
    /// A page a line: an object with `text` or `html`, and optionally `id`, `title`, `url`, `published`, `publisher`, `language`.
    Jsonl,
    /// RSS or Atom: a page for each entry.
    Feed,
    /// A crawl, WARC or WET.
    Warc,
    /// ZIP; each member is read as a file of its own.
    Zip,
    /// tar; each member is read as a file of its own.
    Tar,
    /// A table with a column of text or markup; a page a row.
    Parquet,
}

impl Format {
    /// The format of that name, as users write it after `--input`.
    pub fn named(name: &str) -> Option<Format> {
        Some(match name.to_ascii_lowercase().as_str() {
            "text" | "txt" => Format::Text,
            "html" | "htm" => Format::Html,
            "jsonl" | "ndjson" => Format::Jsonl,
            "feed" | "rss" | "atom" => Format::Feed,
            "warc" | "wet" => Format::Warc,
            "zip" => Format::Zip,
            "tar" => Format::Tar,
            "parquet" => Format::Parquet,
            _ => return None,
        })
    }
}

/// What a caller may choose in reading.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The format, where name and first bytes should not decide.
    pub input: Option<Format>,
    /// The publication day of pages that tell none.
    pub published: Option<Date>,
    /// What no input may exceed.
    pub limits: Limits,
}

/// The pages of a file, of a folder (recursively, by name) or, for `-`, of standard input.
pub fn read(path: &Path, options: &ReadOptions) -> Pages {
    if path == Path::new("-") {
        return read_from("-", io::stdin(), options);
    }
    Pages { waiting: vec![path.to_path_buf()], at: None, options: options.clone(), progress: Arc::default() }
}

/// The pages in a stream that is named for messages (a path, an address); what it holds is told as for a file.
pub fn read_from(name: &str, input: impl Read + Send + 'static, options: &ReadOptions) -> Pages {
    let progress = Arc::new(AtomicU64::new(0));
    let input = Counted { inner: input, count: Arc::clone(&progress) };
    let opened = open(Source::new(name.to_string(), options), Box::new(input));
    Pages { waiting: Vec::new(), at: Some(opened), options: options.clone(), progress }
}

/// A stream of pages; see [`read`].
pub struct Pages {
    /// What is still to be read, last first.
    waiting: Vec<PathBuf>,
    /// The file at hand.
    at: Option<Stream>,
    options: ReadOptions,
    progress: Arc<AtomicU64>,
}

impl Pages {
    /// How many bytes of files have been read so far (as stored, before unpacking), for a progress bar.
    pub fn bytes_read(&self) -> u64 {
        self.progress.load(Ordering::Relaxed)
    }
}

impl Iterator for Pages {
    type Item = Result<Page, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(stream) = &mut self.at {
                if let Some(page) = stream.next() {
                    return Some(page);
                }
                self.at = None;
            }
            let path = self.waiting.pop()?;
            if path.is_dir() {
                match walk::entries(&path) {
                    Ok(entries) => self.waiting.extend(entries.into_iter().rev()),
                    Err(error) => return Some(Err(Error::at(&path, error))),
                }
                continue;
            }
            match File::open(&path) {
                Ok(file) => {
                    let input = Counted { inner: file, count: Arc::clone(&self.progress) };
                    let mut source = Source::new(path.display().to_string(), &self.options);
                    source.file = Some((path, Arc::clone(&self.progress)));
                    self.at = Some(open(source, Box::new(input)));
                }
                Err(error) => return Some(Err(Error::at(&path, error))),
            }
        }
    }
}

type Stream = Box<dyn Iterator<Item = Result<Page, Error>> + Send>;
type Input = Box<dyn Read + Send>;

/// Where an input comes from and how it is to be read.
#[derive(Debug, Clone)]
struct Source {
    /// As named by the user, with members after `!/`.
    name: String,
    options: ReadOptions,
    /// How many packings deep it lies.
    depth: u8,
    /// Whether unpacking goes on after damage.
    recover: Arc<AtomicBool>,
    /// The file itself and the count of bytes read, where the input is a file: for formats in which one must move.
    file: Option<(PathBuf, Arc<AtomicU64>)>,
}

impl Source {
    fn new(name: String, options: &ReadOptions) -> Source {
        Source { name, options: options.clone(), depth: 0, recover: Arc::default(), file: None }
    }

    fn error(&self, kind: ErrorKind) -> Error {
        Error::new(self.name.clone(), kind)
    }

    /// Whether the name, without a compression's ending, ends in one of `endings`.
    fn ends(&self, endings: &[&str]) -> bool {
        let name = self.name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        endings.iter().any(|e| name.ends_with(e))
    }
}

/// The pages of one opened input.
fn open(source: Source, input: Input) -> Stream {
    const PACKINGS: u8 = 4;
    let (head, input) = match peek(input) {
        Ok(parts) => parts,
        Err(error) => return one(Err(Error::io(source.name, error))),
    };
    if head.starts_with(b"\x1f\x8b") {
        if source.depth >= PACKINGS {
            return one(Err(source.error(ErrorKind::Broken(format!("packed more than {PACKINGS} times over")))));
        }
        let input = Box::new(gunzip::Gunzip::new(input, &source.options.limits, Arc::clone(&source.recover)));
        return open(Source { depth: source.depth + 1, file: None, ..source }, input);
    }
    // A named format is that of the members, not of the archive.
    let packed = archive_of(&head);
    if packed.is_some() && source.depth >= PACKINGS {
        return one(Err(source.error(ErrorKind::Broken(format!("packed more than {PACKINGS} times over")))));
    }
    match packed.or(source.options.input).unwrap_or_else(|| sniff(&source, &head)) {
        Format::Jsonl => Box::new(jsonl::Lines::new(source, input)),
        Format::Feed => Box::new(feed::pages(&source, input).into_iter()),
        Format::Warc => Box::new(warc::Records::new(source, input)),
        Format::Zip => Box::new(archive::Archive::zip(source, input)),
        Format::Tar => Box::new(archive::Archive::tar(source, input)),
        Format::Parquet => table(source, input),
        format => one(single::page(&source, input, format)),
    }
}

/// The pages of a Parquet file: of the file itself where there is one, of a copy in memory where it comes as a stream.
fn table(source: Source, input: impl Read) -> Stream {
    if let Some((path, progress)) = &source.file {
        return match File::open(path) {
            Ok(file) if path.is_file() => {
                let file = Counted { inner: file, count: Arc::clone(progress) };
                Box::new(parquet::Rows::new(source, Box::new(file)))
            }
            Ok(_) => one(Err(source.error(ErrorKind::Broken("a Parquet file cannot be read from a pipe".into())))),
            Err(error) => one(Err(Error::at(path, error))),
        };
    }
    let limit = source.options.limits.table_bytes;
    let mut bytes = Vec::new();
    match input.take(limit + 1).read_to_end(&mut bytes) {
        Err(error) => one(Err(Error::io(source.name, error))),
        Ok(_) if bytes.len() as u64 > limit => {
            let why = format!("packed or piped, a Parquet file may have {} MiB; unpack it and name the file", limit >> 20);
            one(Err(source.error(ErrorKind::Broken(why))))
        }
        Ok(_) => Box::new(parquet::Rows::new(source, Box::new(io::Cursor::new(bytes)))),
    }
}

fn one(item: Result<Page, Error>) -> Stream {
    Box::new(std::iter::once(item))
}

/// Looks at the first bytes and puts them back.
fn peek(mut input: Input) -> io::Result<(Vec<u8>, Box<dyn BufRead + Send>)> {
    let mut head = Vec::new();
    let failed = input.by_ref().take(2048).read_to_end(&mut head).err();
    match failed {
        // A packed file that breaks at once has nothing to give.
        Some(error) if head.is_empty() => Err(error),
        _ => Ok((head.clone(), Box::new(BufReader::with_capacity(64 << 10, io::Cursor::new(head).chain(input))))),
    }
}

/// Whether the first bytes are an archive's.
fn archive_of(head: &[u8]) -> Option<Format> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(Format::Zip);
    }
    archive::tar_head(head).then_some(Format::Tar)
}

/// What the input holds, by name and first bytes.
fn sniff(source: &Source, head: &[u8]) -> Format {
    if head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.") {
        return Format::Warc;
    }
    if head.starts_with(b"PAR1") || head.starts_with(b"PARE") {
        return Format::Parquet;
    }
    if source.ends(&[".jsonl", ".ndjson"]) {
        return Format::Jsonl;
    }
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if feed::looks_like_feed(start) {
        return Format::Feed;
    }
    if source.name == "-" && start.starts_with("{\"") {
        return Format::Jsonl;
    }
    if source.ends(&[".html", ".htm", ".xhtml", ".shtml"]) || single::looks_like_markup(start) {
        Format::Html
    } else {
        Format::Text
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// A reader that counts what it gives.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}
