//! The `detente` command: one file per subcommand. Each parses its arguments, calls the library and shows the result.
//!
//! Exit status: 0 done; 1 some inputs could not be read (each named on stderr, the rest done); 2 wrong usage; 130 stopped by
//! Ctrl-C, at the end of a page. Standard output is data only; messages and progress go to standard error.

mod actors;
#[cfg(feature = "store")]
mod add;
mod article;
#[cfg(feature = "store")]
mod asked;
#[cfg(feature = "store")]
mod backup;
mod bar;
mod brief;
#[cfg(feature = "store")]
mod correct;
#[cfg(feature = "store")]
mod demands;
mod events;
mod explain;
#[cfg(feature = "store")]
mod export;
#[cfg(feature = "store")]
mod forget;
mod lexicon;
#[cfg(feature = "store")]
mod meetings;
mod out;
mod pages;
mod parse;
mod question;
#[cfg(feature = "store")]
mod recode;
mod resume;
#[cfg(feature = "store")]
mod retract;
#[cfg(feature = "store")]
mod search;
#[cfg(feature = "store")]
mod show;
mod sources;
mod statements;
mod stop;
#[cfg(feature = "store")]
mod verify;

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
  detente brief pages/                          one page from a folder of scraped pages
  detente events --format jsonl page.html       its events as PLOVER records
  detente brief --published 2022-01-13 page.txt relative days counted from that day

Exit status: 0 done, 1 some inputs could not be read, 2 wrong usage, 130 stopped by Ctrl-C.";

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
    Lexicon(lexicon::Args),
    #[cfg(feature = "store")]
    Add(add::Args),
    #[cfg(feature = "store")]
    Search(search::Args),
    #[cfg(feature = "store")]
    Meetings(meetings::Args),
    #[cfg(feature = "store")]
    Demands(demands::Args),
    #[cfg(feature = "store")]
    Show(show::Args),
    #[cfg(feature = "store")]
    Verify(verify::Args),
    #[cfg(feature = "store")]
    Correct(correct::Args),
    #[cfg(feature = "store")]
    Retract(retract::Args),
    #[cfg(feature = "store")]
    Recode(recode::Args),
    #[cfg(feature = "store")]
    Forget(forget::Args),
    #[cfg(feature = "store")]
    Backup(backup::Args),
    #[cfg(feature = "store")]
    Export(export::Args),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// All was done.
    Done,
    /// Some inputs could not be read; each was named.
    SomeFailed,
    /// Ctrl-C ended it, at the end of a page.
    Stopped,
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
    match run(Cli::parse().command) {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::SomeFailed) => ExitCode::from(1),
        Ok(Ending::Stopped) => ExitCode::from(stop::STATUS),
        // Whoever read our output has seen enough (`detente events … | head`).
        Err(error) if out::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) if error.is::<stop::Stopped>() => {
            out::tell(&error.to_string());
            ExitCode::from(stop::STATUS)
        }
        Err(error) => {
            out::complain(&format!("{error:#}"));
            ExitCode::from(if error.downcast_ref::<Usage>().is_some() { 2 } else { 1 })
        }
    }
}

fn run(command: Command) -> anyhow::Result<Ending> {
    match command {
        Command::Brief(args) => brief::run(args),
        Command::Article(args) => article::run(args),
        Command::Parse(args) => parse::run(args),
        Command::Statements(args) => statements::run(args),
        Command::Events(args) => events::run(args),
        Command::Actors(args) => actors::run(args),
        Command::Sources(args) => sources::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Lexicon(args) => lexicon::run(args),
        #[cfg(feature = "store")]
        Command::Add(args) => add::run(args),
        #[cfg(feature = "store")]
        Command::Search(args) => search::run(args),
        #[cfg(feature = "store")]
        Command::Meetings(args) => meetings::run(args),
        #[cfg(feature = "store")]
        Command::Demands(args) => demands::run(args),
        #[cfg(feature = "store")]
        Command::Show(args) => show::run(args),
        #[cfg(feature = "store")]
        Command::Verify(args) => verify::run(args),
        #[cfg(feature = "store")]
        Command::Correct(args) => correct::run(args),
        #[cfg(feature = "store")]
        Command::Retract(args) => retract::run(args),
        #[cfg(feature = "store")]
        Command::Recode(args) => recode::run(args),
        #[cfg(feature = "store")]
        Command::Forget(args) => forget::run(args),
        #[cfg(feature = "store")]
        Command::Backup(args) => backup::run(args),
        #[cfg(feature = "store")]
        Command::Export(args) => export::run(args),
    }
}

#[cfg(all(test, feature = "store"))]
mod tests {
    use std::path::Path;

    use super::*;

    /// A question to a ledger, and help, read neither the model nor a word list nor the table of places. The other tests of this
    /// program read no page either.
    #[test]
    fn what_reads_no_page_loads_nothing() {
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ledger/tests/formats/format-1.db");
        let ledger = std::env::temp_dir().join(format!("detente-loads-{}.db", std::process::id()));
        std::fs::copy(kept, &ledger).expect("a ledger of an older format");
        let path = ledger.to_str().expect("a path in letters");
        for flag in ["--help", "--version"] {
            assert!(Cli::try_parse_from(["detente", flag]).is_err());
        }
        for words in
            [&["events"][..], &["statements"], &["meetings"], &["demands"], &["brief"], &["search", "talks"], &["sources"]]
        {
            let line = ["detente"].into_iter().chain(words.iter().copied()).chain(["--ledger", path]);
            let cli = Cli::try_parse_from(line).expect("a question that is known");
            assert!(matches!(run(cli.command), Ok(Ending::Done)), "{words:?}");
            assert_eq!(detente::loads(), detente::Loads::default(), "{words:?}");
        }
        let _ = std::fs::remove_file(&ledger);
    }
}
