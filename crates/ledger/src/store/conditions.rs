//! What a filter asks of records, condition by condition: each as lists from indexes and as a test of one record.

use super::narrow::{Condition, List, Wanted, Where, keys_value, placed, words_value};
use super::{Error, Filter, Store};

impl Store {
    /// What events and statements are asked alike; `days` apart.
    pub(super) fn common(&self, wanted: &Wanted, filter: &Filter) -> Result<Vec<Condition>, Error> {
        let Wanted { table, short, .. } = wanted;
        let mut conditions = Vec::new();
        conditions.push(if filter.rejected {
            Condition {
                values: Vec::new(),
                lists: vec![format!("SELECT key FROM {table} WHERE status = 'rejected' AND status <> 'read'").into()],
                test: format!("{short}.status = 'rejected'"),
            }
        } else {
            Condition { values: Vec::new(), lists: Vec::new(), test: format!("{short}.status <> 'rejected'") }
        });
        if let Some(page) = &filter.page {
            conditions.push(Condition {
                values: vec![self.page_key(page)?.unwrap_or(-1).into()],
                lists: vec![format!("SELECT key FROM {table} WHERE page = {{0}}").into()],
                test: format!("{short}.page = {{0}}"),
            });
        }
        Ok(conditions)
    }

    /// The conditions on events. A plus before a column keeps the planner from leading with its index: that is what lists are for.
    pub(super) fn event_conditions(&self, wanted: &Wanted, filter: &Filter) -> Result<Vec<Condition>, Error> {
        let mut conditions = self.common(wanted, filter)?;
        if !filter.event.is_empty() {
            let names = self.categories(&filter.event)?;
            // A record's further categories are few, and have an index of their own. Users' own categories stand under
            // PLOVER's: `CONSULT.SPORT`, in the order of the index right behind `CONSULT.`.
            conditions.push(Condition {
                values: vec![words_value(&names)],
                lists: vec![
                    "SELECT key FROM events WHERE event IN (SELECT value FROM json_each({0})){days} UNION ALL
                     SELECT e.key FROM json_each({0}) v CROSS JOIN events e ON e.event > v.value || '.' AND e.event < v.value || '/'
                     UNION ALL SELECT key FROM events WHERE instr(events, ',') > 0
                       AND EXISTS (SELECT 1 FROM json_each({0}) WHERE instr(events, ', ' || value) > 0)"
                        .into(),
                ],
                test: "(e.event IN (SELECT value FROM json_each({0})) OR (instr(e.event, '.') > 0
                         AND EXISTS (SELECT 1 FROM json_each({0}) WHERE e.event > value || '.' AND e.event < value || '/'))
                         OR (instr(e.events, ',') > 0
                         AND EXISTS (SELECT 1 FROM json_each({0}) WHERE instr(e.events, ', ' || value) > 0)))"
                    .to_string(),
            });
        }
        if !filter.modality.is_empty() {
            let names: Vec<String> = filter.modality.iter().map(ToString::to_string).collect();
            let common = filter.modality.contains(&crate::Modality::Asserted);
            let list =
                "SELECT key FROM events WHERE modality IN (SELECT value FROM json_each({0})) AND modality <> 'asserted'{days}";
            conditions.push(Condition {
                values: vec![words_value(&names)],
                lists: if common { Vec::new() } else { vec![list.into()] },
                test: "+e.modality IN (SELECT value FROM json_each({0}))".to_string(),
            });
        }
        // Who is who takes longer to test than what it is.
        for (role, typed) in [("actor", &filter.actor), ("recipient", &filter.recipient)] {
            if !typed.is_empty() {
                conditions.push(Condition {
                    values: vec![keys_value(&self.names(typed)?)],
                    lists: vec![List {
                        all: format!(
                            "SELECT event FROM parties WHERE name IN (SELECT value FROM json_each({{0}})) AND role = '{role}'"
                        ),
                        among: Some(format!(
                            "SELECT p.event FROM json_each({{keys}}) k CROSS JOIN parties p ON p.event = k.value
                             WHERE p.role = '{role}' AND +p.name IN (SELECT value FROM json_each({{0}}))"
                        )),
                    }],
                    test: format!(
                        "EXISTS (SELECT 1 FROM parties p WHERE p.event = e.key AND p.role = '{role}'
                           AND +p.name IN (SELECT value FROM json_each({{0}})))"
                    ),
                });
            }
        }
        if let Some((one, other)) = &filter.dyad {
            let list = |n: usize| List {
                all: format!("SELECT event FROM parties WHERE name IN (SELECT value FROM json_each({{{n}}}))"),
                among: Some(format!(
                    "SELECT p.event FROM json_each({{keys}}) k CROSS JOIN parties p ON p.event = k.value
                     WHERE +p.name IN (SELECT value FROM json_each({{{n}}}))"
                )),
            };
            // Two on one side are a pair only where there is no other side: they met.
            conditions.push(Condition {
                values: vec![
                    keys_value(&self.names(std::slice::from_ref(one))?),
                    keys_value(&self.names(std::slice::from_ref(other))?),
                ],
                lists: vec![list(0), list(1)],
                test: "EXISTS (SELECT 1 FROM parties p CROSS JOIN parties q ON q.event = p.event WHERE p.event = e.key
                         AND +p.name IN (SELECT value FROM json_each({0})) AND +q.name IN (SELECT value FROM json_each({1}))
                         AND (p.role <> q.role OR (p.position <> q.position AND e.recipients IS NULL)))"
                    .to_string(),
            });
        }
        if let Some(typed) = &filter.said_by {
            conditions.push(Condition {
                values: vec![keys_value(&self.names(std::slice::from_ref(typed))?)],
                lists: vec![
                    "SELECT e.key FROM speakers k CROSS JOIN statements s ON s.key = k.statement CROSS JOIN events e ON e.said_by = s.id
                     WHERE k.name IN (SELECT value FROM json_each({0}))"
                        .into(),
                ],
                test: "EXISTS (SELECT 1 FROM statements s CROSS JOIN speakers k ON k.statement = s.key WHERE s.id = e.said_by
                         AND +k.name IN (SELECT value FROM json_each({0})))"
                    .to_string(),
            });
        }
        if let Some(typed) = &filter.place {
            conditions.push(Condition {
                values: vec![keys_value(&self.places(typed)?)],
                lists: vec![
                    "SELECT key FROM events WHERE place IN (SELECT value FROM json_each({0})) AND place IS NOT NULL".into(),
                ],
                test: "+e.place IN (SELECT value FROM json_each({0}))".to_string(),
            });
        }
        // On a past day there were others; see `find_told`.
        if let Some(origins) = filter.origins.filter(|origins| *origins > 1 && self.until.is_none()) {
            conditions.push(Condition {
                values: vec![i64::from(origins).into()],
                lists: vec![
                    "SELECT e.key FROM happenings h CROSS JOIN events e ON e.happening = h.id WHERE h.origins >= {0}".into(),
                ],
                test: "coalesce(h.origins, 1) >= {0}".to_string(),
            });
        }
        Ok(conditions)
    }

    /// The conditions on statements.
    pub(super) fn statement_conditions(&self, wanted: &Wanted, filter: &Filter) -> Result<Vec<Condition>, Error> {
        let mut conditions = self.common(wanted, filter)?;
        for typed in [filter.actor.as_slice(), filter.said_by.as_slice()] {
            if !typed.is_empty() {
                conditions.push(Condition {
                    values: vec![keys_value(&self.names(typed)?)],
                    lists: vec!["SELECT statement FROM speakers WHERE name IN (SELECT value FROM json_each({0}))".into()],
                    test: "EXISTS (SELECT 1 FROM speakers k WHERE k.statement = s.key
                             AND +k.name IN (SELECT value FROM json_each({0})))"
                        .to_string(),
                });
            }
        }
        // What only events have is asked of those that the statement contains.
        if !filter.is_for_statements() {
            let filter = Filter { actor: Vec::new(), said_by: None, ..filter.clone() };
            conditions.push(self.an_event(&filter, "e.said_by = s.id")?);
        }
        Ok(conditions)
    }

    /// That there is an event with all that `filter` asks for but days; `link` says where.
    fn an_event(&self, filter: &Filter, link: &str) -> Result<Condition, Error> {
        let wanted = Wanted { table: "events", short: "e", columns: "", joins: "" };
        let conditions = self.event_conditions(&wanted, filter)?;
        let head = format!("SELECT 1 FROM events e LEFT JOIN happenings h ON h.id = e.happening WHERE {link}");
        Ok(any(&head, conditions))
    }

    /// Limits pages (`g`) to those with a record that `filter` asks for, where it asks for records at all.
    pub(super) fn with_records(&self, filter: &Filter, sql: &mut Where) -> Result<(), Error> {
        let asked = Filter { since: None, until: None, limit: None, page: None, ..filter.clone() };
        if asked.is_everything() {
            return Ok(());
        }
        let mut either = vec![self.an_event(&asked, "e.page = g.key")?];
        if asked.is_for_statements() {
            let wanted = Wanted { table: "statements", short: "s", columns: "", joins: "" };
            let conditions = self.statement_conditions(&wanted, &asked)?;
            either.push(any("SELECT 1 FROM statements s WHERE s.page = g.key", conditions));
        }
        let tests: Vec<String> = either.into_iter().map(|condition| sql.bound(&condition)).collect();
        sql.and(format!("({})", tests.join(" OR ")));
        Ok(())
    }
}

/// That there is a row of `head` that meets all conditions.
fn any(head: &str, conditions: Vec<Condition>) -> Condition {
    let mut values = Vec::new();
    let mut test = head.to_string();
    for condition in conditions {
        // From the last, so that no number is taken for another's.
        let moved = (0..condition.values.len())
            .rev()
            .fold(condition.test, |test, n| placed(&test, n, &format!("{{{}}}", n + values.len())));
        test += &format!(" AND {moved}");
        values.extend(condition.values);
    }
    Condition { values, lists: Vec::new(), test: format!("EXISTS ({test})") }
}
