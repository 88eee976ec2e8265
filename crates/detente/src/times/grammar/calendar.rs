//! Days, months and years.

use syntax::Upos;

use super::super::units::Kind;
use super::super::value::{Unit, What};
use super::{Core, Grammar, year_of};

impl Grammar<'_> {
    pub(super) fn month(&self, i: usize) -> Option<(usize, u8)> {
        let p = self.pieces.get(i).filter(|p| p.capital)?;
        if let Some(m) = self.entry(i).month {
            if matches!(m, 3 | 5) && matches!(p.upos, Upos::AUX | Upos::VERB) {
                return None;
            }
            return Some((i + 1, m));
        }
        let m = self.entry(i).month_short?;
        let stop = self.is(i + 1, &["."]) && self.glued(i + 1);
        Some((i + 1 + usize::from(stop), m))
    }

    /// A day of the month in digits or as an ordinal.
    pub(super) fn day(&self, i: usize) -> Option<(usize, u8)> {
        let p = self.pieces.get(i)?;
        match p.kind {
            Kind::Number if p.digits <= 2 && (1..=31).contains(&p.number) => Some((i + 1, p.number as u8)),
            Kind::Ordinal if (1..=31).contains(&p.number) => Some((i + 1, p.number as u8)),
            Kind::Word => {
                let e = self.entry(i);
                if let Some(tens) = e.number.filter(|n| matches!(n, 20 | 30)) {
                    let next = i + 1 + usize::from(self.dash(i + 1));
                    let one = self.entry(next).ordinal.filter(|n| *n < 10)?;
                    return Some((next + 1, (tens + one) as u8));
                }
                e.ordinal.filter(|n| *n <= 31).map(|n| (i + 1, n as u8))
            }
            _ => None,
        }
    }

    /// A year of four digits, or any with BC or AD.
    pub(super) fn year(&self, i: usize) -> Option<(usize, i32)> {
        if self.is(i, &["ad", "ce"]) && self.pieces[i].span.len() <= 4 {
            let p = self.pieces.get(i + 1).filter(|p| p.kind == Kind::Number && p.digits <= 4)?;
            return Some((i + 2, p.number as i32));
        }
        let p = self.pieces.get(i).filter(|p| p.kind == Kind::Number && p.number > 0)?;
        match self.lower(i + 1) {
            "bc" | "bce" if p.digits <= 9 => return Some((i + 2, -(p.number as i32))),
            "ad" | "ce" if p.digits <= 4 && self.pieces[i + 1].capital => return Some((i + 2, p.number as i32)),
            _ => {}
        }
        if self.shares_era(i) {
            return Some((i + 1, -(p.number as i32)));
        }
        (p.digits == 4 && (1000..2100).contains(&p.number)).then_some((i + 1, p.number as i32))
    }

    /// "264 to 241 BC": whether the number at `i` shares the era of the one that follows.
    pub(super) fn shares_era(&self, i: usize) -> bool {
        let number = |j: usize| self.pieces.get(j).is_some_and(|p| p.kind == Kind::Number && p.digits <= 4);
        number(i)
            && (self.dash(i + 1) || self.is(i + 1, &["to", "or", "and", "until"]))
            && number(i + 2)
            && self.is(i + 3, &["bc", "bce"])
    }

    /// Whether the four digits at `i` can be a year where nothing around says so.
    pub(super) fn lone_year(&self, i: usize) -> bool {
        let Some(p) = self.pieces.get(i) else { return false };
        if self.shares_era(i) {
            return true;
        }
        if p.digits != 4 && !self.is(i + 1, &["bc", "bce", "ad", "ce"]) {
            return false;
        }
        let glued_before = i > 0 && self.glued(i) && !self.is(i - 1, &["(", "[", "-", "–", "—", "/", "\"", "'", "“", "‘", "’"]);
        let glued_after = self.glued(i + 1) && matches!(self.kind(i + 1), Some(Kind::Word | Kind::Number | Kind::Opaque));
        if glued_before || glued_after && self.kind(i + 1) != Some(Kind::Word) {
            return false;
        }
        if glued_after && !self.is(i + 1, &["s"]) && !self.entry(i + 1).part.is_some() && !self.is(i + 1, &["bc", "bce", "ad"]) {
            return false;
        }
        let money = i > 0
            && self.is(
                i - 1,
                &[
                    "$",
                    "€",
                    "£",
                    "no",
                    "no.",
                    "number",
                    "page",
                    "pp",
                    "route",
                    "section",
                    "article",
                    "resolution",
                    "#",
                    "about",
                    "over",
                    "nearly",
                    "than",
                    "least",
                    "approximately",
                    "roughly",
                    "almost",
                ],
            );
        if money && !(self.is(i - 1, &["over", "about"]) && self.dash(i + 1)) {
            return false;
        }
        if self.is(i + 1, &["%", "°"]) || self.entry(i + 1).counted && !self.is(i + 1, &["or", "per", "killed", "dead", "police"])
        {
            return false;
        }
        // "2000 years", but "the World Cup 2018 day five"
        let unit = self.entry(i + 1).unit.is_some();
        if unit && (self.entry(i + 1).plural || !(1900..2040).contains(&p.number) || self.is(i + 2, &["old"]))
            || i > 0 && self.is(i - 1, &["p", "pp"])
            || i > 1 && self.is(i - 1, &["."]) && self.is(i - 2, &["p", "pp", "no"])
        {
            return false;
        }
        if p.number < 1300
            && i > 0
            && !self.is(
                i - 1,
                &[
                    "in", "since", "by", "until", "till", "year", "before", "after", "from", "during", "around", "circa", "c",
                    "ca", "(", "-", "–", "the", "of", "and", "to", "ad", "early", "late", "mid",
                ],
            )
            && !self.is(i + 1, &["bc", "bce", "ad", "ce"])
        {
            return false;
        }
        // "2,500 to 3,000 men": the numbers of a range are alike.
        if self.is(i + 1, &["to", "or", "and", "-", "–"])
            && let Some(next) = self.pieces.get(i + 2).filter(|n| n.kind == Kind::Number)
            && (next.digits > 4 || self.entry(i + 3).counted && next.digits == 4)
        {
            return false;
        }
        if self.is(i + 1, &["other", "more", "new", "russian", "german", "french", "british", "american", "soviet", "armed"])
            && !(1900..2040).contains(&p.number)
        {
            return false;
        }
        true
    }

    /// Every date that stands for itself, from the longest pattern to the shortest.
    pub(super) fn calendar(&self, i: usize) -> Option<(usize, Core)> {
        self.numeric(i)
            .or_else(|| self.weekday_date(i))
            .or_else(|| self.month_day(i))
            .or_else(|| self.day_month(i))
            .or_else(|| self.month_year(i))
            .or_else(|| self.century(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.season(i))
            .or_else(|| self.quarter(i))
            .or_else(|| self.holiday(i))
            .or_else(|| self.which(i))
            .or_else(|| self.deictic(i))
            .or_else(|| self.bare_year(i))
    }

    pub(super) fn bare_year(&self, i: usize) -> Option<(usize, Core)> {
        let mut at = self.the(i);
        if self.is(at, &["year", "years"]) {
            at += 1;
        } else {
            at = i;
        }
        if !self.is(at, &["ad", "ce"]) && !self.lone_year(at) {
            return None;
        }
        let (to, year) = self.year(at)?;
        Some((to, Core::Fixed(year_of(year))))
    }

    /// Three numbers with the same sign between, one of them a year: `2022-01-12`, `12/01/2022`, `12.01.2022`.
    fn figures(&self, i: usize) -> Option<(u32, u32, u32, &str)> {
        let a = self.pieces.get(i).filter(|p| p.kind == Kind::Number)?;
        let sign = self.pieces.get(i + 1).filter(|p| matches!(p.lower.as_ref(), "-" | "/" | ".") && !p.space)?;
        let b = self.pieces.get(i + 2).filter(|p| p.kind == Kind::Number && !p.space && p.digits <= 2)?;
        self.pieces.get(i + 3).filter(|p| p.lower == sign.lower && !p.space)?;
        let c = self.pieces.get(i + 4).filter(|p| p.kind == Kind::Number && !p.space)?;
        if self.glued(i) && i > 0 && self.kind(i - 1) != Some(Kind::Sign) {
            return None;
        }
        let year_first = a.digits == 4 && c.digits <= 2;
        let year_last = c.digits == 4 && a.digits <= 2;
        (year_first || year_last).then(|| (a.number, b.number, c.number, sign.lower.as_ref()))
    }

    /// Whether a date in figures at `i` shows that the day stands first: only one order gives a month.
    pub(super) fn day_first(&self, i: usize) -> Option<bool> {
        let (a, b, _, sign) = self.figures(i)?;
        match (a, b) {
            (13..=31, 1..=12) => Some(true),
            (1..=12, 13..=31) => Some(false),
            (1..=31, 1..=12) if sign == "." => Some(true),
            _ => None,
        }
    }

    /// `2022-01-12`, `12/01/2022`, `12.01.2022`.
    pub(super) fn numeric(&self, i: usize) -> Option<(usize, Core)> {
        let (a, b, c, sign) = self.figures(i)?;
        let (y, m, d) = match self.day_first(i) {
            _ if a > 31 => (a, b, c),
            Some(true) => (c, b, a),
            Some(false) => (c, a, b),
            None if a == b => (c, a, b),
            None if sign == "/" || sign == "-" => {
                let fits = (1..=12).contains(&a) && (1..=12).contains(&b) && (1000..2100).contains(&c);
                return fits.then_some((i + 5, Core::Either { year: c as i32, first: a as u8, second: b as u8 }));
            }
            None => return None,
        };
        ((1..=12).contains(&m) && (1..=31).contains(&d) && (1000..2100).contains(&y))
            .then(|| (i + 5, Core::Fixed(What::Calendar { year: Some(y as i32), month: Some(m as u8), day: Some(d as u8) })))
    }

    /// "Friday, 21 July 2017", "Fri., July 21", "Friday", "last Friday", "Friday last week".
    pub(super) fn weekday_date(&self, i: usize) -> Option<(usize, Core)> {
        let mut at = i;
        let mut which = None;
        let the = self.the(i);
        if let Some(w) = self.entry(the).which
            && self.weekday(the + 1).is_some()
        {
            which = Some(w);
            at = the + 1;
        }
        let (to, day, short) = self.weekday(at)?;
        let mut next = to;
        next += usize::from(self.is(next, &[","]));
        next += usize::from(self.is(next, &["the"]));
        if let Some((end, core)) = self.month_day(next).or_else(|| self.day_month(next)).or_else(|| self.numeric(next)) {
            return Some((end, core));
        }
        if short && !self.clock(to).is_some() {
            return None;
        }
        // "Monday of last week", "Thursday last week"
        let of = to + usize::from(self.is(to, &["of"]));
        if let Some((step, story)) = self.entry(of).which
            && self.entry(of + 1).unit == Some(Unit::Week)
            && !self.entry(of + 1).plural
        {
            return Some((of + 2, Core::Weekday(day, Some((10 + step, story)))));
        }
        Some((to, Core::Weekday(day, which)))
    }

    /// End, number, and whether it was an abbreviation.
    pub(super) fn weekday(&self, i: usize) -> Option<(usize, u8, bool)> {
        let p = self.pieces.get(i).filter(|p| p.capital)?;
        if let Some(day) = self.entry(i).weekday {
            // "Bloody Sunday", "Good Friday", "Black Wednesday" are names.
            let named = i > 0 && self.is(i - 1, &["bloody", "black", "holy", "palm", "super"]) && self.pieces[i - 1].capital;
            return (!named).then_some((i + 1, day, false));
        }
        let day = self.entry(i).weekday_short?;
        let _ = p;
        let stop = self.is(i + 1, &["."]) && self.glued(i + 1);
        Some((i + 1 + usize::from(stop), day, true))
    }

    /// The year behind a month or day: "1865", ", 1865", "of 1865", "of that year", "last year".
    pub(super) fn year_after(&self, i: usize) -> Option<(usize, Result<i32, (i32, bool)>)> {
        let mut at = i;
        at += usize::from(self.is(at, &[","]));
        if let Some((to, year)) = self.year(at)
            && !(self.entry(to).counted && at > i)
        {
            return Some((to, Ok(year)));
        }
        let of = i + usize::from(self.is(i, &["of", "in"]));
        if of > i
            && let Some((to, year)) = self.year(of)
        {
            return Some((to, Ok(year)));
        }
        let mut which = self.the(of);
        if self.is(which, &["that"]) && self.is(which + 1, &["same"]) {
            which += 1;
        }
        let w = self.entry(which).which?;
        (self.entry(which + 1).unit == Some(Unit::Year) && !self.entry(which + 1).plural).then_some((which + 2, Err(w)))
    }

    pub(super) fn with_year(&self, to: usize, month: u8, day: Option<u8>) -> (usize, Core) {
        match self.year_after(to) {
            Some((to, Ok(year))) => (to, Core::Fixed(What::Calendar { year: Some(year), month: Some(month), day })),
            Some((to, Err((step, story)))) => (to, Core::MonthOf { month, day, step, story }),
            None => (to, Core::Month(month, day)),
        }
    }

    /// "July 21", "July the 21st, 2017", "May 8–9, 1954".
    pub(super) fn month_day(&self, i: usize) -> Option<(usize, Core)> {
        let (at, month) = self.month(i)?;
        let (to, day) = self.day(self.the(at))?;
        // A number that goes on is no day: "May 5:30" or "March 10,000".
        if self.is(to, &[":"]) && self.glued(to) || self.kind(at) == Some(Kind::Word) && self.the(at) == at {
            return None;
        }
        if self.dash(to)
            && let Some((end, last)) = self.day(to + 1)
            && last > day
            && !self.month(end).is_some()
        {
            let year = self.year_after(end);
            let end = if let Some((e, Ok(_))) = year { e } else { end };
            let year = year.and_then(|(_, y)| y.ok());
            return Some((end, Core::DayRange { month, first: day, last, year }));
        }
        Some(self.with_year(to, month, Some(day)))
    }

    /// "21 July", "the 21st of July, 2017", "5–6 September 2019".
    pub(super) fn day_month(&self, i: usize) -> Option<(usize, Core)> {
        let start = self.the(i);
        let (to, day) = self.day(start)?;
        if i < start && self.kind(start) == Some(Kind::Number) && !self.month(to).is_some() {
            return None;
        }
        if self.dash(to)
            && let Some((end, last)) = self.day(to + 1)
            && last > day
            && let Some((end, month)) = self.month(end)
        {
            let year = self.year_after(end);
            let end = if let Some((e, Ok(_))) = year { e } else { end };
            let year = year.and_then(|(_, y)| y.ok());
            return Some((end, Core::DayRange { month, first: day, last, year }));
        }
        let mut next = to;
        next += usize::from(self.is(next, &["day"]) && self.is(next + 1, &["of"]));
        next += usize::from(self.is(next, &["of"]));
        if let Some((end, month)) = self.month(next) {
            return Some(self.with_year(end, month, Some(day)));
        }
        // "the 28th of that month", "on the 5th"
        let ordinal = matches!(self.kind(start), Some(Kind::Ordinal));
        if next > to
            && let Some((_, true)) = self.entry(next).which
            && self.entry(next + 1).unit == Some(Unit::Month)
        {
            return Some((next + 2, Core::DayOfMonth(day)));
        }
        let next_word = self.pieces.get(to);
        let stands_alone =
            next_word.is_none_or(|p| p.kind == Kind::Sign || matches!(p.upos, Upos::ADP | Upos::CCONJ | Upos::PRON | Upos::DET));
        (ordinal
            && start > i
            && self.is(i.wrapping_sub(1), &["on", "until", "by", "from", "since"])
            && stands_alone
            && !self.is(to, &["of", "-"]))
        .then_some((to, Core::DayOfMonth(day)))
    }

    /// "July 2017", "July, 1750", "July of that year", "July".
    pub(super) fn month_year(&self, i: usize) -> Option<(usize, Core)> {
        let mut at = i;
        let mut which = None;
        let the = self.the(i);
        if let Some(w) = self.entry(the).which
            && self.month(the + 1).is_some()
        {
            which = Some(w);
            at = the + 1;
        }
        let (to, month) = self.month(at)?;
        let (end, core) = self.with_year(to, month, None);
        if end > to {
            return Some((end, core));
        }
        if let Some((step, story)) = which {
            return Some((to, Core::MonthOf { month, day: None, step: 20 + step, story }));
        }
        self.entry(at).month?;
        // "Theresa May", "June Carter", "April Glaspie": a capital beside it that is no date makes it a name.
        let name = |j: usize| self.pieces.get(j).is_some_and(|p| p.kind == Kind::Word && p.capital && p.upos == Upos::PROPN);
        let preceded = at > 0 && name(at - 1) && self.entry(at - 1).month.is_none() && !self.glued(at);
        let followed = name(to) && self.entry(to).month.is_none() && !self.is(to, &["and"]);
        if matches!(month, 3 | 4 | 5 | 6 | 8) && (preceded || followed && matches!(month, 4..=6)) {
            return None;
        }
        let capital_before =
            at > 1 && self.pieces[at - 1].capital && self.pieces[at - 1].kind == Kind::Word && self.entry(at - 1).month.is_none();
        if month == 3
            && (capital_before
                || self.is(at.wrapping_sub(1), &["the", "his", "her", "their", "its"]) && at > 0
                || at == 0 && self.is(to, &["on", "to"]))
        {
            return None;
        }
        if month == 5 && at == 0 && self.pieces[at].upos != Upos::PROPN {
            return None;
        }
        Some((to, Core::Month(month, None)))
    }
}
