"""The model: word-piece vectors and hashed affixes, two BiLSTM layers, one head for each layer of the parse. Its own name tags only
help the training of the encoder; the shipped names come of `Names`, fitted afterwards."""
import torch
from torch import nn
from torch.nn import functional as F

import data as D
from lstm import bilstm


class Embed(nn.Module):
    """Mean of frozen word-piece vectors beside the sum of learnt hashed features."""

    def __init__(self, words, buckets, width):
        super().__init__()
        pieces, features = words.tables()
        self.register_buffer("pieces", pieces, persistent=False)
        self.register_buffer("features", features, persistent=False)
        self.hash = nn.EmbeddingBag(buckets, width, mode="sum")
        nn.init.normal_(self.hash.weight, std=0.1)
        self.width = pieces.shape[1] + width

    def forward(self, words, drop=0.0):
        """`[sentences, words]` of word types -> `[sentences, words, width]`. With `drop`, the spelling or the pieces of so many words
        are forgotten, never both: the rest must do."""
        read = spelt = words
        if drop:
            die = torch.rand(words.shape, device=words.device)
            read, spelt = words.masked_fill(die < 0.7 * drop, 0), words.masked_fill((die >= 0.7 * drop) & (die < drop), 0)
        return torch.cat([self.pieces[read], self.hash(self.features[spelt.flatten()]).unflatten(0, spelt.shape)], -1)


class SharedDropout(nn.Module):
    """The same units are dropped at every word of a sentence."""

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        keep = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= self.p
        return x * keep / (1 - self.p)


class Heads(nn.Module):
    """What is said of each word from its state: tag, lemma, name, head and label."""

    def __init__(self, width, sizes, arc=192, rel=256, dropout=0.33):
        super().__init__()
        self.drop, self.act = SharedDropout(dropout), nn.LeakyReLU(0.1)
        self.tag = nn.Linear(width, sizes["tags"])
        self.lemma = nn.Linear(width, sizes["scripts"])
        self.name = nn.Linear(width, sizes["names"])
        self.arc_dep, self.arc_head = nn.Linear(width, arc), nn.Linear(width, arc)
        self.arc = nn.Linear(arc, arc, bias=False)
        self.arc_bias = nn.Linear(arc, 1)
        self.arc_root = nn.Parameter(torch.zeros(arc))
        self.rel_dep, self.rel_head = nn.Linear(width, rel), nn.Linear(width, rel, bias=False)
        self.rel_root = nn.Parameter(torch.zeros(rel))
        self.rel = nn.Linear(rel, sizes["labels"])

    def arcs(self, h):
        """Scores [batch, dependent, head]; head 0 is the root."""
        dep, head = self.drop(self.act(self.arc_dep(h))), self.drop(self.act(self.arc_head(h)))
        head = torch.cat([self.arc_root.expand(len(h), 1, -1), head], 1)
        return dep @ self.arc(head).transpose(1, 2) + self.arc_bias(head).transpose(1, 2)

    def labels(self, h, heads):
        """Scores [batch, dependent, label] for the given heads (0 is the root)."""
        dep, head = self.rel_dep(h), self.rel_head(h)
        head = torch.cat([self.rel_root.expand(len(h), 1, -1), head], 1)
        chosen = head.gather(1, heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, head.shape[2]))
        return self.rel(self.drop(self.act(dep + chosen)))

    def loss(self, b):
        return self.loss_from(self.states(b), b)

    def loss_from(self, h, b, smoothing=0.03):
        """Cross-entropy of every layer that is marked in the batch or that a teacher has seen; the mean of the two where both are."""
        flat = lambda z: z.flatten(0, -2)
        total = h.new_zeros(())

        def add(layer, z, marks, smooth=smoothing, weight=1.0):
            nonlocal total
            parts = []
            if layer in b.marked:
                parts.append(F.cross_entropy(flat(z), marks.flatten(), ignore_index=D.IGNORE, label_smoothing=smooth))
            if b.soft and layer in b.soft:
                q = b.soft[layer]
                parts.append(-(q * z.log_softmax(-1)).sum() / q.sum())
            if parts:
                total = total + weight * sum(parts) / len(parts)

        if "heads" in b.marked or b.soft:
            add("heads", self.arcs(h).masked_fill(~b.place()[:, None], -1e9), b.heads, 0.0)
            add("labels", self.labels(h, b.chosen_heads()), b.labels)
            add("tags", self.tag(h), b.tags)
            add("scripts", self.lemma(h), b.scripts, weight=0.5)
        # A few words of many are names: without weight, trees would drown them.
        add("names", self.name(h), b.names, weight=2.0)
        return total


class Parser(Heads):
    """Everything but sentence boundaries."""

    def __init__(self, words, buckets, sizes, hash_width=96, width=320, garble=48):
        super().__init__(2 * width, sizes)
        self.embed = Embed(words, buckets, hash_width)
        self.lstm0 = nn.LSTM(self.embed.width, width, batch_first=True, bidirectional=True)
        self.lstm1 = nn.LSTM(2 * width, width, batch_first=True, bidirectional=True)
        self.drop_in = SharedDropout(0.2)
        self.bad = nn.Linear(2 * width, garble)
        self.bad_out = nn.Linear(garble, 1)

    def states(self, b):
        """A batch -> `[sentences, words, 2 * width]`."""
        x = self.drop_in(self.embed(b.words, 0.12 if self.training else 0.0))
        for lstm in (self.lstm0, self.lstm1):
            x = self.drop(bilstm(lstm, x, b.lengths))
        return x

    def loss_from(self, h, b):
        total = super().loss_from(h, b)
        if "garble" in b.marked:
            rated = b.garble != D.IGNORE
            total = total + 0.5 * F.binary_cross_entropy_with_logits(self.garbled(h, b.mask.float())[rated], b.garble[rated])
        return total

    def garbled(self, h, mask):
        """Log-odds that a sentence is unusable: the mean over words of a small hidden layer, then one weight each."""
        hidden = self.act(self.bad(h)) * mask.unsqueeze(-1)
        return self.bad_out(hidden.sum(1) / mask.sum(1, keepdim=True)).squeeze(-1)


class Names(nn.Module):
    """Name tags of the shipped model: a narrow layer on the encoder's vectors, then a small BiLSTM."""

    def __init__(self, width_in, low=72, width=40):
        super().__init__()
        self.low = nn.Linear(width_in, low)
        self.lstm = nn.LSTM(low, width, batch_first=True, bidirectional=True)
        self.out = nn.Linear(2 * width, 7)
        self.act = nn.LeakyReLU(0.1)

    def forward(self, h, lengths):
        drop = lambda x, p: nn.functional.dropout(x, p, self.training)
        x = drop(self.act(self.low(drop(h, 0.3))), 0.2)
        return self.out(drop(bilstm(self.lstm, x, lengths), 0.2))


class Splitter(nn.Module):
    """Where sentences begin in a paragraph's stream of words."""

    def __init__(self, width_in, width=64):
        super().__init__()
        self.lstm = nn.LSTM(width_in + 1, width, batch_first=True, bidirectional=True)
        self.out = nn.Linear(2 * width, 1)
        self.drop = SharedDropout(0.2)

    def forward(self, words, space, lengths):
        x = torch.cat([self.drop(words), space.unsqueeze(-1)], -1)
        return self.out(self.drop(bilstm(self.lstm, x, lengths))).squeeze(-1)
