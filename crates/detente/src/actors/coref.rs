//! Chains of phrases that mean the same: names and their short forms, definite nouns, bare titles, pronouns.
//!
//! Names and nouns are joined by rules, each with a reason. A pronoun takes the best of the phrases before it that agree in number, gender
//! and kind; how much each sign counts (distance, subject, kind …) stands in `lexicon/actors/pronouns.tsv`. Everything looks back over
//! a bounded number of phrases, so a page costs time in proportion to its length.

use std::collections::HashMap;

use syntax::{NameKind, Upos, Word, WordId};

use super::chunks::{Chunks, Marked, NONE, own};
use super::lexicon::{ActorLexicon, Kind, NounKind};
use super::read::{Read, What};

/// How many phrases and sentences before a pronoun are looked at.
const PHRASES: usize = 60;
const SENTENCES: u32 = 5;

/// What a pronoun asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    HeShe = 0,
    It = 1,
    They = 2,
}

/// First, second or third person, or no personal pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronoun {
    Third(Class),
    I,
    We,
    You,
    Other,
}

const M: u8 = 1;
const F: u8 = 2;
const N: u8 = 4;
const S: u8 = 1;
const P: u8 = 2;

/// What is known of one phrase.
#[derive(Debug, Clone)]
struct Mention {
    chunk: u32,
    first: u32,
    last: u32,
    head: u32,
    gender: u8,
    number: u8,
    kind: &'static str,
    role: &'static str,
    sentence: u32,
    quoted: bool,
    pronoun: Option<Pronoun>,
    definite: bool,
}

/// Which phrases belong together.
pub(super) struct Chains {
    /// Chain of every phrase.
    pub of: Vec<u32>,
    /// The phrase that a phrase was joined to, and why.
    pub link: Vec<Option<(u32, &'static str)>>,
    /// For "we" and "I" in a quotation: who speaks it, so on whose side they are.
    pub side: Vec<Option<u32>>,
    /// Coordinations that a plural pronoun takes up: first and last phrase, chain.
    pub groups: Vec<(u32, u32, u32)>,
}

pub(super) fn pronoun(word: &Word<'_>) -> Option<Pronoun> {
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
fn quoted(m: &Marked<'_>) -> Vec<bool> {
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

fn mention(m: &Marked<'_>, lexicon: &ActorLexicon, chunks: &Chunks, reads: &[Read], quotes: &[bool], c: u32) -> Mention {
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

/// The verb whose argument a word is.
fn governor(w: Word<'_>) -> Option<WordId> {
    let mut at = w;
    for _ in 0..8 {
        let h = at.head()?;
        if matches!(h.upos(), Upos::VERB | Upos::AUX | Upos::ADJ) && !matches!(at.rel(), "amod") {
            return Some(h.id());
        }
        at = h;
    }
    None
}

/// The subject of the nearest clause around a word: whom a possessor behind it most likely means.
fn subject_above(w: Word<'_>) -> Option<WordId> {
    let mut at = w;
    for _ in 0..10 {
        let h = at.head()?;
        let subject =
            h.child("nsubj").filter(|s| s.id() != at.id() && s.id() != w.id() && !matches!(s.form(), "who" | "which" | "that"));
        if let Some(subject) = subject {
            return Some(subject.id());
        }
        at = h;
    }
    None
}

/// "It is clear that …", "it rained": nothing is meant.
fn empty_it(w: &Word<'_>) -> bool {
    if w.rel() == "expl" {
        return true;
    }
    let Some(head) = w.head() else { return false };
    if w.rel() != "nsubj" {
        return false;
    }
    let clause = head.children().any(|c| {
        matches!(c.deprel(), "csubj" | "csubj:pass" | "ccomp")
            || c.rel() == "advcl" && c.child("mark").is_some_and(|k| k.form() == "to") && c.id() > head.id()
    });
    matches!(head.lemma(), "seem" | "appear" | "rain" | "snow" | "happen" | "turn") || head.upos() == Upos::ADJ && clause
}

const SAYING: [&str; 24] = [
    "say", "tell", "add", "ask", "reply", "note", "state", "explain", "announce", "warn", "insist", "claim", "argue", "declare",
    "write", "think", "admit", "comment", "remark", "continue", "stress", "answer", "recall", "conclude",
];

/// The signs of one candidate for one pronoun.
fn signs(m: &Marked<'_>, p: &Mention, a: &Mention, apart: usize, size: u32, mut sign: impl FnMut(&'static str)) {
    sign(match p.sentence - a.sentence {
        0 => "dist0",
        1 => "dist1",
        2 => "dist2",
        3 => "dist3",
        _ => "dist4",
    });
    sign(match apart {
        0..=1 => "next",
        2..=3 => "near",
        4..=7 => "apart",
        8..=15 => "far",
        _ => "farther",
    });
    sign(a.role);
    sign(a.kind);
    sign(match size {
        0..=1 => "once",
        2..=3 => "twice",
        4..=8 => "often",
        _ => "always",
    });
    if a.role == p.role {
        sign("same-role");
    }
    if p.role == "possessor" {
        sign(match a.role {
            "subject" => "own-of-subject",
            "object" => "own-of-object",
            "possessor" => "own-of-own",
            _ => "own-of-other",
        });
    }
    if a.pronoun.is_some() && m.word(a.head).form().eq_ignore_ascii_case(m.word(p.head).form()) {
        sign("same-word");
    }
    if a.definite {
        sign("definite");
    }
    sign(if a.number == p.number { "number" } else { "number-open" });
    sign(if a.gender == p.gender { "gender" } else { "gender-open" });
    if a.quoted != p.quoted {
        sign("other-voice");
    }
    let (ga, gp) = (governor(m.word(a.head)), governor(m.word(p.head)));
    if p.sentence == a.sentence && ga.is_some() && ga == gp {
        sign("same-clause");
    }
    if subject_above(m.word(p.head)).is_some_and(|s| (a.first..=a.last).contains(&s.0)) {
        sign(if p.role == "possessor" { "own-clause-subject" } else { "clause-subject" });
    }
    let first = m.word(a.first).before().is_none_or(|b| b.upos() == Upos::PUNCT && b.before().is_none());
    if first {
        sign("opens");
    }
}

/// May `a` be what `p` stands for at all?
fn fits(m: &Marked<'_>, p: &Mention, class: Class, a: &Mention, chunks: &Chunks) -> bool {
    let agree = a.gender & p.gender != 0 && a.number & p.number != 0;
    let kind = match class {
        Class::HeShe => {
            !matches!(a.kind, "thing-noun" | "country" | "place" | "part-noun" | "body-noun" | "named-body" | "other-pronoun")
        }
        Class::It => !matches!(a.kind, "named-person" | "office" | "person-noun" | "people" | "other-pronoun"),
        Class::They => a.kind != "named-person" && a.kind != "other-pronoun",
    };
    if !agree || !kind {
        return false;
    }
    // A phrase does not hold itself: "his brother".
    let chunk = &chunks.all[p.chunk as usize];
    if chunk.owned == Some(a.chunk) || a.first <= p.head && p.head <= a.last {
        return false;
    }
    let reflexive = m.word(p.head).form().to_lowercase().contains("sel");
    // Subject and object of one verb are two, unless the word says otherwise.
    let same = p.sentence == a.sentence && p.role != "possessor" && {
        let (ga, gp) = (m.word(a.head).head(), m.word(p.head).head());
        ga.is_some()
            && ga == gp
            && matches!(a.role, "subject" | "object" | "oblique")
            && matches!(p.role, "subject" | "object" | "oblique")
    };
    if same { reflexive } else { !reflexive || p.sentence == a.sentence }
}

/// A training example, for those who fit the weights anew.
pub(super) type Watch<'w> = &'w mut dyn FnMut(WordId, Class, &[(u32, u32, Vec<&'static str>)]);

pub(super) struct Input<'a> {
    pub m: &'a Marked<'a>,
    pub lexicon: &'a ActorLexicon,
    pub chunks: &'a Chunks,
    pub reads: &'a [Read],
    /// A key that phrases of the same named or listed actor share.
    pub actor: &'a [Option<u32>],
    /// For every phrase the titles of the person that it names, in lower case.
    pub titles: &'a dyn Fn(u32, &str) -> bool,
}

pub(super) fn chains(input: &Input<'_>, mut watch: Option<Watch<'_>>) -> Chains {
    let Input { m, lexicon, chunks, reads, .. } = *input;
    let quotes = quoted(m);
    let n = chunks.all.len();
    let all: Vec<Mention> = (0..n as u32).map(|c| mention(m, lexicon, chunks, reads, &quotes, c)).collect();
    // In the order of heads: a possessor comes before what it possesses, and so it stands in the text.
    let mut chains = Chains { of: vec![NONE; n], link: vec![None; n], side: vec![None; n], groups: Vec::new() };
    let mut size: Vec<u32> = Vec::new();
    // What the phrases of a chain leave open together: after "he" it takes no "she".
    let mut genders: Vec<u8> = Vec::new();
    let mut by_actor: HashMap<u32, u32> = HashMap::new();
    let mut by_words: HashMap<String, u32> = HashMap::new();
    let mut by_head: HashMap<(String, u8), u32> = HashMap::new();
    let mut persons: Vec<u32> = Vec::new();
    // The last "I" and "we" with who speaks them, the last "you".
    let (mut i_of, mut we_of): (Option<(u32, Option<u32>)>, Option<(u32, Option<u32>)>) = (None, None);
    let mut you_of: Option<u32> = None;
    // Candidates that are coordinations: their place in `all` is that of the last member.
    let mut extra: HashMap<u32, Mention> = HashMap::new();
    let mut ahead: HashMap<u32, u32> = HashMap::new();
    let voice = voice(input, &all);
    let mut buffer = String::new();
    for c in 0..n as u32 {
        let me = &all[c as usize];
        let chunk = &chunks.all[c as usize];
        let mut to: Option<(u32, &'static str)> = None;
        match me.pronoun {
            Some(Pronoun::Third(class)) => {
                if !(class == Class::It && empty_it(&m.word(me.head))) {
                    to = antecedent(input, &all, &extra, &chains, &size, &genders, me, class, &mut watch);
                    if to.is_none() && class == Class::HeShe {
                        let last =
                            persons.iter().rev().take(20).find(|&&p| genders[chains.of[p as usize] as usize] & me.gender != 0);
                        to = last.map(|&p| (p, "the last person named"));
                    }
                }
            }
            Some(Pronoun::I | Pronoun::We) => {
                let said = if me.quoted { speaking(m, &all, c) } else { None };
                let ours = if me.pronoun == Some(Pronoun::I) { &mut i_of } else { &mut we_of };
                chains.side[c as usize] = said;
                // The same speaker goes on; "we" is more than whoever speaks.
                let last = ours.filter(|&(_, who)| who == said);
                to = said.filter(|_| me.pronoun == Some(Pronoun::I)).map(|s| (s, "the speaker"));
                to = to.or_else(|| last.map(|(p, _)| (p, "the same speaker")));
                if to.is_none() && !me.quoted {
                    let whose = if me.pronoun == Some(Pronoun::I) { voice.speaker } else { voice.speakers };
                    to = whose.map(|s| (s, "whose words the text gives"));
                }
                *ours = Some((c, said));
            }
            Some(Pronoun::You) => {
                to = you_of.map(|p| (p, "the same you"));
                if to.is_none() && !me.quoted {
                    to = voice.asked.map(|s| (s, "who is interviewed"));
                }
                you_of.get_or_insert(c);
            }
            Some(Pronoun::Other) => {}
            None => {
                let named = matches!(reads[c as usize].what, What::Person(..) | What::Listed(_) | What::Unknown(..));
                if let Some(a) = input.actor[c as usize].filter(|_| named) {
                    to = by_actor.get(&a).map(|&p| (p, "the same name"));
                }
                buffer.clear();
                let from = (chunk.core..=chunk.last).find(|&w| m.word(w).upos() != Upos::DET).unwrap_or(chunk.core);
                for w in from..=chunk.last {
                    buffer.extend(m.word(w).form().chars().flat_map(char::to_lowercase));
                    buffer.push(' ');
                }
                let bare = from == chunk.last;
                if to.is_none() && !matches!(me.kind, "part-noun") && m.word(chunk.last).upos() != Upos::NUM {
                    // A possessor that differs means another thing: "Russia's army", "Ukraine's army".
                    let owner = |c: u32| chunks.all[c as usize].possessor.map(|p| chains.of[p as usize]);
                    to = by_words
                        .get(&buffer)
                        .copied()
                        .filter(|&p| {
                            (me.definite || named || me.number == P && !me.quoted)
                                && (owner(p) == owner(c) || chunk.possessor.is_none())
                        })
                        .map(|p| (p, "the same words"));
                    let lemma = m.word(chunk.last).lemma().to_lowercase();
                    if to.is_none() && me.definite && bare && chunk.possessor.is_none() {
                        to = by_head.get(&(lemma.clone(), me.number)).map(|&p| (p, "the same noun"));
                        if to.is_none() && matches!(me.kind, "office" | "person-noun") && me.number == S {
                            to = persons
                                .iter()
                                .rev()
                                .take(40)
                                .find(|&&p| (input.titles)(p, &lemma))
                                .map(|&p| (p, "the office named before"));
                        }
                    }
                    by_head.insert((lemma, me.number), c);
                }
                if to.is_none()
                    && let Some(a) = chunk.pre.is_none().then(|| apposed_to(chunks, c)).flatten()
                {
                    to = Some((a, "the apposition"));
                }
                by_words.insert(buffer.clone(), c);
                if let Some(a) = input.actor[c as usize].filter(|_| named) {
                    by_actor.insert(a, c);
                }
                if me.kind == "named-person" {
                    persons.push(c);
                }
            }
        }
        // Several speakers are the coordination that ends in the last of them.
        if let Some((p, why)) = to
            && Some(p) == voice.speakers
            && me.pronoun == Some(Pronoun::We)
            && let Some(g) = chains.groups.iter().position(|g| g.1 == p)
        {
            to = Some(((n + g) as u32, why));
        }
        let chain = match to {
            Some((p, why)) => {
                chains.link[c as usize] = Some((p, why));
                if p > c && (p as usize) < n {
                    // Named behind the quotation: the chain begins here and is taken up there.
                    ahead.entry(p).or_insert_with(|| {
                        size.push(0);
                        size.len() as u32 - 1
                    });
                    ahead[&p]
                } else if (p as usize) < n {
                    chains.of[p as usize]
                } else {
                    chains.groups[p as usize - n].2
                }
            }
            None => ahead.get(&c).copied().unwrap_or_else(|| {
                size.push(0);
                size.len() as u32 - 1
            }),
        };
        chains.of[c as usize] = chain;
        size[chain as usize] += 1;
        genders.resize(size.len(), M | F | N);
        let open = &mut genders[chain as usize];
        if *open & me.gender != 0 {
            *open &= me.gender;
        }
        // "All of us" are we.
        if me.pronoun.is_some()
            && let Some(a) = chunk.pre.filter(|&a| {
                let a = &chunks.all[a as usize];
                a.first == a.last && matches!(m.word(a.first).lemma(), "all" | "both")
            })
        {
            chains.of[a as usize] = chain;
        }
        // A coordination that ends here can be taken up by "they".
        let head = m.word(me.head);
        if head.rel() == "conj" && me.pronoun.is_none() && chunk.owned.is_none() {
            if let Some(first) = head.head().map(|h| chunks.of[h.id().0 as usize]).filter(|&f| f != NONE && f < c) {
                let mut group = me.clone();
                group.first = all[first as usize].first;
                group.role = all[first as usize].role;
                group.number = P;
                group.gender = M | F | N;
                group.kind = "group";
                size.push(1);
                genders.push(M | F | N);
                chains.groups.push((first, c, size.len() as u32 - 1));
                group.chunk = n as u32 + chains.groups.len() as u32 - 1;
                extra.insert(c, group);
            }
        }
    }
    chains
}

/// Whose words a text gives, where it says so at its beginning.
struct Voice {
    speaker: Option<u32>,
    /// Several of them, by the last of the coordination.
    speakers: Option<u32>,
    /// Whom its "you" asks.
    asked: Option<u32>,
}

/// How many words a heading may take.
const HEADING: u32 = 60;

/// "Interview with …", "Remarks by …" at the head of a text; "my name is …", "I'm …" anywhere.
fn voice(input: &Input<'_>, all: &[Mention]) -> Voice {
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

fn apposed_to(chunks: &Chunks, c: u32) -> Option<u32> {
    let from = (c as usize).saturating_sub(4);
    (from..c as usize).rev().find(|&a| chunks.all[a].apposed == Some(c)).map(|a| a as u32)
}

/// Who says the quotation that phrase `c` stands in: the subject of a verb of saying outside it, in this sentence or right behind it, else before.
fn speaking(m: &Marked<'_>, all: &[Mention], c: u32) -> Option<u32> {
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

#[allow(clippy::too_many_arguments)]
fn antecedent(
    input: &Input<'_>,
    all: &[Mention],
    extra: &HashMap<u32, Mention>,
    chains: &Chains,
    size: &[u32],
    genders: &[u8],
    p: &Mention,
    class: Class,
    watch: &mut Option<Watch<'_>>,
) -> Option<(u32, &'static str)> {
    let m = input.m;
    let mut best: Option<(f32, u32)> = None;
    let weight = |name: &str| input.lexicon.weights.get(name).map_or(0.0, |w| w[class as usize]);
    let mut seen: Vec<(u32, u32, Vec<&'static str>)> = Vec::new();
    let mut chains_seen: Vec<u32> = Vec::new();
    let from = (p.chunk as usize).saturating_sub(PHRASES);
    let mut apart = 0;
    for c in (from..p.chunk as usize).rev() {
        let a = &all[c];
        if a.sentence + SENTENCES < p.sentence {
            break;
        }
        apart += 1;
        for a in extra.get(&(c as u32)).into_iter().chain([a]) {
            if !fits(m, p, class, a, input.chunks) {
                continue;
            }
            let chain = if (a.chunk as usize) < all.len() {
                chains.of[a.chunk as usize]
            } else {
                chains.groups[a.chunk as usize - all.len()].2
            };
            // Only the last phrase of a chain speaks for it.
            if genders[chain as usize] & p.gender == 0 || chains_seen.contains(&chain) {
                continue;
            }
            chains_seen.push(chain);
            let mut score = 0.0;
            let mut list = Vec::new();
            let keep = watch.is_some();
            signs(m, p, a, apart, size[chain as usize], |s| {
                score += weight(s);
                if keep {
                    list.push(s);
                }
            });
            if keep {
                seen.push((a.first, a.last, list));
            }
            if best.is_none_or(|(b, _)| score > b) {
                best = Some((score, a.chunk));
            }
        }
    }
    if let Some(watch) = watch {
        watch(WordId(p.head), class, &seen);
    }
    best.filter(|(score, _)| *score > weight("none")).map(|(_, c)| (c, "the likeliest phrase before it that agrees"))
}

/// The words of a phrase with all that modifies it behind its head, as corpora of coreference mark it.
pub(super) fn whole(m: &Marked<'_>, chunks: &Chunks, c: u32) -> (u32, u32) {
    let chunk = &chunks.all[c as usize];
    if chunk.owned.is_some() && own(&m.word(chunk.head)) {
        return (chunk.first, chunk.last);
    }
    let mut last = chunk.last;
    let mut stack: Vec<(Word<'_>, bool)> = (chunk.core..=chunk.last).map(|w| (m.word(w), true)).collect();
    let mut steps = 0;
    while let Some((w, of_chunk)) = stack.pop() {
        steps += 1;
        if steps > 400 {
            break;
        }
        for child in w.children() {
            let id = child.id().0;
            if id <= chunk.last {
                continue;
            }
            let inside = if of_chunk {
                matches!(child.rel(), "nmod" | "acl" | "flat" | "compound" | "fixed" | "nummod" | "amod")
                    || child.deprel() == "acl:relcl"
            } else {
                !(matches!(child.rel(), "punct") && m.word(id).after().is_none())
            };
            if inside {
                last = last.max(id);
                stack.push((child, false));
            }
        }
    }
    while last > chunk.last && m.word(last).upos() == Upos::PUNCT {
        last -= 1;
    }
    // "'s" of a possessor belongs to it in these corpora.
    if chunk.owned.is_some() && last == chunk.last && m.words.get(last as usize + 1).is_some_and(|w| super::chunks::possessive(w))
    {
        last += 1;
    }
    (chunk.first, last)
}
