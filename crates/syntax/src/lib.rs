//! The English language engine: article text to sentences, words, tags, lemmas, Universal Dependencies trees and names.
//!
//! The only crate that knows grammar. An [`Engine`] reads; a [`Parse`] owns columns; [`Sentence`] and [`Word`] are views.
//!
//! ```
//! use text::Source;
//! let engine = syntax::Engine::embedded()?;
//! let source = Source::new("Ms. Sherman met Mr. Ryabkov in Geneva. They did not agree.");
//! let parse = engine.parse(&source, &[source.whole()]);
//! let roots: Vec<_> = parse.sentences().map(|s| s.root().lemma()).collect();
//! assert_eq!(roots, ["meet", "agree"]);
//! # Ok::<(), syntax::Error>(())
//! ```
#![deny(missing_docs)]

mod conllu;
mod engine;
mod features;
mod health;
mod kernel;
mod lemma;
mod math;
mod mend;
mod model;
mod network;
mod parse;
mod tags;
mod tokenize;
mod tree;

pub use conllu::{ConlluError, read_conllu, write_conllu};
pub use engine::{Engine, Error};
pub use math::exp;
pub use parse::{Health, Name, NameKind, Parse, ParseBuilder, Sentence, SentenceId, Word, WordId, WordRow};
pub use tags::{Feats, Upos};
