//! `detente sources`: which pages are copies of one another, where they come from, whether they can be used.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use detente::output;
use detente::sources::{Digest, Publishers, Role, SourceRow, judge_digests, reports};

use crate::out::{Column, Table};
use crate::{Ending, out, pages};

/// List the pages as sources: copies and their likely original, origins, verdicts
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente sources pages/
  detente sources --format jsonl pages/ | jq 'select(.verdict != \"good\") | {path, verdict_reasons}'
  detente sources --publishers own.toml pages/    publishers of your own beside those that are known
  detente sources --ledger talks.db --since 7d    pages of the ledger, as they were judged when they came")]
pub struct Args {
    #[command(flatten)]
    pages: pages::PageArgs,
    #[cfg(feature = "store")]
    #[command(flatten)]
    ask: crate::asked::Ask,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// More publishers, in the form of lexicon/publishers.toml; an entry of a known name replaces it
    #[arg(long, value_name = "FILE")]
    publishers: Option<PathBuf>,
}

#[derive(clap::ValueEnum, Clone, Copy, Default)]
enum Format {
    /// For reading
    #[default]
    Table,
    /// One object a line
    Jsonl,
    /// One row a page, with a head line
    Csv,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let mut publishers = Publishers::builtin().map_err(|e| anyhow!(e))?;
    if let Some(file) = &args.publishers {
        let toml = std::fs::read_to_string(file).with_context(|| format!("{}: could not be read", file.display()))?;
        publishers = publishers.with(&toml, &file.display().to_string()).map_err(|e| anyhow!(e))?;
    }
    #[cfg(feature = "store")]
    if let Some(store) = args.ask.store(&args.pages.paths)? {
        return print(&detente::keep::sources(&store, &args.ask.filter.filter())?, args.format);
    }
    let mut digests = Vec::new();
    let ending = args.pages.readings(|reading| {
        digests.push(Digest::new(&reading, &publishers));
        Ok(())
    })?;
    print(&judge_digests(&digests), args.format)?;
    Ok(ending)
}

fn print(rows: &[SourceRow], format: Format) -> Result<Ending> {
    let mut to = out::stdout();
    match format {
        Format::Jsonl => rows.iter().try_for_each(|row| writeln!(to, "{}", output::source(row)))?,
        Format::Csv => csv(&mut to, rows)?,
        Format::Table => table(&mut to, rows)?,
    }
    to.flush()?;
    Ok(Ending::Done)
}

fn csv(to: &mut impl Write, rows: &[SourceRow]) -> Result<()> {
    writeln!(to, "page,path,url,publisher,published,cluster,role,copy_of,overlap,origin,verdict,reasons,records,why_none")?;
    for row in rows {
        let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
        let cells = [
            row.page.clone(),
            text(&row.path),
            text(&row.url),
            text(&row.publisher),
            row.published.map(|day| day.to_string()).unwrap_or_default(),
            row.cluster.clone(),
            row.role.as_str().to_string(),
            text(&row.copy_of),
            row.overlap.map(|share| format!("{share:.2}")).unwrap_or_default(),
            row.origin.clone(),
            row.verdict.word.to_string(),
            row.verdict.reasons.join("; "),
            row.records.to_string(),
            text(&row.why_none),
        ];
        writeln!(to, "{}", out::csv(&cells))?;
    }
    Ok(())
}

fn table(to: &mut impl Write, rows: &[SourceRow]) -> Result<()> {
    let columns = [
        ("page", 16),
        ("file", 24),
        ("published", 10),
        ("publisher", 20),
        ("role", 8),
        ("copy of", 16),
        ("found", 5),
        ("origin", 16),
        ("use", 6),
        ("rec.", 4),
        ("", 0),
    ];
    let columns = columns.into_iter().map(|(name, width)| Column(name, width)).collect();
    let mut table = Table::new(to, columns, out::width());
    for row in rows {
        let date = row.published.map(|d| d.to_string()).unwrap_or_default();
        let found = row.overlap.map(|o| format!("{:.0} %", o * 100.0)).unwrap_or_default();
        let records = row.records.to_string();
        let file = row.path.as_deref().map_or("", |p| p.rsplit(['/', '\\']).next().unwrap_or(p));
        let (publisher, copy_of) = (row.publisher.as_deref().unwrap_or("—"), row.copy_of.as_deref().unwrap_or(""));
        table.row(&[
            &row.page,
            file,
            &date,
            publisher,
            row.role.as_str(),
            copy_of,
            &found,
            &row.origin,
            row.verdict.word,
            &records,
            &remarks(row),
        ])?;
    }
    let all = reports(rows.iter().map(|row| (row, None)));
    let originals = rows.iter().filter(|r| matches!(r.role, Role::Single | Role::Original)).count();
    let origins: std::collections::BTreeSet<&str> = rows.iter().map(|r| r.origin.as_str()).collect();
    out::tell(&format!(
        "{} pages by {} publishers; {originals} without copies counted twice; {} origins",
        rows.len(),
        all.outlets,
        origins.len()
    ));
    Ok(())
}

/// What there is to say of a page, in a few words.
fn remarks(row: &SourceRow) -> String {
    let mut remarks = row.verdict.reasons.clone();
    remarks.extend(row.why_none.iter().map(|why| format!("no record: {why}")));
    remarks.extend(row.why.first().cloned());
    if !row.repairs.is_empty() {
        remarks.push(format!("{} garbled sentences are whole in a cleaner copy", row.repairs.len()));
    }
    remarks.extend(row.cleaner.iter().map(|page| format!("cleaner: {page}")));
    remarks.join("; ")
}
