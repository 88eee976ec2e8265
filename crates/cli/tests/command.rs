//! The command as users and scripts see it: formats, exit statuses, bad input, equal output on any number of threads.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Runs the command in the repository's root.
fn detente(args: &[&str]) -> Output {
    run(args, "", "2")
}

fn run(args: &[&str], input: &str, threads: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(args)
        .current_dir(root())
        .env("RAYON_NUM_THREADS", threads)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn lines(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A folder of its own for a test, with these files.
fn folder(name: &str, files: &[(&str, &[u8])]) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    for (file, bytes) in files {
        fs::write(path.join(file), bytes).unwrap();
    }
    path.to_string_lossy().into_owned()
}

const REPORT: &str = r#"{"id": "r1", "published": "2022-01-10", "text": "Russia rejected the offer on Monday. “We said no,” Foreign Minister Sergei Lavrov told reporters. Ukraine denied the report."}"#;

#[test]
fn examples_make_a_brief_in_every_format() {
    let text = detente(&["brief", "examples/"]);
    assert_eq!(text.status.code(), Some(0), "{}", stderr(&text));
    let page = stdout(&text);
    assert!(page.starts_with("Brief · ") && page.contains("── Sources ─"), "{page}");
    assert!(!page.contains('\u{1b}'), "colours go to terminals only");
    assert!(page.lines().count() < 130, "one screen, not {} lines", page.lines().count());
    assert!(stdout(&detente(&["brief", "--format", "markdown", "examples/"])).starts_with("# Brief\n"));
    let html = stdout(&detente(&["brief", "--format", "html", "examples/"]));
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n") && !html.contains("<script"));
    let json = lines(&detente(&["brief", "--format", "json", "examples/"]));
    assert_eq!(json.len(), 1);
    assert_eq!(json[0]["schema"], 1);
    let names: Vec<&str> = json[0]["sections"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["meetings", "demands", "threats", "moves", "denials", "statements", "sources", "notes"]);
}

#[test]
fn every_line_of_a_brief_points_into_a_page() {
    let articles = lines(&detente(&["article", "--format", "json", "examples/"]));
    let length = |id: &str| {
        let article = articles.iter().find(|a| a["id"] == id).unwrap();
        (article["text"].as_str().unwrap().chars().count() as u64, article["title"].as_str().unwrap_or("").chars().count() as u64)
    };
    let brief = &lines(&detente(&["brief", "--format", "json", "examples/"]))[0];
    for line in brief["sections"].as_array().unwrap().iter().flat_map(|s| s["lines"].as_array().unwrap()) {
        let refs = line["refs"].as_array().unwrap();
        assert!(!refs.is_empty(), "{line}");
        for r in refs {
            let (text, title) = length(r["page"].as_str().unwrap());
            assert!(r["end"].as_u64().unwrap() <= if r["in"] == "title" { title } else { text }, "{line}");
        }
    }
}

/// Checks that `text` stands at `start..end` wherever an object has all three.
fn check(value: &Value, text: &[char], title: &[char]) {
    if let Some(object) = value.as_object() {
        let words = object.get("text").or(object.get("entity_text")).or(object.get("extracted_place"));
        if let (Some(words), Some(start), Some(end)) = (words, object.get("start"), object.get("end")) {
            let source = if object.get("in").is_some() { title } else { text };
            let slice = &source[start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize];
            assert_eq!(words.as_str().unwrap(), slice.iter().collect::<String>(), "{value}");
        }
        object.values().for_each(|v| check(v, text, title));
    }
    value.as_array().into_iter().flatten().for_each(|v| check(v, text, title));
}

#[test]
fn spans_reproduce_their_words() {
    let articles = lines(&detente(&["article", "--format", "json", "examples/"]));
    for command in ["statements", "events"] {
        let records = lines(&detente(&[command, "--format", "jsonl", "examples/"]));
        assert!(!records.is_empty());
        for record in records {
            let article = articles.iter().find(|a| a["id"] == record["page"]).unwrap();
            let chars = |key: &str| article[key].as_str().unwrap_or("").chars().collect::<Vec<_>>();
            check(&record, &chars("text"), &chars("title"));
        }
    }
}

#[test]
fn one_thread_and_two_print_the_same() {
    for args in [&["brief", "--format", "json", "examples/"][..], &["events", "--format", "jsonl", "examples/"]] {
        let (one, two) = (run(args, "", "1"), run(args, "", "2"));
        assert!(one.stdout == two.stdout, "{args:?}");
        assert!(!one.stdout.is_empty());
    }
}

#[test]
fn a_json_line_keeps_its_id_and_text() {
    let output = run(&["statements", "--input", "jsonl", "--format", "jsonl", "-"], REPORT, "1");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let records = lines(&output);
    let said = records.iter().find(|r| r["form"] == "direct").unwrap();
    assert_eq!((&said["page"], &said["schema"]), (&Value::from("r1"), &Value::from(1)));
    assert_eq!(said["speaker"]["text"], "Foreign Minister Sergei Lavrov");
    assert_eq!((&said["content"]["start"], &said["content"]["end"]), (&Value::from(38), &Value::from(49)));
}

#[test]
fn tables_and_csv_print() {
    let table = stdout(&run(&["statements", "--input", "jsonl", "-"], REPORT, "1"));
    assert!(table.starts_with("id ") && table.contains("Foreign Minister"), "{table}");
    let csv = stdout(&run(&["events", "--input", "jsonl", "--format", "csv", "-"], REPORT, "1"));
    let head = csv.lines().next().unwrap();
    assert!(head.starts_with("id,page,date,"), "{head}");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_done() {
    let output = detente(&["statements", "no-such-file.html", "examples/geneva-talks-meridian.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("no-such-file.html"), "{}", stderr(&output));
    assert!(stdout(&output).contains("Ryabkov"));
}

#[test]
fn wrong_usage_is_2() {
    for args in [
        &[][..],
        &["brief"],
        &["brief", "--format", "pdf", "examples/"],
        &["events", "--published", "soon", "examples/"],
        &["sing"],
    ] {
        let output = run(args, "", "1");
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stderr(&output));
        assert!(output.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn strange_pages_are_read_with_a_note() {
    let deep = format!("{}<p>Russia met NATO.</p>", "<div>".repeat(10_000));
    let one = "a".repeat(1_000_000);
    let files: &[(&str, &[u8])] = &[
        ("deep.html", deep.as_bytes()),
        ("empty.txt", b""),
        ("latin.txt", b"La r\xe9union a \xe9chou\xe9 \xe0 Gen\xe8ve, ont d\xe9clar\xe9 les diplomates russes et am\xe9ricains."),
        ("one.txt", one.as_bytes()),
        ("sound.txt", b"Russia rejected the offer of the United States on Monday."),
    ];
    let path = folder("strange", files);
    let output = detente(&["brief", &path]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("Nothing read from"), "{}", stdout(&output));
    assert!(!stderr(&output).contains("panicked"));
}

#[test]
fn trees_of_raw_text_and_of_given_words() {
    let raw = run(&["parse", "-"], "They met in Geneva.\nIt rained.\n\nNobody signed.", "1");
    assert_eq!(raw.status.code(), Some(0), "{}", stderr(&raw));
    let conllu = stdout(&raw);
    assert_eq!(conllu.matches("# newpar\n").count(), 2, "{conllu}");
    assert!(conllu.starts_with("# newdoc"), "{conllu}");
    assert!(conllu.contains("# text = They met in Geneva.\n"), "{conllu}");
    let given = "# newdoc id = d1\n# sent_id = 1\n# text = They met-ish.\n1\tThey\t_\t_\t_\t_\t_\t_\t_\t_\n2\tmet-ish\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    let kept = run(&["parse", "--input", "conllu", "--format", "conllu", "-"], given, "1");
    let conllu = stdout(&kept);
    assert!(conllu.starts_with("# newdoc id = d1\n"), "{conllu}");
    let forms: Vec<&str> =
        conllu.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_digit())).filter_map(|l| l.split('\t').nth(1)).collect();
    assert_eq!(forms, ["They", "met-ish", "."]);
    let broken = run(&["parse", "--input", "conllu", "-"], "1\tThey\n", "1");
    assert_eq!(broken.status.code(), Some(1));
    assert!(stderr(&broken).contains("line 1"), "{}", stderr(&broken));
}

#[test]
fn a_record_is_explained_by_its_id() {
    let records = lines(&detente(&["statements", "--format", "jsonl", "examples/geneva-talks-meridian.txt"]));
    let id = records[0]["id"].as_str().unwrap();
    let output = detente(&["explain", id, "examples/geneva-talks-meridian.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.contains(id) && text.contains("made by") && text.contains("tree"), "{text}");
    let unknown = detente(&["explain", "ffffffffffffffff", "examples/geneva-talks-meridian.txt"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["statements", "--format", "jsonl", "examples/"])
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(!stderr(&output).contains("panicked"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn every_command_shows_an_example() {
    let help = stdout(&detente(&["--help"]));
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|l| *l != "Commands:")
        .skip(1)
        .take_while(|l| !l.is_empty())
        .filter(|l| l.starts_with("  ") && !l.starts_with("   "))
        .filter_map(|l| l.split_whitespace().next())
        .filter(|c| *c != "help")
        .collect();
    assert!(commands.len() >= 7, "{help}");
    for command in commands {
        let help = stdout(&detente(&[command, "--help"]));
        assert!(help.contains("Example") && help.contains(&format!("detente {command}")), "{command}: {help}");
    }
}

/// Reports enough for several batches, as JSON Lines.
fn many(n: usize) -> String {
    (0..n)
        .map(|i| {
            format!(
                "{{\"id\":\"p{i}\",\"published\":\"2022-01-10\",\"text\":\"Russia rejected offer number {i} on Monday. Ukraine denied the report.\"}}\n"
            )
        })
        .collect()
}

#[test]
fn a_command_goes_on_where_it_was() {
    let dir = folder("resume", &[("a.jsonl", many(150).as_bytes())]);
    let (input, mark) = (format!("{dir}/a.jsonl"), format!("{dir}/mark.json"));
    let args = ["events", "--format", "jsonl", "--resume", &mark, &input];
    let whole = stdout(&detente(&["events", "--format", "jsonl", &input]));
    let first = detente(&args);
    assert_eq!((first.status.code(), stdout(&first)), (Some(0), whole.clone()));
    // All is done.
    assert_eq!(stdout(&detente(&args)), "");
    // As if it had been stopped behind the first batch.
    let note = fs::read_to_string(&mark).unwrap().replace("\"done\":150,\"last\":\"p149\"", "\"done\":64,\"last\":\"p63\"");
    fs::write(&mark, &note).unwrap();
    let rest = stdout(&detente(&args));
    assert!(whole.ends_with(&rest) && rest.len() < whole.len() && rest.contains("\"p64\""));
    // Another command, other inputs, no note of this program.
    assert_eq!(detente(&["statements", "--format", "jsonl", "--resume", &mark, &input]).status.code(), Some(2));
    fs::write(&mark, note.replace("\"p63\"", "\"p7\"")).unwrap();
    let changed = detente(&args);
    assert_eq!(changed.status.code(), Some(1));
    assert!(stderr(&changed).contains("no longer those"), "{}", stderr(&changed));
    assert_eq!(detente(&["events", "--resume", &input, &input]).status.code(), Some(2));
    assert_eq!(detente(&["events", "--resume", &mark, "-"]).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_whole_lines_and_a_mark() {
    let n = 800;
    let dir = folder("stopped", &[("a.jsonl", many(n).as_bytes())]);
    let (input, mark) = (format!("{dir}/a.jsonl"), format!("{dir}/mark.json"));
    let args = ["events", "--format", "jsonl", "--resume", &mark, &input];
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(args)
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut output = child.stdout.take().unwrap();
    let mut first = vec![0; 1];
    output.read_exact(&mut first).unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    let code = child.wait().unwrap().code();
    let begun = String::from_utf8(first).unwrap() + &rest;
    assert!(begun.ends_with('\n') && begun.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    // On a quick machine all may have been done before.
    assert!(code == Some(130) || code == Some(0), "{code:?}");
    let whole = begun + &stdout(&detente(&args));
    assert_eq!(whole, stdout(&detente(&["events", "--format", "jsonl", &input])));
}

#[test]
fn a_table_of_pages_is_read() {
    let table = "crates/page/tests/tables/arrow-snappy.parquet";
    let output = detente(&["article", "--format", "json", table]);
    // One row holds no page.
    assert_eq!((output.status.code(), lines(&output).len()), (Some(1), 3));
    assert!(stderr(&output).contains("arrow-snappy.parquet:2"), "{}", stderr(&output));
}
