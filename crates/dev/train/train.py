"""Trains the language engine: `python crates/dev/train/train.py --data ../shared/gold --out crates/syntax/models/en.model`.

Learns from every `*-train.conllu`, the names files, the rated sentences and the stories that the data folder holds; chooses nothing on
test files. First a teacher learns from all marks; then the small model that ships learns from the marks and from what the teacher
says of them and of text without marks. Saves a checkpoint after every epoch in `--work` and goes on from it when started again.
"""
import argparse
import ctypes
import json
import math
import os
import random
import sys
import time

import numpy as np
import torch

import data as D
import export as X
import garble
import names as N
import splitter
import teacher as G
from batch import Batch, batches
from model import Names, Parser

# Large blocks are kept for the next step instead of going back to the system: a sixth of a step's time. Elsewhere than on glibc, nothing.
if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
    libc.mallopt(-1, 2**31 - 1), libc.mallopt(-3, 32 << 20)

HASH_WIDTH, BUCKETS, PIECE_WIDTH, PIECES = 96, 8192, 112, 24500


def piece_vectors():
    """MiniLM's static word-piece vectors, without unused and non-Latin pieces, on their first principal axes."""
    table, vocab = G.encoder_files()
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


@torch.no_grad()
def evaluate(model, sentences, index, device):
    """Gold-token scores with greedy heads: a lower bound on what the tree decoder does."""
    model.eval()
    ok = dict.fromkeys(["upos", "tag", "lemma", "uas", "las"], 0)
    total = hit = said = gold = 0
    scripts = index["scripts_list"]
    for group in batches(sentences, 4000, shuffle=False):
        b = Batch(group, device)
        h = model.states(b)
        if group[0].heads:
            heads = model.arcs(h).masked_fill(~b.place()[:, None], -1e9).argmax(-1)
            labels, tags, lemmas = (z.argmax(-1).tolist() for z in (model.labels(h, heads), model.tag(h), model.lemma(h)))
            heads = heads.tolist()
            for i, s in enumerate(group):
                for j, form in enumerate(s.forms):
                    total += 1
                    tag = index["tags_list"][tags[i][j]]
                    ok["tag"] += tag == s.tags[j]
                    ok["upos"] += tag.split("|")[0] == s.tags[j].split("|")[0]
                    ok["lemma"] += apply_script(scripts[lemmas[i][j]], form) == s.lemmas[j]
                    good = heads[i][j] == s.heads[j]
                    ok["uas"] += good
                    ok["las"] += good and index["labels_list"][labels[i][j]].split(":")[0] == s.labels[j].split(":")[0]
        if group[0].names and not group[0].heads:
            names = model.name(h).cpu()
            for i, s in enumerate(group):
                a, p = N.spans_of(s.names), N.spans_of(N.legal(names[i, :len(s.forms)]))
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


class Gold:
    """Everything learnt from and measured on, read from the packs under a folder; what is missing is empty."""

    def __init__(self, folder, stories, seed):
        packs = D.folders(folder)
        if not packs["train"]:
            raise SystemExit(f"no *-train.conllu under {folder}: nothing to learn from")
        self.trees = [s for path in packs["train"] for s in D.read_conllu(path, entities="gum" in os.path.basename(path))]
        self.dev = {os.path.basename(p).split(".")[0]: D.read_conllu(p) for p in packs["dev"]}
        self.named = [s for path in packs["names"] for s in D.read_iob2(path)]
        politics = [s for path in packs["politics"] for s in D.read_iob2(path)]
        self.named += [s for i, s in enumerate(politics) if i % 5 != 0]
        self.held_names = politics[::5]
        self.rated = [s for path in packs["rated"] for s in D.read_rated(path, D.rough_tokens)]
        self.rated_dev = [s for path in packs["rated_dev"] for s in D.read_rated(path, D.rough_tokens)]
        self.clean = [D.Sentence(*D.rough_tokens(json.loads(l)["sentence"]), garble=0.0) for p in packs["clean"] for l in open(p, encoding="utf-8")]
        self.stories = [s for path in packs["stories"] for s in D.read_stories(path, stories, seed)] if stories else []
        self.read = random.Random(seed).sample(self.rated, len(self.rated) // 2)  # for the parser; the garble head sees all
        for s in self.trees:
            s.garble = 0.0 if 4 <= len(s.forms) else None
        index = {"tags_list": D.inventory([t for s in self.trees for t in s.tags], 2),
                 "scripts_list": D.inventory([D.script(f, l) for s in self.trees for f, l in zip(s.forms, s.lemmas)], 3),
                 "labels_list": D.inventory([l for s in self.trees for l in s.labels], 2)}
        for key in ("tags", "scripts", "labels"):
            index[key] = {v: i for i, v in enumerate(index[key + "_list"])}
        self.index = index
        self.sizes = {**{k: len(index[k]) for k in ("tags", "scripts", "labels")}, "names": len(D.NAME_TAGS)}
        self.vocab, self.vectors = piece_vectors()
        self.words = D.Words(self.vocab, self.vectors, BUCKETS)
        for group in (self.trees, self.named, self.held_names, self.rated, self.rated_dev, self.clean, self.stories, *self.dev.values()):
            D.prepare(group, self.words, index)

    def named_parts(self):
        """Sentences with names that the teacher has read, and those it has not."""
        return [s for s in self.named if s.soft], [s for s in self.named if not s.soft]

    def unmarked(self):
        """What the teacher reads aloud beside the trees. Sentences of the held-out parts are left out, though marked for names: scores
        of trees there shall be those of unseen text."""
        held = {tuple(s.forms) for part in self.dev.values() for s in part}
        return [s for s in self.named if tuple(s.forms) not in held] + self.read + self.stories

    def scores(self, model, device):
        """Scores by held-out part."""
        parts = {**self.dev, **({"politics fifth": self.held_names} if self.held_names else {})}
        out = {k: evaluate(model, v, self.index, device) for k, v in parts.items()}
        model.train()
        return out


def train_parser(gold, args, log):
    """The encoder with its heads, the running mean of its weights. Saves a checkpoint after every epoch and goes on from it."""
    device = args.device
    make = lambda: Parser(gold.words, BUCKETS, gold.sizes, HASH_WIDTH, args.width).to(device)
    model, averaged = make(), make()
    averaged.load_state_dict(model.state_dict())
    learnt = list(model.parameters())
    optimizer = torch.optim.AdamW(learnt, lr=2.5e-3, betas=(0.9, 0.95), weight_decay=0.01, fused=True)
    point, first, step = os.path.join(args.work, "checkpoint.pt"), 0, 0
    some = lambda group: random.sample(group, len(group) // 2)
    parts = lambda: [gold.trees, *gold.named_parts(), some(gold.read), some(gold.stories)]
    draw = lambda: [b for part in parts() for b in batches(part, args.batch)]
    total = args.epochs * len(draw())
    rate = lambda n: 2.5e-3 * (min(1.0, (n + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * min(1.0, n / total))) + 0.01)
    if os.path.exists(point):
        saved = torch.load(point, weights_only=False, map_location=device)
        model.load_state_dict(saved["model"]), optimizer.load_state_dict(saved["optimizer"]), averaged.load_state_dict(saved["mean"])
        first, step = saved["epoch"], saved["step"]
        random.setstate(saved["random"]), torch.set_rng_state(saved["torch"].cpu())
        log(f"going on after epoch {first}")
    for epoch in range(first, args.epochs):
        model.train()
        seen, todo = 0.0, draw()
        random.shuffle(todo)
        for i, group in enumerate(todo):
            for g in optimizer.param_groups:
                g["lr"] = rate(step)
            loss = model.loss(Batch(group, device))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learnt, 2.0)
            optimizer.step()
            step += 1
            seen += loss.detach()
            decay = min(0.998, (step + 1) / (step + 20))
            with torch.no_grad():
                for m, v in zip(averaged.parameters(), learnt):
                    m.lerp_(v, 1 - decay)
            if i % 100 == 99:
                log(f"epoch {epoch + 1}/{args.epochs}, batch {i + 1}/{len(todo)}, loss {seen / (i + 1):.3f}")
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "mean": averaged.state_dict(), "epoch": epoch + 1,
                    "step": step, "random": random.getstate(), "torch": torch.get_rng_state()}, point + ".tmp")
        os.replace(point + ".tmp", point)
        log(f"epoch {epoch + 1}: {gold.scores(averaged, device)}")
    return averaged


def write(path, meta, gold, model, names, splitter):
    c = X.Container()
    c.raw("pieces", np.frombuffer("\n".join(gold.vocab).encode(), dtype=np.uint8))
    c.matrix("embed.pieces", gold.vectors.numpy())
    c.matrix("embed.hash", model.embed.hash.weight.detach().numpy())
    c.lstm("lstm0", model.lstm0)
    c.lstm("lstm1", model.lstm1)
    for name in ("tag", "lemma", "arc_dep", "arc_head", "arc", "rel_dep", "rel_head", "rel", "bad"):
        c.linear(name, getattr(model, name))
    c.vector("arc_bias", model.arc_bias.weight.detach().numpy())
    c.vector("arc_root", model.arc_root.detach().numpy())
    c.vector("rel_root", model.rel_root.detach().numpy())
    c.vector("bad_out", model.bad_out.weight.detach().numpy())
    c.vector("bad_out.b", model.bad_out.bias.detach().numpy())
    c.linear("name_low", names.low)
    c.lstm("name_lstm", names.lstm)
    c.linear("name", names.out)
    c.lstm("split", splitter.lstm)
    c.linear("split_out", splitter.out)
    return c.write(path, meta)


def finish(gold, model, args, log):
    """What stands on the finished encoder: the garble head, the sentence cutter, the names layer; then the file."""
    device = args.device
    if gold.rated:
        garble.train(model, gold.rated, random.sample([s for s in gold.trees if s.garble is not None], min(3000, len(gold.trees) // 2)), device, log)
    X.quantise(model)
    scores = gold.scores(model, device)
    log(f"after rounding to 8 bits: {scores}")
    rating = garble.calibrate(model, gold.rated, gold.rated_dev, gold.clean, device, log)
    cutter = splitter.train(model, gold.trees, gold.dev, 12 if args.epochs > 3 else 2, device, log)
    X.quantise(cutter)
    names = Names(2 * args.width)
    if gold.named:
        held = gold.held_names or gold.named[::5]
        f1 = lambda model, names: N.names_f1(held, N.name_scores(model, names, held, device))
        names = N.fit(model, gold.named, [s for s in gold.trees + gold.read + gold.stories if s.soft], f1, device, log)
        X.quantise(names)
        scores["politics fifth"] = {"names_f1": f1(model, names)}
        log(f"names after rounding to 8 bits: F1 {scores['politics fifth']['names_f1']:.2f}")
    index = gold.index
    meta = {"format": 1, "labels": index["labels_list"], "tags": index["tags_list"], "scripts": index["scripts_list"], "names": D.NAME_TAGS,
            "buckets": BUCKETS, "max_pieces": D.MAX_PIECES, "garble": rating, "split_threshold": 0.0, "scores": scores, "seed": args.seed}
    size = write(args.out, meta, gold, model.cpu(), names.cpu(), cutter.cpu())
    log(f"wrote {args.out}, {size} bytes")


def main():
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--data", default="../shared/gold")
    cli.add_argument("--out", default="crates/syntax/models/en.model")
    cli.add_argument("--work", default="target/train")
    cli.add_argument("--teacher", type=int, default=4, metavar="EPOCHS", help="epochs of the teacher; 0 for a language that MiniLM does not know")
    cli.add_argument("--epochs", type=int, default=9)
    cli.add_argument("--stories", type=int, default=300_000, help="words of text without marks that the teacher reads aloud")
    cli.add_argument("--device", default="cpu", help="cpu, or cuda where there is one")
    cli.add_argument("--threads", type=int, default=2)
    cli.add_argument("--width", type=int, default=320)
    cli.add_argument("--batch", type=int, default=1800, help="words in a batch")
    cli.add_argument("--seed", type=int, default=1)
    args = cli.parse_args()
    torch.set_num_threads(args.threads)
    random.seed(args.seed), torch.manual_seed(args.seed)
    os.makedirs(args.work, exist_ok=True)
    os.makedirs(os.path.dirname(os.path.abspath(args.out)), exist_ok=True)
    began, device = time.time(), args.device

    def log(text):
        print(f"[{(time.time() - began) / 60:5.1f} min] {text}", flush=True)

    gold = Gold(args.data, args.stories if args.teacher else 0, args.seed)
    log(f"{len(gold.trees)} trees, {len(gold.named)} sentences with names, {len(gold.rated)} rated, {len(gold.stories)} of stories, {gold.sizes}")
    if args.teacher:
        teacher = G.teach([gold.trees, gold.named], gold.sizes, lambda m: gold.scores(m, device), os.path.join(args.work, "teacher.pt"), log,
                          args.teacher, device)
        G.soften(teacher, gold.trees + gold.unmarked(), device)
        log("the teacher has read everything")
        del teacher
    random.seed(args.seed), torch.manual_seed(args.seed)
    model = train_parser(gold, args, log)
    finish(gold, model, args, log)


if __name__ == "__main__":
    main()
