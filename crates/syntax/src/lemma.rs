//! Dictionary forms: lists first, then the regular inflections of English; the network's proposal decides the rest.
//!
//! A lemma is what every word list is looked up by, so it may not depend on a network's mood: `data/lemmas.tsv` (forms seen in the
//! treebanks), `data/irregular.txt` and `data/verbs.txt` come first. For words in none of them the ending is taken off by rule.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::tags::{Feats, Upos};

struct Lists {
    /// Lemmas by form and part of speech.
    seen: HashMap<(&'static str, Upos), &'static str>,
    /// Base forms of verbs.
    verbs: HashSet<&'static str>,
    /// Endings of stems, and whether an -e belongs behind them.
    mute: HashMap<&'static str, bool>,
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'))
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut seen = HashMap::new();
    let mut verbs: HashSet<&str> = lines(include_str!("../data/verbs.txt")).collect();
    for line in lines(include_str!("../data/lemmas.tsv")) {
        let mut cells = line.split('\t');
        if let (Some(form), Some(upos), Some(lemma)) = (cells.next(), cells.next(), cells.next()) {
            seen.insert((form, Upos::parse(upos)), lemma);
        }
    }
    for line in lines(include_str!("../data/irregular.txt")) {
        let mut cells = line.split(' ');
        let Some(base) = cells.next() else { continue };
        verbs.insert(base);
        for form in cells.flat_map(|c| c.split('/')) {
            seen.entry((form, Upos::VERB)).or_insert(base);
        }
    }
    let mute =
        lines(include_str!("../data/mute_e.txt")).filter_map(|l| l.split_once(' ')).map(|(e, sign)| (e, sign == "+")).collect();
    Lists { seen, verbs, mute }
});

/// The lemma of `form` with its tag, or `None` where the network's proposal is to stand. `low` is a buffer for the lower-cased
/// form, `out` for a lemma made by rule.
pub fn lemma<'a>(
    form: &str,
    upos: Upos,
    feats: Feats<'_>,
    proposal: &str,
    low: &mut String,
    out: &'a mut String,
) -> Option<&'a str> {
    if !matches!(
        upos,
        Upos::VERB
            | Upos::NOUN
            | Upos::ADJ
            | Upos::ADV
            | Upos::AUX
            | Upos::PRON
            | Upos::DET
            | Upos::ADP
            | Upos::PART
            | Upos::SCONJ
            | Upos::CCONJ
    ) {
        return None;
    }
    low.clear();
    low.extend(form.chars().flat_map(char::to_lowercase));
    if let Some(&known) = LISTS.seen.get(&(low.as_str(), upos)) {
        out.clear();
        out.push_str(known);
        return Some(out);
    }
    if !low.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') || low.len() < 4 {
        return None;
    }
    let made = match upos {
        Upos::VERB if feats.is("VerbForm", "Ger") || feats.is("Tense", "Pres") && low.ends_with("ing") => {
            verb(low, "ing", proposal, out)
        }
        Upos::VERB if feats.is("Tense", "Past") => verb(low, "ed", proposal, out),
        Upos::VERB if feats.is("Person", "3") => third(low, out),
        Upos::NOUN if feats.is("Number", "Plur") => plural(low, out),
        _ => false,
    };
    made.then_some(out.as_str())
}

fn consonant(b: u8) -> bool {
    b.is_ascii_lowercase() && !matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// "seized" and "seizing" to "seize", "quashed" to "quash", "denied" to "deny", "barred" to "bar".
fn verb(low: &str, ending: &str, proposal: &str, out: &mut String) -> bool {
    let Some(stem) = low.strip_suffix(ending) else { return false };
    let b = stem.as_bytes();
    let n = b.len();
    if n < 2 || !b.iter().any(|c| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')) {
        return false;
    }
    out.clear();
    if ending == "ed" && b[n - 1] == b'i' {
        out.push_str(&stem[..n - 1]);
        out.push('y');
        return true;
    }
    out.push_str(stem);
    let known = |s: &str| LISTS.verbs.contains(s) || s.rsplit_once('-').is_some_and(|(_, tail)| LISTS.verbs.contains(tail));
    let doubled = n >= 3 && b[n - 1] == b[n - 2] && consonant(b[n - 1]);
    out.push('e');
    let (with, without) = (known(out), known(stem));
    if with != without {
        out.truncate(if with { n + 1 } else { n });
        return true;
    }
    if doubled && known(&stem[..n - 1]) {
        out.truncate(n - 1);
        return true;
    }
    // Neither is listed: the network's choice among what the spelling allows, else the spelling.
    if proposal == out.as_str() || proposal == stem {
        out.truncate(proposal.len());
        return true;
    }
    if doubled {
        out.truncate(if matches!(b[n - 1], b'l' | b's' | b'f' | b'z') { n } else { n - 1 });
        return true;
    }
    out.truncate(if mute_e(stem) { n + 1 } else { n });
    true
}

/// Whether a verb's stem was written with an -e that the ending swallowed: see `data/mute_e.txt`.
fn mute_e(stem: &str) -> bool {
    let b = stem.as_bytes();
    let n = b.len();
    let syllables =
        (0..n).filter(|&i| !consonant(b[i]) && b[i] != b'y' && (i == 0 || consonant(b[i - 1]) || b[i - 1] == b'y')).count();
    if n >= 3 && syllables == 1 && !consonant(b[n - 2]) && consonant(b[n - 3]) && consonant(b[n - 1]) {
        return !matches!(b[n - 1], b'w' | b'x' | b'y' | b'h');
    }
    (1..=n.min(6)).rev().find_map(|k| LISTS.mute.get(stem.get(n - k..)?)).copied().unwrap_or(false)
}

/// "quashes" to "quash", "denies" to "deny", "seizes" to "seize".
fn third(low: &str, out: &mut String) -> bool {
    plural(low, out)
}

/// "clashes" to "clash", "parties" to "party", "houses" to "house", "drafts" to "draft".
fn plural(low: &str, out: &mut String) -> bool {
    let Some(stem) = low.strip_suffix('s').filter(|s| !s.ends_with('s')) else { return false };
    out.clear();
    if let Some(root) = stem.strip_suffix("ie").filter(|r| r.len() > 1) {
        out.push_str(root);
        out.push('y');
    } else if let Some(root) =
        stem.strip_suffix('e').filter(|r| ["ss", "sh", "ch", "x", "zz", "o"].iter().any(|e| r.ends_with(e)))
    {
        out.push_str(root);
    } else if stem.ends_with("men") && stem.len() > 3 {
        return false;
    } else {
        out.push_str(stem);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(form: &str, upos: Upos, feats: &str) -> String {
        let (mut low, mut out) = (String::new(), String::new());
        lemma(form, upos, Feats(feats), "", &mut low, &mut out).unwrap_or(form).to_string()
    }

    #[test]
    fn verbs_lose_their_endings() {
        let past = "Mood=Ind|Tense=Past|VerbForm=Fin";
        for (form, base) in [
            ("met", "meet"),
            ("denied", "deny"),
            ("seized", "seize"),
            ("Quashed", "quash"),
            ("barred", "bar"),
            ("named", "name"),
            ("bombarded", "bombard"),
            ("escalated", "escalate"),
            ("shelled", "shell"),
            ("pounded", "pound"),
            ("exiled", "exile"),
            ("besieged", "besiege"),
            ("strafed", "strafe"),
            ("annexed", "annex"),
            ("withheld", "withhold"),
        ] {
            assert_eq!(of(form, Upos::VERB, past), base);
        }
        assert_eq!(of("massing", Upos::VERB, "VerbForm=Ger"), "mass");
        assert_eq!(of("convening", Upos::VERB, "VerbForm=Ger"), "convene");
    }

    #[test]
    fn nouns_lose_their_plural() {
        for (form, base) in
            [("clashes", "clash"), ("parties", "party"), ("airstrikes", "airstrike"), ("envoys", "envoy"), ("vetoes", "veto")]
        {
            assert_eq!(of(form, Upos::NOUN, "Number=Plur"), base);
        }
    }

    #[test]
    fn spelling_alone_tells_most_mute_endings() {
        let mut wrong = Vec::new();
        let verbs: Vec<&str> =
            LISTS.verbs.iter().copied().filter(|v| v.len() > 3 && !v.ends_with("ee") && !v.contains('-')).collect();
        for verb in &verbs {
            let stem = verb.strip_suffix('e').unwrap_or(verb);
            let b = stem.as_bytes();
            // "plan" doubles its consonant: its stem never stands alone.
            if !verb.ends_with('e')
                && b.len() > 2
                && consonant(b[b.len() - 1])
                && !consonant(b[b.len() - 2])
                && consonant(b[b.len() - 3])
                && b.len() < 6
            {
                continue;
            }
            if mute_e(stem) != verb.ends_with('e') {
                wrong.push(*verb);
            }
        }
        wrong.sort_unstable();
        assert!(wrong.len() * 40 < verbs.len(), "{} of {}: {wrong:?}", wrong.len(), verbs.len());
    }
}
