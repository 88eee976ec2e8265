//! People, organisations, places: tags on given tokens, and spans of whole documents.

use std::path::Path;

use anyhow::Result;
use detente::Reading;
use detente::actors::MentionKind;
use page::Given;
use rayon::prelude::*;
use serde_json::{Value, json};
use syntax::{NameKind, Parse};
use text::{Body, CharIndex, Span};

use super::{Desk, rows};

/// The names of a parse, by place.
fn names(parse: &Parse) -> impl Iterator<Item = (Span<Body>, NameKind)> {
    parse.names().iter().map(|n| (parse.hull(n.first, n.last), n.kind))
}

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
    let names: Vec<_> = names(&reading.parse).collect();
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

/// Names, and the nouns and personal pronouns that stand for actors: re3d marks these as well.
fn parties(reading: &Reading) -> Vec<(Span<Body>, &'static str)> {
    let names: Vec<_> = names(&reading.parse).collect();
    let cast = &reading.cast;
    let mut people = vec![false; cast.actors.len()];
    for mention in cast.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
        people[mention.actor as usize] |=
            names.iter().any(|(span, kind)| *kind == NameKind::Person && mention.span.contains(*span));
    }
    let mut found: Vec<(Span<Body>, &'static str)> = names
        .iter()
        .map(|&(span, kind)| {
            (
                span,
                match kind {
                    NameKind::Person => "Person",
                    NameKind::Organisation => "Organisation",
                    NameKind::Place => "Location",
                },
            )
        })
        .collect();
    for mention in &cast.mentions {
        let actor = mention.actor as usize;
        let words = reading.parse.source().slice(mention.span).to_lowercase();
        let person = match mention.kind {
            MentionKind::Noun => people[actor] || cast.actors[actor].office.is_some(),
            MentionKind::Pronoun => matches!(words.as_str(), "he" | "she" | "him" | "her" | "i" | "me"),
            _ => continue,
        };
        let possessive = matches!(words.as_str(), "his" | "her" | "its" | "their" | "our" | "my");
        if !possessive && !names.iter().any(|(span, _)| span.overlaps(mention.span)) {
            found.push((mention.span, if person { "Person" } else { "Organisation" }));
        }
    }
    found
}
