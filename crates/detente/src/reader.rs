//! The pipeline, on one screen: a page goes in, a [`Reading`] comes out.

use std::collections::BTreeMap;
use std::sync::Arc;

use ledger::{Event, Part, Statement};
use page::{Article, Page};
use rayon::prelude::*;
use syntax::{Engine, Parse};
use text::{Body, Note, Source, Span};

use crate::actors::Cast;
use crate::places::Place;
use crate::times::Time;
use crate::{Finder, Findings, Lexicon, Scene, actors, events, places, statements, times};

/// The finders, in order: events need to know the statements they stand in.
const FINDERS: [&dyn Finder; 2] = [&statements::Statements, &events::Events];

/// What a caller may choose.
#[derive(Debug, Clone, Default)]
pub struct ReaderOptions {
    /// Code garbled sentences too (for measuring; they are quarantined otherwise).
    pub keep_garbled: bool,
    /// Read every predicate as told and done, whatever governs it (for measuring what the modality layer gives).
    #[doc(hidden)]
    pub without_modality: bool,
}

/// Reads pages. Cheap to share between threads.
pub struct Reader {
    engine: &'static Engine,
    lexicon: Arc<Lexicon>,
    revision: String,
    options: ReaderOptions,
}

/// All that one page yielded.
#[derive(Debug)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// Its trees.
    pub parse: Parse,
    /// Who is on the page.
    pub cast: Cast,
    /// Days and times of the text.
    pub times: Vec<Time>,
    /// Places of the text.
    pub places: Vec<Place>,
    /// Statements, by place.
    pub statements: Vec<Statement>,
    /// Events, by place.
    pub events: Vec<Event>,
    /// What was odd, from reading to coding.
    pub notes: Vec<Note>,
    /// What the confidence of each event rests on, by id (for those who fit it).
    #[doc(hidden)]
    pub grounds: BTreeMap<String, events::Grounds>,
}

impl Reader {
    /// A reader on the built-in model and lexicon.
    pub fn new(options: ReaderOptions) -> Result<Reader, Box<dyn std::error::Error + Send + Sync>> {
        Self::with_lexicon(options, Lexicon::builtin()?)
    }

    /// A reader with other word lists: a user's own on top of the built-in ones.
    pub fn with_lexicon(options: ReaderOptions, lexicon: Lexicon) -> Result<Reader, Box<dyn std::error::Error + Send + Sync>> {
        crate::loads::model();
        let engine = Engine::embedded()?;
        let revision = format!("{}+{}", lexicon.revision, engine.revision());
        Ok(Reader { engine, lexicon: Arc::new(lexicon), revision, options })
    }

    /// The language engine.
    pub fn engine(&self) -> &'static Engine {
        self.engine
    }

    /// Revision of lexicon and model, as it stands in every record.
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// The word lists.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Reads pages on all threads; the readings come in the order of the pages.
    pub fn read_all(&self, pages: &[Page]) -> Vec<Reading> {
        pages.par_iter().map(|page| self.read(page)).collect()
    }

    /// Reads one page.
    pub fn read(&self, page: &Page) -> Reading {
        let article = page::clean(page);
        let foreign = article.language.as_deref().is_some_and(|l| l != "en");
        let paragraphs = if foreign { Vec::new() } else { paragraphs(&article) };
        let parse = self.engine.parse(&article.body, &paragraphs);
        let mut findings = Findings::default();
        let title = article.title.as_ref().filter(|_| !foreign);
        let heading = title.map(|title| (title, self.engine.parse(title, &[title.whole()])));
        // Title and text speak of the same places.
        let parts: Vec<&Parse> = heading.iter().map(|(_, p)| p).chain([&parse]).collect();
        let dateline = article.dateline.as_ref().filter(|_| !foreign).and_then(|d| d.place);
        let mut found = places::find_page(&parts, dateline, &self.lexicon.places);
        let places = found.pop().unwrap_or_default();
        if let Some((title, parse)) = &heading {
            self.find(&article, Part::Title, title, parse, &found.pop().unwrap_or_default(), &mut findings);
        }
        let (cast, mut times) = self.find(&article, Part::Text, &article.body, &parse, &places, &mut findings);
        if let Some(head) = cut_dateline(&article).filter(|_| !foreign) {
            let head = self.engine.parse(&article.body, &[head]);
            let own = times::find_from(&head, written(&article), &self.lexicon.times);
            times.splice(0..0, own.into_iter().map(|t| times::Time { basis: t.basis.of_dateline(), ..t }));
        }
        let Findings { mut statements, mut events, notes: found, grounds } = findings;
        statements.sort_by(|a, b| order(&a.evidence, &a.id).cmp(&order(&b.evidence, &b.id)));
        events.sort_by(|a, b| order(&a.evidence, &a.id).cmp(&order(&b.evidence, &b.id)));
        let mut notes = article.notes.clone();
        notes.extend(found);
        let mut reading = Reading { article, parse, cast, times, places, statements, events, notes, grounds };
        if let Some(note) = reading.why_none(foreign) {
            reading.notes.push(note);
        }
        reading
    }

    fn find(
        &self,
        article: &Article,
        part: Part,
        source: &Source<Body>,
        parse: &Parse,
        places: &[Place],
        findings: &mut Findings,
    ) -> (Cast, Vec<Time>) {
        let cast = actors::resolve_at(article, parse, &self.lexicon.actors, places);
        let times = times::find_from(parse, written(article), &self.lexicon.times);
        let scene = Scene {
            article,
            part,
            source,
            parse,
            cast: &cast,
            times: &times,
            places,
            lexicon: &self.lexicon,
            revision: &self.revision,
            keep_garbled: self.options.keep_garbled,
            without_modality: self.options.without_modality,
        };
        for finder in FINDERS {
            finder.find(&scene, findings);
        }
        (cast, times)
    }
}

/// The trees of an article's text alone, as a [`Reading`] has them: needs no word lists.
pub fn trees(engine: &Engine, article: &Article) -> Parse {
    engine.parse(&article.body, &paragraphs(article))
}

/// The dateline at the head of the first paragraph: it is no part of the sentence behind it.
fn cut_dateline(article: &Article) -> Option<Span<Body>> {
    let first = article.paragraphs.first()?;
    article.dateline.as_ref().map(|d| d.span).filter(|span| first.contains(*span))
}

/// The paragraphs to be parsed: the first begins behind the dateline.
fn paragraphs(article: &Article) -> Vec<Span<Body>> {
    let mut paragraphs = article.paragraphs.clone();
    if let (Some(first), Some(dateline)) = (paragraphs.first_mut(), cut_dateline(article)) {
        let rest = article.body.slice(Span::new(dateline.end(), first.end()));
        let space = rest.len() - rest.trim_start().len();
        *first = Span::new(dateline.end() + space as u32, first.end());
    }
    paragraphs
}

/// How many days a page may appear behind its dateline.
const DELAY: i32 = 3;

/// The day on which the page was written: its dateline's, where the page appeared on it or a little later, else the publication
/// day. A story that was written on Wednesday and appeared on Thursday means Wednesday by "today".
fn written(article: &Article) -> times::Anchor {
    let published = article.published;
    let told = article.published_from == Some("dateline");
    let day = article.dateline.as_ref().and_then(|d| d.day).zip(published).and_then(|((year, month, day), published)| {
        let before = |year: i16| {
            let date = jiff::civil::Date::new(year, month, day).ok()?;
            let behind = published.since(date).ok()?.get_days();
            (0..=DELAY).contains(&behind).then_some(date)
        };
        year.map_or_else(|| before(published.year()).or_else(|| before(published.year() - 1)), before)
    });
    times::Anchor { day: day.or(published), dateline: told || day.is_some() && day != published }
}

/// Headline first, then by place; ties by id.
fn order<'a>(evidence: &ledger::Evidence, id: &'a str) -> (bool, Span<Body>, &'a str) {
    (evidence.part == Part::Text, evidence.quoted.span, id)
}

impl Reading {
    /// Why the page yielded no record, where it yielded none: never a silent nothing.
    fn why_none(&self, foreign: bool) -> Option<Note> {
        if !self.statements.is_empty() || !self.events.is_empty() {
            return None;
        }
        let sentences = self.parse.sentences().len();
        let garbled = self.parse.sentences().filter(|s| s.health().quarantined).count();
        let why = if foreign {
            format!("not English (looks like `{}`)", self.article.language.as_deref().unwrap_or("?"))
        } else if sentences == 0 {
            "no article".to_string()
        } else if garbled == sentences {
            "every sentence is too garbled to use".to_string()
        } else if self.cast.actors.is_empty() {
            "no known actor".to_string()
        } else {
            "no known event verb".to_string()
        };
        Some(Note::new("no-record", why))
    }
}
