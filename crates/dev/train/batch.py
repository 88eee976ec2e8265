"""Sentences set out for the networks: batches of like length, padded."""
import random

import torch

import data as D


class Batch:
    """Sentences padded to one length. Words of all sentences lie flat for the embedding, then are set out."""

    def __init__(self, sentences, index, word_drop=0.0):
        self.n, self.lengths = len(sentences), torch.tensor([len(s.forms) for s in sentences])
        width = int(self.lengths.max())
        flat, offsets, hashed = [], [], []
        for s in sentences:
            for p, h in zip(s.piece, s.hashed):
                offsets.append(len(flat))
                if word_drop and random.random() < word_drop:
                    # Forget the spelling or the piece, seldom both: the rest must do.
                    p, h = ([index["unknown"]], h) if random.random() < 0.7 else (p, [0] * 9)
                flat.extend(p)
                hashed.append(h)
        self.flat, self.offsets, self.hashed = torch.tensor(flat), torch.tensor(offsets), torch.tensor(hashed)
        self.mask = torch.arange(width)[None] < self.lengths[:, None]
        grid = lambda f: self.set_out([v for s in sentences for v in f(s)])
        blank = lambda s: [D.IGNORE] * len(s.forms)
        self.tags = grid(lambda s: [index["tags"].get(t, index["tags_unknown"]) for t in s.tags] if s.tags else blank(s))
        self.scripts = grid(lambda s: [index["scripts"].get(D.script(f, l), D.IGNORE) for f, l in zip(s.forms, s.lemmas)] if s.lemmas else blank(s))
        self.heads = grid(lambda s: s.heads or blank(s))
        self.labels = grid(lambda s: [index["labels"].get(l, D.IGNORE) for l in s.labels] if s.labels else blank(s))
        self.names = grid(lambda s: s.names or blank(s))
        self.garble = torch.tensor([D.IGNORE if s.garble is None else s.garble for s in sentences])

    def set_out(self, values):
        out = torch.full(self.mask.shape, D.IGNORE)
        out[self.mask] = torch.tensor(values)
        return out

    def words(self, model):
        flat = model.embed(self.flat, self.offsets, self.hashed)
        out = torch.zeros(*self.mask.shape, flat.shape[1])
        out[self.mask] = flat
        return out


def batches(sentences, words, shuffle=True):
    """Batches of about `words` words, of sentences of like length."""
    order = sorted(sentences, key=lambda s: len(s.forms) + (random.random() * 6 if shuffle else 0))
    out, current, count = [], [], 0
    for s in order:
        current.append(s)
        count += len(s.forms)
        if count >= words:
            out.append(current)
            current, count = [], 0
    if current:
        out.append(current)
    if shuffle:
        random.shuffle(out)
    return out
