//! Numbers as Parquet packs them: runs and bit-packed groups (levels, places in a dictionary), and differences (lengths).

use super::thrift::Result;

/// Runs and groups of small numbers, read one at a time so that a long run costs nothing.
#[derive(Debug)]
pub(super) struct Runs {
    at: usize,
    end: usize,
    width: u32,
    run: Run,
}

#[derive(Debug)]
enum Run {
    None,
    /// So many times the same.
    Same {
        left: u64,
        value: u32,
    },
    /// So many numbers, the next at this bit.
    Packed {
        left: u64,
        bit: usize,
    },
}

impl Runs {
    /// Numbers of `width` bits in `bytes[at..end]`.
    pub(super) fn new(at: usize, end: usize, width: u32) -> Result<Runs> {
        if width > 32 {
            return Err("a page packs numbers too wide".into());
        }
        Ok(Runs { at, end, width, run: Run::None })
    }

    /// The next number.
    pub(super) fn next(&mut self, bytes: &[u8]) -> Result<u32> {
        loop {
            match &mut self.run {
                Run::Same { left, value } if *left > 0 => {
                    *left -= 1;
                    return Ok(*value);
                }
                Run::Packed { left, bit } if *left > 0 => {
                    let value = bits(&bytes[..self.end], *bit, self.width).ok_or("a page breaks off")?;
                    *left -= 1;
                    *bit += self.width as usize;
                    return Ok(value);
                }
                _ => self.run = self.read_head(bytes)?,
            }
        }
    }

    fn read_head(&mut self, bytes: &[u8]) -> Result<Run> {
        let (head, at) = varint(&bytes[..self.end], self.at)?;
        if head & 1 == 1 {
            let groups = head >> 1;
            let length = groups.checked_mul(u64::from(self.width)).filter(|_| groups > 0).ok_or("a page holds an empty run")?;
            self.at = at.saturating_add(usize::try_from(length).unwrap_or(usize::MAX)).min(self.end);
            return Ok(Run::Packed { left: groups.saturating_mul(8), bit: at * 8 });
        }
        let length = self.width.div_ceil(8) as usize;
        let raw = bytes.get(at..at + length).filter(|_| at + length <= self.end).ok_or("a page breaks off")?;
        self.at = at + length;
        let value = raw.iter().rev().fold(0u32, |n, b| n << 8 | u32::from(*b));
        if head >> 1 == 0 {
            return Err("a page holds an empty run".into());
        }
        Ok(Run::Same { left: head >> 1, value })
    }
}

/// `width` bits from bit `at` on, least first; `None` beyond the bytes.
fn bits(bytes: &[u8], at: usize, width: u32) -> Option<u32> {
    if at + width as usize > bytes.len() * 8 {
        return None;
    }
    let (first, shift) = (at / 8, at % 8);
    let mut window = 0u64;
    for (n, byte) in bytes[first..bytes.len().min(first + 5)].iter().enumerate() {
        window |= u64::from(*byte) << (8 * n);
    }
    Some((window >> shift & ((1u64 << width) - 1)) as u32)
}

/// A number of seven bits a byte, and where it ends.
fn varint(bytes: &[u8], mut at: usize) -> Result<(u64, usize)> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(at).ok_or("a page breaks off")?;
        at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok((value, at));
        }
    }
    Err("a page holds a number too long".into())
}

/// Numbers stored as differences (DELTA_BINARY_PACKED) from `at` on, and where they end.
pub(super) fn differences(bytes: &[u8], at: usize, most: usize) -> Result<(Vec<i64>, usize)> {
    let zigzag = |n: u64| (n >> 1) as i64 ^ -((n & 1) as i64);
    let (block, at) = varint(bytes, at)?;
    let (minis, at) = varint(bytes, at)?;
    let (count, at) = varint(bytes, at)?;
    let (first, mut at) = varint(bytes, at)?;
    let count = usize::try_from(count).ok().filter(|c| *c <= most).ok_or("a page holds more numbers than it says")?;
    if !(1..=4096).contains(&minis) || block == 0 || block > 1 << 20 || block % minis != 0 {
        return Err("a page packs numbers in a way that cannot be".into());
    }
    let per_mini = (block / minis) as usize;
    let mut numbers = Vec::with_capacity(count);
    let mut value = zigzag(first);
    if count > 0 {
        numbers.push(value);
    }
    while numbers.len() < count {
        let (least, after) = varint(bytes, at)?;
        let least = zigzag(least);
        let widths = bytes.get(after..after + minis as usize).ok_or("a page breaks off")?;
        at = after + minis as usize;
        for width in widths {
            if numbers.len() >= count {
                break;
            }
            let width = u32::from(*width);
            if width > 64 {
                return Err("a page packs numbers too wide".into());
            }
            for n in 0..per_mini.min(count - numbers.len()) {
                let bit = at * 8 + n * width as usize;
                let low = bits(bytes, bit, width.min(32)).ok_or("a page breaks off")?;
                let high = if width > 32 { bits(bytes, bit + 32, width - 32).ok_or("a page breaks off")? } else { 0 };
                let step = (u64::from(high) << 32 | u64::from(low)) as i64;
                value = value.wrapping_add(least).wrapping_add(step);
                numbers.push(value);
            }
            at += (per_mini * width as usize).div_ceil(8);
        }
    }
    Ok((numbers, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_and_groups() {
        // Three times 5, then eight numbers of three bits, 0 to 7 (the example of the format's own description).
        let bytes = [6, 5, 3, 0b1000_1000, 0b1100_0110, 0b1111_1010];
        let mut runs = Runs::new(0, bytes.len(), 3).unwrap();
        let read: Vec<u32> = (0..11).map(|_| runs.next(&bytes).unwrap()).collect();
        assert_eq!(read, [5, 5, 5, 0, 1, 2, 3, 4, 5, 6, 7]);
        assert!(runs.next(&bytes).is_err());
    }

    #[test]
    fn numbers_as_differences() {
        // 7, 5, 3, 1, 2, 3, 4, 5: block of 128 in 4 parts; the least difference is -2, the others lie 0 to 3 above it.
        let mut bytes = vec![0x80, 1, 4, 8, 14, 3, 2, 0, 0, 0];
        bytes.extend([0b1100_0000, 0b0011_1111, 0, 0, 0, 0, 0, 0]);
        assert_eq!(differences(&bytes, 0, 100).unwrap(), (vec![7, 5, 3, 1, 2, 3, 4, 5], 18));
        assert!(differences(&bytes, 0, 7).is_err());
    }
}
