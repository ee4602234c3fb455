"""Lists and objects written into one cell: JSON, what Python prints, arrays of NumPy and PostgreSQL."""

from __future__ import annotations

import ast
import csv
import re
from typing import Any

import orjson

_SINGLE, _DOUBLE = r"'[^'\\]*(?:\\.[^'\\]*)*", r"\"[^\"\\]*(?:\\.[^\"\\]*)*"
_STRING = re.compile(rf"[bruBRU]{{0,2}}({_SINGLE}'|{_DOUBLE}\")", re.DOTALL)
_STRING_OR_REST = re.compile(rf"{_SINGLE}'?|{_DOUBLE}\"?", re.DOTALL)  # fails nowhere: linear
_STRING_OR_NAN = re.compile(rf"{_SINGLE}'|{_DOUBLE}\"|\bnan\b", re.DOTALL)
_PLAIN = re.compile(r"(?:None|True|False|nan|[bruBRU]{1,2}|-?\d[\d.]*|[\[\](){},:\s])*+")
_GAP = re.compile(r"[\s,]*")
_ARRAY = re.compile(r"array\((.*?)(?:,\s*dtype=[^()]{1,40})?\)\Z", re.DOTALL)
_CLOSING = {"[": "]", "(": ")", "{": "}"}
_DEEPEST, _LONGEST_REST, _MOST_ITEMS = 20, 20_000, 20_000


def list_in_cell(text: str) -> Any | None:
    """The list or object that a text is, ``None`` if it is plain text, as one in brackets may be.

    :param text: of a bounded length.
    """
    text = text.strip()
    if text.startswith("array(") and (array := _ARRAY.match(text)):
        text = array[1].strip()
    if len(text) < 3 or _CLOSING.get(text[0]) != text[-1]:
        return None
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        pass
    strings = _strings_alone(text)
    return strings if strings is not None else _literal(text) or _of_postgresql(text)


def _strings_alone(text: str) -> list[str] | None:
    """The items of a list that holds nothing but strings, also without commas between, as NumPy prints it."""
    found: list[str] = []
    position = 1
    while match := _STRING.match(text, position):
        found.append(_unquoted(match))
        if (gap := _GAP.match(text, match.end())) is None or len(found) > _MOST_ITEMS:
            return None
        position = gap.end()
    return found if found and position == len(text) - 1 else None


def _unquoted(match: re.Match[str]) -> str:
    try:
        value = ast.literal_eval(match[0].lstrip("bB"))
    except (ValueError, SyntaxError, MemoryError):  # a line end within quotes
        return match[1][1:-1]
    return value if isinstance(value, str) else ""


def _literal(text: str) -> Any | None:
    """What Python printed, if it is small and flat but for its strings: its parser is not for strangers."""
    rest = _STRING_OR_REST.sub("", text)
    if len(rest) > _LONGEST_REST or not _PLAIN.fullmatch(rest):
        return None
    depth = deepest = 0
    for sign in rest:
        depth += (sign in "[({") - (sign in "])}")
        deepest = max(deepest, depth)
    if depth or deepest > _DEEPEST:
        return None
    try:
        return ast.literal_eval(
            _STRING_OR_NAN.sub(lambda match: "None" if match[0] == "nan" else match[0], text)
        )
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def _of_postgresql(text: str) -> list[str] | None:
    """``{politik,"hukum dan ham"}``: an array as PostgreSQL exports it."""
    inner = text[1:-1]
    if text[0] != "{" or "{" in inner or ":" in inner or "\n" in inner:
        return None
    try:
        return next(csv.reader([inner], escapechar="\\", doublequote=False, strict=True), None)
    except csv.Error:
        return None
