"""Which other words stand for a run of words: acronyms in both directions, and synonyms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

Words = tuple[str, ...]
"""A word or several in order, as forms."""


class Expansion(NamedTuple):
    """A run of words that has other forms.

    :param start: index of its first word.
    :param end: index behind its last word.
    :param words: the run itself.
    :param others: what may stand for it, the usual one first.
    """

    start: int
    end: int
    words: Words
    others: tuple[Words, ...]


class ExpansionTable:
    """Looks up runs of words, longest first.

    :param acronyms: short form -> spellings of its long form.
    :param synonyms: words -> words that mean the same; each stands for each.
    """

    def __init__(
        self, acronyms: Mapping[Words, Sequence[Words]], synonyms: Mapping[Words, Sequence[Words]]
    ) -> None:
        found: dict[Words, dict[Words, None]] = {}
        for words, others in synonyms.items():
            group = (words, *others)
            for word in group:
                found.setdefault(word, {}).update(dict.fromkeys(other for other in group if other != word))
        for short, longs in acronyms.items():
            for long in longs:
                found.setdefault(short, {})[long] = None
                found.setdefault(long, {})[short] = None
        self._others = {words: tuple(others) for words, others in found.items() if others}
        for words in list(self._others):
            # undang-undang, typed undang undang
            apart = tuple(part for word in words for part in word.split("-"))
            self._others.setdefault(apart, self._others[words])
        self._longest = max(map(len, self._others), default=0)

    def find(self, forms: Sequence[str]) -> list[Expansion]:
        """Every run that has other forms; see :meth:`Lexicon.expansions`."""
        taken = [False] * len(forms)
        found = []
        for length in range(min(self._longest, len(forms)), 0, -1):
            for start in range(len(forms) - length + 1):
                words = tuple(forms[start : start + length])
                others = self._others.get(words)
                if others and not any(taken[start : start + length]):
                    taken[start : start + length] = [True] * length
                    found.append(Expansion(start, start + length, words, others))
        return sorted(found)
