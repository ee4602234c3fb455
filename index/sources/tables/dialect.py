"""Dialect: how a table is written, decided by a sample of its rows: by what parts all of them alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from index.sources.fields.names import known_field
from index.sources.tables.cells import Dialect
from index.sources.tables.rows import Broken, Row, read_rows

DELIMITERS = (",", ";", "\t", "|", "\x1f", "\x01", "||", "^", "~", "¦", "#", "::")
"""Those that are tried, the most usual first."""

_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_MOST_ROWS = 200
_ESCAPES = re.compile(r'\\["\']|\\\r?\n?$|(?:^|[\t,;|])"?\\N"?(?=[\t,;|\r\n]|$)')
_APOSTROPHES = re.compile(r"(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|\r\n]|$)")


class Sample(Struct, frozen=True):
    """The first rows of a table as its dialect has them.

    :param width: cells of most rows.
    """

    dialect: Dialect
    rows: tuple[Row, ...]
    width: int


def sample_of(lines: Sequence[str]) -> Sample:
    """The dialect of a table and its first rows.

    :param lines: the first lines of the file, with their endings.
    """
    start = 0
    told = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    delimiters: Sequence[str] = DELIMITERS
    if told:
        start, delimiters = 1, (told[1],)
    text = "".join(lines)
    best: tuple[float, Sample] | None = None
    for delimiter in delimiters:
        if delimiter not in text and len(delimiters) > 1 and delimiter != ",":
            continue
        for quote in _quotes(lines):
            for backslash in (False, True) if "\\" in text else (False,):
                dialect = Dialect(delimiter, quote, backslash=backslash, start=start)
                rated = _rated(dialect, lines[start:])
                if best is None or rated[0] > best[0] + 1e-9:
                    best = rated
    assert best is not None
    return best[1]


def _quotes(lines: Sequence[str]) -> tuple[str, ...]:
    quotes = ('"', "") if any('"' in line for line in lines) else ('"',)
    in_apostrophes = sum(bool(_APOSTROPHES.search(line)) for line in lines)
    return (*quotes, "'") if 2 * in_apostrophes > len(lines) else quotes


def _rated(dialect: Dialect, lines: Sequence[str]) -> tuple[float, Sample]:
    """How well a dialect fits, the more the better."""
    rows: list[Row] = []
    broken = 0
    for item in read_rows(lines, dialect, limit=sum(map(len, lines)) + 1):
        if isinstance(item, Broken):
            broken += 1
        elif any(cell.strip() for cell in item.cells):
            rows.append(item)
        if len(rows) + broken >= _MOST_ROWS:
            break
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    width = widths.most_common(1)[0][0] if widths else 1
    fitting = sum(len(row.cells) == width for row in rows)
    share = fitting / max(1, len(rows) + broken)
    names = max((_names(row) for row in rows[:_HEADING_WITHIN]), default=0)
    score = (share if width > 1 else 0.3 * share) + 0.3 * min(names, 3) + 0.02 * min(width, 10)
    if dialect.backslash:
        has_escapes = any(_ESCAPES.search(line) for line in lines)
        score += 0.001 if has_escapes else -0.05
    # A cell that keeps its quotation marks was not read as it was meant.
    quoted = sum(
        (cell[:1] == '"' and (cell[-1:] == '"' or cell.count('"') % 2))
        or (len(cell) > 2 and cell[:1] == cell[-1:] == "'")
        for row in rows
        for cell in row.cells
    )
    mended = sum(row.is_mended for row in rows)
    score -= 0.5 * min(1.0, (quoted + mended) / max(1, len(rows)))
    return score, Sample(dialect, tuple(rows), width)


_HEADING_WITHIN = 30


def _names(row: Row) -> int:
    """How many cells of a row are names of columns."""
    return len({field for cell in row.cells if len(cell) <= 40 and (field := known_field(cell.strip()))})
