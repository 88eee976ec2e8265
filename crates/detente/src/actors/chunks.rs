//! Cuts sentences into noun phrases without what follows their head: "Russian Deputy Foreign Minister Sergei Ryabkov", "residents".
//!
//! Words in a row count for more than arcs here: a parser errs on long titles, and a title broken in two costs the person's country.
//! The tree is asked where a row of nouns may hold two phrases ("gave Ukraine weapons") and which word heads a phrase.

use syntax::{Upos, Word};

use super::lexicon::{ActorLexicon, Kind};
use super::marked::{Marked, NONE};

/// A noun phrase up to its last noun or name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chunk {
    /// First word of the whole, possessors included.
    pub first: u32,
    /// First word behind the possessor.
    pub core: u32,
    /// Last word.
    pub last: u32,
    /// The word that the tree hangs it on.
    pub head: u32,
    /// The phrase that possesses it.
    pub possessor: Option<u32>,
    /// The phrase that it possesses.
    pub owned: Option<u32>,
    /// What follows after "of", "for", "in" …: the preposition's word and the phrase.
    pub post: Option<(u32, u32)>,
    /// The phrase that this one is the complement of.
    pub pre: Option<u32>,
    /// The phrase in apposition to it, which tells the same party in other words.
    pub apposed: Option<u32>,
}

pub(crate) struct Chunks {
    pub all: Vec<Chunk>,
    /// The phrase of every word, or [`NONE`].
    pub of: Vec<u32>,
}

pub(crate) fn possessive(w: &Word<'_>) -> bool {
    w.upos() == Upos::PART && matches!(w.form(), "'s" | "’s" | "'" | "’" | "‘s" | "`s")
}

pub(crate) fn own(w: &Word<'_>) -> bool {
    w.upos() == Upos::PRON
        && (w.feats().is("Poss", "Yes") && w.rel() != "root" && w.rel() == "nmod"
            || matches!(w.form().to_ascii_lowercase().as_str(), "my" | "our" | "your" | "their" | "its" | "whose"))
}

/// The word that its phrase hangs on, as far as modifiers lead.
fn top<'p>(w: Word<'p>) -> Word<'p> {
    let mut at = w;
    for _ in 0..6 {
        let up = match at.rel() {
            "amod" | "compound" | "flat" | "det" | "nummod" | "fixed" | "goeswith" | "case" | "punct" | "advmod" => at.head(),
            "nmod" if at.deprel() != "nmod" || !at.children().any(|c| c.rel() == "case" && c.upos() == Upos::ADP) => at.head(),
            _ => None,
        };
        match up {
            Some(h) if h.id().0.abs_diff(at.id().0) < 12 => at = h,
            _ => break,
        }
    }
    at
}

fn hyphen(w: &Word<'_>) -> bool {
    w.upos() == Upos::PUNCT
        && matches!(w.form(), "-" | "–" | "‑" | "/")
        && w.before().is_some_and(|b| b.span().end() == w.span().start())
        && w.after().is_some_and(|a| a.span().start() == w.span().end())
}

impl Chunks {
    pub fn new(m: &Marked<'_>, lexicon: &ActorLexicon) -> Chunks {
        let mut chunks = Chunks { all: Vec::new(), of: vec![NONE; m.words.len()] };
        for sentence in m.parse.sentences() {
            let mut words = sentence.words();
            let (Some(first), Some(last)) = (words.next(), sentence.words().next_back()) else { continue };
            let mut at = first.id().0;
            while at <= last.id().0 {
                match run(m, lexicon, at, last.id().0) {
                    Some(end) => {
                        chunks.cut(m, at, end);
                        at = end + 1;
                    }
                    None => at += 1,
                }
            }
        }
        chunks.link(m);
        chunks
    }

    /// Parts a run at its possessive marks.
    fn cut(&mut self, m: &Marked<'_>, first: u32, end: u32) {
        let mut core = first;
        let mut possessor = None;
        for w in first..=end + 1 {
            let mark = w <= end && possessive(&m.word(w)) && m.name(w).is_none_or(|n| n.last == w || n.first == w);
            if !(mark || w == end + 1) || w == core {
                continue;
            }
            let last = w - 1;
            if own(&m.word(core)) && core < last {
                self.push(m, Chunk { first: core, core, last: core, head: core, ..Chunk::default() });
                possessor = Some(self.all.len() as u32 - 1);
                core += 1;
            }
            self.push(m, Chunk { first, core, last, head: last, possessor, ..Chunk::default() });
            let this = self.all.len() as u32 - 1;
            if let Some(p) = possessor {
                self.all[p as usize].owned = Some(this);
            }
            possessor = Some(this);
            core = w + 1;
        }
    }

    fn push(&mut self, m: &Marked<'_>, mut chunk: Chunk) {
        let outside = |w: &u32| m.word(*w).head().is_none_or(|h| h.id().0 < chunk.core || h.id().0 > chunk.last);
        let nominal =
            |w: &u32| matches!(m.word(*w).upos(), Upos::NOUN | Upos::PROPN | Upos::PRON | Upos::NUM | Upos::X | Upos::SYM);
        let words = || (chunk.core..=chunk.last).rev();
        chunk.head = words()
            .filter(nominal)
            .find(outside)
            .or_else(|| words().find(outside))
            .or_else(|| words().find(nominal))
            .unwrap_or(chunk.last);
        self.of[chunk.core as usize..=chunk.last as usize].fill(self.all.len() as u32);
        self.all.push(chunk);
    }
}

/// The last word of the noun phrase that begins at `at`, if one does.
fn run(m: &Marked<'_>, lexicon: &ActorLexicon, at: u32, limit: u32) -> Option<u32> {
    let mut end = None;
    let mut core = false;
    let mut w = at;
    while w <= limit {
        let word = m.word(w);
        // A listed name or title goes in whole: "Organization for Security and Co-operation in Europe".
        let listed = [m.name(w), m.title(w), m.noun(w)].into_iter().flatten().max_by_key(|f| f.last);
        if let Some(found) = listed.filter(|f| f.first < w && f.first >= at) {
            w = found.last;
            end = Some(w);
            core = true;
            w += 1;
            continue;
        }
        let open = end.is_none();
        let good = match word.upos() {
            Upos::DET => open || (at..w).all(|k| matches!(m.word(k).upos(), Upos::DET | Upos::ADV)),
            Upos::PRON if own(&word) => {
                if !(open || (at..w).all(|k| matches!(m.word(k).upos(), Upos::DET | Upos::ADV))) {
                    break;
                }
                end = Some(w);
                w += 1;
                continue;
            }
            // "You guys" is one phrase.
            Upos::PRON
                if open
                    && word.form().eq_ignore_ascii_case("you")
                    && w < limit
                    && matches!(m.word(w + 1).form(), "guys" | "all" | "folks" | "two") =>
            {
                return Some(w + 1);
            }
            Upos::PRON => return if open { Some(w) } else { end.filter(|_| core || w > at) },
            Upos::ADJ | Upos::NUM | Upos::SYM => {
                !core
                    || leads(&word, w)
                    || listed.is_some()
                    || m.name(w).is_some_and(|n| lexicon.entries[n.value as usize].kind == Kind::People)
            }
            Upos::NOUN | Upos::PROPN | Upos::X => {
                if m.one_of(&lexicon.not_names, w)
                    && m.name(w).is_none()
                    && m.title(w).is_none()
                    && (m.capital(w) || core || open)
                {
                    break;
                }
                let joined = !core || w == at || together(m, w);
                core |= joined;
                joined
            }
            // "Police in [Geneva] arrested [protesters]": behind a name a participle opens no phrase, unless it says who leads or backs it.
            Upos::VERB => {
                let behind = core && m.word(w - 1).upos() == Upos::PROPN;
                leads(&word, w) && word.rel() == "amod" && (!behind || m.one_of(&lexicon.backed, w))
                    || listed.is_some_and(|f| f.last > w)
            }
            Upos::ADV => {
                (open || !core) && word.after().is_some_and(|a| a.upos() == Upos::NUM)
                    || !core && !open && word.rel() == "advmod" && word.head().is_some_and(|h| h.id().0 > w && h.rel() == "amod")
            }
            Upos::PART => core && possessive(&word) && w < limit && word.rel() == "case",
            Upos::PUNCT => !open && hyphen(&word),
            Upos::CCONJ => !open && twin(m, lexicon, w, limit),
            _ => false,
        };
        if !good {
            break;
        }
        end = Some(w);
        w += 1;
    }
    let mut end = end?;
    // A twin whose noun did not follow: two phrases.
    if end > at + 1
        && let Some(name) = m.name(end).filter(|n| n.last == end && n.first > at + 1)
        && m.word(name.first - 1).upos() == Upos::CCONJ
    {
        end = name.first - 2;
    }
    // What cannot end a phrase is given back.
    while end > at && (possessive(&m.word(end)) || matches!(m.word(end).upos(), Upos::PUNCT | Upos::CCONJ | Upos::ADV)) {
        end -= 1;
    }
    let argument = |w: u32| matches!(m.word(w).rel(), "nsubj" | "obj" | "iobj" | "obl" | "nmod" | "conj" | "root" | "appos");
    let any = (at..=end).any(|k| matches!(m.word(k).upos(), Upos::NOUN | Upos::PROPN | Upos::NUM | Upos::PRON | Upos::X));
    (any || m.name(end).is_some() || (at..=end).any(argument)).then_some(end)
}

/// Modifies a later word close by.
fn leads(word: &Word<'_>, w: u32) -> bool {
    word.head().is_some_and(|h| h.id().0 > w && h.id().0 - w < 7 && matches!(h.upos(), Upos::NOUN | Upos::PROPN | Upos::ADJ))
}

/// Whether a noun belongs to the phrase that the word before it is in.
fn together(m: &Marked<'_>, w: u32) -> bool {
    let (word, before) = (m.word(w), m.word(w - 1));
    if !matches!(before.upos(), Upos::NOUN | Upos::PROPN) {
        return true;
    }
    // A title and the name behind it are never parted, whatever the tree says.
    if word.upos() == Upos::PROPN && m.title(w - 1).is_some_and(|t| t.last == w - 1) && m.name(w).is_none() {
        return true;
    }
    // Nor a first and a last name, unless each has a place of its own in the clause.
    let bare = |k: u32| m.word(k).upos() == Upos::PROPN && m.name_of[k as usize] == NONE && m.title_of[k as usize] == NONE;
    let arguments = matches!(word.rel(), "nsubj") && matches!(before.rel(), "obj" | "iobj" | "obl" | "nmod");
    if bare(w) && bare(w - 1) && !arguments {
        return true;
    }
    let (a, b) = (top(before), top(word));
    if a == b || b.id() == before.id() || a.id() == word.id() {
        return true;
    }
    // One hangs on the other without more between them.
    word.head() == Some(before) && !matches!(word.rel(), "appos" | "parataxis" | "acl" | "conj") || before.head() == Some(word)
}

/// "French and Egyptian warships": two adjectives of countries before one noun.
fn twin(m: &Marked<'_>, lexicon: &ActorLexicon, w: u32, limit: u32) -> bool {
    let kind = |w: u32| m.name(w).map(|n| lexicon.entries[n.value as usize].kind);
    let national = |w: u32| matches!(kind(w), Some(Kind::People | Kind::Country | Kind::Capital | Kind::Organisation));
    if w == 0 || (kind(w - 1) == Some(Kind::People)) != (w < limit && kind(w + 1) == Some(Kind::People)) {
        return false;
    }
    let Some(next) = (w < limit).then(|| m.name(w + 1)).flatten() else { return false };
    let behind = next.last + 1;
    w > 0
        && national(w - 1)
        && national(w + 1)
        && behind <= limit
        && matches!(m.word(behind).upos(), Upos::NOUN | Upos::ADJ | Upos::PROPN)
        && !m.name(behind).is_some_and(|n| n.first == behind)
        && (m.word(w - 1).upos() == Upos::ADJ || m.word(w + 1).upos() == Upos::ADJ || m.word(w - 1).rel() != "nsubj")
        && !m.word(w - 1).form().ends_with('s')
}
