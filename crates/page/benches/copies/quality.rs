//! Copies of real articles, and what must not be joined with them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use page::copies::{Copies, Sketch};

use super::mangle::{self, Dice, Text};
use super::minhash;

/// A text of the bench: which report it tells (copies share it), and how it was made.
struct Made {
    report: usize,
    kind: &'static str,
    text: String,
}

pub fn run() {
    let gold = std::env::var_os("GOLD")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold"), PathBuf::from);
    let mut articles = once(articles(&gold));
    if let Some(n) = std::env::var("FEW").ok().and_then(|n| n.parse().ok()) {
        articles.truncate(n);
    }
    if articles.is_empty() {
        eprintln!("{}: no articles here (looked for pages/ground-truth.json and attribution/*/text)", gold.display());
        return;
    }
    if std::env::var_os("SHOW").is_some() {
        joined(&articles);
    }
    let show = std::env::var_os("SHOW").is_some();
    let mut made = make(&articles);
    translations(&gold, &mut made);
    let texts: Vec<String> = made.iter().map(|m| m.text.clone()).collect();
    println!("{} articles, {} texts", articles.len(), made.len());
    let mut copies = Copies::default();
    let start = std::time::Instant::now();
    texts.iter().enumerate().for_each(|(n, t)| {
        copies.add(&format!("{n:06}"), Sketch::of_text(t));
    });
    let seconds = start.elapsed().as_secs_f32();
    let ours: Vec<usize> =
        (0..texts.len()).map(|n| copies.cluster(&format!("{n:06}")).unwrap_or("0").parse().unwrap_or(0)).collect();
    if show {
        for link in copies.links() {
            let (a, b) = (&made[link.page as usize], &made[link.other as usize]);
            if a.report != b.report && link.joins {
                println!("WRONG {} {} | {} {} | {:.2?}", a.kind, a.report, b.kind, b.report, link.likeness);
            }
        }
    }
    println!("detente ({seconds:.1} s)");
    score(&made, &ours, true);
    for threshold in [0.5, 0.3] {
        println!("MinHash of three-word shingles, 128 hashes, threshold {threshold}");
        score(&made, &minhash::clusters(&texts, threshold), true);
    }
}

/// Whole articles: bodies marked by people, and the texts of a corpus, where they are at hand. Equal beginnings go once.
fn articles(gold: &Path) -> Vec<Text> {
    let mut texts: Vec<String> = Vec::new();
    if let Ok(json) = std::fs::read_to_string(gold.join("pages/ground-truth.json")) {
        let pages: BTreeMap<String, serde_json::Value> = serde_json::from_str(&json).unwrap_or_default();
        texts.extend(pages.values().filter_map(|p| p["articleBody"].as_str().map(str::to_string)));
    }
    for part in ["train", "dev"] {
        let Ok(folder) = std::fs::read_dir(gold.join("attribution").join(part).join("text")) else { continue };
        let mut paths: Vec<PathBuf> = folder.flatten().map(|e| e.path()).collect();
        paths.sort();
        texts.extend(paths.iter().filter_map(|p| std::fs::read_to_string(p).ok()));
    }
    texts.iter().map(|t| mangle::read(t)).filter(|t| t.iter().map(Vec::len).sum::<usize>() >= 8).collect()
}

/// The articles without the reprints among them (seven, looked at one by one), which would count as errors.
fn once(articles: Vec<Text>) -> Vec<Text> {
    let mut copies = Copies::default();
    let mut kept = Vec::new();
    for (n, article) in articles.into_iter().enumerate() {
        let id = format!("{n:06}");
        copies.add(&id, Sketch::of_text(&mangle::write(&article)));
        let reprint =
            copies.links().iter().any(|l| l.page == n as u32 && l.likeness.verbatim[0].max(l.likeness.verbatim[1]) > 0.6);
        if !reprint {
            kept.push(article);
        }
    }
    kept
}

fn make(articles: &[Text]) -> Vec<Made> {
    let vocabulary: Vec<String> = articles
        .iter()
        .flatten()
        .flatten()
        .flat_map(|s| s.split(' '))
        .filter(|w| w.len() > 4 && w.chars().all(char::is_lowercase))
        .step_by(7)
        .map(str::to_string)
        .collect();
    let dice = &mut Dice(14);
    let mut made = Vec::new();
    for (report, article) in articles.iter().enumerate() {
        let mut put = |kind, text: Text| made.push(Made { report, kind, text: mangle::write(&text) });
        put("original", article.clone());
        put("edited", mangle::edit(article, 10, &vocabulary, dice));
        put("cut", mangle::cut(article, 35 + dice.below(40)));
        put("reordered", mangle::reorder(article, dice));
        put("synonyms", mangle::synonyms(article, 25, &vocabulary, dice));
        put("shuffled", mangle::shuffle(article, dice));
        put("framed", mangle::frame(article, articles, dice));
        let edited = mangle::edit(&mangle::cut(article, 60), 8, &vocabulary, dice);
        put("cut, edited, framed", mangle::frame(&edited, articles, dice));
    }
    let none = articles.len();
    for n in 0..articles.len() / 2 {
        // A round-up: some paragraphs of several reports, none with more than 110 words or a third of its own paragraphs.
        let mut text = Text::new();
        let mut from: Vec<usize> = (0..articles.len()).collect();
        dice.shuffle(&mut from);
        for &article in from.iter().filter(|&&a| articles[a].len() >= 6).take(4 + dice.below(4)) {
            let article = &articles[article];
            let mut left = 110;
            for paragraph in article.iter().skip(dice.below(3)).take((2 + dice.below(2)).min(article.len() / 3)) {
                let words: usize = paragraph.iter().map(|s| s.split(' ').count()).sum();
                if words <= left {
                    left -= words;
                    text.push(paragraph.clone());
                }
            }
        }
        made.push(Made { report: none + n * 2, kind: "round-up", text: mangle::write(&text) });
        // Another report of the event: sentences of its own (from all over) with the names of the event, and three in
        // ten sentences shared word for word (quotations, figures, background of an agency).
        let event = &articles[n];
        let names: Vec<&str> = event.iter().flatten().flat_map(|s| s.split(' ').skip(1)).filter(|w| named(w)).collect();
        let length = event.iter().map(Vec::len).sum::<usize>();
        let mut shared: Vec<&String> = event.iter().flatten().collect();
        dice.shuffle(&mut shared);
        let mut text: Text = shared.into_iter().take(length * 3 / 10).map(|s| vec![s.clone()]).collect();
        for _ in 0..length * 7 / 10 {
            let article = &articles[dice.below(articles.len())];
            let paragraph = &article[dice.below(article.len())];
            let words = paragraph[dice.below(paragraph.len())].split(' ');
            let words = words.map(|w| if named(w) && !names.is_empty() { names[dice.below(names.len())] } else { w });
            text.push(vec![words.collect::<Vec<_>>().join(" ")]);
        }
        dice.shuffle(&mut text);
        made.push(Made { report: none + n * 2 + 1, kind: "another report", text: mangle::write(&text) });
    }
    made
}

fn named(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// One article in several translations, by people and machines: each article is one report.
fn translations(gold: &Path, made: &mut Vec<Made>) {
    let Ok(packed) = std::fs::File::open(gold.join("garble/mqm-2021.jsonl.gz")) else { return };
    let Ok(lines) = std::io::read_to_string(flate2::read::MultiGzDecoder::new(packed)) else { return };
    let mut texts: BTreeMap<(String, String), BTreeMap<u64, String>> = BTreeMap::new();
    for line in lines.lines() {
        let Ok(row) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let field = |name: &str| row[name].as_str().unwrap_or("").to_string();
        if ["ref.A", "ref.B", "Online-W", "NiuTrans"].contains(&field("system").as_str()) {
            texts.entry((field("doc"), field("system"))).or_default().insert(row["seg"].as_u64().unwrap_or(0), field("sentence"));
        }
    }
    let first = made.iter().map(|m| m.report).max().map_or(0, |m| m + 1);
    let mut docs: Vec<&String> = texts.keys().map(|(doc, _)| doc).collect();
    docs.dedup();
    let docs: Vec<String> = docs.into_iter().cloned().collect();
    for ((doc, _), segments) in &texts {
        let report = first + docs.iter().position(|d| d == doc).unwrap_or(0);
        let text = segments.values().cloned().collect::<Vec<_>>().join("\n\n");
        made.push(Made { report, kind: "translated", text });
    }
}

/// Precision and recall over all pairs; recall by the kind of the copy against its original; what was joined wrongly.
fn score(made: &[Made], clusters: &[usize], show: bool) {
    let pairs = |keys: &mut dyn Iterator<Item = (usize, usize)>| -> u64 {
        let mut counts: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        keys.for_each(|k| *counts.entry(k).or_default() += 1);
        counts.values().map(|n| n * (n - 1) / 2).sum()
    };
    let right = pairs(&mut made.iter().zip(clusters).map(|(m, &c)| (m.report, c)));
    let all = pairs(&mut made.iter().map(|m| (m.report, 0)));
    let said = pairs(&mut clusters.iter().map(|&c| (c, 0)));
    println!(
        "  pairs: precision {:.4}, recall {:.4} ({said} said, {all} true)",
        right as f64 / said.max(1) as f64,
        right as f64 / all as f64
    );
    if !show {
        return;
    }
    let mut kinds: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    let mut originals: BTreeMap<usize, usize> = BTreeMap::new();
    for (m, &c) in made.iter().zip(clusters) {
        let original = *originals.entry(m.report).or_insert(c);
        let row = kinds.entry(m.kind).or_default();
        row.0 += 1;
        row.1 += usize::from(c == original);
    }
    let mut reports: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    clusters.iter().zip(made).for_each(|(&c, m)| reports.entry(c).or_default().push(m.report));
    for (m, c) in made.iter().zip(clusters) {
        kinds.entry(m.kind).or_default().2 += usize::from(reports[c].iter().any(|&r| r != m.report));
    }
    for (kind, (all, with, mixed)) in kinds {
        println!(
            "  {kind:<20} {all:>5}  with its original {:>6.2} %  joined with a stranger {mixed}",
            100.0 * with as f32 / all as f32
        );
    }
}

/// The articles themselves that the test joins: reprints in the corpus, or errors, for a person to judge.
fn joined(articles: &[Text]) {
    let mut copies = Copies::default();
    for (n, article) in articles.iter().enumerate() {
        copies.add(&format!("{n:06}"), Sketch::of_text(&mangle::write(article)));
    }
    for link in copies.links() {
        let l = link.likeness;
        println!("{:?} found {:.2?} verbatim {:.2?} words {:?} lead {:?}", link.kinship, l.found, l.verbatim, l.words, l.lead);
        for n in [link.page, link.other] {
            let text = mangle::write(&articles[n as usize]).replace('\n', " ");
            println!("    {n} {}", text.chars().take(200).collect::<String>());
        }
    }
}
