//! `detente retract`: a page is taken back by those who published it.

use anyhow::Result;

use crate::asked::{LedgerArgs, now};
use crate::{Ending, out};

/// Retract a page: its records are no longer told, and it stays on file with the reason
#[derive(clap::Args)]
#[command(after_help = "Example:\n  detente retract 6c2de8290dea6206 --author 'A. Reader' --reason 'withdrawn by its publisher'")]
pub struct Args {
    /// The page's id
    page: String,
    /// Who says so
    #[arg(long)]
    author: String,
    /// Why
    #[arg(long)]
    reason: String,
    /// Take the retraction back
    #[arg(long)]
    undo: bool,
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let mut store = args.ledger.write()?;
    let records = store.retract(&args.page, args.undo, &args.author, &args.reason, now())?;
    store.finish()?;
    let told = if args.undo { "told again" } else { "no longer told" };
    out::tell(&format!("page {}: {records} records are {told}", args.page));
    Ok(Ending::Done)
}
