//! The kinds of record of a case with several pages: what they are to one another.

use detente::Reading;
use detente::sources::{Digest, Publishers, SourceRow, judge, reports};
use page::copies::{Copies, Sketch};

use super::line::Line;

/// Pages judged, in two orders: as the case has them, and turned about.
pub struct Judged {
    rows: Vec<SourceRow>,
    merges: Vec<Line>,
}

impl Judged {
    /// Judges the readings; `Err` where the order of the pages tells.
    pub fn new(mut readings: Vec<Reading>) -> Result<Judged, String> {
        let rows = judge(&readings);
        let merges = merges(&readings);
        readings.reverse();
        let mut turned = judge(&readings);
        turned.reverse();
        for (row, other) in rows.iter().zip(&turned) {
            let (one, two) = (source(row), source(other));
            if one != two {
                return Err(format!("in another order of the pages `{one}` is `{two}`"));
            }
        }
        Ok(Judged { rows, merges })
    }

    /// The records of `kind`, page by page; `None` where there is no such kind.
    pub fn records(&self, kind: &str) -> Option<Vec<Line>> {
        Some(match kind {
            "source" => self.rows.iter().map(source).collect(),
            "repair" => self.rows.iter().flat_map(repairs).collect(),
            "cited" => {
                let cited = |row: &SourceRow| -> Vec<Line> {
                    row.cited.iter().map(|c| Line::new(kind, Some(&c.name)).with("on", Some(&row.page))).collect()
                };
                self.rows.iter().flat_map(cited).collect()
            }
            "reports" => {
                let told = reports(self.rows.iter().map(|row| (row, row.cited.first().map(|c| c.paragraph))));
                let line = Line::new(kind, None)
                    .with("copies", Some(told.copies.to_string()))
                    .with("outlets", Some(told.outlets.to_string()))
                    .with("origins", Some(told.origins.to_string()));
                vec![line]
            }
            "merge" => self.merges.clone(),
            _ => return None,
        })
    }
}

fn source(row: &SourceRow) -> Line {
    Line::new("source", Some(&row.page))
        .with("cluster", Some(&row.cluster))
        .with("role", Some(row.role.as_str()))
        .with("copy_of", row.copy_of.as_ref())
        .with("overlap", row.overlap.map(|o| format!("{:.1}", o)))
        .with("origin", Some(&row.origin))
        .with("verdict", Some(row.verdict.word))
        .with("reasons", Some(row.verdict.reasons.join("; ")))
        .with("publisher", row.publisher.as_ref())
        .with("family", row.family.as_ref())
        .with("control", row.control.as_ref())
        .with("agencies", Some(row.agencies.join("; ")))
        .with("cleaner", row.cleaner.as_ref())
        .with("why", row.why.first())
}

fn repairs(row: &SourceRow) -> Vec<Line> {
    let repair = |r: &detente::sources::Repair| {
        Line::new("repair", Some(&r.text)).with("on", Some(&row.page)).with("page", Some(&r.page)).with("offer", Some(&r.offer))
    };
    row.repairs.iter().map(repair).collect()
}

/// What became of clusters as the pages came one after the other.
fn merges(readings: &[Reading]) -> Vec<Line> {
    let mut copies = Copies::default();
    for reading in readings {
        copies.add(&reading.article.page, Sketch::new(&reading.article));
    }
    let change = |c: &page::copies::Change| {
        Line::new("merge", None).with("from", Some(&c.from)).with("into", Some(&c.into)).with("by", Some(&c.by))
    };
    copies.changes().iter().map(change).collect()
}

// Digests are what a ledger keeps of pages: they must say the same.
#[test]
fn digests_and_readings_are_judged_alike() {
    let reader = detente::Reader::new(detente::ReaderOptions::default()).expect("built-in model");
    let page = page::Page::verbatim(
        "a",
        "Envoys of both sides met in Geneva on Monday and left without an agreement.",
        page::Given::default(),
    );
    let reading = reader.read(&page);
    let digest = Digest::new(&reading, &Publishers::builtin().expect("built-in publishers"));
    let kept = detente::sources::judge_digests(&[digest]);
    assert_eq!(kept.iter().map(source).collect::<Vec<_>>(), judge(&[reading]).iter().map(source).collect::<Vec<_>>());
}
