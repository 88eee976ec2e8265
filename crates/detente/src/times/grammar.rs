//! The patterns of expressions of time: from pieces of a sentence to what the words say, before anything is counted from an
//! anchor. At each place the first pattern that fits wins; every pattern looks at a bounded number of pieces.

use syntax::Upos;

use super::units::{Kind, Piece};
use super::value::{Clock, Count, Edge, Reference, Season, Unit, What};
use super::words::{Entry, TimeLexicon};

/// What the words say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Core {
    /// All of it is said.
    Fixed(What),
    /// A month, perhaps with a day; the year is missing.
    Month(u8, Option<u8>),
    /// A month of last, this or next year, or "last May"; story: counted from the story's day.
    MonthOf { month: u8, day: Option<u8>, step: i32, story: bool },
    /// A day of the month.
    DayOfMonth(u8),
    /// A day of the week; `Some(-1)` "last", `Some(1)` "next", `Some(0)` "this"; story as above.
    Weekday(u8, Option<(i32, bool)>),
    /// Days from the day of speaking.
    Deictic(i32),
    /// So many units from the anchor.
    Shift { n: i32, unit: Unit, story: bool },
    /// A season without a year.
    Season(Season, Option<(i32, bool)>),
    /// A quarter or half without a year.
    Quarter(u8, Option<(i32, bool)>),
    /// Likewise.
    Half(u8, Option<(i32, bool)>),
    /// The last two digits of a year.
    ShortYear(u32),
    /// The `n`th decade of a century not given: "the sixties".
    ShortDecade(u32),
    /// Two days of one month with a dash between.
    DayRange { month: u8, first: u8, last: u8, year: Option<i32> },
    /// Only the part of the day.
    Clock,
}

/// One match.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// First piece.
    pub from: usize,
    /// One past the last piece.
    pub to: usize,
    /// What it says.
    pub core: Core,
    /// The part of the day.
    pub clock: Option<Clock>,
    /// Early, mid, late.
    pub edge: Option<Edge>,
    /// Only an adjective such as "former".
    pub adjective: bool,
}

/// Every match of one sentence, from left to right, none overlapping.
pub fn matches(pieces: &[Piece], lexicon: &TimeLexicon) -> Vec<Found> {
    let entries: Vec<Entry> = pieces.iter().map(|p| lexicon.get(&p.lower)).collect();
    let grammar = Grammar { pieces, entries: &entries, lexicon };
    let mut found: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        match grammar.expression(i, found.last()) {
            Some(f) if f.to > i => {
                i = f.to;
                found.push(f);
            }
            _ => i += 1,
        }
    }
    found
}

struct Grammar<'a> {
    pieces: &'a [Piece],
    entries: &'a [Entry],
    lexicon: &'a TimeLexicon,
}

fn plain(core: Core) -> (Core, Option<Clock>, Option<Edge>) {
    (core, None, None)
}

impl Grammar<'_> {
    fn lower(&self, i: usize) -> &str {
        self.pieces.get(i).map_or("", |p| p.lower.as_str())
    }

    fn is(&self, i: usize, words: &[&str]) -> bool {
        self.pieces.get(i).is_some_and(|p| words.contains(&p.lower.as_str()))
    }

    fn entry(&self, i: usize) -> Entry {
        self.entries.get(i).copied().unwrap_or_default()
    }

    fn kind(&self, i: usize) -> Option<Kind> {
        self.pieces.get(i).map(|p| p.kind)
    }

    fn dash(&self, i: usize) -> bool {
        self.is(i, &["-", "–", "—", "‑"])
    }

    /// Whether piece `i` follows the one before without a space.
    fn glued(&self, i: usize) -> bool {
        self.pieces.get(i).is_some_and(|p| !p.space)
    }

    /// Skips "the".
    fn the(&self, i: usize) -> usize {
        if self.is(i, &["the"]) { i + 1 } else { i }
    }

    fn expression(&self, i: usize, last: Option<&Found>) -> Option<Found> {
        let make = |(to, (core, clock, edge)): (usize, (Core, Option<Clock>, Option<Edge>))| Found {
            from: i,
            to,
            core,
            clock,
            edge,
            adjective: false,
        };
        let dated = self
            .edged(i)
            .or_else(|| self.clocked(i))
            .or_else(|| self.part_of(i))
            .or_else(|| self.date(i))
            .or_else(|| self.relative(i))
            .or_else(|| self.counted(i));
        if let Some(found) = dated {
            return Some(make(found));
        }
        if let Some(found) = last.filter(|l| i <= l.to + 2).and_then(|l| self.continued(i, l)) {
            return Some(make(found));
        }
        self.vague(i)
    }

    /// A day, month, year or the like, with the part of the day behind it.
    fn date(&self, i: usize) -> Option<(usize, (Core, Option<Clock>, Option<Edge>))> {
        let (to, core) = self.calendar(i)?;
        let (to, clock) = self.tail(to, &core);
        Some((to, (core, clock, None)))
    }

    /// The part of the day or clock behind a day.
    fn tail(&self, to: usize, core: &Core) -> (usize, Option<Clock>) {
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

    /// "early May", "the end of the year", "late in 1948", "mid-1990s", "the first half of 2008".
    fn edged(&self, i: usize) -> Option<(usize, (Core, Option<Clock>, Option<Edge>))> {
        let at = self.the(i);
        if self.is(at, &["later"]) && self.is(at + 1, &["in", "on", "that", "this"]) {
            let next = if self.is(at + 1, &["in", "on"]) { at + 2 } else { at + 1 };
            let (to, (core, clock, _)) = self.date_bare(next)?;
            return Some((to, (core, clock, None)));
        }
        if self.is(at, &["earlier"]) && self.is(at + 1, &["in", "on", "that", "this"]) {
            let next = if self.is(at + 1, &["in", "on"]) { at + 2 } else { at + 1 };
            let (to, (core, clock, _)) = self.date(next)?;
            return Some((to, (core, clock, None)));
        }
        let very = if self.is(at, &["very", "as"]) { at + 1 } else { at };
        let edge = self.entry(very).edge?;
        let mut next = very + 1;
        let noun = self.is(very, &["beginning", "start", "outset", "onset", "middle", "end", "close"]);
        if self.dash(next) {
            next += 1;
        } else if self.is(next, &["in"]) && !noun || self.is(next, &["of"]) {
            next += 1;
        } else if noun {
            return None;
        }
        if self.is(very, &["latter"]) && self.is(very + 1, &["half"]) && self.is(very + 2, &["of"]) {
            match self.year_after(very + 2) {
                Some((to, Ok(year))) => return Some((to, plain(Core::Fixed(What::Half(Some(year), 2))))),
                Some((to, Err(w))) => return Some((to, plain(Core::Half(2, Some(w))))),
                None => {}
            }
        }
        if self.is(very, &["latter"]) {
            next = if self.is(next, &["half", "part"]) { next + 1 } else { return None };
            next += usize::from(self.is(next, &["of"]));
        }
        if let Some((to, (core, clock, _))) = self.part_of(next) {
            return Some((to, (core, clock, Some(edge))));
        }
        if self.is(next, &["morning", "afternoon", "evening"]) && self.is(next + 1, &["hours"]) {
            let (to, (core, clock, _)) = self.part_of(next)?;
            return Some((to, (core, clock, Some(edge))));
        }
        // "early the next morning", "early Friday"
        if let Some((to, (core, clock, _))) = self.relative(next) {
            return Some((to, (core, clock, Some(edge))));
        }
        let (to, (core, clock, _)) = self.date_bare(next)?;
        Some((to, (core, clock, Some(edge))))
    }

    /// A date, or "the year", "the month", a bare season, which need what stands before them.
    fn date_bare(&self, i: usize) -> Option<(usize, (Core, Option<Clock>, Option<Edge>))> {
        if let Some(found) = self.date(i) {
            return Some(found);
        }
        let at = self.the(i);
        if let Some(season) = self.entry(at).season {
            return Some((at + 1, plain(Core::Season(season, None))));
        }
        if at > i
            && let Some(unit) =
                self.entry(at).unit.filter(|u| matches!(u, Unit::Year | Unit::Month | Unit::Week | Unit::Decade | Unit::Century))
            && !self.entry(at).plural
        {
            return Some((at + 1, plain(Core::Shift { n: 0, unit, story: false })));
        }
        let year = self.pieces.get(i).filter(|p| p.kind == Kind::Number && p.digits == 4)?;
        (1000..2100).contains(&year.number).then(|| (i + 1, plain(Core::Fixed(year_of(year.number as i32)))))
    }

    /// "5:30 pm on Friday", "3 a.m.", "noon", "the morning of 3 May" has its own pattern.
    fn clocked(&self, i: usize) -> Option<(usize, (Core, Option<Clock>, Option<Edge>))> {
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
    fn part_of(&self, i: usize) -> Option<(usize, (Core, Option<Clock>, Option<Edge>))> {
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

    fn zone(&self, i: usize) -> Option<(usize, i8)> {
        let p = self.pieces.get(i)?;
        if self.is(i, &["local"]) && self.is(i + 1, &["time"]) {
            return Some((i + 2, i8::MIN));
        }
        if self.is(i, &["("]) && self.is(i + 2, &[")"]) {
            let (_, z) = self.zone(i + 1)?;
            return Some((i + 3, z));
        }
        let zone = self.entry(i).zone.filter(|_| p.capital && p.span.len() <= 4)?;
        Some((i + 1, zone))
    }

    fn half_day(&self, i: usize) -> Option<(usize, bool)> {
        match self.lower(i) {
            "am" if self.pieces[i].upos != Upos::AUX => Some((i + 1, false)),
            "pm" => Some((i + 1, true)),
            _ => None,
        }
    }

    fn clock(&self, i: usize) -> Option<(usize, Clock)> {
        let p = self.pieces.get(i)?;
        match p.lower.as_str() {
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

    fn month(&self, i: usize) -> Option<(usize, u8)> {
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
    fn day(&self, i: usize) -> Option<(usize, u8)> {
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
    fn year(&self, i: usize) -> Option<(usize, i32)> {
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
    fn shares_era(&self, i: usize) -> bool {
        let number = |j: usize| self.pieces.get(j).is_some_and(|p| p.kind == Kind::Number && p.digits <= 4);
        number(i)
            && (self.dash(i + 1) || self.is(i + 1, &["to", "or", "and", "until"]))
            && number(i + 2)
            && self.is(i + 3, &["bc", "bce"])
    }

    /// Whether the four digits at `i` can be a year where nothing around says so.
    fn lone_year(&self, i: usize) -> bool {
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
        if self.entry(i + 1).unit.is_some()
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
    fn calendar(&self, i: usize) -> Option<(usize, Core)> {
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

    fn bare_year(&self, i: usize) -> Option<(usize, Core)> {
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

    /// `2022-01-12`, `12/01/2022`, `12.01.2022`.
    fn numeric(&self, i: usize) -> Option<(usize, Core)> {
        let a = self.pieces.get(i).filter(|p| p.kind == Kind::Number)?;
        let sign = self.pieces.get(i + 1).filter(|p| matches!(p.lower.as_str(), "-" | "/" | ".") && !p.space)?;
        let b = self.pieces.get(i + 2).filter(|p| p.kind == Kind::Number && !p.space && p.digits <= 2)?;
        let again = self.pieces.get(i + 3).filter(|p| p.lower == sign.lower && !p.space)?;
        let c = self.pieces.get(i + 4).filter(|p| p.kind == Kind::Number && !p.space)?;
        let _ = again;
        if self.glued(i) && i > 0 && self.kind(i - 1) != Some(Kind::Sign) {
            return None;
        }
        let (y, m, d) = if a.digits == 4 && c.digits <= 2 {
            (a.number, b.number, c.number)
        } else if c.digits == 4 && a.digits <= 2 {
            // Between 5/3 and 3/5 only a day above 12 decides; a full stop means day first.
            if sign.lower == "." || sign.lower == "-" && a.number > 12 || a.number > 12 {
                (c.number, b.number, a.number)
            } else {
                (c.number, a.number, b.number)
            }
        } else {
            return None;
        };
        ((1..=12).contains(&m) && (1..=31).contains(&d) && (1000..2100).contains(&y))
            .then(|| (i + 5, Core::Fixed(What::Calendar { year: Some(y as i32), month: Some(m as u8), day: Some(d as u8) })))
    }

    /// "Friday, 21 July 2017", "Fri., July 21", "Friday", "last Friday", "Friday last week".
    fn weekday_date(&self, i: usize) -> Option<(usize, Core)> {
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
    fn weekday(&self, i: usize) -> Option<(usize, u8, bool)> {
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
    fn year_after(&self, i: usize) -> Option<(usize, Result<i32, (i32, bool)>)> {
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

    fn with_year(&self, to: usize, month: u8, day: Option<u8>) -> (usize, Core) {
        match self.year_after(to) {
            Some((to, Ok(year))) => (to, Core::Fixed(What::Calendar { year: Some(year), month: Some(month), day })),
            Some((to, Err((step, story)))) => (to, Core::MonthOf { month, day, step, story }),
            None => (to, Core::Month(month, day)),
        }
    }

    /// "July 21", "July the 21st, 2017", "May 8–9, 1954".
    fn month_day(&self, i: usize) -> Option<(usize, Core)> {
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
    fn day_month(&self, i: usize) -> Option<(usize, Core)> {
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
    fn month_year(&self, i: usize) -> Option<(usize, Core)> {
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
        if self.entry(at).month.is_none() {
            return None;
        }
        // "Theresa May", "June Carter", "April Glaspie": a capital beside it that is no date makes it a name.
        let name = |j: usize| self.pieces.get(j).is_some_and(|p| p.kind == Kind::Word && p.capital && p.upos == Upos::PROPN);
        let preceded = at > 0 && name(at - 1) && self.entry(at - 1).month.is_none() && !self.glued(at);
        let followed = name(to) && self.entry(to).month.is_none() && !self.is(to, &["and"]);
        if matches!(month, 3 | 4 | 5 | 6 | 8) && (preceded || followed && matches!(month, 4 | 5 | 6)) {
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

    /// "the 17th century", "the third century BC", "19th-century".
    fn century(&self, i: usize) -> Option<(usize, Core)> {
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
    fn decade(&self, i: usize) -> Option<(usize, Core)> {
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

    fn season(&self, i: usize) -> Option<(usize, Core)> {
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
    fn quarter(&self, i: usize) -> Option<(usize, Core)> {
        let at = self.the(i);
        let p = self.pieces.get(at)?;
        let (to, n, half) = if let Some(n) = self.entry(at).ordinal.or((p.kind == Kind::Ordinal).then_some(p.number)) {
            match self.lower(at + 1) {
                "quarter" if n <= 4 => (at + 2, n, false),
                "half" if n <= 2 => (at + 2, n, true),
                _ => return None,
            }
        } else if matches!(p.lower.as_str(), "q" | "h") && p.capital && self.glued(at + 1) {
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

    fn holiday(&self, i: usize) -> Option<(usize, Core)> {
        if !self.pieces.get(i)?.capital {
            return None;
        }
        let (words, day) = self.lexicon.holidays.iter().find(|(words, _)| {
            words.iter().enumerate().all(|(k, w)| {
                let p = self.pieces.get(i + k);
                p.is_some_and(|p| p.lower == *w || w.strip_suffix("'s") == Some(p.lower.as_str()))
            })
        })?;
        let (month, day) = (*day)?;
        Some(self.with_year(i + words.len(), month, Some(day)))
    }

    /// "last week", "the following day", "this weekend", "that same year", "the year before last".
    fn which(&self, i: usize) -> Option<(usize, Core)> {
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

    fn deictic(&self, i: usize) -> Option<(usize, Core)> {
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

    /// A number of units: "two and a half years", "several months", "a week", "more than 40 days", "46-day".
    fn quantity(&self, i: usize) -> Option<(usize, Count, Unit)> {
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

    fn count(&self, i: usize) -> Option<(usize, Count)> {
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
    fn relative(&self, i: usize) -> Option<(usize, (Core, Option<Clock>, Option<Edge>))> {
        // "last night", "the next morning", "that afternoon"
        if let Some((to, core)) = self.which(i)
            && let Some(part) = self.entry(to - 1).part
        {
            return Some((to, (core, Some(Clock::Part(part)), None)));
        }
        if self.is(i, &["overnight"]) && !self.pieces[i].capital {
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
    fn bare_plural(&self, i: usize) -> Option<(usize, Reference)> {
        let e = self.entry(i);
        e.unit.filter(|_| e.plural)?;
        let next = self.entry(i + 1);
        if next.backward.is_some() && !self.is(i + 1, &["before", "prior"]) {
            return Some((i + 2, Reference::Past));
        }
        (next.forward.is_some() && !self.is(i + 1, &["after"])).then_some((i + 2, Reference::Future))
    }

    /// Durations and sets.
    fn counted(&self, i: usize) -> Option<(usize, (Core, Option<Clock>, Option<Edge>))> {
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
            if self.is(the, &["past", "last"])
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
    fn rate(&self, i: usize) -> bool {
        (i.saturating_sub(4)..i)
            .any(|j| matches!(self.kind(j), Some(Kind::Number | Kind::Opaque)) || self.entry(j).number.is_some())
    }

    /// What only the expression just before explains: "1892–94", "May 4 and 5", "264–241 BC".
    fn continued(&self, i: usize, last: &Found) -> Option<(usize, (Core, Option<Clock>, Option<Edge>))> {
        let link = i.checked_sub(1).filter(|&l| l >= last.to)?;
        if i != last.to + 1 || !(self.dash(link) || self.is(link, &["and", "to", "/", "or", ","])) {
            return None;
        }
        let p = self.pieces.get(i).filter(|p| matches!(p.kind, Kind::Number | Kind::Ordinal))?;
        let year_before = matches!(
            last.core,
            Core::Fixed(What::Calendar { year: Some(_), month: None, .. }) | Core::Fixed(What::Season(Some(_), _))
        );
        if year_before && (self.dash(link) || self.is(link, &["/"])) && p.kind == Kind::Number && p.digits == 2 {
            return Some((i + 1, plain(Core::ShortYear(p.number))));
        }
        let day_before = matches!(last.core, Core::Month(_, Some(_)) | Core::Fixed(What::Calendar { day: Some(_), .. }));
        if day_before && !self.is(link, &[","]) {
            let (to, day) = self.day(i)?;
            let counted =
                self.pieces.get(to).is_some_and(|p| p.upos == Upos::NOUN || p.upos == Upos::ADJ) || self.entry(to).counted;
            return (!counted).then_some((to, plain(Core::DayOfMonth(day))));
        }
        None
    }

    fn vague(&self, i: usize) -> Option<Found> {
        let e = self.entry(i);
        let one = |to, what, adjective| Some(Found { from: i, to, core: Core::Fixed(what), clock: None, edge: None, adjective });
        if e.present {
            // "now" opens many sentences without telling a time; it is kept all the same.
            return one(i + 1, What::Vague(Reference::Present), self.is(i, &["current"]));
        }
        if self.is(i, &["at"]) && self.is(i + 1, &["present"]) {
            return one(i + 2, What::Vague(Reference::Present), false);
        }
        if self.is(i, &["to"]) && (self.is(i + 1, &["date"]) || self.is(i + 1, &["this"]) && self.is(i + 2, &["day"])) {
            let to = if self.is(i + 1, &["date"]) { i + 2 } else { i + 3 };
            return Some(Found {
                from: i + 1,
                to,
                core: Core::Fixed(What::Vague(Reference::Present)),
                clock: None,
                edge: None,
                adjective: false,
            });
        }
        if self.is(i, &["at", "by"])
            && self.is(i + 1, &["this", "that", "the"])
            && self.is(i + 2, &["time", "moment"])
            && !self.is(i + 3, &["of"])
        {
            return Some(Found {
                from: i + 1,
                to: i + 3,
                core: Core::Shift { n: 0, unit: Unit::Hour, story: true },
                clock: None,
                edge: None,
                adjective: false,
            });
        }
        if self.is(i, &["these"]) && self.is(i + 1, &["days"]) {
            return one(i + 2, What::Vague(Reference::Present), false);
        }
        if e.past {
            return one(i + 1, What::Vague(Reference::Past), self.is(i, &["former", "recent", "previously"]));
        }
        if e.future && self.pieces[i].upos != Upos::PROPN {
            return one(i + 1, What::Vague(Reference::Future), self.is(i + 1, &["of"]));
        }
        if self.is(i, &["the"]) && self.is(i + 1, &["past"]) && self.pieces.get(i + 2).is_none_or(|p| p.kind == Kind::Sign) {
            return one(i + 2, What::Vague(Reference::Past), false);
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

fn year_of(year: i32) -> What {
    What::Calendar { year: Some(year), month: None, day: None }
}
