//! The forms of English words, for lists that are written by dictionary form alone: one reading for all lexicons.

use std::collections::BTreeSet;

const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];

/// The forms of a verb: the regular ones, with the last consonant single and doubled, and the irregular ones given; a past tense
/// of its own (`thought`) replaces the regular one.
pub fn verb(base: &str, irregular: &[String]) -> BTreeSet<String> {
    let mut out = BTreeSet::from([base.to_string()]);
    let last = base.chars().next_back().unwrap_or(' ');
    let before = base.chars().rev().nth(1).unwrap_or(' ');
    let cut = base.get(..base.len() - last.len_utf8()).unwrap_or("");
    if last == 'y' && !VOWELS.contains(&before) {
        out.extend([format!("{cut}ies"), format!("{cut}ied"), format!("{base}ing")]);
    } else if last == 'e' {
        // "agree", "canoe" keep their e.
        let stem = if matches!(before, 'e' | 'o') { base } else { cut };
        out.extend([format!("{base}s"), format!("{base}d"), format!("{stem}ing")]);
    } else {
        out.extend([with_s(base), format!("{base}ing")]);
        if irregular.is_empty() {
            out.insert(format!("{base}ed"));
        }
        if VOWELS.contains(&before) && !VOWELS.contains(&last) {
            out.insert(format!("{base}{last}ing"));
            if irregular.is_empty() {
                out.insert(format!("{base}{last}ed"));
            }
        }
    }
    out.extend(irregular.iter().cloned());
    out
}

/// The plural of a noun.
pub fn plural(base: &str) -> String {
    match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => with_s(base),
    }
}

fn with_s(base: &str) -> String {
    let hiss = base.ends_with(['s', 'x', 'z']) || base.ends_with("sh") || base.ends_with("ch");
    format!("{base}{}", if hiss { "es" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_and_irregular_forms() {
        let has = |base: &str, more: &[&str], form: &str| {
            let more: Vec<String> = more.iter().map(ToString::to_string).collect();
            verb(base, &more).contains(form)
        };
        assert!(has("deny", &[], "denies") && has("agree", &[], "agreeing") && has("ban", &[], "banned"));
        assert!(has("attack", &[], "attacked") && has("meet", &["met"], "met") && !has("think", &["thought"], "thinked"));
        assert_eq!((plural("ally"), plural("raid"), plural("clash")), ("allies".into(), "raids".into(), "clashes".into()));
    }
}
