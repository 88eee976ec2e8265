//! How the ontology's names and fixed words are written and read again: as the words that are printed, never as numbers,
//! so that a table may grow in the middle.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use text::{Body, Span};

use crate::words::known;
use crate::{Category, Context, Evidence, Mode, Part, Quoted};

impl Serialize for Category {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Category {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Category::parse(&name).ok_or_else(|| D::Error::custom(format!("unknown category `{name}`")))
    }
}

impl Serialize for Mode {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // The same word is a mode of several categories.
        to.collect_str(&format_args!("{}/{}", self.category(), self.as_str()))
    }
}

impl<'de> Deserialize<'de> for Mode {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        let mode = name.split_once('/').and_then(|(category, mode)| Mode::parse(Category::parse(category)?, mode));
        mode.ok_or_else(|| D::Error::custom(format!("unknown mode `{name}`")))
    }
}

impl Serialize for Context {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Context {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Context::own(&name).ok_or_else(|| D::Error::custom(format!("unknown context `{name}`")))
    }
}

// By hand: a derive would take the finder's name for words borrowed from the file.
impl<'de> Deserialize<'de> for Evidence {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written {
            page: String,
            part: Part,
            quoted: Quoted,
            parts: Vec<Span<Body>>,
            finder: String,
            revision: String,
        }
        let Written { page, part, quoted, parts, finder, revision } = Written::deserialize(from)?;
        Ok(Evidence { page, part, quoted, parts, finder: known(&finder), revision })
    }
}
