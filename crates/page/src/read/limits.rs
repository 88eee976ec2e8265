//! What no input may exceed, so that a hostile one costs bounded time and memory.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

/// Bounds on what is read.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most bytes of one page; what goes beyond is cut, with a note. 16 MiB.
    pub page_bytes: usize,
    /// The most bytes that one packed byte may yield, counted once `expansion_free` bytes are out. 200.
    pub expansion: u64,
    /// How much any packed file may yield before `expansion` counts. 64 MiB.
    pub expansion_free: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { page_bytes: 16 << 20, expansion: 200, expansion_free: 64 << 20 }
    }
}

/// An unpacked stream that fails when it grows beyond measure.
pub(super) struct Unpacked {
    inner: Box<dyn Read + Send>,
    packed: Arc<AtomicU64>,
    out: u64,
    limits: Limits,
}

impl Unpacked {
    pub(super) fn gzip(input: impl Read + Send + 'static, limits: &Limits) -> Unpacked {
        let packed = Arc::new(AtomicU64::new(0));
        let input = super::Counted { inner: input, count: Arc::clone(&packed) };
        let inner = Box::new(MultiGzDecoder::new(input));
        Unpacked { inner, packed, out: 0, limits: *limits }
    }
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.out += n as u64;
        let packed = self.packed.load(Ordering::Relaxed).max(1);
        if self.out > self.limits.expansion_free && self.out / packed > self.limits.expansion {
            return Err(io::Error::other(format!("unpacks to more than {} times its size", self.limits.expansion)));
        }
        Ok(n)
    }
}
