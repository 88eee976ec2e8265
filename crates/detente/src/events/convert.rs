//! The ontology's table of conversions: what a promise, a threat, a demand, a refusal or an end makes of an act.

use ledger::{Category, Modality, Mode};

use super::act::Act;
use super::lexicon::Entry;

use Category::*;

/// Whether an act hurts or burdens someone.
pub fn hostile(category: Category) -> bool {
    matches!(category, Protest | Sanction | Mobilize | Coerce | Assault | Threaten)
}

/// A mode by its name, where the category has it.
pub fn mode(category: Category, name: &str) -> Vec<Mode> {
    Mode::parse(category, name).into_iter().collect()
}

/// The mode of a demand or refusal, from the act that is wanted.
pub fn wanted(of: Category, act: Category, modes: &[Mode]) -> Vec<Mode> {
    let resign = modes.iter().any(|m| m.as_str() == "resign");
    match act {
        Retreat | Concede if resign => mode(of, "change"),
        Retreat | Concede => mode(of, "yield"),
        Consult => mode(of, "meet"),
        Aid | Cooperate | Support | Agree => mode(of, "assist"),
        _ => Vec::new(),
    }
}

/// The mode of a threat, from the act that is threatened.
pub fn threatened(act: Category, modes: &[Mode], entry: &Entry) -> Vec<Mode> {
    let sanctions = entry.sanctions();
    let has = |name: &str| modes.iter().any(|m| m.as_str() == name);
    match act {
        Assault | Mobilize => mode(Threaten, "violence"),
        Coerce if has("arrest") => mode(Threaten, "arrest"),
        Coerce if has("deport") => mode(Threaten, "expel"),
        Coerce if has("seize") && entry.takes_land() => mode(Threaten, "territory"),
        Coerce | Protest => mode(Threaten, "restrict"),
        Sanction if has("expel") => mode(Threaten, "expel"),
        Sanction if has("convict") => mode(Threaten, "arrest"),
        Sanction if sanctions => mode(Threaten, "restrict"),
        Sanction if has("discontinue") || has("withdraw") => mode(Threaten, "relations"),
        Sanction => mode(Threaten, "restrict"),
        Threaten => modes.to_vec(),
        _ => Vec::new(),
    }
}

/// What an end to an act is.
pub fn stopped(act: Category, modes: &[Mode]) -> Option<(Category, Vec<Mode>)> {
    let has = |name: &str| modes.iter().any(|m| m.as_str() == name);
    Some(match act {
        Aid => (Sanction, mode(Sanction, "withdraw")),
        Cooperate | Support | Agree => (Sanction, mode(Sanction, "discontinue")),
        Consult => (Reject, mode(Reject, "meet")),
        Protest | Coerce | Accuse | Request | Threaten => (Concede, Vec::new()),
        Sanction => (Retreat, Vec::new()),
        Assault => (Retreat, mode(Retreat, "ceasefire")),
        Mobilize => (Retreat, mode(Retreat, "withdraw")),
        Retreat if has("ceasefire") => (Reject, mode(Reject, "yield")),
        Retreat | Concede => (Reject, mode(Reject, "yield")),
        // A user's own categories are put back last; here stands the one above.
        Reject | Own(_) => return None,
    })
}

/// Gives an act another category; what it was becomes its content.
pub fn set(act: &mut Act<'_>, category: Category, modes: Vec<Mode>) {
    let before = act.category;
    act.about.get_or_insert((act.word, Some(before)));
    act.category = category;
    act.mode = modes;
    act.also.clear();
}

/// An act promised, agreed or announced by its doer.
pub fn promised(act: &mut Act<'_>, firm: bool) {
    match act.category {
        Aid | Consult | Cooperate | Support | Agree => set(act, Agree, Vec::new()),
        Retreat | Concede => set(act, Concede, Vec::new()),
        // "will hit back": the threat is made.
        Threaten => {}
        c if hostile(c) => {
            if firm && c != Protest || !act.recipient.is_empty() && c != Mobilize {
                let modes = threatened(act.category, &act.mode, act.entry);
                set(act, Threaten, modes);
            } else {
                act.modality.get_or_insert((Modality::Planned, act.word));
            }
        }
        _ => {}
    }
}
