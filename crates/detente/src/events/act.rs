//! Acts: predicates of the lexicon with their parties, after the words that govern them have turned them.
//!
//! A governing word ("agreed to", "threatened", "demanded", "refused to", "called off") says what happened; the act below it is then
//! its proposition and no event of its own. [`Coder::act`] reads a word and everything it governs into one [`Act`].

use ledger::{Category, Entity, Modality, Mode};
use syntax::{Sentence, Upos, Word, WordId};

use super::grammar::{self, At, auxiliary, case, is, nominal};
use super::lexicon::{Entry, EventLexicon, Kind, Slot, Turn};
use super::{party, turn};
use crate::Scene;

/// How deep governing words may be nested.
const DEPTH: usize = 5;

/// An event in the making.
#[derive(Debug, Clone)]
pub struct Act<'s> {
    /// The word whose place in the tree stands for the act.
    pub word: WordId,
    /// The words that tell it.
    pub trigger: Vec<WordId>,
    /// The entry of the main word.
    pub entry: &'s Entry,
    /// Its category.
    pub category: Category,
    /// Further categories.
    pub also: Vec<Category>,
    /// Its modes.
    pub mode: Vec<Mode>,
    /// Who.
    pub actor: Vec<Entity>,
    /// To whom.
    pub recipient: Vec<Entity>,
    /// What was decided about its modality so far, with the word that says so.
    pub modality: Option<(Modality, WordId)>,
    /// What it is about: top word of the content, and the content's category.
    pub about: Option<(WordId, Option<Category>)>,
    /// Whether a negation has been used up by a conversion.
    pub settled: bool,
    /// How it was turned, for `explain`.
    pub turned: Vec<&'static str>,
    /// The event that is told beside it (the charge that was rejected).
    pub beside: Option<Box<Act<'s>>>,
}

/// Reads the acts of one sentence.
pub struct Coder<'s, 'a> {
    pub(super) scene: &'s Scene<'a>,
    lexicon: &'s EventLexicon,
    first: u32,
    /// The sense of each word of the sentence.
    senses: Vec<Option<(&'s Entry, Kind)>>,
    /// Words that a governing word has used.
    pub(super) used: Vec<bool>,
    /// Whoever speaks in the statement around a word.
    pub(super) speakers: &'s dyn Fn(WordId) -> Option<Vec<Entity>>,
}

impl<'s, 'a> Coder<'s, 'a> {
    /// A coder of `sentence`.
    pub fn new(
        scene: &'s Scene<'a>,
        lexicon: &'s EventLexicon,
        sentence: Sentence<'a>,
        speakers: &'s dyn Fn(WordId) -> Option<Vec<Entity>>,
    ) -> Self {
        let words = sentence.words();
        let first = words.clone().next().map_or(0, |w| w.id().0);
        let broken = &sentence.health().broken;
        let mut coder =
            Coder { scene, lexicon, first, senses: Vec::with_capacity(words.len()), used: vec![false; words.len()], speakers };
        for word in words {
            let sense = if broken.iter().any(|b| b.overlaps(word.span())) { None } else { coder.look(word, false) };
            coder.senses.push(sense);
        }
        coder
    }

    fn at(&self, word: Word<'_>) -> usize {
        (word.id().0 - self.first) as usize
    }

    /// The sense of `word`.
    pub fn sense(&self, word: Word<'_>) -> Option<(&'s Entry, Kind)> {
        self.senses.get(self.at(word)).copied().flatten()
    }

    /// The first sense that fits; with `own`, the first that tells an event without an act below it.
    fn look(&self, word: Word<'a>, own: bool) -> Option<(&'s Entry, Kind)> {
        let participle = |w: Word<'_>| w.feats().get("VerbForm").is_some();
        let kinds: &[Kind] = match word.upos() {
            Upos::VERB => &[Kind::Verb, Kind::Noun],
            Upos::AUX if !matches!(word.rel(), "aux" | "cop") => &[Kind::Verb],
            // "riot police", "March 16"
            Upos::NOUN | Upos::PROPN if word.rel() == "compound" || word.form() == "March" || word.form() == "May" => {
                return None;
            }
            Upos::NOUN | Upos::PROPN => &[Kind::Noun],
            Upos::ADJ if participle(word) => &[Kind::Adjective, Kind::Verb],
            Upos::ADJ => &[Kind::Adjective],
            _ => return None,
        };
        // "Iranian-backed rebels"
        if word.rel() == "amod" && word.before().is_some_and(|b| b.form() == "-") {
            return None;
        }
        let form = word.form().to_lowercase();
        let lemma = word.lemma().to_lowercase();
        let carrier = word.head().filter(|h| h.upos() == Upos::VERB && matches!(word.rel(), "obj" | "nsubj" | "obl" | "iobj"));
        for &kind in kinds {
            if kind == Kind::Noun && word.upos() == Upos::VERB && !word.children().any(|c| c.rel() == "det") {
                continue;
            }
            let at = At { word, kind, carrier };
            let base = self.lexicon.base(kind, &form).unwrap_or(&lemma);
            for entry in self.lexicon.senses(kind, base) {
                if (!own || entry.turn.is_none()) && entry.fits(&at) && !(kind == Kind::Noun && self.named(word)) {
                    return Some((entry, kind));
                }
            }
        }
        None
    }

    /// Nouns inside a name are no events: "the Support Group", "World Trade Organization".
    fn named(&self, word: Word<'_>) -> bool {
        let capital = |w: Word<'_>| w.form().starts_with(|c: char| c.is_uppercase());
        let title = word.sentence().words().filter(|w| w.form().len() > 3).all(capital);
        !title
            && word.before().is_some()
            && capital(word)
            && (matches!(word.rel(), "compound" | "flat")
                || word
                    .children()
                    .any(|c| matches!(c.rel(), "compound" | "flat" | "amod") && capital(c) && c.upos() == Upos::PROPN)
                    && word.upos() == Upos::PROPN)
    }

    /// Entities in the first of `slots` that holds a known party; else in the first that holds anybody. All of them for mutual acts.
    fn fill(&self, word: Word<'a>, kind: Kind, slots: &[Slot], carrier: Option<Word<'a>>, all: bool) -> Vec<Entity> {
        let mut found: Vec<Entity> = Vec::new();
        let mut best: Vec<Entity> = Vec::new();
        for slot in slots {
            let sure = matches!(slot, Slot::Adjective);
            let here: Vec<Entity> = self
                .slot(word, kind, slot, carrier)
                .into_iter()
                .filter(|w| !self.time(*w))
                .flat_map(
                    |w| if sure { self.scene.cast.entities(self.scene.parse, w.id()) } else { party::parties(self.scene, w) },
                )
                .collect();
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
            Slot::Subject if kind == Kind::Adjective => one(grammar::subject(word)),
            Slot::Subject => {
                one(carrier
                    .and_then(|c| if c.child("obj") == Some(word) || !is_subject(word, c) { grammar::doer(c) } else { by(c) }))
            }
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
                    n.children()
                        .filter(|c| {
                            matches!(c.rel(), "amod" | "compound" | "nmod" | "nmod:poss")
                                && c.id() < n.id()
                                && !grammar::cased(*c)
                        })
                        .collect()
                })
            }
            Slot::Clause => one(grammar::clause(word).and_then(grammar::doer)),
            Slot::Preposition(p) => {
                let found = grammar::phrases(word, p).or_else(|| carrier.and_then(|c| grammar::phrases(c, p)));
                one(found.filter(|f| *f != word))
            }
        }
    }

    /// The act that `word` tells, with all that it governs; `None` where it tells none.
    pub fn act(&self, word: Word<'a>, carrier: Option<Word<'a>>, depth: usize) -> Option<Act<'s>> {
        let (entry, kind) = self.sense(word)?;
        if depth > DEPTH {
            return None;
        }
        match entry.turn {
            None => Some(self.plain(word, entry, kind, carrier)),
            Some(Turn::Light) => match self.complement(word, entry, depth) {
                Some(mut inner) if inner.word != word.id() => {
                    inner.trigger.insert(0, word.id());
                    Some(inner)
                }
                _ => entry.category.map(|_| self.plain(word, entry, kind, carrier)),
            },
            Some(turn) => turn::turned(self, word, entry, kind, turn, carrier, depth).or_else(|| {
                // A word that turns nothing here may still tell something in another sense: "cooperated with Iran".
                let (entry, kind) = self.look(word, true)?;
                Some(self.plain(word, entry, kind, carrier))
            }),
        }
    }

    /// A predicate with its own arguments, its auxiliaries heeded.
    pub(super) fn plain(&self, word: Word<'a>, entry: &'s Entry, kind: Kind, carrier: Option<Word<'a>>) -> Act<'s> {
        let category = entry.category.unwrap_or(Category::Consult);
        let mut actor = Vec::new();
        if kind == Kind::Noun {
            actor = self.fill(word, kind, &[Slot::Subject], carrier, false);
            actor.retain(|e| e.sector.len() + e.text.len() > 0);
        }
        if entry.mutual {
            let more = self.fill(word, kind, &entry.actor, carrier, true);
            for e in more {
                if !actor.iter().any(|a| a.span.overlaps(e.span)) {
                    actor.push(e);
                }
            }
            if actor.iter().any(party::known) {
                actor.retain(|e| party::known(e) || e.text.contains(' ') || e.text.starts_with(char::is_uppercase));
            }
        } else if actor.is_empty() || !actor.iter().any(party::known) {
            let own = self.fill(word, kind, &entry.actor, carrier, false);
            if actor.is_empty() || own.iter().any(party::known) {
                actor = own;
            }
        }
        let mut recipient =
            if entry.mutual && actor.len() > 1 { Vec::new() } else { self.fill(word, kind, &entry.recipient, carrier, false) };
        // "launched a mediation effort to end the rift between X and Y"
        if recipient.is_empty() && entry.mode.iter().any(|m| m.as_str() == "third-party") {
            recipient = self.reached(word, &actor);
            recipient.retain(party::known);
        }
        // A headline's participle: "Six arrested in Prague".
        let suffers = matches!(category, Category::Coerce | Category::Assault | Category::Sanction)
            || entry.mode.iter().any(|m| m.as_str() == "release");
        if kind == Kind::Verb && suffers && entry.transitive && recipient.is_empty() && headline_passive(word) {
            std::mem::swap(&mut actor, &mut recipient);
        }
        if kind == Kind::Verb && grammar::undergoer(word).is_some_and(grammar::reciprocal) {
            recipient.clear();
        }
        recipient.retain(|r| !actor.iter().any(|a| a.span == r.span || a.id == r.id));
        let mut trigger = vec![word.id()];
        if let Some(c) = carrier {
            trigger.insert(0, c.id());
        }
        trigger.extend(word.children().filter(|c| c.deprel() == "compound:prt").map(|c| c.id()));
        trigger.sort();
        let mut mode = entry.mode.clone();
        // "US airstrikes killed ten": the subject tells the attack, and who made it.
        if kind == Kind::Verb
            && category == Category::Assault
            && let Some(subject) = grammar::doer(word)
            && let Some((noun, Kind::Noun)) = self.sense(subject)
            && noun.category == Some(Category::Assault)
        {
            let inner = self.plain(subject, noun, Kind::Noun, None);
            // Without a doer, the weapon or attack stands by its words, without a code.
            if !inner.actor.is_empty() {
                actor = inner.actor;
            } else {
                actor.truncate(1);
                for e in &mut actor {
                    e.code = None;
                    e.sector.clear();
                }
            }
            if mode.is_empty() {
                mode = inner.mode;
            }
            trigger.push(subject.id());
            trigger.sort();
        }
        // What a verbal act is about is no event of its own.
        let speaks =
            matches!(category, Category::Request | Category::Reject | Category::Threaten | Category::Agree | Category::Accuse);
        let clause = |c: &Word<'a>| !nominal(*c) && c.upos() != Upos::ADJ;
        let about = (speaks && kind == Kind::Verb && (category != Category::Accuse || !entry.takes.is_empty()))
            .then(|| self.complements(word, entry).into_iter().find(|c| clause(c) || entry.takes.iter().any(|p| case(*c, p))))
            .flatten()
            .map(|c| (c.id(), self.sense(c).and_then(|(e, _)| e.category)));
        Act {
            word: word.id(),
            trigger,
            entry,
            category,
            also: entry.also.clone(),
            mode,
            actor,
            recipient,
            modality: None,
            about,
            settled: false,
            turned: Vec::new(),
            beside: None,
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

    /// The words on which what `word` governs may stand, the likeliest first.
    pub(super) fn complements(&self, word: Word<'a>, entry: &Entry) -> Vec<Word<'a>> {
        let mut found: Vec<Word<'a>> = Vec::new();
        let mut add = |w: Word<'a>| {
            if !found.contains(&w) {
                found.push(w);
            }
        };
        for child in word.children() {
            if matches!(child.rel(), "xcomp" | "ccomp" | "csubj") && !matches!(child.upos(), Upos::PUNCT) {
                add(child);
            }
            if child.rel() == "acl" && child.deprel() != "acl:relcl" && word.upos() != Upos::VERB {
                add(child);
            }
            if matches!(child.rel(), "advcl" | "dep" | "obl") && child.upos() == Upos::VERB {
                let marked = child.children().any(|c| {
                    matches!(c.rel(), "mark" | "case")
                        && (entry.takes.iter().any(|t| c.form().eq_ignore_ascii_case(t)) || is(c, &["to", "that"]))
                });
                if marked {
                    add(child);
                }
            }
        }
        if word.upos() == Upos::VERB || word.upos() == Upos::AUX {
            if let Some(o) = grammar::undergoer(word) {
                add(o);
                o.children().filter(|c| c.rel() == "conj").for_each(&mut add);
            }
        } else if word.upos() == Upos::ADJ {
            word.children().filter(|c| matches!(c.rel(), "advcl" | "acl")).for_each(&mut add);
        }
        for p in &entry.takes {
            let noun = word
                .children()
                .chain(grammar::undergoer(word).filter(|_| word.upos() == Upos::VERB).into_iter().flat_map(|o| o.children()))
                .find(|c| {
                    matches!(c.rel(), "obl" | "nmod" | "advcl" | "acl" | "ccomp" | "dep")
                        && (case(*c, p) || c.children().any(|m| m.rel() == "mark" && is(m, &[p])))
                });
            if let Some(n) = noun {
                add(n);
                n.children().filter(|c| c.rel() == "conj").for_each(&mut add);
            }
        }
        found
    }

    /// The act that `word` governs.
    pub(super) fn complement(&self, word: Word<'a>, entry: &Entry, depth: usize) -> Option<Act<'s>> {
        self.complements(word, entry).into_iter().find_map(|c| self.below(word, c, depth + 1))
    }

    /// The act at `top` or, where `top` tells none, right below it.
    fn below(&self, governor: Word<'a>, top: Word<'a>, depth: usize) -> Option<Act<'s>> {
        if depth > DEPTH {
            return None;
        }
        let carried = governor.upos() == Upos::VERB && nominal(top);
        let light = carried && self.sense(governor).is_some_and(|(e, _)| e.turn == Some(Turn::Light));
        if let Some(act) = self.act(top, light.then_some(governor), depth) {
            return Some(self.will(top, act));
        }
        // "agreed to set up a centre", "promised to do everything for the release of": a verb or noun without a sense of its own.
        let next = |c: &Word<'a>| {
            matches!(c.rel(), "obj" | "xcomp" | "ccomp" | "conj")
                || c.rel() == "nmod" && (case(*c, "of") || case(*c, "for") || case(*c, "on"))
                || c.deprel() == "acl"
        };
        top.children().filter(|c| *c != governor && next(c)).find_map(|c| self.act(c, None, depth + 1))
    }

    /// What "will", "would" and "not" make of an act: a promise, a threat, a refusal.
    pub(super) fn will(&self, word: Word<'a>, act: Act<'s>) -> Act<'s> {
        if act.settled {
            return act;
        }
        turn::future(self, word, act)
    }

    /// Marks every word of the content as told.
    pub(super) fn use_up(&mut self, top: Word<'a>, keep_relative: bool) {
        let first = self.first;
        let mut next = vec![top];
        let mut seen = 0;
        while let Some(w) = next.pop() {
            seen += 1;
            if seen > self.used.len() {
                break;
            }
            self.used[(w.id().0 - first) as usize] = true;
            next.extend(w.children().filter(|c| {
                !(keep_relative && c.deprel() == "acl:relcl")
                    && c.rel() != "parataxis"
                    && !(c.rel() == "advcl" && w != top && keep_relative)
            }));
        }
    }

    /// Marks one word as told.
    pub(super) fn use_word(&mut self, word: WordId) {
        let at = (word.0 - self.first) as usize;
        if let Some(u) = self.used.get_mut(at) {
            *u = true;
        }
    }

    /// Whether a word is told already.
    pub(super) fn is_used(&self, word: Word<'_>) -> bool {
        self.used.get(self.at(word)).copied().unwrap_or(false)
    }
}

fn is_subject(noun: Word<'_>, carrier: Word<'_>) -> bool {
    noun.rel() == "nsubj" && noun.head() == Some(carrier)
}

fn by<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    verb.children().find(|c| matches!(c.rel(), "obl" | "nmod") && case(*c, "by") && nominal(*c))
}

/// "Six arrested in Prague": a bare participle whose subject is the one it is done to.
fn headline_passive(word: Word<'_>) -> bool {
    let form = word.form();
    (form.ends_with("ed") || word.feats().is("VerbForm", "Part"))
        && !word.feats().is("Tense", "Pres")
        && !word.children().any(|c| matches!(c.rel(), "aux" | "obj" | "ccomp" | "xcomp" | "cop"))
        && auxiliary(word, &["has", "have", "had"]).is_none()
        && word.child("nsubj").is_some()
        && word.rel() != "conj"
}
