//! The packs' own scorers, run as they are.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::packs::{Pack, Task};

/// Runs the scorer of `task` on `prediction` and gives its object.
pub fn run(scorers: &Path, task: &Task, prediction: &Path, genre: Option<&str>) -> Result<Value> {
    let script = scorers.join(match task.pack {
        Pack::Syntax => "syntax/score.py",
        Pack::Coref => "syntax/coref.py",
        Pack::Iob2 | Pack::Re3d => "names/score.py",
        Pack::Attribution => "attribution/score.py",
        Pack::Gsr => "events/score_gsr.py",
        Pack::Plv => "events/score_plv.py",
        Pack::Negotiation => "negotiation/score.py",
        Pack::Pages => "pages/score.py",
        Pack::Time => "time/score.py",
        Pack::Places => "places/score.py",
        Pack::Garble => "garble/score.py",
    });
    let gold = if task.pack == Pack::Pages { task.gold.join("ground-truth.json") } else { task.gold.clone() };
    let mut command = Command::new("python3");
    command.arg(&script);
    match task.pack {
        Pack::Iob2 => command.arg("iob2").arg(gold).arg(prediction),
        Pack::Re3d => command.arg("re3d").arg(gold).arg(prediction),
        Pack::Garble => command.arg(prediction).arg(gold),
        _ => command.arg(gold).arg(prediction),
    };
    command.args(genre);
    let output = command.output().with_context(|| format!("python3 {}", script.display()))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("{} ended with {}: {}", script.display(), output.status, said.trim());
    }
    if !said.trim().is_empty() {
        eprintln!("{}: {}", task.key, said.trim());
    }
    serde_json::from_slice(&output.stdout).with_context(|| format!("{} printed no JSON object", script.display()))
}
