//! An index as plain rows, for a store that keeps it, and back: nothing is compared again.
//!
//! A store needs two tables: pages (id, sketch) in the order of coming, and links. After [`Copies::add`] the new rows are the
//! last page and the links from [`Copies::links`] that were not there before; links whose `joins` changed are told by
//! [`Copies::changes`], and writing [`Copies::link_rows`] of the pages concerned again is always right.

use super::{Copies, Likeness, Sketch};

/// One page of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// The page's id.
    pub id: String,
    /// [`Sketch::to_bytes`].
    pub sketch: Vec<u8>,
}

/// One link of an index.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkRow {
    /// The later page.
    pub page: String,
    /// The earlier page.
    pub other: String,
    /// How alike they are, the later page first.
    pub likeness: Likeness,
    /// Whether the link puts them in one cluster.
    pub joins: bool,
    /// One byte a sentence of the later and of the earlier page: 1 where it answers to one of the other. Empty for
    /// near-copies.
    pub shared: [Vec<u8>; 2],
}

impl Copies {
    /// The pages, in the order of coming.
    pub fn page_rows(&self) -> impl Iterator<Item = PageRow> + '_ {
        (0..self.len() as u32)
            .map(|n| PageRow { id: self.id(n).to_string(), sketch: self.sketch(n).map(Sketch::to_bytes).unwrap_or_default() })
    }

    /// The links, in the order in which they were found.
    pub fn link_rows(&self) -> impl Iterator<Item = LinkRow> + '_ {
        self.links().iter().zip(self.passages()).map(|(link, shared)| LinkRow {
            page: self.id(link.page).to_string(),
            other: self.id(link.other).to_string(),
            likeness: link.likeness,
            joins: link.joins,
            shared: shared.clone().map(|s| s.iter().map(|&b| u8::from(b)).collect()),
        })
    }

    /// The index that gave these rows, without its log of changes. Rows that are no sketch or name no page are passed over.
    pub fn from_rows(pages: impl IntoIterator<Item = PageRow>, links: impl IntoIterator<Item = LinkRow>) -> Copies {
        let mut copies = Copies::default();
        for row in pages {
            if let Some(sketch) = Sketch::from_bytes(&row.sketch) {
                copies.put(&row.id, sketch);
            }
        }
        for row in links {
            if let (Some(page), Some(other)) = (copies.number(&row.page), copies.number(&row.other)) {
                copies.link(page, other, row.likeness, row.joins, row.shared.map(|s| s.iter().map(|&b| b == 1).collect()));
            }
        }
        copies.forget_changes();
        copies
    }
}
