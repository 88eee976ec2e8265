//! Records arranged for a reader: one screen that a diplomat would read.
//!
//! [`Account`] is what one page contributes; [`Brief::new`] merges what several pages tell, words each happening as one line and
//! puts the lines into sections; [`text`](Brief::text), [`markdown`](Brief::markdown), [`html`](Brief::html) and
//! [`json`](Brief::json) print it. Every line names the places it was read from. What a party says is given as its claim, never
//! as a fact; only words that stand on a page stand in quotation marks.

mod account;
mod compose;
mod happening;
mod html;
mod json;
mod likeness;
mod markdown;
mod notes;
mod phrases;
mod screen;
mod statements;
#[cfg(test)]
mod tests;
mod text;
mod wording;

pub use account::Account;
pub use phrases::Phrases;
pub use text::TextStyle;

/// What a section holds; in the order in which they are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Who met whom, where, when, how it ended.
    Meetings,
    /// Who asked what of whom, and the answers.
    Demands,
    /// Threats, warnings and fears.
    Threats,
    /// What was done: troops, sanctions, force, aid, withdrawals.
    Moves,
    /// What was denied.
    Denials,
    /// Who said what.
    Statements,
    /// Where it was read.
    Sources,
    /// What could not be used or dated.
    Notes,
}

impl Topic {
    /// Every topic, in order.
    pub const ALL: [Topic; 8] = [
        Topic::Meetings,
        Topic::Demands,
        Topic::Threats,
        Topic::Moves,
        Topic::Denials,
        Topic::Statements,
        Topic::Sources,
        Topic::Notes,
    ];

    /// As JSON names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Topic::Meetings => "meetings",
            Topic::Demands => "demands",
            Topic::Threats => "threats",
            Topic::Moves => "moves",
            Topic::Denials => "denials",
            Topic::Statements => "statements",
            Topic::Sources => "sources",
            Topic::Notes => "notes",
        }
    }

    /// As a heading.
    pub fn heading(self) -> &'static str {
        match self {
            Topic::Meetings => "Meetings",
            Topic::Demands => "Demands and answers",
            Topic::Threats => "Threats and warnings",
            Topic::Moves => "Moves",
            Topic::Denials => "Denials",
            Topic::Statements => "Statements",
            Topic::Sources => "Sources",
            Topic::Notes => "Not used, not certain",
        }
    }

    /// Most lines shown on one page; the rest is counted.
    pub fn screen(self) -> usize {
        match self {
            Topic::Meetings | Topic::Demands | Topic::Moves | Topic::Statements => 6,
            Topic::Threats | Topic::Notes => 4,
            Topic::Denials => 3,
            Topic::Sources => 12,
        }
    }
}

/// A place on a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// Position of the page in [`Brief::pages`].
    pub page: usize,
    /// Whether the span counts in the headline.
    pub title: bool,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// One line of a brief.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// The sentence.
    pub text: String,
    /// Where it was read; at most one place a page and record.
    pub refs: Vec<Reference>,
    /// Ids of its records.
    pub records: Vec<String>,
    /// Read from a page that looks machine-translated.
    pub as_translated: bool,
    /// The day of what it tells, where that is known.
    pub day: Option<jiff::civil::Date>,
}

/// Lines about one topic, the most telling first.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// What they are about.
    pub topic: Topic,
    /// All of them.
    pub lines: Vec<Line>,
}

/// One page of the brief, by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageName {
    /// The page's id.
    pub id: String,
    /// What it is called: headline, else file, else id.
    pub name: String,
    /// Characters of its text: a reference to all of them is one to the page.
    pub length: usize,
}

/// A brief.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// The pages it was made from; a page's number is its position plus one.
    pub pages: Vec<PageName>,
    /// One section for every topic, in order.
    pub sections: Vec<Section>,
    /// First and last day on which its pages were published.
    pub days: Option<(jiff::civil::Date, jiff::civil::Date)>,
    /// Whether all of its pages look machine-translated.
    pub translated: bool,
}

impl Brief {
    /// Arranges what the pages tell. Pages are numbered by how much they tell.
    pub fn new(accounts: &[Account], phrases: &Phrases) -> Brief {
        let accounts = &notes::order(accounts)[..];
        let happenings = happening::merge(accounts, phrases);
        let mut sections = compose::sections(accounts, &happenings, phrases);
        let told = sections.iter().flat_map(|s| &s.lines).flat_map(|l| l.records.iter().cloned()).collect();
        sections.push(statements::section(accounts, &happenings, &told, phrases));
        sections.extend(notes::sections(accounts));
        sections.sort_by_key(|s| s.topic);
        let days = accounts.iter().filter_map(|a| a.published);
        let days = days.clone().min().zip(days.max());
        let page = |a: &Account| PageName { id: a.page.clone(), name: a.name(), length: a.whole(0).end };
        let pages = accounts.iter().map(|a| page(a)).collect();
        let translated = !accounts.is_empty() && accounts.iter().all(|a| a.translated);
        Brief { pages, sections, days, translated }
    }

    /// "14 pages · published 10 to 13 January 2022".
    fn scope(&self) -> String {
        let pages = if self.pages.len() == 1 { "1 page".to_string() } else { format!("{} pages", self.pages.len()) };
        let translated = match (self.translated, self.pages.len()) {
            (false, _) => "",
            (true, 1) => " · looks machine-translated",
            (true, _) => " · all look machine-translated",
        };
        match self.days {
            Some((first, last)) => format!("{pages} · published {}{translated}", phrases::days(first, last)),
            None => format!("{pages} · undated{translated}"),
        }
    }

    /// A reference as people read it: `[2:120–245]`, `[2:headline 0–40]`, `[2]` for the whole page.
    fn place(&self, r: &Reference) -> String {
        let number = r.page + 1;
        let whole = !r.title && r.start == 0 && self.pages.get(r.page).is_none_or(|p| p.length == r.end);
        match (whole, r.title) {
            (true, _) => format!("[{number}]"),
            (_, true) => format!("[{number}:headline {}–{}]", r.start, r.end),
            _ => format!("[{number}:{}–{}]", r.start, r.end),
        }
    }

    /// The lines of `topic`.
    pub fn lines(&self, topic: Topic) -> &[Line] {
        self.sections.iter().find(|s| s.topic == topic).map_or(&[], |s| &s.lines)
    }
}
