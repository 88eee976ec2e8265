//! How a value is written: TIMEX2, TIMEX3, TEI. Notations change, meanings do not.

use jiff::civil::Date;

use super::value::{Clock, Count, Reference, Season, Unit, Value, What};

/// What was not given, in TIMEX.
const UNKNOWN_DAY: &str = "XXXX-XX-XX";

impl Value {
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

impl Count {
    fn text(self) -> String {
        match self {
            Count::Halves(n) if n % 2 == 0 => (n / 2).to_string(),
            Count::Halves(n) => format!("{}.5", n / 2),
            Count::Some => "X".to_string(),
        }
    }
}

impl Season {
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

impl Unit {
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
