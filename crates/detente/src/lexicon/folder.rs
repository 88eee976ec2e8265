//! A user's own word lists: a folder with `events/*.toml` and `actors/*.toml`, read once, on top of the built-in lists.

use std::path::{Path, PathBuf};

use text::hash128;

use super::LexiconError;

/// The parts of the lexicon that a folder may add to.
const PARTS: [&str; 2] = ["events", "actors"];

/// One file of a lexicon.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its name for messages: the path as the user gave it, or `events/turns.toml` for a built-in file.
    pub file: String,
    /// Its name for records, the same on every machine: `events/sport.toml (own)`.
    pub name: String,
    /// What it holds.
    pub text: String,
    /// Whether it is the user's.
    pub own: bool,
}

impl Listed {
    /// A built-in file.
    pub fn builtin(name: &str, text: &str) -> Listed {
        Listed { file: name.to_string(), name: name.to_string(), text: text.to_string(), own: false }
    }
}

/// A user's files, each part in order of names.
#[derive(Debug, Default, Clone)]
pub struct Folder {
    /// Verbs, nouns, categories, contexts.
    pub events: Vec<Listed>,
    /// People, bodies, titles.
    pub actors: Vec<Listed>,
}

impl Folder {
    /// Reads the folder at `path`. What is no part of a lexicon (a README) is passed over, unless it looks like a word list put in
    /// the wrong place.
    pub fn read(path: &Path) -> Result<Folder, LexiconError> {
        let mut stray: Vec<PathBuf> = listing(path)?.into_iter().filter(|p| is_list(p)).collect();
        if let Some(file) = stray.pop() {
            return Err(fault(
                &file,
                "a word list stands in `events/` (verbs, nouns, categories) or `actors/` (who is who); move it there",
            ));
        }
        let mut folder = Folder::default();
        let mut any = false;
        for part in PARTS {
            let inside = path.join(part);
            if !inside.is_dir() {
                continue;
            }
            any = true;
            for file in listing(&inside)? {
                if is_table(&file) {
                    return Err(fault(&file, "a user's word lists are TOML files; write its rows as entries (docs/lexicon.md)"));
                }
                if !is_list(&file) {
                    continue;
                }
                let text = std::fs::read_to_string(&file).map_err(|e| fault(&file, format!("cannot be read: {e}")))?;
                let base = file.file_name().map(|n| n.to_string_lossy().to_string()).unwrap_or_default();
                let listed = Listed { file: file.display().to_string(), name: format!("{part}/{base} (own)"), text, own: true };
                if part == "events" { &mut folder.events } else { &mut folder.actors }.push(listed);
            }
        }
        if !any {
            return Err(fault(
                path,
                "has neither `events/` nor `actors/`: a lexicon folder holds events/*.toml, actors/*.toml or both",
            ));
        }
        Ok(folder)
    }

    /// Eight signs that change with any word of the folder, the same on every machine.
    pub fn revision(&self) -> String {
        let parts: Vec<&[u8]> =
            self.events.iter().chain(&self.actors).flat_map(|l| [l.name.as_bytes(), l.text.as_bytes()]).collect();
        hash128(&parts).to_string().chars().take(8).collect()
    }
}

fn is_list(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "toml") && path.is_file()
}

/// A list in the format of the built-in ones, which a user may well copy.
fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "tsv" || e == "csv") && path.is_file()
}

/// What a folder holds, in order of names.
fn listing(folder: &Path) -> Result<Vec<PathBuf>, LexiconError> {
    let read = std::fs::read_dir(folder).map_err(|e| fault(folder, format!("cannot be read: {e}")))?;
    let mut found: Vec<PathBuf> = read.filter_map(|e| Some(e.ok()?.path())).collect();
    found.sort();
    Ok(found)
}

fn fault(file: &Path, what: impl Into<String>) -> LexiconError {
    LexiconError { file: file.display().to_string(), place: "the folder".into(), what: what.into() }
}
