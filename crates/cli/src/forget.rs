//! `detente forget`: a page is removed for good.

use anyhow::Result;

use crate::asked::{LedgerArgs, now};
use crate::{Ending, out};

/// Remove a page, its words and its records for good; a marker without its words stays, so that it does not come in again
#[derive(clap::Args)]
#[command(after_help = "Example:\n  detente forget 6c2de8290dea6206 --author 'A. Reader' --reason 'asked for by its author'")]
pub struct Args {
    /// The page's id
    page: String,
    /// Who asks for it
    #[arg(long)]
    author: String,
    /// Why
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let mut store = args.ledger.write()?;
    let records = store.forget(&args.page, &args.author, &args.reason, now())?;
    detente::keep::settle_origins(&mut store)?;
    store.finish()?;
    out::tell(&format!(
        "page {} and its {records} records are gone; copies of the ledger made before still have them",
        args.page
    ));
    Ok(Ending::Done)
}
