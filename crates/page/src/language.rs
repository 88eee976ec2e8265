//! In which language a page is written: by its letters, then by its small words. A whole article is asked, never a sentence.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The ISO 639-1 code, or `None` where there is too little text or no list fits.
pub(crate) fn of(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(20_000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    script(text).or_else(|| small_words(text))
}

/// Languages that have a script to themselves, or nearly.
fn script(text: &str) -> Option<&'static str> {
    let (mut letters, mut counts) = (0u32, [0u32; 12]);
    let mut marks = [0u32; 3];
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        let at = match c as u32 {
            0x400..=0x52f => 0,
            0x600..=0x6ff | 0x750..=0x77f => 1,
            0x3040..=0x30ff => 2,
            0x4e00..=0x9fff | 0x3400..=0x4dbf => 3,
            0xac00..=0xd7af | 0x1100..=0x11ff => 4,
            0x370..=0x3ff | 0x1f00..=0x1fff => 5,
            0x590..=0x5ff => 6,
            0xe00..=0xe7f => 7,
            0x900..=0x97f => 8,
            0x980..=0x9ff => 9,
            0x10a0..=0x10ff => 10,
            0x530..=0x58f => 11,
            _ => continue,
        };
        counts[at] += 1;
        match c {
            'і' | 'ї' | 'є' | 'ґ' => marks[0] += 1,
            'ы' | 'э' | 'ё' => marks[1] += 1,
            'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' => marks[2] += 1,
            _ => {}
        }
    }
    // Kana, however few, tell Japanese from Chinese.
    if counts[2] * 10 > letters && letters > 10 {
        return Some("ja");
    }
    let (at, most) = counts.iter().enumerate().max_by_key(|(i, n)| (**n, usize::MAX - i))?;
    if letters < 10 || most * 2 < letters {
        return None;
    }
    Some(match at {
        0 if marks[0] > marks[1] => "uk",
        0 if marks[1] > 0 => "ru",
        0 => "bg",
        1 if marks[2] * 20 > *most => "fa",
        1 => "ar",
        2 => "ja",
        3 => "zh",
        4 => "ko",
        5 => "el",
        6 => "he",
        7 => "th",
        8 => "hi",
        9 => "bn",
        10 => "ka",
        _ => "hy",
    })
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::load(include_str!("../lexicon/languages.toml")).unwrap_or_default());

#[derive(Default)]
struct Words {
    codes: Vec<&'static str>,
    /// Which languages a word speaks for.
    by_word: HashMap<String, Vec<u8>>,
}

impl Words {
    fn load(sheet: &str) -> Result<Words, String> {
        let sheet: std::collections::BTreeMap<String, String> =
            toml::from_str(sheet).map_err(|e| format!("languages.toml: {e}"))?;
        let mut all = Words::default();
        for (code, words) in sheet {
            let at = all.codes.len() as u8;
            for word in words.split_whitespace() {
                all.by_word.entry(word.to_string()).or_default().push(at);
            }
            all.codes.push(Box::leak(code.into_boxed_str()));
        }
        Ok(all)
    }
}

fn small_words(text: &str) -> Option<&'static str> {
    let mut scores = vec![0.0f64; WORDS.codes.len()];
    let (mut words, mut lower) = (0u32, String::new());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(3000) {
        words += 1;
        if word.len() > 12 {
            continue;
        }
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        // A word that many languages share speaks less loudly for each.
        if let Some(languages) = WORDS.by_word.get(&lower) {
            for &at in languages {
                scores[at as usize] += 1.0 / languages.len() as f64;
            }
        }
    }
    if words < 5 {
        return None;
    }
    let (at, best) = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))?;
    let second = scores.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, s)| *s).fold(0.0, f64::max);
    let share = best / f64::from(words);
    // A word or two that another language has as well ("met", "in", "die") say nothing about a single sentence.
    let enough = *best >= 2.5 || WORDS.codes[at] == "en";
    (enough && share > 0.07 && (*best > second * 1.15 || share > 0.2)).then(|| WORDS.codes[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_sentence_is_not_called_foreign_for_a_word_or_two() {
        for text in ["Putin met Erdogan in May.", "Moscow die Hard fans met.", "Iran en route to deal."] {
            assert!(of(text).is_none_or(|l| l == "en"), "{text}: {:?}", of(text));
        }
    }

    #[test]
    fn languages_are_told_apart() {
        for (code, text) in [
            ("en", "The foreign minister said that the talks with the United States had failed to address its main demands."),
            (
                "fr",
                "Le ministre des Affaires étrangères a déclaré que les discussions avec les États-Unis ne sont pas terminées.",
            ),
            (
                "de",
                "Der Außenminister sagte, die Gespräche mit den Vereinigten Staaten seien nicht gescheitert und werden fortgesetzt.",
            ),
            (
                "es",
                "El ministro de Exteriores dijo que las conversaciones con los Estados Unidos no han terminado y que seguirán.",
            ),
            (
                "pt",
                "O ministro disse que as conversas com os Estados Unidos não foram encerradas e que a Rússia também espera uma resposta.",
            ),
            (
                "it",
                "Il ministro degli Esteri ha detto che i colloqui con gli Stati Uniti non sono finiti e che la Russia attende una risposta.",
            ),
            ("ru", "Министр иностранных дел заявил, что переговоры с США не привели к результату, и это было ожидаемо."),
            ("uk", "Міністр закордонних справ заявив, що переговори зі США не дали результату."),
            ("zh", "外交部长表示与美国的会谈没有取得结果"),
            ("ja", "外務大臣はアメリカとの協議が成果なく終わったと述べた"),
        ] {
            assert_eq!(of(text), Some(code), "{text}");
        }
        assert_eq!(of("Kyiv"), None);
    }

    #[test]
    fn the_sheet_loads() {
        assert!(Words::load(include_str!("../lexicon/languages.toml")).unwrap().codes.len() > 20);
    }
}
