//! What no input may exceed, so that a hostile one costs bounded time and memory.

/// Bounds on what is read.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most bytes of one page; what goes beyond is cut, with a note. 16 MiB.
    pub page_bytes: usize,
    /// The most bytes that one packed byte may yield, counted once `expansion_free` bytes are out. 200.
    pub expansion: u64,
    /// How much any packed file may yield before `expansion` counts. 64 MiB.
    pub expansion_free: u64,
    /// The most bytes of a Parquet file that comes packed or through a pipe and must be held whole. 256 MiB.
    pub table_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { page_bytes: 16 << 20, expansion: 200, expansion_free: 64 << 20, table_bytes: 256 << 20 }
    }
}
