//! The words that tell events, with their frames, and the words that turn them. [`super::load`] reads the files.
//!
//! `lexicon/events/classes.toml` explains every key of an entry. Of the senses of a word, a user's own come first, then the one with
//! most conditions.

use std::collections::{BTreeMap, HashMap};

use ledger::{Category, Context, Mode};

use super::load;
use crate::LexiconError;
use crate::lexicon::{Fault, Listed, forms};

/// The built-in files, in the order in which they are read.
const FILES: &[(&str, &str)] = &[
    ("events/classes.toml", include_str!("../../lexicon/events/classes.toml")),
    ("events/turns.toml", include_str!("../../lexicon/events/turns.toml")),
    ("events/agree.toml", include_str!("../../lexicon/events/agree.toml")),
    ("events/consult.toml", include_str!("../../lexicon/events/consult.toml")),
    ("events/support.toml", include_str!("../../lexicon/events/support.toml")),
    ("events/concede.toml", include_str!("../../lexicon/events/concede.toml")),
    ("events/cooperate.toml", include_str!("../../lexicon/events/cooperate.toml")),
    ("events/aid.toml", include_str!("../../lexicon/events/aid.toml")),
    ("events/retreat.toml", include_str!("../../lexicon/events/retreat.toml")),
    ("events/request.toml", include_str!("../../lexicon/events/request.toml")),
    ("events/accuse.toml", include_str!("../../lexicon/events/accuse.toml")),
    ("events/reject.toml", include_str!("../../lexicon/events/reject.toml")),
    ("events/threaten.toml", include_str!("../../lexicon/events/threaten.toml")),
    ("events/protest.toml", include_str!("../../lexicon/events/protest.toml")),
    ("events/sanction.toml", include_str!("../../lexicon/events/sanction.toml")),
    ("events/mobilize.toml", include_str!("../../lexicon/events/mobilize.toml")),
    ("events/coerce.toml", include_str!("../../lexicon/events/coerce.toml")),
    ("events/assault.toml", include_str!("../../lexicon/events/assault.toml")),
    ("events/contexts.toml", include_str!("../../lexicon/events/contexts.toml")),
];

/// What a governing word does with the act below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Turn {
    /// Promises, offers, agrees to it.
    Promise,
    /// Threatens with it.
    Threat,
    /// Asks or orders it.
    Demand,
    /// Refuses or rules it out.
    Refuse,
    /// Denies that it happened.
    Deny,
    /// Ends, suspends or calls it off.
    Stop,
    /// Carries a noun that tells the event: "launch an attack", "hold talks".
    Light,
    /// Says nothing of its own: "begin to", "continue to", "manage to".
    Pass,
    /// Plans, prepares or expects it.
    Plan,
    /// Fears it, thinks it possible.
    Fear,
    /// Fails to do it.
    Fail,
    /// Prevents it.
    Prevent,
}

impl Turn {
    /// All of them, for messages.
    pub(super) const NAMES: &str =
        "there are promise, threat, demand, refuse, deny, stop, light, pass, plan, fear, fail, prevent";

    /// As the files write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Turn::Promise => "promise",
            Turn::Threat => "threat",
            Turn::Demand => "demand",
            Turn::Refuse => "refuse",
            Turn::Deny => "deny",
            Turn::Stop => "stop",
            Turn::Light => "light",
            Turn::Pass => "pass",
            Turn::Plan => "plan",
            Turn::Fear => "fear",
            Turn::Fail => "fail",
            Turn::Prevent => "prevent",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Turn> {
        Some(match name {
            "promise" => Turn::Promise,
            "threat" => Turn::Threat,
            "demand" => Turn::Demand,
            "refuse" => Turn::Refuse,
            "deny" => Turn::Deny,
            "stop" => Turn::Stop,
            "light" => Turn::Light,
            "pass" => Turn::Pass,
            "plan" => Turn::Plan,
            "fear" => Turn::Fear,
            "fail" => Turn::Fail,
            "prevent" => Turn::Prevent,
            _ => return None,
        })
    }
}

/// Where a party of an event stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// The subject.
    Subject,
    /// The object.
    Object,
    /// The indirect object.
    Indirect,
    /// A possessive before a noun: "Iran's attack".
    Possessive,
    /// An adjective or name before a noun: "Russian attack".
    Adjective,
    /// The subject of the content clause: "alleged that Iran had lied".
    Clause,
    /// Whoever says so: "the strikes were a crime, he said".
    Speaker,
    /// A phrase with this preposition.
    Preposition(String),
}

impl Slot {
    /// In words: "the subject", "a phrase with `against`".
    pub fn name(&self) -> String {
        match self {
            Slot::Subject => "the subject".into(),
            Slot::Object => "the object".into(),
            Slot::Indirect => "the indirect object".into(),
            Slot::Possessive => "a possessive (Iran's)".into(),
            Slot::Adjective => "an adjective (Iranian)".into(),
            Slot::Clause => "the subject of the content clause".into(),
            Slot::Speaker => "whoever says so".into(),
            Slot::Preposition(p) => format!("a phrase with `{p}`"),
        }
    }
}

/// Part of speech of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A verb, with or without particle.
    Verb,
    /// An event noun.
    Noun,
    /// An adjective with a copula.
    Adjective,
}

/// One sense of one or more words.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The file as the user named it, for messages.
    pub file: String,
    /// The line at which it begins.
    pub line: usize,
    /// Whether it is a user's own.
    pub own: bool,
    /// File and line, the same on every machine, for `explain`.
    pub name: String,
    /// The first of its words, by which it is found.
    pub(super) first: String,
    /// The words, as written in the file.
    pub words: String,
    /// Part of speech.
    pub kind: Kind,
    /// Category of the ontology; `None` for words that only turn others.
    pub category: Option<Category>,
    /// A user's own category, which stands under that one.
    pub own_category: Option<Category>,
    /// Further categories of the same record.
    pub also: Vec<Category>,
    /// Modes.
    pub mode: Vec<Mode>,
    /// What it does with an act below it.
    pub turn: Option<Turn>,
    /// Where its actors stand, in order of preference.
    pub actor: Vec<Slot>,
    /// Where its recipients stand.
    pub recipient: Vec<Slot>,
    /// Whether the object is the first place of the recipient.
    pub transitive: bool,
    /// All who take part are actors.
    pub mutual: bool,
    /// Told even without any party.
    pub bare: bool,
    /// Told only where both sides are found.
    pub both: bool,
    /// Told only where a known party stands on one side.
    pub weak: bool,
    /// Prepositions under which a turned act may stand besides clauses and objects.
    pub takes: Vec<String>,
    /// Example sentence.
    pub example: String,
    pub(super) obj: Vec<String>,
    pub(super) subj: Vec<String>,
    pub(super) near: Vec<String>,
    pub(super) not: Vec<String>,
    pub(super) notobj: Vec<String>,
    pub(super) prep: Vec<String>,
    /// An infinitive must follow.
    pub(super) to: bool,
    /// It must be what is said of something: with a copula, or behind "call", "consider", "as".
    pub(super) predicate: bool,
    /// Particles and further words after the first.
    pub(super) rest: Vec<String>,
}

/// What conditions are checked against; the tree answers.
pub trait Surroundings {
    /// Whether a word of `list` heads or describes the object.
    fn object(&self, list: &[String]) -> bool;
    /// Whether a word of `list` heads the object.
    fn head(&self, list: &[String]) -> bool;
    /// Whether a word of `list` heads or describes the subject.
    fn subject(&self, list: &[String]) -> bool;
    /// Whether a word of `list` stands in a phrase that depends on the word.
    fn near(&self, list: &[String]) -> bool;
    /// Whether a phrase with one of these prepositions depends on the word.
    fn preposition(&self, list: &[String]) -> bool;
    /// Whether an infinitive hangs on the word.
    fn infinitive(&self) -> bool;
    /// Whether the word is what is said of something.
    fn predicate(&self) -> bool;
    /// Whether the particle or further word belongs to the word.
    fn particle(&self, word: &str) -> bool;
}

impl Entry {
    /// Whether the conditions hold.
    pub fn fits(&self, at: &dyn Surroundings) -> bool {
        self.rest.iter().all(|p| at.particle(p))
            && (!self.to || at.infinitive())
            && (!self.predicate || at.predicate())
            && (self.obj.is_empty() || at.object(&self.obj))
            && (self.subj.is_empty() || at.subject(&self.subj))
            && (self.near.is_empty() || at.near(&self.near))
            && (self.prep.is_empty() || at.preposition(&self.prep))
            && (self.not.is_empty() || !at.near(&self.not))
            && (self.notobj.is_empty() || !at.head(&self.notobj))
    }

    fn weight(&self) -> usize {
        // A short list says more than a long one.
        let condition = |list: &Vec<String>| if list.is_empty() { 0 } else { 3 + usize::from(list.len() <= 12) };
        4 * self.rest.len()
            + [&self.obj, &self.subj, &self.near, &self.prep].into_iter().map(condition).sum::<usize>()
            + 3 * usize::from(self.to)
            + 3 * usize::from(self.predicate)
    }

    /// Its conditions, in words, each with its list.
    pub fn conditions(&self) -> Vec<(&'static str, &[String])> {
        let all: [(&str, &[String]); 7] = [
            ("object", &self.obj),
            ("subject", &self.subj),
            ("near it", &self.near),
            ("with", &self.prep),
            ("not near it", &self.not),
            ("no object", &self.notobj),
            ("below it", &self.takes),
        ];
        all.into_iter().filter(|(_, list)| !list.is_empty()).collect()
    }

    /// Whether it asks for certain objects.
    pub fn wants_object(&self) -> bool {
        !self.obj.is_empty()
    }

    /// Whether the entry itself asks for a negation: "does not recognise".
    pub fn negative(&self) -> bool {
        self.near.iter().any(|w| w == "not")
    }

    /// Whether it speaks of sanctions or an embargo, which a threat of it is named by.
    pub fn sanctions(&self) -> bool {
        self.obj.iter().any(|w| w == "embargo") || self.words.contains("sanction") || self.words.contains("embargo")
    }

    /// Whether it speaks of taking land, which a threat of it is named by.
    pub fn takes_land(&self) -> bool {
        self.obj.iter().any(|w| w == "territory")
            || matches!(self.words.as_str(), "annex" | "occupy" | "annexation" | "occupation")
    }

    /// How specific the entry is, for the confidence: 0 a lone word, higher with particles and conditions.
    pub fn specific(&self) -> usize {
        self.weight().min(6)
    }
}

/// Verbs and nouns that tell events, with their frames, and what turns their modality.
#[derive(Debug, Default)]
pub struct EventLexicon {
    pub(super) entries: Vec<Entry>,
    index: HashMap<Kind, HashMap<String, Vec<u32>>>,
    /// Inflected form to dictionary form, of the words of the index alone: surer than a guessed lemma.
    forms: HashMap<Kind, HashMap<String, String>>,
    /// Word to contexts.
    contexts: HashMap<String, Vec<Context>>,
    pub(super) lists: BTreeMap<String, Vec<String>>,
    /// A user's own categories, with what each is about.
    pub(super) own: BTreeMap<String, String>,
    /// Categories that a user does without.
    pub(super) dropped: Vec<Category>,
}

impl EventLexicon {
    /// Reads the built-in files.
    pub fn builtin() -> Result<Self, LexiconError> {
        Self::with(&[])
    }

    /// Reads the built-in files and a user's own, which add to them, change them or take away.
    pub fn with(own: &[Listed]) -> Result<Self, LexiconError> {
        let (lexicon, mut faults) = Self::load(own);
        if faults.is_empty() { Ok(lexicon) } else { Err(faults.swap_remove(0).into()) }
    }

    /// The built-in files, each replaced by the file of that name in `folder`: for makers of the lists, who need no new build.
    pub fn in_place(folder: &std::path::Path) -> Result<Self, LexiconError> {
        let mut files = Vec::new();
        for (name, text) in FILES {
            let path = folder.join(name.trim_start_matches("events/"));
            let mut listed = Listed::builtin(name, text);
            if path.is_file() {
                listed.text = std::fs::read_to_string(&path).map_err(|e| LexiconError {
                    file: path.display().to_string(),
                    place: "the file".into(),
                    what: format!("cannot be read: {e}"),
                })?;
            }
            files.push(listed);
        }
        let (lexicon, mut faults) = load::load(&files);
        if faults.is_empty() { Ok(lexicon) } else { Err(faults.swap_remove(0).into()) }
    }

    /// As [`EventLexicon::with`], but reads what can be read and tells every fault.
    pub fn load(own: &[Listed]) -> (Self, Vec<Fault>) {
        let files: Vec<Listed> = FILES.iter().map(|(n, t)| Listed::builtin(n, t)).chain(own.iter().cloned()).collect();
        load::load(&files)
    }

    /// Makes the index of the entries and of their forms.
    pub(super) fn index(&mut self, irregular: &BTreeMap<String, Vec<String>>) {
        self.index.clear();
        for (n, entry) in self.entries.iter().enumerate() {
            self.index.entry(entry.kind).or_default().entry(entry.first.clone()).or_default().push(n as u32);
        }
        for index in self.index.values_mut() {
            for entries in index.values_mut() {
                entries.sort_by_key(|&e| {
                    let entry = &self.entries[e as usize];
                    std::cmp::Reverse((entry.own, entry.weight()))
                });
            }
        }
        self.inflect(irregular);
    }

    /// Fills the forms. Where two words share one, the shorter dictionary form has it.
    fn inflect(&mut self, irregular: &BTreeMap<String, Vec<String>>) {
        for (&kind, index) in &self.index {
            let mut bases: Vec<&String> = index.keys().collect();
            bases.sort_by_key(|b| (b.len(), b.as_str()));
            let known = self.forms.entry(kind).or_default();
            for base in bases {
                let all: Vec<String> = match kind {
                    Kind::Verb => forms::verb(base, irregular.get(base).map_or(&[][..], Vec::as_slice)).into_iter().collect(),
                    Kind::Noun => vec![base.clone(), forms::plural(base)],
                    Kind::Adjective => vec![base.clone()],
                };
                for form in all {
                    if form == *base || !index.contains_key(&form) {
                        known.entry(form).or_insert_with(|| base.clone());
                    }
                }
            }
        }
    }

    pub(super) fn add_context(&mut self, context: Context, words: Vec<String>) {
        for word in words {
            let all = self.contexts.entry(word).or_default();
            if !all.contains(&context) {
                all.push(context);
            }
        }
    }

    pub(super) fn drop_context(&mut self, context: Context) {
        self.contexts.values_mut().for_each(|all| all.retain(|c| *c != context));
    }

    /// The dictionary form of a word of the index, from its form in lower case.
    pub fn base(&self, kind: Kind, form: &str) -> Option<&str> {
        self.forms.get(&kind)?.get(form).map(String::as_str)
    }

    /// The senses of `lemma`, most specific first.
    pub fn senses(&self, kind: Kind, lemma: &str) -> impl Iterator<Item = &Entry> {
        let ids = self.index.get(&kind).and_then(|index| index.get(lemma)).map_or(&[][..], Vec::as_slice);
        ids.iter().map(|&id| &self.entries[id as usize])
    }

    /// Every entry, in file order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The contexts that `lemma` speaks of.
    pub fn contexts(&self, lemma: &str) -> &[Context] {
        self.contexts.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The words of a class.
    pub fn class(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// The names of all classes, with their words.
    pub fn classes(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.lists.iter().map(|(name, words)| (name.as_str(), words.as_slice()))
    }

    /// The contexts, each with how many words speak of it.
    pub fn context_sizes(&self) -> BTreeMap<&'static str, usize> {
        let mut sizes = BTreeMap::new();
        for context in self.contexts.values().flatten() {
            *sizes.entry(context.as_str()).or_default() += 1;
        }
        sizes
    }

    /// A user's own categories, each with what it is about.
    pub fn own_categories(&self) -> impl Iterator<Item = (&str, &str)> {
        self.own.iter().map(|(name, about)| (name.as_str(), about.as_str()))
    }

    /// Whether a user does without this category.
    pub fn does_without(&self, category: Category) -> bool {
        self.dropped.contains(&category)
    }
}
