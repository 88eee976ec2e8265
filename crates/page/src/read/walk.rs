//! What lies in a folder: by name, hidden files left out, links to folders not followed (they may lead in circles).

use std::io;
use std::path::{Path, PathBuf};

pub(super) fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let circle = path.is_symlink() && path.is_dir();
        if !hidden && !circle {
            entries.push(path);
        }
    }
    entries.sort();
    Ok(entries)
}

/// Bytes of a file, or of all files in a folder; `None` where they cannot be known beforehand (standard input).
pub fn size(path: &Path) -> Option<u64> {
    if path == Path::new("-") {
        return None;
    }
    let mut bytes = 0;
    let mut waiting = vec![path.to_path_buf()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(entries(&path).unwrap_or_default());
        } else {
            bytes += path.metadata().map_or(0, |about| about.len());
        }
    }
    Some(bytes)
}
