//! A spelling that transliterations share.

use crate::actors::lexicon::folded;

/// A spelling that transliterations share: "Peskoff" and "Peskov", "Yanukovich" and "Yanukovych".
pub(crate) fn sound(name: &str) -> String {
    let mut s = folded(name);
    for (from, to) in [
        ("tch", "c"),
        ("sch", "s"),
        ("shch", "s"),
        ("kh", "h"),
        ("ch", "c"),
        ("sh", "s"),
        ("zh", "z"),
        ("ph", "f"),
        ("ck", "k"),
        ("q", "k"),
        ("ts", "c"),
        ("tz", "c"),
        ("gh", "g"),
        ("ff", "v"),
        ("w", "v"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("iy", "i"),
        ("yy", "i"),
        ("ii", "i"),
        ("y", "i"),
        ("j", "i"),
        ("x", "ks"),
        ("ie", "e"),
        ("io", "o"),
    ] {
        if s.contains(from) {
            s = s.replace(from, to);
        }
    }
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    if out.ends_with('f') {
        out.pop();
        out.push('v');
    }
    out
}
