//! `detente article`: the article in each page, what was cut and why.

use std::io::Write;

use anyhow::Result;
use detente::output::{self, Border};
use page::Article;

use crate::out::{DIM, HEAD};
use crate::pages::{self, Step};
use crate::resume::ResumeArgs;
use crate::{Ending, out};

/// Show the article in each page: title, byline, date, text, what was cut and why
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente article page.html
  detente article --format json pages/ > articles.jsonl")]
pub struct Args {
    #[command(flatten)]
    pages: pages::PageArgs,
    #[command(flatten)]
    resume: ResumeArgs,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug, Default)]
enum Format {
    /// For reading
    #[default]
    Text,
    /// One object a line
    Json,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let mut to = out::stdout();
    let mut first = true;
    let command = format!("article {:?}", args.format);
    let ending = args.pages.stream(&args.resume, &command, |step| {
        let Step::Page(reading) = step else { return Ok(to.flush()?) };
        let article = &reading.article;
        match args.format {
            Format::Json => {
                writeln!(to, "{}", output::article(&Border::new(article), &reading.parse, &reading.notes))?;
            }
            Format::Text => {
                if !std::mem::take(&mut first) {
                    writeln!(to, "\n")?;
                }
                text(&mut to, article)?;
                for g in output::garbled(&reading.parse) {
                    let words = out::cut(&out::flat(article.body.slice(g.span)), 60);
                    writeln!(to, "{DIM}[quarantined: {}: {words}]{DIM:#}", g.why)?;
                }
                for note in &reading.notes {
                    writeln!(to, "{DIM}[note: {}]{DIM:#}", note.message)?;
                }
            }
        }
        Ok(())
    })?;
    to.flush()?;
    Ok(ending)
}

fn text(to: &mut impl Write, article: &Article) -> std::io::Result<()> {
    let title = article.title.as_ref().map_or("(no title)", |t| t.as_str());
    writeln!(to, "{HEAD}{}{HEAD:#}", out::flat(title))?;
    let day = article.published.map(|d| match article.published_from {
        Some(from) => format!("{d} (from {from})"),
        None => d.to_string(),
    });
    let place = article.path.as_deref().unwrap_or(&article.page).to_string();
    let facts =
        [article.byline.clone(), article.publisher.clone(), day.or(Some("no date".into())), article.url.clone(), Some(place)];
    writeln!(to, "{DIM}{}{DIM:#}", facts.into_iter().flatten().map(|f| out::flat(&f)).collect::<Vec<_>>().join(" · "))?;
    for &paragraph in &article.paragraphs {
        writeln!(to, "\n{}", out::flat(article.body.slice(paragraph)))?;
    }
    if !article.removed.is_empty() {
        writeln!(to)?;
    }
    for cut in &article.removed {
        writeln!(to, "{DIM}[cut: {}: {}]{DIM:#}", cut.why, out::cut(&out::flat(&cut.text), 60))?;
    }
    Ok(())
}
