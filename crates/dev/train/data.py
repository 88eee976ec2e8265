"""Reads treebanks, names and rated sentences, and turns words into the numbers that the model is fed.

The features defined here are repeated in `crates/syntax/src/features.rs`; change both or neither.
"""
import glob
import gzip
import json
import os
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

MAX_PIECES = 6
NAME_TAGS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
IGNORE = -100


@dataclass
class Sentence:
    """One sentence; any layer may be absent (None)."""
    forms: list
    space_before: list
    lemmas: list = None
    tags: list = None          # "UPOS|FEATS"
    heads: list = None         # 0 is the root
    labels: list = None
    names: list = None         # index into NAME_TAGS, or IGNORE
    garble: float = None       # 1 unusable, 0 sound
    paragraph: int = 0
    piece: list = field(default=None, repr=False)
    hashed: list = field(default=None, repr=False)


def read_conllu(path, entities=False):
    """Sentences of a treebank in order; `paragraph` counts `# newpar` and `# newdoc`. GUM's named entities become silver
    names: spans with a Wikipedia title are names, other proper nouns are left open, the rest is outside."""
    out, rows, paragraph, space, until, kinds = [], [], 0, True, 0, {"person": "PER", "organization": "ORG", "place": "LOC"}
    open_spans = []

    def close():
        nonlocal rows, open_spans
        if rows:
            s = Sentence([r[1] for r in rows], [r[10] for r in rows], [r[2] for r in rows], [f"{r[3]}|{r[5]}" for r in rows],
                         [int(r[6]) for r in rows], [r[7] for r in rows], paragraph=paragraph)
            if entities:
                s.names = silver_names(rows, kinds)
            out.append(s)
        rows, open_spans = [], []

    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            close()
            until = 0
            continue
        if line.startswith("#"):
            if line.startswith("# newpar") or line.startswith("# newdoc"):
                paragraph += 1
            continue
        c = line.split("\t")
        if "." in c[0]:
            continue
        after = "SpaceAfter=No" not in c[9].split("|")
        if "-" in c[0]:
            first, until = map(int, c[0].split("-"))
            until_space, before = after, space
            start = first
            continue
        i = int(c[0])
        if i <= until:
            c.append(space if i == start else False)
            space = until_space if i == until else False
        else:
            c.append(space)
            space = after
        rows.append(c)
    close()
    return out


def silver_names(rows, kinds):
    tags = [IGNORE if r[3] == "PROPN" else 0 for r in rows]
    stack = {}
    for i, r in enumerate(rows):
        entity = next((f[7:] for f in r[9].split("|") if f.startswith("Entity=")), "")
        for start, end in re.findall(r"\(([^()]+)\)?|([^()]+)\)", entity):
            ident = (start or end).split("-")[0]
            if start:
                stack.setdefault(ident, []).append((i, start))
                if entity[entity.index("(" + start) + 1 + len(start):].startswith(")"):
                    mark(tags, rows, stack[ident].pop(), i, kinds)
            elif stack.get(ident):
                mark(tags, rows, stack[ident].pop(), i, kinds)
    return tags


def mark(tags, rows, begun, last, kinds):
    """Marks the proper nouns of a linked mention; mentions that hold other words than a name are left open."""
    first, text = begun
    parts = text.split("-")
    if len(parts) < 8 or parts[1] not in kinds or not parts[-1]:
        return
    span = list(range(first, last + 1))
    if rows[first][3] == "DET":
        span = span[1:]
    if span and all(rows[i][3] in ("PROPN", "ADP", "NUM", "ADJ", "NOUN", "CCONJ", "DET") for i in span) and rows[span[-1]][3] == "PROPN" \
            and sum(rows[i][3] == "PROPN" for i in span) * 2 >= len(span):
        for k, i in enumerate(span):
            tags[i] = NAME_TAGS.index(("B-" if k == 0 else "I-") + kinds[parts[1]])


def read_iob2(path):
    """Sentences of a names file, with spaces taken from its `# text` line."""
    out, forms, tags, text = [], [], [], ""
    for line in list(open(path, encoding="utf-8")) + ["\n"]:
        line = line.rstrip("\n")
        if line.startswith("# text = "):
            text = line[9:]
        elif not line:
            if forms:
                at, before = 0, []
                for f in forms:
                    j = text.find(f, at)
                    before.append(j > at or at == 0)
                    at = j + len(f) if j >= 0 else at
                out.append(Sentence(forms, before, names=[NAME_TAGS.index(t) if t in NAME_TAGS else 0 for t in tags]))
            forms, tags = [], []
        elif not line.startswith("#"):
            c = line.split("\t")
            forms.append(c[1])
            tags.append(c[2])
    return out


def read_rated(path, tokenize):
    """Sentences with a mean rating below 50 (unusable) or from 80 (sound)."""
    out = []
    for line in (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8"):
        row = json.loads(line)
        if "da" not in row or 50 <= row["da"] < 80:
            continue
        forms, before = tokenize(row["sentence"])
        if 3 <= len(forms) <= 80:
            out.append(Sentence(forms, before, garble=float(row["da"] < 50)))
    return out


def rough_tokens(text):
    """Good enough for rated sentences: words, numbers and single marks."""
    forms, before, at = [], [], 0
    for m in re.finditer(r"\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\w+(?:[-.,]\w+)*|\S", text):
        forms.append(m.group())
        before.append(m.start() > at or at == 0)
        at = m.end()
    return forms, before


class Pieces:
    """Word pieces as BERT uncased cuts them, on the pruned vocabulary."""

    def __init__(self, vocab):
        self.ids = {p: i for i, p in enumerate(vocab)}
        self.unknown = self.ids["[UNK]"]
        self.cache = {}

    def __call__(self, form):
        if form not in self.cache:
            self.cache[form] = self.cut(form)
        return self.cache[form]

    def cut(self, form):
        word = "".join(ch for ch in unicodedata.normalize("NFD", form.lower()) if unicodedata.category(ch) != "Mn")
        found = []
        for part in re.findall(r"[^\W_]+|.", word):     # BERT cuts at every mark
            at = 0
            while at < len(part):
                for end in range(min(len(part), at + 20), at, -1):
                    piece = ("##" if at else "") + part[at:end]
                    if piece in self.ids:
                        found.append(self.ids[piece])
                        at = end
                        break
                else:
                    found.append(self.unknown)
                    break
                if len(found) >= MAX_PIECES:
                    return found[:MAX_PIECES]
        return found[:MAX_PIECES] or [self.unknown]


def fnv(tag, text):
    h = 2166136261
    for b in tag + text.encode():
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    return h


def shape(form):
    """Upper X, lower x, digit d, other characters as they are; runs of more than two fold to two; at most 12."""
    out = []
    for ch in form:
        c = "X" if ch.isupper() else "x" if ch.islower() else "d" if ch.isdigit() else ch
        if len(out) < 2 or out[-1] != c or out[-2] != c:
            out.append(c)
        if len(out) == 12:
            break
    return "".join(out)


def hashed(form, buckets):
    """Always nine features: the word, three prefixes, four suffixes, the shape."""
    low = form.lower()
    keys = [(b"w", low), (b"1", low[:1]), (b"2", low[:2]), (b"3", low[:3]), (b"a", low[-1:]), (b"b", low[-2:]), (b"c", low[-3:]),
            (b"d", low[-4:]), (b"s", shape(form))]
    return [fnv(t, k) % buckets for t, k in keys]


def prepare(sentences, pieces, buckets):
    cache = {}
    for s in sentences:
        s.piece = [pieces(f) for f in s.forms]
        for f in s.forms:
            if f not in cache:
                cache[f] = hashed(f, buckets)
        s.hashed = [cache[f] for f in s.forms]
    return sentences


def script(form, lemma):
    """How to make the lemma: `=n+suffix` (cut n characters off the end of the form, add the suffix), on the lower-cased form
    (`l`) or the form as it is (`k`); irregular words are kept whole (`!lemma`)."""
    for mark_, base in (("l", form.lower()), ("k", form)):
        common = os.path.commonprefix([base, lemma])
        cut, add = len(base) - len(common), lemma[len(common):]
        if cut <= 5 and len(add) <= 4 and (len(common) > 0 or cut == 0):
            return f"{mark_}{cut}+{add}"
    return "!" + lemma


def folders(data):
    """Every pack under `data`, by file pattern; whatever is missing is an empty list."""
    find = lambda *p: sorted(q for pattern in p for q in glob.glob(os.path.join(data, pattern)))
    return {
        "train": find("syntax/*-train.conllu", "*-train.conllu"),
        "dev": find("syntax/*-dev.conllu", "*-dev.conllu"),
        "names": find("names/*-dev.iob2", "names/wikigold.iob2"),
        "politics": find("names/politics.iob2"),
        "rated": find("garble/mlqe-train.jsonl.gz"),
        "rated_dev": find("garble/mlqe-dev.jsonl.gz"),
        "clean": find("garble/clean.jsonl"),
    }


def inventory(values, least):
    """Values seen at least `least` times, most frequent first."""
    return [v for v, n in sorted(Counter(values).items(), key=lambda kv: (-kv[1], kv[0])) if n >= least]
