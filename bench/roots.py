"""Words in use: which of PySastrawi's 30,000 roots real texts have, and which light derivations of them.

``python -m bench.roots`` reads the news and the passages under ``TELUSUR_DATA`` or ``../shared/data`` and
writes three lists to ``index/analysis/data``, one word a line below a head that names source and licence:

- ``living.words``: roots of which words were seen five times in lower case, the root itself or with affixes
  that no name seems to have; light affixes (``-an``, ``pe-``, ``se-``) count for nothing, because the list is
  there to judge them;
- ``common.words``: those seen three hundred times;
- ``derived.words``: words with light affixes around a root that is living but not common, seen twice.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.stems import data_path
from index.analysis.lexicon_files import load_lexicon
from index.analysis.morphology import readings
from index.analysis.stemmer import roots_with
from index.analysis.wordlists import DATA, sastrawi_roots

LIVING, COMMON, DERIVED = 5, 300, 2
"""How often words must be seen in lower case."""
MOST_CAPITALISED = 5
"""A word seen in capitals more than so many times as often as in lower case is a name."""

_HEADS = {
    "living": f"Roots that texts use: those whose words they have {LIVING} times or more.",
    "common": f"Roots in common use: those whose words texts have {COMMON} times or more.",
    "derived": f"Words with light affixes around living roots that are not common, {DERIVED} times or more.",
}
_ORIGIN = """\
# Source: root words of PySastrawi (from Kateglo), those found in Indonesian news and passages
# SPDX-License-Identifier: CC-BY-NC-SA-3.0
# Made by: python -m bench.roots
"""
_LOWER = re.compile(r"(?<![\w'’-])[a-z]+(?![\w'’-])")
_INSIDE_SENTENCE = re.compile(r" (?<=[a-z,] )([A-Z][a-z]+)(?![\w'’-])")


def texts(data: Path) -> Iterator[str]:
    """The bodies of every set of articles and passages under a folder."""
    for path in (data / "news.jsonl.gz", *sorted(data.glob("relevance/*/docs.jsonl.gz"))):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["body"]


def words_in_use(bodies: Iterable[str]) -> dict[str, list[str]]:
    """The three lists by name, each in alphabetical order."""
    lower: Counter[str] = Counter()
    capitalised: Counter[str] = Counter()
    for body in bodies:
        lower.update(_LOWER.findall(body))
        capitalised.update(_INSIDE_SENTENCE.findall(body))
    known = sastrawi_roots()
    roots = roots_with(load_lexicon())._replace(known=known, living=known, common=known, derived=())
    seen: Counter[str] = Counter()
    light: Counter[tuple[str, str]] = Counter()
    for word, count in lower.items():
        if capitalised[word.capitalize()] > MOST_CAPITALISED * count:
            continue
        if word in known:
            seen[word] += count
        elif found := readings(word, roots):
            best = found[0]
            if best.is_light:
                base = word.removesuffix("".join(best.enclitics).replace("-", ""))
                light[base, best.root] += count
            else:
                seen[best.root] += count
    living = {root for root, count in seen.items() if count >= LIVING}
    common = {root for root in living if seen[root] >= COMMON}
    derived = {
        word
        for (word, root), count in light.items()
        if count >= DERIVED and word != root and root in living - common
    }
    return {"living": sorted(living), "common": sorted(common), "derived": sorted(derived)}


def content(name: str, words: Iterable[str]) -> str:
    """What the file of a list holds: its head and the words, one a line.

    :param name: ``living``, ``common`` or ``derived``.
    """
    return f"# {_HEADS[name]}\n{_ORIGIN}" + "".join(f"{word}\n" for word in words)


def main() -> int:
    """Write the lists."""
    data = data_path()
    if not (data / "news.jsonl.gz").is_file():
        print(f"{data}/news.jsonl.gz is not there; set TELUSUR_DATA to its folder", file=sys.stderr)
        return 1
    for name, words in words_in_use(texts(data)).items():
        (DATA / f"{name}.words").write_text(content(name, words), encoding="ascii")
        print(f"{name}: {len(words)} words")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
