//! Laws of the test and of the clusters, on pages made of invented words.

use super::*;

/// A small generator of numbers, so that every run makes the same pages.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }
}

/// Sentences of a report: twelve words each out of many.
fn report(dice: &mut Dice, sentences: usize) -> Vec<String> {
    let syllables = ["ba", "ko", "ri", "tel", "mun", "sa", "vor", "lin", "dep", "go", "zan", "hul"];
    let mut word = || (0..3).map(|_| syllables[dice.below(12)]).collect::<String>();
    (0..sentences).map(|_| format!("Then {}.", (0..12).map(|_| word()).collect::<Vec<_>>().join(" "))).collect()
}

fn write(sentences: &[String]) -> String {
    sentences.chunks(3).map(|p| p.join(" ")).collect::<Vec<_>>().join("\n\n")
}

/// Reports, cut and lengthened copies of them, round-ups of their parts.
fn pages(seed: u64) -> Vec<(String, String)> {
    let dice = &mut Dice(seed);
    let reports: Vec<Vec<String>> = (0..6).map(|_| report(dice, 14)).collect();
    let mut texts: Vec<String> = reports.iter().map(|r| write(r)).collect();
    for r in &reports {
        texts.push(write(&r[..5 + dice.below(6)]));
        let more = 1 + dice.below(8);
        texts.push(write(&[r.clone(), report(dice, more)].concat()));
        let mut turned = r.clone();
        turned.rotate_left(dice.below(14));
        texts.push(write(&turned));
    }
    for _ in 0..4 {
        let parts: Vec<String> = (0..4)
            .flat_map(|_| {
                let (r, from) = (dice.below(6), dice.below(4));
                reports[r][from..from + 3 + dice.below(3)].to_vec()
            })
            .collect();
        texts.push(write(&parts));
    }
    texts.into_iter().enumerate().map(|(n, text)| (format!("{:02}", (n * 7) % 31), text)).collect()
}

fn clusters(pages: &[(String, String)]) -> Vec<(String, String)> {
    let mut copies = Copies::default();
    pages.iter().for_each(|(id, text)| {
        copies.add(id, Sketch::of_text(text));
    });
    let mut named: Vec<_> = pages.iter().map(|(id, _)| (id.clone(), copies.cluster(id).unwrap_or("").to_string())).collect();
    named.sort();
    named
}

#[test]
fn clusters_do_not_depend_on_the_order() {
    for seed in 0..12 {
        let mut pages = pages(seed);
        let first = clusters(&pages);
        assert!(first.iter().any(|(id, cluster)| id != cluster), "nothing joined");
        for _ in 0..4 {
            let dice = &mut Dice(seed + 99);
            (1..pages.len()).for_each(|i| pages.swap(i, dice.below(i + 1)));
            assert_eq!(clusters(&pages), first, "seed {seed}");
        }
    }
}

#[test]
fn the_test_is_symmetric() {
    let pages = pages(3);
    for (_, a) in &pages {
        for (_, b) in &pages {
            let (a, b) = (Sketch::of_text(a), Sketch::of_text(b));
            assert_eq!(compare(&a, &b), compare(&b, &a).swapped());
            assert_eq!(compare(&a, &b).kinship(), compare(&b, &a).kinship());
        }
    }
}

#[test]
fn a_cluster_is_named_after_its_smallest_page_and_old_names_point_on() {
    let text = write(&report(&mut Dice(1), 10));
    let mut copies = Copies::default();
    for id in ["m", "t", "c"] {
        copies.add(id, Sketch::of_text(&text));
    }
    assert_eq!(copies.add("c", Sketch::of_text("Something else altogether.")), 2);
    assert_eq!(copies.cluster("t"), Some("c"));
    let changes: Vec<(&str, &str, &str)> =
        copies.changes().iter().map(|c| (c.from.as_str(), c.into.as_str(), c.by.as_str())).collect();
    assert_eq!(changes, [("t", "m", "t"), ("m", "c", "c")]);
    assert_eq!(copies.cluster("unknown"), None);
}

#[test]
fn a_cut_is_set_free_when_its_longer_page_proves_a_round_up() {
    let dice = &mut Dice(5);
    let (a, b, c) = (report(dice, 14), report(dice, 14), report(dice, 14));
    let short = write(&a[..5]);
    let round_up = write(&[&a[..4], &b[..4], &c[..4]].concat());
    let mut copies = Copies::default();
    copies.add("r", Sketch::of_text(&round_up));
    copies.add("s", Sketch::of_text(&short));
    assert_eq!(copies.cluster("s"), Some("r"), "nothing tells them apart yet");
    copies.add("b", Sketch::of_text(&write(&b)));
    copies.add("c", Sketch::of_text(&write(&c)));
    assert_eq!(copies.cluster("s"), Some("s"));
    assert_eq!(copies.cluster("r"), Some("r"));
    copies.add("a", Sketch::of_text(&write(&a)));
    assert_eq!(copies.cluster("s"), Some("a"));
    assert!(copies.borrowed(0).share > 0.9);
    assert_eq!(copies.borrowed(0).from.len(), 4);
}

#[test]
fn rows_give_the_index_back() {
    let mut copies = Copies::default();
    let pages = pages(8);
    let (early, late) = pages.split_at(20);
    early.iter().for_each(|(id, text)| {
        copies.add(id, Sketch::of_text(text));
    });
    let mut again = Copies::from_rows(copies.page_rows().collect::<Vec<_>>(), copies.link_rows().collect::<Vec<_>>());
    for (id, text) in late {
        copies.add(id, Sketch::of_text(text));
        again.add(id, Sketch::of_text(text));
    }
    for (id, _) in &pages {
        assert_eq!(again.cluster(id), copies.cluster(id));
    }
    assert_eq!(again.links(), copies.links());
}

#[test]
fn a_form_filled_in_again_is_no_copy() {
    let form = |place: &str, size: &str, depth: &str, town: &str| {
        let line = format!("An earthquake of magnitude {size} struck near {place} at a depth of {depth} kilometres on Monday. ");
        let rest =
            format!("People in {town} felt it for several seconds. No damage was reported to the authorities in {place}. ");
        (line + &rest).repeat(4)
    };
    let (a, b) = (form("Izmir", "4.7", "11", "Bodrum"), form("Valdivia", "5.2", "34", "Temuco"));
    assert_ne!(compare(&Sketch::of_text(&a), &Sketch::of_text(&b)).kinship(), Kinship::Copy);
}
