//! What the tree says of a predicate: its subject through control and relative clauses, its object in either voice, phrases with a
//! preposition, particles. Labels of the parse are taken with care: where one is missing, the next best reading is tried.

use syntax::{Upos, Word};

use super::subject::subject;

/// Whether `word` is one of `list` (lower-case dictionary forms, sorted). `%name` in a list stands for any name; "cease-fire" is found
/// at its last word.
pub fn listed(list: &[String], word: Word<'_>) -> bool {
    let has = |s: &str| list.binary_search_by(|l| l.as_str().cmp(s)).is_ok();
    let lemma = word.lemma();
    if word.form().bytes().any(|b| b.is_ascii_uppercase()) {
        let (low, form) = (lemma.to_lowercase(), word.form().to_lowercase());
        return has(&low) || has(&form) || low.strip_suffix('s').is_some_and(has) || word.upos() == Upos::PROPN && has("%name");
    }
    has(lemma)
        || has(word.form())
        || (word.upos() == Upos::NOUN && lemma.strip_suffix('s').is_some_and(has))
        || hyphened(word).is_some_and(|whole| has(&whole))
}

/// The whole of a word written with a hyphen, where the tokens are parted: "cease-fire" for its "fire".
fn hyphened(word: Word<'_>) -> Option<String> {
    let hyphen = word.before().filter(|b| b.form() == "-" && b.span().end() == word.span().start())?;
    let first = hyphen.before().filter(|f| f.span().end() == hyphen.span().start())?;
    Some(format!("{}-{}", first.form().to_lowercase(), word.lemma()))
}

/// Whether `word` is written as one of `forms`, in any case.
pub fn is(word: Word<'_>, forms: &[&str]) -> bool {
    forms.iter().any(|f| word.form().eq_ignore_ascii_case(f))
}

/// Whether `word` has the preposition `p`. One that stands right before its phrase is its own even where the parse gave it to a later
/// word ("talks with [Mr X on Monday]").
pub fn case<'p>(word: Word<'p>, p: &str) -> bool {
    let mut any = false;
    for c in word.children().filter(|c| c.rel() == "case") {
        if c.form().eq_ignore_ascii_case(p) {
            return true;
        }
        any = true;
    }
    !any && matches!(word.rel(), "obl" | "nmod") && {
        let before = leftmost(word).before().filter(|b| b.upos() == Upos::ADP && b.rel() == "case");
        before.is_some_and(|b| b.form().eq_ignore_ascii_case(p))
    }
}

/// The first word of the noun phrase before its head.
fn leftmost<'p>(head: Word<'p>) -> Word<'p> {
    let mut first = head;
    for _ in 0..4 {
        let before = first.children().find(|c| {
            c.id() < first.id() && matches!(c.rel(), "det" | "amod" | "compound" | "nummod" | "nmod" | "flat") && !cased(*c)
        });
        let Some(before) = before else { break };
        first = before;
    }
    first
}

/// Whether `word` has any preposition (the possessive ending is none, and "at least", "up to" and "over" before a figure only count).
pub fn cased(word: Word<'_>) -> bool {
    word.children().any(|c| c.rel() == "case" && !c.form().starts_with(['\'', '’']) && !counts(c, word))
}

/// "at least 19 men", "over 30 people", "up to a hundred": words of measure that look like a preposition.
fn counts(case: Word<'_>, noun: Word<'_>) -> bool {
    let next = case.after();
    next.is_some_and(|n| is(n, &["least", "most"]))
        || is(case, &["least", "most", "over", "around", "about", "nearly", "up", "to", "under", "between"])
            && noun.children().any(|c| c.rel() == "nummod" && c.id() > case.id())
            && (next.is_some_and(|n| n.upos() == Upos::NUM || n.rel() == "advmod" || is(n, &["to", "a"]))
                && (!is(case, &["to"]) || case.before().is_some_and(|b| is(b, &["up"]))))
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

/// Whether `word` is a relative pronoun.
pub fn relative(word: Word<'_>) -> bool {
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
        "amod" => squeezed(verb).is_none(),
        "conj" if bare => verb.head().is_some_and(|h| h.upos() == Upos::VERB && past_participle(h) && passive(h)),
        "xcomp" | "advcl" => bare && (by(verb).is_some() || verb.child("obj").is_none()),
        _ => bare && by(verb).is_some(),
    }
}

/// The subject of a short clause that was read as one noun phrase: "[Egypt] severed ties", "[Turkey] seized ships".
pub fn squeezed<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    let head = verb.head().filter(|h| verb.rel() == "amod" && h.id() > verb.id() && h.upos() == Upos::NOUN)?;
    let before = verb.before().filter(|b| b.upos() == Upos::PROPN)?;
    // "Police in Geneva arrested protesters"
    let own = head.children().find(|c| c.rel() == "nsubj" && c.id() < before.id() && nominal(*c));
    if own.is_some() {
        return own;
    }
    let top = std::iter::once(before).chain(before.ancestors().take(2)).find(|w| w.head() == Some(head))?;
    (matches!(top.rel(), "compound" | "nmod" | "nsubj") && !cased(top) && !head.children().any(|c| c.rel() == "det"))
        .then_some(top)
}

/// The agent of a passive.
pub fn by<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    verb.children().find(|c| matches!(c.rel(), "obl" | "nmod") && case(*c, "by") && nominal(*c))
}

/// The noun that a clause describes: "ships [intercepted by Iran]", "the men [who fled]".
pub fn antecedent<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    (verb.rel() == "acl").then(|| verb.head()).flatten().filter(|h| nominal(*h))
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
    if squeezed(verb).is_some() {
        return verb.head();
    }
    let own = verb.children().find(|c| c.rel() == "obj");
    if let Some(own) = own {
        return if relative(own) { antecedent(verb) } else { Some(own) };
    }
    // "denounced X and threatened new sanctions": an object behind the second verb is its own.
    if verb.rel() == "conj"
        && let Some(behind) = verb.head().and_then(|h| h.children().find(|c| c.rel() == "obj" && c.id() > verb.id()))
    {
        return Some(behind);
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
    // Objects that the parser hangs on as something else, behind the particle if there is one.
    let next = verb.after().and_then(|a| if a.deprel() == "compound:prt" { a.after() } else { Some(a) });
    verb.children().find(|c| {
        matches!(c.rel(), "obl" | "dep" | "iobj" | "nmod")
            && c.deprel() != "obl:tmod"
            && c.deprel() != "nmod:tmod"
            && c.id() > verb.id()
            && !cased(*c)
            && matches!(c.upos(), Upos::NOUN | Upos::PROPN)
            && next.is_some_and(|a| a.id() >= c.id() || a.ancestors().take(3).any(|w| w == *c))
    })
}

/// The object, or what stands in its place behind a preposition next to the verb: "reneged on [the treaty]", "called off [the strike]".
pub fn leant_on<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    undergoer(verb).or_else(|| {
        let next = |c: &Word<'p>| c.children().any(|m| m.rel() == "case" && m.before() == Some(verb));
        verb.children().find(|c| c.rel() == "obl" && nominal(*c) && next(c))
    })
}

/// Phrases with the preposition `p` on `word`, then on its object, then deeper in the object: the parse hangs "to X" in "returned the
/// bust of the emperor to X" on the nearest noun.
pub fn phrases<'p>(word: Word<'p>, p: &str) -> Option<Word<'p>> {
    let on = |w: Word<'p>| {
        w.children().find(|c| {
            matches!(c.rel(), "obl" | "nmod" | "dep" | "advcl" | "ccomp" | "obj" | "xcomp") && nominal(*c) && case(*c, p)
        })
    };
    if p == "against" && word.upos() != Upos::VERB {
        let anti = |c: &Word<'p>| stance(*c).is_some_and(|s| is(s, &["anti"]));
        if let Some(found) = word.children().filter(|c| c.id() < word.id()).find(anti) {
            return Some(found);
        }
    }
    let object = undergoer(word).filter(|_| word.upos() == Upos::VERB);
    on(word)
        .or_else(|| object.and_then(on))
        .or_else(|| object.and_then(|o| o.children().filter(|c| matches!(c.rel(), "nmod" | "conj")).find_map(on)))
        .or_else(|| word.children().filter(|c| matches!(c.rel(), "obl" | "nmod" | "xcomp" | "conj")).find_map(on))
        .or_else(|| {
            let mut deep = object.filter(|_| ["to", "from", "with", "against"].contains(&p))?;
            for _ in 0..5 {
                deep = deep.children().rfind(|c| c.id() > deep.id() && matches!(c.rel(), "nmod" | "conj" | "appos"))?;
                if let Some(found) = on(deep) {
                    return Some(found);
                }
            }
            None
        })
}

/// "anti" of "anti-Soviet", "pro" of "pro-Soviet": for or against whom something before a noun is.
pub fn stance<'p>(modifier: Word<'p>) -> Option<Word<'p>> {
    let hyphen = modifier.before().filter(|b| b.form() == "-")?;
    hyphen.before().filter(|w| is(*w, &["anti", "pro"]))
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

/// The clause that a verb of saying has as its content.
pub fn clause<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    verb.children().find(|c| c.rel() == "ccomp" && c.id() > verb.id())
}

/// Whether a phrase says that two sides do it to each other.
pub fn reciprocal(word: Word<'_>) -> bool {
    is(word, &["other", "another"]) && word.before().is_some_and(|b| is(b, &["each", "one"]))
}
