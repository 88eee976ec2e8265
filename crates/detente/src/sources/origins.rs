//! How many independent accounts there are behind pages that tell the same thing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use page::copies::{Copies, Kinship};
use text::{Body, Span};

use super::{Digest, SourceRow};

/// Pages whose beginnings share so much (twice the common words over all of both) report one thing.
const SAME: f32 = 0.4;
/// Days that may lie between them.
const DAYS: i32 = 2;
/// Pages of one agency or family on one day that are compared pair by pair.
const GROUP: usize = 400;

/// How often a thing is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reports {
    /// Pages.
    pub copies: usize,
    /// Publishers, as far as they are known; at least one.
    pub outlets: usize,
    /// Independent accounts.
    pub origins: usize,
}

/// Copies, outlets and origins of one happening: the rows of the pages that tell it, each with the place of its record,
/// where that is known. Pages of one origin: near-copies, one agency (credited by the page, or cited in the paragraph of
/// the record), one family, a quotation shared word for word; joined by any of these.
pub fn reports<'r>(told: impl IntoIterator<Item = (&'r SourceRow, Option<Span<Body>>)>) -> Reports {
    let mut pages: BTreeMap<&str, (&SourceRow, Vec<Span<Body>>)> = BTreeMap::new();
    for (row, place) in told {
        pages.entry(&row.page).or_insert((row, Vec::new())).1.extend(place);
    }
    let mut sets = Sets::new(pages.len());
    let mut holders: HashMap<Tie<'_>, usize> = HashMap::new();
    for (n, (row, places)) in pages.values().enumerate() {
        let cited = row.cited.iter().filter(|c| places.iter().any(|p| p.overlaps(c.paragraph))).map(|c| Tie::Voice(&c.voice));
        let ties = std::iter::once(Tie::Cluster(&row.cluster))
            .chain(row.voices.iter().map(|v| Tie::Voice(v)))
            .chain(row.quotations.iter().map(|&q| Tie::Quotation(q)))
            .chain(cited);
        for tie in ties {
            sets.join(n, *holders.entry(tie).or_insert(n));
        }
    }
    let outlets: BTreeSet<&String> = pages.values().filter_map(|(row, _)| row.outlet.as_ref()).collect();
    let known = usize::from(!pages.is_empty());
    Reports { copies: pages.len(), outlets: outlets.len().max(known), origins: sets.count() }
}

/// What two reports of one thing may have in common.
#[derive(PartialEq, Eq, Hash)]
enum Tie<'a> {
    Cluster(&'a str),
    Voice(&'a str),
    Quotation(u64),
}

/// For each page the smallest id among the pages that tell the same from one origin.
pub fn of_pages(digests: &[Digest], clusters: &BTreeMap<&str, Vec<usize>>, copies: &Copies, numbers: &[u32]) -> Vec<String> {
    let mut sets = Sets::new(digests.len());
    for members in clusters.values() {
        members.iter().for_each(|&n| sets.join(n, members[0]));
    }
    // A quotation of one day and story shared word for word.
    let mut quoting: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    digests.iter().enumerate().for_each(|(n, d)| d.quotations.iter().for_each(|&q| quoting.entry(q).or_default().push(n)));
    for pages in quoting.values_mut() {
        // By day, those without one first: they are near to all.
        pages.sort_by_key(|&n| (digests[n].published, n));
        let undated = digests[pages[0]].published.is_none();
        for pair in pages.windows(2) {
            if undated {
                sets.join(pages[0], pair[1]);
            } else if near(&digests[pair[0]], &digests[pair[1]]) {
                sets.join(pair[0], pair[1]);
            }
        }
    }
    // One voice, one story: pages of one agency or family that begin alike or share passages.
    let mut voices: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, d) in digests.iter().enumerate() {
        d.voices.iter().for_each(|name| voices.entry(name).or_default().push(n));
    }
    for pages in voices.values_mut() {
        pages.sort_by_key(|&n| (digests[n].published, n));
        for (i, &a) in pages.iter().enumerate() {
            for &b in pages[i + 1..].iter().take(GROUP) {
                if one_voice(&digests[a], &digests[b]) {
                    sets.join(a, b);
                }
            }
        }
    }
    let place: HashMap<u32, usize> = numbers.iter().enumerate().rev().map(|(n, &k)| (k, n)).collect();
    for link in copies.links().iter().filter(|l| l.kinship == Kinship::Passages) {
        if let (Some(&a), Some(&b)) = (place.get(&link.page), place.get(&link.other)) {
            let (one, two) = (&digests[a], &digests[b]);
            let shared = one.voices.iter().any(|v| two.voices.contains(v));
            if shared && near(one, two) {
                sets.join(a, b);
            }
        }
    }
    let mut least: HashMap<usize, &str> = HashMap::new();
    for (n, d) in digests.iter().enumerate() {
        let best = least.entry(sets.root(n)).or_insert(&d.page);
        *best = (*best).min(&d.page);
    }
    (0..digests.len()).map(|n| least.get(&sets.root(n)).map_or_else(String::new, |id| (*id).to_string())).collect()
}

/// Whether two pages of one voice tell one story.
pub(crate) fn one_voice(a: &Digest, b: &Digest) -> bool {
    near(a, b) && alike(&a.lead, &b.lead) >= SAME
}

/// Whether two pages are of about the same days, as far as these are known.
pub(crate) fn near(a: &Digest, b: &Digest) -> bool {
    a.published.zip(b.published).is_none_or(|(a, b)| a.until(b).is_ok_and(|s| s.get_days().abs() <= DAYS))
}

/// Twice the common words over all of both; the words are sorted.
fn alike(a: &[u32], b: &[u32]) -> f32 {
    let common = a.iter().filter(|w| b.binary_search(w).is_ok()).count();
    if a.is_empty() || b.is_empty() { 0.0 } else { 2.0 * common as f32 / (a.len() + b.len()) as f32 }
}

/// Union-find.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Self {
        Sets((0..n).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }

    fn count(&self) -> usize {
        self.0.iter().enumerate().filter(|&(n, &up)| n == up).count()
    }
}
