//! `detente events`: who did what to whom.

use anyhow::Result;
use detente::output::{self, Border};
use ledger::{Entity, Event};
use serde_json::Value;

use crate::out::{Format, Records};
use crate::pages::Step;
use crate::question::Listing;
use crate::{Ending, out};

/// List who did what to whom: PLOVER events with modality, day, place and the words they were read from
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente events page.html
  detente events --format jsonl pages/ | jq -r '.event[0]' | sort | uniq -c
  detente events --format csv --published 2022-01-13 page.txt > events.csv")]
pub struct Args {
    #[command(flatten)]
    list: Listing,
}

pub const CSV: [&str; 26] = [
    "id",
    "page",
    "date",
    "enddate",
    "date_basis",
    "event",
    "mode",
    "modality",
    "actor",
    "actor_code",
    "actor_sector",
    "recipient",
    "recipient_code",
    "recipient_sector",
    "context",
    "quad_code",
    "event_scale",
    "proposition",
    "place",
    "lat",
    "lon",
    "said_by",
    "confidence",
    "text",
    "start",
    "end",
];

/// Runs the command.
pub fn run(Args { list }: Args) -> Result<Ending> {
    let told = if list.question.of_ledger() { &TOLD[..] } else { &[] };
    let heads: Vec<&str> = CSV.iter().chain(told).copied().collect();
    let columns = [("id", 16), ("date", 10), ("event", 18), ("told as", 12), ("actor", 22), ("recipient", 18), ("words", 0)];
    let mut records = Records::new(out::stdout(), list.format, list.heads(&heads), &columns)?;
    let print = |records: &mut Records<_>, object: &dyn Fn() -> Value, row: &dyn Fn() -> Vec<String>, e: &Event| -> Result<()> {
        let cells = || {
            let date = e.date.map(|d| d.to_string()).unwrap_or_default();
            let kind = match (e.category.first(), e.mode.first()) {
                (Some(c), Some(m)) => format!("{c} {m}"),
                (Some(c), None) => c.to_string(),
                _ => String::new(),
            };
            let (actor, recipient) = (names(&e.actor), names(&e.recipient));
            let words = e.evidence.quoted.text.clone();
            vec![e.id.clone(), date, kind, e.modality.as_str().to_string(), actor, recipient, words]
        };
        Ok(records.record(object, row, cells)?)
    };
    #[cfg(feature = "store")]
    if let Some(store) = list.question.store()? {
        if let Format::Table = list.format {
            return listed(&store, &list.question.ask.filter.filter(), &mut records);
        }
        store.events(&list.question.ask.filter.filter(), |entry, e, _, reports| {
            let article = detente::keep::article(entry);
            let border = Border::new(&article);
            let cells = || row(&border, e).into_iter().chain(self::told(reports)).collect();
            print(&mut records, &|| detente::keep::event(&border, e, reports), &cells, e)
        })?;
        records.flush()?;
        return Ok(Ending::Done);
    }
    let ending = list.stream("events", |step| {
        let Step::Page(reading) = step else { return Ok(records.flush()?) };
        let border = Border::new(&reading.article);
        let mut each = |e: &Event| print(&mut records, &|| output::event(&border, e), &|| row(&border, e), e);
        reading.events.iter().try_for_each(&mut each)
    })?;
    records.flush()?;
    Ok(ending)
}

/// The table of a ledger's events, which needs no page to be opened.
#[cfg(feature = "store")]
fn listed<W: std::io::Write>(
    store: &ledger::store::Store,
    filter: &ledger::store::Filter,
    records: &mut Records<W>,
) -> Result<Ending> {
    use ledger::store::{Found, Party};
    let first = |list: &str| list.split(", ").next().unwrap_or_default().to_string();
    let names = |side: &[Party]| join(side.iter().map(|party| party.name.as_str()));
    for told in store.told(filter)? {
        let mode = told.mode.as_deref().map(first).unwrap_or_default();
        let kind = format!("{} {mode}", first(&told.event)).trim_end().to_string();
        let words = match told.words {
            Some(words) => words,
            None => match store.record(&told.id)? {
                Some((_, Found::Event(event, ..))) => event.evidence.quoted.text,
                _ => told.sentence,
            },
        };
        let date = told.date.unwrap_or_default();
        let cells = [told.id, date, kind, told.modality, names(&told.actors), names(&told.recipients), words];
        records.row(&cells)?;
    }
    records.flush()?;
    Ok(Ending::Done)
}

/// What only a ledger knows of an event, as cells after those of [`CSV`].
#[cfg(feature = "store")]
pub fn told(reports: &ledger::store::Reports) -> [String; 4] {
    let ledger::store::Reports { happening, copies, outlets, origins } = reports;
    [happening.clone(), copies.to_string(), outlets.to_string(), origins.to_string()]
}

/// The names of these cells.
pub const TOLD: [&str; 4] = ["happening", "copies", "outlets", "origins"];

/// Canonical names, else the words.
fn names(entities: &[Entity]) -> String {
    join(entities.iter().map(|e| if e.name.is_empty() { e.text.as_str() } else { e.name.as_str() }))
}

fn join<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.filter(|i| !i.is_empty()).collect::<Vec<_>>().join("; ")
}

/// The cells of one event, as [`CSV`] names them.
pub fn row(border: &Border<'_>, e: &Event) -> Vec<String> {
    let (start, end) = border.pair(e.evidence.part, e.evidence.quoted.span);
    let codes = |list: &[Entity]| join(list.iter().map(|x| x.code.as_deref().unwrap_or("")));
    let sectors = |list: &[Entity]| join(list.iter().map(|x| x.sector.first().map_or("", String::as_str)));
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let place = e.place.as_ref();
    let degrees = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    vec![
        e.id.clone(),
        e.evidence.page.clone(),
        day(e.date),
        day(e.end_date),
        e.date_basis.as_str().to_string(),
        join(e.category.iter().map(|c| c.as_str())),
        join(e.mode.iter().map(|m| m.as_str())),
        e.modality.as_str().to_string(),
        names(&e.actor),
        codes(&e.actor),
        sectors(&e.actor),
        names(&e.recipient),
        codes(&e.recipient),
        sectors(&e.recipient),
        join(e.context.iter().map(|c| c.as_str())),
        e.category.first().map(|c| (c.quad() as u8).to_string()).unwrap_or_default(),
        e.scale().to_string(),
        e.proposition.as_ref().map(|p| p.quoted.text.clone()).unwrap_or_default(),
        place.map(|p| p.resolved.clone().unwrap_or_else(|| p.text.clone())).unwrap_or_default(),
        degrees(place.and_then(|p| p.lat)),
        degrees(place.and_then(|p| p.lon)),
        e.said_by.clone().unwrap_or_default(),
        format!("{:.2}", e.confidence),
        e.sentence.text.clone(),
        start.to_string(),
        end.to_string(),
    ]
}
