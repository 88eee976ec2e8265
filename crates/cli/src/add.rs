//! `detente add`: pages go into the ledger.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::Result;
use detente::keep;
use ledger::store::{Entry, Seen, Store, Tally};
use page::Page;

use crate::asked::{LedgerArgs, now};
use crate::{Ending, out, pages};

/// Pages read at once, and the bytes after which a batch is closed early.
const BATCH: usize = 64;
const BATCH_BYTES: usize = 8 << 20;

/// Add pages to the ledger: what is there already is passed over, what is finished is safe
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente add pages/                  adds a folder to detente.db
  detente add --ledger crisis.db -    adds a page from standard input
Adding can be broken off at any time and begun anew: pages that are in are not read again.")]
pub struct Args {
    #[command(flatten)]
    pages: pages::PageArgs,
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    args.pages.paths()?;
    let mut store = Store::write(&args.ledger.path())?;
    let reader = pages::reader(args.pages.lexicon.as_ref())?;
    let revision = reader.revision().to_string();
    let mut tally = Tally::default();
    let mut places: BTreeMap<String, u32> = BTreeMap::new();
    let mut batch: Vec<(Page, u32)> = Vec::new();
    let mut bytes = 0;
    let mut undated = 0;
    let flush = |store: &mut Store, batch: &mut Vec<(Page, u32)>, tally: &mut Tally, undated: &mut usize| -> Result<()> {
        let (pages, places): (Vec<Page>, Vec<u32>) = batch.drain(..).unzip();
        let readings = reader.read_all(&pages);
        let entries: Vec<Entry> = pages
            .iter()
            .zip(&readings)
            .zip(places)
            .map(|((page, reading), place)| {
                let raw = keep::raw(page, keep::took_the_day(page, reading));
                keep::entry(page, reading, raw, place, &revision)
            })
            .collect();
        *tally += store.add(&entries, now())?;
        *undated += entries.iter().filter(|entry| entry.facts.published.is_none()).count();
        // Compared while the readings are warm, and not all at the end: memory stays flat.
        keep::settle_origins(store)?;
        Ok(())
    };
    let began = Instant::now();
    let mut last = began;
    let ending = args.pages.each(|page| {
        let path = page.path.clone().unwrap_or_default();
        let next = places.entry(path).or_default();
        let place = *next;
        *next += 1;
        let (raw, dated) = (keep::raw(&page, false), keep::raw(&page, true));
        // A page that is there without a day of its own is read again where a day is named for it.
        let mut seen = store.seen(&page.id, &keep::hash(&raw))?;
        if seen == Seen::Same && raw != dated && !store.is_dated(&page.id)? {
            seen = store.seen(&page.id, &keep::hash(&dated))?;
        }
        match seen {
            Seen::Same => {
                store.came_again(&page.id, page.path.as_deref(), place, now())?;
                tally.known += 1;
                return Ok(());
            }
            Seen::Forgotten => {
                tally.forgotten += 1;
                return Ok(());
            }
            Seen::No | Seen::Other => {}
        }
        bytes += raw.len();
        batch.push((page, place));
        // A batch now and then, so that little is lost when the command is broken off.
        if batch.len() >= BATCH || bytes >= BATCH_BYTES || last.elapsed() > Duration::from_secs(5) {
            bytes = 0;
            last = Instant::now();
            flush(&mut store, &mut batch, &mut tally, &mut undated)?;
        }
        Ok(())
    })?;
    // Stopped, the pages at hand are left for the next time; all that is in is whole.
    if ending != Ending::Stopped {
        flush(&mut store, &mut batch, &mut tally, &mut undated)?;
    }
    // Also what an earlier run left uncompared, when it was broken off.
    keep::settle_origins(&mut store)?;
    store.finish()?;
    out::tell(&summary(&tally, store.path()));
    if undated > 0 {
        let (pages, count) = if undated == 1 { ("page gives", "counts") } else { ("pages give", "count") };
        let what = "days named on them stay open";
        out::tell(&format!(
            "{undated} {pages} no publication day and {count} from when they came; {what}, --published DATE names one"
        ));
    }
    Ok(ending)
}

/// What is new, in one sentence.
fn summary(tally: &Tally, path: &std::path::Path) -> String {
    let count = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let mut said = format!(
        "{}: {} new, with {} and {}",
        path.display(),
        count(tally.pages, "page"),
        count(tally.events, "event"),
        count(tally.statements, "statement")
    );
    if tally.known > 0 {
        said += &format!("; {} there already", tally.known);
    }
    if tally.dated > 0 {
        said += &format!("; {} with a later day than known, or the first", tally.dated);
    }
    if tally.versions > 0 {
        said += &format!("; {} with other words under a known id (the later publication counts)", tally.versions);
    }
    if tally.forgotten > 0 {
        said += &format!("; {} left out, forgotten on request", tally.forgotten);
    }
    said
}
