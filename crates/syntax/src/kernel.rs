//! Products of 8-bit integers, exact on every machine, and loops over floats in the widest vectors that the machine has.
//!
//! A [`Packed`] matrix holds its rows in blocks of sixteen, four columns at a time, so that one vector instruction feeds
//! sixteen sums. Three roads (AVX-512 VNNI, AVX2, plain Rust) give the same integers; the test compares them. Floats are the same
//! on every road, since the compiler neither fuses nor reorders them.
//! The only module with `unsafe`: each block states why it holds.
#![allow(unsafe_code)]

/// Rows of one block.
const BLOCK: usize = 16;
/// Input vectors taken together.
const GROUP: usize = 16;
/// Input vectors that meet a block before the next one does: few enough to stay in the cache.
const TILE: usize = 32;

type Sums = [[i32; BLOCK]; GROUP];

/// An 8-bit matrix packed for [`Packed::multiply`], with the scale of each row.
#[derive(Debug, Clone)]
pub struct Packed {
    /// `[rows / 16][columns / 4][16][4]`, each weight raised by 128, since the fastest instruction wants one side unsigned.
    data: Vec<u8>,
    /// One scale a row.
    pub scale: Vec<f32>,
    /// Rows (outputs).
    pub rows: usize,
    /// Columns (inputs).
    pub columns: usize,
}

/// Vectors of `width` 8-bit integers, with one scale each.
#[derive(Debug, Default, Clone)]
pub struct Quantised {
    /// `[vectors / 16][width / 4][16][4]`, so that what a group needs at once lies together.
    data: Vec<i8>,
    /// The vector that is being added.
    line: Vec<i8>,
    /// One scale a vector.
    pub scale: Vec<f32>,
    /// 128 times the sum of each vector: what weights raised by 128 add too much.
    excess: Vec<i32>,
    width: usize,
}

impl Quantised {
    /// Rounds `rows` vectors of `columns` numbers, lying one after the other in `x`.
    pub fn fill(&mut self, x: &[f32], columns: usize) {
        self.reset(columns);
        wide(
            #[inline(always)]
            || {
                for row in x.chunks_exact(columns) {
                    self.add(row);
                }
            },
        );
    }

    /// Empties the buffer for vectors of `columns` numbers.
    pub fn reset(&mut self, columns: usize) {
        self.width = columns.next_multiple_of(4);
        self.data.clear();
        self.scale.clear();
        self.excess.clear();
    }

    /// Adds one vector.
    pub fn push(&mut self, row: &[f32]) {
        wide(
            #[inline(always)]
            || self.add(row),
        );
    }

    #[inline(always)]
    fn add(&mut self, row: &[f32]) {
        // Sixteen running maxima, so that the compiler may keep them in one register; a maximum has no order.
        let mut top = [0.0f32; 16];
        let chunks = row.chunks_exact(16);
        for &v in chunks.remainder() {
            top[0] = top[0].max(v.abs());
        }
        for chunk in chunks {
            for (t, &v) in top.iter_mut().zip(chunk) {
                let v = v.abs();
                *t = if v > *t { v } else { *t };
            }
        }
        let largest = top.iter().fold(0.0f32, |a, &b| a.max(b));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        let inverse = 1.0 / scale;
        // Adding 1.5 * 2^23 rounds half to even and leaves the whole number in the low bits.
        const ROUND: f32 = 12_582_912.0;
        self.line.resize(self.width, 0);
        self.line[row.len()..].fill(0);
        for (q, &v) in self.line.iter_mut().zip(row) {
            *q = (v * inverse + ROUND).to_bits() as i8;
        }
        let sum: i32 = self.line.iter().map(|&q| i32::from(q)).sum();
        if self.scale.len().is_multiple_of(GROUP) {
            self.data.resize(self.data.len() + GROUP * self.width, 0);
        }
        let start = self.start(self.scale.len());
        for (to, four) in self.data[start..].chunks_mut(GROUP * 4).zip(self.line.chunks_exact(4)) {
            to[..4].copy_from_slice(four);
        }
        self.scale.push(scale);
        self.excess.push(128 * sum);
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.scale.len()
    }

    /// Where vector `i` begins.
    fn start(&self, i: usize) -> usize {
        i / GROUP * GROUP * self.width + i % GROUP * 4
    }

    /// The columns of vector `i`, four by four.
    fn fours(&self, i: usize) -> impl Iterator<Item = [i8; 4]> {
        self.data[self.start(i)..].chunks(GROUP * 4).take(self.width / 4).map(|c| [c[0], c[1], c[2], c[3]])
    }
}

/// Which instructions the machine has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Road {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

fn road() -> Road {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512f") {
            return Road::Vnni;
        }
        if is_x86_feature_detected!("avx2") {
            return Road::Avx2;
        }
    }
    Road::Plain
}

/// Runs `work` compiled for the widest vectors of this machine, as far as it is inlined: mark it and what it calls `inline(always)`.
#[inline(always)]
pub fn wide<R>(work: impl FnOnce() -> R) -> R {
    match road() {
        Road::Plain => work(),
        // SAFETY: `road` found these instructions on this machine.
        #[cfg(target_arch = "x86_64")]
        Road::Avx2 => unsafe { wide_avx2(work) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Road::Vnni => unsafe { wide_avx512(work) },
    }
}

/// # Safety
/// The machine must have AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn wide_avx2<R>(work: impl FnOnce() -> R) -> R {
    work()
}

/// # Safety
/// The machine must have AVX-512 F and BW.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw")]
unsafe fn wide_avx512<R>(work: impl FnOnce() -> R) -> R {
    work()
}

impl Packed {
    /// Packs `rows * columns` bytes, row after row.
    pub fn new(bytes: &[u8], scale: Vec<f32>, columns: usize) -> Packed {
        let rows = scale.len();
        let (blocks, quads) = (rows.div_ceil(BLOCK), columns.div_ceil(4));
        let mut data = vec![128u8; blocks * quads * BLOCK * 4];
        for row in 0..rows {
            let line = &bytes[row * columns..(row + 1) * columns];
            let (block, lane) = (row / BLOCK, row % BLOCK);
            let at = block * quads * BLOCK * 4 + lane * 4;
            for (quad, four) in line.chunks(4).enumerate() {
                for (k, &b) in four.iter().enumerate() {
                    data[at + quad * BLOCK * 4 + k] = b ^ 0x80;
                }
            }
        }
        Packed { data, scale, rows, columns }
    }

    /// `y[i][row] = (x[i] · row) * x.scale[i] * scale[row]` for every vector of `x`; `y` is laid out vector after vector.
    pub fn multiply(&self, x: &Quantised, y: &mut Vec<f32>) {
        self.multiply_on(road(), x, y);
    }

    fn multiply_on(&self, road: Road, x: &Quantised, y: &mut Vec<f32>) {
        debug_assert_eq!(x.width, self.columns.div_ceil(4) * 4);
        match road {
            Road::Plain => self.blocks(x, y, plain),
            // SAFETY: `road` found these instructions on this machine.
            #[cfg(target_arch = "x86_64")]
            Road::Avx2 => unsafe { self.blocks_avx2(x, y) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Road::Vnni => unsafe { self.blocks_vnni(x, y) },
        }
    }

    /// # Safety
    /// The machine must have AVX2.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    unsafe fn blocks_avx2(&self, x: &Quantised, y: &mut Vec<f32>) {
        // SAFETY: this function's own condition.
        self.blocks(x, y, |block, x, i, n, sums| unsafe { avx2(block, x, i, n, sums) });
    }

    /// # Safety
    /// The machine must have AVX-512 F, BW and VNNI.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    unsafe fn blocks_vnni(&self, x: &Quantised, y: &mut Vec<f32>) {
        // SAFETY: this function's own condition.
        self.blocks(x, y, |block, x, i, n, sums| unsafe {
            match n {
                GROUP => vnni::<GROUP>(block, x, i, sums),
                8.. => vnni::<8>(block, x, i, sums),
                4.. => vnni::<4>(block, x, i, sums),
                _ => vnni::<1>(block, x, i, sums),
            }
        });
    }

    /// Every block of rows with every group of input vectors; `sums` fills the sums of so many vectors from `i` on.
    #[inline(always)]
    fn blocks(&self, x: &Quantised, y: &mut Vec<f32>, sum: impl Fn(&[u8], &Quantised, usize, usize, &mut Sums)) {
        // What is there is written over.
        y.resize(x.len() * self.rows, 0.0);
        let quads = self.columns.div_ceil(4);
        let mut sums = [[0i32; BLOCK]; GROUP];
        for tile in (0..x.len()).step_by(TILE) {
            let end = x.len().min(tile + TILE);
            for (b, block) in self.data.chunks_exact(quads * BLOCK * 4).enumerate() {
                let rows = BLOCK.min(self.rows - b * BLOCK);
                let mut scale = [0.0; BLOCK];
                scale[..rows].copy_from_slice(&self.scale[b * BLOCK..b * BLOCK + rows]);
                let mut i = tile;
                while i < end {
                    let n = match end - i {
                        GROUP.. => GROUP,
                        8.. => 8,
                        4.. => 4,
                        _ => 1,
                    };
                    sum(block, x, i, n, &mut sums);
                    for (j, sums) in sums[..n].iter().enumerate() {
                        let xs = x.scale[i + j];
                        let out = &mut y[(i + j) * self.rows + b * BLOCK..][..rows];
                        let scaled: [f32; BLOCK] = std::array::from_fn(|k| sums[k] as f32 * (xs * scale[k]));
                        match <&mut [f32; BLOCK]>::try_from(&mut *out) {
                            Ok(out) => *out = scaled,
                            Err(_) => out.copy_from_slice(&scaled[..rows]),
                        }
                    }
                    i += n;
                }
            }
        }
    }
}

fn plain(block: &[u8], x: &Quantised, i: usize, n: usize, sums: &mut Sums) {
    for (j, sums) in sums[..n].iter_mut().enumerate() {
        *sums = [-x.excess[i + j]; BLOCK];
        for (w, x) in block.chunks_exact(BLOCK * 4).zip(x.fours(i + j)) {
            for (sum, w) in sums.iter_mut().zip(w.chunks_exact(4)) {
                *sum += w.iter().zip(x).map(|(&a, b)| i32::from(a) * i32::from(b)).sum::<i32>();
            }
        }
    }
}

/// # Safety
/// The machine must have AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn avx2(block: &[u8], x: &Quantised, i: usize, n: usize, sums: &mut Sums) {
    use std::arch::x86_64::*;
    for (j, out) in sums[..n].iter_mut().enumerate() {
        // Each register holds four rows; a row's even and odd pairs of columns stay apart until the end.
        let mut acc = [_mm256_setzero_si256(); 4];
        for (w, x) in block.chunks_exact(BLOCK * 4).zip(x.fours(i + j)) {
            let x = _mm256_cvtepi8_epi16(_mm_set1_epi32(i32::from_ne_bytes(x.map(|b| b as u8))));
            for (q, acc) in acc.iter_mut().enumerate() {
                // SAFETY: `w` holds 64 bytes, and q * 16 + 16 is at most 64.
                let w = unsafe { _mm_loadu_si128(w.as_ptr().add(q * 16).cast()) };
                *acc = _mm256_add_epi32(*acc, _mm256_madd_epi16(_mm256_cvtepu8_epi16(w), x));
            }
        }
        for (q, acc) in acc.iter().enumerate() {
            let mut lanes = [0i32; 8];
            // SAFETY: `lanes` holds 32 bytes.
            unsafe { _mm256_storeu_si256(lanes.as_mut_ptr().cast(), *acc) };
            for r in 0..4 {
                out[q * 4 + r] = lanes[r * 2] + lanes[r * 2 + 1] - x.excess[i + j];
            }
        }
    }
}

/// Sums of `N` vectors of one group.
///
/// # Safety
/// The machine must have AVX-512 F, BW and VNNI.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
unsafe fn vnni<const N: usize>(block: &[u8], x: &Quantised, i: usize, sums: &mut Sums) {
    use std::arch::x86_64::*;
    let mut acc = [_mm512_setzero_si512(); N];
    let quads = block.len() / (BLOCK * 4);
    let (group, lane) = (i / GROUP * GROUP * x.width, i % GROUP);
    assert!(lane + N <= GROUP && x.width == quads * 4);
    let from = &x.data[group..group + GROUP * x.width];
    for (w, x) in block.chunks_exact(BLOCK * 4).zip(from.chunks_exact(GROUP * 4)) {
        // SAFETY: `w` holds 64 bytes, and so does `x`: four for each vector of the group.
        unsafe {
            let w = _mm512_loadu_si512(w.as_ptr().cast());
            for (j, acc) in acc.iter_mut().enumerate() {
                let four = x.as_ptr().add((lane + j) * 4).cast::<i32>().read_unaligned();
                *acc = _mm512_dpbusd_epi32(*acc, w, _mm512_set1_epi32(four));
            }
        }
    }
    for (j, acc) in acc.iter().enumerate() {
        // SAFETY: each row of `sums` holds sixteen numbers.
        unsafe { _mm512_storeu_si512(sums[j].as_mut_ptr().cast(), _mm512_sub_epi32(*acc, _mm512_set1_epi32(x.excess[i + j]))) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_road_gives_the_same_numbers() {
        let mut seed = 7u32;
        let mut next = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        for (rows, columns, n) in [(1, 1, 1), (7, 13, 3), (16, 64, 8), (33, 320, 17), (50, 208, 9)] {
            let bytes: Vec<u8> = (0..rows * columns).map(|_| if next() == 128 { 129 } else { next() }).collect();
            let packed = Packed::new(&bytes, vec![0.5; rows], columns);
            let x: Vec<f32> = (0..n * columns).map(|_| f32::from(next()) - 127.0).collect();
            let mut q = Quantised::default();
            q.fill(&x, columns);
            let (mut a, mut b) = (Vec::new(), Vec::new());
            packed.multiply_on(Road::Plain, &q, &mut a);
            packed.multiply(&q, &mut b);
            assert_eq!(a, b);
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("avx2") {
                packed.multiply_on(Road::Avx2, &q, &mut b);
                assert_eq!(a, b);
            }
            // One by one gives what the batch gave.
            for i in 0..n {
                q.fill(&x[i * columns..(i + 1) * columns], columns);
                packed.multiply(&q, &mut b);
                assert_eq!(a[i * rows..(i + 1) * rows], b);
            }
        }
    }
}
