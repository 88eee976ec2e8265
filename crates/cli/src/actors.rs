//! `detente actors`: who is on the pages, under which names, how often.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use detente::Reading;
use detente::actors::{Actor, MentionKind};
use detente::output::{Border, SCHEMA};
use ledger::Part;
#[cfg(feature = "store")]
use ledger::store::{Filter, Who};
use serde_json::{Value, json};

#[cfg(feature = "store")]
use crate::out::{Column, Table};
use crate::out::{Format, Records};
use crate::{Ending, out, pages};

/// Mentions given as evidence for one actor of one page; more are only counted.
const EVIDENCE: usize = 3;

/// List who is on the pages: names, aliases, offices, counts
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente actors pages/
  detente actors --format jsonl pages/ | jq '{name: .name, code: .code}'
  detente actors --ledger talks.db --since 7d --event THREATEN
Of a ledger: who stands in its records, how often as the one who does it, to whom it is done, who speaks.")]
pub struct Args {
    #[command(flatten)]
    pages: pages::PageArgs,
    #[cfg(feature = "store")]
    #[command(flatten)]
    ask: crate::asked::Ask,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// One actor over all pages.
struct Row {
    actor: Actor,
    aliases: BTreeSet<String>,
    offices: BTreeSet<String>,
    pages: usize,
    mentions: usize,
    evidence: Vec<Value>,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    #[cfg(feature = "store")]
    if let Some(store) = args.ask.store(&args.pages.paths)? {
        let mut who = store.who(&Filter { limit: None, ..args.ask.filter.filter() })?;
        who.truncate(args.ask.filter.limit.unwrap_or(usize::MAX));
        let mut to = out::stdout();
        print_who(&mut to, &who, args.format)?;
        to.flush()?;
        return Ok(Ending::Done);
    }
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let ending = args.pages.readings(|reading| {
        add(&mut rows, &reading);
        Ok(())
    })?;
    let mut rows: Vec<Row> = rows.into_values().collect();
    rows.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.actor.name.cmp(&b.actor.name)));
    let mut to = out::stdout();
    print(&mut to, &rows, args.format)?;
    to.flush()?;
    Ok(ending)
}

fn add(rows: &mut BTreeMap<String, Row>, reading: &Reading) {
    let cast = &reading.cast;
    let border = Border::new(&reading.article);
    let mut counts = vec![0; cast.actors.len()];
    let mut evidence: Vec<Vec<Value>> = vec![Vec::new(); cast.actors.len()];
    for mention in &cast.mentions {
        let n = mention.actor as usize;
        let (Some(count), Some(evidence)) = (counts.get_mut(n), evidence.get_mut(n)) else { continue };
        *count += 1;
        if evidence.len() < EVIDENCE {
            let (start, end) = border.pair(Part::Text, mention.span);
            let kind = match mention.kind {
                MentionKind::Name => "name",
                MentionKind::Noun => "noun",
                MentionKind::Pronoun => "pronoun",
                MentionKind::Modifier => "modifier",
            };
            let text = reading.article.body.slice(mention.span);
            evidence.push(
                json!({"page": reading.article.page, "start": start, "end": end, "text": text, "kind": kind, "why": mention.why}),
            );
        }
    }
    for ((actor, count), evidence) in cast.actors.iter().zip(counts).zip(evidence) {
        let row = rows.entry(actor.id.clone()).or_insert_with(|| Row {
            actor: actor.clone(),
            aliases: BTreeSet::new(),
            offices: BTreeSet::new(),
            pages: 0,
            mentions: 0,
            evidence: Vec::new(),
        });
        row.aliases.extend(actor.aliases.iter().filter(|a| **a != row.actor.name).cloned());
        row.offices.extend(actor.offices.iter().cloned().chain(actor.office.clone()));
        // A later page may know what the first left open.
        if row.actor.code.is_none() {
            (row.actor.code, row.actor.code_why) = (actor.code.clone(), actor.code_why);
        }
        if row.actor.sector.is_empty() {
            row.actor.sector = actor.sector.clone();
        }
        row.pages += 1;
        row.mentions += count;
        row.evidence.extend(evidence);
    }
}

fn print(to: &mut impl Write, rows: &[Row], format: Format) -> Result<()> {
    let list = |items: &BTreeSet<String>| items.iter().cloned().collect::<Vec<_>>().join("; ");
    let heads = ["id", "name", "code", "sector", "offices", "aliases", "collective", "pages", "mentions"];
    let columns = [("mentions", 8), ("pages", 5), ("name", 30), ("code", 5), ("sector", 12), ("offices and other names", 0)];
    let mut records = Records::new(to, format, &heads, &columns)?;
    for row in rows {
        let a = &row.actor;
        let code = a.code.clone().unwrap_or_default();
        let object = || {
            json!({
                "schema": SCHEMA, "id": a.id, "name": a.name, "code": a.code, "code_why": a.code.as_ref().map(|_| a.code_why),
                "sector": a.sector, "offices": row.offices, "aliases": row.aliases, "collective": a.collective, "pages": row.pages, "mentions": row.mentions,
                "evidence": row.evidence,
            })
        };
        let (mentions, pages) = (row.mentions.to_string(), row.pages.to_string());
        let csv = || {
            vec![
                a.id.clone(),
                a.name.clone(),
                code.clone(),
                a.sector.join("; "),
                list(&row.offices),
                list(&row.aliases),
                a.collective.to_string(),
                pages.clone(),
                mentions.clone(),
            ]
        };
        let cells = || {
            let others = [list(&row.offices), list(&row.aliases)];
            let others: Vec<&str> = others.iter().map(String::as_str).filter(|o| !o.is_empty()).collect();
            vec![mentions.clone(), pages.clone(), a.name.clone(), code.clone(), a.sector.join(" "), others.join(" · ")]
        };
        records.record(object, csv, cells)?;
    }
    Ok(())
}

/// The parties of a ledger's records.
#[cfg(feature = "store")]
fn print_who(to: &mut impl Write, who: &[Who], format: Format) -> Result<()> {
    let list = |items: &BTreeSet<String>| items.iter().cloned().collect::<Vec<_>>().join("; ");
    if let Format::Csv = format {
        writeln!(to, "id,name,code,sector,offices,aliases,collective,records,actor,recipient,speaker")?;
    }
    let columns = vec![
        Column("records", 7),
        Column("actor", 6),
        Column("recip.", 6),
        Column("speaks", 6),
        Column("name", 30),
        Column("code", 5),
        Column("sector", 12),
        Column("offices and other names", 0),
    ];
    let mut table = Table::new(to, columns, out::width());
    for one in who {
        let [did, undergone, said] = one.counts;
        let code = one.code.clone().unwrap_or_default();
        let sectors = one.sectors.clone().unwrap_or_default();
        match format {
            Format::Jsonl => {
                let sector: Vec<&str> = sectors.split(", ").filter(|sector| !sector.is_empty()).collect();
                let value = json!({
                    "schema": SCHEMA, "id": one.id, "name": one.name, "code": one.code, "sector": sector, "offices": one.offices,
                    "aliases": one.aliases, "collective": one.collective, "records": one.records(), "actor": did,
                    "recipient": undergone, "speaker": said,
                });
                writeln!(table.raw(), "{value}")?;
            }
            Format::Csv => {
                let mut cells = vec![
                    one.id.clone(),
                    one.name.clone(),
                    code,
                    sectors.replace(", ", "; "),
                    list(&one.offices),
                    list(&one.aliases),
                    one.collective.to_string(),
                ];
                cells.extend([one.records(), did, undergone, said].map(|count| count.to_string()));
                writeln!(table.raw(), "{}", out::csv(&cells))?;
            }
            Format::Table => {
                let others = [list(&one.offices), list(&one.aliases)];
                let others: Vec<&str> = others.iter().map(String::as_str).filter(|other| !other.is_empty()).collect();
                let counts = [one.records(), did, undergone, said].map(|count| count.to_string());
                let [records, did, undergone, said] = &counts;
                table.row(&[records, did, undergone, said, &one.name, &code, &sectors, &others.join(" · ")])?;
            }
        }
    }
    Ok(())
}
