//! Where a phrase ends with all that modifies it behind its head, as corpora of coreference mark it.

use syntax::{Upos, Word};

use crate::actors::chunks::{Chunks, own, possessive};
use crate::actors::marked::Marked;

/// The words of a phrase with all that modifies it behind its head, as corpora of coreference mark it.
pub(crate) fn whole(m: &Marked<'_>, chunks: &Chunks, c: u32) -> (u32, u32) {
    let chunk = &chunks.all[c as usize];
    if chunk.owned.is_some() && own(&m.word(chunk.head)) {
        return (chunk.first, chunk.last);
    }
    let mut last = chunk.last;
    let mut stack: Vec<(Word<'_>, bool)> = (chunk.core..=chunk.last).map(|w| (m.word(w), true)).collect();
    let mut steps = 0;
    while let Some((w, of_chunk)) = stack.pop() {
        steps += 1;
        if steps > 400 {
            break;
        }
        for child in w.children() {
            let id = child.id().0;
            if id <= chunk.last {
                continue;
            }
            let inside = if of_chunk {
                matches!(child.rel(), "nmod" | "acl" | "flat" | "compound" | "fixed" | "nummod" | "amod")
                    || child.deprel() == "acl:relcl"
            } else {
                !(matches!(child.rel(), "punct") && m.word(id).after().is_none())
            };
            if inside {
                last = last.max(id);
                stack.push((child, false));
            }
        }
    }
    while last > chunk.last && m.word(last).upos() == Upos::PUNCT {
        last -= 1;
    }
    // "'s" of a possessor belongs to it in these corpora.
    if chunk.owned.is_some() && last == chunk.last && m.words.get(last as usize + 1).is_some_and(|w| possessive(w)) {
        last += 1;
    }
    (chunk.first, last)
}
