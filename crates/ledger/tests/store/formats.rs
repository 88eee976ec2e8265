//! One small ledger of every past format is kept and opened.

use std::path::Path;

use jiff::civil::date;
use ledger::store::{Error, FORMAT, Filter, Store, Verdict};

use crate::pages::{place, store, talks};

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats"))
}

/// Writes the sample of the present format: once, when a format is new.
/// `cargo test -p ledger --features store --test store formats -- --ignored`
#[test]
#[ignore = "writes the sample of a new format"]
fn write_sample() {
    let sample = folder().join(format!("format-{FORMAT}.db"));
    assert!(!sample.exists(), "a sample is never written again: a change of it is a new format");
    let (_folder, path) = place();
    let mut store = store(&path, &talks());
    let day = date(2022, 2, 1).at(9, 0, 0, 0);
    store.correct(&talks()[2].events[0].id, Verdict::Reject, "Ana", "no demand", day).unwrap();
    store.retract("b-daily", false, "desk", "withdrawn", day).unwrap();
    store.backup(&sample).unwrap();
}

#[test]
fn a_file_that_cannot_be_brought_up_to_date_stays_as_it_is() {
    let (_folder, path) = place();
    std::fs::copy(folder().join("format-2.db"), &path).unwrap();
    let conn = rusqlite::Connection::open(&path).unwrap();
    // Somebody else's column stands in the way of the second half of the step.
    conn.execute_batch("ALTER TABLE statements ADD COLUMN known TEXT").unwrap();
    let columns = || conn.query_row("SELECT count(*) FROM pragma_table_info('events')", [], |row| row.get::<_, i64>(0)).unwrap();
    let before = columns();
    for error in [Store::write(&path).unwrap_err(), Store::open(&path).unwrap_err()] {
        assert!(error.to_string().contains("it was left as it was"), "{error}");
    }
    assert_eq!(columns(), before);
    assert_eq!(conn.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)).unwrap(), 2);
}

#[test]
fn records_of_an_older_format_know_their_day() {
    for format in 1..=FORMAT {
        let (_folder, path) = place();
        std::fs::copy(folder().join(format!("format-{format}.db")), &path).unwrap();
        let then = |day| Store::open(&path).unwrap().as_of(day).unwrap().told(&Filter::default()).unwrap().len();
        assert_eq!(
            [then(date(2022, 1, 9)), then(date(2022, 1, 10)), then(date(2022, 1, 12)), then(date(2022, 2, 1))],
            [0, 2, 3, 1]
        );
    }
}

#[test]
fn every_past_format_opens() {
    for format in 1..=FORMAT {
        let (_folder, path) = place();
        std::fs::copy(folder().join(format!("format-{format}.db")), &path).unwrap();
        // Asked as it is, and left as it is: a copy is brought to the present format.
        let before = std::fs::read(&path).unwrap();
        let store = Store::open(&path).unwrap();
        assert_eq!(store.who(&Filter::default()).unwrap().len(), 2);
        assert_eq!(store.search("Geneva", &Filter::default()).unwrap().len(), 1);
        drop(store);
        assert_eq!(std::fs::read(&path).unwrap(), before);
        // Brought up to date by whoever writes first.
        drop(Store::write(&path).unwrap());
        let store = Store::open(&path).unwrap();
        assert_eq!(store.verify().unwrap().faults, []);
        let mut told = Vec::new();
        let each = |told: &mut Vec<String>, id: &str| told.push(id.to_string());
        for rejected in [false, true] {
            store
                .events(&Filter { rejected, ..Filter::default() }, |_, event, _, _| {
                    each(&mut told, &event.id);
                    Ok::<(), Error>(())
                })
                .unwrap();
        }
        assert_eq!(told, [talks()[0].events[0].id.clone(), talks()[2].events[0].id.clone()]);
        assert_eq!(store.search("Geneva", &Filter::default()).unwrap().len(), 1);
    }
}
