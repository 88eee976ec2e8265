//! The `detente` command: one file per subcommand. Each parses its arguments, calls the library and shows the result.
//!
//! Exit status: 0 done; 1 some inputs could not be read (each named on stderr, the rest done); 2 wrong usage. Standard output
//! is data only; messages and progress go to standard error.

mod actors;
mod article;
mod brief;
mod events;
mod explain;
mod out;
mod pages;
mod parse;
mod sources;
mod statements;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Reads news pages about international crises and tells who met, demanded, refused, threatened, denied or did what to whom,
/// in whose words, each record with the page and the exact words it was read from.
#[derive(Parser)]
#[command(name = "detente", version, max_term_width = 100, after_help = EXAMPLE)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLE: &str = "Examples:
  detente brief pages/                          one screen from a folder of scraped pages
  detente events --format jsonl page.html       its events as PLOVER records
  detente brief --published 2022-01-13 page.txt relative days counted from that day

Exit status: 0 done, 1 some inputs could not be read, 2 wrong usage.";

#[derive(Subcommand)]
enum Command {
    Brief(brief::Args),
    Article(article::Args),
    Parse(parse::Args),
    Statements(statements::Args),
    Events(events::Args),
    Actors(actors::Args),
    Sources(sources::Args),
    Explain(explain::Args),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// All was done.
    Done,
    /// Some inputs could not be read; each was named.
    SomeFailed,
}

/// The command line asks for something that cannot be: exit status 2.
#[derive(Debug)]
pub struct Usage(pub String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

fn main() -> ExitCode {
    let ended = match Cli::parse().command {
        Command::Brief(args) => brief::run(args),
        Command::Article(args) => article::run(args),
        Command::Parse(args) => parse::run(args),
        Command::Statements(args) => statements::run(args),
        Command::Events(args) => events::run(args),
        Command::Actors(args) => actors::run(args),
        Command::Sources(args) => sources::run(args),
        Command::Explain(args) => explain::run(args),
    };
    match ended {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::SomeFailed) => ExitCode::from(1),
        // Whoever read our output has seen enough (`detente events … | head`).
        Err(error) if out::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            out::complain(&format!("{error:#}"));
            ExitCode::from(if error.downcast_ref::<Usage>().is_some() { 2 } else { 1 })
        }
    }
}
