//! Which place belongs to a predicate.

use syntax::{Parse, Upos, Word};

use super::Place;

/// Prepositions that say where something happens. "On", "over" and "between" are left out: with a country they name a topic, a
/// target or a party ("sanctions on Iran", "talks over Syria").
const WHERE: [&str; 15] = [
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "around",
    "across",
    "throughout",
    "within",
    "along",
    "off",
    "beneath",
    "beside",
    "opposite",
    "aboard",
];
/// Prepositions that say where to; a place for acts of moving and striking alone, which the caller knows.
const WHITHER: [&str; 6] = ["to", "into", "toward", "towards", "onto", "against"];

/// The place where what `predicate` tells happened: one that hangs on the predicate with "in", "at", "near" and their like, or
/// on a noun phrase of its own that does so ("met at a villa in Geneva"), never inside another clause. For a noun also the verb
/// that carries it ("held talks in Geneva"), and what stands before it ("the Geneva talks"). A place merely mentioned, or that
/// acts ("Moscow said"), is none: then `None`.
pub fn attach<'t>(parse: &Parse, places: &'t [Place], predicate: Word<'_>) -> Option<&'t Place> {
    let sentence = predicate.sentence();
    let from = places.partition_point(|p| p.span.end() <= sentence.span().start());
    let here: Vec<&Place> = places[from..].iter().take_while(|p| p.span.start() < sentence.span().end()).collect();
    if here.is_empty() {
        return None;
    }
    if let Some(place) = on(parse, &here, predicate) {
        return Some(place);
    }
    let verb = predicate.head().filter(|h| {
        h.upos() == Upos::VERB && predicate.upos() != Upos::VERB && matches!(predicate.rel(), "obj" | "nsubj" | "obl")
    });
    if let Some(place) = verb.and_then(|v| on(parse, &here, v)) {
        return Some(place);
    }
    // "met and signed in Geneva", "in Geneva they met and signed": shared with the first of several joined verbs.
    let first = predicate.head().filter(|_| predicate.rel() == "conj")?;
    here.into_iter().find(|p| {
        let head = parse.word(p.head);
        located(head) && head.head() == Some(first) && head.id() < first.id()
    })
}

fn on<'t>(parse: &Parse, here: &[&'t Place], predicate: Word<'_>) -> Option<&'t Place> {
    let mut best: Option<(usize, &'t Place)> = None;
    for place in here {
        if let Some(steps) = path(parse.word(place.head), predicate)
            && best.is_none_or(|(s, _)| steps < s)
        {
            best = Some((steps, place));
        }
    }
    best.map(|(_, place)| place)
}

/// Whether the noun phrase of `word` says where.
fn located(word: Word<'_>) -> bool {
    word.children().any(|c| c.rel() == "case" && WHERE.contains(&c.form().to_lowercase().as_str()))
}

/// How many steps lead from the place to the predicate through phrases that say where.
fn path(place: Word<'_>, predicate: Word<'_>) -> Option<usize> {
    let mut at = place;
    let mut where_said = false;
    for step in 1..=4 {
        let up = at.head()?;
        let whither = at.children().any(|c| c.rel() == "case" && WHITHER.contains(&c.form().to_lowercase().as_str()));
        match at.rel() {
            "obl" | "nmod" if located(at) => where_said = true,
            // "the Geneva talks", "the venue, Geneva"; a possessor ("Moscow's demand") acts and is no place
            "compound" | "appos" | "conj" | "flat" => {}
            "nmod" | "obl" if !whither && step > 1 && where_said => {}
            // "held hours of talks in Geneva"
            "obj" if step > 1 && where_said => {}
            _ => return None,
        }
        if up == predicate {
            let direct = at.rel() == "compound" && step == 1;
            return (where_said || direct).then_some(step);
        }
        if !matches!(up.upos(), Upos::NOUN | Upos::PROPN) {
            return None;
        }
        at = up;
    }
    None
}

#[cfg(test)]
mod tests {
    use syntax::Parse;

    use crate::tree;

    fn placed(parse: &Parse, predicate: &str) -> Option<String> {
        let gazetteer = crate::places::Gazetteer::builtin().expect("built-in table");
        let places = crate::places::find(parse, &gazetteer);
        let word = parse.words().find(|w| w.form() == predicate).expect("a word of the text");
        super::attach(parse, &places, word).map(|p| p.location.text.clone())
    }

    #[test]
    fn a_place_that_says_where() {
        let parse = tree("Ministers NOUN 2 nsubj|met VERB 0 root|in ADP 4 case|Geneva PROPN 2 obl");
        assert_eq!(placed(&parse, "met").as_deref(), Some("Geneva"));
    }

    #[test]
    fn through_the_verb_and_through_a_building() {
        let parse = tree(
            "They PRON 2 nsubj|held VERB 0 root|talks NOUN 2 obj|at ADP 6 case|a DET 6 det|villa NOUN 2 obl|in ADP 8 case|Geneva PROPN 6 nmod",
        );
        assert_eq!(placed(&parse, "talks").as_deref(), Some("Geneva"));
    }

    #[test]
    fn a_capital_that_acts_is_nowhere() {
        let parse = tree(
            "Moscow PROPN 2 nsubj|rejected VERB 0 root|the DET 4 det|offer NOUN 2 obj|of ADP 6 case|Washington PROPN 4 nmod",
        );
        assert_eq!(placed(&parse, "rejected"), None);
    }

    #[test]
    fn a_possessor_or_a_topic_is_nowhere_and_an_object_may_say_where() {
        let parse = tree(
            "They PRON 2 nsubj|held VERB 0 root|hours NOUN 2 obj|of ADP 5 case|talks NOUN 3 nmod|in ADP 7 case|Geneva PROPN 5 nmod|over ADP 11 case|Moscow PROPN 11 nmod:poss|'s PART 9 case|demand NOUN 2 obl",
        );
        assert_eq!(placed(&parse, "held").as_deref(), Some("Geneva"));
        let parse = tree("They PRON 2 nsubj|imposed VERB 0 root|sanctions NOUN 2 obj|on ADP 5 case|Iran PROPN 3 nmod");
        assert_eq!(placed(&parse, "imposed"), None);
    }

    #[test]
    fn another_clause_keeps_its_place() {
        let parse = tree(
            "He PRON 2 nsubj|denied VERB 0 root|that SCONJ 5 mark|troops NOUN 5 nsubj|massed VERB 2 ccomp|near ADP 7 case|Kharkiv PROPN 5 obl",
        );
        assert_eq!(placed(&parse, "denied"), None);
        assert_eq!(placed(&parse, "massed").as_deref(), Some("Kharkiv"));
    }
}
