//! Which time belongs to a predicate.

use syntax::{Parse, Upos, Word, WordId};

use super::Time;

/// Relations by which a time hangs on a verb or noun.
const TIME_RELATIONS: [&str; 10] = ["obl", "nmod", "advmod", "nummod", "compound", "amod", "appos", "dep", "obj", "iobj"];
/// Relations that open a clause of their own.
const CLAUSE: [&str; 6] = ["ccomp", "advcl", "acl", "csubj", "parataxis", "xcomp"];

/// What a bound says only of before or behind: "since 2014", "until Friday", "after the war".
const BOUNDS: [&str; 8] = ["after", "since", "before", "until", "till", "following", "prior", "from"];

/// The time that dates `predicate`, the word that tells an event. In this order:
///
/// 1. one that hangs on the predicate itself, or inside one of its noun phrases, never inside another clause: "met on
///    Monday", "Monday's talks", "talks in Geneva on 12 January";
/// 2. for a noun, one that hangs on the verb it belongs to: "held talks on Monday";
/// 3. the sentence's frame: one that opens the sentence on a clause to which the predicate is joined, or one on the clause
///    that reports it ("said on Monday that …"), unless the predicate is further back ("had attacked") or still to come.
///
/// `None` where the time is elsewhere, or where there is none: no date is ever borrowed from another clause. Vague references
/// ("now", "recently") and lengths of time date nothing; neither does a bound ("since Monday", "after the 2014 crisis") or a year that is part of
/// another noun's name ("broke the 2015 accord").
pub fn attach<'t>(parse: &Parse, times: &'t [Time], predicate: Word<'_>) -> Option<&'t Time> {
    attach_by(parse, times, predicate).map(|(time, _)| time)
}

/// By which way a time reaches its predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// It hangs on the predicate, or on the verb that carries it.
    Own,
    /// It hangs on the clause around: what is planned or only said to be possible was not then.
    Frame,
}

/// As [`attach`], with the way.
pub fn attach_by<'t>(parse: &Parse, times: &'t [Time], predicate: Word<'_>) -> Option<(&'t Time, Tie)> {
    let sentence = predicate.sentence();
    let from = times.partition_point(|t| t.span.end() <= sentence.span().start());
    let here: Vec<(&Time, Word<'_>)> = times[from..]
        .iter()
        .take_while(|t| t.span.start() < sentence.span().end())
        .filter(|t| t.dates_events())
        .filter_map(|t| Some((t, head(parse, t)?)))
        .filter(|(_, w)| !bound(*w))
        .collect();
    if here.is_empty() {
        return None;
    }
    if let Some(t) = on(&here, predicate) {
        return Some((t, Tie::Own));
    }
    let mut at = predicate;
    // A noun under the verb that carries it.
    if let Some(verb) = crate::places::carrier(predicate) {
        if let Some(t) = on(&here, verb) {
            return Some((t, Tie::Own));
        }
        at = verb;
    } else if !matches!(at.upos(), Upos::VERB | Upos::AUX) && at.head().is_some() && at.rel() != "conj" {
        // Another verb's noun has its own time or none.
        return None;
    }
    // The frame.
    let aspect = |w: Word<'_>, forms: &[&str]| {
        w.children().any(|c| c.rel() == "aux" && forms.contains(&c.form().to_ascii_lowercase().as_str()))
    };
    let apart = aspect(at, &["had", "will", "would", "wo", "'ll", "shall", "may", "might", "could", "should"]);
    for _ in 0..sentence.words().len() {
        let up = at.head()?;
        let opens = |t: &&(&Time, Word<'_>)| {
            direct(t.1, up)
                && t.1.id() < up.id()
                && up
                    .children()
                    .take_while(|c| c.id() < t.1.id())
                    .all(|c| matches!(c.rel(), "cc" | "punct" | "mark" | "advmod" | "obl" | "case"))
        };
        match at.rel() {
            "conj" | "xcomp" => {
                if let Some((t, _)) = here.iter().find(|t| direct(t.1, up) && (t.1.id() < up.id() || at.rel() == "xcomp")) {
                    return Some((t, Tie::Frame));
                }
            }
            "ccomp" | "parataxis" if !apart => {
                if let Some((t, _)) = here.iter().find(|t| direct(t.1, up)) {
                    return Some((t, Tie::Frame));
                }
            }
            "ccomp" | "parataxis" => return None,
            "advcl" | "acl" => return here.iter().find(opens).map(|(t, _)| (*t, Tie::Frame)),
            _ => {}
        }
        at = up;
    }
    None
}

/// The word of a time whose head lies outside it.
pub(super) fn head<'p>(parse: &'p Parse, time: &Time) -> Option<Word<'p>> {
    let first = parse.word_at(time.span)?;
    let mut word = first;
    loop {
        let outside = word.head().is_none_or(|h| !time.span.overlaps(h.span()));
        if outside && !matches!(word.rel(), "punct" | "case" | "det") {
            return Some(word);
        }
        match word.after() {
            Some(next) if next.span().start() < time.span.end() => word = next,
            _ => return Some(first),
        }
    }
}

/// Whether a phrase only says after or before what.
fn bound(phrase: Word<'_>) -> bool {
    phrase
        .children()
        .take_while(|c| c.id() < phrase.id())
        .any(|c| matches!(c.rel(), "case" | "mark") && BOUNDS.iter().any(|b| c.form().eq_ignore_ascii_case(b)))
}

fn direct(time: Word<'_>, predicate: Word<'_>) -> bool {
    time.head() == Some(predicate) && TIME_RELATIONS.contains(&time.rel())
}

/// The first time on `predicate`, directly before through its noun phrases.
fn on<'t>(here: &[(&'t Time, Word<'_>)], predicate: Word<'_>) -> Option<&'t Time> {
    if let Some((t, _)) = here.iter().find(|(_, w)| w.id() == predicate.id()) {
        return Some(t);
    }
    if let Some((t, _)) = here.iter().find(|(_, w)| direct(*w, predicate)) {
        return Some(t);
    }
    if let Some((t, _)) = here.iter().find(|(_, w)| within(*w, predicate.id())) {
        return Some(t);
    }
    here.iter().find(|(_, w)| misplaced(*w, predicate)).map(|(t, _)| *t)
}

/// Whether the parser hung a day on a neighbour of the predicate: "Ministers on Monday met" on the ministers, "warned them on Monday
/// he would act" on the acting, though it opens no clause of its own there.
fn misplaced(time: Word<'_>, predicate: Word<'_>) -> bool {
    let Some(up) = time.head().filter(|up| up.head() == Some(predicate)) else { return false };
    match up.rel() {
        "nsubj" => time.id() > up.id() && time.id() < predicate.id() && matches!(time.rel(), "nmod" | "obl" | "appos"),
        "ccomp" => {
            let first = up.children().map(|c| c.id()).min().unwrap_or(up.id());
            let opens = first >= time.children().map(|c| c.id()).min().map_or(time.id(), |c| c.min(time.id()));
            let comma = (predicate.id().0 + 1..time.id().0).any(|id| {
                let w = predicate.sentence().words().find(|w| w.id().0 == id);
                w.is_some_and(|w| w.form() == ",")
            });
            time.id() > predicate.id() && opens && !comma && direct(time, up)
        }
        _ => false,
    }
}

/// Whether `time` reaches `predicate` through noun phrases alone, in at most three steps.
fn within(time: Word<'_>, predicate: WordId) -> bool {
    let mut at = time;
    for step in 0..3 {
        let fits =
            TIME_RELATIONS.contains(&at.rel()) && (step == 0 || matches!(at.rel(), "obl" | "nmod" | "appos" | "conj" | "obj"));
        if !fits || CLAUSE.contains(&at.rel()) {
            return false;
        }
        let own = step == 0 && (matches!(at.rel(), "nummod" | "compound" | "amod") || at.deprel() == "nmod:poss");
        match at.head() {
            Some(up) if up.id() == predicate => return true,
            // "at Thursday's meeting he refused", but not "broke the 2015 accord".
            Some(up) if own => {
                let meets =
                    up.child("case").is_some_and(|c| ["at", "in", "during"].iter().any(|p| c.form().eq_ignore_ascii_case(p)));
                return at.deprel() == "nmod:poss"
                    && up.rel() == "obl"
                    && meets
                    && up.head().is_some_and(|h| h.id() == predicate);
            }
            Some(up) if bound(up) => return false,
            Some(up) if matches!(up.upos(), Upos::NOUN | Upos::PROPN | Upos::NUM) => at = up,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use syntax::Parse;

    use crate::tree;

    /// The words of the time that dates the word `predicate`.
    fn dated(parse: &Parse, predicate: &str) -> Option<String> {
        let lexicon = crate::times::TimeLexicon::builtin().expect("built-in list");
        let times = crate::times::find(parse, Some(jiff::civil::date(2022, 1, 13)), &lexicon);
        let word = parse.words().find(|w| w.form() == predicate).expect("a word of the text");
        super::attach(parse, &times, word).map(|t| parse.source().slice(t.span).to_string())
    }

    #[test]
    fn a_time_dates_the_verb_it_hangs_on() {
        let parse =
            tree("Ministers NOUN 2 nsubj|met VERB 0 root|in ADP 4 case|Geneva PROPN 2 obl|on ADP 6 case|Monday PROPN 2 obl");
        assert_eq!(dated(&parse, "met").as_deref(), Some("Monday"));
    }

    #[test]
    fn a_noun_takes_the_time_of_its_verb() {
        let parse = tree("They PRON 2 nsubj|hold VERB 0 root|talks NOUN 2 obj|on ADP 5 case|Friday PROPN 2 obl");
        assert_eq!(dated(&parse, "talks").as_deref(), Some("Friday"));
    }

    #[test]
    fn a_reporting_clause_frames_what_it_reports() {
        let parse = tree(
            "He PRON 2 nsubj|said VERB 0 root|on ADP 4 case|Monday PROPN 2 obl|that SCONJ 7 mark|Russia PROPN 7 nsubj|rejected VERB 2 ccomp|it PRON 7 obj",
        );
        assert_eq!(dated(&parse, "rejected").as_deref(), Some("Monday"));
    }

    #[test]
    fn what_lies_further_back_is_not_framed() {
        let parse = tree(
            "He PRON 2 nsubj|said VERB 0 root|on ADP 4 case|Monday PROPN 2 obl|that SCONJ 8 mark|Russia PROPN 8 nsubj|had AUX 8 aux|attacked VERB 2 ccomp",
        );
        assert_eq!(dated(&parse, "attacked"), None);
    }

    #[test]
    fn a_bound_or_a_name_dates_nothing() {
        let parse = tree(
            "They PRON 2 nsubj|feared VERB 0 root|an DET 4 det|invasion NOUN 2 obj|after ADP 8 case|the DET 8 det|2014 NUM 8 nummod|crisis NOUN 4 nmod",
        );
        assert_eq!(dated(&parse, "invasion"), None);
        let parse = tree("Kyiv PROPN 2 nsubj|broke VERB 0 root|the DET 5 det|2015 NUM 5 nummod|accord NOUN 2 obj");
        assert_eq!(dated(&parse, "broke"), None);
        assert_eq!(dated(&parse, "accord").as_deref(), Some("2015"));
        let parse = tree("They PRON 3 nsubj|have AUX 3 aux|fought VERB 0 root|since ADP 5 case|Monday PROPN 3 obl");
        assert_eq!(dated(&parse, "fought"), None);
    }

    #[test]
    fn another_clause_keeps_its_time() {
        let parse =
            tree("States NOUN 6 nsubj|that PRON 3 nsubj|joined VERB 1 acl:relcl|in ADP 5 case|2014 NUM 3 obl|met VERB 0 root");
        assert_eq!(dated(&parse, "met"), None);
        assert_eq!(dated(&parse, "joined").as_deref(), Some("2014"));
    }
}
