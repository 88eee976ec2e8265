//! Damaged input for every reader, on stable Rust: seeds written for the project, bent by a generator whose every step follows
//! from a number, so that a finding can be made again with `--seed`.

mod bend;
mod pack;
mod seeds;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use detente::{Reader, ReaderOptions};

use bend::Bender;
use targets::TARGETS;

/// What `dev fuzz` takes.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// How long to go on.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// The number that the first input follows from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Try this one input alone and say what comes of it, to look at a finding.
    #[arg(long)]
    once: bool,
    /// Only targets whose name begins so.
    #[arg(long, value_name = "TARGET", default_value = "")]
    only: String,
}

/// Reading an input may take no longer than this for each of its bytes, and a second beside: what is slower is a finding too.
const SLOW: Duration = Duration::from_micros(400);

/// Bends inputs until the time is over. Ends with 1 where one was fatal or slow.
pub fn run(options: &Options) -> Result<ExitCode> {
    let reader = Reader::new(ReaderOptions::default()).map_err(|e| anyhow!("{e}"))?;
    let targets: Vec<_> = TARGETS.iter().filter(|t| t.name.starts_with(options.only.as_str())).collect();
    if targets.is_empty() {
        return Err(anyhow!("no target begins with `{}`; there are {}", options.only, targets::names()));
    }
    // A panic is told with its seed below; the default report would hide the line in backtraces.
    let began = Instant::now();
    let mut runs = vec![0u64; targets.len()];
    let mut findings = 0;
    let mut seed = options.seed;
    while began.elapsed() < Duration::from_secs(options.seconds) {
        for (target, runs) in targets.iter().zip(&mut runs) {
            let input = Bender::new(seed, target.name).input();
            let (start, spent_before) = (Instant::now(), spent());
            let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(&reader, &input)));
            // A busy machine makes nothing slow: what counts is processor time, where it can be had.
            let took = spent().zip(spent_before).map_or_else(|| start.elapsed(), |(now, before)| now.saturating_sub(before));
            *runs += 1;
            let slow = took > Duration::from_secs(1) + SLOW * u32::try_from(input.len()).unwrap_or(u32::MAX);
            if outcome.is_err() || slow {
                findings += 1;
                let what = if slow { format!("took {took:.1?} for {} bytes", input.len()) } else { "panicked".to_string() };
                println!("{}: seed {seed} {what}; again: dev fuzz --once --only {} --seed {seed}", target.name, target.name);
            }
        }
        if options.once {
            break;
        }
        seed += 1;
    }
    for (target, runs) in targets.iter().zip(&runs) {
        println!("{:<12} {runs:>8} inputs", target.name);
    }
    println!("{findings} findings in {:.0?}, seeds {} to {seed}", began.elapsed(), options.seed);
    Ok(if findings == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Processor time of this program so far, to the hundredth of a second (Linux).
fn spent() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name in brackets may hold spaces; times are the twelfth and thirteenth field behind it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}
