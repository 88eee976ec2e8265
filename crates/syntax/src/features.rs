//! Words to numbers: word pieces and hashed affixes, as `crates/dev/train/data.py` defines them. Change both or neither.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Hashed features of a word: itself, three prefixes, four suffixes, its shape.
pub const HASHED: usize = 9;

/// Cuts words into pieces of the model's vocabulary.
#[derive(Debug)]
pub struct Pieces {
    ids: HashMap<&'static str, u32, Fnv>,
    unknown: u32,
    most: usize,
}

/// FNV-1a as a hasher: vocabulary keys are short and come from the model, not from a stranger.
#[derive(Debug, Clone, Default)]
pub struct Fnv(u64);

impl std::hash::BuildHasher for Fnv {
    type Hasher = Fnv;
    fn build_hasher(&self) -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl std::hash::Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

impl Pieces {
    /// The vocabulary, one piece a line, in the order of the table.
    pub fn new(list: &'static str, most: usize) -> Option<Pieces> {
        let ids: HashMap<&'static str, u32, Fnv> = list.split('\n').enumerate().map(|(i, p)| (p, i as u32)).collect();
        let unknown = *ids.get("[UNK]")?;
        Some(Pieces { ids, unknown, most })
    }

    /// Pieces of `form`; never empty.
    pub fn cut(&self, form: &str, scratch: &mut Scratch, out: &mut Vec<u32>) {
        out.clear();
        scratch.word.clear();
        let plain = form.is_ascii();
        if plain {
            scratch.word.extend(form.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            scratch.word.extend(form.chars().flat_map(char::to_lowercase).nfd().filter(|&c| !is_combining_mark(c)));
        }
        let word = std::mem::take(&mut scratch.word);
        let alnum = |c: char| c.is_alphanumeric();
        let mut at = 0;
        'parts: while at < word.len() && out.len() < self.most {
            let first = word[at..].chars().next().map_or(1, char::len_utf8);
            let end = if word[at..].starts_with(alnum) {
                word[at..].find(|c| !alnum(c)).map_or(word.len(), |n| at + n)
            } else {
                at + first
            };
            let part = &word[at..end];
            at = end;
            let mut from = 0;
            while from < part.len() {
                let mut found = None;
                // At most twenty characters are looked at, from the longest down.
                let mut ends = [0usize; 20];
                let mut n = 0;
                for (i, c) in part[from..].char_indices().take(20) {
                    ends[n] = from + i + c.len_utf8();
                    n += 1;
                }
                for &stop in ends[..n].iter().rev() {
                    scratch.key.clear();
                    if from > 0 {
                        scratch.key.push_str("##");
                    }
                    scratch.key.push_str(&part[from..stop]);
                    if let Some(&id) = self.ids.get(scratch.key.as_str()) {
                        found = Some((id, stop));
                        break;
                    }
                }
                match found {
                    Some((id, stop)) => {
                        out.push(id);
                        from = stop;
                    }
                    None => {
                        out.push(self.unknown);
                        break;
                    }
                }
                if out.len() >= self.most {
                    break 'parts;
                }
            }
        }
        scratch.word = word;
        if out.is_empty() {
            out.push(self.unknown);
        }
    }
}

/// Buffers used again for every word.
#[derive(Debug, Default)]
pub struct Scratch {
    word: String,
    key: String,
    low: Vec<char>,
}

fn fnv(tag: u8, text: impl Iterator<Item = char>) -> u32 {
    let mut hash = (2_166_136_261 ^ u32::from(tag)).wrapping_mul(16_777_619);
    let mut buffer = [0; 4];
    for c in text {
        for &b in c.encode_utf8(&mut buffer).as_bytes() {
            hash = (hash ^ u32::from(b)).wrapping_mul(16_777_619);
        }
    }
    hash
}

/// The hashed features of `form` in a table of `buckets` rows.
pub fn hashed(form: &str, buckets: u32, scratch: &mut Scratch) -> [u32; HASHED] {
    let low = &mut scratch.low;
    low.clear();
    low.extend(form.chars().flat_map(char::to_lowercase));
    let n = low.len();
    let prefix = |k: usize| low[..k.min(n)].iter().copied();
    let suffix = |k: usize| low[n.saturating_sub(k)..].iter().copied();
    let mut shape = ['\0'; 12];
    let mut len = 0;
    for c in form.chars() {
        let s = if c.is_uppercase() {
            'X'
        } else if c.is_lowercase() {
            'x'
        } else if c.is_ascii_digit() {
            'd'
        } else {
            c
        };
        if len < 2 || shape[len - 1] != s || shape[len - 2] != s {
            shape[len] = s;
            len += 1;
        }
        if len == 12 {
            break;
        }
    }
    [
        fnv(b'w', low.iter().copied()),
        fnv(b'1', prefix(1)),
        fnv(b'2', prefix(2)),
        fnv(b'3', prefix(3)),
        fnv(b'a', suffix(1)),
        fnv(b'b', suffix(2)),
        fnv(b'c', suffix(3)),
        fnv(b'd', suffix(4)),
        fnv(b's', shape[..len].iter().copied()),
    ]
    .map(|h| h % buckets)
}
