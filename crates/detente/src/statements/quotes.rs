//! Quotation marks of all kinds, paired over one paragraph at a time.
//!
//! Pages mix kinds of marks, lose some and set others in the wrong place. So a mark is judged by what stands around it first, and
//! by what is open second. An apostrophe is no mark.

use text::{Body, Span};

/// Words in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotation {
    /// With the marks.
    pub(super) outer: Span<Body>,
    /// Without them.
    pub(super) inner: Span<Body>,
    /// Whether a closing mark was found.
    pub(super) closed: bool,
    /// Whether it goes on from the paragraph before.
    pub(super) continues: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    side: Side,
    /// Single marks open only where a partner follows.
    single: bool,
}

/// Finds the quotations of `text`; `paragraphs` are byte ranges in order. Nested quotations are part of the outer one.
pub(super) fn find(text: &str, paragraphs: &[Span<Body>]) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut carried = false;
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let range = paragraph.range();
        let Some(body) = text.get(range.clone()) else { continue };
        let marks = marks(body);
        let mut open: Option<Mark> = None;
        let mut depth = 0usize;
        // How many double marks of each side are still to come.
        let mut left = vec![(0usize, 0usize); marks.len() + 1];
        for (i, mark) in marks.iter().enumerate().rev() {
            let (opens, closes) = left[i + 1];
            let (open, close) = (!mark.single && mark.side == Side::Open, !mark.single && mark.side == Side::Close);
            left[i] = (opens + usize::from(open), closes + usize::from(close));
        }
        let first_mark_first = marks.first().is_some_and(|m| body[..m.start].trim().is_empty() && m.side != Side::Close);
        let (before, continued) = (found.len(), carried && first_mark_first);
        let push = |found: &mut Vec<Quotation>, from: Mark, inner_end: usize, outer_end: usize, closed: bool| {
            if inner_end <= from.end || body[from.end..inner_end].trim().is_empty() {
                return;
            }
            let at = range.start as u32;
            found.push(Quotation {
                outer: Span::new(at + from.start as u32, at + outer_end as u32),
                inner: Span::new(at + from.end as u32, at + inner_end as u32),
                closed,
                continues: continued && found.len() == before,
            });
        };
        for (i, &mark) in marks.iter().enumerate() {
            match open {
                None => {
                    let opens = match mark.side {
                        Side::Open | Side::Either => true,
                        Side::Close => false,
                    };
                    let partner =
                        || marks[i + 1..].iter().take(6).any(|m| m.single && m.side != Side::Open && m.start > mark.end);
                    if opens && (!mark.single || partner()) {
                        open = Some(mark);
                        depth = 0;
                    }
                }
                Some(from) if from.single != mark.single => {}
                Some(from) => match mark.side {
                    Side::Open if mark.single => {}
                    // A second opening mark of the same kind: inside a quotation, or the first was never closed.
                    Side::Open => {
                        let (opens, closes) = left[i + 1];
                        if closes > opens + 1 {
                            depth += 1;
                        } else {
                            let end = sentence_end(body, from.end, mark.start);
                            push(&mut found, from, end, end, false);
                            open = Some(mark);
                            depth = 0;
                        }
                    }
                    Side::Close | Side::Either if depth > 0 => depth -= 1,
                    Side::Close | Side::Either => {
                        push(&mut found, from, mark.start, mark.end, true);
                        open = None;
                    }
                },
            }
        }
        carried = false;
        if let Some(from) = open
            && !from.single
        {
            // Unclosed: quoted to the end where the paragraph opens with the mark, where it follows a colon, or where the next
            // paragraph opens again; else the sentence alone.
            let end = body.trim_end().len();
            let before = body[..from.start].trim_end();
            let next = paragraphs.get(number + 1).and_then(|p| text.get(p.range())).map_or("", str::trim_start);
            let whole = before.is_empty() || before.ends_with(':') || next.starts_with(['“', '"', '„', '«', '「']);
            let end = if whole { end } else { sentence_end(body, from.end, end) };
            carried = end == body.trim_end().len();
            push(&mut found, from, end, end, false);
        }
    }
    found
}

/// Where the sentence ends that holds byte `from`, at most `limit`.
fn sentence_end(body: &str, from: usize, limit: usize) -> usize {
    let piece = &body[from..limit];
    let bytes = piece.as_bytes();
    let stop = bytes.iter().enumerate().find(|&(i, b)| {
        matches!(b, b'.' | b'!' | b'?')
            && i > 3
            && bytes.get(i + 1).is_none_or(|n| n.is_ascii_whitespace())
            && !bytes[i - 2..i].contains(&b'.')
            && bytes[i - 2] != b' '
    });
    from + stop.map_or(piece.trim_end().len(), |(i, _)| i + 1)
}

/// Every quotation mark with the side that its surroundings give it.
fn marks(body: &str) -> Vec<Mark> {
    let chars: Vec<(usize, char)> = body.char_indices().collect();
    let mut out: Vec<Mark> = Vec::new();
    let mut i = 0;
    // Marks of one kind that are open, for those that look the same on both sides.
    let mut german = false;
    while i < chars.len() {
        let (at, c) = chars[i];
        let prev = i.checked_sub(1).map(|p| chars[p].1);
        let twice = chars.get(i + 1).is_some_and(|n| n.1 == c) && matches!(c, '\'' | '`' | '’' | '‘' | '“' | '”' | '"');
        let width = if twice { 2 } else { 1 };
        let next = chars.get(i + width).map(|n| n.1);
        let end = chars.get(i + width).map_or(body.len(), |n| n.0);
        let space = |c: Option<char>| c.is_none_or(|c| c.is_whitespace());
        let opening = space(prev) || prev.is_some_and(|p| "([{—–-/:".contains(p));
        let closing = space(next) || next.is_some_and(|n| ".,;:!?)]}—–-/…".contains(n));
        let by_context = match (opening, closing) {
            (true, false) => Side::Open,
            (false, true) => Side::Close,
            // Glued on both sides: `said"We` opens after a letter, `talks."He` closes after a stop.
            (false, false) if prev.is_some_and(|p| ".,!?".contains(p)) => Side::Close,
            _ => Side::Either,
        };
        let (side, single) = match c {
            '"' | '＂' => (by_context, false),
            '“' | '‟' | '〝' => {
                let side = if german || by_context == Side::Close && out.last().is_some_and(|m| m.side == Side::Open) {
                    Side::Close
                } else {
                    Side::Open
                };
                german = false;
                (side, false)
            }
            '„' | '‚' if c == '„' || opening => {
                german = true;
                (Side::Open, c == '‚')
            }
            '”' | '〞' => (
                if by_context == Side::Open && !out.last().is_some_and(|m| m.side == Side::Open) {
                    Side::Open
                } else {
                    Side::Close
                },
                false,
            ),
            '«' | '»' | '‹' | '›' => {
                // French marks stand inside a space: « mot ».
                let usual = if matches!(c, '«' | '‹') { Side::Open } else { Side::Close };
                let side = match by_context {
                    Side::Either => usual,
                    side => side,
                };
                (if space(prev) && space(next) { usual } else { side }, false)
            }
            '「' | '『' => (Side::Open, false),
            '」' | '』' => (Side::Close, false),
            '`' if twice => (Side::Open, false),
            '\'' | '’' | '‘' if twice => {
                (if by_context == Side::Either { if c == '‘' { Side::Open } else { Side::Either } } else { by_context }, false)
            }
            '\'' | '‘' | '’' | '`' => {
                let digit = next.is_some_and(|n| n.is_ascii_digit());
                match by_context {
                    Side::Open if next.is_some_and(char::is_alphabetic) && !digit => (Side::Open, true),
                    // After a letter it is an apostrophe unless a single quotation is open; the partner test decides.
                    Side::Close if prev.is_some_and(|p| !p.is_whitespace()) => {
                        let plural = prev == Some('s') && space(next);
                        if plural && !out.iter().rev().take(2).any(|m| m.single && m.side == Side::Open) {
                            i += width;
                            continue;
                        }
                        (Side::Close, true)
                    }
                    _ => {
                        i += width;
                        continue;
                    }
                }
            }
            _ => {
                i += 1;
                continue;
            }
        };
        out.push(Mark { start: at, end, side, single });
        i += width;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        let mut paragraphs = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            paragraphs.push(Span::new(at as u32, (at + line.len()) as u32));
            at += line.len() + 1;
        }
        find(text, &paragraphs).iter().map(|q| &text[q.inner.range()]).collect()
    }

    #[test]
    fn all_kinds_pair() {
        assert_eq!(inner("He said, \"No deal.\" Then \"yes\"."), ["No deal.", "yes"]);
        assert_eq!(inner("“No,” she said. “Never.”"), ["No,", "Never."]);
        assert_eq!(inner("„Nein“, sagte er"), ["Nein"]);
        assert_eq!(inner("« Non », dit-il"), [" Non "]);
        assert_eq!(inner("「駄目」と述べた"), ["駄目"]);
        assert_eq!(inner("He said ``no'' and ''yes'' again"), ["no", "yes"]);
        assert_eq!(inner("Talks 'failed', says envoy"), ["failed"]);
    }

    #[test]
    fn apostrophes_are_no_quotes() {
        assert!(inner("Russia's envoy didn't see the allies' point in the '90s.").is_empty());
    }

    #[test]
    fn unclosed_ones_end_with_the_sentence_or_go_on() {
        assert_eq!(inner("It brings “the worst of all worlds. Then it rained."), ["the worst of all worlds."]);
        assert_eq!(inner("“We waited.\n“We will not wait again,” he said."), ["We waited.", "We will not wait again,"]);
        let text = "“We waited.\n“We will not wait again,” he said.";
        assert!(find(text, &[Span::new(0, 13), Span::new(14, text.len() as u32)])[1].continues);
    }

    #[test]
    fn hostile_runs_take_linear_time() {
        let text = "\"".repeat(20_000);
        let _ = find(&text, &[Span::new(0, text.len() as u32)]);
        let text = "“ a".repeat(5_000);
        let _ = find(&text, &[Span::new(0, text.len() as u32)]);
    }
}
