//! Going on where a command was stopped: a small file says how many pages are done.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};

use crate::Usage;

/// For commands that print as they read.
#[derive(clap::Args, Clone, Default)]
pub struct ResumeArgs {
    /// Note in FILE how far the work has come, and where FILE is there already go on from that page; append the output (`>>`)
    #[arg(long, value_name = "FILE")]
    pub resume: Option<PathBuf>,
}

/// How far a command has come.
pub struct Mark {
    file: PathBuf,
    what: Value,
    /// Pages that are done, unreadable ones counted.
    pub done: u64,
    /// The id of the last of them, where it could be read.
    pub last: Option<String>,
    /// Whether some could not be read.
    pub failed: bool,
}

impl ResumeArgs {
    /// Whether an earlier run is gone on with, so that the head of the output is there.
    pub fn begun(&self) -> bool {
        self.resume.as_ref().is_some_and(|file| file.exists())
    }

    /// The mark for this command on these inputs: as an earlier run left it, else at the beginning.
    pub fn mark(&self, command: &str, paths: &[PathBuf]) -> Result<Option<Mark>> {
        let Some(file) = &self.resume else { return Ok(None) };
        if paths.iter().any(|path| path == Path::new("-")) {
            return Err(anyhow!(Usage("--resume needs files or folders: standard input cannot be read again".to_string())));
        }
        let inputs: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let what = json!({"command": command, "inputs": inputs});
        let mut mark = Mark { file: file.clone(), what, done: 0, last: None, failed: false };
        if !file.exists() {
            return Ok(Some(mark));
        }
        let shown = file.display();
        let text = fs::read_to_string(file).with_context(|| format!("{shown}: could not be read"))?;
        let odd =
            || anyhow!(Usage(format!("{shown} was not written by --resume; name another file, or delete it to begin anew")));
        let note: Value = serde_json::from_str(&text).map_err(|_| odd())?;
        if note["what"] != mark.what {
            let of = format!("{} on {}", note["what"]["command"], note["what"]["inputs"]);
            return Err(anyhow!(Usage(format!(
                "{shown} belongs to another command ({of}); name another file, or delete it to begin anew"
            ))));
        }
        mark.done = note["done"].as_u64().ok_or_else(odd)?;
        mark.last = note["last"].as_str().map(str::to_string);
        mark.failed = note["failed"].as_bool().unwrap_or_default();
        Ok(Some(mark))
    }
}

impl Mark {
    /// Whether item `number` (from 1) is done. The last one that is done must be the page it was.
    pub fn passed(&self, number: u64, id: Option<&str>) -> Result<bool> {
        if number == self.done && id != self.last.as_deref() {
            let file = self.file.display();
            return Err(anyhow!("the inputs are no longer those that {file} speaks of; delete it to begin anew"));
        }
        Ok(number <= self.done)
    }

    /// Notes that all up to here is printed.
    pub fn write(&self) -> Result<()> {
        let note = json!({"schema": 1, "what": self.what, "done": self.done, "last": self.last, "failed": self.failed});
        let beside = self.file.with_extension("part");
        let shown = self.file.display();
        // Whole or not at all, whatever happens between.
        fs::write(&beside, format!("{note}\n"))
            .and_then(|()| fs::rename(&beside, &self.file))
            .with_context(|| format!("{shown}: could not be written"))
    }
}
