//! Whose words a text or a quotation gives: "Interview with …", "my name is …", the subject of a verb of saying.

use syntax::Upos;

use super::Input;
use super::mention::{Mention, Pronoun};
use crate::actors::marked::Marked;

/// Verbs of saying.
pub(crate) const SAYING: [&str; 24] = [
    "say", "tell", "add", "ask", "reply", "note", "state", "explain", "announce", "warn", "insist", "claim", "argue", "declare",
    "write", "think", "admit", "comment", "remark", "continue", "stress", "answer", "recall", "conclude",
];

/// Whose words a text gives, where it says so at its beginning.
pub(crate) struct Voice {
    pub(crate) speaker: Option<u32>,
    /// Several of them, by the last of the coordination.
    pub(crate) speakers: Option<u32>,
    /// Whom its "you" asks.
    pub(crate) asked: Option<u32>,
}

/// How many words a heading may take.
const HEADING: u32 = 60;

/// "Interview with …", "Remarks by …" at the head of a text; "my name is …", "I'm …" anywhere.
pub(crate) fn voice(input: &Input<'_>, all: &[Mention]) -> Voice {
    let m = input.m;
    let mut voice = Voice { speaker: None, speakers: None, asked: None };
    let person = |c: &&Mention| c.kind == "named-person" || c.kind == "unknown-name" && m.word(c.head).upos() == Upos::PROPN;
    let early = m.words.iter().take(HEADING as usize);
    let kind = early.clone().find_map(|w| match w.form().to_lowercase().as_str() {
        "interview" | "interviews" | "interviewed" => Some(true),
        "remarks" | "speech" | "testimony" => Some(false),
        _ => None,
    });
    if let Some(interview) = kind {
        let named = all.iter().take_while(|a| a.first < HEADING).find(|a| a.kind == "named-person");
        voice.speaker = named.map(|a| a.chunk);
        voice.asked = voice.speaker.filter(|_| interview);
        // "Interview with A and B": then "we" are both.
        let first = named.map(|a| m.word(a.head).id());
        let second = all.iter().take_while(|a| a.first < HEADING).find(|a| {
            a.kind == "named-person"
                && m.word(a.head).rel() == "conj"
                && m.word(a.head).head().map(|h| h.id()) == first
                && first.is_some()
        });
        voice.speakers = second.map(|a| a.chunk);
    }
    if voice.speaker.is_none() {
        let introduced = all.iter().enumerate().find(|&(n, a)| {
            let before =
                (n > 0).then(|| &all[n - 1]).filter(|b| b.last < a.first && a.first - b.last <= 2 && b.sentence == a.sentence);
            person(&a)
                && !a.quoted
                && before.is_some_and(|b| {
                    let verb = m
                        .word(a.first)
                        .before()
                        .is_some_and(|v| v.lemma() == "be" || matches!(v.form(), "is" | "am" | "'m" | "’m"));
                    verb && (b.pronoun == Some(Pronoun::I)
                        || m.word(b.last).form() == "name" && m.word(b.first).form().eq_ignore_ascii_case("my"))
                })
        });
        voice.speaker = introduced.map(|(_, a)| a.chunk);
    }
    voice
}

/// Who says the quotation that phrase `c` stands in: the subject of a verb of saying outside it, in this sentence or right behind it, else before.
pub(crate) fn speaking(m: &Marked<'_>, all: &[Mention], c: u32) -> Option<u32> {
    let me = &all[c as usize];
    let says = |a: &&Mention| {
        !a.quoted
            && a.role == "subject"
            && !matches!(a.pronoun, Some(Pronoun::I | Pronoun::We | Pronoun::You | Pronoun::Other))
            && !matches!(a.kind, "thing-noun" | "place")
            && m.word(a.head).head().is_some_and(|h| {
                SAYING.contains(&h.lemma()) || SAYING.iter().any(|s| h.form().starts_with(s)) || h.form() == "told"
            })
    };
    let here = all[c as usize..].iter().take(30).take_while(|a| a.sentence == me.sentence).find(says);
    let before = || all[..c as usize].iter().rev().take(40).take_while(|a| a.sentence + 2 >= me.sentence).find(says);
    let after = || all[c as usize..].iter().take(30).take_while(|a| a.sentence <= me.sentence + 1).find(says);
    here.or_else(before).or_else(after).map(|a| a.chunk)
}
