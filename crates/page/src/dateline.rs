//! The dateline: place, day and agency at the head of a report (`GENEVA, Jan 10 (Reuters) —`, `MOSCOW, January 13. /TASS/.`).

use text::{Body, Source, Span};

use crate::{Dateline, dates};

/// The dateline at the head of one of the first paragraphs.
pub(crate) fn find(body: &Source<Body>, paragraphs: &[Span<Body>]) -> Option<Dateline> {
    paragraphs.iter().take(3).find_map(|p| read(body, *p))
}

fn read(body: &Source<Body>, paragraph: Span<Body>) -> Option<Dateline> {
    let text = body.slice(paragraph);
    let (head_end, end) = close(text)?;
    let head = &text[..head_end];
    let span = |from: usize, to: usize| body.span(paragraph.start() as usize + from, paragraph.start() as usize + to);
    let (before, agency) = match brackets(head) {
        Some((from, to)) => (from, Some(head[from + 1..to].trim().to_string()).filter(|a| !a.is_empty())),
        None => (head.len(), None),
    };
    let (place_end, day) = last_day(&head[..before]);
    let place = head[..place_end].trim_end_matches([',', ' ', '.', ';', '—', '–', '-']);
    let lead = place.len() - place.trim_start().len();
    let place_span = (!place.trim().is_empty()).then(|| span(lead, place.len())).flatten();
    if place.trim().is_empty() {
        // Without a place it takes both a day or a known form of agency to be a dateline.
        agency.as_ref()?;
    } else if !is_place(place.trim(), agency.is_some() || day.is_some()) {
        return None;
    }
    if let Some(agency) = &agency
        && (agency.len() > 40 || !agency.starts_with(char::is_uppercase) || agency.split_whitespace().count() > 4)
    {
        return None;
    }
    Some(Dateline { span: span(0, end)?, place: place_span, day, agency })
}

/// Where the head of the dateline ends, and where its closing mark does.
fn close(text: &str) -> Option<(usize, usize)> {
    let limit = text.char_indices().nth(100).map_or(text.len(), |(i, _)| i);
    let head = &text[..limit];
    let marks = [" — ", " – ", " - ", " -- ", "— ", "– ", "—", "--", " / "];
    let dash = marks.iter().filter_map(|m| head.find(m).map(|i| (i, i + m.len()))).min_by_key(|(i, end)| (*i, usize::MAX - end));
    // `/TASS/.` and `(Reuters):` close without a dash.
    let slash = head.find("/. ").map(|i| (i + 1, i + 3));
    let colon = head.find("): ").map(|i| (i + 1, i + 3));
    [dash, slash, colon].into_iter().flatten().min_by_key(|(i, _)| *i).filter(|(i, end)| *i > 0 && *end < text.len())
}

/// The last `(…)` or `/…/` of the head, if the head ends with it.
fn brackets(head: &str) -> Option<(usize, usize)> {
    let trimmed = head.trim_end();
    let (open, close) = match trimmed.chars().next_back()? {
        ')' => ('(', trimmed.len() - 1),
        '/' => ('/', trimmed.len() - 1),
        _ => return None,
    };
    let from = trimmed[..close].rfind(open)?;
    Some((from, close))
}

/// A day at the end of `head`, and where it begins.
fn last_day(head: &str) -> (usize, Option<(Option<i16>, i8, i8)>) {
    let words: Vec<(usize, &str)> = head
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|w| !w.is_empty())
        .map(|w| (w.as_ptr() as usize - head.as_ptr() as usize, w))
        .collect();
    let n = words.len();
    let word = |back: usize| n.checked_sub(back).and_then(|i| words.get(i)).copied();
    let year = |w: &str| w.trim_end_matches('.').parse::<i16>().ok().filter(|y| (1900..=2100).contains(y));
    for tail in [0, 1] {
        let y = if tail == 1 {
            let Some(y) = word(1).and_then(|(_, w)| year(w)) else { continue };
            Some(y)
        } else {
            None
        };
        let (Some((first, a)), Some((_, b))) = (word(2 + tail), word(1 + tail)) else { continue };
        let day = dates::month(a).zip(dates::day_number(b)).or_else(|| dates::month(b).zip(dates::day_number(a)));
        if let Some((month, day)) = day {
            return (first, Some((y, month, day)));
        }
    }
    (head.len(), None)
}

/// Whether the words can be a place: in capitals, or a name of few words where an agency or a day stands by.
fn is_place(place: &str, supported: bool) -> bool {
    let words: Vec<&str> = place.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/')).filter(|w| !w.is_empty()).collect();
    if words.is_empty() || words.len() > 7 || place.contains(['"', '“', '”', ';', '!', '?', ':']) {
        return false;
    }
    let letters = |w: &str| w.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = |w: &str| letters(w) >= 2 && !w.chars().any(char::is_lowercase);
    let small = |w: &str| matches!(w, "of" | "the" | "and" | "de" | "la" | "el" | "al" | "on" | "near");
    let name = |w: &str| w.starts_with(char::is_uppercase) || small(w);
    // Standing alone, the town must be in capitals; a state may follow it.
    let town = place.split([',', '/']).next().unwrap_or("");
    town.split_whitespace().all(|w| capitals(w) || small(w)) && words.iter().all(|w| name(w))
        || (supported && words.len() <= 5 && words.iter().all(|w| name(w)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Option<String> {
        let body: Source<Body> = Source::new(text);
        let line = find(&body, &[body.whole()])?;
        let day = line.day.map(|(y, m, d)| format!("{}{m}-{d}", y.map(|y| format!("{y}-")).unwrap_or_default()));
        let place = line.place.map(|p| body.slice(p).to_string());
        Some([place, day, line.agency].into_iter().map(|p| p.unwrap_or("-".into())).collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn datelines_of_the_agencies() {
        for (text, expected) in [
            ("GENEVA, Jan 10 (Reuters) - Envoys met on Monday.", "GENEVA|1-10|Reuters"),
            ("GENEVA (AP) — Envoys met on Monday.", "GENEVA|-|AP"),
            ("KYIV, Ukraine (AP) — Envoys met on Monday.", "KYIV, Ukraine|-|AP"),
            ("MOSCOW, January 13. /TASS/. Envoys met on Thursday.", "MOSCOW|1-13|TASS"),
            ("BEIJING, Jan. 10, 2022 (Xinhua) -- Envoys met on Monday.", "BEIJING|2022-1-10|Xinhua"),
            ("BRUSSELS/VIENNA — Envoys met on Monday.", "BRUSSELS/VIENNA|-|-"),
            ("Vienna, 13 January (dpa) – Envoys met.", ""),
            ("Vienna, 13 January – Envoys met.", "Vienna|1-13|-"),
            ("(Reuters) - Envoys met on Monday.", "-|-|Reuters"),
        ] {
            assert_eq!(show(text).unwrap_or_default(), expected, "{text}");
        }
    }

    #[test]
    fn sentences_with_dashes_are_none() {
        for text in [
            "The talks — the third in a week — ended.",
            "NATO said no - again.",
            "Putin - who was in Sochi - said no.",
            "US President Joe Biden — who met him — said no.",
            "He met Borrell (an EU diplomat) — and left.",
        ] {
            assert_eq!(show(text), None, "{text}");
        }
    }
}
