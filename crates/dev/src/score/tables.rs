//! `dev events`: what the figures of events do not show. With and without the modality layer, what is taken for what, and whether the
//! confidence may be believed. Prints Markdown, or writes it between the marks of a page.
//!
//! The packs' answers are opened here after the predictions are made; no text of theirs is printed.

mod curve;
mod matrix;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use detente::events::Grounds;
use detente::output::{Border, event};
use detente::{Reader, ReaderOptions, Reading};
use rayon::prelude::*;
use serde_json::Value;

use super::packs::{self, Pack, Task};
use super::{rows, scorer};
use matrix::Matrix;

/// Marks between which a page keeps what this command prints.
const MARKS: [&str; 2] = ["<!-- figures -->", "<!-- end of figures -->"];

/// What `dev events` takes.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// A folder laid out like `../shared/gold`.
    #[arg(default_value = "../shared/gold")]
    dir: PathBuf,
    /// Where the packs' scorers are.
    #[arg(long, default_value = "../shared/gold")]
    scorers: PathBuf,
    /// The page whose figures are replaced; without it they are printed.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

/// What was read of one row.
struct Read {
    page: String,
    events: Vec<Value>,
    grounds: Vec<Grounds>,
}

/// Makes the tables.
pub fn run(options: &Options) -> Result<ExitCode> {
    let tasks: Vec<Task> =
        packs::find(&options.dir).into_iter().filter(|t| matches!(t.pack, Pack::Gsr | Pack::Plv | Pack::Negotiation)).collect();
    let folder = std::env::temp_dir().join(format!("detente-events-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut said = String::new();
    let mut layers = String::from("| pack | figure | with | without |\n| --- | --- | --- | --- |\n");
    let mut samples = Vec::new();
    for task in &tasks {
        let with = predict(task, false)?;
        let without = predict(task, true)?;
        let score = |read: &[Read], name: &str| -> Result<Value> {
            let file = folder.join(format!("{}-{name}.jsonl", task.key.replace('/', "-")));
            std::fs::write(&file, rows::lines(read.iter().flat_map(|r| r.events.iter().cloned())))?;
            scorer::run(&options.scorers, task, &file, None)
        };
        let figures = (score(&with, "with")?, score(&without, "without")?);
        compare(&mut layers, &task.key, &figures.0, &figures.1);
        let gold = rows::rows(&answers(task))?;
        let by_page: BTreeMap<&str, &Read> = with.iter().map(|r| (r.page.as_str(), r)).collect();
        match task.pack {
            Pack::Plv => said += &matrix::plv(&gold, &by_page).markdown("plv: gold roots down, roots of the pair's event across"),
            Pack::Gsr => {
                said += &matrix::gsr(&gold, &by_page).markdown("gsr: gold types down, the surest event of the sentence across");
                samples.extend(curve::of_gsr(&gold, &by_page));
            }
            _ => {
                let pages = rows::rows(&task.gold.join("pages.jsonl"))?;
                let matched = matrix::negotiation(&pages, &gold, &by_page);
                said += &matched.modality.markdown("negotiation: gold modality down, modality of the matched event across");
                samples.extend(curve::of_pages(&matched.judged));
            }
        }
    }
    // What stays behind in the temporary folder does no harm.
    let _ = std::fs::remove_dir_all(&folder);
    let text = format!(
        "## With and without the modality layer\n\n{layers}\n## What is taken for what\n\n{said}## May the confidence be believed\n\n{}",
        curve::markdown(&samples)
    );
    match &options.write {
        None => println!("{text}"),
        Some(file) => {
            let page = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
            let (head, rest) = page.split_once(MARKS[0]).with_context(|| format!("{} has no {}", file.display(), MARKS[0]))?;
            let (_, tail) = rest.split_once(MARKS[1]).with_context(|| format!("{} has no {}", file.display(), MARKS[1]))?;
            std::fs::write(file, format!("{head}{}\n\n{text}\n{}{tail}", MARKS[0], MARKS[1]))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The file with a pack's answers.
fn answers(task: &Task) -> PathBuf {
    if task.pack == Pack::Negotiation { task.gold.join("events.jsonl") } else { task.gold.clone() }
}

fn predict(task: &Task, without_modality: bool) -> Result<Vec<Read>> {
    let options = ReaderOptions { keep_garbled: true, without_modality };
    let reader = Reader::new(options).map_err(|e| anyhow!("{e}"))?;
    let file = if task.pack == Pack::Negotiation { task.gold.join("pages.jsonl") } else { task.gold.clone() };
    let rows = rows::rows(&file)?;
    Ok(rows.par_iter().map(|row| read(reader.read(&rows::page(row, "id")))).collect())
}

fn read(reading: Reading) -> Read {
    let border = Border::new(&reading.article);
    let events = reading.events.iter().map(|e| event(&border, e)).collect();
    let grounds = reading.events.iter().map(|e| reading.grounds.get(&e.id).copied().unwrap_or_default()).collect();
    Read { page: reading.article.page.clone(), events, grounds }
}

/// A line for each figure that says something of both.
fn compare(to: &mut String, key: &str, with: &Value, without: &Value) {
    const WANTED: [&str; 14] = [
        "pair found",
        "root accuracy",
        "codebook accuracy",
        "root macro-F1",
        "events a sentence",
        "type",
        "triple",
        "top type",
        "top triple",
        "events",
        "deeds",
        "modality",
        "modality F1",
        "quiet",
    ];
    let figure = |v: &Value, name: &str| -> Option<f64> {
        let v = match name.strip_prefix("top ") {
            Some(rest) => &v["top"][rest],
            None => &v[name],
        };
        v["f1"].as_f64().or_else(|| v.as_f64())
    };
    for name in WANTED {
        if let (Some(a), Some(b)) = (figure(with, name), figure(without, name)) {
            *to += &format!("| {key} | {name} | {a:.3} | {b:.3} |\n");
        }
    }
}

/// A string of a JSON value, empty where it is none.
fn string(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn category(event: &Value) -> &str {
    string(&event["event"][0])
}

fn confidence(event: &Value) -> f64 {
    event["confidence"].as_f64().unwrap_or(0.0)
}

/// The surest of some events; of equals, the first.
fn surest<'e>(events: impl Iterator<Item = &'e Value>) -> Option<&'e Value> {
    events.fold(None, |best: Option<&Value>, e| if best.is_some_and(|b| confidence(b) >= confidence(e)) { best } else { Some(e) })
}

impl Matrix {
    /// As a table: a row for each name of the gold, a column for each that was given.
    fn markdown(&self, title: &str) -> String {
        let mut columns: Vec<&str> = self.cells.keys().map(|(_, got)| got.as_str()).collect();
        columns.sort_by_key(|c| (*c == "-", c.to_string()));
        columns.dedup();
        let mut rows: Vec<&str> = self.cells.keys().map(|(want, _)| want.as_str()).collect();
        rows.dedup();
        let short = |name: &str| name.chars().take(5).collect::<String>().to_lowercase();
        let mut out =
            format!("{title} (`-`: none found)\n\n| | {} |\n", columns.iter().map(|c| short(c)).collect::<Vec<_>>().join(" | "));
        out += &format!("| --- |{}\n", " --- |".repeat(columns.len()));
        for row in rows {
            let cell = |c: &&str| match self.cells.get(&(row.to_string(), c.to_string())) {
                Some(n) if row == *c => format!("**{n}**"),
                Some(n) => n.to_string(),
                None => String::new(),
            };
            out += &format!("| {row} | {} |\n", columns.iter().map(cell).collect::<Vec<_>>().join(" | "));
        }
        out + "\n"
    }
}
