//! How far reading has come, on standard error where that is a terminal: pages, bytes, rate, time left.

use std::io::IsTerminal;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

/// A progress bar over the bytes of the inputs; silent where nobody watches.
pub struct Bar {
    bar: ProgressBar,
    pages: u64,
}

impl Bar {
    /// A bar for these inputs. `shown` is false where the output itself runs over the terminal.
    pub fn new(paths: &[PathBuf], shown: bool) -> Bar {
        if !shown || !std::io::stderr().is_terminal() {
            return Bar { bar: ProgressBar::hidden(), pages: 0 };
        }
        let total: Option<u64> = paths.iter().map(|path| page::size(path)).sum();
        let (bar, template) = match total {
            Some(bytes) => {
                (ProgressBar::new(bytes), "{bar:24} {msg} · {bytes} of {total_bytes} · {binary_bytes_per_sec} · {eta} left")
            }
            // The length of a pipe is unknown.
            None => (ProgressBar::new_spinner(), "{spinner} {msg} · {bytes} · {binary_bytes_per_sec} · {elapsed}"),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Bar { bar, pages: 0 }
    }

    /// One more page was read; so many bytes of the inputs lie behind.
    pub fn page(&mut self, bytes: u64) {
        self.pages += 1;
        if !self.bar.is_hidden() {
            self.bar.set_message(if self.pages == 1 { "1 page".to_string() } else { format!("{} pages", self.pages) });
            self.bar.set_position(bytes);
        }
    }

    /// Says something without tearing the bar.
    pub fn aside(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A bar over a known number of pages.
#[cfg(feature = "store")]
pub fn count(pages: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(pages);
    if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos} of {len} pages · {per_sec} · {eta} left") {
        bar.set_style(style);
    }
    bar
}
