//! Measures the program: predictions through the public library, figures by each pack's own scorer.
//!
//! Only a row's id, its text, title or markup, and its publication day reach the library; the gold's answers are opened by
//! the scorers alone. Every text but the web pages is read as it stands: nothing cut, nothing quarantined.

mod attribution;
mod events;
mod floors;
mod garble;
mod names;
mod packs;
mod pages;
mod places;
pub mod rows;
mod scorer;
pub mod syntax;
mod table;
pub mod tables;
mod time;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use detente::events::EventLexicon;
use detente::{Lexicon, Reader, ReaderOptions};
use rayon::prelude::*;
use serde_json::{Map, Value, json};

use packs::{Pack, Task};

/// What `dev score` takes.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// A folder laid out like `../shared/gold`; packs that it lacks are passed over.
    #[arg(default_value = "../shared/gold")]
    dir: PathBuf,
    /// Where the packs' scorers are.
    #[arg(long, default_value = "../shared/gold")]
    scorers: PathBuf,
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
    /// Compare with the floors and exit 1 when one is missed.
    #[arg(long)]
    gate: bool,
    /// The floors.
    #[arg(long, default_value = "scores/floors.toml")]
    floors: PathBuf,
    /// Only keys that begin so, such as `time` or `garble/mlqe-dev`; may be given several times.
    #[arg(long, value_name = "PACK")]
    only: Vec<String>,
    /// Read the words of events from this folder's files where it has some, so that a word can be tried without building anew.
    #[arg(long, value_name = "FOLDER")]
    lexicon: Option<PathBuf>,
    /// Keep the predictions in this folder, to look at them.
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
}

/// What every pack needs to make its predictions.
pub struct Desk {
    reader: Reader,
    /// Where predictions are written.
    folder: PathBuf,
    scorers: PathBuf,
}

/// Scores every pack that is there.
pub fn run(options: &Options) -> Result<ExitCode> {
    let mut tasks = packs::find(&options.dir);
    tasks.retain(|t| options.only.is_empty() || options.only.iter().any(|o| t.key.starts_with(o.as_str())));
    if tasks.is_empty() {
        eprintln!("no gold packs in {}", options.dir.display());
    }
    let folder = match &options.keep {
        Some(folder) => folder.clone(),
        None => std::env::temp_dir().join(format!("detente-score-{}", std::process::id())),
    };
    let mut lexicon = Lexicon::builtin()?;
    if let Some(folder) = &options.lexicon {
        lexicon.events = EventLexicon::in_place(folder)?;
    }
    let options_of_reader = ReaderOptions { keep_garbled: true, without_modality: false };
    let reader = Reader::with_lexicon(options_of_reader, lexicon).map_err(|e| anyhow!("{e}"))?;
    let desk = Desk { reader, folder, scorers: options.scorers.clone() };
    let figures: BTreeMap<String, Value> = tasks
        .par_iter()
        .flat_map_iter(|task| {
            let figures = guarded(&desk, task);
            if !options.json {
                eprintln!("{} done", task.key);
            }
            figures
        })
        .collect();
    if options.keep.is_none() {
        // A folder that stays behind in the temporary directory does no harm.
        let _ = std::fs::remove_dir_all(&desk.folder);
    }
    if options.json {
        println!("{}", Value::Object(figures.clone().into_iter().collect::<Map<_, _>>()));
    } else {
        table::print(&figures);
    }
    if options.gate {
        return floors::gate(&options.floors, &figures);
    }
    Ok(ExitCode::SUCCESS)
}

/// The figures of one task; what fails in it, even by a panic, is its figure, and the other packs go on.
fn guarded(desk: &Desk, task: &Task) -> Vec<(String, Value)> {
    let result = catch_unwind(AssertUnwindSafe(|| score(desk, task)))
        .unwrap_or_else(|panic| Err(anyhow!("panicked: {}", panic_message(panic.as_ref()))));
    result.unwrap_or_else(|e| vec![(task.key.clone(), json!({ "error": format!("{e:#}") }))])
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_else(|| "without a message".to_string())
}

fn score(desk: &Desk, task: &Task) -> Result<Vec<(String, Value)>> {
    let (prediction, extension) = match task.pack {
        Pack::Syntax => (syntax::parse(desk, &task.gold)?, "conllu"),
        Pack::Coref => (syntax::coref(desk, &task.gold)?, "conllu"),
        Pack::Iob2 => (names::iob2(desk, &task.gold)?, "iob2"),
        Pack::Re3d => (names::re3d(desk, &task.gold)?, "jsonl"),
        Pack::Attribution => (attribution::predict(desk, &task.gold)?, "jsonl"),
        Pack::Gsr | Pack::Plv => (events::predict(desk, &task.gold)?, "jsonl"),
        Pack::Negotiation => (events::predict(desk, &task.gold.join("pages.jsonl"))?, "jsonl"),
        Pack::Pages => (pages::predict(&task.gold)?, "json"),
        Pack::Time => (time::predict(desk, &task.gold)?, "jsonl"),
        Pack::Places => (places::predict(desk, &task.gold)?, "jsonl"),
        Pack::Garble => (garble::predict(desk, &task.gold)?, "jsonl"),
    };
    let file = desk.folder.join(format!("{}.{extension}", task.key.replace('/', "-") + task.pack.suffix()));
    std::fs::create_dir_all(&desk.folder)
        .and_then(|()| std::fs::write(&file, prediction))
        .with_context(|| file.display().to_string())?;
    let mut figures = vec![(task.key.clone(), scorer::run(&desk.scorers, task, &file, None)?)];
    if task.pack == Pack::Time && time::has_news(&task.gold)? {
        figures.push((format!("{}/news", task.key), scorer::run(&desk.scorers, task, &file, Some("news"))?));
    }
    Ok(figures)
}
