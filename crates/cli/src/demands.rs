//! `detente demands`: who wants what from whom, and what came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use jiff::ToSpan;
use jiff::civil::Date;
use ledger::store::{Filter, Party, Told};
use serde_json::json;

use crate::asked::Ask;
use crate::out::{Column, Format, Table};
use crate::{Ending, out};

/// What answers a demand.
const ANSWERS: [&str; 3] = ["REJECT", "AGREE", "CONCEDE"];
/// Days after which nothing is taken for an answer any more.
const PATIENCE: i64 = 60;

/// List who demanded what of whom, each with the answers that those asked gave to those who asked, within sixty days
#[derive(clap::Args)]
#[command(after_help = "Example:\n  detente demands --actor NATO --format jsonl")]
pub struct Args {
    #[command(flatten)]
    ask: Ask,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Answers of one side to another, by day.
type Answers = BTreeMap<(String, String), Vec<Told>>;

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let store = args.ask.open()?;
    let demands = store.told(&Filter { event: vec!["REQUEST".to_string()], ..args.ask.filter.filter() })?;
    // One look over the days on which answers can have been given, by those who were asked to those who asked.
    let first = demands.iter().map(|demand| demand.day.as_str()).min().and_then(|day| day.parse().ok());
    let last = demands.iter().map(|demand| demand.day.as_str()).max().map(until);
    let sides = |parties: fn(&Told) -> &[Party]| -> Vec<String> {
        let all: BTreeSet<&str> = demands.iter().flat_map(parties).map(Party::side).collect();
        all.into_iter().map(str::to_string).collect()
    };
    let asked = Filter {
        event: ANSWERS.map(str::to_string).to_vec(),
        actor: sides(|demand| &demand.recipients),
        recipient: sides(|demand| &demand.actors),
        since: first,
        until: last,
        ..Filter::default()
    };
    let mut answers = Answers::new();
    let nobody = asked.actor.is_empty() || asked.recipient.is_empty();
    for answer in if nobody { Vec::new() } else { store.told(&asked)? } {
        for giver in &answer.actors {
            for taker in &answer.recipients {
                answers.entry((giver.side().to_string(), taker.side().to_string())).or_default().push(answer.clone());
            }
        }
    }
    answers.values_mut().for_each(|given| given.sort_by(|a, b| (&a.day, &a.id).cmp(&(&b.day, &b.id))));
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
        let given = given(demand, &answers);
        let date = demand.date.clone().unwrap_or_default();
        let kinds: Vec<String> = given
            .iter()
            .map(|answer| format!("{} {}", answer.event, answer.date.as_deref().unwrap_or("")).trim().to_string())
            .collect();
        match args.format {
            Format::Jsonl => {
                let given: Vec<_> =
                    given.iter().map(|answer| json!({"id": answer.id, "date": answer.date, "event": answer.event})).collect();
                let line = json!({
                    "schema": 1, "id": demand.id, "page": demand.page, "date": demand.date, "actor": codes(&demand.actors),
                    "recipient": codes(&demand.recipients), "demand": what(demand), "origins": demand.reports.origins, "answers": given,
                });
                writeln!(table.raw(), "{line}")?;
            }
            Format::Csv => {
                let (actor, recipient) = (names(&demand.actors), names(&demand.recipients));
                let cells = [
                    demand.id.clone(),
                    demand.page.clone(),
                    date,
                    actor,
                    recipient,
                    what(demand).to_string(),
                    demand.reports.origins.to_string(),
                    kinds.join("; "),
                ];
                writeln!(table.raw(), "{}", out::csv(&cells))?;
            }
            Format::Table => {
                table.row(&[
                    &demand.id,
                    &date,
                    &names(&demand.actors),
                    &names(&demand.recipients),
                    &kinds.join("; "),
                    what(demand),
                ])?;
            }
        }
    }
    to.flush()?;
    Ok(Ending::Done)
}

/// What those asked answered to those who asked: not before the demand, and not long after. A record without a day counts
/// from the day of its page.
fn given<'a>(demand: &Told, answers: &'a Answers) -> Vec<&'a Told> {
    let last = until(&demand.day).to_string();
    let mut given: Vec<&Told> = Vec::new();
    for asked in &demand.recipients {
        for asking in &demand.actors {
            let all = answers.get(&(asked.side().to_string(), asking.side().to_string())).map_or(&[][..], Vec::as_slice);
            let from = all.partition_point(|answer| answer.day < demand.day);
            given.extend(all.iter().skip(from).take_while(|answer| answer.day <= last));
        }
    }
    given.sort_by(|a, b| (&a.day, &a.id).cmp(&(&b.day, &b.id)));
    given.dedup_by(|a, b| a.id == b.id);
    given
}

/// The last day on which a demand of that day is answered.
fn until(day: &str) -> Date {
    day.parse().unwrap_or(Date::MAX).saturating_add(PATIENCE.days())
}

/// What is demanded: the content, else the sentence.
fn what(demand: &Told) -> &str {
    demand.proposition.as_ref().unwrap_or(&demand.sentence)
}

fn names(parties: &[Party]) -> String {
    parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join("; ")
}

fn codes(parties: &[Party]) -> Vec<serde_json::Value> {
    parties.iter().map(|party| json!({"identifier_id": party.id, "identifier_text": party.name, "code": party.code})).collect()
}
