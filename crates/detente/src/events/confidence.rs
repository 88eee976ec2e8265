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
    /// The words are quoted or retold.
    pub said: bool,
    /// A governing word turned it.
    pub turned: bool,
}

impl Grounds {
    /// What each number of [`Grounds::row`] says.
    pub const NAMES: [&str; 10] = [
        "always",
        "with conditions",
        "verb",
        "known actor",
        "somebody acts",
        "known recipient",
        "verbs above",
        "not asserted",
        "quoted or retold",
        "turned",
    ];

    /// As numbers, for a fit.
    pub fn row(&self) -> [f32; 10] {
        let flag = |b: bool| f32::from(u8::from(b));
        [
            1.0,
            flag(self.specific > 0),
            flag(self.verb),
            flag(self.actor),
            flag(self.doer),
            flag(self.recipient),
            self.depth as f32,
            flag(self.modality != Modality::Asserted),
            flag(self.said),
            flag(self.turned),
        ]
    }
}

/// What each of [`Grounds::NAMES`] adds. Fitted on the gsr sentences and the negotiation pages (`dev events` prints a fit and the
/// curve); each page judged by a fit without it, the expected calibration error over ten bins is 0.05.
const WEIGHTS: [f32; 10] = [1.57, 0.22, -0.32, -0.21, 0.18, 0.32, -0.64, -0.93, -0.13, 0.08];

/// 0 to 1.
pub fn confidence(g: &Grounds) -> f32 {
    let z: f32 = WEIGHTS.iter().zip(g.row()).map(|(w, x)| w * x).sum();
    1.0 / (1.0 + syntax::exp(-z))
}

/// What raised and what lowered it, in words; what hardly matters is left out.
pub fn reasons(g: &Grounds) -> String {
    let said = |n: usize, x: f32| -> &'static str {
        match (n, x > 0.0) {
            (4, true) => "somebody acts",
            (4, false) => "no doer found",
            (5, true) => "a known party is acted upon",
            (5, false) => "no known party is acted upon",
            (6, _) => "the word stands below another verb",
            (7, _) => "not told as done",
            (8, _) => "somebody's words",
            (9, _) => "another word turned it",
            _ => "",
        }
    };
    let mut up = Vec::new();
    let mut down = Vec::new();
    for (n, (w, x)) in WEIGHTS.iter().zip(g.row()).enumerate().skip(4).filter(|(_, (w, _))| w.abs() >= 0.12) {
        let lacks = x == 0.0 && matches!(n, 4 | 5);
        if x == 0.0 && !lacks {
            continue;
        }
        let list = if (*w > 0.0) == lacks { &mut down } else { &mut up };
        list.push(said(n, x));
    }
    let part =
        |word: &str, list: Vec<&str>| if list.is_empty() { String::new() } else { format!("; {word}: {}", list.join(", ")) };
    format!("{}{}", part("for it", up), part("against it", down))
}
