//! Floors: figures that a change may not fall below (or, with `max`, rise above).

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Compares the figures with the floors in `file`; what was not measured is named and passed over.
pub fn gate(file: &Path, figures: &BTreeMap<String, Value>) -> Result<ExitCode> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let floors: BTreeMap<String, toml::Table> = toml::from_str(&text).with_context(|| file.display().to_string())?;
    let mut missed = 0;
    for (key, wanted) in &floors {
        let Some(found) = figures.get(key) else {
            eprintln!("{key}: not measured");
            continue;
        };
        for (name, floor) in wanted {
            let (floor, most) = match floor {
                toml::Value::Table(table) => (table.get("max").and_then(number), true),
                plain => (number(plain), false),
            };
            let Some(floor) = floor else { bail!("{}: {key}: `{name}` is no number", file.display()) };
            let value = figure(found, name);
            let holds = value.is_some_and(|v| if most { v <= floor } else { v >= floor });
            if !holds {
                missed += 1;
                let value = value.map_or_else(|| found["error"].as_str().unwrap_or("none").to_string(), |v| v.to_string());
                eprintln!("{key}: {name} is {value}, the {} is {floor}", if most { "ceiling" } else { "floor" });
            }
        }
    }
    eprintln!("{missed} floors missed");
    Ok(if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn number(value: &toml::Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|n| n as f64))
}

/// The figure at `name`, whose parts are joined by `.`, such as `all.f1`.
fn figure(value: &Value, name: &str) -> Option<f64> {
    name.split('.').try_fold(value, |value, key| value.get(key))?.as_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_by_path() {
        let value = serde_json::json!({ "all": { "f1": 0.5 }, "value F1": 0.25 });
        assert_eq!(figure(&value, "all.f1"), Some(0.5));
        assert_eq!(figure(&value, "value F1"), Some(0.25));
        assert_eq!(figure(&value, "all.p"), None);
    }
}
