//! What one page contributes to a brief: its records and what is known of it, without its trees.

use jiff::civil::Date;
use ledger::{Event, Evidence, Part, Statement};
use text::{Body, CharIndex, Note, Source, Span};

use super::Reference;
use crate::output::Garbled;
use crate::sources::SourceRow;
use crate::{Reading, output};

/// From this score on a page's quotations are shown as translated.
const TRANSLATED: f32 = 0.5;

/// One page's account of things.
#[derive(Debug)]
pub struct Account {
    /// The page's id.
    pub page: String,
    /// File it was read from.
    pub path: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Publisher's name.
    pub publisher: Option<String>,
    /// Publication day.
    pub published: Option<Date>,
    /// Whether it looks machine-translated.
    pub translated: bool,
    /// Whether it names days that could not be counted for want of a publication day.
    pub open_days: bool,
    /// What it is as a source: whose copy, from which origin. Set by who has seen all pages; see [`crate::sources`].
    pub source: Option<SourceRow>,
    /// Its statements.
    pub statements: Vec<Statement>,
    /// Its events.
    pub events: Vec<Event>,
    /// What is quarantined.
    pub garbled: Vec<Garbled>,
    /// What was odd.
    pub notes: Vec<Note>,
    text: Source<Body>,
    text_index: CharIndex,
    title_index: Option<CharIndex>,
}

impl Account {
    /// The account of a reading.
    pub fn new(reading: Reading) -> Account {
        let article = reading.article;
        let open_days = article.published.is_none() && reading.times.iter().any(|t| t.days.is_none() && t.dates_events());
        Account {
            open_days,
            translated: Account::looks_translated(article.translation_suspect.score),
            statements: reading.statements,
            events: reading.events,
            garbled: output::garbled(&reading.parse).collect(),
            notes: reading.notes,
            ..Account::bare(article.page, &article.body, article.title.as_ref())
        }
        .with(article.path, article.publisher, article.published)
    }

    /// Whether quotations of a page with that score are shown as translated.
    pub fn looks_translated(score: f32) -> bool {
        score >= TRANSLATED
    }

    /// The account of a page without records; the caller fills in the rest.
    pub fn bare(page: String, text: &Source<Body>, title: Option<&Source<Body>>) -> Account {
        Account {
            page,
            path: None,
            title: title.map(|t| t.as_str().to_string()),
            publisher: None,
            published: None,
            translated: false,
            open_days: false,
            source: None,
            statements: Vec::new(),
            events: Vec::new(),
            garbled: Vec::new(),
            notes: Vec::new(),
            text: text.clone(),
            text_index: CharIndex::new(text),
            title_index: title.map(CharIndex::new),
        }
    }

    fn with(self, path: Option<String>, publisher: Option<String>, published: Option<Date>) -> Account {
        Account { path, publisher, published, ..self }
    }

    /// What the page is called: headline, else the file, else the id.
    pub fn name(&self) -> String {
        let title = self.title.as_deref().map(str::trim).filter(|t| !t.is_empty());
        let name = title.or(self.path.as_deref()).unwrap_or(&self.page);
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The words at `span` of its headline or text.
    pub fn slice(&self, part: Part, span: Span<Body>) -> &str {
        match part {
            Part::Text => self.text.slice(span),
            Part::Title => self.title.as_deref().and_then(|t| t.get(span.range())).unwrap_or(""),
        }
    }

    /// How many records it holds.
    pub fn records(&self) -> usize {
        self.events.len() + self.statements.len()
    }

    /// Where a record was read, as page `number` of the brief.
    pub fn reference(&self, number: usize, evidence: &Evidence) -> Reference {
        self.place(number, evidence.part, evidence.quoted.span)
    }

    /// A span as a reference.
    pub fn place(&self, number: usize, part: Part, span: Span<Body>) -> Reference {
        let index = match (part, &self.title_index) {
            (Part::Title, Some(title)) => title,
            _ => &self.text_index,
        };
        let (start, end) = index.pair(span);
        Reference { page: number, title: part == Part::Title, start, end }
    }

    /// The whole text as a reference.
    pub fn whole(&self, number: usize) -> Reference {
        self.place(number, Part::Text, self.text.whole())
    }
}
