//! PLOVER draft 2.0: categories, modes, contexts, scores. Source: Open Event Data Alliance, PLOVER manual (CC BY-SA 4.0);
//! where the manual contradicts itself, the choices are those of `docs/ontology.md`.

use std::fmt;

/// The codebook that every record names.
pub const CODEBOOK: &str = "plover-2.0-draft-20240204";

/// The four quarters of cooperation and conflict; the number is PLOVER's `quad_code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Quad {
    VerbalCooperation = 1,
    MaterialCooperation = 2,
    VerbalConflict = 3,
    MaterialConflict = 4,
}

/// A PLOVER category, or a user's own under one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Category {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
    /// A user's own: `CONSULT.SPORT` stands under CONSULT, whose quarter, score and modes it has.
    Own(Own),
}

/// A category that a user's lexicon adds under one of PLOVER's, so that every record still has its place in PLOVER's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Own {
    /// Its place in [`CATEGORIES`].
    base: u8,
    /// The whole name, with the category that it stands under.
    name: &'static str,
}

/// Name, quad and score of every category, in the order of [`Category`].
const CATEGORIES: [(Category, &str, Quad, f32); 16] = [
    (Category::Agree, "AGREE", Quad::VerbalCooperation, 2.5),
    (Category::Consult, "CONSULT", Quad::VerbalCooperation, 2.5),
    (Category::Support, "SUPPORT", Quad::VerbalCooperation, 5.0),
    (Category::Concede, "CONCEDE", Quad::VerbalCooperation, 4.5),
    (Category::Cooperate, "COOPERATE", Quad::MaterialCooperation, 9.5),
    (Category::Aid, "AID", Quad::MaterialCooperation, 10.0),
    (Category::Retreat, "RETREAT", Quad::MaterialCooperation, 6.5),
    (Category::Request, "REQUEST", Quad::VerbalConflict, 0.0),
    (Category::Accuse, "ACCUSE", Quad::VerbalConflict, -3.0),
    (Category::Reject, "REJECT", Quad::VerbalConflict, -2.0),
    (Category::Threaten, "THREATEN", Quad::VerbalConflict, -3.5),
    (Category::Protest, "PROTEST", Quad::MaterialConflict, -5.0),
    (Category::Sanction, "SANCTION", Quad::MaterialConflict, -6.0),
    (Category::Mobilize, "MOBILIZE", Quad::MaterialConflict, -5.5),
    (Category::Coerce, "COERCE", Quad::MaterialConflict, -7.0),
    (Category::Assault, "ASSAULT", Quad::MaterialConflict, -9.0),
];

impl Category {
    /// PLOVER's categories, from most verbal and cooperative to most material and conflictual.
    pub fn all() -> impl Iterator<Item = Category> {
        CATEGORIES.iter().map(|row| row.0)
    }

    fn row(self) -> &'static (Category, &'static str, Quad, f32) {
        let at = match self {
            Category::Own(own) => own.base as usize,
            plain => CATEGORIES.iter().position(|row| row.0 == plain).unwrap_or_default(),
        };
        &CATEGORIES[at]
    }

    /// In capitals, as PLOVER writes it; a user's own with the category it stands under: `CONSULT.SPORT`.
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Own(own) => own.name,
            plain => plain.row().1,
        }
    }

    /// The category of that name: one of PLOVER's, or one of those, a dot and a name in capitals.
    pub fn parse(name: &str) -> Option<Category> {
        let plain = |name: &str| CATEGORIES.iter().position(|row| row.1 == name);
        let Some((base, own)) = name.split_once('.') else { return plain(name).map(|at| CATEGORIES[at].0) };
        let sound = |c: u8| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'_' || c == b'-';
        let base = plain(base).filter(|_| (1..=40).contains(&own.len()) && own.bytes().all(sound))? as u8;
        let kept = crate::words::known(name);
        (kept == name).then_some(Category::Own(Own { base, name: kept }))
    }

    /// PLOVER's category: itself, or the one that a user's own stands under.
    pub fn base(self) -> Category {
        self.row().0
    }

    /// Its quarter.
    pub fn quad(self) -> Quad {
        self.row().2
    }

    /// From -10, most conflictual, to +10.
    pub fn score(self) -> f32 {
        self.row().3
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A mode of one category: what kind of act it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mode(u8);

/// Category, name and score of every mode.
const MODES: [(Category, &str, f32); 67] = [
    (Category::Consult, "visit", 4.0),
    (Category::Consult, "phone", 1.5),
    (Category::Consult, "third-party", 1.0),
    (Category::Consult, "multilateral", 4.0),
    (Category::Retreat, "withdraw", 8.0),
    (Category::Retreat, "disarm", 10.0),
    (Category::Retreat, "release", 6.5),
    (Category::Retreat, "ceasefire", 7.5),
    (Category::Retreat, "access", 6.5),
    (Category::Retreat, "resign", 4.5),
    (Category::Request, "assist", 0.5),
    (Category::Request, "change", -1.0),
    (Category::Request, "yield", -1.0),
    (Category::Request, "meet", 0.0),
    (Category::Accuse, "disapprove", -2.0),
    (Category::Accuse, "allege", -3.5),
    (Category::Accuse, "investigate", -3.5),
    (Category::Reject, "assist", -1.5),
    (Category::Reject, "change", -2.0),
    (Category::Reject, "yield", -2.0),
    (Category::Reject, "meet", -2.0),
    (Category::Threaten, "restrict", -3.0),
    (Category::Threaten, "relations", -3.5),
    (Category::Threaten, "arrest", -3.5),
    (Category::Threaten, "expel", -3.5),
    (Category::Threaten, "territory", -4.0),
    (Category::Threaten, "violence", -3.5),
    (Category::Protest, "demo", -5.0),
    (Category::Protest, "riot", -7.0),
    (Category::Protest, "strike", -5.0),
    (Category::Protest, "hunger", -4.5),
    (Category::Protest, "boycott", -4.5),
    (Category::Protest, "obstruct", -4.5),
    (Category::Protest, "vandalize", -5.0),
    (Category::Sanction, "convict", -6.0),
    (Category::Sanction, "expel", -5.5),
    (Category::Sanction, "withdraw", -6.0),
    (Category::Sanction, "discontinue", -6.0),
    (Category::Mobilize, "troops", -6.5),
    (Category::Mobilize, "police", -5.5),
    (Category::Mobilize, "weapons", -6.5),
    (Category::Mobilize, "militia", -6.0),
    (Category::Coerce, "seize", -7.0),
    (Category::Coerce, "arrest", -7.0),
    (Category::Coerce, "restrict", -7.0),
    (Category::Coerce, "deport", -7.0),
    (Category::Coerce, "censor", -6.5),
    (Category::Coerce, "withhold", -7.0),
    (Category::Coerce, "curfew", -6.5),
    (Category::Coerce, "misinformation", -6.5),
    (Category::Coerce, "martial-law", -7.5),
    (Category::Coerce, "cyber", -7.0),
    (Category::Assault, "abduct", -8.5),
    (Category::Assault, "beat", -7.5),
    (Category::Assault, "torture", -8.5),
    (Category::Assault, "sexual", -8.5),
    (Category::Assault, "targeted", -9.5),
    (Category::Assault, "destroy", -8.5),
    (Category::Assault, "primitive", -8.0),
    (Category::Assault, "firearms", -9.0),
    (Category::Assault, "explosives", -9.0),
    (Category::Assault, "suicide-attack", -9.5),
    (Category::Assault, "aerial", -9.5),
    (Category::Assault, "drone", -9.5),
    (Category::Assault, "heavy-weapons", -9.5),
    (Category::Assault, "unconventional", -10.0),
    (Category::Assault, "crowd-control", -7.5),
];

impl Mode {
    /// The mode `name` of `category`; a user's own category has the modes of the one it stands under.
    pub fn parse(category: Category, name: &str) -> Option<Mode> {
        let category = category.base();
        MODES.iter().position(|row| row.0 == category && row.1 == name).map(|i| Mode(i as u8))
    }

    /// Every mode.
    pub fn all() -> impl Iterator<Item = Mode> {
        (0..MODES.len() as u8).map(Mode)
    }

    /// As PLOVER writes it.
    pub fn as_str(self) -> &'static str {
        MODES[self.0 as usize].1
    }

    /// The category it belongs to.
    pub fn category(self) -> Category {
        MODES[self.0 as usize].0
    }

    /// From -10 to +10.
    pub fn score(self) -> Option<f32> {
        Some(MODES[self.0 as usize].2)
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A context: what the paragraph is about, never a qualification of the act. PLOVER's, in its order, then users' own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Context(u8, &'static str);

const CONTEXTS: [&str; 37] = [
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
];

impl Context {
    /// PLOVER's context of that name.
    pub fn parse(name: &str) -> Option<Context> {
        CONTEXTS.iter().position(|&c| c == name).map(|i| Context(i as u8, CONTEXTS[i]))
    }

    /// PLOVER's context of that name, else a user's own: small letters, digits and `_`.
    pub fn own(name: &str) -> Option<Context> {
        let sound = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
        Context::parse(name).or_else(|| {
            let kept = crate::words::known(name);
            let fits = (1..=40).contains(&name.len()) && name.bytes().all(sound) && kept == name;
            fits.then_some(Context(u8::MAX, kept))
        })
    }

    /// PLOVER's contexts.
    pub fn all() -> impl Iterator<Item = Context> {
        (0..CONTEXTS.len()).map(|i| Context(i as u8, CONTEXTS[i]))
    }

    /// As PLOVER writes it.
    pub fn as_str(self) -> &'static str {
        self.1
    }
}

/// How the text presents an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Modality {
    /// Told as done or being done, or a speech act that was made.
    #[default]
    Asserted,
    /// Told as not done.
    Negated,
    /// Its doer, or one who speaks for it, says that it is not so.
    Denied,
    /// The doer's own act, bound to a condition.
    Conditional,
    /// Announced or scheduled, and no category says so.
    Planned,
    /// Named only as wanted.
    Demanded,
    /// Scenario, forecast, fear.
    Hypothetical,
    /// Background from before the events of the page.
    Historical,
}

impl Modality {
    /// Every modality.
    pub const ALL: [Modality; 8] = [
        Modality::Asserted,
        Modality::Negated,
        Modality::Denied,
        Modality::Conditional,
        Modality::Planned,
        Modality::Demanded,
        Modality::Hypothetical,
        Modality::Historical,
    ];

    /// As printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Modality::Asserted => "asserted",
            Modality::Negated => "negated",
            Modality::Denied => "denied",
            Modality::Conditional => "conditional",
            Modality::Planned => "planned",
            Modality::Demanded => "demanded",
            Modality::Hypothetical => "hypothetical",
            Modality::Historical => "historical",
        }
    }
}

impl fmt::Display for Modality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_follow_their_enums() {
        for (i, category) in Category::all().enumerate() {
            assert_eq!(category, CATEGORIES[i].0);
            assert_eq!(category.base(), category);
            assert_eq!(Category::parse(category.as_str()), Some(category));
            assert_eq!(category.score() > 0.0, category.quad() < Quad::VerbalConflict, "{category}");
        }
        for context in Context::all() {
            assert_eq!(Context::parse(context.as_str()), Some(context));
        }
        for mode in Mode::all() {
            assert_eq!(Mode::parse(mode.category(), mode.as_str()), Some(mode));
        }
    }

    #[test]
    fn an_own_category_stands_under_one_of_plovers() {
        let own = Category::parse("CONSULT.SPORT").expect("an own category");
        assert_eq!((own.as_str(), own.base(), own.quad()), ("CONSULT.SPORT", Category::Consult, Quad::VerbalCooperation));
        assert_eq!(Mode::parse(own, "visit"), Mode::parse(Category::Consult, "visit"));
        assert!(own > Category::Assault && own == Category::parse("CONSULT.SPORT").expect("the same"));
        for wrong in ["SPORT", "CONSULT.", "CONSULT.sport", "SPORT.CONSULT", "CONSULT.A B", ".X"] {
            assert_eq!(Category::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Context::own("sport").map(Context::as_str), Some("sport"));
        assert!(Context::parse("sport").is_none() && Context::own("Sport").is_none());
    }
}
