//! How fast: one page, one day, one month of own texts. `cargo bench -p detente` prints words and sentences a second on one
//! thread, and what share of the time parsing and coding take. With `DETENTE_UDPIPE` set to the folder of a trained UDPipe 1
//! (`just bench-udpipe` makes it), the peer reads the same texts in the same run.

#[path = "../tests/corpus/mod.rs"]
mod corpus;

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use detente::{Reader, ReaderOptions};
use page::Article;

/// Each figure is the best of so many rounds: the machine's other work only ever adds time.
const ROUNDS: usize = 3;

fn main() {
    // `cargo test --benches` runs this as a test: then a page is enough.
    let quick = std::env::args().any(|a| a == "--test");
    let began = Instant::now();
    let reader = Reader::new(ReaderOptions::default()).expect("built-in model and lexicon");
    reader.read(&corpus::pages(1, 1)[0]);
    println!("start to first page  {:>9.1?}", began.elapsed());
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    println!(
        "{:<10} {:>6} {:>8} {:>9} {:>11} {:>13} {:>13} {:>8}",
        "", "pages", "words", "time", "words/s", "sentences/s", "words/s parse", "coding"
    );
    for (name, count) in [("one page", 1), ("one day", 40), ("one month", 1200)] {
        if quick && count > 1 {
            break;
        }
        let pages = corpus::pages(7, count);
        let (all, words, sentences) = best(|| {
            let readings = one.install(|| reader.read_all(&pages));
            let words: usize = readings.iter().map(|r| r.parse.words().len()).sum();
            (words, readings.iter().map(|r| r.parse.sentences().len()).sum())
        });
        let articles: Vec<Article> = pages.iter().map(page::clean).collect();
        let (parse, parsed, _) = best(|| (parse(&reader, &articles), 0));
        let rate = |n: usize, t: Duration| n as f64 / t.as_secs_f64();
        let coding = (all.as_secs_f64() - parse.as_secs_f64()) / parse.as_secs_f64() * 100.0;
        println!(
            "{name:<10} {count:>6} {words:>8} {all:>9.2?} {:>11.0} {:>13.0} {:>13.0} {coding:>7.0}%",
            rate(words, all),
            rate(sentences, all),
            rate(words, parse),
        );
        if count > 1 {
            let (two, ..) = best(|| (reader.read_all(&pages).len(), 0));
            println!(
                "{:<10} {:>6} {:>8} {two:>9.2?} {:>11.0} {:>13.0}   on all threads",
                "",
                "",
                "",
                rate(words, two),
                rate(sentences, two)
            );
        }
        if let Some((peer, seconds)) = udpipe(&articles).filter(|_| count == 40) {
            let (ours, theirs) = (rate(parsed, parse), peer as f64 / seconds);
            println!(
                "UDPipe 1   {count:>6} {peer:>8} {seconds:>8.2}s {:>11} {:>13} {theirs:>13.0}   Détente parses at {:.1} times its speed",
                "",
                "",
                ours / theirs
            );
        }
    }
    println!("coding: all but parsing (cleaning, actors, times, places, statements, events) as a share of parsing time");
}

/// Words and seconds that UDPipe 1 takes for the same texts, where it is at hand.
fn udpipe(articles: &[Article]) -> Option<(usize, f64)> {
    let folder = PathBuf::from(std::env::var_os("DETENTE_UDPIPE")?);
    let text = folder.join("bench.txt");
    let bodies: Vec<&str> = articles.iter().map(|a| a.body.as_str()).collect();
    std::fs::write(&text, bodies.join("\n\n")).ok()?;
    let python = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../dev/peers/udpipe.py");
    let run = Command::new(python).arg(script).arg("--work").arg(&folder).arg("--time").arg(&text).output().ok()?;
    let said = String::from_utf8(run.stdout).ok()?;
    let (words, seconds) = said.trim().rsplit('\n').next()?.split_once(' ').or_else(|| {
        eprintln!("UDPipe did not run: {}", String::from_utf8_lossy(&run.stderr));
        None
    })?;
    Some((words.parse().ok()?, seconds.parse().ok()?))
}

/// The best time of some rounds, with what the work counted.
fn best(mut work: impl FnMut() -> (usize, usize)) -> (Duration, usize, usize) {
    let timed = |work: &mut dyn FnMut() -> (usize, usize)| {
        let began = Instant::now();
        let (a, b) = work();
        (began.elapsed(), a, b)
    };
    (0..ROUNDS).map(|_| timed(&mut work)).min_by_key(|t| t.0).unwrap_or_default()
}

/// Codes nothing: titles and texts to trees, as the reader parses them.
fn parse(reader: &Reader, articles: &[Article]) -> usize {
    let mut words = 0;
    for article in articles {
        words += reader.engine().parse(&article.body, &article.paragraphs).words().len();
        if let Some(title) = &article.title {
            words += reader.engine().parse(title, &[title.whole()]).words().len();
        }
    }
    words
}
