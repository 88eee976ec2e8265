//! `detente meetings`: who met whom, each meeting once.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use ledger::store::{Filter, Reports, Told};
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

/// What all accounts of a meeting say together.
struct Meeting {
    /// Its id and how often it is told.
    reports: Reports,
    date: Option<String>,
    parties: BTreeSet<String>,
    places: BTreeSet<String>,
    modality: String,
    modes: BTreeSet<String>,
    records: Vec<String>,
    /// The first account's words.
    words: String,
}

impl Meeting {
    fn new(told: &Told) -> Meeting {
        Meeting {
            reports: told.reports.clone(),
            date: None,
            parties: BTreeSet::new(),
            places: BTreeSet::new(),
            modality: told.modality.clone(),
            modes: BTreeSet::new(),
            records: Vec::new(),
            words: told.sentence.clone(),
        }
    }

    fn add(&mut self, told: Told) {
        self.date = self.date.take().or(told.date);
        self.parties.extend(told.actors.into_iter().chain(told.recipients).map(|party| party.name));
        self.places.extend(told.place);
        self.modes.extend(told.mode.iter().flat_map(|modes| modes.split(", ")).map(str::to_string));
        self.records.push(told.id);
    }
}

fn meetings(ask: &Ask) -> Result<Vec<Meeting>> {
    let store = ask.open()?;
    let filter = Filter { event: vec!["CONSULT".to_string()], ..ask.filter.filter() };
    let mut all: BTreeMap<String, Meeting> = BTreeMap::new();
    for told in store.told(&filter)? {
        all.entry(told.reports.happening.clone()).or_insert_with(|| Meeting::new(&told)).add(told);
    }
    let mut all: Vec<Meeting> = all.into_values().collect();
    // Undated ones last.
    all.sort_by(|a, b| (a.date.is_none(), &a.date, &a.reports.happening).cmp(&(b.date.is_none(), &b.date, &b.reports.happening)));
    Ok(all)
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let all = meetings(&args.ask)?;
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
        let modes: Vec<&str> = told.modes.iter().map(String::as_str).collect();
        let date = told.date.clone().unwrap_or_default();
        match args.format {
            Format::Jsonl => {
                let line = json!({
                    "schema": 1, "happening": happening, "date": told.date, "parties": told.parties, "places": told.places,
                    "mode": modes, "modality": told.modality, "records": told.records, "text": told.words,
                    "reports": {"copies": copies, "outlets": outlets, "origins": origins},
                });
                writeln!(table.raw(), "{line}")?;
            }
            Format::Csv => {
                let counts = [copies, outlets, origins].map(ToString::to_string);
                let [copies, outlets, origins] = counts;
                let modality = told.modality.clone();
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
