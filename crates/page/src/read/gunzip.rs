//! Gzip, member by member, so that one damaged member costs itself alone, and no member grows beyond measure.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use flate2::bufread::GzDecoder;

use super::Limits;

type Packed = Box<dyn BufRead + Send>;

/// An unpacked stream.
pub(super) struct Gunzip {
    state: State,
    packed: Arc<AtomicU64>,
    out: u64,
    limits: Limits,
    /// Whether to go on after damage. Whoever reads records that can be told apart again sets it.
    recover: Arc<AtomicBool>,
}

enum State {
    Member(Box<GzDecoder<Packed>>),
    Between(Packed),
    End,
}

/// Counts the packed bytes as they are used up.
struct Meter {
    inner: Packed,
    count: Arc<AtomicU64>,
}

impl Read for Meter {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl BufRead for Meter {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        // By small steps, so that a damaged member does not draw the next ones into its fall.
        const STEP: usize = 2048;
        let buffer = self.inner.fill_buf()?;
        Ok(&buffer[..buffer.len().min(STEP)])
    }

    fn consume(&mut self, n: usize) {
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        self.inner.consume(n);
    }
}

impl Gunzip {
    pub(super) fn new(input: Packed, limits: &Limits, recover: Arc<AtomicBool>) -> Gunzip {
        let packed = Arc::new(AtomicU64::new(0));
        let input: Packed = Box::new(Meter { inner: input, count: Arc::clone(&packed) });
        Gunzip { state: State::Between(input), packed, out: 0, limits: *limits, recover }
    }

    /// Moves to the head of the next member; `false` at the end.
    fn seek(&self, input: &mut Packed) -> io::Result<bool> {
        if input.fill_buf()?.is_empty() {
            return Ok(false);
        }
        if !self.recover.load(Ordering::Relaxed) {
            // What follows the last member and is none is padding.
            return Ok(input.fill_buf()?.first() == Some(&0x1f));
        }
        loop {
            let buffer = input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            if buffer.starts_with(b"\x1f\x8b\x08") {
                return Ok(true);
            }
            // A mark torn by the buffer's end is lost, and its member with it: one in many thousand.
            let step = buffer.windows(3).skip(1).position(|w| w == b"\x1f\x8b\x08").map_or(buffer.len(), |i| i + 1);
            input.consume(step);
        }
    }
}

impl Read for Gunzip {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::End) {
                State::End => return Ok(0),
                State::Between(mut input) => {
                    if !self.seek(&mut input)? {
                        return Ok(0);
                    }
                    self.state = State::Member(Box::new(GzDecoder::new(input)));
                }
                State::Member(mut member) => match member.read(buffer) {
                    Ok(0) => self.state = State::Between(member.into_inner()),
                    Ok(n) => {
                        self.state = State::Member(member);
                        self.out += n as u64;
                        let packed = self.packed.load(Ordering::Relaxed).max(1);
                        if self.out > self.limits.expansion_free && self.out / packed > self.limits.expansion {
                            self.state = State::End;
                            return Err(io::Error::other(format!(
                                "unpacks to more than {} times its size",
                                self.limits.expansion
                            )));
                        }
                        return Ok(n);
                    }
                    Err(error) if !self.recover.load(Ordering::Relaxed) => return Err(error),
                    Err(_) => {
                        let mut input = member.into_inner();
                        if input.fill_buf()?.is_empty() {
                            return Ok(0);
                        }
                        self.state = State::Between(input);
                        // A line's end, so that the next record begins a line.
                        buffer[0] = b'\n';
                        return Ok(1);
                    }
                },
            }
        }
    }
}
