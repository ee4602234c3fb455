"""From an analysed document to what the writer takes: the JSON that Tantivy reads."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from index.analysis import Analysis, Stream
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
from index.query import Facet, TextField

_NAMES = (TextField.SOURCE, TextField.PLACE, TextField.AUTHOR)
_FORMS = tuple(field for field in TextField if field in _NAMES or field.endswith("_exact"))
# Column of AnalyzedDocument -> the fields of its stems and of its forms, "" for none.
_STREAMS = tuple(
    (
        column,
        next((field.value for field in TextField if field == column and field not in _NAMES), ""),
        next((field.value for field in _FORMS if field.removesuffix("_exact") == column), ""),
    )
    for column in dict.fromkeys(field.removesuffix("_exact") for field in TextField)
)
_PLACES = list(range(1000))
# What Tantivy's whitespace tokenizer cuts at (char::is_ascii_whitespace) besides the space.
_OTHER_BLANKS = "\t\n\x0c\r"


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
    fields: dict[str, Any] = {ID: document.id, STORED: b64encode(pack_document(document)).decode("ascii")}
    day = document.published.toordinal() if document.published else 0
    fields[DAY] = day
    fields[DAY_RISING] = day or NO_DAY
    for facet, value in (
        (Facet.SOURCE, document.source),
        (Facet.PLACE, document.place),
        (Facet.AUTHOR, document.author),
        (Facet.YEAR, str(document.year or "")),
        (Facet.LANG, document.lang),
    ):
        if value:
            fields[written_field(facet)] = value
        # Also where there is none: Tantivy counts a column without holes faster.
        fields[folded_field(facet)] = value.casefold()
    for column, stems_field, forms_field in _STREAMS:
        analysis: Analysis | Stream = getattr(analyzed, column)
        if isinstance(analysis, Stream):
            if stems_field:
                fields[stems_field] = analysis.stem_text
            if forms_field:
                fields[forms_field] = analysis.form_text
            continue
        positions = analysis.positions
        plain = positions == _PLACES[: len(positions)] or positions == list(range(len(positions)))
        if stems_field:
            fields[stems_field] = _token_text(analysis.stems, positions, plain)
        if forms_field:
            fields[forms_field] = _token_text(analysis.forms, positions, plain)
    return PreparedDocument(document.id, bytes.fromhex(document.content_hash), _dump(fields))


def _token_text(tokens: Sequence[str], positions: Sequence[int], plain: bool) -> str | dict[str, Any]:
    """What makes Tantivy index exactly these tokens: joined by blanks if it cuts them up the same way.

    :param plain: whether the positions are 0, 1, 2, ...
    """
    joined = " ".join(tokens)
    if (
        plain
        and joined.count(" ") == max(len(tokens) - 1, 0)
        # Control characters are not printable: one quick look rules out the other blanks.
        and (joined.isprintable() or not any(blank in joined for blank in _OTHER_BLANKS))
    ):
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
