//! Days as pages print them: ISO stamps, mail stamps, written days. Nothing is guessed: a day needs its year.

use jiff::civil::Date;

/// A day, with its time of day and zone where they are stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub date: Date,
    /// The stamp in ISO form with the zone as stated (`2022-01-13T10:05+01:00`), where a time was given.
    pub moment: Option<String>,
    /// Where the stamp stood: from, to.
    pub at: (usize, usize),
}

/// The first day in `text`, which may hold other words.
pub(crate) fn parse(text: &str) -> Option<Stamp> {
    let tokens = tokens(text);
    (0..tokens.len().min(60))
        .find_map(|i| iso(text, &tokens[i]).or_else(|| written(text, &tokens[i..])).or_else(|| slashed(text, &tokens[i])))
}

#[derive(Debug)]
struct Token {
    start: usize,
    end: usize,
}

/// Runs of characters other than white space and commas.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let gap = c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '·' | '•');
        match (gap, start) {
            (false, None) => start = Some(i),
            (true, Some(s)) => {
                tokens.push(Token { start: s, end: i });
                start = None;
                if tokens.len() > 80 {
                    break;
                }
            }
            _ => {}
        }
    }
    tokens
}

fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    (1900..=2100).contains(&year).then(|| Date::new(year, month, day).ok()).flatten()
}

/// `2022-01-13`, `2022-01-13T10:05:00Z`, `20220113`, `2022/01/13`.
fn iso(text: &str, token: &Token) -> Option<Stamp> {
    let word = text[token.start..token.end].trim_end_matches(['.', ';', ':']);
    let digits = |range: std::ops::Range<usize>| word.get(range).filter(|s| s.bytes().all(|b| b.is_ascii_digit()));
    let number = |range| digits(range).and_then(|s| s.parse::<i16>().ok());
    if word.len() == 8 && digits(0..8).is_some() {
        let date = day(number(0..4)?, number(4..6)? as i8, number(6..8)? as i8)?;
        return Some(Stamp { date, moment: None, at: (token.start, token.start + 8) });
    }
    let mark = word.get(4..5)?;
    if !matches!(mark, "-" | "/" | ".") || word.get(7..8) != Some(mark) {
        return None;
    }
    let date = day(number(0..4)?, number(5..7)? as i8, number(8..10)? as i8)?;
    if word.as_bytes().get(10).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    // The time of day may stand after `T` or a space.
    let rest = &text[token.start + 10..];
    let rest = rest.strip_prefix(['T', 't', ' ']).unwrap_or("");
    let clock: String = rest.chars().take_while(|c| c.is_ascii_digit() || ":.+-Zz".contains(*c)).collect();
    let time = clock.get(0..5).filter(|c| c.as_bytes()[2] == b':' && c.bytes().filter(u8::is_ascii_digit).count() == 4);
    let zone = clock.find(['Z', 'z', '+']).or_else(|| clock.rfind('-')).map_or("", |i| &clock[i..]);
    let moment = time.map(|t| format!("{date}T{t}{}", zone.to_ascii_uppercase()));
    Some(Stamp { date, moment, at: (token.start, token.start + 10) })
}

/// `01/13/2022` where only one order is possible.
fn slashed(text: &str, token: &Token) -> Option<Stamp> {
    let word = text[token.start..token.end].trim_end_matches('.');
    let parts: Vec<i16> = word.split(['/', '.', '-']).map(|p| p.parse().unwrap_or(-1)).collect();
    let [a, b, year] = parts[..] else { return None };
    let date = match (a, b) {
        (13..=31, 1..=12) => day(year, b as i8, a as i8),
        (1..=12, 13..=31) => day(year, a as i8, b as i8),
        (1..=12, _) if a == b => day(year, a as i8, b as i8),
        // German and Russian dots put the day first.
        (1..=12, 1..=12) if word.contains('.') => day(year, b as i8, a as i8),
        _ => None,
    }?;
    Some(Stamp { date, moment: None, at: (token.start, token.end) })
}

/// The month of that name, whole or shortened.
pub(crate) fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    if word.len() < 3 {
        return None;
    }
    let short = word == "sept";
    let at = MONTHS
        .iter()
        .position(|m| *m == word || (word.len() == 3 && m.starts_with(&word)) || (short && m.starts_with("sept")))?;
    Some(at as i8 + 1)
}

/// A day of the month: `13`, `13th`.
pub(crate) fn day_number(word: &str) -> Option<i8> {
    let word = word.trim_end_matches(['.', ',', ':']);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let tail = &word[digits.len()..];
    let good = tail.is_empty() || ["st", "nd", "rd", "th"].contains(&tail.to_ascii_lowercase().as_str());
    digits.parse().ok().filter(|d| good && (1..=31).contains(d))
}

fn year(word: &str) -> Option<i16> {
    let word = word.trim_end_matches(['.', ':', ';', ')', ']']);
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1900..=2100).contains(y))
}

/// `January 13, 2022`, `13 January 2022`, `Thu 13 Jan 2022 10:05:00 +0100`, `13-Jan-2022`, with `at`, a time and a zone after it.
fn written(text: &str, tokens: &[Token]) -> Option<Stamp> {
    let word = |i: usize| tokens.get(i).map(|t| &text[t.start..t.end]);
    let first = word(0)?;
    let joined: Vec<&str> = first.split('-').collect();
    let (date, used) = if let [d, m, y] = joined[..] {
        (day(year(y)?, month(m)?, day_number(d)?)?, 1)
    } else if let Some(m) = month(first) {
        (day(year(word(2)?)?, m, day_number(word(1)?)?)?, 3)
    } else {
        let d = day_number(first)?;
        let of = usize::from(word(1) == Some("of"));
        (day(year(word(2 + of)?)?, month(word(1 + of)?)?, d)?, 3 + of)
    };
    let at = (tokens[0].start, tokens[used - 1].end);
    let mut next = used;
    if word(next).is_some_and(|w| matches!(w.to_ascii_lowercase().as_str(), "at" | "-" | "–" | "@")) {
        next += 1;
    }
    let moment = word(next).and_then(|w| clock(w, word(next + 1))).map(|(hour, minute, taken)| {
        let zone = word(next + taken).and_then(zone).unwrap_or_default();
        format!("{date}T{hour:02}:{minute:02}{zone}")
    });
    Some(Stamp { date, moment, at })
}

/// `10:05`, `10:05:00`, `10:05pm`, `10:05 p.m.`; and how many words it took.
fn clock(word: &str, after: Option<&str>) -> Option<(u8, u8, usize)> {
    let (hour, rest) = word.split_once(':')?;
    let hour: u8 = hour.parse().ok().filter(|h| *h < 24)?;
    let minute: u8 = rest.get(0..2)?.parse().ok().filter(|m| *m < 60)?;
    let half = |w: &str| match w.to_ascii_lowercase().replace('.', "").as_str() {
        "am" => Some(false),
        "pm" => Some(true),
        _ => None,
    };
    let tail = rest[2..].trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
    let (late, taken) = match (half(tail), after.and_then(half)) {
        (Some(late), _) => (Some(late), 1),
        (None, Some(late)) => (Some(late), 2),
        _ => (None, 1),
    };
    let hour = match late {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Some((hour, minute, taken))
}

/// A zone as stated, in ISO form; letters other than GMT and UTC may mean several zones and are left out.
fn zone(word: &str) -> Option<String> {
    if matches!(word, "GMT" | "UTC" | "Z") {
        return Some("Z".to_string());
    }
    let offset = word.strip_prefix(['+', '-'])?;
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    (digits.len() == 4).then(|| format!("{}{}:{}", &word[..1], &digits[..2], &digits[2..]))
}

/// Which of the stamps tells the day in the page's own calendar, where that is not the first. A head often states the moment in
/// UTC, and the page prints the evening before, or its address has that day; "Monday" in the text is counted from there.
pub(crate) fn own_day(days: &[(&'static str, Stamp)]) -> Option<usize> {
    let (_, first) = days.first()?;
    let (hour, minute, zone) = clock_of(first)?;
    if !matches!(zone, "" | "Z" | "+00:00" | "+0000" | "+00" | "-00:00") {
        return None;
    }
    let apart = |stamp: &Stamp| first.date.until(stamp.date).map_or(i64::MAX, |s| i64::from(s.get_days()));
    let visible = |place: &str| matches!(place, "text" | "time");
    let same_shown = days.iter().skip(1).any(|(place, s)| visible(place) && s.date == first.date);
    days.iter().enumerate().skip(1).find_map(|(n, (place, stamp))| {
        let by = apart(stamp);
        // West of Greenwich it is still yesterday, in the far east it is tomorrow already.
        let can_be = (by == -1 && hour < 12) || (by == 1 && hour >= 10);
        let fits = match clock_of(stamp) {
            // The same moment on another clock: a zone's difference is whole quarters of an hour.
            Some((h, m, zone)) => {
                let difference = by * 1440 + i64::from(h) * 60 + i64::from(m) - i64::from(hour) * 60 - i64::from(minute);
                let stated = offset(zone).is_none_or(|minutes| minutes == difference);
                stated && difference % 15 == 0 && (-12 * 60..=14 * 60).contains(&difference)
            }
            None => *place == "url" || (visible(place) && !same_shown),
        };
        (can_be && fits).then_some(n)
    })
}

/// Minutes before Greenwich that a zone such as `-05:00` or `+0530` states.
fn offset(zone: &str) -> Option<i64> {
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let minutes = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i64>().ok();
    let size = minutes(0..2)? * 60 + minutes(2..4)?;
    Some(if zone.starts_with('-') { -size } else { size })
}

/// Hour, minute and zone of a stamp that has them.
fn clock_of(stamp: &Stamp) -> Option<(u8, u8, &str)> {
    let clock = stamp.moment.as_deref()?.split_once('T')?.1;
    Some((clock.get(0..2)?.parse().ok()?, clock.get(3..5)?.parse().ok()?, clock.get(5..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> String {
        parse(text).map(|s| s.moment.unwrap_or(s.date.to_string())).unwrap_or_default()
    }

    #[test]
    fn days_as_pages_print_them() {
        for (text, expected) in [
            ("2022-01-13", "2022-01-13"),
            ("2022-01-13T10:05:00+01:00", "2022-01-13T10:05+01:00"),
            ("2022-01-13T10:05:00.000Z", "2022-01-13T10:05Z"),
            ("2022-01-13 10:05", "2022-01-13T10:05"),
            ("Thu, 13 Jan 2022 10:05:00 +0100", "2022-01-13T10:05+01:00"),
            ("Published January 13, 2022 at 10:05 p.m.", "2022-01-13T22:05"),
            ("Updated: 13th of January 2022", "2022-01-13"),
            ("Sept. 3, 2021", "2021-09-03"),
            ("13-Jan-2022", "2022-01-13"),
            ("01/13/2022", "2022-01-13"),
            ("13.01.2022", "2022-01-13"),
        ] {
            assert_eq!(day(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_day_is_none() {
        for text in
            ["01/02/2022", "January 13", "Jan 2022", "2022-13-40", "the 2022-23 season", "version 1.2.2022.5", "may 5 people"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_pages_own_day() {
        let days = |list: &[(&'static str, &str)]| {
            list.iter().map(|(place, t)| (*place, parse(t).unwrap())).collect::<Vec<(&'static str, Stamp)>>()
        };
        let own = |list| own_day(&days(list));
        assert_eq!(own(&[("meta", "2019-11-20T01:50:59Z"), ("text", "Nov. 19, 2019 5:50 PM")]), Some(1));
        assert_eq!(own(&[("meta", "2019-11-20T01:50:59Z"), ("url", "2019-11-19")]), Some(1));
        assert_eq!(own(&[("meta", "2019-11-20T23:10:00+00:00"), ("time", "November 21, 2019 10:10 AM")]), Some(1));
        assert_eq!(own(&[("meta", "2019-11-20T01:50:59Z"), ("time", "2019-11-19T20:50:59-05:00")]), Some(1));
        assert_eq!(own(&[("meta", "2019-11-20T01:50:59Z"), ("time", "2019-11-19T20:50:59-04:00")]), None);
        // Another moment, another zone stated, midday, another article's day beside the right one.
        assert_eq!(own(&[("meta", "2019-11-20T01:50:59Z"), ("text", "Nov. 19, 2019 5:07 PM")]), None);
        assert_eq!(own(&[("meta", "2019-11-20T01:50:59-05:00"), ("url", "2019-11-19")]), None);
        assert_eq!(own(&[("meta", "2019-11-20T15:00:00Z"), ("url", "2019-11-19")]), None);
        assert_eq!(own(&[("meta", "2019-11-20T01:50:59Z"), ("text", "Nov. 20, 2019"), ("text", "Nov. 19, 2019")]), None);
    }
}
