//! Reads news pages into statements and political events with evidence.
//!
//! A page goes in at one end, records with their evidence come out at the other:
//!
//! ```text
//! Page ─► Article ─► Parse ─► Cast, Times, Places ─► Statements, Events ─► Reading
//! ```
//!
//! The order of the stages is written once, in [`Reader`].
#![deny(missing_docs)]

pub mod actors;
pub mod brief;
pub mod events;
#[cfg(feature = "store")]
pub mod keep;
pub mod lexicon;
mod loads;
pub mod names;
pub mod output;
pub mod places;
mod reader;
mod scene;
#[cfg(feature = "store")]
mod settle;
pub mod sources;
pub mod statements;
pub mod times;

pub use lexicon::{Fault, Folder, Lexicon, LexiconError};
pub use loads::{Loads, loads};
pub use reader::{Reader, ReaderOptions, Reading, trees};
pub use scene::{Finder, Findings, Scene};

/// A sentence from `form tag head relation` between bars, for tests: heads count from 1, the root's is 0.
#[cfg(test)]
fn tree(words: &str) -> syntax::Parse {
    let lines: Vec<String> = words
        .split('|')
        .enumerate()
        .map(|(n, word)| {
            let cells: Vec<&str> = word.split(' ').collect();
            let lemma = cells[0].to_lowercase();
            format!("{}\t{}\t{lemma}\t{}\t_\t_\t{}\t{}\t_\t_", n + 1, cells[0], cells[1], cells[2], cells[3])
        })
        .collect();
    syntax::read_conllu(&(lines.join("\n") + "\n\n")).expect("a well-formed tree")
}
