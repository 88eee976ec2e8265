"""Sentences set out for the networks: batches of like length, padded."""
import random

import torch
from torch.nn.utils.rnn import pad_sequence

import data as D


class Batch:
    """Sentences padded to one length, on `device`."""

    def __init__(self, sentences, device="cpu"):
        self.sentences, self.n = sentences, len(sentences)
        self.lengths = torch.tensor([len(s.forms) for s in sentences])
        put = lambda rows, blank: pad_sequence(rows, batch_first=True, padding_value=blank).to(device)
        self.words = put([s.words for s in sentences], 0)
        self.mask = (torch.arange(self.words.shape[1])[None] < self.lengths[:, None]).to(device)
        marks = pad_sequence([s.marks for s in sentences], batch_first=True, padding_value=D.IGNORE)
        layers = ("tags", "scripts", "heads", "labels", "names")
        self.marked = {name for name, m in zip(layers, marks.unbind(-1)) if (m != D.IGNORE).any()}
        self.tags, self.scripts, self.heads, self.labels, self.names = marks.to(device).unbind(-1)
        self.garble = torch.tensor([D.IGNORE if s.garble is None else s.garble for s in sentences])
        if (self.garble != D.IGNORE).any():
            self.marked.add("garble")
        self.garble = self.garble.to(device)
        self.soft = None
        if all(s.soft is not None for s in sentences):
            width = self.words.shape[1]
            heads = torch.zeros(self.n, width, width + 1)
            for i, s in enumerate(sentences):
                heads[i, :len(s.forms), :len(s.forms) + 1] = s.soft.heads
            self.soft = {k: put([getattr(s.soft, k).float() for s in sentences], 0.0) for k in ("tags", "labels", "names")}
            self.soft["heads"] = heads.to(device)

    def place(self):
        """[sentences, words + 1]: which heads there are, the root among them."""
        return torch.cat([self.mask.new_ones(self.n, 1), self.mask], 1)

    def chosen_heads(self):
        """The heads that labels are asked for: the marked ones, else the teacher's best."""
        known = self.heads
        return known if self.soft is None else torch.where(known == D.IGNORE, self.soft["heads"].argmax(-1), known)


def batches(sentences, words, shuffle=True, length=lambda s: len(s.forms), noise=6):
    """Batches of about `words` words, of sentences of like length, give or take `noise` for change."""
    order = sorted(sentences, key=lambda s: length(s) + (random.random() * noise if shuffle else 0))
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
