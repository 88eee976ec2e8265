//! Makers' tools, unpublished: `dev score` measures the program on the gold packs, `dev fuzz` throws damaged input at
//! it, `dev translate` damages pages as translations do.

mod adding;
mod ask;
mod fuzz;
mod generate;
mod score;
mod signs;
mod translate;
mod who;

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
    /// Tables of events: with and without the modality layer, confusions, the curve of confidence.
    Events(score::tables::Options),
    /// Throw damaged input at every reader for a while.
    Fuzz(fuzz::Options),
    /// Damage sound pages as translations do, and see whether it is noticed.
    Translate(translate::Options),
    /// Write a ledger of any size, through the store.
    Generate(generate::Options),
    /// Measure how long questions to a ledger that `generate` wrote take.
    Ask(ask::Asked),
    /// Measure what keeping pages costs beside reading them.
    Adding(adding::Options),
    /// Tell whom given words of texts stand for (JSON Lines on standard input).
    Who,
    /// Show every pronoun of a CoNLL-U file with what it may stand for, to fit its weights.
    Signs(signs::Options),
}

fn main() -> Result<std::process::ExitCode> {
    match Cli::parse().command {
        Command::Score(options) => score::run(&options),
        Command::Events(options) => score::tables::run(&options),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Translate(options) => translate::run(&options),
        Command::Generate(options) => generate::run(&options),
        Command::Adding(options) => adding::run(&options),
        Command::Ask(options) => ask::ask(&options),
        Command::Who => who::run(),
        Command::Signs(options) => signs::run(&options),
    }
}
