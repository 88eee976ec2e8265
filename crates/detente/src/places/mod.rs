//! Where: place names, and which place they mean.
//!
//! [`tag`] finds the names, [`resolve`] decides for the whole page which place each means, [`attach`] gives an event its place.
//! The table of cities is GeoNames' (CC BY 4.0); countries, regions and the words beside names are lists in `lexicon/places`.

mod attach;
mod gazetteer;
mod resolve;
mod tag;

use ledger::Location;
use syntax::{Parse, WordId};
use text::{Body, Span};

pub use attach::attach;
pub use gazetteer::Gazetteer;
use gazetteer::{Candidate, Lists, Which};

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
pub fn find(parse: &Parse, gazetteer: &Gazetteer) -> Vec<Place> {
    let lists = gazetteer.lists();
    let mentions = tag::tag(parse, lists);
    let chosen = resolve::resolve(parse, &mentions);
    mentions
        .iter()
        .zip(chosen)
        .map(|(m, candidate)| {
            let text = parse.source().slice(m.span).to_string();
            let location = Location { text, start: m.span.start(), end: m.span.end(), ..Location::default() };
            let location = candidate.map_or(location.clone(), |c| locate(lists, location, &c, m.wide));
            Place { span: m.span, head: head(parse, m.first, m.last), location }
        })
        .collect()
}

/// The word of a name whose head lies outside it.
fn head(parse: &Parse, first: WordId, last: WordId) -> WordId {
    (first.0..=last.0)
        .map(WordId)
        .find(|&id| parse.word(id).head().is_none_or(|h| h.id() < first || h.id() > last))
        .unwrap_or(first)
}

fn locate(lists: &Lists, mut location: Location, c: &Candidate, wide: Option<u8>) -> Location {
    location.lat = Some(c.lat);
    location.lon = Some(c.lon);
    if let Some(country) = lists.country(c.country) {
        location.country = Some(country.name.clone());
        location.country_code = Some(country.iso3.clone());
    }
    location.province = gazetteer::division(c.division).map(str::to_string);
    location.resolution = match (c.resolution, wide) {
        (4, Some(w)) => Some(w),
        (0, _) => None,
        (r, _) => Some(r),
    };
    if c.inside {
        if let Which::Region(n) = c.which {
            location.province = lists.regions.get(usize::from(n)).filter(|r| r.code == "ADM1").map(|r| r.name.clone());
        }
        return location;
    }
    match c.which {
        Which::City(n) => {
            let (id, name, capital) = gazetteer::city(n);
            location.resolved = Some(name.to_string());
            location.geonameid = Some(id);
            // "Kharkiv region" lies at Kharkiv but is not the city.
            if c.resolution < 4 {
                location.geonameid = None;
                location.resolution = Some(c.resolution);
                location.feature_class = Some("A".to_string());
                location.feature_code = Some(if c.resolution == 2 { "ADM1" } else { "ADM2" }.to_string());
            } else if wide.is_none_or(|w| w >= 4) {
                location.city = Some(name.to_string());
                location.feature_class = Some("P".to_string());
                location.feature_code = Some(if capital { "PPLC" } else { "PPL" }.to_string());
            } else {
                location.geonameid = None;
                location.resolved = Some(location.text.clone());
                location.feature_class = Some("A".to_string());
                location.feature_code = Some(if wide == Some(2) { "ADM1" } else { "ADM2" }.to_string());
            }
        }
        Which::Country(n) => {
            if let Some(country) = lists.countries.get(usize::from(n)) {
                location.resolved = Some(country.name.clone());
                location.geonameid = Some(country.id);
            }
            location.feature_class = Some("A".to_string());
            location.feature_code = Some("PCLI".to_string());
        }
        Which::Region(n) => {
            if let Some(region) = lists.regions.get(usize::from(n)) {
                location.resolved = Some(region.name.clone());
                if region.code == "ADM1" {
                    location.province = Some(region.name.clone());
                }
                let class = match region.code.as_str() {
                    "ADM1" | "ADM2" => "A",
                    "SEA" | "OCN" | "STM" | "LK" | "STRT" | "CNL" => "H",
                    "PPL" | "PPLX" | "PPLC" => "P",
                    "BLDG" | "MIL" => "S",
                    "MT" | "MTS" | "HLL" | "ISL" | "VAL" | "DLTA" => "T",
                    _ => "L",
                };
                location.feature_class = Some(class.to_string());
                location.feature_code = Some(region.code.clone());
            }
        }
    }
    location
}
