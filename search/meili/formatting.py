"""``_formatted`` and ``_matchesPosition``: attributes with marks, cut around them.

Nothing here is HTML: whoever shows it escapes it, and then exchanges the tags that it sent for its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from search.snippets.shown import Whole
from search.snippets.targets import Highlight

_WORD = re.compile(r"\S+")
_LONG = 50_000
"""Characters of a text that are looked through for where to cut it, from a little before its first mark."""


Marks = Mapping[str, Sequence[Highlight]]
"""Attribute -> what is marked in it."""


class Format(Struct, frozen=True):
    """How hits are to be formatted.

    :param highlight: attributes to be marked.
    :param crop: attribute to be cropped -> words that are kept; all with 0.
    :param pre: what stands before what is marked, ``post`` behind it.
    :param marker: what stands where words were cut off.
    """

    highlight: frozenset[str]
    crop: Mapping[str, int]
    pre: str
    post: str
    marker: str


def marks_of(whole: Whole) -> Marks:
    """What is marked in an article's attributes."""
    return {"title": whole.in_title, "body": whole.in_body}


def formatted(record: Mapping[str, Any], marks: Marks, format: Format) -> dict[str, Any]:
    """Attributes as they are to be shown, numbers as texts too."""
    return {name: _formatted(name, value, marks.get(name, ()), format) for name, value in record.items()}


def positions(marks: Marks, record: Mapping[str, Any]) -> dict[str, list[dict[str, int]]]:
    """Where attributes are marked, in bytes of UTF-8."""
    return {name: list(_in_bytes(record[name], found)) for name, found in marks.items() if found}


def _formatted(name: str, value: Any, found: Sequence[Highlight], format: Format) -> Any:
    if value is None:
        return None
    if isinstance(value, list):
        return [_formatted(name, each, found, format) for each in value]
    if isinstance(value, dict):
        return {key: _formatted(name, each, found, format) for key, each in value.items()}
    text = str(value)
    start, end = 0, len(text)
    before = behind = ""
    if words := format.crop.get(name):
        start, end = window(text, found, words)
        before = format.marker if start and text[:start].strip() else ""
        behind = format.marker if text[end:].strip() else ""
    if name not in format.highlight or not found:
        return f"{before}{text[start:end]}{behind}"
    pieces = [before]
    at = start
    for first, last, _ in found:
        if first < at or last > end:
            continue
        pieces += (text[at:first], format.pre, text[first:last], format.post)
        at = last
    return "".join((*pieces, text[at:end], behind))


def window(text: str, found: Sequence[Highlight], size: int) -> tuple[int, int]:
    """Where to cut a text: the words that show most concepts, with as much before them as behind.

    :param found: places that show a concept, in text order.
    :param size: words that are kept, 1 or more.
    """
    if len(text) > _LONG:
        begin = max(found[0].start - _LONG // 4, 0) if found else 0
        if begin:
            begin = text.find(" ", begin, found[0].start) + 1 or found[0].start
        shown = [Highlight(a - begin, b - begin, concept) for a, b, concept in found if b <= begin + _LONG]
        start, end = window(text[begin : begin + _LONG], shown, size)
        return begin + start, begin + end
    words = [word.span() for word in _WORD.finditer(text)]
    if len(words) <= size:
        return 0, len(text)
    first, last = _best_run([start for start, _ in words], found, size)
    first = max(0, min(first - (size - (last - first + 1)) // 2, len(words) - size))
    # What stands before the first word and behind the last belongs to the text.
    return words[first][0] if first else 0, words[first + size - 1][1]


def _best_run(starts: Sequence[int], found: Sequence[Highlight], size: int) -> tuple[int, int]:
    """First and last word of the run that shows most concepts, then most places; else the first word."""
    placed = [(max(bisect_right(starts, each.start) - 1, 0), each.concept) for each in found]
    best, worth = (0, 0), (0, 0)
    shown: dict[int, int] = {}
    left = 0
    for right, (last, concept) in enumerate(placed):
        shown[concept] = shown.get(concept, 0) + 1
        while last - placed[left][0] >= size:
            gone = placed[left][1]
            shown[gone] -= 1
            if not shown[gone]:
                del shown[gone]
            left += 1
        if (len(shown), right - left + 1) > worth:
            best, worth = (placed[left][0], last), (len(shown), right - left + 1)
    return best


def _in_bytes(text: str, found: Sequence[Highlight]) -> Iterator[dict[str, int]]:
    at = before = 0
    for start, end, _ in found:
        before += _size(text[at:start])
        length = _size(text[start:end])
        yield {"start": before, "length": length}
        before += length
        at = end


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
