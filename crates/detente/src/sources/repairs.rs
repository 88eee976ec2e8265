//! A garbled sentence that a cleaner copy has whole.

use page::copies::Sketch;
use text::{Body, Span};

use super::Digest;

/// A sentence answers to a garbled one from this share of common words (twice the common ones over all of both).
const ANSWERS: f32 = 0.45;
/// Copies that are looked at for one page, the cleanest first.
const COPIES: usize = 6;

/// A sentence offered for a garbled one, with where it stands.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "store", derive(serde::Serialize, serde::Deserialize))]
pub struct Repair {
    /// The garbled sentence, in the text of the page.
    pub garbled: Span<Body>,
    /// Its words.
    pub text: String,
    /// The page that has it whole.
    pub page: String,
    /// Where, in the text of that page.
    pub span: Span<Body>,
    /// The words there.
    pub offer: String,
    /// How much the two have in common, 0 to 1.
    pub likeness: f32,
    /// First character of both spans and one past the last, for output.
    pub chars: [(usize, usize); 2],
}

/// The page with the least damage; ties go to the longer text, then to the smaller id.
pub fn cleanest(digests: &[Digest], members: &[usize]) -> usize {
    let order = |a: &&usize, b: &&usize| {
        let (x, y) = (&digests[**a], &digests[**b]);
        x.damage().total_cmp(&y.damage()).then_with(|| y.sketch.len().cmp(&x.sketch.len())).then_with(|| x.page.cmp(&y.page))
    };
    members.iter().min_by(order).copied().unwrap_or(0)
}

/// What cleaner copies offer for the garbled sentences of page `n`.
pub fn of_page(digests: &[Digest], n: usize, members: &[usize]) -> Vec<Repair> {
    let page = &digests[n];
    if page.sentences.iter().all(|s| s.1) {
        return Vec::new();
    }
    let mut others: Vec<usize> =
        members.iter().copied().filter(|&m| digests[m].page != page.page && digests[m].damage() < page.damage()).collect();
    others.sort_by(|&a, &b| {
        digests[a].damage().total_cmp(&digests[b].damage()).then_with(|| digests[a].page.cmp(&digests[b].page))
    });
    others.truncate(COPIES);
    let sound: Vec<(usize, Span<Body>, Sketch)> = others
        .iter()
        .flat_map(|&m| {
            let whole = digests[m].sentences.iter().filter(|s| s.1);
            whole.map(move |&(span, _)| (m, span, Sketch::of_text(digests[m].body.slice(span))))
        })
        .collect();
    let index = text::CharIndex::new(&page.body);
    let mend = |&(garbled, _): &(Span<Body>, bool)| {
        let broken = Sketch::of_text(page.body.slice(garbled));
        let scored = sound.iter().map(|(m, span, sketch)| (broken.common(sketch), *m, *span));
        let (likeness, m, span) = scored.fold(None, |best: Option<(f32, usize, Span<Body>)>, s| match best {
            Some(b) if b.0 >= s.0 => Some(b),
            _ => Some(s),
        })?;
        let there = &digests[m];
        (likeness >= ANSWERS).then(|| Repair {
            garbled,
            text: page.body.slice(garbled).to_string(),
            page: there.page.clone(),
            span,
            offer: there.body.slice(span).to_string(),
            likeness,
            chars: [index.pair(garbled), text::CharIndex::new(&there.body).pair(span)],
        })
    };
    page.sentences.iter().filter(|s| !s.1).filter_map(mend).collect()
}
