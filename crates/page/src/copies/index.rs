//! Pages by their keys: whom a new page may be like, without looking at all.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A list keeps its first pages only. A group of words that so many pages share is a formula or a mass copy; copies meet
/// the first of their kind under it, and that is enough to join them.
const LIST: u32 = 96;
const END: u32 = u32::MAX;

/// A list of so many pages is a formula as likely as a sign, and counts half.
const FORMULA: u32 = 24;

/// Key to pages.
#[derive(Debug, Default)]
pub struct Index {
    lists: HashMap<u64, List, BuildHasherDefault<Spread>>,
    /// Page, and the posting before it under the same key.
    postings: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, Copy)]
struct List {
    last: u32,
    length: u32,
}

impl Index {
    /// The pages that share keys with a page of these keys, each with how many, in halves.
    pub fn sharing(&self, keys: &[u64]) -> Vec<(u32, u32)> {
        let mut met: Vec<u32> = Vec::new();
        for key in keys {
            let Some(list) = self.lists.get(key) else { continue };
            let mut at = list.last;
            while at != END {
                let (page, before) = self.postings[at as usize];
                met.push(page);
                if list.length < FORMULA {
                    met.push(page);
                }
                at = before;
            }
        }
        met.sort_unstable();
        met.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)).collect()
    }

    /// Puts a page under its keys.
    pub fn put(&mut self, page: u32, keys: &[u64]) {
        for &key in keys {
            let list = self.lists.entry(key).or_insert(List { last: END, length: 0 });
            if list.length < LIST {
                self.postings.push((page, list.last));
                *list = List { last: self.postings.len() as u32 - 1, length: list.length + 1 };
            }
        }
    }
}

/// Keys are hashes already.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&b| self.0 = self.0.rotate_left(8) ^ u64::from(b));
    }
    fn write_u64(&mut self, key: u64) {
        // Keys divisible by a small number say little in their lowest bits.
        self.0 = key.rotate_right(3);
    }
}
