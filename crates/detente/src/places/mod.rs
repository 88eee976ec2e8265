//! Where: place names, and which place they mean.
//!
//! [`tag`] finds the names, [`resolve`] decides for the whole page which place each means, [`attach`] gives an event its place.
//! The table of cities is GeoNames' (CC BY 4.0); countries, regions and the words beside names are lists in `lexicon/places`.

mod accept;
mod attach;
mod gazetteer;
mod lists;
mod resolve;
mod table;
mod tag;

use std::collections::BTreeMap;

use ledger::Location;
use syntax::{Parse, WordId};
use text::{Body, Span};

pub(crate) use attach::carrier;
pub use attach::{aim, attach};
pub use gazetteer::Gazetteer;
use gazetteer::{Candidate, Which};
use lists::Lists;
use tag::Mention;

/// A place name in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its words.
    pub span: Span<Body>,
    /// The word that the tree hangs it on; none in a dateline, which is no sentence.
    pub head: Option<WordId>,
    /// Which place it is, as far as could be told.
    pub location: Location,
}

/// Finds the place names of `parse` and resolves them together.
pub fn find(parse: &Parse, gazetteer: &Gazetteer) -> Vec<Place> {
    find_page(&[parse], None, gazetteer).pop().unwrap_or_default()
}

/// Finds the place names of a page's parts, its title and its text, and resolves them together: what the text tells of a name
/// holds for the title too. `dateline` is where the last part names the place it was written from, outside its sentences.
pub fn find_page(parts: &[&Parse], dateline: Option<Span<Body>>, gazetteer: &Gazetteer) -> Vec<Vec<Place>> {
    let lists = gazetteer.lists();
    let mut mentions: Vec<Vec<Mention>> = parts.iter().map(|parse| tag::tag(parse, lists)).collect();
    if let (Some(at), Some(last), Some(parse)) = (dateline, mentions.last_mut(), parts.last()) {
        // A report may have a line or two before its dateline; none overlaps it.
        last.extend(tag::dateline(parse.source(), at, lists));
        last.sort_by_key(|m| m.span);
    }
    let mut nations: BTreeMap<[u8; 2], usize> = BTreeMap::new();
    for word in parts.iter().flat_map(|parse| parse.words()) {
        if let Some(country) = lists.demonyms.get(word.form()) {
            *nations.entry(*country).or_insert(0) += 1;
        }
    }
    let texts: Vec<(&str, &[Mention])> =
        parts.iter().zip(&mentions).map(|(parse, m)| (parse.source().as_str(), m.as_slice())).collect();
    let chosen = resolve::resolve(&texts, &nations);
    parts
        .iter()
        .zip(&mentions)
        .zip(chosen)
        .map(|((parse, mentions), chosen)| mentions.iter().zip(chosen).map(|(m, c)| place(parse, lists, m, c)).collect())
        .collect()
}

fn place(parse: &Parse, lists: &Lists, m: &Mention, candidate: Option<Candidate>) -> Place {
    let text = parse.source().slice(m.span).to_string();
    let location = Location { text, start: m.span.start(), end: m.span.end(), ..Location::default() };
    let location = candidate.map_or(location.clone(), |c| locate(lists, location, &c, m.wide));
    // "in the port of Brest" says where by its "port".
    let head = m.words.map(|(first, last)| head(parse, first, last)).map(|id| {
        let word = parse.word(id);
        let of = word.children().any(|c| c.rel() == "case" && c.form() == "of");
        word.head().filter(|up| of && word.rel() == "nmod" && lists.settles(*up)).map_or(id, |up| up.id())
    });
    Place { span: m.span, head, location }
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
    let division = table::division(c.division);
    location.province = division.map(|d| d.name.to_string());
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
            let (id, name, capital) = table::city(n);
            location.resolved = Some(name.to_string());
            location.geonameid = id;
            match wide {
                _ if c.resolution < 4 => {
                    location.resolution = Some(c.resolution);
                    location.feature_class = Some("A".to_string());
                    location.feature_code = Some(if c.resolution == 2 { "ADM1" } else { "ADM2" }.to_string());
                }
                // "Kharkiv region" lies at Kharkiv but is not the city; the division of that name is meant.
                Some(w) if w < 4 => {
                    let own = division.filter(|d| w == 2 && lists.key(d.name) == lists.key(name));
                    location.geonameid = own.and_then(|d| d.id);
                    if let Some(d) = own {
                        (location.lat, location.lon) = (Some(d.lat), Some(d.lon));
                    }
                    location.resolved = Some(own.map_or(location.text.clone(), |d| d.name.to_string()));
                    location.feature_class = Some("A".to_string());
                    location.feature_code = Some(if w == 2 { "ADM1" } else { "ADM2" }.to_string());
                }
                // "Kabul Airport" is a site in Kabul.
                Some(5) => {
                    location.geonameid = None;
                    location.resolved = Some(location.text.clone());
                    location.city = Some(name.to_string());
                    location.feature_class = Some("S".to_string());
                }
                _ => {
                    location.city = Some(name.to_string());
                    location.feature_class = Some("P".to_string());
                    location.feature_code = Some(if capital { "PPLC" } else { "PPL" }.to_string());
                }
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
                    location.geonameid = division.and_then(|d| d.id);
                }
                let class = match region.code.as_str() {
                    "ADM1" | "ADM2" => "A",
                    "SEA" | "OCN" | "STM" | "LK" | "STRT" | "CNL" | "GULF" | "BAY" | "RSV" | "CHN" | "SHOL" | "RF" | "GLCR" => {
                        "H"
                    }
                    "PPL" | "PPLX" | "PPLC" => "P",
                    "BLDG" | "MIL" | "AIRP" | "AIRB" | "NVB" | "PRN" | "CMP" | "CRSG" => "S",
                    "MT" | "MTS" | "HLL" | "ISL" | "ISLS" | "VAL" | "DLTA" | "PASS" | "PEN" | "DSRT" | "PLN" | "UPLD"
                    | "CAPE" => "T",
                    _ => "L",
                };
                location.feature_class = Some(class.to_string());
                location.feature_code = Some(region.code.clone());
            }
        }
    }
    location
}
