"""Words of two roots: a question for one finds those that an index has under the other, as second."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from weakref import proxy

from index.analysis.two_readings import TwoReadings
from search.plan.tokens import QueryToken, Variant

_KEPT = 1 << 12
_MOST = 12
"""Forms of a root that are looked for: the most frequent."""

_TIMES = 2
"""How many times the articles that a word finds its other root may find at most: who asks for a bear does not
want all that speaks of money."""


class Readings:
    """What else words are read as. Immutable but for what it remembers; safe to share between threads.

    :param words: knows words of two roots.
    :param stem: form -> stem.
    :param stems: number of articles whose body holds a stem.
    :param forms: number of those that hold a form.
    """

    def __init__(
        self,
        words: TwoReadings,
        stem: Callable[[str], str],
        stems: Callable[[str], int],
        forms: Callable[[str], int],
    ) -> None:
        self._words = words
        self._stem = stem
        self._stems = stems
        self._forms = forms
        # What is remembered holds nobody who remembers, or a circle would keep a whole index open.
        self._known = lru_cache(_KEPT)(partial(Readings._find, proxy(self)))

    def find(self, token: QueryToken) -> tuple[Variant, ...]:
        """What is found for a word as second: forms of another root that may be of this one, and the other
        root of the word."""
        return self._known(token.form, token.stem)

    def _find(self, form: str, stem: str) -> tuple[Variant, ...]:
        counted = [(self._forms(each), each) for each in self._words.forms(stem)]
        most = sorted(((count, each) for count, each in counted if count), reverse=True)[:_MOST]
        found = [self._variant(each, count, True) for count, each in most]
        known = self._stems(stem)
        others = [(self._stems(other), other) for other in self._words.others(form)]
        most_found = _TIMES * max(known, 1)
        found += [self._variant(other, count, False) for count, other in others if 0 < count <= most_found]
        return tuple(found)

    def _variant(self, form: str, count: int, exact: bool) -> Variant:
        return Variant((QueryToken(form, self._stem(form)),), count, (count,), exact)
