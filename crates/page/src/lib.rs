//! Bytes to pages to articles: the only crate that knows charsets, HTML and feeds.
#![deny(missing_docs)]

mod article;
mod page;

pub use article::{Article, Credit, Dateline, Removed, Suspicion};
pub use page::{Given, Kind, Page};

/// The article in a page.
pub fn clean(page: &Page) -> Article {
    let body = text::Source::new(page.raw.as_str());
    Article {
        page: page.id.clone(),
        path: page.path.clone(),
        url: page.given.url.clone(),
        title: page.given.title.as_deref().map(text::Source::new),
        byline: None,
        publisher: page.given.publisher.clone(),
        published: page.given.published,
        published_from: page.given.published.map(|_| "given"),
        trail: Vec::new(),
        language: page.given.language.clone(),
        translation_suspect: Suspicion::default(),
        paragraphs: vec![body.whole()],
        body,
        alignment: text::Alignment::default(),
        dateline: None,
        removed: Vec::new(),
        notes: page.notes.clone(),
    }
}
