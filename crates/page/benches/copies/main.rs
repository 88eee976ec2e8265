//! How well near-copies are told, and at what cost: `cargo bench -p page --bench copies [-- quality|scale [PAGES]]`.
//!
//! `quality` makes copies of real articles (read at run time from a folder laid out like `shared/gold`, default
//! `../shared/gold`, or `GOLD`), mixes in what must not be joined, and prints precision and recall over pairs beside a plain
//! MinHash. `scale` clusters generated pages of 450 words and prints time and peak memory as it grows.

mod mangle;
mod minhash;
mod quality;
mod scale;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    match args.first().map(String::as_str) {
        Some("scale") => scale::run(args.get(1).and_then(|n| n.parse().ok()).unwrap_or(100_000)),
        Some("quality") | None => quality::run(),
        Some(other) => eprintln!("{other}: no such part; there are quality and scale"),
    }
}
