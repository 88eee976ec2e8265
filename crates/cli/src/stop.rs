//! Ctrl-C: the pages at hand are finished, so that output ends with a whole line and a ledger with a whole batch.

use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::out;

static ASKED: AtomicBool = AtomicBool::new(false);

/// The exit status of a command that was stopped, as shells have it for Ctrl-C.
pub const STATUS: u8 = 130;

/// From now on the first Ctrl-C asks to stop, the second stops at once.
pub fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Where no handler can be set, Ctrl-C ends the program as it always does.
        let _ = ctrlc::set_handler(|| {
            if ASKED.swap(true, Ordering::Relaxed) {
                std::process::exit(i32::from(STATUS));
            }
            out::tell("stopping after the pages at hand; Ctrl-C once more stops at once");
        });
    });
}

/// Whether somebody asked to stop.
pub fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// A command that prints only when all is read was stopped before.
#[derive(Debug)]
pub struct Stopped;

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("stopped; nothing is printed, since not all pages were read")
    }
}

impl std::error::Error for Stopped {}
