"""From an analysed document to what the writer takes: the JSON that Tantivy reads."""

from __future__ import annotations

from binascii import b2a_base64
from typing import Any, NamedTuple

import orjson

from index.engines.base import AnalyzedDocument
from index.engines.packing import day_of, dump_document, encodable, facet_values, field_texts, several_values
from index.engines.tantivy.schema import (
    DAY,
    DAY_RISING,
    ID,
    NO_DAY,
    STORED,
    folded_field,
    written_field,
)
from index.query import Facet, TextField

_TEXT_NAMES = tuple(field.value for field in TextField)
_FACET_NAMES = {facet: (written_field(facet), folded_field(facet)) for facet in Facet}


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
    day = day_of(document)
    fields: dict[str, Any] = {
        ID: document.id,
        # As bytes: Tantivy compresses what it stores, several documents together.
        STORED: b2a_base64(dump_document(document), newline=False).decode("ascii"),
        DAY: day,
        DAY_RISING: day or NO_DAY,
        **dict(zip(_TEXT_NAMES, field_texts(analyzed), strict=True)),
    }
    for facet, value in facet_values(document).items():
        written, folded = _FACET_NAMES[facet]
        if value:
            fields[written] = value
        # Also where there is none: Tantivy counts a column without holes faster.
        fields[folded] = value.casefold()
    for facet, values in several_values(document).items():
        written, folded = _FACET_NAMES[facet]
        fields[written] = values
        # Each once: Tantivy counts a document as often as a value stands in it.
        fields[folded] = list(dict.fromkeys([encodable(value).casefold() for value in values])) or [""]
    return PreparedDocument(document.id, bytes.fromhex(document.content_hash), _dump(fields))


def _dump(fields: dict[str, Any]) -> str:
    try:
        return orjson.dumps(fields).decode()
    except TypeError:  # half a surrogate pair
        return orjson.dumps({name: _encodable(value) for name, value in fields.items()}).decode()


def _encodable(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(map(encodable, value))
    return encodable(value) if isinstance(value, str) else value
