//! `detente actors`: who is on the pages, under which names, how often.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::Result;
use detente::Reading;
use detente::actors::{Actor, MentionKind};
use detente::output::{Border, SCHEMA};
use ledger::Part;
use serde_json::{Value, json};

use crate::out::{Format, Records};
use crate::{Ending, out, pages};

/// Mentions given as evidence for one actor of one page; more are only counted.
const EVIDENCE: usize = 3;

/// List who is on the pages: names, aliases, offices, counts
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente actors pages/
  detente actors --format jsonl pages/ | jq '{name: .name, code: .code}'")]
pub struct Args {
    #[command(flatten)]
    pages: pages::PageArgs,
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
        row.offices.extend(actor.office.clone());
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
                "schema": SCHEMA, "id": a.id, "name": a.name, "code": a.code, "sector": a.sector, "offices": row.offices,
                "aliases": row.aliases, "collective": a.collective, "pages": row.pages, "mentions": row.mentions,
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
