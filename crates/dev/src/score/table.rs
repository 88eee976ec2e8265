//! The figures for people: a line for each key.

use std::collections::BTreeMap;

use serde_json::Value;

/// Prints one line a key with its figures; of precision, recall and F1 only F1.
pub fn print(figures: &BTreeMap<String, Value>) {
    let width = figures.keys().map(String::len).max().unwrap_or(0);
    for (key, value) in figures {
        let mut cells = Vec::new();
        flatten("", value, &mut cells);
        println!("{key:width$}  {}", cells.join("  "));
    }
}

fn flatten(name: &str, value: &Value, cells: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            if let Some(f1) = object.get("f1").filter(|_| !name.is_empty()) {
                return cells.push(format!("{name} {}", short(f1)));
            }
            for (key, inner) in object {
                if matches!(key.as_str(), "by category" | "by root") {
                    continue;
                }
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                flatten(&name, inner, cells);
            }
        }
        other => cells.push(format!("{name} {}", short(other))),
    }
}

fn short(value: &Value) -> String {
    match value.as_f64().filter(|_| value.is_f64()) {
        Some(x) => format!("{x:.3}"),
        None => value.as_str().map_or_else(|| value.to_string(), str::to_string),
    }
}
