//! The records of Détente as plain values: actors, statements, events, and the evidence without which none can be made.
//!
//! Knows no English and no HTML.
#![deny(missing_docs)]
