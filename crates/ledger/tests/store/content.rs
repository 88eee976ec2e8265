//! What is in a ledger follows from what was put in, not from when.

use jiff::civil::{Date, date};
use ledger::Category;
use ledger::store::{Entry, Judgement, Seen, Store, Verdict};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::pages::{NOW, page, place, store, talks};

/// Every table but the logs, rows sorted, keys that mean nothing outside left out.
pub fn content(path: &std::path::Path) -> Vec<String> {
    let conn = rusqlite::Connection::open(path).unwrap();
    let questions = [
        "SELECT id, hash, words, path, place, title, publisher, published, cluster, origin, revision, retracted FROM pages",
        "SELECT p.id, hex(raw), hex(reading) FROM texts JOIN pages p ON p.key = page",
        "SELECT page, hash, words, published, facts, hex(raw), hex(reading) FROM versions",
        "SELECT p.id, role, copy_of, overlap, verdict, judged FROM sources JOIN pages p ON p.key = page",
        "SELECT key, words, actor, name, code, sectors, office, collective, did, undergone, said FROM names",
        "SELECT s.id, p.id, position, form, speakers, content, s.start, s.\"end\", status, day, s.known FROM statements s JOIN pages p ON p.key = page",
        "SELECT s.id, k.position, name FROM speakers k JOIN statements s ON s.key = k.statement",
        "SELECT e.id, p.id, position, event, modality, actors, recipients, e.date, day, e.start, e.\"end\", status, e.known, lead, happening
         FROM events e JOIN pages p ON p.key = page",
        "SELECT e.id, role, k.position, name FROM parties k JOIN events e ON e.key = k.event",
        "SELECT tie, e.id FROM ties t JOIN events e ON e.key = t.event",
        "SELECT id, records, copies, outlets, origins FROM happenings",
        "SELECT record, page, verdict, field, value, author FROM corrections",
        "SELECT page, hash FROM forgotten",
        "SELECT page, author, reason FROM retractions",
    ];
    let mut all = Vec::new();
    for question in questions {
        let mut statement = conn.prepare(question).unwrap();
        let columns = statement.column_count();
        let mut rows: Vec<String> = statement
            .query_map([], |row| Ok((0..columns).map(|n| format!("{:?}|", row.get_ref(n).unwrap())).collect()))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        rows.sort();
        all.push(format!("-- {question}"));
        all.extend(rows);
    }
    all
}

fn sentence(n: usize) -> Entry {
    let day = Some(date(2022, 1, 10 + (n % 3) as i8));
    let trigger = ["met", "visited", "greeted", "received"][n % 4];
    let text = match n % 2 {
        0 => format!("Russia {trigger} the United States again."),
        _ => format!("In all this time and on every one of these days Russia {trigger} the United States."),
    };
    page(&format!("page-{n:02}"), day, &text, &[("Russia", trigger, "the United States", Category::Consult)])
}

#[test]
fn arrival_order_does_not_matter() {
    let mut all: Vec<Entry> = (0..9).map(sentence).chain(talks()).collect();
    // The same words without a day and with a later one; other words under the same id, published between and later; and the
    // same page from another file.
    let again = |n: usize, day: Option<Date>| {
        let Entry { text, .. } = sentence(n);
        let trigger = ["met", "visited", "greeted", "received"][n % 4];
        page(&format!("page-{n:02}"), day, &text, &[("Russia", trigger, "the United States", Category::Consult)])
    };
    all.extend([again(3, None), again(3, Some(date(2022, 1, 15))), again(4, Some(date(2021, 12, 31)))]);
    all.push(page("page-03", Some(date(2022, 1, 14)), "Ukraine met Russia.", &[("Ukraine", "met", "Russia", Category::Consult)]));
    all.push(page("page-03", Some(date(2022, 1, 13)), "Ukraine met Russia.", &[("Ukraine", "met", "Russia", Category::Consult)]));
    let mut corrected = page("page-01", Some(date(2022, 1, 20)), "Russia did not meet the United States.", &[]);
    corrected.facts.path = all[1].facts.path.clone();
    all.push(corrected);
    let mut elsewhere = all[2].clone();
    elsewhere.facts.path = Some("archive/x.txt".to_string());
    all.push(elsewhere);
    let (_folder, path) = place();
    drop(store(&path, &all));
    let expected = content(&path);
    let mut runner = TestRunner::new(Config { cases: 24, ..Config::default() });
    let orders = (Just(all.clone()).prop_shuffle(), 1..6usize);
    runner
        .run(&orders, |(order, batch)| {
            let (_folder, path) = place();
            let mut store = Store::write(&path).unwrap();
            for some in order.chunks(batch) {
                store.add(some, NOW).unwrap();
            }
            drop(store);
            let found = content(&path);
            for (found, expected) in found.iter().zip(&expected) {
                prop_assert_eq!(found, expected);
            }
            prop_assert_eq!(found.len(), expected.len());
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_page_taken_out_leaves_what_never_having_it_leaves() {
    let all: Vec<Entry> = (0..9).map(sentence).chain(talks()).collect();
    let (_folder, without) = place();
    drop(store(&without, &all[1..]));
    let (_folder, with) = place();
    let mut full = store(&with, &all);
    full.forget(&all[0].facts.id, "me", "asked to", NOW).unwrap();
    drop(full);
    let plain = |path| content(path).into_iter().filter(|row| !row.contains("Text(\"page-00\")")).collect::<Vec<_>>();
    let without: Vec<_> = content(&without);
    let mut with = plain(&with);
    with.retain(|row| without.contains(row) || row.starts_with("--"));
    assert_eq!(with, without);
}

#[test]
fn adding_twice_changes_nothing() {
    let (_folder, path) = place();
    let mut store = store(&path, &talks());
    let before = std::fs::read(&path).unwrap();
    let tally = store.add(&talks(), NOW).unwrap();
    assert_eq!((tally.pages, tally.known, tally.events), (0, 3, 0));
    drop(store);
    let facts = &talks()[0].facts;
    let store = Store::open(&path).unwrap();
    assert_eq!(store.seen(&facts.id, &facts.hash).unwrap(), Seen::Same);
    assert_eq!(store.seen(&facts.id, "other").unwrap(), Seen::Other);
    assert_eq!(store.seen("new", "new").unwrap(), Seen::No);
    drop(store);
    let rows = content(&path);
    drop(Store::write(&path).unwrap());
    assert_eq!(content(&path), rows);
    assert!(!before.is_empty());
}

#[test]
fn a_day_given_later_fills_the_gap() {
    let (_folder, path) = place();
    let text = "Russia met the United States.";
    let with = |day| page("p", day, text, &[("Russia", "met", "the United States", Category::Consult)]);
    let mut store = store(&path, &[with(None)]);
    assert_eq!(store.add(&[with(Some(date(2022, 1, 10)))], NOW).unwrap().dated, 1);
    // Neither the page without a day nor one with an earlier day changes anything, now or later.
    for again in [None, Some(date(2022, 1, 9)), None] {
        let tally = store.add(&[with(again)], NOW).unwrap();
        assert_eq!((tally.known, tally.dated, tally.versions), (1, 0, 0));
        assert_eq!(store.seen("p", &with(again).facts.hash).unwrap(), Seen::Same);
    }
    let (entry, _) = store.page("p").unwrap().unwrap();
    assert_eq!(entry.facts.published, Some(date(2022, 1, 10)));
    assert_eq!(store.verify().unwrap().faults, []);
}

#[test]
fn what_was_read_comes_back_whole() {
    let (_folder, path) = place();
    let store = store(&path, &talks());
    for entry in talks() {
        let (found, corrected) = store.page(&entry.facts.id).unwrap().unwrap();
        assert_eq!(found, entry);
        assert_eq!(corrected.events.into_iter().map(|(event, _)| event).collect::<Vec<_>>(), entry.events);
    }
    let verified = store.verify().unwrap();
    assert_eq!(verified.faults, []);
    assert_eq!((verified.pages, verified.records), (3, 4));
    assert!(verified.spans > 15);
}

#[test]
fn verify_names_what_does_not_hold() {
    let (_folder, path) = place();
    let mut bad = talks();
    bad[0].events[0].actor[0].text = "Rossiya".to_string();
    bad[1].text = bad[1].text.replace("naïve", "naive");
    bad[2].raw.push(b'!');
    let store = store(&path, &bad);
    let faults = store.verify().unwrap().faults;
    let of = |page: &str| faults.iter().find(|fault| fault.page == page).unwrap();
    assert!(of("a-wire").what.contains("Rossiya"), "{faults:?}");
    assert_eq!(of("a-wire").record.as_deref(), Some(bad[0].events[0].id.as_str()));
    assert!(of("b-daily").record.is_some());
    assert!(of("c-demand").what.contains("hash"));
}

/// Notes the origins of pages; they wait in the order of their ids.
fn judge(store: &mut Store, origins: &[&str]) {
    let mut settling = store.settling().unwrap();
    for (page, origin) in settling.waiting(100).unwrap().into_iter().zip(origins) {
        let judgement = Judgement {
            cluster: (*origin).to_string(),
            origin: (*origin).to_string(),
            role: "single".to_string(),
            copy_of: None,
            overlap: None,
            verdict: "good".to_string(),
            judged: "{}".to_string(),
        };
        settling.judge(page, &judgement).unwrap();
        settling.settle(page).unwrap();
    }
    settling.finish().unwrap();
}

#[test]
fn a_rejected_record_leaves_its_happening() {
    let (_folder, path) = place();
    let mut store = store(&path, &talks());
    let first = &talks()[0].events[0].id;
    let second = &talks()[1].events[0].id;
    let told = store.reports(first).unwrap();
    assert_eq!((told.copies, told.outlets, told.origins), (2, 2, 2));
    assert_eq!(&told.happening, first.min(second));
    judge(&mut store, &["a-wire", "a-wire", "c-demand"]);
    assert_eq!(store.reports(first).unwrap().origins, 1);
    store.correct(first, Verdict::Reject, "me", "nobody met", NOW).unwrap();
    assert_eq!(store.reports(second).unwrap().copies, 1);
    assert_eq!(&store.reports(second).unwrap().happening, second);
    store.correct(first, Verdict::Accept, "me", "they did", NOW).unwrap();
    assert_eq!(store.reports(second).unwrap().copies, 2);
}
