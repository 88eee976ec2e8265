//! People, organisations, places: tags on given tokens, and spans of whole documents.

use std::path::Path;

use anyhow::Result;
use detente::Reading;
use detente::actors::{ActorKind, MentionKind};
use detente::names::Name;
use page::Given;
use rayon::prelude::*;
use serde_json::{Value, json};
use syntax::NameKind;
use text::{Body, CharIndex, Span};

use super::{Desk, rows};

/// Tags the gold's tokens with the names found in each `# text` line.
pub fn iob2(desk: &Desk, file: &Path) -> Result<String> {
    let text = rows::text(file)?;
    let blocks: Vec<&str> = text.split("\n\n").filter(|b| !b.trim().is_empty()).collect();
    let tagged: Vec<String> = blocks.par_iter().map(|block| tag(desk, block)).collect();
    Ok(tagged.concat())
}

fn tag(desk: &Desk, block: &str) -> String {
    let tokens: Vec<(&str, &str)> = block
        .lines()
        .filter(|l| !l.starts_with("# ") && *l != "#")
        .filter_map(|l| {
            let mut cells = l.split('\t');
            Some((cells.next()?, cells.next()?))
        })
        .collect();
    let sentence = block.lines().find_map(|l| l.strip_prefix("# text = "));
    let sentence = sentence.map_or_else(|| tokens.iter().map(|t| t.1).collect::<Vec<_>>().join(" "), str::to_string);
    let reading = desk.reader.read(&rows::verbatim("", &sentence, Given::default()));
    let names = reading.parse.names();
    let names: Vec<_> = names.iter().map(|n| (reading.parse.hull(n.first, n.last), n.kind)).collect();
    let mut out = String::new();
    let mut at = 0;
    let mut before = None;
    for (id, form) in tokens {
        // A token that the line does not hold (a space inside it, say) stands nowhere and is in no name.
        let start = sentence[at..].find(form).map(|n| at + n);
        let span = start.map(|s| Span::new(s as u32, (s + form.len()) as u32));
        at = start.map_or(at, |s| s + form.len());
        let inside = span.and_then(|span| names.iter().position(|(name, _)| name.contains(span)));
        let tag = inside.map_or("O".to_string(), |n| {
            let kind = match names[n].1 {
                NameKind::Person => "PER",
                NameKind::Organisation => "ORG",
                NameKind::Place => "LOC",
            };
            format!("{}-{kind}", if before == Some(n) { "I" } else { "B" })
        });
        before = inside;
        out.push_str(&format!("{id}\t{form}\t{tag}\n"));
    }
    out + "\n"
}

/// Names, other words for those who act, and times in the documents of one source.
pub fn re3d(desk: &Desk, folder: &Path) -> Result<String> {
    let documents = rows::rows(&folder.join("documents.json"))?;
    let found: Vec<Vec<Value>> = documents
        .par_iter()
        .map(|row| {
            let id = rows::string(row, "_id");
            let reading = desk.reader.read(&rows::verbatim(id, rows::string(row, "text"), Given::default()));
            let chars = CharIndex::new(reading.parse.source());
            let entity = |(span, kind): (Span<Body>, &str)| {
                let (begin, end) = chars.pair(span);
                json!({ "documentId": id, "begin": begin, "end": end, "type": kind })
            };
            let times = reading.times.iter().filter(|t| !t.adjective).map(|t| (t.span, "Temporal"));
            parties(&reading).into_iter().chain(times).map(entity).collect()
        })
        .collect();
    Ok(rows::lines(found.into_iter().flatten()))
}

/// The phrases that stand for actors, with title and what they are of, as re3d marks them, nouns and personal pronouns too; places, inside
/// such phrases as well; and the other names.
fn parties(reading: &Reading) -> Vec<(Span<Body>, &'static str)> {
    let names = reading.names();
    let (places, others): (Vec<Name>, Vec<Name>) = names.into_iter().partition(|n| n.kind == NameKind::Place);
    let person_or = |kind: NameKind| if kind == NameKind::Person { "Person" } else { "Organisation" };
    let mut found: Vec<(Span<Body>, &'static str)> = Vec::new();
    for mention in &reading.cast.mentions {
        let actor = &reading.cast.actors[mention.actor as usize];
        let words = reading.parse.source().slice(mention.span).to_lowercase();
        let possessive = matches!(words.as_str(), "his" | "her" | "its" | "their" | "our" | "my");
        let place = mention.kind == MentionKind::Name && places.iter().any(|p| p.span == mention.span);
        // "The region", "the group": nouns that tell no sort of party are no names of one.
        let vague = mention.kind == MentionKind::Noun && actor.sector.is_empty();
        if possessive || place || vague || mention.kind == MentionKind::Modifier {
            continue;
        }
        let named = || others.iter().find(|n| n.span.overlaps(mention.span)).map(|n| person_or(n.kind));
        let kind = match (mention.kind, actor.kind()) {
            (MentionKind::Name, ActorKind::Unknown) => named().unwrap_or("Organisation"),
            (MentionKind::Pronoun, _) if matches!(words.as_str(), "he" | "she" | "him" | "i" | "me") => "Person",
            (MentionKind::Pronoun, _) => "Organisation",
            // Several officials are a group.
            (MentionKind::Noun, _) if reading.parse.word(mention.head).feats().is("Number", "Plur") => "Organisation",
            (_, ActorKind::Person | ActorKind::Office) => "Person",
            (MentionKind::Noun, _) if actor.office.is_some() => "Person",
            _ => "Organisation",
        };
        found.push((mention.span, kind));
    }
    let inside = |span: Span<Body>| found.iter().any(|(f, _)| f.overlaps(span));
    let rest: Vec<_> = others.iter().filter(|n| !inside(n.span)).map(|n| (n.span, person_or(n.kind))).collect();
    found.extend(rest);
    found.extend(places.iter().map(|p| (p.span, "Location")));
    found
}
