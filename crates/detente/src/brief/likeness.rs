//! How much two pieces of text tell the same: the words they share, common ones left out.

use std::collections::BTreeSet;

use super::Phrases;

/// The words of `text` in lower case, marks cut off.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|w| w.trim_matches(['\'', '’']).trim_end_matches("’s").trim_end_matches("'s").to_lowercase())
        .filter(|w| !w.is_empty())
        .collect()
}

/// The telling words of `text`, plurals cut.
pub fn telling(text: &str, phrases: &Phrases) -> BTreeSet<String> {
    words(text)
        .into_iter()
        .filter(|w| !phrases.is_common(w))
        .map(|w| if w.len() > 4 { w.trim_end_matches('s').to_string() } else { w })
        .collect()
}

/// The share of the smaller set that is in the other, 0 to 1; 0 where one has fewer than two words and they are not equal.
pub fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f32 {
    if a == b && !a.is_empty() {
        return 1.0;
    }
    let least = a.len().min(b.len());
    if least < 2 {
        return 0.0;
    }
    a.intersection(b).count() as f32 / least as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_in_other_words_is_alike() {
        let phrases = Phrases::builtin().unwrap();
        let set = |t: &str| telling(t, &phrases);
        let a = set("a pledge to stop the expansion of the alliance to the east");
        assert!(overlap(&a, &set("that NATO halt the alliance’s expansion east")) >= 0.5);
        assert!(overlap(&a, &set("that troops leave the border")) < 0.2);
    }
}
