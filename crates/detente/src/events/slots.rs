//! Where the parties of a predicate stand: the slots that its entry names, else whoever stands deeper in what it is about.

use ledger::{Category, Entity};
use syntax::{Upos, Word};

use super::act::{Act, Coder};
use super::grammar::{self, is, nominal};
use super::lexicon::{Entry, Kind, Slot};
use super::subject::subject;
use super::{party, turn};

impl<'a> Coder<'_, 'a> {
    /// Entities in the first of `slots` that holds a known party; else in the first that holds anybody. All of them for mutual acts.
    pub(super) fn fill(&self, word: Word<'a>, kind: Kind, slots: &[Slot], carrier: Option<Word<'a>>, all: bool) -> Vec<Entity> {
        let mut found: Vec<Entity> = Vec::new();
        let mut best: Vec<Entity> = Vec::new();
        for slot in slots {
            let sure = matches!(slot, Slot::Adjective);
            let here: Vec<Entity> = if *slot == Slot::Speaker {
                (self.speakers)(word.id()).unwrap_or_default()
            } else {
                let words = self.slot(word, kind, slot, carrier).into_iter().filter(|w| !self.time(*w));
                let named = |w: Word<'a>| self.scene.cast.entities(self.scene.parse, w.id());
                words.flat_map(|w| if sure { named(w) } else { party::parties(self.scene, w) }).collect()
            };
            let here: Vec<Entity> = here.into_iter().filter(|e| party::known(e) || !self.pronoun(e)).collect();
            if here.is_empty() {
                continue;
            }
            if all {
                for entity in here {
                    if !found.iter().any(|f| f.span.overlaps(entity.span)) {
                        found.push(entity);
                    }
                }
                continue;
            }
            if here.iter().any(party::known) {
                return here;
            }
            if best.is_empty() {
                best = here;
            }
        }
        if all { found } else { best }
    }

    /// Whether an entity is a lone pronoun that stands for nobody known.
    fn pronoun(&self, entity: &Entity) -> bool {
        self.scene
            .parse
            .word_at(entity.span)
            .is_some_and(|w| w.span() == entity.span && matches!(w.upos(), Upos::PRON | Upos::DET))
    }

    /// Whether a word stands in an expression of time.
    fn time(&self, word: Word<'_>) -> bool {
        let times = self.scene.times;
        let from = times.partition_point(|t| t.span.end() <= word.span().start());
        times.get(from).is_some_and(|t| t.span.contains(word.span()))
    }

    fn slot(&self, word: Word<'a>, kind: Kind, slot: &Slot, carrier: Option<Word<'a>>) -> Vec<Word<'a>> {
        let verb = kind == Kind::Verb;
        let one = |w: Option<Word<'a>>| w.into_iter().collect::<Vec<_>>();
        match slot {
            Slot::Subject if verb => one(grammar::doer(word)),
            Slot::Subject if kind == Kind::Adjective => one(subject(word)),
            // "were involved in the killing of": those who were.
            Slot::Subject if carrier.is_some_and(|c| matches!(self.sense(c), Some((_, Kind::Adjective)))) => {
                one(carrier.and_then(subject))
            }
            Slot::Subject => one(carrier.and_then(|c| {
                if c.child("obj") == Some(word) || !is_subject(word, c) { grammar::doer(c) } else { grammar::by(c) }
            })),
            Slot::Object if verb => one(grammar::undergoer(word)),
            Slot::Object => one(carrier.and_then(grammar::undergoer).filter(|o| *o != word)),
            Slot::Indirect => one(word.child("iobj").or_else(|| carrier.and_then(|c| c.child("iobj")))),
            Slot::Possessive => {
                let noun = if verb { grammar::undergoer(word) } else { Some(word) };
                one(noun.and_then(|n| n.children().find(|c| c.deprel() == "nmod:poss" && nominal(*c))))
            }
            Slot::Adjective => {
                let noun = if verb { grammar::undergoer(word) } else { Some(word) };
                noun.map_or(Vec::new(), |n| {
                    let before = |c: &Word<'a>| {
                        matches!(c.rel(), "amod" | "compound" | "nmod" | "nmod:poss") && c.id() < n.id() && !grammar::cased(*c)
                    };
                    // "a Saudi-led strike"
                    let joined = |c: Word<'a>| {
                        c.children().filter(move |g| {
                            g.id() < c.id()
                                && c.before().is_some_and(|b| is(b, &["-"]))
                                && c.upos() != Upos::PROPN
                                && g.upos() != Upos::PUNCT
                        })
                    };
                    n.children()
                        .filter(before)
                        .filter(|c| grammar::stance(*c).is_none())
                        .flat_map(|c| std::iter::once(c).chain(joined(c)))
                        .collect()
                })
            }
            Slot::Speaker => Vec::new(),
            Slot::Clause => one(grammar::clause(word).and_then(grammar::doer)),
            Slot::Preposition(p) => {
                let found = grammar::phrases(word, p).or_else(|| carrier.and_then(|c| grammar::phrases(c, p)));
                one(found.filter(|f| *f != word))
            }
        }
    }

    /// Known parties in the phrases of a content that has none of its own: "agreed to set up a centre in [Tokyo]".
    pub(super) fn reached(&self, top: Word<'a>, but: &[Entity]) -> Vec<Entity> {
        let mut next = vec![top];
        let mut seen = 0;
        let mut other = Vec::new();
        while let Some(word) = next.pop() {
            seen += 1;
            if seen > 12 {
                break;
            }
            let objects = grammar::undergoer(word).filter(|_| word.upos() == Upos::VERB);
            let phrases =
                ["with", "to", "from", "for", "against", "of", "on", "between", "over", "at", "in", "into", "near", "by"]
                    .iter()
                    .filter_map(|p| grammar::phrases(word, p));
            for found in phrases.chain(objects).filter(|w| !self.time(*w)) {
                let parties: Vec<Entity> =
                    party::parties(self.scene, found).into_iter().filter(|e| !but.iter().any(|b| turn::same(b, e))).collect();
                if parties.iter().any(party::known) {
                    return parties;
                }
                if other.is_empty() {
                    other = parties;
                }
            }
            next.extend(word.children().filter(|c| matches!(c.deprel(), "xcomp" | "ccomp" | "obj" | "acl")).take(3));
        }
        other
    }

    /// Whose act a refusal, threat or offer waits for, where nobody else is named as its target: "will not lift the embargo until
    /// [Cuba] frees its prisoners".
    pub(super) fn awaited(&self, act: &Act<'_>) -> Vec<Entity> {
        let bound = |w: Word<'a>| {
            let waits = |c: &Word<'a>| {
                c.rel() == "advcl" && c.children().any(|m| m.rel() == "mark" && is(m, &["until", "unless", "if", "till"]))
            };
            w.children().filter(waits).find_map(|c| grammar::doer(c).or_else(|| subject(c)))
        };
        let words = act.trigger.iter().chain(act.about.iter().map(|a| &a.0)).map(|&id| self.scene.parse.word(id));
        words
            .filter_map(bound)
            .map(|w| party::certain(self.scene, w))
            .find(|found| !found.is_empty() && !found.iter().any(|f| act.actor.iter().any(|a| turn::same(a, f))))
            .unwrap_or_default()
    }

    /// Who took part in talks that only say when something happened: "at a meeting in Bonn, [X and Y] agreed", "on a visit to Kyiv,
    /// [X] said". A meeting that names those who met ("of EU ministers", "between X and Y") names them all: who acts beside it may not
    /// have been there.
    pub(super) fn attending(&self, word: Word<'a>, kind: Kind, category: Category, carrier: Option<Word<'a>>) -> Vec<Entity> {
        let set = ["at", "during", "in", "after", "on", "following"];
        if kind != Kind::Noun
            || category != Category::Consult
            || carrier.is_some()
            || word.rel() != "obl"
            || !set.iter().any(|p| grammar::case(word, p))
            || word.children().any(|c| {
                ["of", "between", "among"].iter().any(|p| grammar::case(c, p)) && !party::certain(self.scene, c).is_empty()
            })
        {
            return Vec::new();
        }
        let verb = word.head().filter(|h| h.upos() == Upos::VERB);
        let subject = verb.and_then(grammar::doer).filter(|s| *s != word);
        subject.map_or(Vec::new(), |s| party::parties(self.scene, s).into_iter().filter(|e| e.code.is_some()).collect())
    }

    /// The governor's own parties.
    pub(super) fn parties(
        &self,
        word: Word<'a>,
        entry: &Entry,
        kind: Kind,
        carrier: Option<Word<'a>>,
    ) -> (Vec<Entity>, Vec<Entity>) {
        let mut actor = if kind == Kind::Noun { self.fill(word, kind, &[Slot::Subject], carrier, false) } else { Vec::new() };
        if actor.is_empty() {
            actor = self.fill(word, kind, &entry.actor, carrier, entry.mutual);
        }
        let recipient = self.fill(word, kind, &entry.recipient, carrier, false);
        (actor, recipient)
    }
}

fn is_subject(noun: Word<'_>, carrier: Word<'_>) -> bool {
    noun.rel() == "nsubj" && noun.head() == Some(carrier)
}
