"""Columns: what each column or key of a table was taken for, and what a record of it says for each field."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from msgspec import Struct, field

from index.settings import Settings
from index.sources.fields.guessing import demote_prepared, guess
from index.sources.fields.names import Meaning, meaning, words_of
from index.sources.fields.rules import Rule, rule_for
from index.sources.fields.tables import ColumnTaken, Table, Why, shown, shown_name
from index.sources.fields.vocabulary import EXCERPT, NAMES

OWNER_RANK = -1000
_DEEPEST_PATH, _MOST_SHOWN, _MOST_NAMES = 6, 100, 2000


class Columns(Struct, frozen=True, dict=True):
    """The columns of one table. Pickles.

    :param meanings: column -> what it was taken for; others are taken by their name.
    :param reasons: column -> why, where that is not its name.
    :param owned: fields that only the owner's columns and values fill.
    :param paths: field, rank and keys of what the owner names inside nested objects (``penulis.nama``).
    :param fixed: field -> what the owner says it is in every article.
    :param missing: columns that the owner names and the table has not.
    :param parts: numbered columns that hold the text together, in order (``paragraf_1``, ``paragraf_2``).
    """

    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    reasons: Mapping[str, Why] = field(default_factory=dict)
    owned: frozenset[str] = frozenset()
    paths: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, names: Iterable[str], rows: Sequence[Mapping[Any, Any]], origin: str, settings: Settings
    ) -> Columns:
        """Decide for one table: the owner's word first, then the names, then what the values look like.

        :param names: of all columns.
        :param rows: some records; of a long table the first.
        :param origin: of the file, which the owner's rules are about.
        """
        names = list(islice(dict.fromkeys(names), _MOST_NAMES))
        meanings = {name: meaning(name) for name in names}
        demote_prepared(meanings, rows)
        guessed = guess(meanings, rows)
        meanings |= guessed
        reasons = dict.fromkeys(guessed, Why.VALUES)
        if not settings.tables("fields"):
            return cls(meanings, reasons, parts=_parts(meanings))
        return _by_rule(rule_for(origin, settings), meanings, reasons, rows)

    def meaning(self, name: str) -> Meaning:
        """What a column was taken for."""
        found = self.meanings.get(name)
        if found is None:
            found = meaning(name)
        return Meaning() if found.field in self.owned and name not in self.reasons else found

    def field_of(self, name: str) -> str | None:
        """The document's field that a column was taken for, or ``None``."""
        field_name = self.meaning(name).field
        return field_name if field_name in NAMES else None

    def has(self, field: str) -> bool:
        """Whether anything may fill a field."""
        return (
            field in self.fixed
            or any(path[0] == field for path in self.paths)
            or any(self.meaning(name).field == field for name in self.meanings if name not in self.missing)
        )

    def values(self, record: Mapping[Any, Any]) -> dict[str, list[Any]]:
        """For each field what the record holds for it, the best first; nothing where that is empty."""
        found: dict[str, list[Any]] = {}
        ranks: dict[str, list[int]] = {}
        meanings, owned = self.meanings, self.owned
        for name, value in islice(record.items(), _MOST_NAMES):
            if value is None or value == "" or not isinstance(name, str):
                continue
            taken = meanings.get(name) or meaning(name)
            field_name = taken.field
            if not field_name or (field_name in owned and name not in self.reasons):
                continue
            if field_name in found:
                _insert(found, ranks, field_name, taken.rank, value)
            else:
                found[field_name], ranks[field_name] = [value], [taken.rank]
        if self.parts:
            _insert(found, ranks, "body", OWNER_RANK, [record.get(name) for name in self.parts])
        for field_name, rank, path in self.paths:
            if (value := _at(record, path)) is not None:
                _insert(found, ranks, field_name, rank, value)
        for field_name, value in self.fixed.items():
            _insert(found, ranks, field_name, 0, value)
        return found

    def table(self, origin: str, examples: Mapping[str, Any]) -> Table:
        """The columns as the owner is told them.

        :param origin: of the file.
        :param examples: column -> a value of it.
        """
        names = list(islice((name for name in self.meanings if name not in self.missing), _MOST_SHOWN))
        best: dict[str, int] = {}
        for name in names:
            taken = self.meaning(name)
            best[taken.field] = min(taken.rank, best.get(taken.field, taken.rank))
        told = [self._told(name, best, shown(examples.get(name, ""))) for name in names]
        told += [
            ColumnTaken("-", name, Why.OWNER, example=shown(value)) for name, value in self.fixed.items()
        ]
        return Table(origin, tuple(told), self.missing)

    def _told(self, name: str, best: Mapping[str, int], example: str) -> ColumnTaken:
        field_name, rank, *_rest = self.meaning(name)
        why = self.reasons.get(name, Why.NAME if field_name else None)
        is_spare = field_name not in ("", "topics") and rank > best[field_name]
        is_spare = is_spare or (field_name == EXCERPT and self.has("body"))
        return ColumnTaken(shown_name(name), field_name, why, is_spare, example)

    def others(self, record: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
        """What of a record is no field of an article and was not left out by the owner."""
        if self._are_fields.issuperset(record):
            return []  # the rule; the same as below
        return [
            item
            for item in record.items()
            if self.reasons.get(item[0]) is not Why.OWNER
            and self.meaning(str(item[0])).field in ("", EXCERPT)
        ]

    @cached_property
    def _are_fields(self) -> frozenset[str]:
        """Those of the columns that are fields of an article."""
        return frozenset(name for name in self.meanings if self.meaning(name).field not in ("", EXCERPT))


BY_NAME = Columns()
"""Every column is what its name says."""


def _insert(
    found: dict[str, list[Any]], ranks: dict[str, list[int]], field: str, rank: int, value: Any
) -> None:
    """Put a value among those of its field, in the order of their ranks."""
    if field not in found:
        found[field], ranks[field] = [value], [rank]
        return
    place = bisect_right(ranks[field], rank)
    found[field].insert(place, value)
    ranks[field].insert(place, rank)


def _parts(meanings: Mapping[str, Meaning]) -> tuple[str, ...]:
    """Columns of the text that differ in nothing but their numbers, if there is no column of all of it."""
    lower = {name.lower(): name for name in meanings}
    if lower.keys() >= {"introtext", "fulltext"}:  # Joomla cuts its articles in two
        return lower["introtext"], lower["fulltext"]
    texts = [name for name, said in meanings.items() if said.field == "body"]
    words = [[word for word in words_of(name) if not word.isdecimal()] for name in texts]
    numbers = [[int(word[:4]) for word in words_of(name) if word.isdecimal()] for name in texts]
    if len(texts) < 2 or any(each != words[0] for each in words) or any(len(each) != 1 for each in numbers):
        return ()
    return tuple(name for _number, name in sorted(zip(numbers, texts, strict=True)))


def _by_rule(
    rule: Rule, meanings: dict[str, Meaning], reasons: dict[str, Why], rows: Sequence[Mapping[Any, Any]]
) -> Columns:
    """The columns as the owner says, and the others as they were decided."""
    paths: list[tuple[str, int, tuple[str, ...]]] = []
    missing: dict[str, Meaning] = {}
    folded = {name.strip().casefold(): name for name in reversed(meanings)}
    found: dict[str, Meaning] = {}
    for field_name, columns in rule.columns:
        for number, column in enumerate(columns):
            rank = OWNER_RANK + number
            path = tuple(column.split("."))
            name = folded.get(column.casefold())
            if name is not None and name not in found:
                found[name] = Meaning(field_name, rank)
            elif name is not None:  # it is another field too
                paths.append((field_name, rank, (name,)))
            elif 1 < len(path) <= _DEEPEST_PATH and any(_at(row, path) is not None for row in rows):
                paths.append((field_name, rank, path))
            else:  # perhaps of records that come later
                missing[column] = Meaning(field_name, rank)
    for column in rule.ignored:
        if (ignored := folded.get(column.casefold())) is not None:
            found[ignored] = Meaning()
        else:
            missing[column] = Meaning()
    # A rule that holds for many files says nothing of one that has no such column.
    owned = {each.field for each in found.values()} | {path[0] for path in paths} | dict(rule.fixed).keys()
    reasons = {name: why for name, why in reasons.items() if meanings[name].field not in owned}
    meanings |= missing | found
    reasons |= dict.fromkeys(missing | found, Why.OWNER)
    return Columns(
        meanings,
        reasons,
        frozenset(owned - {""}),
        tuple(paths),
        dict(rule.fixed),
        tuple(missing),
        () if "body" in owned else _parts(meanings),
    )


def _at(record: Any, path: tuple[str, ...]) -> Any:
    """What stands in nested objects, ``None`` if nothing does; of lists in the first item."""
    for key in path:
        while isinstance(record, list):
            record = record[0] if record else None
        record = record.get(key) if isinstance(record, Mapping) else None
    return record
