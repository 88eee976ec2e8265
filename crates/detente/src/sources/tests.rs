//! Pages judged as sources of one another. All texts were written for these tests.

use jiff::civil::date;
use page::{Given, Page};

use super::*;
use crate::{Reader, ReaderOptions};

pub(crate) const WIRE: &str = "GENEVA, Jan 10 (Reuters) - Negotiators from both delegations met for eight hours on Monday in a villa above the \
    lake and left without an agreement, two officials said.\n\nForeign Minister Ivan Petrov called the offer insufficient. \
    “We did not come here to sign a paper that changes nothing on the ground,” he told reporters.\n\nHis counterpart, \
    Maria Keller, said that her government would not accept a veto over the alliance's door.\n\nA second round is planned \
    for Wednesday in Brussels, where thirty ambassadors will hear a report by the chief negotiator.\n\nAbout 100,000 \
    soldiers remain near the border, and satellite pictures show new field hospitals, according to the ministry in Kyiv.";

pub(crate) const OTHER: &str = "Grain ships left the harbour of Odesa on Tuesday for the first time since the summer.\n\nThe convoy of \
    four vessels carries wheat for Egypt and Lebanon, the port authority said.\n\nInsurers had asked for naval escorts after \
    a mine damaged a tanker in August.\n\nThe United Nations welcomed the departure and asked all parties to keep the \
    corridor open.\n\nFarmers in the south have waited for months to empty their silos before the harvest.";

pub(crate) const THIRD: &str = "Voters in the northern province of Karelin go to the polls on Sunday in a referendum on autonomy.\n\n\
    The government in the capital has called the vote illegal and sent two battalions of police.\n\nObservers from nine \
    countries arrived on Thursday and were refused entry to three towns.\n\nPolls suggest that a narrow majority favours \
    a federal arrangement with its own budget.\n\nThe president will speak on television once the counting is over.";

pub(crate) fn page(id: &str, url: &str, day: i8, text: &str) -> Page {
    let given =
        Given { url: Some(url.into()), published: Some(date(2022, 1, day)), language: Some("en".into()), ..Given::default() };
    let kind = page::Kind::Text;
    Page { id: id.into(), path: None, raw: text::Source::new(text), kind, given, notes: Vec::new() }
}

fn judged(pages: &[Page]) -> Vec<SourceRow> {
    judge(&Reader::new(ReaderOptions::default()).unwrap().read_all(pages))
}

pub(crate) fn paragraphs(text: &str, which: &[usize]) -> String {
    let all: Vec<&str> = text.split("\n\n").collect();
    which.iter().map(|&n| all[n]).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn the_agencys_own_page_is_the_original() {
    let reprint = WIRE
        .replace("left without an agreement", "parted with no agreement")
        .replace("new field hospitals", "fresh field hospitals");
    let rows = judged(&[
        page("a", "https://daily.example/1", 11, &reprint),
        page("b", "https://www.reuters.com/world/1", 10, WIRE),
        page("c", "https://gazette.example/9", 11, &paragraphs(WIRE, &[0, 1])),
        page("d", "https://harbour.example/2", 11, OTHER),
    ]);
    let found: Vec<(&str, &str, Option<&str>)> =
        rows.iter().map(|r| (r.cluster.as_str(), r.role.as_str(), r.copy_of.as_deref())).collect();
    assert_eq!(found, [("a", "copy", Some("b")), ("a", "original", None), ("a", "excerpt", Some("b")), ("d", "single", None)]);
    assert!(rows[1].why.contains(&"it is published by the agency that is credited".to_string()), "{:?}", rows[1].why);
    assert!(rows[2].overlap.unwrap() > 0.95);
    assert_eq!(reports(rows.iter().take(3).map(|r| (r, None))), Reports { copies: 3, outlets: 3, origins: 1 });
}

#[test]
fn a_round_up_joins_nobody() {
    let mixed = [paragraphs(WIRE, &[1, 2]), paragraphs(OTHER, &[0, 1]), paragraphs(THIRD, &[0, 1])].join("\n\n");
    let pages = [
        page("r", "https://digest.example/1", 12, &mixed),
        page("a", "https://a.example/1", 10, WIRE),
        page("b", "https://b.example/1", 10, OTHER),
        page("c", "https://c.example/1", 10, THIRD),
        page("e", "https://e.example/1", 11, &paragraphs(THIRD, &[0, 1, 2])),
    ];
    let rows = judged(&pages);
    let clusters: Vec<&str> = rows.iter().map(|r| r.cluster.as_str()).collect();
    assert_eq!(clusters, ["r", "a", "b", "c", "c"]);
    assert_eq!(rows[0].role, Role::Excerpt);
    assert!(rows[0].why[0].contains("unrelated reports"), "{:?}", rows[0].why);
    assert_eq!(rows[1].role, Role::Single);
    // In any order.
    let mut turned = pages.to_vec();
    turned.reverse();
    let clusters: Vec<String> = judged(&turned).iter().rev().map(|r| r.cluster.clone()).collect();
    assert_eq!(clusters, ["r", "a", "b", "c", "c"]);
}

#[test]
fn two_agencies_that_cite_a_third_are_one_origin() {
    let one = "Russian troops began to leave the training ground near Voronezh on Tuesday, TASS reported.\n\nThe columns will need ten days.";
    let two =
        "Units of the western district are returning to their barracks, according to TASS, which showed tanks on railway wagons.";
    let three = "Reporters of this paper saw tanks on railway wagons leave the training ground near Voronezh.";
    let rows = judged(&[
        page("a", "https://www.afp.com/1", 12, one),
        page("b", "https://apnews.com/1", 12, two),
        page("c", "https://local.example/1", 12, three),
    ]);
    let first = |row: &SourceRow| row.cited.first().map(|c| c.paragraph);
    assert_eq!(reports(rows.iter().map(|r| (r, first(r)))), Reports { copies: 3, outlets: 3, origins: 2 });
    // Elsewhere on the page they speak for themselves.
    let last = text::Span::new(one.len() as u32 - 10, one.len() as u32);
    assert_eq!(reports([(&rows[0], Some(last)), (&rows[1], first(&rows[1]))]).origins, 2);
}

#[test]
fn a_quotation_word_for_word_is_one_origin() {
    let quote = "“The guns will fall silent at midnight on both banks of the river,” General Orlov said";
    let one = format!(
        "{quote} after the meeting in Minsk.\n\nHis staff gave no figures of prisoners to be \
        exchanged and would not say who is to watch over the bridges.\n\nMonitors of the mission counted forty explosions on Sunday."
    );
    let two = format!(
        "Villagers near the river had spent the day in cellars. {quote}.\n\nNobody believed him. \
        The baker's shop has no flour, the school no windows, and the bus to the city runs on Thursdays if it runs at all."
    );
    let rows = judged(&[page("a", "https://a.example/1", 12, &one), page("b", "https://b.example/1", 12, &two)]);
    assert_ne!(rows[0].cluster, rows[1].cluster);
    assert_eq!(reports(rows.iter().map(|r| (r, None))).origins, 1);
    assert_eq!(rows[0].origin, rows[1].origin);
}

#[test]
fn empty_pages_and_no_pages() {
    assert!(judged(&[]).is_empty());
    let rows = judged(&[page("a", "https://a.example/1", 12, ""), page("b", "https://b.example/1", 12, "")]);
    assert_ne!(rows[0].cluster, rows[1].cluster);
    assert_eq!((rows[0].verdict.word, rows[0].role), ("poor", Role::Single));
    assert_eq!(reports([]), Reports::default());
}

#[test]
fn a_cleaner_copy_offers_the_repair() {
    let sound = Digest::new(
        &Reader::new(ReaderOptions::default()).unwrap().read(&page("a", "https://a.example/1", 10, WIRE)),
        Publishers::shared(),
    );
    let broken = WIRE.replace(
        "Foreign Minister Ivan Petrov called the offer insufficient.",
        "Foreign Minister Ivan Petrov the offer called is. Insufficient offer it states rice field.",
    );
    let mut damaged = Digest::new(
        &Reader::new(ReaderOptions::default()).unwrap().read(&page("b", "https://b.example/1", 10, &broken)),
        Publishers::shared(),
    );
    // Whatever the language engine thinks of it: this sentence is garbled.
    let start = broken.find("Foreign Minister").unwrap() as u32;
    damaged.sentences.iter_mut().for_each(|s| s.1 = !(s.0.start() <= start && start < s.0.end()));
    damaged.garbled = 0.2;
    let rows = judge_digests(&[sound, damaged]);
    assert_eq!(rows[1].cleaner.as_deref(), Some("a"));
    let repair = &rows[1].repairs[0];
    assert_eq!(repair.page, "a");
    assert!(repair.offer.starts_with("Foreign Minister Ivan Petrov called the offer"), "{repair:?}");
    assert!(rows[0].repairs.is_empty());
}
