//! Whole files: noticing cut ones, copies while others write, taking words out for good.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;

use super::{Error, Kind, Store, Tried};

/// The log that stands beside a ledger while it is written.
pub(super) fn wal(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push("-wal");
    PathBuf::from(name)
}

/// The address of a file that nobody writes while it is read.
pub(super) fn as_it_lies(path: &Path) -> String {
    let mut address = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => address.push(char::from(*byte)),
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address + "?immutable=1"
}

/// Fails where the file is shorter than its own head says: cut while it was copied, for example.
pub(super) fn whole(path: &Path) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::new(Kind::ReadOnly, path, format!("cannot read the file: {error}"));
    let mut file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let mut head = [0u8; 100];
    if length == 0 {
        return Ok(());
    }
    if file.read_exact(&mut head).is_err() || !head.starts_with(b"SQLite format 3\0") {
        return Err(Error::new(Kind::Foreign, path, "this is not a ledger"));
    }
    let size = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65536,
        size => u64::from(size),
    };
    let pages = u64::from(u32::from_be_bytes([head[28], head[29], head[30], head[31]]));
    if length < size * pages && !wal(path).exists() {
        let what = format!("the file is cut short: {length} of {} bytes are there", size * pages);
        return Err(Error::new(Kind::Damaged, path, what));
    }
    Ok(())
}

impl Store {
    /// Copies the ledger to `to` while others go on writing; the copy is one moment's state. `to` must not exist.
    pub fn backup(&self, to: &Path) -> Result<(), Error> {
        if to.exists() {
            return Err(Error::new(Kind::Asked, to, "the file exists already; name a new one for the backup"));
        }
        let what = "cannot write the backup";
        let failed = |source| Error::sql(to, what, source);
        let mut copy = rusqlite::Connection::open(to).map_err(failed)?;
        // In one step: copied in pieces, it would begin anew whenever another process writes.
        let done = Backup::new(&self.conn, &mut copy)
            .and_then(|backup| backup.run_to_completion(i32::MAX, Duration::from_millis(20), None));
        // A copy needs no log beside it, so that it can be sent as one file.
        let done = done.and_then(|()| copy.pragma_update(None, "journal_mode", "DELETE"));
        drop(copy);
        if let Err(source) = done {
            let _ = std::fs::remove_file(to);
            return Err(failed(source));
        }
        Ok(())
    }

    /// Rewrites the file so that nothing removed is left in it.
    pub(super) fn scrub(&self) -> Result<(), Error> {
        let what = "cannot take the words out of the file";
        self.conn
            .execute_batch(
                "PRAGMA secure_delete = ON;
                 INSERT INTO search (search) VALUES ('optimize');
                 INSERT INTO name_search (name_search) VALUES ('optimize');
                 INSERT INTO place_search (place_search) VALUES ('optimize');
                 VACUUM;",
            )
            .tried(self, what)?;
        let left: i64 = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).tried(self, what)?;
        if left != 0 {
            let what = "the page is gone, but its words stay in the log beside the file until all who read it are done";
            return Err(Error::new(Kind::Busy, &self.path, what));
        }
        Ok(())
    }
}
