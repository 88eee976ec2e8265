//! Which packs a folder holds: found by folder and by file name, so that any folder of the same layout can be measured.

use std::path::{Path, PathBuf};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pack {
    Syntax,
    Coref,
    Iob2,
    Re3d,
    Attribution,
    Gsr,
    Plv,
    Negotiation,
    Pages,
    Time,
    Places,
    Garble,
}

impl Pack {
    /// Keeps the predictions of two packs on one file apart.
    pub fn suffix(self) -> &'static str {
        if self == Pack::Coref { "-coref" } else { "" }
    }
}

/// One run of one scorer.
#[derive(Debug, Clone)]
pub struct Task {
    /// The key of its figures.
    pub key: String,
    /// How to predict and to score.
    pub pack: Pack,
    /// The gold file, or the folder of a pack that is one.
    pub gold: PathBuf,
}

/// Every task in `dir`; heavy ones first, so that the threads end together.
pub fn find(dir: &Path) -> Vec<Task> {
    let mut tasks = Vec::new();
    let mut add = |key: String, pack: Pack, gold: PathBuf| tasks.push(Task { key, pack, gold });
    for file in entries(&dir.join("garble")) {
        if let Some(name) = stem(&file, &[".jsonl", ".jsonl.gz"]) {
            add(format!("garble/{name}"), Pack::Garble, file);
        }
    }
    for file in entries(&dir.join("syntax")) {
        let Some(name) = stem(&file, &[".conllu"]).filter(|n| n.ends_with("-dev") || n.ends_with("-test")) else { continue };
        if std::fs::read_to_string(&file).is_ok_and(|t| t.contains("Entity=(")) {
            add(format!("coref/{name}"), Pack::Coref, file.clone());
        }
        add(format!("syntax/{name}"), Pack::Syntax, file);
    }
    for folder in entries(&dir.join("attribution")) {
        let name = stem(&folder, &[""]).filter(|n| n != "train");
        if let Some(name) = name.filter(|_| folder.join("text").is_dir() && folder.join("attributions").is_dir()) {
            add(format!("attribution/{name}"), Pack::Attribution, folder);
        }
    }
    for file in entries(&dir.join("names")) {
        if let Some(name) = stem(&file, &[".iob2"]) {
            add(format!("names/{name}"), Pack::Iob2, file);
        }
    }
    for folder in entries(&dir.join("names/re3d")) {
        if let Some(name) = stem(&folder, &[""]).filter(|_| folder.join("documents.json").is_file()) {
            add(format!("names/re3d/{name}"), Pack::Re3d, folder);
        }
    }
    for file in entries(&dir.join("events")) {
        match stem(&file, &[".jsonl"]) {
            Some(name) if name.starts_with("gsr") => add(format!("events/{name}"), Pack::Gsr, file),
            Some(name) if name.starts_with("plv") => add(format!("events/{name}"), Pack::Plv, file),
            _ => {}
        }
    }
    let negotiation = dir.join("negotiation");
    if negotiation.join("pages.jsonl").is_file() && negotiation.join("events.jsonl").is_file() {
        add("negotiation".to_string(), Pack::Negotiation, negotiation);
    }
    let pages = dir.join("pages");
    if pages.join("ground-truth.json").is_file() {
        add("pages/body".to_string(), Pack::Pages, pages);
    }
    for (folder, pack) in [("time", Pack::Time), ("places", Pack::Places)] {
        for file in entries(&dir.join(folder)) {
            if let Some(name) = stem(&file, &[".jsonl"]) {
                add(format!("{folder}/{name}"), pack, file);
            }
        }
    }
    tasks
}

/// What a folder holds, in order of names; nothing where there is no such folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(read) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = read.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.sort();
    paths
}

/// The name without the ending, where it has one of `endings`.
fn stem(path: &Path, endings: &[&str]) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let stem = endings.iter().find_map(|e| name.strip_suffix(e))?;
    (!stem.is_empty() && !stem.starts_with('.')).then(|| stem.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_cut_and_other_files_passed_over() {
        assert_eq!(stem(Path::new("a/mlqe-dev.jsonl.gz"), &[".jsonl", ".jsonl.gz"]).as_deref(), Some("mlqe-dev"));
        assert_eq!(stem(Path::new("a/README.md"), &[".jsonl"]), None);
        assert_eq!(stem(Path::new("a/.jsonl"), &[".jsonl"]), None);
        assert!(find(Path::new("no such folder")).is_empty());
    }
}
