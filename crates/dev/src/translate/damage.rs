//! What a translation does to English news, as rules on words. Each change happens by chance, and the chance follows from a
//! number, so that a page is damaged in the same way each time.

/// A kind of damage.
pub struct Rule {
    pub name: &'static str,
    change: fn(&str, &mut Chance) -> String,
}

/// All kinds.
pub const RULES: &[Rule] = &[
    Rule { name: "articles left out", change: articles },
    Rule { name: "other prepositions", change: prepositions },
    Rule { name: "calques", change: calques },
    Rule { name: "names spelled in two ways", change: names },
    Rule { name: "quotation marks of another language", change: quotation_marks },
    Rule { name: "sentences torn in two", change: torn },
    Rule { name: "subjects left out", change: subjects },
    Rule { name: "words left untranslated", change: untranslated },
    Rule { name: "leftovers of a template", change: leftovers },
    Rule { name: "verbs in the wrong form", change: verbs },
];

/// Yes or no, by a number.
pub struct Chance {
    state: u64,
    of: f32,
}

impl Chance {
    fn new(of: f32, number: u64) -> Chance {
        Chance { state: number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d, of }
    }

    fn roll(&mut self) -> f32 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 40) as f32 / (1u32 << 24) as f32
    }

    fn yes(&mut self) -> bool {
        self.roll() < self.of
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[((self.roll() * list.len() as f32) as usize).min(list.len() - 1)]
    }
}

/// The text with one kind of damage; `None` where the rule finds nothing to change.
pub fn one(text: &str, rule: &Rule, chance: f32, number: u64) -> Option<String> {
    let damaged = (rule.change)(text, &mut Chance::new(chance, number));
    (damaged != text).then_some(damaged)
}

/// The text with every kind, each place with the same chance.
pub fn all(text: &str, chance: f32, number: u64) -> Option<String> {
    let mut damaged = text.to_string();
    for (n, rule) in RULES.iter().enumerate() {
        damaged = (rule.change)(&damaged, &mut Chance::new(chance, number * 31 + n as u64));
    }
    (damaged != text).then_some(damaged)
}

/// Goes through the words, white space kept: `change` gives a word's new form, nothing to leave it out, or `None` to keep it.
fn words(text: &str, mut change: impl FnMut(&str, &str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = String::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let space = &piece[word.len()..];
        match change(word, &before) {
            Some(new) if new.is_empty() => {
                // A paragraph's end stays.
                if space.contains('\n') {
                    out.push_str(space);
                }
            }
            Some(new) => {
                out.push_str(&new);
                out.push_str(space);
            }
            None => out.push_str(piece),
        }
        before = word.to_string();
    }
    out
}

fn articles(text: &str, chance: &mut Chance) -> String {
    words(text, |word, _| (matches!(word, "the" | "a" | "an" | "The" | "A" | "An") && chance.yes()).then(String::new))
}

fn prepositions(text: &str, chance: &mut Chance) -> String {
    const OTHERS: [(&str, &[&str]); 8] = [
        ("in", &["on", "at"]),
        ("on", &["in", "at"]),
        ("at", &["on", "in"]),
        ("of", &["from"]),
        ("to", &["in", "for"]),
        ("for", &["on"]),
        ("with", &["from"]),
        ("by", &["from"]),
    ];
    words(text, |word, _| {
        let (_, others) = OTHERS.iter().find(|(w, _)| *w == word)?;
        chance.yes().then(|| chance.pick(others).to_string())
    })
}

fn calques(text: &str, chance: &mut Chance) -> String {
    const CALQUES: [(&str, &str); 14] = [
        ("told reporters", "told to journalists"),
        ("according to", "according to the words of"),
        ("said that", "declared about that"),
        ("discussed", "discussed about"),
        ("because of", "in connection with"),
        ("despite", "despite of"),
        ("last week", "on the last week"),
        ("both sides", "the both sides"),
        ("in the country", "on the territory of the country"),
        ("announced", "made a statement that"),
        ("soon", "in the nearest time"),
        ("now", "at the given moment"),
        ("decided", "took a decision"),
        ("visited", "arrived with a visit to"),
    ];
    let mut out = text.to_string();
    for (plain, calque) in CALQUES {
        let mut made = String::with_capacity(out.len());
        let mut rest = out.as_str();
        while let Some(at) = rest.find(plain) {
            let end = at + plain.len();
            let whole = !rest[..at].ends_with(char::is_alphanumeric) && !rest[end..].starts_with(char::is_alphanumeric);
            made.push_str(&rest[..at]);
            made.push_str(if whole && chance.yes() { calque } else { plain });
            rest = &rest[end..];
        }
        made.push_str(rest);
        out = made;
    }
    out
}

/// Names of some length get a second spelling, as from two transliterations.
fn names(text: &str, chance: &mut Chance) -> String {
    words(text, |word, before| {
        let bare = word.trim_matches(|c: char| !c.is_alphabetic());
        let name = bare.len() >= 6 && bare.starts_with(char::is_uppercase) && bare.chars().skip(1).all(char::is_lowercase);
        if !name || before.is_empty() || before.ends_with(['.', '”', '"']) || !chance.yes() {
            return None;
        }
        let other = [
            ("ov", "off"),
            ("ev", "eff"),
            ("sky", "skiy"),
            ("ski", "sky"),
            ("kh", "h"),
            ("sh", "sch"),
            ("ts", "tz"),
            ("y", "iy"),
            ("w", "v"),
            ("ph", "f"),
        ];
        let (from, to) = other.iter().find(|(from, _)| bare.contains(from))?;
        Some(word.replace(bare, &bare.replacen(from, to, 1)))
    })
}

fn quotation_marks(text: &str, chance: &mut Chance) -> String {
    let (open, close) =
        *[("«", "»"), ("„", "“"), ("« ", " »"), ("「", "」")].get((chance.roll() * 4.0) as usize).unwrap_or(&("«", "»"));
    let mut inside = false;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '“' | '”' | '"' if chance.yes() => {
                inside = c == '“' || (c == '"' && !inside);
                out.push_str(if inside { open } else { close });
            }
            '"' => {
                inside = !inside;
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

fn torn(text: &str, chance: &mut Chance) -> String {
    let mut out = text.to_string();
    for (mark, torn) in [(", who ", ". Who "), (", which ", ". Which "), (", and ", ". And also "), (", but ", ". however. ")] {
        let parts: Vec<&str> = out.split(mark).collect();
        let mut made = String::with_capacity(out.len());
        for (n, part) in parts.iter().enumerate() {
            if n > 0 {
                made.push_str(if chance.yes() { torn } else { mark });
            }
            made.push_str(part);
        }
        out = made;
    }
    out
}

fn subjects(text: &str, chance: &mut Chance) -> String {
    let mut capital = false;
    words(text, |word, before| {
        let first = before.is_empty() || before.ends_with(['.', '!', '?']);
        if first && matches!(word, "He" | "She" | "They" | "It" | "There") && chance.yes() {
            capital = true;
            return Some(String::new());
        }
        if std::mem::take(&mut capital) {
            let mut letters = word.chars();
            return letters.next().map(|c| c.to_uppercase().collect::<String>() + letters.as_str());
        }
        None
    })
}

fn untranslated(text: &str, chance: &mut Chance) -> String {
    const REMAINS: [&str; 6] = ["млн", "г.", "обл.", "会谈", "أن", "переговоры"];
    // One word in forty or so is a long number or a rare name; those are what is left over.
    words(text, |word, _| {
        let rare = word.chars().any(|c| c.is_ascii_digit()) || word.len() > 12;
        (rare && chance.yes()).then(|| format!("{} {word}", chance.pick(&REMAINS)))
    })
}

fn leftovers(text: &str, chance: &mut Chance) -> String {
    const LEFT: [&str; 6] = ["{{name}}", "[[1]]", "%s", "&nbsp;", "<br>", "\\n"];
    words(text, |word, _| (word.ends_with('.') && chance.yes()).then(|| format!("{word} {}", chance.pick(&LEFT))))
}

fn verbs(text: &str, chance: &mut Chance) -> String {
    const FORMS: [(&str, &str); 8] = [
        ("has been", "was being"),
        ("have been", "were being"),
        ("had been", "was been"),
        ("would be", "will was"),
        ("to be", "to been"),
        ("did not", "not did"),
        ("does not", "not does"),
        ("is not", "not is"),
    ];
    let mut out = text.to_string();
    for (sound, odd) in FORMS {
        let parts: Vec<&str> = out.split(sound).collect();
        let mut made = String::with_capacity(out.len());
        for (n, part) in parts.iter().enumerate() {
            if n > 0 {
                made.push_str(if chance.yes() { odd } else { sound });
            }
            made.push_str(part);
        }
        out = made;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_gives_one_damage() {
        let text = "The minister said that the talks in Minsk, which began on Monday, would go on. He left.";
        assert_eq!(all(text, 0.5, 3), all(text, 0.5, 3));
        assert!(RULES.iter().filter(|r| one(text, r, 1.0, 1).is_some()).count() >= 5);
    }
}
