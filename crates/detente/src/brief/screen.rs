//! Which lines stand on the screen: one page of a brief, its rows shared out among the sections.

use std::collections::BTreeSet;

use super::{Brief, Topic};

/// Rows of one page.
const ROWS: usize = 60;
/// A row's width where the brief is not set in rows.
pub(super) const WIDTH: usize = 100;
/// Sources that are listed though the page is full.
const SOURCES: usize = 8;

impl Brief {
    /// The positions of the lines shown in every section, in order. With `lines`, so many of each; without, what fits one page:
    /// the sections take turns, so that none is crowded out, and the sources are those that the lines shown refer to.
    pub(super) fn shown(&self, lines: Option<usize>, width: usize) -> Vec<Vec<usize>> {
        let all = |n: usize, section: &super::Section| (0..n.min(section.lines.len())).collect::<Vec<usize>>();
        if let Some(lines) = lines {
            return self.sections.iter().map(|s| all(lines, s)).collect();
        }
        let mut shown: Vec<Vec<usize>> = vec![Vec::new(); self.sections.len()];
        let headings = self.sections.iter().filter(|s| !s.lines.is_empty()).count() * 2;
        let mut left = ROWS.saturating_sub(1 + headings);
        let mut cited: BTreeSet<usize> = BTreeSet::new();
        let mut full = vec![false; self.sections.len()];
        for round in 0..Topic::ALL.iter().map(|t| t.screen()).max().unwrap_or(0) {
            for (n, section) in self.sections.iter().enumerate() {
                if full[n] || section.topic == Topic::Sources || round >= section.topic.screen() {
                    continue;
                }
                let Some(line) = section.lines.get(round) else { continue };
                let pages: BTreeSet<usize> = line.refs.iter().map(|r| r.page).collect();
                let sources = cited.union(&pages).count().min(SOURCES);
                let rows = self.rows(section.topic, line, width, false).len();
                // The first line of a section stands whatever it takes.
                if round > 0 && rows + sources > left {
                    full[n] = true;
                    continue;
                }
                left = left.saturating_sub(rows);
                cited.extend(pages);
                shown[n].push(round);
            }
        }
        for (n, section) in self.sections.iter().enumerate().filter(|(_, s)| s.topic == Topic::Meetings) {
            // Meetings are read as a calendar, undated ones last.
            shown[n].sort_by_key(|&k| (section.lines[k].day.is_none(), section.lines[k].day, k));
        }
        for (n, section) in self.sections.iter().enumerate().filter(|(_, s)| s.topic == Topic::Sources) {
            let of_page = |line: &super::Line| line.refs.first().map(|r| r.page);
            let listed: Vec<usize> =
                (0..section.lines.len()).filter(|&k| of_page(&section.lines[k]).is_some_and(|p| cited.contains(&p))).collect();
            let listed = if listed.is_empty() { all(SOURCES, section) } else { listed };
            shown[n] = listed[..listed.len().min(left.clamp(SOURCES, Topic::Sources.screen()))].to_vec();
        }
        shown
    }
}
