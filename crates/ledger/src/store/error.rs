//! What can fail with a ledger, told to the person who must act on it.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// What was tried, on which file, what went wrong and what to do.
#[derive(Debug)]
pub struct Error {
    /// The kind of failure, for programs.
    kind: Kind,
    path: PathBuf,
    what: String,
    source: Option<rusqlite::Error>,
}

/// Why a ledger could not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// There is no such file.
    Missing,
    /// The file is no ledger.
    Foreign,
    /// Written by a newer program.
    Newer,
    /// Truncated or damaged.
    Damaged,
    /// Another process writes.
    Busy,
    /// No room left.
    Full,
    /// No right to write there.
    ReadOnly,
    /// The question or the change makes no sense: no such record, no such field.
    Asked,
    /// Anything else the database says.
    Other,
}

impl Error {
    pub(crate) fn new(kind: Kind, path: &Path, what: impl Into<String>) -> Self {
        Error { kind, path: path.to_path_buf(), what: what.into(), source: None }
    }

    /// A failure of the database while doing `what`.
    pub(crate) fn sql(path: &Path, what: &str, source: rusqlite::Error) -> Self {
        let kind = match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Busy,
            Some(ErrorCode::DiskFull) => Kind::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => Kind::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt) => Kind::Damaged,
            Some(ErrorCode::NotADatabase) => Kind::Foreign,
            _ => Kind::Other,
        };
        Error { kind, path: path.to_path_buf(), what: what.to_string(), source: Some(source) }
    }

    /// Why it failed.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What a person can do about it.
    fn advice(&self) -> &'static str {
        match self.kind {
            Kind::Missing => "; name another with --ledger, or make one with `detente add PATHS…`",
            Kind::Foreign => "; name a ledger with --ledger; this file was left as it is",
            Kind::Newer => "; update detente; this file was left as it is",
            Kind::Damaged => {
                "; put back the latest copy made with `detente backup`, or rescue what is left with `sqlite3 FILE .recover`"
            }
            Kind::Busy => "; another detente is writing to it: try again when that one is done",
            Kind::Full => "; make room and run the same command again: what was finished is kept, the rest is read then",
            Kind::ReadOnly => "; check that the file and its folder exist and may be written, or copy the ledger elsewhere",
            Kind::Asked | Kind::Other => "",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.what)?;
        if let Some(source) = &self.source {
            match self.kind {
                Kind::Damaged => write!(f, ": the file is damaged or cut short")?,
                Kind::Full => write!(f, ": the disk is full")?,
                Kind::Busy => write!(f, ": the file is locked")?,
                Kind::Foreign => write!(f, ": this is not a ledger")?,
                Kind::ReadOnly => write!(f, ": the file cannot be opened or written")?,
                _ => write!(f, ": {source}")?,
            }
        }
        f.write_str(self.advice())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
