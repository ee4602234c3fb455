"""Reads a JSON file: an array of articles, an object that holds one, or a single article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.days.columns import DayColumns
from index.sources.days.limits import latest_day
from index.sources.encoding import decode
from index.sources.files import read_whole
from index.sources.formats.json_value import parse_json
from index.sources.formats.web_json import whole_format
from index.sources.identity import id_from_file
from index.sources.records import document_from_record, known_field

_LIST_NAMES = (
    "articles",
    "artikel",
    "data",
    "items",
    "results",
    "documents",
    "docs",
    "posts",
    "berita",
    "records",
)


def read_json(input: InputFile, settings: Settings) -> Iterator[Document | Skip | Piece]:
    """Each article; a bad one is skipped by its number, counted from 1.

    The file is read whole; for large archives there is JSON Lines.
    """
    if (found := whole_format(input, settings)) is not None:
        yield from found
        return
    value = parse_json(decode(read_whole(input, settings)))
    records = _records(value)
    if records is None:
        if not isinstance(value, dict):
            raise UnreadableError(_("tidak berisi artikel; diharapkan larik objek, atau satu objek"))
        settled = DayColumns(lambda: [value], known_field, latest_day(settings)).settle(value)
        yield document_from_record(settled, input.origin, settings, id_if_none=id_from_file(input.origin))
        return
    if not records:
        raise UnreadableError(_("berisi larik kosong"))
    days = DayColumns(
        lambda: (record for record in records if isinstance(record, dict)), known_field, latest_day(settings)
    )
    for number, record in enumerate(records, start=1):
        origin = f"{input.origin}:{number}"
        try:
            if not isinstance(record, dict):
                raise UnreadableError(_("bukan objek"))
            yield document_from_record(days.settle(record), origin, settings)
        except UnreadableError as error:
            yield Skip(origin, str(error))


def _records(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and not any(
        known_field(name) == "body" and isinstance(held, str) for name, held in value.items()
    ):
        return next((value[name] for name in _LIST_NAMES if isinstance(value.get(name), list)), None)
    return None
