//! Ways in which a report comes back changed.

/// A small generator of numbers (splitmix64), so that every run makes the same copies.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

/// Paragraphs as lists of sentences.
pub type Text = Vec<Vec<String>>;

pub fn read(text: &str) -> Text {
    let paragraphs = text.split('\n').map(str::trim).filter(|p| !p.is_empty());
    paragraphs
        .map(|p| {
            let mut sentences = vec![String::new()];
            for word in p.split_whitespace() {
                let last = sentences.len() - 1;
                if !sentences[last].is_empty() {
                    sentences[last].push(' ');
                }
                sentences[last].push_str(word);
                let end = word.trim_end_matches(['"', '”', '’', '\'', ')']);
                if end.ends_with(['.', '?', '!']) && end.len() > 4 {
                    sentences.push(String::new());
                }
            }
            sentences.retain(|s| !s.is_empty());
            sentences
        })
        .collect()
}

pub fn write(text: &Text) -> String {
    text.iter().map(|p| p.join(" ")).collect::<Vec<_>>().join("\n\n")
}

/// Words left out, put in, or another in their place: so many of a hundred.
pub fn edit(text: &Text, percent: usize, vocabulary: &[String], dice: &mut Dice) -> Text {
    let mut out = map_words(
        text,
        |word, dice| {
            if !dice.chance(percent) {
                return word.to_string();
            }
            let other = &vocabulary[dice.below(vocabulary.len())];
            match dice.below(3) {
                0 => String::new(),
                1 => format!("{word} {other}"),
                _ => other.clone(),
            }
        },
        dice,
    );
    for paragraph in &mut out {
        paragraph.retain(|_| !dice.chance(8));
    }
    out
}

/// Other words in lower case for so many of a hundred of the longer words in lower case: names and figures stay.
pub fn synonyms(text: &Text, percent: usize, vocabulary: &[String], dice: &mut Dice) -> Text {
    map_words(
        text,
        |word, dice| {
            let plain = word.len() > 4 && word.chars().all(char::is_lowercase);
            if plain && dice.chance(percent) { vocabulary[dice.below(vocabulary.len())].clone() } else { word.to_string() }
        },
        dice,
    )
}

fn map_words(text: &Text, change: impl Fn(&str, &mut Dice) -> String, dice: &mut Dice) -> Text {
    text.iter()
        .map(|p| {
            p.iter()
                .map(|s| s.split(' ').map(|w| change(w, dice)).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
                .collect()
        })
        .collect()
}

/// The first so many of a hundred sentences: how a desk cuts.
pub fn cut(text: &Text, percent: usize) -> Text {
    let mut left = (text.iter().map(Vec::len).sum::<usize>() * percent).div_ceil(100).max(3);
    let mut out = Vec::new();
    for paragraph in text {
        let take = paragraph.len().min(left);
        if take > 0 {
            out.push(paragraph[..take].to_vec());
        }
        left -= take;
    }
    out
}

/// Paragraphs in another order.
pub fn reorder(text: &Text, dice: &mut Dice) -> Text {
    let mut out = text.clone();
    dice.shuffle(&mut out);
    out
}

/// Sentences in another order, in other paragraphs.
pub fn shuffle(text: &Text, dice: &mut Dice) -> Text {
    let mut sentences: Vec<String> = text.iter().flatten().cloned().collect();
    dice.shuffle(&mut sentences);
    sentences.chunks(2).map(<[String]>::to_vec).collect()
}

/// What a site puts round a report: its own lines, and the beginnings of other reports.
pub fn frame(text: &Text, others: &[Text], dice: &mut Dice) -> Text {
    let lines = [
        "Sign up for our daily newsletter and never miss a story.",
        "Share this article on Facebook, Twitter, Reddit and WhatsApp.",
        "We use cookies to improve your experience on our site, read our privacy policy.",
        "Please enter your comment! Please enter your name here.",
        "More like this: the stories our readers liked best this week.",
        "Download our app for breaking news alerts on your phone.",
    ];
    let mut out: Text = lines[..2].iter().map(|l| vec![(*l).to_string()]).collect();
    out.extend(text.iter().cloned());
    out.extend(lines[2..].iter().map(|l| vec![(*l).to_string()]));
    for _ in 0..3 {
        if let Some(first) = others[dice.below(others.len())].first().and_then(|p| p.first()) {
            out.push(vec![first.split(' ').take(14).collect::<Vec<_>>().join(" ") + "..."]);
        }
    }
    out
}
