//! Clusters of near-copies that grow page by page.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::families::Families;
use super::index::Index;
use super::likeness::Table;
use super::{Kinship, Likeness, Sketch};

/// No more than so many candidates are compared with a new page, the likeliest first.
const CANDIDATES: usize = 64;
/// Copies share at least one key for so many content words of the shorter page (six words make one key).
const SPARSE: usize = 120;
/// And no more than so many of one family that are no copies of it.
const COUSINS: u32 = 12;

/// Two pages that share something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The later page, by number.
    pub page: u32,
    /// The earlier page.
    pub other: u32,
    /// How alike they are, the later page first.
    pub likeness: Likeness,
    /// What that makes them.
    pub kinship: Kinship,
    /// Whether the two are in one cluster by this link.
    pub joins: bool,
}

impl Link {
    /// The page from which the other is cut, where this is a cut.
    pub(super) fn cut_from(&self) -> Option<u32> {
        let [of_page, of_other] = self.likeness.found;
        (self.kinship == Kinship::Cut).then_some(if of_page < of_other { self.page } else { self.other })
    }
}

/// What a page has in common with pages of other clusters.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Borrowed {
    /// Share of the page's sentences, by words, that stands in any of them.
    pub share: f32,
    /// The pages, and the share that stands in each; the most first.
    pub from: Vec<(String, f32)>,
}

/// A cluster changed its name: it went over into another, or a part of it was set free when its longest page proved a
/// round-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The cluster id that it had.
    pub from: String,
    /// The id that it has now.
    pub into: String,
    /// The page that brought it about.
    pub by: String,
}

/// An index of pages and the clusters they form.
///
/// Pages are numbered as they come. A page met twice (same id) is not added again. Nothing is ever scanned as a whole:
/// a new page is looked up under its own keys, and only clusters that it touches are settled again.
#[derive(Debug, Default)]
pub struct Copies {
    pub(super) ids: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
    pub(super) sketches: Vec<Sketch>,
    index: Index,
    /// Joined by [`Kinship::Copy`] alone: certain for ever.
    pub(super) families: Families,
    /// With the cuts that hold.
    pub(super) clusters: Families,
    /// Smallest id of the clusters that have more than one page, by root: their names.
    names: HashMap<u32, u32>,
    pub(super) links: Vec<Link>,
    /// For each link, which sentences of the later and of the earlier page answer to one of the other.
    pub(super) shared: Vec<[Box<[bool]>; 2]>,
    /// Links of each page that has any.
    pub(super) around: HashMap<u32, Vec<u32>>,
    changes: Vec<Change>,
}

impl Copies {
    /// How many pages it holds.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Adds a page; gives its number. A known id changes nothing.
    pub fn add(&mut self, id: &str, sketch: Sketch) -> u32 {
        if let Some(&number) = self.numbers.get(id) {
            return number;
        }
        let keys = sketch.keys();
        let candidates = self.candidates(&sketch, &keys);
        let number = self.keep(id, sketch, &keys);
        let first = self.links.len();
        self.meet(number, &candidates);
        if self.links.len() > first {
            self.settle(number);
        }
        number
    }

    /// Takes a page in without comparing it, as from a store.
    pub(super) fn put(&mut self, id: &str, sketch: Sketch) {
        if !self.numbers.contains_key(id) {
            let keys = sketch.keys();
            self.keep(id, sketch, &keys);
        }
    }

    fn keep(&mut self, id: &str, sketch: Sketch, keys: &[u64]) -> u32 {
        let number = self.ids.len() as u32;
        self.index.put(number, keys);
        self.ids.push(id.into());
        self.numbers.insert(id.into(), number);
        self.sketches.push(sketch);
        self.families.push();
        self.clusters.push();
        number
    }

    /// Pages that share keys, most first, then by id, so that the order of coming does not matter.
    fn candidates(&self, sketch: &Sketch, keys: &[u64]) -> Vec<u32> {
        let small = |sketch: &Sketch| sketch.len() < 40;
        let mut shared = self.index.sharing(keys);
        // One shared group is chance, unless the page is so short that few of its groups stand in the index; a few are
        // chance between long pages.
        shared.retain(|&(page, halves)| {
            let other = &self.sketches[page as usize];
            let enough = halves >= 4 && halves as usize * SPARSE >= 2 * sketch.len().min(other.len());
            enough || small(sketch) || small(other)
        });
        shared.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| self.ids[a.0 as usize].cmp(&self.ids[b.0 as usize])));
        shared.into_iter().map(|(page, _)| page).collect()
    }

    /// Compares a new page with the candidates. Within one family a single copy is enough: more would change nothing.
    fn meet(&mut self, number: u32, candidates: &[u32]) {
        let sketch = std::mem::take(&mut self.sketches[number as usize]);
        let table = Table::new(&sketch);
        let mut cousins: HashMap<u32, u32> = HashMap::new();
        let mut compared = 0;
        for &other in candidates {
            if compared == CANDIDATES {
                break;
            }
            let family = self.families.root(other);
            if family == self.families.root(number) || cousins.get(&family).is_some_and(|&n| n >= COUSINS) {
                continue;
            }
            compared += 1;
            *cousins.entry(family).or_default() += 1;
            let (likeness, shared) = table.compare(&self.sketches[other as usize]);
            let kinship = likeness.kinship();
            if kinship == Kinship::None {
                continue;
            }
            self.link(number, other, likeness, kinship == Kinship::Copy, shared);
        }
        self.sketches[number as usize] = sketch;
    }

    /// Notes a link and what follows from it.
    pub(super) fn link(&mut self, page: u32, other: u32, likeness: Likeness, joins: bool, shared: [Box<[bool]>; 2]) {
        let kinship = likeness.kinship();
        let link = self.links.len() as u32;
        self.links.push(Link { page, other, likeness, kinship, joins });
        self.shared.push(if kinship == Kinship::Copy { Default::default() } else { shared });
        self.around.entry(page).or_default().push(link);
        self.around.entry(other).or_default().push(link);
        if kinship == Kinship::Copy {
            self.families.join(page, other);
        }
        if joins {
            self.unite(page, other, page);
        }
    }

    /// For each link, which sentences of its pages answer to one another.
    pub(super) fn passages(&self) -> &[[Box<[bool]>; 2]] {
        &self.shared
    }

    pub(super) fn forget_changes(&mut self) {
        self.changes.clear();
    }

    /// Joins two clusters; the name of the joint one is the smaller.
    fn unite(&mut self, a: u32, b: u32, by: u32) {
        let (a, b) = (self.clusters.root(a), self.clusters.root(b));
        if !self.clusters.join(a, b) {
            return;
        }
        let named = |root: u32, names: &mut HashMap<u32, u32>| names.remove(&root).unwrap_or(root);
        let (x, y) = (named(a, &mut self.names), named(b, &mut self.names));
        let (into, from) = if self.ids[x as usize] <= self.ids[y as usize] { (x, y) } else { (y, x) };
        self.names.insert(self.clusters.root(a), into);
        self.change(from, into, by);
    }

    fn change(&mut self, from: u32, into: u32, by: u32) {
        let id = |n: u32| self.ids[n as usize].to_string();
        self.changes.push(Change { from: id(from), into: id(into), by: id(by) });
    }

    /// Whether another page may be cut from this one.
    fn is_longer(&self, page: u32) -> bool {
        self.around.get(&page).is_some_and(|links| links.iter().any(|&n| self.links[n as usize].cut_from() == Some(page)))
    }

    /// Looks again at the cuts that a new page may have changed: its own, and those of pages that share something with
    /// its family.
    fn settle(&mut self, number: u32) {
        let mut outer = BTreeSet::new();
        for member in self.families.members(number) {
            for link in self.around.get(&member).into_iter().flatten() {
                let link = &self.links[*link as usize];
                if link.kinship != Kinship::Copy {
                    outer.extend([link.page, link.other]);
                }
            }
        }
        outer.retain(|&page| self.is_longer(page));
        for page in outer {
            for (link, holds) in self.cuts(page) {
                let Link { page: a, other: b, joins, .. } = self.links[link as usize];
                self.links[link as usize].joins = holds;
                match (joins, holds) {
                    (false, true) => self.unite(a, b, number),
                    (true, false) => self.part(a, number),
                    _ => {}
                }
            }
        }
    }

    /// Builds the cluster of `page` again from the links that hold.
    fn part(&mut self, page: u32, by: u32) {
        let name = self.name(page);
        self.names.remove(&self.clusters.root(page));
        let members = self.clusters.dissolve(page);
        for &member in &members {
            for &n in self.around.get(&member).into_iter().flatten() {
                if self.links[n as usize].joins {
                    self.clusters.join(self.links[n as usize].page, self.links[n as usize].other);
                }
            }
        }
        let mut least: BTreeMap<u32, u32> = BTreeMap::new();
        for &member in &members {
            let best = least.entry(self.clusters.root(member)).or_insert(member);
            if self.ids[member as usize] < self.ids[*best as usize] {
                *best = member;
            }
        }
        for (root, first) in least {
            self.names.insert(root, first);
            if first != name {
                self.change(name, first, by);
            }
        }
    }

    fn name(&self, page: u32) -> u32 {
        let root = self.clusters.root(page);
        *self.names.get(&root).unwrap_or(&root)
    }

    /// The id of a page's cluster: the smallest page id in it. `None` where the page is not known.
    pub fn cluster(&self, id: &str) -> Option<&str> {
        Some(&self.ids[self.name(*self.numbers.get(id)?) as usize])
    }

    /// The pages of a page's cluster, by number, in the order of coming.
    pub fn members(&self, page: u32) -> Vec<u32> {
        let mut members = self.clusters.members(page);
        members.sort_unstable();
        members
    }

    /// The number of the page with that id.
    pub fn number(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied()
    }

    /// The id of the page with that number.
    pub fn id(&self, page: u32) -> &str {
        self.ids.get(page as usize).map_or("", |id| id)
    }

    /// The sketch of the page with that number.
    pub fn sketch(&self, page: u32) -> Option<&Sketch> {
        self.sketches.get(page as usize)
    }

    /// What pages share, as found so far. Pages of one family are not compared again, so within it the links are few.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Every change of a cluster's name, in the order in which it came about: an id that stands as `from` once named a
    /// cluster and now points on.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }
}
