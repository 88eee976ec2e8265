//! Chains of phrases that mean the same: names and their short forms, definite nouns, bare titles, pronouns.
//!
//! Names and nouns are joined by rules, each with a reason. A pronoun takes the best of the phrases before it that agree in number, gender
//! and kind; how much each sign counts (distance, subject, kind …) stands in `lexicon/actors/pronouns.tsv`. Everything looks back over
//! a bounded number of phrases, so a page costs time in proportion to its length.
//!
//! [`mention`] tells what is known of one phrase, [`signs`] what speaks for an antecedent, [`pick`] chooses one, [`voice`] says whose
//! words a text or quotation gives, [`extent`] where a phrase ends with all that modifies it.

mod extent;
mod mention;
mod pick;
mod signs;
mod voice;

use std::collections::HashMap;

use syntax::{Upos, Word, WordId};

use super::chunks::Chunks;
use super::lexicon::{ActorLexicon, NounKind};
use super::marked::{Marked, NONE};
use super::read::{Read, What};
pub(crate) use extent::whole;
use mention::{Class, F, M, Mention, N, P, Pronoun, S, mention, quoted};
use pick::antecedent;
use signs::empty_it;
use voice::{speaking, voice};

/// Which phrases belong together.
pub(crate) struct Chains {
    /// Chain of every phrase.
    pub of: Vec<u32>,
    /// The phrase that a phrase was joined to, and why.
    pub link: Vec<Option<(u32, &'static str)>>,
    /// For "we" and "I" in a quotation: who speaks it, so on whose side they are.
    pub side: Vec<Option<u32>>,
    /// Coordinations that a plural pronoun takes up: first and last phrase, chain.
    pub groups: Vec<(u32, u32, u32)>,
}

impl Chains {
    /// The chain of a phrase, or of a coordination: these are numbered behind the `phrases` phrases.
    fn of_any(&self, phrase: u32, phrases: usize) -> u32 {
        let n = phrase as usize;
        if n < phrases { self.of[n] } else { self.groups[n - phrases].2 }
    }
}

/// A training example, for those who fit the weights anew.
pub(crate) type Watch<'w> = &'w mut dyn FnMut(WordId, Class, &[Seen]);

/// A candidate: first and last word, signs.
pub(crate) type Seen = super::Candidate;

pub(crate) struct Input<'a> {
    pub m: &'a Marked<'a>,
    pub lexicon: &'a ActorLexicon,
    pub chunks: &'a Chunks,
    pub reads: &'a [Read],
    /// A key that phrases of the same named or listed actor share.
    pub actor: &'a [Option<u32>],
    /// For every phrase the titles of the person that it names, in lower case.
    pub titles: &'a dyn Fn(u32, &str) -> bool,
}

pub(crate) fn chains(input: &Input<'_>, mut watch: Option<Watch<'_>>) -> Chains {
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
    let mut by_core: HashMap<String, u32> = HashMap::new();
    let mut persons: Vec<u32> = Vec::new();
    let mut union: Option<u32> = None;
    // The last "I" and "we" with who speaks them, the last "you".
    let (mut i_of, mut we_of): (Option<(u32, Option<u32>)>, Option<(u32, Option<u32>)>) = (None, None);
    let mut you_of: Option<u32> = None;
    // The last who was called by name or title: "Mr. President, you …".
    let mut called: Option<u32> = None;
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
                to = called.filter(|&v| all[v as usize].quoted == me.quoted).map(|v| (v, "who is called"));
                to = to.or_else(|| you_of.map(|p| (p, "the same you")));
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
                // "The 62-year-old prince": what only describes keeps a title bare.
                let describes =
                    |w: u32| matches!(m.word(w).upos(), Upos::ADJ | Upos::NUM | Upos::PUNCT) || m.word(w).lemma() == "year";
                let described = bare || (from..chunk.last).all(|w| describes(w) && m.name(w).is_none());
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
                    let core = core_words(m, chunk.core, chunk.last);
                    if to.is_none() && me.definite && described && chunk.possessor.is_none() {
                        to = by_head.get(&(lemma.clone(), me.number)).filter(|_| bare).map(|&p| (p, "the same noun"));
                        if to.is_none() && matches!(me.kind, "office" | "person-noun") && me.number == S {
                            to = persons
                                .iter()
                                .rev()
                                .take(40)
                                .find(|&&p| (input.titles)(p, &lemma))
                                .map(|&p| (p, "the office named before"));
                        }
                    }
                    // "The foreign ministry" after "the Russian Foreign Ministry".
                    let official = matches!(reads[c as usize].what, What::Role | What::Noun(NounKind::Body));
                    if official && to.is_none() && me.definite && reads[c as usize].open && chunk.possessor.is_none() {
                        to = by_core.get(&core).map(|&p| (p, "the same office or body"));
                    }
                    if official {
                        by_core.insert(core, c);
                    }
                    // "The alliance", "the bloc": the union of states named last.
                    if to.is_none() && me.definite && bare && matches!(lemma.as_str(), "alliance" | "bloc") {
                        to = union.map(|p| (p, "the union named before"));
                    }
                    by_head.insert((lemma, me.number), c);
                }
                if to.is_none()
                    && let Some(a) = chunk.pre.is_none().then(|| apposed_to(chunks, c)).flatten()
                {
                    to = Some((a, "the apposition"));
                }
                if to.is_none() {
                    to = predicate_of(m, chunks, c).map(|s| (s, "what it is said to be"));
                }
                if m.word(me.head).rel() == "vocative" {
                    called = Some(c);
                }
                by_words.insert(buffer.clone(), c);
                if let Some(a) = input.actor[c as usize].filter(|_| named) {
                    by_actor.insert(a, c);
                }
                if me.kind == "named-person" {
                    persons.push(c);
                }
                if let What::Listed(e) = reads[c as usize].what
                    && matches!(lexicon.entries[e as usize].code.as_ref(), Some(b"IGO" | b"EUR"))
                {
                    union = Some(c);
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

fn apposed_to(chunks: &Chunks, c: u32) -> Option<u32> {
    let from = (c as usize).saturating_sub(4);
    (from..c as usize).rev().find(|&a| chunks.all[a].apposed == Some(c)).map(|a| a as u32)
}

/// The words of an office or body without whose it is, in lower case: "foreign ministry".
fn core_words(m: &Marked<'_>, first: u32, last: u32) -> String {
    let mut core = String::new();
    for w in first..=last {
        if m.name(w).is_none() && !matches!(m.word(w).upos(), Upos::DET | Upos::PUNCT) {
            core.extend(m.word(w).form().chars().flat_map(char::to_lowercase));
            core.push(' ');
        }
    }
    core
}

/// The subject of which a phrase is said: "it" of "it is an oath", "he" of "he is the envoy". Not where it is denied or asked.
fn predicate_of(m: &Marked<'_>, chunks: &Chunks, c: u32) -> Option<u32> {
    let head = m.word(chunks.all[c as usize].head);
    head.child("cop")?;
    let subject = head.child("nsubj").filter(|s| s.id() < head.id())?;
    let other = |w: Word<'_>| {
        matches!(w.lemma(), "not" | "n't" | "never" | "no") || w.form() == "?" || w.rel() == "case" || w.rel() == "mark"
    };
    // "It is the Senate that failed" says nothing of "it".
    let cleft = subject.form().eq_ignore_ascii_case("it")
        && head
            .children()
            .any(|k| k.deprel() == "acl:relcl" && k.child("nsubj").is_some_and(|s| s.form() == "that" || s.form() == "who"));
    if cleft || head.children().any(other) || head.sentence().words().next_back().is_some_and(|w| w.form() == "?") {
        return None;
    }
    let s = *chunks.of.get(subject.id().0 as usize)?;
    (s != NONE && s < c && chunks.all[s as usize].head == subject.id().0).then_some(s)
}
