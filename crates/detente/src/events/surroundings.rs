//! What the conditions of a lexicon entry see of a word's surroundings in the tree: object, subject, phrases, particles.

use syntax::{Upos, Word};

use super::grammar::{case, doer, is, listed, phrases, undergoer};
use super::lexicon::{Kind, Surroundings};

/// Words of a clause's own phrases, without clauses below it.
fn phrase_words<'p>(word: Word<'p>, depth: usize, found: &mut impl FnMut(Word<'p>) -> bool) -> bool {
    for child in word.children() {
        // A purpose ("called him to discuss it"), what one is kept from ("barred from entering") belong to the act; other clauses
        // tell their own.
        let purpose = child.rel() == "advcl" && child.children().any(|m| m.rel() == "mark" && is(m, &["to", "from"]));
        let clause = matches!(child.rel(), "ccomp" | "advcl" | "parataxis" | "csubj" | "punct" | "det") && !purpose
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
        || word
            .children()
            .any(|c| c.rel() == "conj" && c.children().any(|g| g.rel() == "nmod" && case(g, "of") && listed(list, g)))
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
                // "called for talks", "reneged on the treaty"
                None => self.word.children().any(|c| {
                    let next = || c.children().any(|m| m.rel() == "case" && m.before() == Some(self.word));
                    c.rel() == "obl" && (case(c, "for") || case(c, "of") || next()) && describes(c, list)
                }),
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

    fn predicate(&self) -> bool {
        self.word.children().any(|c| c.rel() == "cop" || c.deprel() == "aux:pass")
            || self.word.rel() == "xcomp"
            || matches!(self.word.rel(), "obl" | "advcl")
                && (case(self.word, "as") || self.word.children().any(|m| m.rel() == "mark" && is(m, &["as"])))
    }

    fn particle(&self, word: &str) -> bool {
        if self.kind == Kind::Noun {
            // What a noun of several words has before its head: "air strike", "cyber-attack".
            let before =
                |c: Word<'_>| c.id() < self.word.id() && matches!(c.rel(), "compound" | "amod" | "nmod" | "flat" | "nummod");
            let same = |c: Word<'_>| c.form().eq_ignore_ascii_case(word) || c.lemma().eq_ignore_ascii_case(word);
            if self.word.children().any(|c| before(c) && same(c)) {
                return true;
            }
        }
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
