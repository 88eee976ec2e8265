//! Counting from an anchor: days of the week, so many units on or back, seasons, figures that may be read in two ways.

use jiff::civil::Date;

use super::super::tense::Tense;
use super::super::value::{Reference, Season, Unit, Value, What, plus};
use super::{RECENT, Resolver};

impl Resolver<'_> {
    pub(super) fn weekday(&self, day: u8, which: Option<(i32, bool)>, verb: impl Fn() -> Tense) -> Option<Date> {
        let base = self.base(which.is_some_and(|w| w.1))?;
        let today = base.weekday().to_monday_one_offset();
        let ahead = (i32::from(day) - i32::from(today)).rem_euclid(7);
        let monday = plus(base, 1 - i32::from(today))?;
        let days = match which {
            None if self.narrative => ahead,
            None => match verb() {
                Tense::Future => ahead,
                _ if ahead == 0 => 0,
                _ => ahead - 7,
            },
            Some((step, _)) if step >= 9 => return plus(monday, (step - 10) * 7 + i32::from(day) - 1),
            Some((0, true)) => ahead,
            Some((0, false)) => return plus(monday, i32::from(day) - 1),
            Some((s, _)) if s < 0 => {
                if ahead == 0 {
                    -7
                } else {
                    ahead - 7
                }
            }
            Some((_, true)) => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            Some((_, false)) => return plus(monday, 6 + i32::from(day)),
        };
        plus(base, days)
    }

    pub(super) fn shift(&self, n: i32, unit: Unit, story: bool) -> Value {
        let open = || What::Open(unit).into();
        let day = self.base(story);
        let (year, month) = match self.base_month(story) {
            // "a year earlier" in a page that told no date before: the year before the page's own.
            (None, _) if unit == Unit::Year && n == -1 && !self.narrative => self.base_month(false),
            known => known,
        };
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => What::Vague(Reference::Present).into(),
            Unit::Day | Unit::Night => day.and_then(|d| plus(d, n)).map_or_else(open, Value::day),
            Unit::Week | Unit::Fortnight | Unit::Weekend => {
                let found = day.and_then(|d| {
                    let monday = plus(d, 1 - i32::from(d.weekday().to_monday_one_offset()))?;
                    plus(monday, n.checked_mul(7)?)
                });
                match (found, unit) {
                    // "this weekend" on a Monday or Tuesday looks back.
                    (Some(monday), Unit::Weekend) => {
                        let back = n == 0 && day.is_some_and(|d| d.weekday().to_monday_one_offset() <= 3);
                        What::Weekend(if back { plus(monday, -7).unwrap_or(monday) } else { monday }).into()
                    }
                    (Some(monday), _) => What::Week(monday).into(),
                    _ => open(),
                }
            }
            Unit::Month => match (year, month) {
                (Some(y), Some(m)) => {
                    let total = i64::from(y) * 12 + i64::from(m) - 1 + i64::from(n);
                    let (y, m) = (total.div_euclid(12), total.rem_euclid(12) + 1);
                    i32::try_from(y).map_or_else(|_| open(), |y| Value::calendar(Some(y), Some(m as u8), None))
                }
                _ => open(),
            },
            Unit::Quarter => match (year, month) {
                (Some(y), Some(m)) => {
                    let total = y * 4 + i32::from((m - 1) / 3) + n;
                    What::Quarter(Some(total.div_euclid(4)), (total.rem_euclid(4) + 1) as u8).into()
                }
                _ => open(),
            },
            Unit::Year | Unit::Season => match year.and_then(|y| y.checked_add(n)) {
                Some(y) => Value::calendar(Some(if y <= 0 && year.is_some_and(|y| y > 0) { y - 1 } else { y }), None, None),
                None => open(),
            },
            Unit::Decade => match year.filter(|y| *y > 0).and_then(|y| y.checked_add(n.checked_mul(10)?)) {
                Some(y) if n == 0 || story || self.narrative => What::Decade(y / 10 * 10).into(),
                Some(y) => What::Decade(y / 10 * 10).into(),
                None => open(),
            },
            Unit::Century => match year.filter(|y| *y > 0).and_then(|y| y.checked_add(n.checked_mul(100)?)) {
                Some(y) if y > 0 => What::Century(y / 100 * 100).into(),
                _ => open(),
            },
        }
    }

    /// "05/03/2022" is a day in March or in May: as the page's other dates have it, else the one that lies by the publication.
    pub(super) fn either(&self, year: i32, first: u8, second: u8) -> Value {
        let day_first = Value::calendar(Some(year), Some(second), Some(first));
        let month_first = Value::calendar(Some(year), Some(first), Some(second));
        let away = |value: &Value| Some(value.days()?.0.since(self.anchor?).ok()?.get_days().abs());
        match (self.order, away(&day_first), away(&month_first)) {
            (Some(true), ..) => day_first,
            (Some(false), ..) => month_first,
            (None, Some(a), Some(b)) if a <= RECENT && b > RECENT => day_first,
            (None, Some(a), Some(b)) if b <= RECENT && a > RECENT => month_first,
            // Nothing decides: the year is sure.
            _ => Value::calendar(Some(year), None, None),
        }
    }
}

/// The year of a season named without one.
pub(super) fn season_year(year: i32, month: Option<u8>, season: Season, step: Option<i32>, story: bool) -> i32 {
    let Some(month) = month else { return year + step.unwrap_or(0).clamp(-1, 1) };
    // The month in which the season of this year begins; winter ends in the year it is named for.
    let start = match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 0,
    };
    let running = month >= start.max(1) && month < start + 3;
    match (season, step) {
        (Season::Winter, Some(-1)) => {
            if month <= 3 && !story {
                year - 1
            } else {
                year
            }
        }
        (Season::Winter, Some(0) | None) => {
            if month >= 8 {
                year + 1
            } else {
                year
            }
        }
        (Season::Winter, Some(_)) => year + 1,
        (_, Some(-1)) => {
            if month >= start + 3 {
                year
            } else {
                year - 1
            }
        }
        (_, Some(1)) => {
            if month < start && !running {
                year
            } else {
                year + 1
            }
        }
        (_, _) if story => {
            if month > start + 7 {
                year + 1
            } else {
                year
            }
        }
        _ => year,
    }
}
