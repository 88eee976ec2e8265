//! Acts: predicates of the lexicon with their parties, after the words that govern them have turned them.
//!
//! A governing word ("agreed to", "threatened", "demanded", "refused to", "called off") says what happened; the act below it is then
//! its proposition and no event of its own. [`Coder::act`] reads a word and everything it governs into one [`Act`].

use ledger::{Category, Entity, Modality, Mode};
use syntax::{Sentence, Upos, Word, WordId};

use super::grammar::{self, auxiliary, case, is, nominal};
use super::lexicon::{Entry, EventLexicon, Kind, Slot, Turn};
use super::surroundings::At;
use super::{future, party, turn};
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
    /// The entries that were used: that of the word that tells it, then those of the words above.
    pub by: Vec<&'s Entry>,
    /// The event that is told beside it (the charge that was rejected).
    pub beside: Option<Box<Act<'s>>>,
}

impl<'s> Act<'s> {
    /// The act with one more entry that was used.
    pub(super) fn through(mut self, entry: &'s Entry) -> Self {
        if !self.by.iter().any(|e| std::ptr::eq(*e, entry)) {
            self.by.push(entry);
        }
        self
    }
}

/// Reads the acts of one sentence.
pub struct Coder<'s, 'a> {
    pub(super) scene: &'s Scene<'a>,
    pub(super) lexicon: &'s EventLexicon,
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
            let sense = if broken.iter().any(|b| b.overlaps(word.span())) { None } else { coder.look(word, |_| true) };
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

    /// The first sense that fits, of those that `wanted` lets through.
    fn look(&self, word: Word<'a>, wanted: impl Fn(&Entry) -> bool) -> Option<(&'s Entry, Kind)> {
        let participle = |w: Word<'_>| w.feats().get("VerbForm").is_some();
        let kinds: &[Kind] = match word.upos() {
            Upos::VERB if word.children().any(|c| c.rel() == "cop" || c.deprel() == "aux:pass") => {
                &[Kind::Verb, Kind::Noun, Kind::Adjective]
            }
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
                if wanted(entry) && entry.fits(&at) && !(kind == Kind::Noun && self.named(word)) {
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

    /// The act that `word` tells, with all that it governs; `None` where it tells none.
    pub fn act(&self, word: Word<'a>, carrier: Option<Word<'a>>, depth: usize) -> Option<Act<'s>> {
        let (entry, kind) = self.sense(word)?;
        // "the planned agreement", "a proposed deal": how the noun is told, no plan or offer of its own.
        let tells = |t: Turn| matches!(t, Turn::Plan | Turn::Promise | Turn::Threat | Turn::Demand | Turn::Fear);
        if depth > DEPTH || entry.turn.is_some_and(tells) && word.rel() == "amod" {
            return None;
        }
        match entry.turn {
            None => Some(self.plain(word, entry, kind, carrier)),
            Some(turn) if self.scene.without_modality && !matches!(turn, Turn::Light | Turn::Pass) => {
                entry.category.map(|_| self.plain(word, entry, kind, carrier))
            }
            Some(Turn::Light) => match self.carried(word, entry, depth) {
                Some(mut inner) if inner.word != word.id() => {
                    inner.trigger.insert(0, word.id());
                    Some(inner.through(entry))
                }
                _ => {
                    // "announced that it would", "declared it illegal": nothing carried, but perhaps something governed.
                    self.look(word, |e| e.turn.is_some_and(|t| t != Turn::Light)).and_then(|(entry, kind)| {
                        turn::turned(self, word, entry, kind, entry.turn?, carrier, depth).map(|act| act.through(entry))
                    })
                }
            }
            .or_else(|| self.own(word, carrier)),
            Some(turn) => turn::turned(self, word, entry, kind, turn, carrier, depth)
                .map(|act| act.through(entry))
                .or_else(|| self.own(word, carrier)),
        }
    }

    /// A word that turns nothing here may still tell something in another sense: "cooperated with Iran".
    fn own(&self, word: Word<'a>, carrier: Option<Word<'a>>) -> Option<Act<'s>> {
        let (entry, kind) = self.look(word, |e| e.turn.is_none())?;
        Some(self.plain(word, entry, kind, carrier))
    }

    /// The act in the noun that a light verb carries: "launch an attack", "hold talks". What a clause below it tells, it does not carry.
    fn carried(&self, word: Word<'a>, entry: &Entry, depth: usize) -> Option<Act<'s>> {
        let noun = |c: &Word<'a>| nominal(*c) || matches!(self.sense(*c), Some((_, Kind::Noun)));
        self.complements(word, entry).into_iter().filter(noun).find_map(|c| {
            self.act(c, Some(word), depth + 1).or_else(|| {
                c.children()
                    .filter(|n| n.rel() == "conj" || n.rel() == "nmod" && ["of", "for", "on"].iter().any(|p| case(*n, p)))
                    .find_map(|n| self.act(n, Some(word), depth + 1))
            })
        })
    }

    /// A predicate with its own arguments, its auxiliaries heeded.
    pub(super) fn plain(&self, word: Word<'a>, entry: &'s Entry, kind: Kind, carrier: Option<Word<'a>>) -> Act<'s> {
        let category = entry.category.unwrap_or(Category::Consult);
        let mut actor = Vec::new();
        if kind == Kind::Noun {
            actor = self.fill(word, kind, &[Slot::Subject], carrier, false);
            actor.retain(|e| e.sector.len() + e.text.len() > 0);
            self.possessed(word, entry, kind, carrier, &mut actor);
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
            for e in self.attending(word, kind, category, carrier) {
                if !actor.iter().any(|a| turn::same(a, &e)) {
                    actor.push(e);
                }
            }
        } else if actor.is_empty() || !actor.iter().any(party::known) {
            let own = self.fill(word, kind, &entry.actor, carrier, false);
            if actor.is_empty() || own.iter().any(party::known) {
                actor = own;
            }
            if actor.is_empty() {
                actor = self.attending(word, kind, category, carrier);
            }
        }
        let mut recipient =
            if entry.mutual && actor.len() > 1 { Vec::new() } else { self.fill(word, kind, &entry.recipient, carrier, false) };
        // "launched a mediation effort to end the rift between X and Y"
        if recipient.is_empty() && entry.mode.iter().any(|m| m.as_str() == "third-party") {
            recipient = self.reached(word, &actor);
            recipient.retain(party::known);
        }
        // "restrictions imposed on X", "aid to help the people of Y": whoever stands deeper in what the act falls upon.
        let told = kind == Kind::Verb || actor.iter().any(party::known);
        if told && recipient.is_empty() && deep(category) && !(entry.mutual && actor.len() > 1) {
            let mut found = self.reached(word, &actor);
            if let Some(c) = carrier.filter(|_| !found.iter().any(party::known)) {
                found = self.reached(c, &actor);
                found.retain(|e| !self.scene.parse.word(word.id()).span().overlaps(e.span));
            }
            if found.iter().any(party::known) {
                recipient = found;
            }
        }
        // "American troops were sent to Poland": whose they are sends them, where nobody else is told.
        if kind == Kind::Verb && category == Category::Mobilize && actor.is_empty() && grammar::passive(word) {
            actor = grammar::undergoer(word).map_or(Vec::new(), |o| party::certain(self.scene, o));
            actor.retain(|e| e.code.is_some());
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
        // "US airstrikes killed ten", "killed in an attack by rebels": another word tells the attack, and who made it.
        if kind == Kind::Verb
            && category == Category::Assault
            && let Some((noun, its)) = self.means(word, actor.iter().any(party::known))
        {
            let inner = self.plain(noun, its, Kind::Noun, None);
            let hurt = |e: &Entity| recipient.iter().any(|r| turn::same(r, e));
            let doers: Vec<Entity> = inner.actor.into_iter().filter(|e| !hurt(e)).collect();
            // Without a doer, the weapon or attack stands by its words, without a code.
            if !doers.is_empty() {
                actor = doers;
            } else {
                actor.truncate(1);
                for e in &mut actor {
                    e.code = None;
                    e.sector.clear();
                }
            }
            if recipient.is_empty() {
                recipient = inner.recipient;
            }
            if mode.is_empty() {
                mode = inner.mode;
            }
            trigger.push(noun.id());
            trigger.sort();
        }
        // A body of states that meets by itself: its members do.
        let body = |e: &Entity| e.code.as_deref().is_some_and(|c| matches!(c, "IGO" | "EUR" | "UNO"));
        if category == Category::Consult && mode.is_empty() && recipient.is_empty() && matches!(&actor[..], [one] if body(one)) {
            mode.extend(Mode::parse(category, "multilateral"));
        }
        // What a verbal act is about is no event of its own.
        let speaks =
            matches!(category, Category::Request | Category::Reject | Category::Threaten | Category::Agree | Category::Accuse);
        let clause = |c: &Word<'a>| !nominal(*c) && c.upos() != Upos::ADJ;
        let about = (speaks
            && !self.scene.without_modality
            && kind == Kind::Verb
            && (category != Category::Accuse || !entry.takes.is_empty()))
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
            by: vec![entry],
            beside: None,
        }
    }

    /// "Voters approved Serbia's annexation of Y": whose act the noun names did it, not who only speaks of it; who joins the act of
    /// another does it too.
    fn possessed(&self, word: Word<'a>, entry: &Entry, kind: Kind, carrier: Option<Word<'a>>, actor: &mut Vec<Entity>) {
        let at = |slots: &[Slot]| slots.iter().position(|s| *s == Slot::Possessive);
        let doer = match (at(&entry.actor), at(&entry.recipient)) {
            (Some(a), Some(r)) => a < r,
            (a, _) => a.is_some(),
        };
        let Some(carrier) = carrier.filter(|_| doer && !entry.mutual && !actor.is_empty()) else { return };
        let named = |e: &Entity| !self.scene.parse.word_at(e.span).is_some_and(|w| w.span() == e.span && w.upos() == Upos::PRON);
        let mut owners = self.fill(word, kind, &[Slot::Possessive], None, false);
        owners.retain(|o| party::known(o) && named(o) && !actor.iter().any(|a| turn::same(a, o)));
        if owners.is_empty() {
            return;
        }
        if grammar::listed(self.lexicon.class("join-in"), carrier) {
            actor.append(&mut owners);
        } else {
            *actor = owners;
        }
    }

    /// The event noun by which a violent act was done: its subject, or, where no doer is known, a phrase of it.
    fn means(&self, word: Word<'a>, doer: bool) -> Option<(Word<'a>, &'s Entry)> {
        let violent = |w: Word<'a>| match self.sense(w) {
            Some((e, Kind::Noun)) if e.category == Some(Category::Assault) => Some((w, e)),
            _ => None,
        };
        if let Some(subject) = grammar::doer(word).filter(|s| *s != word) {
            return violent(subject);
        }
        let phrase = |c: &Word<'a>| c.rel() == "obl" && ["in", "by", "during", "from", "after"].iter().any(|p| case(*c, p));
        word.children().filter(phrase).find_map(violent).filter(|_| !doer)
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
        if let Some(act) = self.act(top, None, depth) {
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

    /// Whether it is a deed that seems to speak: "the protests threatened to spread". Only parties and papers speak.
    pub(super) fn mute(&self, act: &Act<'_>) -> bool {
        use Category::{Accuse, Agree, Assault, Coerce, Mobilize, Protest, Reject, Request, Retreat, Sanction, Threaten};
        let word = self.scene.parse.word(act.word);
        matches!(act.category, Accuse | Agree | Reject | Request | Threaten)
            && act.entry.kind == Kind::Verb
            && !act.entry.mutual
            && word.upos() == Upos::VERB
            && grammar::doer(word).is_some_and(|d| {
                let deed = |c| matches!(c, Protest | Assault | Coerce | Mobilize | Retreat | Sanction);
                matches!(self.sense(d), Some((e, Kind::Noun)) if e.turn.is_none() && e.category.is_some_and(deed))
            })
    }

    /// What "will", "would" and "not" make of an act: a promise, a threat, a refusal.
    pub(super) fn will(&self, word: Word<'a>, act: Act<'s>) -> Act<'s> {
        if act.settled || self.scene.without_modality {
            return act;
        }
        future::future(self, word, act)
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

/// Whether who suffers or gains by an act of this category may stand deep in the phrase that names the thing.
fn deep(category: Category) -> bool {
    use Category::{Aid, Assault, Coerce, Concede, Cooperate, Retreat, Sanction};
    matches!(category, Aid | Assault | Coerce | Concede | Cooperate | Retreat | Sanction)
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
