//! Readings go into the ledger and come back: what the store keeps of a page, and how the records it keeps are printed,
//! told in a brief or read anew.

use jiff::civil::Date;
use ledger::store::{Corrected, Entry, Facts, Filter, Reports, Status, Store};
use ledger::{Event, Statement};
use page::{Article, Credit, Given, Page, Suspicion};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use text::{Body, Note, Source, Span, hash128};

use crate::brief::Account;
use crate::output::{Border, Garbled};
pub use crate::settle::settle_origins;
use crate::sources::{Digest, Publishers, SourceRow, judge_digests};
use crate::{Reading, output};

/// A page as it came, in the form in which the ledger keeps it.
#[derive(Serialize, Deserialize)]
struct Raw {
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    otherwise_published: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    byline: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fetched: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<(String, String)>,
    text: String,
}

/// What the ledger keeps of an article besides its text and the facts in its table of pages.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Rest {
    trail: Vec<(String, Option<String>, String)>,
    signs: Vec<String>,
    paragraphs: Vec<Span<Body>>,
    garbled: Vec<(Span<Body>, f32, String)>,
    notes: Vec<(String, String)>,
    open_days: bool,
}

/// A page, with what it takes to read it anew; its hash is the page's. The day that is named for pages without one is a part
/// of it only `with_day`: it says nothing of a page that has a day of its own.
pub fn raw(page: &Page, with_day: bool) -> Vec<u8> {
    let Given { title, url, published, otherwise_published, publisher, language, byline, fetched } = page.given.clone();
    let otherwise_published = otherwise_published.filter(|_| with_day);
    let raw = Raw {
        kind: kind_name(page.kind).to_string(),
        title,
        url,
        published: published.map(|day| day.to_string()),
        publisher,
        otherwise_published: otherwise_published.map(|day| day.to_string()),
        language,
        byline,
        fetched: fetched.map(|day| day.to_string()),
        notes: plain(&page.notes),
        text: page.raw.as_str().to_string(),
    };
    serde_json::to_vec(&raw).unwrap_or_default()
}

/// Whether the day of a reading is the one that was named for pages without one.
pub fn took_the_day(page: &Page, reading: &Reading) -> bool {
    let Given { published, otherwise_published, .. } = &page.given;
    published.is_none() && otherwise_published.is_some() && reading.article.published_from == Some("given")
}

/// The hash of the words of a page, headline included, whatever else was given with them: what tells another wording from
/// another day.
fn words(page: &Page) -> String {
    let title = page.given.title.as_deref().unwrap_or("");
    hash128(&[kind_name(page.kind).as_bytes(), title.as_bytes(), page.raw.as_str().as_bytes()]).to_string()
}

/// The hash of a page as it came: what tells that it is the same one.
pub fn hash(raw: &[u8]) -> String {
    hash128(&[raw]).to_string()
}

/// The page that [`raw`] wrote.
pub fn page(facts: &Facts, raw: &[u8]) -> Result<Page, serde_json::Error> {
    let Raw { kind, title, url, published, publisher, otherwise_published, language, byline, fetched, notes, text } =
        serde_json::from_slice(raw)?;
    let day = |day: Option<String>| day.and_then(|day| day.parse().ok());
    let (published, otherwise_published, fetched) = (day(published), day(otherwise_published), day(fetched));
    Ok(Page {
        id: facts.id.clone(),
        path: facts.path.clone(),
        raw: Source::new(text),
        kind: kind_of(&kind),
        given: Given { title, url, published, otherwise_published, publisher, language, byline, fetched },
        notes: noted(notes),
    })
}

fn kind_name(kind: page::Kind) -> &'static str {
    match kind {
        page::Kind::Text => "text",
        page::Kind::Html => "html",
        page::Kind::Verbatim => "verbatim",
    }
}

fn kind_of(name: &str) -> page::Kind {
    match name {
        "html" => page::Kind::Html,
        "verbatim" => page::Kind::Verbatim,
        _ => page::Kind::Text,
    }
}

fn plain(notes: &[Note]) -> Vec<(String, String)> {
    notes.iter().map(|note| (note.id.to_string(), note.message.clone())).collect()
}

fn noted(notes: Vec<(String, String)>) -> Vec<Note> {
    notes.into_iter().map(|(id, message)| Note::new(ledger::known(&id), message)).collect()
}

/// What the ledger keeps of a page and its reading. `place` is the page's number in its file, `raw` what [`raw`] made of
/// the page, `revision` the reader's.
pub fn entry(page: &Page, reading: &Reading, raw: Vec<u8>, place: u32, revision: &str) -> Entry {
    let article = &reading.article;
    let rest = Rest {
        trail: article.trail.iter().map(|c| (c.name.clone(), c.url.clone(), c.role.to_string())).collect(),
        signs: article.translation_suspect.signs.clone(),
        paragraphs: article.paragraphs.clone(),
        garbled: output::garbled(&reading.parse).map(|g| (g.span, g.score, g.why)).collect(),
        notes: plain(&reading.notes),
        open_days: article.published.is_none() && reading.times.iter().any(|t| t.days.is_none() && t.dates_events()),
    };
    Entry {
        facts: Facts {
            id: article.page.clone(),
            hash: hash(&raw),
            words: words(page),
            path: article.path.clone(),
            place,
            url: article.url.clone(),
            title: article.title.as_ref().map(|title| title.as_str().to_string()),
            byline: article.byline.clone(),
            publisher: article.publisher.clone(),
            language: article.language.clone(),
            published: article.published,
            published_from: article.published_from.map(str::to_string),
            fetched: page.given.fetched,
            translation_suspect: f64::from(article.translation_suspect.score),
            cluster: None,
            origin: None,
            why_none: reading.notes.iter().find(|note| note.id == "no-record").map(|note| note.message.clone()),
            revision: revision.to_string(),
        },
        text: article.body.as_str().to_string(),
        raw,
        article: serde_json::to_value(&rest).unwrap_or_default(),
        statements: reading.statements.clone(),
        events: reading.events.clone(),
        digest: Digest::new(reading, Publishers::shared()).to_bytes(),
    }
}

/// The pages of the ledger that `filter` asks for, as sources of one another: as they were judged when they came. A page
/// that was not yet compared with the others (its `add` was broken off) is judged alone.
pub fn sources(store: &Store, filter: &Filter) -> Result<Vec<SourceRow>, ledger::store::Error> {
    let mut rows = Vec::new();
    for (facts, judged) in store.judged(filter)? {
        let row = match judged.and_then(|judged| serde_json::from_str::<SourceRow>(&judged).ok()) {
            Some(row) => Some(row),
            None => {
                let digest = store.digest(&facts.id)?.and_then(|bytes| Digest::from_bytes(&bytes, Source::new("")));
                digest.and_then(|digest| judge_digests(&[digest]).into_iter().next())
            }
        };
        if let Some(mut row) = row {
            // Where it came from is known to the table of pages alone.
            row.path = facts.path;
            rows.push(row);
        }
    }
    Ok(rows)
}

fn rest(entry: &Entry) -> Rest {
    // What a newer program kept besides is of no use to this one.
    serde_json::from_value(entry.article.clone()).unwrap_or_default()
}

/// The article of a page in the ledger; what was cut from the page is not kept, reading it anew finds it.
pub fn article(entry: &Entry) -> Article {
    let Rest { trail, signs, paragraphs, notes, .. } = rest(entry);
    let facts = &entry.facts;
    Article {
        page: facts.id.clone(),
        path: facts.path.clone(),
        url: facts.url.clone(),
        title: facts.title.as_deref().map(Source::new),
        byline: facts.byline.clone(),
        publisher: facts.publisher.clone(),
        published: facts.published,
        published_from: facts.published_from.as_deref().map(ledger::known),
        published_at: None,
        trail: trail.into_iter().map(|(name, url, role)| Credit { name, url, role: ledger::known(&role) }).collect(),
        language: facts.language.clone(),
        translation_suspect: Suspicion { score: facts.translation_suspect as f32, signs },
        body: Source::new(entry.text.as_str()),
        paragraphs,
        alignment: text::Alignment::default(),
        dateline: None,
        removed: Vec::new(),
        notes: noted(notes),
    }
}

/// The quarantined stretches of a page in the ledger.
pub fn garbled(entry: &Entry) -> Vec<Garbled> {
    rest(entry).garbled.into_iter().map(|(span, score, why)| Garbled { span, score, why }).collect()
}

/// What a page in the ledger contributes to a brief: its records as people corrected them, without those rejected.
pub fn account(entry: &Entry, corrected: Corrected) -> Account {
    let article = article(entry);
    let Rest { garbled, open_days, .. } = rest(entry);
    let mut account = Account::bare(article.page.clone(), &article.body, article.title.as_ref());
    account.path = article.path;
    account.publisher = article.publisher;
    account.published = article.published;
    account.translated = Account::looks_translated(article.translation_suspect.score);
    account.open_days = open_days;
    let kept = |status: Status| status != Status::Rejected;
    account.statements = corrected.statements.into_iter().filter(|(_, status)| kept(*status)).map(|(s, _)| s).collect();
    account.events = corrected.events.into_iter().filter(|(_, status)| kept(*status)).map(|(e, _)| e).collect();
    account.garbled = garbled.into_iter().map(|(span, score, why)| Garbled { span, score, why }).collect();
    account.notes = article.notes;
    account
}

/// One event as `detente events --ledger` prints it: as from its page, with its happening and how often that is told.
pub fn event(border: &Border<'_>, event: &Event, reports: &Reports) -> Value {
    let mut line = output::event(border, event);
    if let Value::Object(fields) = &mut line {
        let Reports { happening, copies, outlets, origins } = reports;
        fields.insert("happening".into(), json!(happening));
        fields.insert("reports".into(), json!({"copies": copies, "outlets": outlets, "origins": origins}));
    }
    line
}

/// What another reading of a page changed, for people and the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `new`, `gone` or `changed`.
    pub what: &'static str,
    /// The record.
    pub record: String,
    /// What it is, and what changed.
    pub detail: String,
}

/// Compares two readings of one page.
pub fn changes(old: &Entry, new: &Entry) -> Vec<Change> {
    let mut changes = Vec::new();
    let (before, after) = (described(old), described(new));
    for (id, fields) in &before {
        match after.iter().find(|(other, _)| other == id) {
            None => changes.push(Change { what: "gone", record: id.clone(), detail: brief(fields) }),
            Some((_, now)) => {
                let differ: Vec<String> = fields
                    .iter()
                    .zip(now)
                    .filter(|(was, is)| was != is)
                    .map(|((name, was), (_, is))| format!("{name} {was} → {is}"))
                    .collect();
                if !differ.is_empty() {
                    changes.push(Change { what: "changed", record: id.clone(), detail: differ.join(", ") });
                }
            }
        }
    }
    for (id, fields) in &after {
        if !before.iter().any(|(other, _)| other == id) {
            changes.push(Change { what: "new", record: id.clone(), detail: brief(fields) });
        }
    }
    changes
}

type Fields = Vec<(&'static str, Value)>;

fn described(entry: &Entry) -> Vec<(String, Fields)> {
    let day = |day: Option<Date>| json!(day.map(|day| day.to_string()));
    let parties =
        |parties: &[ledger::Entity]| json!(parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join("; "));
    let statement = |s: &Statement| {
        let fields = vec![
            ("form", json!(s.form.as_str())),
            ("stance", json!(s.stance.as_str())),
            ("speaker", parties(&s.actors)),
            ("date", day(s.date)),
        ];
        (s.id.clone(), fields)
    };
    let event = |e: &Event| {
        let fields = vec![
            ("event", json!(e.category.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(", "))),
            ("mode", json!(e.mode.iter().map(|m| m.as_str()).collect::<Vec<_>>().join(", "))),
            ("modality", json!(e.modality.as_str())),
            ("actor", parties(&e.actor)),
            ("recipient", parties(&e.recipient)),
            ("date", day(e.date)),
            ("place", json!(e.place.as_ref().map(|p| p.text.as_str()))),
            ("said_by", json!(e.said_by)),
            ("confidence", json!(format!("{:.2}", e.confidence))),
        ];
        (e.id.clone(), fields)
    };
    entry.statements.iter().map(statement).chain(entry.events.iter().map(event)).collect()
}

fn brief(fields: &Fields) -> String {
    let said: Vec<String> = fields
        .iter()
        .take(5)
        .filter(|(_, value)| !value.is_null() && value != "")
        .map(|(name, value)| format!("{name} {}", value.as_str().map_or_else(|| value.to_string(), str::to_string)))
        .collect();
    said.join(", ")
}
