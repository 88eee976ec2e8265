"""Trains and times UDPipe 1 on the same data, for comparison: `python crates/dev/peers/udpipe.py --data ../shared/gold --work DIR`.

Needs the Python package `ufal.udpipe`. Its published settings train for hours, so these are reduced: the tagger runs 8 of 20
iterations, the parser 4 of 10 with a hidden layer of 200, and nothing is pretrained. Prints the scores of the treebank pack's own scorer
on EWT and GUM test from raw text, and words a second on one core. `cargo bench -p detente` runs it with `--time FILE` on the texts that
Détente reads in the same run, and prints the ratio: `just bench-udpipe` does all of it.
"""
import argparse
import os
import subprocess
import sys
import time

try:
    from ufal import udpipe
except ModuleNotFoundError:  # `spacy_peer.py` takes `raw` alone
    udpipe = None

TOKENIZER = "dimension=24;epochs=40;initialization_range=0.5;batch_size=100;learning_rate=0.005;dropout=0.1;early_stopping=1"
TAGGER = "models=2;templates_1=tagger;guesser_suffix_rules_1=8;guesser_enrich_dictionary_1=6;guesser_prefixes_max_1=0;" \
         "use_lemma_1=0;use_xpostag_1=0;use_feats_1=1;provide_lemma_1=0;provide_xpostag_1=0;provide_feats_1=1;iterations_1=8;" \
         "templates_2=lemmatizer;guesser_suffix_rules_2=6;guesser_enrich_dictionary_2=5;guesser_prefixes_max_2=4;use_lemma_2=1;" \
         "use_xpostag_2=0;use_feats_2=0;provide_lemma_2=1;provide_xpostag_2=0;provide_feats_2=0;iterations_2=8"
PARSER = "iterations=4;embedding_upostag=20;embedding_feats=20;embedding_xpostag=0;embedding_form=50;embedding_lemma=0;" \
         "embedding_deprel=20;learning_rate=0.02;learning_rate_final=0.001;l2=0.5;hidden_layer=200;batch_size=10;" \
         "transition_system=projective;transition_oracle=dynamic;structured_interval=8"


def sentences(path):
    reader = udpipe.InputFormat.newConlluInputFormat()
    reader.setText(open(path, encoding="utf-8").read())
    found, error = [], udpipe.ProcessingError()
    while True:
        sentence = udpipe.Sentence()
        if not reader.nextSentence(sentence, error):
            break
        found.append(sentence)
    if error.occurred():
        sys.exit(f"{path}: {error.message}")
    return found


def raw(path):
    """The text as the syntax pack wants it read: sentences joined by a space, an empty line at paragraphs and documents."""
    out, fresh = [], False
    for line in open(path, encoding="utf-8"):
        fresh |= line.startswith(("# newpar", "# newdoc"))
        if line.startswith("# text = "):
            out.append(("\n\n" if fresh else " ") if out else "")
            out.append(line[9:].rstrip("\n"))
            fresh = False
    return "".join(out)


def read(model, text):
    """`(words, seconds of one core, CoNLL-U)` of a raw text."""
    pipeline = udpipe.Pipeline(model, "tokenize", udpipe.Pipeline.DEFAULT, udpipe.Pipeline.DEFAULT, "conllu")
    began = time.process_time()
    out = pipeline.process(text, udpipe.ProcessingError())
    return sum(line.split("\t")[0].isdigit() for line in out.splitlines()), time.process_time() - began, out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="../shared/gold")
    parser.add_argument("--work", required=True)
    parser.add_argument("--time", metavar="FILE", help="only read this text, and print its words and the seconds of one core")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    model_path = os.path.join(options.work, "ewt.udpipe")
    treebank = lambda name: os.path.join(options.data, "syntax", name)
    if not os.path.exists(model_path):
        began, error = time.time(), udpipe.ProcessingError()
        model = udpipe.Trainer.train("morphodita_parsito", udpipe.Sentences(sentences(treebank("ewt-train.conllu"))),
                                     udpipe.Sentences(sentences(treebank("ewt-dev.conllu"))), TOKENIZER, TAGGER, PARSER, error)
        if error.occurred():
            sys.exit(error.message)
        with open(model_path, "wb") as out:
            out.write(model)
        print(f"trained on EWT in {time.time() - began:.0f} s")
    model = udpipe.Model.load(model_path)
    if options.time:
        text = open(options.time, encoding="utf-8").read()
        words, seconds, _ = read(model, text)
        print(words, f"{seconds:.3f}")
        return
    for name in ("ewt-test", "gum-test"):
        words, took, out = read(model, raw(treebank(name + ".conllu")))
        path = os.path.join(options.work, name + ".conllu")
        with open(path, "w", encoding="utf-8") as f:
            f.write(out)
        print(name, f"{words} words in {took:.1f} s: {words / took:.0f} words/s", flush=True)
        subprocess.run([sys.executable, os.path.join(options.data, "syntax/score.py"), treebank(name + ".conllu"), path], check=True)


if __name__ == "__main__":
    main()
