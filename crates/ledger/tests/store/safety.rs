//! Crashes, cut files, full disks, company.

use ledger::Category;
use ledger::store::{Entry, Kind, Store};

use crate::pages::{NOW, page, place, store, talks};

pub fn many(from: usize, to: usize) -> Vec<Entry> {
    let one = |n: usize| {
        let text = format!("Russia met the United States for talks number {n}.");
        page(&format!("page-{n:06}"), None, &text, &[("Russia", "met", "the United States", Category::Consult)])
    };
    (from..to).map(one).collect()
}

#[test]
fn a_file_that_was_cut_is_refused() {
    let (folder, path) = place();
    let store = store(&path, &many(0, 50));
    store.finish().unwrap();
    drop(store);
    let whole = std::fs::read(&path).unwrap();
    let cut = folder.path().join("cut.db");
    std::fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    for error in [Store::open(&cut).unwrap_err(), Store::write(&cut).unwrap_err()] {
        assert_eq!(error.kind(), Kind::Damaged);
        assert!(error.to_string().contains("cut short") && error.to_string().contains("backup"), "{error}");
    }
    assert_eq!(std::fs::read(&cut).unwrap().len(), whole.len() / 2);
    std::fs::write(&cut, &whole[..60]).unwrap();
    assert_eq!(Store::open(&cut).unwrap_err().kind(), Kind::Foreign);
}

#[test]
fn damage_inside_is_told_not_hidden() {
    let (folder, path) = place();
    let store = store(&path, &many(0, 200));
    store.finish().unwrap();
    drop(store);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 8192].fill(0x5a);
    let bad = folder.path().join("bad.db");
    std::fs::write(&bad, bytes).unwrap();
    match Store::open(&bad).and_then(|store| store.verify()) {
        Ok(verified) => assert!(!verified.faults.is_empty()),
        Err(error) => assert_eq!(error.kind(), Kind::Damaged, "{error}"),
    }
}

#[test]
fn a_full_disk_loses_only_the_batch() {
    let (_folder, path) = place();
    let mut store = store(&path, &talks());
    store.allow_bytes(300_000).unwrap();
    let error = (0..100).find_map(|n| store.add(&many(n * 100, n * 100 + 100), NOW).err()).unwrap();
    assert_eq!(error.kind(), Kind::Full);
    assert!(error.to_string().contains("make room"), "{error}");
    let verified = store.verify().unwrap();
    assert_eq!(verified.faults, []);
    assert!(verified.pages >= 3 && verified.pages % 100 == 3, "{}", verified.pages);
    drop(store);
    let mut store = Store::write(&path).unwrap();
    store.add(&many(0, 500), NOW).unwrap();
}

#[test]
fn two_writers_and_a_reader() {
    let (_folder, path) = place();
    drop(store(&path, &talks()));
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let path = &path;
            scope.spawn(move || {
                let mut store = Store::write(path).unwrap();
                for n in 0..20 {
                    let from = writer * 100 + n * 5;
                    store.add(&many(from, from + 5), NOW).unwrap();
                }
            });
        }
        let path = &path;
        scope.spawn(move || {
            for _ in 0..20 {
                let store = Store::open(path).unwrap();
                let pages = store.facts(&Default::default()).unwrap().len();
                assert_eq!(pages % 5, 3, "a batch is seen whole or not at all");
            }
        });
        scope.spawn(move || {
            let folder = path.parent().unwrap();
            for n in 0..5 {
                let copy = folder.join(format!("copy-{n}.db"));
                Store::open(path).unwrap().backup(&copy).unwrap();
                let verified = Store::open(&copy).unwrap().verify().unwrap();
                assert_eq!(verified.faults, []);
                assert_eq!(verified.pages % 5, 3);
            }
        });
    });
    let store = Store::open(&path).unwrap();
    assert_eq!(store.facts(&Default::default()).unwrap().len(), 203);
    assert_eq!(store.verify().unwrap().faults, []);
}

#[test]
fn a_backup_never_overwrites() {
    let (folder, path) = place();
    let store = store(&path, &talks());
    let error = store.backup(&path).unwrap_err();
    assert!(error.to_string().contains("exists already"), "{error}");
    let nowhere = folder.path().join("no/such/folder/copy.db");
    assert_eq!(store.backup(&nowhere).unwrap_err().kind(), Kind::ReadOnly);
}

#[test]
fn a_ledger_opens_without_its_folder_being_written() {
    let (folder, path) = place();
    let store = store(&path, &talks());
    store.finish().unwrap();
    drop(store);
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files(), 1, "a closed ledger is one file");
    let mut rights = std::fs::metadata(folder.path()).unwrap().permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(folder.path(), rights.clone()).unwrap();
    assert_eq!(Store::open(&path).unwrap().facts(&Default::default()).unwrap().len(), 3);
    // The superuser may write everywhere.
    if std::fs::write(folder.path().join("probe"), "").is_err() {
        let mut store = Store::write(&path).unwrap();
        assert_eq!(store.add(&many(0, 1), NOW).unwrap_err().kind(), Kind::ReadOnly);
    }
    #[allow(clippy::permissions_set_readonly_false)]
    rights.set_readonly(false);
    std::fs::set_permissions(folder.path(), rights).unwrap();
}
