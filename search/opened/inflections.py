"""Inflections: which forms of a word an archive has."""

from __future__ import annotations

from collections.abc import Iterable

from index.analysis.analyzer import Analyzer

_MOST_FORMS = 1_000_000


class Inflections:
    """The forms of an archive by their stems. Immutable; safe to share between threads.

    :param forms: all different ones. Of more than a million only the first are looked at, and the forms are
        not ``complete`` then.
    :param analyzer: knows their stems.
    """

    def __init__(self, forms: Iterable[str], analyzer: Analyzer) -> None:
        self._by_stem: dict[str, str] = {}
        self.complete = True
        by_stem = self._by_stem
        for number, form in enumerate(forms):
            if number >= _MOST_FORMS:
                self.complete = False
                break
            stem = analyzer.stem(form)
            if stem != form:
                # One text takes far less room than a tuple of texts.
                known = by_stem.get(stem)
                by_stem[stem] = form if known is None else f"{known} {form}"

    def forms(self, stem: str) -> list[str]:
        """The forms of a stem, the stem itself left out."""
        return self._by_stem.get(stem, "").split()
