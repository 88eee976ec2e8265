//! Literate cases: how they are written, what they compare, how the difference is shown.

pub mod case;
pub mod compare;
pub mod kinds;
pub mod line;
pub mod sources;
