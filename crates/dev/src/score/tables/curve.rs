//! May the confidence be believed? The curve in ten bins on the negotiation pages, each page judged by a fit without it, and the
//! weights of a fit on everything, for `confidence.rs`.

use std::collections::{BTreeMap, BTreeSet};

use detente::events::Grounds;
use serde_json::Value;

use super::matrix::modern;
use super::{Read, category};

/// One event with its grounds.
pub struct Sample {
    /// The page it may not be judged by; `None` for what only helps the fit.
    page: Option<String>,
    x: Vec<f64>,
    weight: f64,
    /// As the program prints it today.
    printed: f64,
    right: bool,
}

/// Judged events of the pages.
pub fn of_pages(judged: &[(String, Grounds, f64, bool)]) -> Vec<Sample> {
    judged
        .iter()
        .map(|(page, g, printed, right)| Sample {
            page: Some(page.clone()),
            x: row(g),
            weight: 1.0,
            printed: *printed,
            right: *right,
        })
        .collect()
}

/// The events of the gsr sentences, each a quarter of a sample: the gold has one event a sentence, so that of further ones little is
/// known.
pub fn of_gsr(gold: &[Value], read: &BTreeMap<&str, &Read>) -> Vec<Sample> {
    let mut out = Vec::new();
    for g in gold {
        let Some(read) = g["id"].as_str().and_then(|id| read.get(id)) else { continue };
        let kind = modern(g["event"].as_str().unwrap_or(""));
        let samples = read.events.iter().zip(&read.grounds);
        out.extend(samples.map(|(e, g)| Sample {
            page: None,
            x: row(g),
            weight: 0.25,
            printed: super::confidence(e),
            right: category(e) == kind,
        }));
    }
    out
}

fn row(grounds: &Grounds) -> Vec<f64> {
    grounds.row().into_iter().map(f64::from).collect()
}

fn chance(weights: &[f64], x: &[f64]) -> f64 {
    let z: f64 = weights.iter().zip(x).map(|(w, v)| w * v).sum();
    1.0 / (1.0 + (-z).exp())
}

/// Weight decay: what little is known of pulls the weights to nothing.
const DECAY: f64 = 3.0;

/// Logistic regression with weight decay, by a fixed number of gradient steps: the same on every machine.
fn fit(samples: &[&Sample]) -> Vec<f64> {
    let size = Grounds::NAMES.len();
    let total: f64 = samples.iter().map(|s| s.weight).sum::<f64>().max(1.0);
    let mut weights = vec![0.0; size];
    for _ in 0..4000 {
        let mut slope: Vec<f64> = weights.iter().enumerate().map(|(n, w)| if n == 0 { 0.0 } else { DECAY * w }).collect();
        for s in samples {
            let miss = s.weight * (chance(&weights, &s.x) - f64::from(u8::from(s.right)));
            for (g, v) in slope.iter_mut().zip(&s.x) {
                *g += miss * v;
            }
        }
        for (w, g) in weights.iter_mut().zip(&slope) {
            *w -= 0.5 * g / total;
        }
    }
    weights
}

/// Ten bins, the error that is expected of them, and the weights.
pub fn markdown(samples: &[Sample]) -> String {
    let pages: BTreeSet<&String> = samples.iter().filter_map(|s| s.page.as_ref()).collect();
    let mut judged: Vec<(f64, bool)> = Vec::new();
    for page in &pages {
        let others: Vec<&Sample> = samples.iter().filter(|s| s.page.as_ref() != Some(page)).collect();
        let weights = fit(&others);
        judged.extend(samples.iter().filter(|s| s.page.as_ref() == Some(page)).map(|s| (chance(&weights, &s.x), s.right)));
    }
    let printed: Vec<(f64, bool)> = samples.iter().filter(|s| s.page.is_some()).map(|s| (s.printed, s.right)).collect();
    let mut out = format!(
        "Events of the negotiation pages, {} of {} pages; right: a firm gold event stands behind it (arguable ones left out).\n\n",
        judged.len(),
        pages.len()
    );
    out += "| confidence | events | said, on average | right | | printed: events | said | right |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n";
    let (mut error, mut error_printed) = (0.0, 0.0);
    for bin in 0..10 {
        let (n, said, right) = bucket(&judged, bin);
        let (m, said_printed, right_printed) = bucket(&printed, bin);
        error += n as f64 / judged.len().max(1) as f64 * (said - right).abs();
        error_printed += m as f64 / printed.len().max(1) as f64 * (said_printed - right_printed).abs();
        let cells =
            |n: usize, said: f64, right: f64| if n == 0 { "0 | | ".to_string() } else { format!("{n} | {said:.2} | {right:.2}") };
        out += &format!(
            "| {:.1} to {:.1} | {} | | {} |\n",
            bin as f64 / 10.0,
            (bin + 1) as f64 / 10.0,
            cells(n, said, right),
            cells(m, said_printed, right_printed)
        );
    }
    out += &format!(
        "\nExpected calibration error: **{error:.3}** (each page judged by a fit without it), {error_printed:.3} as printed.\n\nA fit on all of it, with gsr: "
    );
    let weights = fit(&samples.iter().collect::<Vec<_>>());
    let cells: Vec<String> = Grounds::NAMES.iter().zip(&weights).map(|(name, w)| format!("{name} {w:+.2}")).collect();
    out + &cells.join(", ") + ".\n"
}

/// How many fall into a bin, what they say on average, how often they are right.
fn bucket(judged: &[(f64, bool)], bin: usize) -> (usize, f64, f64) {
    let inside: Vec<&(f64, bool)> = judged.iter().filter(|(p, _)| ((p * 10.0) as usize).min(9) == bin).collect();
    let n = inside.len();
    if n == 0 {
        return (0, 0.0, 0.0);
    }
    (n, inside.iter().map(|j| j.0).sum::<f64>() / n as f64, inside.iter().filter(|j| j.1).count() as f64 / n as f64)
}
