//! `detente lexicon`: the word lists as a person who edits them sees them: what is wrong in them, what is in them, what is known of a word.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::Subcommand;
use detente::events::{self, Entry, EventLexicon, Kind, Slot};
use detente::{Folder, Lexicon, Reader, ReaderOptions};

use crate::out::{DIM, HEAD};
use crate::{Ending, Usage, out};

/// Check the word lists, list what is in them, show what is known of a word
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente lexicon check --lexicon my-words    what is wrong in your lists, with file and line
  detente lexicon show boycott                every sense of a word, with its frame and an example
  detente lexicon list                        categories, contexts and classes
The guide (docs/guide.md) shows how a folder of own words is made.")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Find contradictions, entries that are never reached or lack an example, unknown names, bad frames, and examples that are
    /// read otherwise; exit status 1 where there are any
    Check(Which),
    /// List categories, contexts and classes, with how many words each has
    List(Which),
    /// Show every sense of a word
    Show {
        /// The word, in any form
        word: String,
        #[command(flatten)]
        which: Which,
    },
}

/// Which word lists.
#[derive(clap::Args)]
struct Which {
    /// A folder of own word lists, on top of the built-in ones
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
}

impl Which {
    fn folder(&self) -> Result<Folder> {
        folder(self.lexicon.as_ref())
    }

    fn words(&self) -> Result<EventLexicon> {
        EventLexicon::with(&self.folder()?.events).map_err(|e| anyhow!(Usage(e.to_string())))
    }
}

/// The user's folder, or an empty one.
pub fn folder(path: Option<&PathBuf>) -> Result<Folder> {
    path.map_or_else(|| Ok(Folder::default()), |path| Folder::read(path).map_err(|e| anyhow!(Usage(e.to_string()))))
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    match args.command {
        Command::Check(which) => check(&which),
        Command::List(which) => list(&which.words()?),
        Command::Show { word, which } => show(&which.words()?, &word),
    }
}

fn check(which: &Which) -> Result<Ending> {
    let mut to = out::stdout();
    let folder = which.folder()?;
    let (words, mut faults) = EventLexicon::load(&folder.events);
    let read = faults.is_empty();
    faults.extend(words.check());
    let mut told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    // Examples are read with the whole lexicon, so it must be sound so far.
    if read {
        match Lexicon::with(&folder) {
            Ok(lexicon) => {
                let reader = Reader::with_lexicon(ReaderOptions { keep_garbled: true, ..Default::default() }, lexicon)
                    .map_err(|e| anyhow!(e))?;
                told.extend(events::examples(&reader).iter().map(ToString::to_string));
            }
            Err(error) => told.push(error.to_string()),
        }
    }
    for line in &told {
        writeln!(to, "{line}")?;
    }
    to.flush()?;
    let entries: BTreeSet<(&str, usize)> = words.entries().iter().map(|e| (e.file.as_str(), e.line)).collect();
    let own = words.entries().iter().filter(|e| e.own).map(|e| (e.file.as_str(), e.line)).collect::<BTreeSet<_>>().len();
    let count = if told.is_empty() { "nothing wrong".to_string() } else { format!("{} to mend", told.len()) };
    out::tell(&format!("{} entries ({own} of them your own) for {} words: {count}", entries.len(), words.entries().len()));
    Ok(if told.is_empty() { Ending::Done } else { Ending::SomeFailed })
}

fn list(words: &EventLexicon) -> Result<Ending> {
    let mut to = out::stdout();
    let mut categories: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in words.entries() {
        let name = entry.own_category.or(entry.category).map_or("(turns others)", |c| c.as_str());
        *categories.entry(name).or_default() += 1;
    }
    let about: BTreeMap<&str, &str> = words.own_categories().collect();
    writeln!(to, "{HEAD}categories{HEAD:#} {DIM}(words){DIM:#}")?;
    for (name, count) in &categories {
        let about = about.get(name).map(|a| format!("  {a}")).unwrap_or_default();
        writeln!(to, "  {name:<24} {count:>5}{about}")?;
    }
    writeln!(to, "{HEAD}contexts{HEAD:#} {DIM}(words){DIM:#}")?;
    for (name, count) in words.context_sizes() {
        writeln!(to, "  {name:<24} {count:>5}")?;
    }
    writeln!(to, "{HEAD}classes{HEAD:#} {DIM}(entries name them as @class){DIM:#}")?;
    for (name, list) in words.classes() {
        writeln!(to, "  {name:<24} {:>5}  {DIM}{}{DIM:#}", list.len(), out::cut(&list.join(", "), 70))?;
    }
    to.flush()?;
    Ok(Ending::Done)
}

fn show(words: &EventLexicon, word: &str) -> Result<Ending> {
    let mut to = out::stdout();
    let typed = word.to_lowercase();
    let first = typed.split(' ').next().unwrap_or_default();
    let mut found = 0;
    for kind in [Kind::Verb, Kind::Noun, Kind::Adjective] {
        let base = words.base(kind, first).unwrap_or(first);
        for entry in words.senses(kind, base).filter(|e| !typed.contains(' ') || e.words == typed) {
            found += 1;
            one(&mut to, entry)?;
        }
    }
    let contexts: Vec<&str> = words.contexts(&typed).iter().map(|c| c.as_str()).collect();
    if !contexts.is_empty() {
        writeln!(to, "speaks of   {}", contexts.join(", "))?;
    }
    let classes: Vec<&str> = words.classes().filter(|(_, list)| list.contains(&typed)).map(|(name, _)| name).collect();
    if !classes.is_empty() {
        writeln!(to, "stands in   {}", classes.iter().map(|c| format!("@{c}")).collect::<Vec<_>>().join(", "))?;
    }
    to.flush()?;
    if found == 0 && contexts.is_empty() && classes.is_empty() {
        return Err(anyhow!(Usage(format!("`{word}` is in none of the lists: events told by it are not found"))));
    }
    Ok(Ending::Done)
}

fn one(to: &mut impl Write, entry: &Entry) -> Result<()> {
    let kind = match entry.kind {
        Kind::Verb => "verb",
        Kind::Noun => "noun",
        Kind::Adjective => "adjective",
    };
    let mut says: Vec<String> = Vec::new();
    says.extend(entry.own_category.or(entry.category).map(|c| c.to_string()));
    says.extend(entry.mode.iter().map(ToString::to_string));
    says.extend(entry.turn.map(|t| format!("turns what stands below it ({})", t.as_str())));
    writeln!(to, "{HEAD}{}{HEAD:#}, {kind}: {} {DIM}{}:{}{DIM:#}", entry.words, says.join(" "), entry.file, entry.line)?;
    let places = |slots: &[Slot]| slots.iter().map(Slot::name).collect::<Vec<_>>().join(", then ");
    if entry.mutual {
        writeln!(to, "  parties     all are actors: {}", places(&entry.actor))?;
    } else {
        writeln!(to, "  who         {}", places(&entry.actor))?;
        if !entry.recipient.is_empty() {
            writeln!(to, "  to whom     {}", places(&entry.recipient))?;
        }
    }
    for (what, list) in entry.conditions() {
        writeln!(to, "  {what:<11} {}", out::cut(&list.join(", "), 90))?;
    }
    writeln!(to, "  example     {}", entry.example)?;
    Ok(())
}
