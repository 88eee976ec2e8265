//! From the article back to the page: which bytes of the raw page each piece of the body was read from.

use crate::{Body, Raw, Span};

/// Pieces of the body in order, each with the raw span it was read from.
///
/// A piece is exact when both lengths agree; otherwise (entities decoded, white space folded) the whole raw piece stands
/// for any part of it.
#[derive(Debug, Clone, Default)]
pub struct Alignment {
    pieces: Vec<(Span<Body>, Span<Raw>)>,
}

impl Alignment {
    /// Adds the next piece; pieces come in order of the body.
    pub fn push(&mut self, body: Span<Body>, raw: Span<Raw>) {
        debug_assert!(self.pieces.last().is_none_or(|(last, _)| last.end() <= body.start()));
        self.pieces.push((body, raw));
    }

    /// Where the words at `span` stand in the page, or `None` where they were made (a separator).
    pub fn raw(&self, span: Span<Body>) -> Option<Span<Raw>> {
        let from = self.pieces.partition_point(|(body, _)| body.end() <= span.start());
        let mut hull: Option<Span<Raw>> = None;
        for &(body, raw) in self.pieces[from..].iter().take_while(|(body, _)| body.start() < span.end().max(span.start() + 1)) {
            let part = if body.len() == raw.len() {
                let start = span.start().max(body.start()) - body.start();
                let end = span.end().min(body.end()) - body.start();
                Span::new(raw.start() + start, raw.start() + end)
            } else {
                raw
            };
            hull = Some(hull.map_or(part, |h| h.hull(part)));
        }
        hull
    }

    /// The pieces, in order.
    pub fn pieces(&self) -> &[(Span<Body>, Span<Raw>)] {
        &self.pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_pieces_map_byte_by_byte() {
        let mut alignment = Alignment::default();
        alignment.push(Span::new(0, 10), Span::new(100, 110));
        alignment.push(Span::new(12, 20), Span::new(200, 230));
        assert_eq!(alignment.raw(Span::new(2, 5)), Some(Span::new(102, 105)));
        assert_eq!(alignment.raw(Span::new(13, 14)), Some(Span::new(200, 230)));
        assert_eq!(alignment.raw(Span::new(8, 14)), Some(Span::new(108, 230)));
        assert_eq!(alignment.raw(Span::new(10, 12)), None);
    }
}
