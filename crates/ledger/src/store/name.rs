//! Names as people type them: codes, countries, parts of names, words of the pages.

use rusqlite::OptionalExtension;

use super::{Error, Kind, Store, Tried};

/// Codes that name a kind of party, not a country.
pub(super) const KINDS: [&str; 7] = ["UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"];

/// Words as one phrase of the full-text language.
pub(super) fn phrase(typed: &str) -> String {
    format!("\"{}\"", typed.replace('"', "\"\""))
}

impl Store {
    /// Keys of all ways of naming that the typed names mean.
    pub(super) fn names(&self, typed: &[String]) -> Result<Vec<i64>, Error> {
        let mut keys = Vec::new();
        for typed in typed {
            keys.extend(self.name(typed.trim()).tried(self, "cannot look up a name")?);
        }
        keys.sort_unstable();
        keys.dedup();
        Ok(keys)
    }

    fn name(&self, typed: &str) -> rusqlite::Result<Vec<i64>> {
        if !typed.chars().any(char::is_alphanumeric) {
            return Ok(Vec::new());
        }
        let column = |sql: &str, value: &str| -> rusqlite::Result<Vec<i64>> {
            self.conn.prepare_cached(sql)?.query_map([value], |row| row.get(0))?.collect()
        };
        let by_code = |code: &str| column("SELECT key FROM names WHERE code = ?1", code);
        // A code in capitals is meant as a code.
        if typed.len() == 3 && typed.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let keys = by_code(typed)?;
            if !keys.is_empty() {
                return Ok(keys);
            }
        }
        // A country's own name stands for all who act for it; so does one word that pages call the country by ("US").
        let state: Option<String> = self
            .conn
            .prepare_cached(
                "SELECT code FROM names WHERE name = ?1 COLLATE NOCASE AND code IS NOT NULL AND (actor = code OR actor LIKE '%:' || code)
                 UNION ALL
                 SELECT code FROM names WHERE words = ?1 COLLATE NOCASE AND instr(?1, ' ') = 0 AND words <> lower(words)
                   AND code IS NOT NULL AND (actor = code OR actor LIKE '%:' || code)
                 LIMIT 1",
            )?
            .query_row([typed], |row| row.get(0))
            .optional()?;
        let mut keys = match state.filter(|code| !KINDS.contains(&code.as_str())) {
            Some(code) => by_code(&code)?,
            None => Vec::new(),
        };
        keys.extend(column("SELECT rowid FROM name_search WHERE name_search MATCH ?1", &phrase(typed))?);
        keys.extend(column("SELECT key FROM names WHERE actor = ?1", typed)?);
        Ok(keys)
    }

    /// Keys of all ways of naming a place that the typed name means.
    pub(super) fn places(&self, typed: &str) -> Result<Vec<i64>, Error> {
        if !typed.chars().any(char::is_alphanumeric) {
            return Ok(Vec::new());
        }
        let what = "cannot look up a place";
        let mut rows =
            self.conn.prepare_cached("SELECT rowid FROM place_search WHERE place_search MATCH ?1").tried(self, what)?;
        rows.query_map([phrase(typed)], |row| row.get(0)).and_then(Iterator::collect).tried(self, what)
    }

    /// Categories by their names, in any case.
    pub(super) fn categories(&self, typed: &[String]) -> Result<Vec<String>, Error> {
        let one = |typed: &String| {
            crate::Category::parse(&typed.to_uppercase()).map(|category| category.as_str().to_string()).ok_or_else(|| {
                let all: Vec<&str> = crate::Category::all().map(crate::Category::as_str).collect();
                let what = format!("there is no event category `{typed}`; there are {}", all.join(", "));
                Error::new(Kind::Asked, &self.path, what)
            })
        };
        typed.iter().map(one).collect()
    }
}
