//! `detente brief`: the main job.

use std::io::Write;

use anyhow::{Result, anyhow};
use detente::brief::{Account, Brief, Phrases, TextStyle};
use detente::sources::{Digest, Publishers, judge_digests};

use crate::question::Question;
use crate::{Ending, out, pages};

/// Columns where standard output is no terminal.
const WIDTH: usize = 100;

/// Read pages and print the brief: meetings, demands, threats and moves, denials, statements, sources, what cannot be trusted
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente brief pages/
  detente brief --published 2022-01-13 page.txt
  detente brief --format html pages/ > brief.html

A line ends with the places it was read from: [2:120–245] are characters 120 to 245 of source 2.")]
pub struct Args {
    #[command(flatten)]
    question: Question,
    /// How to print it; json holds every line
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Lines in every section, 0 for all; without it, what fits one screen
    #[arg(long, value_name = "N")]
    lines: Option<usize>,
}

#[derive(clap::ValueEnum, Clone, Copy, Default)]
enum Format {
    /// One screen
    #[default]
    Text,
    /// For a wiki or a mail
    Markdown,
    /// One file for screen and paper
    Html,
    /// One object
    Json,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    #[cfg(feature = "store")]
    let (accounts, ending) = match args.question.store()? {
        Some(store) => (of_ledger(&store, &args.question.ask.filter)?, Ending::Done),
        None => of_pages(&args.question.pages)?,
    };
    #[cfg(not(feature = "store"))]
    let (accounts, ending) = of_pages(&args.question.pages)?;
    let phrases = Phrases::builtin().map_err(|e| anyhow!(e))?;
    let brief = Brief::new(&accounts, &phrases);
    let lines = args.lines.map(|n| if n == 0 { usize::MAX } else { n });
    let text = match args.format {
        Format::Text => brief.text(&TextStyle { width: out::width().unwrap_or(WIDTH), colour: true, lines }),
        Format::Markdown => brief.markdown(lines),
        Format::Html => brief.html(lines),
        Format::Json => format!("{}\n", brief.json()),
    };
    let mut to = out::stdout();
    to.write_all(text.as_bytes())?;
    to.flush()?;
    Ok(ending)
}

fn of_pages(pages: &pages::PageArgs) -> Result<(Vec<Account>, Ending)> {
    let publishers = Publishers::builtin().map_err(|e| anyhow!(e))?;
    let (mut accounts, mut digests) = (Vec::new(), Vec::new());
    let ending = pages.readings(|reading| {
        digests.push(Digest::new(&reading, &publishers));
        accounts.push(Account::new(reading));
        Ok(())
    })?;
    for (account, row) in accounts.iter_mut().zip(judge_digests(&digests)) {
        account.source = Some(row);
    }
    Ok((accounts, ending))
}

/// The pages of the ledger that the days let through, with those of their records that the other filters want.
#[cfg(feature = "store")]
fn of_ledger(store: &ledger::store::Store, wanted: &crate::asked::FilterArgs) -> Result<Vec<Account>> {
    use std::collections::BTreeMap;
    let days = ledger::store::Filter { since: wanted.since, until: wanted.until, ..Default::default() };
    let narrow = crate::asked::FilterArgs { since: None, until: None, as_of: None, limit: None, ..wanted.clone() };
    let pages = ledger::store::Filter { since: wanted.since, until: wanted.until, ..narrow.filter() };
    let mut rows: BTreeMap<String, detente::sources::SourceRow> =
        detente::keep::sources(store, &days)?.into_iter().map(|row| (row.page.clone(), row)).collect();
    let mut accounts = Vec::new();
    store.pages(&pages, |entry, corrected| {
        let mut account = detente::keep::account(&entry, corrected);
        account.source = rows.remove(&account.page);
        if !narrow.is_empty() {
            let records = store.ids(&ledger::store::Filter { page: Some(account.page.clone()), ..narrow.filter() })?;
            account.events.retain(|event| records.contains(&event.id));
            account.statements.retain(|statement| records.contains(&statement.id));
            if account.events.is_empty() && account.statements.is_empty() {
                return anyhow::Ok(());
            }
        }
        accounts.push(account);
        anyhow::Ok(())
    })?;
    Ok(accounts)
}
