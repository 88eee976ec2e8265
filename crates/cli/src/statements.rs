//! `detente statements`: who said what, in which words.

use anyhow::Result;
use detente::output::{self, Border};
use ledger::Statement;

use crate::out::Records;
use crate::pages::Step;
use crate::question::Listing;
use crate::{Ending, out};

/// List who said what: speaker, words, channel, day
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente statements page.html
  detente statements --format jsonl pages/ | jq .speaker.text
  detente statements --format csv --published 2022-01-13 page.txt > statements.csv")]
pub struct Args {
    #[command(flatten)]
    list: Listing,
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
pub fn run(Args { list }: Args) -> Result<Ending> {
    let columns = [("id", 16), ("date", 10), ("speaker", 28), ("", 8), ("words", 0)];
    let mut records = Records::new(out::stdout(), list.format, list.heads(&CSV), &columns)?;
    let print = |records: &mut Records<_>, border: &Border<'_>, s: &Statement| -> Result<()> {
        let cells = || {
            let date = s.date.map(|d| d.to_string()).unwrap_or_default();
            let speaker = s.speaker.as_ref().map_or("—", |q| q.text.as_str());
            vec![s.id.clone(), date, speaker.to_string(), s.stance.as_str().to_string(), s.content.text.clone()]
        };
        Ok(records.record(|| output::statement(border, s), || row(border, s), cells)?)
    };
    #[cfg(feature = "store")]
    if let Some(store) = list.question.store()? {
        store.statements(&list.question.ask.filter.filter(), |entry, s, _| {
            print(&mut records, &Border::new(&detente::keep::article(entry)), s)
        })?;
        records.flush()?;
        return Ok(Ending::Done);
    }
    let ending = list.stream("statements", |step| {
        let Step::Page(reading) = step else { return Ok(records.flush()?) };
        let border = Border::new(&reading.article);
        reading.statements.iter().try_for_each(|s| print(&mut records, &border, s))
    })?;
    records.flush()?;
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
