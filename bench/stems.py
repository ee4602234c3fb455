"""Stem quality: how well stems keep families of words together and apart, and leave names alone.

``python -m bench.stems`` reads ``data/stems/ud_gsd.tsv`` (word, lemma, part of speech, morphology, count;
from Universal Dependencies Indonesian GSD, CC BY-SA 4.0) under ``TELUSUR_DATA`` or ``../shared/data``.

Measured over lower-case common words of letters only, whose morphology names exactly one root:

- recall: of the pairs of words that share a root, those that get one stem;
- precision: of the pairs of words that get one stem, those that share a root (a guard only: the morphology
  keeps many derived words apart, such as ``berhasil`` and ``hasil``);
- names: of the proper nouns, those left as they are.

``--halves`` splits the roots at random into two halves and measures each; ``--errors`` lists the words that
went wrong; ``--rules`` measures without each part of the stemmer in turn.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

Stem = Callable[[str], str]
_ROOT = re.compile(r"([^\^+]+)<[a-z]>")


class Quality(NamedTuple):
    """What was measured, each from 0 to 1, and over how many pairs or words."""

    recall: float
    precision: float
    names: float
    same_root_pairs: int
    same_stem_pairs: int
    name_count: int


class Words(NamedTuple):
    """The data: common words with their root, and proper nouns."""

    roots: dict[str, str]
    names: list[str]


def data_path() -> Path:
    """Where the data lies: ``TELUSUR_DATA``, else ``../shared/data`` beside the checkout."""
    named = os.environ.get("TELUSUR_DATA")
    return Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"


def read_words(path: Path) -> Words:
    """Read the words to measure by.

    :param path: a file like ``ud_gsd.tsv``.
    :raises FileNotFoundError: if it is not there.
    """
    roots: dict[str, str] = {}
    names: dict[str, None] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, part_of_speech, morphology, _ = line.split("\t")
        if part_of_speech == "PROPN":
            names[word] = None
        elif part_of_speech != "X" and re.fullmatch("[a-z]+", word):
            found = _ROOT.findall(morphology)
            if len(found) == 1:
                roots[word] = found[0]
    return Words(roots, list(names))


def measure(stem: Stem, words: Words) -> Quality:
    """Measure one stemmer.

    :param stem: a lower-case word -> its stem.
    """
    stems = {word: stem(word) for word in words.roots}
    same_root, one_stem = _agreeing_pairs(words.roots, stems)
    same_stem, one_root = _agreeing_pairs(stems, words.roots)
    kept = sum(stem(name) == name for name in words.names)
    return Quality(
        one_stem / max(same_root, 1),
        one_root / max(same_stem, 1),
        kept / max(len(words.names), 1),
        same_root,
        same_stem,
        len(words.names),
    )


def _agreeing_pairs(keys: dict[str, str], values: dict[str, str]) -> tuple[int, int]:
    """Pairs of words with the same key, and how many of them have the same value."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word, key in keys.items():
        groups[key].append(values[word])
    pairs = [(a, b) for group in groups.values() for a, b in combinations(group, 2)]
    return len(pairs), sum(a == b for a, b in pairs)


def halves(words: Words, seed: int = 0) -> tuple[Words, Words]:
    """Split the words by root, and the names, into two random halves."""
    shuffled = sorted(set(words.roots.values()))
    names = sorted(words.names)
    chance = random.Random(seed)
    chance.shuffle(shuffled)
    chance.shuffle(names)
    first = set(shuffled[::2])
    return (
        Words({w: r for w, r in words.roots.items() if r in first}, names[::2]),
        Words({w: r for w, r in words.roots.items() if r not in first}, names[1::2]),
    )


def stemmers(*, learn: bool = False) -> dict[str, Stem]:
    """The stemmers to compare, by name.

    :param learn: also ours with the names learned from ``news.jsonl.gz``, if that is there.
    """
    import snowballstemmer
    from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
    from Sastrawi.Stemmer.Stemmer import Stemmer
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    from index.analysis.analyzer import Analyzer
    from index.analysis.learned import with_learned
    from index.analysis.learning import Learner
    from index.analysis.lexicon_files import load_lexicon

    sastrawi = Stemmer(ArrayDictionary(StemmerFactory().get_words()))
    compared: dict[str, Stem] = {
        "PySastrawi": sastrawi.stem_word,
        "Snowball": snowballstemmer.stemmer("indonesian").stemWord,
        "Telusur": Analyzer(load_lexicon()).stem,
    }
    news = data_path() / "news.jsonl.gz"
    if learn and news.is_file():
        learner = Learner()
        with gzip.open(news, "rt", encoding="utf-8") as lines:
            for line in lines:
                learner.add(json.loads(line)["body"])
        lexicon = load_lexicon()
        learned = learner.result(lexicon)
        compared["Telusur, names learned"] = Analyzer(with_learned(lexicon, learned)).stem
    return compared


def without_rules() -> Iterator[tuple[str, Stem]]:
    """Our stemmer without each of its parts in turn: what was taken away, and the rest."""
    from index.analysis.lexicon_files import load_lexicon
    from index.analysis.stemmer import Stemmer

    lexicon = load_lexicon()

    def with_roots(**replaced: Any) -> Stemmer:
        stemmer = Stemmer(lexicon)
        stemmer.roots = stemmer.roots._replace(**replaced)
        return stemmer

    known = Stemmer(lexicon).roots.known
    without_families = Stemmer(lexicon)
    without_families.loans = without_families.loans._replace(roots=(), persons=(), adjectives={})
    taken_away = {
        "loan-word families": without_families,
        "affixes of names only around words in use": with_roots(living=known, common=known, derived=known),
        "which roots of three letters take affixes": with_roots(short=known),
        "which roots give way to any other reading": with_roots(weak=()),
        "roots beside PySastrawi's": Stemmer(replace(lexicon, roots=frozenset())),
        "fixed stems and protected words": Stemmer(replace(lexicon, stems={}, protected=frozenset())),
    }
    for what, stemmer in taken_away.items():
        yield what, partial(_stem_of, stemmer)


def _stem_of(stemmer: Any, word: str) -> str:
    return str(stemmer.stem(word).stem)


def _errors(stem: Stem, words: Words) -> Iterable[str]:
    families: defaultdict[str, list[str]] = defaultdict(list)
    for word, root in words.roots.items():
        families[root].append(word)
    for root, family in sorted(families.items()):
        if len({stem(word) for word in family}) > 1:
            yield f"apart     {root}: " + ", ".join(f"{word} > {stem(word)}" for word in family)
    families.clear()
    for word in words.roots:
        families[stem(word)].append(word)
    for got, family in sorted(families.items()):
        if len({words.roots[word] for word in family}) > 1:
            yield f"together  {got}: " + ", ".join(f"{word} ({words.roots[word]})" for word in family)
    yield "names     " + ", ".join(f"{name} > {stem(name)}" for name in words.names if stem(name) != name)


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.stems", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="the file (default: stems/ud_gsd.tsv in the data folder)")
    parser.add_argument("--halves", action="store_true", help="also measure two random halves")
    parser.add_argument("--rules", action="store_true", help="also measure without each part of the stemmer")
    parser.add_argument("--errors", action="store_true", help="list what Telusur's stemmer gets wrong")
    parser.add_argument("--learn", action="store_true", help="also learn names from news.jsonl.gz first")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    options = parser.parse_args(arguments)
    path = options.data or data_path() / "stems" / "ud_gsd.tsv"
    try:
        words = read_words(path)
    except FileNotFoundError:
        print(f"{path} is not there; set TELUSUR_DATA to a folder that has stems/ud_gsd.tsv", file=sys.stderr)
        return 1
    compared = stemmers(learn=options.learn)
    measured = {name: measure(stem, words) for name, stem in compared.items()}
    if options.json:
        print(json.dumps({name: quality._asdict() for name, quality in measured.items()}, indent=2))
        return 0
    print(f"{'stemmer':26}{'recall':>9}{'precision':>11}{'names':>8}")
    for name, quality in measured.items():
        print(f"{name:26}{quality.recall:9.3f}{quality.precision:11.3f}{quality.names:8.3f}")
    if options.halves:
        for seed in range(3):
            for label, half in zip("AB", halves(words, seed), strict=True):
                quality = measure(compared["Telusur"], half)
                print(
                    f"{f'Telusur, split {seed} half {label}':26}"
                    f"{quality.recall:9.3f}{quality.precision:11.3f}{quality.names:8.3f}"
                )
    if options.rules:
        for what, stem in without_rules():
            quality = measure(stem, words)
            print(f"without {what:48}{quality.recall:9.4f}{quality.precision:11.4f}{quality.names:8.4f}")
    if options.errors:
        print(*_errors(compared["Telusur"], words), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
