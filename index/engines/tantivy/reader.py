"""The reader: one commit, opened, that answers search requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import tantivy

from index.documents import Document
from index.engines.base import EngineError, Location, always
from index.engines.packing import encodable
from index.engines.semantics import PATTERN_CAP, filters_by_facet
from index.engines.tantivy.commit import Commit
from index.engines.tantivy.compiler import Compiler, all_of, filtering
from index.engines.tantivy.errors import reading
from index.engines.tantivy.facets import Counted
from index.engines.unscored import is_least
from index.messages import _
from index.query import Facet, FacetCount, Query, SearchPage, SearchRequest, Sort, TextField

# Bytes of the records file whose live documents are listed at a time.
_HASHES_STEP = 8 << 20


class TantivyReader:
    """See :class:`index.engines.base.Reader`.

    Option of the location: ``pattern_cap``, the most terms that a pattern may stand for.
    """

    def __init__(self, location: Location) -> None:
        self._directory = location.directory
        self._cap = int(location.options.get("pattern_cap", PATTERN_CAP))
        self._opened: Commit | None = Commit(location.directory, self._cap)

    @property
    def _commit(self) -> Commit:
        if self._opened is None:
            raise EngineError(_("pembaca ini sudah ditutup; buka yang baru"))
        return self._opened

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a request."""
        commit = self._commit
        compiler = commit.compiler(request.breathe)
        within, listed_within = 0, frozenset[str]()
        counting = bool(request.facets or request.days)
        with reading(self._directory):
            query = request.query
            if request.sort is Sort.RELEVANCE and request.limit > 0:
                native = compiler.compile(query)
                found = native
                if counting and not is_least(query):
                    found = compiler.documents(query, noted=True)
            else:
                native = found = compiler.documents(query)
            limits = _limits(compiler, request)
            if limits:
                native = all_of([native, *limits.values()])
            counted = _counted(commit, found, limits, request) if counting else Counted({}, {}, None)
            hits, total = commit.page(native, request, counted.total)
            if request.within is not None:
                some = compiler.documents(request.within, noted=True)
                within = int(commit.searcher.search(all_of([some, *limits.values()]), 1).count)
                if within:
                    listed_within = commit.among(some, [hit.id for hit in hits])
        capped = tuple(compiler.capped)
        return SearchPage(hits, total, counted.facets, within, listed_within, counted.days, capped)

    def documents(self, ids: Sequence[str]) -> list[Document | None]:
        """Stored documents."""
        commit = self._commit
        with reading(self._directory):
            return list(map(commit.document, ids))

    def hashes(self) -> Iterator[tuple[str, str]]:
        """(id, content hash) of every document."""
        commit = self._commit
        records = commit.records
        for start in range(0, len(records), _HASHES_STEP):
            with reading(self._directory):
                places = commit.places(start, start + _HASHES_STEP)
            yield from zip(records.ids(places), map(records.digest, places), strict=True)

    def chronology(self, offset: int, limit: int) -> list[tuple[str, date | None]]:
        """Ids and days of a slice, oldest first."""
        with reading(self._directory):
            return self._commit.chronology(offset, limit)

    def count(self) -> int:
        """Number of documents."""
        return self._commit.count

    def cached_bytes(self) -> int:
        """What is kept of the terms of patterns."""
        return self._opened.terms.cached_bytes if self._opened else 0

    def identity(self) -> str:
        """Tells the commit from others."""
        return self._commit.identity

    def terms(self, field: TextField, prefix: str = "") -> Iterator[tuple[str, int]]:
        """(term, number of documents) in order."""
        commit = self._commit
        with reading(self._directory):
            found = commit.searcher.terms_with_prefix(field.value, encodable(prefix), commit.alive)
        return iter(sorted(found))

    def document_frequency(self, field: TextField, text: str) -> int:
        """Number of documents with the term."""
        commit = self._commit
        with reading(self._directory):
            if commit.alive is None:
                return int(commit.searcher.doc_freq(field.value, encodable(text)))
            term = tantivy.Query.term_query(commit.schema, field.value, encodable(text), "basic")
            return int(commit.searcher.search(term, 1).count)

    def joint_frequencies(self, field: TextField, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """Numbers of documents with both terms."""
        commit = self._commit
        terms = {
            text: tantivy.Query.term_query(commit.schema, field.value, encodable(text), "basic")
            for text in dict.fromkeys(text for pair in pairs for text in pair)
        }
        with reading(self._directory):
            return [
                int(commit.searcher.search(all_of([terms[first], terms[second]]), 1).count)
                for first, second in pairs
            ]

    def facet_values(self, facet: Facet) -> dict[str, int]:
        """Every value and its number of documents."""
        with reading(self._directory):
            shown, counts, _ = self._commit.facets.values(facet)
        return {shown[key]: count for key, count in counts.items()}

    def score_parts(
        self, query: Query, ids: Sequence[str], goes_on: Callable[[], bool] = always
    ) -> list[list[tuple[Query, float]]]:
        """The leaves that make the documents' scores."""
        commit = self._commit
        with reading(self._directory):
            return commit.score_parts(query, ids, goes_on)

    def is_current(self) -> bool:
        """Whether no other commit is there."""
        return self._commit.is_newest()

    def close(self) -> None:
        """Let go of files and memory; searches that are under way in other threads end in peace."""
        self._opened = None


_Limits = dict[Facet | Query, Any]


def _limits(compiler: Compiler, request: SearchRequest) -> _Limits:
    """The documents that each filter lets through, those of the dates and of the restricting tree too."""
    limits: _Limits = {}
    for tree in (request.published, request.restrict):
        if tree is not None:
            limits[tree] = filtering(compiler.documents(tree))
    for facet, values in filters_by_facet(request.filters).items():
        limits[facet] = filtering(compiler.value(facet, values))
    return limits


def _counted(commit: Commit, found: Any, limits: _Limits, request: SearchRequest) -> Counted:
    """The facets and days of a request."""
    facets: dict[Facet, tuple[FacetCount, ...]] = dict.fromkeys(request.facets, ())
    # Facets without a filter of their own are counted over the same documents, in one go, and so are days.
    plain = [facet for facet in facets if facet not in limits]
    every = all_of([found, *limits.values()])
    counted = commit.facets.count(every, plain, request.facet_size, request.days)
    facets |= counted.facets
    for facet in facets:
        if facet in limits:
            others = [native for other, native in limits.items() if other is not facet]
            facets |= commit.facets.count(all_of([found, *others]), [facet], request.facet_size).facets
    return counted._replace(facets=facets)
