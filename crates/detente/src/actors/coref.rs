//! Gives pronouns the party they stand for.

use syntax::WordId;

use super::chunks::{Chunks, Marked};
use super::join::Table;
use super::read::{Read, What};
use super::{Mention, MentionKind, Party};

/// Joins personal pronouns to the nearest fitting party before them.
pub(super) fn pronouns(
    m: &Marked<'_>,
    chunks: &Chunks,
    reads: &[Read],
    parties: &mut [Party],
    mentions: &mut Vec<Mention>,
    table: &Table,
) {
    let _ = table;
    let mut person: Option<u32> = None;
    let mut thing: Option<u32> = None;
    let mut many: Option<u32> = None;
    for c in 0..chunks.all.len() {
        let chunk = &chunks.all[c];
        match reads[c].what {
            What::Person(..) | What::Role => person = Some(c as u32),
            What::Listed(_) => {
                thing = Some(c as u32);
                many = Some(c as u32);
            }
            What::Noun(_) => many = Some(c as u32),
            What::Pronoun => {
                let word = m.word(chunk.head);
                let form = word.form().to_lowercase();
                let from = match form.as_str() {
                    "he" | "him" | "his" | "himself" | "she" | "her" | "herself" => person,
                    "it" | "its" | "itself" => thing,
                    "they" | "them" | "their" | "themselves" => many,
                    _ => None,
                };
                if let Some(from) = from.filter(|&f| parties[f as usize].acts) {
                    let source = parties[from as usize].clone();
                    let party = &mut parties[c];
                    party.actor = source.actor;
                    party.code = source.code;
                    party.sectors = source.sectors;
                    party.acts = true;
                    if let Some(actor) = source.actor {
                        let span = word.span();
                        mentions.push(Mention {
                            span,
                            head: WordId(chunk.head),
                            actor,
                            kind: MentionKind::Pronoun,
                            why: "the nearest party before it",
                        });
                    }
                }
            }
            _ => {}
        }
    }
}
