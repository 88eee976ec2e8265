//! Runs every literate case in `cases/`: a text, and the records that reading it must give. See `CONTRIBUTING.md`.
//!
//! `DETENTE_CASES=times/year` runs only files whose path holds these words. `DETENTE_BLESS=1` (or `just bless`) writes into each
//! case what the program found, for a person to review; lines marked `wrong:` and `wants:` are never made right by it.

mod literate;

use std::path::{Path, PathBuf};

use detente::{Reader, ReaderOptions};
use literate::{case::Case, compare, kinds, sources::Judged};

#[test]
fn every_case_reads_as_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let only = std::env::var("DETENTE_CASES").unwrap_or_default();
    let bless = std::env::var("DETENTE_BLESS").is_ok_and(|v| !v.is_empty() && v != "0");
    // A case about quarantine is read as users read; any other is about something else than the judgement of its sentences.
    let [strict, plain] = [false, true]
        .map(|keep_garbled| Reader::new(ReaderOptions { keep_garbled, ..Default::default() }).expect("built-in model"));
    let mut files = Vec::new();
    markdown(&root, &mut files);
    files.retain(|f| f.to_string_lossy().contains(&only));
    let (mut ran, mut failed, mut mended) = (0, Vec::new(), Vec::new());
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).display().to_string();
        let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{name}: {e}"));
        let mut case = match Case::parse(&text) {
            Ok(case) => case,
            Err(what) => {
                failed.push(format!("{name}: {what}\n"));
                continue;
            }
        };
        let mut fresh = Vec::new();
        for trial in &case.trials {
            ran += 1;
            let sources = trial.is_of_sources();
            let reader = if trial.speaks_of("quarantined") || sources { &strict } else { &plain };
            let readings = reader.read_all(&trial.pages());
            let folder = name.split('/').next().unwrap_or("");
            let outcome = if sources {
                match Judged::new(readings) {
                    Ok(judged) => compare::compare(&trial.wanted, folder, &|kind| judged.records(kind)),
                    Err(what) => {
                        failed.push(format!("{name}: {what}\n"));
                        continue;
                    }
                }
            } else {
                compare::compare(&trial.wanted, folder, &|kind| kinds::records(kind, &readings[0]))
            };
            if !outcome.passed() && !case.known_wrong {
                failed.push(format!("{name}: {}\n{}", case.heading, outcome.report()));
            }
            if case.known_wrong && outcome.passed() {
                mended.push(format!("{name}: nothing is wrong any more"));
            }
            mended.extend(outcome.mended.iter().map(|line| format!("{name}: {line}")));
            fresh.push(outcome.blessed());
        }
        if bless && case.bless(&fresh) {
            std::fs::write(file, case.text()).unwrap_or_else(|e| panic!("{name}: {e}"));
            println!("written: {name}");
        }
    }
    for line in &mended {
        println!("no longer wrong, `just bless` clears the mark: {line}");
    }
    let report = format!("{} of {ran} cases differ\n\n{}", failed.len(), failed.join("\n"));
    assert!(failed.is_empty() || bless, "{report}");
}

fn markdown(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().filter_map(|e| Some(e.ok()?.path())).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            markdown(&path, files);
        } else if path.extension().is_some_and(|e| e == "md") {
            files.push(path);
        }
    }
}
