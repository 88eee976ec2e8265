//! Which of the large parts were read in this process: the model, the word lists, the table of places. Only a probe, for tests
//! that commands which read no page pay for none of them; nothing depends on it.

use std::sync::atomic::{AtomicBool, Ordering};

/// What was read so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loads {
    /// The language model.
    pub model: bool,
    /// The word lists.
    pub lexicon: bool,
    /// The lists and the table of places.
    pub gazetteer: bool,
}

static MODEL: AtomicBool = AtomicBool::new(false);
static LEXICON: AtomicBool = AtomicBool::new(false);
static GAZETTEER: AtomicBool = AtomicBool::new(false);

/// What was read in this process so far.
pub fn loads() -> Loads {
    let read = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
    Loads { model: read(&MODEL), lexicon: read(&LEXICON), gazetteer: read(&GAZETTEER) }
}

pub(crate) fn model() {
    MODEL.store(true, Ordering::Relaxed);
}

pub(crate) fn lexicon() {
    LEXICON.store(true, Ordering::Relaxed);
}

pub(crate) fn gazetteer() {
    GAZETTEER.store(true, Ordering::Relaxed);
}
