"""Heading: which row of a table names its columns, and what stands above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.sources.fields.names import known_field
from index.sources.tables.rows import Row

_WITHIN = 30
_LONGEST_NAME = 60
_VALUE = re.compile(r"[\d\s.,:/+-]+|https?://.*|\d{1,4}[-/ ].*")
_LONG_TEXT = 80


def find_heading(rows: Sequence[Row], width: int) -> int | None:
    """Which of the first rows is the heading, ``None`` if the table has none.

    :param width: cells of most rows.
    """
    named = [(_named(row.cells), number) for number, row in enumerate(rows[:_WITHIN])]
    best = max(named, key=lambda each: each[0], default=(0, 0))
    if best[0] > 1:
        return next(number for count, number in named if count > 1 and 2 * count >= best[0])
    if (
        best[0] == 1
        and len(rows[best[1]].cells) == 1
        and known_field(rows[best[1]].cells[0].strip()) == "body"
    ):
        return best[1]
    wide = [number for number, row in enumerate(rows[:_WITHIN]) if len(row.cells) == width]
    if not wide:
        return None
    first = rows[wide[0]]
    if best[0] == 1 and best[1] == wide[0]:
        return best[1]
    return wide[0] if _is_heading(first.cells, [rows[number].cells for number in wide[1:]]) else None


def _named(cells: list[str]) -> int:
    """How many different fields the cells of a row name."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if any(len(cell) > _LONGEST_NAME for cell in filled):
        return 0
    return len({known_field(cell) for cell in filled if not _VALUE.fullmatch(cell)} - {None})


def _is_heading(cells: list[str], below: list[list[str]]) -> bool:
    """Whether a row names columns, though by no known names: by short words above long texts or numbers."""
    names = [cell.strip() for cell in cells]
    if names in ([str(number) for number in range(start, start + len(names))] for start in (0, 1)):
        return True  # a program that lost the names
    if any(len(name) > _LONGEST_NAME or _VALUE.fullmatch(name) for name in names if name):
        return False
    if len(set(filter(None, names))) < len(list(filter(None, names))) or not any(names) or not below:
        return False
    columns = list(zip(*below, strict=False))
    return any(
        all(len(cell) > _LONG_TEXT or _VALUE.fullmatch(cell.strip() or "x") for cell in column[:20])
        for column in columns
    )


def told_apart(cells: Sequence[str]) -> list[str]:
    """The names of a heading without two of the same: those that are empty or repeated get their number."""
    names: list[str] = []
    for number, name in enumerate((cell.strip() for cell in cells), start=1):
        names.append(f"{name or 'kolom'} {number}" if not name or name in names else name)
    return names


def silent_names(width: int) -> list[str]:
    """Names for the columns of a table without a heading, which say nothing: their values tell what they are.

    :param width: how many there are.
    """
    return [f"kolom {number}" for number in range(1, width + 1)]
