"""What every engine takes of an analysed document: texts by field, facet values, the day, JSON to store."""

from __future__ import annotations

import json
import re
from contextlib import suppress

import orjson

from index.documents import Document, as_fields
from index.engines.base import AnalyzedDocument
from index.query import LEAD_TOKENS, OPENING_TOKENS, Facet, TextField
from index.sources.addresses import address_key, id_key

_SURROGATES = re.compile("[\ud800-\udfff]")


def encodable(text: str) -> str:
    """The text with each half of a surrogate pair, which UTF-8 has no bytes for, replaced."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def field_texts(analyzed: AnalyzedDocument) -> tuple[str, ...]:
    """The terms of each :class:`TextField`, in that order: parted by single blanks, at positions 0, 1, ..."""
    title, body = analyzed.title, analyzed.body
    lead = body.stem_text.split(" ", LEAD_TOKENS)[:LEAD_TOKENS]
    texts = {
        TextField.TITLE: title.stem_text,
        TextField.TITLE_EXACT: title.form_text,
        TextField.BODY: body.stem_text,
        TextField.BODY_EXACT: body.form_text,
        TextField.LEAD: " ".join(lead),
        TextField.OPENING: " ".join(lead[:OPENING_TOKENS]),
        TextField.SOURCE: analyzed.source.form_text,
        TextField.PLACE: analyzed.place.form_text,
        TextField.AUTHOR: analyzed.author.form_text,
        TextField.ADDRESS: address_text(analyzed.document),
    }
    return tuple([texts[field] for field in TextField])


def address_text(document: Document) -> str:
    """The keys by which a document is found."""
    return f"{id_key(document.id)} {address_key(document.url)}".rstrip()


def facet_values(document: Document) -> dict[Facet, str]:
    """The value of each facet as it is written, ``""`` for none; but of those that may have several."""
    return {
        Facet.SOURCE: document.source,
        Facet.PLACE: document.place,
        Facet.AUTHOR: document.author,
        Facet.YEAR: str(document.year or ""),
        Facet.LANG: document.lang,
    }


def several_values(document: Document) -> dict[Facet, tuple[str, ...]]:
    """The values of each facet that may have several, as they are written, each once."""
    topics: dict[str, str] = {}
    for topic in filter(None, document.topics):
        topics.setdefault(topic.casefold(), topic)
    return {Facet.TOPIC: tuple(topics.values())}


def day_of(document: Document) -> int:
    """Day of publication as a proleptic Gregorian ordinal (0001-01-01 is 1), 0 when unknown."""
    return document.published.toordinal() if document.published else 0


def dump_document(document: Document) -> bytes:
    """A document as JSON."""
    record = document.to_dict()
    try:
        return orjson.dumps(record)
    except TypeError:  # half a surrogate pair: not UTF-8, and JSON escapes can still carry it
        return json.dumps(record).encode("ascii")


def packed_text(text: str) -> set[bytes]:
    """What may stand in :func:`dump_document` for a part of a text."""
    packed = {json.dumps(text)[1:-1].encode("ascii")}
    with suppress(TypeError):
        packed.add(orjson.dumps(text)[1:-1])
    return packed


def load_document(packed: bytes) -> Document:
    """The inverse of :func:`dump_document`, which left nothing out and put nothing else in.

    :raises ValueError, KeyError, TypeError: if it is something else.
    """
    try:
        record = orjson.loads(packed)
    except orjson.JSONDecodeError:
        record = json.loads(packed)
    return Document(**as_fields(record))
