//! The article's body out of a saved web page.

use std::path::Path;

use anyhow::{Context, Result};
use page::{Given, Kind, Page};
use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::rows;

/// The body of every page of the benchmark.
pub fn predict(folder: &Path) -> Result<String> {
    let truth: Value = serde_json::from_str(&rows::text(&folder.join("ground-truth.json"))?).context("ground-truth.json")?;
    let ids: Vec<&String> = truth.as_object().into_iter().flat_map(Map::keys).collect();
    let found: Vec<Result<(String, Value)>> = ids
        .par_iter()
        .map(|id| {
            let packed = folder.join(format!("html/{id}.html.gz"));
            let html = rows::text(&if packed.is_file() { packed } else { folder.join(format!("html/{id}.html")) })?;
            let page = Page::new(Kind::Html, &html, Given::default());
            Ok(((*id).clone(), json!({ "articleBody": page::clean(&page).body.as_str() })))
        })
        .collect();
    Ok(Value::Object(found.into_iter().collect::<Result<Map<_, _>>>()?).to_string())
}
