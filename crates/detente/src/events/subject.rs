//! Who does what a verb tells: its subject in its own clause, through coordination, relative clauses and control, and where the parse
//! has torn it off: behind a dateline, in an apposition, after a participle that opens the sentence.

use syntax::{Upos, Word};

use super::grammar::{antecedent, cased, doer, is, nominal, owner, passive, relative, squeezed};

/// How far control, coordination and nested noun phrases are followed.
const DEPTH: usize = 4;

/// The grammatical subject of `verb`, in its own clause or through relative clauses, coordination and control.
pub fn subject<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    subject_at(verb, DEPTH)
}

fn subject_at<'p>(verb: Word<'p>, depth: usize) -> Option<Word<'p>> {
    if depth == 0 {
        return None;
    }
    if let Some(own) = clause_subject(verb) {
        if let Some(behind) = behind_dateline(own, verb) {
            return Some(behind);
        }
        return if relative(own) { antecedent(verb).or(Some(own)) } else { Some(own) };
    }
    let Some(head) = verb.head() else { return torn_off(verb) };
    if verb.rel() == "conj"
        && let Some(above) = parallel(verb, head)
    {
        return subject_at(above, depth - 1);
    }
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
        "amod" if squeezed(verb).is_some() => squeezed(verb),
        // "The minister, X, accused Y": read as what describes the noun before it.
        "amod" if head.id() < verb.id() && verb.child("obj").is_some() => Some(head).filter(|h| nominal(*h)),
        // "protesting farmers", "the invading army"
        "amod" if verb.form().ends_with("ing") => Some(head).filter(|h| nominal(*h)),
        "acl" => {
            // "Russia's decision to leave", "Russia took the decision to leave", "had no intention of leaving"; of a headline without
            // a verb, "EU to impose sanctions", the noun itself.
            let governed = verb.children().any(|c| matches!(c.rel(), "mark" | "case") && is(c, &["to", "of"]));
            if governed && head.head().is_none() && nominal(head) {
                Some(head)
            } else if governed {
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

/// The subject in the verb's own clause. Of two before it, the nearer one: the other is a dateline or a caption's credit.
fn clause_subject<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    let mut subjects = verb.children().filter(|c| c.rel() == "nsubj");
    let first = subjects.next()?;
    let nearer = subjects.take_while(|s| s.id() < verb.id() && nominal(*s) && !relative(*s)).last();
    nearer.or(Some(first)).filter(|s| nominal(*s))
}

/// Joined verbs are built alike: in "says that it cannot do so and has accused him", "has accused" goes with "says", not with the
/// content. The governor that a verb's own auxiliaries put it beside, where that is not the verb it hangs on.
fn parallel<'p>(verb: Word<'p>, head: Word<'p>) -> Option<Word<'p>> {
    let modal = |w: Word<'p>| auxiliary_of(w, &["will", "would", "can", "could", "may", "might", "must", "should", "to"]);
    let perfect = |w: Word<'p>| auxiliary_of(w, &["has", "have", "had", "’s", "'s"]);
    let state = head.child("cop").is_some();
    if head.upos() != Upos::VERB && !state || verb.upos() != Upos::VERB || clause_subject(verb).is_some() || modal(verb) {
        return None;
    }
    let bare = verb.feats().is("VerbForm", "Fin") && !verb.children().any(|c| c.rel() == "aux");
    let mut above = head;
    for _ in 0..3 {
        if !matches!(above.rel(), "ccomp" | "xcomp" | "advcl") {
            return None;
        }
        above = above.head().filter(|h| h.upos() == Upos::VERB)?;
        if perfect(verb) && !perfect(head) && perfect(above) {
            return Some(above);
        }
        if bare
            && (modal(head) || state)
            && above.feats().is("VerbForm", "Fin")
            && above.feats().get("Tense") == verb.feats().get("Tense")
        {
            return Some(above);
        }
    }
    None
}

fn auxiliary_of(word: Word<'_>, forms: &[&str]) -> bool {
    word.children().any(|c| matches!(c.rel(), "aux" | "mark") && is(c, forms))
}

/// "Speaking to reporters in Bonn, X, the minister of Y, called on Z": the parse has hung the subject on what stands before it.
/// The noun phrase right before a finite main verb, with the first of its appositions.
fn torn_off<'p>(verb: Word<'p>) -> Option<Word<'p>> {
    let finite = verb.feats().is("VerbForm", "Fin") || verb.children().any(|c| c.rel() == "aux");
    if !finite || verb.upos() != Upos::VERB || passive(verb) {
        return None;
    }
    let mut last = verb.before()?;
    while last.upos() == Upos::PUNCT || matches!(last.rel(), "aux" | "advmod") {
        last = last.before()?;
    }
    let mut top = last;
    for _ in 0..4 {
        if matches!(top.rel(), "appos" | "list") {
            let hung = top.head()?;
            return hung.children().find(|c| matches!(c.rel(), "appos" | "list") && nominal(*c) && c.upos() != Upos::NUM);
        }
        top = top.head().filter(|h| h.id() < verb.id() && matches!(top.rel(), "flat" | "nmod" | "compound" | "amod" | "conj"))?;
    }
    None
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
