//! The ledger: one SQLite file that keeps pages, the records read from them with their evidence, and what people
//! decided about them.
//!
//! Each page is kept twice, compressed: as it came, so that it can be read anew, and as it was read, which loses nothing
//! and is what every record is printed from. Beside that stand plain tables for questions, and for whoever opens the file
//! with another program. What is in those tables follows from the pages, the corrections and the retractions alone, not
//! from the order in which they came; when things came is told by the log tables. `format-1.sql` says what each table is.
//!
//! The store knows no clock: whoever changes a ledger says when it is.

mod ask;
mod change;
mod conditions;
mod entry;
mod error;
mod happening;
mod likeness;
mod name;
mod narrow;
mod overlay;
mod past;
mod prove;
mod put;
mod rows;
mod safe;
mod schema;
mod search;
mod set;
mod told;
mod versions;
mod withdraw;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;
use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use entry::FACTS;
use past::Then;

pub use ask::{Filter, Found, Reports};
pub use change::{Correction, Kind as RecordKind, Status, Verdict};
pub use entry::{Entry, Facts};
pub use error::{Error, Kind};
pub use likeness::{Judgement, Settling};
pub use overlay::{Corrected, Unplaced};
pub use prove::{Fault, Verified};
pub use put::{Seen, Tally};
pub use schema::FORMAT;
pub use search::Match;
pub use told::{Party, Told, Who};

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open ledger.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    path: PathBuf,
    /// The day whose knowledge is asked for.
    until: Option<Date>,
    /// What was otherwise then.
    then: Then,
}

/// Puts the file's name and what was tried on a database failure.
pub(crate) trait Tried<T> {
    fn tried(self, store: &Store, what: &str) -> Result<T, Error>;
}

impl<T> Tried<T> for rusqlite::Result<T> {
    fn tried(self, store: &Store, what: &str) -> Result<T, Error> {
        self.map_err(|source| Error::sql(&store.path, what, source))
    }
}

impl Store {
    /// Opens the ledger at `path` for questions. Never changes the file; works in folders that may only be read.
    pub fn open(path: &Path) -> Result<Store, Error> {
        if !path.exists() {
            return Err(Error::new(Kind::Missing, path, "there is no such ledger"));
        }
        safe::whole(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let opened = Connection::open_with_flags(path, flags)
            .and_then(|conn| conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map(|()| conn));
        let conn = match opened {
            Ok(conn) => conn,
            // A reader of a WAL file wants to lay a small index beside it. Where it may not, and nobody can be writing
            // either, the file is read as it lies.
            Err(_) if !safe::wal(path).exists() => Connection::open_with_flags(safe::as_it_lies(path), flags)
                .map_err(|source| Error::sql(path, "cannot open the ledger", source))?,
            Err(source) => return Err(Error::sql(path, "cannot open the ledger", source)),
        };
        let mut store = Store { conn, path: path.to_path_buf(), until: None, then: Then::default() };
        store.conn.busy_timeout(PATIENCE).tried(&store, "cannot open the ledger")?;
        if schema::check(&store)? < FORMAT {
            store.brought_up_to_date()?;
        }
        store.tune()?;
        Ok(store)
    }

    /// Puts a copy of an older ledger, brought to the present format, in the place of the file, which stays as it is.
    fn brought_up_to_date(&mut self) -> Result<(), Error> {
        let what = "cannot bring a copy of the ledger to the present format";
        // A file without a name is a temporary one, gone when it is closed.
        let mut copy = Connection::open("").tried(self, what)?;
        Backup::new(&self.conn, &mut copy)
            .and_then(|backup| backup.run_to_completion(i32::MAX, Duration::from_millis(20), None))
            .tried(self, what)?;
        self.conn = copy;
        schema::migrate(self)
    }

    /// Opens the ledger at `path` for changes; makes one where there is none; brings an older format up to date.
    pub fn write(path: &Path) -> Result<Store, Error> {
        if path.exists() {
            safe::whole(path)?;
        }
        let what = "cannot open the ledger for writing";
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags).map_err(|source| Error::sql(path, what, source))?;
        let mut store = Store { conn, path: path.to_path_buf(), until: None, then: Then::default() };
        store.conn.busy_timeout(PATIENCE).tried(&store, what)?;
        schema::migrate(&mut store)?;
        // Every finished batch is on the disk when `add` says so: a crash of the machine loses nothing either.
        store.conn.pragma_update(None, "synchronous", "FULL").tried(&store, what)?;
        store.tune()?;
        Ok(store)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Ends a long run of changes: the log is folded into the file, figures about the tables are brought up to date.
    pub fn finish(&self) -> Result<(), Error> {
        let what = "cannot finish writing";
        self.conn.execute_batch("PRAGMA analysis_limit = 400; PRAGMA optimize;").tried(self, what)?;
        // Readers may hold the log open; then the next one folds it.
        let _ = self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        Ok(())
    }

    /// Lets the file grow to about so many bytes and no further; then changes fail as on a full disk, and nothing is lost.
    pub fn allow_bytes(&self, bytes: u64) -> Result<(), Error> {
        let what = "cannot bound the file";
        let size: i64 = self.conn.query_row("PRAGMA page_size", [], |row| row.get(0)).tried(self, what)?;
        let most = i64::try_from(bytes).unwrap_or(i64::MAX) / size.max(1);
        self.conn.query_row(&format!("PRAGMA max_page_count = {most}"), [], |_| Ok(())).tried(self, what)
    }

    fn tune(&self) -> Result<(), Error> {
        self.conn.set_prepared_statement_cache_capacity(64);
        // Else SQLite plans a prepared statement anew for each value it is given, which takes longer than answering it.
        self.conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).tried(self, "cannot open the ledger")?;
        self.conn
            .execute_batch("PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1073741824;")
            .tried(self, "cannot open the ledger")
    }
}
