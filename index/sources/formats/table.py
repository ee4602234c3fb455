"""Reads CSV and TSV of any dialect, one article a row, without holding more than one row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice

from msgspec import Struct

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.cuts import Cut
from index.sources.cutting import as_record, pieces_of
from index.sources.fields.names import known_field
from index.sources.files import KIB, DamagedError, Lines, LongLineError, open_input
from index.sources.tables.cells import Dialect
from index.sources.tables.dialect import sample_of
from index.sources.tables.heading import find_heading, silent_names, told_apart
from index.sources.tables.rows import Broken, Row, read_rows

_SAMPLE = 256 * KIB
_LONGEST_NAME, _MOST_WORDS_OF_NAME = 60, 5
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PAGE = re.compile(rb"[\s\xef\xbb\xbf]*<(?:!doctype html|html|table|\?xml)\b", re.IGNORECASE)
_SUMMARY = re.compile(
    r"(?:grand |sub ?)?total\b|jumlah\b|rata-rata\b|sumber\s*:|catatan\s*:|keterangan\s*:|dicetak\b|diunduh\b"
    r"|halaman\b|\(?\d+ rows?\b|-- ",
    re.IGNORECASE,
)


class Table(Struct, frozen=True):
    """How a file is to be read as a table.

    :param names: of its columns.
    :param first: line that its rows begin at.
    :param heading: the cells of its heading, none if it has none.
    :param spaced: whether cells begin with blanks, so that a blank tells nothing.
    """

    dialect: Dialect
    names: tuple[str, ...]
    first: int
    heading: tuple[str, ...]
    spaced: bool


def read_table(input: InputFile, settings: Settings) -> Iterator[Skip | Piece]:
    """Each row that is an article; a bad one is skipped by its line."""
    table = _look_at(input, settings)
    yield from pieces_of(partial(_cuts, input, settings, table), input, settings, table.names)


def _look_at(input: InputFile, settings: Settings) -> Table:
    """The dialect and the heading, from the first rows.

    :raises UnreadableError: if it is no table, or one without a column of texts.
    """
    with open_input(input.path) as file:
        _refuse_others(file.peek(KIB)[:KIB])  # type: ignore[attr-defined]  # it is buffered
        source = Lines(file, settings)
        lines = _first_lines(source)
    sample = sample_of(lines)
    rows = sample.rows
    if not rows:
        raise UnreadableError(_("kosong"))
    found = find_heading(rows, sample.width)
    if found is None:
        names = silent_names(sample.width)
        heading: list[str] = []
        first = next((row.line for row in rows if len(row.cells) == sample.width), 1)
    else:
        heading = [cell.strip() for cell in rows[found].cells]
        while heading and not heading[-1]:
            heading.pop()
        names = told_apart(heading)
        first = rows[found + 1].line if found + 1 < len(rows) else rows[found].line + 1
    body = rows if found is None else rows[found + 1 :]
    spaced = any(cell.startswith(" ") for row in body if len(row.cells) == len(names) for cell in row.cells)
    return Table(sample.dialect, tuple(names), first, tuple(heading), spaced)


def _refuse_others(start: bytes) -> None:
    if start.startswith(_WORKBOOKS):
        raise UnreadableError(
            _("isinya buku kerja (Excel atau LibreOffice), bukan teks; simpan dahulu sebagai CSV")
        )
    if _PAGE.match(start):
        raise UnreadableError(
            _("isinya halaman HTML atau XML, bukan CSV; beri akhiran .html atau simpan sebagai CSV")
        )


def _first_lines(lines: Lines) -> list[str]:
    found: list[str] = []
    size = 0
    while size < _SAMPLE:
        try:
            line = next(lines)
        except (StopIteration, DamagedError):
            break
        except LongLineError as error:
            if not found:
                raise UnreadableError(_("baris judulnya tidak dapat dibaca: {error}", error=error)) from error
            found.append("\n")
            continue
        found.append(line)
        size += len(line)
    return found


def _cuts(input: InputFile, settings: Settings, table: Table) -> Iterator[Cut | Skip]:
    """The rows below the heading as records. Opens the file anew each time."""
    names = table.names
    with open_input(input.path) as file:
        lines = Lines(file, settings)
        for _line in islice(lines, table.first - 1):
            pass
        rows = read_rows(lines, table.dialect, limit=lines.limit, width=len(names), before=table.first - 1)
        for row in rows:
            if isinstance(row, Broken):
                yield Skip(f"{input.origin}:{row.line}", row.reason)
                continue
            if not any(cell and not cell.isspace() for cell in row.cells):
                continue
            if (again := _heading_again(row, table)) is not None:
                names = again
                continue
            yield _cut(row, names, input.origin, table)


def _cut(row: Row, names: tuple[str, ...], origin: str, table: Table) -> Cut | Skip:
    place = f"{origin}:{row.line}"
    cells = row.cells
    if len(cells) > len(names):
        cells = _fitted(cells, len(names), table)
    if len(cells) > len(names):
        reason = _(
            "berisi {count} ruas, sedangkan baris judul {expected}; "
            "apakah teks yang memuat pemisah tidak dikutip?",
            count=len(cells),
            expected=len(names),
        )
        return Skip(place, reason)
    if len(cells) < len(names) or not cells[-1]:
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) <= 3 and _SUMMARY.match(filled[0]) and all(len(cell) < 100 for cell in filled):
            return Skip(place, _("bukan artikel, melainkan baris penutup tabel: {text}", text=filled[0][:60]))
    return Cut(place, dict(zip(names, cells, strict=False)), as_record, sum(map(len, cells)))


def _fitted(cells: list[str], width: int, table: Table) -> list[str]:
    """A row with cells too many as it was meant, if that is certain; else as it is."""
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) == width:
        return cells
    delimiter = table.dialect.delimiter
    if width == 1:
        return [delimiter.join(cells)]
    if table.spaced or delimiter not in (",", ";"):
        return cells
    joined: list[str] = []
    for cell in cells:
        if joined and cell.startswith(" "):  # behind a comma of prose stands a blank
            joined[-1] += delimiter + cell
        else:
            joined.append(cell)
    return joined if len(joined) == width else cells


def _heading_again(row: Row, table: Table) -> tuple[str, ...] | None:
    """The names of columns that a row repeats, as it does where tables were put one behind the other."""
    cells = row.cells
    if not table.heading or len(cells) < 2 or len(cells[0]) > _LONGEST_NAME:
        return None
    if cells[0].strip() == table.heading[0] and [cell.strip() for cell in cells[: len(table.heading)]] == [
        *table.heading
    ]:
        return tuple(told_apart(table.heading))
    if known_field(cells[0].strip()) is None:
        return None
    names = tuple(cell.strip() for cell in cells)
    if any(len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS_OF_NAME for name in names):
        return None
    fields = {known_field(name) for name in names}
    return names if "body" in fields and len(fields) == len(names) else None
