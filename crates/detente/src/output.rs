//! Records as JSON: the only place where bytes become characters.
//!
//! Every function turns one value of a [`Reading`](crate::Reading) into an object of the published form: offsets are Unicode
//! characters, end exclusive, into the article's text; a span read from the headline carries `"in": "title"` and counts there;
//! what is not known is null. Field order is fixed, so that equal records print as equal lines.

use jiff::civil::Date;
use ledger::{CODEBOOK, Entity, Event, Evidence, Figure, Location, Part, Quoted, Statement};
use page::Article;
use serde_json::{Map, Value, json};
use syntax::Parse;
use text::{Body, CharIndex, Note, Span};

use crate::sources::SourceRow;

/// The number that stands in every object as `schema`.
pub const SCHEMA: u32 = 1;

/// The border between bytes and characters of one article: built once a page, used for all its records.
#[derive(Debug)]
pub struct Border<'a> {
    article: &'a Article,
    text: CharIndex,
    title: Option<CharIndex>,
}

impl<'a> Border<'a> {
    /// The border of `article`.
    pub fn new(article: &'a Article) -> Self {
        Border { article, text: CharIndex::new(&article.body), title: article.title.as_ref().map(CharIndex::new) }
    }

    /// The article.
    pub fn article(&self) -> &'a Article {
        self.article
    }

    /// First character and one past the last one of a span that counts in `part`.
    pub fn pair(&self, part: Part, span: Span<Body>) -> (usize, usize) {
        match (part, &self.title) {
            (Part::Title, Some(title)) => title.pair(span),
            _ => self.text.pair(span),
        }
    }

    /// The byte span of the article's text between two characters, for looking a reference up.
    pub fn span(&self, start: usize, end: usize) -> Span<Body> {
        Span::new(self.text.byte(start), self.text.byte(end))
    }

    fn place(&self, object: &mut Map<String, Value>, part: Part, span: Span<Body>) {
        let (start, end) = self.pair(part, span);
        object.insert("start".into(), json!(start));
        object.insert("end".into(), json!(end));
        if part == Part::Title {
            object.insert("in".into(), json!("title"));
        }
    }

    fn spot(&self, part: Part, span: Span<Body>) -> Value {
        let mut object = Map::new();
        self.place(&mut object, part, span);
        Value::Object(object)
    }

    fn spots(&self, part: Part, spans: &[Span<Body>]) -> Value {
        spans.iter().map(|&s| self.spot(part, s)).collect()
    }

    fn quoted(&self, part: Part, quoted: &Quoted) -> Map<String, Value> {
        let mut object = Map::new();
        object.insert("text".into(), json!(quoted.text));
        self.place(&mut object, part, quoted.span);
        object
    }

    fn maybe(&self, part: Part, quoted: Option<&Quoted>) -> Value {
        quoted.map_or(Value::Null, |q| Value::Object(self.quoted(part, q)))
    }
}

/// One article, as `detente article --format json` prints it.
pub fn article(border: &Border<'_>, parse: &Parse, notes: &[Note]) -> Value {
    let a = border.article;
    let garbled: Vec<Value> = garbled(parse)
        .map(|g| {
            let mut object = Map::new();
            border.place(&mut object, Part::Text, g.span);
            object.insert("text".into(), json!(a.body.slice(g.span)));
            object.insert("score".into(), json!(hundredths(g.score)));
            object.insert("why".into(), json!(g.why));
            Value::Object(object)
        })
        .collect();
    json!({
        "schema": SCHEMA,
        "id": a.page,
        "path": a.path,
        "url": a.url,
        "title": a.title.as_ref().map(|t| t.as_str()),
        "byline": a.byline,
        "publisher": a.publisher,
        "published": date(a.published),
        "published_from": a.published_from,
        "published_at": a.published_at,
        "trail": a.trail.iter().map(|c| json!({"name": c.name, "url": c.url, "role": c.role})).collect::<Vec<_>>(),
        "language": a.language,
        "translation_suspect": {"score": hundredths(a.translation_suspect.score), "signs": a.translation_suspect.signs},
        "text": a.body.as_str(),
        "paragraphs": border.spots(Part::Text, &a.paragraphs),
        "removed": a.removed.iter().map(|r| json!({"text": r.text, "why": r.why})).collect::<Vec<_>>(),
        "garbled": garbled,
        "notes": self::notes(notes),
    })
}

/// A stretch of text that is quarantined.
#[derive(Debug, Clone, PartialEq)]
pub struct Garbled {
    /// Where.
    pub span: Span<Body>,
    /// Probability that it is unusable, 0 to 1.
    pub score: f32,
    /// Why, for people.
    pub why: String,
}

/// The quarantined sentences of `parse` and the broken stretches of sound ones, in text order.
pub fn garbled(parse: &Parse) -> impl Iterator<Item = Garbled> + '_ {
    parse.sentences().flat_map(|sentence| {
        let health = sentence.health();
        let why = health.why.join("; ");
        let spans = if health.quarantined { vec![sentence.span()] } else { health.broken.clone() };
        spans.into_iter().map(move |span| Garbled { span, score: health.garble, why: why.clone() })
    })
}

/// One page as a source, as `detente sources --format jsonl` prints it.
pub fn source(row: &SourceRow) -> Value {
    let repairs: Vec<Value> = row
        .repairs
        .iter()
        .map(|r| {
            let [(start, end), (from, to)] = r.chars;
            json!({
                "start": start,
                "end": end,
                "text": r.text,
                "repair": {"page": r.page, "start": from, "end": to, "text": r.offer},
                "likeness": hundredths(r.likeness),
            })
        })
        .collect();
    let mut cited: Vec<&String> = row.cited.iter().map(|c| &c.name).collect();
    cited.sort();
    cited.dedup();
    json!({
        "schema": SCHEMA,
        "page": row.page,
        "path": row.path,
        "url": row.url,
        "publisher": row.publisher,
        "family": row.family,
        "country": row.country,
        "control": row.control,
        "published": date(row.published),
        "cluster": row.cluster,
        "role": row.role.as_str(),
        "copy_of": row.copy_of,
        "overlap": row.overlap.map(hundredths),
        "why": row.why,
        "origin": row.origin,
        "agencies": row.agencies,
        "cited": cited,
        "verdict": row.verdict.word,
        "verdict_reasons": row.verdict.reasons,
        "records": row.records,
        "why_none": row.why_none,
        "cleaner": row.cleaner,
        "repairs": repairs,
    })
}

/// What was odd, as objects with `id` and `message`.
pub fn notes(notes: &[Note]) -> Value {
    notes.iter().map(|n| json!({"id": n.id, "message": n.message})).collect()
}

/// One statement, as `detente statements --format jsonl` prints it.
pub fn statement(border: &Border<'_>, s: &Statement) -> Value {
    let part = s.evidence.part;
    let speaker = s.speaker.as_ref().map(|q| {
        let mut object = border.quoted(part, q);
        let actors: Vec<Value> = s.actors.iter().map(|e| entity(border, part, e)).collect();
        object.insert("actor".into(), actors.first().cloned().unwrap_or(Value::Null));
        object.insert("actors".into(), Value::Array(actors));
        object
    });
    let mut content = border.quoted(part, &s.content);
    content.insert("parts".into(), border.spots(part, &s.parts));
    json!({
        "schema": SCHEMA,
        "id": s.id,
        "page": s.evidence.page,
        "speaker": speaker,
        "cue": border.maybe(part, s.cue.as_ref()),
        "content": content,
        "form": s.form.as_str(),
        "stance": s.stance.as_str(),
        "channel": border.maybe(part, s.channel.as_ref()),
        "addressee": border.maybe(part, s.addressee.as_ref()),
        "occasion": border.maybe(part, s.occasion.as_ref()),
        "date": date(s.date),
        "within": s.within,
        "evidence": evidence(border, &s.evidence),
    })
}

/// One event, as `detente events --format jsonl` prints it: PLOVER's record with our fields.
pub fn event(border: &Border<'_>, e: &Event) -> Value {
    let part = e.evidence.part;
    let entities = |list: &[Entity]| -> Value { list.iter().map(|x| entity(border, part, x)).collect() };
    let proposition = e.proposition.as_ref().map(|p| {
        let mut object = border.quoted(part, &p.quoted);
        object.insert("event".into(), json!(p.category.map(|c| c.as_str())));
        object
    });
    let mut sentence = Map::new();
    border.place(&mut sentence, part, e.sentence.span);
    let a = border.article;
    json!({
        "schema": SCHEMA,
        "id": e.id,
        "page": e.evidence.page,
        "date": date(e.date),
        "enddate": date(e.end_date),
        "date_basis": e.date_basis.as_str(),
        "when": border.maybe(part, e.when.as_ref()),
        "actor": entities(&e.actor),
        "event": e.category.iter().map(|c| c.as_str()).collect::<Vec<_>>(),
        "mode": e.mode.iter().map(|m| m.as_str()).collect::<Vec<_>>(),
        "recipient": entities(&e.recipient),
        "context": e.context.iter().map(|c| c.as_str()).collect::<Vec<_>>(),
        "modality": e.modality.as_str(),
        "modality_cue": border.maybe(part, e.modality_cue.as_ref()),
        "proposition": proposition,
        "said_by": e.said_by,
        "confidence": hundredths(e.confidence),
        "event_text": e.trigger.iter().map(|t| t.text.as_str()).collect::<Vec<_>>(),
        "trigger": e.trigger.iter().map(|t| Value::Object(border.quoted(part, t))).collect::<Vec<_>>(),
        "quad_code": e.category.first().map(|c| c.quad() as u8),
        "event_scale": number(f64::from(e.scale())),
        "event_loc": e.place.as_ref().map(|p| location(border, part, p)),
        "size": size(border, e),
        "text": e.sentence.text,
        "text_info": sentence,
        "cite_info": {
            "url": a.url,
            "title": a.title.as_ref().map(|t| t.as_str()),
            "language": a.language,
            "publication": a.publisher,
            "coder": "detente",
            "codebook": CODEBOOK,
            "version": e.evidence.revision,
        },
        "evidence": evidence(border, &e.evidence),
    })
}

fn size(border: &Border<'_>, e: &Event) -> Value {
    let part = e.evidence.part;
    let figure = |f: &Option<Figure>| {
        f.as_ref().map(|f| {
            let mut object = Map::new();
            object.insert("value".into(), f.value.map_or(Value::Null, number));
            object.insert("low".into(), f.low.map_or(Value::Null, number));
            object.insert("high".into(), f.high.map_or(Value::Null, number));
            object.insert("unit".into(), json!(f.unit));
            object.append(&mut border.quoted(part, &f.quoted));
            object
        })
    };
    let s = &e.size;
    json!({
        "dead": figure(&s.dead),
        "injured": figure(&s.injured),
        "arrested": figure(&s.arrested),
        "troops": figure(&s.troops),
        "participants": figure(&s.participants),
        "money": figure(&s.money),
    })
}

/// One party as a record names it.
pub fn entity(border: &Border<'_>, part: Part, e: &Entity) -> Value {
    let mut object = Map::new();
    object.insert("entity_text".into(), json!(e.text));
    border.place(&mut object, part, e.span);
    object.insert("code".into(), json!(e.code));
    object.insert("sector".into(), json!(e.sector));
    object.insert("identifier_id".into(), json!(some(&e.id)));
    object.insert("identifier_text".into(), json!(some(&e.name)));
    object.insert("office".into(), json!(e.office));
    object.insert("collective".into(), json!(e.collective));
    Value::Object(object)
}

/// One place as PLOVER's Location.
pub fn location(border: &Border<'_>, part: Part, l: &Location) -> Value {
    let mut object = Map::new();
    object.insert("extracted_place".into(), json!(l.text));
    border.place(&mut object, part, Span::new(l.start, l.end));
    let rest = json!({
        "resolved_place": l.resolved,
        "geonameid": l.geonameid,
        "lat": l.lat,
        "lon": l.lon,
        "city": l.city,
        "district": null,
        "province": l.province,
        "country": l.country,
        "country_code": l.country_code,
        "feature_class": l.feature_class,
        "feature_code": l.feature_code,
        "resolution": l.resolution,
    });
    if let Value::Object(mut rest) = rest {
        object.append(&mut rest);
    }
    Value::Object(object)
}

fn evidence(border: &Border<'_>, e: &Evidence) -> Value {
    let mut object = Map::new();
    border.place(&mut object, e.part, e.quoted.span);
    object.insert("text".into(), json!(e.quoted.text));
    object.insert("parts".into(), border.spots(e.part, &e.parts));
    Value::Object(object)
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn date(date: Option<Date>) -> Value {
    date.map_or(Value::Null, |d| json!(d.to_string()))
}

/// A share rounded to two decimals, so that the last bits of a float never show.
fn hundredths(x: f32) -> f64 {
    (f64::from(x) * 100.0).round() / 100.0
}

/// A whole number without a decimal point, any other rounded to four decimals.
fn number(x: f64) -> Value {
    if x.fract() == 0.0 && x.abs() < 9e15 { json!(x as i64) } else { json!((x * 1e4).round() / 1e4) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::{Form, Stance};

    fn page(title: &str, text: &str) -> Article {
        let raw = text::Source::new(text);
        let given = page::Given { title: Some(title.to_string()), ..Default::default() };
        let page = page::Page { id: "p".into(), path: None, raw, kind: page::Kind::Verbatim, given, notes: Vec::new() };
        page::clean(&page)
    }

    #[test]
    fn offsets_are_characters() {
        let article = page("«Нет»", "“Nein”, sagte Müller.");
        let border = Border::new(&article);
        let span = article.body.find("Müller").unwrap();
        assert_eq!(border.pair(Part::Text, span), (14, 20));
        assert_eq!(border.span(14, 20), span);
        let title = article.title.as_ref().unwrap();
        assert_eq!(border.spot(Part::Title, title.find("Нет").unwrap()).to_string(), r#"{"start":1,"end":4,"in":"title"}"#);
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(100_000.0).to_string(), "100000");
        assert_eq!(number(-3.5).to_string(), "-3.5");
        assert_eq!(json!(hundredths(0.847_f32)).to_string(), "0.85");
    }

    #[test]
    fn a_statement_without_speaker_has_nulls() {
        let article = page("", "It was said that talks failed.");
        let border = Border::new(&article);
        let quoted = |words| Quoted::new(&article.body, article.body.find(words).unwrap());
        let s = Statement {
            id: "s".into(),
            speaker: None,
            actors: Vec::new(),
            cue: Some(quoted("was said")),
            content: quoted("that talks failed"),
            parts: Vec::new(),
            form: Form::Indirect,
            stance: Stance::Says,
            channel: None,
            addressee: None,
            occasion: None,
            date: None,
            within: None,
            why: Vec::new(),
            evidence: Evidence {
                page: "p".into(),
                part: Part::Text,
                quoted: quoted("It was said that talks failed"),
                parts: Vec::new(),
                finder: "statements",
                revision: "1".into(),
            },
        };
        let line = statement(&border, &s).to_string();
        assert!(
            line.starts_with(r#"{"schema":1,"id":"s","page":"p","speaker":null,"cue":{"text":"was said","start":3,"end":11}"#),
            "{line}"
        );
        assert!(line.contains(r#""date":null"#) && !line.contains('\n'));
    }
}
