"""From an analysed document to what the writer takes: packed once, cheap to send between processes."""

from __future__ import annotations

import json
import zlib
from array import array
from dataclasses import fields
from datetime import date
from typing import NamedTuple

import orjson

from index.analysis.types import Analysis, Stream
from index.documents import Document
from index.engines.base import AnalyzedDocument
from index.query import Facet, TextField

# Facets kept as a column of values; the year is derived from the day.
VALUE_FACETS = (Facet.SOURCE, Facet.PLACE, Facet.AUTHOR, Facet.LANG)
# Fields in the order of PreparedDocument.texts: those that hold stems, and those that hold forms.
STREAMS: tuple[tuple[TextField | None, TextField], ...] = (
    (TextField.TITLE, TextField.TITLE_EXACT),
    (TextField.BODY, TextField.BODY_EXACT),
    (None, TextField.SOURCE),
    (None, TextField.PLACE),
    (None, TextField.AUTHOR),
    (None, TextField.LEAD),
    (None, TextField.OPENING),
)
_FIELDS = tuple(field.name for field in fields(Document))
# Higher levels save 3 % of the space and take a half more time.
_COMPRESSION = 1


class Tokens(NamedTuple):
    """One text: ``stems`` and ``forms`` by position, as lists or parted by blanks; ``positions`` packed, or
    ``None`` for 0, 1, 2, ..."""

    stems: str | list[str] | None
    forms: str | list[str]
    positions: bytes | None


class PreparedDocument(NamedTuple):
    """What :meth:`Writer.add` takes: pickles small.

    :param digest: the content hash, 16 bytes.
    :param day: proleptic Gregorian ordinal of the day of publication, 0 when unknown.
    :param facets: values of VALUE_FACETS, ``""`` for none.
    :param stored: the document, see :func:`pack_document`.
    :param texts: one for each of STREAMS.
    """

    id: str
    digest: bytes
    day: int
    facets: tuple[str, ...]
    stored: bytes
    texts: tuple[Tokens, ...]


def prepare(analyzed: AnalyzedDocument) -> PreparedDocument:
    """Pack a document for the writer."""
    document = analyzed.document
    return PreparedDocument(
        id=document.id,
        digest=bytes.fromhex(document.content_hash),
        day=document.published.toordinal() if document.published else 0,
        facets=(document.source, document.place, document.author, document.lang),
        stored=pack_document(document),
        texts=(
            _tokens(analyzed.title),
            _tokens(analyzed.body),
            _tokens(analyzed.source)._replace(stems=None),
            _tokens(analyzed.place)._replace(stems=None),
            _tokens(analyzed.author)._replace(stems=None),
            _stems_alone(analyzed.lead),
            _stems_alone(analyzed.opening),
        ),
    )


def _tokens(tokens: Analysis | Stream) -> Tokens:
    if isinstance(tokens, Stream):
        return Tokens(tokens.stem_text, tokens.form_text, None)
    positions = tokens.positions
    plain = positions == list(range(len(positions)))
    packed = None if plain else array("I", positions).tobytes()
    return Tokens(tokens.stems, tokens.forms, packed)


def _stems_alone(tokens: Analysis | Stream) -> Tokens:
    stems, _, positions = _tokens(tokens)
    return Tokens(None, stems or [], positions)


def pack_document(document: Document) -> bytes:
    """A document as one compressed blob."""
    record = {name: getattr(document, name) for name in _FIELDS}
    try:
        plain = orjson.dumps(record)
    except TypeError:  # half a surrogate pair: not UTF-8, and JSON escapes can still carry it
        plain = json.dumps(document.to_dict()).encode("ascii")
    return zlib.compress(plain, _COMPRESSION)


def unpack_document(blob: bytes) -> Document:
    """The inverse of :func:`pack_document`, which left nothing out and put nothing else in.

    :raises zlib.error, ValueError, KeyError, TypeError: if it is something else.
    """
    plain = zlib.decompress(blob)
    try:
        record = orjson.loads(plain)
    except orjson.JSONDecodeError:
        record = json.loads(plain)
    if published := record["published"]:
        record["published"] = date.fromisoformat(published)
    return Document(**record)
