"""From an analysed document to what the writer takes: the JSON that OpenSearch reads, and what is counted."""

from __future__ import annotations

import zlib
from base64 import b64decode
from binascii import b2a_base64
from typing import Any, NamedTuple

import orjson

from index.engines.base import AnalyzedDocument
from index.engines.opensearch.schema import (
    COUNTED,
    DAY,
    GAP,
    HASH,
    ID,
    STORED,
    fits,
    folded_field,
    key_of,
)
from index.engines.packing import (
    day_of,
    dump_document,
    encodable,
    facet_values,
    field_texts,
    several_values,
)
from index.query import Facet, TextField

_LONG = 8000  # characters of a text below which no term of it is too long
_NAMES = tuple(field.value for field in TextField)
_FOLDED = {facet: folded_field(facet) for facet in Facet}
_FAST = 1


class PreparedDocument(NamedTuple):
    """What :meth:`Writer.add` takes.

    :param key: ``_id`` of the document.
    :param json: every field, as one JSON object.
    :param counted: what it adds to the statistics, see :func:`counts_of`. In the document it is compressed.
    """

    key: str
    json: bytes
    counted: bytes


class Counts(NamedTuple):
    """What a document adds to the statistics of an index.

    :param tokens: of every :class:`TextField`, in that order.
    :param terms: each term once, under the set of fields that hold it: a sum of powers of two, as text, the
        first field being 1. Most terms are in several, and are counted once for all of them.
    :param facets: values of each :class:`Facet` as written, in that order.
    :param day: see :func:`index.engines.packing.day_of`.
    """

    tokens: list[int]
    terms: dict[str, str]
    facets: list[list[str]]
    day: int


def prepare(analyzed: AnalyzedDocument) -> PreparedDocument:
    """Pack a document for the writer."""
    document = analyzed.document
    day = day_of(document)
    texts = [_sound(text) for text in field_texts(analyzed)]
    values = {facet: [value] if value else [] for facet, value in facet_values(document).items()}
    values |= {facet: list(several) for facet, several in several_values(document).items()}
    written = {facet: _distinct(values[facet]) for facet in Facet}
    counted = orjson.dumps([*_terms(texts), [written[facet] for facet in Facet], day])
    fields: dict[str, Any] = {
        ID: encodable(document.id),
        HASH: _base64(bytes.fromhex(document.content_hash)),
        STORED: _base64(dump_document(document)),
        COUNTED: _base64(zlib.compress(counted, _FAST)),
    }
    if day:
        fields[DAY] = day
    fields.update([(name, text) for name, text in zip(_NAMES, texts, strict=True) if text])
    for facet, own in written.items():
        if own:
            fields[_FOLDED[facet]] = [value.casefold() for value in own]
    return PreparedDocument(key_of(document.id), orjson.dumps(fields), counted)


def counts_of(counted: bytes) -> Counts:
    """What :func:`prepare` packed."""
    return Counts(*orjson.loads(counted))


def counted_of(stored: str) -> bytes:
    """What a document adds to the statistics, as :data:`index.engines.opensearch.schema.COUNTED` has it."""
    return zlib.decompress(b64decode(stored))


def _terms(texts: list[str]) -> tuple[list[int], dict[str, str]]:
    """(tokens, terms) as :class:`Counts` has them."""
    lengths: list[int] = []
    fields: dict[str, int] = {}
    for place, text in enumerate(texts):
        tokens = text.split(" ") if text else []
        lengths.append(len(tokens) - tokens.count(GAP))
        for term in set(tokens):
            fields[term] = fields.get(term, 0) | 1 << place
    fields.pop(GAP, None)
    terms: dict[int, list[str]] = {}
    for term, several in fields.items():
        terms.setdefault(several, []).append(term)
    return lengths, {str(several): " ".join(some) for several, some in terms.items()}


def _sound(text: str) -> str:
    """A text whose every term can be indexed; one that cannot leaves its place empty, as if it were a gap."""
    if text.isascii() and len(text) < _LONG:
        return text
    text = encodable(text)
    if len(text) < _LONG or all(map(fits, text.split(" "))):
        return text
    return " ".join([token if fits(token) else GAP for token in text.split(" ")])


def _distinct(values: list[str]) -> list[str]:
    """Values as they can be indexed, each of those that differ only in case once, as it comes first."""
    found: dict[str, str] = {}
    for value in map(encodable, values):
        if value and fits(value.casefold()):
            found.setdefault(value.casefold(), value)
    return list(found.values())


def _base64(packed: bytes) -> str:
    return b2a_base64(packed, newline=False).decode("ascii")
