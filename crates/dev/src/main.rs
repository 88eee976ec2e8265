//! Makers' tools, unpublished: `dev score` measures the program on the gold packs.

mod score;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Tools of those who make Détente.
#[derive(Debug, Parser)]
#[command(name = "dev")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure on gold packs, with each pack's own scorer.
    Score(score::Options),
}

fn main() -> Result<std::process::ExitCode> {
    match Cli::parse().command {
        Command::Score(options) => score::run(&options),
    }
}
