"""Databases whose rows are articles, as the owner describes them in ``telusur.toml``, checked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Mapping
from difflib import get_close_matches
from typing import Any

_Tell = Callable[..., str]

SCHEMES = ("sqlite", "postgresql", "mysql", "mariadb")
"""Kinds of databases that are read."""

FIELDS = ("id", "title", "body", "url", "source", "place", "author", "editor", "published", "lang", "topics")
"""Fields of an article that columns can be named for."""

PREFIX = "database:"
"""What a source begins with that is the name of a database and not a path."""

_KEYS = ("url", "query", "key", "incremental", "whole_every_days", "fields")
_WHOLE_EVERY_DAYS = 7.0
_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_READS = re.compile(r"\s*(?:select|with|table|values)\b", re.IGNORECASE)


class DatabasesError(ValueError):
    """A database is described in a way that cannot be; the message never repeats an address."""


def databases(value: Any, settings: Container[str], _: _Tell) -> dict[str, dict[str, Any]]:
    """Each database that a table describes: name -> its entries, those left out too.

    :param value: a table of tables; from the environment the same as JSON.
    :param settings: names of settings. A line that was added below the head of a table belongs to the table.
    :param _: makes a message of a text and values: nothing here knows the language of the owner.
    :raises DatabasesError: if an entry is missing, unknown or of another kind.
    """
    if isinstance(value, str):
        try:
            value = json.loads(value or "{}")
        except ValueError:
            value = None
    if not isinstance(value, Mapping):
        raise DatabasesError(_("tulislah satu tabel [databases.NAMA] untuk tiap basis data"))
    return {name: _described(name, table, settings, _) for name, table in value.items()}


def _described(name: str, table: Any, settings: Container[str], _: _Tell) -> dict[str, Any]:
    if not _NAME.fullmatch(name):
        raise DatabasesError(_("nama {name} hanya boleh berisi huruf, angka, - dan _", name=name))
    if not isinstance(table, Mapping):
        raise DatabasesError(_("{name} bukan tabel; tulislah [databases.{table}]", name=name, table=name))
    for key in table:
        if key in _KEYS:
            continue
        if key in settings:
            raise DatabasesError(
                _("{name} adalah nama pengaturan; pindahkan barisnya ke atas tabel [...]", name=key)
            )
        near = next(iter(get_close_matches(str(key), _KEYS, 1)), "")
        raise DatabasesError(
            _(
                "{name} punya isian {key} yang tidak dikenal; yang ada: {keys}{near}",
                name=name,
                key=key,
                keys=_KEYS,
                near=f" ({near}?)" if near else "",
            )
        )
    read = {key: table.get(key, "") for key in ("url", "query", "key", "incremental")}
    for key, written in read.items():
        if not isinstance(written, str) or (key in ("url", "query") and not written.strip()):
            raise DatabasesError(_("{name}: isian {key} harus satu teks", name=name, key=key))
    if read["url"].split(":", 1)[0].split("+", 1)[0] not in (*SCHEMES, "postgres"):
        raise DatabasesError(
            _("{name}: url harus diawali salah satu dari {schemes}, lalu ://", name=name, schemes=SCHEMES)
        )
    if not _READS.match(read["query"]):
        raise DatabasesError(_("{name}: query harus diawali SELECT (atau WITH)", name=name))
    if read["incremental"] and not read["key"]:
        raise DatabasesError(_("{name}: incremental butuh key, yaitu kolom kunci utama tabelnya", name=name))
    days = table.get("whole_every_days", _WHOLE_EVERY_DAYS)
    if isinstance(days, bool) or not isinstance(days, (int, float)) or not days >= 0:
        raise DatabasesError(_("{name}: whole_every_days harus bilangan, 0 berarti tidak pernah", name=name))
    return {**read, "whole_every_days": float(days), "fields": _fields(name, table.get("fields", {}), _)}


def _fields(name: str, written: Any, _: _Tell) -> dict[str, str]:
    if not isinstance(written, Mapping):
        raise DatabasesError(_("{name}: fields harus tabel ruas = kolom", name=name))
    for field, column in written.items():
        if field not in FIELDS:
            raise DatabasesError(
                _(
                    "{name}: fields tidak mengenal {field}; yang ada: {fields}",
                    name=name,
                    field=field,
                    fields=FIELDS,
                )
            )
        if not isinstance(column, str) or not column:
            raise DatabasesError(_("{name}: kolom untuk {field} harus satu teks", name=name, field=field))
    return dict(written)
