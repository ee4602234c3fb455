"""Reads CSV and TSV with a heading row, one article a row, without holding more than one row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import partial

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.days.columns import DayColumns
from index.sources.days.limits import latest_day
from index.sources.files import DamagedError, Lines, LongLineError, open_input
from index.sources.records import NAMES, document_from_record, known_field

_DELIMITERS = ",;\t|"


def read_table(input: InputFile, settings: Settings) -> Iterator[Skip | Piece]:
    """Each row. The delimiter is the one of ``, ; | tab`` that parts the heading row."""
    with open_input(input.path) as file:
        lines = Lines(file, settings)
        # The module's limit is one for the process; every caller sets the same setting.
        csv.field_size_limit(max(lines.limit, 1024))
        heading, delimiter = _heading(lines)
        if not any(known_field(name) == "body" for name in heading):
            raise UnreadableError(
                _(
                    "tidak ada kolom teks; ada: {found}; diharapkan salah satu dari: {expected}",
                    found=", ".join(heading)[:300],
                    expected=", ".join(NAMES["body"][:8]),
                )
            )
        rows = csv.reader(lines, delimiter=delimiter, strict=False)
        days = DayColumns(partial(_records, input, settings), known_field, latest_day(settings))
        while True:
            first = lines.number + 1
            origin = f"{input.origin}:{first}"
            try:
                row = next(rows)
            except StopIteration:
                return
            except LongLineError as error:
                yield Skip(f"{input.origin}:{lines.number}", str(error))
                continue
            except csv.Error as error:
                yield Skip(origin, _reason(error, lines))
                continue
            except DamagedError as error:
                yield Skip(origin, _("{error}; sisa berkas tidak dibaca", error=error))
                return
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > len(heading) and any(cell.strip() for cell in row[len(heading) :]):
                reason = _(
                    "berisi {count} ruas, sedangkan baris judul {expected}; "
                    "apakah teks yang memuat pemisah tidak dikutip?",
                    count=len(row),
                    expected=len(heading),
                )
                yield Skip(origin, reason)
                continue
            record = days.settle(dict(zip(heading, row, strict=False)))
            yield Piece(origin, record, document_from_record, sum(map(len, row)))


def _records(input: InputFile, settings: Settings) -> Iterator[dict[str, str]]:
    """The rows of a table that can be read."""
    with open_input(input.path) as file:
        lines = Lines(file, settings)
        heading, delimiter = _heading(lines)
        rows = csv.reader(lines, delimiter=delimiter, strict=False)
        while True:
            try:
                row = next(rows)
            except (LongLineError, csv.Error):
                continue
            except (StopIteration, DamagedError):
                return
            yield dict(zip(heading, row, strict=False))


def _heading(lines: Lines) -> tuple[list[str], str]:
    """Column names and the delimiter, from the first row that is not blank (and Excel's ``sep=;``)."""
    delimiter = ""
    try:
        for line in lines:
            if match := re.fullmatch(r"sep=(.)\s*", line, re.IGNORECASE):
                delimiter = match[1]
            elif line.strip():
                delimiter = delimiter or max(_DELIMITERS, key=re.sub(r'"[^"]*"', "", line).count)
                return [name.strip() for name in next(csv.reader([line], delimiter=delimiter))], delimiter
    except (LongLineError, DamagedError, csv.Error) as error:
        raise UnreadableError(_("baris judulnya tidak dapat dibaca: {error}", error=error)) from error
    raise UnreadableError(_("kosong"))


def _reason(error: csv.Error, lines: Lines) -> str:
    if "field larger" in str(error):
        return _(
            "satu ruas lebih panjang dari {limit} KiB (pengaturan max_article_kb); "
            "apakah kutip penutup hilang?",
            limit=lines.limit // 1024,
        )
    return _("bukan baris tabel yang sah: {error}", error=error)
