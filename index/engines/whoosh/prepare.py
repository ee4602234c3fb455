"""From an analysed document to what the writer takes: packed once, cheap to send between processes."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from index.documents import Document
from index.engines.base import AnalyzedDocument
from index.engines.packing import (
    day_of,
    dump_document,
    facet_values,
    field_texts,
    load_document,
    several_values,
)
from index.query import SEVERAL, Facet

VALUE_FACETS = (Facet.SOURCE, Facet.PLACE, Facet.AUTHOR, Facet.LANG)
"""Facets kept as a column of values; the year is derived from the day."""

LIST_FACETS = tuple(sorted(SEVERAL))
"""Facets kept as a column of lists of values."""

# Higher levels save 3 % of the space and take a half more time.
_COMPRESSION = 1


class PreparedDocument(NamedTuple):
    """What :meth:`Writer.add` takes: pickles small.

    :param digest: the content hash, 16 bytes.
    :param day: proleptic Gregorian ordinal of the day of publication, 0 when unknown.
    :param facets: values of VALUE_FACETS, ``""`` for none.
    :param lists: values of LIST_FACETS.
    :param stored: the document, see :func:`pack_document`.
    :param texts: the terms of each text field, see :func:`index.engines.packing.field_texts`.
    """

    id: str
    digest: bytes
    day: int
    facets: tuple[str, ...]
    lists: tuple[tuple[str, ...], ...]
    stored: bytes
    texts: tuple[str, ...]


def prepare(analyzed: AnalyzedDocument) -> PreparedDocument:
    """Pack a document for the writer."""
    document = analyzed.document
    values, several = facet_values(document), several_values(document)
    return PreparedDocument(
        id=document.id,
        digest=bytes.fromhex(document.content_hash),
        day=day_of(document),
        facets=tuple([values[facet] for facet in VALUE_FACETS]),
        lists=tuple([several[facet] for facet in LIST_FACETS]),
        stored=pack_document(document),
        texts=field_texts(analyzed),
    )


def pack_document(document: Document) -> bytes:
    """A document as one compressed blob."""
    return zlib.compress(dump_document(document), _COMPRESSION)


def unpack_document(blob: bytes) -> Document:
    """The inverse of :func:`pack_document`.

    :raises zlib.error, ValueError, KeyError, TypeError: if it is something else.
    """
    return load_document(zlib.decompress(blob))
