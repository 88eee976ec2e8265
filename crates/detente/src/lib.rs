//! Reads news pages into statements and political events with evidence.
#![deny(missing_docs)]
