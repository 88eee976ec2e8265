//! Names of authors and publishers as markup and bylines give them, told from what else stands in such places.

use serde_json::Value;

use super::facts::clean;

/// What stands for an author where nobody signed.
const NOBODY: [&str; 9] = ["admin", "administrator", "webmaster", "guest", "user", "root", "author", "unknown", "staff"];

/// The house's name without its motto: `Example | News from all over`.
pub(super) fn house(name: String) -> String {
    let end = [" | ", " - ", " – ", " — ", ": "].iter().filter_map(|m| name.find(m)).min().filter(|i| *i > 2 && name.len() > 24);
    end.map_or(name.clone(), |i| name[..i].to_string())
}

/// Names in an author or publisher value: a string, an object with a name, a list of them.
pub(super) fn people(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::String(s) => names.push(clean(s)),
        Value::Array(all) => all.iter().take(20).for_each(|v| people(v, names)),
        Value::Object(o) => {
            if let Some(name) = o.get("name") {
                people(name, names);
            }
        }
        _ => {}
    }
    names.retain(|n| !n.is_empty());
}

/// A name out of an author field: no address, no handle, no "By".
pub(super) fn name_of(text: &str) -> Option<String> {
    let text = byline(text).unwrap_or_else(|| text.trim().to_string());
    let text = [" | ", " · ", " • "].iter().fold(text.as_str(), |t, mark| t.split(mark).next().unwrap_or(t)).trim().to_string();
    let bad = text.contains("://")
        || text.ends_with(['!', '?', '.']) && text.split_whitespace().count() > 4
        || text.starts_with('@')
        || text.len() < 3
        || text.len() > 150
        || text.contains(['{', '<'])
        || NOBODY.iter().any(|n| text.eq_ignore_ascii_case(n));
    // A menu is no list of names.
    let long = |part: &str| part.split_whitespace().count() > 7;
    let bad = bad || text.split([',', ';', '&', '/', '(']).flat_map(|part| part.split(" and ")).any(long);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (!bad && letters * 2 > text.chars().count()).then_some(text)
}

/// The names after "By", where the line is a byline.
pub(crate) fn byline(line: &str) -> Option<String> {
    let rest = ["By ", "by ", "BY ", "Written by ", "By: "].iter().find_map(|p| line.trim().strip_prefix(p))?.trim();
    let end = rest.find([',', '|', '•', '·', '—', '–', '/']).filter(|i| *i > 3).unwrap_or(rest.len());
    let end =
        [" Updated", " Published", " - ", " on ", " Posted", " in "].iter().filter_map(|m| rest.find(m)).fold(end, usize::min);
    let name = rest[..end].trim().trim_end_matches(['.', ':']);
    let words: Vec<&str> = name.split_whitespace().collect();
    let good = (1..=8).contains(&words.len())
        && words.iter().all(|w| {
            w.starts_with(char::is_uppercase) || matches!(*w, "and" | "de" | "van" | "von" | "al" | "bin" | "&" | "da" | "del")
        });
    good.then(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        assert_eq!(byline("By Ann Example and Bob Example | January 13, 2022").as_deref(), Some("Ann Example and Bob Example"));
        assert_eq!(byline("By the time they met, it was late."), None);
    }

    #[test]
    fn nobody_is_no_author() {
        assert_eq!(name_of("admin"), None);
        assert_eq!(name_of("Home World Business Arts Cities Specials English Italian"), None);
        assert_eq!(name_of("Ann Example · 24 September 2018").as_deref(), Some("Ann Example"));
    }
}
