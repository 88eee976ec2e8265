//! What is odd in a page: said, never thrown.

/// Something odd in a page that reading went past. What fails in the machine is an error instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Stable name of the kind of oddity, such as `no-date`.
    pub id: &'static str,
    /// One sentence for the reader.
    pub message: String,
}

impl Note {
    /// A note.
    pub fn new(id: &'static str, message: impl Into<String>) -> Self {
        Note { id, message: message.into() }
    }
}
