//! What to trust: which pages are copies of one another, which is the original, how many independent origins there are,
//! whether a page can be used at all, and which copy has a garbled sentence whole.
//!
//! [`judge`] looks at all pages together; [`reports`] counts copies, outlets and origins of those that report one thing.
//! For more pages than memory holds readings, keep a [`Digest`] of each and call [`judge_digests`].
//!
//! Three counts, never mixed: *copies* are pages, *outlets* are publishers, *origins* are independent accounts. Pages come
//! from one origin when they are near-copies, credit or cite one agency, belong to one family of publishers, or share
//! quotations word for word, joined by any of these. No score of trust is made of it.

mod digest;
#[cfg(feature = "store")]
mod kept;
mod original;
mod origins;
mod publishers;
mod repairs;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use page::copies::{Copies, Likeness, compare};
use rayon::prelude::*;

pub use digest::{Cited, Digest, Verdict};
pub use origins::{Reports, reports};
#[cfg(feature = "store")]
pub(crate) use origins::{near, one_voice};
pub use publishers::{Publisher, Publishers, host};
pub use repairs::Repair;

use crate::Reading;

/// What a page is among its near-copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "store", derive(serde::Serialize, serde::Deserialize))]
pub enum Role {
    /// It has none.
    Single,
    /// The likely original.
    Original,
    /// The original's words, at most lightly edited.
    Copy,
    /// A part of the original; or a page put together from passages of others, which joins none of their clusters.
    Excerpt,
    /// The original told again: edited throughout, enlarged, or another translation.
    Rewrite,
}

impl Role {
    /// As printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Single => "single",
            Role::Original => "original",
            Role::Copy => "copy",
            Role::Excerpt => "excerpt",
            Role::Rewrite => "rewrite",
        }
    }
}

/// What is known of one page as a source.
#[derive(Debug, Clone)]
#[cfg_attr(feature = "store", derive(serde::Serialize, serde::Deserialize))]
pub struct SourceRow {
    /// The page's id.
    pub page: String,
    /// The file it was read from.
    pub path: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The publisher's name, as known, else as the page gives it.
    pub publisher: Option<String>,
    /// The family of publishers it belongs to, where it is known.
    pub family: Option<String>,
    /// The publisher's country, ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// `state`, `public`, `private` or `members`.
    pub control: Option<String>,
    /// Publication day.
    pub published: Option<Date>,
    /// Agencies that the page credits as a whole: in its dateline, byline or trail, or as its publisher.
    pub agencies: Vec<String>,
    /// Who else is named as a source, and in which paragraph.
    pub cited: Vec<Cited>,
    /// The smallest page id among its near-copies.
    pub cluster: String,
    /// What it is among them.
    pub role: Role,
    /// The page that it is likely taken from.
    pub copy_of: Option<String>,
    /// Share of this page's sentences found in `copy_of`, 0 to 1.
    pub overlap: Option<f32>,
    /// Why it is taken for the original, or for what it is; one reason a line.
    pub why: Vec<String>,
    /// The smallest page id among the pages that tell the same from one origin.
    pub origin: String,
    /// Whether the page can be used, with the reasons.
    pub verdict: Verdict,
    /// How many statements and events were read from it.
    pub records: usize,
    /// Why there are none.
    pub why_none: Option<String>,
    /// The copy whose text is cleanest, where that is another.
    pub cleaner: Option<String>,
    /// Garbled sentences that a cleaner copy has whole.
    pub repairs: Vec<Repair>,
    /// The name under which it counts as an outlet: the publisher's, else the host, else what the page calls itself.
    outlet: Option<String>,
    /// Whose voice the page is as a whole.
    voices: Vec<String>,
    /// Quotations word for word, as numbers, sorted: for [`reports`].
    quotations: Vec<u64>,
}

/// Judges pages as sources of one another; one row a page, in the order given.
pub fn judge(readings: &[Reading]) -> Vec<SourceRow> {
    let publishers = Publishers::shared();
    judge_digests(&readings.par_iter().map(|r| Digest::new(r, publishers)).collect::<Vec<_>>())
}

/// The same from digests. Pages of one id are one page: all get the same cluster, and rows of their own.
pub fn judge_digests(digests: &[Digest]) -> Vec<SourceRow> {
    let mut copies = Copies::default();
    let numbers: Vec<u32> = digests.iter().map(|d| copies.add(&d.page, d.sketch.clone())).collect();
    let mut clusters: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let named = |n: usize| copies.cluster(&digests[n].page).unwrap_or(&digests[n].page);
    (0..digests.len()).for_each(|n| clusters.entry(named(n)).or_default().push(n));
    let origins = origins::of_pages(digests, &clusters, &copies, &numbers);
    let mut rows: Vec<SourceRow> = (0..digests.len()).map(|n| row(&digests[n], named(n), &origins[n])).collect();
    for members in clusters.values().filter(|m| m.len() > 1) {
        roles(digests, members, &mut rows);
    }
    let places: HashMap<&str, usize> = digests.iter().enumerate().rev().map(|(n, d)| (d.page.as_str(), n)).collect();
    for n in 0..rows.len() {
        if clusters[rows[n].cluster.as_str()].len() == 1 {
            borrowed(digests, &places, &copies, numbers[n], &mut rows[n]);
        }
    }
    rows
}

fn row(digest: &Digest, cluster: &str, origin: &str) -> SourceRow {
    SourceRow {
        page: digest.page.clone(),
        path: digest.path.clone(),
        url: digest.url.clone(),
        publisher: digest.publisher.clone(),
        family: digest.family.clone(),
        country: digest.country.clone(),
        control: digest.control.clone(),
        published: digest.published,
        agencies: digest.agencies.clone(),
        cited: digest.cited.clone(),
        cluster: cluster.to_string(),
        role: Role::Single,
        copy_of: None,
        overlap: None,
        why: Vec::new(),
        origin: origin.to_string(),
        verdict: digest.verdict.clone(),
        records: digest.records,
        why_none: digest.why_none.clone(),
        cleaner: None,
        repairs: Vec::new(),
        outlet: digest.outlet.clone(),
        voices: digest.voices.clone(),
        quotations: digest.quotations.clone(),
    }
}

/// Who is the original in a cluster, what the others are to it, and what a cleaner copy mends.
fn roles(digests: &[Digest], members: &[usize], rows: &mut [SourceRow]) {
    let (first, why) = original::likeliest(digests, members);
    let cleanest = repairs::cleanest(digests, members);
    for &n in members {
        if n == first {
            rows[n].role = Role::Original;
            rows[n].why.clone_from(&why);
        } else {
            let likeness = compare(&digests[n].sketch, &digests[first].sketch);
            let (role, reason) = kind(&likeness, &digests[n], &digests[first]);
            rows[n].role = role;
            rows[n].why.push(reason);
            rows[n].copy_of = Some(digests[first].page.clone());
            rows[n].overlap = Some(likeness.found[0]);
        }
        if digests[cleanest].page != digests[n].page && digests[cleanest].damage() + 0.02 < digests[n].damage() {
            rows[n].cleaner = Some(digests[cleanest].page.clone());
        }
        rows[n].repairs = repairs::of_page(digests, n, members);
    }
}

/// What a page is to its original.
fn kind(likeness: &Likeness, page: &Digest, original: &Digest) -> (Role, String) {
    let percent = |share: f32| format!("{:.0} %", share * 100.0);
    let [here, there] = likeness.found;
    if page.sketch == original.sketch {
        (Role::Copy, "the same text".to_string())
    } else if here >= 0.7 && there < 0.75 && likeness.words[0] * 5 < likeness.words[1] * 4 {
        (Role::Excerpt, format!("{} of it found there, which is {} of the original", percent(here), percent(there)))
    } else if likeness.verbatim[0] >= 0.6 && here >= 0.6 {
        (
            Role::Copy,
            format!("{} of its sentences found there, {} of them word for word", percent(here), percent(likeness.verbatim[0])),
        )
    } else {
        (Role::Rewrite, format!("{} of its sentences found there, mostly in other words", percent(here)))
    }
}

/// A page in no cluster that is put together from passages of others. It is told from the pages that it took them from by
/// what is left of it without them: little.
fn borrowed(digests: &[Digest], places: &HashMap<&str, usize>, copies: &Copies, number: u32, row: &mut SourceRow) {
    let taken = copies.borrowed(number);
    // What came out later cannot be what it was taken from.
    let earlier = |id: &str| {
        let day = places.get(id).and_then(|&n| digests[n].published);
        day.zip(row.published).is_none_or(|(theirs, own)| theirs <= own)
    };
    let from: Vec<&(String, f32)> = taken.from.iter().filter(|(id, _)| earlier(id)).collect();
    let clusters: BTreeSet<&str> = from.iter().filter_map(|(id, _)| copies.cluster(id)).collect();
    if let Some((id, share)) = from.first().filter(|_| taken.share >= 0.5 && clusters.len() >= 2) {
        row.why.push(format!("{:.0} % of it stands in {} unrelated reports", taken.share * 100.0, clusters.len()));
        row.role = Role::Excerpt;
        row.copy_of = Some(id.clone());
        row.overlap = Some(*share);
    }
}
