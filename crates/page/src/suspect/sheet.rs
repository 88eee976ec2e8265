//! The phrases, pairs of words, nouns and marks of `lexicon/translationese.toml`, as they are looked up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Sheet {
    pub group: Vec<Entry>,
    pub pair: Vec<Pair>,
    pub bare: Bare,
    pub leftovers: Leftovers,
}

/// Words that do not stand side by side.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    pub sign: String,
    pub weight: f32,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the sheet's own test"))]
    pub example: String,
    pub first: Vec<String>,
    pub second: Vec<String>,
}

/// Nouns that need an article, and the words behind which its want is seen.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bare {
    pub sign: String,
    pub weight: f32,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the sheet's own test"))]
    pub example: String,
    pub after: BTreeSet<String>,
    pub nouns: BTreeSet<String>,
}

/// Marks that are no words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Leftovers {
    pub sign: String,
    pub weight: f32,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the sheet's own test"))]
    pub example: String,
    pub marks: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub sign: String,
    pub weight: f32,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the sheet's own test"))]
    pub example: String,
    pub phrases: Vec<String>,
}

/// A phrase of the sheet.
pub(super) struct Phrase {
    pub sign: &'static str,
    pub weight: f32,
    pub words: Vec<String>,
}

/// The sheet, as it is looked up.
#[derive(Default)]
pub(super) struct Known {
    /// The phrases by their first word.
    pub by_first: BTreeMap<String, Vec<Phrase>>,
    pub bare: Option<(&'static str, Bare)>,
    pub leftovers: Option<(&'static str, Leftovers)>,
}

/// The built-in sheet; the tests make sure that it loads.
pub(super) static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    // Signs are few and live as long as the program.
    let leak = |sign: &str| -> &'static str { Box::leak(sign.to_string().into_boxed_str()) };
    let Ok(sheet) = load(include_str!("../../lexicon/translationese.toml")) else { return Known::default() };
    let mut by_first: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
    for entry in sheet.group {
        let sign = leak(&entry.sign);
        for phrase in entry.phrases {
            let words = crate::lexicon::words(&phrase);
            if let Some(first) = words.first().cloned() {
                by_first.entry(first).or_default().push(Phrase { sign, weight: entry.weight, words });
            }
        }
    }
    for pair in sheet.pair {
        let sign = leak(&pair.sign);
        for first in pair.first {
            let phrases = by_first.entry(first.clone()).or_default();
            let words = |second: &String| vec![first.clone(), second.clone()];
            phrases.extend(pair.second.iter().map(|second| Phrase { sign, weight: pair.weight, words: words(second) }));
        }
    }
    Known {
        by_first,
        bare: Some((leak(&sheet.bare.sign), sheet.bare)),
        leftovers: Some((leak(&sheet.leftovers.sign), sheet.leftovers)),
    }
});

pub(super) fn load(sheet: &str) -> Result<Sheet, String> {
    toml::from_str::<Sheet>(sheet).map_err(|e| format!("translationese.toml: {e}"))
}
