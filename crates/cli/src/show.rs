//! `detente show`: a page of the ledger with its records in colour.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use anyhow::{Result, anyhow};
use detente::keep;
use ledger::Part;
use ledger::store::Status;
use text::{Body, Span};

use crate::asked::LedgerArgs;
use crate::out::{DIM, HEAD};
use crate::{Ending, Usage, out};

const EVENT: Style = AnsiColor::Green.on_default().bold();
const SAID: Style = AnsiColor::Cyan.on_default();
const GARBLED: Style = AnsiColor::Red.on_default().strikethrough();

/// Show a page: what tells an event is green, what somebody says is blue, what is too garbled to use is struck out
#[derive(clap::Args)]
#[command(after_help = "Example:\n  detente show 6c2de8290dea6206 --ledger talks.db")]
pub struct Args {
    /// The page's id, or its beginning
    page: String,
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let store = args.ledger.open()?;
    let Some((entry, corrected)) = store.page(&args.page)? else {
        let what = format!("there is no page `{}` in {}; `detente sources` lists them", args.page, store.path().display());
        return Err(anyhow!(Usage(what)));
    };
    let article = keep::article(&entry);
    let mut to = out::stdout();
    let facts = &entry.facts;
    writeln!(to, "{HEAD}{}{HEAD:#}", out::flat(facts.title.as_deref().unwrap_or("")))?;
    let day = facts.published.map(|day| day.to_string());
    let told =
        [Some(facts.id.as_str()), day.as_deref(), facts.publisher.as_deref(), facts.byline.as_deref(), facts.url.as_deref()];
    writeln!(to, "{DIM}{}{DIM:#}\n", told.into_iter().flatten().map(out::flat).collect::<Vec<_>>().join(" · "))?;
    // Later marks lie over earlier ones.
    let mut marks: Vec<(Span<Body>, Style)> = keep::garbled(&entry).into_iter().map(|g| (g.span, GARBLED)).collect();
    let kept = |status: &Status| *status != Status::Rejected;
    for (statement, status) in &corrected.statements {
        if kept(status) && statement.evidence.part == Part::Text {
            marks.push((statement.content.span, SAID));
        }
    }
    for (event, status) in &corrected.events {
        if kept(status) && event.evidence.part == Part::Text {
            marks.extend(event.trigger.iter().map(|trigger| (trigger.span, EVENT)));
        }
    }
    coloured(&mut to, article.body.as_str(), &marks)?;
    writeln!(to)?;
    let border = detente::output::Border::new(&article);
    for (event, status) in &corrected.events {
        let (start, end) = border.pair(event.evidence.part, event.evidence.quoted.span);
        let category = event.category.first().map_or("", |category| category.as_str());
        let names = |side: &[ledger::Entity]| side.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join(", ");
        let told = format!("{category} {} · {} → {}", event.modality, names(&event.actor), names(&event.recipient));
        writeln!(to, "{EVENT}{}{EVENT:#} {start}–{end} {told} {DIM}{}{DIM:#}", event.id, status.as_str())?;
    }
    for (statement, status) in &corrected.statements {
        let (start, end) = border.pair(statement.evidence.part, statement.evidence.quoted.span);
        let speaker = statement.speaker.as_ref().map_or("—", |speaker| speaker.text.as_str());
        let told = format!("{} {}", out::flat(speaker), statement.stance.as_str());
        writeln!(to, "{SAID}{}{SAID:#} {start}–{end} {told} {DIM}{}{DIM:#}", statement.id, status.as_str())?;
    }
    if let Some(why) = &facts.why_none {
        writeln!(to, "no record: {why}")?;
    }
    to.flush()?;
    Ok(Ending::Done)
}

/// The text with marks over it.
fn coloured(to: &mut impl Write, text: &str, marks: &[(Span<Body>, Style)]) -> Result<()> {
    let mut edges: Vec<usize> = marks.iter().flat_map(|(span, _)| [span.start() as usize, span.end() as usize]).collect();
    edges.extend([0, text.len()]);
    edges.sort_unstable();
    edges.dedup();
    for pair in edges.windows(2) {
        let (from, end) = (pair[0], pair[1]);
        let piece: String = text.get(from..end).unwrap_or("").chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        let inside = |span: &Span<Body>| span.start() as usize <= from && end <= span.end() as usize;
        match marks.iter().rev().find(|(span, _)| inside(span)) {
            Some((_, style)) => write!(to, "{style}{piece}{style:#}")?,
            None => write!(to, "{piece}")?,
        }
    }
    writeln!(to)?;
    Ok(())
}
