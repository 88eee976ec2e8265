//! Words out of running text, as the English treebanks of Universal Dependencies cut them.
//!
//! Rules and three short lists (`data/`), one pass over the text. A piece between white space is taken apart from both
//! ends (brackets, quotation marks, full stops), then inside (hyphens, slashes, dashes), then at contractions; addresses and
//! numbers stay whole. Every word is an exact piece of the text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use text::{Body, Span};

/// A word's place, whether a space stands before it, and whether the next word belongs to the same token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span<Body>,
    /// Whether white space (or the paragraph's start) stands before it.
    pub space: bool,
    /// Whether the next word continues the same surface token.
    pub glued: bool,
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'))
}

static ABBREVIATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| lines(include_str!("../data/abbreviations.txt")).collect());
static PREFIXES: LazyLock<HashSet<&str>> = LazyLock::new(|| lines(include_str!("../data/prefixes.txt")).collect());
static CONTRACTIONS: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
    lines(include_str!("../data/contractions.txt"))
        .filter_map(|l| l.split_once('\t').and_then(|(w, n)| Some((w, n.trim().parse().ok()?))))
        .collect()
});

/// The longest piece between spaces that is still looked into; anything longer is cut there.
const LONGEST: usize = 400;

/// Cuts the paragraph `text`, which begins at byte `base` of the body, into `out`.
pub fn tokenize(text: &str, base: u32, out: &mut Vec<Token>) {
    let first = out.len();
    for chunk in chunks(text) {
        let from = out.len();
        let start = chunk.as_ptr() as usize - text.as_ptr() as usize;
        let note = note(chunk).unwrap_or(chunk.len());
        cut(&chunk[..note], base + start as u32, text, start, out);
        cut(&chunk[note..], base + (start + note) as u32, text, start + note, out);
        if let Some(token) = out.get_mut(from) {
            // A chunk that was cut for its length goes on without a space.
            token.space = start == 0 || text[..start].ends_with(blank);
        }
    }
    if let Some(token) = out.get_mut(first) {
        token.space = true;
    }
}

/// White space, and the invisible characters that pages are full of.
fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{2028}' | '\u{2029}')
}

/// Pieces between white space, none longer than [`LONGEST`] bytes.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    text.split(blank).filter(|c| !c.is_empty()).flat_map(|mut chunk| {
        std::iter::from_fn(move || {
            if chunk.is_empty() {
                return None;
            }
            let mut end = chunk.len().min(LONGEST);
            while !chunk.is_char_boundary(end) {
                end -= 1;
            }
            let (head, tail) = chunk.split_at(end);
            chunk = tail;
            Some(head)
        })
    })
}

/// Where the marks of footnotes begin that stand right behind the end of a sentence: "the state.[3]".
fn note(chunk: &str) -> Option<usize> {
    let marks = |at: &usize| {
        let mark = chunk[at + 1..].split_once(']').map_or("", |m| m.0);
        let short = !mark.is_empty() && mark.len() <= 4 && mark.chars().all(char::is_alphanumeric);
        let end = chunk[..*at].trim_end_matches(['"', '”', '’', '\'', ')']);
        short && end.len() > 1 && end.ends_with(['.', '!', '?'])
    };
    chunk.match_indices('[').map(|(at, _)| at).find(marks)
}

fn opener(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '<'
            | '"'
            | '\''
            | '“'
            | '”'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '『'
            | '`'
            | '*'
            | '_'
            | '…'
            | '—'
            | '–'
            | '-'
            | '~'
            | '='
            | '|'
            | '¡'
            | '¿'
            | '•'
            | '・'
            | '+'
            | '>'
            | '.'
            | ','
            | '/'
            | '’'
            | ':'
            | ';'
            | '!'
            | '?'
            | '、'
            | '。'
    )
}

fn closer(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '>'
            | '"'
            | '\''
            | '“'
            | '”'
            | '’'
            | '‘'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '」'
            | '』'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '…'
            | '—'
            | '–'
            | '-'
            | '*'
            | '_'
            | '`'
            | '~'
            | '='
            | '|'
            | '/'
            | '<'
            | '('
            | '['
            | '、'
            | '。'
            | '，'
            | '•'
    )
}

fn currency(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '¥' | '₽' | '₴' | '₹' | '#' | '%' | '°')
}

fn digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// An address: nothing in it is cut.
fn address(s: &str) -> bool {
    let low = s.as_bytes();
    let has = |p: &[u8]| low.windows(p.len()).any(|w| w.eq_ignore_ascii_case(p));
    if has(b"://") || low.len() > 4 && low[..4].eq_ignore_ascii_case(b"www.") {
        return true;
    }
    match s.split_once('@') {
        Some((a, b)) => !a.is_empty() && b.contains('.') && b.chars().all(|c| c.is_alphanumeric() || ".-_".contains(c)),
        None => {
            // name.com, report.doc
            s.rsplit_once('.').is_some_and(|(a, b)| {
                a.len() > 1
                    && a.chars().all(|c| c.is_alphanumeric() || ".-_".contains(c))
                    && a.chars().any(char::is_alphabetic)
                    && matches!(
                        b.to_ascii_lowercase().as_str(),
                        "com"
                            | "org"
                            | "net"
                            | "gov"
                            | "edu"
                            | "ru"
                            | "ua"
                            | "uk"
                            | "eu"
                            | "doc"
                            | "pdf"
                            | "xls"
                            | "htm"
                            | "html"
                            | "info"
                    )
            })
        }
    }
}

/// Whether the full stop at the end of `word` (given with it) belongs to the word.
fn keeps_stop(word: &str, last_of_text: bool) -> bool {
    let Some(stem) = word.strip_suffix('.') else { return false };
    if stem.is_empty() || !stem.starts_with(char::is_alphabetic) {
        return false;
    }
    let low = stem.to_lowercase();
    // U.S., e.g., Ph.D., initials
    let dotted = low.contains('.') && low.split('.').all(|p| p.chars().count() <= 2 && p.chars().all(char::is_alphabetic));
    let initial = stem.chars().count() == 1 && stem.chars().all(char::is_uppercase);
    dotted
        || (initial && !last_of_text && stem != "I")
        || (ABBREVIATIONS.contains(low.as_str())
            && !(last_of_text && !matches!(low.as_str(), "etc" | "inc" | "jr" | "ltd" | "co" | "corp" | "al")))
}

fn push(out: &mut Vec<Token>, base: u32, start: usize, end: usize) {
    if start < end {
        out.push(Token { span: Span::new(base + start as u32, base + end as u32), space: false, glued: false });
    }
}

/// Cuts one piece between white space. `base` is its place in the body; `text` and `at` show what follows it.
fn cut(chunk: &str, base: u32, text: &str, at: usize, out: &mut Vec<Token>) {
    if smiley(chunk) {
        push(out, base, 0, chunk.len());
        return;
    }
    let (mut start, mut end) = (0, chunk.len());
    // Opening marks.
    while let Some(c) = chunk[start..end].chars().next() {
        let rest = &chunk[start + c.len_utf8()..end];
        let stays = match c {
            '.' | ',' => rest.starts_with(digit) && c == '.',
            '\'' | '’' | '‘' => clipped(rest),
            '-' | '+' => rest.starts_with(digit) && start == 0,
            _ => false,
        };
        if !opener(c) || stays {
            break;
        }
        let run = if matches!(c, '.' | '-' | '*' | '=' | '_' | '~' | '!' | '?' | '\'' | '`' | '>' | '<' | '—') {
            chunk[start..end].chars().take_while(|&d| d == c).count() * c.len_utf8()
        } else {
            c.len_utf8()
        };
        push(out, base, start, start + run);
        start += run;
    }
    // Closing marks, put aside and added at the end.
    let mut tail: Vec<(usize, usize)> = Vec::new();
    loop {
        let body = &chunk[start..end];
        let Some(c) = body.chars().next_back() else { break };
        let before = end - c.len_utf8();
        if c == '.' {
            let dots = body.chars().rev().take_while(|&d| d == '.').count();
            if dots > 1 {
                tail.push((end - dots, end));
                end -= dots;
                continue;
            }
            let rest = text[at + end..].trim_start_matches(|d| closer(d) && d != '(' && d != '[' && d != '<');
            let last = tail.is_empty() && rest.trim_start_matches(blank).is_empty()
                || sentence_like(rest) && tail.iter().any(|t| t.0 < chunk.len());
            if keeps_stop(body, last) || address(body) && !body.ends_with('.') {
                break;
            }
            tail.push((before, end));
            end = before;
            continue;
        }
        if !closer(c) {
            break;
        }
        let run = if matches!(c, '-' | '!' | '?' | '*' | '=' | '_' | '~' | '\'' | '`' | '—' | '>' | '<') {
            body.chars().rev().take_while(|&d| d == c || (matches!(c, '!' | '?') && matches!(d, '!' | '?'))).count()
        } else {
            1
        };
        let from = end - body.chars().rev().take(run).map(char::len_utf8).sum::<usize>();
        if matches!(c, '\'' | '’')
            && run == 1
            && body.len() > 1
            && body[..before - start].ends_with(['s', 'S'])
            && !quoted(text, at + start)
        {
            break; // the plural's possessive: "the allies'"
        }
        if c == '/' && address(body) {
            break;
        }
        tail.push((from, end));
        end = from;
    }
    if start < end {
        inside(chunk, start, end, base, out);
    }
    for &(a, b) in tail.iter().rev() {
        push(out, base, a, b);
    }
}

/// Whether the word at `at` is opened by a single quotation mark, so that an apostrophe after it closes it.
fn quoted(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev().take(120);
    before.any(|c| c == '‘') || text[..at].ends_with('\'')
}

/// Whether what follows looks like the start of a sentence.
fn sentence_like(rest: &str) -> bool {
    rest.trim_start_matches(blank).chars().next().is_none_or(char::is_uppercase)
}

/// `'s`, `'em`, `'90s`: an apostrophe that opens a clipped word.
fn clipped(rest: &str) -> bool {
    let word = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
    matches!(
        word.to_ascii_lowercase().as_str(),
        "s" | "re" | "ve" | "ll" | "d" | "m" | "t" | "em" | "til" | "cause" | "tis" | "twas"
    ) || rest.len() >= 3 && rest.as_bytes()[..2].iter().all(u8::is_ascii_digit) && rest[2..].starts_with('s')
}

fn smiley(chunk: &str) -> bool {
    chunk.len() <= 4
        && matches!(
            chunk,
            ":)" | ":(" | ";)" | ":-)" | ":-(" | ";-)" | ":D" | ":P" | "<3" | ":/" | "=)" | ":]" | ";-(" | ":'(" | "):" | "(:"
        )
}

/// Cuts what is left inside a piece: dashes, hyphens, slashes, units, contractions.
fn inside(chunk: &str, start: usize, end: usize, base: u32, out: &mut Vec<Token>) {
    let word = &chunk[start..end];
    if address(word) {
        push(out, base, start, end);
        return;
    }
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let mut from = 0;
    let mut i = 0;
    while i < chars.len() {
        let (at, c) = chars[i];
        let prev = i.checked_sub(1).map(|j| chars[j].1);
        let next = chars.get(i + 1).map(|n| n.1);
        let split = match c {
            '—' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '«' | '»' | '…' | '=' | '<' | '>' | '|' | '{' | '}' => true,
            '–' => true,
            '-' => hyphen_splits(word, at, prev, next),
            '/' => !(digit_side(prev) && digit_side(next)) && word.len() > 3,
            ',' | ';' | '!' | '?' => !(digit_side(prev) && digit_side(next)),
            ':' => !(digit_side(prev) && digit_side(next)),
            '.' => {
                chars.get(i + 1).is_some_and(|n| n.1 == '.')
                    || prev == Some('.') && from < at && word[from..at].chars().all(|d| d == '.')
            }
            '$' | '£' | '€' | '₽' | '%' | '°' | '#' => c != '#',
            '+' | '&' => false,
            _ => false,
        };
        if split {
            piece(chunk, start + from, start + at, base, out);
            let mut stop = i + 1;
            while stop < chars.len() && chars[stop].1 == c && matches!(c, '-' | '.' | '!' | '?' | '—' | '=') {
                stop += 1;
            }
            let to = chars.get(stop).map_or(word.len(), |n| n.0);
            push(out, base, start + at, start + to);
            from = to;
            i = stop;
        } else {
            i += 1;
        }
    }
    piece(chunk, start + from, end, base, out);
}

fn digit_side(c: Option<char>) -> bool {
    c.is_some_and(digit)
}

fn hyphen_splits(word: &str, at: usize, prev: Option<char>, next: Option<char>) -> bool {
    let (Some(prev), Some(next)) = (prev, next) else { return false };
    if next == '-' || prev == '-' {
        return true;
    }
    // Telephone numbers and dates in figures stay whole: more than one hyphen, figures alone.
    if word.chars().all(|c| c.is_ascii_digit() || c == '-') && (word.matches('-').count() > 1 || word.len() == 8) {
        return false;
    }
    let left = &word[..at];
    let left = left.rsplit(['-', '/', '—']).next().unwrap_or(left);
    if PREFIXES.contains(left.to_lowercase().as_str()) && next.is_alphabetic() {
        return false;
    }
    // U.S.-led, and codes such as T-72 or S-300, are cut like any other compound.
    true
}

/// The last cut: units after figures, contractions and possessives.
fn piece(chunk: &str, start: usize, end: usize, base: u32, out: &mut Vec<Token>) {
    let word = &chunk[start..end];
    if word.is_empty() {
        return;
    }
    // $100, 50%, 5pm, 10km
    let figures = word.find(|c: char| !(digit(c) || matches!(c, ',' | '.' | ':'))).unwrap_or(word.len());
    if figures > 0 && figures < word.len() {
        let unit = &word[figures..];
        let low = unit.to_ascii_lowercase();
        if currency(unit.chars().next().unwrap_or(' '))
            || matches!(
                low.as_str(),
                "am" | "pm"
                    | "a.m"
                    | "p.m"
                    | "a.m."
                    | "p.m."
                    | "km"
                    | "kg"
                    | "mm"
                    | "cm"
                    | "mg"
                    | "ml"
                    | "m"
                    | "bn"
                    | "k"
                    | "mph"
                    | "kph"
                    | "kb"
                    | "mb"
                    | "gb"
                    | "h"
                    | "min"
            )
        {
            push(out, base, start, start + figures);
            piece(chunk, start + figures, end, base, out);
            return;
        }
    }
    if let Some(first) = word.chars().next().filter(|&c| currency(c) && c != '#' && word.len() > c.len_utf8()) {
        push(out, base, start, start + first.len_utf8());
        piece(chunk, start + first.len_utf8(), end, base, out);
        return;
    }
    if word.len() > 1 && word.ends_with('%') {
        piece(chunk, start, end - 1, base, out);
        push(out, base, end - 1, end);
        return;
    }
    if let Some(at) = contraction(word) {
        if at == 0 {
            push(out, base, start, end);
            return;
        }
        let from = out.len();
        piece(chunk, start, start + at, base, out);
        // Only the last word before the apostrophe shares its token.
        if out.len() > from {
            if let Some(last) = out.last_mut() {
                last.glued = true;
            }
        }
        push(out, base, start + at, end);
        return;
    }
    push(out, base, start, end);
}

/// Where the second word of a contraction begins.
fn contraction(word: &str) -> Option<usize> {
    let low = word.to_lowercase();
    if low.len() != word.len() {
        return None;
    }
    if let Some(&chars) = CONTRACTIONS.get(low.as_str()) {
        return Some(chars);
    }
    for tail in ["n't", "n’t", "'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m", "`s"] {
        if low.len() > tail.len() && low.ends_with(tail) {
            let at = low.len() - tail.len();
            // o'clock-like words and figures ("the 60's") stay whole.
            return if tail.ends_with('s') && word[..at].ends_with(digit) { None } else { Some(at) };
        }
    }
    for tail in ["'", "’"] {
        if low.len() > tail.len() && low.ends_with(tail) {
            return Some(low.len() - tail.len());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        tokenize(text, 0, &mut out);
        out.iter().map(|t| &text[t.span.range()]).collect()
    }

    #[test]
    fn marks_come_off_and_addresses_stay() {
        assert_eq!(words("(He said: “No.”)"), ["(", "He", "said", ":", "“", "No", ".", "”", ")"]);
        assert_eq!(words("See www.example.org/a-b, now."), ["See", "www.example.org/a-b", ",", "now", "."]);
        assert_eq!(words("$1.5 billion, 50% at 5pm"), ["$", "1.5", "billion", ",", "50", "%", "at", "5", "pm"]);
    }

    #[test]
    fn compounds_part_and_prefixes_stay() {
        assert_eq!(words("long-term anti-tank U.S.-led"), ["long", "-", "term", "anti-tank", "U.S.", "-", "led"]);
    }

    #[test]
    fn contractions_share_a_token() {
        assert_eq!(words("Don't, it’s the allies' cannot"), ["Do", "n't", ",", "it", "’s", "the", "allies", "'", "can", "not"]);
    }

    #[test]
    fn abbreviations_keep_their_stop() {
        assert_eq!(words("Mr. Lavrov met U.S. envoys."), ["Mr.", "Lavrov", "met", "U.S.", "envoys", "."]);
    }

    #[test]
    fn a_footnote_leaves_the_full_stop_alone() {
        assert_eq!(words("the state.[3]"), ["the", "state", ".", "[", "3", "]"]);
        assert_eq!(words("the U.S.[a][12] Then"), ["the", "U.S.", "[", "a", "]", "[", "12", "]", "Then"]);
        assert_eq!(words("“Never.”[4] x[1]"), ["“", "Never", ".", "”", "[", "4", "]", "x", "[", "1", "]"]);
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_slow() {
        for text in ["", "\u{200b}\u{feff}", "a\u{301}b", "----....", &"x".repeat(1_000_000), &"'\"-".repeat(100_000)] {
            let mut out = Vec::new();
            tokenize(text, 0, &mut out);
            let kept: usize = out.iter().map(|t| t.span.len()).sum();
            let solid: usize = text.chars().filter(|&c| !blank(c)).map(char::len_utf8).sum();
            assert_eq!(kept, solid);
            assert!(out.windows(2).all(|w| w[0].span.end() <= w[1].span.start()));
        }
    }
}
