//! What an expression of time means, and how three notations write it: TIMEX3, the TEI guidelines' dates, TIMEX2.
//!
//! A value holds only what the words and their anchor support: a missing year stays missing. Years before Christ are
//! negative, and there is no year 0.

use jiff::civil::Date;

/// A season, as TIMEX writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Beginning, middle or end of what is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Edge {
    Start,
    Mid,
    End,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
}

/// Which way an unresolved reference points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Reference {
    Past,
    Present,
    Future,
}

/// How many units: a number in halves, or some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Twice the number, so that "two and a half" is exact.
    Halves(u32),
    /// "Several", "a few", bare plurals.
    Some,
}

impl Count {
    /// A whole number.
    pub fn whole(n: u32) -> Count {
        Count::Halves(n.saturating_mul(2))
    }

    /// The whole number, where it is one.
    pub fn exact(self) -> Option<i32> {
        match self {
            Count::Halves(n) if n % 2 == 0 => i32::try_from(n / 2).ok(),
            _ => None,
        }
    }
}

/// What is meant, without the part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A day, month or year; `None` where the text does not give that part.
    Calendar {
        /// The year.
        year: Option<i32>,
        /// The month, 1 to 12.
        month: Option<u8>,
        /// The day of the month.
        day: Option<u8>,
    },
    /// The week that begins on this Monday.
    Week(Date),
    /// The Saturday and Sunday of the week that begins on this Monday.
    Weekend(Date),
    /// A season; winter belongs to the year in which it ends.
    Season(Option<i32>, Season),
    /// A quarter of a year, 1 to 4.
    Quarter(Option<i32>, u8),
    /// A half of a year, 1 or 2.
    Half(Option<i32>, u8),
    /// The ten years that begin here.
    Decade(i32),
    /// The hundred years that begin here; negative ones as counted back (`-900` is the ninth century BC).
    Century(i32),
    /// From a day to a day.
    Days(Date, Date),
    /// A length of time.
    Duration(Count, Unit),
    /// Something that comes again: every so often.
    Set(Count, Unit),
    /// A day of the week, 1 to 7, that could not be placed.
    Weekday(u8),
    /// One unit that could not be placed.
    Open(Unit),
    /// Before, at or after the time of speaking, no more is said.
    Vague(Reference),
    /// Only a clock or a part of the day.
    Clock,
}

/// A time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Hour, minute, second, and hours east of Greenwich (`i8::MIN` for none given).
    At(u8, Option<u8>, Option<u8>, i8),
    /// Morning, midday, afternoon, evening, night, daytime.
    Part(&'static str),
}

/// What an expression of time means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value {
    /// The stretch of time.
    pub what: What,
    /// The part of the day.
    pub clock: Option<Clock>,
    /// Early, mid, late.
    pub edge: Option<Edge>,
}

impl From<What> for Value {
    fn from(what: What) -> Self {
        Value { what, clock: None, edge: None }
    }
}

impl Value {
    /// A calendar value.
    pub fn calendar(year: Option<i32>, month: Option<u8>, day: Option<u8>) -> Value {
        What::Calendar { year, month, day }.into()
    }

    /// One day.
    pub fn day(date: Date) -> Value {
        Value::calendar(Some(i32::from(date.year())), Some(date.month() as u8), Some(date.day() as u8))
    }

    /// First and last day.
    pub fn days(&self) -> Option<(Date, Date)> {
        match self.what {
            What::Calendar { year, month, day } => {
                let year = i16::try_from(year?).ok().filter(|&y| y > 0)?;
                match (month, day) {
                    (Some(m), Some(d)) => Date::new(year, m as i8, d as i8).ok().map(|d| (d, d)),
                    (Some(m), None) => {
                        let first = Date::new(year, m as i8, 1).ok()?;
                        Some((first, first.last_of_month()))
                    }
                    _ => years(i32::from(year), 1),
                }
            }
            What::Week(monday) => Some((monday, plus(monday, 6)?)),
            What::Weekend(monday) => Some((plus(monday, 5)?, plus(monday, 6)?)),
            What::Season(year, season) => {
                let y = i16::try_from(year?).ok()?;
                let (from, m) = match season {
                    Season::Spring => (y, 3),
                    Season::Summer => (y, 6),
                    Season::Autumn => (y, 9),
                    Season::Winter => (y - 1, 12),
                };
                let last = if m == 12 { Date::new(y, 2, 1) } else { Date::new(y, m + 2, 1) };
                Some((Date::new(from, m, 1).ok()?, last.ok()?.last_of_month()))
            }
            What::Quarter(year, q) => months(year?, (q as i8 - 1) * 3 + 1, 3),
            What::Half(year, h) => months(year?, (h as i8 - 1) * 6 + 1, 6),
            What::Decade(first) => years(first, 10),
            What::Century(first) => years(first, 100),
            What::Days(a, b) => Some((a, b)),
            _ => None,
        }
    }

    /// Whether it names one day.
    pub fn is_day(&self) -> bool {
        matches!(self.what, What::Calendar { month: Some(_), day: Some(_), .. })
    }
}

/// `date` and `n` days.
pub(super) fn plus(date: Date, n: i32) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(n).ok()?).ok()
}

fn months(year: i32, first: i8, count: i8) -> Option<(Date, Date)> {
    let year = i16::try_from(year).ok()?;
    Some((Date::new(year, first, 1).ok()?, Date::new(year, first + count - 1, 1).ok()?.last_of_month()))
}

fn years(first: i32, count: i32) -> Option<(Date, Date)> {
    if first <= 0 {
        return None;
    }
    let last = i16::try_from(first + count - 1).ok()?;
    Some((Date::new(i16::try_from(first).ok()?, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

impl Season {
    /// The season written `code`.
    pub fn parse(code: &str) -> Option<Season> {
        Some(match code {
            "SP" => Season::Spring,
            "SU" => Season::Summer,
            "FA" => Season::Autumn,
            "WI" => Season::Winter,
            _ => return None,
        })
    }
}

impl Edge {
    /// The edge written `code`.
    pub fn parse(code: &str) -> Option<Edge> {
        Some(match code {
            "START" => Edge::Start,
            "MID" => Edge::Mid,
            "END" => Edge::End,
            _ => return None,
        })
    }
}

impl Unit {
    /// The unit written `code` in the word list.
    pub fn parse(code: &str) -> Option<Unit> {
        Some(match code {
            "TS" => Unit::Second,
            "TM" => Unit::Minute,
            "TH" => Unit::Hour,
            "D" => Unit::Day,
            "NI" => Unit::Night,
            "WE" => Unit::Weekend,
            "W" => Unit::Week,
            "FN" => Unit::Fortnight,
            "M" => Unit::Month,
            "Q" => Unit::Quarter,
            "Y" => Unit::Year,
            "DE" => Unit::Decade,
            "CE" => Unit::Century,
            _ => return None,
        })
    }
}
