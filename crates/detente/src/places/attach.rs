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
/// Prepositions that say where to: the place of acts of moving and striking, which [`aim`] finds.
const WHITHER: [&str; 6] = ["to", "into", "toward", "towards", "onto", "against"];
/// Prepositions of those who take part: "met with envoys in Geneva" is a meeting in Geneva, where the parser hangs Geneva on them.
const PARTIES: [&str; 5] = ["with", "between", "among", "by", "of"];
/// What is counted out of something else: "hours of talks in Geneva".
const AMOUNTS: [&str; 16] = [
    "hour", "day", "week", "month", "year", "round", "series", "wave", "number", "string", "spate", "set", "dozen", "hundred",
    "thousand", "pair",
];
/// Verbs that only carry the noun that tells what was done, and share their place and day with it: "held talks in Geneva".
const CARRIERS: [&str; 31] = [
    "hold", "have", "host", "start", "begin", "open", "end", "close", "conclude", "resume", "continue", "conduct", "attend",
    "carry", "stage", "launch", "make", "take", "give", "join", "lead", "convene", "organise", "organize", "mount", "see",
    "sign", "reach", "complete", "finish", "suffer",
];

/// The place where what `predicate` tells happened: one that hangs on the predicate with "in", "at", "near" and their like, or
/// on a noun phrase of its own that does so ("met at a villa in Geneva"), never inside another clause. For a noun also the verb
/// that carries it ("held talks in Geneva"), and what stands before it ("the Geneva talks"). A place merely mentioned, or that
/// acts ("Moscow said"), is none: then `None`. Where `deed` is false, the predicate is an act of speech, and a place on those
/// spoken to or about is not where it was spoken ("urged the rebels in Aleppo").
pub fn attach<'t>(parse: &Parse, places: &'t [Place], predicate: Word<'_>, deed: bool) -> Option<&'t Place> {
    let here = near(places, predicate);
    if here.is_empty() {
        return None;
    }
    if let Some(place) = on(parse, &here, predicate, deed) {
        return Some(place);
    }
    if let Some(place) = carrier(predicate).and_then(|v| on(parse, &here, v, false)) {
        return Some(place);
    }
    // "met and signed in Geneva", "in Geneva they met and signed": shared with the first of several joined verbs.
    let first = predicate.head().filter(|_| predicate.rel() == "conj")?;
    here.into_iter().find(|p| {
        let Some(head) = p.head.map(|h| parse.word(h)) else { return false };
        located(head) && head.head() == Some(first) && head.id() < first.id()
    })
}

/// The place that an act of moving or striking is aimed at: the object of `predicate` ("shelled Kharkiv", "the bombing of Aleppo"),
/// or, where `whither` is set, where it goes ("deployed to Lithuania"). Only a place that is smaller than a country, unless
/// `countries` says otherwise.
pub fn aim<'t>(parse: &Parse, places: &'t [Place], predicate: Word<'_>, whither: bool, countries: bool) -> Option<&'t Place> {
    near(places, predicate).into_iter().find(|p| {
        let Some(head) = p.head.map(|h| parse.word(h)).filter(|h| h.head() == Some(predicate)) else { return false };
        if !countries && p.location.resolution.is_none_or(|r| r < 2) {
            return false;
        }
        let to = whither && matches!(head.rel(), "obl" | "nmod") && marked(head, &WHITHER[..5]);
        let object = head.rel() == "obj" || head.rel() == "nsubj" && head.deprel() == "nsubj:pass";
        to || object || head.rel() == "nmod" && marked(head, &["of"])
    })
}

/// The verb that carries the noun `predicate`: "held talks", "talks were held", "met for talks".
pub(crate) fn carrier(predicate: Word<'_>) -> Option<Word<'_>> {
    let verb = predicate.head().filter(|h| h.upos() == Upos::VERB && predicate.upos() != Upos::VERB)?;
    match predicate.rel() {
        "nsubj" => Some(verb),
        "obj" if CARRIERS.contains(&verb.lemma()) => Some(verb),
        "obl" if marked(predicate, &["at", "in", "during"]) || CARRIERS.contains(&verb.lemma()) || verb.lemma() == "meet" => {
            Some(verb)
        }
        _ => None,
    }
}

/// The places of the predicate's sentence.
fn near<'t>(places: &'t [Place], predicate: Word<'_>) -> Vec<&'t Place> {
    let sentence = predicate.sentence().span();
    let from = places.partition_point(|p| p.span.end() <= sentence.start());
    places[from..].iter().take_while(|p| p.span.start() < sentence.end()).collect()
}

fn on<'t>(parse: &Parse, here: &[&'t Place], predicate: Word<'_>, deed: bool) -> Option<&'t Place> {
    let mut best: Option<(usize, &'t Place)> = None;
    for place in here {
        if let Some(steps) = place.head.and_then(|head| path(place, parse.word(head), predicate, deed))
            && best.is_none_or(|(s, _)| steps < s)
        {
            best = Some((steps, place));
        }
    }
    best.map(|(_, place)| place)
}

/// Whether one of `words` stands as a preposition on `word`.
fn marked(word: Word<'_>, words: &[&str]) -> bool {
    word.children().any(|c| c.rel() == "case" && words.iter().any(|w| c.form().eq_ignore_ascii_case(w)))
}

/// Whether the noun phrase of `word` says where.
fn located(word: Word<'_>) -> bool {
    marked(word, &WHERE)
}

/// How many steps lead from the place to the predicate through phrases that say where.
fn path(place: &Place, head: Word<'_>, predicate: Word<'_>, deed: bool) -> Option<usize> {
    let mut at = head;
    let mut where_said = false;
    for step in 1..=4 {
        let up = at.head()?;
        let last = up == predicate;
        let verb = CARRIERS.contains(&up.lemma());
        match at.rel() {
            "obl" | "nmod" if located(at) => where_said = true,
            // "the Geneva talks", "the venue, Geneva"; a possessor ("Moscow's demand") acts and is no place
            "compound" | "appos" | "conj" | "flat" => {}
            // "hours of talks in Geneva", "a meeting with envoys in Geneva"
            "nmod" | "obl" if step > 1 && where_said && marked(at, &PARTIES) => {
                let of = marked(at, &["of"]);
                if !(deed && (last || !of) || of && AMOUNTS.contains(&up.lemma())) {
                    return None;
                }
            }
            // "held talks in Geneva", "killed two soldiers in Aleppo"
            "obj" if step > 1 && where_said && (deed || verb) => {}
            "nsubj" if step > 1 && where_said && deed && last && at.deprel() == "nsubj:pass" => {}
            _ => return None,
        }
        if last {
            // A town before a noun is where it was ("the Geneva talks"), a country before it is its topic ("the Syria talks").
            let direct = at.rel() == "compound" && step == 1 && place.location.resolution.is_some_and(|r| r >= 3);
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
        super::attach(parse, &places, word, true).map(|p| p.location.text.clone())
    }

    #[test]
    fn a_place_that_says_where() {
        let parse = tree("Ministers NOUN 2 nsubj|met VERB 0 root|in ADP 4 case|Geneva PROPN 2 obl");
        assert_eq!(placed(&parse, "met").as_deref(), Some("Geneva"));
    }

    #[test]
    fn through_the_verb_and_through_a_building() {
        let parse = tree(
            "They PRON 2 nsubj|hold VERB 0 root|talks NOUN 2 obj|at ADP 6 case|a DET 6 det|villa NOUN 2 obl|in ADP 8 case|Geneva PROPN 6 nmod",
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
            "They PRON 2 nsubj|hold VERB 0 root|hour NOUN 2 obj|of ADP 5 case|talks NOUN 3 nmod|in ADP 7 case|Geneva PROPN 5 nmod|over ADP 11 case|Moscow PROPN 11 nmod:poss|'s PART 9 case|demand NOUN 2 obl",
        );
        assert_eq!(placed(&parse, "hold").as_deref(), Some("Geneva"));
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

    #[test]
    fn a_place_on_those_spoken_to_is_not_where_it_was_spoken() {
        let parse = tree("They PRON 2 nsubj|urged VERB 0 root|rebels NOUN 2 obj|in ADP 5 case|Aleppo PROPN 3 nmod");
        let gazetteer = crate::places::Gazetteer::builtin().expect("built-in table");
        let places = crate::places::find(&parse, &gazetteer);
        let word = parse.words().find(|w| w.form() == "urged").expect("a word of the text");
        assert!(super::attach(&parse, &places, word, false).is_none());
        assert!(super::attach(&parse, &places, word, true).is_some());
    }

    #[test]
    fn a_topic_far_up_the_phrase_is_no_place() {
        let parse = tree(
            "NATO PROPN 2 nsubj|offered VERB 0 root|talks NOUN 2 obj|on ADP 5 case|missions NOUN 3 nmod|in ADP 7 case|Moscow PROPN 5 nmod",
        );
        assert_eq!(placed(&parse, "offered"), None);
        assert_eq!(placed(&parse, "talks"), None);
    }

    #[test]
    fn what_is_struck_is_where_it_was() {
        let parse = tree("They PRON 2 nsubj|shelled VERB 0 root|Kharkiv PROPN 2 obj");
        let gazetteer = crate::places::Gazetteer::builtin().expect("built-in table");
        let places = crate::places::find(&parse, &gazetteer);
        let word = parse.words().find(|w| w.form() == "shelled").expect("a word of the text");
        let aim = super::aim(&parse, &places, word, false, true).map(|p| p.location.text.clone());
        assert_eq!(aim.as_deref(), Some("Kharkiv"));
    }
}
