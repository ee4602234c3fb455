"""Reads JSON Lines, one article a line, without ever holding more than one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.fields.sampling import Cut, pieces_of
from index.sources.files import DamagedError, Lines, LongLineError, open_input
from index.sources.formats.json_value import parse_json


def read_json_lines(input: InputFile, settings: Settings) -> Iterator[Skip | Piece]:
    """Each line; a bad one is skipped by its number and the others count."""
    with open_input(input.path) as file:
        lines = Lines(file, settings)
        yield from pieces_of(_lines(lines, input.origin), _record, input.origin, settings)


def _lines(lines: Lines, origin: str) -> Iterator[Skip | Cut]:
    while True:
        try:
            line = next(lines)
        except StopIteration:
            return
        except LongLineError as error:
            yield Skip(f"{origin}:{lines.number}", str(error))
            continue
        except DamagedError as error:
            yield Skip(f"{origin}:{lines.number}", _("{error}; sisa berkas tidak dibaca", error=error))
            return
        if not line.isspace():
            yield Cut(f"{origin}:{lines.number}", line, len(line))


def _record(line: str) -> dict[str, Any]:
    record = parse_json(line)
    if not isinstance(record, dict):
        raise UnreadableError(_no_object(record))
    return record


def _no_object(value: object) -> str:
    if isinstance(value, list):
        return _("berupa larik JSON; diharapkan satu objek JSON tiap baris")
    return _("berupa satu nilai JSON; diharapkan satu objek JSON tiap baris")
