//! Codes and sectors of the ontology.

/// A country's or group's code.
pub(crate) type Code = [u8; 3];

/// The sectors of the ontology, in its order.
pub(crate) const SECTORS: [&str; 25] = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN",
    "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
];

/// Up to three sectors, the primary one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sectors([u8; 3]);

impl Sectors {
    /// From names parted by `|`; `-` and nothing are none.
    pub fn parse(cell: &str) -> Option<Sectors> {
        let mut found = Sectors::default();
        if cell.is_empty() || cell == "-" || cell == "*" {
            return Some(found);
        }
        for (n, name) in cell.split('|').enumerate() {
            *found.0.get_mut(n)? = SECTORS.iter().position(|s| *s == name)? as u8 + 1;
        }
        Some(found)
    }

    /// Of one name that is known to be one.
    pub fn one(name: &str) -> Sectors {
        Sectors::parse(name).unwrap_or_default()
    }

    pub fn is_empty(self) -> bool {
        self.0[0] == 0
    }

    pub fn has(self, name: &str) -> bool {
        self.names().any(|n| n == name)
    }

    /// `name` first, then the others.
    pub fn led_by(self, name: &str) -> Sectors {
        let mut found = Sectors::one(name);
        let mut at = 1;
        for &s in self.0.iter().filter(|&&s| s != 0) {
            if s != found.0[0] && at < 3 {
                found.0[at] = s;
                at += 1;
            }
        }
        found
    }

    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.0.into_iter().filter(|&s| s != 0).map(|s| SECTORS[s as usize - 1])
    }
}
