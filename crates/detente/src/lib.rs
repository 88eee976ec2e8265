//! Reads news pages into statements and political events with evidence.
//!
//! A page goes in at one end, records with their evidence come out at the other:
//!
//! ```text
//! Page ─► Article ─► Parse ─► Cast, Times, Places ─► Statements, Events ─► Reading
//! ```
//!
//! The order of the stages is written once, in [`Reader`].
#![deny(missing_docs)]

pub mod actors;
pub mod brief;
pub mod events;
mod lexicon;
pub mod output;
pub mod places;
mod reader;
mod scene;
pub mod statements;
pub mod times;

pub use lexicon::{Lexicon, LexiconError};
pub use reader::{Reader, ReaderOptions, Reading};
pub use scene::{Finder, Findings, Scene};
