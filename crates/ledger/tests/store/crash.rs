//! A writer killed at any moment: nothing that it reported is lost, nothing is half there.
//!
//! `DETENTE_KILLS=100 cargo test -p ledger --features store --test store crash` is the long run.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use ledger::store::Store;

use crate::content::content;
use crate::pages::{NOW, place};
use crate::safety::many;

const FILE: &str = "DETENTE_KILLED_LEDGER";
const BATCH: usize = 5;
const ALL: usize = 2_000;

/// The writer: adds pages batch by batch, and says after each how many are safe. Runs only when the test below starts it.
#[test]
#[ignore = "started by killed_at_any_moment"]
fn writer() {
    let Some(path) = std::env::var_os(FILE) else { return };
    let mut store = Store::write(path.as_ref()).unwrap();
    let mut out = std::io::stdout();
    for from in (0..ALL).step_by(BATCH) {
        store.add(&many(from, from + BATCH), NOW).unwrap();
        if from % 50 == 0 {
            store.finish().unwrap();
        }
        writeln!(out, "safe {}", from + BATCH).unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn killed_at_any_moment() {
    let kills: usize = std::env::var("DETENTE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(6);
    let (_folder, path) = place();
    let mut safe = 0;
    // A fixed sequence of moments, from before the file is there to far into the writing.
    let mut moment = 7u64;
    for round in 0..kills {
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wait = Duration::from_micros((moment >> 33) % 400_000);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::writer", "--ignored", "--nocapture"])
            .env(FILE, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(wait);
        // SIGKILL on Unix: no handler, no flushing.
        child.kill().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        for line in said.lines() {
            if let Some(count) = line.unwrap().split("safe ").nth(1).and_then(|count| count.parse::<usize>().ok()) {
                safe = safe.max(count);
            }
        }
        child.wait().unwrap();
        if !path.exists() {
            continue;
        }
        // Opened for writing, as the next run would; a file from before its first batch is empty and becomes a ledger.
        let verified = Store::write(&path).unwrap().verify().unwrap();
        assert_eq!(verified.faults, [], "round {round}");
        assert!(verified.pages >= safe, "round {round}: {} pages, {safe} were safe", verified.pages);
        assert_eq!(verified.pages % BATCH, 0, "round {round}: half a batch");
    }
    // Begun anew, it ends where an undisturbed run ends.
    let upto = safe + 2 * BATCH;
    let mut store = Store::write(&path).unwrap();
    let there = store.facts(&Default::default()).unwrap().len();
    store.add(&many(0, upto.max(there)), NOW).unwrap();
    drop(store);
    let (_other, undisturbed) = place();
    Store::write(&undisturbed).unwrap().add(&many(0, upto.max(there)), NOW).unwrap();
    assert_eq!(content(&path), content(&undisturbed));
    eprintln!("{kills} kills, {safe} pages safe, {there} there, none lost, none halved");
}
