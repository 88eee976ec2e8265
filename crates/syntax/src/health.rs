//! How fit a sentence is to be read, and why not.

use text::{Body, Source};

use crate::parse::{Health, WordRow};
use crate::tags::{Feats, Upos};

/// Sentences of fewer words are not judged by the model: there is too little to see.
const SHORTEST: usize = 6;

/// Joins the model's probability with what the tree shows. `threshold` is the probability from which a sentence is quarantined.
pub fn judge(source: &Source<Body>, words: &[WordRow<'_>], garble: f32, threshold: f32) -> Health {
    let mut why = Vec::new();
    let solid: Vec<&WordRow<'_>> = words.iter().filter(|w| !matches!(w.upos, Upos::PUNCT | Upos::SYM)).collect();
    let finite = words.iter().any(|w| matches!(w.upos, Upos::VERB | Upos::AUX) && Feats(w.feats).is("VerbForm", "Fin"));
    let verb = words.iter().any(|w| matches!(w.upos, Upos::VERB | Upos::AUX));
    let text = |w: &WordRow<'_>| source.slice(w.span);
    let repeated = solid
        .windows(2)
        .any(|p| text(p[0]).len() > 2 && text(p[0]) == text(p[1]) && !matches!(text(p[0]), "that" | "had" | "very" | "really"));
    // Two common words that end in a full stop and begin in lower case: what is left of something longer.
    let stray = !verb
        && (1..=3).contains(&solid.len())
        && words.last().is_some_and(|w| text(w) == ".")
        && text(&words[0]).chars().next().is_some_and(char::is_lowercase);
    let bad = garble > threshold && solid.len() >= SHORTEST;
    if stray {
        why.push("a stray fragment");
    }
    if bad {
        if !finite {
            why.push("no finite verb");
        }
        if repeated {
            why.push("a word repeated");
        }
        if why.is_empty() {
            why.push("words that do not fit together");
        }
    }
    Health { garble: if stray { garble.max(threshold) } else { garble }, quarantined: bad || stray, why, broken: Vec::new() }
}
