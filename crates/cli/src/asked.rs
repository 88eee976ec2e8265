//! Where the ledger is, and what of it a question wants.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use jiff::civil::{Date, DateTime};
use jiff::{Span, Timestamp, tz::TimeZone};
use ledger::Modality;
use ledger::store::{Filter, Store};

use crate::Usage;

/// The ledger that is meant where none is named.
const DEFAULT: &str = "detente.db";

/// What stands over these options in `--help`.
const QUESTIONS: &str = "Questions to a ledger";

/// Which ledger.
#[derive(clap::Args, Clone, Default)]
pub struct LedgerArgs {
    /// The ledger [default: detente.db in this folder]
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
}

impl LedgerArgs {
    /// The file that is meant.
    pub fn path(&self) -> PathBuf {
        self.ledger.clone().unwrap_or_else(|| PathBuf::from(DEFAULT))
    }

    /// Opens it for questions.
    pub fn open(&self) -> Result<Store> {
        let path = self.path();
        if !path.exists() {
            let what = match &self.ledger {
                Some(path) => format!("there is no ledger {}", path.display()),
                None => format!("no pages named and no {DEFAULT} in this folder"),
            };
            return Err(anyhow!(Usage(format!("{what}: make one with `detente add PATHS…`, or name one with --ledger FILE"))));
        }
        Ok(Store::open(&path)?)
    }

    /// Opens it for changes; it must be there.
    pub fn write(&self) -> Result<Store> {
        drop(self.open()?);
        Ok(Store::write(&self.path())?)
    }
}

/// What of the ledger.
#[derive(clap::Args, Clone, Default)]
pub struct FilterArgs {
    /// Who did or said it: a code (RUS), a country (russia), a name (Lavrov); several are joined by "or"
    #[arg(long, help_heading = QUESTIONS, value_name = "NAME")]
    pub actor: Vec<String>,
    /// To whom it was done
    #[arg(long, help_heading = QUESTIONS, value_name = "NAME")]
    pub recipient: Vec<String>,
    /// Between these two, in either direction
    #[arg(long, help_heading = QUESTIONS, num_args = 2, value_names = ["NAME", "NAME"])]
    pub dyad: Vec<String>,
    /// From this day on (2022-01-10, or 7d, 2w, 6m, 1y ago)
    #[arg(long, help_heading = QUESTIONS, value_name = "DAY", value_parser = day)]
    pub since: Option<Date>,
    /// Up to this day
    #[arg(long, help_heading = QUESTIONS, value_name = "DAY", value_parser = day)]
    pub until: Option<Date>,
    /// Categories of events (CONSULT, REQUEST, …)
    #[arg(long, help_heading = QUESTIONS, value_name = "CATEGORY", value_delimiter = ',')]
    pub event: Vec<String>,
    /// Told as (asserted, denied, planned, …)
    #[arg(long, help_heading = QUESTIONS, value_name = "MODALITY", value_delimiter = ',', value_parser = modality)]
    pub modality: Vec<Modality>,
    /// In the words of this speaker
    #[arg(long, help_heading = QUESTIONS, value_name = "NAME")]
    pub said_by: Option<String>,
    /// There: a place, city, province or country
    #[arg(long, help_heading = QUESTIONS, value_name = "NAME")]
    pub place: Option<String>,
    /// Told by at least so many independent origins
    #[arg(long, help_heading = QUESTIONS, value_name = "N")]
    pub origins: Option<u32>,
    /// Only what people rejected
    #[arg(long, help_heading = QUESTIONS)]
    pub rejected: bool,
    /// What was known at the end of that day
    #[arg(long, help_heading = QUESTIONS, value_name = "DAY", value_parser = day)]
    pub as_of: Option<Date>,
    /// Only the latest so many; a record without a day goes by its page's, which is the day it came in where it gives none
    #[arg(long, help_heading = QUESTIONS, value_name = "N")]
    pub limit: Option<usize>,
}

impl FilterArgs {
    /// Whether nothing is filtered.
    pub fn is_empty(&self) -> bool {
        let lists = self.actor.is_empty() && self.recipient.is_empty() && self.dyad.is_empty() && self.event.is_empty();
        let days = self.since.is_none() && self.until.is_none() && self.as_of.is_none() && self.limit.is_none();
        let words = self.said_by.is_none() && self.place.is_none() && self.origins.is_none() && self.modality.is_empty();
        lists && days && words && !self.rejected
    }

    /// As the store takes it.
    pub fn filter(&self) -> Filter {
        let dyad = match self.dyad.as_slice() {
            [one, other] => Some((one.clone(), other.clone())),
            _ => None,
        };
        Filter {
            actor: self.actor.clone(),
            recipient: self.recipient.clone(),
            dyad,
            since: self.since,
            until: self.until,
            event: self.event.clone(),
            modality: self.modality.clone(),
            said_by: self.said_by.clone(),
            place: self.place.clone(),
            origins: self.origins,
            page: None,
            rejected: self.rejected,
            limit: self.limit,
        }
    }
}

/// Which ledger and what of it: for commands that ask the ledger where no pages are named.
#[derive(clap::Args, Clone, Default)]
pub struct Ask {
    #[command(flatten)]
    pub ledger: LedgerArgs,
    #[command(flatten)]
    pub filter: FilterArgs,
}

impl Ask {
    /// The ledger, where the question is for it: no pages are named.
    pub fn store(&self, paths: &[PathBuf]) -> Result<Option<Store>> {
        if paths.is_empty() {
            return self.open().map(Some);
        }
        if self.ledger.ledger.is_some() {
            return Err(anyhow!(Usage(
                "name either pages or a ledger: pages are read as they are, a ledger is asked".to_string()
            )));
        }
        if !self.filter.is_empty() {
            let what = "filters are for a ledger: add the pages first (`detente add PATHS…`), then ask without naming them";
            return Err(anyhow!(Usage(what.to_string())));
        }
        Ok(None)
    }

    /// The ledger, as it is asked about: on a past day where one is named.
    pub fn open(&self) -> Result<Store> {
        let store = self.ledger.open()?;
        let waiting = store.waiting()?;
        if waiting > 0 {
            let pages = if waiting == 1 { "1 page is".to_string() } else { format!("{waiting} pages are") };
            crate::out::tell(&format!(
                "{pages} not yet compared with the others (an `add` was broken off): copies among them still count as origins of \
                 their own; `detente add` with the same paths, or `detente recode`, goes on"
            ));
        }
        if let Some(day) = self.filter.as_of {
            return Ok(store.as_of(day)?);
        }
        Ok(store)
    }
}

/// Now, for what is noted in the ledger.
pub fn now() -> DateTime {
    let now = Timestamp::now().to_zoned(TimeZone::UTC).datetime();
    now.with().subsec_nanosecond(0).build().unwrap_or(now)
}

/// A day, written out or counted back from today.
fn day(typed: &str) -> Result<Date, String> {
    let help = || format!("`{typed}` is no day; write 2022-01-10, or 7d, 2w, 6m, 1y for so long ago");
    if let Ok(day) = typed.parse() {
        return Ok(day);
    }
    let unit = typed.chars().next_back().ok_or_else(help)?;
    let count: i32 = typed.get(..typed.len() - unit.len_utf8()).and_then(|count| count.parse().ok()).ok_or_else(help)?;
    let back = match unit {
        'd' => Span::new().try_days(count),
        'w' => Span::new().try_weeks(count),
        'm' => Span::new().try_months(count),
        'y' => Span::new().try_years(count),
        _ => return Err(help()),
    };
    back.and_then(|back| now().date().checked_sub(back)).map_err(|_| help())
}

fn modality(typed: &str) -> Result<Modality, String> {
    let all = || Modality::ALL.map(Modality::as_str).join(", ");
    let typed = typed.to_lowercase();
    Modality::ALL.into_iter().find(|m| m.as_str() == typed).ok_or_else(|| format!("there are {}", all()))
}
