//! Parties and places as records name them.

use text::{Body, Span};

/// Someone who acts or is acted upon, as one record mentions them.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Entity {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span<Body>,
    /// ISO 3166-1 alpha-3, or UNO, EUR, IGO, NGO, ISM, IMG, MNC (see the ontology); `None` where the text supports none.
    pub code: Option<String>,
    /// PLOVER sectors, primary first.
    pub sector: Vec<String>,
    /// Stable id: a Wikidata id only from data at hand, else our own.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Office as the text gives it or as held on the date.
    pub office: Option<String>,
    /// A collective party such as "the West".
    pub collective: bool,
}

/// A place as PLOVER's Location. Coordinates are degrees north and east.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Location {
    /// The words.
    pub text: String,
    /// Where they stand (bytes of the record's part).
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The gazetteer's name; `None` where the name could not be resolved.
    pub resolved: Option<String>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// City.
    pub city: Option<String>,
    /// First-order division.
    pub province: Option<String>,
    /// English name of the country.
    pub country: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country_code: Option<String>,
    /// GeoNames class, such as `P`.
    pub feature_class: Option<String>,
    /// GeoNames code, such as `PPLC`.
    pub feature_code: Option<String>,
    /// PLOVER: 5 below city, 4 city, 3 district, 2 province, 1 country.
    pub resolution: Option<u8>,
}
