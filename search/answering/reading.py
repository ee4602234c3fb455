"""Reads a question's text: an article's address or id where it is one, else words and operators."""

from __future__ import annotations

from collections.abc import Callable

from index.engines.base import Reader
from index.query import TextField
from search.answer import Address
from search.query.addresses import pasted_address, typed_id
from search.query.parsing import parse
from search.query.syntax import Addressed, Group, ParsedQuery


def read(
    text: str, max_chars: int, reader: Reader, holds: Callable[[ParsedQuery], bool]
) -> tuple[ParsedQuery, Address | None]:
    """What a text asks for, and what became of an address in it.

    An id is one only where no article holds it as words: a year, say, is more often a year.

    :param max_chars: characters that are read.
    :param holds: whether an article holds all words of a query.
    """
    short = text[:max_chars]
    if pasted := pasted_address(short):
        for key in pasted.keys:
            if reader.document_frequency(TextField.ADDRESS, key):
                return _article(text, key), Address(pasted.text, found=True)
        if pasted.words is not None:
            return parse(pasted.words, max_chars), Address(pasted.text, found=False, words=pasted.words)
    parsed = parse(text, max_chars)
    named = typed_id(short)
    if named and reader.document_frequency(TextField.ADDRESS, named) and not holds(parsed):
        return _article(text, named), Address(text.strip(), found=True)
    return parsed, None


def _article(text: str, key: str) -> ParsedQuery:
    return ParsedQuery(text, Group(required=(Addressed(key),)))
