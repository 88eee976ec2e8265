//! One name in two spellings, as transliterations give it.

use std::collections::BTreeMap;

use super::Signs;

/// One name in two spellings: `Peskov` and `Peskoff`, `Lukashevich` and `Lukasevich`.
pub(super) fn find(texts: &[&str], signs: &mut Signs) {
    let mut names: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for text in texts {
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() >= 6 && w.starts_with(char::is_uppercase)) {
            if word.chars().skip(1).all(char::is_lowercase) {
                *names.entry(skeleton(word)).or_default().entry(word).or_default() += 1;
            }
        }
    }
    for variants in names.values().filter(|v| v.len() > 1) {
        let all: Vec<&str> = variants.keys().copied().collect();
        for pair in all.windows(2) {
            // A plural or a possessive is no other spelling.
            let (short, long) = if pair[0].len() <= pair[1].len() { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
            if !long.starts_with(short) {
                signs.add("one name in two spellings", 0.45, &format!("{short}, {long}"));
            }
        }
    }
}

/// What transliterations of a Slavic name have in common.
fn skeleton(word: &str) -> String {
    let mut s = word.to_lowercase();
    for (from, to) in [
        ("shch", "s"),
        ("sch", "s"),
        ("sh", "s"),
        ("zh", "z"),
        ("kh", "h"),
        ("ts", "c"),
        ("tz", "c"),
        ("yev", "ev"),
        ("ye", "e"),
        ("iya", "ia"),
        ("ya", "ia"),
        ("yu", "iu"),
        ("w", "v"),
        ("ff", "v"),
        ("ph", "f"),
        ("ck", "k"),
        ("x", "ks"),
    ] {
        s = s.replace(from, to);
    }
    for (end, to) in [
        ("off", "ov"),
        ("of", "ov"),
        ("ef", "ev"),
        ("skiy", "ski"),
        ("skij", "ski"),
        ("skii", "ski"),
        ("sky", "ski"),
        ("iy", "i"),
        ("ij", "i"),
        ("ii", "i"),
        ("yi", "i"),
        ("y", "i"),
    ] {
        if let Some(stem) = s.strip_suffix(end) {
            s = format!("{stem}{to}");
            break;
        }
    }
    s
}
