//! Questions as people type them.

use jiff::civil::date;
use ledger::Category;
use ledger::store::{Error, Filter, Store};

use crate::pages::{NOW, page, place, store, talks};

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

#[test]
fn the_parties_of_a_ledger_are_counted() {
    let (_folder, path) = place();
    let mut store = store(&path, &talks());
    let who = |store: &Store, filter: Filter| -> Vec<(String, [u32; 3])> {
        store.who(&filter).unwrap().into_iter().map(|who| (who.name, who.counts)).collect()
    };
    let all = who(&store, Filter::default());
    let (russia, america) = (("Russia".to_string(), [2, 0, 1]), ("United States".to_string(), [0, 3, 0]));
    let lavrov = ("Sergei Lavrov".to_string(), [1, 0, 0]);
    assert_eq!(all, [russia.clone(), america.clone(), lavrov.clone()]);
    // Counting what the filters let through, and reading the counts that stand with the names, are the same.
    assert_eq!(who(&store, Filter { until: Some(date(2030, 1, 1)), ..Filter::default() }), all);
    assert_eq!(who(&store, Filter { actor: vec!["lavrov".into()], ..Filter::default() }), [lavrov]);
    assert_eq!(who(&store, Filter { event: vec!["REQUEST".into()], ..Filter::default() }).len(), 2);
    let russia = store.who(&Filter { actor: vec!["Russia".into()], ..Filter::default() }).unwrap().swap_remove(0);
    assert_eq!((russia.code.as_deref(), russia.aliases.len()), (Some("RUS"), 0));
    // What is rejected or retracted is not counted.
    store.correct(&talks()[2].events[0].id, ledger::store::Verdict::Reject, "Ana", "no", NOW).unwrap();
    store.retract("b-daily", false, "desk", "withdrawn", NOW).unwrap();
    let left = [("Russia".to_string(), [1, 0, 0]), ("United States".to_string(), [0, 1, 0])];
    assert_eq!(who(&store, Filter::default()), left);
    assert_eq!(who(&store, Filter { until: Some(date(2030, 1, 1)), ..Filter::default() }), left);
}

#[test]
fn the_latest_are_found_however_few_they_are() {
    let (_folder, path) = place();
    // One a day over some years, of which one in a hundred is a demand.
    let first = date(2019, 1, 1);
    let entries: Vec<_> = (0..1200)
        .map(|n: i64| {
            let category = if n % 100 == 7 { Category::Request } else { Category::Consult };
            let text = format!("Russia met the United States for talks number {n}.");
            let day = first.saturating_add(jiff::ToSpan::days(n));
            page(&format!("{n:04}"), Some(day), &text, &[("Russia", "met", "the United States", category)])
        })
        .collect();
    let store = store(&path, &entries);
    let latest = |filter: Filter| -> Vec<String> {
        let mut pages = Vec::new();
        store
            .events(&filter, |entry, _, _, _| {
                pages.push(entry.facts.id.clone());
                Ok::<(), Error>(())
            })
            .unwrap();
        pages
    };
    let demands = Filter { event: vec!["REQUEST".into()], ..Filter::default() };
    let all: Vec<String> = (0..12).rev().map(|n| format!("{:04}", n * 100 + 7)).collect();
    for limit in [1, 3, 12, 50] {
        assert_eq!(latest(Filter { limit: Some(limit), ..demands.clone() }), all[..limit.min(12)]);
        let dyad = Some(("RUS".to_string(), "usa".to_string()));
        assert_eq!(latest(Filter { limit: Some(limit), dyad, ..demands.clone() }), all[..limit.min(12)]);
    }
    assert_eq!(latest(Filter { limit: Some(2), until: Some(date(2020, 1, 1)), ..Filter::default() }), ["0365", "0364"]);
    assert_eq!(latest(Filter { limit: Some(5), since: Some(date(2022, 4, 13)), ..Filter::default() }).len(), 2);
    let (early, late) = (Some(date(2019, 1, 8)), Some(date(2019, 1, 8)));
    assert_eq!(latest(Filter { since: early, until: late, ..demands }), ["0007"]);
}

#[test]
fn pages_and_statements_are_asked_by_their_events() {
    let (_folder, path) = place();
    let mut entries = talks();
    let said = entries[1].statements[0].id.clone();
    entries[1].events[0].said_by = Some(said.clone());
    let store = store(&path, &entries);
    let statements = |filter: Filter| {
        let mut ids = Vec::new();
        store
            .statements(&filter, |_, statement, _| {
                ids.push(statement.id.clone());
                Ok::<(), Error>(())
            })
            .unwrap();
        ids
    };
    assert_eq!(statements(Filter { event: vec!["CONSULT".into()], ..Filter::default() }), [said]);
    assert_eq!(statements(Filter { event: vec!["REQUEST".into()], ..Filter::default() }), Vec::<String>::new());
    let found = |filter: Filter| -> Vec<String> {
        store.search("united", &filter).unwrap().into_iter().map(|found| found.facts.id).collect()
    };
    assert_eq!(found(Filter { actor: vec!["Lavrov".into()], ..Filter::default() }), ["c-demand"]);
    assert_eq!(found(Filter { origins: Some(2), ..Filter::default() }).len(), 2);
    assert_eq!(store.ids(&Filter { page: Some("b-daily".into()), ..Filter::default() }).unwrap().len(), 2);
}
