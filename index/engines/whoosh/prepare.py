"""From an analysed document to what the writer takes: packed once, cheap to send between processes."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from index.documents import Document
from index.engines.base import AnalyzedDocument
from index.engines.packing import day_of, dump_document, facet_values, field_texts, load_document
from index.query import Facet

VALUE_FACETS = (Facet.SOURCE, Facet.PLACE, Facet.AUTHOR, Facet.LANG)
"""Facets kept as a column of values; the year is derived from the day."""

# Higher levels save 3 % of the space and take a half more time.
_COMPRESSION = 1


class PreparedDocument(NamedTuple):
    """What :meth:`Writer.add` takes: pickles small.

    :param digest: the content hash, 16 bytes.
    :param day: proleptic Gregorian ordinal of the day of publication, 0 when unknown.
    :param facets: values of VALUE_FACETS, ``""`` for none.
    :param stored: the document, see :func:`pack_document`.
    :param texts: the terms of each text field, see :func:`index.engines.packing.field_texts`.
    """

    id: str
    digest: bytes
    day: int
    facets: tuple[str, ...]
    stored: bytes
    texts: tuple[str, ...]


def prepare(analyzed: AnalyzedDocument) -> PreparedDocument:
    """Pack a document for the writer."""
    document = analyzed.document
    values = facet_values(document)
    return PreparedDocument(
        id=document.id,
        digest=bytes.fromhex(document.content_hash),
        day=day_of(document),
        facets=tuple([values[facet] for facet in VALUE_FACETS]),
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
