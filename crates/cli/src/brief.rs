//! `detente brief`: the main job.

use std::io::Write;

use anyhow::Result;

use crate::{Ending, out, pages};

/// Read pages and print the brief: meetings, demands, threats and moves, denials, statements, sources, what cannot be trusted
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente brief pages/
  detente brief --published 2022-01-13 page.txt
  detente brief --format html pages/ > brief.html")]
pub struct Args {
    #[command(flatten)]
    pages: pages::PageArgs,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let mut to = out::stdout();
    let ending = args.pages.readings(|reading| {
        for note in &reading.notes {
            writeln!(to, "{}: {}", reading.article.page, note.message)?;
        }
        Ok(())
    })?;
    to.flush()?;
    Ok(ending)
}
