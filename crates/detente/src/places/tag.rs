//! Finds the place names of a text: what the engine calls a place, and what the table knows where nothing speaks against it.
//!
//! Against it speak a person's or an organisation's name around it, a longer name of which it is only a part, and a name that
//! is also a common word without a word such as "in" before it. Words for nationality ("Turkish") are no places.

use syntax::{NameKind, Parse, Upos, Word, WordId};
use text::{Body, Span};

use super::gazetteer::{Candidate, Lists};

/// A name that may be placed.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub first: WordId,
    pub last: WordId,
    pub span: Span<Body>,
    pub key: String,
    pub candidates: Vec<Candidate>,
    /// The words "province", "County" beside it make it that wide.
    pub wide: Option<u8>,
}

/// At most so many words make a name.
const LONGEST: u32 = 6;
/// What stands alone as a place without further signs: about 100,000 people.
const KNOWN: f64 = 5.0;

pub(super) fn tag(parse: &Parse, lists: &Lists) -> Vec<Mention> {
    let tagged = !parse.names().is_empty();
    let mut mentions = Vec::new();
    for sentence in parse.sentences() {
        let words: Vec<Word<'_>> = sentence.words().collect();
        let shouting =
            words.iter().filter(|w| w.form().chars().any(char::is_lowercase)).count() * 4 < words.len() && words.len() > 3;
        let mut i = 0;
        while i < words.len() {
            match longest(parse, lists, &words, i, shouting) {
                Some(mut m) => {
                    let n = (m.last.0 - words[i].id().0 + 1) as usize;
                    if accept(parse, lists, &words, i, n, &mut m, tagged) {
                        i = (m.last.0 - words[0].id().0 + 1) as usize;
                        mentions.push(m);
                    } else {
                        i += n;
                    }
                }
                None => i += 1,
            }
        }
    }
    add_names(parse, lists, &mut mentions);
    mentions
}

fn capital(word: Word<'_>) -> bool {
    let mut chars = word.form().chars();
    let first = chars.next();
    first.is_some_and(char::is_uppercase)
        || first.is_some_and(|c| "'’‘".contains(c)) && chars.next().is_some_and(char::is_uppercase)
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
        let joins = capital(next)
            || form.len() > 3 && matches!(form.get(..2), Some("d'" | "l'")) && form[2..].starts_with(char::is_uppercase)
            || matches!(form, "-" | "." | "'" | "’")
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
        if matches!(tail, "-" | "of" | "the" | "and" | "on" | "'" | "’") {
            continue;
        }
        let span = first.span().hull(words[last].span());
        let text = parse.source().slice(span);
        let trimmed = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text);
        if trimmed.len() < 2 || text.contains('\n') {
            continue;
        }
        let key = lists.key(trimmed);
        if key.is_empty() || tail == "." && !lists.written(trimmed) {
            continue;
        }
        if lists.never.contains(&key) {
            continue;
        }
        let (candidates, common) = lists.look_up(&key);
        if candidates.is_empty()
            || !lists.spelled(&key, trimmed)
            || shouting && trimmed.len() <= 3
            || trimmed.len() == 2 && !trimmed.chars().all(char::is_uppercase)
        {
            continue;
        }
        let mut candidates = candidates;
        if common {
            for c in &mut candidates {
                if c.resolution == 4 && c.prior < 6.3 {
                    c.prior -= 2.0;
                }
            }
        }
        let span = Span::new(span.start(), span.start() + trimmed.len() as u32);
        return Some(Mention { first: first.id(), last: words[last].id(), span, key, candidates, wide: None });
    }
    None
}

/// Whether the words around let `m` be a place; widens it by "County", "Province" and the like.
fn accept(parse: &Parse, lists: &Lists, words: &[Word<'_>], i: usize, n: usize, m: &mut Mention, tagged: bool) -> bool {
    let end = i + n;
    let lower = |w: Word<'_>| w.form().to_lowercase();
    let before = i.checked_sub(1).map(|j| words[j]);
    let after = words.get(end).copied();
    let glued = |a: Word<'_>, b: Word<'_>| a.span().end() == b.span().start();
    let strong = m.candidates.iter().map(|c| c.prior).fold(0.0, f64::max);
    let wide_kind = m.candidates.iter().any(|c| c.resolution <= 2);

    // Part of a compound: "US-backed" stays a place, "Kim Jong-un" does not.
    if let Some(b) = before
        && matches!(b.form(), "-" | "–" | "@" | "#" | "/")
        && glued(b, words[i])
        && b.form() != "/"
        && i >= 2
        && glued(words[i - 2], b)
        && !(capital(words[i - 2]) && strong > 8.0)
    {
        return false;
    }
    if let Some(a) = after
        && a.form() == "-"
        && glued(words[end - 1], a)
        && words.get(end + 1).is_some_and(|w| capital(*w))
        && strong < 6.5
    {
        return false;
    }
    let is_place = |w: Word<'_>| {
        let (found, _) = lists.look_up(&lists.key(w.form()));
        found.iter().any(|c| c.prior >= 5.5)
    };
    // "Rau, Poland's minister" is no town in Poland.
    let owner = words.get(end + 2).is_some_and(|w| matches!(w.form(), "'s" | "’s"));
    let contained =
        after.is_some_and(|a| a.form() == ",") && !owner && words.get(end + 1).is_some_and(|w| capital(*w) && is_place(*w));
    let locative = locative(lists, words, i);
    let inside = before.is_some_and(|b| matches!(b.form(), "in" | "near" | "outside" | "at" | "around"));
    // What the engine calls it.
    let mut engine_place = false;
    let sentence_first = words[0].id();
    let from = parse.names().partition_point(|x| x.first < sentence_first);
    for name in parse.names()[from..].iter().take_while(|x| x.first <= m.last).filter(|x| x.last >= m.first) {
        let longer = name.first < m.first || name.last > m.last;
        match name.kind {
            NameKind::Place => engine_place = true,
            // "in Lubbock", "Marion, Ohio" say more than a guess at a person.
            NameKind::Person if longer || strong < 7.5 && !contained && !(inside && strong >= KNOWN) => return false,
            // "U.S. Centers for Disease Control" begins with a place; "Bank of England" does not.
            NameKind::Organisation if name.first < m.first || name.last > m.last && strong < KNOWN => return false,
            NameKind::Organisation if !longer && strong < 6.5 && !contained && !locative => return false,
            _ => {}
        }
    }
    // A longer name of which this is a part.
    let possessive =
        m.span.end() < words[end - 1].span().end() || after.is_some_and(|a| matches!(a.form(), "'s" | "’s" | "'" | "’"));
    // "Kentucky State Police", "London City airport": the second word belongs to what follows.
    let follows = words.get(end + 1).is_some_and(|w| capital(*w) || lists.feature.contains_key(w.form()));
    let feature = after.filter(|a| capital(*a) && !follows && !possessive).and_then(|a| lists.feature.get(&lower(a)).copied());
    if let (Some(f), Some(a)) = (feature, after) {
        m.wide = Some(f);
        m.last = a.id();
        m.span = Span::new(m.span.start(), a.span().end());
    } else if let Some(f) = after.and_then(|a| lists.wide.get(a.form()).copied()) {
        m.wide = Some(f);
    }
    let next = words.get(end + usize::from(feature.is_some())).copied();
    let name_like = |w: Word<'_>| {
        capital(w)
            && w.form().chars().all(|c| c.is_alphabetic() || c == '-' || c == '.' || c == '’' || c == '\'')
            && !lists.title.contains(&lower(w))
            && !lists.directions.contains(&lower(w))
    };
    let shouted = words[end - 1].form().len() > 3 && words[end - 1].form().chars().all(char::is_uppercase);
    let whole = m.key.rsplit(' ').next().is_some_and(|w| lists.feature.contains_key(w)) && m.key.contains(' ');
    if let Some(a) = next
        .filter(|_| !possessive && !whole)
        .filter(|a| !shouted || a.form().chars().all(char::is_uppercase))
        .filter(|a| name_like(*a) && !glued(words[end - 1], *a) || lists.institution.contains(&lower(*a)) && capital(*a))
    {
        let body = lists.institution.contains(&lower(a));
        // "Turkey President", "Paris Hilton", "London Bridge": only an office or another place may follow.
        if body
            || !is_place(a) && !engine_place && !(wide_kind && strong >= 8.0 && m.candidates.iter().any(|c| c.resolution == 1))
        {
            return false;
        }
    }
    if let Some(b) = before.filter(|b| capital(*b)) {
        let form = lower(b);
        let sentence_start = i == 1;
        if lists.institution.contains(&form) {
            return false;
        }
        let known_before = lists.title.contains(&form) || lists.directions.contains(&form) || is_place(b);
        if !known_before
            && !engine_place
            && name_like(b)
            && !(sentence_start && b.upos() != Upos::PROPN)
            && !(strong >= 9.0 && b.upos() != Upos::PROPN)
        {
            return false;
        }
        if matches!(form.as_str(), "mr" | "mr." | "ms" | "ms." | "mrs" | "mrs." | "dr" | "dr." | "miss" | "sir" | "lord" | "lady")
        {
            return false;
        }
    }
    if i >= 2 && before.is_some_and(|b| lists.particle.contains(b.form())) && capital(words[i - 2]) && strong < 8.0 {
        return false;
    }
    // "University of Texas", "Bank of England".
    if before.is_some_and(|b| lower(b) == "of") && i >= 2 {
        let mut j = i - 2;
        if lower(words[j]) == "the" && j > 0 {
            j -= 1;
        }
        if (capital(words[j]) || matches!(words[j].form(), "church" | "cathedral" | "virus" | "treaty" | "battle"))
            && lists.institution.contains(&lower(words[j]))
        {
            return false;
        }
    }
    let doubtful = lists.doubtful.contains(&m.key);
    let direction = before.filter(|b| capital(*b) && i > 1 && lists.directions.contains(&lower(*b)) && lower(*b) != "post");
    if let Some(b) = direction.filter(|_| strong >= KNOWN || engine_place) {
        let far = words
            .get(i.wrapping_sub(2))
            .filter(|w| capital(**w) && i > 2 && matches!(w.form(), "South" | "North" | "Far" | "Deep"));
        let first = far.copied().unwrap_or(b);
        m.first = first.id();
        m.span = first.span().hull(m.span);
    }
    if engine_place
        || m.wide.is_some() && feature.is_some()
        || whole && wide_kind | m.candidates.iter().any(|c| c.resolution == 3)
    {
        return true;
    }
    let opens = i == 0 || before.is_some_and(|b| b.upos() == Upos::PUNCT && i == 1);
    if doubtful && !wide_kind && !locative && !contained {
        return false;
    }
    if doubtful && wide_kind && tagged && !locative && strong < 8.0 {
        return false;
    }
    if strong >= if opens { 5.3 } else { KNOWN } {
        // With the engine's names at hand, what it passes over needs more: a large place, or a word such as "in".
        return !tagged || strong >= 6.5 || locative || contained;
    }
    (locative || contained) && strong >= if tagged { 4.5 } else { 3.7 }
}

/// Whether "in", "near" and the like stand before word `i`, with "the" or a comma between at most.
fn locative(lists: &Lists, words: &[Word<'_>], i: usize) -> bool {
    let lower = |j: usize| words.get(j).map_or(String::new(), |w| w.form().to_lowercase());
    let Some(b) = i.checked_sub(1) else { return false };
    let before = lower(b);
    lists.locative.contains(&before) && !capital(words[b])
        || lists.directions.contains(&before)
        || matches!(before.as_str(), "the" | ",") && i >= 2 && lists.locative.contains(&lower(i - 2))
}

/// Places that only the engine knows: after a word such as "in", or with a word such as "River" in the name.
fn add_names(parse: &Parse, lists: &Lists, mentions: &mut Vec<Mention>) {
    let known = mentions.len();
    for name in parse.names().iter().filter(|n| n.kind == NameKind::Place) {
        let at = mentions[..known].partition_point(|m| m.last < name.first);
        if at < known && mentions[at].first <= name.last {
            continue;
        }
        let span = parse.hull(name.first, name.last);
        let text = parse.source().slice(span);
        if !text.starts_with(char::is_uppercase) || text.contains('\n') {
            continue;
        }
        let key = lists.key(text);
        let head = parse.word(name.last);
        if head.upos() == Upos::ADJ || lists.never.contains(&key) || lists.institution.contains(&head.form().to_lowercase()) {
            continue;
        }
        let first = parse.word(name.first);
        let before = first.before();
        let inside = before.is_some_and(|b| matches!(b.form(), "in" | "near" | "outside" | "around"))
            || before.is_some_and(|b| b.form() == "the") && before.and_then(|b| b.before()).is_some_and(|b| b.form() == "in");
        let feature = key.rsplit(' ').next().is_some_and(|w| lists.feature.contains_key(w)) && key.contains(' ');
        if !(inside || feature)
            || text.chars().any(|c| c.is_ascii_digit())
            || text.len() > 3 && !text.chars().any(char::is_lowercase)
        {
            continue;
        }
        let (candidates, _) = lists.look_up(&key);
        mentions.push(Mention { first: name.first, last: name.last, span, key, candidates, wide: None });
    }
    mentions.sort_by_key(|m| (m.span, m.first));
}
