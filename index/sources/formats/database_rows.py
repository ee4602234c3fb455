"""Reads a bucket of rows that were fetched from a database: one row, one document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, UnreadableError
from index.sources.databases.buckets import json_of, records_of_part
from index.sources.databases.description import database_called
from index.sources.fields.names import known_field
from index.sources.fields.vocabulary import NAMES
from index.sources.identity import id_from_record
from index.sources.records import document_from_record


def read_rows(input: InputFile, settings: Settings) -> Iterator[Piece]:
    """Each row of the bucket, by the name of the database and its key."""
    if input.part is None:
        raise UnreadableError(_("bagian dari indeks, bukan arsip"))
    source = input.origin.rpartition("/")[0]
    fields = database_called(source, settings).fields
    for key, content in records_of_part(input.path, input.part):
        yield Piece(f"{source}/{key}", content, partial(_article, fields), len(content))


def _article(fields: dict[str, str], content: bytes, origin: str, settings: Settings) -> Document:
    row = json_of(content)
    taken = {field: row.get(column) for field, column in fields.items()}
    # The key is the id, with the name of the database: that of another one may be the same.
    record = {
        column: value
        for column, value in row.items()
        if (field := known_field(column)) != "id" and field not in taken
    }
    record |= {NAMES[field][0]: value for field, value in taken.items()}
    id_if_none = id_from_record(origin.partition(":")[2].replace("/", "-", 1))
    return document_from_record(record, origin, settings, id_if_none)
