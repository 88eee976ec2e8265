//! Trees from raw text, and coreference on given words.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Result, anyhow};
use rayon::prelude::*;
use syntax::{Parse, WordId};
use text::{Source, Span};

use super::{Desk, rows};

/// One document of a CoNLL-U file.
pub struct Document {
    /// Its name.
    pub id: String,
    /// Its lines, comments included.
    pub lines: Vec<String>,
}

/// The documents of a file.
pub fn documents(file: &Path) -> Result<Vec<Document>> {
    let mut found: Vec<Document> = Vec::new();
    for line in rows::text(file)?.lines() {
        if line.starts_with("# newdoc") || found.is_empty() {
            let id = line.split_once('=').map_or("", |(_, id)| id.trim());
            found.push(Document { id: id.to_string(), lines: Vec::new() });
        }
        if let Some(document) = found.last_mut() {
            document.lines.push(line.to_string());
        }
    }
    Ok(found)
}

/// Parses the raw text: the `# text` lines joined by one space, an empty line where a paragraph or document begins.
pub fn parse(desk: &Desk, file: &Path) -> Result<String> {
    let engine = desk.reader.engine();
    let parsed: Vec<String> = documents(file)?
        .par_iter()
        .map(|document| {
            let mut raw = String::new();
            let mut paragraphs = Vec::new();
            let mut start = 0;
            let mut fresh = true;
            for line in &document.lines {
                fresh |= line.starts_with("# newpar") || line.starts_with("# newdoc");
                let Some(sentence) = line.strip_prefix("# text = ") else { continue };
                if fresh && !raw.is_empty() {
                    paragraphs.push(Span::new(start, raw.len() as u32));
                    raw.push_str("\n\n");
                    start = raw.len() as u32;
                } else if !raw.is_empty() {
                    raw.push(' ');
                }
                raw.push_str(sentence);
                fresh = false;
            }
            paragraphs.push(Span::new(start, raw.len() as u32));
            syntax::write_conllu(&engine.parse(&Source::new(raw), &paragraphs), |_| None)
        })
        .collect();
    Ok(parsed.concat())
}

/// Finds who is who on the gold's words, of which it reads form and spacing alone.
pub fn coref(desk: &Desk, file: &Path) -> Result<String> {
    let parsed: Vec<Result<String>> = documents(file)?
        .par_iter()
        .map(|document| {
            let bare: String = document.lines.iter().filter_map(|line| bare(line)).collect();
            let given = syntax::read_conllu(&bare).map_err(|e| anyhow!("{}: {e}", document.id))?;
            let parse = desk.reader.engine().parse_words(&given);
            let marks = marks(&clusters(desk, &parse));
            let written = syntax::write_conllu(&parse, |word| marks.get(&word).cloned());
            Ok(written.replacen("# newdoc\n", &format!("# newdoc id = {}\n", document.id), 1))
        })
        .collect();
    parsed.into_iter().collect::<Result<Vec<String>>>().map(|d| d.concat())
}

/// A line with nothing of the gold left but words, spacing and paragraphs.
pub fn bare(line: &str) -> Option<String> {
    if line.is_empty() || line.starts_with("# newpar") || line.starts_with("# newdoc") {
        return Some(format!("{line}\n"));
    }
    let cells: Vec<&str> = line.split('\t').collect();
    let [id, form, .., misc] = cells.as_slice() else { return None };
    let space = if misc.split('|').any(|m| m == "SpaceAfter=No") { "SpaceAfter=No" } else { "_" };
    Some(format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{space}\n"))
}

/// First and last word of every phrase that is told again, with the number of its chain.
fn clusters(desk: &Desk, parse: &Parse) -> Vec<(WordId, WordId, u32)> {
    let chains = detente::actors::clusters(parse, &desk.reader.lexicon().actors);
    let numbered = chains.iter().enumerate();
    numbered.flat_map(|(n, chain)| chain.iter().map(move |&(first, last)| (first, last, n as u32))).collect()
}

/// `Entity=` brackets of each word: shut inner mentions first, open outer ones first.
fn marks(clusters: &[(WordId, WordId, u32)]) -> HashMap<WordId, String> {
    let mut order = clusters.to_vec();
    order.sort_by_key(|&(first, last, cluster)| (first, std::cmp::Reverse(last), cluster));
    order.dedup();
    let mut marks: HashMap<WordId, String> = HashMap::new();
    for &(first, last, cluster) in order.iter().rev() {
        if first != last {
            marks.entry(last).or_default().push_str(&format!("{cluster})"));
        }
    }
    for &(first, last, cluster) in &order {
        let mark = if first == last { format!("({cluster})") } else { format!("({cluster}") };
        marks.entry(first).or_default().push_str(&mark);
    }
    marks.into_iter().map(|(word, mark)| (word, format!("Entity={mark}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_nest() {
        let w = WordId;
        let marks = marks(&[(w(0), w(2), 1), (w(0), w(0), 2), (w(2), w(2), 3), (w(3), w(4), 1)]);
        assert_eq!(marks[&w(0)], "Entity=(1(2)");
        assert_eq!(marks[&w(2)], "Entity=1)(3)");
        assert_eq!(marks[&w(4)], "Entity=1)");
    }

    #[test]
    fn nothing_of_the_gold_is_left() {
        let line = "3\tadult\tadult\tNOUN\tNN\tNumber=Sing\t5\tcompound\t5:compound\tEntity=(3|SpaceAfter=No";
        assert_eq!(bare(line).as_deref(), Some("3\tadult\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"));
        assert_eq!(bare("# text = An adult."), None);
    }
}
