"""Columns of a commit that are counted: values as shown, and the number of each document's value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from index.engines.semantics import shown_values
from index.engines.whoosh.arrays import Docs, Ints, Mask, Numbers, bounds_of, flat_index
from index.engines.whoosh.columns import Lists
from index.engines.whoosh.fields import term_text

# Days from 0001-01-01, which is day 1, to 1970-01-01.
_EPOCH = 719163


_Aligned = Callable[[Numbers], Numbers]
"""See :meth:`index.engines.whoosh.matches.Listed.aligned`."""


class FacetColumn(NamedTuple):
    """One facet.

    :param values: the values as shown, in code point order.
    :param folded: their casefolded form -> number in ``values``.
    :param ordinals: for each document the number of its value plus 1, or 0 for none.
    """

    values: list[str]
    folded: dict[str, int]
    ordinals: Docs

    def counts(self, docs: Docs | None = None) -> Ints:
        """How many documents have each of ``values``.

        :param docs: which of them count, by default all.
        """
        ordinals = self.ordinals if docs is None else self.ordinals[docs]
        return np.bincount(ordinals, minlength=len(self.values) + 1)[1:]

    def having(self, wanted: Sequence[str], aligned: _Aligned) -> Mask:
        """Which documents have one of some values."""
        mask: Mask = _chosen(self.folded, len(self.values), wanted)[aligned(self.ordinals)]
        return mask

    @property
    def valued(self) -> Mask:
        """Which documents have a value."""
        return self.ordinals > 0


class ListColumn(NamedTuple):
    """One facet of which a document may have several values.

    :param values: the values as shown, in code point order.
    :param folded: their casefolded form -> number in ``values``.
    :param bounds: for each document where its values begin in ``ordinals``; behind them where the last end.
    :param ordinals: the numbers of the values plus 1, document after document.
    """

    values: list[str]
    folded: dict[str, int]
    bounds: Numbers
    ordinals: Numbers

    def counts(self, docs: Docs | None = None) -> Ints:
        """See :meth:`FacetColumn.counts`."""
        ordinals = self.ordinals
        if docs is not None and self.values:
            starts = self.bounds[docs]
            ordinals = ordinals[flat_index(starts, self.bounds[docs + 1] - starts)]
        return np.bincount(ordinals, minlength=len(self.values) + 1)[1:]

    def having(self, wanted: Sequence[str], aligned: _Aligned) -> Mask:
        """See :meth:`FacetColumn.having`."""
        places = _chosen(self.folded, len(self.values), wanted)[self.ordinals].nonzero()[0]
        mask = np.zeros(len(self.bounds) - 1, np.bool_)
        mask[self.bounds.searchsorted(places, side="right") - 1] = True
        return aligned(mask)

    @property
    def valued(self) -> Mask:
        """See :attr:`FacetColumn.valued`."""
        return self.bounds[1:] > self.bounds[:-1]


def _chosen(folded: dict[str, int], count: int, wanted: Sequence[str]) -> Mask:
    """Which ordinals of a column stand for one of the values; 0, no value, never does."""
    mask = np.zeros(count + 1, np.bool_)
    for value in wanted:
        number = folded.get(value.casefold())
        if number is not None:
            mask[number + 1] = True
    return mask


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
    shown, folded, number = _shown(values, ordinals)
    return FacetColumn(shown, folded, number[ordinals])


def list_column(lists: Lists, count: int) -> ListColumn:
    """The same of lists of values.

    :param lists: of so many documents.
    """
    shown, folded, number = _shown(lists.values, lists.ordinals)
    bounds = bounds_of(lists.sizes) if len(lists.sizes) else np.zeros(count + 1, np.int64)
    ordinals = number.astype(np.min_scalar_type(len(shown)))[lists.ordinals]
    return ListColumn(shown, folded, bounds.astype(np.min_scalar_type(-1 - len(ordinals))), ordinals)


def _shown(values: list[bytes], ordinals: Numbers) -> tuple[list[str], dict[str, int], Ints]:
    """(the values as shown, in order; casefolded form -> number of the shown one; number as written -> number
    of the shown one plus 1, 0 for none)."""
    counts = np.bincount(ordinals, minlength=len(values)).tolist()
    texts = [term_text(value) for value in values]
    keys = [text.casefold() for text in texts]
    written = shown_values((text, count) for text, count in zip(texts, counts, strict=True) if text and count)
    shown = sorted((text, key) for key, text in written.items())
    folded = {key: number for number, (_, key) in enumerate(shown)}
    number = np.array([folded.get(key, -1) + 1 if key else 0 for key in keys], np.int64)
    return [text for text, _ in shown], folded, number


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
