"""One condition of a filter -> the tree that finds the articles that meet it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil, floor

from index.messages import _
from index.query import Boolean, Everything, Facet, Nothing, Published, Query, Term, TextField, Value, Valued
from index.sources.addresses import id_key
from search.meili.attributes import DAY_SECONDS, DAYS, EPOCH, FILTERABLE, VALUES
from search.query.dates import day_span

_LAST_DAY = date.max.toordinal()
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_LONGEST_NUMBER = 15
_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*", re.DOTALL)
_YEAR = re.compile("[0-9]{4}")

Span = tuple[int, int]
"""First and last day that a value stands for, as proleptic Gregorian ordinals; for a moment within a day the
first is the day after it, the last the day that it is in."""


class ConditionError(ValueError):
    """A condition cannot be met or missed: its attribute is none, or cannot be compared so."""


def condition(attribute: str, operator: str, values: Sequence[str]) -> Query:
    """The articles that meet a condition.

    :param operator: a comparison, ``TO``, ``IN``, ``EXISTS``, ``NULL`` or ``EMPTY``.
    :param values: as many as the operator takes.
    :raises ConditionError: with the reason.
    """
    if attribute not in FILTERABLE:
        names = ", ".join(FILTERABLE)
        raise ConditionError(
            _("atribut `{name}` tidak dapat disaring; yang dapat: {names}", name=attribute, names=names)
        )
    match operator:
        case "=" | "IN":
            return any_of([_equal(attribute, value) for value in values])
        case "!=":
            return none_of(_equal(attribute, values[0]))
        case "EXISTS":
            return Everything()
        case "NULL" | "EMPTY":
            return _missing(attribute, operator)
        case "TO":
            return _days(_compared(attribute, values[0])[0], _compared(attribute, values[1])[1])
    first, last = _compared(attribute, values[0])
    match operator:
        case ">":
            return _days(last + 1, _LAST_DAY)
        case ">=":
            return _days(first, _LAST_DAY)
        case "<":
            return _days(1, first - 1)
        case _:
            return _days(1, last)


def all_of(trees: Sequence[Query]) -> Query:
    """The articles of every tree."""
    return trees[0] if len(trees) == 1 else Boolean(must=tuple(trees))


def any_of(trees: Sequence[Query]) -> Query:
    """The articles of any tree; values of one facet are asked for together."""
    values: dict[Facet, list[str]] = {}
    others: list[Query] = []
    for tree in trees:
        if isinstance(tree, Value):
            values.setdefault(tree.facet, []).extend(tree.values)
        else:
            others.append(tree)
    some = [*(Value(facet, tuple(each)) for facet, each in values.items()), *others]
    if not some:
        return Nothing()
    return some[0] if len(some) == 1 else Boolean(should=tuple(some), minimum=1)


def none_of(tree: Query) -> Query:
    """The articles that a tree does not find."""
    return Boolean(must_not=(tree,))


def _equal(attribute: str, value: str) -> Query:
    if attribute == "id":
        return Term(TextField.ADDRESS, id_key(value))
    if attribute in DAYS:
        span = _span(attribute, value)
        return _days(*span) if span else Nothing()
    if not value:
        return _missing(attribute, "EMPTY")
    return Value(VALUES[attribute], (value,))


def _missing(attribute: str, operator: str) -> Query:
    """Articles without a value: an empty text counts as null too, as whoever asks wants those without."""
    if attribute in DAYS:
        return none_of(Published()) if operator == "NULL" else Nothing()
    return none_of(Valued(VALUES[attribute])) if attribute in VALUES else Nothing()


def _compared(attribute: str, value: str) -> Span:
    if attribute not in DAYS:
        names = ", ".join(DAYS)
        raise ConditionError(
            _("atribut `{name}` tidak dapat dibandingkan; yang dapat: {names}", name=attribute, names=names)
        )
    span = _span(attribute, value)
    if span is None:
        raise ConditionError(
            _("`{value}` bukan bilangan atau tanggal untuk atribut `{name}`", value=value, name=attribute)
        )
    return span


def _span(attribute: str, value: str) -> Span | None:
    """The days that a value of one of :data:`DAYS` stands for, ``None`` if it is none."""
    value = value.strip()
    if attribute == "published":
        if time := _TIME.fullmatch(value):
            value = time[1]
        if days := day_span(value):
            return days[0].toordinal(), days[1].toordinal()
        if _YEAR.fullmatch(value):
            return None
    if not _NUMBER.fullmatch(value) or len(value) > _LONGEST_NUMBER:
        return None
    number = float(value)
    if attribute != "year":
        moment = EPOCH + number / DAY_SECONDS
        return _within(ceil(moment)), _within(floor(moment))
    return _first_day(ceil(number)), _first_day(floor(number) + 1) - 1


def _within(day: int) -> int:
    return max(0, min(day, _LAST_DAY + 1))


def _first_day(year: int) -> int:
    if year < 1:
        return 0
    return date(year, 1, 1).toordinal() if year <= date.max.year else _LAST_DAY + 1


def _days(first: int, last: int) -> Query:
    """The articles of some days; a number of a day that no calendar has stands for the end of all days."""
    first, last = max(first, 1), min(last, _LAST_DAY)
    if first > last:
        return Nothing()
    return Published(date.fromordinal(first), date.fromordinal(last))


def leaves(tree: Query | None) -> int:
    """How many things an engine has to look for; several values of one facet are one."""
    if tree is None:
        return 0
    if isinstance(tree, Boolean):
        return sum(map(leaves, (*tree.must, *tree.should, *tree.must_not)))
    return 1


def all_trees(trees: Iterable[Query]) -> Query | None:
    """The articles of every tree, ``None`` for no restriction if there is none."""
    some = list(trees)
    return all_of(some) if some else None
