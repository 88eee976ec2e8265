//! Signs that a page was translated, by a machine or badly (design rule 14). Each sign is weak; kinds of signs add up.
//!
//! Finds: stray fragments, sentences without a subject, quotation marks out of place or of another language, letters of
//! another script, one name in two spellings, doubled words and sentences, too few articles, nouns without theirs, phrases of
//! translations and leftovers of templates (`lexicon/translationese.toml`).
//! Leaves alone: everything that a hurried newsroom does as well, such as one unclosed quotation mark.

mod sheet;
mod spellings;

use std::collections::{BTreeMap, BTreeSet};

use text::{Body, Source, Span};

use crate::Suspicion;
use sheet::KNOWN;

/// The signs in an English article.
pub(crate) fn look(body: &Source<Body>, paragraphs: &[Span<Body>]) -> Suspicion {
    let mut signs = Signs::default();
    let texts: Vec<&str> = paragraphs.iter().map(|p| body.slice(*p)).collect();
    let mut words = 0;
    for (i, text) in texts.iter().enumerate() {
        let n = text.split_whitespace().count();
        words += n;
        // A list of scores or prices is no prose; nothing is to be learnt from it.
        if n >= 5 && text.len() < 20_000 {
            fragments(text, &mut signs);
            marks(text, texts.get(i + 1).copied(), &mut signs);
            doubled(text, &mut signs);
            articles(text, &mut signs);
            phrases(text, &mut signs);
            leftovers(text, &mut signs);
        }
    }
    spellings::find(&texts, &mut signs);
    few_articles(&texts, &mut signs);
    repeated(&texts, &mut signs);
    signs.weigh(words)
}

/// English news writes an article every ten to fifteen words; translations out of languages that have none leave them out.
fn few_articles(texts: &[&str], signs: &mut Signs) {
    // Of 280 sound reports one in a hundred has fewer than one in twenty; lists of results are no prose and are not asked.
    const LEAST_WORDS: usize = 80;
    let (mut all, mut articles) = (0usize, 0usize);
    for text in texts.iter().filter(|t| t.trim_end().ends_with(['.', '”', '"', '?', '!'])) {
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|w| !w.is_empty()) {
            all += 1;
            articles += usize::from(["the", "a", "an"].iter().any(|a| word.eq_ignore_ascii_case(a)));
        }
    }
    if all < LEAST_WORDS {
        return;
    }
    let weight = match articles * 1000 / all {
        0..=29 => 0.7,
        30..=43 => 0.5,
        44..=49 => 0.25,
        _ => return,
    };
    signs.add_for_page("few articles", weight, &format!("{articles} in {all} words"));
}

/// The same sentence again, elsewhere on the page.
fn repeated(texts: &[&str], signs: &mut Signs) {
    let mut met = BTreeSet::new();
    for sentence in texts.iter().flat_map(|t| sentences(t)).filter(|s| s.split_whitespace().count() >= 6) {
        if !met.insert(sentence) {
            signs.add("sentence said twice", 0.12, sentence);
        }
    }
}

/// Kinds of signs, each with its weight, how often it was seen and the first words.
#[derive(Default)]
struct Signs {
    kinds: BTreeMap<&'static str, (f32, usize, String)>,
    /// Signs of the page as a whole, which its length makes no weaker.
    of_page: Vec<(&'static str, f32, String)>,
}

impl Signs {
    fn add(&mut self, kind: &'static str, weight: f32, words: &str) {
        let entry = self.kinds.entry(kind).or_insert_with(|| (weight, 0, words.chars().take(60).collect()));
        entry.0 = entry.0.max(weight);
        entry.1 += 1;
    }

    fn add_for_page(&mut self, kind: &'static str, weight: f32, words: &str) {
        self.of_page.push((kind, weight, words.to_string()));
    }

    /// Independent doubts: what is left is the product of the chances that each sign is an accident. A long page has more accidents.
    fn weigh(self, words: usize) -> Suspicion {
        let room = (words as f32 / 600.0).max(1.0);
        let mut sound = 1.0f32;
        let mut signs = Vec::new();
        for (kind, (weight, n, words)) in self.kinds {
            let times = (n as f32 / room).min(3.0);
            sound *= (1.0 - weight).powf(times.max(0.34));
            signs.push(if n > 1 {
                format!("{kind}: “{words}” and {} more", n - 1)
            } else {
                format!("{kind}: “{words}”")
            });
        }
        for (kind, weight, words) in self.of_page {
            sound *= 1.0 - weight;
            signs.push(format!("{kind}: {words}"));
        }
        Suspicion { score: ((1.0 - sound) * 100.0).round() / 100.0, signs }
    }
}

/// Sentences as a reader sees them; abbreviations do not end one.
fn sentences(text: &str) -> Vec<&str> {
    const SHORT: [&str; 34] = [
        "mr", "mrs", "ms", "dr", "gen", "col", "lt", "sgt", "capt", "maj", "adm", "sen", "rep", "gov", "st", "no", "vs", "inc",
        "co", "corp", "ltd", "jr", "sr", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "prof", "rev", "etc", "al",
    ];
    let mut out = Vec::new();
    let mut start = 0;
    for (i, _) in text.match_indices(". ") {
        let last = text[start..i].rsplit(|c: char| c.is_whitespace()).next().unwrap_or("");
        let bare = last.trim_matches(|c: char| !c.is_alphanumeric());
        let initials = bare.contains('.') || bare.chars().count() <= 1;
        if initials || SHORT.contains(&bare.to_lowercase().as_str()) || text[..i].ends_with('.') {
            continue;
        }
        out.push(text[start..=i].trim());
        start = i + 2;
    }
    out.push(text[start..].trim());
    out
}

/// `… demands. rice field. “That’s …`, `… security. Is threatening.`
fn fragments(text: &str, signs: &mut Signs) {
    for (i, sentence) in sentences(text).into_iter().enumerate() {
        let n = sentence.split_whitespace().count();
        let Some(first) = sentence.split_whitespace().next() else { continue };
        // A list of ingredients has many; a page of prose has one or two.
        if i > 0 && n <= 4 && sentence.ends_with('.') && first.chars().all(|c| c.is_lowercase() || c == '-') && first.len() > 1 {
            signs.add("stray fragment", 0.4, sentence);
        }
        let verb = matches!(first, "Is" | "Are" | "Was" | "Were" | "Has" | "Have" | "Will" | "Does" | "Did");
        if i > 0 && verb && n <= 7 && sentence.ends_with('.') {
            signs.add("sentence without a subject", 0.4, sentence);
        }
        // "Said that …": one verb of speaking or being, and no name or pronoun behind it.
        let second = sentence.split_whitespace().nth(1).unwrap_or("");
        let spoke = matches!(first, "Said" | "Added" | "Noted" | "Stressed" | "Emphasized" | "Told" | "Announced" | "Recalled");
        if i > 0 && spoke && matches!(second, "that" | "about" | "to" | "in" | "on" | "also") {
            signs.add("sentence without a subject", 0.3, sentence);
        }
        // A clause that belongs to the sentence before it.
        let clause = matches!(first, "Who" | "Whom" | "Whose" | "Which");
        if i > 0 && clause && sentence.ends_with('.') && !matches!(second, "is" | "brings" | "means" | "leaves") {
            signs.add("clause on its own", 0.3, sentence);
        }
    }
}

/// Quotation marks and other marks where English does not set them.
fn marks(text: &str, next: Option<&str>, signs: &mut Signs) {
    let around = |i: usize| {
        let mut from = i.saturating_sub(20);
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        text[from..].chars().take(40).collect::<String>()
    };
    for pattern in ["” ,", "\" ,", "“ ,", ". ” ,", " ” "] {
        if let Some(i) = text.find(pattern) {
            signs.add("quotation mark out of place", 0.3, &around(i));
            break;
        }
    }
    if let Some(i) = text.find(['„', '«', '»', '「', '」', '《', '》', '‟']) {
        signs.add("quotation marks of another language", 0.45, &around(i));
    }
    if let Some(i) = text.find(['，', '。', '（', '）', '：', '、']) {
        signs.add("marks of another script", 0.4, &around(i));
    }
    let foreign = text
        .chars()
        .filter(|c| matches!(*c as u32, 0x400..=0x4ff | 0x600..=0x6ff | 0x3040..=0x30ff | 0x4e00..=0x9fff | 0xac00..=0xd7af))
        .count();
    if foreign >= 2 {
        let i = text.char_indices().find(|(_, c)| *c as u32 >= 0x400 && c.is_alphabetic()).map_or(0, |(i, _)| i);
        signs.add("letters of another script", 0.4, &around(i));
    }
    // A quotation may go on in the next paragraph, which then opens with a mark of its own.
    let (open, close) = (text.matches('“').count(), text.matches('”').count());
    let goes_on = next.is_some_and(|n| n.starts_with(['“', '"']));
    if open > close && !goes_on && open > 0 {
        signs.add("quotation that never ends", 0.15, &around(text.rfind('“').unwrap_or(0)));
    }
    for pattern in [" , ", " . ", " ; "] {
        if let Some(i) = text.find(pattern) {
            signs.add("space before a mark", 0.12, &around(i));
            break;
        }
    }
}

/// The same word twice in a row.
fn doubled(text: &str, signs: &mut Signs) {
    let words: Vec<&str> = text.split_whitespace().collect();
    for w in words.windows(2) {
        let small = w[0].chars().all(|c| c.is_lowercase()) && w[0].len() > 1;
        if small && w[0] == w[1] && !matches!(w[0], "had" | "that" | "very" | "blah" | "no" | "so" | "is" | "in" | "bye" | "ha") {
            signs.add("word said twice", 0.15, &w.join(" "));
        }
    }
}

/// `a agreement`, `an deal`.
fn articles(text: &str, signs: &mut Signs) {
    let words: Vec<&str> = text.split_whitespace().collect();
    for w in words.windows(2) {
        let Some(c) = w[1].chars().next().filter(|c| c.is_ascii_lowercase()) else { continue };
        let vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
        let sounds_else = [
            "uni", "use", "usu", "eu", "one", "once", "ura", "uk", "ut", "ub", "hour", "honest", "honor", "honour", "heir",
            "herb", "hist", "hotel", "x-", "f-", "mm", "s-", "ho",
        ];
        let odd = (w[0] == "a" && vowel) || (w[0] == "an" && !vowel);
        if odd && w[1].len() > 3 && !sounds_else.iter().any(|s| w[1].starts_with(s)) {
            signs.add("odd article", 0.12, &w.join(" "));
        }
    }
}

fn phrases(text: &str, signs: &mut Signs) {
    let words = crate::lexicon::words(text);
    for (i, word) in words.iter().enumerate() {
        for phrase in KNOWN.by_first.get(word).into_iter().flatten() {
            // "At Monday's talks" is sound.
            let possessive = words.get(i + phrase.words.len()).is_some_and(|w| w == "s");
            if !possessive && words[i..].starts_with(&phrase.words) {
                signs.add(phrase.sign, phrase.weight, &phrase.words.join(" "));
            }
        }
    }
    let Some((sign, bare)) = &KNOWN.bare else { return };
    // The noun must end its phrase: "at border crossings" wants no article.
    let words: Vec<&str> = text.split_whitespace().collect();
    for (i, pair) in words.windows(2).enumerate() {
        let noun = pair[1].trim_end_matches([',', '.', ';', ':']);
        let ends = noun.len() < pair[1].len()
            || words.get(i + 2).is_some_and(|w| {
                matches!(*w, "that" | "and" | "in" | "with" | "on" | "of" | "by" | "for" | "was" | "is" | "said")
            });
        if ends && bare.after.contains(pair[0]) && bare.nouns.contains(noun) {
            signs.add(sign, bare.weight, &pair.join(" "));
        }
    }
}

fn leftovers(text: &str, signs: &mut Signs) {
    let Some((sign, leftovers)) = &KNOWN.leftovers else { return };
    for mark in &leftovers.marks {
        if text.contains(mark.as_str()) {
            signs.add(sign, leftovers.weight, mark);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_at(text: &str) -> Suspicion {
        let body: Source<Body> = Source::new(text);
        let mut spans = Vec::new();
        let mut at = 0;
        for p in text.split("\n\n") {
            spans.extend(body.span(at, at + p.len()));
            at += p.len() + 2;
        }
        look(&body, &spans)
    }

    #[test]
    fn each_phrase_group_sees_its_example() {
        let sheet = super::sheet::load(include_str!("../../lexicon/translationese.toml")).unwrap();
        let groups = sheet.group.iter().map(|entry| (&entry.sign, &entry.example));
        let groups = groups.chain(sheet.pair.iter().map(|pair| (&pair.sign, &pair.example)));
        for (sign, example) in
            groups.chain([(&sheet.bare.sign, &sheet.bare.example), (&sheet.leftovers.sign, &sheet.leftovers.example)])
        {
            let seen = look_at(example);
            assert!(seen.signs.iter().any(|s| s.starts_with(sign)), "{example}: {seen:?}");
        }
    }

    #[test]
    fn signs_add_up() {
        let page = "The spokesman said the talks did not succeed on his main points. rice field. He left the room soon after.\n\n\
            Mr Peskov spoke first, and later Mr Peskoff said that the next round was still open, the agency wrote.";
        let seen = look_at(page);
        assert_eq!(seen.signs.len(), 2, "{seen:?}");
        assert!(seen.score >= 0.5, "{seen:?}");
    }

    #[test]
    fn sound_pages_are_left_alone() {
        let page = "U.S. Secretary of State Ann Example met Mr. Lavrov in Geneva on Friday. An hour later both spoke to reporters. “We heard each other,” she said.\n\n\
            “It was a start,” he said. “More must follow.\n\n“We will see.” The Russian side and the Russians in the hall agreed, i.e. they said nothing. p.m. talks go on.";
        let seen = look_at(page);
        assert!(seen.score < 0.3, "{seen:?}");
    }

    #[test]
    fn an_unclosed_quotation_alone_is_no_proof() {
        assert!(look_at("He said on Monday that “the talks would go on in any case and that nobody wanted a war.").score < 0.3);
    }
}
