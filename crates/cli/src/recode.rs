//! `detente recode`: pages that another lexicon or model has read are read anew.

use std::io::Write;

use anyhow::{Context, Result};
use detente::keep;
use ledger::store::{Entry, Filter};
use page::Page;

use crate::asked::{LedgerArgs, now};
use crate::correct::said;
use crate::{Ending, out, pages};

const BATCH: usize = 64;

/// Read the pages of the ledger anew with the present lexicon and model, and print what changed; corrections stay
#[derive(clap::Args)]
#[command(after_help = "Example:\n  detente recode --ledger talks.db")]
pub struct Args {
    #[command(flatten)]
    ledger: LedgerArgs,
    /// Only this page
    #[arg(long, value_name = "ID")]
    page: Option<String>,
    /// Also pages that the present revision has read
    #[arg(long)]
    all: bool,
    /// A folder of own word lists, on top of the built-in ones
    #[arg(long, value_name = "DIR")]
    lexicon: Option<std::path::PathBuf>,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let mut store = args.ledger.write()?;
    let reader = pages::reader(args.lexicon.as_ref())?;
    let revision = reader.revision().to_string();
    let wanted = Filter { page: args.page.clone(), ..Filter::default() };
    let ids: Vec<String> = store
        .facts(&wanted)?
        .into_iter()
        .filter(|(facts, _)| args.all || facts.revision != revision)
        .map(|(facts, _)| facts.id)
        .collect();
    let bar = crate::bar::count(ids.len() as u64);
    let mut to = out::stdout();
    let mut changed = 0;
    let mut lost = 0;
    for some in ids.chunks(BATCH) {
        let mut old: Vec<Entry> = Vec::new();
        for id in some {
            old.extend(store.page(id)?.map(|(entry, _)| entry));
        }
        let pages: Vec<Page> = old
            .iter()
            .map(|entry| {
                keep::page(&entry.facts, &entry.raw)
                    .with_context(|| format!("page {} cannot be read from the ledger", entry.facts.id))
            })
            .collect::<Result<_>>()?;
        let readings = reader.read_all(&pages);
        let new: Vec<Entry> = readings
            .iter()
            .zip(&pages)
            .zip(&old)
            .map(|((reading, page), old)| {
                let mut new = keep::entry(page, reading, old.raw.clone(), old.facts.place, &revision);
                (new.facts.cluster, new.facts.origin) = (old.facts.cluster.clone(), old.facts.origin.clone());
                new
            })
            .collect();
        let unplaced = store.replace(&new, now())?;
        for (old, new) in old.iter().zip(&new) {
            for change in keep::changes(old, new) {
                changed += 1;
                let why = format!("{} → {}", old.facts.revision, new.facts.revision);
                let detail = format!("{} ({why})", change.detail);
                writeln!(to, "{}\t{}\t{}\t{detail}", change.what, change.record, new.facts.id)?;
                store.log(now(), "recode", &new.facts.id, Some(&change.record), &format!("{}: {detail}", change.what))?;
            }
        }
        for unplaced in unplaced {
            lost += 1;
            let (correction, why) = (&unplaced.correction, &unplaced.why);
            writeln!(to, "waits\t{}\t{}\t{}: {why}", correction.record, correction.page, said(correction))?;
        }
        bar.inc(some.len() as u64);
    }
    bar.finish_and_clear();
    to.flush()?;
    keep::settle_origins(&mut store)?;
    store.finish()?;
    if ids.is_empty() && !args.all {
        out::tell("every page was read by the present lexicon and model; --all reads them anew nevertheless");
        return Ok(Ending::Done);
    }
    out::tell(&format!("{} pages read anew, {changed} records differ, {lost} corrections wait for their words", ids.len()));
    Ok(Ending::Done)
}
