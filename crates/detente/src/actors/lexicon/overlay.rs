//! A user's own actors: names, offices with dates, aliases, titles and nouns with own sectors. What it says wins over the built-in lists.
//!
//! ```toml
//! [[actor]]
//! names = ["Sergei Ivanovich Example", "Serguei Example"]   # the first is the canonical one
//! code = "RUS"                                               # or UNO, EUR, IGO, NGO, ISM, IMG, MNC; left out: none
//! sector = ["GOV"]
//! office = "Deputy Minister of Examples"                     # for persons
//! from = "2021-05"                                           # both ends may be left out
//! to = "2023"
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
use super::{ActorLexicon, Kind};
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
#[serde(deny_unknown_fields)]
struct Actor {
    names: Vec<String>,
    #[serde(default)]
    code: String,
    #[serde(default)]
    sector: Vec<String>,
    office: Option<String>,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
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

pub(crate) fn read(lexicon: &mut ActorLexicon, file: &str, text: &str) -> Result<(), LexiconError> {
    let parsed: File = toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(1, |s| text[..s.start.min(text.len())].lines().count().max(1));
        fault(file, &format!("line {line}"), e.message().to_string())
    })?;
    for actor in parsed.actor {
        let Some(first) = actor.names.first().filter(|n| !n.trim().is_empty()).cloned() else {
            return Err(fault(file, "[[actor]]", "`names` needs at least one name"));
        };
        let place = format!("actor `{first}`");
        let (c, s) = (code(file, &place, &actor.code)?, sectors(file, &place, &actor.sector.join("|"))?);
        let (from, to) = (day(file, &place, &actor.from, false)?, day(file, &place, &actor.to, true)?);
        match actor.office {
            // Dated offices are soft evidence beside the page's words; the name itself is then known to be a person's.
            Some(office) if from.is_some() || to.is_some() => {
                let at = lexicon.holders.len();
                lexicon.holder(&actor.names.join("|"), &office, c, s, from, to);
                if let Some(holder) = lexicon.holders.get_mut(at) {
                    holder.name = first;
                }
            }
            office => {
                let kind = if office.is_some() { Kind::Person } else { Kind::Organisation };
                let entry = lexicon.entry(kind, &first, c, s);
                lexicon.entries[entry as usize].office = office;
                for form in &actor.names {
                    lexicon.form(file, &place, form, entry, true)?;
                }
            }
        }
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
    fn faults_name_place_and_remedy() {
        let mut lexicon = ActorLexicon::builtin().expect("built-in lists");
        let mut fails = |text: &str| lexicon.overlay("own.toml", text).expect_err("a fault").to_string();
        assert!(fails("[[actor]]\nnames = [\"X\"]\ncode = \"russia\"\n").contains("three capital letters"));
        assert!(fails("[[actor]]\nnames = [\"X\"]\nsector = [\"ARMY\"]\n").contains("`ARMY` are no sectors"));
        assert!(fails("[[actor]]\nnames = []\n").contains("at least one name"));
        assert!(fails("[[actor]]\nnames = [\"X\"]\noffice = \"Chief\"\nfrom = \"May\"\n").contains("is no day"));
        assert!(fails("[[aktor]]\n").starts_with("own.toml: line 1"));
    }
}
