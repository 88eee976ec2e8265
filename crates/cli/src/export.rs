//! `detente export`: the ledger as files for other programs.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use detente::keep;
use detente::output::{self, Border};
use serde_json::json;

use crate::asked::Ask;
use crate::{Ending, events, out, statements};

/// Write the ledger's events, statements and pages into a folder, as JSON Lines and CSV
#[derive(clap::Args)]
#[command(after_help = "Example:\n  detente export tables/ --ledger talks.db")]
pub struct Args {
    /// The folder; it is made where it is missing
    dir: PathBuf,
    #[command(flatten)]
    ask: Ask,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let store = args.ask.open()?;
    let dir = &args.dir;
    std::fs::create_dir_all(dir).with_context(|| format!("cannot make the folder {}", dir.display()))?;
    let filter = args.ask.filter.filter();
    let (mut lines, mut table) = (file(dir, "events.jsonl")?, file(dir, "events.csv")?);
    let names: Vec<&str> = events::CSV.into_iter().chain(events::TOLD).collect();
    writeln!(table, "{}", names.join(","))?;
    let mut counts = [0usize; 3];
    store.events(&filter, |entry, event, _, reports| {
        counts[0] += 1;
        let article = keep::article(entry);
        let border = Border::new(&article);
        writeln!(lines, "{}", keep::event(&border, event, reports))?;
        let mut cells = events::row(&border, event);
        cells.extend(events::told(reports));
        writeln!(table, "{}", out::csv(&cells))?;
        anyhow::Ok(())
    })?;
    close(lines)?;
    close(table)?;
    let (mut lines, mut table) = (file(dir, "statements.jsonl")?, file(dir, "statements.csv")?);
    writeln!(table, "{}", statements::CSV.join(","))?;
    store.statements(&filter, |entry, statement, _| {
        counts[1] += 1;
        let article = keep::article(entry);
        let border = Border::new(&article);
        writeln!(lines, "{}", output::statement(&border, statement))?;
        writeln!(table, "{}", out::csv(&statements::row(&border, statement)))?;
        anyhow::Ok(())
    })?;
    close(lines)?;
    close(table)?;
    let (mut lines, mut table) = (file(dir, "pages.jsonl")?, file(dir, "pages.csv")?);
    writeln!(table, "page,path,url,title,publisher,published,language,cluster,origin,records,revision")?;
    for (facts, records) in store.facts(&filter)? {
        counts[2] += 1;
        let day = facts.published.map(|day| day.to_string());
        let line = json!({
            "schema": 1, "page": facts.id, "path": facts.path, "url": facts.url, "title": facts.title, "byline": facts.byline,
            "publisher": facts.publisher, "published": day, "published_from": facts.published_from, "language": facts.language,
            "cluster": facts.cluster, "origin": facts.origin, "records": records, "why_none": facts.why_none,
            "revision": facts.revision,
        });
        writeln!(lines, "{line}")?;
        let text = |cell: Option<String>| cell.unwrap_or_default();
        let cells = [
            facts.id,
            text(facts.path),
            text(facts.url),
            text(facts.title),
            text(facts.publisher),
            text(day),
            text(facts.language),
            text(facts.cluster),
            text(facts.origin),
            records.to_string(),
            facts.revision,
        ];
        writeln!(table, "{}", out::csv(&cells))?;
    }
    close(lines)?;
    close(table)?;
    let [events, statements, pages] = counts;
    out::tell(&format!("{}: {events} events, {statements} statements, {pages} pages", dir.display()));
    Ok(Ending::Done)
}

fn file(dir: &Path, name: &str) -> Result<BufWriter<File>> {
    let path = dir.join(name);
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(BufWriter::new(file))
}

fn close(mut file: BufWriter<File>) -> Result<()> {
    file.flush().context("cannot write the export: is the disk full?")
}
