//! The patterns of expressions of time: from pieces of a sentence to what the words say, before anything is counted from an
//! anchor. At each place the first pattern that fits wins; every pattern looks at a bounded number of pieces.

use syntax::Upos;

mod calendar;
mod clock;
mod period;
mod relative;

use super::units::{Kind, Piece};
use super::value::{Clock, Edge, Reference, Season, Unit, What};
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
    /// A date in figures that may be read with the day or the month first.
    Either { year: i32, first: u8, second: u8 },
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
    /// A date in figures that puts the day first, or the month, without doubt.
    pub day_first: Option<bool>,
}

/// Every match of one sentence, from left to right, none overlapping.
pub fn matches(pieces: &[Piece<'_>], lexicon: &TimeLexicon) -> Vec<Found> {
    let entries: Vec<&Entry> = pieces.iter().map(|p| lexicon.get(&p.lower)).collect();
    let grammar = Grammar { pieces, entries: &entries, lexicon, none: lexicon.none() };
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
    pieces: &'a [Piece<'a>],
    entries: &'a [&'a Entry],
    lexicon: &'a TimeLexicon,
    none: &'a Entry,
}

/// What a pattern gives: what is said, the part of the day, the edge.
type Phrase = (Core, Option<Clock>, Option<Edge>);

fn plain(core: Core) -> Phrase {
    (core, None, None)
}

impl Grammar<'_> {
    fn lower(&self, i: usize) -> &str {
        self.pieces.get(i).map_or("", |p| p.lower.as_ref())
    }

    fn is(&self, i: usize, words: &[&str]) -> bool {
        self.pieces.get(i).is_some_and(|p| words.contains(&p.lower.as_ref()))
    }

    fn entry(&self, i: usize) -> &Entry {
        self.entries.get(i).copied().unwrap_or(self.none)
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
        let make = |(to, (core, clock, edge)): (usize, Phrase)| Found {
            from: i,
            to,
            core,
            clock,
            edge,
            adjective: false,
            day_first: None,
        };
        let dated = self
            .edged(i)
            .or_else(|| self.clocked(i))
            .or_else(|| self.part_of(i))
            .or_else(|| self.date(i))
            .or_else(|| self.relative(i))
            .or_else(|| self.counted(i));
        if let Some(found) = dated {
            return Some(Found { day_first: self.day_first(i), ..make(found) });
        }
        if let Some(found) = last.filter(|l| i <= l.to + 2).and_then(|l| self.continued(i, l)) {
            return Some(make(found));
        }
        self.vague(i)
    }

    /// A day, month, year or the like, with the part of the day behind it.
    fn date(&self, i: usize) -> Option<(usize, Phrase)> {
        let (to, core) = self.calendar(i)?;
        let (to, clock) = self.tail(to, &core);
        Some((to, (core, clock, None)))
    }

    /// "early May", "the end of the year", "late in 1948", "mid-1990s", "the first half of 2008".
    fn edged(&self, i: usize) -> Option<(usize, Phrase)> {
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
        if self.dash(next) || self.is(next, &["in"]) && !noun || self.is(next, &["of"]) {
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
    fn date_bare(&self, i: usize) -> Option<(usize, Phrase)> {
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

    /// What only the expression just before explains: "1892–94", "May 4 and 5", "264–241 BC".
    fn continued(&self, i: usize, last: &Found) -> Option<(usize, Phrase)> {
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
        let one = |to, what, adjective| {
            Some(Found { from: i, to, core: Core::Fixed(what), clock: None, edge: None, adjective, day_first: None })
        };
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
                day_first: None,
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
                day_first: None,
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

fn year_of(year: i32) -> What {
    What::Calendar { year: Some(year), month: None, day: None }
}
