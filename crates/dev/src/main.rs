//! Makers' tools.
fn main() {}
