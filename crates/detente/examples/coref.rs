//! Reads CoNLL-U (forms, sentences and documents alone), writes the same words with `Entity=` for every chain of coreference. For measuring:
//! `cargo run --release -p detente --example coref < gold.conllu > system.conllu`.
//! With `--signs` it prints instead what the weights of pronouns are fitted on: document, pronoun, column, then first, last and signs of each candidate.

use std::io::{Read, Write};

use detente::actors;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let signs = std::env::args().any(|a| a == "--signs");
    let engine = syntax::Engine::embedded()?;
    let lexicon = detente::Lexicon::builtin()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut documents: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.starts_with("# newdoc") || documents.is_empty() {
            documents.push((line.to_string(), String::new()));
        }
        if let Some((_, body)) = documents.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    for (name, body) in documents {
        // Forms alone are read: everything else of the gold is blanked.
        let mut bare = String::new();
        for line in body.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() == 10 {
                let glue = if cells[9].contains("SpaceAfter=No") { "SpaceAfter=No" } else { "_" };
                if !cells[0].contains('.') {
                    bare.push_str(&format!("{}\t{}\t_\t_\t_\t_\t0\t_\t_\t{glue}\n", cells[0], cells[1]));
                }
            } else if line.is_empty() || line.starts_with("# newpar") {
                bare.push_str(line);
                bare.push('\n');
            }
        }
        let parse = engine.parse_words(&syntax::read_conllu(&bare)?);
        if signs {
            actors::pronoun_candidates(&parse, &lexicon.actors, |word, class, seen| {
                let list: Vec<String> = seen.iter().map(|(a, b, s)| format!("{a} {b} {}", s.join(","))).collect();
                let _ = writeln!(out, "{}\t{}\t{class}\t{}", name.rsplit(' ').next().unwrap_or(""), word.0, list.join("\t"));
            });
            continue;
        }
        let mut marks = vec![String::new(); parse.words().len()];
        let mut spans: Vec<(u32, u32, usize)> = Vec::new();
        for (n, chain) in actors::clusters(&parse, &lexicon.actors).iter().enumerate() {
            spans.extend(chain.iter().map(|&(a, b)| (a.0, b.0, n)));
        }
        spans.sort_by_key(|&(a, b, n)| (a, std::cmp::Reverse(b), n));
        spans.dedup();
        for &(a, b, n) in spans.iter().filter(|s| s.0 < s.1) {
            marks[a as usize].push_str(&format!("({n}"));
            let _ = b;
        }
        for &(a, _, n) in spans.iter().filter(|s| s.0 == s.1) {
            marks[a as usize].push_str(&format!("({n})"));
        }
        let mut ends: Vec<_> = spans.iter().filter(|s| s.0 < s.1).collect();
        ends.sort_by_key(|&&(a, b, n)| (b, std::cmp::Reverse(a), n));
        for &&(_, b, n) in &ends {
            marks[b as usize].push_str(&format!("{n})"));
        }
        writeln!(out, "{name}")?;
        let mut word = 0;
        for line in bare.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() == 10 && !cells[0].contains('-') {
                let misc = if marks[word].is_empty() { "_".to_string() } else { format!("Entity={}", marks[word]) };
                writeln!(out, "{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}", cells[0], cells[1])?;
                word += 1;
            } else if line.is_empty() {
                writeln!(out)?;
            }
        }
    }
    Ok(())
}
