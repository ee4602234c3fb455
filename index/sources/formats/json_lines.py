"""Reads JSON Lines, one article a line, without ever holding more than one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.days.columns import DayColumns, may_be_unclear
from index.sources.days.limits import latest_day
from index.sources.files import DamagedError, Lines, LongLineError, open_input
from index.sources.formats.json_value import parse_json
from index.sources.records import document_from_record, known_field


def read_json_lines(input: InputFile, settings: Settings) -> Iterator[Skip | Piece]:
    """Each line; a bad one is skipped by its number and the others count."""
    with open_input(input.path) as file:
        lines = Lines(file, settings)
        days = DayColumns(partial(_records, input, settings), known_field, latest_day(settings))
        while True:
            try:
                line = next(lines)
            except StopIteration:
                return
            except LongLineError as error:
                yield Skip(f"{input.origin}:{lines.number}", str(error))
                continue
            except DamagedError as error:
                yield Skip(
                    f"{input.origin}:{lines.number}", _("{error}; sisa berkas tidak dibaca", error=error)
                )
                return
            if not line.isspace():
                content, parse = _settled(line, days)
                yield Piece(f"{input.origin}:{lines.number}", content, parse, len(line))


def _settled(line: str, days: DayColumns) -> tuple[Any, Callable[[Any, str, Settings], Document]]:
    """The line, or its record if its day depends on those of others; and what reads it."""
    if may_be_unclear(line):
        with suppress(UnreadableError):
            record = parse_json(line)
            if isinstance(record, dict) and (found := days.settle(record)) is not record:
                return found, document_from_record
    return line, _article


def _article(line: str, origin: str, settings: Settings) -> Document:
    record = parse_json(line)
    if not isinstance(record, dict):
        raise UnreadableError(_no_object(record))
    return document_from_record(record, origin, settings)


def _records(input: InputFile, settings: Settings) -> Iterator[dict[Any, Any]]:
    """The lines whose days may depend on those of others."""
    with open_input(input.path) as file:
        lines = Lines(file, settings)
        while True:
            try:
                line = next(lines)
            except LongLineError:
                continue
            except (StopIteration, DamagedError):
                return
            if may_be_unclear(line):
                with suppress(UnreadableError):
                    record = parse_json(line)
                    if isinstance(record, dict):
                        yield record


def _no_object(value: object) -> str:
    if isinstance(value, list):
        return _("berupa larik JSON; diharapkan satu objek JSON tiap baris")
    return _("berupa satu nilai JSON; diharapkan satu objek JSON tiap baris")
