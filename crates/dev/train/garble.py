"""Whether a sentence is usable: the head fitted on the finished encoder, its calibration and threshold."""
import math
import random
from dataclasses import replace

import torch
from torch.nn import functional as F

from batch import Batch, batches


@torch.no_grad()
def scores(model, sentences, device):
    model.eval()
    out = {}
    for group in batches(sentences, 4000, shuffle=False):
        b = Batch(group, device)
        z = model.garbled(model.states(b), b.mask.float())
        for s, v in zip(group, z.tolist()):
            out[id(s)] = v
    model.train()
    return [out[id(s)] for s in sentences]


def auc(bad, good):
    values = sorted([(v, 1) for v in bad] + [(v, 0) for v in good])
    rank = sum(i + 1 for i, (_, y) in enumerate(values) if y)
    return (rank - len(bad) * (len(bad) + 1) / 2) / (len(bad) * len(good))


def salad(sentence):
    """The words of a sound sentence in no order: what no rated translation is quite as bad as."""
    order = list(range(len(sentence.forms)))
    random.shuffle(order)
    at = torch.tensor(order)
    return replace(sentence, forms=[sentence.forms[i] for i in order], words=sentence.words[at], marks=sentence.marks[at], soft=None, garble=1.0)


def train(model, rated, sound, device, log, epochs=3):
    """Fits the well-formedness head anew on the finished encoder: the ratings are many and the head is small, so that this costs
    minutes and gains what the shared training, with its few passes over the ratings, leaves."""
    model.eval()
    rated = rated + [salad(s) for s in sound[:len(sound) // 2] if len(s.forms) >= 6]
    model.bad.reset_parameters(), model.bad_out.reset_parameters()
    seen = []
    with torch.no_grad():
        for group in batches(rated + sound, 4000, shuffle=False):
            h = model.states(Batch(group, device)).half().cpu()
            seen += [(h[i, :len(s.forms)].clone(), s.garble) for i, s in enumerate(group)]
    optimizer = torch.optim.AdamW([*model.bad.parameters(), *model.bad_out.parameters()], lr=2e-3, weight_decay=0.05)
    for epoch in range(epochs):
        order = sorted(seen, key=lambda x: len(x[0]) + random.random() * 5)
        groups = [order[i:i + 64] for i in range(0, len(order), 64)]
        random.shuffle(groups)
        total = 0.0
        for g in groups:
            h = torch.nn.utils.rnn.pad_sequence([x[0].float() for x in g], batch_first=True).to(device)
            mask = torch.nn.utils.rnn.pad_sequence([torch.ones(len(x[0])) for x in g], batch_first=True).to(device)
            z = model.garbled(F.dropout(h, 0.3), mask)
            loss = F.binary_cross_entropy_with_logits(z, torch.tensor([x[1] for x in g], device=device))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach()
        log(f"garble epoch {epoch + 1}: loss {total / len(groups):.3f}")


def calibrate(model, rated, rated_dev, clean, device, log):
    """Platt's two numbers on the ratings, and the threshold that flags at most one clean sentence in seventy."""
    if not (rated and rated_dev and clean):
        return {"a": 1.0, "b": 0.0, "threshold": 0.99}
    z = scores(model, rated_dev, device)
    bad = [v for v, s in zip(z, rated_dev) if s.garble]
    good = [v for v, s in zip(z, rated_dev) if not s.garble]
    sound = sorted(scores(model, clean, device))
    x, y = torch.tensor(bad + good + sound), torch.tensor([1.0] * len(bad) + [0.0] * (len(good) + len(sound)))
    ab = torch.tensor([1.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([ab], max_iter=100)

    def closure():
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(ab[0] * x + ab[1], y)
        loss.backward()
        return loss

    optimizer.step(closure)
    a, b = ab.tolist()
    cut = a * sound[int(len(sound) * (1 - 1 / 70))] + b
    threshold = 1 / (1 + math.exp(-cut))
    log(f"garble: AUC {auc(bad, good):.4f}, threshold {threshold:.3f}, {sum(a * v + b > cut for v in bad) / len(bad):.3f} of the bad flagged")
    return {"a": a, "b": b, "threshold": threshold}
