//! What is known of one phrase before it is joined to another: kind, number, gender, role.

use syntax::{NameKind, Upos, Word};

use crate::actors::chunks::Chunks;
use crate::actors::lexicon::{ActorLexicon, Kind, NounKind};
use crate::actors::marked::Marked;
use crate::actors::read::{Read, What};

/// What a pronoun asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    HeShe = 0,
    It = 1,
    They = 2,
}

/// First, second or third person, or no personal pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pronoun {
    Third(Class),
    I,
    We,
    You,
    Other,
}

pub(crate) const M: u8 = 1;
pub(crate) const F: u8 = 2;
pub(crate) const N: u8 = 4;
pub(crate) const S: u8 = 1;
pub(crate) const P: u8 = 2;

/// What is known of one phrase.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) chunk: u32,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) head: u32,
    pub(crate) gender: u8,
    pub(crate) number: u8,
    pub(crate) kind: &'static str,
    pub(crate) role: &'static str,
    pub(crate) sentence: u32,
    pub(crate) quoted: bool,
    pub(crate) pronoun: Option<Pronoun>,
    pub(crate) definite: bool,
}

pub(crate) fn pronoun(word: &Word<'_>) -> Option<Pronoun> {
    if word.upos() != Upos::PRON {
        return None;
    }
    Some(match word.form().to_lowercase().as_str() {
        "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => Pronoun::Third(Class::HeShe),
        "it" | "its" | "itself" => Pronoun::Third(Class::It),
        "they" | "them" | "their" | "theirs" | "themselves" | "'em" => Pronoun::Third(Class::They),
        "i" | "me" | "my" | "mine" | "myself" => Pronoun::I,
        "we" | "us" | "our" | "ours" | "ourselves" => Pronoun::We,
        "you" | "your" | "yours" | "yourself" | "yourselves" => Pronoun::You,
        _ => Pronoun::Other,
    })
}

fn role(w: &Word<'_>) -> &'static str {
    match w.rel() {
        "nsubj" => "subject",
        "obj" | "iobj" => "object",
        "obl" => "oblique",
        "nmod" if w.deprel() == "nmod:poss" => "possessor",
        "nmod" => "complement",
        "conj" => "member",
        "root" | "parataxis" => "root",
        "appos" => "apposition",
        "compound" | "amod" | "flat" => "modifier",
        _ => "other",
    }
}

/// Words inside quotation marks, paragraph by paragraph.
pub(crate) fn quoted(m: &Marked<'_>) -> Vec<bool> {
    let mut inside = false;
    let mut paragraph = None;
    m.words
        .iter()
        .map(|w| {
            let p = w.sentence().paragraph();
            if paragraph != Some(p) {
                inside = false;
                paragraph = Some(p);
            }
            match w.form() {
                "“" | "``" | "«" => inside = true,
                "”" | "''" | "»" => inside = false,
                "\"" => inside = !inside,
                _ => {}
            }
            inside
        })
        .collect()
}

fn plural(m: &Marked<'_>, w: u32) -> u8 {
    let word = m.word(w);
    match word.feats().get("Number") {
        Some("Plur") => P,
        Some("Sing") => S,
        _ => {
            let form = word.form();
            if word.upos() == Upos::NOUN && form.len() > 3 && form.ends_with('s') && !form.ends_with("ss") { P } else { S }
        }
    }
}

fn gender(m: &Marked<'_>, lexicon: &ActorLexicon, first: u32, last: u32) -> u8 {
    for w in first..=last {
        let form = m.word(w).form();
        let plain = form.trim_end_matches('.').to_lowercase();
        match lexicon.female.get(&plain) {
            Some(true) => return F,
            Some(false) => return M,
            None => {}
        }
    }
    M | F
}

const COLLECTIVE: [&str; 24] = [
    "government",
    "company",
    "team",
    "group",
    "party",
    "police",
    "family",
    "committee",
    "council",
    "administration",
    "army",
    "staff",
    "crew",
    "band",
    "public",
    "audience",
    "couple",
    "ministry",
    "agency",
    "community",
    "organization",
    "organisation",
    "club",
    "board",
];

pub(crate) fn mention(
    m: &Marked<'_>,
    lexicon: &ActorLexicon,
    chunks: &Chunks,
    reads: &[Read],
    quotes: &[bool],
    c: u32,
) -> Mention {
    let chunk = &chunks.all[c as usize];
    let head = m.word(chunk.head);
    let read = &reads[c as usize];
    let number = plural(m, chunk.last);
    let det = m.word(chunk.first);
    let definite = det.upos() == Upos::DET && matches!(det.lemma(), "the" | "this" | "that" | "these" | "those")
        || chunk.possessor.is_some();
    let coordinated = read.codes.len() > 1;
    let (kind, gender, number) = match read.what {
        What::Pronoun => {
            let form = head.form().to_lowercase();
            match pronoun(&head) {
                Some(Pronoun::Third(Class::HeShe)) => {
                    ("pronoun", if form.starts_with('s') || form.starts_with("her") { F } else { M }, S)
                }
                Some(Pronoun::Third(Class::It)) => ("pronoun", N, S),
                Some(Pronoun::Third(Class::They)) => ("pronoun", M | F | N, P),
                _ => ("other-pronoun", M | F, S | P),
            }
        }
        What::Person(..) => {
            let gender = gender(m, lexicon, chunk.core, chunk.last);
            ("named-person", gender, S)
        }
        What::Role => ("office", gender(m, lexicon, chunk.last, chunk.last), number),
        What::Listed(e) => match lexicon.entries[e as usize].kind {
            Kind::People => ("people", M | F, number),
            Kind::Country | Kind::Capital => ("country", N, S),
            Kind::Person => ("named-person", M | F, S),
            _ => ("named-body", N, S | P),
        },
        What::Noun(NounKind::Person) => ("person-noun", gender(m, lexicon, chunk.last, chunk.last), number),
        What::Noun(NounKind::Body) => ("body-noun", N, if number == S { S | P } else { P }),
        What::Noun(NounKind::Part) => ("part-noun", M | F | N, S | P),
        What::Noun(_) => ("thing-noun", N, number),
        What::Unknown(a, b) => match m.kind_of[b as usize] {
            Some(NameKind::Person) => ("named-person", gender(m, lexicon, a, b), S),
            Some(NameKind::Place) => ("place", N, S),
            Some(NameKind::Organisation) => ("named-body", N, S | P),
            None => ("unknown-name", M | F | N, S | if number == P { P } else { 0 }),
        },
        What::Other => {
            let g = gender(m, lexicon, chunk.last, chunk.last);
            if g != M | F {
                ("person-noun", g, number)
            } else {
                let lemma = head.lemma();
                let group = COLLECTIVE.contains(&lemma);
                ("thing-noun", N, if group { S | P } else { number })
            }
        }
    };
    let number = if coordinated { P } else { number };
    Mention {
        chunk: c,
        first: chunk.first,
        last: chunk.last,
        head: chunk.head,
        gender,
        number,
        kind,
        role: if chunk.owned.is_some() { "possessor" } else { role(&head) },
        sentence: head.sentence().id().0,
        quoted: quotes[chunk.head as usize],
        pronoun: match read.what {
            What::Pronoun => pronoun(&head),
            _ if chunk.first < chunk.last => pronoun(&det).filter(|p| *p == Pronoun::You),
            _ => None,
        },
        definite,
    }
}
