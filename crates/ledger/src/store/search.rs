//! Full-text search, with the words around the first hit.

use super::entry::{FACTS, facts};
use super::name::phrase;
use super::{Error, Facts, Filter, Kind, Store, Tried};

/// A page that has the words looked for.
#[derive(Debug, Clone)]
pub struct Match {
    /// The page.
    pub facts: Facts,
    /// Some words around the first hit.
    pub excerpt: String,
    /// Where in `excerpt` the hits stand, in bytes.
    pub hits: Vec<std::ops::Range<usize>>,
}

impl Store {
    /// Pages that have all of `words` (or the phrase between quotation marks), best first.
    pub fn search(&self, words: &str, filter: &Filter) -> Result<Vec<Match>, Error> {
        let what = "cannot search";
        let asked = terms(words);
        if asked.is_empty() {
            return Err(Error::new(Kind::Asked, &self.path, "name words to search for"));
        }
        let mut filter_sql = self.pages_where(filter)?;
        let question = asked.iter().map(|term| phrase(term)).collect::<Vec<_>>().join(" ");
        let question = filter_sql.value(question);
        let sql = format!(
            "SELECT {FACTS}, g.key FROM (SELECT rowid AS hit, rank AS score FROM search WHERE search MATCH {question})
             JOIN pages g ON g.key = hit WHERE {} ORDER BY score, g.id LIMIT {}",
            filter_sql.sql(),
            filter.limit.unwrap_or(20),
        );
        let mut rows = self.conn.prepare_cached(&sql).tried(self, what)?;
        let found: Vec<(Facts, i64)> = rows
            .query_map(filter_sql.values(), |row| Ok((facts(row)?, row.get(18)?)))
            .and_then(Iterator::collect)
            .tried(self, what)?;
        let mut matches = Vec::with_capacity(found.len());
        let then = |key: &i64| self.then.pages.contains_key(key);
        let found: Vec<(Facts, i64)> = found.into_iter().filter(|(_, key)| !then(key)).collect();
        for (facts, key) in found {
            let entry = self.entry_by_key(key)?;
            let (excerpt, hits) = excerpt(&entry.text, &asked);
            matches.push(Match { facts, excerpt, hits });
        }
        // The index has the present words; those of a past day are looked through.
        if !self.then.pages.is_empty() {
            let allowed = self.pages_where(filter)?;
            let sql = format!("SELECT key FROM pages g WHERE {} ORDER BY g.id", allowed.sql());
            let mut rows = self.conn.prepare(&sql).tried(self, what)?;
            let keys: Vec<i64> =
                rows.query_map(allowed.values(), |row| row.get(0)).and_then(Iterator::collect).tried(self, what)?;
            for key in keys.into_iter().filter(then) {
                let entry = self.entry_by_key(key)?;
                let there = |term: &String| !excerpt(&entry.text, std::slice::from_ref(term)).1.is_empty();
                if asked.iter().all(there) {
                    let (excerpt, hits) = excerpt(&entry.text, &asked);
                    matches.push(Match { facts: entry.facts, excerpt, hits });
                }
            }
        }
        Ok(matches)
    }
}

/// The words of a search, phrases between quotation marks kept whole.
fn terms(words: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for (n, piece) in words.split('"').enumerate() {
        if n % 2 == 1 {
            terms.push(piece.trim().to_string());
        } else {
            terms.extend(piece.split_whitespace().map(str::to_string));
        }
    }
    terms.retain(|term| term.chars().any(char::is_alphanumeric));
    terms
}

/// How much of a page a match shows, in bytes before and after the first hit.
const AROUND: usize = 120;

/// The words around the first hit, and all hits among them.
fn excerpt(text: &str, terms: &[String]) -> (String, Vec<std::ops::Range<usize>>) {
    let words: Vec<Vec<String>> = terms.iter().map(|term| split(term).map(|range| fold(&term[range])).collect()).collect();
    let there: Vec<std::ops::Range<usize>> = split(text).collect();
    let mut hits: Vec<std::ops::Range<usize>> = Vec::new();
    let mut window = None;
    for n in 0..there.len() {
        if window.is_some_and(|end| there[n].start > end) {
            break;
        }
        for term in &words {
            let fits = term.iter().enumerate().all(|(m, word)| there.get(n + m).is_some_and(|r| fold(&text[r.clone()]) == *word));
            if fits && !term.is_empty() {
                let end = there[n + term.len() - 1].end;
                window.get_or_insert(there[n].start + AROUND);
                hits.push(there[n].start..end);
            }
        }
    }
    let first = hits.first().map_or(0, |hit| hit.start);
    let from = there.iter().map(|range| range.start).find(|start| start + AROUND >= first).unwrap_or(0);
    let last = hits.last().map_or(0, |hit| hit.end);
    let to = there.iter().map(|range| range.end).take_while(|end| *end <= first + AROUND).last().unwrap_or(0).max(last);
    let excerpt = text.get(from..to).unwrap_or("").to_string();
    let hits = hits.into_iter().map(|hit| hit.start - from..hit.end - from).collect();
    (excerpt, hits)
}

/// Where the words of a text stand.
fn split(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let (start, first) = rest.next()?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = rest.next_if(|(_, c)| c.is_alphanumeric()) {
            end = at + c.len_utf8();
        }
        Some(start..end)
    })
}

/// As the index compares words, but for accents.
fn fold(word: &str) -> String {
    word.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_the_hits() {
        let text = "Russia and the United States held talks in Geneva. ".repeat(10) + "Kyiv said: “No talks without us.”";
        let (words, hits) = excerpt(&text, &terms("\"no talks\" kyiv"));
        let shown: Vec<&str> = hits.iter().map(|hit| &words[hit.clone()]).collect();
        assert_eq!(shown, ["Kyiv", "No talks"]);
        assert!(words.len() <= 2 * AROUND + 20);
        assert_eq!(terms(" \"\" - "), Vec::<String>::new());
    }
}
