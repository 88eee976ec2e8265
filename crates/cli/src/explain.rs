//! `detente explain`: why a record exists, for a person who doubts it.

use std::io::Write;

use anyhow::{Result, anyhow};
use detente::{Reading, output::Border};
use ledger::{Entity, Evidence, Part};
use page::Article;
use syntax::{Parse, Word};
use text::{Body, Span};

use crate::out::{DIM, HEAD};
use crate::{Ending, Usage, out, pages};

/// Explain why a record exists: its words, the tree, the rule that made it, the reasons for modality, date and confidence
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente events page.html                      (the first column is the id)
  detente explain 0123456789abcdef page.html
  detente explain 0123 pages/                   (the beginning of an id is enough where only one begins so)
  detente explain 0123 --ledger crisis.db       (a record of a ledger: also what people said of it, how often it is told)")]
pub struct Args {
    /// The record's id, or its beginning
    id: String,
    #[command(flatten)]
    pages: pages::PageArgs,
    #[cfg(feature = "store")]
    #[command(flatten)]
    ledger: crate::asked::LedgerArgs,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let mut to = out::stdout();
    #[cfg(feature = "store")]
    if args.pages.paths.is_empty() {
        of_ledger(&mut to, &args)?;
        to.flush()?;
        return Ok(Ending::Done);
    }
    let mut found = 0;
    let ending = args.pages.readings(|reading| {
        for s in reading.statements.iter().filter(|s| s.id.starts_with(&args.id)) {
            found += 1;
            writeln!(to, "{HEAD}statement {}{HEAD:#}", s.id)?;
            explain(&mut to, &reading, &s.evidence, &s.why, s.actors.iter())?;
        }
        for e in reading.events.iter().filter(|e| e.id.starts_with(&args.id)) {
            found += 1;
            writeln!(to, "{HEAD}event {}{HEAD:#} {}", e.id, told(e))?;
            explain(&mut to, &reading, &e.evidence, &e.why, e.actor.iter().chain(&e.recipient))?;
        }
        Ok(())
    })?;
    to.flush()?;
    if found == 0 {
        return Err(anyhow!(Usage(format!(
            "no record `{}` on these pages: ids are the first column of `events` and `statements`",
            args.id
        ))));
    }
    Ok(ending)
}

fn explain<'a>(
    to: &mut impl Write,
    reading: &Reading,
    evidence: &Evidence,
    why: &[String],
    parties: impl Iterator<Item = &'a Entity>,
) -> Result<()> {
    because(to, &reading.article, evidence, why)?;
    if evidence.part == Part::Text {
        for party in parties {
            who(to, reading, party)?;
        }
        writeln!(to, "tree")?;
        tree(to, &reading.parse, evidence.quoted.span)?;
    }
    writeln!(to)?;
    Ok(())
}

/// An event in one line: "ACCUSE allege, asserted: Russia → Ukraine".
fn told(event: &ledger::Event) -> String {
    let kind: Vec<&str> = event.category.iter().map(|c| c.as_str()).chain(event.mode.iter().map(|m| m.as_str())).collect();
    let names = |side: &[ledger::Entity]| {
        let all: Vec<&str> = side.iter().map(|e| if e.name.is_empty() { e.text.as_str() } else { e.name.as_str() }).collect();
        if all.is_empty() { "–".to_string() } else { all.join(", ") }
    };
    let to = if event.recipient.is_empty() { String::new() } else { format!(" → {}", names(&event.recipient)) };
    format!("{}, {}: {}{to}", kind.join(" "), event.modality, names(&event.actor))
}

/// Who a party is, why the mention was joined to that actor, and what its country rests on.
fn who(to: &mut impl Write, reading: &Reading, party: &Entity) -> Result<()> {
    let Some(mention) = reading.cast.mention_at(party.span) else { return Ok(()) };
    let actor = &reading.cast.actors[mention.actor as usize];
    write!(to, "who        {:?} is {} ({}): {}", out::flat(&party.text), actor.name, actor.id, mention.why)?;
    match &party.code {
        Some(code) if !actor.code_why.is_empty() && actor.code.as_ref() == Some(code) => {
            writeln!(to, "; {code}: {}", actor.code_why)?
        }
        Some(code) => writeln!(to, "; {code}")?,
        None => writeln!(to, "; no country is told")?,
    }
    Ok(())
}

/// Where a record stands and why it exists.
fn because(to: &mut impl Write, article: &Article, evidence: &Evidence, why: &[String]) -> Result<()> {
    let (start, end) = Border::new(article).pair(evidence.part, evidence.quoted.span);
    let part = if evidence.part == Part::Title { "headline" } else { "text" };
    writeln!(to, "page       {}", article.path.as_deref().unwrap_or(&evidence.page))?;
    writeln!(to, "place      characters {start} to {end} of the {part}")?;
    writeln!(to, "evidence   {}", out::flat(&evidence.quoted.text))?;
    let mut last = "";
    for reason in why {
        // "what: reason", one what under the other.
        let (what, rest) = reason.split_once(": ").unwrap_or(("because", reason));
        let label = if what == last { "" } else { what };
        writeln!(to, "{label:<10} {}", out::flat(rest))?;
        last = what;
    }
    writeln!(to, "made by    {}, revision {}", evidence.finder, evidence.revision)?;
    Ok(())
}

/// A record of the ledger: as the machine read it, what people said of it, how often it is told. Its tree and the reasons of
/// mentions are not kept, and made again from the stored page where the same words and model would read it.
#[cfg(feature = "store")]
fn of_ledger(to: &mut impl Write, args: &Args) -> Result<()> {
    use ledger::store::Found;
    let store = args.ledger.open()?;
    let Some((entry, found)) = store.record(&args.id)? else {
        let what = format!("no record `{}` in {}, or several that begin so", args.id, store.path().display());
        return Err(anyhow!(Usage(what)));
    };
    let article = detente::keep::article(&entry);
    let (id, status, evidence, why, parties) = match &found {
        Found::Event(e, status, _) => (&e.id, status, &e.evidence, &e.why, e.actor.iter().chain(&e.recipient)),
        Found::Statement(s, status) => (&s.id, status, &s.evidence, &s.why, s.actors.iter().chain(&[])),
    };
    let kind = if let Found::Event(..) = found { "event" } else { "statement" };
    let line = if let Found::Event(e, ..) = &found { told(e) } else { String::new() };
    writeln!(to, "{HEAD}{kind} {id}{HEAD:#} {line}")?;
    because(to, &article, evidence, why)?;
    if let Found::Event(_, _, reports) = &found {
        let ledger::store::Reports { happening, copies, outlets, origins } = reports;
        let count = |n: &u32, one: &str| format!("{n} {one}{}", if *n == 1 { "" } else { "s" });
        let (pages, publishers, origins) = (count(copies, "page"), count(outlets, "publisher"), count(origins, "origin"));
        writeln!(to, "told       on {pages}, by {publishers}, from {origins}, as happening {happening}")?;
    }
    writeln!(to, "status     {}", status.as_str())?;
    for correction in store.corrections_of(id)? {
        writeln!(to, "           {}", crate::correct::said(&correction))?;
    }
    // The page as it came is cleaned again: its paragraphs, its dateline.
    let page = detente::keep::page(&entry.facts, &entry.raw)?;
    let reader = pages::reader(args.pages.lexicon.as_ref())?;
    let reading = (reader.revision() == entry.facts.revision).then(|| reader.read(&page));
    for party in parties {
        known(to, reading.as_ref().filter(|_| evidence.part == Part::Text), party)?;
    }
    if let Some(reading) = reading.filter(|_| evidence.part == Part::Text) {
        writeln!(to, "tree")?;
        tree(to, &reading.parse, evidence.quoted.span)?;
    } else if evidence.part == Part::Text {
        let engine = syntax::Engine::embedded()?;
        let read_by = evidence.revision.rsplit('+').next().unwrap_or_default();
        let by = if read_by == engine.revision() { String::new() } else { format!(" by model {}", engine.revision()) };
        let cleaned = page::clean(&page);
        if cleaned.body.as_str() == article.body.as_str() {
            writeln!(to, "tree{by}")?;
            tree(to, &detente::trees(engine, &cleaned), evidence.quoted.span)?;
        } else {
            writeln!(
                to,
                "tree       none: this detente cleans the page otherwise than the one that read it; `detente recode` reads it anew"
            )?;
        }
    }
    writeln!(to)?;
    Ok(())
}

/// Who a party of the ledger is: as on its page where that reads as it did, else as the record has it.
#[cfg(feature = "store")]
fn known(to: &mut impl Write, reading: Option<&Reading>, party: &Entity) -> Result<()> {
    let as_on_page = |reading: &&Reading| {
        let mention = reading.cast.mention_at(party.span);
        mention.and_then(|mention| reading.cast.actors.get(mention.actor as usize)).is_some_and(|actor| actor.id == party.id)
    };
    match reading.filter(as_on_page) {
        Some(reading) => who(to, reading, party)?,
        None => {
            let named = if party.name.is_empty() { &party.text } else { &party.name };
            let code = party.code.as_deref().unwrap_or("no country is told");
            writeln!(to, "who        {:?} is {named} ({}); {code}", out::flat(&party.text), party.id)?;
        }
    }
    let more: Vec<&str> = party.sector.iter().map(String::as_str).chain(party.office.as_deref()).collect();
    if !more.is_empty() {
        writeln!(to, "           {}", more.join(", "))?;
    }
    Ok(())
}

/// The trees of the sentences at `span`, each word under its head; words of the span stand out.
fn tree(to: &mut impl Write, parse: &Parse, span: Span<Body>) -> Result<()> {
    for sentence in parse.sentences().filter(|s| s.span().overlaps(span)) {
        let mut stack: Vec<(Word<'_>, usize)> = vec![(sentence.root(), 1)];
        let mut left = sentence.words().len();
        while let Some((word, depth)) = stack.pop() {
            let Some(rest) = left.checked_sub(1) else { break };
            left = rest;
            let style = if span.contains(word.span()) { HEAD } else { DIM };
            let indent = "  ".repeat(depth.min(40));
            writeln!(to, "{indent}{style}{}{style:#} {DIM}{} {}{DIM:#}", word.form(), word.upos(), word.deprel())?;
            stack.extend(word.children().rev().map(|c| (c, depth + 1)));
        }
    }
    Ok(())
}
