//! What could not be read: said in words for the user, with the file and what to do.

use std::fmt;
use std::path::Path;

/// Why an input could not be read. One input's error never stops the others.
#[derive(Debug)]
pub struct Error {
    input: String,
    kind: ErrorKind,
    source: Option<std::io::Error>,
}

/// The kinds of failure a caller may want to tell apart.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no such file or folder.
    Missing,
    /// It is there and may not be read.
    Forbidden,
    /// The machine failed while reading, or a packed file is damaged beyond use.
    Broken(String),
    /// The bytes are no text: a picture, a program, a film.
    NotText(String),
    /// A line or record does not hold a page.
    Malformed(String),
}

impl Error {
    pub(crate) fn new(input: impl Into<String>, kind: ErrorKind) -> Error {
        Error { input: input.into(), kind, source: None }
    }

    pub(crate) fn io(input: impl Into<String>, error: std::io::Error) -> Error {
        let kind = match error.kind() {
            std::io::ErrorKind::NotFound => ErrorKind::Missing,
            std::io::ErrorKind::PermissionDenied => ErrorKind::Forbidden,
            _ => ErrorKind::Broken(error.to_string()),
        };
        Error { input: input.into(), kind, source: Some(error) }
    }

    pub(crate) fn at(path: &Path, error: std::io::Error) -> Error {
        Error::io(path.display().to_string(), error)
    }

    /// The input: a path, or a path with a member or line (`pages.zip!/a.html`, `pages.jsonl:12`).
    pub fn input(&self) -> &str {
        &self.input
    }

    /// What kind of failure it was.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let input = &self.input;
        match &self.kind {
            ErrorKind::Missing => write!(f, "{input}: no such file or folder; check the spelling of the path"),
            ErrorKind::Forbidden => write!(f, "{input}: may not be read; ask for read permission or run as its owner"),
            ErrorKind::Broken(why) => write!(f, "{input}: could not be read ({why}); try to fetch or unpack it again"),
            ErrorKind::NotText(what) => {
                write!(f, "{input}: is no page of text ({what}); leave it out, or convert it to text or HTML first")
            }
            ErrorKind::Malformed(why) => write!(f, "{input}: holds no page ({why}); correct or remove it"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|e| e as _)
    }
}
