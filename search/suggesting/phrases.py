"""Phrases: names and expressions of several words that an archive uses, learned from some of its articles.

A name is a run of capitalised words inside a sentence; an expression is words that stand together in titles
far more often than chance would have it (Church and Hanks 1990: mutual information). Whatever only ever
stands inside of a longer one is no expression of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import islice, pairwise

import numpy as np

from index.analysis.tokens import Token, tokenize
from index.documents import Document
from index.engines.base import Reader
from index.query import Facet
from index.store.kept_arrays import Arrays
from search.spelling.prefixes import PrefixTable, TextArray
from search.suggesting.completion import Kind

SAMPLED = 5000
"""Articles that are read, evenly over the index: 0.8 s of CPU beside the searches."""

LEAST = 3
"""Of these, how many must hold a name or an expression."""

MOST = 40_000
"""Names and expressions that are kept: 8 MB."""

LONGEST = 5
"""Words of the longest name."""

MORE_THAN_CHANCE = 8.0
"""How many times as often as chance would have it words must stand together."""

INSIDE = 0.8
"""An expression that stands in a longer one in this share of its articles is left out."""

_AT_ONCE = 32
_MOST_COUNTED = 300_000
_NAME = re.compile(r"(?<=[a-z0-9,] )[A-Z][\w'’]*(?:[ -][A-Z][\w'’]*)+")
_OPERATORS = frozenset(("AND", "OR", "NOT", "DAN", "ATAU", "TIDAK"))


class Phrases:
    """Names and expressions by how they begin. Immutable; safe to share between threads.

    :param arrays: what :meth:`of` gave.
    """

    def __init__(self, arrays: Arrays) -> None:
        self._table = PrefixTable(arrays, "phrase")
        self._written = TextArray(arrays, "written")
        self._is_name = arrays["name"]

    @staticmethod
    def of(weights: Mapping[str, tuple[Kind, int]]) -> Arrays:
        """The arrays of some names and expressions.

        :param weights: each as written -> (what it is, about how many articles hold it).
        """
        written: dict[str, str] = {}
        heaviest: dict[str, int] = {}
        for text, (_, weight) in sorted(weights.items(), key=lambda item: -item[1][1]):
            key = key_of(text)
            # A name stands as it is written for the same words in lower case.
            if key and (key not in written or written[key] == key):
                written[key] = text
                heaviest[key] = max(weight, heaviest.get(key, 0))
        kept = sorted(sorted(written, key=lambda key: -heaviest[key])[:MOST])
        return {
            **PrefixTable.of({key: heaviest[key] for key in kept}, "phrase"),
            # Most expressions are written as their keys are, which then need no text of their own.
            **TextArray.of(("" if written[key] == key else written[key] for key in kept), "written"),
            "name": np.array([weights[written[key]][0] is Kind.NAME for key in kept], np.bool_),
        }

    def __len__(self) -> int:
        return len(self._table)

    def best(self, start: str, most: int) -> list[tuple[str, Kind]]:
        """(as written, what it is) of the most frequent that begin so, as :func:`key_of` has them."""
        found = [(key, self._table.place(key)) for key, _ in self._table.best(start, most)]
        return [
            (self._written[place] or key, Kind.NAME if self._is_name[place] else Kind.PHRASE)
            for key, place in found
        ]

    def written(self, key: str) -> str:
        """How the archive writes some words."""
        place = self._table.place(key)
        return (self._written[place] if place >= 0 else "") or key


def key_of(text: str) -> str:
    """The forms of a text, side by side."""
    return " ".join(token.form for token in tokenize(text))


def learn(
    reader: Reader,
    weightless: frozenset[str],
    wanted: Callable[[], bool],
    also: Callable[[Document], None] = lambda document: None,
) -> dict[str, tuple[Kind, int]]:
    """What an archive says in several words, each as written -> (what it is, about how many articles hold
    it).

    :param weightless: forms that no expression begins or ends with.
    :param wanted: asked in between; when it says no, this ends early.
    :param also: told of each article that is read.
    :raises EngineError: if the index cannot be read.
    """
    every = max(1, reader.count() // SAMPLED)
    ids = [id_ for id_, _ in islice(reader.hashes(), 0, None, every)]
    names: Counter[str] = Counter()
    counts: Counter[tuple[str, ...]] = Counter()
    for first in range(0, len(ids), _AT_ONCE):
        if not wanted():
            break
        for document in reader.documents(ids[first : first + _AT_ONCE]):
            if document is not None:
                also(document)
                names.update(_names(document))
                counts.update(_runs(tokenize(document.title), document.title, weightless))
        _bound(names)
        _bound(counts)
    found = {_text(run): (Kind.PHRASE, count * every) for run, count in _expressions(counts).items()}
    found |= {name: (Kind.NAME, count * every) for name, count in names.items() if count >= LEAST}
    for facet in (Facet.SOURCE, Facet.PLACE, Facet.AUTHOR):
        values = reader.facet_values(facet)
        for value in sorted(values, key=lambda value: -values[value])[:MOST]:
            found[value] = (Kind.NAME, values[value])
    return found


def _names(document: Document) -> set[str]:
    runs = set(_NAME.findall(document.body))
    return {run for run in runs if run.count(" ") < LONGEST and _OPERATORS.isdisjoint(run.split())}


def _runs(tokens: list[Token], title: str, weightless: frozenset[str]) -> Iterable[tuple[str, ...]]:
    """Single words, and neighbouring words with nothing but a blank or a dash between them: the dash stays
    before its word. The empty run counts titles."""
    runs: set[tuple[str, ...]] = {(token.form,) for token in tokens}
    runs.add(())
    for first, token in enumerate(tokens):
        if token.form in weightless or not token.form[0].isalpha():
            continue
        run: tuple[str, ...] = (token.form,)
        for before, after in islice(pairwise(tokens[first:]), 2):
            between = title[before.end : after.start]
            if between not in (" ", "-"):
                break
            run = (*run, after.form if between == " " else f"-{after.form}")
            if after.form not in weightless:
                runs.add(run)
    return runs


def _expressions(counts: Counter[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    titles = counts[()]
    found: dict[tuple[str, ...], int] = {}
    for run, count in counts.items():
        if len(run) > 1 and count >= LEAST:
            chance = counts[run[:1]] * counts[(run[-1].removeprefix("-"),)] / titles
            if count >= MORE_THAN_CHANCE * chance:
                found[run] = count
    for run, count in list(found.items()):
        if len(run) == 3:
            for part in (run[:2], run[1:]):
                if part in found and count >= INSIDE * counts[part]:
                    del found[part]
    return found


def _text(run: tuple[str, ...]) -> str:
    return " ".join(run).replace(" -", "-")


def _bound(counter: Counter[str] | Counter[tuple[str, ...]]) -> None:
    """Forget what was seen once, if there is too much."""
    if len(counter) > _MOST_COUNTED:
        for key in [key for key, count in counter.items() if count == 1]:
            del counter[key]
