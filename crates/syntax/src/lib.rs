//! The English language engine: article text to sentences, words, tags, lemmas, Universal Dependencies trees and names.
//!
//! The only crate that knows grammar. A [`Parse`] owns columns; [`Sentence`] and [`Word`] are views.
#![deny(missing_docs)]

mod conllu;
mod engine;
mod parse;
mod tags;

pub use conllu::{ConlluError, read_conllu, write_conllu};
pub use engine::{Engine, Error};
pub use parse::{Health, Name, NameKind, Parse, ParseBuilder, Sentence, SentenceId, Word, WordId, WordRow};
pub use tags::{Feats, Upos};
