"""Columns of a commit that are counted: values as shown, and the number of each document's value."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from index.engines.semantics import shown_values
from index.engines.whoosh.arrays import Docs, Numbers
from index.engines.whoosh.schema import term_text

# Days from 0001-01-01, which is day 1, to 1970-01-01.
_EPOCH = 719163


class FacetColumn(NamedTuple):
    """One facet.

    :param values: the values as shown, in code point order.
    :param folded: their casefolded form -> number in ``values``.
    :param ordinals: for each document the number of its value plus 1, or 0 for none.
    """

    values: list[str]
    folded: dict[str, int]
    ordinals: Docs


class DayColumn(NamedTuple):
    """Days of publication, numbered so that one far from all others costs no count anything.

    :param days: the distinct days as proleptic Gregorian ordinals, 0 for none, ascending.
    :param numbers: for each document the place of its day in ``days``.
    """

    days: Docs
    numbers: Numbers

    def counts_of(self, docs: Docs) -> dict[int, int]:
        """Day -> how many of some documents have it, for the days of any of them."""
        counts = np.bincount(self.numbers[docs], minlength=len(self.days))
        some = counts.nonzero()[0]
        return dict(zip(self.days[some].tolist(), counts[some].tolist(), strict=True))


def day_column(days: Docs) -> DayColumn:
    """The column of the days of each document."""
    distinct, numbers = np.unique(days, return_inverse=True)
    return DayColumn(distinct, numbers.astype(np.min_scalar_type(len(distinct))))


def value_column(values: list[bytes], ordinals: Numbers) -> FacetColumn:
    """Values that differ in case only become one, shown as most documents write it.

    :param values: distinct values as written, ``b""`` for none.
    :param ordinals: for each document the number of its value.
    """
    counts = np.bincount(ordinals, minlength=len(values)).tolist()
    texts = [term_text(value) for value in values]
    keys = [text.casefold() for text in texts]
    written = shown_values((text, count) for text, count in zip(texts, counts, strict=True) if text and count)
    shown = sorted((text, key) for key, text in written.items())
    folded = {key: number for number, (_, key) in enumerate(shown)}
    number = np.array([folded.get(key, -1) + 1 if key else 0 for key in keys], np.int64)
    return FacetColumn([text for text, _ in shown], folded, number[ordinals])


def year_column(days: Docs) -> FacetColumn:
    """The years of days of publication (proleptic Gregorian ordinals, 0 for none)."""
    dated = days > 0
    years = np.zeros(len(days), np.int64)
    years[dated] = (days[dated] - _EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    years[dated] += 1970
    known = np.flatnonzero(np.bincount(years))
    texts = {int(year): str(year) for year in known.tolist() if year}
    values = sorted(texts.values())
    folded = {value: number for number, value in enumerate(values)}
    number = np.zeros(int(known[-1]) + 1 if len(known) else 1, np.int64)
    for year, text in texts.items():
        number[year] = folded[text] + 1
    return FacetColumn(values, folded, number[years])
