//! One happening as an English sentence: canonical names, then the record's own words.

use std::collections::BTreeSet;

use ledger::{Category, Entity, Event, Figure, Modality, Quad, Statement};

use super::happening::{Happening, Telling, parties};
use super::phrases::{self, sentence_case};
use super::{Phrases, likeness};

/// No more characters of one page's words in a line.
const LONGEST: usize = 220;
/// Bytes between the actor and the trigger; what is farther apart does not read as one clause.
const NEAR: usize = 80;
/// Bytes by which a line may run on past its record to close a quotation.
const FAR: usize = 90;

/// The sentence for `happening`.
pub fn sentence(happening: &Happening<'_>, phrases: &Phrases) -> String {
    let telling = &happening.told[0];
    let event = telling.event;
    // A claim ends where the speaker's words end.
    let within = |s: &&Statement| s.evidence.part == event.evidence.part && s.content.span.contains(event.anchor());
    let limit = telling.said.filter(within).map_or(u32::MAX, |s| s.content.span.end());
    let own = own_words(event, limit, phrases).filter(|clause| !is_thin(clause) && !nobody_says(telling, phrases));
    let told = |clause: String| format!("{clause}{}{}", mark(event, &clause, phrases), dated(happening, true));
    let Some(own) = own else {
        // Parties put round a phrase for the category would say more than the page where one is read wrongly: its own words stand,
        // its speaker with them.
        return closed(&sentence_case(&told(page_words(event))));
    };
    let mut clause = told(own);
    if let Some(figures) = figures(happening) {
        clause.push_str(&figures);
    }
    closed(&voiced(telling, clause, phrases))
}

/// Whether the event is a claim of somebody whom the page does not name: its own words then show who speaks ("which said").
fn nobody_says(telling: &Telling<'_>, phrases: &Phrases) -> bool {
    telling.said.is_some_and(|s| speaker(s, phrases).is_none_or(|name| phrases.names_nobody(&name)))
}

/// Whether a line says too little to be read alone ("Russia threatened").
pub fn is_thin(line: &str) -> bool {
    line.split(' ').filter(|w| w.contains(char::is_alphanumeric)).count() < 4
}

/// The actors' names with the words that follow them on the page: "Russia" + "is demanding a pledge from NATO". `None` where
/// the page's words do not run from actor to act.
fn own_words(event: &Event, limit: u32, phrases: &Phrases) -> Option<String> {
    let sentence = event.sentence.span;
    let inside = |start: u32, end: u32| {
        let (start, end) = (start.checked_sub(sentence.start())?, end.checked_sub(sentence.start())?);
        event.sentence.text.get(start as usize..end as usize)
    };
    // What is denied is told by the words that deny it.
    let cue = event.modality_cue.as_ref().filter(|c| event.modality == Modality::Denied && sentence.contains(c.span));
    let anchor = cue.map_or(event.anchor(), |c| c.span);
    let mut actors: Vec<&Entity> = event.actor.iter().filter(|a| a.span.end() <= anchor.start()).collect();
    actors.sort_by_key(|a| a.span);
    let last = actors.last()?;
    let close = actors.windows(2).all(|p| p[1].span.start().saturating_sub(p[0].span.end()) <= 8);
    if actors.len() < event.actor.len() || !close {
        return None;
    }
    // "The council demanding an end" is no sentence.
    let gap = inside(last.span.end(), anchor.start())?;
    if inside(anchor.start(), anchor.end())?.ends_with("ing") && !gap.split(' ').any(|w| phrases.helps(w)) {
        return None;
    }
    let from = last.span.end() + act(gap, phrases)? as u32;
    let mut end = event.evidence.quoted.span.end().max(event.anchor().end()).max(anchor.end());
    end = event.recipient.iter().map(|r| r.span.end()).fold(end, u32::max);
    end = event.proposition.iter().map(|p| p.quoted.span.end()).fold(end, u32::max);
    end = event.when.iter().map(|w| w.span.end()).fold(end, u32::max);
    end = event.place.iter().map(|p| p.end).fold(end, u32::max).min(sentence.end());
    end += inside(end, sentence.end()).map_or(0, clause_end) as u32;
    // A quotation that was opened is closed, and the clause goes on to its end.
    if inside(from, end).is_some_and(|t| t.matches('“').count() > t.matches('”').count())
        && let Some(at) = inside(end, sentence.end()).and_then(|rest| rest.find('”')).filter(|&at| at <= FAR)
    {
        end += (at + '”'.len_utf8()) as u32;
        end += inside(end, sentence.end()).map_or(0, clause_end) as u32;
    }
    let names = phrases.names(&event.actor);
    end = end.min(limit.max(event.anchor().end()));
    // Never half a word.
    end += inside(end, sentence.end()).and_then(|rest| rest.find(|c: char| !c.is_alphanumeric())).unwrap_or(0) as u32;
    let rest = tidy(inside(from, end)?);
    let rest = ["that ", "which ", "who "].iter().find_map(|relative| rest.strip_prefix(relative)).unwrap_or(&rest);
    let rest = clip(rest.trim_end_matches('.'));
    let joint = if rest.starts_with(['’', '\'']) { "" } else { " " };
    Some(format!("{names}{joint}{rest}"))
}

/// [`follow`] for an act, whose subject may stand elsewhere: `None` where anything but helping words is between the two, or where
/// the second of two verbs may be part of the subject ("people with clubs and whips attacked").
fn act(gap: &str, phrases: &Phrases) -> Option<usize> {
    let from = follow(gap)?;
    let inside = !gap.trim_start().starts_with([',', '(', '—', '–']);
    let first = gap.split_whitespace().next().unwrap_or("");
    let joined = from > 0 && inside && phrases.leads_phrase(first);
    let second = |w: &str| from > 0 && matches!(w, "and" | "but");
    let helping = gap[from..].split_whitespace().enumerate().all(|(n, w)| phrases.helps(w) || n == 0 && second(w));
    (!joined && helping).then_some(from)
}

/// Where in the words between a subject and its verb the verb's own words begin: after what stands between commas ("Ryabkov,
/// who led the delegation, demanded"). `None` where the two do not belong together.
pub fn follow(gap: &str) -> Option<usize> {
    // "promised aid and warned", "denied the report, but has warned": the second verb of the same subject.
    let joints = [" and ", " but "].into_iter().filter_map(|joint| gap.rfind(joint).map(|at| at + joint.len() - 1)).max();
    let second = joints.filter(|&at| gap.trim_start().split(' ').count() > 2 && gap[at..].len() <= 24);
    if let Some(at) = second.filter(|&at| {
        let commas = gap.matches(',').count();
        gap[at..].trim_start().chars().next().is_none_or(|c| !c.is_uppercase())
            && (commas == 0 || commas == 1 && gap[..at].contains(", ") && !gap.starts_with(','))
            && !gap.contains([';', ':', '“', '”', '"', '.', '('])
    }) {
        return Some(at);
    }
    let from = match (gap.trim_start().starts_with([',', '(', '—', '–']), gap.rfind([',', ')', '—', '–'])) {
        (true, Some(at)) if gap.matches(',').count() != 1 => at + gap[at..].chars().next().map_or(1, char::len_utf8),
        (_, None) => 0,
        _ => return None,
    };
    let rest = &gap[from..];
    (rest.len() <= NEAR && !rest.contains([';', ':', '“', '”', '"', '.'])).then_some(from)
}

/// What the page says of `event`: its sentence, or of a long one the part that holds the record. Pronouns stay: to put a name in
/// their place would turn a wrong reading into a false report.
fn page_words(event: &Event) -> String {
    let (text, start) = (event.sentence.text.as_str(), event.sentence.span.start());
    let place = event.evidence.quoted.span;
    let place = if event.sentence.span.contains(place) { place } else { event.anchor() };
    let (at, end) = (place.start().saturating_sub(start) as usize, place.end().saturating_sub(start) as usize);
    let from = if end <= LONGEST || text.len() <= LONGEST {
        0
    } else {
        // The first clause from which on a line reaches to the end of the record, else the one that holds it.
        let breaks = [", ", "; ", " — ", " – ", ": "].iter().flat_map(|b| text.match_indices(b).map(|(n, b)| n + b.len()));
        let breaks: Vec<usize> = breaks.filter(|&n| n <= at).collect();
        let room = breaks.iter().copied().filter(|n| end - n <= LONGEST).min();
        room.or(breaks.into_iter().max()).unwrap_or(0)
    };
    let words = tidy(text.get(from..).map_or(text, |t| if from == 0 { behind_dateline(t) } else { t }));
    let words = ["But ", "And ", "Yet ", "So "].iter().find_map(|joint| words.strip_prefix(joint)).unwrap_or(&words);
    let kept = clip(words.trim_end_matches('.'));
    if from == 0 { kept } else { format!("… {kept}") }
}

/// A sentence without the dateline in front: "KIEV, May 14 (Agency) – Three men".
fn behind_dateline(sentence: &str) -> &str {
    const LONGEST_DATELINE: usize = 60;
    let town = sentence.split([',', ' ', ':']).next().unwrap_or("");
    let shouted = town.chars().count() > 2 && town.chars().all(char::is_uppercase);
    let ends = [" – ", " — ", " - ", ": "].iter().filter_map(|mark| sentence.find(mark).map(|at| (at, at + mark.len()))).min();
    match ends.filter(|&(at, _)| shouted && at <= LONGEST_DATELINE) {
        Some((_, from)) => &sentence[from..],
        None => sentence,
    }
}

/// How many more bytes belong to the clause that goes on with `rest`.
fn clause_end(rest: &str) -> usize {
    const BREAKS: [&str; 10] = [
        " but ",
        " which ",
        " who ",
        " while ",
        " although ",
        " because ",
        " and said ",
        " and warned ",
        " and that ",
        " after ",
    ];
    let mark = rest.find([',', ';', ':', '.', '—', '–', '“', '”', '"', '!', '?']);
    // A full stop inside "U.S." or "127.000" ends nothing.
    let mark = mark.filter(|&at| !rest[at..].starts_with('.') || rest[at + 1..].chars().next().is_none_or(char::is_whitespace));
    let word = BREAKS.iter().filter_map(|b| rest.find(b)).min();
    mark.into_iter().chain(word).min().unwrap_or(rest.len())
}

/// Whether the page names `party` as the one with whom somebody met, not as who met: "talks with Kyiv".
pub fn is_partner(event: &Event, party: &Entity) -> bool {
    let before = party.span.start().checked_sub(event.sentence.span.start());
    let before = before.and_then(|at| event.sentence.text.get(..at as usize)).unwrap_or("");
    let words: Vec<&str> = before.split_whitespace().rev().take(2).collect();
    words.first() == Some(&"with") || words == ["the", "with"]
}

/// An act of words that is told without whom it is for and what it is about: "warned on Thursday".
pub fn is_empty_act(event: &Event) -> bool {
    let words = event.category.first().is_some_and(|c| matches!(c.quad(), Quad::VerbalConflict | Quad::VerbalCooperation));
    let day = |span| event.when.as_ref().is_some_and(|w| w.span.contains(span));
    let matter = event.proposition.as_ref().is_some_and(|p| !day(p.quoted.span));
    let rest = event.anchor().end().checked_sub(event.sentence.span.start());
    let rest = rest.and_then(|at| event.sentence.text.get(at as usize..)).unwrap_or("");
    let rest = rest.split([',', ';', ':', '.', '“', '"']).next().unwrap_or("");
    words
        && event.category.first() != Some(&Category::Consult)
        && event.recipient.is_empty()
        && !matter
        && rest.split_whitespace().count() < 3
}

/// "is" for one, "are" for several.
pub fn agree(predicate: &str, several: bool) -> String {
    match (several, predicate.split_once(' ')) {
        (true, Some(("is", rest))) => format!("are {rest}"),
        _ => predicate.to_string(),
    }
}

/// The mark of the modality, where the words themselves do not show it.
fn mark(event: &Event, clause: &str, phrases: &Phrases) -> &'static str {
    if event.modality == Modality::Denied && phrases.denies(&likeness::words(clause)) { "" } else { bracket(event.modality) }
}

/// How the reader is told that it is no plain fact.
fn bracket(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "",
        Modality::Negated => " [not done]",
        Modality::Denied => " [denied]",
        Modality::Conditional => " [conditional]",
        Modality::Planned => " [planned]",
        Modality::Demanded => " [only demanded]",
        Modality::Hypothetical => " [hypothetical]",
        Modality::Historical => " [background]",
    }
}

/// The place: " in Geneva, Switzerland".
pub fn at(event: &Event, phrases: &Phrases) -> String {
    let Some(place) = &event.place else { return String::new() };
    let name = phrases.with_article(place.resolved.as_deref().unwrap_or(&place.text));
    // "Attacked Ukraine in Ukraine".
    let span = |party: &Entity| party.span.start() < place.end && place.start < party.span.end();
    if event.actor.iter().chain(&event.recipient).any(|party| phrases.name(party) == name || span(party)) {
        return String::new();
    }
    match &place.country {
        Some(country) if *country != name && place.city.is_some() => format!(" in {name}, {country}"),
        _ => format!(" in {name}"),
    }
}

/// The day: " on 10 January 2022", or the page's words where they cannot be counted.
pub fn dated(happening: &Happening<'_>, aside: bool) -> String {
    if let Some(date) = happening.date {
        let days = phrases::days(date, happening.end_date.unwrap_or(date).max(date));
        return match (aside, happening.end_date.is_some_and(|e| e > date)) {
            (true, _) => format!(" ({days})"),
            (false, true) if phrases::period(date, happening.end_date.unwrap_or(date)).is_some() => format!(" in {days}"),
            (false, true) => format!(" from {days}"),
            (false, false) => format!(" on {days}"),
        };
    }
    let when = happening.told.iter().find_map(|t| t.event.when.as_ref());
    when.filter(|_| !aside).map(|w| format!(" (“{}”, day not known)", tidy(&w.text))).unwrap_or_default()
}

/// Figures that pages give, side by side where they differ.
fn figures(happening: &Happening<'_>) -> Option<String> {
    let kinds: [fn(&Event) -> Option<&Figure>; 6] = [
        |e| e.size.dead.as_ref(),
        |e| e.size.injured.as_ref(),
        |e| e.size.arrested.as_ref(),
        |e| e.size.troops.as_ref(),
        |e| e.size.participants.as_ref(),
        |e| e.size.money.as_ref(),
    ];
    for kind in kinds {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut told: Vec<String> = Vec::new();
        for telling in &happening.told {
            if let Some(figure) = kind(telling.event) {
                let value =
                    figure.value.or(figure.low).or(figure.high).map_or_else(|| tidy(&figure.quoted.text), |v| v.to_string());
                if seen.insert(value) {
                    told.push(format!("“{}” [{}]", tidy(&figure.quoted.text), telling.account + 1));
                }
            }
        }
        if told.len() > 1 {
            return Some(format!("; figures differ: {}", told.join(", ")));
        }
    }
    None
}

/// A claim with its speaker in front; the reporter's words stand alone, and so does a demand or refusal of the speaker's own.
fn voiced(telling: &Telling<'_>, clause: String, phrases: &Phrases) -> String {
    let Some(statement) = telling.said else { return sentence_case(&clause) };
    let event = telling.event;
    let own = !statement.actors.is_empty()
        && (phrases.names(&statement.actors) == phrases.names(&event.actor)
            || parties(&statement.actors) == parties(&event.actor));
    let material = event.category.first().is_some_and(|c| matches!(c.quad(), Quad::MaterialCooperation | Quad::MaterialConflict));
    let starts = clause.starts_with(&phrases.names(&event.actor)) && !event.actor.is_empty();
    match speaker(statement, phrases) {
        Some(_) if own && starts && event.modality == Modality::Denied => sentence_case(&clause),
        Some(_) if own && starts && !material => sentence_case(&clause),
        Some(name) if own && starts && clause.starts_with(&name) => sentence_case(&format!("{clause}, by its own account")),
        Some(name) => sentence_case(&format!("{name} {}: {clause}", say(&name, statement, phrases))),
        None => sentence_case(&clause),
    }
}

/// "says" or "say".
pub fn say(name: &str, statement: &Statement, phrases: &Phrases) -> &'static str {
    if phrases.is_plural(name, statement.actors.len()) { "say" } else { "says" }
}

/// Who speaks: names, else the page's words.
pub fn speaker(statement: &Statement, phrases: &Phrases) -> Option<String> {
    let names = phrases.names(&statement.actors);
    if !names.is_empty() {
        return Some(names);
    }
    statement.speaker.as_ref().map(|q| tidy(&q.text)).filter(|t| !t.is_empty())
}

/// The page's words on one line, with quotation marks that pair, without what cuts leave at the ends.
pub fn tidy(text: &str) -> String {
    let flat: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).collect();
    let mut flat = flat.trim_matches([',', ';', ' ', ':']).to_string();
    let (open, close) = (flat.matches('“').count(), flat.matches('”').count());
    if open != close {
        flat.retain(|c| c != '“' && c != '”');
    }
    if flat.matches('"').count() % 2 == 1 {
        flat.retain(|c| c != '"');
    }
    flat.trim().to_string()
}

/// At most [`LONGEST`] characters, cut between words.
pub fn clip(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_string();
    }
    let mut kept = String::new();
    for word in text.split(' ') {
        if kept.chars().count() + word.chars().count() + 2 > LONGEST {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    // A whole sentence reads better than half of the next.
    let whole = ['.', '!', '?'].iter().filter_map(|mark| kept.rfind(&format!("{mark} "))).max();
    if let Some(end) = whole.filter(|&end| end * 2 > kept.len()) {
        kept.truncate(end + 1);
    }
    let kept = tidy(&kept);
    format!("{kept} …")
}

/// With a full stop, where no mark ends it yet.
pub fn closed(text: &str) -> String {
    let text = text.trim();
    let bare = text.trim_end_matches(['”', '"', '’', ')', ']']);
    if bare.ends_with(['.', '!', '?', '…']) { text.to_string() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_tidied() {
        assert_eq!(tidy(" is “ready\n to go, "), "is ready to go");
        assert_eq!(closed("It “failed.”"), "It “failed.”");
        assert_eq!(closed("It failed"), "It failed.");
        assert_eq!(agree("is to meet", true), "are to meet");
    }

    #[test]
    fn a_verb_is_found_behind_what_commas_enclose() {
        let gap = ", who led the Russian delegation, ";
        assert_eq!(follow(gap).map(|at| &gap[at..]), Some(" "));
        assert_eq!(follow(" has repeatedly "), Some(0));
        let gap = " promised further aid and ";
        assert_eq!(follow(gap).map(|at| &gap[at..]), Some(" "));
        let gap = " denied planning a raid, but has ";
        assert_eq!(follow(gap).map(|at| &gap[at..]), Some(" has "));
        assert_eq!(follow(" denied planning a raid, but Kyiv has "), None);
        assert_eq!(follow(", "), None);
        assert_eq!(follow(" said: “No,” and "), None);
    }

    #[test]
    fn an_act_belongs_to_the_subject_right_before_it() {
        let phrases = Phrases::builtin().unwrap();
        let rest = |gap: &'static str| act(gap, &phrases).map(|at| &gap[at..]);
        assert_eq!(rest(", who led the Russian delegation, "), Some(" "));
        assert_eq!(rest(" has repeatedly "), Some(" has repeatedly "));
        assert_eq!(rest(" promised further aid and "), Some(" "));
        assert_eq!(rest(" denied planning a raid, but has "), Some(" has "));
        assert_eq!(rest(" were hurt after men "), None);
        assert_eq!(rest(" with sticks and stones "), None);
        assert_eq!(rest(" in the capital "), None);
    }

    #[test]
    fn datelines_are_left_out() {
        assert_eq!(behind_dateline("KIEV, May 14 (Agency) – Three men came."), "Three men came.");
        assert_eq!(behind_dateline("NEW DELHI: Many returned."), "Many returned.");
        assert_eq!(behind_dateline("EU envoys – six of them – met."), "EU envoys – six of them – met.");
        assert_eq!(behind_dateline("Kyiv: a city."), "Kyiv: a city.");
    }

    #[test]
    fn a_clause_ends_at_its_mark() {
        assert_eq!(clause_end(" border, it said."), 7);
        assert_eq!(clause_end(" border but denied it."), 7);
        assert_eq!(clause_end(" word".repeat(40).as_str()), 200);
    }

    #[test]
    fn long_words_are_clipped_between_words() {
        let clipped = clip(&"word ".repeat(100));
        assert!(clipped.ends_with("word …") && clipped.chars().count() <= LONGEST + 2);
    }
}
