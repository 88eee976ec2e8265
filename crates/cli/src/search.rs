//! `detente search`: pages with these words.

use std::io::Write;

use anyhow::Result;
use serde_json::json;

use crate::asked::Ask;
use crate::out::{DIM, HEAD};
use crate::{Ending, out};

/// Find pages in the ledger that have all these words; a phrase stands between quotation marks
#[derive(clap::Args)]
#[command(after_help = "Example:
  detente search '\"security guarantees\" Geneva' --since 2022-01-01")]
pub struct Args {
    /// The words
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    ask: Ask,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(clap::ValueEnum, Clone, Copy)]
enum Format {
    /// For people, with the words lit up
    Table,
    /// One JSON object a page
    Jsonl,
    /// One row a page, with a head line
    Csv,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let store = args.ask.open()?;
    let mut to = out::stdout();
    if let Format::Csv = args.format {
        writeln!(to, "page,path,url,title,publisher,published,excerpt")?;
    }
    for found in store.search(&args.words.join(" "), &args.ask.filter.filter())? {
        let facts = &found.facts;
        match args.format {
            Format::Table => {
                let day = facts.published.map(|day| day.to_string()).unwrap_or_default();
                let title = facts.title.as_deref().or(facts.path.as_deref()).unwrap_or("");
                writeln!(
                    to,
                    "{HEAD}{}{HEAD:#} {DIM}{} {day} {}{DIM:#}",
                    out::flat(title),
                    facts.id,
                    facts.publisher.as_deref().unwrap_or("")
                )?;
                let mut shown = String::new();
                let mut at = 0;
                for hit in &found.hits {
                    shown += found.excerpt.get(at..hit.start).unwrap_or("");
                    shown += &format!("{HEAD}{}{HEAD:#}", found.excerpt.get(hit.clone()).unwrap_or(""));
                    at = hit.end;
                }
                shown += found.excerpt.get(at..).unwrap_or("");
                writeln!(to, "  … {} …", shown.split_whitespace().collect::<Vec<_>>().join(" "))?;
            }
            Format::Csv => {
                let cell = |cell: &Option<String>| cell.clone().unwrap_or_default();
                let day = facts.published.map(|day| day.to_string()).unwrap_or_default();
                let cells = [
                    facts.id.clone(),
                    cell(&facts.path),
                    cell(&facts.url),
                    cell(&facts.title),
                    cell(&facts.publisher),
                    day,
                    found.excerpt.clone(),
                ];
                writeln!(to, "{}", out::csv(&cells))?;
            }
            Format::Jsonl => {
                let chars = |byte: usize| found.excerpt.get(..byte).map_or(0, |head| head.chars().count());
                let hits: Vec<_> =
                    found.hits.iter().map(|hit| json!({"start": chars(hit.start), "end": chars(hit.end)})).collect();
                let line = json!({
                    "schema": 1, "page": facts.id, "path": facts.path, "url": facts.url, "title": facts.title,
                    "publisher": facts.publisher, "published": facts.published.map(|day| day.to_string()),
                    "excerpt": found.excerpt, "hits": hits,
                });
                writeln!(to, "{line}")?;
            }
        }
    }
    to.flush()?;
    Ok(Ending::Done)
}
