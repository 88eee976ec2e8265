//! Which of the places of a name is meant, decided for a whole page at once: what holds what ("Paris, Texas"), what else is on
//! the page, how near it lies, how many people live there. One name means one place on a page.

use std::collections::BTreeMap;

use super::gazetteer::Candidate;
use super::tag::Mention;

/// How much a tenfold number of names weighs against a tenfold number of people.
const FAME: f64 = 0.8;
/// How much other places of its country speak for a candidate, at most.
const COUNTRY: f64 = 2.6;
/// A place so many powers of ten above a thousand people profits fully from its country.
const SMALL: f64 = 2.5;
/// How much another place in the same first-order division speaks for a candidate.
const DIVISION: f64 = 2.0;
/// How much it says that a name is told to lie beside another.
const BESIDE: f64 = 5.0;
/// How much it says that most towns of a page lie in one division.
const LOCAL: f64 = 5.0;
/// What is less known than this needs its country on the page.
const STRAY: f64 = 4.8;
/// How many names of a page are looked at for nearness.
const ANCHORS: usize = 200;

/// How much a word for a nationality says for its country, beside a name of a place there.
const NATION: f64 = 0.5;

/// The place chosen for each mention of each part of a page (its title, its text), all decided together. `nations` counts the
/// page's words for nationalities.
pub(super) fn resolve(parts: &[(&str, &[Mention])], nations: &BTreeMap<[u8; 2], usize>) -> Vec<Vec<Option<Candidate>>> {
    let mentions: Vec<&Mention> = parts.iter().flat_map(|(_, m)| m.iter()).collect();
    let mut outer = Vec::with_capacity(mentions.len());
    for (text, own) in parts {
        let from = outer.len();
        outer.extend((0..own.len()).map(|m| link(text, own, m).map(|(h, link)| (from + h, link))));
    }
    let chosen = together(&mentions, &outer, nations);
    let mut rest = chosen.into_iter();
    parts.iter().map(|(_, own)| rest.by_ref().take(own.len()).collect()).collect()
}

fn together(
    mentions: &[&Mention],
    outer: &[Option<(usize, Link)>],
    nations: &BTreeMap<[u8; 2], usize>,
) -> Vec<Option<Candidate>> {
    // Mentions of one name are decided together.
    let mut names: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, m) in mentions.iter().enumerate() {
        names.entry(m.key.as_str()).or_default().push(i);
    }
    let keys: Vec<&Vec<usize>> = names.values().collect();
    let mut group = vec![0; mentions.len()];
    for (g, members) in keys.iter().enumerate() {
        for &m in *members {
            group[m] = g;
        }
    }
    let candidates = |g: usize| &mentions[keys[g][0]].candidates;
    let mut chosen: Vec<Option<Candidate>> = (0..keys.len()).map(|g| best(candidates(g), |c| c.prior + FAME * c.fame)).collect();
    // What holds each name, and what each name holds.
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); keys.len()];
    let mut held: Vec<Vec<usize>> = vec![Vec::new(); keys.len()];
    let mut beside: Vec<Vec<usize>> = vec![Vec::new(); keys.len()];
    for (m, (h, link)) in outer.iter().enumerate().filter_map(|(m, h)| Some((group[m], (*h)?))) {
        let h = group[h];
        if link == Link::Beside {
            beside[m].push(h);
            continue;
        }
        if !holders[m].contains(&h) {
            holders[m].push(h);
        }
        if !held[h].contains(&m) {
            held[h].push(m);
        }
    }
    // A page of very many names is placed by the first of them.
    let mut first: Vec<usize> = (0..keys.len()).collect();
    first.sort_by_key(|g| keys[*g][0]);
    first.truncate(ANCHORS);
    for _ in 0..3 {
        let votes = votes(&chosen, &keys, nations);
        let mut shares: BTreeMap<u16, usize> = BTreeMap::new();
        // A great city says nothing about the small towns around it.
        let local = |c: &&Candidate| c.resolution < 4 || c.prior < 6.3;
        for c in chosen.iter().flatten().filter(local) {
            *shares.entry(c.division).or_insert(0) += 1;
        }
        let towns: Vec<(usize, u16)> = (0..keys.len())
            .filter_map(|g| Some((g, chosen[g].filter(|c| (3..=5).contains(&c.resolution) && c.prior < 6.3)?.division)))
            .filter(|(_, division)| *division != 0)
            .collect();
        let mut next = chosen.clone();
        for (g, members) in keys.iter().enumerate() {
            if candidates(g).len() < 2 {
                continue;
            }
            next[g] = best(candidates(g), |c| {
                let mut score = c.prior + FAME * c.fame;
                let weight = ((c.prior - 3.0) / SMALL).clamp(0.3, 1.0);
                if c.country != *b"  " {
                    let own = chosen[g].filter(|o| o.country == c.country).map_or(0.0, |o| vote(&o, members.len()));
                    let others = votes.get(&c.country).copied().unwrap_or(0.0) - own;
                    // A great country has small towns of every name: they profit less from being in it.
                    score += COUNTRY * weight * (1.0 - f64::from(syntax::exp((-0.6 * others) as f32)));
                }
                // Of two names that hold each other, either may be the holder; try every sense of the other.
                for &h in &holders[g] {
                    score += candidates(h).iter().map(|outer| holds(outer, c)).fold(0.0, f64::max);
                }
                for &b in beside[g].iter().take(4) {
                    let km = |o: &Candidate| distance((c.lat, c.lon), (o.lat, o.lon));
                    let least = chosen[b].iter().filter(|o| o.resolution >= 2).map(km).fold(f64::INFINITY, f64::min);
                    score += (BESIDE * (1.0 - least / 300.0)).max(0.0);
                }
                // "Atlanta, Georgia": what lies in it says which of two is meant.
                score += held[g]
                    .iter()
                    .map(|&i| candidates(i).iter().map(|inner| holds(c, inner) * known(inner)).fold(0.0, f64::max))
                    .fold(0.0, f64::max);
                score += near(c, &chosen, &first, g);
                let own = usize::from(chosen[g].is_some_and(|o| o.division == c.division && local(&&o)));
                if c.division != 0 && c.resolution >= 2 && shares.get(&c.division).is_some_and(|n| *n > own) {
                    score += DIVISION * weight;
                }
                score += local_page(c, &towns, g);
                if let Some(wide) = mentions[members[0]].wide.filter(|w| *w <= 3) {
                    score += match c.resolution {
                        1 => -3.0,
                        r if r == wide => 2.0,
                        _ => 0.0,
                    };
                }
                score
            });
        }
        if next == chosen {
            break;
        }
        chosen = next;
    }
    // "Paris, Idaho": a small place that the table lacks is said to be in Idaho, not made the town of that name elsewhere.
    let lost: Vec<Option<Candidate>> = (0..keys.len())
        .map(|g| {
            let own = chosen[g].map_or(0.0, |c| c.prior);
            let outer = holders[g].iter().filter_map(|&h| chosen[h]).find(|o| (2..=3).contains(&o.resolution))?;
            let held = chosen[g].is_some_and(|c| holds(&outer, &c) > 0.0 || c.which == outer.which);
            let apart = chosen[g]
                .is_none_or(|c| (c.resolution >= 4 && own < 9.0) && distance((c.lat, c.lon), (outer.lat, outer.lon)) > 300.0);
            (!held && apart).then_some(Candidate { inside: true, ..outer })
        })
        .collect();
    let votes = votes(&chosen, &keys, nations);
    let open = |g: usize| {
        let own = |c: &Candidate| vote(c, keys[g].len());
        holders[g].is_empty() && chosen[g].is_some_and(|c| stray(&c, own(&c), &votes))
    };
    (0..mentions.len()).map(|m| lost[group[m]].or(chosen[group[m]].filter(|_| !open(group[m])))).collect()
}

/// A local page tells of one province: where most of its towns lie in one, the others do too.
fn local_page(c: &Candidate, towns: &[(usize, u16)], own: usize) -> f64 {
    let others = towns.iter().filter(|(g, _)| *g != own).count();
    if c.division == 0 || c.resolution < 3 || others < 3 {
        return 0.0;
    }
    let here = towns.iter().filter(|(g, division)| *g != own && *division == c.division).count();
    (LOCAL * (here as f64 / others as f64 - 0.35)).clamp(0.0, 3.0)
}

/// Whether a little-known place stands alone in its country while the page speaks of others: then it is left open.
fn stray(c: &Candidate, own: f64, votes: &BTreeMap<[u8; 2], f64>) -> bool {
    let here = votes.get(&c.country).copied().unwrap_or(0.0) - own;
    let elsewhere = votes.iter().filter(|(country, _)| **country != c.country).map(|(_, v)| *v).fold(0.0, f64::max);
    c.resolution >= 3 && c.prior + FAME * c.fame < STRAY && here < 0.05 && elsewhere > 1.5
}

/// How far a place is known for itself, 0 to 1: what a hamlet lies in says little of which land is meant.
fn known(c: &Candidate) -> f64 {
    ((c.prior - 3.0) / SMALL).clamp(0.2, 1.0)
}

fn best(candidates: &[Candidate], score: impl Fn(&Candidate) -> f64) -> Option<Candidate> {
    let mut top: Option<(f64, &Candidate)> = None;
    for c in candidates {
        let s = score(c);
        if top.is_none_or(|(t, _)| s > t + 1e-9) {
            top = Some((s, c));
        }
    }
    top.map(|(_, c)| *c)
}

/// What one name says for its country.
fn vote(c: &Candidate, times: usize) -> f64 {
    let kind = match c.resolution {
        1 => 1.2,
        2 => 1.0,
        _ => 0.7,
    };
    // A small place says little as long as its own country is not sure.
    let sure = ((c.prior - 3.5) / 3.0).clamp(0.2, 1.0);
    kind * sure * (1.0 + 0.3 * (times as f64).ln())
}

fn votes(chosen: &[Option<Candidate>], keys: &[&Vec<usize>], nations: &BTreeMap<[u8; 2], usize>) -> BTreeMap<[u8; 2], f64> {
    let mut votes: BTreeMap<[u8; 2], f64> =
        nations.iter().map(|(country, n)| (*country, NATION * (1.0 + 0.3 * (*n as f64).ln()))).collect();
    for (g, c) in chosen.iter().enumerate() {
        if let Some(c) = c.filter(|c| c.country != *b"  ") {
            *votes.entry(c.country).or_insert(0.0) += vote(&c, keys[g].len());
        }
    }
    votes
}

/// How one name is linked to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// "Springfield, Illinois", "Aleppo (Syria)".
    Inside,
    /// "Slavyansk, 100 km north of Donetsk", "Edmonton, just outside Cairns".
    Beside,
}

/// The mention that stands right behind `m` as what holds it, or as what it lies beside.
fn link(text: &str, mentions: &[Mention], m: usize) -> Option<(usize, Link)> {
    let (this, next) = (&mentions[m], mentions.get(m + 1)?);
    let between = text.get(this.span.end() as usize..next.span.start() as usize)?;
    let words = between.trim();
    let inside = matches!(
        words,
        "," | "("
            | ", in"
            | "in"
            | ", northern"
            | ", southern"
            | ", eastern"
            | ", western"
            | ", central"
            | "in northern"
            | "in southern"
            | "in eastern"
            | "in western"
            | "in central"
            | "in the"
    );
    if inside && between.len() < 16 {
        return Some((m + 1, Link::Inside));
    }
    let beside = words == "near" || (words.starts_with([',', '(']) || words.starts_with(|c: char| c.is_ascii_digit()));
    let near = [" near", " outside", "north of", "south of", "east of", "west of", " from"].iter().any(|w| words.ends_with(w));
    (beside && (near || words == "near") && between.len() < 60 && !words.contains(['.', ';', '\n']))
        .then_some((m + 1, Link::Beside))
}

/// How well `outer` holds `inner`.
fn holds(outer: &Candidate, inner: &Candidate) -> f64 {
    if outer.which == inner.which || outer.country != inner.country && outer.country != *b"  " {
        return 0.0;
    }
    let km = distance((outer.lat, outer.lon), (inner.lat, inner.lon));
    match outer.resolution {
        1 if inner.resolution > 1 => 4.0,
        2 if inner.resolution > 2 => {
            if outer.division != 0 && inner.division != 0 {
                return if outer.division == inner.division { 5.0 } else { 0.0 };
            }
            (4.0 * (1.0 - km / 900.0)).max(0.0)
        }
        3 if inner.resolution > 3 && km < 120.0 => 4.0,
        4 if inner.resolution >= 4 && km < 60.0 && outer.prior > inner.prior => 3.0,
        0 if km < 800.0 => 1.0,
        _ => 0.0,
    }
}

/// What lies near other places of the page is likelier.
fn near(c: &Candidate, chosen: &[Option<Candidate>], first: &[usize], own: usize) -> f64 {
    if c.resolution <= 1 {
        return 0.0;
    }
    let km = first
        .iter()
        .filter(|g| **g != own)
        .filter_map(|g| chosen[*g])
        .filter(|o| o.resolution >= 3 && o.which != c.which)
        .map(|o| distance((c.lat, c.lon), (o.lat, o.lon)))
        .fold(f64::INFINITY, f64::min);
    match km {
        k if k < 50.0 => 1.2,
        k if k < 150.0 => 0.9,
        k if k < 400.0 => 0.4,
        _ => 0.0,
    }
}

/// Kilometres between two points on the globe.
pub(super) fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    // Near enough at these scales, and made of sums and products alone but for one root.
    let mean = ((a.0 + b.0) / 2.0).to_radians();
    let mut east = (a.1 - b.1).abs();
    if east > 180.0 {
        east = 360.0 - east;
    }
    let x = east * cosine(mean);
    let y = a.0 - b.0;
    111.2 * (x * x + y * y).sqrt()
}

/// Cosine by its series, the same on every machine; `x` lies between -π/2 and π/2.
fn cosine(x: f64) -> f64 {
    let s = x * x;
    1.0 - s / 2.0 * (1.0 - s / 12.0 * (1.0 - s / 30.0 * (1.0 - s / 56.0)))
}
