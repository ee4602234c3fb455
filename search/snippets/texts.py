"""A text made ready to be searched for the forms of words, once for every query that will find it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_BLANKS = "\n\t\r\u00a0"
_APOSTROPHES = "\u2018\u2019"
_DASH = "\u2013"
_ORNAMENTS = "\u201c\u201d\u2014\u2026\u2022"
_UNWRITTEN = re.compile("['`.]")
_UNREAD = {
    "'": re.compile(r"'(?=[^\W\d_])(?<=[^\W_].)"),
    "`": re.compile(r"`(?=[^\W\d_])(?<=[^\W_].)"),
    ".": re.compile(r"\.(?=[^\W\d_])(?<=[^\W\d_].)"),
}
"""Signs that count for nothing inside of a word. What begins with one sign is found ten times as fast as what
begins with any of several."""

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class ReadyText(NamedTuple):
    """A text and how its words are looked for in it.

    :param text: as it is shown.
    :param plain: its forms as the index has them, character by character, with spaces for other blanks;
        ``None`` if that cannot be.
    :param odd: the pieces between blanks whose forms may be written otherwise than they stand there: start,
        end, and the piece without signs that count for nothing, ``None`` if only its tokens can tell.
    :param today: of an article in old spelling, the text as it is written today, and what tells where its
        characters stand in print.
    """

    text: str
    plain: str | None
    odd: tuple[tuple[int, int, str | None], ...]
    today: tuple[ReadyText, Callable[[int, int], tuple[int, int]]] | None = None

    @classmethod
    def of(cls, text: str) -> ReadyText:
        """Make a text ready."""
        plain = blanked(text).lower()
        if not plain.isascii():
            for sign in _APOSTROPHES:
                plain = plain.replace(sign, "'")
            for sign in _ORNAMENTS:
                plain = plain.replace(sign, '"')
            plain = plain.replace(_DASH, "-")
        if len(plain) != len(text):
            return cls(text, None, ())
        return cls(text, plain, tuple(_odd_pieces(plain)))


def _odd_pieces(plain: str) -> Iterator[tuple[int, int, str | None]]:
    # Jum'at, 5's, a.n.
    places = [
        found.start() for sign, unread in _UNREAD.items() if sign in plain for found in unread.finditer(plain)
    ]
    if not plain.isascii():
        places += [found.start() for found in _NOT_ASCII.finditer(plain)]
    places.sort()
    end = 0
    for place in places:
        if place < end:
            continue
        start = plain.rfind(" ", 0, place) + 1
        end = plain.find(" ", place)
        if end < 0:
            end = len(plain)
        piece = plain[start:end]
        yield start, end, _UNWRITTEN.sub("", piece) if piece.isascii() else None


def blanked(text: str) -> str:
    """The text with spaces for other blanks, of the same length."""
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return text
