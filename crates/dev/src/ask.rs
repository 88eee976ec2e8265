//! `dev ask`: how long questions to a ledger that `dev generate` wrote take.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;
use detente::brief::{Brief, Phrases, TextStyle};
use detente::output::Border;
use jiff::ToSpan;
use jiff::civil::date;
use ledger::store::{Filter, Party, Store};
use ledger::{Category, Modality};

use crate::adding::Clock;
use crate::generate::{CITIES, CODES, Dice};

#[derive(Debug, clap::Args)]
pub struct Asked {
    /// The ledger
    #[arg(long, default_value = "generated.db")]
    ledger: PathBuf,
    /// How often each question is asked, each time about something else
    #[arg(long, default_value_t = 40)]
    rounds: usize,
}

/// Asks and measures: half and 95 of 100 answers came within so many milliseconds, and took so much of a processor (on a busy
/// machine less than the time that passed); opening the file is part of each.
pub fn ask(options: &Asked) -> Result<std::process::ExitCode> {
    println!(
        "| question | median ms | 95 % ms | median processor ms | 95 % processor ms | most records |\n| --- | --- | --- | --- | --- | --- |"
    );
    type Question = (&'static str, fn(&mut Dice) -> Filter);
    let events: [Question; 11] = [
        ("events --actor CODE --limit 50", |d| Filter { actor: vec![some_code(d)], limit: Some(50), ..Filter::default() }),
        ("events --actor CODE --since 7 days", |d| week(Filter { actor: vec![some_code(d)], ..Filter::default() }, d)),
        ("events --actor NAME --format jsonl", |d| Filter {
            actor: vec![format!("Ana{}", d.roll(100) * 4)],
            ..Filter::default()
        }),
        ("events --dyad CODE CODE --since 7 days", |d| {
            week(Filter { dyad: Some((some_code(d), some_code(d))), ..Filter::default() }, d)
        }),
        ("events --dyad CODE CODE --limit 50", |d| Filter {
            dyad: Some((some_code(d), some_code(d))),
            limit: Some(50),
            ..Filter::default()
        }),
        ("events --event X --limit 50", |d| Filter {
            event: vec![Category::all().nth(d.roll(16)).map_or("CONSULT", Category::as_str).to_string()],
            limit: Some(50),
            ..Filter::default()
        }),
        ("events --place CITY --modality denied --limit 50", |d| Filter {
            place: Some(CITIES[d.roll(12)].to_string()),
            modality: vec![Modality::Denied],
            limit: Some(50),
            ..Filter::default()
        }),
        ("events --origins 2 --since 7 days", |d| week(Filter { origins: Some(2), ..Filter::default() }, d)),
        ("events --origins 3 --limit 50", |_| Filter { origins: Some(3), limit: Some(50), ..Filter::default() }),
        ("events --recipient NAME --event X --limit 50", |d| Filter {
            recipient: vec![format!("Chen{}", d.roll(100) * 4 + 2)],
            event: vec!["REJECT".into()],
            limit: Some(50),
            ..Filter::default()
        }),
        ("events --said-by NAME", |d| Filter { said_by: Some(format!("Boris{}", d.roll(100) * 4 + 1)), ..Filter::default() }),
    ];
    measure(options, "events --actor NAME", |store, dice| {
        let filter = Filter { actor: vec![format!("Ana{}", dice.roll(100) * 4)], ..Filter::default() };
        Ok(store.told(&filter)?.len())
    })?;
    for (name, filter) in events {
        measure(options, name, |store, dice| {
            let mut count = 0;
            let mut written = 0;
            store.events(&filter(dice), |entry, event, _, reports| {
                count += 1;
                let article = detente::keep::article(entry);
                written += detente::keep::event(&Border::new(&article), event, reports).to_string().len();
                anyhow::Ok(())
            })?;
            std::hint::black_box(written);
            Ok(count)
        })?;
    }
    measure(options, "statements --said-by CODE --limit 50", |store, dice| {
        let mut count = 0;
        let filter = Filter { said_by: Some(some_code(dice)), limit: Some(50), ..Filter::default() };
        store.statements(&filter, |_, _, _| {
            count += 1;
            anyhow::Ok(())
        })?;
        Ok(count)
    })?;
    measure(options, "meetings --since 7 days", |store, dice| {
        Ok(store.told(&week(Filter { event: vec!["CONSULT".into()], ..Filter::default() }, dice))?.len())
    })?;
    measure(options, "demands --actor CODE --since 7 days", |store, dice| {
        let code = some_code(dice);
        let asked = week(Filter { actor: vec![code.clone()], event: vec!["REQUEST".into()], ..Filter::default() }, dice);
        let demands = store.told(&asked)?;
        let askers: BTreeSet<&str> = demands.iter().flat_map(|demand| &demand.recipients).map(Party::side).collect();
        let answers = Filter {
            event: ["REJECT", "AGREE", "CONCEDE"].map(String::from).to_vec(),
            actor: askers.into_iter().map(String::from).collect(),
            recipient: vec![code],
            since: asked.since,
            until: asked.until.map(|day| day.saturating_add(60.days())),
            ..Filter::default()
        };
        Ok(demands.len() + store.told(&answers)?.len())
    })?;
    measure(options, "actors", |store, _| Ok(store.who(&Filter::default())?.len()))?;
    measure(options, "actors --event X --since 7 days", |store, dice| {
        Ok(store.who(&week(Filter { event: vec!["THREATEN".into()], ..Filter::default() }, dice))?.len())
    })?;
    measure(options, "sources --since 7 days", |store, dice| {
        Ok(detente::keep::sources(store, &week(Filter::default(), dice))?.len())
    })?;
    measure(options, "events --dyad CODE CODE --limit 50 --as-of DAY", |store, dice| {
        let day = date(2020, 1, 1).saturating_add((dice.roll(1390) as i64).days());
        let store = Store::open(store.path())?.as_of(day)?;
        let mut count = 0;
        let filter = Filter { dyad: Some((some_code(dice), some_code(dice))), limit: Some(50), ..Filter::default() };
        store.events(&filter, |_, _, _, _| {
            count += 1;
            anyhow::Ok(())
        })?;
        Ok(count)
    })?;
    let phrases = Phrases::builtin().map_err(|error| anyhow::anyhow!(error))?;
    measure(options, "brief --since 7 days", |store, dice| {
        let mut accounts = Vec::new();
        let filter = week(Filter::default(), dice);
        let mut rows = detente::keep::sources(store, &filter)?.into_iter();
        store.pages(&filter, |entry, corrected| {
            let mut account = detente::keep::account(&entry, corrected);
            account.source = rows.next();
            accounts.push(account);
            anyhow::Ok(())
        })?;
        Ok(Brief::new(&accounts, &phrases).text(&TextStyle { width: 100, colour: false, lines: None }).lines().count())
    })?;
    measure(options, "search two words", |store, dice| {
        let words = format!("word{} word{}", dice.skewed(20_000), dice.skewed(2_000));
        Ok(store.search(&words, &Filter::default())?.len())
    })?;
    measure(options, "explain ID, show PAGE", |store, dice| {
        let id = format!("{:016x}", (dice.roll(1000) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        Ok(store.page(&id)?.map_or(0, |(_, corrected)| corrected.events.len()))
    })?;
    let bytes = std::fs::metadata(&options.ledger)?.len();
    let most = peak()
        .map_or(String::new(), |kib| format!("; at most {} MiB of memory, mapped parts of the file among them", kib / 1024));
    println!("\nfile of {} MB{most}", bytes / 1_000_000);
    Ok(std::process::ExitCode::SUCCESS)
}

/// The most memory that this process has held, in KiB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()
}

fn some_code(dice: &mut Dice) -> String {
    CODES[dice.skewed(CODES.len())].to_string()
}

fn week(filter: Filter, dice: &mut Dice) -> Filter {
    let since = date(2020, 1, 1).saturating_add((dice.roll(1390) as i64).days());
    Filter { since: Some(since), until: Some(since.saturating_add(7.days())), ..filter }
}

fn measure(options: &Asked, name: &str, mut question: impl FnMut(&Store, &mut Dice) -> Result<usize>) -> Result<()> {
    let mut dice = Dice(11);
    let mut times: [Vec<Duration>; 2] = Default::default();
    let mut most = 0;
    for _ in 0..options.rounds {
        let (began, clock) = (Instant::now(), Clock::start());
        let store = Store::open(&options.ledger)?;
        most = most.max(question(&store, &mut dice)?);
        drop(store);
        times[1].push(clock.stop());
        times[0].push(began.elapsed());
    }
    let mut cells = Vec::new();
    for times in &mut times {
        times.sort_unstable();
        for share in [0.5, 0.95] {
            let n = ((times.len() as f64 * share).ceil() as usize).saturating_sub(1);
            cells.push(format!("{:.1}", times.get(n).map_or(0.0, |time| time.as_secs_f64() * 1e3)));
        }
    }
    println!("| {name} | {} | {most} |", cells.join(" | "));
    Ok(())
}
