//! What a case wants against what was found. Only attributes that the case names are compared; a record that it does not name
//! fails where the case speaks of its kind.

use super::case::Wanted;
use super::line::Line;

/// What became of one line of a case, in its order; then what the case did not ask for.
#[derive(Debug)]
enum Fate {
    /// As wanted.
    Kept(String),
    /// Not found; the nearest that was, where there is one.
    Missing(Line, Option<Line>),
    /// Found, not asked for.
    Unwanted(Line),
}

/// What comparing gave.
#[derive(Debug)]
pub struct Outcome {
    fates: Vec<Fate>,
    /// What was wrong in the line itself.
    faults: Vec<String>,
    /// Known mistakes that are mistakes no more.
    pub mended: Vec<String>,
}

/// Compares. `folder` says which kind an empty block speaks of; `found` gives the records of a kind, `None` for an unknown kind.
pub fn compare(wanted: &[Wanted], folder: &str, found: &dyn Fn(&str) -> Option<Vec<Line>>) -> Outcome {
    let mut outcome = Outcome { fates: Vec::new(), faults: Vec::new(), mended: Vec::new() };
    let mut kinds: Vec<&str> = Vec::new();
    for w in wanted {
        let Some(kind) = w.kind() else { continue };
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    if kinds.is_empty() {
        kinds.push(match folder {
            "times" => "time",
            "cleaning" => "removed",
            "garble" => "quarantined",
            other => other.strip_suffix('s').unwrap_or(other),
        });
    }
    let mut pool: Vec<Line> = Vec::new();
    for kind in kinds {
        match found(kind) {
            Some(records) => pool.extend(records),
            None => outcome.faults.push(format!("no record is called `{kind}`")),
        }
    }
    // The most particular lines choose first.
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let weight = |w: &Wanted| match w {
        Wanted::Record(l) => (0, usize::MAX - l.attributes.len()),
        Wanted::Wrong(l) => (1, usize::MAX - l.attributes.len()),
        _ => (2, 0),
    };
    order.sort_by_key(|&i| (weight(&wanted[i]), i));
    let mut taken = vec![false; pool.len()];
    let mut hit = vec![false; wanted.len()];
    for &i in &order {
        let (Wanted::Record(line) | Wanted::Wrong(line) | Wanted::Wants(line)) = &wanted[i] else { continue };
        outcome.faults.extend(unknown(line, &pool));
        if let Some(n) = (0..pool.len()).find(|&n| !taken[n] && matches(line, &pool[n])) {
            taken[n] = true;
            hit[i] = true;
        }
    }
    for (i, w) in wanted.iter().enumerate() {
        outcome.fates.push(match w {
            Wanted::Remark(text) => Fate::Kept(text.clone()),
            Wanted::Nothing(kind) => Fate::Kept(format!("none {kind}")),
            Wanted::Record(line) if hit[i] => Fate::Kept(line.to_string()),
            Wanted::Record(line) => {
                let near = nearest(line, &pool, &taken);
                if let Some(n) = near {
                    taken[n] = true;
                }
                Fate::Missing(line.clone(), near.map(|n| pool[n].clone()))
            }
            Wanted::Wrong(line) if hit[i] => Fate::Kept(format!("wrong: {line}")),
            Wanted::Wrong(line) => {
                outcome.mended.push(format!("no longer found: {line}"));
                continue;
            }
            Wanted::Wants(line) if hit[i] => {
                outcome.mended.push(format!("now found: {line}"));
                Fate::Kept(line.to_string())
            }
            Wanted::Wants(line) => Fate::Kept(format!("wants: {line}")),
        });
    }
    outcome.fates.extend(pool.into_iter().zip(taken).filter(|(_, taken)| !taken).map(|(line, _)| Fate::Unwanted(line)));
    outcome
}

fn matches(wanted: &Line, found: &Line) -> bool {
    wanted.kind == found.kind
        && (wanted.main.is_none() || wanted.main == found.main)
        && wanted.attributes.iter().all(|(key, value)| found.get(key).is_some_and(|v| v == value.as_deref()))
}

/// Attributes that no record of the kind has.
fn unknown(wanted: &Line, pool: &[Line]) -> Option<String> {
    let same = pool.iter().find(|l| l.kind == wanted.kind)?;
    let (key, _) = wanted.attributes.iter().find(|(key, _)| same.get(key).is_none())?;
    let known: Vec<&str> = same.attributes.iter().map(|(k, _)| k.as_str()).collect();
    Some(format!("a `{}` has no `{key}`; it has {}", wanted.kind, known.join(", ")))
}

/// The record that shares most with the wanted one, and something at least.
fn nearest(wanted: &Line, pool: &[Line], taken: &[bool]) -> Option<usize> {
    let shared = |found: &Line| {
        let main = 2 * usize::from(wanted.main.is_some() && wanted.main == found.main);
        main + wanted.attributes.iter().filter(|(k, v)| v.is_some() && found.get(k) == Some(v.as_deref())).count()
    };
    let free = (0..pool.len()).filter(|&n| !taken[n] && pool[n].kind == wanted.kind && shared(&pool[n]) > 0);
    free.max_by_key(|&n| (shared(&pool[n]), usize::MAX - n))
}

impl Outcome {
    /// Whether the case holds.
    pub fn passed(&self) -> bool {
        self.faults.is_empty() && self.fates.iter().all(|f| matches!(f, Fate::Kept(_)))
    }

    /// The difference, for people.
    pub fn report(&self) -> String {
        let mut out: String = self.faults.iter().map(|f| format!("  {f}\n")).collect();
        for fate in &self.fates {
            match fate {
                Fate::Kept(_) => {}
                Fate::Unwanted(line) => out.push_str(&format!("  unwanted  {}\n", short(line))),
                Fate::Missing(line, None) => out.push_str(&format!("  missing   {line}\n")),
                Fate::Missing(line, Some(near)) => {
                    out.push_str(&format!("  differs   {line}\n"));
                    if line.main.is_some() && line.main != near.main {
                        out.push_str(&format!("            found \"{}\"\n", near.main.as_deref().unwrap_or("")));
                    }
                    for (key, value) in &line.attributes {
                        let found = near.get(key).flatten();
                        if found != value.as_deref() {
                            let only = Line::new("", None).with(key, found);
                            out.push_str(&format!("            found{only}\n"));
                        }
                    }
                }
            }
        }
        out
    }

    /// The block as the program would have it: known mistakes keep their marks.
    pub fn blessed(&self) -> Vec<String> {
        let gone = |f: &Fate| matches!(f, Fate::Kept(line) if line.starts_with("none ") && self.fates.iter().any(|f| matches!(f, Fate::Unwanted(u) if line.ends_with(&u.kind))));
        let lines = self.fates.iter().filter(|f| !gone(f)).filter_map(|fate| match fate {
            Fate::Kept(line) => Some(line.clone()),
            Fate::Missing(_, None) => None,
            Fate::Missing(line, Some(near)) => {
                let mut blessed =
                    Line { kind: near.kind.clone(), main: near.main.clone().filter(|_| line.main.is_some()), ..Line::default() };
                blessed.attributes =
                    line.attributes.iter().filter_map(|(k, _)| Some((k.clone(), near.get(k)?.map(str::to_string)))).collect();
                Some(blessed.to_string())
            }
            Fate::Unwanted(line) => Some(short(line).to_string()),
        });
        lines.collect()
    }
}

/// The record without what is unknown or as usual.
fn short(line: &Line) -> Line {
    let mut line = line.clone();
    let usual = [("stance", "says"), ("basis", "stated")];
    line.attributes.retain(|(k, v)| v.as_deref().is_some_and(|v| !usual.contains(&(k.as_str(), v))));
    line
}
