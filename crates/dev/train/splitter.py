"""Where sentences begin: the cutter is fitted on paragraphs of the treebanks, with the encoder's embedding as it stands."""
import math
import random

import torch
from torch.nn import functional as F

import data as D
from batch import Batch
from model import Splitter


def streams(sentences, longest=120):
    """Paragraphs as runs of words with the places where sentences begin; long ones are cut."""
    out, current, starts, paragraph = [], [], [], None
    for s in sentences:
        if s.paragraph != paragraph or len(current) > longest:
            if current:
                out.append((current, starts))
            current, starts, paragraph = [], [], s.paragraph
        starts.append(len(current))
        current = current + list(zip(s.forms, s.space_before, s.words.tolist()))
    out.append((current, starts))
    return out


def batch_of(model, group, device):
    blank = lambda words: torch.full((len(words), 5), D.IGNORE)
    b = Batch([D.Sentence([w[0] for w in words], None, words=torch.tensor([w[2] for w in words]), marks=blank(words)) for words, _ in group], device)
    with torch.no_grad():
        words = model.embed(b.words)
    space, gold = torch.zeros(b.words.shape), torch.zeros(b.words.shape)
    for i, (ws, starts) in enumerate(group):
        space[i, :len(ws)] = torch.tensor([float(w[1]) for w in ws])
        gold[i, starts] = 1
    gold[:, 0] = 0
    return words, space.to(device), b, gold.to(device)


def train(model, sentences, dev, epochs, device, log):
    """Learns where sentences begin; keeps the running mean of the weights, as it stood after the epoch that was best on dev."""
    model.eval()
    splitter, mean = Splitter(model.embed.width).to(device), Splitter(model.embed.width).to(device)
    mean.load_state_dict(splitter.state_dict())
    width, best, kept = 24, 0.0, None
    paragraphs = streams(sentences)
    steps = epochs * math.ceil(len(paragraphs) / width / 2)
    optimizer = torch.optim.AdamW(splitter.parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps + 1, pct_start=0.1)
    for epoch in range(epochs):
        # Joining neighbouring paragraphs teaches boundaries that no paragraph end gives away.
        joined, i = [], 0
        while i < len(paragraphs):
            n = random.choice([1, 1, 2, 4])
            words, starts = [], []
            for p, st in paragraphs[i:i + n]:
                starts += [len(words) + k for k in st]
                words = words + p
            joined.append((words[:240], [k for k in starts if k < 240]))
            i += n
        joined.sort(key=lambda g: len(g[0]))
        groups = [joined[k:k + width] for k in range(0, len(joined), width)]
        random.shuffle(groups)
        splitter.train()
        for g in groups:
            words, space, b, gold = batch_of(model, g, device)
            loss = F.binary_cross_entropy_with_logits(splitter(words, space, b.lengths)[b.mask], gold[b.mask], pos_weight=torch.tensor(1.5, device=device))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if schedule.last_epoch < steps:
                schedule.step()
            with torch.no_grad():
                for m, v in zip(mean.parameters(), splitter.parameters()):
                    m.lerp_(v, 0.01)
        scores = {k: f1(model, mean, v, device) for k, v in dev.items()}
        log(f"splitter epoch {epoch + 1}: " + ", ".join(f"{k} sentence F1 {v:.2f}" for k, v in scores.items()))
        if sum(scores.values()) >= best:
            best, kept = sum(scores.values()), {k: v.clone() for k, v in mean.state_dict().items()}
    mean.load_state_dict(kept)
    return mean


@torch.no_grad()
def f1(model, splitter, sentences, device, threshold=0.0):
    """F1 of whole sentences on gold tokens, both ends right."""
    splitter.eval()
    hit = said = gold_n = 0
    for g in [streams(sentences, 10**9)]:
        for words, starts in g:
            w, space, b, _ = batch_of(model, [(words, starts)], device)
            z = splitter(w, space, b.lengths)[0].tolist()
            got = [0] + [i for i in range(1, len(words)) if z[i] > threshold]
            pair = lambda x: set(zip(x, x[1:] + [len(words)]))
            a, p = pair(starts), pair(got)
            hit, said, gold_n = hit + len(a & p), said + len(p), gold_n + len(a)
    splitter.train()
    return 200 * hit / (said + gold_n)
