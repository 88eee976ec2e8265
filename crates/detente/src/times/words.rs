//! The word list for times, checked as it is read.

use std::collections::HashMap;

use super::value::{Count, Edge, Season, Unit};
use crate::LexiconError;

/// What one word can stand for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    pub month: Option<u8>,
    pub month_short: Option<u8>,
    pub weekday: Option<u8>,
    pub weekday_short: Option<u8>,
    pub season: Option<Season>,
    pub unit: Option<Unit>,
    pub plural: bool,
    pub part: Option<&'static str>,
    pub number: Option<u32>,
    pub ordinal: Option<u32>,
    pub decade: Option<u32>,
    pub vague: Option<Count>,
    pub edge: Option<Edge>,
    pub deictic: Option<i32>,
    pub present: bool,
    pub past: bool,
    pub future: bool,
    pub every: Option<Unit>,
    /// Whether counted from the story.
    pub backward: Option<bool>,
    pub forward: Option<bool>,
    pub which: Option<(i32, bool)>,
    pub zone: Option<i8>,
    pub counted: bool,
}

/// Words for days, months, seasons, parts of the day.
#[derive(Debug, Default)]
pub struct TimeLexicon {
    words: HashMap<String, Entry>,
    none: Entry,
    /// Month and day of feasts, by their words.
    pub(super) holidays: Vec<(Vec<String>, Option<(u8, u8)>)>,
}

const FILE: &str = "times/words.toml";
const PARTS: [&str; 7] = ["MO", "MI", "AF", "EV", "NI", "DT", "00"];

impl TimeLexicon {
    /// Reads the built-in file.
    pub fn builtin() -> Result<Self, LexiconError> {
        Self::parse(include_str!("../../lexicon/times/words.toml"))
    }

    pub(super) fn get(&self, word: &str) -> &Entry {
        self.words.get(word).unwrap_or(&self.none)
    }

    /// What a word of no time stands for.
    pub(super) fn none(&self) -> &Entry {
        &self.none
    }

    fn parse(text: &str) -> Result<Self, LexiconError> {
        let fail = |place: &str, what: String| LexiconError { file: FILE.into(), place: place.into(), what };
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| fail("whole file", e.message().to_string()))?;
        let mut lexicon = TimeLexicon::default();
        for (section, rows) in &table {
            let rows = rows.as_table().ok_or_else(|| fail(section, "must be a section".into()))?;
            for (word, value) in rows {
                let place = format!("[{section}] {word}");
                if section == "counted" {
                    for word in value.as_array().into_iter().flatten().filter_map(toml::Value::as_str) {
                        lexicon.words.entry(word.to_string()).or_default().counted = true;
                    }
                    continue;
                }
                let number = value.as_integer();
                let code = value.as_str().unwrap_or("");
                let whole = || number.and_then(|n| u32::try_from(n).ok()).ok_or_else(|| fail(&place, "must be a number".into()));
                let small = |most: u32| {
                    whole().and_then(|n| {
                        if (1..=most).contains(&n) { Ok(n as u8) } else { Err(fail(&place, format!("must be 1 to {most}"))) }
                    })
                };
                if section == "holidays" {
                    let day = match code.split_once('-') {
                        Some((m, d)) => Some((
                            m.parse().map_err(|_| fail(&place, "must be `month-day`".into()))?,
                            d.parse().map_err(|_| fail(&place, "must be `month-day`".into()))?,
                        )),
                        None => None,
                    };
                    lexicon.holidays.push((word.split(' ').map(str::to_string).collect(), day));
                    continue;
                }
                let wrong = || fail(&place, format!("`{code}` is not known here"));
                let entry = lexicon.words.entry(word.clone()).or_default();
                match section.as_str() {
                    "months" => entry.month = Some(small(12)?),
                    "month_short" => entry.month_short = Some(small(12)?),
                    "weekdays" => entry.weekday = Some(small(7)?),
                    "weekday_short" => entry.weekday_short = Some(small(7)?),
                    "seasons" => entry.season = Some(Season::parse(code).ok_or_else(wrong)?),
                    "units" => {
                        entry.unit = Unit::parse(code);
                        if entry.unit.is_none() && !PARTS.contains(&code) {
                            return Err(wrong());
                        }
                        let (one, plural) =
                            (*entry, format!("{}s", word.strip_suffix('y').map_or(word.clone(), |w| w.to_string() + "ie")));
                        let plural = if matches!(word.as_str(), "day") { "days".to_string() } else { plural };
                        if one.unit.is_some() {
                            let entry = lexicon.words.entry(plural).or_default();
                            entry.unit = one.unit;
                            entry.plural = true;
                        }
                    }
                    "dayparts" => entry.part = Some(*PARTS.iter().find(|p| **p == code).ok_or_else(wrong)?),
                    "numbers" => entry.number = Some(whole()?),
                    "ordinals" => entry.ordinal = Some(whole()?),
                    "decades" => entry.decade = Some(whole()?),
                    "vague" => entry.vague = Some(code.parse().map_or(Count::Some, Count::whole)),
                    "edges" => entry.edge = Some(Edge::parse(code).ok_or_else(wrong)?),
                    "deictic" => {
                        let n = number.ok_or_else(|| fail(&place, "must be a number of days".into()))?;
                        entry.deictic = Some(i32::try_from(n).map_err(|_| fail(&place, "is too far".into()))?);
                    }
                    "present" => entry.present = true,
                    "past" => entry.past = true,
                    "future" => entry.future = true,
                    "every" => entry.every = Some(Unit::parse(code).ok_or_else(wrong)?),
                    "backward" => entry.backward = Some(code == "story"),
                    "forward" => entry.forward = Some(code == "story"),
                    "which" => {
                        let step = code.split(' ').next().and_then(|n| n.parse().ok()).ok_or_else(wrong)?;
                        entry.which = Some((step, code.ends_with("story")));
                    }
                    "zones" => {
                        entry.zone = Some(match code {
                            "Z" => 0,
                            "" => i8::MIN,
                            hours => hours.parse().map_err(|_| wrong())?,
                        });
                    }
                    other => return Err(fail(other, "is no section of this file".into())),
                }
            }
        }
        lexicon.holidays.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Ok(lexicon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_file_reads() {
        let lexicon = TimeLexicon::builtin().expect("built-in list");
        assert_eq!(lexicon.get("march").month, Some(3));
        assert!(lexicon.get("centuries").plural);
    }

    #[test]
    fn an_unknown_section_is_named() {
        let error = TimeLexicon::parse("[monts]\njanuary = 1\n").expect_err("must fail");
        assert_eq!(error.place, "monts");
    }
}
