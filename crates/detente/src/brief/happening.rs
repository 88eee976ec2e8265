//! The same thing told twice becomes one happening: same kind of act, same parties, days that agree, words alike.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use ledger::{Category, Entity, Event, Modality, Part, Stance, Statement};

use super::likeness::{overlap, telling};
use super::{Account, Phrases};
use crate::sources::reports;

/// From this share of telling words on, two tellings are of one thing.
const ALIKE: f32 = 0.6;

/// An event as one page tells it.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'a> {
    /// The page's position.
    pub account: usize,
    /// The record.
    pub event: &'a Event,
    /// The statement it is told in; `None` for the reporter.
    pub said: Option<&'a Statement>,
}

/// What one or several pages tell.
#[derive(Debug)]
pub struct Happening<'a> {
    /// The tellings, the most telling one first.
    pub told: Vec<Telling<'a>>,
    /// The day, where a telling gives one.
    pub date: Option<Date>,
    /// The last day of several.
    pub end_date: Option<Date>,
    words: BTreeSet<String>,
    place: Option<String>,
}

impl<'a> Happening<'a> {
    /// The telling that words it.
    pub fn event(&self) -> &'a Event {
        self.told[0].event
    }

    /// Its main category, as the ontology has it.
    pub fn category(&self) -> Option<Category> {
        self.event().category.first().map(|c| c.base())
    }

    /// How it is told.
    pub fn modality(&self) -> Modality {
        self.event().modality
    }

    /// Whether it is news, not background.
    pub fn current(&self) -> bool {
        self.modality() != Modality::Historical
    }

    /// How many pages tell it.
    pub fn pages(&self) -> usize {
        self.told.iter().map(|t| t.account).collect::<BTreeSet<_>>().len()
    }

    /// How many independent accounts there are of it; `None` where nobody looked for copies.
    pub fn origins(&self, accounts: &[&Account]) -> Option<usize> {
        let rows = self.told.iter().map(|t| {
            let part = t.event.evidence.part;
            Some((accounts[t.account].source.as_ref()?, Some(t.event.evidence.quoted.span).filter(|_| part == Part::Text)))
        });
        Some(reports(rows.collect::<Option<Vec<_>>>()?).origins)
    }

    /// Its telling words.
    pub fn words(&self) -> &BTreeSet<String> {
        &self.words
    }
}

/// The party that an entity stands for: officials and soldiers stand for their state, others for themselves.
pub fn party(entity: &Entity) -> String {
    const STATE: [&str; 7] = ["GOV", "MIL", "SPY", "COP", "LEG", "JUD", "UNK"];
    const GROUPS: [&str; 5] = ["IGO", "NGO", "IMG", "ISM", "MNC"];
    let name = if entity.name.is_empty() { &entity.text } else { &entity.name };
    match entity.code.as_deref() {
        Some(code) if !GROUPS.contains(&code) => match entity.sector.first() {
            Some(sector) if !STATE.contains(&sector.as_str()) => format!("{code} {sector}"),
            _ => code.to_string(),
        },
        _ => name.to_lowercase(),
    }
}

/// The parties of a list, sorted.
pub fn parties(entities: &[Entity]) -> BTreeSet<String> {
    entities.iter().map(party).collect()
}

/// Those who met, without those who only listened or are nobody in particular.
pub fn attending(event: &Event, phrases: &Phrases) -> Vec<Entity> {
    let all = event.actor.iter().chain(&event.recipient).filter(|e| !phrases.is_nobody(e));
    let (known, other): (Vec<&Entity>, Vec<&Entity>) = all.partition(|e| e.code.is_some() || e.collective);
    // "The delegation" beside a named party is most often the party itself.
    let other = other
        .into_iter()
        .filter(|e| known.is_empty() || !e.name.starts_with(|c: char| c.is_lowercase()) && !e.name.starts_with("The "));
    let mut found: Vec<&Entity> = known.iter().copied().chain(other).collect();
    found.sort_by_key(|e| e.span);
    found.into_iter().cloned().collect()
}

/// An act that is told only as the condition of another.
fn is_condition(event: &Event, phrases: &Phrases) -> bool {
    event.modality == Modality::Hypothetical && event.modality_cue.as_ref().is_some_and(|cue| phrases.is_condition(&cue.text))
}

/// A demand whose only word is the verb of a statement that merely says ("told reporters").
fn only_says(telling: &Telling<'_>, account: &Account) -> bool {
    let event = telling.event;
    let says = |s: &Statement| {
        s.stance == Stance::Says
            && s.evidence.part == event.evidence.part
            && s.cue.as_ref().is_some_and(|c| c.span.overlaps(event.anchor()))
    };
    event.category.first() == Some(&Category::Request) && account.statements.iter().any(says)
}

type Key = (Category, Modality, BTreeSet<String>, BTreeSet<String>, BTreeSet<String>);

/// What must be equal: kind, modality, parties, and whose claim it is.
fn key(telling: &Telling<'_>, phrases: &Phrases) -> Option<Key> {
    let event = telling.event;
    let category = event.category.first()?.base();
    let (mut actors, mut recipients) = (parties(&event.actor), parties(&event.recipient));
    if category == Category::Consult {
        actors = attending(event, phrases).iter().map(party).collect();
        recipients.clear();
    }
    let speaker = telling.said.map(|s| {
        let named = parties(&s.actors);
        if named.is_empty() { s.speaker.iter().map(|q| q.text.to_lowercase()).collect() } else { named }
    });
    // Talks that several report and attend are no one's claim.
    let speaker = speaker.filter(|_| category != Category::Consult || event.modality != Modality::Asserted).unwrap_or_default();
    Some((category, event.modality, actors, recipients, speaker))
}

/// Puts together what the pages tell, in the order of first telling.
pub fn merge<'a>(accounts: &[&'a Account], phrases: &Phrases) -> Vec<Happening<'a>> {
    let mut happenings: Vec<Happening<'a>> = Vec::new();
    let mut buckets: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    let all = accounts.iter().enumerate().flat_map(|(account, a)| {
        let said: BTreeMap<&str, &Statement> = a.statements.iter().map(|s| (s.id.as_str(), s)).collect();
        a.events.iter().map(move |event| {
            let said = event.said_by.as_deref().and_then(|id| said.get(id).copied());
            Telling { account, event, said }
        })
    });
    // Dated tellings first, so that an undated one finds the day it belongs to.
    let (dated, undated): (Vec<_>, Vec<_>) = all.partition(|t| t.event.date.is_some());
    for telling in dated.into_iter().chain(undated) {
        let event = telling.event;
        let nobody = event.actor.iter().chain(&event.recipient).all(|e| phrases.is_nobody(e))
            || !event.actor.is_empty() && event.actor.iter().all(|e| phrases.is_nobody(e));
        // "Have no intention to invade", of nobody: what is not done needs a doer.
        let open = matches!(
            event.modality,
            Modality::Negated | Modality::Denied | Modality::Planned | Modality::Conditional | Modality::Hypothetical
        );
        let unowned = open && event.actor.is_empty();
        if nobody || unowned || is_condition(event, phrases) || only_says(&telling, accounts[telling.account]) {
            continue;
        }
        let Some(key) = key(&telling, phrases) else { continue };
        let words = telling_words(&telling, phrases);
        let place = telling.event.place.as_ref().and_then(|p| p.city.clone().or(p.resolved.clone()));
        let bucket = buckets.entry(key).or_default();
        let dates: BTreeSet<Date> = bucket.iter().filter_map(|&h| happenings[h].date).collect();
        let copy = |h: &Happening<'_>| h.told.iter().any(|t| copies(accounts[t.account], accounts[telling.account]));
        let found = bucket.iter().copied().find(|&h| {
            let days = if copy(&happenings[h]) { 1 } else { dates.len() };
            same(&happenings[h], &telling, &words, place.as_deref(), days)
        });
        match found.and_then(|h| happenings.get_mut(h)) {
            Some(happening) => {
                happening.told.push(telling);
                happening.place = happening.place.take().or(place);
                happening.end_date = happening.end_date.max(telling.event.end_date);
            }
            None => {
                bucket.push(happenings.len());
                let (date, end_date) = (telling.event.date, telling.event.end_date);
                happenings.push(Happening { told: vec![telling], date, end_date, words, place });
            }
        }
    }
    for happening in &mut happenings {
        happening.told.sort_by_key(|t| standing(t, accounts[t.account]));
    }
    happenings
}

/// Whether two pages are copies of one report: an undated one then means its original's days.
fn copies(a: &Account, b: &Account) -> bool {
    a.source.as_ref().zip(b.source.as_ref()).is_some_and(|(a, b)| a.page != b.page && a.cluster == b.cluster)
}

/// What the telling is about, in telling words.
fn telling_words(telling: &Telling<'_>, phrases: &Phrases) -> BTreeSet<String> {
    let event = telling.event;
    let words = event.proposition.as_ref().map_or(event.evidence.quoted.text.as_str(), |p| p.quoted.text.as_str());
    telling_set(words, event, phrases)
}

fn telling_set(words: &str, event: &Event, phrases: &Phrases) -> BTreeSet<String> {
    let mut set = telling(words, phrases);
    // Names of the parties are in the key already and would make everything alike.
    for entity in event.actor.iter().chain(&event.recipient).filter(|e| e.code.is_some() || e.collective) {
        for word in telling(&entity.text, phrases) {
            set.remove(&word);
        }
    }
    set
}

fn same(happening: &Happening<'_>, telling: &Telling<'_>, words: &BTreeSet<String>, place: Option<&str>, dates: usize) -> bool {
    let event = telling.event;
    let alike = overlap(&happening.words, words) >= ALIKE;
    let places = happening.place.as_deref().zip(place).is_none_or(|(a, b)| a == b);
    let days = match (happening.date, event.date) {
        (Some(a), Some(b)) => a == b,
        (Some(_), None) => dates == 1,
        // Of two undated tellings, "on Monday" and "next Friday" are two things.
        (None, None) => {
            let when = |e: &Event| e.when.as_ref().map(|w| w.text.to_lowercase());
            match when(happening.event()).zip(when(event)) {
                Some((a, b)) => a == b,
                // Of pages that name no day or only one does, the same place or the same words must join them.
                None => {
                    happening.told.iter().any(|t| t.account == telling.account)
                        || alike
                        || happening.place.is_some() && happening.place.as_deref() == place
                }
            }
        }
        _ => true,
    };
    if happening.category() == Some(Category::Consult) {
        return days && places;
    }
    let mode = !event.mode.is_empty() && event.mode == happening.event().mode;
    let dated = happening.date.is_some() && happening.date == event.date;
    let counted = mode && event.size.troops.is_some() && happening.event().size.troops.is_some();
    (days || alike) && places && (alike || (mode && dated) || counted)
}

/// The best telling sorts first: the reporter's own, from a page in its own words, from the text, sure, early.
fn standing(telling: &Telling<'_>, account: &Account) -> (bool, bool, bool, u32, usize) {
    let doubt = 100 - (telling.event.confidence.clamp(0.0, 1.0) * 100.0) as u32;
    (telling.said.is_some(), account.translated, telling.event.evidence.part == Part::Title, doubt, telling.account)
}
