"""Metadata: what a record says beside the fields of an article, kept to be shown as name and value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from index.sources.encoding import clean
from index.sources.markup import looks_like_html, text_of_html
from index.sources.paragraphs import tidy
from index.sources.topics import name_of

MOST_ENTRIES = 50
"""Entries of one article."""

LONGEST_NAME = 100
"""Characters of a name."""

LONGEST_VALUE = 1000
"""Characters of a value; a longer one ends with an ellipsis."""

MOST_CHARACTERS = 10_000
"""Characters of all names and values of an article."""

_MOST_ITEMS = 50
# Objects that hold nothing but metadata, as our own exports name them.
_WRAPPERS = frozenset({"metadata", "meta", "extra", "extras", "additional", "tambahan"})
_NOTHING = frozenset({"", "-", "--", "nan", "null", "none", "nil", "n/a", "\\n", "nat", "<na>", "undefined"})
# The number of the row, as pandas and spreadsheets name its column; what begins with "_" is for machines.
_UNNAMED = re.compile(r"(?:_.*|unnamed:? ?\d*.*|index|level_\d+|no\.?|#)?", re.IGNORECASE | re.DOTALL)
# Who wrote an article may have told an archive what its readers are not to know.
_PRIVATE = frozenset(
    [
        *("password", "passwd", "pwd", "sandi", "token", "secret", "rahasia", "apikey", "session", "cookie"),
        *(
            "email",
            "mail",
            "surel",
            "ip",
            "telepon",
            "telp",
            "tlp",
            "phone",
            "hp",
            "ponsel",
            "wa",
            "whatsapp",
        ),
        *("nik", "ktp", "npwp", "rekening"),
    ]
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def metadata_of(items: Iterable[tuple[Any, Any]]) -> tuple[tuple[str, str], ...]:
    """(name, value) of each entry that can be read as text, in their order, each name once.

    Numbers, days and truth values are told as JSON does, a list as its items with commas between them, and
    an object as an entry for each of its values (``seo.title``). What is nested deeper is left out, and so is
    what is private by its name: readers see the rest.

    :param items: names and values of any kind.
    """
    entries: dict[str, str] = {}
    room = MOST_CHARACTERS
    for name, value in _flattened(items):
        name = tidy(clean(name[: 4 * LONGEST_NAME]))[:LONGEST_NAME].rstrip()
        if name in entries or _UNNAMED.fullmatch(name) or _is_private(name):
            continue
        text = _text(value)
        if text.casefold() in _NOTHING or len(name) + len(text) > room:
            continue
        entries[name] = text
        room -= len(name) + len(text)
        if len(entries) == MOST_ENTRIES:
            break
    return tuple(entries.items())


def _is_private(name: str) -> bool:
    return any(word.lower() in _PRIVATE for word in _WORD.findall(name))


def _flattened(items: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, Any]]:
    for name, value in items:
        if isinstance(value, Mapping):
            start = "" if str(name).lower() in _WRAPPERS else f"{name}."
            for key, inner in [*value.items()][:_MOST_ITEMS]:
                if not isinstance(inner, Mapping) and not str(key).startswith("_"):
                    yield f"{start}{key}", inner
        else:
            yield str(name), value


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        items = [_one(name_of(item) if isinstance(item, Mapping) else item) for item in value[:_MOST_ITEMS]]
        return _shortened(", ".join(filter(None, items)))
    return _one(value)


def _one(value: Any) -> str:
    """A single value as text, ``""`` for what is none."""
    if isinstance(value, str):
        text = value[: 10 * LONGEST_VALUE]
        return _shortened(tidy(clean(text_of_html(text) if looks_like_html(text) else text)))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        try:
            return _shortened(str(value))
        except ValueError:  # an integer of more digits than Python converts
            return ""
    return value.isoformat() if isinstance(value, (date, time)) else ""


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1].rstrip() + "…"
