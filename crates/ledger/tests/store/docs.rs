//! The example queries of the book run as they stand.

use crate::pages::{place, store, talks};

#[test]
fn example_queries_run() {
    let book = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/ledger.md")).unwrap();
    let (_folder, path) = place();
    drop(store(&path, &talks()));
    let conn = rusqlite::Connection::open(&path).unwrap();
    let mut run = 0;
    for block in book.split("```sql\n").skip(1) {
        for query in block.split("```").next().unwrap().split(';').filter(|query| !query.trim().is_empty()) {
            let mut statement = conn.prepare(query).unwrap_or_else(|error| panic!("{query}: {error}"));
            let mut rows = statement.query([]).unwrap();
            while rows.next().unwrap().is_some() {}
            run += 1;
        }
    }
    assert!(run >= 3);
    // And all views that the tables' list names.
    for view in ["event_list", "statement_list", "source_list", "actors", "dyads"] {
        let rows: i64 = conn.query_row(&format!("SELECT count(*) FROM {view}"), [], |row| row.get(0)).unwrap();
        assert!(rows > 0, "{view}");
        assert!(book.contains(&format!("`{view}`")));
    }
}
