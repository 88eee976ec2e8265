//! `detente verify`: every record of the ledger is proved again.

use std::io::Write;

use anyhow::Result;

use crate::asked::LedgerArgs;
use crate::{Ending, out};

/// Read every span of every record again from its stored page, and list what does not hold
#[derive(clap::Args)]
#[command(after_help = "Example:\n  detente verify --ledger talks.db")]
pub struct Args {
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// Runs the command; something that does not hold is a failure.
pub fn run(args: Args) -> Result<Ending> {
    let verified = args.ledger.open()?.verify()?;
    let mut to = out::stdout();
    for fault in &verified.faults {
        let record = fault.record.as_deref().unwrap_or("-");
        writeln!(to, "{record}\t{}\t{}", fault.page, out::flat(&fault.what))?;
    }
    to.flush()?;
    let (pages, records, spans) = (verified.pages, verified.records, verified.spans);
    out::tell(&format!("{pages} pages, {records} records, {spans} spans read again; {} do not hold", verified.faults.len()));
    Ok(if verified.faults.is_empty() { Ending::Done } else { Ending::SomeFailed })
}
