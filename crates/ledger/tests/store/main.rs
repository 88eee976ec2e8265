//! The store as its users meet it: what goes in, what comes out, what survives.

mod change;
mod content;
mod pages;
mod questions;
mod safety;
