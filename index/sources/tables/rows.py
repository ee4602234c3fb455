"""Rows: the lines of a table to rows of cells; a quotation mark that is not closed costs its own row."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from index.messages import _
from index.sources.files import KIB, DamagedError, LongLineError
from index.sources.tables.cells import Dialect, goes_on, prepared, restored, tolerant

_MOST_LINES = 50
"""Lines that a row with bad quotation marks is looked for in."""


class Row(NamedTuple):
    """A row of a table.

    :param line: number of its first line, from 1.
    :param is_mended: whether its quotation marks were not those of the dialect.
    """

    line: int
    cells: list[str]
    is_mended: bool = False


class Broken(NamedTuple):
    """Lines that are no row.

    :param reason: why, for the owner.
    """

    line: int
    reason: str


def read_rows(
    lines: Iterable[str], dialect: Dialect, *, limit: int, width: int = 0, before: int = 0
) -> Iterator[Row | Broken]:
    """The rows of a table, blank ones too.

    :param lines: of the file, with their endings, as :class:`~index.sources.files.Lines` gives them: what it
        raises is a broken row here.
    :param limit: characters of the longest cell.
    :param width: cells that a row should have, if that is known: it tells whether a doubtful row is right.
    :param before: lines of the file that stand before these.
    """
    feed = _Feed(lines, dialect, before)
    # The module's limit is one for the process; every caller sets the same setting.
    csv.field_size_limit(max(limit, 1024))
    reader = feed.reader()
    while True:
        feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except LongLineError as error:
            feed.number += 1
            yield Broken(feed.number, str(error))
            reader = feed.reader()
        except DamagedError as error:
            yield Broken(feed.number + 1, _("{error}; sisa berkas tidak dibaca", error=error))
            return
        except csv.Error as error:
            yield _repaired(
                feed, width, limit if "field larger" in str(error) else 0, "end of data" in str(error)
            )
            reader = feed.reader()
        else:
            if width and len(cells) != width and len(feed.taken) > 1 and (row := _first_line(feed, width)):
                yield row
                reader = feed.reader()
                continue
            yield Row(feed.first, restored(cells, dialect))


class _Feed:
    """Hands lines to the module csv, remembers those of the present row, and takes lines back."""

    def __init__(self, lines: Iterable[str], dialect: Dialect, before: int) -> None:
        self._lines = iter(lines)
        self._returned: deque[tuple[str, int]] = deque()
        self._counts: list[int] = []
        self.dialect = dialect
        self.number = before
        """Number of the last line that was handed out."""
        self.taken: list[str] = []
        """Lines of the present row, prepared."""

    def begin(self) -> None:
        """The next line is the first of a row."""
        self.taken.clear()
        self._counts.clear()

    @property
    def first(self) -> int:
        """Number of the present row's first line."""
        return self.number - sum(self._counts) + 1

    def reader(self) -> Iterator[list[str]]:
        """A reader of the lines that are left."""
        return _reader(self, self.dialect, strict=True)

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line, count = self._returned.popleft() if self._returned else self._line()
        self.number += count
        self.taken.append(line)
        self._counts.append(count)
        return line

    def _line(self) -> tuple[str, int]:
        """The next line, with those that an escaped line end joins to it, and how many these are."""
        line = prepared(next(self._lines), self.dialect)
        count = 1
        while goes_on(line) and (following := next(self._lines, "")):
            line += prepared(following, self.dialect)
            count += 1
        if "\r" in line:
            line = line.rstrip("\r\n").replace("\r", " ") + "\n"
        return line, count

    def pass_text(self) -> None:
        """Pass over the rest of a text in quotation marks: to the line with the next one."""
        for line in self:
            self.taken.clear()
            self._counts.clear()
            if self.dialect.quote in line:
                return

    def give_back(self, keep: int) -> None:
        """Keep the first lines of the present row; the others are handed out again."""
        self._returned.extendleft(reversed(list(zip(self.taken[keep:], self._counts[keep:], strict=True))))
        self.number -= sum(self._counts[keep:])
        del self.taken[keep:], self._counts[keep:]


def _repaired(feed: _Feed, width: int, limit: int, is_end: bool) -> Row | Broken:
    """The present row, which the module csv cannot read; lines that it took and that are not its own go back.

    :param limit: of a cell, if the row has one that is longer.
    :param is_end: whether the file ends in it.
    """
    text = ""
    for count, line in enumerate(feed.taken[:_MOST_LINES], start=1):
        text += line
        if count > 1 and _is_row(line, feed.dialect, width, feed.taken[0]):
            break
        for cells in tolerant(text, feed.dialect):
            if len(cells) == width or (not width and len(cells) > 1):
                feed.give_back(count)
                return Row(feed.first, restored(cells, feed.dialect), is_mended=True)
    if row := _first_line(feed, width):
        return row
    first, count = feed.first, len(feed.taken)
    own = next(
        (n for n in range(1, count) if _is_row(feed.taken[n], feed.dialect, width, feed.taken[0])), count
    )
    feed.give_back(own)
    if limit and own == count:
        feed.pass_text()
        return Broken(
            first,
            _(
                "satu ruas lebih panjang dari {limit} KiB (pengaturan max_article_kb); "
                "apakah kutip penutup hilang?",
                limit=limit // KIB,
            ),
        )
    if is_end and own == count:
        return Broken(first, _("berkas berakhir di dalam kutip yang tidak ditutup, mungkin terpotong"))
    if count > 1 or feed.taken[0].count(feed.dialect.quote) % 2:
        return Broken(
            first, _("kutip pembuka tidak ditutup; dilanjutkan dari baris {next}", next=feed.number + 1)
        )
    return Broken(first, _("kutipnya tidak berpasangan; kutip di dalam teks harus ditulis dua kali"))


def _reader(lines: Iterable[str], dialect: Dialect, *, strict: bool) -> Iterator[list[str]]:
    delimiter = dialect.parted_by
    if not dialect.quote:
        return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=strict)
    return csv.reader(lines, delimiter=delimiter, quotechar=dialect.quote, strict=strict)


def _is_row(line: str, dialect: Dialect, width: int, first: str = "") -> bool:
    """Whether a line seems to begin a row of its own: it has as many cells, or it begins as the line before.

    :param first: a line that begins a row.
    """
    try:
        cells = next(_reader([line], dialect, strict=False), [])
    except csv.Error:
        return False
    if len(cells) == (width or 2):
        return True
    if not 1 < len(cells) < width or not line.rstrip("\r\n").count(dialect.quote) % 2:
        return False
    kind = _kind(cells[0])
    return kind != "" and kind == _kind(first.split(dialect.parted_by)[0].strip(dialect.quote))


def _kind(cell: str) -> str:
    """What kind of value begins a row; nothing for prose."""
    cell = cell.strip()
    if not cell or " " in cell:
        return ""
    return "number" if cell.isdecimal() else "address" if "://" in cell else "word" if len(cell) < 40 else ""


def _first_line(feed: _Feed, width: int) -> Row | None:
    """The first line of the present row as a row of its own, if it is one without quotation marks."""
    dialect = feed.dialect
    cells = feed.taken[0].rstrip("\r\n").split(dialect.parted_by)
    if not width or len(cells) != width or _is_more(feed, width):
        return None
    feed.give_back(1)
    quote = dialect.quote
    cells = [_unquoted(cell, quote) for cell in restored(cells, dialect)]
    return Row(feed.first, cells, is_mended=True)


def _is_more(feed: _Feed, width: int) -> bool:
    """Whether the second line seems to go on with a text of the first."""
    if len(feed.taken) < 2:
        return False
    return len(feed.taken[1].split(feed.dialect.parted_by)) < width


def _unquoted(cell: str, quote: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == quote:
        return cell[1:-1].replace(quote * 2, quote)
    return cell[1:] if cell[:1] == quote and cell.count(quote) == 1 else cell
