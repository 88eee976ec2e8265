//! Which pages are the same report again.
//!
//! A page becomes a [`Sketch`]: its content words by sentence, as numbers. [`compare`] sets two sketches side by side and
//! says how much of each is found in the other: a [`Likeness`]. [`Copies`] keeps sketches under rare groups of words, so
//! that a new page meets only the few that may be like it, and joins near-copies into clusters.
//!
//! The choice: a copy is told by sentences that answer to one another, not by shingles shared. Edits, other words, another
//! translation leave most sentences recognisable; a round-up that quotes paragraphs of several reports covers none of
//! them. The test is symmetric and looks at two pages alone, so clusters depend on no order. The price: a page cut to
//! less than a third of its original is told only where it keeps the beginning.
//!
//! ```
//! use page::copies::{Copies, Sketch};
//! let wire = "The envoys met in Geneva for eight hours on Monday. Neither delegation left the table. \
//!             A second round is planned for Brussels on Wednesday.";
//! let edited = "Envoys met in Geneva for eight hours on Monday. No delegation left the table. \
//!             The second round is planned for Brussels on Wednesday.";
//! let other = "Grain prices rose in Chicago. Traders blamed the drought in Kansas and a weak dollar.";
//! let mut copies = Copies::default();
//! for (id, text) in [("b", wire), ("a", edited), ("c", other)] {
//!     copies.add(id, Sketch::of_text(text));
//! }
//! assert_eq!(copies.cluster("b"), Some("a"));
//! assert_eq!(copies.cluster("c"), Some("c"));
//! ```

mod clusters;
mod families;
mod index;
mod likeness;
mod round_up;
mod rows;
mod sketch;
#[cfg(test)]
mod tests;

pub use clusters::{Borrowed, Change, Copies, Link};
pub use likeness::{Kinship, Likeness, compare};
pub use rows::{LinkRow, PageRow};
pub use sketch::Sketch;
