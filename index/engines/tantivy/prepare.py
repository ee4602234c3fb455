"""From an analysed document to what the writer takes: the JSON that Tantivy reads."""

from __future__ import annotations

import json
from binascii import b2a_base64
from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from index.analysis.types import Analysis, Stream
from index.documents import Document
from index.engines.base import AnalyzedDocument
from index.engines.tantivy.schema import (
    DAY,
    DAY_RISING,
    ID,
    NO_DAY,
    STORED,
    encodable,
    folded_field,
    written_field,
)
from index.query import LEAD_TOKENS, OPENING_TOKENS, Facet, TextField

_NAMES = (TextField.SOURCE, TextField.PLACE, TextField.AUTHOR)
_FORMS = tuple(field for field in TextField if field in _NAMES or field.endswith("_exact"))
# The beginnings of the body that are fields of their own: name and most tokens.
_BEGINNINGS = {"body": ((TextField.LEAD.value, LEAD_TOKENS), (TextField.OPENING.value, OPENING_TOKENS))}
_LONGEST = max(LEAD_TOKENS, OPENING_TOKENS)
_DERIVED = [field for fields in _BEGINNINGS.values() for field, _ in fields]
# Column of AnalyzedDocument -> the fields of its stems and of its forms, "" for none.
_STREAMS = tuple(
    (
        column,
        next((field.value for field in TextField if field == column and field not in _NAMES), ""),
        next((field.value for field in _FORMS if field.removesuffix("_exact") == column), ""),
    )
    for column in dict.fromkeys(field.removesuffix("_exact") for field in TextField if field not in _DERIVED)
)
_FACETS = tuple((facet, written_field(facet), folded_field(facet)) for facet in Facet)
_PLACES = list(range(1000))


class PreparedDocument(NamedTuple):
    """What :meth:`Writer.add` takes: pickles small.

    :param digest: the content hash, 16 bytes.
    :param json: every field but the record's place, as one JSON object.
    """

    id: str
    digest: bytes
    json: str


def prepare(analyzed: AnalyzedDocument) -> PreparedDocument:
    """Pack a document for the writer."""
    document = analyzed.document
    fields: dict[str, Any] = {
        ID: document.id,
        STORED: b2a_base64(pack_document(document), newline=False).decode("ascii"),
    }
    day = document.published.toordinal() if document.published else 0
    fields[DAY] = day
    fields[DAY_RISING] = day or NO_DAY
    values = (document.source, document.place, document.author, str(document.year or ""), document.lang)
    for (_, written, folded), value in zip(_FACETS, values, strict=True):
        if value:
            fields[written] = value
        # Also where there is none: Tantivy counts a column without holes faster.
        fields[folded] = value.casefold()
    for column, stems_field, forms_field in _STREAMS:
        words: Analysis | Stream = getattr(analyzed, column)
        if isinstance(words, Stream):
            if stems_field:
                fields[stems_field] = words.stem_text
                if column in _BEGINNINGS:
                    first = words.stem_text.split(" ", _LONGEST)[:_LONGEST]
                    for beginning, count in _BEGINNINGS[column]:
                        fields[beginning] = " ".join(first[:count])
            if forms_field:
                fields[forms_field] = words.form_text
        else:
            fields |= _analysis_fields(words, column, stems_field, forms_field)
    return PreparedDocument(document.id, bytes.fromhex(document.content_hash), _dump(fields))


def _analysis_fields(words: Analysis, column: str, stems_field: str, forms_field: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    positions = words.positions
    length = len(positions)
    plain = positions == (_PLACES[:length] if length <= len(_PLACES) else list(range(length)))
    if stems_field:
        fields[stems_field] = _token_text(words.stems, positions, plain)
        for beginning, count in _BEGINNINGS.get(column, ()):
            fields[beginning] = _token_text(words.stems[:count], positions[:count], plain)
    if forms_field:
        fields[forms_field] = _token_text(words.forms, positions, plain)
    return fields


def _token_text(tokens: Sequence[str], positions: Sequence[int], plain: bool) -> str | dict[str, Any]:
    """What makes Tantivy index exactly these tokens: joined by blanks if it cuts them up the same way.

    :param plain: whether the positions are 0, 1, 2, ...
    """
    joined = " ".join(tokens)
    if plain and joined.count(" ") == max(len(tokens) - 1, 0) and not _has_other_blanks(joined):
        return joined
    return {
        "text": "",
        "tokens": [
            {
                "offset_from": 0,
                "offset_to": 0,
                "position": position,
                "text": encodable(token),
                "position_length": 1,
            }
            for token, position in zip(tokens, positions, strict=True)
        ],
    }


def _has_other_blanks(text: str) -> bool:
    """Whether there is what Tantivy's whitespace tokenizer cuts at besides the space (ASCII white space)."""
    return "\n" in text or "\t" in text or "\r" in text or "\x0c" in text


def _dump(fields: dict[str, Any]) -> str:
    try:
        return orjson.dumps(fields).decode()
    except TypeError:  # half a surrogate pair
        return orjson.dumps(
            {name: encodable(value) if isinstance(value, str) else value for name, value in fields.items()}
        ).decode()


def pack_document(document: Document) -> bytes:
    """A document as JSON. Tantivy compresses what it stores, several documents together."""
    record = document.to_dict()
    try:
        return orjson.dumps(record)
    except TypeError:  # half a surrogate pair: not UTF-8, and JSON escapes can still carry it
        return json.dumps(record).encode("ascii")


def unpack_document(packed: bytes) -> Document:
    """The inverse of :func:`pack_document`."""
    try:
        record = orjson.loads(packed)
    except orjson.JSONDecodeError:
        record = json.loads(packed)
    return Document.from_dict(record)
