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
