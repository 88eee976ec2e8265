//! The plain way, for comparison: MinHash over three-word shingles, bands of a hash table, one threshold.

use std::collections::{HashMap, HashSet};

const HASHES: usize = 128;

/// The root of each text after joining all pairs whose estimated Jaccard similarity reaches `threshold`.
pub fn clusters(texts: &[String], threshold: f32) -> Vec<usize> {
    // 32 bands of 4: half of the pairs at 0.42 meet, nearly all at 0.6.
    let rows = if threshold < 0.4 { 2 } else { 4 };
    let signatures: Vec<[u64; HASHES]> = texts.iter().map(|t| signature(t)).collect();
    let mut parents: Vec<usize> = (0..texts.len()).collect();
    for band in 0..HASHES / rows {
        let mut buckets: HashMap<&[u64], Vec<usize>> = HashMap::new();
        for (n, s) in signatures.iter().enumerate() {
            buckets.entry(&s[band * rows..(band + 1) * rows]).or_default().push(n);
        }
        for bucket in buckets.values() {
            for (i, &a) in bucket.iter().enumerate() {
                for &b in &bucket[i + 1..] {
                    let equal = signatures[a].iter().zip(&signatures[b]).filter(|(x, y)| x == y).count();
                    if equal as f32 / HASHES as f32 >= threshold {
                        let (a, b) = (root(&parents, a), root(&parents, b));
                        parents[a.max(b)] = a.min(b);
                    }
                }
            }
        }
    }
    (0..texts.len()).map(|n| root(&parents, n)).collect()
}

fn root(parents: &[usize], mut at: usize) -> usize {
    while parents[at] != at {
        at = parents[at];
    }
    at
}

fn signature(text: &str) -> [u64; HASHES] {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let shingles: HashSet<u64> =
        words.windows(3).map(|w| text::hash128(&[w[0].as_bytes(), w[1].as_bytes(), w[2].as_bytes()]).0).collect();
    let mut least = [u64::MAX; HASHES];
    for shingle in shingles {
        let mut dice = super::mangle::Dice(shingle);
        least.iter_mut().for_each(|l| *l = (*l).min(dice.next()));
    }
    least
}
