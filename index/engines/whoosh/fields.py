"""The fields of a segment, and the bytes of their terms."""

from __future__ import annotations

from index.query import TextField

TEXT_FIELDS = tuple(TextField)
"""The fields that hold terms, in the order in which they are written."""

# Terms are compared as they stand, even if a query holds half a surrogate pair.
_ERRORS = "surrogatepass"


def term_bytes(text: str) -> bytes:
    """A term as it is stored; the order of these bytes is the order of code points."""
    return text.encode("utf-8", _ERRORS)


def term_text(data: bytes) -> str:
    """The inverse of :func:`term_bytes`."""
    return data.decode("utf-8", _ERRORS)
