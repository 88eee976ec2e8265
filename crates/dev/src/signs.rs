//! `dev signs`: what the weights of pronouns are fitted on. Reads CoNLL-U with `Entity=` (the training part of GUM), shows every pronoun of
//! the third person with the phrases it may stand for, and says which of them the gold joins it to.
//! `crates/dev/train/pronouns.py` fits `lexicon/actors/pronouns.tsv` on the output.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use detente::{Reader, ReaderOptions, actors};

use crate::score::syntax::{bare, documents};

/// Which file.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// A CoNLL-U file
    file: PathBuf,
}

/// Runs the command.
pub fn run(options: &Options) -> Result<std::process::ExitCode> {
    let reader = Reader::new(ReaderOptions::default()).map_err(|e| anyhow!(e))?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for document in documents(&options.file)? {
        let text: String = document.lines.iter().filter_map(|line| bare(line)).collect();
        let given = syntax::read_conllu(&text).map_err(|e| anyhow!("{}: {e}", document.id))?;
        let parse = reader.engine().parse_words(&given);
        let mut failed = None;
        actors::pronoun_candidates(&parse, &reader.lexicon().actors, |word, class, seen| {
            let list: Vec<String> = seen.iter().map(|(a, b, signs)| format!("{a} {b} {}", signs.join(","))).collect();
            let line = writeln!(out, "{}\t{}\t{class}\t{}", document.id, word.0, list.join("\t"));
            failed = line.err().or(failed.take());
        });
        if let Some(error) = failed {
            return Err(error.into());
        }
    }
    out.flush()?;
    Ok(std::process::ExitCode::SUCCESS)
}
