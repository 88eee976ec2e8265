//! Round-ups: pages put together from passages of reports that have nothing in common. They join none of their clusters.

use std::collections::{BTreeMap, BTreeSet};

use super::{Borrowed, Copies};

/// A page is a round-up for a part of it where others, strangers to that part, have so much of what is left.
const OTHERS: f32 = 0.5;
/// A sentence that so many strangers have belongs to the frame of a site, not to a report.
const FRAME: usize = 12;
/// Families around one page that are looked at, to tell a round-up.
const AROUND: usize = 48;

impl Copies {
    /// The cuts of which `page` is the longer side, and whether each holds: it does not where the rest of the page comes
    /// from strangers to that part.
    pub(super) fn cuts(&self, page: u32) -> Vec<(u32, bool)> {
        let home = self.families.root(page);
        // What each family around has of this page.
        let mut parts: BTreeMap<u32, Vec<bool>> = BTreeMap::new();
        let mut cuts = Vec::new();
        for &n in self.around.get(&page).into_iter().flatten() {
            let (link, shared) = (&self.links[n as usize], &self.shared[n as usize]);
            let later = link.page == page;
            let (other, has) = if later { (link.other, &shared[0]) } else { (link.page, &shared[1]) };
            let family = self.families.root(other);
            if family == home || (parts.len() == AROUND && !parts.contains_key(&family)) {
                continue;
            }
            if link.cut_from() == Some(page) {
                cuts.push((n, family));
            }
            let part = parts.entry(family).or_insert_with(|| vec![false; has.len()]);
            part.iter_mut().zip(has).for_each(|(p, h)| *p |= *h);
        }
        cuts.into_iter().map(|(link, family)| (link, !self.is_round_up(page, family, &parts))).collect()
    }

    /// Whether most of what `page` has besides the part of `family`, and that is the most of it, stands in pages that have
    /// nothing in common with that part.
    fn is_round_up(&self, page: u32, family: u32, parts: &BTreeMap<u32, Vec<bool>>) -> bool {
        let Some(own) = parts.get(&family) else { return false };
        let kin = self.kin(family);
        let strangers: Vec<&Vec<bool>> = parts.iter().filter(|(f, _)| !kin.contains(f)).map(|(_, p)| p).collect();
        let (mut all, mut rest, mut theirs) = (0, 0, 0);
        for (n, sentence) in self.sketches[page as usize].sentences().enumerate() {
            all += sentence.len();
            let holders = strangers.iter().filter(|s| s.get(n) == Some(&true)).count();
            if own.get(n) != Some(&true) && holders < FRAME {
                rest += sentence.len();
                theirs += if holders > 0 { sentence.len() } else { 0 };
            }
        }
        2 * rest >= all && theirs as f32 >= OTHERS * rest as f32
    }

    /// How much of a page stands in pages of other clusters that have nothing in common with one another, and in which,
    /// the most first. Sentences that many have are the frame of a site and count for nothing.
    pub fn borrowed(&self, page: u32) -> Borrowed {
        let mut parts: Vec<(u32, &[bool])> = Vec::new();
        for &n in self.around.get(&page).into_iter().flatten().take(AROUND) {
            let (link, shared) = (&self.links[n as usize], &self.shared[n as usize]);
            let (other, has) = if link.page == page { (link.other, &shared[0]) } else { (link.page, &shared[1]) };
            if self.clusters.root(other) != self.clusters.root(page) && !has.is_empty() {
                parts.push((other, has));
            }
        }
        let sentences: Vec<usize> =
            self.sketches.get(page as usize).map_or(Vec::new(), |s| s.sentences().map(<[u32]>::len).collect());
        let holders = |n: usize| {
            let roots: BTreeSet<u32> =
                parts.iter().filter(|p| p.1.get(n) == Some(&true)).map(|p| self.clusters.root(p.0)).collect();
            roots.len()
        };
        let counts: Vec<usize> = (0..sentences.len()).map(holders).collect();
        let all = sentences.iter().sum::<usize>().max(1) as f32;
        let share = |has: &dyn Fn(usize) -> bool| -> f32 {
            let weight = |n: usize| if has(n) && counts[n] < FRAME { sentences[n] } else { 0 };
            (0..sentences.len()).map(weight).sum::<usize>() as f32 / all
        };
        let mut from: Vec<(String, f32)> =
            parts.iter().map(|p| (self.id(p.0).to_string(), share(&|n| p.1.get(n) == Some(&true)))).collect();
        from.retain(|f| f.1 > 0.0);
        from.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Borrowed { share: share(&|n| counts[n] > 0), from }
    }

    /// The families that share something with this one, itself among them.
    fn kin(&self, family: u32) -> BTreeSet<u32> {
        let mut kin = BTreeSet::from([family]);
        for member in self.families.members(family) {
            for &n in self.around.get(&member).into_iter().flatten() {
                let link = &self.links[n as usize];
                kin.insert(self.families.root(if link.page == member { link.other } else { link.page }));
            }
        }
        kin
    }
}
