//! What is told of a past day is what a ledger tells into which nothing has come since; and quick answers are the slow ones.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use ledger::store::{Entry, Error, Filter, Store};
use ledger::{Category, DateBasis};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::pages::{NOW, page, place, store};

const FIRST: Date = date(2022, 1, 1);
const PARTIES: [&str; 3] = ["Russia", "the United States", "Ukraine"];
const DEEDS: [(&str, Category); 3] = [("met", Category::Consult), ("rejected", Category::Reject), ("asked", Category::Request)];

/// A page told on day number `told` of something that happened so many days before or, planned, after.
fn account(n: usize, told: i64, ahead: Option<i64>, deed: usize, pair: usize) -> Entry {
    let day = FIRST.saturating_add(told.days());
    let (one, other) = (PARTIES[pair % 3], PARTIES[(pair + 1 + pair / 3) % 3]);
    let (trigger, category) = DEEDS[deed];
    let text = format!("{one} {trigger} {other} on that day, envoy number {} said.", n % 4);
    let mut entry = page(&format!("page-{n:03}"), Some(day), &text, &[(one, trigger, other, category)]);
    entry.events[0].date = ahead.map(|ahead| day.saturating_add(ahead.days()));
    entry.events[0].date_basis = if ahead.is_some() { DateBasis::Stated } else { DateBasis::None };
    entry
}

fn filters() -> impl Strategy<Value = Filter> {
    let day = || prop::option::of((-20..120i64).prop_map(|n| FIRST.saturating_add(n.days())));
    let some = |words: &'static [&'static str]| {
        prop::option::of(prop::sample::select(words)).prop_map(|word| word.into_iter().map(String::from).collect::<Vec<_>>())
    };
    let names = (some(&["RUS", "Ukraine"]), some(&["USA"]), some(&["CONSULT", "REJECT", "THREATEN"]));
    (names, day(), day(), prop::option::of(1..9usize), any::<bool>()).prop_map(
        |((actor, recipient, event), since, until, limit, dyad)| Filter {
            dyad: (dyad && actor.is_empty()).then(|| ("russia".to_string(), "USA".to_string())),
            actor,
            recipient,
            event,
            since,
            until,
            limit,
            ..Filter::default()
        },
    )
}

/// Everything that is told in answer, in order.
fn answers(store: &Store, filter: &Filter) -> Vec<String> {
    let mut told = Vec::new();
    store
        .events(filter, |entry, event, _, reports| {
            let (copies, happening) = (reports.copies, &reports.happening);
            told.push(format!("{} {} {copies} {happening}", entry.facts.id, event.id));
            Ok::<(), Error>(())
        })
        .unwrap();
    store
        .statements(filter, |entry, statement, _| {
            told.push(format!("{} {}", entry.facts.id, statement.id));
            Ok::<(), Error>(())
        })
        .unwrap();
    told
}

#[test]
fn a_past_day_is_told_as_it_was() {
    let accounts = prop::collection::vec((0..100i64, prop::option::of(-40..40i64), 0..3usize, 0..6usize), 1..30);
    let mut runner = TestRunner::new(Config { cases: 48, ..Config::default() });
    let cases = (accounts, -5..110i64, prop::collection::vec(filters(), 6));
    runner
        .run(&cases, |(accounts, then, filters)| {
            let all: Vec<Entry> =
                accounts.iter().enumerate().map(|(n, &(told, ahead, deed, pair))| account(n, told, ahead, deed, pair)).collect();
            let then = FIRST.saturating_add(then.days());
            let (_folder, path) = place();
            drop(store(&path, &all));
            let past = Store::open(&path).unwrap().as_of(then).unwrap();
            let known: Vec<Entry> =
                all.into_iter().filter(|entry| entry.facts.published.is_some_and(|day| day <= then)).collect();
            let (_folder, path) = place();
            drop(store(&path, &known));
            let fresh = Store::open(&path).unwrap();
            for filter in &filters {
                prop_assert_eq!(answers(&past, filter), answers(&fresh, filter), "{:?}", filter);
                // And without any help from indexes.
                let mut slow: Vec<(Date, &str, &str)> = Vec::new();
                for entry in &known {
                    let event = &entry.events[0];
                    let day = event.date.or(entry.facts.published).unwrap_or_default();
                    let code = |party: &ledger::Entity| party.code.clone().unwrap_or_default();
                    let (actor, recipient) = (code(&event.actor[0]), code(&event.recipient[0]));
                    let meant = |asked: &[String], code: &str| {
                        asked.is_empty() || asked.iter().any(|name| name == code || (name == "Ukraine" && code == "UKR"))
                    };
                    let pair = [actor.as_str(), recipient.as_str()];
                    let fits = meant(&filter.actor, &actor)
                        && meant(&filter.recipient, &recipient)
                        && (filter.event.is_empty() || filter.event.contains(&event.category[0].to_string()))
                        && filter.dyad.as_ref().is_none_or(|_| pair.contains(&"RUS") && pair.contains(&"USA"))
                        && filter.since.is_none_or(|since| day >= since)
                        && filter.until.is_none_or(|until| day <= until);
                    if fits {
                        slow.push((day, &event.id, &entry.facts.id));
                    }
                }
                match filter.limit {
                    Some(limit) => {
                        slow.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
                        slow.truncate(limit);
                    }
                    None => slow.sort_by(|a, b| a.2.cmp(b.2)),
                }
                let quick: Vec<String> = past.told(filter).unwrap().into_iter().map(|told| told.id).collect();
                prop_assert_eq!(quick, slow.iter().map(|(_, id, _)| (*id).to_string()).collect::<Vec<_>>(), "{:?}", filter);
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_page_without_a_day_keeps_the_day_it_came() {
    let (_folder, path) = place();
    let undated = page("p", None, "Russia met the United States.", &[("Russia", "met", "the United States", Category::Consult)]);
    let mut store = store(&path, std::slice::from_ref(&undated));
    let on = |store: &Store| store.told(&Filter::default()).unwrap().swap_remove(0).day;
    assert_eq!(on(&store), "2022-03-01");
    store.replace(&[undated], date(2023, 5, 5).at(9, 0, 0, 0)).unwrap();
    assert_eq!(on(&store), "2022-03-01");
    let past = Store::open(&path).unwrap().as_of(NOW.date()).unwrap();
    assert_eq!(past.told(&Filter { limit: Some(1), ..Filter::default() }).unwrap().len(), 1);
}

#[test]
fn a_list_has_the_words_of_each_record() {
    let (_folder, path) = place();
    let mut entries = crate::pages::talks();
    // Evidence that is no piece of the sentence is told by the page alone.
    entries[2].events[0].sentence = entries[2].events[0].trigger[0].clone();
    entries[2].events[0].evidence.quoted = entries[2].statements.first().map_or_else(
        || ledger::Quoted::new(&text::Source::new(entries[2].text.as_str()), text::Span::new(0, 6)),
        |statement| statement.content.clone(),
    );
    let store = store(&path, &entries);
    let told: Vec<_> = store.told(&Filter::default()).unwrap().into_iter().map(|told| told.words).collect();
    assert_eq!(told, [Some("met".to_string()), Some("held talks".to_string()), None]);
}
