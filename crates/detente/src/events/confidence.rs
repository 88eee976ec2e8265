//! How sure a record is: a logistic over a few features that a reader can check.

use ledger::Modality;

/// What the confidence rests on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Grounds {
    /// How specific the entry is, 0 to 6.
    pub specific: usize,
    /// The main word is a verb.
    pub verb: bool,
    /// A known party acts.
    pub actor: bool,
    /// Somebody acts, known or not.
    pub doer: bool,
    /// A known party is acted upon.
    pub recipient: bool,
    /// How far below the top of the sentence the word stands, at most 4.
    pub depth: usize,
    /// How the text presents it.
    pub modality: Modality,
    /// Garble of the sentence.
    pub garble: f32,
    /// The words are quoted or retold.
    pub said: bool,
    /// A governing word turned it.
    pub turned: bool,
}

/// 0 to 1.
pub fn confidence(g: &Grounds) -> f32 {
    let flag = |b: bool| f32::from(u8::from(b));
    let z = -0.3
        + 0.12 * g.specific as f32
        + 0.35 * flag(g.verb)
        + 0.5 * flag(g.actor)
        + 0.2 * flag(g.doer)
        + 0.45 * flag(g.recipient)
        - 0.3 * g.depth as f32
        - 0.3 * flag(g.modality != Modality::Asserted)
        - 1.0 * g.garble
        - 0.1 * flag(g.said)
        + 0.3 * flag(g.turned);
    1.0 / (1.0 + (-z).exp())
}
