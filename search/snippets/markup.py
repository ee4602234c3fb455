"""Write passages as HTML: escaped text whose only element is ``<mark>``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import escape

from search.snippets.matching import Match
from search.snippets.passages import Passage

__all__ = ["ELLIPSIS", "join_passages", "mark_passage", "mark_spans", "mark_text"]

ELLIPSIS = "…"
_SPACE = re.compile(r"\s+")


def mark_text(text: str, matches: Sequence[Match]) -> str:
    """The whole text, every match in a ``<mark>``."""
    return mark_spans(text, matches, 0, len(text))


def mark_spans(text: str, matches: Sequence[Match], start: int, end: int) -> str:
    """Characters ``start`` to ``end``, every match that lies wholly inside in a ``<mark>``.

    :param matches: in text order and without overlaps.
    """
    pieces: list[str] = []
    at = start
    for match in matches:
        if match.start < at:
            continue
        if match.end > end:
            break
        pieces.append(str(escape(text[at : match.start])))
        pieces.append(f"<mark>{escape(text[match.start : match.end])}</mark>")
        at = match.end
    pieces.append(str(escape(text[at:end])))
    return "".join(pieces)


def mark_passage(text: str, matches: Sequence[Match], passage: Passage) -> str:
    """One passage on one line, with an ellipsis where words were cut off."""
    html = _SPACE.sub(" ", mark_spans(text, matches, passage.start, passage.end))
    before = ELLIPSIS + " " if passage.cut_before else ""
    behind = " " + ELLIPSIS if passage.cut_behind else ""
    return before + html + behind


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
