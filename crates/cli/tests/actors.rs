//! `detente actors`, and a user's own actors from end to end.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn detente(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente")).args(args).output().unwrap()
}

fn place(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("actors-{name}"));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(path.join("words/actors")).unwrap();
    path
}

const PAGE: &str =
    "The Harbour Council met in Vienna on Monday. Lovell rejected the plan. The Twenty-Seven offered a truce, said Lavroff.\n";

const OWN: &str = r#"
[[actor]]
names = ["Harbour Council", "HC"]
code = "GEO"
sector = ["LEG"]

[[actor]]
names = ["Ada Lovell"]
code = "NZL"
sector = ["GOV"]
offices = [{ office = "Envoy", to = "2020-12" }, { office = "Foreign Minister", from = "2021-01" }]

[[actor]]
alias-of = "European Union"
names = ["the Twenty-Seven"]

[[actor]]
alias-of = "Sergei Lavrov"
names = ["Sergei Lavroff"]
"#;

fn rows(folder: &Path, own: bool) -> Vec<Value> {
    let page = folder.join("page.txt");
    fs::write(&page, PAGE).unwrap();
    let words = folder.join("words");
    let mut args = vec!["actors", "--format", "jsonl", "--published", "2022-01-13", page.to_str().unwrap()];
    if own {
        args.extend(["--lexicon", words.to_str().unwrap()]);
    }
    let output = detente(&args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn a_users_actors_win() {
    let folder = place("own");
    fs::write(folder.join("words/actors/own.toml"), OWN).unwrap();
    let rows = rows(&folder, true);
    let row = |name: &str| rows.iter().find(|r| r["name"] == name).unwrap_or_else(|| panic!("no {name} in {rows:?}"));
    assert_eq!(
        (row("Harbour Council")["code"].as_str(), row("Harbour Council")["sector"][0].as_str()),
        (Some("GEO"), Some("LEG"))
    );
    assert_eq!(row("Ada Lovell")["offices"][0], "Foreign Minister");
    assert_eq!(row("European Union")["code"], "EUR");
    assert_eq!(row("Sergei Lavrov")["code"], "RUS");
    // Every mention given as evidence says where it is and why it was joined.
    let evidence = &row("Ada Lovell")["evidence"][0];
    assert_eq!((evidence["text"].as_str(), evidence["start"].as_u64()), (Some("Lovell"), Some(45)));
    assert!(evidence["why"].as_str().is_some_and(|w| !w.is_empty()));
}

#[test]
fn without_them_the_names_stay_open() {
    let rows = rows(&place("plain"), false);
    assert!(rows.iter().all(|r| r["name"] != "Ada Lovell"));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let folder = place("wrong");
    fs::write(folder.join("words/actors/own.toml"), "[[actor]]\nnames = [\"Harbour Council\"]\ncode = \"GEORGIA\"\n").unwrap();
    fs::write(folder.join("page.txt"), PAGE).unwrap();
    let output =
        detente(&["actors", "--lexicon", folder.join("words").to_str().unwrap(), folder.join("page.txt").to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("own.toml") && said.contains("Harbour Council") && said.contains("is no code"), "{said}");
}
