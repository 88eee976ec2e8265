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

    fn text(self) -> String {
        match self {
            Count::Halves(n) if n % 2 == 0 => (n / 2).to_string(),
            Count::Halves(n) => format!("{}.5", n / 2),
            Count::Some => "X".to_string(),
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

/// What was not given, in TIMEX.
const UNKNOWN_DAY: &str = "XXXX-XX-XX";

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

    /// As TIMEX3 writes it; `None` for what is no TIMEX3 (an adjective such as "former").
    pub fn timex3(&self) -> Option<String> {
        Some(self.timex())
    }

    /// As TIMEX2 writes it: for what is found here, the same.
    pub fn timex2(&self) -> Option<String> {
        Some(self.timex())
    }

    fn timex(&self) -> String {
        let base = match self.what {
            What::Calendar { year, month, day } => match (year, month, day) {
                (Some(y), None, None) => year4(y, "BC"),
                (y, Some(m), None) => format!("{}-{m:02}", y.map_or("XXXX".into(), |y| year4(y, "BC"))),
                (y, Some(m), Some(d)) => format!("{}-{m:02}-{d:02}", y.map_or("XXXX".into(), |y| year4(y, "BC"))),
                _ => UNKNOWN_DAY.to_string(),
            },
            What::Week(monday) => week(monday),
            What::Weekend(monday) => format!("{}-WE", week(monday)),
            What::Season(year, s) => format!("{}-{}", year.map_or("XXXX".into(), |y| year4(y, "BC")), s.code()),
            What::Quarter(year, q) => format!("{}-Q{q}", year.map_or("XXXX".into(), |y| year4(y, "BC"))),
            What::Half(year, h) => format!("{}-H{h}", year.map_or("XXXX".into(), |y| year4(y, "BC"))),
            What::Decade(first) => format!("{:03}", first / 10),
            What::Century(first) if first < 0 => format!("BC{:02}", -first / 100 - 1),
            What::Century(first) => format!("{:02}", first / 100),
            What::Days(a, b) => {
                if a == b {
                    a.to_string()
                } else {
                    format!("{a}/{b}")
                }
            }
            What::Duration(n, unit) | What::Set(n, unit) => unit.duration(n),
            What::Weekday(n) => format!("XXXX-WXX-{n}"),
            What::Open(unit) => unit.open().to_string(),
            What::Vague(Reference::Past) => "PAST_REF".to_string(),
            What::Vague(Reference::Present) => "PRESENT_REF".to_string(),
            What::Vague(Reference::Future) => "FUTURE_REF".to_string(),
            What::Clock => UNKNOWN_DAY.to_string(),
        };
        match self.clock {
            None => base,
            Some(Clock::Part(part)) => format!("{base}T{part}"),
            Some(Clock::At(h, m, s, zone)) => {
                let mut text = format!("{base}T{h:02}");
                if let Some(m) = m {
                    text.push_str(&format!(":{m:02}"));
                } else {
                    text.push_str(":00");
                }
                if let Some(s) = s {
                    text.push_str(&format!(":{s:02}"));
                }
                match zone {
                    i8::MIN => {}
                    0 => text.push('Z'),
                    z => text.push_str(&format!("{}{:02}", if z < 0 { '-' } else { '+' }, z.abs())),
                }
                text
            }
        }
    }

    /// As the TEI guidelines write a date; `None` for durations, sets and vague references, which they do not date.
    pub fn tei(&self) -> Option<String> {
        let base = match self.what {
            What::Calendar { year, month, day } => {
                let year = year.map(|y| if y < 0 { format!("-{:04}", -y) } else { format!("{y:04}") });
                match (year, month, day) {
                    (Some(y), None, _) => y,
                    (Some(y), Some(m), None) => format!("{y}-{m:02}"),
                    (Some(y), Some(m), Some(d)) => format!("{y}-{m:02}-{d:02}"),
                    (None, Some(m), None) => format!("--{m:02}"),
                    (None, Some(m), Some(d)) => format!("--{m:02}-{d:02}"),
                    (None, None, Some(d)) => format!("---{d:02}"),
                    (None, None, None) => return None,
                }
            }
            What::Week(_) | What::Weekend(_) => {
                let (a, b) = self.days()?;
                format!("{a}/{b}")
            }
            What::Season(year, season) => {
                let (from, to) = season.months();
                match year {
                    Some(y) => format!("{:04}-{from:02}/{y:04}-{to:02}", if from == 12 { y - 1 } else { y }),
                    None => format!("--{from:02}/--{to:02}"),
                }
            }
            What::Quarter(Some(y), q) => format!("{y:04}-{:02}/{y:04}-{:02}", q * 3 - 2, q * 3),
            What::Half(Some(y), h) => format!("{y:04}-{:02}/{y:04}-{:02}", h * 6 - 5, h * 6),
            What::Decade(_) => {
                let (a, b) = self.days()?;
                format!("{a}/{b}")
            }
            What::Century(first) if first < 0 => format!("-{:04}/-{:04}", -first, -first - 99),
            What::Century(_) => {
                let (a, b) = self.days()?;
                format!("{a}/{b}")
            }
            What::Days(a, b) => format!("{a}/{b}"),
            What::Clock => return self.clock.and_then(clock_tei),
            _ => return None,
        };
        match self.clock.and_then(clock_tei) {
            Some(clock) if self.is_day() => Some(format!("{base}T{clock}")),
            _ => Some(base),
        }
    }

    /// Whether it names one day.
    pub fn is_day(&self) -> bool {
        matches!(self.what, What::Calendar { month: Some(_), day: Some(_), .. })
    }
}

fn clock_tei(clock: Clock) -> Option<String> {
    match clock {
        Clock::At(h, m, s, _) => Some(format!("{h:02}:{:02}:{:02}", m.unwrap_or(0), s.unwrap_or(0))),
        Clock::Part(_) => None,
    }
}

fn year4(year: i32, before: &str) -> String {
    if year < 0 { format!("{before}{:04}", -year) } else { format!("{year:04}") }
}

fn week(monday: Date) -> String {
    let iso = monday.iso_week_date();
    format!("{:04}-W{:02}", iso.year(), iso.week())
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

    fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        }
    }

    /// From the month in which it begins to the one in which it ends.
    fn months(self) -> (u8, u8) {
        match self {
            Season::Spring => (3, 6),
            Season::Summer => (6, 9),
            Season::Autumn => (9, 12),
            Season::Winter => (12, 3),
        }
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

    fn duration(self, n: Count) -> String {
        let n = match (self, n) {
            (Unit::Fortnight, Count::Halves(h)) => Count::Halves(h.saturating_mul(2)),
            _ => n,
        };
        let n = n.text();
        match self {
            Unit::Second => format!("PT{n}S"),
            Unit::Minute => format!("PT{n}M"),
            Unit::Hour => format!("PT{n}H"),
            Unit::Day => format!("P{n}D"),
            Unit::Night => format!("P{n}N"),
            Unit::Weekend => format!("P{n}WE"),
            Unit::Week | Unit::Fortnight => format!("P{n}W"),
            Unit::Month => format!("P{n}M"),
            Unit::Quarter | Unit::Season => format!("P{n}Q"),
            Unit::Year => format!("P{n}Y"),
            Unit::Decade => format!("P{n}DE"),
            Unit::Century => format!("P{n}CE"),
        }
    }

    fn open(self) -> &'static str {
        match self {
            Unit::Week | Unit::Fortnight => "XXXX-WXX",
            Unit::Weekend => "XXXX-WXX-WE",
            Unit::Month => "XXXX-XX",
            Unit::Quarter => "XXXX-QX",
            Unit::Year | Unit::Season => "XXXX",
            Unit::Decade => "XXX",
            Unit::Century => "XX",
            _ => UNKNOWN_DAY,
        }
    }
}
