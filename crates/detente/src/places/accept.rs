//! Whether a name of the table is used as a place: judged by the words around it.
//!
//! Against it speak a person's or an organisation's name around it, a longer name of which it is only a part, and a name that
//! is also a common word without a word such as "in" before it. For it speak the engine, such words, a larger place behind it
//! ("Paris, Texas"), what towns have ("Montreal police"), and places beside it in a list.

use syntax::{NameKind, Parse, Upos, Word};
use text::Span;

use super::gazetteer::Which;
use super::lists::Lists;
use super::tag::{Mention, capital};

/// What the words around a name say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is something else.
    No,
    /// Nothing speaks against a place, too little for it.
    Weak,
    /// It is a place.
    Yes,
}

/// What stands alone as a place without further signs: about 100,000 people.
const KNOWN: f64 = 5.0;

/// A name of `n` words from word `i` of a sentence.
pub(super) struct Judge<'p> {
    pub parse: &'p Parse,
    pub lists: &'p Lists,
    pub words: &'p [Word<'p>],
    pub i: usize,
    pub n: usize,
    /// Whether the engine names things at all.
    pub tagged: bool,
    /// Whether it follows a sure place in a list.
    pub listed: bool,
}

fn lower(w: Word<'_>) -> String {
    w.form().to_lowercase()
}

fn glued(a: Word<'_>, b: Word<'_>) -> bool {
    a.span().end() == b.span().start()
}

impl Judge<'_> {
    fn before(&self) -> Option<Word<'_>> {
        self.i.checked_sub(1).map(|j| self.words[j])
    }

    fn is_place(&self, w: Word<'_>) -> bool {
        self.lists.look_up(&self.lists.key(w.form())).0.iter().any(|c| c.prior >= 5.5)
    }

    fn is_wide(&self, w: Word<'_>) -> bool {
        self.lists.look_up(&self.lists.key(w.form())).0.iter().any(|c| c.prior >= 5.5 && (1..=2).contains(&c.resolution))
    }

    fn name_like(&self, w: Word<'_>) -> bool {
        capital(w)
            && w.form().chars().all(|c| c.is_alphabetic() || c == '-' || c == '.' || c == '’' || c == '\'')
            && !self.lists.title.contains(&lower(w))
            && !self.lists.public.contains(&lower(w))
            && !self.lists.directions.contains(&lower(w))
    }

    /// Whether "in", "near" and the like stand before the name, with "the" or a comma between at most.
    fn locative(&self) -> bool {
        let form = |j: usize| self.words.get(j).map_or(String::new(), |w| lower(*w));
        let Some(b) = self.i.checked_sub(1) else { return false };
        let before = form(b);
        self.lists.locative.contains(&before) && !capital(self.words[b])
            || self.lists.directions.contains(&before)
            || matches!(before.as_str(), "the" | ",") && self.i >= 2 && self.lists.locative.contains(&form(self.i - 2))
    }

    /// "the village of" before the name.
    fn settled(&self) -> bool {
        self.i >= 2 && self.words[self.i - 1].form() == "of" && self.lists.settles(self.words[self.i - 2])
    }

    /// What follows word `end`, as far as it may be one name with the place: "Department of Health", "Free Press".
    fn body(&self, end: usize) -> Option<bool> {
        let mut public = None;
        for (k, w) in self.words.iter().skip(end).take(5).enumerate() {
            let form = lower(*w);
            // Two papers or schools share their words with bodies of state ("State University"): the last word decides.
            if self.lists.institution.contains(&form) && capital(*w) {
                return Some(false);
            }
            if self.lists.public.contains(&form) && (capital(*w) || k == 0) {
                public = Some(true);
            }
            if !(capital(*w) || matches!(w.form(), "of" | "and" | "for" | "the" | "'s" | "’s")) {
                break;
            }
        }
        public
    }

    /// Part of a compound: "US-backed" stays a place, "Kim Jong-un" does not; "US$" is money.
    fn compound(&self, strong: f64) -> bool {
        let end = self.i + self.n;
        if let Some(b) = self.before()
            && matches!(b.form(), "-" | "–" | "@" | "#")
            && glued(b, self.words[self.i])
            && self.i >= 2
            && glued(self.words[self.i - 2], b)
            && !(capital(self.words[self.i - 2]) && strong > 8.0)
            && !matches!(self.words[self.i - 2].form(), "mid" | "Mid" | "non" | "trans")
        {
            return true;
        }
        let Some(a) = self.words.get(end).filter(|a| glued(self.words[end - 1], **a)) else { return false };
        a.form().starts_with('$') || a.form() == "-" && self.words.get(end + 1).is_some_and(|w| capital(*w)) && strong < 6.5
    }

    /// Takes "County", "International Airport" into the name, or "province" for how wide it is; the words taken in.
    fn widen(&self, m: &mut Mention, possessive: bool) -> usize {
        let end = self.i + self.n;
        if possessive {
            return 0;
        }
        let mut at = end;
        while at < end + 3 && self.words.get(at).is_some_and(|w| capital(*w) && self.lists.between.contains(&lower(*w))) {
            at += 1;
        }
        let Some(last) = self.words.get(at).copied() else { return 0 };
        // "Kentucky State Police", "Dallas City Council", "London City airport": the second word belongs to what follows.
        let loose = matches!(lower(last).as_str(), "state" | "city" | "town" | "village" | "district");
        let follows = self
            .words
            .get(at + 1)
            .is_some_and(|w| capital(*w) && (loose || self.name_like(*w)) || self.lists.feature.contains_key(w.form()));
        if capital(last)
            && !follows
            && let Some(&wide) = self.lists.feature.get(&lower(last))
        {
            m.wide = Some(wide);
            m.words = m.words.map(|(first, _)| (first, last.id()));
            m.span = Span::new(m.span.start(), last.span().end());
            return at + 1 - end;
        }
        if at == end
            && let Some(&wide) = self.lists.wide.get(last.form())
        {
            m.wide = Some(wide);
        }
        0
    }

    /// Whether a capitalised word on either side makes the name part of a longer one that is no place.
    fn longer(&self, m: &Mention, taken: usize, possessive: bool, strong: f64, engine: bool, public: bool) -> bool {
        let (lists, words, end) = (self.lists, self.words, self.i + self.n);
        let shouted = words[end - 1].form().len() > 3 && words[end - 1].form().chars().all(char::is_uppercase);
        let country = m.candidates.iter().any(|c| c.resolution == 1);
        if let Some(a) = words
            .get(end + taken)
            .copied()
            .filter(|_| !possessive && !public)
            .filter(|a| !shouted || a.form().chars().all(char::is_uppercase))
            .filter(|a| self.name_like(*a) && !glued(words[end - 1], *a) || lists.institution.contains(&lower(*a)) && capital(*a))
        {
            // "Turkey President", "Paris Hilton", "London Bridge": only an office or another place may follow.
            let body = lists.institution.contains(&lower(a));
            // Two places without a comma are a land and a town in it ("Taiwan Taoyuan"), or a name ("Geneva Morgan").
            if body || !(self.is_wide(a) || country && self.is_place(a)) && !engine && !(strong >= 8.0 && country) {
                return true;
            }
        }
        if let Some(b) = self.before().filter(|b| capital(*b)) {
            let form = lower(b);
            if lists.institution.contains(&form) {
                return true;
            }
            let known = lists.title.contains(&form)
                || lists.directions.contains(&form)
                || lists.public.contains(&form)
                || self.is_place(b);
            let opens = self.i == 1 && b.upos() != Upos::PROPN;
            if !known && !engine && self.name_like(b) && !opens && !(strong >= 9.0 && b.upos() != Upos::PROPN) {
                return true;
            }
            if matches!(
                form.as_str(),
                "mr" | "mr." | "ms" | "ms." | "mrs" | "mrs." | "dr" | "dr." | "miss" | "sir" | "lord" | "lady"
            ) {
                return true;
            }
        }
        if self.i >= 2
            && self.before().is_some_and(|b| lists.particle.contains(b.form()))
            && capital(words[self.i - 2])
            && strong < 8.0
        {
            return true;
        }
        // "University of Texas", "Bank of England".
        if self.i >= 2 && self.before().is_some_and(|b| lower(b) == "of") {
            let mut j = self.i - 2;
            if lower(words[j]) == "the" && j > 0 {
                j -= 1;
            }
            let thing = matches!(words[j].form(), "church" | "cathedral" | "virus" | "treaty" | "battle");
            return (capital(words[j]) || thing) && lists.institution.contains(&lower(words[j]));
        }
        false
    }

    /// Judges the name and widens it by "County", "Province" and the like.
    pub fn accept(&self, m: &mut Mention) -> Verdict {
        let (lists, words, end) = (self.lists, self.words, self.i + self.n);
        let Some((first, last)) = m.words else { return Verdict::No };
        let after = words.get(end).copied();
        let strong = m.candidates.iter().map(|c| c.prior).fold(0.0, f64::max);
        let wide_kind = m.candidates.iter().any(|c| c.resolution <= 2);
        if self.compound(strong) {
            return Verdict::No;
        }
        // "Rau, Poland's minister" is no town in Poland; "Paris, Texas's largest" is rare.
        let holder = after.filter(|a| a.form() == ",").and(words.get(end + 1)).is_some_and(|w| capital(*w) && self.is_place(*w));
        let owner = words.get(end + 2).is_some_and(|w| matches!(w.form(), "'s" | "’s"));
        let locative = self.locative();
        let settled = self.settled();
        let possessive =
            m.span.end() < words[end - 1].span().end() || after.is_some_and(|a| matches!(a.form(), "'s" | "’s" | "'" | "’"));
        // "Montreal police", "Kentucky Department of Fish and Wildlife".
        let public = !possessive && m.candidates.iter().any(|c| (1..=4).contains(&c.resolution)) && self.body(end) == Some(true);
        let inside = self.before().is_some_and(|b| matches!(b.form(), "in" | "near" | "outside" | "at" | "around"));
        let contained = holder && (!owner || inside);
        let doubtful = lists.doubtful.contains(&m.key);
        // A city that the world knows, and what the list of regions and sites names by hand, need no more than their name.
        let renowned = !doubtful
            && m.candidates.iter().any(|c| matches!(c.which, Which::Region(_)) || c.prior >= 5.8 && c.prior + c.fame >= 7.6);
        // What the engine calls it.
        let mut engine = false;
        let from = self.parse.names().partition_point(|x| x.first < words[0].id());
        for name in self.parse.names()[from..].iter().take_while(|x| x.first <= last).filter(|x| x.last >= first) {
            let longer = name.first < first || name.last > last;
            match name.kind {
                // "Redgrave Park" is no town of Park.
                NameKind::Place
                    if name.first < first && self.before().is_some_and(|b| self.name_like(b) && !self.is_place(b)) =>
                {
                    return Verdict::No;
                }
                NameKind::Place => engine = true,
                // "in Lubbock", "Marion, Ohio" say more than a guess at a person.
                NameKind::Person
                    if longer
                        || strong < 7.5
                            && !renowned
                            && !contained
                            && !settled
                            && !self.listed
                            && !(inside && strong >= KNOWN) =>
                {
                    return Verdict::No;
                }
                // "U.S. Centers for Disease Control" begins with a place; "Bank of England" does not.
                NameKind::Organisation if name.first < first => return Verdict::No,
                NameKind::Organisation if longer && strong < KNOWN && !public => return Verdict::No,
                NameKind::Organisation if !longer && strong < 6.5 && !renowned && !contained && !locative && !public => {
                    return Verdict::No;
                }
                _ => {}
            }
        }
        let taken = self.widen(m, possessive);
        if self.longer(m, taken, possessive, strong, engine, public) {
            return Verdict::No;
        }
        if !self.take_direction(m, strong, engine) {
            return Verdict::No;
        }
        m.sure = engine || locative || contained || settled || self.listed;
        let whole = m.key.rsplit(' ').next().is_some_and(|w| lists.feature.contains_key(w)) && m.key.contains(' ');
        if engine || settled || taken > 0 || whole && m.candidates.iter().any(|c| c.resolution <= 3) {
            return Verdict::Yes;
        }
        if doubtful && (!wide_kind && !locative && !contained || wide_kind && self.tagged && !locative && strong < 8.0) {
            return Verdict::No;
        }
        let supported = locative || contained || public || self.listed;
        let opens = self.i == 0 || self.i == 1 && self.before().is_some_and(|b| b.upos() == Upos::PUNCT);
        let enough = if strong >= if opens { 5.3 } else { KNOWN } {
            // With the engine's names at hand, what it passes over needs more: a large place, or a word such as "in".
            !self.tagged || strong >= 6.5 || supported || renowned
        } else {
            supported && strong >= if self.tagged { 4.5 } else { 3.7 }
        };
        if enough { Verdict::Yes } else { Verdict::Weak }
    }

    /// Takes a capitalised direction before the name into it: "Far North Queensland", "Eastern Ukraine". False where the whole is
    /// never a place ("West Nile").
    fn take_direction(&self, m: &mut Mention, strong: f64, engine: bool) -> bool {
        let direction = self
            .before()
            .filter(|b| capital(*b) && self.i > 1 && self.lists.directions.contains(&lower(*b)) && lower(*b) != "post");
        let Some(b) = direction.filter(|_| strong >= KNOWN || engine) else { return true };
        let far = self
            .words
            .get(self.i.wrapping_sub(2))
            .copied()
            .filter(|w| capital(*w) && self.i > 2 && matches!(w.form(), "South" | "North" | "Far" | "Deep"));
        let first = far.unwrap_or(b);
        m.words = m.words.map(|(_, last)| (first.id(), last));
        m.span = first.span().hull(m.span);
        // A direction and a small town's name are a name of their own, which the table lacks.
        m.candidates.retain(|c| c.resolution <= 3 || c.prior >= 5.0);
        !self.lists.never.contains(&self.lists.key(self.parse.source().slice(m.span)))
    }
}
