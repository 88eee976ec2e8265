//! From what the words say to what they mean: counts relative expressions from the publication day, or, in a story of the
//! past, from the last date that the story gave. What has no anchor stays open.

use jiff::civil::Date;
use ledger::DateBasis;
use syntax::Parse;
use text::Span;

use super::grammar::{Core, Found};
use super::tense::{Tense, tense};
use super::units::{Kind, Piece};
use super::value::{Clock, Edge, Reference, Season, Unit, Value, What, plus};
use super::{Anchor, Time};

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

/// The part of a stretch of days that "early", "mid" or "late" leaves: a third of a month, of a quarter, of a year.
fn narrowed((first, last): (Date, Date), edge: Option<Edge>) -> (Date, Date) {
    let length = last.since(first).map_or(0, |span| span.get_days());
    if !(27..=366).contains(&length) {
        return (first, last);
    }
    // Months and years part at even days and months, so that "early May" ends on the tenth.
    let at = |third: i32| {
        if length < 31 {
            plus(first, 10 * third)
        } else {
            let months = (length + 15) / 30 * third / 3;
            first.checked_add(jiff::Span::new().try_months(months).unwrap_or_default()).ok()
        }
    };
    let (one, two) = (at(1).unwrap_or(first), at(2).unwrap_or(last));
    let before = |d: Date| plus(d, -1).unwrap_or(d);
    match edge {
        None => (first, last),
        Some(Edge::Start) => (first, before(one)),
        Some(Edge::Mid) => (one, before(two)),
        Some(Edge::End) => (two, last),
    }
}

/// Whether the page writes days before months in figures, as one of its dates shows that can be read in one way only.
fn order(read: &[Read<'_>]) -> Option<bool> {
    read.iter().flat_map(|r| &r.found).find_map(|f| f.day_first)
}

/// A full date in the first lines: a line of its own, or a dateline ("MOSCOW, 13 January 2022 (Agency) —").
fn header(read: &[Read<'_>]) -> (Option<Date>, Option<(usize, usize)>) {
    for (n, read) in read.iter().enumerate().take(3) {
        let Some(found) = read.found.first() else { continue };
        let words = read.pieces.iter().filter(|p| p.kind != Kind::Sign).count();
        let alone = read.found.len() == 1 && words <= (found.to - found.from) + 2;
        let dash = (found.to..read.pieces.len().min(found.to + 9))
            .any(|i| matches!(read.pieces[i].lower.as_ref(), "—" | "–" | "-" | "--") && read.pieces[i].space);
        let shouted = read.pieces[..found.from].iter().any(|p| p.capital && p.span.len() > 2 && p.upos == syntax::Upos::PROPN);
        let dateline = found.from <= 8 && found.from > 0 && dash && shouted;
        if !alone && !dateline {
            continue;
        }
        let full = match found.core {
            Core::Fixed(what) => Value::from(what).days().filter(|(a, b)| a == b).map(|d| d.0),
            _ => None,
        };
        let day =
            matches!(found.core, Core::Fixed(What::Calendar { day: Some(_), .. }) | Core::Month(_, Some(_)) | Core::Weekday(..));
        if full.is_some() || dateline && day {
            return (full, (dateline && day).then_some((n, 0)));
        }
    }
    (None, None)
}

/// Whether the text tells of a past far from its publication: many years named, most of them long gone, and few words such as
/// "yesterday" or "Monday".
fn narrative(read: &[Read<'_>], anchor: Option<Date>) -> bool {
    let (mut far, mut near, mut speech) = (0, 0, 0);
    for found in read.iter().flat_map(|r| &r.found) {
        match found.core {
            Core::Fixed(What::Calendar { year: Some(y), .. } | What::Season(Some(y), _)) => {
                if anchor.is_some_and(|a| (i32::from(a.year()) - y).abs() <= 1) {
                    near += 1;
                } else {
                    far += 1;
                }
            }
            Core::Weekday(..) | Core::Deictic(_) | Core::Shift { story: false, .. } => speech += 1,
            _ => {}
        }
    }
    far >= 5 && far > near + 2 * speech
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

    /// "05/03/2022" is a day in March or in May: as the page's other dates have it, else the one that lies by the publication.
    fn either(&self, year: i32, first: u8, second: u8) -> Value {
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

    fn weekday(&self, day: u8, which: Option<(i32, bool)>, verb: impl Fn() -> Tense) -> Option<Date> {
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

    fn shift(&self, n: i32, unit: Unit, story: bool) -> Value {
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

/// The year of a season named without one.
fn season_year(year: i32, month: Option<u8>, season: Season, step: Option<i32>, story: bool) -> i32 {
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
