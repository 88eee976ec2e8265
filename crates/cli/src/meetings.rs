//! `detente meetings`: who met whom, each meeting once.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use ledger::store::Reports;
use ledger::{Event, Modality};
use serde_json::json;

use crate::asked::Ask;
use crate::out::{Column, Format, Table};
use crate::{Ending, out};

/// List who met whom, where and when; a meeting told on several pages stands once
#[derive(clap::Args)]
#[command(after_help = "Example:\n  detente meetings --actor russia --since 2022-01-10")]
pub struct Args {
    #[command(flatten)]
    ask: Ask,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What all accounts of a thing say together.
pub struct Told {
    /// Its id and how often it is told.
    pub reports: Reports,
    /// Day.
    pub date: Option<String>,
    /// Names of those who did it, and of those to whom.
    pub parties: BTreeSet<String>,
    /// Places.
    pub places: BTreeSet<String>,
    /// How it is told.
    pub modality: Modality,
    /// Modes.
    pub modes: BTreeSet<&'static str>,
    /// Records.
    pub records: Vec<String>,
    /// The first account's words.
    pub words: String,
}

impl Told {
    fn add(&mut self, event: &Event) {
        self.date = self.date.take().or_else(|| event.date.map(|day| day.to_string()));
        let named = event.actor.iter().chain(&event.recipient);
        self.parties.extend(named.map(|party| if party.name.is_empty() { party.text.clone() } else { party.name.clone() }));
        self.places.extend(event.place.iter().map(|place| place.resolved.clone().unwrap_or_else(|| place.text.clone())));
        self.modes.extend(event.mode.iter().map(|mode| mode.as_str()));
        self.records.push(event.id.clone());
    }
}

/// The happenings of one category, by day.
pub fn happenings(ask: &Ask, category: &str) -> Result<Vec<Told>> {
    let store = ask.open()?;
    let mut filter = ask.filter.filter();
    filter.event = vec![category.to_string()];
    let mut all: BTreeMap<String, Told> = BTreeMap::new();
    store.events(&filter, |_, event, _, reports| {
        all.entry(reports.happening.clone())
            .or_insert_with(|| Told {
                reports: reports.clone(),
                date: None,
                parties: BTreeSet::new(),
                places: BTreeSet::new(),
                modality: event.modality,
                modes: BTreeSet::new(),
                records: Vec::new(),
                words: event.sentence.text.clone(),
            })
            .add(event);
        anyhow::Ok(())
    })?;
    let mut all: Vec<Told> = all.into_values().collect();
    // Undated ones last.
    all.sort_by(|a, b| (a.date.is_none(), &a.date, &a.reports.happening).cmp(&(b.date.is_none(), &b.date, &b.reports.happening)));
    Ok(all)
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let all = happenings(&args.ask, "CONSULT")?;
    let mut to = out::stdout();
    if let Format::Csv = args.format {
        writeln!(to, "id,date,parties,places,mode,modality,copies,outlets,origins,text")?;
    }
    let columns = vec![
        Column("id", 16),
        Column("date", 10),
        Column("parties", 40),
        Column("place", 14),
        Column("told as", 12),
        Column("origins", 7),
        Column("words", 0),
    ];
    let mut table = Table::new(&mut to, columns, out::width());
    let list = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join("; ");
    for told in &all {
        let Reports { happening, copies, outlets, origins } = &told.reports;
        let modes: Vec<&str> = told.modes.iter().copied().collect();
        let date = told.date.clone().unwrap_or_default();
        match args.format {
            Format::Jsonl => {
                let line = json!({
                    "schema": 1, "happening": happening, "date": told.date, "parties": told.parties, "places": told.places,
                    "mode": modes, "modality": told.modality.as_str(), "records": told.records, "text": told.words,
                    "reports": {"copies": copies, "outlets": outlets, "origins": origins},
                });
                writeln!(table.raw(), "{line}")?;
            }
            Format::Csv => {
                let counts = [copies, outlets, origins].map(ToString::to_string);
                let [copies, outlets, origins] = counts;
                let modality = told.modality.to_string();
                let cells = [
                    happening.clone(),
                    date,
                    list(&told.parties),
                    list(&told.places),
                    modes.join("; "),
                    modality,
                    copies,
                    outlets,
                    origins,
                    told.words.clone(),
                ];
                writeln!(table.raw(), "{}", out::csv(&cells))?;
            }
            Format::Table => {
                let cells = [
                    happening,
                    &date,
                    &list(&told.parties),
                    &list(&told.places),
                    told.modality.as_str(),
                    &origins.to_string(),
                    &told.words,
                ];
                table.row(&cells)?;
            }
        }
    }
    to.flush()?;
    Ok(Ending::Done)
}
