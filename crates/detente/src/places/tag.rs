//! Finds the place names of a text: what the engine calls a place, and what the table knows where nothing speaks against it.
//!
//! [`super::accept`] judges each name by the words around it. What has too little for it is still a place where the same page uses
//! the name as one elsewhere. Words for nationality ("Turkish") are no places.

use std::collections::HashSet;

use syntax::{NameKind, Parse, Upos, Word, WordId};
use text::{Body, Source, Span};

use super::accept::{Judge, Verdict};
use super::gazetteer::Candidate;
use super::lists::Lists;

/// A name that may be placed.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// First and last word; none in a dateline, which is no sentence.
    pub words: Option<(WordId, WordId)>,
    pub span: Span<Body>,
    pub key: String,
    pub candidates: Vec<Candidate>,
    /// The words "province", "County" beside it make it that wide.
    pub wide: Option<u8>,
    /// Something around it says that it is a place, which the next name of a list shares.
    pub sure: bool,
}

/// At most so many words make a name.
const LONGEST: u32 = 7;

pub(super) fn tag(parse: &Parse, lists: &Lists) -> Vec<Mention> {
    let tagged = !parse.names().is_empty();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut weak = Vec::new();
    for sentence in parse.sentences() {
        let words: Vec<Word<'_>> = sentence.words().collect();
        let shouting =
            words.iter().filter(|w| w.form().chars().any(char::is_lowercase)).count() * 4 < words.len() && words.len() > 3;
        let mut i = 0;
        while i < words.len() {
            let Some(mut m) = longest(parse, lists, &words, i, shouting) else {
                if let Some(m) = settled(parse, lists, &words, i) {
                    i = m.words.map_or(i + 1, |(_, last)| (last.0 - words[0].id().0 + 1) as usize);
                    mentions.push(m);
                } else {
                    i += 1;
                }
                continue;
            };
            let n = m.words.map_or(1, |(first, last)| (last.0 - first.0 + 1) as usize);
            let before = mentions.last().filter(|b| b.sure && b.span.start() >= sentence.span().start());
            let judge =
                Judge { parse, lists, words: &words, i, n, tagged, listed: before.is_some_and(|b| chained(parse, b, m.span)) };
            match judge.accept(&mut m) {
                Verdict::Yes => {
                    i = m.words.map_or(i + n, |(_, last)| (last.0 - words[0].id().0 + 1) as usize);
                    mentions.push(m);
                }
                Verdict::Weak => {
                    weak.push(m);
                    i += n;
                }
                Verdict::No => i += n,
            }
        }
    }
    add_names(parse, lists, &mut mentions);
    // A name that the page uses as a place is one wherever nothing speaks against it.
    let known: HashSet<String> = mentions.iter().map(|m| m.key.clone()).collect();
    weak.retain(|m| known.contains(&m.key));
    mentions.append(&mut weak);
    mentions.sort_by_key(|m| m.span);
    mentions.dedup_by(|b, a| a.span.overlaps(b.span));
    mentions
}

/// The places of a dateline: "KYIV, Ukraine", "BRUSSELS/VIENNA". What stands there is a place or nothing.
pub(super) fn dateline(source: &Source<Body>, at: Span<Body>, lists: &Lists) -> Vec<Mention> {
    let (text, rest) = (source.slice(at), source.as_str().get(at.start() as usize..).unwrap_or(""));
    let mut found = Vec::new();
    for part in text.split([',', '/', ';']) {
        let name = part.trim();
        let key = lists.key(name);
        let from = name.as_ptr() as usize - text.as_ptr() as usize;
        if key.is_empty() || lists.never.contains(&key) || name.len() < 2 {
            continue;
        }
        // "Ky." is an abbreviation, whose stop the dateline's own end may have.
        let stop = rest.get(from + name.len()..).is_some_and(|r| r.starts_with('.')) && lists.written(&format!("{name}."));
        let (candidates, _) = lists.look_up(&key);
        if candidates.is_empty() || !lists.spelled(&key, name) {
            continue;
        }
        let start = at.start() + from as u32;
        let span = Span::new(start, start + name.len() as u32 + u32::from(stop));
        found.push(Mention { words: None, span, key, candidates, wide: None, sure: true });
    }
    found
}

pub(super) fn capital(word: Word<'_>) -> bool {
    let mut chars = word.form().chars();
    let first = chars.next();
    first.is_some_and(char::is_uppercase)
        || first.is_some_and(|c| "'’‘".contains(c)) && chars.next().is_some_and(char::is_uppercase)
}

/// Whether only a comma or "and" parts the name at `span` from the name `before`, which is known to be a place.
fn chained(parse: &Parse, before: &Mention, span: Span<Body>) -> bool {
    let between = parse.source().as_str().get(before.span.end() as usize..span.start() as usize).unwrap_or("");
    matches!(between.trim(), "," | "and" | "or" | ", and" | ", or" | "&") && between.len() < 9
}

/// The longest name of the table that begins at word `i`.
fn longest(parse: &Parse, lists: &Lists, words: &[Word<'_>], i: usize, shouting: bool) -> Option<Mention> {
    let first = words[i];
    if !capital(first) && !(first.form() == "al" || first.form().starts_with("al-"))
        || first.form() == "Al" && i + 1 == words.len()
    {
        return None;
    }
    let mut end = i;
    while end + 1 < words.len() && (end - i) < LONGEST as usize {
        let next = words[end + 1];
        let form = next.form();
        let elided = |form: &str| matches!(form.get(..2), Some("d'" | "l'")) || matches!(form.get(..4), Some("d’" | "l’"));
        let joins = capital(next)
            || elided(form)
            || matches!(form, "-" | "." | "'" | "’" | "'s" | "’s")
            || lists.joins.contains(form)
            || form.starts_with("al-")
            || form.starts_with("el-");
        if !joins || next.upos() == Upos::PUNCT && next.span().start() > words[end].span().end() {
            break;
        }
        end += 1;
    }
    for last in (i..=end).rev() {
        // A possessive or a stop at the end is no part of the name, unless the list has it so ("Ky.").
        let tail = words[last].form();
        if matches!(tail, "-" | "of" | "the" | "and" | "on" | "'" | "’" | "'s" | "’s") {
            continue;
        }
        let span = first.span().hull(words[last].span());
        let text = parse.source().slice(span);
        let trimmed = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text);
        if trimmed.len() < 2 || text.contains('\n') {
            continue;
        }
        let key = lists.key(trimmed);
        if key.is_empty() || tail == "." && !lists.written(trimmed) || lists.never.contains(&key) {
            continue;
        }
        // "Park", "Council", "County" alone are never the towns of that name.
        if last == i && (lists.feature.contains_key(&key) || lists.institution.contains(&key) || lists.public.contains(&key)) {
            continue;
        }
        if let Some(m) = known(lists, key, trimmed, shouting) {
            let span = Span::new(span.start(), span.start() + trimmed.len() as u32);
            return Some(Mention { words: Some((first.id(), words[last].id())), span, ..m });
        }
        // "Seattle-based" is a word of its own.
        if last == i
            && let Some((name, rest)) = trimmed.rsplit_once('-')
            && lists.suffix.contains(rest)
            && let Some(m) = known(lists, lists.key(name), name, shouting)
        {
            let span = Span::new(span.start(), span.start() + name.len() as u32);
            return Some(Mention { words: Some((first.id(), first.id())), span, ..m });
        }
    }
    None
}

/// The places of a name written as `text`, if the table has any.
fn known(lists: &Lists, key: String, text: &str, shouting: bool) -> Option<Mention> {
    let (mut candidates, common) = lists.look_up(&key);
    if candidates.is_empty()
        || !lists.spelled(&key, text)
        || shouting && text.len() <= 3
        || text.len() == 2 && !text.chars().all(char::is_uppercase)
    {
        return None;
    }
    if common {
        for c in &mut candidates {
            if c.resolution == 4 && c.prior < 6.3 {
                c.prior -= 2.0;
            }
        }
    }
    Some(Mention { words: None, span: Span::new(0, 0), key, candidates, wide: None, sure: false })
}

/// A name that no table has, behind "the village of".
fn settled(parse: &Parse, lists: &Lists, words: &[Word<'_>], i: usize) -> Option<Mention> {
    if i < 2 || !capital(words[i]) || words[i - 1].form() != "of" {
        return None;
    }
    if !lists.settles(words[i - 2]) || words[i].form().chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut end = i;
    while end + 1 < words.len() && end < i + 3 {
        let next = words[end + 1];
        let particle = lists.particle.contains(next.form()) && words.get(end + 2).is_some_and(|w| capital(*w));
        if !(particle || next.upos() == Upos::PROPN && capital(next)) {
            break;
        }
        end += 1;
    }
    let span = words[i].span().hull(words[end].span());
    let key = lists.key(parse.source().slice(span));
    let plain = words[i].upos() == Upos::PROPN && !lists.never.contains(&key) && !lists.demonyms.contains_key(words[i].form());
    plain.then(|| Mention {
        words: Some((words[i].id(), words[end].id())),
        span,
        key,
        candidates: Vec::new(),
        wide: None,
        sure: true,
    })
}

/// Places that only the engine knows: after a word such as "in", with a word such as "River" in the name, or in a list of places.
fn add_names(parse: &Parse, lists: &Lists, mentions: &mut Vec<Mention>) {
    let known = mentions.len();
    for name in parse.names().iter().filter(|n| n.kind == NameKind::Place) {
        let at = mentions[..known].partition_point(|m| m.words.is_none_or(|(_, last)| last < name.first));
        if at < known && mentions[at].words.is_some_and(|(first, _)| first <= name.last) {
            continue;
        }
        let span = parse.hull(name.first, name.last);
        let text = parse.source().slice(span);
        if !text.starts_with(char::is_uppercase) || text.contains('\n') {
            continue;
        }
        let key = lists.key(text);
        let head = parse.word(name.last);
        let last = head.form().to_lowercase();
        if head.upos() == Upos::ADJ
            || lists.never.contains(&key)
            || lists.institution.contains(&last)
            || lists.public.contains(&last)
            || lists.demonyms.contains_key(text)
        {
            continue;
        }
        let first = parse.word(name.first);
        let before = first.before();
        let inside = before.is_some_and(|b| matches!(b.form(), "in" | "near" | "outside" | "around"))
            || before.is_some_and(|b| b.form() == "the") && before.and_then(|b| b.before()).is_some_and(|b| b.form() == "in");
        let feature = key.rsplit(' ').next().is_some_and(|w| lists.feature.contains_key(w)) && key.contains(' ');
        let listed = at.checked_sub(1).is_some_and(|b| mentions[b].sure && chained(parse, &mentions[b], span));
        if !(inside || feature || listed)
            || text.chars().any(|c| c.is_ascii_digit())
            || text.len() > 3 && !text.chars().any(char::is_lowercase)
        {
            continue;
        }
        let (candidates, _) = lists.look_up(&key);
        let words = Some((name.first, name.last));
        mentions.push(Mention { words, span, key, candidates, wide: None, sure: inside });
    }
    mentions.sort_by_key(|m| m.span);
}
