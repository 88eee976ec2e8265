//! Finds listed phrases in a text: names, titles and nouns, as sequences of atoms.
//!
//! An atom is a stretch of letters and digits in lower case without marks: "U.S." is `us`, "Sana’a" is `sana a`, "al-Qaeda" is
//! `al qaeda`. So spelling with or without hyphens, dots and accents is one form. A look-up costs one hash a word.

use std::collections::HashMap;

use syntax::{Parse, Upos, WordId};

/// A known atom; 0 is any other.
pub(crate) type Atom = u32;

/// Every atom of the lists.
#[derive(Debug, Default, Clone)]
pub(crate) struct Atoms {
    ids: HashMap<Box<str>, Atom>,
}

impl Atoms {
    /// The atom's number, made on first use.
    pub fn add(&mut self, atom: &str) -> Atom {
        if let Some(&id) = self.ids.get(atom) {
            return id;
        }
        let id = self.ids.len() as Atom + 1;
        self.ids.insert(atom.into(), id);
        id
    }

    /// The atom's number; 0 where no list has it.
    pub fn get(&self, atom: &str) -> Atom {
        self.ids.get(atom).copied().unwrap_or(0)
    }
}

/// Lower case without marks on Latin letters.
pub(crate) fn plain(c: char, out: &mut String) {
    match c {
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        'a'..='z' | '0'..='9' => out.push(c),
        'À'..='Å' | 'à'..='å' | 'Ā' | 'ā' | 'Ă' | 'ă' | 'Ą' | 'ą' => out.push('a'),
        'Ç' | 'ç' | 'Ć' | 'ć' | 'Č' | 'č' => out.push('c'),
        'Ď' | 'ď' | 'Đ' | 'đ' | 'Ð' | 'ð' => out.push('d'),
        'È'..='Ë' | 'è'..='ë' | 'Ē' | 'ē' | 'Ė' | 'ė' | 'Ę' | 'ę' | 'Ě' | 'ě' => out.push('e'),
        'Ğ' | 'ğ' => out.push('g'),
        'Ì'..='Ï' | 'ì'..='ï' | 'Ī' | 'ī' | 'İ' | 'ı' => out.push('i'),
        'Ł' | 'ł' => out.push('l'),
        'Ñ' | 'ñ' | 'Ń' | 'ń' | 'Ň' | 'ň' => out.push('n'),
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō' | 'ō' | 'Ő' | 'ő' => out.push('o'),
        'Ř' | 'ř' => out.push('r'),
        'Ś' | 'ś' | 'Š' | 'š' | 'Ş' | 'ş' | 'Ș' | 'ș' => out.push('s'),
        'Ť' | 'ť' | 'Ţ' | 'ţ' | 'Ț' | 'ț' => out.push('t'),
        'Ù'..='Ü' | 'ù'..='ü' | 'Ū' | 'ū' | 'Ů' | 'ů' | 'Ű' | 'ű' => out.push('u'),
        'Ý' | 'ý' | 'ÿ' => out.push('y'),
        'Ź' | 'ź' | 'Ż' | 'ż' | 'Ž' | 'ž' => out.push('z'),
        'ß' => out.push_str("ss"),
        'Æ' | 'æ' => out.push_str("ae"),
        'Œ' | 'œ' => out.push_str("oe"),
        _ if c.is_alphanumeric() => out.extend(c.to_lowercase()),
        _ => {}
    }
}

/// Calls `each` with every atom of `form`.
pub(crate) fn atoms_of(form: &str, buffer: &mut String, mut each: impl FnMut(&str)) {
    buffer.clear();
    for c in form.chars() {
        if c.is_alphanumeric() {
            plain(c, buffer);
        } else if c != '.' && !buffer.is_empty() {
            each(buffer);
            buffer.clear();
        }
    }
    if !buffer.is_empty() {
        each(buffer);
        buffer.clear();
    }
}

/// One atom of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextAtom {
    /// The word that it is part of.
    pub word: u32,
    /// As written, as its lemma, and without a plural -s.
    pub ids: [Atom; 3],
    /// Begins with a capital.
    pub upper: bool,
    /// The whole word is in capitals (or has no letter).
    pub caps: bool,
}

/// The text as atoms.
#[derive(Debug, Default)]
pub(crate) struct TextAtoms {
    pub atoms: Vec<TextAtom>,
    /// First atom of every word, and one past the last.
    pub start: Vec<u32>,
}

impl TextAtoms {
    /// Cuts the words of `parse`.
    pub fn new(parse: &Parse, known: &Atoms) -> TextAtoms {
        let mut found = TextAtoms::default();
        let (mut buffer, mut lemma) = (String::new(), String::new());
        for word in parse.words() {
            found.start.push(found.atoms.len() as u32);
            if word.upos() == Upos::PUNCT {
                continue;
            }
            let form = word.form();
            let first = found.atoms.len();
            let upper = form.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
            let caps = !form.chars().any(char::is_lowercase);
            let mut part = 0;
            atoms_of(form, &mut buffer, |atom| {
                let id = known.get(atom);
                let bare = match atom.strip_suffix('s') {
                    Some(stem) if stem.len() > 2 => match stem.strip_suffix("ie") {
                        Some(y) => {
                            lemma.clear();
                            lemma.push_str(y);
                            lemma.push('y');
                            known.get(&lemma).max(known.get(stem))
                        }
                        None => known.get(stem),
                    },
                    // "Gunmen", "militiamen".
                    _ => match atom.strip_suffix("men") {
                        Some(stem) if stem.len() > 2 => {
                            lemma.clear();
                            lemma.push_str(stem);
                            lemma.push_str("man");
                            known.get(&lemma)
                        }
                        _ => 0,
                    },
                };
                let upper = upper && part == 0
                    || form.split(|c: char| !c.is_alphanumeric() && c != '.').nth(part).is_some_and(begins_upper);
                found.atoms.push(TextAtom { word: word.id().0, ids: [id, 0, bare], upper, caps });
                part += 1;
            });
            if found.atoms.len() == first + 1 {
                lemma.clear();
                word.lemma().chars().for_each(|c| plain(c, &mut lemma));
                found.atoms[first].ids[1] = known.get(&lemma);
            }
        }
        found.start.push(found.atoms.len() as u32);
        found
    }
}

fn begins_upper(part: &str) -> bool {
    part.chars().next().is_some_and(char::is_uppercase)
}

/// How a form must be written in the text to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// Any way.
    Any,
    /// With a capital on this atom, the first that the list writes so but for an article: 0 in "Hamas", 1 in "al-Qaeda".
    Upper(usize),
    /// In capitals throughout: acronyms.
    Caps,
}

impl Case {
    /// The case that a name asks for by the way it is listed.
    pub fn of(form: &str) -> Case {
        let letters = form.chars().filter(|c| c.is_alphabetic()).count();
        if letters > 0 && letters <= 6 && !form.chars().any(char::is_lowercase) {
            Case::Caps
        } else {
            let parts: Vec<&str> = form.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|p| !p.is_empty()).collect();
            // The article of an Arabic name is small within a sentence, however the list writes it.
            let article = usize::from(parts.len() > 1 && ["al", "el"].contains(&parts[0].to_lowercase().as_str()));
            parts[article..].iter().position(|p| begins_upper(p)).map_or(Case::Any, |n| Case::Upper(article + n))
        }
    }
}

/// Phrases, each with the number of what it names.
#[derive(Debug, Default, Clone)]
pub(crate) struct Forms {
    next: HashMap<(u32, Atom), u32>,
    ends: Vec<Option<(u32, Case)>>,
}

/// A phrase found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// First and last word.
    pub first: u32,
    pub last: u32,
    /// What it names.
    pub value: u32,
    /// It stands inside a hyphenated word, before or behind other parts of it.
    pub inside: bool,
}

impl Forms {
    /// Adds a form; gives back what had it before, unless `win`, when the new value replaces the old.
    pub fn add(&mut self, atoms: &mut Atoms, form: &str, case: Case, value: u32, win: bool) -> Option<u32> {
        if self.ends.is_empty() {
            self.ends.push(None);
        }
        let mut node = 0;
        let mut buffer = String::new();
        atoms_of(form, &mut buffer, |atom| {
            let id = atoms.add(atom);
            node = match self.next.get(&(node, id)) {
                Some(&n) => n,
                None => {
                    let n = self.ends.len() as u32;
                    self.ends.push(None);
                    self.next.insert((node, id), n);
                    n
                }
            };
        });
        if node == 0 {
            return None;
        }
        let end = &mut self.ends[node as usize];
        match *end {
            Some((old, _)) if old != value && !win => Some(old),
            _ => {
                *end = Some((value, case));
                None
            }
        }
    }

    /// The longest form that begins with atom `at`.
    pub fn longest(&self, text: &TextAtoms, at: usize) -> Option<(usize, u32)> {
        let mut best = None;
        let mut node = 0;
        let (mut caps, mut i) = (true, at);
        while let Some(atom) = text.atoms.get(i) {
            let step = atom.ids.iter().filter(|&&id| id != 0).find_map(|&id| self.next.get(&(node, id)));
            let Some(&n) = step else { break };
            node = n;
            caps &= atom.caps;
            i += 1;
            if let Some(&Some((value, case))) = self.ends.get(node as usize)
                && match case {
                    Case::Any => true,
                    Case::Upper(n) => text.atoms.get(at + n).is_some_and(|a| a.upper),
                    Case::Caps => caps,
                }
            {
                best = Some((i, value));
            }
        }
        best
    }

    /// Every longest form from left to right, none over the end of a sentence.
    pub fn find(&self, parse: &Parse, text: &TextAtoms) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.atoms.len() {
            match self.longest(text, at) {
                Some((end, value)) => {
                    let (first, last) = (text.atoms[at].word, text.atoms[end - 1].word);
                    let (a, b) = (parse.word(WordId(first)), parse.word(WordId(last)));
                    if a.sentence().id() != b.sentence().id() {
                        at += 1;
                        continue;
                    }
                    let inside = text.start[first as usize] as usize != at || text.start[last as usize + 1] as usize != end;
                    found.push(Found { first, last, value, inside });
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }
}
