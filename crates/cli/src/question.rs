//! What `brief`, `events` and `statements` are asked of: pages that are named, or a ledger.

use anyhow::Result;

use crate::Ending;
use crate::pages::{self, Step};
use crate::resume::ResumeArgs;

/// Pages, or a ledger with what is wanted of it.
#[derive(clap::Args)]
pub struct Question {
    #[command(flatten)]
    pub pages: pages::PageArgs,
    #[cfg(feature = "store")]
    #[command(flatten)]
    pub ask: crate::asked::Ask,
}

/// The same, for lists of records.
#[derive(clap::Args)]
pub struct Listing {
    #[command(flatten)]
    pub question: Question,
    #[command(flatten)]
    pub resume: ResumeArgs,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub format: crate::out::Format,
}

impl Question {
    /// The ledger, where no pages are named.
    #[cfg(feature = "store")]
    pub fn store(&self) -> Result<Option<ledger::store::Store>> {
        self.ask.store(&self.pages.paths)
    }

    /// Whether the answer comes from a ledger.
    pub fn of_ledger(&self) -> bool {
        cfg!(feature = "store") && self.pages.paths.is_empty()
    }
}

impl Listing {
    /// The head line of CSV, none where an earlier run has printed it.
    pub fn heads<'h>(&self, names: &'h [&'h str]) -> &'h [&'h str] {
        if self.resume.begun() { &[] } else { names }
    }

    /// Calls `each` as [`pages::PageArgs::stream`] does, and tells why a page yields nothing.
    pub fn stream(&self, command: &str, mut each: impl FnMut(Step) -> Result<()>) -> Result<Ending> {
        /// Pages of which it is said one by one.
        const NAMED: usize = 5;
        let mut silent: Vec<String> = Vec::new();
        let mut more = 0;
        let command = format!("{command} {:?}", self.format);
        let ending = self.question.pages.stream(&self.resume, &command, |step| {
            if let Step::Page(reading) = &step
                && let Some(note) = reading.notes.iter().find(|n| n.id == "no-record")
            {
                let article = &reading.article;
                let name = article.path.as_deref().unwrap_or(&article.page);
                match silent.len() < NAMED {
                    true => silent.push(format!("nothing read from {name}: {}", note.message)),
                    false => more += 1,
                }
            }
            each(step)
        })?;
        silent.iter().for_each(|line| crate::out::tell(line));
        if more > 0 {
            crate::out::tell(&format!("nothing read from {more} more pages; `detente sources` says why for each"));
        }
        Ok(ending)
    }
}
