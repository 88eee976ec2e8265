//! `dev generate`: a ledger of any size, written through the store, for `dev ask`.
//!
//! The pages are made up of words in a skewed distribution, with five events each and, for one page in five, the sentences of
//! an earlier page: what matters is how much there is, not what it says. The same numbers give the same file.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use ledger::store::{Entry, Facts, Judgement, Store};
use ledger::{Category, DateBasis, Entity, Event, Evidence, Form, Location, Modality, Part, Quoted, Size, Stance, Statement};
use text::{Body, Source, Span, hash128};

/// Events on one page; a fifth as many statements.
const EVENTS: usize = 5;
/// Words on one page.
const WORDS: usize = 450;
const BATCH: usize = 500;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// How many events
    #[arg(long, default_value_t = 10_000)]
    events: usize,
    /// The file to write
    #[arg(long, default_value = "generated.db")]
    ledger: PathBuf,
}

/// A small fixed sequence of numbers.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }

    /// Small numbers often, large ones seldom.
    pub fn skewed(&mut self, sides: usize) -> usize {
        let first = self.roll(sides) + 1;
        self.roll(first)
    }
}

pub const CODES: [&str; 24] = [
    "RUS", "USA", "UKR", "CHN", "FRA", "DEU", "GBR", "POL", "TUR", "IRN", "ISR", "PSE", "SYR", "IND", "PAK", "JPN", "KOR", "PRK",
    "BLR", "EST", "LVA", "LTU", "FIN", "SWE",
];
pub const CITIES: [&str; 12] =
    ["Geneva", "Brussels", "Vienna", "Moscow", "Kyiv", "Washington", "Paris", "Berlin", "Minsk", "Ankara", "Doha", "Beijing"];

/// Writes the ledger.
pub fn run(options: &Options) -> Result<std::process::ExitCode> {
    let pages = options.events.div_ceil(EVENTS);
    let mut store = Store::write(&options.ledger)?;
    let began = Instant::now();
    let now = date(2024, 1, 1).at(0, 0, 0, 0);
    for from in (0..pages).step_by(BATCH) {
        let entries: Vec<Entry> = (from..pages.min(from + BATCH)).map(page).collect();
        store.add(&entries, now)?;
        judge(&mut store, &entries)?;
        if from % (BATCH * 20) == 0 {
            eprintln!("{from} of {pages} pages, {:.0} s", began.elapsed().as_secs_f64());
        }
    }
    store.finish()?;
    let bytes = std::fs::metadata(&options.ledger)?.len();
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{pages} pages, {} events: {bytes} bytes, {seconds:.1} s, {:.0} bytes a page",
        pages * EVENTS,
        bytes as f64 / pages as f64
    );
    Ok(std::process::ExitCode::SUCCESS)
}

/// Notes every page as a source of its own: comparing made-up words would tell nothing, but the rows are there.
fn judge(store: &mut Store, entries: &[Entry]) -> Result<()> {
    let mut sorted: Vec<&Facts> = entries.iter().map(|entry| &entry.facts).collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    let mut settling = store.settling()?;
    for (key, facts) in settling.waiting(entries.len())?.into_iter().zip(sorted) {
        let judged = serde_json::json!({
            "page": facts.id, "path": facts.path, "url": null, "publisher": facts.publisher, "family": null, "country": null,
            "control": null, "published": facts.published.map(|day| day.to_string()), "agencies": [], "cited": [],
            "cluster": facts.id, "role": "Single", "copy_of": null, "overlap": null, "why": [], "origin": facts.id,
            "verdict": {"word": "good", "reasons": []}, "records": EVENTS, "why_none": null, "cleaner": null, "repairs": [],
            "outlet": facts.publisher, "voices": [], "quotations": [],
        });
        let judgement = Judgement {
            cluster: facts.id.clone(),
            origin: facts.id.clone(),
            role: "single".to_string(),
            copy_of: None,
            overlap: None,
            verdict: "good".to_string(),
            judged: judged.to_string(),
        };
        settling.judge(key, &judgement)?;
        settling.settle(key)?;
    }
    Ok(settling.finish()?)
}

fn party(dice: &mut Dice) -> (String, String, &'static str) {
    let code = CODES[dice.skewed(CODES.len())];
    if dice.roll(2) == 0 {
        return (code.to_string(), format!("{}land", code.to_lowercase()), code);
    }
    let n = dice.skewed(400);
    (format!("person:{code}-{n}"), format!("Minister {}{}", ["Ana", "Boris", "Chen", "Dana"][n % 4], n), code)
}

/// Page number `n`.
fn page(n: usize) -> Entry {
    // One page in five repeats an earlier one.
    let seed = if n % 5 == 4 { (n / 7) * 5 } else { n };
    let mut dice = Dice(seed as u64 * 2 + 1);
    let id = format!("{:016x}", (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let published: Date = date(2020, 1, 1).saturating_add((dice.roll(1400) as i64).days());
    let mut text = String::with_capacity(WORDS * 7);
    let mut places = Vec::new();
    for sentence in 0..WORDS / 18 {
        if sentence % 5 == 0 && places.len() < EVENTS {
            let (actor, recipient) = (party(&mut dice), party(&mut dice));
            let start = text.len();
            text += &format!(
                "{} met {} of the other side in {} for word{} ",
                actor.1,
                recipient.1,
                CITIES[dice.skewed(12)],
                dice.skewed(20_000)
            );
            text += &format!("and word{} and word{}.", dice.skewed(20_000), dice.skewed(20_000));
            places.push((start, text.len(), actor, recipient));
        } else {
            for word in 0..18 {
                text += &format!("{}word{}", if word == 0 { "" } else { " " }, dice.skewed(20_000));
            }
            text.push('.');
        }
        text.push(if sentence % 4 == 3 { '\n' } else { ' ' });
    }
    let source: Source<Body> = Source::new(text.as_str());
    let quoted = |start: usize, end: usize| Quoted::new(&source, source.span(start, end).unwrap_or(Span::new(0, 0)));
    let evidence = |words: Quoted| Evidence {
        page: id.clone(),
        part: Part::Text,
        quoted: words,
        parts: Vec::new(),
        finder: "events",
        revision: "1+1".to_string(),
    };
    let mut events = Vec::new();
    let mut statements = Vec::new();
    for (number, (start, end, actor, recipient)) in places.into_iter().enumerate() {
        let entity = |(id, name, code): &(String, String, &str), from: usize| Entity {
            text: name.clone(),
            span: Span::new(from as u32, (from + name.len()) as u32),
            code: Some((*code).to_string()),
            sector: vec!["GOV".to_string()],
            id: id.clone(),
            name: name.clone(),
            office: None,
            collective: false,
        };
        let verb = start + actor.1.len() + 1;
        let (actor, recipient) = (entity(&actor, start), entity(&recipient, verb + 4));
        let trigger = quoted(verb, verb + 3);
        let categories: Vec<Category> = Category::all().collect();
        let category = categories[dice.skewed(categories.len())];
        let city = CITIES.iter().find_map(|city| text.get(start..end)?.find(city).map(|at| (*city, start + at)));
        let said_by = (number == 0).then(|| hash128(&[id.as_bytes(), b"said"]).to_string());
        if let Some(id) = &said_by {
            statements.push(Statement {
                id: id.clone(),
                speaker: Some(quoted(start, start + actor.text.len())),
                actors: vec![actor.clone()],
                cue: Some(trigger.clone()),
                content: quoted(verb + 4, end),
                parts: Vec::new(),
                form: Form::Indirect,
                stance: Stance::Says,
                channel: None,
                addressee: None,
                occasion: None,
                date: Some(published),
                within: None,
                why: vec!["made up".to_string()],
                evidence: evidence(quoted(start, end)),
            });
        }
        events.push(Event {
            id: hash128(&[id.as_bytes(), &[number as u8]]).to_string(),
            category: vec![category],
            mode: Vec::new(),
            context: Vec::new(),
            actor: vec![actor],
            recipient: vec![recipient],
            modality: Modality::ALL[dice.skewed(8).min(7)],
            modality_cue: None,
            proposition: None,
            said_by,
            confidence: 0.5 + dice.roll(50) as f32 / 100.0,
            trigger: vec![trigger.clone()],
            sentence: quoted(start, end),
            date: (dice.roll(4) > 0).then_some(published),
            end_date: None,
            date_basis: DateBasis::Relative,
            when: None,
            place: city.map(|(city, at)| Location {
                text: city.to_string(),
                start: at as u32,
                end: (at + city.len()) as u32,
                resolved: Some(city.to_string()),
                ..Location::default()
            }),
            size: Size::default(),
            why: vec!["“met” tells CONSULT".to_string(), "subject → actor, object → recipient".to_string()],
            evidence: evidence(quoted(start, end)),
        });
    }
    let raw = text.clone().into_bytes();
    Entry {
        facts: Facts {
            id,
            hash: hash128(&[&raw]).to_string(),
            words: hash128(&[&raw]).to_string(),
            path: Some(format!("pages/{:03}/{n:07}.txt", n / 1000)),
            title: Some(format!("Headline word{} word{}", dice.skewed(20_000), dice.skewed(20_000))),
            publisher: Some(format!("Publisher {}", n % 97)),
            language: Some("en".to_string()),
            published: Some(published),
            published_from: Some("given".to_string()),
            revision: "1+1".to_string(),
            ..Facts::default()
        },
        text,
        raw,
        article: serde_json::json!({}),
        statements,
        events,
        digest: Vec::new(),
    }
}
