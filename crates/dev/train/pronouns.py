#!/usr/bin/env python3
"""Fit the weights of pronouns, lexicon/actors/pronouns.tsv.

    cargo run -p dev -- signs ../shared/gold/syntax/gum-train.conllu > signs.tsv
    pronouns.py ../shared/gold/syntax/gum-train.conllu signs.tsv [OLD.tsv] > pronouns.tsv

`dev signs` prints a line a pronoun: document, word, column, then for every candidate its first word, last word and signs. A candidate is
right where the smallest marked phrase around it is of the pronoun's entity. For each column (he and she, it, they) the weights are those of a
multinomial choice between the candidates and nobody; L2 keeps rare signs small. Comments at the head of OLD.tsv are kept. numpy alone.
"""
import re
import sys

import numpy as np

DECAY = 2.0
# What "nobody" is lowered by, for it and they: a missed link costs more than a doubtful one. Chosen on the development part.
MISSED = {1: 1.5, 2: 1.0}


def entities(path):
    """{document: {(first, last): entity}} and {document: {word: entity of the one-word mention}}"""
    docs, name, n, open_at = {}, None, 0, {}
    for line in open(path, encoding="utf-8"):
        if line.startswith("# newdoc"):
            name, n, open_at = line.split("=")[-1].strip(), 0, {}
            docs[name] = {}
        cells = line.rstrip("\n").split("\t")
        if len(cells) != 10 or not cells[0].isdigit():
            continue
        entity = next((f[7:] for f in cells[9].split("|") if f.startswith("Entity=")), "")
        for start, shut, end in re.findall(r"\(([^-()]+)(?:-[^()]*)?(\)?)|([^-()]+)\)", entity):
            if start and not shut:
                open_at.setdefault(start, []).append(n)
            elif start:
                docs[name][n, n] = start
            elif open_at.get(end):
                docs[name][open_at[end].pop(), n] = end
        n += 1
    return docs


def around(marks, first, last):
    best = None
    for (a, b), entity in marks.items():
        if a <= first and last <= b and (best is None or b - a < best[0]):
            best = (b - a, entity)
    return best and best[1]


def examples(gold, path):
    rows = [[], [], []]
    for line in open(path, encoding="utf-8"):
        name, word, column, *candidates = line.rstrip("\n").split("\t")
        marks = gold[name]
        mine = marks.get((int(word), int(word)))
        seen, right = [], []
        for candidate in filter(None, candidates):
            first, last, signs = candidate.split(" ", 2)
            seen.append(signs.split(","))
            right.append(mine is not None and around(marks, int(first), int(last)) == mine)
        rows[int(column)].append((seen, right))
    return rows


def fit(rows, missed):
    free = missed is not None
    names = sorted({s for seen, _ in rows for c in seen for s in c})
    at = {s: i for i, s in enumerate(names)}
    none = len(names)
    data = []
    for seen, right in rows:
        if not seen or not (any(right) or free):
            continue
        data.append(([[at[s] for s in c] for c in seen], right))
    w = np.zeros(none + 1)
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    for step in range(1, 401):
        grad = DECAY * w
        grad[none] = 0
        loss = 0.5 * DECAY * float(w @ w)
        for seen, right in data:
            scores = np.array([w[c].sum() for c in seen] + ([w[none]] if free else []))
            good = np.array(right + ([not any(right)] if free else []))
            p = np.exp(scores - scores.max())
            p /= p.sum()
            q = p * good
            loss -= np.log(max(q.sum(), 1e-12))
            q /= max(q.sum(), 1e-12)
            for k, c in enumerate(seen):
                d = p[k] - q[k]
                for s in c:
                    grad[s] += d
            if free:
                grad[none] += p[-1] - q[-1]
        m = 0.9 * m + 0.1 * grad
        v = 0.99 * v + 0.01 * grad * grad
        w -= 0.3 / (1 + step / 100) * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
        if step % 100 == 0:
            print(f"step {step} loss {loss:.1f} of {len(data)}", file=sys.stderr)
    weights = {s: w[i] for s, i in at.items()}
    weights["none"] = w[none] - missed if free else -9.0
    return weights


def main():
    gold = entities(sys.argv[1])
    columns = [fit(rows, MISSED.get(n)) for n, rows in enumerate(examples(gold, sys.argv[2]))]
    if len(sys.argv) > 3:
        sys.stdout.writelines(line for line in open(sys.argv[3], encoding="utf-8") if line.startswith("#"))
    for sign in sorted(set().union(*columns)):
        print(sign, *(f"{c.get(sign, 0.0):.2f}".replace("-0.00", "0.00") for c in columns), sep="\t")


if __name__ == "__main__":
    main()
