//! Shows how alike pages are, pair by pair: `cargo run -p page --example likeness PATHS…`.

use std::path::Path;

use page::copies::{Copies, Sketch};

fn main() {
    let mut copies = Copies::default();
    for path in std::env::args().skip(1) {
        for page in page::read(Path::new(&path), &page::ReadOptions::default()) {
            match page {
                Ok(page) => {
                    let article = page::clean(&page);
                    copies.add(&article.path.clone().unwrap_or(article.page.clone()), Sketch::new(&article));
                }
                Err(error) => eprintln!("{error}"),
            }
        }
    }
    for link in copies.links() {
        let (page, other) = (copies.id(link.page), copies.id(link.other));
        println!("{page} and {other}: {:?}{}\n    {:.2?}", link.kinship, if link.joins { ", joined" } else { "" }, link.likeness);
    }
    for n in 0..copies.len() as u32 {
        println!("{} in {}", copies.id(n), copies.cluster(copies.id(n)).unwrap_or(""));
    }
}
