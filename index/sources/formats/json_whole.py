"""Reads a JSON file: an array of articles, an object that holds one, or a single article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.encoding import decode
from index.sources.fields.columns import Columns
from index.sources.fields.names import known_field
from index.sources.fields.sampling import Cut, RecordReader, pieces_of
from index.sources.files import read_whole
from index.sources.formats.json_value import parse_json
from index.sources.identity import id_from_file

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
    value = parse_json(decode(read_whole(input, settings)))
    records = _records(value)
    if records is None:
        if not isinstance(value, dict):
            raise UnreadableError(_("tidak berisi artikel; diharapkan larik objek, atau satu objek"))
        columns = Columns.of(value, [value], input.origin, settings)
        reader = RecordReader(_object, columns, id_from_file(input.origin))
        yield Piece(input.origin, value, reader, _size(value))
        return
    if not records:
        raise UnreadableError(_("berisi larik kosong"))
    cut = (
        Cut(f"{input.origin}:{number}", record, _size(record))
        for number, record in enumerate(records, start=1)
    )
    yield from pieces_of(cut, _object, input.origin, settings)


def _object(record: Any) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise UnreadableError(_("bukan objek"))
    return record


def _size(record: Any) -> int:
    values = record.values() if isinstance(record, dict) else ()
    return sum(len(value) for value in values if isinstance(value, (str, list, dict)))


def _records(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and not any(
        known_field(name) == "body" and isinstance(held, str) for name, held in value.items()
    ):
        return next((value[name] for name in _LIST_NAMES if isinstance(value.get(name), list)), None)
    return None
