//! The words of events as a product: the built-in lists pass `detente lexicon check`, and every entry reads its example.
#![allow(clippy::unwrap_used)]

use detente::events::{EventLexicon, Kind, examples};
use detente::lexicon::Listed;
use detente::{Reader, ReaderOptions};
use ledger::Category;

fn own(text: &str) -> Listed {
    Listed { file: "own.toml".into(), name: "events/own.toml (own)".into(), text: text.into(), own: true }
}

fn told(text: &str) -> Vec<String> {
    EventLexicon::load(&[own(text)]).1.iter().map(ToString::to_string).collect()
}

#[test]
fn the_built_in_lists_are_sound() {
    let (words, faults) = EventLexicon::load(&[]);
    let told: Vec<String> = faults.iter().chain(&words.check()).map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn every_entry_reads_its_example() {
    let reader = Reader::new(ReaderOptions { keep_garbled: true, ..Default::default() }).unwrap();
    let told: Vec<String> = examples(&reader).iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn own_files_add_take_away_and_change() {
    let text = r#"
[new-category]
"PROTEST.FAST" = "refusing food"

[class]
truce-noun = "standstill"

[[remove]]
verb = "condemn"

[[remove]]
category = "AID"

[[change]]
category = "PROTEST"
mode = "hunger"
to = "PROTEST.FAST"

[[entry]]
verb = "boycott"
category = "REJECT"
replace = true
example = "Iran boycotted the games in Iraq."
"#;
    let words = EventLexicon::with(&[own(text)]).unwrap();
    assert_eq!(words.senses(Kind::Verb, "condemn").count(), 0);
    assert!(words.does_without(Category::Aid) && words.entries().iter().all(|e| e.category != Some(Category::Aid)));
    let fast = words.senses(Kind::Noun, "strike").find(|e| e.words == "hunger strike").unwrap();
    assert_eq!(fast.own_category.map(Category::as_str), Some("PROTEST.FAST"));
    assert_eq!(words.senses(Kind::Verb, "boycott").map(|e| e.category).collect::<Vec<_>>(), [Some(Category::Reject)]);
    assert!(words.class("truce-noun").contains(&"standstill".to_string()) && words.class("truce-noun").len() > 3);
}

#[test]
fn faults_are_told_all_at_once_with_their_lines() {
    let text = "[[entry]]\nverb = \"dawdle\"\ncategory = \"DAWDLE\"\nexample = \"x\"\n\n[[entry]]\nverb = \"idle\"\nexample = \"x\"\n\n[[change]]\nverb = \"meet\"\n\n[new-category]\nSPORT = \"x\"\n";
    let found = told(text);
    assert_eq!(found.len(), 4, "{found:?}");
    for (line, what) in
        [(1, "no category"), (6, "neither category nor turn"), (10, "`to` is missing"), (14, "no name for a new category")]
    {
        assert!(
            found.iter().any(|f| f.starts_with(&format!("own.toml:{line}: ")) && f.contains(what)),
            "{line} {what}: {found:?}"
        );
    }
    assert!(told("[[entry]]\nverbs = \"x\"\n")[0].starts_with("own.toml:2: unknown field `verbs`"));
    assert!(
        told("category = \"CONSULT.SPORT\"\n[[entry]]\nverb = \"skate\"\nexample = \"x\"\n")[0]
            .contains("under [new-category] first")
    );
}
