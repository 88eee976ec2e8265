//! `detente parse`: sentences, words and trees as CoNLL-U.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use page::Kind;
use syntax::Engine;
use text::{Body, Source, Span};

use crate::{Ending, Usage, out, pages};

/// Print the sentences, words and trees of a text as CoNLL-U
///
/// Plain text is parsed as it stands, paragraphs parted by empty lines; of other pages the article is parsed. With
/// `--input conllu` the words and sentences of a CoNLL-U file are kept and everything else is found anew.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  detente parse speech.txt > speech.conllu
  echo 'Mr. Lavrov met Mr. Blinken.' | detente parse -
  detente parse --input conllu gold.conllu")]
pub struct Args {
    /// Files, folders or `-` for standard input
    paths: Vec<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// What the input is
    #[arg(long, value_enum, value_name = "FORMAT")]
    input: Option<Input>,
}

#[derive(clap::ValueEnum, Clone, Copy, Default)]
enum Format {
    /// Ten columns of Universal Dependencies
    #[default]
    Conllu,
}

#[derive(clap::ValueEnum, Clone, Copy)]
enum Input {
    /// Plain text
    Text,
    /// HTML
    Html,
    /// One page a line, with `text` or `html`
    Jsonl,
    /// CoNLL-U: its sentences and words are kept
    Conllu,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Ending> {
    let Format::Conllu = args.format;
    let engine = Engine::embedded().map_err(|e| anyhow!(e)).context("the language engine could not start")?;
    let mut to = out::stdout();
    let input = match args.input {
        None => None,
        Some(Input::Text) => Some(pages::Input::Text),
        Some(Input::Html) => Some(pages::Input::Html),
        Some(Input::Jsonl) => Some(pages::Input::Jsonl),
        Some(Input::Conllu) => {
            let ending = keep_words(engine, &args.paths, &mut to)?;
            to.flush()?;
            return Ok(ending);
        }
    };
    let pages = pages::PageArgs { paths: args.paths, published: None, input, lexicon: None };
    let ending = pages.each(|page| {
        let parse = if page.kind == Kind::Html {
            let article = page::clean(&page);
            engine.parse(&article.body, &article.paragraphs)
        } else {
            let source: Source<Body> = Source::new(page.raw.as_str());
            engine.parse(&source, &paragraphs(&source))
        };
        to.write_all(syntax::write_conllu(&parse, |_| None).as_bytes())?;
        Ok(())
    })?;
    to.flush()?;
    Ok(ending)
}

/// The stretches between empty lines.
fn paragraphs(source: &Source<Body>) -> Vec<Span<Body>> {
    let text = source.as_str();
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            found.extend(open.take().and_then(|start| source.span(start, at)));
        } else if open.is_none() {
            open = Some(at);
        }
        at += line.len();
    }
    found.extend(open.and_then(|start| source.span(start, at)));
    found
}

/// Parses the words of CoNLL-U files, document by document; a document's `# newdoc` line is kept.
fn keep_words(engine: &Engine, paths: &[PathBuf], to: &mut impl Write) -> Result<Ending> {
    if paths.is_empty() {
        return Err(anyhow!(Usage("no CoNLL-U files given: name them, or `-` for standard input".to_string())));
    }
    let mut ending = Ending::Done;
    for path in paths {
        let parsed = read(path).and_then(|text| parse_documents(engine, &text));
        match parsed {
            Ok(lines) => to.write_all(lines.as_bytes())?,
            Err(error) => {
                out::complain(&format!("{}: {error:#}", path.display()));
                ending = Ending::SomeFailed;
            }
        }
    }
    Ok(ending)
}

fn read(path: &Path) -> Result<String> {
    if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    Ok(std::fs::read_to_string(path)?)
}

fn parse_documents(engine: &Engine, text: &str) -> Result<String> {
    let mut lines = String::new();
    let mut first_line = 1;
    for document in documents(text) {
        let words = syntax::read_conllu(document)
            .map_err(|e| anyhow!("line {}: {}; a word line has ten columns parted by tabs", first_line + e.line - 1, e.what))?;
        first_line += document.lines().count();
        let parsed = syntax::write_conllu(&engine.parse_words(&words), |_| None);
        let head = document.lines().find(|l| l.starts_with("# newdoc"));
        match (head, parsed.strip_prefix("# newdoc\n")) {
            (Some(head), Some(rest)) => {
                lines.push_str(head);
                lines.push('\n');
                lines.push_str(rest);
            }
            _ => lines.push_str(&parsed),
        }
    }
    Ok(lines)
}

/// Cuts a CoNLL-U file before every `# newdoc` line.
fn documents(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        if line.starts_with("# newdoc") && !text[start..at].trim().is_empty() {
            found.push(&text[start..at]);
            start = at;
        }
        at += line.len();
    }
    if !text[start..].trim().is_empty() {
        found.push(&text[start..]);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_part_at_empty_lines() {
        let source = Source::new("One\ntwo.\n \n\nThree.");
        let texts: Vec<&str> = paragraphs(&source).into_iter().map(|p| source.slice(p)).collect();
        assert_eq!(texts, ["One\ntwo.\n", "Three."]);
    }

    #[test]
    fn documents_part_before_their_head() {
        assert_eq!(
            documents("# newdoc id = a\n1\n\n# newdoc id = b\n2\n\n"),
            ["# newdoc id = a\n1\n\n", "# newdoc id = b\n2\n\n"]
        );
    }
}
