//! Questions as people type them.

use jiff::civil::date;
use ledger::store::{Error, Filter, Store};

use crate::pages::{place, store, talks};

fn pages(store: &Store, filter: Filter) -> String {
    let mut pages = Vec::new();
    store
        .events(&filter, |entry, _, _, _| {
            pages.push(entry.facts.id.get(..1).unwrap_or_default().to_string());
            Ok::<(), Error>(())
        })
        .unwrap();
    pages.concat()
}

#[test]
fn names_are_matched_as_people_type_them() {
    let (_folder, path) = place();
    drop(store(&path, &talks()));
    let store = Store::open(&path).unwrap();
    let actor = |typed: &str| pages(&store, Filter { actor: vec![typed.to_string()], ..Filter::default() });
    assert_eq!(actor("russia"), "abc");
    assert_eq!(actor("RUS"), "abc");
    assert_eq!(actor("Lavrov"), "c");
    assert_eq!(actor("sergei lavrov"), "c");
    assert_eq!(actor("Laurel"), "");
    assert_eq!(actor("\"'); DROP TABLE events; --"), "");
    assert_eq!(actor("USA"), "");
    let dyad =
        |one: &str, other: &str| pages(&store, Filter { dyad: Some((one.to_string(), other.to_string())), ..Filter::default() });
    assert_eq!(dyad("usa", "Laurel"), "");
    assert_eq!(dyad("USA", "russia"), "abc");
    assert_eq!(dyad("russia", "russia"), "");
}

#[test]
fn filters_narrow() {
    let (_folder, path) = place();
    drop(store(&path, &talks()));
    let store = Store::open(&path).unwrap();
    assert_eq!(pages(&store, Filter { since: Some(date(2022, 1, 11)), ..Filter::default() }), "c");
    assert_eq!(pages(&store, Filter { until: Some(date(2022, 1, 11)), ..Filter::default() }), "ab");
    assert_eq!(pages(&store, Filter { event: vec!["consult".into()], ..Filter::default() }), "ab");
    assert_eq!(pages(&store, Filter { origins: Some(2), ..Filter::default() }), "ab");
    assert_eq!(pages(&store, Filter { limit: Some(1), ..Filter::default() }), "c");
    assert_eq!(pages(&store, Filter { page: Some("b-daily".into()), ..Filter::default() }), "b");
    let error = store.events(&Filter { event: vec!["talk".into()], ..Filter::default() }, |_, _, _, _| Ok::<(), Error>(()));
    assert!(error.unwrap_err().to_string().contains("CONSULT"));
    let mut said = 0;
    let filter = Filter { said_by: Some("russia".into()), ..Filter::default() };
    store
        .statements(&filter, |_, _, _| {
            said += 1;
            Ok::<(), Error>(())
        })
        .unwrap();
    assert_eq!(said, 1);
}

#[test]
fn search_finds_words_and_phrases() {
    let (_folder, path) = place();
    let store = store(&path, &talks());
    let found = |words: &str| store.search(words, &Filter::default()).unwrap();
    let hits = found("talks");
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].facts.id, "b-daily");
    assert_eq!(&hits[0].excerpt[hits[0].hits[0].clone()], "talks");
    assert_eq!(found("naive").len(), 1);
    assert_eq!(found("\"held talks\" russia").len(), 1);
    assert_eq!(found("\"talks held\"").len(), 0);
    assert!(store.search(" \" ", &Filter::default()).is_err());
}
