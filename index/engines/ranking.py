"""Values of a facet: how they are shown, and which of those that were counted are the most frequent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from index.engines.semantics import shown_values

SPARE = 8
"""Values asked for beyond those wanted, so that ties at the end rarely need a second question."""


class FacetValues(NamedTuple):
    """Every value of one facet.

    :param shown: casefolded value -> the value as most documents write it, ties by value.
    :param counts: casefolded value -> number of documents.
    :param later: casefolded value -> the first shown value of all those whose casefolded value comes later.
    """

    shown: dict[str, str]
    counts: dict[str, int]
    later: dict[str, str]


def every_value(written: Iterable[tuple[str, int]]) -> FacetValues:
    """The values of a facet.

    :param written: values as written and numbers of documents.
    """
    written = list(written)
    shown = shown_values(written)
    counts = dict.fromkeys(shown, 0)
    for value, count in written:
        counts[value.casefold()] += count
    return FacetValues(shown, counts, _later(shown))


def ranked(buckets: Sequence[Any], shown: dict[str, str]) -> list[tuple[int, str]]:
    """(count, negative; value as shown), the most frequent first, ties by value."""
    return sorted([(-bucket["doc_count"], shown[key]) for bucket in buckets if (key := bucket["key"])])


def is_settled(
    buckets: Sequence[Any], found: Sequence[tuple[int, str]], size: int, values: FacetValues
) -> bool:
    """Whether none of the values that were not handed over belongs among the first.

    Those are at most as frequent as the last one handed over, and where they tie with it, their casefolded
    values come later.
    """
    if len(found) < size:
        return False
    count, value = found[size - 1]
    last = buckets[-1]
    if -count > last["doc_count"]:
        return True
    later = values.later.get(last["key"])
    return later is None or later > value


def _later(shown: dict[str, str]) -> dict[str, str]:
    later: dict[str, str] = {}
    first: str | None = None
    for key in sorted(shown, reverse=True):
        if first is not None:
            later[key] = first
        first = shown[key] if first is None else min(first, shown[key])
    return later
