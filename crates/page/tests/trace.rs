//! Every kept paragraph has its place in the raw page: on the project's examples, and on the gold pages where they are at hand.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use page::{Article, Kind, Page, ReadOptions};

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// The letters and digits of `text`, with what entities stand for left out of `raw` by the caller.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Follows every paragraph back to the page; gives how many words were followed.
fn trace(page: &Page, article: &Article) -> usize {
    let mut last = 0;
    for &paragraph in &article.paragraphs {
        let raw = article.alignment.raw(paragraph).unwrap_or_else(|| panic!("{:?}: a paragraph without a place", page.path));
        assert!(page.raw.span(raw.start() as usize, raw.end() as usize).is_some(), "{:?}: outside the page", page.path);
        // Paragraphs come in the order of the page.
        assert!(raw.start() >= last, "{:?}: out of order", page.path);
        last = raw.start();
    }
    let mut followed = 0;
    for (body, raw) in article.alignment.pieces() {
        let (here, there) = (article.body.slice(*body), page.raw.slice(*raw));
        // A piece is the page's own words, but for white space, or what an entity of the page stands for.
        let entity = there.contains('&');
        assert!(entity || letters(here) == letters(there), "{:?}: {here:?} is not {there:?}", page.path);
        followed += here.split_whitespace().count();
    }
    let words = article.paragraphs.iter().map(|p| article.body.slice(*p).split_whitespace().count()).sum::<usize>();
    assert!(followed >= words, "{:?}: {followed} of {words} words have a place", page.path);
    words
}

fn all(path: &Path) -> (usize, usize) {
    let (mut pages, mut words) = (0, 0);
    for page in page::read(path, &ReadOptions::default()).flatten() {
        if page.kind != Kind::Verbatim {
            pages += 1;
            words += trace(&page, &page::clean(&page));
        }
    }
    (pages, words)
}

#[test]
fn examples_are_followed_back() {
    let (pages, words) = all(&folder("examples"));
    assert!(pages >= 10 && words > 1_000, "{pages} pages, {words} words");
}

#[test]
fn gold_pages_are_followed_back() {
    let gold = folder("../shared/gold/pages/html");
    if !gold.is_dir() {
        println!("no gold pages at hand");
        return;
    }
    let (pages, words) = all(&gold);
    println!("{pages} pages, {words} words followed back");
    assert!(pages >= 100);
}
