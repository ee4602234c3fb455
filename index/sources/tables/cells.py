"""Cells: one row of a table to the texts of its cells, under a dialect."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

# Characters that no text holds (https://www.unicode.org/faq/private_use.html#noncharacters) stand in for what
# was escaped, so that the module csv does not take it for a delimiter, a quotation mark or the end of a row.
_QUOTE, _DELIMITER, _BACKSLASH, _LINE_END, _NULL = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
_PARTED = "\ufdd5"
_ESCAPE = re.compile(r"\\(\r?\n|.|$)", re.DOTALL)
_PLAIN = {"n": "\ufdd6", "t": " ", "r": "", "0": "", "b": "", "Z": "", "N": _NULL, "\\": _BACKSLASH}


class Dialect(Struct, frozen=True):
    r"""How a table is written.

    :param delimiter: what parts cells, of one or several characters.
    :param quote: what cells stand in that hold a delimiter or a line end; ``""`` if quotation marks mean
        nothing.
    :param backslash: whether ``\`` takes the meaning from what follows it, as MySQL and PostgreSQL write;
        ``\N`` is no value then.
    :param start: lines above the table that tell its dialect.
    """

    delimiter: str
    quote: str = '"'
    backslash: bool = False
    start: int = 0

    @property
    def parted_by(self) -> str:
        """The one character that parts the cells of a line that was :func:`prepared`."""
        return self.delimiter if len(self.delimiter) == 1 else _PARTED


def prepared(line: str, dialect: Dialect) -> str:
    """A line with other characters for what is escaped in it."""
    if dialect.backslash and "\\" in line:
        line = _ESCAPE.sub(lambda match: _escaped(match[1], dialect), line)
    return line if len(dialect.delimiter) == 1 else line.replace(dialect.delimiter, _PARTED)


def goes_on(line: str) -> bool:
    """Whether the end of a prepared line was escaped: it goes on with the next."""
    return line.endswith(_LINE_END)


def _escaped(char: str, dialect: Dialect) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    if char == dialect.quote:
        return _QUOTE
    if char == dialect.delimiter:
        return _DELIMITER
    return _LINE_END if char in ("\n", "\r\n", "") else char


def restored(cells: list[str], dialect: Dialect) -> list[str]:
    """The cells of a row with what was escaped in them."""
    if not dialect.backslash:
        return cells
    return [_restored(cell, dialect) if max(cell, default="") >= "\ufdd0" else cell for cell in cells]


def _restored(cell: str, dialect: Dialect) -> str:
    if cell == _NULL:
        return ""
    for stands_in, text in (
        (_QUOTE, dialect.quote),
        (_DELIMITER, dialect.delimiter),
        (_BACKSLASH, "\\"),
        (_LINE_END, "\n"),
        ("\ufdd6", "\n"),
        (_NULL, "N"),
    ):
        cell = cell.replace(stands_in, text)
    return cell


def tolerant(text: str, dialect: Dialect) -> list[list[str]]:
    """The ways to read a row whose quotation marks were not doubled: one ends a cell where a cell may end.

    :param text: prepared, of one or several lines.
    :returns: none if a cell does not end.
    """
    found = []
    for ending in _endings(dialect.parted_by):
        cells = _cells(text.rstrip("\r\n"), dialect, ending)
        if cells is not None and cells not in found:
            found.append(cells)
    return found


@cache
def _endings(delimiter: str) -> tuple[re.Pattern[str], ...]:
    parted = re.escape(delimiter)
    # Behind a comma of prose stands a blank, behind one that parts cells mostly none.
    return re.compile(rf"[ \t]*(?:{parted}|\Z)"), re.compile(rf"[ \t]*(?:{parted}(?![ \t])|\Z)")


def _cells(text: str, dialect: Dialect, ending: re.Pattern[str]) -> list[str] | None:
    cells: list[str] = []
    position = 0
    quote, delimiter = dialect.quote, dialect.parted_by
    while True:
        if quote and text.startswith(quote, position):
            end = position + 1
            while True:
                end = text.find(quote, end)
                if end < 0:
                    return None
                if text.startswith(quote, end + 1) and not ending.match(text, end + 1):
                    end += 2
                elif match := ending.match(text, end + 1):
                    break
                else:
                    end += 1
            cells.append(text[position + 1 : end].replace(quote * 2, quote))
            if match.end() == len(text) and not text.endswith(delimiter, end + 1):
                return cells
            position = match.end()
        else:
            end = text.find(delimiter, position)
            if end < 0:
                if "\n" in text[position:]:
                    return None
                cells.append(text[position:])
                return cells
            if "\n" in text[position:end]:
                return None
            cells.append(text[position:end])
            position = end + len(delimiter)
