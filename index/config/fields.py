"""What columns of which files hold, as the owner says it in ``telusur.toml``, checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping
from difflib import get_close_matches
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
"""Names columns that are nothing of an article."""

VALUE = "value"
"""Key of a value that a field has in every article."""

ANY_FILE = "*"
"""The pattern of rules that hold for all files."""


class FieldRulesError(ValueError):
    """The rules say something that cannot be done; the message says what."""


def field_rules(value: Any, settings: Container[str], _: _Tell) -> dict[str, dict[str, list[Any]]] | None:
    """The rules that a table of them says; ``None`` if the value is no table.

    :param value: pattern of file names -> field -> column, columns, or ``{value = "..."}``; fields of all
        files may stand beside the patterns. From the environment: the same as JSON.
    :param settings: names of settings: a line below the head of a table belongs to the table.
    :param _: makes a message of a text and values: nothing here knows the language of the owner.
    :returns: pattern -> field of a document, or :data:`IGNORE` -> columns, and ``{"value": ...}`` last.
    :raises FieldRulesError: if a field is unknown or its column is no text.
    """
    if isinstance(value, str):
        try:
            value = json.loads(value or "{}")
        except ValueError:
            return None
    if not isinstance(value, Mapping):
        return None
    everywhere: dict[str, Any] = {}
    rules: dict[str, dict[str, list[Any]]] = {}
    for key, said in value.items():
        if isinstance(said, Mapping) and key not in FIELD_NAMES:
            rules[key] = _rule(key, said, settings, _)
        else:
            everywhere[key] = said
    return {ANY_FILE: _rule(ANY_FILE, everywhere, settings, _), **rules} if everywhere else rules


def _rule(pattern: str, said: Mapping[str, Any], settings: Container[str], _: _Tell) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for name, held in said.items():
        place = name if pattern == ANY_FILE else f"{pattern}: {name}"
        parts = held if isinstance(held, (list, tuple)) else [held]
        if name == IGNORE:
            found[IGNORE] = [_column(part, place, _) for part in parts]
            continue
        field = FIELD_NAMES.get(name.strip().casefold())
        if field is None:
            raise FieldRulesError(_unknown(name, place, settings, _))
        if field in found:
            raise FieldRulesError(_("{place}: ruas {field} ada dua kali", place=place, field=field))
        values = [part for part in parts if isinstance(part, Mapping)]
        columns = [_column(part, place, _) for part in parts if not isinstance(part, Mapping)]
        found[field] = [*columns, *(_fixed(part, place, _) for part in values)]
        if not found[field] or len(values) > 1:
            raise FieldRulesError(_no_column(place, held, _))
    return found


def _column(name: Any, place: str, _: _Tell) -> str:
    if not isinstance(name, str) or not name.strip():
        raise FieldRulesError(_no_column(place, name, _))
    return name.strip()


def _fixed(said: Mapping[str, Any], place: str, _: _Tell) -> dict[str, str]:
    value = said.get(VALUE)
    if len(said) != 1 or not isinstance(value, str) or not value.strip():
        raise FieldRulesError(_no_column(place, said, _))
    return {VALUE: value.strip()}


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
