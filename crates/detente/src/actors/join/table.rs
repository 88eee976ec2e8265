//! The table of actors while it grows.

use std::collections::HashMap;

use crate::actors::lexicon::{Code, Kind, Sectors, folded};
use crate::actors::{Actor, printed};

/// The table while it grows.
#[derive(Default)]
pub(crate) struct Table {
    pub actors: Vec<Actor>,
    by_key: HashMap<String, u32>,
}

impl Table {
    pub(crate) fn actor(&mut self, key: String, name: &str, code: Option<(Code, &'static str)>, sectors: Sectors) -> u32 {
        let n = match self.by_key.get(&key) {
            Some(&n) => n,
            None => {
                let n = self.actors.len() as u32;
                self.actors.push(Actor { id: key.clone(), name: name.to_string(), ..Actor::default() });
                self.by_key.insert(key, n);
                n
            }
        };
        let actor = &mut self.actors[n as usize];
        if let Some((code, why)) = code.filter(|_| actor.code.is_none()) {
            actor.code = Some(printed(code));
            actor.code_why = why;
        }
        if actor.sector.is_empty() {
            actor.sector = sectors.names().map(str::to_string).collect();
        }
        n
    }
}

/// The key and canonical name of a listed actor: a country, its people, capital and seats are one.
pub(crate) fn key_of(kind: Kind, name: &str, code: Option<Code>) -> (String, String) {
    match (kind, code) {
        (Kind::Country | Kind::People | Kind::Capital, Some(code)) => (format!("country:{}", printed(code)), name.to_string()),
        (Kind::Collective, _) => (format!("collective:{}", folded(name).replace(' ', "-")), name.to_string()),
        (Kind::Person, _) => (format!("person:{}", folded(name).replace(' ', "-")), name.to_string()),
        _ => (format!("organisation:{}", folded(name).replace(' ', "-")), name.to_string()),
    }
}
