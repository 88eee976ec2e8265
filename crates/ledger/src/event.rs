//! Who did what to whom.

use jiff::civil::Date;
use text::{Body, Span};

use crate::{Category, Context, Entity, Evidence, Location, Modality, Mode, Quoted};

/// What a date rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum DateBasis {
    /// The words give the day.
    Stated,
    /// Counted from the publication day or from the story's day.
    Relative,
    /// The dateline: it is the day, or the day from which the words count.
    Dateline,
    /// There is no date.
    #[default]
    None,
}

impl DateBasis {
    /// The basis of a day that stands in a dateline.
    pub fn of_dateline(self) -> DateBasis {
        if self == DateBasis::None { self } else { DateBasis::Dateline }
    }

    /// As printed.
    pub fn as_str(self) -> &'static str {
        match self {
            DateBasis::Stated => "stated",
            DateBasis::Relative => "relative",
            DateBasis::Dateline => "dateline",
            DateBasis::None => "none",
        }
    }
}

/// What a demand, promise, refusal or threat is about: never an event of its own.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Proposition {
    /// The words.
    pub quoted: Quoted,
    /// The category that the content would have.
    pub category: Option<Category>,
}

/// A figure with its words.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Figure {
    /// The figure, where one is given.
    pub value: Option<f64>,
    /// Lower bound ("more than", "dozens").
    pub low: Option<f64>,
    /// Upper bound ("up to").
    pub high: Option<f64>,
    /// `people`, `troops`, a currency.
    pub unit: String,
    /// The words.
    pub quoted: Quoted,
}

/// How large the event was.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Size {
    /// Killed.
    pub dead: Option<Figure>,
    /// Wounded.
    pub injured: Option<Figure>,
    /// Arrested.
    pub arrested: Option<Figure>,
    /// Soldiers.
    pub troops: Option<Figure>,
    /// Protesters and other people who took part.
    pub participants: Option<Figure>,
    /// Money.
    pub money: Option<Figure>,
}

/// One event as one page tells it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Event {
    /// Content hash of page, trigger span, category and argument spans.
    pub id: String,
    /// Categories, the main one first; never empty.
    pub category: Vec<Category>,
    /// Modes of these categories.
    pub mode: Vec<Mode>,
    /// Contexts.
    pub context: Vec<Context>,
    /// Who did it; all who took part in a mutual act.
    pub actor: Vec<Entity>,
    /// To whom.
    pub recipient: Vec<Entity>,
    /// Told as done, denied, planned …
    pub modality: Modality,
    /// The words that decide the modality, where there are any.
    pub modality_cue: Option<Quoted>,
    /// What it is about.
    pub proposition: Option<Proposition>,
    /// The innermost statement that contains it; `None` for the reporter.
    pub said_by: Option<String>,
    /// 0 to 1.
    pub confidence: f32,
    /// The words that tell the event, in order; never empty.
    pub trigger: Vec<Quoted>,
    /// The sentence.
    pub sentence: Quoted,
    /// The day, or the first day of several.
    pub date: Option<Date>,
    /// The last day of several.
    pub end_date: Option<Date>,
    /// What the date rests on.
    pub date_basis: DateBasis,
    /// The day's words, kept even where they cannot be resolved.
    pub when: Option<Quoted>,
    /// Where it happened, where the predicate says so.
    pub place: Option<Location>,
    /// How large it was.
    pub size: Size,
    /// Why this record exists: words, tree path, lexicon entry, reasons for modality, date and confidence; one a line.
    pub why: Vec<String>,
    /// Where it was read.
    pub evidence: Evidence,
}

impl Event {
    /// The span of the first trigger.
    pub fn anchor(&self) -> Span<Body> {
        self.trigger.first().map_or(self.evidence.quoted.span, |t| t.span)
    }

    /// The mode farthest from zero decides the scale, else the main category.
    pub fn scale(&self) -> f32 {
        let modes = self.mode.iter().filter_map(|m| m.score());
        modes.max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or_else(|| self.category.first().map_or(0.0, |c| c.score()))
    }
}
