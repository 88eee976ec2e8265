//! Corrections, retractions, forgetting.

use jiff::civil::date;
use ledger::store::{Error, Filter, Found, Kind, Status, Store, Verdict};
use ledger::{Category, Event, Modality};

use crate::pages::{NOW, page, place, store, talks};

fn set(field: &str, value: &str) -> Verdict {
    Verdict::Set { field: field.to_string(), value: value.to_string() }
}

fn event(store: &Store, id: &str) -> (Event, Status) {
    match store.record(id).unwrap().unwrap().1 {
        Found::Event(event, status, _) => (*event, status),
        Found::Statement(..) => panic!("a statement"),
    }
}

fn ids(store: &Store, filter: &Filter) -> Vec<String> {
    let mut ids = Vec::new();
    store
        .events(filter, |_, event, _, _| {
            ids.push(event.id.clone());
            Ok::<(), Error>(())
        })
        .unwrap();
    ids
}

#[test]
fn corrections_survive_a_new_reading() {
    let (_folder, path) = place();
    let mut store = store(&path, &talks());
    let id = talks()[2].events[0].id.clone();
    store.correct(&id, set("event", "reject"), "Ana", "it is a refusal", NOW).unwrap();
    store.correct(&id, set("actor", "Lavrov=Russia"), "Ana", "he speaks for Russia", NOW).unwrap();
    store.correct(&id, set("modality", "planned"), "Ana", "he will", NOW).unwrap();
    let check = |store: &Store, id: &str| {
        let (event, status) = event(store, id);
        assert_eq!(event.category, [Category::Reject]);
        assert_eq!((event.actor[0].text.as_str(), event.actor[0].id.as_str()), ("Lavrov", "RUS"));
        assert_eq!(event.modality, Modality::Planned);
        assert_eq!(status, Status::Corrected);
    };
    check(&store, &id);
    assert_eq!(ids(&store, &Filter { event: vec!["REJECT".into()], ..Filter::default() }), [id.as_str()]);
    // A new lexicon reads the page otherwise: another category, so another id, and more text before it.
    let text = "Update. Lavrov demanded that the United States stop.";
    let mut anew =
        page("c-demand", talks()[2].facts.published, text, &[("Lavrov", "demanded", "the United States", Category::Threaten)]);
    anew.facts.revision = "2+1".to_string();
    assert_ne!(anew.events[0].id, id);
    assert_eq!(store.replace(&[anew.clone()], NOW).unwrap(), []);
    check(&store, &anew.events[0].id);
    assert_eq!(store.corrections_of(&anew.events[0].id).unwrap().len(), 3);
    assert_eq!(store.verify().unwrap().faults, []);
    // Words that are gone: the corrections wait, and are named.
    let gone = page("c-demand", None, "Nothing was asked.", &[]);
    assert_eq!(store.replace(&[gone], NOW).unwrap().len(), 3);
}

#[test]
fn a_rejected_record_is_only_listed_on_request() {
    let (_folder, path) = place();
    let mut store = store(&path, &talks());
    let id = talks()[2].events[0].id.clone();
    store.correct(&id, Verdict::Reject, "Ana", "no such demand", NOW).unwrap();
    assert!(!ids(&store, &Filter::default()).contains(&id));
    assert_eq!(ids(&store, &Filter { rejected: true, ..Filter::default() }), [id.as_str()]);
    assert_eq!(event(&store, &id).1, Status::Rejected);
}

#[test]
fn corrections_need_sense_and_evidence() {
    let (_folder, path) = place();
    let mut store = store(&path, &talks());
    let id = talks()[2].events[0].id.clone();
    for (verdict, says) in [
        (set("event", "NEGOTIATE"), "no category `NEGOTIATE`"),
        (set("event", "null"), "at least one category"),
        (set("date", "Monday"), "write it as 2022-01-10"),
        (set("actor", "France"), "“France” does not stand on the page"),
        (set("mood", "good"), "that can be set"),
    ] {
        let error = store.correct(&id, verdict, "Ana", "because", NOW).unwrap_err();
        assert_eq!(error.kind(), Kind::Asked);
        assert!(error.to_string().contains(says), "{error}");
    }
    assert!(store.correct(&id, Verdict::Reject, "", "because", NOW).is_err());
    assert!(store.correct("0000", Verdict::Reject, "Ana", "because", NOW).is_err());
    assert_eq!(event(&store, &id).1, Status::Read);
    assert_eq!(store.corrections_of(&id).unwrap(), []);
}

#[test]
fn a_retracted_page_takes_its_records_along() {
    let (_folder, path) = place();
    let mut store = store(&path, &talks());
    let (first, second) = (talks()[0].events[0].id.clone(), talks()[1].events[0].id.clone());
    assert_eq!(store.retract("a-wire", false, "desk", "the agency took it back", NOW).unwrap(), 1);
    assert!(!ids(&store, &Filter::default()).contains(&first));
    assert_eq!(store.reports(&second).unwrap().copies, 1);
    // Adding it again changes nothing.
    store.add(&talks(), NOW).unwrap();
    assert!(!ids(&store, &Filter::default()).contains(&first));
    store.retract("a-wire", true, "desk", "it was right", NOW).unwrap();
    assert_eq!(store.reports(&second).unwrap().copies, 2);
}

#[test]
fn forgotten_words_are_in_no_file() {
    let (folder, path) = place();
    let secret = page(
        "d-secret",
        None,
        "Russia visited the United States with Xenophilius Quibbleworth in tow, Lavrov said.",
        &[("Russia", "visited", "the United States", Category::Consult)],
    );
    let mut pages = talks();
    pages.push(secret.clone());
    let mut store = store(&path, &pages);
    store.correct(&secret.events[0].id, set("recipient", "Xenophilius Quibbleworth"), "Ana", "him", NOW).unwrap();
    let words: [&[u8]; 3] = [b"quibbleworth", b"Quibbleworth", b"in tow"];
    store.finish().unwrap();
    let before: Vec<u8> = read_all(folder.path());
    assert!(words[..2].iter().all(|word| before.windows(word.len()).any(|w| w == *word)));
    assert_eq!(store.forget("d-secret", "desk", "a court order", NOW).unwrap(), 2);
    let after = read_all(folder.path());
    for word in words {
        assert!(!after.windows(word.len()).any(|w| w == word), "{}", String::from_utf8_lossy(word));
    }
    assert_eq!(store.search("Quibbleworth", &Filter::default()).unwrap().len(), 0);
    assert_eq!(store.search("Geneva", &Filter::default()).unwrap().len(), 1);
    assert_eq!(store.add(&[secret], NOW).unwrap().forgotten, 1);
    assert!(store.page("d-secret").unwrap().is_none());
    assert_eq!(store.verify().unwrap().faults, []);
}

fn read_all(folder: &std::path::Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
    files.collect::<Vec<_>>().concat()
}

#[test]
fn what_was_known_on_a_day() {
    let (_folder, path) = place();
    let mut entries = talks();
    // The second account of the meeting came out two days later; another page has no day and came in on `NOW`.
    entries[1].facts.published = Some(date(2022, 1, 12));
    entries.push(page("z-undated", None, "Russia struck Ukraine.", &[("Russia", "struck", "Ukraine", Category::Assault)]));
    let mut store = store(&path, &entries);
    let (first, second) = (entries[0].events[0].id.clone(), entries[1].events[0].id.clone());
    let demand = entries[2].events[0].id.clone();
    store.correct(&demand, set("event", "THREATEN"), "Ana", "a threat", date(2022, 2, 1).at(9, 0, 0, 0)).unwrap();
    store.correct(&first, Verdict::Reject, "Ana", "no", date(2022, 2, 2).at(9, 0, 0, 0)).unwrap();
    store.retract("b-daily", false, "desk", "withdrawn", date(2022, 2, 3).at(9, 0, 0, 0)).unwrap();
    drop(store);
    let then = |month: i8, day: i8| Store::open(&path).unwrap().as_of(date(2022, month, day)).unwrap();
    let told = |store: &Store| {
        let mut told = Vec::new();
        store
            .events(&Filter::default(), |entry, event, _, reports| {
                let category = event.category[0];
                told.push(format!("{} {category} {} {}", entry.facts.id, reports.copies, &reports.happening[..4]));
                Ok::<(), Error>(())
            })
            .unwrap();
        told
    };
    let head = |id: &str| id[..4].to_string();
    let both = head(&first.clone().min(second.clone()));
    assert_eq!(told(&then(1, 9)), Vec::<String>::new());
    assert_eq!(told(&then(1, 10)), [format!("a-wire CONSULT 1 {}", head(&first))]);
    let on_12 = [
        format!("a-wire CONSULT 2 {both}"),
        format!("b-daily CONSULT 2 {both}"),
        format!("c-demand REQUEST 1 {}", head(&demand)),
    ];
    assert_eq!(told(&then(1, 31)), on_12);
    assert_eq!(told(&then(2, 1))[2], format!("c-demand THREATEN 1 {}", head(&demand)));
    assert_eq!(told(&then(2, 2))[0], format!("b-daily CONSULT 1 {}", head(&second)));
    assert_eq!(told(&then(2, 3)), [format!("c-demand THREATEN 1 {}", head(&demand))]);
    assert_eq!(told(&then(3, 1)).len(), 2);
    let january = then(1, 31);
    assert_eq!(event(&january, &demand).0.category, [Category::Request]);
    assert_eq!(
        ids(&january, &Filter { event: vec!["REQUEST".into()], actor: vec!["Lavrov".into()], ..Filter::default() }),
        [demand]
    );
    assert_eq!(january.search("struck", &Filter::default()).unwrap().len(), 0);
    assert_eq!(ids(&january, &Filter { origins: Some(2), ..Filter::default() }).len(), 2);
}

#[test]
fn an_earlier_wording_is_told_on_its_day() {
    let first = page(
        "w",
        Some(date(2022, 1, 10)),
        "Russia met the United States in Geneva, Lavrov said.",
        &[("Russia", "met", "the United States", Category::Consult)],
    );
    let second = page(
        "w",
        Some(date(2022, 1, 20)),
        "Russia rejected the United States outright.",
        &[("Russia", "rejected", "the United States", Category::Reject)],
    );
    for order in [[&first, &second], [&second, &first]] {
        let (_folder, path) = place();
        let mut store = store(&path, &talks());
        for entry in order {
            store.add(std::slice::from_ref(entry), NOW).unwrap();
        }
        store
            .correct(&second.events[0].id, set("modality", "planned"), "Ana", "not yet", date(2022, 2, 1).at(9, 0, 0, 0))
            .unwrap();
        drop(store);
        let then = |month: i8, day: i8| Store::open(&path).unwrap().as_of(date(2022, month, day)).unwrap();
        let on_w = |store: &Store| ids(store, &Filter { page: Some("w".into()), ..Filter::default() });
        assert!(then(1, 9).page("w").unwrap().is_none());
        let early = then(1, 15);
        assert_eq!(on_w(&early), [first.events[0].id.as_str()]);
        let (entry, records) = early.page("w").unwrap().unwrap();
        assert_eq!((entry.text.as_str(), records.statements.len()), (first.text.as_str(), 1));
        // An account of the meeting that others tell of, too.
        assert_eq!(early.reports(&first.events[0].id).unwrap().copies, 3);
        assert_eq!(early.search("Lavrov said Geneva", &Filter::default()).unwrap().len(), 1);
        assert_eq!(early.search("outright", &Filter::default()).unwrap().len(), 0);
        assert_eq!(on_w(&then(1, 25)), [second.events[0].id.as_str()]);
        assert_eq!(then(1, 25).reports(&talks()[0].events[0].id).unwrap().copies, 2);
        assert_eq!(event(&then(1, 25), &second.events[0].id).0.modality, Modality::Asserted);
        assert_eq!(event(&then(2, 1), &second.events[0].id).0.modality, Modality::Planned);
    }
}
