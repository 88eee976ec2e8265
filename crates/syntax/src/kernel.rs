//! Products of 8-bit integers, exact on every machine.
//!
//! A [`Packed`] matrix holds its rows in blocks of sixteen, four columns at a time, so that one vector instruction feeds
//! sixteen sums. Three roads (AVX-512 VNNI, AVX2, plain Rust) give the same integers; the test compares them.
//! The only module with `unsafe`: each block states why it holds.
#![allow(unsafe_code)]

/// Rows of one block.
const BLOCK: usize = 16;
/// Input vectors taken together.
const GROUP: usize = 8;

/// An 8-bit matrix packed for [`Packed::multiply`], with the scale of each row.
#[derive(Debug, Clone)]
pub struct Packed {
    /// `[rows / 16][columns / 4][16][4]`, zero where rows or columns are missing.
    data: Vec<i8>,
    /// 128 times the sum of each row: what the unsigned road adds too much.
    excess: Vec<i32>,
    /// One scale a row.
    pub scale: Vec<f32>,
    /// Rows (outputs).
    pub rows: usize,
    /// Columns (inputs).
    pub columns: usize,
}

/// Vectors of 8-bit integers in rows of `width` bytes, with one scale each.
#[derive(Debug, Default, Clone)]
pub struct Quantised {
    data: Vec<i8>,
    /// One scale a vector.
    pub scale: Vec<f32>,
    width: usize,
}

impl Quantised {
    /// Rounds `rows` vectors of `columns` numbers, lying one after the other in `x`.
    pub fn fill(&mut self, x: &[f32], columns: usize) {
        self.reset(columns);
        for row in x.chunks_exact(columns) {
            self.push(row);
        }
    }

    /// Empties the buffer for vectors of `columns` numbers.
    pub fn reset(&mut self, columns: usize) {
        self.width = columns.next_multiple_of(4);
        self.data.clear();
        self.scale.clear();
    }

    /// Adds one vector.
    pub fn push(&mut self, row: &[f32]) {
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
        // Adding and taking away 1.5 * 2^23 rounds half to even.
        const ROUND: f32 = 12_582_912.0;
        self.data.extend(row.iter().map(|&v| ((v * inverse + ROUND) - ROUND) as i8));
        self.data.resize(self.data.len() + self.width - row.len(), 0);
        self.scale.push(scale);
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.scale.len()
    }

    fn row(&self, i: usize) -> &[i8] {
        &self.data[i * self.width..(i + 1) * self.width]
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

impl Packed {
    /// Packs `rows * columns` bytes, row after row.
    pub fn new(bytes: &[u8], scale: Vec<f32>, columns: usize) -> Packed {
        let rows = scale.len();
        let (blocks, quads) = (rows.div_ceil(BLOCK), columns.div_ceil(4));
        let mut data = vec![0i8; blocks * quads * BLOCK * 4];
        let mut excess = vec![0i32; blocks * BLOCK];
        for row in 0..rows {
            let line = &bytes[row * columns..(row + 1) * columns];
            let (block, lane) = (row / BLOCK, row % BLOCK);
            let at = block * quads * BLOCK * 4 + lane * 4;
            for (quad, four) in line.chunks(4).enumerate() {
                for (k, &b) in four.iter().enumerate() {
                    data[at + quad * BLOCK * 4 + k] = b as i8;
                }
            }
            excess[row] = 128 * line.iter().map(|&b| i32::from(b as i8)).sum::<i32>();
        }
        Packed { data, excess, scale, rows, columns }
    }

    /// `y[i][row] = (x[i] · row) * x.scale[i] * scale[row]` for every vector of `x`; `y` is laid out vector after vector.
    pub fn multiply(&self, x: &Quantised, y: &mut Vec<f32>) {
        self.multiply_on(road(), x, y);
    }

    fn multiply_on(&self, road: Road, x: &Quantised, y: &mut Vec<f32>) {
        let quads = self.columns.div_ceil(4);
        debug_assert_eq!(x.width, quads * 4);
        y.clear();
        y.resize(x.len() * self.rows, 0.0);
        let mut sums = [[0i32; BLOCK]; GROUP];
        for (b, block) in self.data.chunks_exact(quads * BLOCK * 4).enumerate() {
            let rows = BLOCK.min(self.rows - b * BLOCK);
            let mut i = 0;
            while i < x.len() {
                let n = GROUP.min(x.len() - i);
                match road {
                    Road::Plain => plain(block, x, i, n, &mut sums),
                    // SAFETY: `road` found these instructions on this machine.
                    #[cfg(target_arch = "x86_64")]
                    Road::Avx2 => unsafe { avx2(block, x, i, n, &mut sums) },
                    // SAFETY: as above.
                    #[cfg(target_arch = "x86_64")]
                    Road::Vnni => unsafe { vnni(block, x, i, n, &self.excess[b * BLOCK..(b + 1) * BLOCK], &mut sums) },
                }
                let scale = &self.scale[b * BLOCK..b * BLOCK + rows];
                for (j, sums) in sums[..n].iter().enumerate() {
                    let xs = x.scale[i + j];
                    let out = &mut y[(i + j) * self.rows + b * BLOCK..][..rows];
                    for ((o, &s), &w) in out.iter_mut().zip(sums).zip(scale) {
                        *o = s as f32 * (xs * w);
                    }
                }
                i += n;
            }
        }
    }
}

fn plain(block: &[i8], x: &Quantised, i: usize, n: usize, sums: &mut [[i32; BLOCK]; GROUP]) {
    for (j, sums) in sums[..n].iter_mut().enumerate() {
        *sums = [0; BLOCK];
        for (w, x) in block.chunks_exact(BLOCK * 4).zip(x.row(i + j).chunks_exact(4)) {
            for (sum, w) in sums.iter_mut().zip(w.chunks_exact(4)) {
                *sum += w.iter().zip(x).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum::<i32>();
            }
        }
    }
}

/// # Safety
/// The machine must have AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn avx2(block: &[i8], x: &Quantised, i: usize, n: usize, sums: &mut [[i32; BLOCK]; GROUP]) {
    use std::arch::x86_64::*;
    for (j, out) in sums[..n].iter_mut().enumerate() {
        // Each register holds four rows; a row's even and odd pairs of columns stay apart until the end.
        let mut acc = [_mm256_setzero_si256(); 4];
        for (w, x) in block.chunks_exact(BLOCK * 4).zip(x.row(i + j).chunks_exact(4)) {
            let four = i32::from_le_bytes([x[0] as u8, x[1] as u8, x[2] as u8, x[3] as u8]);
            let x = _mm256_cvtepi8_epi16(_mm_set1_epi32(four));
            for (q, acc) in acc.iter_mut().enumerate() {
                // SAFETY: `w` holds 64 bytes, and q * 16 + 16 is at most 64.
                let w = unsafe { _mm_loadu_si128(w.as_ptr().add(q * 16).cast()) };
                *acc = _mm256_add_epi32(*acc, _mm256_madd_epi16(_mm256_cvtepi8_epi16(w), x));
            }
        }
        for (q, acc) in acc.iter().enumerate() {
            let mut lanes = [0i32; 8];
            // SAFETY: `lanes` holds 32 bytes.
            unsafe { _mm256_storeu_si256(lanes.as_mut_ptr().cast(), *acc) };
            for r in 0..4 {
                out[q * 4 + r] = lanes[r * 2] + lanes[r * 2 + 1];
            }
        }
    }
}

/// # Safety
/// The machine must have AVX-512 F, BW and VNNI.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
unsafe fn vnni(block: &[i8], x: &Quantised, i: usize, n: usize, excess: &[i32], sums: &mut [[i32; BLOCK]; GROUP]) {
    use std::arch::x86_64::*;
    // The instruction multiplies unsigned by signed: 128 is added to each input and taken off again through `excess`.
    let flip = _mm512_set1_epi32(0x8080_8080_u32 as i32);
    let mut acc = [_mm512_setzero_si512(); GROUP];
    let width = x.width;
    let from = &x.data[i * width..(i + n) * width];
    if n == GROUP {
        for (k, w) in block.chunks_exact(BLOCK * 4).enumerate() {
            // SAFETY: `w` holds 64 bytes; each input row holds `width` bytes and 4 k + 4 is at most `width`.
            unsafe {
                let w = _mm512_loadu_si512(w.as_ptr().cast());
                for (j, acc) in acc.iter_mut().enumerate() {
                    let four = from.as_ptr().add(j * width + k * 4).cast::<i32>().read_unaligned();
                    *acc = _mm512_dpbusd_epi32(*acc, _mm512_xor_si512(_mm512_set1_epi32(four), flip), w);
                }
            }
        }
    } else {
        for (k, w) in block.chunks_exact(BLOCK * 4).enumerate() {
            // SAFETY: as above.
            unsafe {
                let w = _mm512_loadu_si512(w.as_ptr().cast());
                for (j, acc) in acc[..n].iter_mut().enumerate() {
                    let four = from.as_ptr().add(j * width + k * 4).cast::<i32>().read_unaligned();
                    *acc = _mm512_dpbusd_epi32(*acc, _mm512_xor_si512(_mm512_set1_epi32(four), flip), w);
                }
            }
        }
    }
    // SAFETY: `excess` holds sixteen numbers, as does each row of `sums`.
    unsafe {
        let excess = _mm512_loadu_si512(excess.as_ptr().cast());
        for (acc, out) in acc[..n].iter().zip(sums.iter_mut()) {
            _mm512_storeu_si512(out.as_mut_ptr().cast(), _mm512_sub_epi32(*acc, excess));
        }
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
