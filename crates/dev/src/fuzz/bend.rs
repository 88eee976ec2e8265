//! Bends a seed: bytes flipped, cut, doubled, moved; pieces of other seeds and strings that readers stumble over put in.

use super::seeds::{SEEDS, STONES};

/// A generator of inputs; the same number gives the same input.
pub struct Bender {
    state: u64,
}

impl Bender {
    /// The generator for one number and one target.
    pub fn new(seed: u64, target: &str) -> Bender {
        let salt = target.bytes().fold(0u64, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(b)));
        Bender { state: (seed ^ salt.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d }
    }

    fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.state >> 33) as usize) % end.max(1)
    }

    /// The input.
    pub fn input(&mut self) -> Vec<u8> {
        let mut bytes = SEEDS[self.below(SEEDS.len())].as_bytes().to_vec();
        for _ in 0..=self.below(12) {
            self.bend(&mut bytes);
            // Long inputs try the readers' limits, and cost time that short ones use better.
            bytes.truncate(60_000);
        }
        bytes
    }

    fn bend(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        let end = (at + self.below(40)).min(bytes.len());
        match self.below(9) {
            0 if at < bytes.len() => bytes[at] = self.below(256) as u8,
            1 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            2 => drop(bytes.drain(at..end)),
            3 => bytes.truncate(at),
            4 => {
                let piece = bytes[at..end].to_vec();
                let most = if self.below(40) == 0 { 1000 } else { 6 };
                let times = 1 + self.below(most);
                bytes.splice(at..at, piece.repeat(times));
            }
            5 => {
                let other = SEEDS[self.below(SEEDS.len())].as_bytes();
                let from = self.below(other.len());
                let to = (from + self.below(200)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            6 => {
                let stone = STONES[self.below(STONES.len())];
                let times = if self.below(30) == 0 { 1 + self.below(3000) } else { 1 };
                bytes.splice(at..at, stone.repeat(times).into_bytes());
            }
            7 => {
                // Words change places.
                let piece: Vec<u8> = bytes.drain(at..end).collect();
                let to = self.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            _ => {
                let piece: Vec<u8> = (0..self.below(16)).map(|_| self.below(256) as u8).collect();
                bytes.splice(at..at, piece);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_gives_one_input() {
        assert_eq!(Bender::new(7, "page").input(), Bender::new(7, "page").input());
        assert_ne!(Bender::new(7, "page").input(), Bender::new(8, "page").input());
    }
}
