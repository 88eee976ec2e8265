//! What the rules work on: a scene's words with their quotations, and statements in the making.

use ledger::Stance;
use syntax::{Sentence, Upos, Word, WordId};
use text::{Body, Span};

use super::lexicon::CueLexicon;
use super::quotes::{self, Quotation};
use crate::Scene;

/// A run of words, both ends included.
pub(super) type Run = (u32, u32);

/// A scene with its quotations.
pub(super) struct Desk<'s, 'a> {
    pub(super) scene: &'s Scene<'a>,
    pub(super) lexicon: &'a CueLexicon,
    pub(super) words: Vec<Word<'a>>,
    /// Every word in lower case, with plain apostrophes, one after the other; word `i` ends at `ends[i]`.
    lower: String,
    ends: Vec<u32>,
    pub(super) quotes: Vec<Quotation>,
    /// First and last word of every quotation, marks included.
    pub(super) quote_runs: Vec<Run>,
    /// The quotation that holds a word.
    pub(super) quote_of: Vec<Option<u32>>,
}

/// A statement in the making, in words.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) speaker: Option<Run>,
    pub(super) speaker_head: Option<WordId>,
    pub(super) cue: Option<Run>,
    pub(super) cue_head: WordId,
    pub(super) content: Vec<Run>,
    pub(super) stance: Stance,
    /// A verb of saying that may take a quotation beside it.
    pub(super) slot: bool,
    /// The words of the clause of saying, from speaker to last adjunct.
    pub(super) frame: Run,
    pub(super) addressee: Option<Run>,
    pub(super) channel: Option<Run>,
    pub(super) occasion: Option<Run>,
    pub(super) why: Vec<String>,
}

impl<'s, 'a> Desk<'s, 'a> {
    pub(super) fn new(scene: &'s Scene<'a>) -> Self {
        let words: Vec<Word<'a>> = scene.parse.words().collect();
        let mut lower = String::with_capacity(scene.source.as_str().len());
        let mut ends = Vec::with_capacity(words.len());
        for w in &words {
            for c in w.form().chars() {
                match c {
                    '’' => lower.push('\''),
                    c if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
                    c => lower.extend(c.to_lowercase()),
                }
            }
            ends.push(lower.len() as u32);
        }
        let text = scene.source.as_str();
        // Paragraphs as the parse has them, each to the begin of the next so that no mark is lost.
        let mut paragraphs: Vec<(u32, Span<Body>)> = Vec::new();
        for sentence in scene.parse.sentences() {
            match paragraphs.last_mut() {
                Some((id, span)) if *id == sentence.paragraph() => *span = span.hull(sentence.span()),
                _ => paragraphs.push((sentence.paragraph(), sentence.span())),
            }
        }
        let spans: Vec<Span<Body>> = paragraphs.iter().map(|p| p.1).collect();
        let quotes = quotes::find(text, &spans);
        let mut quote_of = vec![None; words.len()];
        let mut quote_runs = Vec::with_capacity(quotes.len());
        let mut at = 0usize;
        for (q, quote) in quotes.iter().enumerate() {
            while at < words.len() && words[at].span().end() <= quote.outer.start() {
                at += 1;
            }
            let first = at;
            while at < words.len() && words[at].span().start() < quote.outer.end() {
                quote_of[at] = Some(q as u32);
                at += 1;
            }
            quote_runs.push((first as u32, at.saturating_sub(1).max(first) as u32));
        }
        Desk { scene, lexicon: &scene.lexicon.cues, words, lower, ends, quotes, quote_runs, quote_of }
    }

    pub(super) fn word(&self, i: u32) -> Word<'a> {
        self.words[(i as usize).min(self.words.len() - 1)]
    }

    pub(super) fn form(&self, i: u32) -> &str {
        let Some(&end) = self.ends.get(i as usize) else { return "" };
        let start = if i == 0 { 0 } else { self.ends[i as usize - 1] };
        &self.lower[start as usize..end as usize]
    }

    /// The quotation that holds word `i`.
    pub(super) fn quoted(&self, i: u32) -> Option<u32> {
        self.quote_of.get(i as usize).copied().flatten()
    }

    pub(super) fn punct(&self, i: u32) -> bool {
        self.words.get(i as usize).is_some_and(|w| {
            w.upos() == Upos::PUNCT
                || w.upos() != Upos::SYM && !w.form().contains(|c: char| c.is_alphanumeric() || "$%€£".contains(c))
        })
    }

    /// Whether word `i` is a quotation mark that opens or closes one of the quotations.
    pub(super) fn mark(&self, i: u32) -> bool {
        self.quote_of.get(i as usize).copied().flatten().is_some_and(|q| {
            let (a, b) = self.quote_runs[q as usize];
            self.punct(i) && (i == a || i == b && self.quotes[q as usize].closed)
        })
    }

    /// The words of a sentence as a run.
    pub(super) fn run(&self, sentence: Sentence<'_>) -> Run {
        let mut words = sentence.words();
        let first = words.next().map_or(0, |w| w.id().0);
        (first, words.next_back().map_or(first, |w| w.id().0))
    }

    pub(super) fn span(&self, run: Run) -> Span<Body> {
        self.word(run.0).span().hull(self.word(run.1).span())
    }

    /// The words of `run` without punctuation at its ends; marks of quotations that lie wholly in the run stay, and so does the
    /// punctuation inside them.
    pub(super) fn trim(&self, run: Run) -> Option<Run> {
        let (mut a, mut b) = run;
        let whole = |i: u32| {
            self.quoted(i).is_some_and(|q| {
                let (x, y) = self.quote_runs[q as usize];
                run.0 <= x && y <= run.1
            })
        };
        while a <= b && self.punct(a) && !whole(a) && !matches!(self.form(a), "(" | "[" | "$" | "#") {
            a += 1;
        }
        while b > a && self.punct(b) && !whole(b) && !matches!(self.form(b), ")" | "]" | "%") {
            b -= 1;
        }
        (a <= b && !(a == b && self.punct(a))).then_some((a, b))
    }

    /// First and last word of what hangs on `w`; a full stop hung on a clause in the middle does not stretch it.
    pub(super) fn reach(&self, w: Word<'a>) -> Run {
        let id = w.id().0;
        let tree = w.subtree();
        let mut words = tree.iter().map(|x| x.id().0).filter(|&k| k == id || !self.punct(k));
        let first = words.next().unwrap_or(id);
        (first, words.next_back().unwrap_or(first))
    }

    /// The noun phrase headed by `head` as a speaker is named: with titles, names, appositions and what they are of; without
    /// clauses.
    pub(super) fn noun_phrase(&self, head: Word<'a>) -> Run {
        let (mut a, mut b) = (head.id().0, head.id().0);
        for child in head.children() {
            let id = child.id().0;
            let (x, y) = self.reach(child);
            let comma = x > 0 && self.form(x - 1) == ",";
            let keep = match child.rel() {
                // "Mook in a statement", "Trump on Tuesday": adjuncts of the verb, not of the name.
                "nmod" if id > head.id().0 && self.beside(child) => false,
                "det" | "amod" | "compound" | "nummod" | "flat" | "nmod" | "list" | "goeswith" | "fixed" => true,
                "appos" | "conj" => id > head.id().0,
                "advmod" => id > head.id().0 && matches!(self.form(id), "himself" | "herself" | "themselves" | "itself"),
                "case" => id > head.id().0 && self.form(id).starts_with('\''),
                "acl" if child.deprel() == "acl" => !comma && id > head.id().0,
                // A relative clause is part of how a speaker is named.
                "acl" => id > head.id().0,
                _ => false,
            };
            if keep && y - x < 40 {
                a = a.min(x);
                b = b.max(y);
            }
        }
        // A name that the parse split goes on.
        while b + 1 < self.words.len() as u32
            && b < head.id().0 + 4
            && matches!(self.word(b).upos(), Upos::PROPN | Upos::NOUN)
            && self.word(b + 1).upos() == Upos::PROPN
            && !self.dated(b + 1)
            && self.word(b + 1).sentence().id() == head.sentence().id()
        {
            b += 1;
        }
        a = self.titles_before(a, head);
        // A bracket that was opened is closed.
        let open = (a..=b).filter(|&k| self.form(k) == "(").count() > (a..=b).filter(|&k| self.form(k) == ")").count();
        if open && let Some(k) = (b + 1..b + 4).find(|&k| self.form(k) == ")") {
            b = k;
        }
        // A preposition in front belongs to the verb.
        while a < head.id().0
            && (self.ended(a)
                || self.punct(a) && !self.mark(a)
                || self.word(a).head() == Some(head) && self.word(a).rel() == "case")
        {
            a += 1;
        }
        while b > head.id().0 && self.punct(b) && self.form(b) != ")" && !self.mark(b) {
            b -= 1;
        }
        (a, b)
    }

    /// Where a name begins whose titles and possessors the parse left outside: "the Post's editor Ann Ito", "his chairman Paul
    /// Roe", "a teary-eyed Roe". Nothing is taken that a preposition or a verb rules.
    fn titles_before(&self, a: u32, head: Word<'a>) -> u32 {
        if head.upos() == Upos::PRON {
            return a;
        }
        let first = self.run(head.sentence()).0;
        let mut left = a;
        while left > first && a - left < 12 && self.quoted(left - 1) == self.quoted(a) && !self.dated(left - 1) {
            let (w, form) = (self.word(left - 1), self.form(left - 1));
            let inside = left - 1 > first;
            let joins = match w.upos() {
                Upos::DET => !matches!(self.word(left).upos(), Upos::DET) || matches!(form, "both" | "all"),
                Upos::PROPN | Upos::NOUN | Upos::ADJ | Upos::NUM => self.word(left).upos() != Upos::DET || form == "nearly",
                // "his chairman", "Kasich's strategist"
                Upos::PRON => matches!(form, "his" | "her" | "its" | "their"),
                Upos::PART | Upos::ADP | Upos::PUNCT if matches!(form, "'s" | "'") => {
                    inside && self.glued(left - 1) && matches!(self.word(left - 2).upos(), Upos::PROPN | Upos::NOUN)
                }
                // "teary-eyed"
                Upos::PUNCT | Upos::SYM if form == "-" => inside && self.glued(left) && self.glued(left - 1),
                Upos::ADV => matches!(form, "nearly" | "almost" | "about"),
                _ => false,
            };
            if !joins
                || matches!(self.word(left).upos(), Upos::DET) && matches!(w.upos(), Upos::DET) && !matches!(form, "both" | "all")
            {
                break;
            }
            left -= 1;
            // What stands before an article or a possessor is another phrase, but for "both the".
            if w.upos() == Upos::PRON {
                break;
            }
        }
        let ruled = left > first && matches!(self.word(left - 1).upos(), Upos::ADP | Upos::VERB | Upos::AUX | Upos::PART);
        if ruled || self.punct(left) { a } else { left }
    }

    /// Whether no space stands before word `i`.
    pub(super) fn glued(&self, i: u32) -> bool {
        i > 0 && self.word(i - 1).span().end() == self.word(i).span().start()
    }

    /// Whether a phrase says when or through what something was said.
    fn beside(&self, phrase: Word<'_>) -> bool {
        let id = phrase.id().0;
        let case = phrase.child("case").map_or("", |c| self.form(c.id().0));
        self.dated(id) && matches!(case, "on" | "in" | "at")
            || matches!(case, "in" | "on" | "via")
                && self.lexicon.channel.nouns.contains(self.form(id))
                && phrase.child("det").is_some_and(|d| matches!(self.form(d.id().0), "a" | "an"))
    }

    /// A noun phrase up to its first comma, clause or quotation.
    pub(super) fn short(&self, run: Run) -> Run {
        let stop = (run.0 + 1..=run.1)
            .find(|&k| self.punct(k) && self.form(k) != "-" || matches!(self.form(k), "that" | "who" | "which"));
        (run.0, stop.map_or(run.1, |k| k - 1))
    }

    /// Whether a quotation ends with word `i`.
    pub(super) fn ended(&self, i: u32) -> bool {
        self.quoted(i).is_some_and(|q| self.quote_runs[q as usize].1 == i)
    }

    /// Whether word `i` is part of a day or time.
    pub(super) fn dated(&self, i: u32) -> bool {
        let span = self.word(i).span();
        let times = self.scene.times;
        let at = times.partition_point(|t| t.span.end() <= span.start());
        times.get(at).is_some_and(|t| t.span.overlaps(span))
    }

    /// Whether word `i` is part of a place's name.
    pub(super) fn placed(&self, i: u32) -> bool {
        let span = self.word(i).span();
        let places = self.scene.places;
        let at = places.partition_point(|p| p.span.end() <= span.start());
        places.get(at).is_some_and(|p| p.span.overlaps(span))
    }

    /// Whether word `i` is spoken of by the speaker himself.
    pub(super) fn first_person(&self, i: u32) -> bool {
        matches!(self.form(i), "i" | "we" | "you")
    }
}
