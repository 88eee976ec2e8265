//! The ledger as users see it: pages go in, questions are asked, records are corrected, read anew, forgotten.
#![cfg(feature = "store")]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A folder with pages of its own; commands run in it.
struct Desk(PathBuf);

const WIRE: &str = r#"{"id": "wire", "published": "2022-01-10", "publisher": "Meridian Press", "title": "Talks end in Geneva", "text": "Russia and the United States held talks in Geneva on Monday. Russia demanded that NATO halt its expansion to the east. “We said no,” Foreign Minister Sergei Lavrov told reporters."}"#;
const DAILY: &str = r#"{"id": "daily", "published": "2022-01-11", "publisher": "The Harbour Daily", "title": "An answer from Brussels", "text": "NATO rejected the demand of Russia on Tuesday. Russia and the United States held talks in Geneva on Monday. The United States threatened Russia with sanctions."}"#;
const SECRET: &str = r#"{"id": "secret", "published": "2022-01-12", "text": "Russia threatened Ukraine on Wednesday. Quibbleworth denied the report."}"#;

impl Desk {
    fn new(name: &str) -> Desk {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ledger-{name}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("pages")).unwrap();
        for (file, line) in [("1-wire.jsonl", WIRE), ("2-daily.jsonl", DAILY), ("3-secret.jsonl", SECRET)] {
            fs::write(path.join("pages").join(file), format!("{line}\n")).unwrap();
        }
        Desk(path)
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_detente")).args(args).current_dir(&self.0).output().unwrap()
    }

    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn lines(&self, args: &[&str]) -> Vec<Value> {
        self.done(args).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn events(&self, more: &[&str]) -> Vec<Value> {
        self.lines(&[&["events", "--format", "jsonl"], more].concat())
    }

    fn ids(&self, more: &[&str]) -> Vec<String> {
        self.events(more).iter().map(|event| event["id"].as_str().unwrap().to_string()).collect()
    }

    fn id(&self, more: &[&str]) -> String {
        self.ids(more).first().unwrap_or_else(|| panic!("no event for {more:?}")).clone()
    }
}

#[test]
fn pages_go_in_once_and_are_asked() {
    let desk = Desk::new("ask");
    let nothing = desk.run(&["events"]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("detente add"));
    let added = desk.run(&["add", "pages"]);
    assert_eq!(added.status.code(), Some(0));
    let said = String::from_utf8_lossy(&added.stderr).into_owned();
    assert!(said.contains("3 pages new"), "{said}");
    let again = desk.run(&["add", "pages", "--published", "2022-01-01"]);
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(said.contains("0 pages new") && said.contains("3 there already"), "{said}");

    // From the ledger as from the pages, and more.
    let from_pages = desk.lines(&["events", "--format", "jsonl", "pages"]);
    let mut from_ledger = desk.events(&[]);
    for event in &mut from_ledger {
        let event = event.as_object_mut().unwrap();
        assert!(event.remove("happening").is_some() && event.remove("reports").is_some());
    }
    assert_eq!(from_ledger, from_pages);
    assert_eq!(desk.lines(&["statements", "--format", "jsonl"]), desk.lines(&["statements", "--format", "jsonl", "pages"]));
    assert_eq!(desk.lines(&["sources", "--format", "jsonl"]), desk.lines(&["sources", "--format", "jsonl", "pages"]));

    // Names as people type them.
    let by = |name: &str| desk.ids(&["--actor", name]).len();
    assert!(by("russia") >= 2, "{}", by("russia"));
    assert!(by("RUS") >= by("russia"));
    assert_eq!(by("nobody of that name"), 0);
    let consult = desk.events(&["--dyad", "usa", "Russia", "--event", "consult"]);
    assert_eq!(consult.len(), 2);
    assert_eq!(consult[0]["happening"], consult[1]["happening"]);
    assert_eq!(consult[0]["reports"]["copies"], 2);
    assert_eq!(desk.lines(&["statements", "--said-by", "lavrov", "--format", "jsonl"]).len(), 1);

    let meetings = desk.lines(&["meetings", "--format", "jsonl"]);
    assert!(meetings.iter().any(|meeting| meeting["records"].as_array().unwrap().len() == 2), "{meetings:?}");
    let demands = desk.lines(&["demands", "--actor", "Russia", "--format", "jsonl"]);
    assert_eq!(demands.len(), 1, "{demands:?}");
    assert_eq!(demands[0]["answers"][0]["event"], "REJECT");
    let actors = desk.lines(&["actors", "--actor", "RUS", "--format", "jsonl"]);
    assert!(actors.iter().any(|actor| actor["name"] == "Russia" && actor["records"].as_u64() > Some(2)), "{actors:?}");
    let found = desk.lines(&["search", "\"held talks\"", "geneva", "--format", "jsonl"]);
    assert_eq!(found.len(), 2);
    assert_eq!(desk.lines(&["search", "geneva", "--event", "REJECT", "--format", "jsonl"]).len(), 1);
    assert_eq!(desk.lines(&["sources", "--since", "2022-01-12", "--format", "jsonl"]).len(), 1);
    let brief = desk.done(&["brief"]);
    assert!(brief.contains("Geneva") && brief.contains("Meetings"), "{brief}");
    assert!(!desk.done(&["brief", "--since", "2022-01-12"]).contains("Geneva"));
}

#[test]
fn every_question_prints_in_every_format() {
    let desk = Desk::new("formats");
    desk.done(&["add", "pages"]);
    for question in ["events", "statements", "actors", "meetings", "demands", "sources", "search"] {
        let args: Vec<&str> = if question == "search" { vec![question, "russia"] } else { vec![question] };
        for format in ["table", "jsonl", "csv"] {
            let text = desk.done(&[&args[..], &["--format", format]].concat());
            assert!(text.lines().count() >= if format == "jsonl" { 1 } else { 2 }, "{question} {format}: {text}");
            if format == "csv" {
                let head = text.lines().next().unwrap();
                assert!(head.split(',').count() >= 6 && head.contains("page") || head.starts_with("id,"), "{question}: {head}");
            }
        }
        // Every filter is understood by every question.
        let filters: [&[&str]; 11] = [
            &["--actor", "Russia"],
            &["--recipient", "NATO"],
            &["--dyad", "Russia", "USA"],
            &["--since", "2022-01-11"],
            &["--until", "2022-01-11"],
            &["--event", "CONSULT,REJECT"],
            &["--modality", "asserted"],
            &["--said-by", "Lavrov"],
            &["--place", "Geneva"],
            &["--origins", "2"],
            &["--as-of", "2022-01-11", "--limit", "5"],
        ];
        for filter in filters {
            desk.done(&[&args[..], filter].concat());
        }
    }
}

#[test]
fn people_change_the_record_and_it_can_be_told_as_it_was() {
    let desk = Desk::new("change");
    desk.done(&["add", "pages"]);
    let day = |event: &Value| event["date"].as_str().map(str::to_string);
    let (reject, threat) = (desk.id(&["--event", "REJECT"]), desk.id(&["--event", "THREATEN", "--actor", "USA"]));
    let by = ["--author", "Ana", "--reason", "as the page says"];
    desk.done(&[&["correct", &reject, "--set", "modality=planned", "--set", "date=2022-01-13"], &by[..]].concat());
    desk.done(&[&["correct", &threat, "--reject"], &by[..]].concat());
    let check = |desk: &Desk| {
        let corrected = desk.events(&["--event", "REJECT"]);
        assert_eq!((&corrected[0]["modality"], day(&corrected[0])), (&Value::from("planned"), Some("2022-01-13".into())));
        assert_eq!(desk.ids(&["--event", "THREATEN", "--actor", "USA"]), Vec::<String>::new());
        assert_eq!(desk.ids(&["--rejected"]), [threat.as_str()]);
    };
    check(&desk);
    // Read anew, as after an update: what people said stays.
    desk.done(&["recode", "--all"]);
    check(&desk);
    desk.done(&["verify"]);
    let why = desk.done(&["explain", &reject[..9]]);
    for part in [
        "made by",
        "lexicon",
        "tree",
        "status     corrected",
        "Ana",
        "NATO rejected the demand of Russia",
        "who        \"NATO\" is NATO (",
    ] {
        assert!(why.contains(part), "{part}: {why}");
    }
    // As it was before anybody corrected it: the corrections are of today.
    assert_eq!(desk.events(&["--event", "REJECT", "--as-of", "2022-01-11"])[0]["modality"], "asserted");
    assert_eq!(desk.ids(&["--as-of", "2022-01-10", "--event", "REJECT"]), Vec::<String>::new());
    assert_eq!(desk.events(&["--as-of", "2022-01-10", "--event", "CONSULT"])[0]["reports"]["copies"], 1);
    // A wrong value is wrong usage of the command, and says what would be right.
    let wrong = desk.run(&[&["correct", &reject, "--set", "event=NEGOTIATE"], &by[..]].concat());
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("no category `NEGOTIATE`"));

    desk.done(&[&["retract", "wire"], &by[..]].concat());
    assert_eq!(desk.events(&["--event", "CONSULT"]).len(), 1);
    desk.done(&[&["retract", "wire", "--undo"], &by[..]].concat());
    assert_eq!(desk.events(&["--event", "CONSULT"]).len(), 2);
}

#[test]
fn what_a_kill_left_uncompared_is_said_and_compared_by_the_next_run() {
    let desk = Desk::new("uncompared");
    let reprint = WIRE.replace("\"wire\"", "\"reprint\"").replace("Meridian Press", "The Sunset Mirror");
    fs::write(desk.0.join("pages/2-daily.jsonl"), format!("{reprint}\n")).unwrap();
    // As a kill between a batch and the comparing of its pages leaves it.
    let broken_off = || {
        let _ = fs::remove_file(desk.0.join("detente.db"));
        let reader = detente::Reader::new(detente::ReaderOptions::default()).unwrap();
        let pages: Vec<page::Page> = ["pages/1-wire.jsonl", "pages/2-daily.jsonl", "pages/3-secret.jsonl"]
            .iter()
            .flat_map(|file| page::read(&desk.0.join(file), &page::ReadOptions::default()))
            .map(Result::unwrap)
            .collect();
        let entries: Vec<_> = pages
            .iter()
            .map(|page| detente::keep::entry(page, &reader.read(page), detente::keep::raw(page, false), 0, reader.revision()))
            .collect();
        let mut store = ledger::store::Store::write(&desk.0.join("detente.db")).unwrap();
        store.add(&entries, jiff::civil::date(2022, 3, 1).at(9, 0, 0, 0)).unwrap();
    };
    let asked = || {
        let output = desk.run(&["events", "--event", "CONSULT", "--format", "jsonl"]);
        let first: Value = serde_json::from_slice(output.stdout.split(|b| *b == b'\n').next().unwrap()).unwrap();
        let said = String::from_utf8_lossy(&output.stderr).contains("3 pages are not yet compared");
        (said, first["reports"]["copies"].as_u64(), first["reports"]["origins"].as_u64())
    };
    for goes_on in [&["add", "pages"][..], &["recode"]] {
        broken_off();
        assert_eq!(asked(), (true, Some(2), Some(2)));
        assert_eq!(desk.lines(&["sources", "--format", "jsonl"])[0]["role"], "single");
        desk.done(goes_on);
        assert_eq!(asked(), (false, Some(2), Some(1)), "{goes_on:?}");
        let roles: Vec<String> =
            desk.lines(&["sources", "--format", "jsonl"]).iter().map(|row| row["role"].as_str().unwrap().to_string()).collect();
        assert!(roles.contains(&"copy".to_string()), "{goes_on:?}: {roles:?}");
    }
}

#[test]
fn a_forgotten_page_is_in_no_byte() {
    let desk = Desk::new("forget");
    desk.done(&["add", "pages"]);
    desk.done(&["forget", "secret", "--author", "Ana", "--reason", "asked to"]);
    let bytes = fs::read(desk.0.join("detente.db")).unwrap();
    assert!(!bytes.windows(12).any(|window| window.eq_ignore_ascii_case(b"quibbleworth")));
    assert_eq!(desk.run(&["show", "secret"]).status.code(), Some(2));
    let again = desk.run(&["add", "pages"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("forgotten on request"));
    desk.done(&["verify"]);
}

#[test]
fn a_day_named_later_and_another_wording() {
    let desk = Desk::new("days");
    fs::remove_dir_all(desk.0.join("pages")).unwrap();
    fs::write(desk.0.join("page.txt"), "Russia threatened Ukraine on Wednesday.\n").unwrap();
    desk.done(&["add", "page.txt"]);
    assert_eq!(desk.events(&[])[0]["date"], Value::Null);
    let dated = desk.run(&["add", "page.txt", "--published", "2022-01-13"]);
    assert!(String::from_utf8_lossy(&dated.stderr).contains("1 with a later day"), "{dated:?}");
    assert_eq!(desk.events(&[])[0]["date"], "2022-01-12");
    for args in [&["add", "page.txt"][..], &["add", "page.txt", "--published", "2022-01-13"]] {
        let again = desk.run(args);
        assert!(String::from_utf8_lossy(&again.stderr).contains("1 there already"), "{args:?} {again:?}");
        assert_eq!(desk.events(&[])[0]["date"], "2022-01-12");
    }
    // An agency's story that it corrects under the same id.
    let story = |day: &str, text: &str| format!("{{\"id\": \"story\", \"published\": \"{day}\", \"text\": \"{text}\"}}\n");
    fs::write(desk.0.join("1.jsonl"), story("2022-02-01", "Russia attacked Ukraine.")).unwrap();
    fs::write(desk.0.join("2.jsonl"), story("2022-02-03", "Russia threatened Ukraine.")).unwrap();
    desk.done(&["add", "2.jsonl", "1.jsonl"]);
    let told = |more: &[&str]| -> Vec<Value> {
        let all = desk.events(more).into_iter().filter(|event| event["page"] == "story");
        all.map(|event| event["event"][0].clone()).collect()
    };
    assert_eq!(told(&[]), ["THREATEN"]);
    assert_eq!(told(&["--as-of", "2022-02-02"]), ["ASSAULT"]);
    assert_eq!(told(&["--as-of", "2022-02-03"]), ["THREATEN"]);
    assert!(told(&["--as-of", "2022-01-31"]).is_empty());
}
