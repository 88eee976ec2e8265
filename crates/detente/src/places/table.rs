//! The packed table of places: cities and divisions with their names, read where it lies in the binary.
//!
//! Its layout is told in `crates/dev/places/build.py`. A look-up is a binary search over blocks of sixteen keys and a walk through
//! one block. The price of not unpacking is a file a third larger than a compressed one; the gain is a start without delay.
//! A damaged table gives no places, never a fault.

use std::collections::HashMap;

use super::gazetteer::{Candidate, Which};

const TABLE: &[u8] = include_bytes!("../../lexicon/places/gazetteer.bin");
/// Bytes of one place.
const ROW: usize = 19;
/// Bytes of one first-order division.
const DIVISION: usize = 12;

fn u32_at(at: usize) -> usize {
    TABLE.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
}

fn u24_at(at: usize) -> u32 {
    TABLE.get(at..at + 3).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], 0]))
}

fn i24_at(at: usize) -> i32 {
    ((u24_at(at) << 8) as i32) >> 8
}

fn i16_at(at: usize) -> i16 {
    TABLE.get(at..at + 2).map_or(0, |b| i16::from_le_bytes([b[0], b[1]]))
}

fn byte(at: usize) -> usize {
    usize::from(TABLE.get(at).copied().unwrap_or(0))
}

/// Where a section begins: 0 places, 1 names, 2 divisions, 3 blocks, 4 keys.
fn offset(section: usize) -> usize {
    u32_at(16 + 4 * section)
}

fn block(n: usize) -> usize {
    offset(4) + u32_at(offset(3) + 4 * n)
}

/// The key that begins block `n`.
fn first(n: usize) -> &'static [u8] {
    let at = block(n);
    TABLE.get(at + 2..at + 2 + byte(at + 1)).unwrap_or(&[])
}

/// Adds every place of the name `key` to `out`; whether the name is a common word too.
pub(super) fn find(key: &str, out: &mut Vec<Candidate>) -> bool {
    let blocks = u32_at(12);
    let key = key.as_bytes();
    let (mut low, mut high) = (0, blocks);
    while low < high {
        let mid = (low + high) / 2;
        if first(mid) <= key { low = mid + 1 } else { high = mid }
    }
    let Some(found) = low.checked_sub(1) else { return false };
    let mut at = block(found);
    let mut current: Vec<u8> = Vec::with_capacity(32);
    let end = if found + 1 < blocks { block(found + 1) } else { TABLE.len() };
    while at < end {
        let (shared, len) = (byte(at), byte(at + 1));
        current.truncate(shared);
        current.extend_from_slice(TABLE.get(at + 2..at + 2 + len).unwrap_or(&[]));
        at += 2 + len;
        let (flags, count) = (byte(at), byte(at + 1));
        at += 2;
        if current == key {
            for k in 0..count {
                let place = u24_at(at + 3 * k);
                out.push(candidate(place & 0x7f_ffff, place & 0x80_0000 != 0));
            }
            return flags & 1 != 0;
        }
        at += 3 * count;
    }
    false
}

fn row(n: u32) -> usize {
    offset(0) + n as usize * ROW
}

fn candidate(n: u32, main: bool) -> Candidate {
    let at = row(n);
    let people = byte(at + 14) as f64 / 25.0;
    let flags = byte(at + 15);
    Candidate {
        which: Which::City(n),
        lat: f64::from(i24_at(at)) / 1e4,
        lon: f64::from(i24_at(at + 3)) / 1e4,
        country: [byte(at + 12) as u8, byte(at + 13) as u8],
        division: (byte(at + 16) | byte(at + 17) << 8) as u16,
        prior: people + if flags & 1 != 0 { 1.5 } else { 0.0 } - if main { 0.0 } else { 0.6 },
        resolution: match flags {
            f if f & 2 != 0 => 2,
            f if f & 4 != 0 => 3,
            _ => 4,
        },
        fame: (byte(at + 18) as f64 + 1.0).log10(),
        inside: false,
    }
}

fn name(at: usize) -> &'static str {
    let at = offset(1) + at;
    TABLE.get(at + 1..at + 1 + byte(at)).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
}

/// A first-order division of a country.
#[derive(Debug, Clone, Copy)]
pub(super) struct Division {
    pub name: &'static str,
    /// GeoNames' number, where it is known.
    pub id: Option<u32>,
    /// A point for the whole.
    pub lat: f64,
    pub lon: f64,
}

/// The first-order division of that number, from 1.
pub(super) fn division(n: u16) -> Option<Division> {
    let at = offset(2) + usize::from(n.checked_sub(1)?) * DIVISION;
    (at < offset(3)).then(|| Division {
        name: name(u24_at(at + 2) as usize),
        id: Some(u24_at(at + 5)).filter(|id| *id != 0),
        lat: f64::from(i16_at(at + 8)) / 100.0,
        lon: f64::from(i16_at(at + 10)) / 100.0,
    })
}

/// The number of every first-order division, by country and key.
pub(super) fn divisions(key: impl Fn(&str) -> String) -> HashMap<([u8; 2], String), u16> {
    let (from, to) = (offset(2), offset(3));
    (from..to)
        .step_by(DIVISION)
        .zip(1..)
        .map(|(at, n)| (([byte(at) as u8, byte(at + 1) as u8], key(name(u24_at(at + 2) as usize))), n))
        .collect()
}

/// Id (where known), name, and whether it is its country's capital.
pub(super) fn city(n: u32) -> (Option<u32>, &'static str, bool) {
    let at = row(n);
    (Some(u24_at(at + 6)).filter(|id| *id != 0), name(u24_at(at + 9) as usize), byte(at + 15) & 1 != 0)
}
