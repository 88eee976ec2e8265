//! When: expressions of time, and the days they mean where the page supports one.
//!
//! In three steps: [`units`] cuts words into pieces, [`grammar`] finds what the words say, [`resolve`] counts from an anchor.
//! Relative expressions are counted from the publication day; in a story of the past, from the last date of the story. Without
//! an anchor they stay open: their [`Value`] then says what is known (`XXXX-WXX-4` for a Thursday) and there are no days.
//! Rules look at a bounded number of pieces each, so that a text of any shape takes time in proportion to its length.

mod attach;
mod grammar;
mod notation;
mod resolve;
mod tense;
mod units;
mod value;
mod words;

use jiff::civil::Date;
use ledger::DateBasis;
use syntax::Parse;
use text::{Body, Span};

pub use attach::{Tie, attach, attach_by};
pub use value::{Clock, Count, Edge, Reference, Season, Unit, Value, What};
pub use words::TimeLexicon;

/// One expression of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    /// Its words.
    pub span: Span<Body>,
    /// First and last day it covers, where it can be resolved to days.
    pub days: Option<(Date, Date)>,
    /// What the days rest on.
    pub basis: DateBasis,
    /// What it means, in the notation that is asked for.
    pub value: Value,
    /// Only an adjective such as "former" or "current": no expression of time for TIMEX3.
    pub adjective: bool,
}

impl Time {
    /// Whether it can date an event: lengths of time, habits and vague references cannot.
    pub fn dates_events(&self) -> bool {
        !self.adjective
            && !matches!(
                self.value.what,
                What::Duration(..) | What::Set(..) | What::Vague(_) | What::Decade(_) | What::Century(_)
            )
    }
}

/// The day from which "yesterday" and "Monday" are counted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Anchor {
    /// The day on which the page was written, where it is known.
    pub day: Option<Date>,
    /// Whether the dateline tells it.
    pub dateline: bool,
}

/// Finds every expression of time in `parse`, in text order. Relative ones are counted from `published`; without it they stay
/// unresolved, unless the text itself opens with its date.
pub fn find(parse: &Parse, published: Option<Date>, lexicon: &TimeLexicon) -> Vec<Time> {
    find_from(parse, Anchor { day: published, dateline: false }, lexicon)
}

/// As [`find`], from a day that the dateline may have told.
pub fn find_from(parse: &Parse, anchor: Anchor, lexicon: &TimeLexicon) -> Vec<Time> {
    let read: Vec<resolve::Read<'_>> = parse
        .sentences()
        .map(|sentence| {
            let pieces = units::pieces(sentence);
            let found = grammar::matches(&pieces, lexicon);
            resolve::Read { pieces, found }
        })
        .collect();
    resolve::resolve(parse, &read, anchor)
}
