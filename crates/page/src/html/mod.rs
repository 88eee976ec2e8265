//! HTML to blocks and facts.
//!
//! The tree is our own (see `tree.rs`), and so is the choice of the article (`choose.rs`): every kept word has its place in
//! the page, and the time is linear in its size.

mod build;
mod choose;
mod collect;
mod declared;
mod entities;
mod facts;
mod furniture;
mod names;
mod tags;
mod tree;

use text::Note;

use crate::block::Block;
use crate::plain;
pub(crate) use entities::decode;
pub(crate) use facts::Facts;
pub(crate) use names::byline;
use tree::Tree;

/// The blocks of a page (what lies outside its article already cut) and what its head and markup tell.
pub(crate) fn read(raw: &str, notes: &mut Vec<Note>) -> (Vec<Block>, Facts) {
    let tree = Tree::parse(raw);
    if let Some(odd) = tree.odd {
        notes.push(Note::new("hostile", odd));
    }
    let facts = facts::read(&tree);
    if !tree.has_elements() {
        // Text that is merely called HTML.
        return (plain::blocks(raw), facts);
    }
    let blocks = choose::article(&tree, &facts);
    (blocks, facts)
}
