//! When: expressions of time, and the days they mean where the page supports one.

use jiff::civil::Date;
use ledger::DateBasis;
use syntax::Parse;
use text::{Body, Span};

use crate::LexiconError;

/// Words for days, months, seasons, parts of the day.
#[derive(Debug, Default)]
pub struct TimeLexicon {}

impl TimeLexicon {
    /// Reads the built-in file.
    pub fn builtin() -> Result<Self, LexiconError> {
        Ok(TimeLexicon {})
    }
}

/// One expression of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    /// Its words.
    pub span: Span<Body>,
    /// First and last day it covers, where it can be resolved to days.
    pub days: Option<(Date, Date)>,
    /// What the days rest on.
    pub basis: DateBasis,
    /// TIMEX3-style value, where it has one.
    pub value: Option<String>,
}

/// Finds every expression of time in `parse`. Relative ones are counted from `published`; without it they stay unresolved.
pub fn find(_parse: &Parse, _published: Option<Date>, _lexicon: &TimeLexicon) -> Vec<Time> {
    Vec::new()
}
