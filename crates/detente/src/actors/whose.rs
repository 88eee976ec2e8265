//! Whose a phrase is: the country or body that its own words, its possessor, its complement, its apposition or the place in it support;
//! and, for "the government" or "protesters", what the text around is about.

use std::collections::BTreeMap;

use syntax::{Parse, Upos, WordId};

use super::chunks::Chunks;
use super::lexicon::{ActorLexicon, Code, Kind, NounKind, Sectors};
use super::marked::Marked;
use super::read::{self, Read, What};
use crate::places::Place;

/// A code and the reason for it.
pub(crate) type Whose = Option<(Code, &'static str)>;

/// Sentences before the present one that still say where the story plays.
const MEMORY: u32 = 3;

pub(crate) struct Whereabouts {
    /// Country of every word that is part of a place's name.
    pub place: Vec<Option<Code>>,
    /// Places in the order of the text: word, country, whether a state or its capital is named.
    named: Vec<(u32, Code, bool)>,
    /// Countries that each sentence speaks of, with weights.
    told: Vec<BTreeMap<Code, u32>>,
    whole: BTreeMap<Code, u32>,
}

/// The code of the state that a territory belongs to.
fn state(iso3: &str) -> Option<Code> {
    let code = match iso3 {
        "XKX" => "KOS",
        "ABW" | "CUW" | "SXM" | "BES" => "NLD",
        "AIA" | "BMU" | "VGB" | "CYM" | "FLK" | "GIB" | "GGY" | "IMN" | "JEY" | "MSR" | "PCN" | "SHN" | "TCA" | "IOT" | "SGS" => {
            "GBR"
        }
        "ALA" => "FIN",
        "ASM" | "GUM" | "MNP" | "PRI" | "VIR" | "UMI" => "USA",
        "BLM" | "GLP" | "GUF" | "MAF" | "MTQ" | "MYT" | "NCL" | "PYF" | "REU" | "SPM" | "WLF" | "ATF" => "FRA",
        "CCK" | "CXR" | "HMD" | "NFK" => "AUS",
        "COK" | "NIU" | "TKL" => "NZL",
        "ESH" => "MAR",
        "FRO" | "GRL" => "DNK",
        "MAC" => "CHN",
        "BVT" | "SJM" => "NOR",
        other => other,
    };
    code.as_bytes().try_into().ok()
}

impl Whereabouts {
    pub fn new(m: &Marked<'_>, lexicon: &ActorLexicon, places: &[Place]) -> Whereabouts {
        let mut place = vec![None; m.words.len()];
        let mut told = vec![BTreeMap::new(); m.parse.sentences().len()];
        let mut whole = BTreeMap::new();
        let mut add = |whole: &mut BTreeMap<Code, u32>, word: WordId, code: Code, weight: u32| {
            let sentence = m.parse.word(word).sentence().id().0 as usize;
            *told[sentence].entry(code).or_insert(0) += weight;
            *whole.entry(code).or_insert(0) += weight;
        };
        for p in places {
            let Some(code) = p.location.country_code.as_deref().and_then(state) else { continue };
            let mut at = m.parse.word_at(p.span).map(|w| w.id().0);
            while let Some(w) = at.filter(|&w| (w as usize) < m.words.len() && m.word(w).span().overlaps(p.span)) {
                place[w as usize] = Some(code);
                at = Some(w + 1);
            }
            // The dateline says where the page was written, which is no more than a hint at where it plays.
            let Some(head) = p.head else {
                *whole.entry(code).or_insert(0) += 1;
                continue;
            };
            // Brussels that acts is the European Union.
            let seat = m.name(head.0).is_some_and(|n| lexicon.entries[n.value as usize].kind == Kind::Seat);
            if seat && !only_place(m, head.0) {
                continue;
            }
            // Talks are held there; the story plays elsewhere, and who meets there is of another country.
            if !lexicon.hosts.contains(m.parse.source().slice(p.span)) {
                add(&mut whole, head, code, weight(m.parse, head));
            }
        }
        for name in &m.names {
            let entry = &lexicon.entries[name.value as usize];
            if let (Some(code), Kind::People | Kind::Capital | Kind::Group) = (entry.code, entry.kind)
                && place[name.first as usize].is_none()
                && !matches!(&code, b"IGO" | b"UNO" | b"EUR" | b"IMG" | b"MNC" | b"NGO")
                && !read::stance(m, lexicon, name, 0)
            {
                add(&mut whole, WordId(name.first), code, 1);
            }
        }
        let mut named: Vec<(u32, Code, bool)> = Vec::new();
        for (w, code) in place.iter().enumerate() {
            let state =
                m.name(w as u32).is_some_and(|n| matches!(lexicon.entries[n.value as usize].kind, Kind::Country | Kind::Capital));
            named.extend(code.map(|code| (w as u32, code, state)));
        }
        Whereabouts { place, named, told, whole }
    }

    /// One more voice of a country in a sentence: a person who is of it.
    pub fn hear(&mut self, sentence: u32, code: Code) {
        if matches!(&code, b"IGO" | b"UNO" | b"EUR" | b"IMG" | b"MNC" | b"NGO") {
            return;
        }
        *self.told[sentence as usize].entry(code).or_insert(0) += 1;
        *self.whole.entry(code).or_insert(0) += 1;
    }

    /// The country of the last place named shortly before `word`: of any place, or of a state alone.
    pub fn last_place(&self, word: u32, state: bool) -> Option<Code> {
        let end = self.named.partition_point(|n| n.0 < word);
        let near = self.named[..end].iter().rev().take(6).take_while(|n| n.0 + 80 > word);
        near.filter(|n| n.2 == state).map(|n| n.1).next()
    }

    /// What the text around `sentence` is most about, where one country leads; never `not`.
    pub fn around(&self, sentence: u32, not: Option<Code>) -> Option<Code> {
        let mut score: BTreeMap<Code, u32> = BTreeMap::new();
        for back in 0..=MEMORY.min(sentence) {
            let weight = [12, 5, 3, 2][back as usize];
            for (&code, &n) in &self.told[(sentence - back) as usize] {
                *score.entry(code).or_insert(0) += weight * n.min(6);
            }
        }
        let all: u32 = self.whole.values().sum::<u32>().max(1);
        for (&code, &n) in &self.whole {
            *score.entry(code).or_insert(0) += 30 * n / all;
        }
        if let Some(not) = not {
            score.remove(&not);
        }
        let total: u32 = score.values().sum();
        // The first of equals in the order of codes would be chance: then nobody is.
        let best = score.iter().max_by_key(|(_, n)| **n)?;
        let second = score.iter().filter(|(c, _)| *c != best.0).map(|(_, n)| *n).max().unwrap_or(0);
        (*best.1 > second && *best.1 * 5 >= total * 2).then_some(*best.0)
    }
}

/// How much a place says of where the story plays: "in Kyiv" much, "of Kyiv" less, "Kyiv said" least, since who acts may be far away.
fn weight(parse: &Parse, head: WordId) -> u32 {
    let word = parse.word(head);
    let located =
        word.children().any(|c| c.rel() == "case" && matches!(c.lemma(), "in" | "at" | "near" | "outside" | "inside" | "across"));
    match (located, word.rel()) {
        (true, _) => 4,
        (false, "nmod" | "obl") => 2,
        _ => 1,
    }
}

pub(crate) struct Asked<'a> {
    pub m: &'a Marked<'a>,
    pub chunks: &'a Chunks,
    pub reads: &'a [Read],
    pub where_: &'a Whereabouts,
}

impl Asked<'_> {
    /// The code that the words of phrase `c` and those it hangs together with support.
    pub fn of(&self, c: u32, depth: u8) -> Whose {
        let read = &self.reads[c as usize];
        // "The Albanians of Serbia" are Serbia's.
        if matches!(read.what, What::Listed(_))
            && read.sectors == Sectors::one("CVL")
            && let Some((true, t)) = read::complement(self.m, self.chunks, c)
            && let Some(code) = self.place(t).or_else(|| self.country(t))
        {
            return Some((code, "what it is of"));
        }
        if let Some(code) = read.codes.last() {
            // "Russia's OSCE ambassador" is Russia's, whatever body he sits in.
            let body = |c: Code| matches!(&c, b"IGO" | b"UNO" | b"EUR" | b"NGO");
            if read.whose && body(code.0) && depth > 0 {
                let owner = self.chunks.all[c as usize].possessor.and_then(|p| self.of(p, depth - 1));
                if let Some((state, _)) = owner.filter(|o| !body(o.0)) {
                    return Some((state, "its possessor"));
                }
            }
            return Some((code.0, if read.whose { "named beside it" } else { "the name itself" }));
        }
        if depth == 0 || read.collective {
            return None;
        }
        let chunk = &self.chunks.all[c as usize];
        if let Some((code, _)) = chunk.possessor.and_then(|p| self.of(p, depth - 1)) {
            return Some((code, "its possessor"));
        }
        if let Some(code) =
            (chunk.core..=chunk.last).find_map(|w| self.where_.place[w as usize].filter(|_| self.m.name(w).is_none()))
        {
            return Some((code, "the place named with it"));
        }
        if let Some((of, target)) = read::complement(self.m, self.chunks, c) {
            let place = self.place(target);
            let code =
                if of { self.of(target, depth - 1).map(|w| w.0).or(place) } else { place.or_else(|| self.country(target)) };
            if let Some(code) = code {
                return Some((code, if of { "what it is of" } else { "where it is" }));
            }
        }
        let apposed = chunk.apposed.and_then(|a| self.of(a, depth - 1));
        apposed.map(|(code, _)| (code, "the apposition"))
    }

    /// The country of the place that a phrase names.
    pub fn place(&self, c: u32) -> Option<Code> {
        let chunk = &self.chunks.all[c as usize];
        (chunk.first..=chunk.last).rev().find_map(|w| self.where_.place[w as usize])
    }

    /// Whether the phrase is the name of a place and nothing more.
    pub fn is_place(&self, c: u32) -> bool {
        let chunk = &self.chunks.all[c as usize];
        (chunk.core..=chunk.last).all(|w| self.where_.place[w as usize].is_some())
    }

    /// A country or capital that the phrase is.
    fn country(&self, c: u32) -> Option<Code> {
        let read = &self.reads[c as usize];
        matches!(read.what, What::Listed(_)).then(|| read.codes.last().map(|c| c.0)).flatten()
    }

    /// A person without an office, told by a form of address or a trade: a resident of where the story plays.
    fn private(&self, c: u32) -> bool {
        let chunk = &self.chunks.all[c as usize];
        let trade = |a: u32| {
            let read = &self.reads[a as usize];
            read.open && matches!(read.what, What::Noun(NounKind::Person) | What::Role)
        };
        self.reads[c as usize].addressed || chunk.apposed.is_some_and(trade)
    }

    /// Whether a phrase without support of its own belongs to what the text is about: "the government", "protesters".
    pub fn domestic(&self, c: u32) -> bool {
        let read = &self.reads[c as usize];
        if !read.open || read.collective {
            return false;
        }
        match read.what {
            // "Thousands" of nothing told are people.
            What::Noun(NounKind::Part) => read::complement(self.m, self.chunks, c).is_none_or(|(of, _)| !of),
            // "57 states" are not of one.
            What::Noun(NounKind::Place) => !self.m.word(self.chunks.all[c as usize].head).feats().is("Number", "Plur"),
            What::Noun(kind) => kind != NounKind::Free,
            What::Role => true,
            What::Person(..) => read.office.is_some() || self.private(c),
            What::Listed(_) => true,
            What::Unknown(..) => true,
            What::Other | What::Pronoun => false,
        }
    }
}

/// Prepositions of place.
pub(crate) const LOCATIVE: [&str; 11] =
    ["in", "at", "near", "outside", "inside", "around", "across", "through", "throughout", "over", "within"];

/// A capital behind a preposition of place is a place, and so is one that is joined to such a place: "in Geneva and Brussels".
pub(crate) fn only_place(m: &Marked<'_>, head: u32) -> bool {
    let mut word = m.word(head);
    loop {
        let mut cases = word.children().filter(|c| c.rel() == "case" && c.upos() == Upos::ADP).peekable();
        if cases.peek().is_some() || word.rel() != "conj" {
            return cases.any(|c| LOCATIVE.contains(&c.lemma()) || c.lemma() == "into");
        }
        // The name before it, whichever the tree joins it to: like is joined to like.
        let mark = word.before().filter(|w| w.upos() == Upos::CCONJ || w.form() == ",");
        let Some(before) = mark.and_then(|w| w.before()).filter(|w| w.upos() == Upos::PROPN) else { return false };
        word = before;
    }
}
