//! Clocks and parts of the day, alone and beside a day.

use syntax::Upos;

use super::super::units::Kind;
use super::super::value::{Clock, Unit, What};
use super::{Core, Grammar, Phrase};

impl Grammar<'_> {
    /// The part of the day or clock behind a day.
    pub(super) fn tail(&self, to: usize, core: &Core) -> (usize, Option<Clock>) {
        if let Core::Deictic(0) = core
            && self.is(to.wrapping_sub(1), &["tonight"])
        {
            return (to, Some(Clock::Part("NI")));
        }
        if let (Core::Shift { unit: Unit::Day, .. }, Some(part)) = (core, self.entry(to.wrapping_sub(1)).part) {
            return (to, Some(Clock::Part(part)));
        }
        let is_day = match core {
            Core::Fixed(What::Calendar { day, .. }) => day.is_some(),
            Core::Month(_, day) | Core::MonthOf { day, .. } => day.is_some(),
            Core::Weekday(..) | Core::Deictic(_) | Core::DayOfMonth(_) => true,
            Core::Shift { unit, .. } => *unit == Unit::Day,
            _ => false,
        };
        if !is_day {
            return (to, None);
        }
        let early = if self.is(to, &["early", "late"]) { to + 1 } else { to };
        let skip = if self.is(early, &["in"]) && self.is(early + 1, &["the"]) { early + 2 } else { early };
        if let Some(part) = self.entry(skip).part {
            let clock = if part == "00" { Clock::At(0, Some(0), None, i8::MIN) } else { Clock::Part(part) };
            return (skip + 1, Some(clock));
        }
        let at = if self.is(to, &["at", ","]) { to + 1 } else { to };
        if let Some((end, clock)) = self.clock(at) {
            return (end, Some(clock));
        }
        (to, None)
    }

    /// "5:30 pm on Friday", "3 a.m.", "noon", "the morning of 3 May" has its own pattern.
    pub(super) fn clocked(&self, i: usize) -> Option<(usize, Phrase)> {
        let (end, clock) = self.clock(i)?;
        let mut next = end;
        next += usize::from(self.is(next, &[","]));
        next += usize::from(self.is(next, &["on", "of"]));
        if next < i + 12
            && let Some((to, core)) = self.calendar(next)
            && !matches!(core, Core::Fixed(What::Calendar { month: None, .. }))
        {
            if let (Some((to, zone)), Clock::At(h, m, s, i8::MIN)) = (self.zone(to), clock) {
                return Some((to, (core, Some(Clock::At(h, m, s, zone)), None)));
            }
            return Some((to, (core, Some(clock), None)));
        }
        if let Some((to, (core, _, _))) = self.relative(next)
            && matches!(core, Core::Shift { unit: Unit::Day, .. } | Core::Deictic(_))
        {
            return Some((to, (core, Some(clock), None)));
        }
        Some((end, (Core::Clock, Some(clock), None)))
    }

    /// "the morning of 3 May", "the night of Friday", "in the early hours of Monday".
    pub(super) fn part_of(&self, i: usize) -> Option<(usize, Phrase)> {
        let mut at = self.the(i);
        let mut edge = None;
        if let Some(e) = self.entry(at).edge.filter(|_| at > i || self.entry(at + 1).part.is_some()) {
            edge = Some(e);
            at += 1;
        }
        let part = match self.entry(at).part {
            Some(part) => Some(part),
            None if edge.is_some() && self.is(at, &["hours"]) => Some("MO"),
            None => None,
        }?;
        let mut next = at + 1;
        next += usize::from(self.is(next, &["hours", "time"]));
        if !self.is(next, &["of", "on"]) {
            return None;
        }
        let (to, core) = self.calendar(next + 1)?;
        Some((to, (core, Some(Clock::Part(part)), edge)))
    }

    pub(super) fn zone(&self, i: usize) -> Option<(usize, i8)> {
        let p = self.pieces.get(i)?;
        if self.is(i, &["local"]) && self.is(i + 1, &["time"]) {
            return Some((i + 2, i8::MIN));
        }
        // "Moscow time": a zone that has no number here.
        if p.capital && p.kind == Kind::Word && self.is(i + 1, &["time"]) {
            return Some((i + 2, i8::MIN));
        }
        if self.is(i, &["("]) && self.is(i + 2, &[")"]) {
            let (_, z) = self.zone(i + 1)?;
            return Some((i + 3, z));
        }
        let zone = self.entry(i).zone.filter(|_| p.capital && p.span.len() <= 4)?;
        Some((i + 1, zone))
    }

    pub(super) fn half_day(&self, i: usize) -> Option<(usize, bool)> {
        match self.lower(i) {
            "am" if self.pieces[i].upos != Upos::AUX => Some((i + 1, false)),
            "pm" => Some((i + 1, true)),
            _ => None,
        }
    }

    pub(super) fn clock(&self, i: usize) -> Option<(usize, Clock)> {
        let p = self.pieces.get(i)?;
        match p.lower.as_ref() {
            "noon" | "midday" => return Some((i + 1, Clock::At(12, Some(0), None, i8::MIN))),
            "midnight" => return Some((i + 1, Clock::At(0, Some(0), None, i8::MIN))),
            _ => {}
        }
        let hour_word = self.entry(i).number.filter(|n| (1..=12).contains(n));
        if let Some(h) = hour_word.or((p.kind == Kind::Number).then_some(p.number))
            && (self.is(i + 1, &["o'clock"]) || self.is(i + 1, &["o"]) && self.is(i + 3, &["clock"]))
            && h < 25
        {
            let end = if self.is(i + 1, &["o'clock"]) { i + 2 } else { i + 4 };
            return Some((end, Clock::At(h as u8, Some(0), None, i8::MIN)));
        }
        // "5.30 pm" is one opaque number.
        if p.kind == Kind::Opaque
            && let Some((end, pm)) = self.half_day(i + 1)
        {
            let (h, m) = (p.number / 100, p.number % 100);
            if (1..=12).contains(&h) && m < 60 {
                let (end, zone) = self.zone(end).unwrap_or((end, i8::MIN));
                return Some((end, Clock::At(to24(h as u8, pm), Some(m as u8), None, zone)));
            }
        }
        if p.kind != Kind::Number || p.digits > 4 || (i > 0 && self.glued(i) && self.kind(i - 1) == Some(Kind::Word)) {
            return None;
        }
        let hour = p.number;
        let minute = |j: usize| {
            self.pieces
                .get(j)
                .filter(|m| m.kind == Kind::Number && m.digits == 2 && m.number < 60 && !m.space)
                .map(|m| m.number as u8)
        };
        if hour < 25
            && self.is(i + 1, &[":"])
            && self.glued(i + 1)
            && let Some(m) = minute(i + 2)
        {
            let mut end = i + 3;
            let mut second = None;
            if self.is(end, &[":"]) && self.glued(end) {
                if let Some(s) = minute(end + 1) {
                    second = Some(s);
                    end += 2;
                }
            }
            let mut h = hour as u8;
            if let Some((to, pm)) = self.half_day(end) {
                h = to24(h, pm);
                end = to;
            } else if self.is(end, &["hr", "hrs", "hours", "h"]) {
                end += 1;
            }
            let (end, zone) = self.zone(end).unwrap_or((end, i8::MIN));
            return Some((end, Clock::At(h, Some(m), second, zone)));
        }
        if (1..=12).contains(&hour)
            && let Some((end, pm)) = self.half_day(i + 1)
        {
            let (end, zone) = self.zone(end).unwrap_or((end, i8::MIN));
            return Some((end, Clock::At(to24(hour as u8, pm), None, None, zone)));
        }
        // "1300 GMT", "0900 hours"
        if p.digits == 4 && hour < 2400 && hour % 100 < 60 {
            let clock = |zone| Clock::At((hour / 100) as u8, Some((hour % 100) as u8), None, zone);
            if let Some((end, zone)) = self.zone(i + 1) {
                return Some((end, clock(zone)));
            }
            if self.is(i + 1, &["hours", "hrs"]) && self.is(i.wrapping_sub(1), &["at", "about", "by", "around", "until", "from"])
            {
                return Some((i + 2, clock(i8::MIN)));
            }
        }
        None
    }
}

fn to24(hour: u8, pm: bool) -> u8 {
    match (hour, pm) {
        (12, false) => 0,
        (12, true) => 12,
        (h, true) if h < 12 => h + 12,
        (h, _) => h,
    }
}
