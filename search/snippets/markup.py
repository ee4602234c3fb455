"""Write passages as HTML: escaped text whose only element is ``<mark>``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from search.snippets.passages import Passage
from search.snippets.targets import Highlight

ELLIPSIS = "…"
_OPEN, _CLOSE = "\x02", "\x03"
"""Stand in for the tags while the text is escaped in one go."""


def mark_text(text: str, highlights: Sequence[Highlight]) -> str:
    """The whole text, every highlight in a ``<mark>``."""
    return mark_spans(text, highlights, 0, len(text))


def mark_spans(text: str, highlights: Sequence[Highlight], start: int, end: int) -> str:
    """Characters ``start`` to ``end``, every highlight that lies wholly inside in a ``<mark>``.

    :param highlights: in text order and without overlaps.
    """
    return _tagged(_with_stand_ins(text, highlights, start, end))


def mark_passage(text: str, highlights: Sequence[Highlight], passage: Passage) -> str:
    """One passage on one line, with an ellipsis where words were cut off."""
    line = " ".join(_with_stand_ins(text, highlights, passage.start, passage.end).split())
    before = ELLIPSIS + " " if passage.cut_before else ""
    behind = " " + ELLIPSIS if passage.cut_behind else ""
    return before + _tagged(line) + behind


def _with_stand_ins(text: str, highlights: Sequence[Highlight], start: int, end: int) -> str:
    pieces: list[str] = []
    at = start
    for index in range(bisect_left(highlights, (start,)), len(highlights)):
        first, last, _ = highlights[index]
        if first < at:
            continue
        if last > end:
            break
        pieces += (text[at:first], _OPEN, text[first:last], _CLOSE)
        at = last
    pieces.append(text[at:end])
    if text.find(_OPEN, start, end) >= 0 or text.find(_CLOSE, start, end) >= 0:
        pieces = [
            piece if index % 2 else piece.replace(_OPEN, "").replace(_CLOSE, "")
            for index, piece in enumerate(pieces)
        ]
    return "".join(pieces)


def _tagged(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace('"', "&#34;").replace("'", "&#39;")
    return text.replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")


def join_passages(passages: Sequence[str]) -> str:
    """Passages as one line of text, one ellipsis between two."""
    joined = ""
    for passage in passages:
        if not joined:
            joined = passage
        elif joined.endswith(ELLIPSIS):
            joined += " " + passage.removeprefix(ELLIPSIS).lstrip()
        elif passage.startswith(ELLIPSIS):
            joined += " " + passage
        else:
            joined += f" {ELLIPSIS} {passage}"
    return joined
