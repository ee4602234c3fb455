"""Columns: what each column or key of a table was taken for, and what a record of it says for each field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from index.config.fields import FieldRule
from index.settings import Settings
from index.sources.fields.guessing import guess
from index.sources.fields.names import Meaning, meaning

OWNER_RANK = -1000
_DEEPEST_PATH = 6


class Why(StrEnum):
    """Why a column was taken for what it was."""

    NAME = "name"
    VALUES = "values"
    OWNER = "settings"


@dataclass(frozen=True)
class Columns:
    """The columns of one table. Pickles.

    :param meanings: column -> what it was taken for; others are taken by their name.
    :param reasons: column -> why, where that is not its name.
    :param owned: fields that only the owner's columns and values fill.
    :param paths: field, rank and keys of what the owner names inside nested objects (``penulis.nama``).
    :param fixed: field -> what the owner says it is in every article.
    :param missing: columns that the owner names and the table has not.
    """

    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    reasons: Mapping[str, Why] = field(default_factory=dict)
    owned: frozenset[str] = frozenset()
    paths: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, names: Iterable[str], rows: Sequence[Mapping[Any, Any]], origin: str, settings: Settings
    ) -> Columns:
        """Decide for one table: the owner's word first, then the names, then what the values look like.

        :param names: of all columns.
        :param rows: some records; of a long table the first.
        :param origin: of the file, which the owner's rules are about.
        """
        names = list(dict.fromkeys(names))
        meanings = {name: meaning(name) for name in names}
        guessed = guess(meanings, rows)
        meanings |= guessed
        reasons = dict.fromkeys(guessed, Why.VALUES)
        if not settings.fields:
            return cls(meanings, reasons)
        return _by_rule(settings.fields.of(origin), meanings, reasons, rows)

    def meaning(self, name: str) -> Meaning:
        """What a column was taken for."""
        found = self.meanings.get(name)
        if found is None:
            found = meaning(name)
        return Meaning() if found.field in self.owned and name not in self.reasons else found

    def has(self, field: str) -> bool:
        """Whether anything may fill a field."""
        return (
            field in self.fixed
            or any(path[0] == field for path in self.paths)
            or any(self.meaning(name).field == field for name in self.meanings)
        )

    def values(self, record: Mapping[Any, Any]) -> dict[str, list[Any]]:
        """For each field what the record holds for it, the best first; nothing where that is empty."""
        found: dict[str, list[tuple[int, Any]]] = {}
        meanings = self.meanings
        for name, value in record.items():
            if value is None or value == "" or not isinstance(name, str):
                continue
            taken = meanings.get(name) or meaning(name)
            if taken.field:
                if taken.field in self.owned and name not in self.reasons:
                    continue
                found.setdefault(taken.field, []).append((taken.rank, value))
        for field_name, rank, path in self.paths:
            if (value := _at(record, path)) is not None:
                found.setdefault(field_name, []).append((rank, value))
        for field_name, value in self.fixed.items():
            found.setdefault(field_name, []).append((0, value))
        return {name: _by_rank(values) for name, values in found.items()}


BY_NAME = Columns()
"""Every column is what its name says."""


def told_apart(heading: Iterable[str]) -> list[str]:
    """The names of a heading without two of the same: those that are empty or repeated get their number."""
    names: list[str] = []
    for number, name in enumerate(map(str.strip, heading), start=1):
        name = name or f"kolom {number}"
        names.append(f"{name} {number}" if name in names else name)
    return names


def _by_rank(values: list[tuple[int, Any]]) -> list[Any]:
    if len(values) > 1:
        values.sort(key=lambda each: each[0])
    return [value for _, value in values]


def _by_rule(
    rule: FieldRule, meanings: dict[str, Meaning], reasons: dict[str, Why], rows: Sequence[Mapping[Any, Any]]
) -> Columns:
    """The columns as the owner says, and the others as they were decided."""
    owned = {name for name, _ in (*rule.columns, *rule.fixed)}
    paths: list[tuple[str, int, tuple[str, ...]]] = []
    missing: list[str] = []
    folded = {name.strip().casefold(): name for name in reversed(meanings)}
    reasons = {name: why for name, why in reasons.items() if meanings[name].field not in owned}
    for field_name, columns in rule.columns:
        for number, column in enumerate(columns):
            rank = OWNER_RANK + number
            path = tuple(column.split("."))
            if (name := folded.get(column.casefold())) is not None:
                meanings[name] = Meaning(field_name, rank)
                reasons[name] = Why.OWNER
            elif 1 < len(path) <= _DEEPEST_PATH and any(_at(row, path) is not None for row in rows):
                paths.append((field_name, rank, path))
            else:
                missing.append(column)
    for column in rule.ignored:
        if (name := folded.get(column.casefold())) is not None:
            meanings[name] = Meaning()
            reasons[name] = Why.OWNER
        else:
            missing.append(column)
    return Columns(meanings, reasons, frozenset(owned), tuple(paths), dict(rule.fixed), tuple(missing))


def _at(record: Any, path: tuple[str, ...]) -> Any:
    """What stands in nested objects, ``None`` if nothing does; of lists in the first item."""
    for key in path:
        while isinstance(record, list):
            record = record[0] if record else None
        record = record.get(key) if isinstance(record, Mapping) else None
    return record
