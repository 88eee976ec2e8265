//! Names of people, bodies and places, as they stand in running text.

use syntax::{Engine, NameKind};
use text::{Body, Source};

fn names(text: &str) -> Vec<(String, NameKind)> {
    let source: Source<Body> = Source::new(text);
    let parse = Engine::embedded().expect("built-in model").parse(&source, &[source.whole()]);
    parse.names().iter().map(|n| (source.slice(parse.hull(n.first, n.last)).to_string(), n.kind)).collect()
}

#[test]
fn a_hyphen_does_not_end_a_name() {
    let found = names("Bashar al-Assad met Kim Jong-un in Damascus.");
    let people: Vec<&str> = found.iter().filter(|n| n.1 == NameKind::Person).map(|n| n.0.as_str()).collect();
    assert_eq!(people, ["Bashar al-Assad", "Kim Jong-un"]);
}

#[test]
fn three_kinds_are_told_apart() {
    let found = names("Jens Stoltenberg told the European Union in Brussels that Ukraine may join.");
    assert!(found.contains(&("Jens Stoltenberg".into(), NameKind::Person)), "{found:?}");
    assert!(found.contains(&("European Union".into(), NameKind::Organisation)), "{found:?}");
    assert!(found.contains(&("Brussels".into(), NameKind::Place)), "{found:?}");
}
