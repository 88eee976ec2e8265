//! Reads the files of the events' lexicon: classes, entries, contexts, and what a user's own files take away or change.
//!
//! Every fault is collected with its line, so that a person sees all of them at once; [`EventLexicon::with`] stops at the first.

use std::collections::BTreeMap;

use ledger::{Category, Context, Mode};
use serde::Deserialize;
use toml::Spanned;

use super::lexicon::{Entry, EventLexicon, Kind, Slot, Turn};
use crate::lexicon::{Fault, Listed, line_of, read};

/// Prepositions that a frame or a condition may name.
const PREPOSITIONS: [&str; 43] = [
    "about",
    "across",
    "after",
    "against",
    "ahead",
    "along",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "between",
    "by",
    "concerning",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "outside",
    "over",
    "per",
    "regarding",
    "since",
    "than",
    "through",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "upon",
    "with",
    "within",
    "without",
];

/// One file as it is written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct File {
    category: Option<Spanned<String>>,
    entry: Vec<Spanned<Raw>>,
    class: BTreeMap<String, Spanned<String>>,
    context: BTreeMap<String, Spanned<String>>,
    /// Irregular forms of verbs, by dictionary form.
    form: BTreeMap<String, Spanned<String>>,
    new_category: BTreeMap<String, Spanned<String>>,
    new_context: BTreeMap<String, Spanned<String>>,
    remove: Vec<Spanned<Choice>>,
    change: Vec<Spanned<Choice>>,
}

/// An entry as it is written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Raw {
    verb: String,
    noun: String,
    adj: String,
    category: Option<String>,
    also: String,
    mode: String,
    turn: Option<String>,
    actor: Option<String>,
    recipient: Option<String>,
    obj: String,
    subj: String,
    near: String,
    not: String,
    notobj: String,
    prep: String,
    mutual: bool,
    bare: bool,
    both: bool,
    weak: bool,
    to: bool,
    predicate: bool,
    takes: String,
    replace: bool,
    example: String,
}

/// Which built-in entries a user takes away or changes.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Choice {
    verb: String,
    noun: String,
    adj: String,
    category: Option<String>,
    mode: Option<String>,
    context: Option<String>,
    to: Option<String>,
    to_mode: Option<String>,
}

/// The words of a comma list.
pub(super) fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|w| !w.is_empty()).map(str::to_string).collect()
}

/// Reads all files into one lexicon, and tells every fault.
pub(super) fn load(files: &[Listed]) -> (EventLexicon, Vec<Fault>) {
    let mut loader = Loader::default();
    let mut parsed = Vec::new();
    for listed in files {
        match read::<File>(&listed.file, &listed.text) {
            Ok(file) => parsed.push((listed, file)),
            Err(fault) => loader.faults.push(fault),
        }
    }
    for (listed, file) in &parsed {
        loader.classes(listed, file);
    }
    let (own, builtin): (Vec<_>, Vec<_>) = parsed.iter().partition(|(listed, _)| listed.own);
    for (listed, file) in builtin {
        loader.contexts(listed, file);
        loader.entries(listed, file);
    }
    for (listed, file) in &own {
        loader.named(listed, file);
        loader.removals(listed, file);
    }
    for (listed, file) in &own {
        loader.contexts(listed, file);
        loader.entries(listed, file);
    }
    let Loader { mut lexicon, irregular, faults, .. } = loader;
    lexicon.index(&irregular);
    (lexicon, faults)
}

#[derive(Default)]
struct Loader {
    lexicon: EventLexicon,
    irregular: BTreeMap<String, Vec<String>>,
    faults: Vec<Fault>,
    new_categories: Vec<Category>,
    new_contexts: Vec<Context>,
}

impl Loader {
    fn fault(&mut self, listed: &Listed, at: usize, what: impl Into<String>) {
        self.faults.push(Fault { file: listed.file.clone(), line: line_of(&listed.text, at), what: what.into() });
    }

    fn classes(&mut self, listed: &Listed, file: &File) {
        for (verb, forms) in &file.form {
            self.irregular.insert(verb.clone(), list(forms.get_ref()));
        }
        for (class, words) in &file.class {
            match self.expand(words.get_ref()) {
                Ok(mut words) => {
                    // A user's words are added to a class that is there.
                    words.extend(self.lexicon.lists.remove(class).unwrap_or_default());
                    words.sort();
                    words.dedup();
                    self.lexicon.lists.insert(class.clone(), words);
                }
                Err(what) => self.fault(listed, words.span().start, what),
            }
        }
    }

    /// The words of a comma list, with `@class` replaced by the words of the class.
    fn expand(&self, text: &str) -> Result<Vec<String>, String> {
        let mut words = Vec::new();
        for word in list(text) {
            match word.strip_prefix('@') {
                Some(class) => words.extend(
                    self.lexicon
                        .lists
                        .get(class)
                        .ok_or_else(|| format!("no class `{class}`: define it under [class], or write its words"))?
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

    /// A user's new categories and contexts.
    fn named(&mut self, listed: &Listed, file: &File) {
        for (name, about) in &file.new_category {
            match Category::parse(name).filter(|c| c.base() != *c) {
                Some(category) => {
                    self.new_categories.push(category);
                    self.lexicon.own.insert(name.clone(), about.get_ref().clone());
                }
                None => {
                    let what = format!(
                        "`{name}` is no name for a new category: write the category of the ontology that it stands under, a dot and \
                         a name in capitals, such as \"CONSULT.SPORT\""
                    );
                    self.fault(listed, about.span().start, what);
                }
            }
        }
        for (name, words) in &file.new_context {
            let context = Context::own(name).filter(|_| Context::parse(name).is_none());
            match (context, self.expand(words.get_ref())) {
                (Some(context), Ok(words)) => {
                    self.new_contexts.push(context);
                    self.lexicon.add_context(context, words);
                }
                (None, _) => {
                    let what = format!(
                        "`{name}` is no name for a new context: small letters, digits and `_`; words for a context of the ontology \
                         stand under [context]"
                    );
                    self.fault(listed, words.span().start, what);
                }
                (_, Err(what)) => self.fault(listed, words.span().start, what),
            }
        }
    }

    fn category(&self, name: &str) -> Result<Category, String> {
        let known = Category::parse(name).filter(|c| c.base() == *c || self.new_categories.contains(c));
        known.ok_or_else(|| {
            if name.contains('.') {
                return format!("no category `{name}`: name it under [new-category] first, or mend its spelling");
            }
            format!("`{name}` is no category; there are {}", Category::all().map(Category::as_str).collect::<Vec<_>>().join(", "))
        })
    }

    fn contexts(&mut self, listed: &Listed, file: &File) {
        for (name, words) in &file.context {
            let context = Context::parse(name).or_else(|| self.new_contexts.iter().copied().find(|c| c.as_str() == name));
            match (context, self.expand(words.get_ref())) {
                (Some(context), Ok(words)) => self.lexicon.add_context(context, words),
                (None, _) => {
                    let all = Context::all().map(Context::as_str).collect::<Vec<_>>().join(", ");
                    let what = format!("`{name}` is no context of the ontology ({all}); a new one stands under [new-context]");
                    self.fault(listed, words.span().start, what);
                }
                (_, Err(what)) => self.fault(listed, words.span().start, what),
            }
        }
    }

    /// What a user takes away or changes of the built-in entries.
    fn removals(&mut self, listed: &Listed, file: &File) {
        for (choice, change) in file.remove.iter().map(|c| (c, false)).chain(file.change.iter().map(|c| (c, true))) {
            if let Err(what) = self.choose(choice.get_ref(), change) {
                self.fault(listed, choice.span().start, what);
            }
        }
    }

    fn choose(&mut self, choice: &Choice, change: bool) -> Result<(), String> {
        if let Some(name) = &choice.context {
            let context = Context::parse(name).ok_or_else(|| format!("`{name}` is no context of the ontology"))?;
            return if change {
                Err("a context is changed by removing it and giving its words anew under [context]".into())
            } else {
                self.lexicon.drop_context(context);
                Ok(())
            };
        }
        let category = choice.category.as_deref().map(|name| self.category(name)).transpose()?;
        let words = [(Kind::Verb, &choice.verb), (Kind::Noun, &choice.noun), (Kind::Adjective, &choice.adj)];
        let words: Vec<(Kind, Vec<String>)> = words.into_iter().map(|(kind, words)| (kind, list(words))).collect();
        let by_word = words.iter().any(|(_, w)| !w.is_empty());
        if !by_word && category.is_none() {
            return Err("says neither which word (verb, noun, adj) nor which category is meant".into());
        }
        let chosen = |e: &Entry| {
            !e.own
                && (!by_word || words.iter().any(|(kind, w)| *kind == e.kind && w.contains(&e.words)))
                && category.is_none_or(|c| e.category == Some(c.base()))
                && choice.mode.as_ref().is_none_or(|m| e.mode.iter().any(|n| n.as_str() == m))
        };
        let count = self.lexicon.entries.iter().filter(|e| chosen(e)).count();
        if count == 0 {
            return Err("no built-in entry is meant by this: `detente lexicon show WORD` prints those of a word".into());
        }
        if !change {
            if choice.to.is_some() || choice.to_mode.is_some() {
                return Err("`to` belongs under [[change]]".into());
            }
            self.lexicon.entries.retain(|e| !chosen(e));
            if let Some(category) = category.filter(|_| !by_word && choice.mode.is_none()) {
                self.lexicon.dropped.push(category);
            }
            return Ok(());
        }
        let to = choice.to.as_deref().ok_or("`to` is missing: the category that these entries shall have")?;
        let to = self.category(to)?;
        let mode = match choice.to_mode.as_deref() {
            Some(m) => vec![Mode::parse(to, m).ok_or_else(|| format!("`{m}` is no mode of {to}; {}", modes(to)))?],
            None => Vec::new(),
        };
        for entry in self.lexicon.entries.iter_mut().filter(|e| chosen(e)) {
            entry.mode = if choice.to_mode.is_some() {
                mode.clone()
            } else {
                entry.mode.iter().filter_map(|m| Mode::parse(to, m.as_str())).collect()
            };
            entry.category = Some(to.base());
            entry.own_category = (to.base() != to).then_some(to);
        }
        Ok(())
    }

    fn entries(&mut self, listed: &Listed, file: &File) {
        for raw in &file.entry {
            let line = line_of(&listed.text, raw.span().start);
            let head = file.category.as_ref().map(|c| c.get_ref().as_str());
            if let Err(what) = self.entry(listed, line, raw.get_ref(), head) {
                let raw = raw.get_ref();
                let words: String = [&raw.verb, &raw.noun, &raw.adj].into_iter().flat_map(|w| w.chars()).take(40).collect();
                self.faults.push(Fault { file: listed.file.clone(), line, what: format!("`{words}`: {what}") });
            }
        }
    }

    fn entry(&mut self, listed: &Listed, line: usize, raw: &Raw, head: Option<&str>) -> Result<(), String> {
        let turn = raw
            .turn
            .as_deref()
            .map(|t| Turn::parse(t).ok_or_else(|| format!("`{t}` is no turn; {}", Turn::NAMES)))
            .transpose()?;
        let named = raw.category.as_deref().or(head).filter(|c| *c != "none").map(|c| self.category(c)).transpose()?;
        let category = named.map(Category::base);
        let also = list(&raw.also).iter().map(|c| self.category(c)).collect::<Result<Vec<_>, _>>()?;
        let mut mode = Vec::new();
        for m in list(&raw.mode) {
            let found = category.iter().chain(&also).find_map(|&c| Mode::parse(c, &m));
            mode.push(found.ok_or_else(|| match named {
                Some(c) => format!("`{m}` is no mode of {c}; {}", modes(c)),
                None => format!("mode `{m}` without a category"),
            })?);
        }
        if category.is_none() && turn.is_none() {
            return Err("has neither category nor turn: say what it tells, or what it does with the act below it".into());
        }
        if raw.example.trim().is_empty() {
            return Err("has no example: give a sentence that it must read".into());
        }
        let given = [(Kind::Verb, &raw.verb), (Kind::Noun, &raw.noun), (Kind::Adjective, &raw.adj)];
        if given.iter().all(|(_, w)| w.trim().is_empty()) {
            return Err("has no word: verb, noun or adj".into());
        }
        if raw.replace && !listed.own {
            return Err("`replace` is for a user's own files".into());
        }
        for (kind, words) in given {
            if words.trim().is_empty() {
                continue;
            }
            let (actor, recipient) = match kind {
                Kind::Verb => ("subj", "obj"),
                Kind::Noun => ("by, poss, adj, from", "against, on, of, to, with"),
                Kind::Adjective => ("subj", "of, to, with, for"),
            };
            let actor = slots(raw.actor.as_deref().unwrap_or(actor), kind)?;
            let recipient = slots(raw.recipient.as_deref().unwrap_or(recipient), kind)?;
            let prep = list(&raw.prep);
            let takes = list(&raw.takes);
            let known = |p: &str| p == "that" || PREPOSITIONS.contains(&p);
            if let Some(odd) = prep.iter().chain(&takes).find(|p| !known(p)) {
                return Err(format!("`{odd}` is no preposition"));
            }
            let (obj, subj, near) = (self.expand(&raw.obj)?, self.expand(&raw.subj)?, self.expand(&raw.near)?);
            let (not, notobj) = (self.expand(&raw.not)?, self.expand(&raw.notobj)?);
            // "build-up" may be read as one word or as two.
            let mut all = self.expand(words)?;
            let parted: Vec<String> =
                all.iter().filter(|w| w.contains('-') && !w.contains(' ')).map(|w| w.replace('-', " ")).collect();
            all.extend(parted);
            all.sort();
            all.dedup();
            if raw.replace {
                self.lexicon.entries.retain(|e| e.own || e.kind != kind || !all.contains(&e.words));
            }
            for word in all {
                // A verb leads its particle ("call off"); a noun of several words is headed by the last ("air strike").
                let mut parts: Vec<String> = word.split(' ').map(str::to_string).collect();
                let headed_last = kind == Kind::Noun && !parts.iter().any(|p| PREPOSITIONS.contains(&p.as_str()));
                let first = if headed_last { parts.pop() } else { (!parts.is_empty()).then(|| parts.remove(0)) };
                let first = first.unwrap_or_default();
                self.lexicon.entries.push(Entry {
                    file: listed.file.clone(),
                    name: match listed.name.strip_suffix(" (own)") {
                        Some(name) => format!("{name}:{line} (own)"),
                        None => format!("{}:{line}", listed.name),
                    },
                    line,
                    own: listed.own,
                    first,
                    words: word.clone(),
                    kind,
                    category,
                    own_category: named.filter(|c| Some(*c) != category),
                    also: also.clone(),
                    mode: mode.clone(),
                    turn,
                    actor: actor.clone(),
                    transitive: recipient.first() == Some(&Slot::Object) || !raw.obj.is_empty(),
                    recipient: recipient.clone(),
                    mutual: raw.mutual,
                    bare: raw.bare,
                    both: raw.both,
                    weak: raw.weak,
                    takes: takes.clone(),
                    example: raw.example.clone(),
                    obj: obj.clone(),
                    subj: subj.clone(),
                    near: near.clone(),
                    not: not.clone(),
                    notobj: notobj.clone(),
                    prep: prep.clone(),
                    to: raw.to,
                    predicate: raw.predicate,
                    rest: parts,
                });
            }
        }
        Ok(())
    }
}

fn modes(of: Category) -> String {
    let all: Vec<&str> = Mode::all().filter(|m| m.category() == of.base()).map(Mode::as_str).collect();
    if all.is_empty() { format!("{of} has none") } else { format!("{of} has {}", all.join(", ")) }
}

fn slots(text: &str, kind: Kind) -> Result<Vec<Slot>, String> {
    list(text)
        .into_iter()
        .map(|s| {
            Ok(match s.as_str() {
                "obj" | "iobj" | "clause" if kind == Kind::Adjective => return Err(format!("an adjective has no `{s}`")),
                "subj" => Slot::Subject,
                "obj" => Slot::Object,
                "iobj" => Slot::Indirect,
                "poss" => Slot::Possessive,
                "adj" => Slot::Adjective,
                "clause" => Slot::Clause,
                "speaker" => Slot::Speaker,
                p if PREPOSITIONS.contains(&p) => Slot::Preposition(s),
                _ => {
                    return Err(format!(
                        "`{s}` is no place for a party: subj, obj, iobj, poss, adj, clause, speaker or a preposition"
                    ));
                }
            })
        })
        .collect()
}
