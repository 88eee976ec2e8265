//! Longer stretches with names (centuries, decades, seasons, quarters), feasts, and "last week" and its like.

use syntax::Upos;

use super::super::units::Kind;
use super::super::value::{Season, Unit, What};
use super::{Core, Grammar};

impl Grammar<'_> {
    /// "the 17th century", "the third century BC", "19th-century".
    pub(super) fn century(&self, i: usize) -> Option<(usize, Core)> {
        let at = self.the(i);
        let p = self.pieces.get(at)?;
        let (to, n) = if p.kind == Kind::Ordinal {
            (at + 1, p.number)
        } else if let Some(n) = self.entry(at).ordinal {
            (at + 1, n)
        } else {
            let tens = self.entry(at).number.filter(|n| *n == 20)?;
            let next = at + 1 + usize::from(self.dash(at + 1));
            (next + 1, tens + self.entry(next).ordinal.filter(|n| *n < 10)?)
        };
        if !(1..=30).contains(&n) {
            return None;
        }
        let next = to + usize::from(self.dash(to));
        if self.entry(next).unit != Some(Unit::Century) {
            // "from the 15th to the 19th century"
            let other = to + 1 + usize::from(self.is(to + 1, &["the"]));
            let list = self.is(to, &["to", "and", "-", "–", "or", "through"])
                && self.pieces.get(other).is_some_and(|p| p.kind == Kind::Ordinal || self.entry(other).ordinal.is_some())
                && (self.entry(other + 1).unit == Some(Unit::Century)
                    || self.dash(other + 1) && self.entry(other + 2).unit == Some(Unit::Century));
            return list.then_some((to, Core::Fixed(What::Century((n as i32 - 1) * 100))));
        }
        let end = next + 1;
        if self.is(end, &["bc", "bce"]) {
            return Some((end + 1, Core::Fixed(What::Century(-(n as i32) * 100))));
        }
        let end = end + usize::from(self.is(end, &["ad", "ce"]));
        Some((end, Core::Fixed(What::Century((n as i32 - 1) * 100))))
    }

    /// "the 1960s", "the sixties", "the '60s".
    pub(super) fn decade(&self, i: usize) -> Option<(usize, Core)> {
        let at = self.the(i);
        let quote = at + usize::from(self.is(at, &["'", "’", "‘"]));
        let p = self.pieces.get(quote)?;
        if p.kind == Kind::Plural
            || p.kind == Kind::Number
                && p.number % 10 == 0
                && p.digits == 4
                && self.is(quote + 1, &["'", "’"])
                && self.is(quote + 2, &["s"])
                && self.glued(quote + 1)
                && self.glued(quote + 2)
        {
            let end = if p.kind == Kind::Plural { quote + 1 } else { quote + 3 };
            return match p.number {
                n @ 1000..2100 if p.digits == 4 && n % 100 == 0 && n < 1900 => Some((end, Core::Fixed(What::Century(n as i32)))),
                n @ 1000..2100 if p.digits == 4 => Some((end, Core::Fixed(What::Decade(n as i32)))),
                n @ 10..100
                    if p.digits == 2
                        && at > i
                        && !self.is(i.wrapping_sub(1), &["in"]) | self.is(at, &["'", "’", "‘"]) | (at > i) =>
                {
                    Some((end, Core::ShortDecade(n)))
                }
                _ => None,
            };
        }
        let n = self.entry(at).decade.filter(|_| at > i)?;
        Some((at + 1, Core::ShortDecade(n)))
    }

    pub(super) fn season(&self, i: usize) -> Option<(usize, Core)> {
        let the = self.the(i);
        let mut at = the;
        let mut which = None;
        if let Some(w) = self.entry(at).which
            && self.entry(at + 1).season.is_some()
        {
            which = Some(w);
            at += 1;
        }
        let season = self.entry(at).season?;
        if self.pieces[at].upos == Upos::VERB || self.is(at, &["fall", "spring"]) && self.pieces[at].upos == Upos::AUX {
            return None;
        }
        let to = at + 1;
        match self.year_after(to) {
            Some((mut end, Ok(year))) => {
                let mut year = year;
                // "the winter of 1776-77": it ends in the second.
                if season == Season::Winter
                    && (self.dash(end) || self.is(end, &["/", "to"]))
                    && let Some(p) = self.pieces.get(end + 1).filter(|p| p.kind == Kind::Number && matches!(p.digits, 2 | 4))
                {
                    year = if p.digits == 4 { p.number as i32 } else { year / 100 * 100 + p.number as i32 };
                    end += 2;
                }
                return Some((end, Core::Fixed(What::Season(Some(year), season))));
            }
            Some((end, Err(w))) => return Some((end, Core::Season(season, Some(w)))),
            None => {}
        }
        if which.is_some() {
            return Some((to, Core::Season(season, which)));
        }
        // Bare ones are seasons after "in", "by", "that"; "the fall of Kabul" and "hot springs" are not.
        let before = self
            .is(the.wrapping_sub(1), &["in", "by", "during", "until", "since", "this", "through", "throughout", "of"])
            || (the > i && i > 0 && self.is(i - 1, &["in", "by", "during", "until", "since", "through", "throughout", "for"]));
        let danger = self.is(at, &["fall", "spring"]);
        let ok = if danger { before && !self.is(to, &["of"]) } else { !self.pieces[at].capital || at == 0 || before };
        let name = self.pieces.get(at + 1).is_some_and(|p| p.capital && p.upos == Upos::PROPN) && self.pieces[at].capital;
        (ok && !name).then_some((to, Core::Season(season, None)))
    }

    /// "the first quarter of 2008", "Q1 2008", "the second half of the year", "H1".
    pub(super) fn quarter(&self, i: usize) -> Option<(usize, Core)> {
        let at = self.the(i);
        let p = self.pieces.get(at)?;
        let (to, n, half) = if let Some(n) = self.entry(at).ordinal.or((p.kind == Kind::Ordinal).then_some(p.number)) {
            match self.lower(at + 1) {
                "quarter" if n <= 4 => (at + 2, n, false),
                "half" if n <= 2 => (at + 2, n, true),
                _ => return None,
            }
        } else if matches!(p.lower.as_ref(), "q" | "h") && p.capital && self.glued(at + 1) {
            let n = self.pieces.get(at + 1).filter(|p| p.kind == Kind::Number)?.number;
            let half = p.lower == "h";
            if n == 0 || n > if half { 2 } else { 4 } {
                return None;
            }
            (at + 2, n, half)
        } else {
            return None;
        };
        let n = n as u8;
        let what = |year| if half { What::Half(year, n) } else { What::Quarter(year, n) };
        match self.year_after(to) {
            Some((end, Ok(year))) => return Some((end, Core::Fixed(what(Some(year))))),
            Some((end, Err(w))) => return Some((end, if half { Core::Half(n, Some(w)) } else { Core::Quarter(n, Some(w)) })),
            None => {}
        }
        if half {
            let of = self.is(to, &["of"]) && self.is(to + 1, &["the"]) && self.is(to + 2, &["year"]);
            return of.then_some((to + 3, Core::Half(n, None)));
        }
        // A quarter of a match or of a city is none.
        (at > i && self.is(i.wrapping_sub(1), &["in", "for", "during", "from"])).then_some((to, Core::Quarter(n, None)))
    }

    pub(super) fn holiday(&self, i: usize) -> Option<(usize, Core)> {
        if !self.pieces.get(i)?.capital {
            return None;
        }
        let (words, day) = self.lexicon.holidays.iter().find(|(words, _)| {
            words.iter().enumerate().all(|(k, w)| {
                let p = self.pieces.get(i + k);
                p.is_some_and(|p| p.lower == *w || w.strip_suffix("'s") == Some(p.lower.as_ref()))
            })
        })?;
        let (month, day) = (*day)?;
        Some(self.with_year(i + words.len(), month, Some(day)))
    }

    /// "last week", "the following day", "this weekend", "that same year", "the year before last".
    pub(super) fn which(&self, i: usize) -> Option<(usize, Core)> {
        let mut at = self.the(i);
        at += usize::from(
            self.is(at, &["this", "that", "very", "late"])
                && self.is(at + 1, &["same", "very", "last", "past", "coming", "next"]),
        );
        let (step, mut story) = self.entry(at).which?;
        let mut unit_at = at + 1;
        unit_at += usize::from(self.is(unit_at, &["calendar", "financial", "fiscal", "school"]));
        let e = self.entry(unit_at);
        // "the next day", "the next morning": counted from the story, not from the day of speaking.
        let definite = at > i && self.is(i, &["the"]);
        if step == 1 && definite {
            // "for the next decade" is a length of time.
            if self.is(i.wrapping_sub(1), &["for", "over", "within", "throughout"]) && e.part.is_none() {
                return None;
            }
            story = true;
        }
        if let Some(part) = e.part.filter(|p| matches!(*p, "MO" | "AF" | "EV" | "NI")) {
            let _ = part;
            let n = if self.is(unit_at, &["night"]) && step == -1 || step == 1 {
                step
            } else if step == 0 {
                0
            } else {
                return None;
            };
            let core = Core::Shift { n, unit: Unit::Day, story };
            return Some((unit_at, core)).map(|(to, core)| (to + 1, core));
        }
        let unit = e.unit.filter(|_| !e.plural)?;
        if self.is(at, &["past"]) && self.is(i, &["the"]) || matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
            return None;
        }
        // "this past week", "the last decade" are stretches up to now.
        if self.is(at, &["last", "past"]) && definite {
            return None;
        }
        if self.is(unit_at, &["second"]) || self.is(at, &["current"]) && unit == Unit::Day {
            return None;
        }
        let to = unit_at + 1;
        Some((to, Core::Shift { n: step, unit, story }))
    }

    pub(super) fn deictic(&self, i: usize) -> Option<(usize, Core)> {
        let the = self.the(i);
        if self.is(the, &["day"]) && self.is(the + 1, &["before"]) && self.is(the + 2, &["yesterday"]) {
            return Some((the + 3, Core::Deictic(-2)));
        }
        if self.is(the, &["day"]) && self.is(the + 1, &["after"]) && self.is(the + 2, &["tomorrow"]) {
            return Some((the + 3, Core::Deictic(2)));
        }
        if self.is(i, &["overnight"]) && self.pieces[i].upos != Upos::ADJ {
            return None;
        }
        let n = self.entry(i).deictic?;
        // "USA Today" is a paper.
        if self.pieces[i].capital && i > 0 && self.pieces[i - 1].capital && self.pieces[i - 1].kind == Kind::Word {
            return None;
        }
        Some((i + 1, Core::Deictic(n)))
    }
}
