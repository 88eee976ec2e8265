//! CoNLL-U in and out.

use std::fmt;
use std::fmt::Write as _;

use text::{Body, Source, Span};

use crate::{Health, Parse, ParseBuilder, Upos, WordRow};

/// What is wrong with a CoNLL-U file, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct ConlluError {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for ConlluError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for ConlluError {}

/// One word line, borrowed from the file.
struct Line<'a> {
    cells: [&'a str; 10],
    glued: bool,
    space: bool,
}

/// Reads a CoNLL-U file as a parse. The text is put together from the forms and `SpaceAfter=No`; sentences are parted by one
/// space, paragraphs (`# newpar`, `# newdoc`) by an empty line. Empty nodes are passed over.
pub fn read_conllu(input: &str) -> Result<Parse, ConlluError> {
    let mut sentences: Vec<(bool, Vec<Line<'_>>)> = Vec::new();
    let mut current: Vec<Line<'_>> = Vec::new();
    let mut paragraph = true;
    let mut range: Option<(u32, &str, bool)> = None;
    for (number, line) in input.lines().chain([""]).enumerate() {
        let fail = |what: String| ConlluError { line: number + 1, what };
        if line.is_empty() {
            if !current.is_empty() {
                sentences.push((std::mem::take(&mut paragraph), std::mem::take(&mut current)));
            }
            continue;
        }
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim_start();
            paragraph |= comment.starts_with("newpar") || comment.starts_with("newdoc");
            continue;
        }
        let mut cells = [""; 10];
        let mut count = 0;
        for cell in line.split('\t') {
            if count == 10 {
                return Err(fail("more than ten columns".into()));
            }
            cells[count] = cell;
            count += 1;
        }
        if count != 10 {
            return Err(fail(format!("{count} columns where ten are needed")));
        }
        let space = !cells[9].split('|').any(|m| m == "SpaceAfter=No");
        if let Some((_, last)) = cells[0].split_once('-') {
            let last = last.parse().map_err(|_| fail(format!("`{}` is no range of words", cells[0])))?;
            range = Some((last, cells[1], space));
            continue;
        }
        if cells[0].contains('.') {
            continue;
        }
        let id: u32 = cells[0].parse().map_err(|_| fail(format!("`{}` is no word number", cells[0])))?;
        let (glued, space) = match range {
            Some((last, _, _)) if id < last => (true, false),
            Some((_, _, space)) => {
                range = None;
                (false, space)
            }
            None => (false, space),
        };
        current.push(Line { cells, glued, space });
    }
    let mut text = String::new();
    let mut spans: Vec<Vec<Span<Body>>> = Vec::with_capacity(sentences.len());
    for (n, (newpar, lines)) in sentences.iter().enumerate() {
        if n > 0 {
            let end = text.trim_end().len();
            text.truncate(end);
            text.push_str(if *newpar { "\n\n" } else { " " });
        }
        let mut row = Vec::with_capacity(lines.len());
        for line in lines {
            let start = text.len() as u32;
            text.push_str(line.cells[1]);
            row.push(Span::new(start, text.len() as u32));
            if line.space {
                text.push(' ');
            }
        }
        spans.push(row);
    }
    let mut builder = ParseBuilder::new(Source::new(text));
    let mut number = 0;
    for (n, ((newpar, lines), spans)) in sentences.iter().zip(&spans).enumerate() {
        number += u32::from(*newpar && n > 0);
        let rows: Vec<WordRow<'_>> = lines
            .iter()
            .zip(spans)
            .map(|(line, &span)| WordRow {
                span,
                lemma: line.cells[2],
                upos: Upos::parse(line.cells[3]),
                feats: line.cells[5],
                head: line.cells[6].parse::<u32>().ok().and_then(|h| h.checked_sub(1)),
                deprel: line.cells[7],
                glued: line.glued,
            })
            .collect();
        builder.sentence(number, &rows, Health::default());
    }
    Ok(builder.finish())
}

/// Writes a parse as CoNLL-U. `misc` may add to the last column of a word.
pub fn write_conllu(parse: &Parse, misc: impl Fn(crate::WordId) -> Option<String>) -> String {
    let mut out = String::new();
    let text = parse.source().as_str();
    let mut paragraph = None;
    for sentence in parse.sentences() {
        if paragraph.is_none() {
            out.push_str("# newdoc\n");
        }
        if paragraph != Some(sentence.paragraph()) {
            out.push_str("# newpar\n");
            paragraph = Some(sentence.paragraph());
        }
        let _ = writeln!(out, "# text = {}", sentence.text().split_whitespace().collect::<Vec<_>>().join(" "));
        let words: Vec<_> = sentence.words().collect();
        let spaced = |i: usize| match words.get(i + 1) {
            Some(next) => words[i].span().end() < next.span().start(),
            None => text[words[i].span().end() as usize..].starts_with(|c: char| c.is_whitespace()),
        };
        let mut i = 0;
        while i < words.len() {
            let end = (i..words.len()).find(|&j| !words[j].glued()).unwrap_or(words.len() - 1);
            if end > i {
                let span = words[i].span().hull(words[end].span());
                let tail = if spaced(end) { "_" } else { "SpaceAfter=No" };
                let _ = writeln!(out, "{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{tail}", i + 1, end + 1, parse.source().slice(span));
            }
            for (j, &word) in words.iter().enumerate().take(end + 1).skip(i) {
                let mut tail: Vec<String> = misc(word.id()).into_iter().collect();
                if end == i && !spaced(j) {
                    tail.push("SpaceAfter=No".into());
                }
                let tail = if tail.is_empty() { "_".to_string() } else { tail.join("|") };
                let head = word.head().map_or(0, |h| h.id().0 - words[0].id().0 + 1);
                let _ = writeln!(
                    out,
                    "{}\t{}\t{}\t{}\t_\t{}\t{head}\t{}\t_\t{tail}",
                    j + 1,
                    word.form(),
                    word.lemma(),
                    word.upos(),
                    word.feats().0,
                    word.deprel(),
                );
            }
            i = end + 1;
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = "# newdoc\n# newpar\n# text = He can't go.\n1\tHe\the\tPRON\t_\tCase=Nom\t4\tnsubj\t_\t_\n2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n2\tca\tcan\tAUX\t_\t_\t4\taux\t_\t_\n3\tn't\tnot\tPART\t_\t_\t4\tadvmod\t_\t_\n4\tgo\tgo\tVERB\t_\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No\n5\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\tSpaceAfter=No\n\n";

    #[test]
    fn written_then_read_is_equal() {
        let parse = read_conllu(GOLD).unwrap();
        assert_eq!(parse.source().as_str(), "He can't go.");
        assert_eq!(write_conllu(&parse, |_| None), GOLD);
        let root = parse.sentences().next().unwrap().root();
        assert_eq!(root.lemma(), "go");
        assert_eq!(root.children().map(|c| c.form()).collect::<Vec<_>>(), ["He", "ca", "n't", "."]);
    }

    #[test]
    fn a_short_line_is_named() {
        assert_eq!(read_conllu("1\tHe\n").unwrap_err().line, 1);
    }
}
