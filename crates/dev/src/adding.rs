//! `dev adding`: what keeping pages costs beside reading and coding them, in one run on one thread.
//!
//! Pages are read in batches as `detente add` does it; the clock of reading and the clock of everything else (packing,
//! comparing, writing) run apart. Where the system tells it, processor time is measured, so that a busy machine does not count.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use detente::{Reader, ReaderOptions, keep};
use ledger::store::{Entry, Store};

const BATCH: usize = 64;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// Files and folders with pages
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The ledger; it may be there already, and large
    #[arg(long, default_value = "adding.db")]
    ledger: PathBuf,
}

/// Reads, adds and says what each took.
pub fn run(options: &Options) -> Result<std::process::ExitCode> {
    let reader = Reader::new(ReaderOptions::default()).map_err(|error| anyhow!(error))?;
    let now = jiff::civil::date(2024, 1, 1).at(0, 0, 0, 0);
    let mut pages: Vec<page::Page> = Vec::new();
    for path in &options.paths {
        pages.extend(page::read(path, &page::ReadOptions::default()).filter_map(Result::ok));
    }
    let mut store = Store::write(&options.ledger)?;
    // What a first page costs once (the model, the word lists) is no part of either.
    if let Some(page) = pages.first() {
        reader.read(page);
    }
    let [mut reading, mut packing, mut writing, mut comparing] = [Duration::ZERO; 4];
    let (mut texts, mut events) = (0, 0);
    for some in pages.chunks(BATCH) {
        let clock = Clock::start();
        let readings: Vec<_> = some.iter().map(|page| reader.read(page)).collect();
        reading += clock.stop();
        let clock = Clock::start();
        let entries: Vec<Entry> = some
            .iter()
            .zip(&readings)
            .map(|(page, reading)| keep::entry(page, reading, keep::raw(page, false), 0, reader.revision()))
            .collect();
        packing += clock.stop();
        let clock = Clock::start();
        let tally = store.add(&entries, now)?;
        writing += clock.stop();
        texts += entries.iter().map(|entry| entry.text.len()).sum::<usize>();
        events += tally.events;
        let clock = Clock::start();
        keep::settle_origins(&mut store)?;
        comparing += clock.stop();
    }
    let clock = Clock::start();
    store.finish()?;
    writing += clock.stop();
    let share = |part: Duration| 100.0 * part.as_secs_f64() / reading.as_secs_f64().max(1e-9);
    println!(
        "{} pages, {} characters, {events} new events; reading and coding {:.2} s",
        pages.len(),
        texts,
        reading.as_secs_f64()
    );
    for (name, part) in
        [("digests", packing), ("writing", writing), ("comparing", comparing), ("all", packing + writing + comparing)]
    {
        println!("{name:<10} {:>7.2} s {:>6.1} %", part.as_secs_f64(), share(part));
    }
    Ok(std::process::ExitCode::SUCCESS)
}

/// Processor time of this thread, where the system tells it; else the time of day.
pub struct Clock(Instant, Option<Duration>);

impl Clock {
    /// Starts it.
    pub fn start() -> Clock {
        Clock(Instant::now(), processor())
    }

    /// What has passed since.
    pub fn stop(&self) -> Duration {
        processor().zip(self.1).map_or_else(|| self.0.elapsed(), |(now, then)| now.saturating_sub(then))
    }
}

/// Nanoseconds on a processor, from the scheduler's own count.
fn processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
