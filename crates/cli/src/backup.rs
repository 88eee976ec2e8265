//! `detente backup`: a copy of the ledger, whole, while others write.

use std::path::PathBuf;

use anyhow::Result;

use crate::asked::LedgerArgs;
use crate::{Ending, out};

/// Copy the ledger to FILE while adding goes on (a plain copy of the file may miss what was written last)
#[derive(clap::Args)]
#[command(after_help = "Example:\n  detente backup talks-copy.db --ledger talks.db")]
pub struct Args {
    /// The new file
    file: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    args.ledger.open()?.backup(&args.file)?;
    out::tell(&format!("{} holds the whole ledger", args.file.display()));
    Ok(Ending::Done)
}
