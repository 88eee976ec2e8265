//! Labels that the guidelines of Universal Dependencies rule out. The network chooses the label of each word by itself; some pairs cannot be.

use crate::engine::Found;
use crate::model::Model;
use crate::tags::Upos;

/// Mends the labels of one sentence: a second object makes the first one indirect ("gave Kenya money"); a preposition before a noun
/// phrase marks its case, not a clause; a clause that a conjunction opens is no relative clause ("accusations that it had fired").
pub(crate) fn mend(words: &mut [Found], model: &Model) {
    let named = |label: &str| model.labels.iter().position(|l| l == label).map(|l| l as u32);
    let [Some(obj), Some(iobj), Some(mark), Some(case), Some(acl), Some(relative)] =
        ["obj", "iobj", "mark", "case", "acl", "acl:relcl"].map(named)
    else {
        return;
    };
    let upos = |w: &Found| model.tags[w.tag as usize].0;
    for i in 0..words.len() {
        let (word, at) = (words[i], (words[i].head as usize).wrapping_sub(1));
        let Some(head) = words.get(at).copied() else { continue };
        if word.label == obj {
            if let Some(first) = (at + 1..i).find(|&k| words[k].label == obj && words[k].head == word.head) {
                words[first].label = iobj;
            }
        } else if word.label == mark && upos(&word) == Upos::SCONJ && head.label == relative {
            words[at].label = acl;
        } else if word.label == mark && upos(&word) == Upos::ADP {
            let phrase = matches!(model.labels[head.label as usize].split(':').next(), Some("obl" | "nmod"));
            if phrase && matches!(upos(&head), Upos::NOUN | Upos::PROPN | Upos::PRON | Upos::NUM) {
                words[i].label = case;
            }
        }
    }
}
