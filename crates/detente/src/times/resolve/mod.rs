//! From what the words say to what they mean: counts relative expressions from the publication day, or, in a story of the
//! past, from the last date that the story gave. What has no anchor stays open.

mod count;
mod page;

use jiff::civil::Date;
use ledger::DateBasis;
use syntax::Parse;
use text::Span;

use super::grammar::{Core, Found};
use super::tense::{Tense, tense};
use super::units::Piece;
use super::value::{Clock, Reference, Season, Unit, Value, What, plus};
use super::{Anchor, Time};
use count::season_year;
use page::{header, narrative, narrowed, order};

/// The last date that the text gave.
#[derive(Debug, Clone, Copy, Default)]
struct Story {
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
    sentence: usize,
    /// The words told the year, or it follows from words that did.
    told: bool,
}

impl Story {
    fn date(&self) -> Option<Date> {
        Value::calendar(self.year, self.month, Some(self.day?)).days().map(|d| d.0)
    }
}

/// One sentence with its pieces and matches.
pub(super) struct Read<'p> {
    pub pieces: Vec<Piece<'p>>,
    pub found: Vec<Found>,
}

/// Turns all matches of a text into times.
pub(super) fn resolve(parse: &Parse, read: &[Read<'_>], from: Anchor) -> Vec<Time> {
    let (given, dateline) = header(read);
    let anchor = from.day.or(given);
    let narrative = narrative(read, anchor);
    let mut resolver = Resolver { parse, anchor, narrative, story: Story::default(), order: order(read) };
    let mut times = Vec::new();
    for (n, read) in read.iter().enumerate() {
        for (k, found) in read.found.iter().enumerate() {
            let value = resolver.value(read, k, n);
            let (Some(first), Some(last)) = (read.pieces.get(found.from), read.pieces.get(found.to - 1)) else { continue };
            let span = Span::new(first.span.start(), last.span.end());
            resolver.remember(&read.pieces, found, &value, n);
            let mut days = value.days().map(|days| narrowed(days, value.edge));
            if let (Some((a, b)), Some(Clock::Part("NI")), Core::Clock) = (days, value.clock, found.core) {
                // Overnight: the night that ends on the day of the report.
                days = Some((plus(a, -1).unwrap_or(a), b));
            }
            let basis = match found.core {
                _ if days.is_none() => DateBasis::None,
                _ if dateline == Some((n, k)) => DateBasis::Dateline,
                Core::Fixed(_) | Core::Month(_, Some(_)) | Core::DayRange { .. } | Core::Either { .. } => DateBasis::Stated,
                // Only the dateline says from which day to count.
                _ if from.dateline || from.day.is_none() && given.is_some() && dateline.is_some() => DateBasis::Dateline,
                _ => DateBasis::Relative,
            };
            times.push(Time { span, days, basis, value, adjective: found.adjective });
        }
    }
    times
}

struct Resolver<'p> {
    parse: &'p Parse,
    anchor: Option<Date>,
    narrative: bool,
    story: Story,
    /// Whether the page's figures put the day first, where that shows.
    order: Option<bool>,
}

/// So many days around its publication a page speaks of without naming the year.
const RECENT: i32 = 60;
/// How many sentences a year that was told holds for days without one.
const TOLD: usize = 2;
/// How many months a story may step back without naming the year.
const STEP_BACK: i32 = 5;

impl Resolver<'_> {
    /// The day from which `story` expressions, or those of the day of speaking, are counted.
    fn base(&self, story: bool) -> Option<Date> {
        if story || self.narrative { self.story.date() } else { self.anchor }
    }

    /// Likewise, with year and month where the day is not known.
    fn base_month(&self, story: bool) -> (Option<i32>, Option<u8>) {
        if story || self.narrative {
            (self.story.year, self.story.month)
        } else {
            (self.anchor.map(|a| i32::from(a.year())), self.anchor.map(|a| a.month() as u8))
        }
    }

    fn value(&self, read: &Read<'_>, k: usize, n: usize) -> Value {
        let found = &read.found[k];
        let mut value = self.core(read, k, n);
        value.clock = found.clock;
        value.edge = found.edge;
        value
    }

    fn core(&self, read: &Read<'_>, k: usize, n: usize) -> Value {
        let found = &read.found[k];
        let verb = || tense(self.parse, read.pieces[found.from].word, read.pieces[found.to - 1].word);
        match found.core {
            Core::Fixed(what) => what.into(),
            Core::Month(month, day) => {
                let year = self.shared_year(read, k, month, 6).or_else(|| self.year_for(month, day, n, verb()));
                Value::calendar(year, Some(month), day)
            }
            Core::MonthOf { month, day, step, story } if step < 10 => {
                let year = self.base_month(story).0.map(|y| y + step);
                Value::calendar(year, Some(month), day)
            }
            Core::MonthOf { month, day, step, story } => {
                let (year, now) = self.base_month(story);
                let year = year.zip(now).map(|(y, now)| match step - 20 {
                    -1 if month >= now => y - 1,
                    1 if month <= now => y + 1,
                    _ => y,
                });
                Value::calendar(year.or(self.base_month(story).0), Some(month), day)
            }
            Core::DayOfMonth(day) => match self.story {
                Story { year, month: Some(month), day: before, .. } => {
                    // "28 May … the 3rd" may be the next month.
                    let (year, month) = match before {
                        Some(b) if day + 15 < b && !self.narrative => next_month(year, month),
                        _ => (year, month),
                    };
                    Value::calendar(year, Some(month), Some(day))
                }
                _ => match self.anchor.filter(|_| !self.narrative) {
                    Some(a) => Value::calendar(Some(a.year().into()), Some(a.month() as u8), Some(day)),
                    None => Value::calendar(None, None, Some(day)),
                },
            },
            Core::DayRange { month, first, last, year } => {
                let year = year.or_else(|| self.year_for(month, Some(first), n, verb()));
                let day = |d| Value::calendar(year, Some(month), Some(d)).days().map(|d| d.0);
                match (day(first), day(last)) {
                    (Some(a), Some(b)) => What::Days(a, b).into(),
                    _ => Value::calendar(year, Some(month), Some(first)),
                }
            }
            Core::Weekday(day, which) => self.weekday(day, which, verb).map_or(What::Weekday(day).into(), Value::day),
            Core::Deictic(days) => {
                if self.narrative {
                    return match days {
                        0 => What::Vague(Reference::Present).into(),
                        _ => What::Open(Unit::Day).into(),
                    };
                }
                match self.anchor.and_then(|a| plus(a, days)) {
                    Some(day) => Value::day(day),
                    None => What::Open(Unit::Day).into(),
                }
            }
            Core::Shift { n, unit, story } => self.shift(n, unit, story),
            Core::Season(season, which) => {
                let story = which.is_some_and(|w| w.1);
                let (year, month) = self.base_month(story);
                let year = year.map(|y| season_year(y, month, season, which.map(|w| w.0), self.narrative || story));
                What::Season(year, season).into()
            }
            Core::Quarter(q, which) => What::Quarter(self.which_year(which), q).into(),
            Core::Half(h, which) => What::Half(self.which_year(which), h).into(),
            // "1892–94": the century of the year before it.
            Core::ShortYear(n) => match k.checked_sub(1).map(|b| read.found[b].core) {
                Some(Core::Fixed(What::Calendar { year: Some(y), .. } | What::Season(Some(y), _))) if y > 0 => {
                    Value::calendar(Some(y / 100 * 100 + n as i32), None, None)
                }
                _ => Value::calendar(Some(1900 + n as i32), None, None),
            },
            Core::Either { year, first, second } => self.either(year, first, second),
            Core::ShortDecade(n) => {
                let now = self.base_month(false).0.unwrap_or(2000);
                let first = now / 100 * 100 + n as i32;
                What::Decade(if first > now { first - 100 } else { first }).into()
            }
            Core::Clock => {
                let day = if self.narrative || self.story.sentence == n { self.story.date() } else { None };
                let night = matches!(found.clock, Some(Clock::Part("NI")));
                match day.or(self.anchor.filter(|_| night && !self.narrative)) {
                    Some(day) if night || self.narrative || self.story.sentence == n => Value::day(day),
                    _ => What::Clock.into(),
                }
            }
        }
    }

    fn which_year(&self, which: Option<(i32, bool)>) -> Option<i32> {
        let (step, story) = which.unwrap_or((0, false));
        self.base_month(story).0.map(|y| y + step)
    }

    /// "from March to August 2011": the year that closes the range.
    fn shared_year(&self, read: &Read<'_>, k: usize, month: u8, depth: u8) -> Option<i32> {
        let (this, next) = (read.found.get(k)?, read.found.get(k + 1)?);
        if next.from != this.to + 1 && next.from != this.to + 2 {
            return None;
        }
        let link = &read.pieces[this.to].lower;
        if !matches!(link.as_ref(), "to" | "and" | "-" | "–" | "—" | "until" | "till" | "through" | "or" | ",") {
            return None;
        }
        match next.core {
            Core::Fixed(What::Calendar { year: Some(y), month: Some(m), .. }) => Some(if month > m { y - 1 } else { y }),
            Core::Month(..) => self.shared_year(read, k + 1, month, depth.checked_sub(1)?),
            _ => None,
        }
    }

    /// The year of a month, or of a day in it, that names none.
    fn year_for(&self, month: u8, day: Option<u8>, n: usize, verb: Tense) -> Option<i32> {
        let story = &self.story;
        if self.narrative || (story.sentence == n && story.month.is_some() && story.year.is_some()) && !self.is_now() {
            let year = story.year?;
            let Some(now) = story.month else { return Some(year) };
            let step = i32::from(month) - i32::from(now);
            return Some(if step < -STEP_BACK { year + 1 } else { year });
        }
        let anchor = self.anchor?;
        let now = i32::from(anchor.year());
        let distance = |year: i32| {
            let date = Value::calendar(Some(year), Some(month), Some(day.unwrap_or(15))).days()?.0;
            let here =
                if day.is_some() { anchor } else { anchor.first_of_month().checked_add(jiff::Span::new().days(14)).ok()? };
            Some(date.since(here).ok()?.get_days())
        };
        // "It was signed in September 2014. On 5 October …": background keeps its year, unless the day is a recent one.
        let recent = [now - 1, now, now + 1].into_iter().filter_map(distance).any(|d| d.abs() <= RECENT);
        if story.told
            && story.month.is_some()
            && story.sentence + TOLD >= n
            && story.year != Some(now)
            && verb != Tense::Future
            && !recent
        {
            return story.year;
        }
        let mut best: Option<(i32, i32)> = None;
        for year in [now - 1, now, now + 1] {
            let Some(d) = distance(year) else { continue };
            let against = match verb {
                Tense::Past => d > if day.is_some() { 60 } else { 0 },
                Tense::Future => d < if day.is_some() { -7 } else { 0 },
                Tense::Unknown => false,
            };
            // A month against its verb is wrong; a day may yet be right.
            let cost = d.abs() + if against { if day.is_some() { 120 } else { 400 } } else { 0 };
            if best.is_none_or(|(c, _)| cost < c) {
                best = Some((cost, year));
            }
        }
        best.map(|b| b.1)
    }

    /// Whether the story's date is the publication's own year.
    fn is_now(&self) -> bool {
        self.anchor.is_some_and(|a| self.story.year == Some(a.year().into()))
    }

    /// Keeps what later expressions are counted from.
    fn remember(&mut self, pieces: &[Piece<'_>], found: &Found, value: &Value, n: usize) {
        let month_of = |season| match season {
            Season::Winter => 1,
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
        };
        let year = value.days().map(|d| i32::from(d.0.year()));
        let told = matches!(found.core, Core::Fixed(_) | Core::DayRange { year: Some(_), .. } | Core::Either { .. })
            || self.story.told && year.is_some() && self.story.year == year;
        let next = match value.what {
            What::Calendar { year: Some(y), month, day } => Story { year: Some(y), month, day, sentence: n, told },
            What::Season(Some(y), s) if self.narrative => {
                Story { year: Some(y), month: Some(month_of(s)), day: None, sentence: n, told }
            }
            What::Days(a, _) => {
                Story { year: Some(a.year().into()), month: Some(a.month() as u8), day: Some(a.day() as u8), sentence: n, told }
            }
            _ => return,
        };
        if matches!(found.core, Core::Clock) {
            return;
        }
        // "surpassing the May 2007 high": a date that only names a thing tells nothing of where the story is.
        if next.day.is_none() && self.names_a_thing(pieces, found) {
            return;
        }
        // A bare year in the news is background; it moves only a story.
        if !self.narrative && next.month.is_none() {
            return;
        }
        // So is one inside a sentence: "as late as 2004". Only one that opens its sentence moves a story that knows its month.
        let same_time = next.month.is_none() && self.story.month.is_some();
        if same_time && (found.from > 2 || next.year == self.story.year) {
            return;
        }
        self.story = next;
    }
}

impl Resolver<'_> {
    /// Whether the words of `found` stand before a noun as a part of its name.
    fn names_a_thing(&self, pieces: &[Piece<'_>], found: &Found) -> bool {
        let (Some(first), Some(last)) = (pieces.get(found.from), pieces.get(found.to - 1)) else { return false };
        (first.word.0..=last.word.0)
            .map(|id| self.parse.word(syntax::WordId(id)))
            .find(|w| w.head().is_none_or(|h| h.id() < first.word || h.id() > last.word) && w.rel() != "case")
            .is_some_and(|w| {
                matches!(w.rel(), "compound" | "nummod" | "amod")
                    && w.head()
                        .is_some_and(|h| h.id() > last.word && matches!(h.upos(), syntax::Upos::NOUN | syntax::Upos::PROPN))
            })
    }
}

fn next_month(year: Option<i32>, month: u8) -> (Option<i32>, u8) {
    if month == 12 { (year.map(|y| y + 1), 1) } else { (year, month + 1) }
}
