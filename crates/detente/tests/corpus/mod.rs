//! Texts for property tests and benchmarks, made from sentences written for the project: the same on every run and machine.

use page::{Given, Kind, Page};

/// A small generator of its own, so that texts never change with a library.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// A generator that begins at `seed`.
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end.max(1)
    }

    /// One of `list`.
    pub fn pick(&mut self, list: &[&'static str]) -> &'static str {
        list[self.below(list.len())]
    }
}

const COUNTRIES: [&str; 10] =
    ["Russia", "Ukraine", "the United States", "France", "Turkey", "Iran", "Israel", "Serbia", "India", "Pakistan"];
const SPEAKERS: [&str; 10] = [
    "Foreign Minister Sergei Lavrov",
    "the defense ministry",
    "a senior official",
    "President Emmanuel Macron",
    "NATO Secretary General Jens Stoltenberg",
    "the Kremlin",
    "State Department spokesman Ned Price",
    "Deputy Prime Minister Olha Kovalenko",
    "the United Nations envoy",
    "Tehran",
];
const CITIES: [&str; 8] = ["Geneva", "Kyiv", "Brussels", "Belgrade", "Ankara", "Vienna", "Donetsk", "Karachi"];
const DAYS: [&str; 7] = ["on Monday", "on Wednesday", "last week", "on January 12", "yesterday", "two days ago", "in December"];
const SENTENCES: [&str; 36] = [
    "{S} met the delegation of {A} in {C} {D}.",
    "{A} and {B} held a new round of talks in {C} {D}, but reached no agreement.",
    "“We will not accept an ultimatum from {A},” {s} said {D}.",
    "{S} said that {A} had moved {N} soldiers closer to the border with {B}.",
    "{A} demanded that {B} withdraw its troops from the region.",
    "{B} rejected the demand as unacceptable.",
    "{S} warned that {A} would pay a heavy price if it attacked {B}.",
    "According to {s}, the draft treaty was handed over {D}.",
    "{S} denied that {A} planned to invade {B}.",
    "The European Union imposed sanctions on {N} officials of {A} {D}.",
    "Police arrested {N} protesters outside the embassy of {A} in {C}.",
    "At least {N} people were killed when shells hit a market in {C} {D}.",
    "{S} accused {A} of violating the ceasefire.",
    "{A} offered to host a summit in {C}.",
    "“The talks were difficult, long and very professional,” {s} told reporters after the meeting.",
    "“If {A} crosses this line,” {s} said, “the answer will be swift.”",
    "{A} sent {N} tonnes of food and medicine to {B}.",
    "{S} called on both sides to return to the negotiating table.",
    "Thousands of people marched through {C} against the government.",
    "{A} expelled {N} diplomats of {B} {D}, and {B} promised to answer in kind.",
    "Satellite images showed tents and vehicles near {C}, {s} said.",
    "He added that nothing had been decided yet.",
    "She did not say when the next round would take place.",
    "It was the third meeting between the two sides since the summer.",
    "The two countries signed an agreement on the exchange of prisoners {D}.",
    "{A} withdrew part of its forces from the area around {C}.",
    "A spokesman for {s} declined to comment.",
    "{S} praised the efforts of {A} to end the crisis.",
    "{A} blocked the port of {C} {D}, {s} said in a statement.",
    "The ministry said on Telegram that the exercises near {C} would end {D}.",
    "{S} was reported to have told {A} that {B} could not be trusted.",
    "{B} would consider lifting the embargo if {A} freed the hostages.",
    "The prime minister had earlier threatened to close the airspace to {A}.",
    "Analysts in {C} doubt that the promise will be kept.",
    "“Never,” {s} said. “Not one inch.”",
    "Oil prices rose by {N} percent after the announcement.",
];

fn fill(template: &str, dice: &mut Dice) -> String {
    let speaker = dice.pick(&SPEAKERS);
    let capital = speaker.chars().next().map(|c| c.to_uppercase().to_string() + &speaker[c.len_utf8()..]).unwrap_or_default();
    let first = dice.pick(&COUNTRIES);
    let second = dice.pick(&COUNTRIES);
    let sentence = template
        .replace("{S}", &capital)
        .replace("{s}", speaker)
        .replace("{A}", first)
        .replace("{B}", second)
        .replace("{C}", dice.pick(&CITIES))
        .replace("{D}", dice.pick(&DAYS))
        .replace("{N}", &(2 + dice.below(400)).to_string());
    sentence.chars().next().map(|c| c.to_uppercase().to_string() + &sentence[c.len_utf8()..]).unwrap_or_default()
}

/// One sentence.
#[allow(dead_code)]
pub fn sentence(dice: &mut Dice) -> String {
    let template = dice.pick(&SENTENCES);
    fill(template, dice)
}

/// The text of an article of about 300 words, paragraphs parted by an empty line.
pub fn article(dice: &mut Dice) -> String {
    let mut paragraphs = Vec::new();
    for n in 0..7 + dice.below(4) {
        let sentences: Vec<String> = (0..1 + dice.below(4)).map(|_| sentence(dice)).collect();
        let head = if n == 0 { format!("{} (Wire) — ", dice.pick(&CITIES).to_uppercase()) } else { String::new() };
        paragraphs.push(head + &sentences.join(" "));
    }
    paragraphs.join("\n\n")
}

/// `count` pages of January 2022; the same `seed` gives the same pages.
pub fn pages(seed: u64, count: usize) -> Vec<Page> {
    let mut dice = Dice::new(seed);
    (0..count)
        .map(|n| {
            let published = format!("2022-01-{:02}", 1 + dice.below(31)).parse().ok();
            let given = Given { title: Some(sentence(&mut dice)), published, ..Given::default() };
            let raw = text::Source::new(article(&mut dice));
            Page { id: format!("page-{n}"), path: None, raw, kind: Kind::Text, given, notes: Vec::new() }
        })
        .collect()
}
