//! Words that are few and live as long as the program.

use std::collections::BTreeSet;
use std::sync::Mutex;

/// How many different fixed words one run reads from files before it calls the rest `other`.
const MOST: usize = 1024;

/// A word that is known as `&'static str` (a finder's name, a reason for a cut, a user's own category), read from a file. Each
/// different word is kept once for the run, and only so many of them, whatever a hostile file holds.
pub fn known(word: &str) -> &'static str {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut words = KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(found) = words.get(word) {
        return found;
    }
    if words.len() >= MOST || word.len() > 200 {
        return "other";
    }
    let kept: &'static str = Box::leak(word.to_string().into_boxed_str());
    words.insert(kept);
    kept
}
