//! The pages a command is asked to read: paths, publication date, input format; read in bounded batches, in order.

use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use detente::{Reader, ReaderOptions, Reading};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use page::{Format, Page, ReadOptions};

use crate::{Ending, Usage, out};

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
        let options = self.options();
        let mut ending = Ending::Done;
        for path in self.paths()? {
            for page in page::read(path, &options) {
                match page {
                    Ok(page) => each(page)?,
                    Err(error) => {
                        out::complain(&error.to_string());
                        ending = Ending::SomeFailed;
                    }
                }
            }
        }
        Ok(ending)
    }

    /// Calls `each` for the reading of every page, in order; pages are read on all threads, a batch at a time.
    pub fn readings(&self, mut each: impl FnMut(Reading) -> Result<()>) -> Result<Ending> {
        self.paths()?;
        let reader = reader()?;
        let bar = bar();
        let mut batch: Vec<Page> = Vec::new();
        let mut bytes = 0;
        let mut undated = 0;
        let mut flush = |batch: &mut Vec<Page>| -> Result<()> {
            for reading in reader.read_all(batch) {
                bar.inc(1);
                let open = |t: &detente::times::Time| t.days.is_none() && t.dates_events();
                undated += usize::from(reading.article.published.is_none() && reading.times.iter().any(open));
                each(reading)?;
            }
            batch.clear();
            Ok(())
        };
        let ending = self.each(|page| {
            bytes += page.raw.as_str().len();
            batch.push(page);
            if batch.len() >= BATCH || bytes >= BATCH_BYTES {
                bytes = 0;
                flush(&mut batch)?;
            }
            Ok(())
        })?;
        flush(&mut batch)?;
        bar.finish_and_clear();
        if undated > 0 {
            let pages = if undated == 1 { "1 page has".to_string() } else { format!("{undated} pages have") };
            out::tell(&format!("{pages} no publication date: days such as \"Thursday\" stay open there; give --published DATE"));
        }
        Ok(ending)
    }
}

/// The reader on the built-in model and lexicon.
pub fn reader() -> Result<Reader> {
    Reader::new(ReaderOptions::default()).map_err(|e| anyhow!(e)).context("the language engine could not start")
}

/// A counter of pages on standard error; silent where that is no terminal.
pub fn bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} pages read, {per_sec}, {elapsed}") {
        bar.set_style(style);
    }
    bar
}
