"""The reader: one commit, opened, that answers search requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain

import numpy as np

from index.documents import Document
from index.engines.base import EngineError, Location, always
from index.engines.semantics import PATTERN_CAP, filters_by_facet, score_parts
from index.engines.whoosh.arrays import Docs, Mask
from index.engines.whoosh.combining import common, places_in
from index.engines.whoosh.commit import Commit
from index.engines.whoosh.evaluate import Evaluator, span_mask
from index.engines.whoosh.fields import term_text
from index.engines.whoosh.hits import best, smallest
from index.engines.whoosh.matches import NO_MATCHES, Matches, mask_of
from index.engines.whoosh.storage import IndexDirectory
from index.messages import _
from index.query import Constant, Facet, FacetCount, Hit, Query, SearchPage, SearchRequest, Sort, TextField

DEFAULT_CACHE_MB = 256.0
"""Memory for postings and results of parts of queries (MiB); the option ``cache_mb`` overrides it."""


class WhooshReader:
    """See :class:`index.engines.base.Reader`."""

    def __init__(self, location: Location) -> None:
        options = location.options
        cache_bytes = int(float(options.get("cache_mb", DEFAULT_CACHE_MB)) * (1 << 20))
        self._cap = int(options.get("pattern_cap", PATTERN_CAP))
        self._directory = IndexDirectory(location.directory)
        # Before it is read: of another commit, it has the reader opened once more.
        self._signature = self._directory.signature(self._directory.generation())
        self._generation, opened = self._directory.open_segments()
        live = [(data, segment.live_numbers()) for segment, data in opened]
        self._opened: Commit | None = Commit(live, cache_bytes)

    @property
    def _commit(self) -> Commit:
        commit = self._opened
        if commit is None:
            raise EngineError(_("pembaca ini sudah ditutup; buka yang baru"))
        return commit

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a request."""
        commit = self._commit
        evaluator = Evaluator(commit, self._cap, request.breathe)
        # Where nothing is listed, nobody asks for scores.
        matches = evaluator.matches(request.query if request.limit > 0 else Constant(request.query))
        if request.published is not None:
            matches = matches.where(span_mask(matches.aligned(commit.days), request.published))
        if request.restrict is not None:
            passing = mask_of(evaluator.matches(Constant(request.restrict)), commit.count)
            matches = matches.where(matches.aligned(passing))
        kept = {
            facet: commit.facet(facet).having(values, matches.aligned)
            for facet, values in filters_by_facet(request.filters).items()
        }
        unfiltered = matches.docs if request.facets or request.days else NO_MATCHES.docs
        facets = _counts(commit, request, matches, unfiltered, kept)
        if kept:
            matches = matches.where(np.logical_and.reduce(list(kept.values())))
        ranked = _ranked(commit, matches, request)
        within, listed_within = 0, frozenset[str]()
        if request.within is not None:
            some = common([matches, evaluator.matches(Constant(request.within))], commit.count)
            listed = np.array([doc for doc, _ in ranked], np.int64)
            within, listed_within = len(some), frozenset(map(commit.id, listed[places_in(some, listed)[0]]))
        return SearchPage(
            hits=tuple(Hit(commit.id(doc), score) for doc, score in ranked),
            total=matches.size,
            facets=facets,
            total_within=within,
            listed_within=listed_within,
            days=commit.day_column.counts_of(matches.docs if kept else unfiltered) if request.days else {},
            capped=tuple(evaluator.capped),
        )

    def documents(self, ids: Sequence[str]) -> list[Document | None]:
        """Stored documents."""
        commit = self._commit
        numbers = list(map(commit.find, ids))
        return [commit.document(number) if number >= 0 else None for number in numbers]

    def hashes(self) -> Iterator[tuple[str, str]]:
        """(id, content hash) of every document."""
        return self._commit.hashes()

    def chronology(self, offset: int, limit: int) -> list[tuple[str, date | None]]:
        """Ids and days of a slice, oldest first."""
        return self._commit.chronology(offset, limit)

    def count(self) -> int:
        """Number of documents."""
        return self._commit.count

    def identity(self) -> str:
        """Tells the commit from others: its segments, and which of their documents are live."""
        return self._commit.identity

    def cached_bytes(self) -> int:
        """What is kept of postings and results."""
        return self._opened.cache.bytes if self._opened else 0

    def terms(self, field: TextField, prefix: str = "") -> Iterator[tuple[str, int]]:
        """(term, number of documents) in order."""
        return ((term_text(term), count) for term, count in self._commit.terms.counted(field, prefix))

    def document_frequency(self, field: TextField, text: str) -> int:
        """Number of documents with the term."""
        return self._commit.terms.frequency(field, text)

    def joint_frequencies(self, field: TextField, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """Numbers of documents with both terms."""
        commit = self._commit
        found = {text: commit.terms.scored(field, text) for text in dict.fromkeys(chain.from_iterable(pairs))}
        masks: dict[str, Mask] = {}
        counts = []
        for pair in pairs:
            rarer, other = sorted(pair, key=lambda text: found[text].size)
            if other not in masks:
                masks[other] = mask_of(found[other], commit.count)
            fewer = found[rarer].constant(0.0)
            counts.append(fewer.where(fewer.aligned(masks[other])).size)
        return counts

    def facet_values(self, facet: Facet) -> dict[str, int]:
        """Every value and its number of documents."""
        column = self._commit.facet(facet)
        return dict(zip(column.values, column.counts().tolist(), strict=True))

    def score_parts(
        self, query: Query, ids: Sequence[str], goes_on: Callable[[], bool] = always
    ) -> list[list[tuple[Query, float]]]:
        """The leaves that make the documents' scores."""
        commit = self._commit
        numbers = np.array([commit.find(name) for name in ids], np.int64)
        evaluator = Evaluator(commit, self._cap)
        return score_parts(query, len(ids), lambda leaf: evaluator.matches(leaf).scores_of(numbers), goes_on)

    def is_current(self) -> bool:
        """Whether no other commit is there."""
        signature = self._directory.signature(self._generation)
        return signature == self._signature and self._directory.is_newest(self._generation)

    def close(self) -> None:
        """Let go of files and memory; searches that are under way in other threads end in peace."""
        self._opened = None


def _counts(
    commit: Commit, request: SearchRequest, matches: Matches, unfiltered: Docs, kept: dict[Facet, Mask]
) -> dict[Facet, tuple[FacetCount, ...]]:
    """Each facet over the documents that pass the filters on other facets.

    :param unfiltered: those of ``matches``.
    """
    facets = {}
    for facet in request.facets:
        others = [mask for other, mask in kept.items() if other != facet]
        docs = matches.docs_where(np.logical_and.reduce(others)) if others else unfiltered
        facets[facet] = _count(commit, facet, docs, request.facet_size)
    return facets


def _count(commit: Commit, facet: Facet, docs: Docs, size: int) -> tuple[FacetCount, ...]:
    column = commit.facet(facet)
    if not column.values:
        return ()
    counts = column.counts(docs)
    # Values are numbered in their order, which breaks ties by value.
    some = counts.nonzero()[0]
    keys = (-counts[some] << 32) | some
    if 0 < size < len(keys):
        keys.partition(size - 1)
    keys = keys[: max(size, 0)]
    keys.sort()
    values = column.values
    return tuple([FacetCount(values[key & 0xFFFFFFFF], -(key >> 32)) for key in keys.tolist()])


def _ranked(commit: Commit, matches: Matches, request: SearchRequest) -> list[tuple[int, float]]:
    """Number and score of each document that is listed."""
    end = min(request.offset + request.limit, matches.size)
    if request.limit <= 0 or request.offset >= end:
        return []
    if request.sort is Sort.RELEVANCE:
        ranked = best(matches, commit.id_rank, end)
    else:
        rank = commit.newest_rank if request.sort is Sort.NEWEST else commit.oldest_rank
        ranked = [(doc, 0.0) for doc in smallest(matches.docs, rank, end)]
    return ranked[request.offset :]
