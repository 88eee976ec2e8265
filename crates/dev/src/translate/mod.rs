//! How well pages that look translated are told: sound news pages are damaged by rule as translations are, and seen or not.
//!
//! The rules (`damage.rs`) were written from what machine translation out of Slavic languages, Chinese and Arabic does to news,
//! not from the list of signs that the program knows; still, both are ours. Sound pages: the articles of the gold packs.

mod damage;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use page::{Given, Kind, Page};
use serde_json::Value;

use damage::RULES;

/// What `dev translate` takes.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Folder of gold packs.
    #[arg(default_value = "../shared/gold")]
    gold: PathBuf,
    /// From this score on a page counts as seen; the program's own threshold.
    #[arg(long, default_value_t = 0.5)]
    threshold: f32,
    /// Also name the sound pages that are taken for translated, with their signs (ids only).
    #[arg(long)]
    alarms: bool,
}

/// Damages every sound page in every way and prints the share that is seen.
pub fn run(options: &Options) -> Result<ExitCode> {
    let texts = sound(&options.gold)?;
    let seen = |text: &str| {
        let given = Given { title: Some("-".into()), language: Some("en".into()), ..Given::default() };
        page::clean(&Page::new(Kind::Text, text, given)).translation_suspect
    };
    let share = |damaged: &dyn Fn(&str, u64) -> Option<String>| {
        let scores = texts.iter().enumerate().filter_map(|(n, (_, text))| damaged(text, n as u64)).map(|t| seen(&t).score);
        let scores: Vec<f32> = scores.collect();
        let found = scores.iter().filter(|s| **s >= options.threshold).count();
        (100.0 * found as f32 / scores.len().max(1) as f32, scores.len())
    };
    println!("{} sound pages", texts.len());
    let (alarms, _) = share(&|text, _| Some(text.to_string()));
    println!("false alarms {alarms:.1} %");
    if options.alarms {
        for (id, text) in &texts {
            let found = seen(text);
            if found.score >= options.threshold {
                let kinds: Vec<&str> = found.signs.iter().map(|s| s.split(':').next().unwrap_or(s)).collect();
                println!("  {id}: {:.2} {}", found.score, kinds.join(", "));
            }
        }
    }
    println!("\n{:<34} seen, of pages that the rule changes", "one kind of damage");
    for rule in RULES {
        let (share, n) = share(&|text, n| damage::one(text, rule, 0.5, n));
        println!("{:<34} {share:5.1} %  {n}", rule.name);
    }
    println!("\nall kinds together, each place with this chance");
    for chance in [0.05, 0.1, 0.2, 0.4] {
        let (share, n) = share(&|text, n| damage::all(text, chance, n));
        println!("{:<34} {share:5.1} %  {n}", format!("{:.0} in a hundred", chance * 100.0));
    }
    Ok(ExitCode::SUCCESS)
}

/// The articles of the packs, with a name for each. Short ones and other languages are left out.
fn sound(gold: &Path) -> Result<Vec<(String, String)>> {
    let mut texts = Vec::new();
    let folder = gold.join("attribution/dev/text");
    if folder.is_dir() {
        let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
        files.sort();
        for file in files {
            let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            texts.push((file.file_name().unwrap_or_default().to_string_lossy().into_owned(), text));
        }
    }
    for pack in ["places/tr-news.jsonl", "places/geovirus.jsonl", "negotiation/pages.jsonl"] {
        for (n, line) in std::fs::read_to_string(gold.join(pack)).unwrap_or_default().lines().enumerate() {
            let row: Value = serde_json::from_str(line).with_context(|| format!("{pack}:{}", n + 1))?;
            texts.extend(row["text"].as_str().map(|text| (format!("{pack}:{}", n + 1), text.to_string())));
        }
    }
    let bodies = std::fs::read_to_string(gold.join("pages/ground-truth.json")).unwrap_or_else(|_| "{}".into());
    let bodies: serde_json::Map<String, Value> = serde_json::from_str(&bodies).context("pages/ground-truth.json")?;
    texts.extend(bodies.iter().filter_map(|(id, row)| Some((format!("pages:{id}"), row["articleBody"].as_str()?.to_string()))));
    let english = |text: &str| {
        let page = Page::new(Kind::Text, text, Given::default());
        page::clean(&page).language.as_deref() == Some("en")
    };
    texts.retain(|(_, text)| text.split_whitespace().count() >= 100 && english(text));
    Ok(texts)
}
