//! The kinds of record that cases speak of, each read off a [`Reading`].

use detente::Reading;
use detente::actors::MentionKind;
use ledger::{Entity, Quoted};

use super::line::Line;

/// The records of `kind`, in order; `None` where there is no such kind.
pub fn records(kind: &str, reading: &Reading) -> Option<Vec<Line>> {
    let article = &reading.article;
    let body = &article.body;
    Some(match kind {
        "statement" => reading.statements.iter().map(statement).collect(),
        "event" => reading.events.iter().map(event).collect(),
        "actor" => {
            let mention = |m: &detente::actors::Mention| {
                let actor = &reading.cast.actors[m.actor as usize];
                Line::new(kind, Some(body.slice(m.span)))
                    .with("code", actor.code.as_deref())
                    .with("sector", Some(actor.sector.join("+")))
                    .with("name", Some(&actor.name))
                    .with("office", actor.office.as_deref())
                    .with("kind", Some(mention_kind(m.kind)))
                    .with("collective", Some(actor.collective.to_string()))
            };
            reading.cast.mentions.iter().map(mention).collect()
        }
        "time" => {
            let time = |t: &detente::times::Time| {
                let days = t.days.map(|(a, b)| if a == b { a.to_string() } else { format!("{a}/{b}") });
                Line::new(kind, Some(body.slice(t.span)))
                    .with("value", t.value.timex3())
                    .with("days", days)
                    .with("basis", Some(t.basis.as_str()))
            };
            reading.times.iter().map(time).collect()
        }
        "place" => {
            let place = |p: &detente::places::Place| {
                let l = &p.location;
                Line::new(kind, Some(body.slice(p.span)))
                    .with("country", l.country_code.as_deref())
                    .with("lat", l.lat.map(|x| format!("{x:.1}")))
                    .with("lon", l.lon.map(|x| format!("{x:.1}")))
                    .with("name", l.resolved.as_deref())
                    .with("province", l.province.as_deref())
                    .with("code", l.feature_code.as_deref())
                    .with("resolution", l.resolution.map(|r| r.to_string()))
            };
            reading.places.iter().map(place).collect()
        }
        "removed" => article.removed.iter().map(|r| Line::new(kind, Some(&r.text)).with("why", Some(r.why))).collect(),
        "quarantined" => {
            let stretch = |g: detente::output::Garbled| Line::new(kind, Some(body.slice(g.span))).with("why", Some(g.why));
            detente::output::garbled(&reading.parse).map(stretch).collect()
        }
        "paragraph" => article.paragraphs.iter().map(|&p| Line::new(kind, Some(body.slice(p)))).collect(),
        "sentence" => reading.parse.sentences().map(|s| Line::new(kind, Some(s.text()))).collect(),
        "title" => article.title.iter().map(|t| Line::new(kind, Some(t.as_str()))).collect(),
        "byline" => article.byline.iter().map(|b| Line::new(kind, Some(b))).collect(),
        "publisher" => article.publisher.iter().map(|p| Line::new(kind, Some(p))).collect(),
        "published" => {
            article.published.iter().map(|d| Line::new(kind, Some(&d.to_string())).with("from", article.published_from)).collect()
        }
        "language" => article.language.iter().map(|l| Line::new(kind, Some(l))).collect(),
        "trail" => article
            .trail
            .iter()
            .map(|c| Line::new(kind, Some(&c.name)).with("role", Some(c.role)).with("url", c.url.as_deref()))
            .collect(),
        "sign" => article.translation_suspect.signs.iter().map(|s| Line::new(kind, Some(s))).collect(),
        "note" => reading.notes.iter().map(|n| Line::new(kind, Some(n.id)).with("message", Some(&n.message))).collect(),
        _ => return None,
    })
}

fn words(quoted: Option<&Quoted>) -> Option<&str> {
    quoted.map(|q| q.text.as_str())
}

fn joined<T>(list: &[T], text: impl Fn(&T) -> String) -> Option<String> {
    Some(list.iter().map(text).collect::<Vec<_>>().join("+"))
}

fn codes(entities: &[Entity]) -> Option<String> {
    joined(entities, |e| e.code.clone().unwrap_or_else(|| "-".into())).filter(|c| c.chars().any(char::is_alphanumeric))
}

fn statement(s: &ledger::Statement) -> Line {
    Line::new("statement", None)
        .with("speaker", words(s.speaker.as_ref()))
        .with("cue", words(s.cue.as_ref()))
        .with("content", Some(&s.content.text))
        .with("form", Some(s.form.as_str()))
        .with("stance", Some(s.stance.as_str()))
        .with("channel", words(s.channel.as_ref()))
        .with("addressee", words(s.addressee.as_ref()))
        .with("occasion", words(s.occasion.as_ref()))
        .with("date", s.date.map(|d| d.to_string()))
        .with("code", codes(&s.actors))
}

fn event(e: &ledger::Event) -> Line {
    Line::new("event", Some(&e.trigger.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" … ")))
        .with("category", joined(&e.category, |c| c.as_str().to_string()))
        .with("mode", joined(&e.mode, |m| m.as_str().to_string()))
        .with("context", joined(&e.context, |c| c.as_str().to_string()))
        .with("modality", Some(e.modality.as_str()))
        .with("actor", joined(&e.actor, |a| a.text.clone()))
        .with("actor_code", codes(&e.actor))
        .with("recipient", joined(&e.recipient, |a| a.text.clone()))
        .with("recipient_code", codes(&e.recipient))
        .with("about", e.proposition.as_ref().map(|p| &p.quoted.text))
        .with("about_category", e.proposition.as_ref().and_then(|p| p.category).map(|c| c.as_str()))
        .with("said", Some(if e.said_by.is_some() { "yes" } else { "no" }))
        .with("date", e.date.map(|d| d.to_string()))
        .with("end_date", e.end_date.map(|d| d.to_string()))
        .with("basis", Some(e.date_basis.as_str()))
        .with("when", words(e.when.as_ref()))
        .with("place", e.place.as_ref().map(|p| &p.text))
        .with("dead", e.size.dead.as_ref().and_then(|f| f.value).map(|v| v.to_string()))
        .with("injured", e.size.injured.as_ref().and_then(|f| f.value).map(|v| v.to_string()))
        .with("arrested", e.size.arrested.as_ref().and_then(|f| f.value).map(|v| v.to_string()))
        .with("troops", e.size.troops.as_ref().and_then(|f| f.value).map(|v| v.to_string()))
        .with("participants", e.size.participants.as_ref().and_then(|f| f.value).map(|v| v.to_string()))
        .with("money", e.size.money.as_ref().and_then(|f| f.value).map(|v| v.to_string()))
}

fn mention_kind(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Name => "name",
        MentionKind::Noun => "noun",
        MentionKind::Pronoun => "pronoun",
        MentionKind::Modifier => "modifier",
    }
}
