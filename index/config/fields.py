"""What columns of which files hold, as the owner says it in ``telusur.toml``, checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

_Tell = Callable[..., str]

FIELD_NAMES: Mapping[str, str] = {
    **{
        field: field
        for field in (
            "id", "title", "body", "url", "source", "place", "author", "editor", "published", "lang",
            "topics",
        )
    },
    "judul": "title",
    "isi": "body",
    "teks": "body",
    "alamat": "url",
    "sumber": "source",
    "penerbit": "source",
    "tempat": "place",
    "penulis": "author",
    "penyunting": "editor",
    "tanggal": "published",
    "bahasa": "lang",
    "topik": "topics",
}  # fmt: skip
"""How an owner may name a field -> the field of a document."""

IGNORE = "ignore"
_VALUE = "value"
_ANY_FILE = "*"


class FieldRulesError(ValueError):
    """The rules say something that cannot be done; the message says what."""


@dataclass(frozen=True)
class FieldRule:
    """What some files hold where.

    :param pattern: of their names: ``berita.csv``, ``2024/*.jsonl``.
    :param columns: field -> columns, the first of which that holds something counts.
    :param fixed: field -> its value in every article, if no such column says another.
    :param ignored: columns that are nothing of an article.
    """

    pattern: str
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()

    def fits(self, origin: str) -> bool:
        """Whether it is about a file.

        :param origin: of the file; the end of its path has to match, compressed or not.
        """
        path, pattern = f"/{origin}".casefold(), f"*/{self.pattern}".casefold()
        return fnmatchcase(path, pattern) or fnmatchcase(path.removesuffix(".gz"), pattern)


@dataclass(frozen=True)
class FieldRules:
    """All that the owner says of columns, in his order."""

    rules: tuple[FieldRule, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rules)

    def __str__(self) -> str:
        return ", ".join(rule.pattern for rule in self.rules)

    def of(self, origin: str) -> FieldRule:
        """What holds for one file: of several rules that fit, the last that names a field."""
        columns: dict[str, tuple[str, ...]] = {}
        fixed: dict[str, str] = {}
        ignored: list[str] = []
        for rule in self.rules:
            if rule.fits(origin):
                said = dict(rule.columns).keys() | dict(rule.fixed).keys()
                columns = {field: held for field, held in columns.items() if field not in said}
                fixed = {field: held for field, held in fixed.items() if field not in said}
                columns |= rule.columns
                fixed |= rule.fixed
                ignored += rule.ignored
        return FieldRule(origin, tuple(columns.items()), tuple(fixed.items()), tuple(ignored))


def field_rules(value: Any, settings: Container[str], _: _Tell) -> FieldRules | None:
    """The rules that a table of them says; ``None`` if the value is no table.

    :param value: pattern -> field -> column, columns, or ``{value = "..."}``; fields of all files may stand
        beside the patterns. From the environment: the same as JSON.
    :param settings: names of settings: a line below the head of a table belongs to the table.
    :param _: makes a message of a text and values: nothing here knows the language of the owner.
    :raises FieldRulesError: if a field is unknown or its column is no text.
    """
    if isinstance(value, FieldRules):
        return value
    if isinstance(value, str):
        try:
            value = json.loads(value or "{}")
        except ValueError:
            return None
    if not isinstance(value, Mapping):
        return None
    everywhere: dict[str, Any] = {}
    rules: list[FieldRule] = []
    for key, said in value.items():
        if isinstance(said, Mapping) and key not in FIELD_NAMES:
            rules.append(_rule(key, said, settings, _))
        else:
            everywhere[key] = said
    if everywhere:
        rules.insert(0, _rule(_ANY_FILE, everywhere, settings, _))
    return FieldRules(tuple(rules))


def _rule(pattern: str, said: Mapping[str, Any], settings: Container[str], _: _Tell) -> FieldRule:
    columns: dict[str, tuple[str, ...]] = {}
    fixed: dict[str, str] = {}
    ignored: tuple[str, ...] = ()
    for name, held in said.items():
        place = name if pattern == _ANY_FILE else f"{pattern}: {name}"
        if name == IGNORE:
            ignored = tuple(_columns(held, place, _))
            continue
        field = FIELD_NAMES.get(name.strip().casefold())
        if field is None:
            raise FieldRulesError(_unknown(name, place, settings, _))
        if field in columns or field in fixed:
            raise FieldRulesError(_("{place}: ruas {field} ada dua kali", place=place, field=field))
        parts = held if isinstance(held, (list, tuple)) else [held]
        values = [part for part in parts if isinstance(part, Mapping)]
        if values:
            fixed[field] = _fixed(values, place, _)
        if names := tuple(_columns([part for part in parts if not isinstance(part, Mapping)], place, _)):
            columns[field] = names
        elif not values:
            raise FieldRulesError(_no_column(place, held, _))
    return FieldRule(pattern, tuple(columns.items()), tuple(fixed.items()), ignored)


def _columns(held: Any, place: str, _: _Tell) -> Iterable[str]:
    for name in held if isinstance(held, (list, tuple)) else [held]:
        if not isinstance(name, str) or not name.strip():
            raise FieldRulesError(_no_column(place, name, _))
        yield name.strip()


def _fixed(values: list[Mapping[str, Any]], place: str, _: _Tell) -> str:
    value = values[0].get(_VALUE) if len(values) == 1 and len(values[0]) == 1 else None
    if not isinstance(value, str) or not value.strip():
        raise FieldRulesError(_no_column(place, values[0], _))
    return value.strip()


def _no_column(place: str, found: object, _: _Tell) -> str:
    return _(
        "{place} berisi {found}; isilah dengan nama kolom, larik nama kolom, "
        'atau {{ value = "nilai tetap" }}',
        place=place,
        found=found,
    )


def _unknown(name: str, place: str, settings: Container[str], _: _Tell) -> str:
    if name in settings:
        return _(
            "{name} adalah nama pengaturan, bukan ruas; pindahkan barisnya ke atas tabel [...]", name=name
        )
    near = get_close_matches(name.casefold(), [*FIELD_NAMES, IGNORE], 1)
    if near:
        return _("{place}: tidak ada ruas dengan nama itu; maksudnya {near}?", place=place, near=near[0])
    names = ", ".join(dict.fromkeys(FIELD_NAMES.values()))
    return _("{place}: tidak ada ruas dengan nama itu; yang ada: {names}", place=place, names=names)
