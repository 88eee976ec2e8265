//! The lines that are no part of an article, as people wrote them down in `lexicon/boilerplate.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
struct Sheet {
    group: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    why: String,
    example: String,
    lines: Vec<String>,
    #[serde(default = "forty")]
    words: usize,
    #[serde(default)]
    tail: bool,
    #[serde(default)]
    prose: bool,
    #[serde(default)]
    r#box: bool,
}

fn forty() -> usize {
    40
}

/// A kind of line.
#[derive(Debug)]
pub(crate) struct Group {
    pub why: &'static str,
    #[cfg(test)]
    pub example: String,
    /// The longest line that it may cut.
    words: usize,
    /// Its lines are whole sentences.
    prose: bool,
    /// What follows may be teasers.
    pub tail: bool,
    /// Short lines right after it belong to it.
    pub opens_box: bool,
}

/// All groups, with their patterns by first word.
#[derive(Debug, Default)]
pub(crate) struct Boilerplate {
    pub groups: Vec<Group>,
    by_first: HashMap<String, Vec<(usize, Vec<String>)>>,
    /// Patterns that begin with `*`, by their first literal word.
    inside: HashMap<String, Vec<(usize, Vec<String>)>>,
}

/// The built-in sheet; the tests make sure that it loads.
pub(crate) static BOILERPLATE: LazyLock<Boilerplate> =
    LazyLock::new(|| Boilerplate::load(include_str!("../lexicon/boilerplate.toml")).unwrap_or_default());

impl Boilerplate {
    pub(crate) fn load(sheet: &str) -> Result<Boilerplate, String> {
        let sheet: Sheet = toml::from_str(sheet).map_err(|e| format!("boilerplate.toml: {e}"))?;
        let mut all = Boilerplate::default();
        for entry in sheet.group {
            let n = all.groups.len();
            for line in &entry.lines {
                let spaced = line.replace('*', " * ");
                let words: Vec<String> =
                    spaced.split_whitespace().flat_map(|w| if w == "*" { vec!["*".to_string()] } else { words(w) }).collect();
                let Some(first) = words.iter().find(|w| *w != "*").cloned() else {
                    return Err(format!("boilerplate.toml: `{line}` under `{}` holds no word", entry.why));
                };
                let table = if words[0] == "*" { &mut all.inside } else { &mut all.by_first };
                table.entry(first).or_default().push((n, words));
            }
            // Reasons are few and live as long as the program.
            let why: &'static str = Box::leak(entry.why.into_boxed_str());
            let Entry { example, words, prose, tail, r#box: opens_box, .. } = entry;
            let _ = &example;
            all.groups.push(Group {
                why,
                #[cfg(test)]
                example,
                words,
                prose,
                tail,
                opens_box,
            });
        }
        Ok(all)
    }

    /// The group that `line` belongs to: the first in the sheet's order.
    pub(crate) fn find(&self, line: &str) -> Option<&Group> {
        if line.len() > 1200 {
            return None;
        }
        let sentence = line.trim_end().ends_with(['.', '!']);
        let line = words(line);
        let may = |group: &Group| line.len() <= group.words && (group.prose || !sentence || line.len() <= 8);
        let fits = |(n, pattern): &&(usize, Vec<String>)| may(&self.groups[*n]) && fits(pattern, &line);
        let first = line.first().and_then(|w| self.by_first.get(w)).into_iter().flatten();
        let inside = line.iter().filter_map(|w| self.inside.get(w)).flatten();
        first.chain(inside).filter(fits).map(|(n, _)| *n).min().map(|n| &self.groups[n])
    }
}

/// The words of a line in lower case, marks left out.
pub(crate) fn words(line: &str) -> Vec<String> {
    line.split(|c: char| !c.is_alphanumeric() && c != '©')
        .flat_map(|w| w.split_inclusive('©'))
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether the pattern covers the whole line; `*` covers any number of words. Linear but for the back-tracking to the last `*`.
fn fits(pattern: &[String], line: &[String]) -> bool {
    let (mut p, mut l, mut star) = (0, 0, None);
    while l < line.len() {
        if p < pattern.len() && pattern[p] == "*" {
            star = Some((p, l));
            p += 1;
        } else if p < pattern.len() && pattern[p] == line[l] {
            p += 1;
            l += 1;
        } else if let Some((at, from)) = star {
            p = at + 1;
            l = from + 1;
            star = Some((at, from + 1));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|w| w == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_loads_and_cuts_its_examples() {
        let sheet = Boilerplate::load(include_str!("../lexicon/boilerplate.toml")).unwrap();
        assert!(!sheet.groups.is_empty());
        for group in &sheet.groups {
            let found = sheet.find(&group.example).map(|g| g.why);
            assert_eq!(found, Some(group.why), "{}", group.example);
        }
    }

    #[test]
    fn a_sentence_that_mentions_such_words_stays() {
        for line in [
            "The ministers said they would share the costs of the mission.",
            "Related talks in Vienna ended without a result, the minister said.",
            "Subscribers to the treaty are bound by its terms, the court said, and must accept the ruling of the panel within the year.",
        ] {
            assert!(BOILERPLATE.find(line).is_none(), "{line}: {:?}", BOILERPLATE.find(line));
        }
    }
}
