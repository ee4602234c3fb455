"""Reads CSV and TSV with a heading row, one article a row, without holding more than one row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.fields.columns import told_apart
from index.sources.fields.sampling import Cut, pieces_of
from index.sources.files import DamagedError, Lines, LongLineError, open_input

_DELIMITERS = ",;\t|"


def read_table(input: InputFile, settings: Settings) -> Iterator[Skip | Piece]:
    """Each row. The delimiter is the one of ``, ; | tab`` that parts the heading row."""
    with open_input(input.path) as file:
        lines = Lines(file, settings)
        # The module's limit is one for the process; every caller sets the same setting.
        csv.field_size_limit(max(lines.limit, 1024))
        heading, delimiter = _heading(lines)
        rows = csv.reader(lines, delimiter=delimiter, strict=False)
        yield from pieces_of(_rows(rows, lines, heading, input.origin), dict, input.origin, settings, heading)


def _rows(rows: Iterator[list[str]], lines: Lines, heading: list[str], origin: str) -> Iterator[Skip | Cut]:
    """Each row as a record."""
    while True:
        first = lines.number + 1
        place = f"{origin}:{first}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except LongLineError as error:
            yield Skip(f"{origin}:{lines.number}", str(error))
            continue
        except csv.Error as error:
            yield Skip(place, _reason(error, lines))
            continue
        except DamagedError as error:
            yield Skip(place, _("{error}; sisa berkas tidak dibaca", error=error))
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
            yield Skip(place, reason)
            continue
        yield Cut(place, dict(zip(heading, row, strict=False)), sum(map(len, row)))


def _heading(lines: Lines) -> tuple[list[str], str]:
    """Column names and the delimiter, from the first row that is not blank (and Excel's ``sep=;``)."""
    delimiter = ""
    try:
        for line in lines:
            if match := re.fullmatch(r"sep=(.)\s*", line, re.IGNORECASE):
                delimiter = match[1]
            elif line.strip():
                delimiter = delimiter or max(_DELIMITERS, key=re.sub(r'"[^"]*"', "", line).count)
                return told_apart(next(csv.reader([line], delimiter=delimiter))), delimiter
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
