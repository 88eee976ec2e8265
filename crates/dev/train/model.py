"""The model: word-piece vectors and hashed affixes, two BiLSTM layers, one head for each layer of the parse. Its own name tags only
help the training of the encoder; the shipped names come of `Names`, fitted afterwards."""
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


class Embed(nn.Module):
    """Mean of frozen word-piece vectors beside the sum of learnt hashed features."""

    def __init__(self, pieces, buckets, width):
        super().__init__()
        self.pieces = nn.EmbeddingBag.from_pretrained(pieces, mode="mean", freeze=True)
        self.hash = nn.EmbeddingBag(buckets, width, mode="sum")
        nn.init.normal_(self.hash.weight, std=0.1)
        self.width = pieces.shape[1] + width

    def forward(self, flat_pieces, offsets, hashed):
        return torch.cat([self.pieces(flat_pieces, offsets), self.hash(hashed)], -1)


class SharedDropout(nn.Module):
    """The same units are dropped at every word of a sentence."""

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        keep = torch.rand(x.shape[0], 1, x.shape[2]) >= self.p
        return x * keep / (1 - self.p)


class Parser(nn.Module):
    """Everything but sentence boundaries."""

    def __init__(self, pieces, buckets, sizes, hash_width=96, width=320, arc=192, rel=256, garble=48, dropout=0.33):
        super().__init__()
        self.embed = Embed(pieces, buckets, hash_width)
        self.lstm0 = nn.LSTM(self.embed.width, width, batch_first=True, bidirectional=True)
        self.lstm1 = nn.LSTM(2 * width, width, batch_first=True, bidirectional=True)
        self.drop_in, self.drop = SharedDropout(0.2), SharedDropout(dropout)
        self.tag = nn.Linear(2 * width, sizes["tags"])
        self.lemma = nn.Linear(2 * width, sizes["scripts"])
        self.name = nn.Linear(2 * width, sizes["names"])
        self.arc_dep, self.arc_head = nn.Linear(2 * width, arc), nn.Linear(2 * width, arc)
        self.arc = nn.Linear(arc, arc, bias=False)
        self.arc_bias = nn.Linear(arc, 1)
        self.arc_root = nn.Parameter(torch.zeros(arc))
        self.rel_dep, self.rel_head = nn.Linear(2 * width, rel), nn.Linear(2 * width, rel, bias=False)
        self.rel_root = nn.Parameter(torch.zeros(rel))
        self.rel = nn.Linear(rel, sizes["labels"])
        self.bad = nn.Linear(2 * width, garble)
        self.bad_out = nn.Linear(garble, 1)
        self.act = nn.LeakyReLU(0.1)

    def encode(self, words, lengths):
        """[batch, words, embed] -> [batch, words, 2 * width]"""
        x = self.drop_in(words)
        for lstm in (self.lstm0, self.lstm1):
            packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
            x = self.drop(pad_packed_sequence(lstm(packed)[0], batch_first=True)[0])
        return x

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
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        return self.out(drop(pad_packed_sequence(self.lstm(packed)[0], batch_first=True)[0], 0.2))


class Splitter(nn.Module):
    """Where sentences begin in a paragraph's stream of words."""

    def __init__(self, width_in, width=64):
        super().__init__()
        self.lstm = nn.LSTM(width_in + 1, width, batch_first=True, bidirectional=True)
        self.out = nn.Linear(2 * width, 1)
        self.drop = SharedDropout(0.2)

    def forward(self, words, space, lengths):
        x = torch.cat([self.drop(words), space.unsqueeze(-1)], -1)
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        return self.out(self.drop(pad_packed_sequence(self.lstm(packed)[0], batch_first=True)[0])).squeeze(-1)
