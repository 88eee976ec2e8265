//! What is taken for what: events matched to the gold as the packs' own scorers match them.

use std::collections::{BTreeMap, BTreeSet};

use detente::events::Grounds;
use serde_json::Value;

use super::{Read, category, confidence, string, surest};

/// How often a gold name got a name.
#[derive(Default)]
pub struct Matrix {
    pub cells: BTreeMap<(String, String), usize>,
}

impl Matrix {
    fn add(&mut self, want: &str, got: &str) {
        *self.cells.entry((want.to_string(), got.to_string())).or_default() += 1;
    }
}

/// plv has one name for giving way in words and in deed.
fn root(category: &str) -> &str {
    if matches!(category, "CONCEDE" | "RETREAT") { "YIELD" } else { category }
}

/// The older names of gsr in today's words.
pub fn modern(kind: &str) -> &str {
    match kind {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "FIGHT" => "ASSAULT",
        other => other,
    }
}

/// Entities of a side that overlap `span` and not `other`.
fn only<'e>(entities: &'e Value, span: &Value, other: &Value) -> Vec<&'e Value> {
    let overlaps = |e: &Value, s: &Value| {
        let n = |v: &Value, key: &str| v[key].as_u64();
        match (n(e, "start"), n(e, "end"), n(s, "start"), n(s, "end")) {
            (Some(a), Some(b), Some(c), Some(d)) => a < d && b > c,
            _ => false,
        }
    };
    entities.as_array().into_iter().flatten().filter(|e| overlaps(e, span) && !overlaps(e, other)).collect()
}

fn stands_for(event: &Value, gold: &Value) -> bool {
    let sources = only(&event["actor"], &gold["source"], &gold["target"]);
    let side = if event["recipient"].as_array().is_some_and(|r| !r.is_empty()) { &event["recipient"] } else { &event["actor"] };
    let targets = only(side, &gold["target"], &gold["source"]);
    sources.iter().any(|s| targets.iter().any(|t| !std::ptr::eq(*s, *t)))
}

/// Gold roots of the marked pairs against the roots that they got.
pub fn plv(gold: &[Value], read: &BTreeMap<&str, &Read>) -> Matrix {
    let mut matrix = Matrix::default();
    for g in gold {
        let here = read.get(string(&g["id"])).map_or(&[][..], |r| r.events.as_slice());
        let got = surest(here.iter().filter(|e| stands_for(e, g))).map_or("-", |e| root(category(e)));
        matrix.add(string(&g["root"]), got);
    }
    matrix
}

/// Gold types of the sentences against the type of the surest event.
pub fn gsr(gold: &[Value], read: &BTreeMap<&str, &Read>) -> Matrix {
    let mut matrix = Matrix::default();
    for g in gold {
        let here = read.get(string(&g["id"])).map_or(&[][..], |r| r.events.as_slice());
        matrix.add(modern(string(&g["event"])), surest(here.iter()).map_or("-", category));
    }
    matrix
}

/// The pages' events matched to the gold.
#[derive(Default)]
pub struct Matched {
    pub modality: Matrix,
    /// Page, grounds and printed confidence of each event, and whether a firm gold event stands behind it; arguable ones are left out.
    pub judged: Vec<(String, Grounds, f64, bool)>,
}

fn codes(entities: &Value) -> BTreeSet<String> {
    let code =
        |e: &Value| e["code"].as_str().map(|c| c.chars().take(3).collect::<String>().to_uppercase()).filter(|c| !c.is_empty());
    entities.as_array().into_iter().flatten().filter_map(code).collect()
}

fn near(gold: &Value, event: &Value) -> f64 {
    let same = |side: &str| {
        let (a, b) = (codes(&gold[side]), codes(&event[side]));
        f64::from(u8::from(!a.is_disjoint(&b) || a.is_empty() && b.is_empty()))
    };
    let modality = f64::from(u8::from(gold["modality"] == event["modality"]));
    2.0 * same("actor") + 2.0 * same("recipient") + modality + confidence(event) / 100.0
}

/// The sentence that an event of a page belongs to.
fn sentence(page: &Value, event: &Value) -> Option<usize> {
    let span = &event["evidence"];
    if span["in"] == "title" || event["in"] == "title" {
        return None;
    }
    let trigger = event["trigger"][0]["start"].as_u64();
    let middle = trigger.or_else(|| Some((span["start"].as_u64()? + span["end"].as_u64()?) / 2))?;
    let starts: Vec<u64> = page["sentences"].as_array()?.iter().filter_map(|s| s[0].as_u64()).collect();
    Some(starts.partition_point(|s| *s <= middle).saturating_sub(1))
}

/// Matches events of the same sentence and category, the likest first.
pub fn negotiation(pages: &[Value], gold: &[Value], read: &BTreeMap<&str, &Read>) -> Matched {
    let mut out = Matched::default();
    let mut wanted: BTreeMap<(&str, usize), Vec<&Value>> = BTreeMap::new();
    for g in gold {
        wanted.entry((string(&g["page"]), g["s"].as_u64().unwrap_or_default() as usize)).or_default().push(g);
    }
    for page in pages {
        let id = string(&page["id"]);
        let Some(read) = read.get(id) else { continue };
        let mut by_sentence: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (n, e) in read.events.iter().enumerate() {
            if let Some(s) = sentence(page, e) {
                by_sentence.entry(s).or_default().push(n);
            }
        }
        for (s, got) in &by_sentence {
            let want = wanted.get(&(id, *s)).map_or(&[][..], Vec::as_slice);
            let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
            for (a, g) in want.iter().enumerate() {
                let fits = got.iter().filter(|n| category(&read.events[**n]) == string(&g["event"]));
                pairs.extend(fits.map(|n| (near(g, &read.events[*n]), a, *n)));
            }
            pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
            let mut taken: (BTreeSet<usize>, BTreeMap<usize, &Value>) = Default::default();
            for (_, a, n) in pairs {
                if !taken.0.contains(&a) && !taken.1.contains_key(&n) {
                    taken.0.insert(a);
                    taken.1.insert(n, want[a]);
                }
            }
            for &n in got {
                let firm = taken.1.get(&n).map(|g| g["sure"].as_u64().unwrap_or(2) > 1);
                if firm != Some(false) {
                    out.judged.push((id.to_string(), read.grounds[n], confidence(&read.events[n]), firm.is_some()));
                }
                if let Some(g) = taken.1.get(&n) {
                    out.modality.add(string(&g["modality"]), string(&read.events[n]["modality"]));
                }
            }
        }
    }
    out
}
