"""Inflections: which forms of a word an archive has."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from index.analysis.analyzer import Analyzer
from index.store.kept_arrays import Arrays
from search.spelling.prefixes import PrefixTable, TextArray

_MOST_FORMS = 1_000_000


class Inflections:
    """The forms of an archive by their stems. Immutable; safe to share between threads.

    The forms are not ``complete`` if there are too many.

    :param arrays: what :meth:`of` gave.
    """

    def __init__(self, arrays: Arrays) -> None:
        self._stems = PrefixTable(arrays, "stem")
        self._forms = TextArray(arrays, "forms")
        self.complete = bool(arrays["complete"][0])

    @staticmethod
    def of(forms: Iterable[str], analyzer: Analyzer) -> Arrays:
        """The arrays of some forms.

        :param forms: all different ones. Of more than a million only the first are looked at.
        :param analyzer: knows their stems.
        """
        by_stem: dict[str, str] = {}
        complete = True
        for number, form in enumerate(forms):
            if number >= _MOST_FORMS:
                complete = False
                break
            stem = analyzer.stem(form)
            if stem != form:
                # One text takes far less room than a tuple of texts.
                known = by_stem.get(stem)
                by_stem[stem] = form if known is None else f"{known} {form}"
        return {
            **PrefixTable.of(dict.fromkeys(by_stem, 0), "stem"),
            **TextArray.of((by_stem[stem] for stem in sorted(by_stem)), "forms"),
            "complete": np.array([complete]),
        }

    def forms(self, stem: str) -> list[str]:
        """The forms of a stem, the stem itself left out."""
        place = self._stems.place(stem)
        return self._forms[place].split() if place >= 0 else []
