//! What is kept of a reading to judge it as a source: a few kilobytes.

use jiff::civil::Date;
use ledger::Form;
use page::copies::Sketch;
use text::{Body, Source, Span};

use super::Publishers;
use crate::{Reading, output};

/// Share of garbled text from which a page cannot be used.
const POOR: f32 = 0.4;
/// Share from which it is to be used with care.
const CARE: f32 = 0.05;
/// Suspicion of translation from which it is to be used with care.
const SUSPECT: f32 = 0.5;

/// Whether a page can be used, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "store", derive(serde::Serialize))]
pub struct Verdict {
    /// `good`, `usable` (with care) or `poor`.
    pub word: &'static str,
    /// What speaks against it; empty for `good`.
    pub reasons: Vec<String>,
}

/// A source that a paragraph names for what it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "store", derive(serde::Serialize, serde::Deserialize))]
pub struct Cited {
    /// The paragraph, in bytes of the text.
    pub paragraph: Span<Body>,
    /// The publisher named.
    pub name: String,
    /// Its family, or itself.
    pub voice: String,
}

/// One page, as far as other pages need to know it.
#[derive(Debug, Clone)]
pub struct Digest {
    pub(super) page: String,
    pub(super) path: Option<String>,
    pub(super) url: Option<String>,
    pub(super) publisher: Option<String>,
    /// The name under which it counts as an outlet: known name, else host, else the page's own name for itself.
    pub(super) outlet: Option<String>,
    pub(super) family: Option<String>,
    pub(super) country: Option<String>,
    pub(super) control: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) byline: Option<String>,
    pub(super) dateline: bool,
    pub(super) agencies: Vec<String>,
    pub(super) own_agency: bool,
    pub(super) cited: Vec<Cited>,
    /// Whose voice the page is as a whole: families of its publisher and of the agencies it credits.
    pub(super) voices: Vec<String>,
    /// Names and hosts that the page gives as where it was taken from.
    pub(super) taken_from: Vec<String>,
    pub(super) sketch: Sketch,
    /// Headline and beginning, to tell reports of one event.
    pub(super) lead: Vec<u32>,
    pub(super) quotations: Vec<u64>,
    pub(super) body: Source<Body>,
    /// Sentences, and whether each is sound.
    pub(super) sentences: Vec<(Span<Body>, bool)>,
    pub(super) suspicion: f32,
    pub(super) garbled: f32,
    pub(super) verdict: Verdict,
    pub(super) records: usize,
    pub(super) why_none: Option<String>,
}

impl Digest {
    /// The digest of a reading.
    pub fn new(reading: &Reading, publishers: &Publishers) -> Digest {
        let a = &reading.article;
        let known = a.url.as_deref().and_then(|u| publishers.at(u)).or_else(|| publishers.named(a.publisher.as_deref()?));
        let mut agencies: Vec<String> = Vec::new();
        let mut credit = |name: &str| {
            let known = publishers.named(name).filter(|p| p.is_agency());
            agencies.extend(known.map(|p| p.name.clone()));
        };
        known.iter().for_each(|p| credit(&p.name));
        a.dateline.iter().filter_map(|d| d.agency.as_deref()).for_each(&mut credit);
        a.trail.iter().filter(|c| matches!(c.role, "agency" | "source")).for_each(|c| credit(&c.name));
        for name in a.byline.iter().flat_map(|b| b.split([',', ';', '/', '|', '('])) {
            credit(name.trim().trim_start_matches("By ").trim_end_matches(')'));
        }
        agencies.sort();
        agencies.dedup();
        let cited = a.paragraphs.iter().flat_map(|&paragraph| {
            let named = publishers.cited(&a.body, paragraph);
            named.into_iter().map(move |(_, p)| Cited { paragraph, name: p.name.clone(), voice: p.voice().to_string() })
        });
        let mut cited: Vec<Cited> = cited.collect();
        cited.dedup();
        let mut voices: Vec<String> = known.map(|p| p.voice().to_string()).into_iter().collect();
        voices.extend(agencies.iter().filter_map(|a| publishers.named(a)).map(|p| p.voice().to_string()));
        voices.sort();
        voices.dedup();
        let taken = a.trail.iter().filter(|c| matches!(c.role, "source" | "republisher" | "publisher"));
        let taken_from =
            taken.flat_map(|c| [Some(c.name.to_lowercase()), c.url.as_deref().and_then(super::host).map(str::to_string)]);
        let host = a.url.as_deref().and_then(super::host).map(str::to_string);
        let own = known.map(|p| p.name.clone());
        let (garbled, sentences) = health(reading);
        let title = a.title.as_ref().map_or("", |t| t.as_str());
        Digest {
            page: a.page.clone(),
            path: a.path.clone(),
            url: a.url.clone(),
            publisher: own.clone().or_else(|| a.publisher.clone()),
            outlet: own.or(host).or_else(|| a.publisher.as_ref().map(|p| p.to_lowercase())),
            family: known.and_then(|p| p.family.clone()),
            country: known.and_then(|p| p.country.clone()),
            control: known.and_then(|p| p.control.clone()),
            published: a.published,
            byline: a.byline.clone(),
            dateline: a.dateline.is_some(),
            own_agency: known.is_some_and(|p| p.is_agency()),
            agencies,
            cited,
            voices,
            taken_from: taken_from.flatten().collect(),
            sketch: Sketch::new(a),
            lead: Sketch::of_text(&format!("{title}\n\n{}", a.body.as_str())).first_words(60),
            quotations: quotations(reading),
            body: a.body.clone(),
            sentences,
            suspicion: a.translation_suspect.score,
            garbled,
            verdict: verdict(reading, garbled),
            records: reading.statements.len() + reading.events.len(),
            why_none: reading.notes.iter().find(|n| n.id == "no-record").map(|n| n.message.clone()),
        }
    }

    /// How bad the text is, 0 to 1.
    pub(super) fn damage(&self) -> f32 {
        (self.garbled + self.suspicion * 0.5).min(1.0)
    }
}

/// The garbled share of the text, and the sentences with whether they are sound.
fn health(reading: &Reading) -> (f32, Vec<(Span<Body>, bool)>) {
    let sentences = reading.parse.sentences().map(|s| (s.span(), !s.health().quarantined && s.health().broken.is_empty()));
    let all: usize = reading.parse.sentences().map(|s| s.span().len()).sum();
    let bad: usize = output::garbled(&reading.parse).map(|g| g.span.len()).sum();
    (if all == 0 { 0.0 } else { bad as f32 / all as f32 }, sentences.collect())
}

/// Quotations word for word, sentence by sentence; those too short to prove anything are left out.
fn quotations(reading: &Reading) -> Vec<u64> {
    let direct = reading.statements.iter().filter(|s| s.form == Form::Direct);
    let mut keys: Vec<u64> = direct.flat_map(|s| Sketch::of_text(&s.content.text).sentence_keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn verdict(reading: &Reading, garbled: f32) -> Verdict {
    let a = &reading.article;
    let (mut poor, mut care) = (Vec::new(), Vec::new());
    if a.body.as_str().trim().is_empty() {
        poor.push("no article".to_string());
    }
    if let Some(language) = a.language.as_deref().filter(|l| *l != "en") {
        poor.push(format!("not English (looks like `{language}`)"));
    }
    if garbled >= CARE {
        let into = if garbled >= POOR { &mut poor } else { &mut care };
        into.push(format!("{:.0} % of the text is garbled", garbled * 100.0));
    }
    if a.translation_suspect.score >= SUSPECT {
        care.push(format!("looks translated: {}", a.translation_suspect.signs.join("; ")));
    }
    let word = if !poor.is_empty() {
        "poor"
    } else if !care.is_empty() {
        "usable"
    } else {
        "good"
    };
    poor.extend(care);
    Verdict { word, reasons: poor }
}
