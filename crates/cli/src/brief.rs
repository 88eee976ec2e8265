//! `detente brief`: the main job.

use std::io::Write;

use anyhow::{Result, anyhow};
use detente::brief::{Account, Brief, Phrases, TextStyle};

use crate::{Ending, out, pages};

/// Columns where standard output is no terminal.
const WIDTH: usize = 100;

/// Read pages and print the brief: meetings, demands, threats and moves, denials, statements, sources, what cannot be trusted
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente brief pages/
  detente brief --published 2022-01-13 page.txt
  detente brief --format html pages/ > brief.html

A line ends with the places it was read from: [2:120–245] are characters 120 to 245 of source 2.")]
pub struct Args {
    #[command(flatten)]
    pages: pages::PageArgs,
    /// How to print it; json holds every line
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Lines in every section, 0 for all; without it, what fits one screen
    #[arg(long, value_name = "N")]
    lines: Option<usize>,
}

#[derive(clap::ValueEnum, Clone, Copy, Default)]
enum Format {
    /// One screen
    #[default]
    Text,
    /// For a wiki or a mail
    Markdown,
    /// One file for screen and paper
    Html,
    /// One object
    Json,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let mut accounts = Vec::new();
    let ending = args.pages.readings(|reading| {
        accounts.push(Account::new(reading));
        Ok(())
    })?;
    let phrases = Phrases::builtin().map_err(|e| anyhow!(e))?;
    let brief = Brief::new(&accounts, &phrases);
    let lines = args.lines.map(|n| if n == 0 { usize::MAX } else { n });
    let text = match args.format {
        Format::Text => brief.text(&TextStyle { width: out::width().unwrap_or(WIDTH), colour: true, lines }),
        Format::Markdown => brief.markdown(lines),
        Format::Html => brief.html(lines),
        Format::Json => format!("{}\n", brief.json()),
    };
    let mut to = out::stdout();
    to.write_all(text.as_bytes())?;
    to.flush()?;
    Ok(ending)
}
