//! Article bodies for the `pages` pack: `cargo run -p page --example bodies DIR > prediction.json`, where DIR holds `html/ID.html.gz`.
//! With an id (or its beginning) after DIR, shows how that page was cut.

use std::collections::BTreeMap;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let dir = args.next().ok_or("name the folder of the pack")?;
    let wanted = args.next();
    let mut all = BTreeMap::new();
    for page in page::read(&Path::new(&dir).join("html"), &page::ReadOptions::default()) {
        let page = page?;
        let path = page.path.clone().unwrap_or_default();
        let id = Path::new(&path).file_name().unwrap_or_default().to_string_lossy().trim_end_matches(".html.gz").to_string();
        if wanted.as_ref().is_some_and(|w| !id.starts_with(w.as_str())) {
            continue;
        }
        let article = page::clean(&page);
        if wanted.is_some() {
            println!(
                "title {:?}\nbyline {:?} publisher {:?} published {:?} from {:?}",
                article.title.map(|t| t.as_str().to_string()),
                article.byline,
                article.publisher,
                article.published,
                article.published_from
            );
            println!(
                "trail {:?}\nlanguage {:?} dateline {:?}\nnotes {:?}\n",
                article.trail, article.language, article.dateline, article.notes
            );
            println!("{}\n", article.body.as_str());
            for removed in &article.removed {
                println!("- {}: {}", removed.why, removed.text);
            }
        }
        all.insert(id, serde_json::json!({ "articleBody": article.body.as_str() }));
    }
    if wanted.is_none() {
        println!("{}", serde_json::to_string(&all)?);
    }
    Ok(())
}
