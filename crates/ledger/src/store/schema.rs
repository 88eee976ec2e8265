//! The format of the file and how older ones are brought up to date.

use rusqlite::TransactionBehavior;

use super::{Error, Kind, Store, Tried};

/// Marks a SQLite file as a ledger ("dtnt").
const APPLICATION: i32 = 0x6474_6e74;

/// What leads from each format to the next; the first makes a ledger out of an empty file.
const STEPS: [&str; 3] = [include_str!("format-1.sql"), include_str!("format-2.sql"), include_str!("format-3.sql")];

/// The format that this program writes. It reads all older ones.
pub const FORMAT: usize = STEPS.len();

/// Fails where the file is no ledger, or one that this program does not understand.
pub(super) fn check(store: &Store) -> Result<usize, Error> {
    let what = "cannot read the ledger";
    let number = |pragma: &str| store.conn.query_row(pragma, [], |row| row.get::<_, i32>(0)).tried(store, what);
    let application = number("PRAGMA application_id")?;
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    if application != APPLICATION && (tables > 0 || application != 0) {
        return Err(Error::new(Kind::Foreign, &store.path, "this is a SQLite file, but not a ledger of Détente"));
    }
    let format = usize::try_from(number("PRAGMA user_version")?).unwrap_or(usize::MAX);
    if format > FORMAT {
        let what = format!("the ledger has format {format}, this detente reads formats up to {FORMAT}");
        return Err(Error::new(Kind::Newer, &store.path, what));
    }
    Ok(format)
}

/// Brings the file to the present format, wholly or not at all.
pub(super) fn migrate(store: &mut Store) -> Result<(), Error> {
    steps(store, &STEPS)
}

fn steps(store: &mut Store, steps: &[&str]) -> Result<(), Error> {
    if check(store)? == steps.len() {
        return Ok(());
    }
    let what = "cannot bring the ledger to the present format (it was left as it was)";
    store.conn.pragma_update(None, "journal_mode", "WAL").tried(store, "cannot write the ledger")?;
    let path = store.path.clone();
    let failed = |source| Error::sql(&path, what, source);
    let transaction = store.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    // Another process may have done it while this one waited.
    let format: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(failed)?;
    for step in steps.get(format as usize..).unwrap_or_default() {
        transaction.execute_batch(step).map_err(failed)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(failed)?;
    transaction.pragma_update(None, "user_version", steps.len() as i64).map_err(failed)?;
    transaction.commit().map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_fails_leaves_the_old_format() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.db");
        drop(Store::write(&path).unwrap());
        let mut store = Store::write(&path).unwrap();
        let broken = [&STEPS[..], &["CREATE TABLE half (a); INSERT INTO nowhere VALUES (1);"]].concat();
        let error = steps(&mut store, &broken).unwrap_err().to_string();
        assert!(error.contains("left as it was"), "{error}");
        assert_eq!(check(&store).unwrap(), FORMAT);
        let half: i64 =
            store.conn.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'half'", [], |row| row.get(0)).unwrap();
        assert_eq!(half, 0);
        drop(store);
        Store::open(&path).unwrap();
    }

    #[test]
    fn a_newer_format_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new.db");
        let store = Store::write(&path).unwrap();
        store.conn.pragma_update(None, "user_version", FORMAT as i64 + 1).unwrap();
        drop(store);
        let before = std::fs::read(&path).unwrap();
        for error in [Store::open(&path).unwrap_err(), Store::write(&path).unwrap_err()] {
            assert_eq!(error.kind(), Kind::Newer);
            assert!(error.to_string().contains("update detente"), "{error}");
        }
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn other_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("page.txt");
        std::fs::write(&text, "Kyiv said no. ".repeat(400)).unwrap();
        assert_eq!(Store::open(&text).unwrap_err().kind(), Kind::Foreign);
        assert_eq!(Store::write(&text).unwrap_err().kind(), Kind::Foreign);
        let other = folder.path().join("other.db");
        rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE mine (a)").unwrap();
        assert_eq!(Store::write(&other).unwrap_err().kind(), Kind::Foreign);
        assert_eq!(Store::open(&folder.path().join("none.db")).unwrap_err().kind(), Kind::Missing);
    }
}
