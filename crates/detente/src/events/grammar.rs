//! What the tree says of a predicate: its subject through control and relative clauses, its object in either voice, phrases with a
//! preposition, particles. Labels of the parse are taken with care: where one is missing, the next best reading is tried.

use syntax::{Upos, Word};

use super::lexicon::{Kind, Surroundings};

/// How far control, coordination and nested noun phrases are followed.
const DEPTH: usize = 4;

/// Whether `word` is one of `list` (lower-case dictionary forms, sorted). `%name` in a list stands for any name.
pub fn listed(list: &[String], word: Word<'_>) -> bool {
    let has = |s: &str| list.binary_search_by(|l| l.as_str().cmp(s)).is_ok();
    let lemma = word.lemma();
    if word.form().bytes().any(|b| b.is_ascii_uppercase()) {
        let (low, form) = (lemma.to_lowercase(), word.form().to_lowercase());
        return has(&low) || has(&form) || low.strip_suffix('s').is_some_and(has) || word.upos() == Upos::PROPN && has("%name");
    }
    has(lemma) || has(word.form()) || (word.upos() == Upos::NOUN && lemma.strip_suffix('s').is_some_and(has))
}

/// Whether `word` is written as one of `forms`, in any case.
pub fn is(word: Word<'_>, forms: &[&str]) -> bool {
    forms.iter().any(|f| word.form().eq_ignore_ascii_case(f))
}

/// Whether `word` has the preposition `p`.
pub fn case<'p>(word: Word<'p>, p: &str) -> bool {
    word.children().any(|c| c.rel() == "case" && c.form().eq_ignore_ascii_case(p))
}

/// Whether `word` has any preposition (the possessive ending is none).
pub fn cased(word: Word<'_>) -> bool {
    word.children().any(|c| c.rel() == "case" && !c.form().starts_with(['\'', '’']))
}

/// Whether `word` can head a noun phrase.
pub fn nominal(word: Word<'_>) -> bool {
    matches!(word.upos(), Upos::NOUN | Upos::PROPN | Upos::PRON | Upos::NUM | Upos::DET | Upos::X | Upos::SYM)
        || (word.upos() == Upos::ADJ && word.children().any(|c| c.rel() == "det"))
}

fn past_participle(word: Word<'_>) -> bool {
    let feats = word.feats();
    feats.is("VerbForm", "Part") && !feats.is("Tense", "Pres")
}

fn relative(word: Word<'_>) -> bool {
    is(word, &["who", "which", "that", "whom", "whose"]) && matches!(word.upos(), Upos::PRON | Upos::DET | Upos::SCONJ)
}

/// Whether the clause of `verb` is passive.
pub fn passive(verb: Word<'_>) -> bool {
    if verb.children().any(|c| c.deprel() == "aux:pass") {
        return true;
    }
    // A verb with an object of its own is active, whatever its subject is labelled.
    if verb.child("obj").is_none() && verb.children().any(|c| matches!(c.deprel(), "nsubj:pass" | "csubj:pass")) {
        return true;
    }
    if !past_participle(verb) || verb.child("obj").is_some() && verb.rel() != "acl" {
        return false;
    }
    let bare = !verb.children().any(|c| matches!(c.rel(), "nsubj" | "aux" | "cop"));
    match verb.rel() {
        "acl" if verb.deprel() == "acl" => verb.child("obj").is_none() || by(verb).is_some(),
        "amod" => true,
        "conj" if bare => verb.head().is_some_and(|h| h.upos() == Upos::VERB && past_participle(h) && passive(h)),
        "xcomp" | "advcl" => bare && (by(verb).is_some() || verb.child("obj").is_none()),
        _ => bare && by(verb).is_some(),
    }
}

fn by<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    verb.children().find(|c| matches!(c.rel(), "obl" | "nmod") && case(*c, "by") && nominal(*c))
}

/// The noun that a clause describes: "ships [intercepted by Iran]", "the men [who fled]".
fn antecedent<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    (verb.rel() == "acl").then(|| verb.head()).flatten().filter(|h| nominal(*h))
}

/// The grammatical subject of `verb`, in its own clause or through relative clauses, coordination and control.
pub fn subject<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    subject_at(verb, DEPTH)
}

fn subject_at<'p>(verb: Word<'p>, depth: usize) -> Option<Word<'p>> {
    if depth == 0 {
        return None;
    }
    let own = verb.children().find(|c| c.rel() == "nsubj").filter(|s| nominal(*s));
    if let Some(own) = own {
        if let Some(behind) = behind_dateline(own, verb) {
            return Some(behind);
        }
        return if relative(own) { antecedent(verb).or(Some(own)) } else { Some(own) };
    }
    let head = verb.head()?;
    match verb.rel() {
        "conj" if head.upos() == Upos::VERB || head.child("cop").is_some() => subject_at(head, depth - 1),
        "conj" if matches!(head.upos(), Upos::ADJ | Upos::AUX) => subject_at(head, depth - 1),
        "xcomp" => {
            // Object control: "urged Kyiv to yield"; else the governor's subject.
            let person = head.children().find(|c| matches!(c.rel(), "obj" | "iobj") && nominal(*c));
            match person {
                Some(p) if verb.id() > p.id() && head.upos() == Upos::VERB => Some(p),
                _ if passive(head) && head.child("nsubj").is_none() => subject_at(head, depth - 1),
                _ => subject_at(head, depth - 1),
            }
        }
        "advcl" if !verb.children().any(|c| matches!(c.rel(), "nsubj" | "csubj")) => subject_at(head, depth - 1),
        "acl" if verb.deprel() == "acl:relcl" => antecedent(verb),
        "acl" => {
            let infinitive = verb.children().any(|c| c.rel() == "mark" && is(c, &["to"]));
            if infinitive {
                // "Russia's decision to leave", "Russia took the decision to leave".
                owner(head).or_else(|| head.head().filter(|v| v.upos() == Upos::VERB).and_then(|v| subject_at(v, depth - 1)))
            } else {
                // "put out a report accusing the army": whoever put it out.
                let noun = antecedent(verb)?;
                let paper = PAPERS.contains(&noun.lemma()) && matches!(noun.rel(), "obj" | "obl");
                noun.head().filter(|h| paper && h.upos() == Upos::VERB).and_then(doer).or(Some(noun))
            }
        }
        "ccomp" if verb.feats().is("VerbForm", "Inf") => subject_at(head, depth - 1),
        // "X, minister of Y and chairman of Z, warned": torn off by an apposition, the name stands above the verb.
        "parataxis" | "appos" | "conj" | "dep" | "list" if nominal(head) && head.id() < verb.id() => {
            let mut top = head;
            while let Some(up) = top.head().filter(|h| matches!(top.rel(), "conj" | "appos" | "flat") && nominal(*h)) {
                top = up;
            }
            let finite = verb.feats().is("VerbForm", "Fin") || verb.children().any(|c| c.rel() == "aux");
            (finite && !cased(top)).then_some(top)
        }
        _ => None,
    }
}

/// Papers that speak for whoever issues them.
const PAPERS: [&str; 14] = [
    "report",
    "statement",
    "resolution",
    "letter",
    "lawsuit",
    "petition",
    "declaration",
    "speech",
    "note",
    "motion",
    "bill",
    "suit",
    "complaint",
    "communique",
];

/// "KABUL (Agency): The council … condemned": where the parser takes a dateline for the subject, the noun phrase behind it.
fn behind_dateline<'p>(subject: Word<'p>, verb: Word<'p>) -> Option<Word<'p>> {
    let sentence = verb.sentence();
    let first = sentence.words().next()?;
    if subject.id().0 > first.id().0 + 8 || verb.id() < subject.id() {
        return None;
    }
    let mark = sentence.words().take(14).take_while(|w| w.id() < verb.id()).find(|w| {
        is(*w, &["--", "-", "–", "—", ":"])
            && w.before().is_none_or(|b| b.span().end() < w.span().start() || is(*w, &["--", "—", ":"]))
    })?;
    // Only names, days and marks stand before the dash.
    let opens = sentence.words().take_while(|w| w.id() < mark.id()).all(|w| {
        matches!(w.upos(), Upos::PROPN | Upos::NUM | Upos::PUNCT | Upos::X | Upos::SYM)
            || w.form().starts_with(|c: char| c.is_uppercase())
    }) && first.id() < mark.id();
    if mark.id() < subject.id() || !opens {
        return None;
    }
    let inside = |w: Word<'p>| w.id() > mark.id() && w.id() < verb.id();
    sentence
        .words()
        .filter(|w| inside(*w) && nominal(*w) && w.upos() != Upos::NUM && !cased(*w))
        .find(|w| w.head().is_none_or(|h| !inside(h)) && !matches!(w.deprel(), "obl:tmod" | "nmod:tmod" | "det"))
}

/// Who owns a noun: "Iran's plan", "the plan of Iran".
pub fn owner<'p>(noun: Word<'p>) -> Option<Word<'p>> {
    noun.children()
        .find(|c| c.deprel() == "nmod:poss" && nominal(*c))
        .or_else(|| noun.children().find(|c| c.rel() == "nmod" && (case(*c, "of") || case(*c, "by"))))
}

/// Who does it: the subject, or in the passive the agent.
pub fn doer<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    if passive(verb) { by(verb) } else { subject(verb) }
}

/// What it is done to: the object, or in the passive the subject.
pub fn undergoer<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    if passive(verb) {
        let own = verb.children().find(|c| c.rel() == "nsubj");
        return match own {
            Some(s) if relative(s) => antecedent(verb),
            Some(s) => Some(s),
            None if verb.rel() == "amod" => verb.head().filter(|h| nominal(*h)),
            None => antecedent(verb).or_else(|| subject(verb)),
        };
    }
    let own = verb.children().find(|c| c.rel() == "obj");
    if let Some(own) = own {
        return if relative(own) { antecedent(verb) } else { Some(own) };
    }
    if verb.deprel() == "acl:relcl" && verb.children().any(|c| c.rel() == "nsubj" && !relative(c)) {
        return antecedent(verb);
    }
    // "kidnapped and killed three soldiers"
    let next = verb.children().find(|c| c.rel() == "conj" && c.upos() == Upos::VERB && c.child("nsubj").is_none());
    if let Some(shared) = next.and_then(|n| n.child("obj"))
        && next.is_some_and(|n| n.id().0 <= verb.id().0 + 3)
    {
        return Some(shared);
    }
    // Objects that the parser hangs on as something else.
    verb.children().find(|c| {
        matches!(c.rel(), "obl" | "dep" | "iobj" | "nmod")
            && c.deprel() != "obl:tmod"
            && c.deprel() != "nmod:tmod"
            && c.id() > verb.id()
            && !cased(*c)
            && matches!(c.upos(), Upos::NOUN | Upos::PROPN)
            && verb.after().is_some_and(|a| a.id() >= c.id() || a.head() == Some(*c))
    })
}

/// Phrases with the preposition `p` on `word`, then on its object.
pub fn phrases<'p>(word: Word<'p>, p: &str) -> Option<Word<'p>> {
    let on = |w: Word<'p>| {
        w.children().find(|c| {
            matches!(c.rel(), "obl" | "nmod" | "dep" | "advcl" | "ccomp" | "obj" | "xcomp") && nominal(*c) && case(*c, p)
        })
    };
    let object = undergoer(word).filter(|_| word.upos() == Upos::VERB);
    on(word)
        .or_else(|| object.and_then(on))
        .or_else(|| object.and_then(|o| o.children().filter(|c| matches!(c.rel(), "nmod" | "conj")).find_map(on)))
        .or_else(|| word.children().filter(|c| matches!(c.rel(), "obl" | "nmod" | "xcomp" | "conj")).find_map(on))
}

/// Whether the word is negated: "not", "never", "no", "without".
pub fn negation<'p>(word: Word<'p>) -> Option<Word<'p>> {
    let no = |c: &Word<'_>| {
        is(*c, &["not", "n't", "n’t", "never", "neither", "nor", "no", "without", "hardly", "t"])
            && matches!(c.rel(), "advmod" | "det" | "cc" | "case" | "mark" | "aux" | "dep")
            && !(is(*c, &["t"]) && c.rel() != "advmod")
    };
    let own = word.children().find(no);
    if own.is_some() {
        // "not only"
        return own.filter(|n| !n.after().is_some_and(|a| is(a, &["only", "just", "least"])));
    }
    // "no troops were sent"
    let subject = word.child("nsubj").or_else(|| word.child("obj"));
    subject.and_then(|s| s.children().find(|c| c.rel() == "det" && is(*c, &["no", "neither"])))
}

/// An auxiliary of the word with one of these forms.
pub fn auxiliary<'p>(word: Word<'p>, forms: &[&str]) -> Option<Word<'p>> {
    let own = word.children().find(|c| c.rel() == "aux" && is(*c, forms));
    if own.is_some() {
        return own;
    }
    // Shared with the first of several joined verbs; "would be boycotting" through a copula is on the word already.
    let shares = word.rel() == "conj" && !word.children().any(|c| matches!(c.rel(), "nsubj" | "aux"));
    word.head().filter(|_| shares).and_then(|h| h.children().find(|c| c.rel() == "aux" && is(*c, forms)))
}

/// Words of a clause's own phrases, without clauses below it.
fn phrase_words<'p>(word: Word<'p>, depth: usize, found: &mut impl FnMut(Word<'p>) -> bool) -> bool {
    for child in word.children() {
        let clause = matches!(child.rel(), "ccomp" | "advcl" | "parataxis" | "csubj" | "punct" | "det" | "aux")
            || child.deprel() == "acl:relcl"
            || (child.rel() == "conj" && word.upos() == Upos::VERB);
        if clause {
            continue;
        }
        if found(child) || (depth > 1 && phrase_words(child, depth - 1, found)) {
            return true;
        }
    }
    false
}

/// The noun phrase headed by `word` as the conditions of an entry see it: head, its modifiers, joined heads, "of" phrases.
fn describes(word: Word<'_>, list: &[String]) -> bool {
    listed(list, word)
        || word.children().any(|c| {
            matches!(c.rel(), "compound" | "amod" | "conj" | "flat")
                && (listed(list, c) || c.children().any(|g| matches!(g.rel(), "compound" | "conj") && listed(list, g)))
                || c.rel() == "nmod" && case(c, "of") && listed(list, c)
        })
}

/// A word with its surroundings, for the conditions of entries.
pub struct At<'p> {
    /// The word.
    pub word: Word<'p>,
    /// As what it is looked up.
    pub kind: Kind,
    /// The verb that carries it, for a noun.
    pub carrier: Option<Word<'p>>,
}

impl Surroundings for At<'_> {
    fn object(&self, list: &[String]) -> bool {
        match self.kind {
            Kind::Verb => match undergoer(self.word) {
                Some(o) => describes(o, list),
                // "called for talks"
                None => self.word.children().any(|c| c.rel() == "obl" && (case(c, "for") || case(c, "of")) && describes(c, list)),
            },
            _ => {
                describes(self.word, list)
                    || self.word.children().any(|c| c.rel() == "nmod" && (case(c, "of") || case(c, "on")) && describes(c, list))
            }
        }
    }

    fn subject(&self, list: &[String]) -> bool {
        match self.kind {
            Kind::Noun => {
                self.word.children().any(|c| (c.deprel() == "nmod:poss" || case(c, "by")) && describes(c, list))
                    || self.carrier.and_then(doer).is_some_and(|s| describes(s, list))
            }
            _ => doer(self.word).is_some_and(|s| describes(s, list)),
        }
    }

    fn head(&self, list: &[String]) -> bool {
        let object = match self.kind {
            Kind::Verb => undergoer(self.word),
            _ => None,
        };
        object.is_some_and(|o| listed(list, o))
    }

    fn near(&self, list: &[String]) -> bool {
        phrase_words(self.word, 3, &mut |w| listed(list, w))
            || self.carrier.is_some_and(|c| phrase_words(c, 2, &mut |w| w != self.word && listed(list, w)))
    }

    fn preposition(&self, list: &[String]) -> bool {
        list.iter().any(|p| {
            phrases(self.word, p).is_some()
                || self.word.children().any(|c| c.children().any(|m| m.rel() == "mark" && is(m, &[p])))
        })
    }

    fn infinitive(&self) -> bool {
        self.word.children().any(|c| {
            matches!(c.rel(), "xcomp" | "ccomp" | "advcl")
                && c.id() > self.word.id()
                && c.children().any(|m| m.rel() == "mark" && is(m, &["to"]))
        })
    }

    fn particle(&self, word: &str) -> bool {
        if self.word.after().is_some_and(|a| a.form().eq_ignore_ascii_case(word) || a.lemma().eq_ignore_ascii_case(word)) {
            return true;
        }
        let hyphen = self.word.after().filter(|a| a.form() == "-").and_then(Word::after);
        if hyphen.is_some_and(|a| a.form().eq_ignore_ascii_case(word)) {
            return true;
        }
        // Further off: a particle or noun of the verb, or, where there is no object, a phrase with the preposition.
        let preposition = ["for", "on", "upon", "with", "to", "of", "at", "against", "into", "from", "by"].contains(&word);
        let object = self.word.child("obj").is_some();
        self.word.children().any(|c| {
            let own =
                c.deprel() == "compound:prt" || !preposition && matches!(c.rel(), "obj" | "xcomp" | "advmod" | "advcl" | "obl");
            own && (c.form().eq_ignore_ascii_case(word) || c.lemma().eq_ignore_ascii_case(word))
                || preposition && !object && matches!(c.rel(), "obl" | "advcl") && case(c, word)
        })
    }
}

/// The clause that a verb of saying has as its content.
pub fn clause<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    verb.children().find(|c| c.rel() == "ccomp" && c.id() > verb.id())
}

/// Whether a phrase says that two sides do it to each other.
pub fn reciprocal(word: Word<'_>) -> bool {
    is(word, &["other", "another"]) && word.before().is_some_and(|b| is(b, &["each", "one"]))
}
