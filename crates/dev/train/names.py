"""Names: the shipped names layer, fitted on the finished encoder, and F1 of whole names."""
import math
import random

import numpy as np
import torch
from torch.nn import functional as F

import data as D
from batch import Batch, batches
from model import Names


def spans_of(tags):
    out, start = set(), None
    for i, t in enumerate(list(tags) + [0]):
        name = D.NAME_TAGS[t]
        if start is not None and (name[0] in "OB" or name[2:] != D.NAME_TAGS[tags[start]][2:]):
            out.add((start, i, D.NAME_TAGS[tags[start]][2:]))
            start = None
        if start is None and name != "O":
            start = i
    return out


def names_f1(sentences, scores):
    """F1 of whole names, bounds and kind right, of the best legal tags under `scores`, `[words, tags]` of each sentence."""
    hit = said = gold = 0
    for s, z in zip(sentences, scores):
        a, p = spans_of(s.names), spans_of(legal(z))
        hit, said, gold = hit + len(a & p), said + len(p), gold + len(a)
    return 200 * hit / max(1, said + gold)


def legal(z):
    """The best row of tags for scores `[words, tags]` in which an inside follows its own kind alone."""
    z, never = z.numpy(), -1e9
    inside = np.array([t[0] == "I" for t in D.NAME_TAGS])
    step = np.array([[never if inside[b] and a not in (b, b - 1) else 0 for b in range(len(inside))] for a in range(len(inside))])
    total, back = np.where(inside, never, z[0]), []
    for row in z[1:]:
        back.append((total[:, None] + step).argmax(0))
        total = (total[:, None] + step).max(0) + row
    out = [int(total.argmax())]
    for b in reversed(back):
        out.append(int(b[out[-1]]))
    return out[::-1]


@torch.no_grad()
def states(model, sentences, device):
    """What the names layer sees of each sentence: the encoder's vectors, as halves."""
    out = {}
    for group in batches(sentences, 4000, shuffle=False):
        h = model.states(Batch(group, device)).half().cpu()
        out.update((id(s), h[i, :len(s.forms)].clone()) for i, s in enumerate(group))
    return [out[id(s)] for s in sentences]


@torch.no_grad()
def name_scores(model, names, sentences, device):
    names.eval()
    out = [names(h.float()[None].to(device), torch.tensor([len(h)]))[0].cpu() for h in states(model, sentences, device)]
    names.train()
    return out


def fit(model, named, seen_softly, f1, device, log, epochs=8, width=64):
    """Fits the names layer on the finished encoder: marked names as they are, other text as the teacher sees it. Keeps the running
    mean of the weights. `f1` rates the scores of a model and a names layer."""
    model.eval()
    marks = [torch.tensor(s.names) for s in named] + [s.soft.names for s in seen_softly]
    seen = list(zip(states(model, named + seen_softly, device), marks))
    names, mean = Names(seen[0][0].shape[1]).to(device), Names(seen[0][0].shape[1]).to(device)
    mean.load_state_dict(names.state_dict())
    optimizer = torch.optim.AdamW(names.parameters(), lr=2e-3, weight_decay=0.02)
    pad = lambda v, value=0.0: torch.nn.utils.rnn.pad_sequence(v, batch_first=True, padding_value=value).to(device)
    kinds = seen[:len(named)], seen[len(named):]
    total, step = epochs * sum(math.ceil(len(k) / width) for k in kinds), 0
    for epoch in range(epochs):
        groups = []
        for k in kinds:
            order = sorted(k, key=lambda x: len(x[0]) + random.random() * 5)
            groups += [order[i:i + width] for i in range(0, len(order), width)]
        random.shuffle(groups)
        loss_sum = 0.0
        for g in groups:
            z = names(pad([h.float() for h, _ in g]), torch.tensor([len(h) for h, _ in g]))
            if g[0][1].dim() == 1:
                gold = pad([m for _, m in g], D.IGNORE)
                loss = F.cross_entropy(z.flatten(0, 1), gold.flatten(), ignore_index=D.IGNORE, label_smoothing=0.03)
            else:
                q = pad([m.float() for _, m in g])
                loss = -(q * z.log_softmax(-1)).sum() / q.sum()
            for group in optimizer.param_groups:
                group["lr"] = 2e-3 * min(1.0, (step + 1) / 100) * max(0.02, 1 - step / total)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
            loss_sum += loss.detach()
            with torch.no_grad():
                for m, v in zip(mean.parameters(), names.parameters()):
                    m.lerp_(v, 0.005)
        if epoch % 2:
            log(f"names epoch {epoch + 1}/{epochs}: loss {loss_sum / len(groups):.3f}, F1 {f1(model, mean):.2f}")
    return mean
