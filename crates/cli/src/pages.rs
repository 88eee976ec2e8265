//! The pages a command is asked to read: paths, publication date, input format; read in bounded batches, in order.

use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use detente::{Lexicon, Reader, ReaderOptions, Reading};
use jiff::civil::Date;
use page::{Format, Page, ReadOptions};

use crate::bar::Bar;
use crate::resume::{Mark, ResumeArgs};
use crate::{Ending, Usage, out, stop};

/// Pages read at once, and the bytes after which a batch is closed early: memory stays flat on any number of pages.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 8 << 20;

/// What every command that reads pages takes.
#[derive(clap::Args, Clone)]
pub struct PageArgs {
    /// Files, folders (read recursively, in sorted order) or `-` for standard input
    pub paths: Vec<PathBuf>,
    /// Publication date for pages that have none (YYYY-MM-DD); relative days are counted from it
    #[arg(long, value_name = "DATE")]
    pub published: Option<Date>,
    /// Read every input as this format, whatever its name says
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input: Option<Input>,
    /// A folder of own word lists, on top of the built-in ones (`detente lexicon --help`)
    #[arg(long, value_name = "DIR")]
    pub lexicon: Option<PathBuf>,
}

/// Input formats that can be named.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// Plain text
    Text,
    /// HTML
    Html,
    /// One page a line, with `text` or `html`
    Jsonl,
}

impl PageArgs {
    /// The options of the page reader.
    pub fn options(&self) -> ReadOptions {
        let input = self.input.map(|input| match input {
            Input::Text => Format::Text,
            Input::Html => Format::Html,
            Input::Jsonl => Format::Jsonl,
        });
        ReadOptions { input, published: self.published, ..ReadOptions::default() }
    }

    /// The paths, or a wrong usage where there are none.
    pub fn paths(&self) -> Result<&[PathBuf]> {
        if self.paths.is_empty() {
            return Err(anyhow!(Usage(
                "no pages given: name files or folders, or `-` for standard input (see --help)".to_string()
            )));
        }
        Ok(&self.paths)
    }

    /// Calls `each` for every page, in order. What cannot be read is named on standard error and passed over.
    pub fn each(&self, mut each: impl FnMut(Page) -> Result<()>) -> Result<Ending> {
        let mut ending = Ending::Done;
        let stopped = self.walk(&mut Bar::new(&self.paths, true), |page, bar| {
            match page {
                Ok(page) => each(page)?,
                Err(error) => {
                    bar.aside(|| out::complain(&error.to_string()));
                    ending = Ending::SomeFailed;
                }
            }
            Ok(())
        })?;
        Ok(if stopped { Ending::Stopped } else { ending })
    }

    /// Calls `each` for every page and everything that is none, in order; says whether Ctrl-C ended it.
    fn walk(&self, bar: &mut Bar, mut each: impl FnMut(Result<Page, page::Error>, &mut Bar) -> Result<()>) -> Result<bool> {
        stop::watch();
        let options = self.options();
        let mut before = 0;
        for path in self.paths()? {
            let mut pages = page::read(path, &options);
            while let Some(page) = pages.next() {
                if stop::asked() {
                    return Ok(true);
                }
                bar.page(before + pages.bytes_read());
                each(page, bar)?;
            }
            before += pages.bytes_read();
        }
        Ok(stop::asked())
    }

    /// Calls `each` for the reading of every page, in order; pages are read on all threads, a batch at a time. For commands
    /// that print when all is read: stopped before, they print nothing.
    pub fn readings(&self, mut each: impl FnMut(Reading) -> Result<()>) -> Result<Ending> {
        let ending = self.batches(true, None, |step| match step {
            Step::Page(reading) => each(*reading),
            Step::Rest => Ok(()),
        })?;
        if ending == Ending::Stopped { Err(anyhow!(stop::Stopped)) } else { Ok(ending) }
    }

    /// As [`PageArgs::readings`], for commands that print as they read: `each` is told when to flush, and `resume` may name a
    /// file in which the progress is kept.
    pub fn stream(&self, resume: &ResumeArgs, command: &str, each: impl FnMut(Step) -> Result<()>) -> Result<Ending> {
        let mark = resume.mark(command, self.paths()?)?;
        let told = mark.is_some();
        let ending = self.batches(!std::io::stdout().is_terminal(), mark, each)?;
        if ending == Ending::Stopped {
            let how = if told { "the same command goes on from here" } else { "--resume FILE would let it go on another time" };
            out::tell(&format!("stopped; {how}"));
        }
        Ok(ending)
    }

    fn batches<F: FnMut(Step) -> Result<()>>(&self, shown: bool, mark: Option<Mark>, each: F) -> Result<Ending> {
        let failed = mark.as_ref().is_some_and(|mark| mark.failed);
        let mut work = Batches {
            reader: reader(self.lexicon.as_ref())?,
            each,
            mark,
            batch: Vec::new(),
            bytes: 0,
            undated: 0,
            number: 0,
            failed,
        };
        let stopped = self.walk(&mut Bar::new(&self.paths, shown), |page, bar| work.take(page, bar))?;
        if stopped {
            // What was read and is not yet done is left for the next time.
            (work.each)(Step::Rest)?;
            return Ok(Ending::Stopped);
        }
        work.flush(None)?;
        if work.undated > 0 {
            let n = work.undated;
            let pages = if n == 1 { "1 page has".to_string() } else { format!("{n} pages have") };
            out::tell(&format!("{pages} no publication date: days such as \"Thursday\" stay open there; give --published DATE"));
        }
        Ok(if work.failed { Ending::SomeFailed } else { Ending::Done })
    }
}

/// What a command that prints as it reads is told.
pub enum Step {
    /// The next page's reading.
    Page(Box<Reading>),
    /// All that was printed must now be out.
    Rest,
}

/// Pages on their way through the reader.
struct Batches<F> {
    reader: Reader,
    each: F,
    mark: Option<Mark>,
    batch: Vec<Page>,
    bytes: usize,
    undated: usize,
    /// Pages so far, unreadable ones counted.
    number: u64,
    failed: bool,
}

impl<F: FnMut(Step) -> Result<()>> Batches<F> {
    fn take(&mut self, page: Result<Page, page::Error>, bar: &Bar) -> Result<()> {
        self.number += 1;
        let id = page.as_ref().ok().map(|page| page.id.clone());
        if let Some(mark) = &self.mark
            && mark.passed(self.number, id.as_deref())?
        {
            return Ok(());
        }
        match page {
            Ok(page) => {
                self.bytes += page.raw.as_str().len();
                self.batch.push(page);
            }
            Err(error) => {
                bar.aside(|| out::complain(&error.to_string()));
                self.failed = true;
            }
        }
        if self.batch.len() >= BATCH || self.bytes >= BATCH_BYTES {
            self.flush(id)?;
        }
        Ok(())
    }

    /// Reads the batch; `last` is the id of its last page.
    fn flush(&mut self, last: Option<String>) -> Result<()> {
        for reading in self.reader.read_all(&self.batch) {
            let open = |t: &detente::times::Time| t.days.is_none() && t.dates_events();
            self.undated += usize::from(reading.article.published.is_none() && reading.times.iter().any(open));
            (self.each)(Step::Page(Box::new(reading)))?;
        }
        let last = last.or_else(|| self.batch.last().map(|page| page.id.clone()));
        self.batch.clear();
        self.bytes = 0;
        if let Some(mark) = &mut self.mark {
            (self.each)(Step::Rest)?;
            if self.number > mark.done {
                (mark.done, mark.last, mark.failed) = (self.number, last, self.failed);
                mark.write()?;
            }
        }
        Ok(())
    }
}

/// The reader on the built-in model and the lexicon, with a user's own folder on top where one is named.
pub fn reader(own: Option<&PathBuf>) -> Result<Reader> {
    let lexicon = Lexicon::with(&crate::lexicon::folder(own)?).map_err(|e| anyhow!(Usage(e.to_string())))?;
    Reader::with_lexicon(ReaderOptions::default(), lexicon).map_err(|e| anyhow!(e)).context("the language engine could not start")
}
