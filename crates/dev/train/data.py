"""Reads treebanks, names and rated sentences, and turns words into the numbers that the model is fed.

The features defined here are repeated in `crates/syntax/src/features.rs`; change both or neither.
"""
import glob
import gzip
import json
import os
import random
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

import torch

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
    words: object = field(default=None, repr=False)  # the word types, numbers into `Words`
    marks: object = field(default=None, repr=False)  # [words, 5]: tag, lemma script, head, label, name, or IGNORE
    soft: object = field(default=None, repr=False)   # what the teacher sees: `teacher.Soft`


def read_conllu(path, entities=False):
    """Sentences of a treebank in order; `paragraph` counts `# newpar` and `# newdoc`. With `entities`, GUM's mentions become silver
    names; in any treebank what is no proper noun is outside a name, and the rest is left open."""
    out, rows, paragraph, space, until, kinds = [], [], 0, True, 0, {"person": "PER", "organization": "ORG", "place": "LOC"}

    def close():
        nonlocal rows
        if rows:
            s = Sentence([r[1] for r in rows], [r[10] for r in rows], [r[2] for r in rows], [f"{r[3]}|{r[5]}" for r in rows],
                         [int(r[6]) for r in rows], [r[7] for r in rows], paragraph=paragraph)
            s.names = silver_names(rows, kinds) if entities else [IGNORE if r[4].startswith("NNP") else 0 for r in rows]
            out.append(s)
        rows = []

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


TITLES = set("""mr mr. mrs mrs. ms ms. miss dr dr. sir lord lady dame president vice prime minister senator sen. rep. representative
governor gov. mayor general gen. colonel col. major maj. captain capt. sergeant sgt. lieutenant lt. admiral professor prof. judge justice
king queen prince princess pope cardinal bishop father brother sister saint secretary ambassador chancellor premier chairman""".split())


def silver_names(rows, kinds):
    """Names out of GUM's entities: the run of proper nouns around the head of each mention of a person, organisation or place.
    Proper nouns of other mentions are outside; those of no mention are left open. The widest name that holds a word wins."""
    proper = [r[4].startswith("NNP") for r in rows]
    tags = [IGNORE if p else 0 for p in proper]
    for first, last, kind in sorted(mentions(rows), key=lambda m: m[0] - m[1]):
        inside = range(first, last + 1)
        head = next((i for i in inside if not first <= int(rows[i][6]) - 1 <= last), None)
        if head is None or not proper[head]:
            continue
        a = b = head
        while a > first and (proper[a - 1] or a - 1 > first and rows[a - 1][3] in ("ADP", "DET", "CCONJ", "PUNCT") and proper[a - 2]
                             and rows[a - 1][1].lower() in ("of", "the", "and", "for", "-", "de", "al")):
            a -= 1
        while b < last and (proper[b + 1] or b + 2 <= last and rows[b + 1][1].lower() in ("of", "for", "-", "de") and proper[b + 2]):
            b += 1
        while kinds.get(kind) == "PER" and a < b and rows[a][1].lower() in TITLES:
            a += 1
        if any(t > 0 for t in tags[a:b + 1]):
            continue
        for k, i in enumerate(range(a, b + 1)):
            tags[i] = NAME_TAGS.index(("B-" if k == 0 else "I-") + kinds[kind]) if kind in kinds else 0 if tags[i] == IGNORE else tags[i]
    return tags


def mentions(rows):
    """`(first, last, entity type)` of every mention of a sentence, from GUM's bracketed `Entity=`."""
    out, open_ = [], {}
    for i, r in enumerate(rows):
        text = next((f[7:] for f in r[9].split("|") if f.startswith("Entity=")), "")
        at = 0
        while at < len(text):
            if text[at] == "(":
                ends = [e for e in (text.find("(", at + 1), text.find(")", at + 1)) if e >= 0]
                end = min(ends) if ends else len(text)
                parts = text[at + 1:end].split("-")
                kind = parts[1] if len(parts) > 1 else ""
                if end < len(text) and text[end] == ")":
                    out.append((i, i, kind))
                    end += 1
                else:
                    open_.setdefault(parts[0], []).append((i, kind))
                at = end
            else:
                end = text.find(")", at)
                end = len(text) if end < 0 else end
                begun = open_.get(text[at:end])
                if begun:
                    first, kind = begun.pop()
                    out.append((first, i, kind))
                at = end + 1
    return out


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


ABBREVIATIONS = re.compile(r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Maj|Lt|Sgt|Sen|Rep|Gov|St|Prof|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|No|vs|Jr|Inc|Co)|\.[A-Za-z])\.$")


def read_stories(path, most, seed=1):
    """Sentences of news stories without any marks, one JSON object with a `text` a line: about `most` words, drawn from all stories."""
    texts = [json.loads(line)["text"] for line in gzip.open(path, "rt", encoding="utf-8")]
    random.Random(seed).shuffle(texts)
    out, count = [], 0
    for text in texts:
        for line in text.split("\n"):
            start = 0
            for m in re.finditer(r"[.!?][\"”’')]*(?=\s+[\"“‘'(]?[A-Z0-9])|$", line):
                if m.group() and ABBREVIATIONS.search(line[start:m.end()]):
                    continue
                forms, before = rough_tokens(line[start:m.end()])
                start = m.end()
                if 4 <= len(forms) <= 60 and "{" not in forms:
                    out.append(Sentence(forms, before))
                    count += len(forms)
        if count >= most:
            break
    return out


def rough_tokens(text):
    """Good enough for sentences without trees: words, numbers and single marks, cut at hyphens as the treebanks do."""
    forms, before, at = [], [], 0
    for m in re.finditer(r"\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|(?:[A-Z]\.){2,}|\w+(?:[.,]\w+)*|\S", text):
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


class Words:
    """Every word type met, with what the network is fed of it: the mean of its piece vectors and its hashed features. Type 0 is the
    unknown word."""

    def __init__(self, vocab, vectors, buckets):
        self.pieces, self.vectors, self.buckets = Pieces(vocab), vectors, buckets
        self.numbers, self.cut, self.features = {}, [[self.pieces.unknown]], [[0] * 9]

    def number(self, form):
        if form not in self.numbers:
            self.numbers[form] = len(self.cut)
            self.cut.append(self.pieces(form))
            self.features.append(hashed(form, self.buckets))
        return self.numbers[form]

    def tables(self):
        """`[types, piece width]` and `[types, 9]`."""
        flat = torch.tensor([p for c in self.cut for p in c])
        starts = torch.tensor([0] + [len(c) for c in self.cut[:-1]]).cumsum(0)
        return torch.nn.functional.embedding_bag(flat, self.vectors, starts, mode="mean"), torch.tensor(self.features)


def prepare(sentences, words, index):
    """Fills `words` and `marks`: what a batch is made of."""
    for s in sentences:
        s.words = torch.tensor([words.number(f) for f in s.forms])
        blank = [IGNORE] * len(s.forms)
        s.marks = torch.tensor([
            [index["tags"].get(t, IGNORE) for t in s.tags] if s.tags else blank,
            [index["scripts"].get(script(f, l), IGNORE) for f, l in zip(s.forms, s.lemmas)] if s.lemmas else blank,
            s.heads or blank,
            [index["labels"].get(l, IGNORE) for l in s.labels] if s.labels else blank,
            s.names or blank]).t()
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
        "stories": find("events/synthetic.jsonl.gz"),
    }


def inventory(values, least):
    """Values seen at least `least` times, most frequent first."""
    return [v for v, n in sorted(Counter(values).items(), key=lambda kv: (-kv[1], kv[0])) if n >= least]
