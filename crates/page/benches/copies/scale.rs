//! Time and memory for many pages.

use page::copies::{Copies, Sketch};

use super::mangle::Dice;

/// Clusters `pages` generated pages of 450 words: words by Zipf's law with set phrases, one page in five a copy.
pub fn run(pages: usize) {
    let mut dice = Dice(41);
    let words: Vec<String> = (0..60_000).map(|_| (0..2 + dice.below(3)).map(|_| syllable(&mut dice)).collect()).collect();
    let phrases: Vec<Vec<usize>> =
        (0..4_000).map(|_| (0..3 + dice.below(5)).map(|_| zipf(&mut dice, words.len())).collect()).collect();
    let mut copies = Copies::default();
    let mut recent: Vec<Vec<usize>> = Vec::new();
    let (mut sketching, mut adding, mut made) = (0.0, 0.0, 0usize);
    println!(
        "{:>9} {:>9} {:>12} {:>9} {:>10} {:>8} {:>8}",
        "pages", "copies", "sketching s", "adding s", "all CPU s", "peak MB", "links"
    );
    for n in 0..pages {
        let page: Vec<usize> = if n > 100 && dice.chance(20) {
            made += 1;
            let at = dice.below(recent.len());
            recent[at].iter().map(|&w| if dice.chance(6) { zipf(&mut dice, words.len()) } else { w }).collect()
        } else {
            let mut page = Vec::with_capacity(460);
            while page.len() < 450 {
                if dice.chance(12) {
                    page.extend(&phrases[zipf(&mut dice, phrases.len())]);
                } else {
                    page.push(zipf(&mut dice, words.len()));
                }
            }
            page
        };
        let text = spell(&page, &words);
        let start = std::time::Instant::now();
        let sketch = Sketch::of_text(&text);
        sketching += start.elapsed().as_secs_f64();
        let start = std::time::Instant::now();
        copies.add(&format!("{n:08x}"), sketch);
        adding += start.elapsed().as_secs_f64();
        if recent.len() < 5_000 {
            recent.push(page);
        } else {
            let at = dice.below(5_000);
            recent[at] = page;
        }
        if (n + 1) % (pages / 4).max(1) == 0 {
            println!(
                "{:>9} {made:>9} {sketching:>12.1} {adding:>9.1} {:>10.1} {:>8} {:>8}",
                n + 1,
                cpu(),
                peak(),
                copies.links().len()
            );
        }
    }
    println!("joined {} of {made} copies", copies.changes().len());
}

/// Rank 0 is the most frequent; the first 120 ranks are function words, about half of all words.
fn zipf(dice: &mut Dice, ranks: usize) -> usize {
    let u = (dice.next() >> 11) as f64 / (1u64 << 53) as f64;
    ((ranks as f64).powf(u) - 1.0) as usize
}

const SMALL: [&str; 12] = ["the", "of", "to", "a", "in", "and", "that", "on", "for", "with", "was", "is"];

fn spell(page: &[usize], words: &[String]) -> String {
    let mut text = String::with_capacity(3_000);
    for (n, &w) in page.iter().enumerate() {
        let word = if w < 120 { SMALL[w % SMALL.len()] } else { &words[w] };
        if n % 20 == 0 && n > 0 {
            text.push_str(if n % 60 == 0 { ".\n\n" } else { ". " });
        } else if n > 0 {
            text.push(' ');
        }
        if w % 5 == 0 && w >= 120 {
            text.extend(word.chars().next().map(|c| c.to_ascii_uppercase()));
            text.push_str(&word[1..]);
        } else {
            text.push_str(word);
        }
    }
    text.push('.');
    text
}

fn syllable(dice: &mut Dice) -> String {
    let consonant = b"bdfgklmnprstvz"[dice.below(14)] as char;
    let vowel = b"aeiou"[dice.below(5)] as char;
    [consonant, vowel].iter().collect()
}

/// The most memory this process has held, in megabytes; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM"));
    line.and_then(|l| l.split_whitespace().nth(1)).and_then(|kb| kb.parse::<u64>().ok()).map_or(0, |kb| kb / 1024)
}

/// Processor seconds of this process, the making of the pages among them; 0 where the system does not say.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks: Vec<f64> = stat.split_whitespace().skip(13).take(2).filter_map(|t| t.parse().ok()).collect();
    ticks.iter().sum::<f64>() / 100.0
}
