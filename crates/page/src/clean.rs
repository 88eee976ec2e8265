//! From a page to its article: find the text, cut what is none of it, tell where every piece came from.

use text::{Alignment, Body, Note, Source, Span};

use crate::block::Block;
use crate::html::{self, Facts};
use crate::{Article, Credit, Kind, Page, Removed, Suspicion, cut, dateline, dates, language, lexicon, plain, suspect, trail};

/// The article in a page. Never fails: a page without one yields an empty body and a note.
pub fn clean(page: &Page) -> Article {
    let raw = page.raw.as_str();
    let mut notes = page.notes.clone();
    let (mut blocks, mut facts) = match page.kind {
        Kind::Verbatim => return verbatim(page),
        Kind::Text => (plain::blocks(raw), Facts::default()),
        Kind::Html => html::read(raw, &mut notes),
    };
    let given = page.given.title.clone();
    let title = match (&given, page.kind) {
        (Some(_), _) => given,
        (None, Kind::Text) => headline(&mut blocks),
        (None, _) => facts.title.take(),
    };
    cut::mark(&mut blocks, title.as_deref(), page.kind == Kind::Text);
    let mut credits = trail::find(&blocks);
    if page.kind == Kind::Text {
        imprint(&mut blocks, &mut facts);
    }
    read_lines(&blocks, &mut facts);
    let built = build(page, &blocks);
    let dateline = dateline::find(&built.body, &built.paragraphs);
    if let Some(agency) = dateline.as_ref().and_then(|d| d.agency.clone())
        && !credits.iter().any(|c| c.name == agency)
    {
        credits.push(Credit { name: agency, url: None, role: "agency" });
    }
    let language = page
        .given
        .language
        .clone()
        .or_else(|| language::of(built.body.as_str()).map(str::to_string))
        .or_else(|| facts.language.take().filter(|_| !built.body.as_str().is_empty()));
    if built.paragraphs.is_empty() && !notes.iter().any(|n| n.id == "empty") {
        notes.push(Note::new("no-article", "no article was found on the page"));
    } else if let Some(code) = language.as_deref().filter(|l| *l != "en") {
        notes.push(Note::new("foreign", format!("not in English (language `{code}`)")));
    }
    let english = language.as_deref().is_none_or(|l| l == "en");
    let translation_suspect = if english { suspect::look(&built.body, &built.paragraphs) } else { Suspicion::default() };
    // The moment as its place states it, before its day is read in the page's own calendar.
    let moment = facts.days.first().filter(|_| page.given.published.is_none()).and_then(|(_, s)| s.moment.clone());
    if let Some(place) = dates::own_day(&facts.days) {
        let (from, stamp) = facts.days.remove(place);
        let (other, first) = &facts.days[0];
        let utc = first.moment.as_deref().unwrap_or_default();
        notes.push(Note::new("own-day", format!("{} in the page's own time by {from}; {utc} by {other}", stamp.date)));
        facts.days.insert(0, (from, stamp));
    }
    let (published, published_from) = publication(page, &facts, dateline.as_ref(), &mut notes);
    let told = || facts.days.iter().find(|(_, s)| Some(s.date) == published).and_then(|(_, s)| s.moment.clone());
    let published_at = moment.or_else(told).filter(|_| published.is_some());
    Article {
        page: page.id.clone(),
        path: page.path.clone(),
        url: page.given.url.clone().or(facts.url),
        title: title.map(Source::new),
        byline: page.given.byline.clone().or(facts.byline),
        publisher: page.given.publisher.clone().or(facts.publisher),
        published,
        published_from,
        published_at,
        trail: credits,
        language,
        translation_suspect,
        body: built.body,
        paragraphs: built.paragraphs,
        alignment: built.alignment,
        dateline,
        removed: built.removed,
        notes,
    }
}

/// A page that is kept to the letter: every line a paragraph.
fn verbatim(page: &Page) -> Article {
    let body: Source<Body> = Source::new(page.raw.as_str());
    let mut paragraphs = Vec::new();
    let mut at = 0;
    for line in body.as_str().split_inclusive(['\n', '\r']) {
        let start = at + line.len() - line.trim_start().len();
        paragraphs.extend(body.span(start, start.max(at + line.trim_end().len())).filter(|s| !s.is_empty()));
        at += line.len();
    }
    let mut alignment = Alignment::default();
    alignment.push(body.whole(), Span::new(0, body.whole().end()));
    let published = page.given.published.or(page.given.otherwise_published);
    let dateline = dateline::find(&body, &paragraphs);
    let language = page.given.language.clone().or_else(|| language::of(body.as_str()).map(str::to_string));
    Article {
        page: page.id.clone(),
        path: page.path.clone(),
        url: page.given.url.clone(),
        title: page.given.title.as_deref().map(Source::new),
        byline: page.given.byline.clone(),
        publisher: page.given.publisher.clone(),
        published,
        published_from: published.map(|_| "given"),
        published_at: None,
        trail: Vec::new(),
        language,
        translation_suspect: Suspicion::default(),
        body,
        paragraphs,
        alignment,
        dateline,
        removed: Vec::new(),
        notes: page.notes.clone(),
    }
}

/// The headline of a plain text: its first line, where it has the form of one or the page says it again.
fn headline(blocks: &mut [Block]) -> Option<String> {
    let first = blocks.iter().position(|b| lexicon::BOILERPLATE.find(&b.text).is_none())?;
    let text = blocks[first].text.clone();
    let line = lexicon::words(&text);
    let rest = &blocks[first + 1..];
    if line.is_empty() || text.len() > 250 || line.len() > 35 || rest.is_empty() {
        return None;
    }
    let again = rest.iter().any(|b| lexicon::words(&b.text) == line);
    let apart = !text.ends_with(['.', ':', ',', ';'])
        && !sentence_with_quote(&text)
        && rest.iter().any(|b| b.words() > line.len().max(8));
    (again || apart).then(|| {
        blocks[first].cut = Some("headline");
        text
    })
}

/// A full stop inside closing quotation marks ends a sentence too.
fn sentence_with_quote(text: &str) -> bool {
    text.ends_with(".”") || text.ends_with(".\"") || text.ends_with(".’")
}

/// A short line beside a byline or a day above the text is the publisher's name or a section's.
fn imprint(blocks: &mut [Block], facts: &mut Facts) {
    let prose = |b: &Block| b.cut.is_none() && b.words() >= 12;
    let head = blocks.iter().position(prose).unwrap_or(0);
    if !blocks[..head].iter().any(|b| b.cut == Some("byline or date line")) {
        return;
    }
    for block in blocks[..head].iter_mut().filter(|b| b.cut.is_none()) {
        let name = block
            .text
            .split_whitespace()
            .all(|w| w.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()) || matches!(w, "of" | "the" | "and"));
        if block.words() <= 5 && !block.ends_sentence() && name {
            block.cut = Some("publisher or section");
            facts.publisher.get_or_insert_with(|| block.text.clone());
        }
    }
}

/// What the lines above the text tell: byline and day.
fn read_lines(blocks: &[Block], facts: &mut Facts) {
    let head = blocks.iter().filter(|b| b.cut.is_none_or(|why| why == "byline or date line")).take(8);
    for block in head.filter(|b| b.words() <= 16) {
        if facts.byline.is_none() {
            facts.byline = html::byline(&block.text);
        }
        let stamp = dates::parse(&block.text).filter(|s| (s.at.1 - s.at.0) * 3 + 40 > block.text.len());
        if let Some(stamp) = stamp.filter(|_| block.cut.is_some() || !block.ends_sentence()) {
            facts.days.push(("text", stamp));
            break;
        }
    }
}

/// The publication day: what is given, else the first of the page's own places; a place that disagrees is noted.
fn publication(
    page: &Page,
    facts: &Facts,
    dateline: Option<&crate::Dateline>,
    notes: &mut Vec<Note>,
) -> (Option<jiff::civil::Date>, Option<&'static str>) {
    let written = dateline.and_then(|d| d.day);
    let from_dateline =
        written.and_then(|(year, month, day)| jiff::civil::Date::new(year?, month, day).ok()).map(|date| ("dateline", date));
    let found: Vec<(&'static str, jiff::civil::Date)> = page
        .given
        .published
        .map(|d| ("given", d))
        .into_iter()
        .chain(facts.days.iter().map(|(from, stamp)| (*from, stamp.date)))
        .chain(from_dateline)
        .collect();
    let Some(&(from, date)) = found.first() else {
        let otherwise = page.given.otherwise_published;
        return (otherwise, otherwise.map(|_| "given"));
    };
    let distance = |other: jiff::civil::Date| (date.duration_until(other).as_hours() / 24).abs();
    let mut told: Vec<&str> = vec![from];
    for (place, other) in &found[1..] {
        // A day's difference is a matter of time zones.
        if distance(*other) > 1 && !told.contains(place) {
            told.push(place);
            notes.push(Note::new("date-disagrees", format!("published {date} by {from}, but {other} by {place}")));
        }
    }
    if let Some((None, month, day)) = written {
        let year = date.year();
        let near =
            [year - 1, year, year + 1].iter().filter_map(|y| jiff::civil::Date::new(*y, month, day).ok()).map(distance).min();
        if near.is_some_and(|d| d > 3) {
            notes.push(Note::new(
                "date-disagrees",
                format!("published {date} by {from}, but the dateline says {month:02}-{day:02}"),
            ));
        }
    }
    (Some(date), Some(from))
}

struct Built {
    body: Source<Body>,
    paragraphs: Vec<Span<Body>>,
    alignment: Alignment,
    removed: Vec<Removed>,
}

/// Sets the kept blocks one after the other, an empty line between them.
fn build(page: &Page, blocks: &[Block]) -> Built {
    let mut text = String::new();
    let mut paragraphs = Vec::new();
    let mut alignment = Alignment::default();
    let mut removed = Vec::new();
    for block in blocks {
        if let Some(why) = block.cut {
            if why != "headline" {
                let raw = block.raw().and_then(|r| page.raw.span(r.start as usize, r.end as usize));
                removed.push(Removed { text: block.text.clone(), raw, why });
            }
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len() as u32;
        text.push_str(&block.text);
        for (part, raw) in &block.pieces {
            alignment.push(Span::new(start + part.start, start + part.end), Span::new(raw.start, raw.end));
        }
        paragraphs.push(Span::new(start, text.len() as u32));
    }
    Built { body: Source::new(text), paragraphs, alignment, removed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Given;

    fn article(kind: Kind, raw: &str) -> Article {
        clean(&Page::new(kind, raw, Given::default()))
    }

    const SEED: &str = include_str!("../tests/seed.txt");

    #[test]
    fn the_aggregators_page_keeps_its_article_alone() {
        let article = article(Kind::Text, SEED);
        let title = "The Kremlin states that security negotiations between the United States and NATO have “failed.”";
        assert_eq!(article.title.as_ref().map(Source::as_str), Some(title));
        assert!(article.body.as_str().starts_with("Russia’s talks between"));
        assert!(article.body.as_str().ends_with("account of the Russian mission."));
        assert!(!article.body.as_str().contains(title));
        assert_eq!(article.paragraphs.len(), 13);
        assert_eq!(article.trail, [Credit { name: "Eminetra".into(), url: None, role: "republisher" }]);
        assert_eq!((article.published, article.language.as_deref()), (None, Some("en")));
        let whys: Vec<&str> = article.removed.iter().map(|r| r.why).collect();
        assert_eq!(whys[..4], ["repeated headline", "link to the source", "republication line", "comment form"]);
        assert_eq!(whys[5..7], ["share bar", "more like this"]);
        assert!(whys[7..].iter().all(|w| *w == "more like this"));
    }

    #[test]
    fn every_kept_paragraph_is_found_again_in_the_page() {
        for kind in [Kind::Text, Kind::Html] {
            let page = Page::new(kind, SEED, Given::default());
            let article = clean(&page);
            for paragraph in &article.paragraphs {
                let raw = article.alignment.raw(*paragraph).unwrap();
                assert_eq!(page.raw.slice(raw), article.body.slice(*paragraph), "{kind:?}");
            }
        }
    }

    #[test]
    fn verbatim_pages_keep_every_character() {
        let text = " Share post: \n\nKyiv  said no. ";
        let article = clean(&Page::verbatim("x", text, Given::default()));
        assert_eq!(article.body.as_str(), text);
        let paragraphs: Vec<&str> = article.paragraphs.iter().map(|p| article.body.slice(*p)).collect();
        assert_eq!(paragraphs, ["Share post:", "Kyiv  said no."]);
    }

    #[test]
    fn days_that_disagree_are_noted_and_the_given_one_wins() {
        let html = "<meta property=article:published_time content=2022-01-13T10:00:00Z><time datetime=2021-01-13>x</time>\
            <p>GENEVA, Jan 2 (Reuters) - Envoys of both sides met on Sunday and spoke for seven hours about two draft treaties.";
        let article = article(Kind::Html, html);
        assert_eq!(article.published.map(|d| d.to_string()).as_deref(), Some("2022-01-13"));
        assert_eq!(article.published_from, Some("meta"));
        assert_eq!(article.published_at.as_deref(), Some("2022-01-13T10:00Z"));
        assert_eq!(article.notes.iter().filter(|n| n.id == "date-disagrees").count(), 2);
        assert_eq!(article.trail[0].name, "Reuters");
    }

    #[test]
    fn a_day_is_never_invented() {
        let article =
            article(Kind::Text, "Talks end\n\nGENEVA, Jan 10 (Reuters) - Envoys met on Monday, ten days after the first letter.");
        assert_eq!((article.published, article.published_from), (None, None));
    }

    #[test]
    fn the_frame_of_a_syndicated_plain_page_goes() {
        let raw = "Envoys meet again in Geneva\n\nspot_img\n\nBy Ann Example\nJanuary 13, 2022\n0\n\nEnvoys of both sides met in Geneva for the third time this month, a spokesman said.\n\n\
            Sources said no.\n\nLike this:\nLike Loading...\n\nSource: Example Wire\n";
        let article = article(Kind::Text, raw);
        let kept: Vec<&str> = article.paragraphs.iter().map(|p| article.body.slice(*p)).collect();
        assert_eq!(
            kept,
            ["Envoys of both sides met in Geneva for the third time this month, a spokesman said.", "Sources said no."]
        );
        assert_eq!((article.byline.as_deref(), article.published_from), (Some("Ann Example"), Some("text")));
        assert_eq!(article.trail, [Credit { name: "Example Wire".into(), url: None, role: "source" }]);
    }

    #[test]
    fn pages_without_an_article_say_so() {
        for raw in ["", " \n ", "<p>Share</p><p>Tweet</p><p>Menu", "<html><nav>a</nav></html>"] {
            let page = article(Kind::Html, raw);
            assert_eq!(page.body.as_str(), "");
            assert!(page.notes.iter().any(|n| n.id == "no-article"), "{raw:?}: {:?}", page.notes);
        }
    }
}
