//! Standard output and standard error: data on the one, messages on the other.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use serde_json::Value;
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

/// The narrowest that a column gets before others are left out: of an id its beginning, of a day all, of longer words half.
fn least(head: &str, width: usize) -> usize {
    match (head, width) {
        ("id", _) => 8,
        (_, 0..=10) => width,
        _ => (width / 2 + 1).max(8),
    }
}

/// What the last column has at least.
const WORDS: usize = 22;

/// Rows under one heading; the last column takes what is left of the line, so that rows can be printed as they come.
pub struct Table<W> {
    to: W,
    columns: Vec<Column>,
    /// Columns that a narrow terminal has no room for.
    left_out: Vec<bool>,
    last: Option<usize>,
    begun: bool,
}

impl<W: Write> Table<W> {
    /// A table on `to`; `width` fits it to a terminal, `None` lets the last column run.
    pub fn new(to: W, mut columns: Vec<Column>, width: Option<usize>) -> Self {
        let mut left_out = vec![false; columns.len()];
        if let Some(width) = width {
            fit(&mut columns, &mut left_out, width);
        }
        let last = width.map(|w| w.saturating_sub(taken(&columns, &left_out)).max(WORDS));
        Table { to, columns, left_out, last, begun: false }
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
        let shown = cells.iter().zip(&self.columns).zip(&self.left_out).filter(|(_, out)| !**out);
        for (n, ((cell, column), _)) in shown.enumerate() {
            let cell = flat(cell);
            if n > 0 && column.1 == 0 {
                line.push_str(&self.last.map_or(cell.clone(), |w| cut(&cell, w)));
            } else {
                // The beginning of an id is enough to ask for it; an ellipsis would spoil it.
                let cell = if column.0 == "id" { cell.chars().take(column.1).collect() } else { cut(&cell, column.1) };
                line.push_str(&cell);
                line.extend(std::iter::repeat_n(' ', column.1.saturating_sub(cell.width()) + 2));
            }
        }
        line.truncate(line.trim_end().len());
        line
    }
}

/// The columns that all but the last one take, with the space behind each.
fn taken(columns: &[Column], left_out: &[bool]) -> usize {
    columns.iter().zip(left_out).rev().skip(1).filter(|(_, out)| !**out).map(|(c, _)| c.1 + 2).sum()
}

/// Makes room for the last column: the widest columns shrink, then those before it are left out.
fn fit(columns: &mut [Column], left_out: &mut [bool], width: usize) {
    let most = columns.len().saturating_sub(1);
    let floors: Vec<usize> = columns.iter().map(|c| least(c.0, c.1)).collect();
    while taken(columns, left_out) + WORDS > width {
        match columns[..most].iter_mut().zip(&floors).filter(|(c, floor)| c.1 > **floor).max_by_key(|(c, _)| c.1) {
            Some((widest, _)) => widest.1 -= 1,
            None => match (1..most).rev().find(|&n| !left_out[n]) {
                Some(n) => left_out[n] = true,
                None => break,
            },
        }
    }
}

/// Formats of lists of records.
#[derive(clap::ValueEnum, Clone, Copy, Default, Debug)]
pub enum Format {
    /// For reading
    #[default]
    Table,
    /// One object a line
    Jsonl,
    /// One row a record, with a head line
    Csv,
}

/// Records printed in the format that was asked for.
pub struct Records<W> {
    format: Format,
    table: Table<W>,
}

impl<W: Write> Records<W> {
    /// Records on `to`: with these heads as CSV, with these columns as a table.
    pub fn new(mut to: W, format: Format, heads: &[&str], columns: &[(&'static str, usize)]) -> io::Result<Self> {
        if let Format::Csv = format
            && !heads.is_empty()
        {
            writeln!(to, "{}", heads.join(","))?;
        }
        let columns = columns.iter().map(|&(head, width)| Column(head, width)).collect();
        Ok(Records { format, table: Table::new(to, columns, width()) })
    }

    /// Prints one; only what its format needs is made.
    pub fn record(
        &mut self,
        object: impl FnOnce() -> Value,
        row: impl FnOnce() -> Vec<String>,
        cells: impl FnOnce() -> Vec<String>,
    ) -> io::Result<()> {
        match self.format {
            Format::Jsonl => writeln!(self.table.raw(), "{}", object()),
            Format::Csv => writeln!(self.table.raw(), "{}", csv(&row())),
            Format::Table => self.table.row(&cells().iter().map(String::as_str).collect::<Vec<_>>()),
        }
    }

    /// Prints one line of a table.
    #[cfg(feature = "store")]
    pub fn row(&mut self, cells: &[String]) -> io::Result<()> {
        self.table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Everything printed reaches its reader.
    pub fn flush(&mut self) -> io::Result<()> {
        self.table.raw().flush()
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

/// One line of CSV after RFC 4180, without tabs or line ends inside a cell. Words of a page that a spreadsheet would run as a
/// formula get an apostrophe in front; numbers stay as they are.
pub fn csv(cells: &[String]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| {
            let mut cell = flat(cell);
            if cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err() {
                cell.insert(0, '\'');
            }
            if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
        })
        .collect();
    cells.join(",")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn csv_keeps_one_record_a_line() {
        assert_eq!(csv(&["a".into(), "b, \"c\"\nd".into()]), "a,\"b, \"\"c\"\" d\"");
    }

    #[test]
    fn no_page_puts_a_formula_into_a_spreadsheet() {
        assert_eq!(csv(&["=HYPERLINK(1)".into(), "-7".into(), "-7.5 %".into()]), "'=HYPERLINK(1),-7,'-7.5 %");
    }

    #[test]
    fn a_narrow_terminal_gets_fewer_and_narrower_columns() {
        let print = |width| {
            let columns = vec![Column("id", 16), Column("date", 10), Column("who", 22), Column("words", 0)];
            let mut table = Table::new(Vec::new(), columns, width);
            let words = "The talks in Geneva ended without a breakthrough on Monday evening";
            table.row(&["21153fc1ad9792f9", "2022-01-10", "Sergei Ryabkov", words]).unwrap();
            String::from_utf8(table.raw().clone()).unwrap()
        };
        let lines = |width| print(Some(width)).lines().map(|l| l.width()).max().unwrap_or(0);
        assert!(lines(100) <= 100 && lines(64) <= 64 && lines(40) <= 40);
        assert!(print(Some(50)).contains("\n21153fc1  2022-01-10  The"), "{}", print(Some(50)));
        assert!(print(None).contains("Monday evening"));
    }

    #[test]
    fn cells_are_cut_by_width() {
        assert_eq!(cut("Tokyo", 5), "Tokyo");
        assert_eq!(cut("東京都", 5), "東京…");
    }
}
