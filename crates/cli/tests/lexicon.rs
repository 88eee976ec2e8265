//! A user's own lexicon, from end to end: `--lexicon DIR` and `detente lexicon check`.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn detente(args: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Command::new(env!("CARGO_BIN_EXE_detente")).args(args).current_dir(root).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn place(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("lexicon-{name}"));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// A folder with one file of events.
fn words(name: &str, text: &str) -> String {
    let path = place(name);
    fs::create_dir_all(path.join("events")).unwrap();
    fs::write(path.join("events/own.toml"), text).unwrap();
    path.to_string_lossy().into_owned()
}

/// The events of a text, with more arguments.
fn events(name: &str, text: &str, more: &[&str]) -> Vec<Value> {
    let page = place(&format!("page-{name}")).join("page.txt");
    fs::write(&page, text).unwrap();
    let mut args = vec!["events", "--format", "jsonl", page.to_str().unwrap()];
    args.extend(more);
    let output = detente(&args);
    assert!(output.status.success(), "{}", err(&output));
    out(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const PAGE: &str = "China and the United States engaged in ping-pong diplomacy. Pakistan hosted the Indian cricket team in Lahore.\n\n\
Iran boycotted the games in Saudi Arabia. Nurses in France went on strike over their pay.\n";

#[test]
fn the_worked_example_of_the_guide() {
    let plain = events("plain", PAGE, &[]);
    let own = events("own", PAGE, &["--lexicon", "docs/sport-lexicon"]);
    let told = |events: &[Value]| -> Vec<String> {
        let codes = |side: &Value| {
            side.as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap_or("-")).collect::<Vec<_>>().join("+")
        };
        events
            .iter()
            .map(|e| format!("{} {} {}", e["event"][0].as_str().unwrap(), codes(&e["actor"]), codes(&e["recipient"])))
            .collect()
    };
    assert_eq!(told(&own), ["CONSULT.SPORT CHN+USA ", "CONSULT.SPORT IND PAK", "REJECT IRN SAU"]);
    assert!(told(&plain).iter().any(|e| e.starts_with("PROTEST FRA")) && !told(&plain).iter().any(|e| e.contains("SPORT")));
    // The quarter and the score are those of the category above; the record says which lexicon made it.
    assert_eq!((own[0]["quad_code"].as_i64(), own[0]["event_scale"].as_f64()), (Some(1), Some(2.5)));
    assert!(own[1]["context"].as_array().unwrap().iter().any(|c| c == "sport"));
    let version = |e: &Value| e["cite_info"]["version"].as_str().unwrap().to_string();
    assert!(version(&own[0]).contains(".own-") && !version(&plain[0]).contains(".own-"));
}

#[test]
fn the_example_folder_and_the_built_in_lists_are_sound() {
    for more in [&[][..], &["--lexicon", "docs/sport-lexicon"]] {
        let output = detente(&[&["lexicon", "check"], more].concat());
        assert_eq!((out(&output).as_str(), output.status.code()), ("", Some(0)), "{}", err(&output));
        assert!(err(&output).contains("nothing wrong"));
    }
}

#[test]
fn faults_name_file_line_and_remedy() {
    let folder = words(
        "faulty",
        r#"category = "CONSULT"

[[entry]]
verb = "cajole"
category = "CAJOLE"
example = "Iran cajoled Iraq."

[[entry]]
verb = "hobnob"
mode = "handshake"
example = "Iran hobnobbed with Iraq."

[[entry]]
verb = "schmooze"
actor = "subject"
example = "Iran schmoozed with Iraq."

[[entry]]
verb = "fraternise"
recipient = "with"
example = ""

[[entry]]
verb = "reconnoitre"
example = "Iran sent a note to Iraq."

[[entry]]
verb = "reconnoitre"
category = "MOBILIZE"
example = "Iran reconnoitred the border of Iraq."

[context]
skiing = "ski"

[[remove]]
verb = "reconnoitre"
"#,
    );
    let output = detente(&["lexicon", "check", "--lexicon", &folder]);
    assert_eq!(output.status.code(), Some(1));
    let told = out(&output);
    let file = format!("{folder}/events/own.toml");
    for (line, what) in [
        (3, "`CAJOLE` is no category"),
        (8, "`handshake` is no mode of CONSULT; CONSULT has visit"),
        (13, "`subject` is no place for a party"),
        (18, "has no example"),
        (23, "its example uses none of its words"),
        (27, "contradicts"),
        (33, "`skiing` is no context of the ontology"),
        (35, "no built-in entry is meant"),
    ] {
        let found = told.lines().any(|l| l.starts_with(&format!("{file}:{line}: ")) && l.contains(what));
        assert!(found, "{line}: {what}\n{told}");
    }
    // A command that reads stops at the first of them, as wrong usage.
    let output = detente(&["events", "--lexicon", &folder, "examples"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("own.toml: line 3"), "{}", err(&output));
}

#[test]
fn a_folder_that_is_none() {
    let empty = place("empty");
    for (folder, what) in [("no-such-folder", "cannot be read"), (empty.to_str().unwrap(), "neither `events/` nor `actors/`")] {
        let output = detente(&["events", "--lexicon", folder, "examples"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(what), "{}", err(&output));
    }
    fs::write(empty.join("own.toml"), "").unwrap();
    let output = detente(&["lexicon", "check", "--lexicon", empty.to_str().unwrap()]);
    assert!(err(&output).contains("stands in `events/`"), "{}", err(&output));
    // A copy of a built-in table is not passed over in silence; a README is.
    let tables = place("tables");
    fs::create_dir_all(tables.join("actors")).unwrap();
    fs::write(tables.join("actors/README.md"), "Mine.\n").unwrap();
    assert!(detente(&["lexicon", "check", "--lexicon", tables.to_str().unwrap()]).status.success());
    fs::write(tables.join("actors/holders.tsv"), "").unwrap();
    let output = detente(&["lexicon", "check", "--lexicon", tables.to_str().unwrap()]);
    assert!(err(&output).contains("holders.tsv") && err(&output).contains("are TOML files"), "{}", err(&output));
}

#[test]
fn senses_of_a_word_are_shown() {
    let told = out(&detente(&["lexicon", "show", "boycotted"]));
    assert!(told.contains("boycott, verb: PROTEST boycott") && told.contains("example"), "{told}");
    let output = detente(&["lexicon", "show", "zzz"]);
    assert_eq!(output.status.code(), Some(2));
    let told = out(&detente(&["lexicon", "list", "--lexicon", "docs/sport-lexicon"]));
    assert!(told.contains("CONSULT.SPORT") && told.contains("Teams, tours"), "{told}");
}

#[test]
fn an_explanation_names_the_entries_in_words() {
    let page = place("explain").join("page.txt");
    fs::write(&page, "Iran refused to hold talks with Pakistan. Pakistan hosted the Indian cricket team.\n").unwrap();
    let page = page.to_str().unwrap();
    let own = ["--lexicon", "docs/sport-lexicon"];
    let listed = out(&detente(&[&["events", "--format", "jsonl", page], &own[..]].concat()));
    let ids: Vec<String> =
        listed.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["id"].as_str().unwrap().to_string()).collect();
    let explained = |id: &str| out(&detente(&[&["explain", id, page], &own[..]].concat()));
    let refusal = explained(&ids[0]);
    for part in [
        "REJECT meet, asserted: Iran → Pakistan",
        "`refuse` turns it (refuse), events/turns.toml:",
        "modality   asserted",
        "top of the sentence",
    ] {
        assert!(refusal.contains(part), "{part}\n{refusal}");
    }
    assert!(explained(&ids[1]).contains("events/sport.toml:23 (own)"), "{}", explained(&ids[1]));
}
