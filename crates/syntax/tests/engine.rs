//! What holds for every text: a sentence reads the same alone, in company and in another order; spans slice their words; nothing
//! that a page may hold makes the engine panic or crawl.

use syntax::{Engine, Parse, write_conllu};
use text::{Body, Source, Span};

const SENTENCES: [&str; 8] = [
    "Russia's deputy foreign minister met his American counterpart in Geneva on Monday.",
    "No.",
    "“We will not sit down again,” he told reporters, “unless the drafts are answered.”",
    "The bloc, which has 27 members, imposed sanctions on 12 companies and froze $1.5 billion in assets.",
    "Talks between Kyiv and the separatists collapsed.",
    "Don't expect a breakthrough, said an official who asked not to be named.",
    "Two soldiers were killed and five wounded when shells hit a checkpoint near the village, the army said.",
    "U.S. envoys left.",
];

fn parse(text: &str) -> Parse {
    let source: Source<Body> = Source::new(text);
    let mut at = 0;
    let mut paragraphs = Vec::new();
    for line in text.split('\n') {
        paragraphs.push(Span::new(at as u32, (at + line.len()) as u32));
        at += line.len() + 1;
    }
    Engine::embedded().expect("built-in model").parse(&source, &paragraphs)
}

/// The word lines of each sentence, without what depends on its place.
fn rows(parse: &Parse) -> Vec<Vec<String>> {
    let conllu = write_conllu(parse, |_| None);
    conllu.split("\n\n").map(|s| s.lines().filter(|l| !l.starts_with('#')).map(str::to_string).collect()).collect()
}

#[test]
fn a_sentence_reads_the_same_alone_in_company_and_in_another_order() {
    let alone: Vec<Vec<Vec<String>>> = SENTENCES.iter().map(|s| rows(&parse(s))).collect();
    let garble = |p: &Parse| p.sentences().map(|s| s.health().garble.to_bits()).collect::<Vec<_>>();
    let flat =
        |order: &[usize]| order.iter().flat_map(|&i| alone[i].iter().filter(|s| !s.is_empty()).cloned()).collect::<Vec<_>>();
    let orders: [Vec<usize>; 3] = [(0..8).collect(), (0..8).rev().collect(), vec![3, 0, 7, 1, 6, 2, 5, 4]];
    for order in orders {
        let text = order.iter().map(|&i| SENTENCES[i]).collect::<Vec<_>>().join("\n");
        let together = parse(&text);
        let found: Vec<_> = rows(&together).into_iter().filter(|s| !s.is_empty()).collect();
        // The last word of a paragraph is followed by a line end here and by nothing there.
        let plain = |v: Vec<Vec<String>>| v.into_iter().map(|s| s.join("\n").replace("SpaceAfter=No", "_")).collect::<Vec<_>>();
        assert_eq!(plain(found), plain(flat(&order)));
        let one_by_one: Vec<u32> = order.iter().flat_map(|&i| garble(&parse(SENTENCES[i]))).collect();
        assert_eq!(garble(&together), one_by_one);
    }
}

#[test]
fn threads_change_nothing() {
    let text = SENTENCES.join("\n");
    let here = rows(&parse(&text));
    let there: Vec<_> = (0..4)
        .map(|_| {
            std::thread::spawn({
                let text = text.clone();
                move || rows(&parse(&text))
            })
        })
        .collect();
    for thread in there {
        assert_eq!(thread.join().expect("no panic"), here);
    }
}

#[test]
fn whatever_a_page_holds_is_read() {
    let texts = [
        String::new(),
        " \u{200b}\u{feff}\n\n\t".to_string(),
        "word ".repeat(20_000),
        "x".repeat(200_000),
        "?!".repeat(50_000),
        "—".repeat(30_000),
        "«»“”„‚‘’「」『』".repeat(500),
        "Путин сказал 習近平 said שלום no. ".repeat(200),
        "a\u{301}\u{302}\u{303}".repeat(2_000),
        "((((((((((".repeat(2_000),
        "He said that ".repeat(3_000),
    ];
    for text in texts {
        let parse = parse(&text);
        let mut at = 0;
        for word in parse.words() {
            assert!(word.span().start() >= at && !word.form().is_empty());
            at = word.span().end();
        }
        for sentence in parse.sentences() {
            assert_eq!(sentence.words().filter(|w| w.head().is_none()).count(), 1, "one root");
            for word in sentence.words() {
                assert!(word.ancestors().all(|a| a.id() != word.id()), "no cycle");
            }
        }
    }
}
