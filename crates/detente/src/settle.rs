//! Pages of a ledger compared with one another as they come: which are copies, which come from one origin, what each is worth
//! as a source. A new page is looked up under its signs and compared with the few it meets; then it and its kin are judged
//! anew by the same rules as pages that are read together ([`crate::sources`]), and nothing else is looked at. How much that
//! is depends on how much of the ledger repeats the new page, not on how large the ledger is.
//!
//! Signs of a page are its groups of words, its quotations, and its voices with their days. Two pages are kin where they share
//! passages (a weak tie, which only tells round-ups from copies), or may be one report or of one origin (a strong one). What a
//! page is follows from those it reaches along strong ties, and from the weak ties around these.

use std::collections::{BTreeMap, BTreeSet};

use ledger::store::{Error, Judgement, Settling, Store};
use page::copies::{Kinship, compare};
use text::{Source, hash128};

use crate::sources::{Digest, judge_digests, near, one_voice};

/// Pages compared in one piece of work.
const CHUNK: usize = 256;
/// Pages under a group of words that are looked at; more share a formula.
const LIST: usize = 96;
/// Pages compared with a new one, those that share most first.
const CANDIDATES: usize = 64;
/// Pages under a quotation or a voice of one day that are looked at.
const GROUP: usize = 400;
/// Pages so short that one shared group of words is worth a look.
const SMALL: usize = 40;
/// Days around a page on which one voice may tell the same.
const DAYS: i64 = 2;

const WEAK: i64 = 0;
const STRONG: i64 = 1;

/// Compares the pages that wait with the others, and notes in the ledger which are copies, which come from one origin, and what
/// each is as a source.
pub fn settle_origins(store: &mut Store) -> Result<(), Error> {
    loop {
        let mut work = Work { settling: store.settling()?, digests: BTreeMap::new() };
        let waiting = work.settling.waiting(CHUNK)?;
        if waiting.is_empty() {
            return Ok(());
        }
        work.settle(&waiting)?;
        work.settling.finish()?;
    }
}

struct Work<'s> {
    settling: Settling<'s>,
    digests: BTreeMap<i64, Option<Digest>>,
}

impl Work<'_> {
    fn settle(&mut self, waiting: &[i64]) -> Result<(), Error> {
        for &page in waiting {
            if let Some(digest) = self.digest(page)? {
                let signs = signs(digest);
                self.settling.sign(page, &signs)?;
            }
        }
        for &page in waiting {
            self.meet(page)?;
            self.settling.settle(page)?;
        }
        let mut judged = BTreeSet::new();
        for &page in waiting {
            if !judged.contains(&page) && self.digest(page)?.is_some() {
                let core = self.core(page)?;
                self.judge(&core)?;
                judged.extend(core);
            }
        }
        Ok(())
    }

    fn digest(&mut self, page: i64) -> Result<Option<&Digest>, Error> {
        if !self.digests.contains_key(&page) {
            let bytes = self.settling.digest(page)?;
            let digest = bytes.and_then(|bytes| Digest::from_bytes(&bytes, Source::new("")));
            self.digests.insert(page, digest);
        }
        Ok(self.digests.get(&page).and_then(Option::as_ref))
    }

    /// Finds the kin of a page among those that stand under its signs.
    fn meet(&mut self, page: i64) -> Result<(), Error> {
        let Some(own) = self.digest(page)?.cloned() else { return Ok(()) };
        let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
        for key in own.sketch().keys() {
            for other in self.settling.under(sign(b"words", &key.to_le_bytes()), LIST)? {
                *shared.entry(other).or_default() += 1;
            }
        }
        shared.remove(&page);
        let mut candidates: Vec<(usize, String, i64)> = Vec::new();
        for (other, count) in shared {
            if let Some(digest) = self.digest(other)?
                && (count > 1 || digest.sketch().len() < SMALL || own.sketch().len() < SMALL)
            {
                candidates.push((usize::MAX - count, digest.page().to_string(), other));
            }
        }
        candidates.sort();
        for (_, _, other) in candidates.into_iter().take(CANDIDATES) {
            let Some(digest) = self.digest(other)? else { continue };
            let tie = match compare(own.sketch(), digest.sketch()).kinship() {
                Kinship::None => continue,
                Kinship::Passages if !(own.shares_voice(digest) && near(&own, digest)) => WEAK,
                _ => STRONG,
            };
            self.settling.tie(page, other, tie)?;
        }
        for &quotation in own.quotations() {
            for other in self.settling.under(quotation_sign(quotation), GROUP)? {
                if other != page && self.digest(other)?.is_some_and(|digest| near(&own, digest)) {
                    self.settling.tie(page, other, STRONG)?;
                }
            }
        }
        for voice in own.voices() {
            for sign in days_around(voice, &own) {
                for other in self.settling.under(sign, GROUP)? {
                    if other != page && self.digest(other)?.is_some_and(|digest| one_voice(&own, digest)) {
                        self.settling.tie(page, other, STRONG)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The pages that `start` reaches along strong ties, into `found`.
    fn reach(&self, start: i64, found: &mut BTreeSet<i64>) -> Result<(), Error> {
        let mut next = vec![start];
        while let Some(page) = next.pop() {
            if found.insert(page) {
                let kin = self.settling.kin(page)?;
                next.extend(kin.into_iter().filter(|(_, tie)| *tie == STRONG).map(|(other, _)| other));
            }
        }
        Ok(())
    }

    /// The weak kin of `pages`.
    fn around(&self, pages: &BTreeSet<i64>) -> Result<BTreeSet<i64>, Error> {
        let mut around = BTreeSet::new();
        for &page in pages {
            around.extend(self.settling.kin(page)?.into_iter().map(|(other, _)| other).filter(|other| !pages.contains(other)));
        }
        Ok(around)
    }

    /// The pages whose judgement may change since `page` came: its strong kin, and theirs that share passages with them.
    fn core(&self, page: i64) -> Result<BTreeSet<i64>, Error> {
        let mut core = BTreeSet::new();
        self.reach(page, &mut core)?;
        for other in self.around(&core)? {
            self.reach(other, &mut core)?;
        }
        Ok(core)
    }

    /// Judges the pages of `core`, in sight of those that share passages with them.
    fn judge(&mut self, core: &BTreeSet<i64>) -> Result<(), Error> {
        let mut region = core.clone();
        for other in self.around(core)? {
            self.reach(other, &mut region)?;
        }
        let mut digests: Vec<(i64, Digest)> = Vec::with_capacity(region.len());
        for &page in &region {
            digests.extend(self.digest(page)?.cloned().map(|digest| (page, digest)));
        }
        if digests.len() > 1 {
            // What a cleaner copy mends is told in words.
            for (page, digest) in &mut digests {
                digest.set_body(Source::new(self.settling.text(*page)?));
            }
        }
        digests.sort_by(|a, b| a.1.page().cmp(b.1.page()));
        let (keys, digests): (Vec<i64>, Vec<Digest>) = digests.into_iter().unzip();
        for (page, row) in keys.into_iter().zip(judge_digests(&digests)) {
            if core.contains(&page) {
                let judgement = Judgement {
                    cluster: row.cluster.clone(),
                    origin: row.origin.clone(),
                    role: row.role.as_str().to_string(),
                    copy_of: row.copy_of.clone(),
                    overlap: row.overlap.map(|share| (f64::from(share) * 100.0).round() / 100.0),
                    verdict: row.verdict.word.to_string(),
                    judged: serde_json::to_string(&row).unwrap_or_default(),
                };
                self.settling.judge(page, &judgement)?;
            }
        }
        Ok(())
    }
}

/// A sign: a number that says nothing outside the ledger.
fn sign(kind: &[u8], what: &[u8]) -> i64 {
    hash128(&[kind, what]).0 as i64
}

fn quotation_sign(quotation: u64) -> i64 {
    sign(b"quotation", &quotation.to_le_bytes())
}

fn voice_sign(voice: &str, day: &str) -> i64 {
    hash128(&[b"voice", voice.as_bytes(), day.as_bytes()]).0 as i64
}

const UNDATED: &str = "undated";
const ANY: &str = "any";

/// What a page is looked up by.
fn signs(digest: &Digest) -> Vec<i64> {
    let mut signs: Vec<i64> = digest.sketch().keys().iter().map(|key| sign(b"words", &key.to_le_bytes())).collect();
    signs.extend(digest.quotations().iter().map(|quotation| quotation_sign(*quotation)));
    for voice in digest.voices() {
        let day = digest.published().map_or_else(|| UNDATED.to_string(), |day| day.to_string());
        signs.extend([voice_sign(voice, &day), voice_sign(voice, ANY)]);
    }
    signs
}

/// Where pages of `voice` stand that may tell what `digest` tells.
fn days_around(voice: &str, digest: &Digest) -> Vec<i64> {
    let Some(day) = digest.published() else { return vec![voice_sign(voice, ANY)] };
    let around = (-DAYS..=DAYS).filter_map(|days| day.checked_add(jiff::Span::new().try_days(days).ok()?).ok());
    let mut signs: Vec<i64> = around.map(|day| voice_sign(voice, &day.to_string())).collect();
    signs.push(voice_sign(voice, UNDATED));
    signs
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use ledger::store::{Entry, Filter, Store};
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};

    use super::*;
    use crate::sources::tests::{OTHER, THIRD, WIRE, page, paragraphs};
    use crate::sources::{Publishers, SourceRow};
    use crate::{Reader, ReaderOptions, keep};

    /// Reprints, cuts, round-ups, one voice on several days, shared quotations, strangers.
    fn pages() -> Vec<page::Page> {
        let edited = WIRE.replace("left without an agreement", "parted with no agreement");
        let round_up = format!("{}\n\n{}", paragraphs(OTHER, &[0, 1, 2]), paragraphs(THIRD, &[0, 1, 2]));
        let quoting = "Analysts in three capitals read the words of the minister again on Tuesday.\n\n“We did not come here to sign a \
            paper that changes nothing on the ground,” Foreign Minister Ivan Petrov told reporters.";
        let bulletin = "MOSCOW, Jan 12 (TASS) - The deputy minister said on Wednesday that the draft treaty on guarantees will be \
            discussed next week in Vienna.";
        let next = "MOSCOW, Jan 13 (TASS) - The deputy minister said that the draft treaty on guarantees will be discussed next week \
            in Vienna, and that an answer in writing is awaited.";
        let mut undated = page("u", "https://u.example/1", 10, quoting);
        undated.given.published = None;
        let mut all = vec![
            page("a", "https://daily.example/1", 11, &edited),
            page("b", "https://www.reuters.com/world/1", 10, WIRE),
            page("c", "https://gazette.example/9", 11, &paragraphs(WIRE, &[0, 1])),
            page("d", "https://harbour.example/2", 11, OTHER),
            page("e", "https://votes.example/2", 12, THIRD),
            page("f", "https://round.example/2", 13, &round_up),
            page("g", "https://g.example/1", 11, &paragraphs(OTHER, &[0, 1, 2])),
            page("h", "https://h.example/1", 11, quoting),
            page("i", "https://i.example/1", 28, quoting),
            page("j", "https://tass.com/politics/1", 12, bulletin),
            page("k", "https://k.example/1", 13, next),
            page("l", "https://l.example/1", 25, bulletin),
        ];
        all.push(undated);
        all
    }

    fn entries() -> (Vec<Entry>, BTreeMap<String, String>) {
        let reader = Reader::new(ReaderOptions::default()).unwrap();
        let mut pages = pages();
        pages.sort_by(|a, b| a.id.cmp(&b.id));
        let readings = reader.read_all(&pages);
        let digests: Vec<Digest> = readings.iter().map(|reading| Digest::new(reading, Publishers::shared())).collect();
        let judged = judge_digests(&digests).into_iter().map(|row| (row.page.clone(), told(&row))).collect();
        let entry = |(page, reading): (&page::Page, &crate::Reading)| {
            keep::entry(page, reading, keep::raw(page, false), 0, reader.revision())
        };
        (pages.iter().zip(&readings).map(entry).collect(), judged)
    }

    fn told(row: &SourceRow) -> String {
        serde_json::to_string(row).unwrap()
    }

    fn of(store: &Store) -> BTreeMap<String, String> {
        keep::sources(store, &Filter::default()).unwrap().into_iter().map(|row| (row.page.clone(), told(&row))).collect()
    }

    #[test]
    fn compared_as_they_come_or_all_together_is_the_same() {
        let (entries, expected) = entries();
        assert!(
            expected.values().any(|row| row.contains("\"Copy\"")) && expected.values().any(|row| row.contains("\"Excerpt\""))
        );
        let mut runner = TestRunner::new(Config { cases: 12, ..Config::default() });
        runner
            .run(&(Just(entries).prop_shuffle(), 1..6usize, 0..13usize), |(order, batch, gone)| {
                let folder = tempfile::tempdir().unwrap();
                let now = jiff::civil::date(2022, 3, 1).at(0, 0, 0, 0);
                let mut store = Store::write(&folder.path().join("detente.db")).unwrap();
                for some in order.chunks(batch) {
                    store.add(some, now).unwrap();
                    settle_origins(&mut store).unwrap();
                }
                let found = of(&store);
                prop_assert_eq!(&found, &expected);
                // A page that goes leaves the others as if it had never come; and comes back as one that never went.
                let gone = &order[gone];
                store.replace(std::slice::from_ref(gone), now).unwrap();
                settle_origins(&mut store).unwrap();
                prop_assert_eq!(&of(&store), &expected);
                store.forget(&gone.facts.id, "me", "asked to", now).unwrap();
                settle_origins(&mut store).unwrap();
                let mut others: Vec<(String, Digest)> = order
                    .iter()
                    .filter(|entry| entry.facts.id != gone.facts.id)
                    .filter_map(|entry| {
                        Digest::from_bytes(&entry.digest, Source::new(entry.text.as_str())).map(|d| (entry.facts.id.clone(), d))
                    })
                    .collect();
                others.sort_by(|a, b| a.0.cmp(&b.0));
                let digests: Vec<Digest> = others.into_iter().map(|(_, digest)| digest).collect();
                let without: BTreeMap<String, String> =
                    judge_digests(&digests).into_iter().map(|row| (row.page.clone(), told(&row))).collect();
                prop_assert_eq!(of(&store), without);
                Ok(())
            })
            .unwrap();
    }
}
