//! How large an event was: figures that count the dead, wounded, arrested, soldiers, participants and money of one predicate.

use ledger::{Category, Figure, Size};
use syntax::{Upos, Word};
use text::{Body, Span};

use super::act::Act;
use super::grammar::{is, listed};
use super::lexicon::EventLexicon;
use crate::Scene;

/// The figures of `act`.
pub fn read(scene: &Scene<'_>, lexicon: &EventLexicon, act: &Act<'_>) -> Size {
    let mut size = Size::default();
    for &id in &act.trigger {
        let word = scene.parse.word(id);
        counts(scene, lexicon, act, word, &mut size);
        // "killing four and wounding ten"
        for c in word.children().filter(|c| matches!(c.rel(), "advcl" | "conj" | "xcomp" | "acl" | "parataxis")) {
            counts(scene, lexicon, act, c, &mut size);
            for g in c.children().filter(|g| g.rel() == "conj") {
                counts(scene, lexicon, act, g, &mut size);
            }
        }
    }
    size
}

fn counts(scene: &Scene<'_>, lexicon: &EventLexicon, act: &Act<'_>, word: Word<'_>, size: &mut Size) {
    let dead = listed(lexicon.class("kill"), word);
    let injured = listed(lexicon.class("wound"), word);
    let arrested = listed(lexicon.class("seize-person"), word);
    // "shot dead"
    let dead = dead || word.after().is_some_and(|a| is(a, &["dead"]));
    for phrase in word.children().filter(|c| matches!(c.rel(), "nsubj" | "obj" | "nmod" | "obl" | "iobj")) {
        let Some(figure) = figure(scene, phrase) else { continue };
        // "killed up to 35 fighters": the hedge looks like a preposition.
        let hedge = |c: Word<'_>| c.rel() == "case" && is(c, &["to"]) && c.before().is_some_and(|b| is(b, &["up"]));
        let around = phrase.rel() == "obl" && !phrase.children().any(hedge);
        let people = phrase.upos() == Upos::NUM || !listed(lexicon.class("measure"), phrase);
        let slot = if listed(lexicon.class("money"), phrase) {
            &mut size.money
        } else if dead && people && !around {
            &mut size.dead
        } else if injured && people && !around {
            &mut size.injured
        } else if arrested && people && !around {
            &mut size.arrested
        } else if listed(lexicon.class("troops"), phrase) {
            &mut size.troops
        } else if act.category == Category::Protest && listed(lexicon.class("crowd"), phrase) {
            &mut size.participants
        } else {
            continue;
        };
        if slot.is_none() {
            let unit = if listed(lexicon.class("money"), phrase) { phrase.lemma().to_lowercase() } else { "people".into() };
            *slot = Some(Figure { unit, ..figure });
        }
    }
}

/// The figure in a noun phrase, with its hedge.
fn figure(scene: &Scene<'_>, phrase: Word<'_>) -> Option<Figure> {
    let number = if phrase.upos() == Upos::NUM || many(phrase).is_some() {
        phrase
    } else {
        phrase.children().find(|c| {
            (c.rel() == "nummod" || c.rel() == "amod" || c.rel() == "compound") && (c.upos() == Upos::NUM || many(*c).is_some())
        })?
    };
    let mut value = number_value(number);
    let mut span: Span<Body> = number.span();
    let mut factor = 1.0;
    for c in number.children() {
        if let Some(scale) = scale(c).filter(|_| c.id() > number.id()) {
            factor *= scale;
            span = span.hull(c.span());
        } else if let (Some(v), Some(scale)) = (number_value(c), scale(number)) {
            value = Some(v * scale);
            span = span.hull(c.span());
        }
    }
    let mut low = None;
    let mut high = None;
    let mut before = number.sentence().words().find(|w| w.span().start() == span.start()).and_then(|w| w.before());
    let rough = many(number);
    let mut exact = value.map(|v| v * factor);
    for _ in 0..3 {
        let Some(w) = before else { break };
        if is(w, &["about", "around", "some", "nearly", "almost", "approximately", "roughly", "estimated", "an"]) {
            span = span.hull(w.span());
        } else if is(w, &["least", "than", "over"]) {
            low = exact;
            span = span.hull(w.span());
        } else if is(w, &["more", "at"]) && low.is_some() {
            span = span.hull(w.span());
        } else if is(w, &["to", "most"]) && w.before().is_some_and(|b| is(b, &["up", "at"])) {
            high = exact;
            span = span.hull(w.span());
        } else if is(w, &["up", "at"]) && high.is_some() {
            span = span.hull(w.span());
        } else {
            break;
        }
        before = w.before();
    }
    if let Some(least) = rough {
        low = Some(least);
        exact = None;
    }
    (exact.is_some() || low.is_some()).then(|| Figure {
        value: exact.filter(|_| low.is_none() && high.is_none()).or(exact),
        low,
        high,
        unit: String::new(),
        quoted: scene.quote(span),
    })
}

/// "dozens", "hundreds", "thousands": at least so many.
fn many(word: Word<'_>) -> Option<f64> {
    Some(match word.form().to_ascii_lowercase().as_str() {
        "dozens" => 24.0,
        "scores" => 40.0,
        "hundreds" => 200.0,
        "thousands" => 2000.0,
        "millions" => 2_000_000.0,
        _ => return None,
    })
}

fn scale(word: Word<'_>) -> Option<f64> {
    Some(match word.form().to_ascii_lowercase().as_str() {
        "hundred" => 100.0,
        "thousand" => 1000.0,
        "million" | "m" => 1e6,
        "billion" | "bn" => 1e9,
        "dozen" => 12.0,
        _ => return None,
    })
}

fn number_value(word: Word<'_>) -> Option<f64> {
    const NAMES: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let form = word.form().to_ascii_lowercase();
    if let Some(i) = NAMES.iter().position(|n| *n == form) {
        return Some((i + 1) as f64);
    }
    let digits = form.trim_start_matches(['$', '€', '£']).replace(',', "");
    digits.parse::<f64>().ok().filter(|v| v.is_finite()).or_else(|| scale(word))
}
