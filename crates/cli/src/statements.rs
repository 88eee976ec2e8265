//! `detente statements`: who said what, in which words.

use std::io::Write;

use anyhow::Result;
use detente::output::{self, Border};
use ledger::Statement;

use crate::out::{Column, Table};
use crate::pages::{self, Step};
use crate::resume::ResumeArgs;
use crate::{Ending, out};

/// List who said what: speaker, words, channel, day
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente statements page.html
  detente statements --format jsonl pages/ | jq .speaker.text
  detente statements --format csv --published 2022-01-13 page.txt > statements.csv")]
pub struct Args {
    #[command(flatten)]
    pages: pages::PageArgs,
    #[command(flatten)]
    resume: ResumeArgs,
    #[cfg(feature = "store")]
    #[command(flatten)]
    ask: crate::asked::Ask,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Formats of lists of records.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default)]
pub enum Format {
    /// For reading
    #[default]
    Table,
    /// One object a line
    Jsonl,
    /// One row a record, with a head line
    Csv,
}

pub const CSV: [&str; 15] = [
    "id",
    "page",
    "speaker",
    "speaker_name",
    "speaker_code",
    "cue",
    "content",
    "form",
    "stance",
    "channel",
    "addressee",
    "date",
    "start",
    "end",
    "in",
];

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let mut to = out::stdout();
    if let Format::Csv = args.format
        && !args.resume.begun()
    {
        writeln!(to, "{}", CSV.join(","))?;
    }
    let columns = vec![Column("id", 16), Column("date", 10), Column("speaker", 28), Column("", 8), Column("words", 0)];
    let mut table = Table::new(&mut to, columns, out::width());
    let format = args.format;
    // A record, or nothing where all so far must be out.
    let mut print = |record: Option<(&Border<'_>, &Statement)>| -> Result<()> {
        let Some((border, s)) = record else { return Ok(table.raw().flush()?) };
        match format {
            Format::Jsonl => writeln!(table.raw(), "{}", output::statement(border, s))?,
            Format::Csv => writeln!(table.raw(), "{}", out::csv(&row(border, s)))?,
            Format::Table => {
                let date = s.date.map(|d| d.to_string()).unwrap_or_default();
                let speaker = s.speaker.as_ref().map_or("—", |q| q.text.as_str());
                table.row(&[&s.id, &date, speaker, s.stance.as_str(), &s.content.text])?;
            }
        }
        Ok(())
    };
    #[cfg(feature = "store")]
    if let Some(store) = args.ask.store(&args.pages.paths)? {
        store.statements(&args.ask.filter.for_statements()?, |entry, s, _| {
            print(Some((&Border::new(&detente::keep::article(entry)), s)))
        })?;
        to.flush()?;
        return Ok(Ending::Done);
    }
    let command = format!("statements {format:?}");
    let ending = args.pages.stream(&args.resume, &command, |step| {
        let Step::Page(reading) = step else { return print(None) };
        let border = Border::new(&reading.article);
        reading.statements.iter().try_for_each(|s| print(Some((&border, s))))
    })?;
    to.flush()?;
    Ok(ending)
}

/// The cells of one statement, as [`CSV`] names them.
pub fn row(border: &Border<'_>, s: &Statement) -> Vec<String> {
    let (start, end) = border.pair(s.evidence.part, s.evidence.quoted.span);
    let words = |q: &Option<ledger::Quoted>| q.as_ref().map(|q| q.text.clone()).unwrap_or_default();
    let actor = s.actors.first();
    vec![
        s.id.clone(),
        s.evidence.page.clone(),
        words(&s.speaker),
        actor.map(|a| a.name.clone()).unwrap_or_default(),
        actor.and_then(|a| a.code.clone()).unwrap_or_default(),
        words(&s.cue),
        s.content.text.clone(),
        s.form.as_str().to_string(),
        s.stance.as_str().to_string(),
        words(&s.channel),
        words(&s.addressee),
        s.date.map(|d| d.to_string()).unwrap_or_default(),
        start.to_string(),
        end.to_string(),
        if s.evidence.part == ledger::Part::Title { "title" } else { "text" }.to_string(),
    ]
}
