//! Sets of pages that are joined and never part: union-find with members.

use std::collections::HashMap;

/// Disjoint sets over pages 0, 1, 2 …
#[derive(Debug, Default, Clone)]
pub struct Families {
    parents: Vec<u32>,
    /// Members of the sets that have more than one, by root.
    members: HashMap<u32, Vec<u32>>,
}

impl Families {
    /// A new page, alone.
    pub fn push(&mut self) {
        self.parents.push(self.parents.len() as u32);
    }

    /// The page that stands for the set.
    pub fn root(&self, page: u32) -> u32 {
        let mut at = page;
        while self.parents[at as usize] != at {
            at = self.parents[at as usize];
        }
        at
    }

    /// Joins two sets; the larger takes the smaller in, so that ways to the root stay short. False where they were one.
    pub fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return false;
        }
        let size = |page: u32| self.members.get(&page).map_or(1, Vec::len);
        let (into, from) = if (size(a), b) >= (size(b), a) { (a, b) } else { (b, a) };
        let moved = self.members.remove(&from).unwrap_or_else(|| vec![from]);
        self.members.entry(into).or_insert_with(|| vec![into]).extend(moved);
        self.parents[from as usize] = into;
        true
    }

    /// The members of the set with that page.
    pub fn members(&self, page: u32) -> Vec<u32> {
        let root = self.root(page);
        self.members.get(&root).cloned().unwrap_or_else(|| vec![root])
    }

    /// Takes the set of that page apart; gives its members.
    pub fn dissolve(&mut self, page: u32) -> Vec<u32> {
        let root = self.root(page);
        let members = self.members.remove(&root).unwrap_or_else(|| vec![root]);
        members.iter().for_each(|&m| self.parents[m as usize] = m);
        members
    }
}
