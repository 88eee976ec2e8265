//! The brief as JSON, all lines of it: one object on one line.

use serde_json::{Value, json};

use super::{Brief, Line};
use crate::output::SCHEMA;

impl Brief {
    /// The brief as a JSON object.
    pub fn json(&self) -> Value {
        let line = |l: &Line| {
            let refs: Vec<Value> = l
                .refs
                .iter()
                .map(|r| {
                    let mut object =
                        json!({"page": self.pages.get(r.page).map(|p| p.id.as_str()), "start": r.start, "end": r.end});
                    if let Some(object) = object.as_object_mut().filter(|_| r.title) {
                        object.insert("in".into(), json!("title"));
                    }
                    object
                })
                .collect();
            json!({"text": l.text, "refs": refs, "records": l.records, "as_translated": l.as_translated})
        };
        let sections: Vec<Value> = self
            .sections
            .iter()
            .map(|s| json!({"name": s.topic.as_str(), "lines": s.lines.iter().map(line).collect::<Vec<_>>()}))
            .collect();
        json!({"schema": SCHEMA, "sections": sections})
    }
}
