//! Gold files as pages: JSON Lines, packed or not, and what of a row the library may see.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::civil::Date;
use page::{Given, Page};
use serde_json::Value;

/// The file's text, unpacked where its name ends in `.gz`.
pub fn text(file: &Path) -> Result<String> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    let bytes = if file.extension().is_some_and(|e| e == "gz") {
        let mut unpacked = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes.as_slice())
            .read_to_end(&mut unpacked)
            .with_context(|| file.display().to_string())?;
        unpacked
    } else {
        bytes
    };
    String::from_utf8(bytes).with_context(|| file.display().to_string())
}

/// The file's rows.
pub fn rows(file: &Path) -> Result<Vec<Value>> {
    let lines = text(file)?;
    let rows = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    rows.map(|(n, line)| serde_json::from_str(line).with_context(|| format!("{}, line {}", file.display(), n + 1))).collect()
}

/// A row's string, empty where it has none.
pub fn string<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or("")
}

/// The row as a page that is read as it stands. `id` names the field that holds its id.
pub fn page(row: &Value, id: &str) -> Page {
    let published: Option<Date> = row["dct"].as_str().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
    let title = row["title"].as_str().map(str::to_string);
    verbatim(string(row, id), string(row, "text"), Given { title, published, ..Given::default() })
}

/// A page that is kept as it is. The packs are English, so that no row is lost to a guess about its language.
pub fn verbatim(id: &str, text: &str, given: Given) -> Page {
    Page::verbatim(id, text, Given { language: Some("en".to_string()), ..given })
}

/// Joins values to JSON Lines.
pub fn lines(rows: impl IntoIterator<Item = Value>) -> String {
    rows.into_iter().map(|row| row.to_string() + "\n").collect()
}
