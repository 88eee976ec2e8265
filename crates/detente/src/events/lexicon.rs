//! Reads `lexicon/events/*.toml`: the words that tell events, with their frames, and the words that turn them.
//!
//! `lexicon/events/classes.toml` explains every key of an entry. Of the senses of a word, the one with most conditions is tried first.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use ledger::{Category, Context, Mode};
use serde::Deserialize;

use crate::LexiconError;

/// The built-in files, in the order in which they are read.
const FILES: &[(&str, &str)] = &[
    ("classes.toml", include_str!("../../lexicon/events/classes.toml")),
    ("turns.toml", include_str!("../../lexicon/events/turns.toml")),
    ("agree.toml", include_str!("../../lexicon/events/agree.toml")),
    ("consult.toml", include_str!("../../lexicon/events/consult.toml")),
    ("support.toml", include_str!("../../lexicon/events/support.toml")),
    ("concede.toml", include_str!("../../lexicon/events/concede.toml")),
    ("cooperate.toml", include_str!("../../lexicon/events/cooperate.toml")),
    ("aid.toml", include_str!("../../lexicon/events/aid.toml")),
    ("retreat.toml", include_str!("../../lexicon/events/retreat.toml")),
    ("request.toml", include_str!("../../lexicon/events/request.toml")),
    ("accuse.toml", include_str!("../../lexicon/events/accuse.toml")),
    ("reject.toml", include_str!("../../lexicon/events/reject.toml")),
    ("threaten.toml", include_str!("../../lexicon/events/threaten.toml")),
    ("protest.toml", include_str!("../../lexicon/events/protest.toml")),
    ("sanction.toml", include_str!("../../lexicon/events/sanction.toml")),
    ("mobilize.toml", include_str!("../../lexicon/events/mobilize.toml")),
    ("coerce.toml", include_str!("../../lexicon/events/coerce.toml")),
    ("assault.toml", include_str!("../../lexicon/events/assault.toml")),
    ("contexts.toml", include_str!("../../lexicon/events/contexts.toml")),
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
    fn parse(name: &str) -> Option<Turn> {
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
    /// Whoever says so: "the strikes were a crime, [he] said".
    Speaker,
    /// A phrase with this preposition.
    Preposition(String),
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
    /// File and number, for `explain`.
    pub name: String,
    /// The words, as written in the file.
    pub words: String,
    /// Part of speech.
    pub kind: Kind,
    /// Category; `None` for words that only turn others.
    pub category: Option<Category>,
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
    obj: Vec<String>,
    subj: Vec<String>,
    near: Vec<String>,
    not: Vec<String>,
    notobj: Vec<String>,
    prep: Vec<String>,
    /// An infinitive must follow.
    to: bool,
    /// It must be what is said of something: with a copula, or behind "call", "consider", "as".
    predicate: bool,
    /// Particles and further words after the first.
    rest: Vec<String>,
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

    /// How specific the entry is, for the confidence: 0 a lone word, higher with particles and conditions.
    pub fn specific(&self) -> usize {
        self.weight().min(6)
    }
}

/// Verbs and nouns that tell events, with their frames, and what turns their modality.
#[derive(Debug, Default)]
pub struct EventLexicon {
    entries: Vec<Entry>,
    index: HashMap<Kind, HashMap<String, Vec<u32>>>,
    /// Inflected form to dictionary form, of the words of the index alone: surer than a guessed lemma.
    forms: HashMap<Kind, HashMap<String, String>>,
    /// Word to contexts.
    contexts: HashMap<String, Vec<Context>>,
    lists: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    category: Option<String>,
    #[serde(default)]
    entry: Vec<Raw>,
    #[serde(default)]
    class: BTreeMap<String, String>,
    #[serde(default)]
    context: BTreeMap<String, String>,
    /// Irregular forms of verbs, by dictionary form.
    #[serde(default)]
    form: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    verb: String,
    #[serde(default)]
    noun: String,
    #[serde(default)]
    adj: String,
    category: Option<String>,
    #[serde(default)]
    also: String,
    #[serde(default)]
    mode: String,
    turn: Option<String>,
    actor: Option<String>,
    recipient: Option<String>,
    #[serde(default)]
    obj: String,
    #[serde(default)]
    subj: String,
    #[serde(default)]
    near: String,
    #[serde(default)]
    not: String,
    #[serde(default)]
    notobj: String,
    #[serde(default)]
    prep: String,
    #[serde(default)]
    mutual: bool,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    both: bool,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    to: bool,
    #[serde(default)]
    predicate: bool,
    #[serde(default)]
    takes: String,
    example: String,
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|w| !w.is_empty()).map(str::to_string).collect()
}

/// The forms of a verb: the regular ones, with the last consonant single and doubled, and the irregular ones given.
fn verb_forms(base: &str, irregular: &[String]) -> Vec<String> {
    let mut out = vec![base.to_string()];
    let vowel = |c: char| "aeiou".contains(c);
    let last = base.chars().next_back().unwrap_or(' ');
    let before = base.chars().rev().nth(1).unwrap_or(' ');
    let cut = base.get(..base.len() - last.len_utf8()).unwrap_or("");
    if last == 'y' && !vowel(before) {
        out.extend([format!("{cut}ies"), format!("{cut}ied"), format!("{base}ing")]);
    } else if last == 'e' {
        out.extend([format!("{base}s"), format!("{base}d"), format!("{cut}ing")]);
    } else {
        let s = if base.ends_with(['s', 'x', 'z']) || base.ends_with("sh") || base.ends_with("ch") { "es" } else { "s" };
        out.extend([format!("{base}{s}"), format!("{base}ed"), format!("{base}ing")]);
        if vowel(before) && !vowel(last) {
            out.extend([format!("{base}{last}ed"), format!("{base}{last}ing")]);
        }
    }
    out.extend(irregular.iter().cloned());
    out
}

fn plural(base: &str) -> String {
    match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if base.ends_with(['s', 'x', 'z']) || base.ends_with("sh") || base.ends_with("ch") => format!("{base}es"),
        _ => format!("{base}s"),
    }
}

fn slots(text: &str) -> Vec<Slot> {
    list(text)
        .into_iter()
        .map(|s| match s.as_str() {
            "subj" => Slot::Subject,
            "obj" => Slot::Object,
            "iobj" => Slot::Indirect,
            "poss" => Slot::Possessive,
            "adj" => Slot::Adjective,
            "clause" => Slot::Clause,
            "speaker" => Slot::Speaker,
            _ => Slot::Preposition(s),
        })
        .collect()
}

impl EventLexicon {
    /// Reads the built-in files.
    pub fn builtin() -> Result<Self, LexiconError> {
        Self::read(FILES.iter().map(|(n, t)| (n.to_string(), t.to_string())))
    }

    /// Reads every built-in file, each replaced by the file of the same name in `folder` where there is one; other `.toml` files
    /// of the folder are read after them.
    pub fn with_folder(folder: &Path) -> Result<Self, LexiconError> {
        let fail = |file: &Path, e: std::io::Error| LexiconError {
            file: file.display().to_string(),
            place: "file".into(),
            what: format!("cannot be read: {e}"),
        };
        let mut files: Vec<(String, String)> = FILES.iter().map(|(n, t)| (n.to_string(), t.to_string())).collect();
        let mut own: Vec<_> =
            std::fs::read_dir(folder).map_err(|e| fail(folder, e))?.filter_map(|e| Some(e.ok()?.path())).collect();
        own.sort();
        for path in own.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
            let text = std::fs::read_to_string(path).map_err(|e| fail(path, e))?;
            let name = path.file_name().map(|n| n.to_string_lossy().to_string()).unwrap_or_default();
            match files.iter_mut().find(|f| f.0 == name) {
                Some(file) => file.1 = text,
                None => files.push((name, text)),
            }
        }
        Self::read(files)
    }

    fn read(files: impl IntoIterator<Item = (String, String)>) -> Result<Self, LexiconError> {
        let mut lexicon = EventLexicon::default();
        let mut irregular: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, text) in files {
            let fail = |place: String, what: String| LexiconError { file: format!("events/{name}"), place, what };
            let file: File = toml::from_str(&text).map_err(|e| fail("file".into(), e.to_string()))?;
            irregular.extend(file.form.iter().map(|(verb, forms)| (verb.clone(), list(forms))));
            for (class, words) in &file.class {
                let words = lexicon.expand(words).map_err(|what| fail(format!("class {class}"), what))?;
                lexicon.lists.insert(class.clone(), words);
            }
            for (context, words) in &file.context {
                let place = || format!("context {context}");
                let value = Context::parse(context).ok_or_else(|| fail(place(), "no context of the ontology".into()))?;
                for word in lexicon.expand(words).map_err(|what| fail(place(), what))? {
                    lexicon.contexts.entry(word).or_default().push(value);
                }
            }
            for (n, raw) in file.entry.iter().enumerate() {
                let place = format!("entry {} ({}{}{})", n + 1, raw.verb, raw.noun, raw.adj);
                lexicon.add(&name, n + 1, raw, file.category.as_deref()).map_err(|what| fail(place, what))?;
            }
        }
        for (_, index) in lexicon.index.iter_mut() {
            for entries in index.values_mut() {
                entries.sort_by_key(|&e| std::cmp::Reverse(lexicon.entries[e as usize].weight()));
            }
        }
        lexicon.inflect(&irregular);
        Ok(lexicon)
    }

    /// Fills the forms. Where two words share one, the shorter dictionary form has it.
    fn inflect(&mut self, irregular: &BTreeMap<String, Vec<String>>) {
        for (&kind, index) in &self.index {
            let mut bases: Vec<&String> = index.keys().collect();
            bases.sort_by_key(|b| (b.len(), b.as_str()));
            let forms = self.forms.entry(kind).or_default();
            for base in bases {
                let all = match kind {
                    Kind::Verb => verb_forms(base, irregular.get(base).map_or(&[][..], Vec::as_slice)),
                    Kind::Noun => vec![base.clone(), plural(base)],
                    Kind::Adjective => vec![base.clone()],
                };
                for form in all {
                    if form == *base || !index.contains_key(&form) {
                        forms.entry(form).or_insert_with(|| base.clone());
                    }
                }
            }
        }
    }

    /// The dictionary form of a word of the index, from its form in lower case.
    pub fn base(&self, kind: Kind, form: &str) -> Option<&str> {
        self.forms.get(&kind)?.get(form).map(String::as_str)
    }

    /// The words of a comma list, with `@class` replaced by the words of the class.
    fn expand(&self, text: &str) -> Result<Vec<String>, String> {
        let mut words = Vec::new();
        for word in list(text) {
            match word.strip_prefix('@') {
                Some(class) => words.extend(
                    self.lists
                        .get(class)
                        .ok_or_else(|| format!("no class `{class}`; define it in classes.toml"))?
                        .iter()
                        .cloned(),
                ),
                None => words.push(word),
            }
        }
        words.sort();
        words.dedup();
        Ok(words)
    }

    fn add(&mut self, file: &str, n: usize, raw: &Raw, category: Option<&str>) -> Result<(), String> {
        let named = |name: &str| Category::parse(name).ok_or_else(|| format!("`{name}` is no category of the ontology"));
        let turn = raw.turn.as_deref().map(|t| Turn::parse(t).ok_or_else(|| format!("`{t}` is no turn"))).transpose()?;
        let category = raw.category.as_deref().or(category).filter(|c| *c != "none").map(named).transpose()?;
        let also = list(&raw.also).iter().map(|c| named(c)).collect::<Result<Vec<_>, _>>()?;
        let mut mode = Vec::new();
        for m in list(&raw.mode) {
            let found = category.iter().chain(&also).find_map(|&c| Mode::parse(c, &m));
            mode.push(found.ok_or_else(|| format!("`{m}` is no mode of its category"))?);
        }
        if category.is_none() && turn.is_none() {
            return Err("has neither category nor turn".into());
        }
        if raw.example.is_empty() {
            return Err("has no example".into());
        }
        for (kind, words) in [(Kind::Verb, &raw.verb), (Kind::Noun, &raw.noun), (Kind::Adjective, &raw.adj)] {
            let (actor, recipient) = match kind {
                Kind::Verb => ("subj", "obj"),
                Kind::Noun => ("by, poss, adj, from", "against, on, of, to, with"),
                Kind::Adjective => ("subj", "of, to, with, for"),
            };
            // "build-up" may be read as one word or as two.
            let mut all = self.expand(words)?;
            let parted: Vec<String> =
                all.iter().filter(|w| w.contains('-') && !w.contains(' ')).map(|w| w.replace('-', " ")).collect();
            all.extend(parted);
            for word in all {
                let mut parts = word.split(' ').map(str::to_string);
                let first = parts.next().unwrap_or_default();
                let recipient = slots(raw.recipient.as_deref().unwrap_or(recipient));
                let entry = Entry {
                    name: format!("{file}:{n}"),
                    words: word.clone(),
                    kind,
                    category,
                    also: also.clone(),
                    mode: mode.clone(),
                    turn,
                    actor: slots(raw.actor.as_deref().unwrap_or(actor)),
                    transitive: recipient.first() == Some(&Slot::Object) || !raw.obj.is_empty(),
                    recipient,
                    mutual: raw.mutual,
                    bare: raw.bare,
                    both: raw.both,
                    weak: raw.weak,
                    takes: list(&raw.takes),
                    example: raw.example.clone(),
                    obj: self.expand(&raw.obj)?,
                    subj: self.expand(&raw.subj)?,
                    near: self.expand(&raw.near)?,
                    not: self.expand(&raw.not)?,
                    notobj: self.expand(&raw.notobj)?,
                    prep: list(&raw.prep),
                    to: raw.to,
                    predicate: raw.predicate,
                    rest: parts.collect(),
                };
                self.index.entry(kind).or_default().entry(first).or_default().push(self.entries.len() as u32);
                self.entries.push(entry);
            }
        }
        Ok(())
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
}
