//! Standard output and standard error: data on the one, messages on the other.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Style of headings.
pub const HEAD: Style = Style::new().bold();
/// Style of what stands back: ids, references.
pub const DIM: Style = Style::new().dimmed();
const WARN: Style = AnsiColor::Yellow.on_default().bold();

/// Standard output with a buffer; colours are taken out where it is no terminal or `NO_COLOR` is set.
pub fn stdout() -> BufWriter<anstream::AutoStream<io::StdoutLock<'static>>> {
    BufWriter::with_capacity(1 << 16, anstream::AutoStream::auto(io::stdout().lock()))
}

/// Columns of the terminal that standard output goes to; `None` where it goes elsewhere.
pub fn width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    terminal_size::terminal_size().map(|(w, _)| usize::from(w.0))
}

/// A message about an input or a wrong use, on standard error.
pub fn complain(message: &str) {
    let _ = writeln!(anstream::stderr(), "{WARN}detente:{WARN:#} {message}");
}

/// Something worth knowing, on standard error.
pub fn tell(message: &str) {
    let _ = writeln!(anstream::stderr(), "{DIM}detente: {message}{DIM:#}");
}

/// Whether the reader of our output went away.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// A column of a table: its heading and width.
pub struct Column(pub &'static str, pub usize);

/// Rows under one heading; the last column takes what is left of the line, so that rows can be printed as they come.
pub struct Table<W> {
    to: W,
    columns: Vec<Column>,
    last: Option<usize>,
    begun: bool,
}

impl<W: Write> Table<W> {
    /// A table on `to`; `width` cuts the last column (a terminal), `None` lets it run.
    pub fn new(to: W, columns: Vec<Column>, width: Option<usize>) -> Self {
        let taken: usize = columns.iter().rev().skip(1).map(|c| c.1 + 2).sum();
        let last = width.map(|w| w.saturating_sub(taken).max(20));
        Table { to, columns, last, begun: false }
    }

    /// What the table is printed on, for lines of another format.
    pub fn raw(&mut self) -> &mut W {
        &mut self.to
    }

    /// Prints one row; the heading comes before the first.
    pub fn row(&mut self, cells: &[&str]) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            let heads: Vec<String> = self.columns.iter().map(|c| c.0.to_string()).collect();
            let line = self.line(&heads.iter().map(String::as_str).collect::<Vec<_>>());
            writeln!(self.to, "{HEAD}{line}{HEAD:#}")?;
        }
        let line = self.line(cells);
        writeln!(self.to, "{line}")
    }

    fn line(&self, cells: &[&str]) -> String {
        let mut line = String::new();
        for (n, (cell, column)) in cells.iter().zip(&self.columns).enumerate() {
            let cell = flat(cell);
            if n + 1 == self.columns.len() {
                line.push_str(&self.last.map_or(cell.clone(), |w| cut(&cell, w)));
            } else {
                let cell = cut(&cell, column.1);
                line.push_str(&cell);
                line.extend(std::iter::repeat_n(' ', column.1.saturating_sub(cell.width()) + 2));
            }
        }
        line.truncate(line.trim_end().len());
        line
    }
}

/// One line: white space folded, control characters out.
pub fn flat(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).collect()
}

/// At most `width` columns, with an ellipsis where something was cut.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_string();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

/// One line of CSV after RFC 4180, without tabs or line ends inside a cell.
pub fn csv(cells: &[String]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| {
            let cell = flat(cell);
            if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
        })
        .collect();
    cells.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_keeps_one_record_a_line() {
        assert_eq!(csv(&["a".into(), "b, \"c\"\nd".into()]), "a,\"b, \"\"c\"\" d\"");
    }

    #[test]
    fn cells_are_cut_by_width() {
        assert_eq!(cut("Tokyo", 5), "Tokyo");
        assert_eq!(cut("東京都", 5), "東京…");
    }
}
