//! Who did what to whom: PLOVER events from predicates in verbs and nouns.
//!
//! [`lexicon`] knows the words; [`grammar`], [`subject`] and [`surroundings`] what the tree says of them. [`act`] reads a predicate with
//! everything that it governs, [`slots`] fills its parties and [`party`] names them; [`turn`] and [`future`] apply the conversions of
//! [`convert`]; [`modality`] decides what is left open, [`size`] reads figures, [`record`] makes the event.

mod act;
mod check;
mod confidence;
mod convert;
mod future;
mod grammar;
mod lexicon;
mod load;
mod modality;
mod party;
mod record;
mod size;
mod slots;
mod subject;
mod surroundings;
mod turn;

use ledger::{Entity, Statement};
use syntax::{Upos, Word, WordId};

use crate::{Finder, Findings, Scene};

pub use check::examples;
pub use confidence::Grounds;
pub use lexicon::{Entry, EventLexicon, Kind, Slot, Turn};

/// Finds events. Runs after the statements, which tell it who says so.
#[derive(Debug)]
pub struct Events;

impl Finder for Events {
    fn id(&self) -> &'static str {
        "events"
    }

    fn find(&self, scene: &Scene<'_>, findings: &mut Findings) {
        let lexicon = &scene.lexicon.events;
        let mut found = Vec::new();
        let page = record::Paper::new(scene);
        let by_place = Sayings::new(&findings.statements, scene.part);
        for sentence in scene.sentences() {
            let here = by_place.over(sentence.span());
            let speakers = |word: WordId| -> Option<Vec<Entity>> {
                innermost(&here, scene.parse.word(word).span()).map(|s| speaker(scene, s))
            };
            let mut coder = act::Coder::new(scene, lexicon, sentence, &speakers);
            let mut acts: Vec<act::Act<'_>> = Vec::new();
            for word in downward(sentence.root(), sentence.words().len()) {
                if coder.is_used(word) {
                    continue;
                }
                let carrier = word.head().filter(|h| {
                    word.upos() != Upos::VERB
                        && coder.sense(*h).is_some_and(|(e, _)| e.turn == Some(Turn::Light))
                        && matches!(word.rel(), "obj" | "nsubj" | "obl")
                });
                let Some(act) =
                    coder.act(word, carrier, 0).map(|a| coder.will(word, a)).or_else(|| future::must(&coder, lexicon, word))
                else {
                    continue;
                };
                // What tells nothing for want of parties leaves its nouns to tell it.
                let plain = act.turned.is_empty() && act.about.is_none();
                if coder.mute(&act) || plain && !record::enough(scene, lexicon, &act) {
                    continue;
                }
                mark(&mut coder, scene, &act);
                let mut act = act;
                use ledger::Category::{Agree, Concede, Reject, Threaten};
                if matches!(act.category, Agree | Concede | Reject | Threaten) && !act.recipient.iter().any(party::known) {
                    let found = coder.awaited(&act);
                    if !found.is_empty() {
                        act.recipient = found;
                    }
                }
                if let Some(beside) = act.beside.take() {
                    acts.push(*beside);
                }
                acts.push(act);
            }
            // "killed six and wounded eleven" is one attack; its figures are read with the first verb.
            let hurts = |a: &act::Act<'_>, class: &str| grammar::listed(lexicon.class(class), scene.parse.word(a.word));
            let second = |a: &act::Act<'_>| {
                let first = scene.parse.word(a.word).head().filter(|_| scene.parse.word(a.word).rel() == "conj");
                hurts(a, "wound") && first.is_some_and(|f| acts.iter().any(|b| b.word == f.id() && hurts(b, "kill")))
            };
            let seconds: Vec<WordId> = acts.iter().filter(|a| second(a)).map(|a| a.word).collect();
            acts.retain(|a| !seconds.contains(&a.word));
            let acts = record::unique(acts);
            for act in acts {
                let statement = innermost(&here, scene.parse.word(act.word).span()).filter(|s| claimed(scene, &act, s));
                if let Some((event, grounds)) = page.event(lexicon, self.id(), sentence, &act, statement) {
                    findings.grounds.insert(event.id.clone(), grounds);
                    found.push(event);
                }
            }
        }
        findings.events.extend(found);
    }
}

/// Whether the speaker of the statement around an act is the one who tells it. What the speaker does by speaking (condemns, demands)
/// the reporter tells; so are relative clauses of retold contents, and nouns in contents that are no clause ("its anger over the raid").
fn claimed(scene: &Scene<'_>, act: &act::Act<'_>, statement: &Statement) -> bool {
    use ledger::Category::{Accuse, Agree, Concede, Reject, Request, Support, Threaten};
    let word = scene.parse.word(act.word);
    if matches!(act.category, Accuse | Agree | Concede | Reject | Request | Support | Threaten) {
        let speakers = speaker(scene, statement);
        let first = |e: &Entity| {
            ["we", "our", "i", "us"].iter().any(|p| e.text.split(' ').next().is_some_and(|w| w.eq_ignore_ascii_case(p)))
        };
        if act.actor.iter().any(|a| first(a) || speakers.iter().any(|s| s.id == a.id)) {
            return false;
        }
    }
    if statement.form == ledger::Form::Direct {
        return true;
    }
    let inside: Vec<Word<'_>> =
        std::iter::once(word).chain(word.ancestors()).take_while(|w| statement.content.span.contains(w.span())).collect();
    let clause = inside.iter().any(|w| matches!(w.upos(), Upos::VERB | Upos::AUX) || w.child("cop").is_some());
    clause && !inside.iter().any(|w| w.deprel() == "acl:relcl")
}

/// Who speaks a statement.
fn speaker(scene: &Scene<'_>, statement: &Statement) -> Vec<Entity> {
    if !statement.actors.is_empty() {
        return statement.actors.clone();
    }
    let words = statement.speaker.as_ref().and_then(|q| {
        let mut word = scene.parse.word_at(q.span)?;
        while let Some(head) = word.head().filter(|h| q.span.contains(h.span())) {
            word = head;
        }
        Some(word)
    });
    let known = |w| party::parties(scene, w).into_iter().filter(party::known).collect();
    words.map_or_else(Vec::new, known)
}

/// Marks what an act has told: its triggers, its content, event nouns of the same kind among its arguments.
fn mark<'a>(coder: &mut act::Coder<'_, 'a>, scene: &Scene<'a>, act: &act::Act<'_>) {
    for &id in &act.trigger {
        coder.use_word(id);
    }
    // "cancelled a meeting": the noun that the entry asks for is told with it.
    if act.entry.wants_object()
        && let Some(object) = grammar::leant_on(scene.parse.word(act.word))
    {
        coder.use_word(object.id());
    }
    // "fired at the protesters": people named for what they do are no second event where something is done to them.
    let people = |c: &Word<'a>| {
        matches!(c.rel(), "obj" | "obl" | "nsubj" | "conj") && grammar::listed(scene.lexicon.events.class("protesters"), *c)
    };
    let met: Vec<WordId> =
        act.trigger.iter().flat_map(|&id| scene.parse.word(id).children()).filter(people).map(|c| c.id()).collect();
    met.into_iter().for_each(|id| coder.use_word(id));
    if let Some((top, _)) = act.about
        && top != act.word
    {
        coder.use_up(scene.parse.word(top), true);
    }
    let same: Vec<WordId> = act
        .trigger
        .iter()
        .flat_map(|&id| scene.parse.word(id).children())
        .filter(|c| matches!(c.rel(), "obj" | "obl" | "nmod" | "nsubj" | "compound" | "xcomp"))
        .flat_map(|c| std::iter::once(c).chain(c.children().filter(|g| matches!(g.rel(), "nmod" | "compound" | "conj" | "amod"))))
        .filter(|c| {
            coder
                .sense(*c)
                .is_some_and(|(e, k)| k == Kind::Noun && e.category == Some(act.entry.category.unwrap_or(act.category)))
        })
        .map(|c| c.id())
        .collect();
    same.into_iter().for_each(|id| coder.use_word(id));
    // "will visit Kyiv to mediate": what a meeting is for is told with it.
    let aim = |c: &Word<'_>| c.rel() == "advcl" && c.children().any(|m| m.rel() == "mark" && grammar::is(m, &["to"]));
    let talks = |e: Option<&Entry>| e.is_some_and(|e| e.category == Some(ledger::Category::Consult));
    let aims: Vec<WordId> = act
        .trigger
        .iter()
        .filter(|_| talks(Some(act.entry)))
        .flat_map(|&id| scene.parse.word(id).children())
        .filter(|c| aim(c) && talks(coder.sense(*c).map(|(e, _)| e)))
        .map(|c| c.id())
        .collect();
    aims.into_iter().for_each(|id| coder.use_word(id));
}

/// Words from the root down, by depth, then by place.
fn downward<'p>(root: Word<'p>, limit: usize) -> Vec<Word<'p>> {
    let mut found = vec![root];
    let mut next = 0;
    while next < found.len() && found.len() <= limit {
        found.extend(found[next].children());
        next += 1;
    }
    found
}

/// Statements by where their contents begin, so that a sentence finds its own without looking at all.
struct Sayings<'s> {
    sorted: Vec<&'s Statement>,
    /// The farthest end of any content up to here.
    reach: Vec<u32>,
}

impl<'s> Sayings<'s> {
    /// The statements of the headline or of the text: their spans count in one of them.
    fn new(statements: &'s [Statement], part: ledger::Part) -> Self {
        let mut sorted: Vec<&Statement> = statements.iter().filter(|s| s.evidence.part == part).collect();
        sorted.sort_by_key(|s| (s.content.span.start(), s.content.span.end()));
        let mut far = 0;
        let reach = sorted
            .iter()
            .map(|s| {
                far = far.max(s.content.span.end());
                far
            })
            .collect();
        Sayings { sorted, reach }
    }

    fn over(&self, span: text::Span<text::Body>) -> Vec<&'s Statement> {
        let from = self.reach.partition_point(|&r| r <= span.start());
        self.sorted[from..]
            .iter()
            .take_while(|s| s.content.span.start() < span.end())
            .filter(|s| s.content.span.overlaps(span))
            .copied()
            .collect()
    }
}

fn innermost<'s>(here: &[&'s Statement], span: text::Span<text::Body>) -> Option<&'s Statement> {
    here.iter()
        .filter(|s| if s.parts.is_empty() { s.content.span.contains(span) } else { s.parts.iter().any(|p| p.contains(span)) })
        .min_by_key(|s| (s.content.span.len(), std::cmp::Reverse(s.content.span.start())))
        .copied()
}
