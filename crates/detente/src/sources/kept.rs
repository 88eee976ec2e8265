//! Digests as bytes, for whoever keeps them: comparing a new page with old ones needs no old page read again.

use page::copies::Sketch;
use serde::{Deserialize, Serialize};
use text::{Body, Source, Span};

use super::{Cited, Digest, Verdict};

/// Everything of a digest but its page's text and its sketch, which has a form of its own.
#[derive(Serialize, Deserialize)]
struct Kept {
    page: String,
    path: Option<String>,
    url: Option<String>,
    publisher: Option<String>,
    outlet: Option<String>,
    family: Option<String>,
    country: Option<String>,
    control: Option<String>,
    published: Option<String>,
    byline: Option<String>,
    dateline: bool,
    agencies: Vec<String>,
    own_agency: bool,
    cited: Vec<(Span<Body>, String, String)>,
    voices: Vec<String>,
    taken_from: Vec<String>,
    lead: Vec<u32>,
    quotations: Vec<u64>,
    sentences: Vec<(Span<Body>, bool)>,
    suspicion: f32,
    garbled: f32,
    verdict: (String, Vec<String>),
    records: usize,
    why_none: Option<String>,
}

// By hand: a derive would take the word for one borrowed from the file.
impl<'de> Deserialize<'de> for Verdict {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written {
            word: String,
            reasons: Vec<String>,
        }
        let Written { word, reasons } = Written::deserialize(from)?;
        Ok(Verdict { word: ledger::known(&word), reasons })
    }
}

impl Digest {
    /// The page's id.
    pub fn page(&self) -> &str {
        &self.page
    }

    pub(crate) fn sketch(&self) -> &Sketch {
        &self.sketch
    }

    pub(crate) fn quotations(&self) -> &[u64] {
        &self.quotations
    }

    pub(crate) fn voices(&self) -> &[String] {
        &self.voices
    }

    pub(crate) fn published(&self) -> Option<jiff::civil::Date> {
        self.published
    }

    pub(crate) fn shares_voice(&self, other: &Digest) -> bool {
        self.voices.iter().any(|voice| other.voices.contains(voice))
    }

    pub(crate) fn set_body(&mut self, body: Source<Body>) {
        self.body = body;
    }

    /// The digest without its page's text.
    pub fn to_bytes(&self) -> Vec<u8> {
        let d = self.clone();
        let kept = Kept {
            page: d.page,
            path: d.path,
            url: d.url,
            publisher: d.publisher,
            outlet: d.outlet,
            family: d.family,
            country: d.country,
            control: d.control,
            published: d.published.map(|day| day.to_string()),
            byline: d.byline,
            dateline: d.dateline,
            agencies: d.agencies,
            own_agency: d.own_agency,
            cited: d.cited.into_iter().map(|c| (c.paragraph, c.name, c.voice)).collect(),
            voices: d.voices,
            taken_from: d.taken_from,
            lead: d.lead,
            quotations: d.quotations,
            sentences: d.sentences,
            suspicion: d.suspicion,
            garbled: d.garbled,
            verdict: (d.verdict.word.to_string(), d.verdict.reasons),
            records: d.records,
            why_none: d.why_none,
        };
        let json = serde_json::to_vec(&kept).unwrap_or_default();
        let length = u32::try_from(json.len()).unwrap_or(u32::MAX);
        [&length.to_le_bytes()[..], &json, &d.sketch.to_bytes()].concat()
    }

    /// Back from [`Digest::to_bytes`]; `body` is the page's text, which may be empty where nothing is to be repaired.
    /// `None` where the bytes are no digest.
    pub fn from_bytes(bytes: &[u8], body: Source<Body>) -> Option<Digest> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (json, sketch) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let k: Kept = serde_json::from_slice(json).ok()?;
        let (word, reasons) = k.verdict;
        let word = ["good", "usable", "poor"].into_iter().find(|known| *known == word)?;
        Some(Digest {
            page: k.page,
            path: k.path,
            url: k.url,
            publisher: k.publisher,
            outlet: k.outlet,
            family: k.family,
            country: k.country,
            control: k.control,
            published: k.published.and_then(|day| day.parse().ok()),
            byline: k.byline,
            dateline: k.dateline,
            agencies: k.agencies,
            own_agency: k.own_agency,
            cited: k.cited.into_iter().map(|(paragraph, name, voice)| Cited { paragraph, name, voice }).collect(),
            voices: k.voices,
            taken_from: k.taken_from,
            sketch: Sketch::from_bytes(sketch)?,
            lead: k.lead,
            quotations: k.quotations,
            body,
            sentences: k.sentences,
            suspicion: k.suspicion,
            garbled: k.garbled,
            verdict: Verdict { word, reasons },
            records: k.records,
            why_none: k.why_none,
        })
    }
}
