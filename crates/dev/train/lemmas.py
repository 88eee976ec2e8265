"""Lists the inflected forms of a treebank with their lemmas: `python crates/dev/train/lemmas.py --data ../shared/gold`.

Writes `crates/syntax/data/lemmas.tsv`: form (lower-case), part of speech, lemma, for every pair that is not its own lemma and
whose lemma is nearly always the same one; and `verbs.txt`: the verbs seen, by which the engine tells "hop" from "hope".
"""
import argparse
import collections
import os

import data as D

KEPT = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "PART", "PRON", "SCONJ", "VERB")
SURE = 0.85


def main():
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--data", default="../shared/gold")
    cli.add_argument("--out", default="crates/syntax/data")
    args = cli.parse_args()
    seen = collections.defaultdict(collections.Counter)
    for path in D.folders(args.data)["train"]:
        for s in D.read_conllu(path):
            for form, tag, lemma in zip(s.forms, s.tags, s.lemmas):
                seen[form.lower(), tag.split("|")[0]][lemma] += 1
    rows, verbs, lemmas_seen = [], collections.Counter(), collections.Counter()
    for (_, upos), lemmas in seen.items():
        lemmas_seen.update({(l, upos): n for l, n in lemmas.items()})
    for (form, upos), lemmas in seen.items():
        lemma, n = lemmas.most_common(1)[0]
        if upos == "VERB":
            verbs.update({l: k for l, k in lemmas.items() if l.isalpha() and l.islower()})
        if upos not in KEPT or "\t" in form or lemma == form or n / sum(lemmas.values()) < SURE or not form[0].isalpha():
            continue
        # What was seen once may be a slip of the pen.
        if n > 1 or lemmas_seen[lemma, upos] > 1:
            rows.append((form, upos, lemma))
    head = "# Inflected forms and their lemmas, as the training parts of the treebanks have them. Made by `crates/dev/train/lemmas.py`.\n"
    with open(os.path.join(args.out, "lemmas.tsv"), "w", encoding="utf-8") as f:
        f.write(head + "# form\tpart of speech\tlemma\n" + "".join("\t".join(r) + "\n" for r in sorted(rows)))
    with open(os.path.join(args.out, "verbs.txt"), "w", encoding="utf-8") as f:
        f.write("# Verbs that the training parts of the treebanks hold. Made by `crates/dev/train/lemmas.py`.\n"
                + "".join(v + "\n" for v in sorted(v for v, n in verbs.items() if n > 1 or len(v) > 3)))


if __name__ == "__main__":
    main()
