"""The Whoosh schema: fields that are fed ready terms, and the format of a posting's positions."""

from __future__ import annotations

from typing import Any

import numpy as np
from whoosh.fields import STORED, FieldType, Schema
from whoosh.formats import Format

from index.engines.whoosh.fields import TEXT_FIELDS, term_bytes, term_text


class PositionsFormat(Format):  # type: ignore[misc]  # whoosh has no types
    """A posting's value is its positions as little-endian 32-bit numbers."""

    def decode_positions(self, value: bytes) -> list[int]:
        """Token positions, ascending."""
        return [int(position) for position in np.frombuffer(value, "<u4")]

    def decode_frequency(self, value: bytes) -> int:
        """Number of occurrences."""
        return len(value) // 4

    def decode_weight(self, value: bytes) -> float:
        """The frequency: no field has a boost of its own."""
        return float(len(value) // 4)


class TermsField(FieldType):  # type: ignore[misc]  # whoosh has no types
    """Text that was analysed before: no Whoosh analyzer runs at indexing or query time."""

    def __init__(self) -> None:
        self.format = PositionsFormat()
        self.scorable = True
        self.stored = False
        self.unique = False

    def to_bytes(self, value: Any) -> bytes:
        """A term as it is stored."""
        return value if isinstance(value, bytes) else term_bytes(value)

    def from_bytes(self, data: Any) -> str:
        """The inverse of :meth:`to_bytes`."""
        return term_text(bytes(data))


def make_schema() -> Schema:
    """The schema of every Telusur index kept by Whoosh."""
    stored = {name: STORED() for name in ("id", "url", "editor", "published", "lang", "origin")}
    return Schema(**{field.value: TermsField() for field in TEXT_FIELDS}, **stored)
