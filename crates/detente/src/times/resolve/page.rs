//! What the page as a whole says of its dates: where it was dated, whether it tells of a past, which way it writes figures.

use jiff::civil::Date;

use super::super::grammar::Core;
use super::super::units::Kind;
use super::super::value::{Edge, Value, What, plus};
use super::Read;

/// The part of a stretch of days that "early", "mid" or "late" leaves: a third of a month, of a quarter, of a year.
pub(super) fn narrowed((first, last): (Date, Date), edge: Option<Edge>) -> (Date, Date) {
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
pub(super) fn order(read: &[Read<'_>]) -> Option<bool> {
    read.iter().flat_map(|r| &r.found).find_map(|f| f.day_first)
}

/// A full date in the first lines: a line of its own, or a dateline ("MOSCOW, 13 January 2022 (Agency) —").
pub(super) fn header(read: &[Read<'_>]) -> (Option<Date>, Option<(usize, usize)>) {
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
pub(super) fn narrative(read: &[Read<'_>], anchor: Option<Date>) -> bool {
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
