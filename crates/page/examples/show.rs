//! Shows the articles in pages, with what was cut: `cargo run -p page --example show PATHS…`.

use std::path::Path;

fn main() {
    for path in std::env::args().skip(1) {
        for page in page::read(Path::new(&path), &page::ReadOptions::default()) {
            let article = match page.map(|p| page::clean(&p)) {
                Ok(article) => article,
                Err(error) => {
                    eprintln!("{error}");
                    continue;
                }
            };
            println!("== {} {}", article.page, article.path.unwrap_or_default());
            println!("title      {}", article.title.map(|t| t.as_str().to_string()).unwrap_or_default());
            println!("byline     {:?}\npublisher  {:?}\nurl        {:?}", article.byline, article.publisher, article.url);
            println!("published  {:?} from {:?}", article.published.map(|d| d.to_string()), article.published_from);
            println!("trail      {:?}\nlanguage   {:?}\ndateline   {:?}", article.trail, article.language, article.dateline);
            println!("suspect    {:?}\nnotes      {:?}\n", article.translation_suspect, article.notes);
            println!("{}\n", article.body.as_str());
            for removed in &article.removed {
                println!("- {}: {}", removed.why, removed.text);
            }
        }
    }
}
