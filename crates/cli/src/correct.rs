//! `detente correct`: a person's word on a record.

use anyhow::{Result, anyhow};
use ledger::store::{Correction, Found, Verdict};

use crate::asked::{LedgerArgs, now};
use crate::{Ending, Usage, out};

/// Correct, reject or accept a record; what a person says outranks the machine and survives reading anew
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente correct 0123456789abcdef --set event=REJECT --author Ana --reason 'a refusal, no demand'
  detente correct 0123456789abcdef --set 'actor=the ministry=Russia' --author Ana --reason 'whose ministry it is'
  detente correct 0123456789abcdef --reject --author Ana --reason 'nobody met'
Parties and places are named by words that stand on the page; behind `=` comes whom they mean. Several are parted by `;`.")]
pub struct Args {
    /// The record's id, or its beginning
    id: String,
    /// FIELD=VALUE: event, mode, modality, date, enddate, actor, recipient, place; for statements form, stance, date, speaker
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// There is no such thing on the page
    #[arg(long, conflicts_with_all = ["set", "accept"])]
    reject: bool,
    /// It is right; takes back a rejection
    #[arg(long, conflicts_with = "set")]
    accept: bool,
    /// Who says so
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
    let mut verdicts = Vec::new();
    for set in &args.set {
        let Some((field, value)) = set.split_once('=') else {
            return Err(anyhow!(Usage(format!("`{set}` sets nothing: write FIELD=VALUE, such as --set event=REJECT"))));
        };
        verdicts.push(Verdict::Set { field: field.trim().to_string(), value: value.to_string() });
    }
    if args.reject {
        verdicts.push(Verdict::Reject);
    }
    if args.accept {
        verdicts.push(Verdict::Accept);
    }
    if verdicts.is_empty() {
        return Err(anyhow!(Usage("say what to correct: --set FIELD=VALUE, --reject or --accept".to_string())));
    }
    let mut store = args.ledger.write()?;
    let id = match store.record(&args.id)? {
        Some((_, Found::Event(event, ..))) => event.id,
        Some((_, Found::Statement(statement, _))) => statement.id,
        None => {
            let what = format!("no record `{}` in {}, or several that begin so", args.id, store.path().display());
            return Err(anyhow!(Usage(what + ": ids are the first column of `events` and `statements`")));
        }
    };
    for verdict in verdicts {
        store.correct(&id, verdict, &args.author, &args.reason, now())?;
    }
    let all = store.corrections_of(&id)?;
    store.finish()?;
    out::tell(&format!(
        "{} has {} from people: {}",
        id,
        if all.len() == 1 { "1 correction".to_string() } else { format!("{} corrections", all.len()) },
        all.iter().map(said).collect::<Vec<_>>().join("; ")
    ));
    Ok(Ending::Done)
}

/// One correction in words.
pub fn said(correction: &Correction) -> String {
    let what = match &correction.verdict {
        Verdict::Set { field, value } => format!("{field} set to {value}"),
        Verdict::Reject => "rejected".to_string(),
        Verdict::Accept => "accepted".to_string(),
    };
    format!("{what} by {} on {} ({})", correction.author, correction.at.get(..10).unwrap_or(&correction.at), correction.reason)
}
