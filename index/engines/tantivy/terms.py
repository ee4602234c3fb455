"""The terms of one commit: which there are, and which of them a pattern stands for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from index.engines.cache import ByteCache
from index.engines.packing import encodable
from index.engines.semantics import Pattern, close_terms, wildcard_regex, wildcard_start
from index.query import Fuzzy, Prefix, TextField

# Memory for what patterns stand for.
_EXPANSIONS_BYTES = 8 << 20
_TERM_BYTES = 70
# Terms whose presence is remembered; those of a query recur in the next ones.
_TERMS_KEPT = 50_000
# From this many terms on, a prefix is quicker than its terms one by one.
_MANY_TERMS = 8


class Expansion(NamedTuple):
    """What a pattern stands for.

    :param terms: the terms one by one.
    :param capped: whether there were more than the cap.
    :param every: all terms that begin so, too many to be named; Tantivy finds them itself, and much faster.
    """

    terms: tuple[str, ...]
    capped: bool
    every: bool = False


class Terms:
    """Read when first needed.

    Terms of deleted documents are among them until Tantivy merges their segment; they match nothing.

    :param searcher: Tantivy's searcher.
    :param cap: most terms that a pattern may stand for.
    """

    def __init__(self, searcher: Any, cap: int) -> None:
        self._searcher = searcher
        self._cap = cap
        # Each field's terms, most frequent first: in one text, with a tenth of a list's memory.
        self._fields: dict[TextField, str] = {}
        self._expansions = ByteCache(_EXPANSIONS_BYTES)

        @lru_cache(_TERMS_KEPT)
        def is_there(field_and_term: str) -> bool:
            field, _, term = field_and_term.partition(" ")
            found: bool = searcher.doc_freq(field, term) > 0
            return found

        self._is_there = is_there

    @property
    def cached_bytes(self) -> int:
        """What is kept of terms."""
        return self._expansions.bytes + sum(map(len, self._fields.values()))

    def has(self, field: str, term: str) -> bool:
        """Whether a field holds a term.

        :param term: encodable, as indexed.
        """
        return self._is_there(field + " " + term)  # one text is hashed several times as fast as two

    def expand(self, pattern: Pattern) -> Expansion:
        """The terms that a pattern stands for; of too many the most frequent ones."""
        found: Expansion | None = self._expansions.get(pattern)
        if found is None:
            terms = list(islice(self._find(pattern), self._cap + 1))
            capped = len(terms) > self._cap
            if isinstance(pattern, Prefix) and pattern.text and not capped and len(terms) >= _MANY_TERMS:
                found = Expansion((), capped, every=True)
            else:
                found = Expansion(tuple(terms[: self._cap]), capped)
            self._expansions.put(pattern, found, _TERM_BYTES * len(found.terms))
        return found

    def _find(self, pattern: Pattern) -> Iterable[str]:
        if isinstance(pattern, Prefix):
            return self._starting(pattern.field, pattern.text, self._cap + 1)
        if isinstance(pattern, Fuzzy):
            terms = self._all(pattern.field)
            return [terms[place] for place in close_terms(encodable(pattern.text), terms, pattern.distance)]
        start = wildcard_start(pattern.pattern)
        terms = self._starting(pattern.field, start) if start else self._all(pattern.field)
        fits = wildcard_regex(encodable(pattern.pattern)).fullmatch
        return (term for term in terms if fits(term))

    def _starting(self, field: TextField, start: str, limit: int | None = None) -> list[str]:
        pairs = self._searcher.terms_with_prefix(field.value, encodable(start), limit=limit)
        return [term for term, _ in pairs]

    def _all(self, field: TextField) -> list[str]:
        kept = self._fields.get(field)
        if kept is None:
            kept = self._fields[field] = " ".join(self._starting(field, ""))
        return kept.split()
