"""How an index is laid out in the cluster: names, fields, and BM25 as all engines have it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from index.engines.packing import encodable
from index.engines.semantics import K1, B
from index.query import Facet, TextField

ID = "id"
"""Field of the document's id, by which ties are ordered."""

HASH = "hash"
"""Field of the content hash."""

STORED = "document"
"""Field of the document as JSON."""

COUNTED = "counted"
"""Field of what the document adds to the statistics; see :mod:`index.engines.opensearch.prepare`."""

DAY = "day"
"""Field of the day of publication as a proleptic Gregorian ordinal; none where it is unknown."""

REBALANCED = "index.routing.rebalance.enable"
"""The setting of which shards move to even out the nodes: none of an index that is being written, for one
that moves cannot be closed."""

GAP = "\U0010fffd"
"""A token that stands for any one: it takes a position and is in no field."""

LONGEST_TERM = 32_766
"""Bytes of a term that Lucene takes."""

_PLAIN = re.compile(r"[A-Za-z0-9._-]{1,200}")
_WINDOW = 1_000_000_000  # hits that may be passed over: what a search holds is bounded by the documents
_MOST_TERMS = 65_536

# With the average length in the script itself, neither deleted documents, nor those without the field, nor
# the split into shards can move a score; the boost brings idf, which is worked out on our side likewise.
_SCRIPT = "return query.boost * doc.freq * {factor} / (doc.freq + {least} + doc.length * {share});"


def folded_field(facet: Facet) -> str:
    """The field of a facet's casefolded values, by which is filtered and counted."""
    return f"{facet}_folded"


def key_of(id: str) -> str:
    """The ``_id`` of a document: OpenSearch takes 512 bytes of UTF-8."""
    if _PLAIN.fullmatch(id):
        return id
    return "~" + blake2b(id.encode("utf-8", "surrogatepass"), digest_size=24).hexdigest()


def fits(value: str) -> bool:
    """Whether a term, or a value of a facet, is short enough to be indexed."""
    return len(value) <= LONGEST_TERM // 4 or len(encodable(value).encode()) <= LONGEST_TERM


def similarities(averages: Mapping[TextField, float]) -> dict[str, Any]:
    """The similarity of each field, see :class:`index.query.Term`.

    :param averages: tokens of a field, on average over all documents.
    """
    return {_similarity(field): _bm25(averages[field]) for field in TextField}


def _bm25(average: float) -> dict[str, Any]:
    share = K1 * B / average if average > 0 else 1.0
    script = _SCRIPT.format(factor=K1 + 1, least=K1 * (1 - B), share=repr(share))
    return {"type": "scripted", "script": {"source": script}}


def _similarity(field: TextField) -> str:
    return f"bm25_{field}"


def settings(shards: int) -> dict[str, Any]:
    """Settings of an index that is being written: no copies, nothing to be found yet, and none moves."""
    return {
        REBALANCED: "none",
        "number_of_shards": shards,
        "number_of_replicas": 0,
        "refresh_interval": -1,
        "max_result_window": _WINDOW,
        "max_terms_count": _MOST_TERMS,
        "similarity": similarities(dict.fromkeys(TextField, 0.0)),
        "analysis": {
            # Other tokenizers part words at more than blanks, or after 255 characters.
            "tokenizer": {
                "blanks": {
                    "type": "char_group",
                    "tokenize_on_chars": [" "],
                    "max_token_length": 1_048_576,
                }
            },
            "filter": {"gaps": {"type": "stop", "stopwords": [GAP]}},
            "analyzer": {"tokens": {"type": "custom", "tokenizer": "blanks", "filter": ["gaps"]}},
        },
    }


def mapping() -> dict[str, Any]:
    """The fields of every index of ours."""
    fields: dict[str, Any] = {
        ID: {"type": "keyword", "index": False},
        HASH: {"type": "binary", "doc_values": True},
        STORED: {"type": "binary", "store": True},
        COUNTED: {"type": "binary", "store": True},
        DAY: {"type": "integer"},
    }
    for facet in Facet:
        fields[folded_field(facet)] = {"type": "keyword", "eager_global_ordinals": True}
    for field in TextField:
        fields[field.value] = {
            "type": "text",
            "analyzer": "tokens",
            "similarity": _similarity(field),
            "index_options": "positions",
        }
    # Whole documents would be kept twice, for copies on other nodes that fell behind: ours are made of what
    # is finished, and never written to.
    source = {"enabled": False, "recovery_source_enabled": False}
    return {"dynamic": "strict", "_source": source, "properties": fields}
