//! The store as its users meet it: what goes in, what comes out, what survives.
#![allow(clippy::unwrap_used)]

mod change;
mod content;
mod crash;
mod docs;
mod formats;
mod pages;
mod past;
mod questions;
mod safety;
