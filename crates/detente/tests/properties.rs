//! Laws that hold for every page: spans slice their words, threads and order change nothing, nothing panics, ids stay.

mod corpus;

use corpus::{Dice, pages};
use detente::output::{Border, article, event, statement};
use detente::{Reader, ReaderOptions, Reading};
use ledger::{Entity, Figure, Part, Quoted};
use page::{Given, Kind, Page};
use text::{Body, Source, Span};

fn reader() -> Reader {
    Reader::new(ReaderOptions::default()).expect("built-in model and lexicon")
}

/// Everything that a reading prints.
fn printed(reading: &Reading) -> String {
    let border = Border::new(&reading.article);
    let mut out = article(&border, &reading.parse, &reading.notes).to_string();
    for s in &reading.statements {
        out.push_str(&format!("\n{}\n{}", statement(&border, s), s.why.join("\n")));
    }
    for e in &reading.events {
        out.push_str(&format!("\n{}\n{}", event(&border, e), e.why.join("\n")));
    }
    out
}

/// Checks that every span of a reading gives its words again.
fn check_spans(reading: &Reading) {
    let body = &reading.article.body;
    let source = |part: Part| match (&reading.article.title, part) {
        (Some(title), Part::Title) => title,
        _ => body,
    };
    let quoted = |part: Part, q: &Quoted| {
        assert!(source(part).span(q.span.range().start, q.span.range().end).is_some(), "{q:?} cuts a character");
        assert_eq!(source(part).slice(q.span), q.text);
    };
    let entities = |part: Part, list: &[Entity]| {
        for e in list {
            assert_eq!(source(part).slice(e.span), e.text, "{e:?}");
        }
    };
    let parts = |hull: Span<Body>, parts: &[Span<Body>]| {
        for pair in parts.windows(2) {
            assert!(pair[0].end() <= pair[1].start(), "{parts:?} are out of order");
        }
        assert!(parts.iter().all(|p| hull.contains(*p)), "{parts:?} leave {hull:?}");
    };
    for s in &reading.statements {
        let part = s.evidence.part;
        quoted(part, &s.content);
        quoted(part, &s.evidence.quoted);
        parts(s.content.span, &s.parts);
        parts(s.evidence.quoted.span, &s.evidence.parts);
        entities(part, &s.actors);
        [&s.speaker, &s.cue, &s.channel, &s.addressee, &s.occasion].into_iter().flatten().for_each(|q| quoted(part, q));
        assert!(
            s.within.as_ref().is_none_or(|id| reading.statements.iter().any(|o| &o.id == id)),
            "told in a statement that is not there"
        );
    }
    for e in &reading.events {
        let part = e.evidence.part;
        assert!(!e.category.is_empty() && !e.trigger.is_empty());
        assert!((0.0..=1.0).contains(&e.confidence), "{}", e.confidence);
        quoted(part, &e.evidence.quoted);
        quoted(part, &e.sentence);
        parts(e.evidence.quoted.span, &e.evidence.parts);
        e.trigger.iter().for_each(|t| quoted(part, t));
        [&e.modality_cue, &e.when].into_iter().flatten().for_each(|q| quoted(part, q));
        if let Some(p) = &e.proposition {
            quoted(part, &p.quoted);
        }
        entities(part, &e.actor);
        entities(part, &e.recipient);
        if let Some(p) = &e.place {
            assert_eq!(source(part).slice(Span::new(p.start, p.end)), p.text);
        }
        let z = &e.size;
        let figures: [&Option<Figure>; 6] = [&z.dead, &z.injured, &z.arrested, &z.troops, &z.participants, &z.money];
        figures.into_iter().flatten().for_each(|f| quoted(part, &f.quoted));
        assert!(
            e.said_by.as_ref().is_none_or(|id| reading.statements.iter().any(|s| &s.id == id)),
            "said by a statement that is not there"
        );
    }
    for place in &reading.places {
        assert_eq!(body.slice(place.span), place.location.text);
    }
    for span in reading.times.iter().map(|t| t.span).chain(reading.cast.mentions.iter().map(|m| m.span)) {
        assert!(!span.is_empty() && body.span(span.range().start, span.range().end).is_some(), "{span:?}");
    }
    for paragraph in &reading.article.paragraphs {
        assert!(body.span(paragraph.range().start, paragraph.range().end).is_some());
    }
    let raw_end = reading.article.alignment.pieces().iter().map(|(_, raw)| raw.end()).max().unwrap_or(0);
    for word in reading.parse.words() {
        assert!(!word.form().is_empty());
        assert!(reading.article.alignment.raw(word.span()).is_none_or(|raw| raw.end() <= raw_end));
    }
}

#[test]
fn every_span_slices_its_words() {
    let reader = reader();
    for reading in reader.read_all(&pages(1, 40)) {
        check_spans(&reading);
    }
}

#[test]
fn threads_and_order_change_nothing() {
    let reader = reader();
    let pages = pages(2, 24);
    let on = |threads: usize, pages: &[Page]| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| reader.read_all(pages)).iter().map(printed).collect::<Vec<_>>()
    };
    let one = on(1, &pages);
    assert_eq!(one, on(2, &pages));
    let backwards: Vec<Page> = pages.iter().rev().cloned().collect();
    let mut other = on(2, &backwards);
    other.reverse();
    assert_eq!(one, other);
}

#[test]
fn a_page_read_twice_gives_the_same_ids() {
    let pages = pages(3, 8);
    // A reader of its own, so that nothing remembered can help.
    let ids = |reader: &Reader| -> Vec<String> {
        let readings = reader.read_all(&pages);
        readings
            .iter()
            .flat_map(|r| r.statements.iter().map(|s| s.id.clone()).chain(r.events.iter().map(|e| e.id.clone())))
            .collect()
    };
    let once = ids(&reader());
    assert_eq!(once, ids(&reader()));
    let mut unique = once.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), once.len(), "two records share an id");
}

#[test]
fn a_paragraph_is_parsed_alike_alone_and_in_company() {
    let reader = reader();
    let mut dice = Dice::new(4);
    let text = corpus::article(&mut dice);
    let whole: Source<Body> = Source::new(text.as_str());
    let mut at = 0;
    let mut spans = Vec::new();
    for paragraph in text.split("\n\n") {
        spans.push(Span::new(at, at + paragraph.len() as u32));
        at += paragraph.len() as u32 + 2;
    }
    let together = reader.engine().parse(&whole, &spans);
    let mut words = together.words();
    for span in spans {
        let alone: Source<Body> = Source::new(whole.slice(span));
        for word in reader.engine().parse(&alone, &[alone.whole()]).words() {
            let twin = words.next().expect("as many words");
            assert_eq!(
                (word.form(), word.lemma(), word.upos(), word.feats().0, word.deprel(), word.head().map(|h| h.form())),
                (twin.form(), twin.lemma(), twin.upos(), twin.feats().0, twin.deprel(), twin.head().map(|h| h.form())),
            );
        }
    }
    assert!(words.next().is_none());
}

const SCRAPS: [&str; 40] = [
    "said",
    "Russia",
    " ",
    "\n",
    "\n\n",
    "“",
    "”",
    "\"",
    "'",
    "<p>",
    "</p>",
    "<div",
    ">",
    "&amp;",
    "&#x1F600;",
    "é",
    "日本",
    "\u{200b}",
    "\u{feff}",
    "\u{0}",
    "\r",
    "\t",
    ".",
    ",",
    "—",
    "(",
    "Jan 10",
    "2022-01-13",
    "http://example.org/a",
    "@",
    "the",
    "troops",
    "killed",
    "of",
    "not",
    "999999999999999999999",
    "<!--",
    "<script>",
    "🇺🇦",
    "\u{301}",
];

#[test]
fn nothing_panics_on_arbitrary_pages() {
    let reader = reader();
    let mut dice = Dice::new(5);
    for round in 0..400 {
        let mut text = String::new();
        for _ in 0..dice.below(120) {
            match dice.below(4) {
                0 => text.push_str(&corpus::sentence(&mut dice)),
                1 => text.extend(char::from_u32(dice.below(0x11_0000) as u32)),
                _ => text.push_str(dice.pick(&SCRAPS)),
            }
        }
        // Half a page, cut anywhere.
        let cut = (0..=dice.below(text.len() + 1)).rev().find(|&n| text.is_char_boundary(n)).unwrap_or(0);
        text.truncate(cut);
        let kind = [Kind::Text, Kind::Html, Kind::Verbatim][round % 3];
        let title = (dice.below(2) == 0).then(|| SCRAPS[dice.below(SCRAPS.len())].repeat(3));
        let given = Given { title, ..Given::default() };
        let page = Page { id: "p".into(), path: None, raw: Source::new(text), kind, given, notes: Vec::new() };
        let reading = reader.read(&page);
        check_spans(&reading);
        let _ = printed(&reading);
        assert!(
            !reading.statements.is_empty() || !reading.events.is_empty() || reading.notes.iter().any(|n| n.id == "no-record"),
            "a silent nothing"
        );
    }
}
