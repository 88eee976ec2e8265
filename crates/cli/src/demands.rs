//! `detente demands`: who wants what from whom, and what came of it.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use ledger::{Entity, Event};
use serde_json::json;

use crate::asked::Ask;
use crate::out::{Column, Format, Table};
use crate::{Ending, out};

/// What answers a demand.
const ANSWERS: [&str; 3] = ["REJECT", "AGREE", "CONCEDE"];

/// List who demanded what of whom, each with the answers that those asked gave to those who asked, from that day on
#[derive(clap::Args)]
#[command(after_help = "Example:\n  detente demands --actor NATO --format jsonl")]
pub struct Args {
    #[command(flatten)]
    ask: Ask,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

struct Demand {
    id: String,
    page: String,
    date: Option<String>,
    actor: Vec<Entity>,
    recipient: Vec<Entity>,
    what: String,
    origins: u32,
}

struct Answer {
    id: String,
    date: Option<String>,
    kind: String,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let store = args.ask.open()?;
    let mut filter = args.ask.filter.filter();
    filter.event = vec!["REQUEST".to_string()];
    let mut demands = Vec::new();
    store.events(&filter, |entry, event, _, reports| {
        let what = event.proposition.as_ref().map_or(&event.sentence.text, |proposition| &proposition.quoted.text);
        demands.push(Demand {
            id: event.id.clone(),
            page: entry.facts.id.clone(),
            date: event.date.map(|day| day.to_string()),
            actor: event.actor.clone(),
            recipient: event.recipient.clone(),
            what: what.clone(),
            origins: reports.origins,
        });
        anyhow::Ok(())
    })?;
    // Answers, by who gave them to whom.
    let mut answers: BTreeMap<(String, String), Vec<Answer>> = BTreeMap::new();
    let all = ledger::store::Filter { event: ANSWERS.map(str::to_string).to_vec(), ..Default::default() };
    store.events(&all, |_, event, _, _| {
        for giver in &event.actor {
            for taker in &event.recipient {
                answers.entry((side(giver), side(taker))).or_default().push(answer(event));
            }
        }
        anyhow::Ok(())
    })?;
    let mut to = out::stdout();
    if let Format::Csv = args.format {
        writeln!(to, "id,page,date,actor,recipient,demand,origins,answers")?;
    }
    let columns = vec![
        Column("id", 16),
        Column("date", 10),
        Column("who", 22),
        Column("of whom", 22),
        Column("answers", 22),
        Column("what", 0),
    ];
    let mut table = Table::new(&mut to, columns, out::width());
    for demand in &demands {
        let mut given: Vec<&Answer> = Vec::new();
        for asked in &demand.recipient {
            for asking in &demand.actor {
                given.extend(answers.get(&(side(asked), side(asking))).into_iter().flatten());
            }
        }
        // What is older than the demand is no answer to it; where a day is missing it may be.
        given.retain(|answer| demand.date.is_none() || answer.date.is_none() || answer.date >= demand.date);
        given.sort_by(|a, b| (&a.date, &a.id).cmp(&(&b.date, &b.id)));
        given.dedup_by(|a, b| a.id == b.id);
        let date = demand.date.clone().unwrap_or_default();
        let kinds: Vec<String> = given
            .iter()
            .map(|answer| format!("{} {}", answer.kind, answer.date.as_deref().unwrap_or("")).trim().to_string())
            .collect();
        match args.format {
            Format::Jsonl => {
                let given: Vec<_> =
                    given.iter().map(|answer| json!({"id": answer.id, "date": answer.date, "event": answer.kind})).collect();
                let line = json!({
                    "schema": 1, "id": demand.id, "page": demand.page, "date": demand.date, "actor": codes(&demand.actor),
                    "recipient": codes(&demand.recipient), "demand": demand.what, "origins": demand.origins, "answers": given,
                });
                writeln!(table.raw(), "{line}")?;
            }
            Format::Csv => {
                let (actor, recipient) = (names(&demand.actor), names(&demand.recipient));
                let cells = [
                    demand.id.clone(),
                    demand.page.clone(),
                    date,
                    actor,
                    recipient,
                    demand.what.clone(),
                    demand.origins.to_string(),
                    kinds.join("; "),
                ];
                writeln!(table.raw(), "{}", out::csv(&cells))?;
            }
            Format::Table => {
                table.row(&[
                    &demand.id,
                    &date,
                    &names(&demand.actor),
                    &names(&demand.recipient),
                    &kinds.join("; "),
                    &demand.what,
                ])?;
            }
        }
    }
    to.flush()?;
    Ok(Ending::Done)
}

fn answer(event: &Event) -> Answer {
    let kind = event.category.first().map_or("", |category| category.as_str());
    Answer { id: event.id.clone(), date: event.date.map(|day| day.to_string()), kind: kind.to_string() }
}

/// Whom a party speaks for: its country where it has one, for ministers answer what states were asked.
fn side(party: &Entity) -> String {
    party.code.clone().unwrap_or_else(|| party.id.clone())
}

fn names(parties: &[Entity]) -> String {
    parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join("; ")
}

fn codes(parties: &[Entity]) -> Vec<serde_json::Value> {
    parties.iter().map(|party| json!({"identifier_id": party.id, "identifier_text": party.name, "code": party.code})).collect()
}
