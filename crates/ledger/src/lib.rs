//! The records of Détente as plain values: actors, statements, events, and the evidence without which none can be made.
//!
//! Knows no English and no HTML. The ontology's tables (categories, modes, scores) live here because a record without
//! them has no meaning.
#![deny(missing_docs)]

mod entity;
mod event;
mod evidence;
mod ontology;
#[cfg(feature = "serde")]
mod serial;
mod statement;
#[cfg(feature = "store")]
pub mod store;
mod words;

pub use entity::{Entity, Location};
pub use event::{DateBasis, Event, Figure, Proposition, Size};
pub use evidence::{Evidence, Part, Quoted};
pub use ontology::{CODEBOOK, Category, Context, Modality, Mode, Own, Quad};
pub use statement::{Form, Stance, Statement};
pub use words::known;
