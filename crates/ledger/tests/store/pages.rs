//! Small pages with records, made from one line each.

use std::path::PathBuf;

use jiff::civil::{Date, DateTime, date};
use ledger::store::{Entry, Facts, Store};
use ledger::{Category, DateBasis, Entity, Event, Evidence, Form, Modality, Mode, Part, Quoted, Size, Stance, Statement};
use text::{Body, Source, hash128};

/// The day on which tests happen, unless they say otherwise.
pub const NOW: DateTime = DateTime::constant(2022, 3, 1, 12, 0, 0, 0);

/// A folder that is gone at the end, and a ledger's path in it.
pub fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("detente.db");
    (folder, path)
}

/// A ledger with these pages.
pub fn store(path: &std::path::Path, entries: &[Entry]) -> Store {
    let mut store = Store::write(path).unwrap();
    store.add(entries, NOW).unwrap();
    store
}

/// A party named by its words.
pub fn party(source: &Source<Body>, words: &str) -> Entity {
    let (id, name, code, office) = match words {
        "Russia" | "Moscow" => ("RUS", "Russia", Some("RUS"), None),
        "the United States" | "Washington" => ("USA", "United States", Some("USA"), None),
        "Ukraine" | "Kyiv" => ("UKR", "Ukraine", Some("UKR"), None),
        "Sergei Lavrov" | "Lavrov" => ("person:sergei-lavrov", "Sergei Lavrov", Some("RUS"), Some("foreign minister")),
        other => (other, other, None, None),
    };
    Entity {
        text: words.to_string(),
        span: source.find(words).unwrap(),
        code: code.map(str::to_string),
        sector: vec!["GOV".to_string()],
        id: id.to_string(),
        name: name.to_string(),
        office: office.map(str::to_string),
        collective: false,
    }
}

/// What a test page tells: the doer, the words of the deed, to whom, as what.
pub type Told = (&'static str, &'static str, &'static str, Category);

/// A page of one paragraph with one event for each of `told`, and a statement where somebody "said".
pub fn page(id: &str, published: Option<Date>, text: &str, told: &[Told]) -> Entry {
    let source: Source<Body> = Source::new(text);
    let quoted = |words: &str| Quoted::new(&source, source.find(words).unwrap());
    let evidence = |words: Quoted| Evidence {
        page: id.to_string(),
        part: Part::Text,
        quoted: words,
        parts: Vec::new(),
        finder: "events",
        revision: "1+1".to_string(),
    };
    let events = told
        .iter()
        .map(|(actor, trigger, recipient, category)| {
            let words = quoted(trigger);
            let key = format!("{actor} {trigger} {recipient} {category}");
            Event {
                id: hash128(&[id.as_bytes(), key.as_bytes()]).to_string(),
                category: vec![*category],
                mode: if *category == Category::Consult {
                    Mode::parse(Category::Consult, "visit").into_iter().collect()
                } else {
                    vec![]
                },
                context: Vec::new(),
                actor: vec![party(&source, actor)],
                recipient: vec![party(&source, recipient)],
                modality: Modality::Asserted,
                modality_cue: None,
                proposition: None,
                said_by: None,
                confidence: 0.8,
                trigger: vec![words.clone()],
                sentence: Quoted::new(&source, source.whole()),
                date: published,
                end_date: None,
                date_basis: if published.is_some() { DateBasis::Relative } else { DateBasis::None },
                when: None,
                place: None,
                size: Size::default(),
                why: vec![format!("“{trigger}” tells it")],
                evidence: evidence(words),
            }
        })
        .collect();
    let statements = source
        .find("said")
        .map(|cue| {
            let speaker = told.first().map_or("Kyiv", |told| told.0);
            let content = source.span(cue.end() as usize, text.len()).unwrap();
            Statement {
                id: hash128(&[id.as_bytes(), b"said"]).to_string(),
                speaker: Some(quoted(speaker)),
                actors: vec![party(&source, speaker)],
                cue: Some(Quoted::new(&source, cue)),
                content: Quoted::new(&source, content),
                parts: Vec::new(),
                form: Form::Indirect,
                stance: Stance::Says,
                channel: None,
                addressee: None,
                occasion: None,
                date: published,
                within: None,
                why: Vec::new(),
                evidence: evidence(Quoted::new(&source, source.whole())),
            }
        })
        .into_iter()
        .collect();
    // The day is given with the page, so it is in what came, and no part of the words.
    let raw = format!("{published:?} {text}").into_bytes();
    Entry {
        facts: Facts {
            id: id.to_string(),
            hash: hash128(&[&raw]).to_string(),
            words: hash128(&[text.as_bytes()]).to_string(),
            path: Some(format!("pages/{id}.txt")),
            title: Some(format!("Page {id}")),
            publisher: Some(format!("Publisher of {id}")),
            published,
            published_from: published.map(|_| "given".to_string()),
            revision: "1+1".to_string(),
            ..Facts::default()
        },
        text: text.to_string(),
        raw,
        article: serde_json::json!({"trail": []}),
        statements,
        events,
        digest: Vec::new(),
    }
}

/// Three pages: two accounts of one meeting on 10 January, the second without a day known otherwise; one demand.
pub fn talks() -> Vec<Entry> {
    let monday = Some(date(2022, 1, 10));
    vec![
        page(
            "a-wire",
            monday,
            "Russia sent envoys who met diplomats of the United States in Geneva.",
            &[("Russia", "met", "the United States", Category::Consult)],
        ),
        page(
            "b-daily",
            monday,
            "Envoys of Russia held talks with the United States on “new” borders — naïve, Lavrov said later.",
            &[("Russia", "held talks", "the United States", Category::Consult)],
        ),
        page(
            "c-demand",
            Some(date(2022, 1, 12)),
            "Lavrov demanded that the United States stop.",
            &[("Lavrov", "demanded", "the United States", Category::Request)],
        ),
    ]
}
