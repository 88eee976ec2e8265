//! What is known of places: the packed table of cities and divisions, and lists of countries, regions and words that people edit.
//!
//! Nothing is read before the first look-up: commands that read no page never pay for it.

use std::sync::OnceLock;

use super::lists::Lists;
use crate::LexiconError;

/// Places of the world with coordinates, country and population.
#[derive(Debug, Default)]
pub struct Gazetteer {
    lists: OnceLock<Lists>,
}

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Which {
    Country(u16),
    Region(u16),
    City(u32),
}

/// One place that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub which: Which,
    pub lat: f64,
    pub lon: f64,
    /// ISO alpha-2; two spaces for none.
    pub country: [u8; 2],
    /// First-order division by its number in the table; 0 where it is not known.
    pub division: u16,
    /// How likely the name means it, before any context: about the logarithm of its population.
    pub prior: f64,
    /// 1 country, 2 province, 3 district, 4 city, 5 below; 0 for what is wider or of another kind.
    pub resolution: u8,
    /// How widely known it is: the logarithm of the number of its names.
    pub fame: f64,
    /// The name itself is not in the table; this is what holds it.
    pub inside: bool,
}

impl Gazetteer {
    /// Opens the built-in table; nothing is unpacked before the first look-up.
    pub fn builtin() -> Result<Self, LexiconError> {
        Ok(Gazetteer::default())
    }

    /// Whether anything was looked up yet.
    pub fn is_read(&self) -> bool {
        self.lists.get().is_some()
    }

    /// The lists, read on the first call. A fault in a built-in list is found by the tests; at run time its lines are passed over.
    pub(super) fn lists(&self) -> &Lists {
        self.lists.get_or_init(|| {
            crate::loads::gazetteer();
            Lists::read().0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_before_the_first_look_up() {
        let gazetteer = Gazetteer::builtin().expect("built-in table");
        assert!(!gazetteer.is_read());
        gazetteer.lists();
        assert!(gazetteer.is_read());
    }

    #[test]
    fn names_are_found_under_every_spelling() {
        let lists = Lists::read().0;
        for (name, country) in [
            ("Kyiv", b"UA"),
            ("Kiev", b"UA"),
            ("São Paulo", b"BR"),
            ("Sao Paulo", b"BR"),
            ("Zürich", b"CH"),
            ("Port-au-Prince", b"HT"),
        ] {
            let (found, _) = lists.look_up(&lists.key(name));
            let best = found.iter().max_by(|a, b| a.prior.total_cmp(&b.prior)).expect(name);
            assert_eq!(best.country, *country, "{name}");
        }
        assert!(lists.look_up("no such place at all").0.is_empty());
    }
}
