//! Makes the event of an act: day, place, figures, contexts, confidence, and the lines that explain it.

use std::collections::BTreeSet;

use ledger::{Category, Context, DateBasis, Event, Modality, Proposition, Quad, Quoted, Statement};
use syntax::{Sentence, Upos};
use text::{Body, Span};

use super::act::Act;
use super::confidence::{Grounds, confidence, reasons};
use super::lexicon::{EventLexicon, Kind, Slot, Turn};
use super::{modality, party, size};
use crate::actors::{ActorKind, MentionKind};
use crate::{Scene, places, times};

/// No name of a party is longer, in bytes.
const LONG_NAME: u32 = 200;

/// What is known of the page as a whole while its events are made.
pub struct Paper<'s, 'a> {
    scene: &'s Scene<'a>,
    /// The year the page speaks from, where it can be told.
    present: Option<i16>,
    /// Contexts of each paragraph.
    contexts: Vec<BTreeSet<Context>>,
}

/// Drops acts that another act of the sentence tells already: the same category and parties, or part of its words.
pub fn unique(acts: Vec<Act<'_>>) -> Vec<Act<'_>> {
    let mut kept: Vec<Act<'_>> = Vec::new();
    for act in acts {
        let twice = kept.iter().any(|k| {
            k.category == act.category
                && (k.trigger.iter().any(|t| act.trigger.contains(t))
                    || covers(&k.actor, &act.actor)
                        && covers(&k.recipient, &act.recipient)
                        && (k.mode == act.mode || act.mode.is_empty()))
        });
        if !twice {
            kept.push(act);
        }
    }
    kept
}

fn covers(a: &[ledger::Entity], b: &[ledger::Entity]) -> bool {
    b.iter().all(|y| a.iter().any(|x| super::turn::same(x, y)))
}

impl<'s, 'a> Paper<'s, 'a> {
    /// Looks over the page once.
    pub fn new(scene: &'s Scene<'a>) -> Self {
        let last = scene.parse.sentences().last().map_or(0, |s| s.paragraph() as usize + 1);
        let mut contexts = vec![BTreeSet::new(); last];
        for word in scene.parse.words().filter(|w| matches!(w.upos(), Upos::NOUN | Upos::PROPN | Upos::ADJ | Upos::VERB)) {
            let lemma = word.lemma();
            let found = if lemma.bytes().any(|b| b.is_ascii_uppercase()) {
                scene.lexicon.events.contexts(&lemma.to_lowercase())
            } else {
                scene.lexicon.events.contexts(lemma)
            };
            // "talks", "rights": some words speak of it only in the plural.
            let found = if found.is_empty() { scene.lexicon.events.contexts(word.form()) } else { found };
            if let Some(set) = contexts.get_mut(word.sentence().paragraph() as usize).filter(|_| !found.is_empty()) {
                set.extend(found.iter().copied());
            }
        }
        // Without a publication day, the latest year that the text itself names.
        let named = scene.times.iter().filter_map(|t| t.days).map(|d| d.1.year()).max();
        let present = scene.article.published.map(|d| d.year()).or(named);
        Paper { scene, present, contexts }
    }

    /// Where it happened: the place on its own words, or the place it was aimed at.
    fn place(&self, act: &Act<'_>) -> Option<&'a places::Place> {
        let scene = self.scene;
        let words = || act.trigger.iter().map(|&id| scene.parse.word(id));
        let speech = matches!(act.category.quad(), Quad::VerbalConflict | Quad::VerbalCooperation);
        let deed = !speech || matches!(act.category, Category::Consult | Category::Cooperate);
        let stands = words().find_map(|w| places::attach(scene.parse, scene.places, w, deed));
        let aimed = || {
            let (whither, countries) = match act.category {
                Category::Assault => (false, true),
                Category::Mobilize => (true, true),
                Category::Retreat | Category::Coerce => (false, false),
                Category::Consult => (true, true),
                _ => return None,
            };
            let visits = |w: syntax::Word<'_>| matches!(w.lemma(), "visit" | "tour" | "trip" | "travel" | "fly" | "arrive");
            let moves = |w: &syntax::Word<'_>| act.category != Category::Consult || visits(*w);
            words().filter(moves).find_map(|w| places::aim(scene.parse, scene.places, w, whither, countries))
        };
        stands
            .or_else(aimed)
            // A party of the act is not its place, and "Europe" in the name of a body is none.
            .filter(|p| !act.actor.iter().any(|a| a.span.overlaps(p.span)))
            .filter(|p| !in_name(scene, p.span))
    }

    /// What the paragraph is about by its words, and by the sectors of who takes part.
    fn contexts_of(&self, lexicon: &EventLexicon, sentence: Sentence<'_>, act: &Act<'_>) -> Vec<Context> {
        let mut found = self.contexts.get(sentence.paragraph() as usize).cloned().unwrap_or_default();
        let sectors = act.actor.iter().chain(&act.recipient).flat_map(|e| e.sector.iter());
        found.extend(sectors.flat_map(|s| lexicon.contexts(s).iter().copied()));
        found.into_iter().collect()
    }

    /// The event of `act`; `None` where it has no party that would make it one.
    pub fn event(
        &self,
        lexicon: &EventLexicon,
        finder: &'static str,
        sentence: Sentence<'a>,
        act: &Act<'_>,
        statement: Option<&Statement>,
    ) -> Option<(Event, Grounds)> {
        let scene = self.scene;
        let word = scene.parse.word(act.word);
        if !enough(scene, lexicon, act) {
            return None;
        }
        let tied = act.trigger.iter().rev().find_map(|&id| times::attach_by(scene.parse, scene.times, scene.parse.word(id)));
        let main = tied.map(|(time, _)| time);
        // "after the 2014 crisis" says when it was not.
        let main = main.filter(|t| {
            let Some(first) = scene.parse.word_at(t.span) else { return false };
            let bounds = |w: syntax::Word<'_>| {
                w.children().any(|c| {
                    matches!(c.rel(), "case" | "mark")
                        && super::grammar::is(c, &["after", "before", "since", "until", "following"])
                })
            };
            !std::iter::once(first).chain(first.ancestors().take(3)).take_while(|w| !act.trigger.contains(&w.id())).any(bounds)
        });
        let (modality, cue) = modality::decide(scene, lexicon, act, statement, main, self.present);
        // What the clause around dates was said then; what is planned or possible was not done then.
        let open = matches!(modality, Modality::Planned | Modality::Conditional | Modality::Hypothetical | Modality::Demanded);
        let main = main.filter(|_| !(open && tied.is_some_and(|(_, tie)| tie == times::Tie::Frame)));
        let place = self.place(act);
        let trigger: Vec<Quoted> = pieces(scene, act).into_iter().map(|s| scene.quote(s)).collect();
        let about = act.about.map(|(id, category)| Proposition { quoted: scene.quote(content(scene, act, id)), category });
        let parties = act.actor.iter().chain(&act.recipient).map(|e| e.span);
        let whole = sentence.span();
        let spans: Vec<Span<Body>> = trigger.iter().map(|t| t.span).chain(parties.filter(|s| whole.contains(*s))).collect();
        let hull = spans.iter().copied().reduce(Span::hull)?;
        let basis = main.map_or(DateBasis::None, |t| if t.days.is_some() { t.basis } else { DateBasis::None });
        let depth = word.ancestors().filter(|a| a.upos() == Upos::VERB).count().min(4);
        let grounds = Grounds {
            specific: act.entry.specific(),
            verb: act.entry.kind == Kind::Verb,
            actor: act.actor.iter().any(party::known),
            doer: !act.actor.is_empty(),
            recipient: act.recipient.iter().any(party::known),
            depth,
            modality,
            said: statement.is_some(),
            turned: !act.turned.is_empty(),
        };
        if lexicon.does_without(act.category) {
            return None;
        }
        // A user's own category holds for the act as it was read, not for what governing words made of it.
        let own = act.entry.own_category.filter(|c| c.base() == act.category);
        let category: Vec<Category> = std::iter::once(own.unwrap_or(act.category)).chain(act.also.iter().copied()).collect();
        let mut id_spans: Vec<Span<Body>> = trigger.iter().map(|t| t.span).collect();
        id_spans.extend(act.actor.iter().chain(&act.recipient).map(|e| e.span));
        let confidence = confidence(&grounds);
        let event = Event {
            id: scene.id(act.category.as_str(), &id_spans),
            mode: act.mode.clone(),
            context: self.contexts_of(lexicon, sentence, act),
            actor: act.actor.clone(),
            recipient: act.recipient.clone(),
            modality,
            modality_cue: cue.map(|c| scene.quote(c)),
            proposition: about,
            said_by: statement.map(|s| s.id.clone()),
            confidence,
            sentence: scene.quote(whole),
            date: main.and_then(|t| t.days).map(|d| d.0),
            end_date: main.and_then(|t| t.days).filter(|d| d.0 != d.1).map(|d| d.1),
            date_basis: basis,
            when: main.map(|t| scene.quote(t.span)),
            place: place.map(|p| p.location.clone()),
            size: size::read(scene, lexicon, act),
            why: why(scene, act, &grounds, cue, main, confidence),
            evidence: scene.evidence(finder, hull, Vec::new()),
            trigger,
            category,
        };
        Some((event, grounds))
    }
}

/// Whether the words at `span` are only a part of the name of a body: "Europe" in the OSCE's.
fn in_name(scene: &Scene<'_>, span: Span<Body>) -> bool {
    let mentions = &scene.cast.mentions;
    let from = mentions.partition_point(|m| m.span.start() + LONG_NAME < span.start());
    mentions[from..].iter().take_while(|m| m.span.start() <= span.start()).any(|m| {
        let body = || scene.cast.actors.get(m.actor as usize).is_some_and(|a| a.kind() == ActorKind::Body);
        m.kind == MentionKind::Name && m.span != span && m.span.contains(span) && body()
    })
}

/// Whether an act has the parties its entry and its category ask for.
pub fn enough(scene: &Scene<'_>, lexicon: &EventLexicon, act: &Act<'_>) -> bool {
    use Category::{Accuse, Agree, Aid, Concede, Consult, Cooperate, Reject, Request, Retreat, Support, Threaten};
    let actor = act.actor.iter().any(|e| somebody(scene, lexicon, e));
    let recipient = act.recipient.iter().any(|e| somebody(scene, lexicon, e));
    let some = !act.actor.is_empty() || !act.recipient.is_empty();
    // "Take the bridge": an instruction to the reader.
    if act.actor.is_empty() && scene.parse.word(act.word).feats().is("Mood", "Imp") {
        return false;
    }
    if act.entry.both && (act.actor.is_empty() || act.recipient.is_empty()) && !(act.entry.mutual && act.actor.len() > 1) {
        return false;
    }
    // A judgement needs somebody who makes it.
    if act.entry.actor.contains(&Slot::Speaker)
        && (act.actor.is_empty() || act.entry.kind == Kind::Verb && !act.recipient.iter().any(party::known))
    {
        return false;
    }
    // An interview is no consultation.
    if act.category == Consult && act.actor.iter().chain(&act.recipient).any(|e| e.sector.first().is_some_and(|s| s == "JRN")) {
        return false;
    }
    match act.category {
        // People of all kinds meet, help, allow and ask; only parties make it an event.
        Consult | Agree | Support | Cooperate => actor,
        // A state that gives aid, weapons or money has given it, whoever takes it.
        Aid if act.entry.wants_object() && act.actor.iter().any(|e| e.code.is_some()) => true,
        Aid => recipient && (actor || act.actor.is_empty()),
        // "Musicians lifted their boycott of Israel"
        Concede | Retreat if !act.actor.is_empty() => {
            actor || act.entry.wants_object() && act.recipient.iter().any(|e| e.code.is_some())
        }
        Request | Reject | Threaten if !act.actor.is_empty() => actor,
        Accuse if !act.actor.is_empty() && act.entry.weak => actor || recipient,
        _ if act.entry.bare => true,
        Request | Threaten | Reject if act.entry.kind == Kind::Noun => false,
        _ if act.entry.weak || act.entry.kind != Kind::Verb => actor || recipient,
        _ => some,
    }
}

/// Whether an entity is a known party or bears a name.
fn somebody(scene: &Scene<'_>, lexicon: &EventLexicon, entity: &ledger::Entity) -> bool {
    if party::known(entity) {
        return true;
    }
    let Some(mut word) = scene.parse.word_at(entity.span) else { return false };
    for _ in 0..12 {
        match word.head().filter(|h| entity.span.contains(h.span())) {
            Some(head) => word = head,
            None => break,
        }
    }
    let armed = ["gunmen", "protesters"].iter().any(|c| super::grammar::listed(lexicon.class(c), word));
    word.upos() == Upos::PROPN || armed
}

/// The trigger words, neighbours joined.
fn pieces(scene: &Scene<'_>, act: &Act<'_>) -> Vec<Span<Body>> {
    let mut ids = act.trigger.clone();
    ids.sort();
    ids.dedup();
    let mut found: Vec<Span<Body>> = Vec::new();
    let mut last = None;
    for id in ids {
        let span = scene.parse.word(id).span();
        match found.last_mut() {
            Some(f) if last.is_some_and(|l: u32| l + 1 == id.0) => *f = f.hull(span),
            _ => found.push(span),
        }
        last = Some(id.0);
    }
    found
}

/// The words of the content, without the words that govern it.
fn content(scene: &Scene<'_>, act: &Act<'_>, top: syntax::WordId) -> Span<Body> {
    let top = scene.parse.word(top);
    if top.id() == act.word {
        return super::grammar::undergoer(top).map_or(top.span(), |o| top.span().hull(party::phrase_span(o)));
    }
    let mut span = top.span();
    for w in top.subtree() {
        if w.id() != act.word
            && w.upos() != Upos::PUNCT
            && !w.ancestors().take_while(|a| a.id() != top.id()).any(|a| a.rel() == "parataxis")
        {
            span = span.hull(w.span());
        }
    }
    span
}

/// Why the record is as it is: lines of `what: reason`, for people.
fn why(
    scene: &Scene<'_>,
    act: &Act<'_>,
    grounds: &Grounds,
    cue: Option<Span<Body>>,
    time: Option<&times::Time>,
    confidence: f32,
) -> Vec<String> {
    let mut lines = vec![
        format!("words: {}", pieces(scene, act).iter().map(|s| scene.source.slice(*s)).collect::<Vec<_>>().join(" … ")),
        format!("tree: {}", path(scene, act)),
    ];
    for (n, entry) in act.by.iter().enumerate() {
        let tells = entry.own_category.or(entry.category).map(|c| c.as_str());
        let modes: String = entry.mode.iter().map(|m| format!(" {m}")).collect();
        let what = match (entry.turn, tells) {
            (Some(Turn::Light | Turn::Pass), _) if n > 0 => "carries it".to_string(),
            (Some(turn), _) if n > 0 => format!("turns it ({})", turn.as_str()),
            (_, Some(category)) => format!("tells {category}{modes}"),
            (Some(turn), None) => format!("turns what stands below it ({})", turn.as_str()),
            (None, None) => "tells it".to_string(),
        };
        lines.push(format!("lexicon: `{}` {what}, {}", entry.words, entry.name));
    }
    if act.by.len() > 1 || !act.turned.is_empty() {
        let own = act.entry.own_category.filter(|c| c.base() == act.category);
        let modes: String = act.mode.iter().map(|m| format!(" {m}")).collect();
        let steps = if act.turned.is_empty() { "as its word tells".to_string() } else { act.turned.join("; then ") };
        lines.push(format!("category: {}{modes}: {steps}", own.unwrap_or(act.category)));
    }
    lines.push(format!("actor: {}", parties(&act.actor, &act.entry.actor)));
    if !(act.entry.mutual && act.actor.len() > 1) {
        lines.push(format!("recipient: {}", parties(&act.recipient, &act.entry.recipient)));
    }
    let told = match grounds.modality {
        Modality::Asserted => "told as done, or as said",
        Modality::Negated => "told as not done",
        Modality::Denied => "somebody says that it is not so",
        Modality::Conditional => "bound to a condition",
        Modality::Planned => "announced or scheduled",
        Modality::Demanded => "only wanted",
        Modality::Hypothetical => "only thought possible, feared or forecast",
        Modality::Historical => "from before the events of the page",
    };
    let by = cue.map(|c| format!(", by \"{}\"", scene.source.slice(c))).unwrap_or_default();
    lines.push(format!("modality: {}: {told}{by}", grounds.modality));
    lines.push(match time {
        Some(t) => match t.days {
            None => format!("date: none: \"{}\" names no day that could be counted", scene.source.slice(t.span)),
            Some((from, to)) => {
                let basis = match t.basis {
                    DateBasis::Stated => "as it stands",
                    DateBasis::Relative => "counted from the day of publication",
                    DateBasis::Dateline => "counted from the day of the dateline",
                    DateBasis::None => "without a basis",
                };
                let days = if from == to { from.to_string() } else { format!("{from} to {to}") };
                format!("date: {days}: \"{}\", {basis}", scene.source.slice(t.span))
            }
        },
        None => "date: none: no words for a day on this predicate".into(),
    });
    lines.push(format!("confidence: {confidence:.2}{}", reasons(grounds)));
    lines
}

/// Where the innermost word stands, up to the top of the sentence, in words.
fn path(scene: &Scene<'_>, act: &Act<'_>) -> String {
    let depth = |id: &syntax::WordId| scene.parse.word(*id).ancestors().count();
    let inner = act.trigger.iter().copied().max_by_key(|id| (depth(id), *id)).unwrap_or(act.word);
    let mut out = String::new();
    let mut word = scene.parse.word(inner);
    for _ in 0..6 {
        out += &format!("\"{}\"", word.form());
        let Some(head) = word.head() else {
            return out + ", the top of the sentence";
        };
        let role = match word.rel() {
            "nsubj" | "csubj" => "subject of",
            "obj" | "iobj" => "object of",
            "ccomp" => "what is said or meant by",
            "xcomp" => "what follows",
            "advcl" => "beside",
            "acl" => "clause on",
            "obl" | "nmod" => "in a phrase on",
            "conj" | "parataxis" | "list" => "next to",
            "amod" | "compound" => "before",
            "appos" => "another name of",
            _ => "on",
        };
        out += &format!(", {role} ");
        word = head;
    }
    out + "…"
}

/// Who was found, or where nobody was.
fn parties(found: &[ledger::Entity], places: &[Slot]) -> String {
    if found.is_empty() {
        let preposition = |s: &&Slot| matches!(s, Slot::Preposition(_));
        let mut looked: Vec<String> = places.iter().filter(|s| !preposition(s)).map(Slot::name).collect();
        let with: Vec<String> = places.iter().filter(preposition).map(|s| s.name().replace("a phrase with ", "")).collect();
        if !with.is_empty() {
            looked.push(format!("phrases with {}", with.join(", ")));
        }
        let looked = match looked.as_slice() {
            [] => "the entry has no place for one".to_string(),
            looked => format!("looked for in {}", looked.join(", ")),
        };
        return format!("nobody: {looked}");
    }
    let one = |e: &ledger::Entity| {
        let mut codes: Vec<&str> = e.code.as_deref().into_iter().collect();
        codes.extend(e.sector.iter().map(String::as_str));
        let codes = if codes.is_empty() { "unknown".to_string() } else { codes.join(" ") };
        if e.name.is_empty() || e.name == e.text {
            format!("\"{}\" ({codes})", e.text)
        } else {
            format!("\"{}\" is {} ({codes})", e.text, e.name)
        }
    };
    found.iter().map(one).collect::<Vec<_>>().join("; ")
}
