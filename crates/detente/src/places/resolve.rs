//! Which of the places of a name is meant, decided for a whole page at once: what holds what ("Paris, Texas"), what else is on
//! the page, how near it lies, how many people live there. One name means one place on a page.

use std::collections::BTreeMap;

use syntax::Parse;

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
/// How many names of a page are looked at for nearness.
const ANCHORS: usize = 200;

/// The place chosen for each mention.
pub(super) fn resolve(parse: &Parse, mentions: &[Mention]) -> Vec<Option<Candidate>> {
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
    let mut chosen: Vec<Option<Candidate>> =
        keys.iter().map(|members| best(&mentions[members[0]].candidates, |c| c.prior + FAME * c.fame)).collect();
    let holders: Vec<Vec<usize>> = keys
        .iter()
        .map(|members| members.iter().filter_map(|&m| holder(parse, mentions, m)).map(|h| group[h]).collect())
        .collect();
    // A page of very many names is placed by the first of them.
    let mut first: Vec<usize> = (0..keys.len()).collect();
    first.sort_by_key(|g| keys[*g][0]);
    first.truncate(ANCHORS);
    for _ in 0..3 {
        let votes = votes(&chosen, &keys);
        let mut shares: BTreeMap<u16, usize> = BTreeMap::new();
        // A great city says nothing about the small towns around it.
        let local = |c: &&Candidate| c.resolution < 4 || c.prior < 6.3;
        for c in chosen.iter().flatten().filter(local) {
            *shares.entry(c.division).or_insert(0) += 1;
        }
        let mut next = chosen.clone();
        for (g, members) in keys.iter().enumerate() {
            let candidates = &mentions[members[0]].candidates;
            if candidates.len() < 2 {
                continue;
            }
            next[g] = best(candidates, |c| {
                let mut score = c.prior + FAME * c.fame;
                if c.country != *b"  " {
                    let own = chosen[g].filter(|o| o.country == c.country).map_or(0.0, |o| vote(&o, members.len()));
                    let others = votes.get(&c.country).copied().unwrap_or(0.0) - own;
                    // A great country has small towns of every name: they profit less from being in it.
                    score += COUNTRY
                        * ((c.prior - 3.0) / SMALL).clamp(0.3, 1.0)
                        * (1.0 - f64::from(syntax::exp((-0.6 * others) as f32)));
                }
                for &h in &holders[g] {
                    // Of two names that hold each other, either may be the holder; try every sense of the outer one.
                    let held = mentions[keys[h][0]].candidates.iter().map(|outer| holds(outer, c)).fold(0.0, f64::max);
                    score += held;
                }
                score += near(c, &chosen, &first, g);
                if c.division != 0
                    && c.resolution > 2
                    && shares
                        .get(&c.division)
                        .is_some_and(|n| *n > usize::from(chosen[g].is_some_and(|o| o.division == c.division && local(&&o))))
                {
                    score += DIVISION * ((c.prior - 3.0) / SMALL).clamp(0.3, 1.0);
                }
                if mentions[members[0]].wide.is_some_and(|w| w <= 3) && c.resolution == 1 {
                    score -= 3.0;
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
    (0..mentions.len()).map(|m| lost[group[m]].or(chosen[group[m]])).collect()
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

fn votes(chosen: &[Option<Candidate>], keys: &[&Vec<usize>]) -> BTreeMap<[u8; 2], f64> {
    let mut votes = BTreeMap::new();
    for (g, c) in chosen.iter().enumerate() {
        if let Some(c) = c.filter(|c| c.country != *b"  ") {
            *votes.entry(c.country).or_insert(0.0) += vote(&c, keys[g].len());
        }
    }
    votes
}

/// The mention that stands right behind `m` as what holds it: "Springfield, Illinois", "Aleppo (Syria)".
fn holder(parse: &Parse, mentions: &[Mention], m: usize) -> Option<usize> {
    let (this, next) = (&mentions[m], mentions.get(m + 1)?);
    let between = parse.source().as_str().get(this.span.end() as usize..next.span.start() as usize)?;
    let link = matches!(
        between.trim(),
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
    ) && between.len() < 16;
    link.then_some(m + 1)
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
