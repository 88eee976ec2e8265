//! Counted units: "two days ago", "three weeks", "every month".

use syntax::Upos;

use super::super::units::Kind;
use super::super::value::{Clock, Count, Reference, Unit, What};
use super::{Core, Grammar, Phrase, plain};

impl Grammar<'_> {
    /// A number of units: "two and a half years", "several months", "a week", "more than 40 days", "46-day".
    pub(super) fn quantity(&self, i: usize) -> Option<(usize, Count, Unit)> {
        let mut at = i;
        while self.is(
            at,
            &[
                "about",
                "around",
                "nearly",
                "almost",
                "over",
                "roughly",
                "approximately",
                "just",
                "only",
                "some",
                "under",
                "at",
                "more",
                "less",
                "fewer",
                "than",
                "least",
                "most",
                "up",
                "to",
                "the",
                "past",
                "last",
                "next",
                "first",
                "following",
                "previous",
                "coming",
                "another",
                "further",
                "mere",
                "full",
                "whole",
                "past",
            ],
        ) && at < i + 4
        {
            at += 1;
        }
        let (mut next, count) = self.count(at)?;
        // "two bloody weeks", "three more days", "46-day"
        next += usize::from(self.dash(next));
        next += usize::from(self.is(next, &["of"]));
        let adjective =
            self.pieces.get(next).is_some_and(|p| p.upos == Upos::ADJ && p.kind == Kind::Word) && self.entry(next).unit.is_none();
        if adjective || self.is(next, &["more", "full", "whole", "straight", "consecutive", "additional", "further"]) {
            next += 1;
        }
        let e = self.entry(next);
        let unit = e.unit?;
        if self.is(next, &["second"]) || self.is(next, &["min", "hr", "yr"]) && !self.glued(next) {
            return None;
        }
        if unit == Unit::Quarter || unit == Unit::Weekend && count == Count::whole(1) {
            return None;
        }
        if !e.plural && count != Count::whole(1) && !self.dash(next - 1) && !matches!(count, Count::Halves(n) if n < 3) {
            // "ten year" as an adjective
            let year = matches!(unit, Unit::Year | Unit::Month | Unit::Day)
                && self.pieces.get(next + 1).is_some_and(|p| p.upos == Upos::NOUN || self.is(next + 1, &["old"]));
            if !year {
                return None;
            }
        }
        Some((next + 1, count, unit))
    }

    pub(super) fn count(&self, i: usize) -> Option<(usize, Count)> {
        let p = self.pieces.get(i)?;
        if p.kind == Kind::Number && p.number > 0 && !(i > 0 && self.is(i - 1, &["$", "€", "£"])) {
            if p.digits <= 9 && p.number < 100_000 {
                return Some((i + 1, Count::whole(p.number)));
            }
            return None;
        }
        if self.is(i, &["half"]) && self.is(i + 1, &["a", "an"]) {
            return Some((i + 2, Count::Halves(1)));
        }
        if self.is(i, &["a"]) && self.is(i + 1, &["half"]) {
            return Some((i + 2, Count::Halves(1)));
        }
        if self.is(i, &["a"]) && self.is(i + 1, &["couple"]) {
            return Some((i + 2 + usize::from(self.is(i + 2, &["of"])), Count::whole(2)));
        }
        if self.is(i, &["a", "an"]) {
            let next = i + 1;
            if self.is(next, &["few", "dozen", "hundred", "thousand"]) {
                let n = match self.lower(next) {
                    "dozen" => Count::whole(12),
                    "hundred" => Count::whole(100),
                    "thousand" => Count::whole(1000),
                    _ => Count::Some,
                };
                return Some((next + 1, n));
            }
            return Some((next, Count::whole(1)));
        }
        let e = self.entry(i);
        if let Some(vague) = e.vague {
            let mut next = i + 1;
            next += usize::from(self.is(next, &["dozen", "hundred", "thousand"]));
            return Some((next, vague));
        }
        let mut n = e.number.filter(|n| *n > 0)?;
        let mut next = i + 1;
        let dash = next + usize::from(self.dash(next));
        if (20..100).contains(&n) && n % 10 == 0 {
            if let Some(one) = self.entry(dash).number.filter(|k| (1..10).contains(k)) {
                n += one;
                next = dash + 1;
            }
        }
        for _ in 0..3 {
            let Some(k) = self.entry(next).number.filter(|k| matches!(k, 100 | 1000)) else { break };
            n = n.saturating_mul(k);
            next += 1;
        }
        if self.is(next, &["and"]) && self.is(next + 1, &["a"]) && self.is(next + 2, &["half"]) {
            return Some((next + 3, Count::Halves(n.saturating_mul(2) + 1)));
        }
        if self.is(next, &["or", "to"]) && self.entry(next + 1).number.is_some() && self.entry(next + 2).unit.is_some() {
            return Some((next + 2, Count::Some));
        }
        Some((next, Count::whole(n)))
    }

    /// "two days ago", "three weeks later", "the day before", "years earlier".
    pub(super) fn relative(&self, i: usize) -> Option<(usize, Phrase)> {
        // "last night", "the next morning", "that afternoon"
        if let Some((to, core)) = self.which(i)
            && let Some(part) = self.entry(to - 1).part
        {
            return Some((to, (core, Some(Clock::Part(part)), None)));
        }
        // "in the morning", "before dawn": the day is told before, or not at all.
        if self.is(i, &["the"])
            && self.is(i.wrapping_sub(1), &["in", "during"])
            && !self.is(i + 2, &["of", "on"])
            && let Some(part @ ("MO" | "AF" | "EV" | "NI")) = self.entry(i + 1).part
            && !self.entry(i + 1).plural
        {
            return Some((i + 2, (Core::Clock, Some(Clock::Part(part)), None)));
        }
        if self.is(i, &["dawn", "dusk", "nightfall", "daybreak", "sunrise", "sunset"])
            && self.is(i.wrapping_sub(1), &["at", "before", "after", "by", "until", "since", "around"])
            && let Some(part) = self.entry(i).part
        {
            return Some((i + 1, (Core::Clock, Some(Clock::Part(part)), None)));
        }
        if self.is(i, &["overnight"]) && (!self.pieces[i].capital || i == 0) {
            return Some((i + 1, (Core::Clock, Some(Clock::Part("NI")), None)));
        }
        if self.is(i, &["one"])
            && let Some(part) = self.entry(i + 1).part
        {
            return Some((i + 2, (Core::Clock, Some(Clock::Part(part)), None)));
        }
        let the = self.the(i);
        // "the day before", "the year after", "a week earlier", "the day following"
        if the > i
            && let Some(unit) =
                self.entry(the).unit.filter(|u| matches!(u, Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Night))
            && !self.entry(the).plural
        {
            let n = match self.lower(the + 1) {
                "before" | "prior" | "previous" => -1,
                "after" | "following" => 1,
                _ => 0,
            };
            if n != 0 {
                let unit = if unit == Unit::Night { Unit::Day } else { unit };
                return Some((the + 2, plain(Core::Shift { n, unit, story: true })));
            }
        }
        // "years later", "weeks earlier"
        if let Some((to, reference)) = self.bare_plural(i) {
            return Some((to, plain(Core::Fixed(What::Vague(reference)))));
        }
        let (to, count, unit) = self.quantity(i)?;
        let (sign, story, end) = match (self.entry(to).backward, self.entry(to).forward) {
            (Some(story), _) => (-1, story, to + 1),
            (_, Some(story)) => (1, story, to + 1),
            _ if self.is(to, &["from"]) && self.is(to + 1, &["now"]) => (1, false, to + 2),
            _ if self.is(to, &["in"]) && self.is(to + 1, &["advance"]) => (-1, true, to + 2),
            _ => return None,
        };
        if self.is(i, &["the"]) && self.is(to, &["before", "after"]) && count == Count::Some {
            return None;
        }
        let core = match count.exact() {
            Some(n) if n < 1_000_000 => match unit {
                Unit::Fortnight => Core::Shift { n: sign * n * 2, unit: Unit::Week, story },
                Unit::Second | Unit::Minute | Unit::Hour => {
                    let days = n / if unit == Unit::Hour { 24 } else { i32::MAX };
                    if unit == Unit::Hour && n % 24 == 0 {
                        Core::Shift { n: sign * days, unit: Unit::Day, story }
                    } else {
                        Core::Shift { n: 0, unit: Unit::Day, story }
                    }
                }
                _ => Core::Shift { n: sign * n, unit, story },
            },
            _ => Core::Fixed(What::Vague(if sign < 0 { Reference::Past } else { Reference::Future })),
        };
        Some((end, plain(core)))
    }

    /// "years later", "days earlier", "weeks ago".
    pub(super) fn bare_plural(&self, i: usize) -> Option<(usize, Reference)> {
        let e = self.entry(i);
        e.unit.filter(|_| e.plural)?;
        let next = self.entry(i + 1);
        if next.backward.is_some() && !self.is(i + 1, &["before", "prior"]) {
            return Some((i + 2, Reference::Past));
        }
        (next.forward.is_some() && !self.is(i + 1, &["after"])).then_some((i + 2, Reference::Future))
    }

    /// Durations and sets.
    pub(super) fn counted(&self, i: usize) -> Option<(usize, Phrase)> {
        let e = self.entry(i);
        if let Some(unit) = e.every {
            return Some((i + 1, plain(Core::Fixed(What::Set(Count::whole(1), unit)))));
        }
        // "every day", "each year", "per month", "twice a week", "every two years"
        if self.is(i, &["every", "each", "per"]) {
            let next = self.entry(i + 1);
            if let Some(unit) = next.unit.filter(|_| !next.plural) {
                return Some((i + 2, plain(Core::Fixed(What::Set(Count::whole(1), unit)))));
            }
            if next.weekday.is_some() || next.part.is_some() {
                return Some((i + 2, plain(Core::Fixed(What::Set(Count::whole(1), Unit::Week)))));
            }
            if let Some((to, count, unit)) = self.quantity(i + 1).filter(|_| self.is(i, &["every"])) {
                return Some((to, plain(Core::Fixed(What::Set(count, unit)))));
            }
        }
        if self.is(i, &["a", "an"])
            && i > 0
            && let Some(unit) = self.entry(i + 1).unit.filter(|_| !self.entry(i + 1).plural)
            && (self.is(i - 1, &["once", "twice", "times", "%", "percent"])
                || matches!(self.pieces[i - 1].upos, Upos::NOUN | Upos::NUM) && self.rate(i))
        {
            return Some((i + 2, plain(Core::Fixed(What::Set(Count::whole(1), unit)))));
        }
        // "the next few months", "the last two weeks", "the following days"
        let the = self.the(i);
        if the > i || self.is(i, &["these", "those"]) {
            let the = the.max(i + 1);
            if self.entry(the).which.is_some() && self.entry(the + 1).unit.is_some() && self.entry(the + 1).plural {
                let unit = self.entry(the + 1).unit?;
                return Some((the + 2, plain(Core::Fixed(What::Duration(Count::Some, unit)))));
            }
            // "the past decade"
            let ahead = self.is(the, &["next", "coming", "following"])
                && self.is(i.wrapping_sub(1), &["for", "over", "within", "throughout"]);
            if (self.is(the, &["past", "last"]) || ahead)
                && let Some(unit) =
                    self.entry(the + 1).unit.filter(|u| !self.entry(the + 1).plural && !matches!(u, Unit::Second | Unit::Quarter))
            {
                return Some((the + 2, plain(Core::Fixed(What::Duration(Count::whole(1), unit)))));
            }
        }
        let (mut to, count, unit) = self.quantity(i)?;
        if self.dash(to) && self.is(to + 1, &["old", "long"]) {
            to += 2;
        } else if self.is(to, &["old"]) {
            to += 1;
        }
        // "one of the years" and "a day" alone say little; "a second" is mostly an ordinal.
        if unit == Unit::Second && count == Count::whole(1)
            || self.is(i, &["the"]) && count == Count::whole(1) && !self.pieces[i + 1].lower.starts_with("one")
        {
            return None;
        }
        Some((to, plain(Core::Fixed(What::Duration(count, unit)))))
    }

    /// Whether "a day" at `i` closes a rate: a number stands a few words before it.
    pub(super) fn rate(&self, i: usize) -> bool {
        (i.saturating_sub(4)..i)
            .any(|j| matches!(self.kind(j), Some(Kind::Number | Kind::Opaque)) || self.entry(j).number.is_some())
    }
}
