"""Trains and times spaCy on the same data, for the comparison in docs/engine.md: `python crates/dev/peers/spacy_peer.py --work DIR`.

Needs the Python package `spacy`. The pipeline is the one that `spacy init config --optimize efficiency` proposes (a shared CNN over
hashed words, then tagger, lemmatizer and transition parser; no pretrained vectors, since none come from the package registry), trained on
EWT and the kept GUM genres. Prints the scores of the treebank pack's own scorer on EWT and GUM test from raw text, and words a second.
"""
import argparse
import os
import subprocess
import sys
import time

from udpipe import raw


def run(*command):
    subprocess.run([sys.executable, "-m", "spacy", *command], check=True)


def conllu(doc):
    """Sentences of a parsed text; heads counted within the sentence."""
    for sentence in doc.sents:
        words = [t for t in sentence if not t.is_space]
        number = {t.i: n for n, t in enumerate(words, 1)}
        for t in words:
            head = 0 if t.head == t else number.get(t.head.i, 0)
            space = "_" if t.whitespace_ else "SpaceAfter=No"
            yield "\t".join([str(number[t.i]), t.text, t.lemma_ or "_", t.pos_ or "_", "_", str(t.morph) or "_", str(head),
                             "root" if head == 0 else t.dep_ or "dep", "_", space])
        if words:
            yield ""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="../shared/gold")
    parser.add_argument("--work", required=True)
    parser.add_argument("--epochs", type=int, default=8)
    options = parser.parse_args()
    at = lambda *p: os.path.join(options.work, *p)
    treebank = lambda name: os.path.join(options.data, "syntax", name)
    os.makedirs(options.work, exist_ok=True)
    if not os.path.exists(at("model", "model-last")):
        for part in ("train", "dev"):
            with open(at(part + ".conllu"), "w", encoding="utf-8") as out:
                out.writelines(open(treebank(f"{bank}-{part}.conllu"), encoding="utf-8").read() + "\n" for bank in ("ewt", "gum"))
            run("convert", at(part + ".conllu"), options.work, "--converter", "conllu", "--n-sents", "4", "--merge-subtokens")
        run("init", "config", at("config.cfg"), "--lang", "en", "--pipeline", "morphologizer,trainable_lemmatizer,parser", "--optimize",
            "efficiency", "--force")
        run("train", at("config.cfg"), "--output", at("model"), "--paths.train", at("train.spacy"), "--paths.dev", at("dev.spacy"),
            "--training.max_epochs", str(options.epochs), "--training.eval_frequency", "200", "--training.patience", "0",
            # The parser's time goes by steps more than by words: large batches train an order of magnitude faster on one core.
            "--training.batcher.size.start", "2000", "--training.batcher.size.stop", "4000")
    import spacy
    nlp = spacy.load(at("model", "model-last"))
    for name in ("ewt-test", "gum-test"):
        text = raw(treebank(name + ".conllu"))
        paragraphs = text.split("\n\n")
        began = time.process_time()
        docs = list(nlp.pipe(paragraphs))
        took = time.process_time() - began
        path = at(name + ".conllu")
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(line + "\n" for doc in docs for line in conllu(doc))
        words = sum(not t.is_space for doc in docs for t in doc)
        print(name, f"{words} words in {took:.1f} s: {words / took:.0f} words/s", flush=True)
        subprocess.run([sys.executable, os.path.join(options.data, "syntax/score.py"), treebank(name + ".conllu"), path], check=True)


if __name__ == "__main__":
    main()
