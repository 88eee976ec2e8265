//! Parquet: small files as other programs write them (`tests/tables`, see its README), files made here to be hostile, and any
//! damage to either.
#![allow(clippy::unwrap_used)]

use std::io::Cursor;
use std::path::PathBuf;

use page::{Kind, Page, ReadOptions};

fn table(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/tables").join(name)
}

fn read(name: &str) -> Vec<Result<Page, String>> {
    page::read(&table(name), &ReadOptions::default()).map(|p| p.map_err(|e| e.to_string())).collect()
}

fn pages(bytes: &[u8]) -> Vec<Result<Page, String>> {
    page::read_from("x.parquet", Cursor::new(bytes.to_vec()), &ReadOptions::default())
        .map(|p| p.map_err(|e| e.to_string()))
        .collect()
}

const ALL: [&str; 6] = [
    "arrow-snappy.parquet",
    "arrow-zstd-v2.parquet",
    "arrow-gzip-int96.parquet",
    "arrow-delta.parquet",
    "polars.parquet",
    "duckdb.parquet",
];

#[test]
fn tables_of_every_writer_give_the_same_pages() {
    for name in ALL {
        let rows = read(name);
        assert_eq!(rows.len(), 4, "{name}: {rows:?}");
        assert!(rows[1].as_ref().unwrap_err().contains(":2: holds no page"), "{name}: {:?}", rows[1]);
        let page = |n: usize| rows[n].as_ref().unwrap();
        assert!(page(0).raw.as_str().contains("The envoys met in Geneva on Monday.\n\nThey will meet again"), "{name}");
        assert!(page(2).raw.as_str().contains("Kyiv said no."), "{name}");
        assert!(page(3).raw.as_str().contains("bridge — the mayor"), "{name}");
        assert_eq!(page(0).given.published, "2022-01-13".parse().ok(), "{name}");
        assert_eq!(page(2).given.published, None, "{name}");
        assert_eq!(page(3).given.published, "2022-01-15".parse().ok(), "{name}");
        assert_eq!(page(3).given.url.as_deref(), Some("http://example.org/3"), "{name}");
        // As a stream, and packed, the same.
        let whole = std::fs::read(table(name)).unwrap();
        let again: Vec<_> = pages(&whole).into_iter().flatten().map(|p| p.id).collect();
        assert_eq!(again, rows.iter().flatten().map(|p| p.id.clone()).collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn columns_fill_the_parts_of_a_page() {
    let rows = read("arrow-snappy.parquet");
    let (first, last) = (rows[0].as_ref().unwrap(), rows[3].as_ref().unwrap());
    assert_eq!((first.id.as_str(), last.id.as_str()), ("11", "14"));
    assert_eq!(last.given.title.as_deref(), Some("Four"));
    assert_eq!(last.given.language.as_deref(), Some("en"));
    // A line break makes a page of it, a bare sentence is kept to the letter.
    assert_eq!((first.kind, last.kind), (Kind::Text, Kind::Verbatim));
    let markup = read("duckdb.parquet");
    assert_eq!(markup[0].as_ref().unwrap().kind, Kind::Html);
    assert_eq!(markup[0].as_ref().unwrap().given.byline.as_deref(), Some("A. Reporter"));
    assert_eq!(read("polars.parquet")[0].as_ref().unwrap().given.publisher.as_deref(), Some("The Paper"));
}

#[test]
fn what_cannot_be_read_is_said() {
    let brotli = read("arrow-brotli.parquet");
    assert!(brotli[0].as_ref().unwrap_err().contains("packed by Brotli"), "{brotli:?}");
    let whole = std::fs::read(table("arrow-snappy.parquet")).unwrap();
    let torn = pages(&whole[..whole.len() - 20]);
    assert!(torn[0].as_ref().unwrap_err().contains("breaks off"), "{torn:?}");
    let none = pages(&small(&[("year", Some("1"))]));
    assert!(none[0].as_ref().unwrap_err().contains("no column of words named text"), "{none:?}");
}

/// A file of one row group with plain columns of one value each, written by hand.
fn small(columns: &[(&str, Option<&str>)]) -> Vec<u8> {
    let mut file = b"PAR1".to_vec();
    let mut chunks = Vec::new();
    for (_, value) in columns {
        let value = value.unwrap_or_default();
        let mut data = (value.len() as u32).to_le_bytes().to_vec();
        data.extend_from_slice(value.as_bytes());
        chunks.push((file.len(), page_head(data.len(), data.len(), 1), data));
        let (_, head, data) = &chunks[chunks.len() - 1];
        file.extend_from_slice(head);
        file.extend_from_slice(data);
    }
    let mut footer = Vec::new();
    footer.extend([0x15, 2, 0x19, ((columns.len() + 1) as u8) << 4 | 12]);
    // The root, then the columns: BYTE_ARRAY, required.
    footer.extend([0x48, 1, b's', 0x15, zigzag(columns.len())[0], 0]);
    for (name, _) in columns {
        footer.extend([0x15, 12, 0x25, 0, 0x18, name.len() as u8]);
        footer.extend_from_slice(name.as_bytes());
        footer.push(0);
    }
    footer.extend([0x16, 2, 0x19, 1 << 4 | 12, 0x19, (columns.len() as u8) << 4 | 12]);
    for (start, head, data) in &chunks {
        footer.extend([0x3c, 0x15, 12, 0x35, 0]);
        footer.extend([0x36]);
        footer.extend(zigzag(head.len() + data.len()));
        footer.extend([0x26]);
        footer.extend(zigzag(*start));
        footer.extend([0, 0]);
    }
    footer.extend([0x26, 2, 0, 0]);
    file.extend_from_slice(&footer);
    file.extend_from_slice(&(footer.len() as u32).to_le_bytes());
    file.extend_from_slice(b"PAR1");
    file
}

fn page_head(unpacked: usize, packed: usize, values: usize) -> Vec<u8> {
    let mut head = vec![0x15, 0, 0x15];
    head.extend(zigzag(unpacked));
    head.push(0x15);
    head.extend(zigzag(packed));
    head.extend([0x2c, 0x15]);
    head.extend(zigzag(values));
    head.extend([0x15, 0, 0x15, 6, 0x15, 6, 0, 0]);
    head
}

fn zigzag(n: usize) -> Vec<u8> {
    let mut n = n << 1;
    let mut out = Vec::new();
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
    out
}

#[test]
fn a_file_written_by_hand_is_read() {
    let rows = pages(&small(&[("text", Some("Kyiv said no.")), ("url", Some("http://example.org/"))]));
    assert_eq!(rows.len(), 1, "{rows:?}");
    let page = rows[0].as_ref().unwrap();
    assert_eq!((page.raw.as_str(), page.given.url.as_deref()), ("Kyiv said no.", Some("http://example.org/")));
}

#[test]
fn any_damage_is_survived() {
    let mut state = 1u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % end
    };
    for name in ALL {
        let whole = std::fs::read(table(name)).unwrap();
        for _ in 0..400 {
            let mut bytes = whole.clone();
            for _ in 0..=below(3) {
                // The table of contents, at the end, is where the lengths are.
                let at = if below(2) == 0 { below(bytes.len()) } else { bytes.len() - 1 - below(bytes.len().min(700)) };
                bytes[at] = below(256) as u8;
            }
            assert!(pages(&bytes).len() < 100_000, "{name}");
        }
        for end in (0..whole.len()).step_by(7) {
            pages(&whole[..end]);
        }
    }
}
