//! Parts of speech and morphological features of Universal Dependencies.

use std::fmt;

macro_rules! upos {
    ($($name:ident),*) => {
        /// A universal part of speech.
        #[allow(missing_docs)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum Upos { $($name,)* #[default] X }
        impl Upos {
            /// Every tag, in alphabetical order.
            pub const ALL: &[Upos] = &[$(Upos::$name,)* Upos::X];
            /// As printed in CoNLL-U.
            pub fn as_str(self) -> &'static str {
                match self { $(Upos::$name => stringify!($name),)* Upos::X => "X" }
            }
            /// The tag of that name; `X` for anything else.
            pub fn parse(name: &str) -> Upos {
                match name { $(stringify!($name) => Upos::$name,)* _ => Upos::X }
            }
        }
    };
}
upos!(ADJ, ADP, ADV, AUX, CCONJ, DET, INTJ, NOUN, NUM, PART, PRON, PROPN, PUNCT, SCONJ, SYM, VERB);

impl fmt::Display for Upos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Morphological features as CoNLL-U writes them (`Mood=Ind|Tense=Past`), `_` for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feats<'p>(pub &'p str);

impl<'p> Feats<'p> {
    /// The value of feature `key`.
    pub fn get(self, key: &str) -> Option<&'p str> {
        self.0.split('|').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
    }

    /// Whether feature `key` has `value`.
    pub fn is(self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }
}
