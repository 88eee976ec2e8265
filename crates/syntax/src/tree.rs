//! The best tree with one root: greedy heads where they already make one, Chu-Liu and Edmonds otherwise.

/// Heads of `n` words (0 is the root, `i + 1` the word `i`) from `scores[dependent * (n + 1) + head]`.
pub fn best_tree(scores: &[f32], n: usize, heads: &mut Vec<usize>) {
    heads.clear();
    let score = |d: usize, h: usize| scores[d * (n + 1) + h];
    heads.extend(
        (0..n).map(|d| (0..=n).filter(|&h| h != d + 1).fold(0, |best, h| if score(d, h) > score(d, best) { h } else { best })),
    );
    let roots = heads.iter().filter(|&&h| h == 0).count();
    if roots == 1 && cycle(heads).is_none() {
        return;
    }
    // The root is the word that loses least by it; no other may be one.
    let loss = |d: usize| (1..=n).filter(|&h| h != d + 1).map(|h| score(d, h)).fold(f32::NEG_INFINITY, f32::max) - score(d, 0);
    let root = (0..n).fold(0, |best, d| if loss(d) < loss(best) { d } else { best });
    let mut matrix: Vec<Vec<f32>> = vec![vec![f32::NEG_INFINITY; n + 1]; n + 1];
    for d in 0..n {
        for h in 0..=n {
            if h != d + 1 && (h != 0 || d == root) && (d != root || h == 0) {
                matrix[d + 1][h] = score(d, h);
            }
        }
    }
    let found = edmonds(&matrix);
    for d in 0..n {
        heads[d] = found[d + 1];
    }
}

/// A word on a cycle of `heads`.
fn cycle(heads: &[usize]) -> Option<usize> {
    // 0 unseen, 1 on the present path, 2 known to reach the root.
    let mut state = vec![0u8; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            match heads[at].checked_sub(1) {
                Some(next) => at = next,
                None => break,
            }
        }
        if state[at] == 1 && heads[at] != 0 {
            return Some(at);
        }
        let mut at = start;
        while state[at] == 1 {
            state[at] = 2;
            match heads[at].checked_sub(1) {
                Some(next) => at = next,
                None => break,
            }
        }
    }
    None
}

/// Chu-Liu-Edmonds on a full matrix `[node][head]`; node 0 is the root. Contracts one cycle at a time: cubic at worst, and
/// sentences are bounded.
fn edmonds(matrix: &[Vec<f32>]) -> Vec<usize> {
    let n = matrix.len();
    let mut heads = vec![0usize; n];
    for d in 1..n {
        heads[d] = (0..n)
            .filter(|&h| h != d)
            .fold(usize::MAX, |best, h| if best == usize::MAX || matrix[d][h] > matrix[d][best] { h } else { best });
        if heads[d] == usize::MAX {
            heads[d] = 0;
        }
    }
    let Some(on) = cycle(&heads[1..]) else { return heads };
    let mut inside = vec![false; n];
    let mut at = on + 1;
    while !inside[at] {
        inside[at] = true;
        at = heads[at];
    }
    // Outside nodes keep an order; the cycle becomes the last node.
    let outside: Vec<usize> = (0..n).filter(|&v| !inside[v]).collect();
    let members: Vec<usize> = (0..n).filter(|&v| inside[v]).collect();
    let m = outside.len();
    let mut small = vec![vec![f32::NEG_INFINITY; m + 1]; m + 1];
    let mut enters = vec![0usize; m];
    let mut leaves = vec![0usize; m];
    for (i, &v) in outside.iter().enumerate() {
        for (j, &u) in outside.iter().enumerate() {
            small[i][j] = matrix[v][u];
        }
        for &c in &members {
            if matrix[v][c] > small[i][m] {
                small[i][m] = matrix[v][c];
                leaves[i] = c;
            }
            let gain = matrix[c][v] - matrix[c][heads[c]];
            if gain > small[m][i] || (gain == small[m][i] && enters[i] == 0) {
                small[m][i] = gain;
                enters[i] = c;
            }
        }
    }
    let found = edmonds(&small);
    for (i, &v) in outside.iter().enumerate().skip(1) {
        heads[v] = if found[i] == m { leaves[i] } else { outside[found[i]] };
    }
    let from = found[m].min(m.saturating_sub(1));
    heads[enters[from]] = outside[from];
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn always_one_root_and_no_cycle() {
        let mut seed = 1u32;
        for n in 1..30 {
            for _ in 0..20 {
                let scores: Vec<f32> = (0..n * (n + 1))
                    .map(|_| {
                        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (seed >> 8) as f32 / 1e6
                    })
                    .collect();
                let mut heads = Vec::new();
                best_tree(&scores, n, &mut heads);
                assert_eq!(heads.iter().filter(|&&h| h == 0).count(), 1);
                assert!(cycle(&heads).is_none(), "{heads:?}");
            }
        }
    }

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        // Words 1 and 2 like each other best; word 2 can also hang on the root at little loss.
        let scores = [0.0, f32::NEG_INFINITY, 9.0, 8.0, 9.0, f32::NEG_INFINITY];
        let mut heads = Vec::new();
        best_tree(&scores, 2, &mut heads);
        assert_eq!(heads, [2, 0]);
    }
}
