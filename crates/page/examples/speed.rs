//! How fast pages are read and cleaned: `cargo run --release -p page --example speed PATHS…` prints pages and bytes a second for each path,
//! and the most memory used (Linux).

use std::path::Path;
use std::time::Instant;

fn main() {
    for path in std::env::args().skip(1) {
        let start = Instant::now();
        let (mut pages, mut failed, mut raw, mut kept) = (0u64, 0u64, 0u64, 0u64);
        let mut stream = page::read(Path::new(&path), &page::ReadOptions::default());
        for page in stream.by_ref() {
            match page {
                Ok(page) => {
                    let article = page::clean(&page);
                    pages += 1;
                    raw += page.raw.as_str().len() as u64;
                    kept += article.body.as_str().len() as u64;
                }
                Err(_) => failed += 1,
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{path}: {pages} pages ({failed} failed) in {seconds:.2} s, {:.0} pages/s, {:.1} MB/s of page text, {:.1} MB kept, {:.1} MB of files",
            pages as f64 / seconds,
            raw as f64 / seconds / 1e6,
            kept as f64 / 1e6,
            stream.bytes_read() as f64 / 1e6
        );
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("most memory: {}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("unknown"));
}
