//! Reads files as plain text and JSON Lines, until the page crate reads every format.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::civil::Date;
use page::{Given, Kind, Page};
use serde_json::Value;

/// Formats that can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// One page a line.
    Jsonl,
}

/// What a caller may choose.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The format, whatever the name says.
    pub input: Option<Format>,
    /// The publication day where the page has none.
    pub published: Option<Date>,
}

/// Every page at `path`.
pub fn read(path: &Path, options: &ReadOptions) -> impl Iterator<Item = Result<Page>> {
    let mut files = Vec::new();
    collect(path, &mut files);
    let options = options.clone();
    files.into_iter().flat_map(move |file| match pages(&file, &options) {
        Ok(pages) => pages.into_iter().map(Ok).collect::<Vec<_>>(),
        Err(error) => vec![Err(error)],
    })
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    match std::fs::read_dir(path) {
        Ok(entries) => {
            let mut paths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
            paths.sort();
            paths.iter().for_each(|p| collect(p, files));
        }
        Err(_) => files.push(path.to_path_buf()),
    }
}

fn pages(path: &Path, options: &ReadOptions) -> Result<Vec<Page>> {
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes)?;
        bytes
    } else {
        std::fs::read(path).with_context(|| format!("{}: could not be read", path.display()))?
    };
    let name = path.display().to_string();
    let text = String::from_utf8_lossy(&bytes);
    let given = Given { published: options.published, ..Given::default() };
    if options.input == Some(Format::Jsonl) || (options.input.is_none() && name.ends_with(".jsonl")) {
        return text.lines().filter(|l| !l.trim().is_empty()).map(|line| row(line, &name, options)).collect();
    }
    let raw = text::Source::new(text.as_ref());
    Ok(vec![Page { id: raw.id().to_string(), path: Some(name), raw, kind: Kind::Text, given, notes: Vec::new() }])
}

fn row(line: &str, name: &str, options: &ReadOptions) -> Result<Page> {
    let value: Value = serde_json::from_str(line).with_context(|| format!("{name}: a line is no JSON"))?;
    let get = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_string);
    let given = Given {
        title: get("title"),
        url: get("url"),
        publisher: get("publisher"),
        language: get("language"),
        published: get("published").and_then(|d| d.get(..10)?.parse().ok()).or(options.published),
        ..Given::default()
    };
    let raw = text::Source::new(get("text").unwrap_or_default());
    let id = get("id").unwrap_or_else(|| raw.id().to_string());
    Ok(Page { id, path: Some(name.to_string()), raw, kind: Kind::Verbatim, given, notes: Vec::new() })
}
