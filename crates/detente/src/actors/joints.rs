//! How noun phrases hang together: a complement behind "of" or "in", an apposition behind a comma, a short form in brackets.

use syntax::Upos;

use super::chunks::{Chunk, Chunks};
use super::marked::{Marked, NONE};

impl Chunks {
    /// Joins complements and appositions.
    pub(crate) fn link(&mut self, m: &Marked<'_>) {
        let n = m.words.len() as u32;
        for c in 0..self.all.len() {
            let chunk = &self.all[c];
            if chunk.owned.is_some() {
                continue;
            }
            let after = chunk.last + 1;
            if after + 1 >= n {
                continue;
            }
            let sentence = m.word(chunk.head).sentence().id();
            let word = m.word(after);
            let (mut next, bracket) = (after + 1, word.form() == "(");
            if word.upos() == Upos::PUNCT && !matches!(word.form(), "," | "(" | "—" | "–") {
                continue;
            }
            if word.upos() == Upos::ADP && self.of[next as usize] == NONE && m.word(next).upos() == Upos::PUNCT && next + 1 < n {
                next += 1;
            }
            // "A group of up to 100 civilians": what only measures stands between.
            for _ in 0..3 {
                let between = m.word(next);
                if word.upos() == Upos::ADP
                    && self.of[next as usize] == NONE
                    && next + 1 < n
                    && matches!(between.upos(), Upos::ADP | Upos::ADV | Upos::ADJ)
                    && matches!(
                        between.lemma(),
                        "up" | "to"
                            | "about"
                            | "some"
                            | "more"
                            | "than"
                            | "around"
                            | "at"
                            | "least"
                            | "over"
                            | "nearly"
                            | "almost"
                            | "only"
                    )
                {
                    next += 1;
                }
            }
            let target = self.of[next as usize];
            if target == NONE || self.all[target as usize].first != next || m.word(next).sentence().id() != sentence {
                continue;
            }
            // A possessor in front: the whole phrase is meant.
            let mut t = target;
            while let Some(owned) = self.all[t as usize].owned {
                t = owned;
            }
            if word.upos() == Upos::ADP {
                if matches!(word.lemma(), "of" | "for" | "in" | "from" | "at" | "on" | "to" | "with" | "near")
                    && self.all[t as usize].pre.is_none()
                {
                    self.all[c].post = Some((after, t));
                    self.all[t as usize].pre = Some(c as u32);
                }
            } else if word.upos() == Upos::PUNCT {
                let mut root = c as u32;
                for _ in 0..4 {
                    match self.all[root as usize].pre {
                        Some(p) => root = p,
                        None => break,
                    }
                }
                let of_root = (root != c as u32).then_some(root);
                let tree = |a: u32| {
                    let a = &self.all[a as usize];
                    let b = &self.all[t as usize];
                    let head = m.word(b.head);
                    head.rel() == "appos" && head.head().is_some_and(|h| (a.first..=a.last).contains(&h.id().0))
                };
                if bracket && self.all[t as usize].last + 1 < n && m.word(self.all[t as usize].last + 1).form() == ")" {
                    let short = self.all[t as usize].last == self.all[t as usize].first
                        && m.word(next).form().chars().filter(|c| c.is_uppercase()).count() > 1;
                    if short {
                        self.all[of_root.unwrap_or(c as u32) as usize].apposed = Some(t);
                    }
                } else if word.form() == "," {
                    if tree(c as u32) {
                        self.all[c].apposed = Some(t);
                    } else if let Some(r) =
                        of_root.filter(|&r| tree(r) || titled(m, &self.all[r as usize]) && bare_name(m, &self.all[t as usize]))
                    {
                        self.all[r as usize].apposed = Some(t);
                    } else if titled(m, &self.all[c])
                        && bare_name(m, &self.all[t as usize])
                        && closes(m, self.all[t as usize].last + 1)
                    {
                        self.all[c].apposed = Some(t);
                    }
                }
            }
        }
    }
}

fn closes(m: &Marked<'_>, w: u32) -> bool {
    m.words.get(w as usize).is_none_or(|w| w.upos() == Upos::PUNCT || matches!(w.upos(), Upos::VERB | Upos::AUX))
}

/// Ends in a title: "the Ukrainian foreign minister".
fn titled(m: &Marked<'_>, c: &Chunk) -> bool {
    m.title(c.last).is_some() && m.title(c.last).is_some_and(|t| t.last == c.last)
}

/// Nothing but a name: "Leonid Kozhara".
fn bare_name(m: &Marked<'_>, c: &Chunk) -> bool {
    c.last > c.first
        && (c.first..=c.last)
            .all(|w| m.word(w).upos() == Upos::PROPN && m.name_of[w as usize] == NONE && m.title_of[w as usize] == NONE)
}
