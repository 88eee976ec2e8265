//! Which page of a cluster is likely the original: signs that a reader would look for, each with its weight and its words.

use std::collections::BTreeSet;

use super::Digest;

/// The likeliest original among `members`, and what speaks for it.
pub fn likeliest(digests: &[Digest], members: &[usize]) -> (usize, Vec<String>) {
    let days: BTreeSet<_> = members.iter().filter_map(|&n| digests[n].published).collect();
    let longest = members.iter().map(|&n| digests[n].sketch.len()).max().unwrap_or(0);
    let credited: BTreeSet<&String> = members.iter().flat_map(|&n| &digests[n].agencies).collect();
    let named: BTreeSet<&str> = members
        .iter()
        .flat_map(|&n| digests[n].taken_from.iter().filter(move |t| !is_own(t, &digests[n])).map(String::as_str))
        .collect();
    let judged = members.iter().map(|&n| {
        let page = &digests[n];
        let mut signs: Vec<(f32, &str)> = Vec::new();
        if page.own_agency && page.publisher.as_ref().is_some_and(|p| credited.contains(p)) {
            signs.push((3.0, "it is published by the agency that is credited"));
        } else if !page.agencies.is_empty() {
            signs.push((-1.0, "it credits an agency"));
        }
        if named.iter().any(|name| is_own(name, page)) {
            signs.push((2.0, "a copy names it as its source"));
        }
        if page.taken_from.iter().any(|from| !is_own(from, page)) {
            signs.push((-3.0, "it says that it was taken from elsewhere"));
        }
        if days.len() > 1 && page.published == days.first().copied() {
            signs.push((2.0, "it was published first"));
        }
        if page.byline.is_some() {
            signs.push((0.5, "it has a byline"));
        }
        if page.dateline {
            signs.push((1.0, "it has a dateline"));
        }
        if page.sketch.len() * 20 >= longest * 19 {
            signs.push((1.0, "it is the fullest"));
        }
        if page.suspicion >= 0.5 {
            signs.push((-2.0, "it looks translated"));
        }
        if page.garbled > 0.05 {
            signs.push((-2.0, "part of it is garbled"));
        }
        let score: f32 = signs.iter().map(|s| s.0).sum();
        (n, score, signs)
    });
    let best = judged.min_by(|(a, x, _), (b, y, _)| {
        let day = |n: &usize| (digests[*n].published.is_none(), digests[*n].published);
        let size = |n: &usize| digests[*n].sketch.len();
        y.total_cmp(x)
            .then_with(|| day(a).cmp(&day(b)))
            .then_with(|| size(b).cmp(&size(a)))
            .then_with(|| digests[*a].page.cmp(&digests[*b].page))
    });
    let Some((n, _, signs)) = best else { return (members.first().copied().unwrap_or(0), Vec::new()) };
    let mut why: Vec<String> = signs.iter().filter(|s| s.0 > 0.0).map(|s| s.1.to_string()).collect();
    if why.is_empty() {
        why.push("nothing tells the pages apart but day, length and id".to_string());
    }
    (n, why)
}

/// Whether a name or host in a trail is the page's own publisher or site.
fn is_own(name: &str, page: &Digest) -> bool {
    let host = page.url.as_deref().and_then(super::host);
    host.is_some_and(|h| h == name || h.ends_with(&format!(".{name}")))
        || page.publisher.as_ref().is_some_and(|p| p.to_lowercase() == name)
}
