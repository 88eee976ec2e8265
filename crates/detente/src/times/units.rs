//! Cuts words into the smallest pieces that dates are made of, whatever the tokeniser did: `5:30PM` is `5` `:` `30` `PM`,
//! `1960s` and `7th` stay whole, `a.m.` becomes `am`.

use std::borrow::Cow;

use syntax::{Sentence, Upos, WordId};
use text::{Body, Span};

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// `7th`.
    Ordinal,
    /// `1960s`.
    Plural,
    /// A number with a decimal point, or too long to matter.
    Opaque,
    /// One sign.
    Sign,
}

/// One piece.
#[derive(Debug, Clone)]
pub struct Piece<'p> {
    /// Where it stands.
    pub span: Span<Body>,
    /// In lower case, without the stops of an abbreviation.
    pub lower: Cow<'p, str>,
    /// What it is.
    pub kind: Kind,
    /// The number, for digits.
    pub number: u32,
    /// How many digits.
    pub digits: u8,
    /// Begins with a capital.
    pub capital: bool,
    /// Whether white space stands before it.
    pub space: bool,
    /// The word it is cut from.
    pub word: WordId,
    /// That word's part of speech.
    pub upos: Upos,
}

/// The pieces of a sentence.
pub fn pieces(sentence: Sentence<'_>) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece<'_>> = Vec::with_capacity(sentence.words().len());
    let mut end = None;
    for word in sentence.words() {
        let form = word.form();
        let base = word.span().start();
        let bytes = form.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            let c = match form[i..].chars().next() {
                Some(c) => c,
                None => break,
            };
            if c.is_whitespace() {
                i += c.len_utf8();
                continue;
            }
            let start = i;
            let (mut kind, mut number, mut digits) = (Kind::Sign, 0u32, 0u8);
            if c.is_ascii_digit() {
                let mut value = 0u64;
                let mut opaque = false;
                loop {
                    while i < bytes.len() && bytes[i].is_ascii_digit() {
                        value = value.saturating_mul(10).saturating_add(u64::from(bytes[i] - b'0'));
                        digits = digits.saturating_add(1);
                        i += 1;
                    }
                    // A comma between groups of three.
                    let group = bytes.get(i) == Some(&b',')
                        && bytes.get(i + 1..i + 4).is_some_and(|g| g.iter().all(u8::is_ascii_digit))
                        && !bytes.get(i + 4).is_some_and(u8::is_ascii_digit);
                    let point = bytes.get(i) == Some(&b'.')
                        && bytes.get(i + 1).is_some_and(u8::is_ascii_digit)
                        && !bytes[i + 1..].iter().take(24).any(|b| *b == b'.');
                    if group {
                        i += 1;
                        digits = 9;
                    } else if point {
                        opaque = true;
                        i += 1;
                    } else {
                        break;
                    }
                }
                kind = if opaque || value > 9_999_999 { Kind::Opaque } else { Kind::Number };
                number = value as u32;
                let rest = form.get(i..).unwrap_or_default();
                let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
                let tail = rest.get(..letters).unwrap_or_default();
                let is = |ending: &[&str]| ending.iter().any(|e| tail.eq_ignore_ascii_case(e));
                if kind == Kind::Number && is(&["st", "nd", "rd", "th"]) {
                    kind = Kind::Ordinal;
                    i += 2;
                } else if kind == Kind::Number && number % 10 == 0 && matches!(rest, "s" | "S" | "'s" | "’s") {
                    kind = Kind::Plural;
                    i = form.len();
                }
            } else if c.is_alphabetic() {
                kind = Kind::Word;
                let initials = is_initials(&form[i..]);
                if initials > 0 {
                    i += initials;
                } else {
                    for (at, c) in form[start..].char_indices() {
                        let apostrophe =
                            (c == '\'' || c == '’') && form[start + at..].chars().nth(1).is_some_and(char::is_alphabetic);
                        if !(c.is_alphabetic() || apostrophe) {
                            break;
                        }
                        i = start + at + c.len_utf8();
                    }
                }
            } else {
                i += c.len_utf8();
            }
            let text = &form[start..i];
            let lower = lower(text, kind);
            let span = Span::new(base + start as u32, base + i as u32);
            out.push(Piece {
                space: end != Some(span.start()),
                span,
                lower,
                kind,
                number,
                digits,
                capital: c.is_uppercase(),
                word: word.id(),
                upos: word.upos(),
            });
            end = Some(span.end());
        }
    }
    join_split(out)
}

/// `text` in lower case, a word without the stops of an abbreviation and without a possessive; borrowed where it is so already.
fn lower(text: &str, kind: Kind) -> Cow<'_, str> {
    let plain = |b: u8| b.is_ascii() && !b.is_ascii_uppercase() && b != b'.' && b != b'\'';
    if text.bytes().all(plain) || kind != Kind::Word && text.is_ascii() && !text.bytes().any(|b| b.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    let mut lower = text.to_lowercase();
    if kind == Kind::Word {
        lower.retain(|c| c != '.');
        lower = lower.replace('’', "'");
        if lower.ends_with("'s") {
            lower.truncate(lower.len() - 2);
        }
    }
    Cow::Owned(lower)
}

/// Length of `a.m.`, `B.C`, at the start of `text`; 0 where there is none.
fn is_initials(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut i = 0;
    while bytes.get(i).is_some_and(u8::is_ascii_alphabetic) && bytes.get(i + 1) == Some(&b'.') {
        i += 2;
    }
    if i >= 4 {
        return i;
    }
    if i == 2 && bytes.get(2).is_some_and(u8::is_ascii_alphabetic) && !bytes.get(3).is_some_and(u8::is_ascii_alphanumeric) {
        return 3;
    }
    0
}

/// Mends what a tokeniser split: `7` `th`, `1960` `s`.
fn join_split(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece<'_>> = Vec::with_capacity(pieces.len());
    for b in pieces {
        if let Some(a) = out.last_mut().filter(|a| !b.space && a.kind == Kind::Number && b.kind == Kind::Word) {
            let kind = match b.lower.as_ref() {
                "st" | "nd" | "rd" | "th" => Some(Kind::Ordinal),
                "s" if a.number % 10 == 0 && a.digits >= 2 => Some(Kind::Plural),
                _ => None,
            };
            if let Some(kind) = kind {
                a.kind = kind;
                a.span = a.span.hull(b.span);
                continue;
            }
        }
        out.push(b);
    }
    out
}
