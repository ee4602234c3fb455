"""The Tantivy schema, and how texts become UTF-8.

Text fields are indexed with Tantivy's ``whitespace`` tokenizer from our tokens joined by blanks; none of
Tantivy's own analysis applies.
"""

from __future__ import annotations

import tantivy

from index.query import Facet, TextField

META_FILE = "meta.json"
"""The file in which Tantivy lists the segments of the last commit."""

ID = "id"
"""Field of the document's id: for deletions and for finding it."""

RECORD = "record"
"""Field of the place where the document's record begins in the records file."""

STORED = "document"
"""Field of the document as JSON."""

DAY = "day"
"""Field of the day of publication as a proleptic Gregorian ordinal: 0 when unknown, so that newest first ends
with those."""

DAY_RISING = "day_rising"
"""Field of the day of publication as a proleptic Gregorian ordinal: NO_DAY when unknown, so that oldest first
ends with those."""

NO_DAY = 1 << 31
"""A day after all others."""


def folded_field(facet: Facet) -> str:
    """The field of a facet's casefolded values, by which is filtered and counted; ``""`` for none."""
    return f"{facet}_folded"


def written_field(facet: Facet) -> str:
    """The field of a facet's values as written, from which the shown ones are chosen."""
    return f"{facet}_written"


def make_schema() -> tantivy.Schema:
    """The schema of every Telusur index kept by Tantivy."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ID, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(RECORD, fast=True)
    builder.add_bytes_field(STORED, stored=True)
    builder.add_unsigned_field(DAY, fast=True)
    builder.add_unsigned_field(DAY_RISING, fast=True)
    for facet in Facet:
        builder.add_text_field(folded_field(facet), fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field(written_field(facet), tokenizer_name="raw", index_option="basic")
    for field in TextField:
        builder.add_text_field(field.value, tokenizer_name="whitespace", index_option="position")
    return builder.build()
