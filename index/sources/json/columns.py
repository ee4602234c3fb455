"""Tables in JSON: rows beside a list of names, or columns beside each other, as pandas and others write them.

``{"columns": [...], "data": [[...], ...]}``, ``[[name, ...], [cell, ...], ...]``,
``{"judul": [...], "isi": [...]}`` and ``{"judul": {"0": ...}, "isi": {"0": ...}}``.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from index.sources.fields.names import known_field

_FEWEST_COLUMNS = 2
_NAME_KEYS = ("name", "id", "label", "title", "key")
_CHECKED = 5
_LONGEST_NAME = 60


def rows_of(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a table as records; none if the value is no table."""
    held = [item for item in value.values() if isinstance(item, (dict, list))]
    if not held:
        return []
    if found := _of_visualization(value):
        return found
    if any(isinstance(item, str) and known_field(name) == "body" for name, item in value.items()):
        return []
    if any(_is_rows(item) for item in held if isinstance(item, list)):
        return _of_rows(value)
    if len(held) >= _FEWEST_COLUMNS and len(held) == len(value):
        return _of_columns(value)
    return []


def _of_visualization(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a table as Google's sheets give them to scripts: cells, each a value and how it looks."""
    columns, rows = value.get("cols"), value.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list) or not all(map(_is_named, columns)):
        return []
    names = [str(column.get("label") or column.get("id")) for column in columns]
    found = []
    for row in rows:
        cells = row.get("c") if isinstance(row, dict) else None
        if not isinstance(cells, list):
            return []
        found.append(dict(zip(names, map(_value_of, cells), strict=False)))
    return found


def _is_named(column: Any) -> bool:
    return isinstance(column, dict) and ("label" in column or "id" in column)


def _value_of(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    value = cell.get("v")
    return cell.get("f") if isinstance(value, str) and value.startswith("Date(") else value


def names_of(value: Any) -> list[str]:
    """The names of columns that a list tells, none if it tells none."""
    if not isinstance(value, list) or len(value) < _FEWEST_COLUMNS:
        return []
    names: list[str] = []
    for item in value:
        name = (
            next((item[key] for key in _NAME_KEYS if key in item), None) if isinstance(item, dict) else item
        )
        if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_NAME:
            return []
        names.append(name)
    return names if any(known_field(name) in ("title", "body") for name in names) else []


def _is_rows(value: list[Any]) -> bool:
    """Whether a list is one of rows: lists of the same length, of values."""
    rows = value[:_CHECKED]
    return (
        bool(rows)
        and all(isinstance(row, list) and len(row) == len(rows[0]) for row in rows)
        and len(rows[0]) >= _FEWEST_COLUMNS
        and not any(isinstance(cell, (dict, list)) for cell in rows[0][:_FEWEST_COLUMNS])
    )


def _of_rows(value: dict[str, Any]) -> list[dict[str, Any]]:
    rows = next(item for item in value.values() if isinstance(item, list) and _is_rows(item))
    for item in value.values():
        if item is not rows and (names := names_of(item)) and len(names) == len(rows[0]):
            return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]
    if names := names_of(rows[0]):
        return [dict(zip(names, row, strict=False)) for row in rows[1:] if isinstance(row, list)]
    return []


def _of_columns(value: dict[str, Any]) -> list[dict[str, Any]]:
    fields = {known_field(name) for name in value}
    if not fields & {"title", "body"}:
        return []
    columns = list(value.values())
    first = columns[0]
    if all(isinstance(column, dict) for column in columns):
        keys = list(dict.fromkeys(key for column in columns for key in column))
        if len(keys) > 2 * len(first) or any(_holds_containers(column.values()) for column in columns):
            return []
        return [{name: column.get(key) for name, column in value.items()} for key in keys]
    if all(isinstance(column, list) and len(column) == len(first) for column in columns):
        is_table = len(first) > 1 and ("title" in fields or len(fields - {None}) > 1)
        if is_table and not any(_is_list_of_objects(column) for column in columns):
            return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]
    return []


def _holds_containers(values: Any) -> bool:
    return any(isinstance(value, dict) for value in islice(values, _CHECKED))


def _is_list_of_objects(column: list[Any]) -> bool:
    return any(isinstance(value, dict) for value in column[:_CHECKED])
