//! `dev generate` and `dev ask`: a ledger of any size, written through the store, and how long questions to it take.
//!
//! The pages are made up of words in a skewed distribution, with five events each and, for one page in five, the sentences of
//! an earlier page: what matters is how much there is, not what it says. The same numbers give the same file.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use ledger::store::{Entry, Facts, Filter, Store};
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
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }

    /// Small numbers often, large ones seldom.
    fn skewed(&mut self, sides: usize) -> usize {
        let first = self.roll(sides) + 1;
        self.roll(first)
    }
}

const CODES: [&str; 24] = [
    "RUS", "USA", "UKR", "CHN", "FRA", "DEU", "GBR", "POL", "TUR", "IRN", "ISR", "PSE", "SYR", "IND", "PAK", "JPN", "KOR", "PRK",
    "BLR", "EST", "LVA", "LTU", "FIN", "SWE",
];
const CITIES: [&str; 12] =
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

#[derive(Debug, clap::Args)]
pub struct Asked {
    /// The ledger
    #[arg(long, default_value = "generated.db")]
    ledger: PathBuf,
    /// How often each question is asked, each time about something else
    #[arg(long, default_value_t = 40)]
    rounds: usize,
}

/// Asks and measures: half and 95 of 100 answers came within so many milliseconds; opening the file is part of each.
pub fn ask(options: &Asked) -> Result<std::process::ExitCode> {
    println!("| question | median ms | 95 % ms | most records |\n| --- | --- | --- | --- |");
    type Question = (&'static str, fn(&mut Dice) -> Filter);
    let events: [Question; 10] = [
        ("events --actor CODE --limit 50", |d| Filter { actor: vec![some_code(d)], limit: Some(50), ..Filter::default() }),
        ("events --actor CODE --since 7 days", |d| week(Filter { actor: vec![some_code(d)], ..Filter::default() }, d)),
        ("events --actor NAME", |d| Filter { actor: vec![format!("Ana{}", d.roll(100) * 4)], ..Filter::default() }),
        ("events --dyad CODE CODE --since 7 days", |d| {
            week(Filter { dyad: Some((some_code(d), some_code(d))), ..Filter::default() }, d)
        }),
        ("events --dyad CODE CODE --limit 50", |d| Filter {
            dyad: Some((some_code(d), some_code(d))),
            limit: Some(50),
            ..Filter::default()
        }),
        ("events --event X --limit 50", |d| Filter {
            event: vec![Category::all().nth(d.roll(16)).map_or("CONSULT", Category::as_str).to_string()],
            limit: Some(50),
            ..Filter::default()
        }),
        ("events --place CITY --modality denied --limit 50", |d| Filter {
            place: Some(CITIES[d.roll(12)].to_string()),
            modality: vec![Modality::Denied],
            limit: Some(50),
            ..Filter::default()
        }),
        ("events --origins 2 --since 7 days", |d| week(Filter { origins: Some(2), ..Filter::default() }, d)),
        ("events --said-by NAME", |d| Filter { said_by: Some(format!("Boris{}", d.roll(100) * 4 + 1)), ..Filter::default() }),
        ("meetings --since 7 days", |d| week(Filter { event: vec!["CONSULT".into()], ..Filter::default() }, d)),
    ];
    for (name, filter) in events {
        measure(options, name, |store, dice| {
            let mut count = 0;
            store.events(&filter(dice), |_, _, _, _| {
                count += 1;
                anyhow::Ok(())
            })?;
            Ok(count)
        })?;
    }
    measure(options, "statements --said-by CODE --limit 50", |store, dice| {
        let mut count = 0;
        let filter = Filter { said_by: Some(some_code(dice)), limit: Some(50), ..Filter::default() };
        store.statements(&filter, |_, _, _| {
            count += 1;
            anyhow::Ok(())
        })?;
        Ok(count)
    })?;
    measure(options, "brief --since 7 days (its pages)", |store, dice| {
        let mut count = 0;
        store.pages(&week(Filter::default(), dice), |_, corrected| {
            count += corrected.events.len();
            anyhow::Ok(())
        })?;
        Ok(count)
    })?;
    measure(options, "search two words", |store, dice| {
        let words = format!("word{} word{}", dice.skewed(20_000), dice.skewed(2_000));
        Ok(store.search(&words, &Filter::default())?.len())
    })?;
    measure(options, "explain ID, show PAGE", |store, dice| {
        let id = format!("{:016x}", (dice.roll(1000) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        Ok(store.page(&id)?.map_or(0, |(_, corrected)| corrected.events.len()))
    })?;
    Ok(std::process::ExitCode::SUCCESS)
}

fn some_code(dice: &mut Dice) -> String {
    CODES[dice.skewed(CODES.len())].to_string()
}

fn week(filter: Filter, dice: &mut Dice) -> Filter {
    let since = date(2020, 1, 1).saturating_add((dice.roll(1390) as i64).days());
    Filter { since: Some(since), until: Some(since.saturating_add(7.days())), ..filter }
}

fn measure(options: &Asked, name: &str, mut question: impl FnMut(&Store, &mut Dice) -> Result<usize>) -> Result<()> {
    let mut dice = Dice(11);
    let mut times: Vec<Duration> = Vec::new();
    let mut most = 0;
    for _ in 0..options.rounds {
        let began = Instant::now();
        let store = Store::open(&options.ledger)?;
        most = most.max(question(&store, &mut dice)?);
        times.push(began.elapsed());
    }
    times.sort_unstable();
    let at = |share: f64| {
        let n = ((times.len() as f64 * share).ceil() as usize).saturating_sub(1);
        times.get(n).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    };
    println!("| {name} | {:.1} | {:.1} | {most} |", at(0.5), at(0.95));
    Ok(())
}
