//! The README and the guide say what the command does: their blocks are run and compared. `DETENTE_BLESS=1` writes the README anew.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value};

const PAGE: &str = "examples/geneva-talks-meridian.txt";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn detente(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_detente")).args(args).current_dir(root()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn file(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// The blocks of a kind, each with the place of its words.
fn blocks<'t>(text: &'t str, kind: &str) -> Vec<(usize, &'t str)> {
    let open = format!("```{kind}\n");
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(&open).map(|at| from + at + open.len()) {
        let end = at + text[at..].find("```").unwrap();
        found.push((at, &text[at..end]));
        from = end + 3;
    }
    found
}

/// The denial that the README shows, with the fields that it shows.
fn denial() -> String {
    let events = detente(&["events", "--format", "jsonl", PAGE]);
    let event: Map<String, Value> = events
        .lines()
        .map(|line| serde_json::from_str::<Map<String, Value>>(line).unwrap())
        .find(|e| e["modality"] == "denied")
        .unwrap();
    let fields =
        ["schema", "id", "page", "date", "actor", "event", "modality", "modality_cue", "said_by", "confidence", "evidence"];
    let lines: Vec<String> = fields.iter().map(|field| format!("\"{field}\": {}", event[*field])).collect();
    format!("{{{}}}\n", lines.join(",\n "))
}

#[test]
fn the_readme_shows_what_is_printed() {
    let readme = file("README.md");
    let brief = detente(&["brief", PAGE]);
    let (at, shown) = *blocks(&readme, "text").iter().find(|(_, block)| block.starts_with("Brief ·")).unwrap();
    let (json_at, json) = blocks(&readme, "json")[0];
    let denial = denial();
    if std::env::var_os("DETENTE_BLESS").is_some() {
        let mut new = readme.clone();
        new.replace_range(json_at..json_at + json.len(), &denial);
        new.replace_range(at..at + shown.len(), &brief);
        std::fs::write(root().join("README.md"), new).unwrap();
        return;
    }
    assert!(shown == brief, "the README's brief differs from what is printed:\n{brief}");
    assert!(json == denial, "the README's record differs from what is printed:\n{denial}");
    let id = serde_json::from_str::<Value>(json).unwrap()["id"].as_str().unwrap()[..8].to_string();
    assert!(detente(&["explain", &id, PAGE]).contains("modality   denied"));
}

/// Every line of a shell block that calls the command, as arguments.
fn calls(text: &str) -> Vec<Vec<String>> {
    let lines = blocks(text, "sh").into_iter().flat_map(|(_, block)| block.lines());
    let bare = lines.map(|line| line.split(" #").next().unwrap_or("").trim());
    let told = bare.filter_map(|line| line.strip_prefix("detente ").or_else(|| line.strip_prefix("cargo run --release -- ")));
    told.map(|call| call.split_whitespace().map(str::to_string).collect()).collect()
}

#[test]
fn commands_of_readme_and_guide_are_there() {
    let calls: Vec<Vec<String>> =
        ["README.md", "docs/guide.md", "docs/ledger.md", "docs/copies.md"].iter().flat_map(|f| calls(&file(f))).collect();
    assert!(calls.len() > 10, "{calls:?}");
    for call in &calls {
        let help = detente(&[&call[0], "--help"]);
        for option in call.iter().filter(|word| word.starts_with("--")) {
            let option = option.split('=').next().unwrap_or(option);
            assert!(help.contains(option), "`{}` takes no {option}", call.join(" "));
        }
    }
    // What names pages that are here is run.
    for call in calls.iter().filter(|call| call.iter().any(|word| word.starts_with("examples/"))) {
        assert!(!detente(&call.iter().map(String::as_str).collect::<Vec<_>>()).is_empty(), "{call:?}");
    }
}
