//! A user's own actors: names, offices with dates, aliases, titles and nouns with own sectors. What it says wins over the built-in lists.
//!
//! ```toml
//! [[actor]]                                                  # a body: no office
//! names = ["Harbour Council", "HC"]                          # the first is the canonical one
//! code = "RUS"                                               # or UNO, EUR, IGO, NGO, ISM, IMG, MNC; left out: none
//! sector = ["GOV"]                                           # up to three, the primary one first
//!
//! [[actor]]                                                  # a person: an office, or several with dates
//! names = ["Sergei Ivanovich Example", "Serguei Example"]
//! code = "RUS"
//! sector = ["GOV"]
//! offices = [
//!   { office = "Deputy Minister of Examples", to = "2021-05" },
//!   { office = "Minister of Examples", from = "2021-05", to = "2023", source = "the ministry's site" },
//! ]                                                          # either end may be left out; `source` is for your own eyes
//!
//! [[actor]]                                                  # more names for one that is there
//! alias-of = "European Union"
//! names = ["the Twenty-Seven"]
//!
//! [[actor]]                                                  # a party without one country
//! names = ["the Quint"]
//! sector = ["GOV"]
//! collective = true
//!
//! [[title]]
//! words = "sirdar"
//! sector = ["MIL"]
//!
//! [[noun]]
//! words = "honour guard"
//! sector = ["MIL"]
//! kind = "person"                                            # person, body, thing, part, place or free
//! ```

use serde::Deserialize;

use super::tables::{code, day, fault, sectors};
use super::{ActorLexicon, Code, Kind, folded};
use crate::LexiconError;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    actor: Vec<Actor>,
    #[serde(default)]
    title: Vec<Title>,
    #[serde(default)]
    noun: Vec<Noun>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Actor {
    names: Vec<String>,
    alias_of: Option<String>,
    #[serde(default)]
    code: String,
    #[serde(default)]
    sector: Vec<String>,
    #[serde(default)]
    collective: bool,
    office: Option<String>,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default, rename = "source")]
    _source: String,
    #[serde(default)]
    offices: Vec<Office>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Office {
    office: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    /// Where the term can be looked up: for readers of the file.
    #[serde(default, rename = "source")]
    _source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Title {
    words: String,
    sector: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Noun {
    words: String,
    sector: Vec<String>,
    kind: String,
}

/// Codes of groups of states, bodies and firms, beside those of countries.
const GROUPS: [&Code; 7] = [b"UNO", b"EUR", b"IGO", b"NGO", b"ISM", b"IMG", b"MNC"];

/// Puts the file on top of what is there.
pub(crate) fn read(lexicon: &mut ActorLexicon, file: &str, text: &str) -> Result<(), LexiconError> {
    let parsed: File = toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(1, |s| text[..s.start.min(text.len())].lines().count().max(1));
        fault(file, &format!("line {line}"), e.message().to_string())
    })?;
    for actor in parsed.actor {
        add(lexicon, file, actor)?;
    }
    for title in parsed.title {
        let line = format!("{}\t{}", title.words, title.sector.join("|"));
        lexicon.title_list(file, &line, true)?;
    }
    for noun in parsed.noun {
        let line = format!("{}\t{}\t{}", noun.words, noun.sector.join("|"), noun.kind);
        lexicon.noun_list(file, &line, true)?;
    }
    Ok(())
}

fn add(lexicon: &mut ActorLexicon, file: &str, actor: Actor) -> Result<(), LexiconError> {
    let Some(first) = actor.names.first().filter(|n| !folded(n).is_empty()).cloned() else {
        return Err(fault(file, "[[actor]]", "`names` needs at least one name"));
    };
    let place = format!("actor `{first}`");
    let bare = |name: &str| name.strip_prefix("the ").unwrap_or(name).to_string();
    let names: Vec<String> = actor.names.iter().map(|n| bare(n)).filter(|n| !folded(n).is_empty()).collect();
    if let Some(other) = &actor.alias_of {
        return alias(lexicon, file, &place, other, &names);
    }
    let (c, s) = (code(file, &place, &actor.code)?, sectors(file, &place, &actor.sector.join("|"))?);
    if let Some(c) = c.filter(|c| !GROUPS.contains(&c) && !lexicon.entries.iter().any(|e| e.code == Some(*c))) {
        let what = format!(
            "`{}` is the code of no country: write its ISO 3166 code of three letters, or a group's: UNO, EUR, IGO, NGO, ISM, IMG, MNC",
            String::from_utf8_lossy(&c)
        );
        return Err(fault(file, &place, what));
    }
    let mut offices = actor.offices;
    if let Some(office) = actor.office {
        offices.push(Office { office, from: actor.from, to: actor.to, _source: actor._source });
    } else if !actor.from.is_empty() || !actor.to.is_empty() {
        return Err(fault(file, &place, "`from` and `to` say when an office was held: name the `office`"));
    }
    let dated = offices.iter().any(|o| !o.from.is_empty() || !o.to.is_empty()) || offices.len() > 1;
    if dated {
        // Which office it is depends on the page's day; that the name is this person's does not.
        for office in offices {
            let (from, to) = (day(file, &place, &office.from, false)?, day(file, &place, &office.to, true)?);
            if from.zip(to).is_some_and(|(from, to)| from > to) {
                return Err(fault(file, &place, format!("`{}` ends before it begins", office.office)));
            }
            lexicon.holder(&names.join("|"), &office.office, c, s, from, to, true);
        }
        return Ok(());
    }
    let kind = match (actor.collective, offices.is_empty()) {
        (true, true) => Kind::Collective,
        (true, false) => return Err(fault(file, &place, "a collective holds no office")),
        (false, true) => Kind::Organisation,
        (false, false) => Kind::Person,
    };
    let entry = lexicon.entry(kind, &bare(&first), c, s);
    lexicon.entries[entry as usize].office = offices.pop().map(|o| o.office);
    for form in &names {
        lexicon.form(file, &place, form, entry, true)?;
    }
    Ok(())
}

/// More names for an actor or a holder of an office that the lists have.
fn alias(lexicon: &mut ActorLexicon, file: &str, place: &str, other: &str, names: &[String]) -> Result<(), LexiconError> {
    let plain = folded(other);
    if let Some(entry) = lexicon.entries.iter().position(|e| folded(&e.name) == plain) {
        for form in names {
            lexicon.form(file, place, form, entry as u32, true)?;
        }
        return Ok(());
    }
    let held: Vec<u32> =
        lexicon.holders.iter().enumerate().filter(|(_, h)| folded(&h.name) == plain).map(|(n, _)| n as u32).collect();
    if held.is_empty() {
        let what =
            format!("`alias-of` names `{other}`, whom no list has: write its canonical name, as `detente actors` prints it");
        return Err(fault(file, place, what));
    }
    for name in names {
        for &n in &held {
            lexicon.index(name, n);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_users_list_wins() {
        let mut lexicon = ActorLexicon::builtin().expect("built-in lists");
        let own = "[[actor]]\nnames = [\"Hamas\"]\ncode = \"PSE\"\nsector = [\"GOV\"]\n\n[[noun]]\nwords = \"honour guard\"\nsector = [\"MIL\"]\nkind = \"person\"\n";
        lexicon.overlay("own.toml", own).expect("a sound overlay");
        let parse = crate::tree("Hamas PROPN 2 nsubj|rejected VERB 0 root|it PRON 2 obj");
        let source = parse.source().clone();
        let page = page::Page {
            id: String::new(),
            path: None,
            raw: text::Source::new(source.as_str()),
            kind: page::Kind::Verbatim,
            given: page::Given::default(),
            notes: Vec::new(),
        };
        let cast = crate::actors::resolve(&page::clean(&page), &parse, &lexicon);
        let entities = cast.entities(&parse, syntax::WordId(0));
        assert_eq!(entities.len(), 1);
        assert_eq!(entities[0].sector, ["GOV"]);
    }

    #[test]
    fn names_offices_aliases_collectives() {
        let mut lexicon = ActorLexicon::builtin().expect("built-in lists");
        let own = r#"
[[actor]]
names = ["Ada Lovell"]
code = "NZL"
sector = ["GOV"]
offices = [{ office = "Envoy", to = "2020", source = "her memoirs" }, { office = "Foreign Minister", from = "2021" }]

[[actor]]
alias-of = "European Union"
names = ["the Twenty-Seven"]

[[actor]]
alias-of = "Sergei Lavrov"
names = ["Lavroff"]

[[actor]]
names = ["the Quint"]
sector = ["GOV"]
collective = true
"#;
        lexicon.overlay("own.toml", own).expect("a sound overlay");
        assert_eq!(lexicon.knows("lovell").len(), 2);
        assert!(!lexicon.knows("lavroff").is_empty());
        let quint = lexicon.entries.iter().find(|e| e.name == "Quint").expect("the Quint");
        assert_eq!((quint.kind, quint.code), (Kind::Collective, None));
    }

    #[test]
    fn faults_name_place_and_remedy() {
        let mut lexicon = ActorLexicon::builtin().expect("built-in lists");
        let mut fails = |text: &str| lexicon.overlay("own.toml", text).expect_err("a fault").to_string();
        assert!(fails("[[actor]]\nnames = [\"X\"]\ncode = \"russia\"\n").contains("three capital letters"));
        assert!(fails("[[actor]]\nnames = [\"X\"]\ncode = \"RSU\"\n").contains("`RSU` is the code of no country"));
        assert!(fails("[[actor]]\nnames = [\"X\"]\nsector = [\"ARMY\"]\n").contains("`ARMY` are no sectors"));
        assert!(fails("[[actor]]\nnames = []\n").contains("at least one name"));
        assert!(fails("[[actor]]\nnames = [\"X\"]\noffice = \"Chief\"\nfrom = \"May\"\n").contains("is no day"));
        assert!(fails("[[actor]]\nnames = [\"X\"]\nfrom = \"2020\"\n").contains("name the `office`"));
        assert!(
            fails("[[actor]]\nnames = [\"X\"]\noffice = \"Chief\"\nfrom = \"2021\"\nto = \"2020\"\n")
                .contains("before it begins")
        );
        assert!(fails("[[actor]]\nnames = [\"X\"]\nalias-of = \"Nobody At All\"\n").contains("whom no list has"));
        assert!(fails("[[aktor]]\n").starts_with("own.toml: line 1"));
    }
}
