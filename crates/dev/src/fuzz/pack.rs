//! Sound packed files around any bytes, so that damage reaches what lies behind the first mark.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

/// The bytes as gzip of one or two members, as ZIP (stored or deflated) or as tar; which one follows from their number.
pub fn packed(input: &[u8]) -> Vec<u8> {
    let name = ["a.txt", "b/a.html", "a.jsonl", "a.warc", "a.xml"][input.len() % 5];
    match input.len() / 5 % 5 {
        0 => gzip(input),
        1 => {
            let half = input.len() / 2;
            [gzip(&input[..half]), gzip(&input[half..])].concat()
        }
        2 => zip(name, input, false),
        3 => zip(name, input, true),
        _ => gzip(&tar(name, input)),
    }
}

fn gzip(input: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory does not fail; were it to, the file would be short, which is welcome here.
    let _ = encoder.write_all(input);
    encoder.finish().unwrap_or_default()
}

fn zip(name: &str, input: &[u8], deflated: bool) -> Vec<u8> {
    let data = if deflated {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        let _ = encoder.write_all(input);
        encoder.finish().unwrap_or_default()
    } else {
        input.to_vec()
    };
    let mut file = b"PK\x03\x04\x14\0\0\0".to_vec();
    file.extend_from_slice(&(if deflated { 8u16 } else { 0 }).to_le_bytes());
    file.extend_from_slice(&[0; 8]);
    file.extend_from_slice(&(data.len() as u32).to_le_bytes());
    file.extend_from_slice(&(input.len() as u32).to_le_bytes());
    file.extend_from_slice(&(name.len() as u16).to_le_bytes());
    file.extend_from_slice(&[0, 0]);
    file.extend_from_slice(name.as_bytes());
    file.extend_from_slice(&data);
    file.extend_from_slice(b"PK\x01\x02");
    file
}

fn tar(name: &str, input: &[u8]) -> Vec<u8> {
    let mut file = vec![0u8; 512];
    file[..name.len()].copy_from_slice(name.as_bytes());
    let size = format!("{:011o}", input.len());
    file[124..135].copy_from_slice(size.as_bytes());
    file[156] = b'0';
    file[257..262].copy_from_slice(b"ustar");
    file[148..156].fill(b' ');
    let sum: u32 = file.iter().map(|b| u32::from(*b)).sum();
    file[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
    file.extend_from_slice(input);
    file.resize(file.len().div_ceil(512) * 512 + 1024, 0);
    file
}
