"""The reader: one commit, opened, that answers search requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import tantivy

from index.documents import Document
from index.engines.base import EngineError, Location
from index.engines.tantivy.commit import Commit
from index.engines.tantivy.compiler import Compiled, Compiler, all_of, filtering
from index.engines.tantivy.errors import reading
from index.engines.tantivy.ordering import Ranked
from index.engines.tantivy.schema import decoded, encodable
from index.query import Facet, FacetCount, Hit, Query, SearchPage, SearchRequest, TextField

DEFAULT_PATTERN_CAP = 1000
# Bytes of the records file whose live documents are listed at a time.
_HASHES_STEP = 8 << 20


class TantivyReader:
    """See :class:`index.engines.base.Reader`.

    Option of the location: ``pattern_cap``, the most terms that a pattern may stand for.
    """

    def __init__(self, location: Location) -> None:
        self._directory = location.directory
        self._cap = int(location.options.get("pattern_cap", DEFAULT_PATTERN_CAP))
        self._opened: Commit | None = Commit(location.directory, self._cap)

    @property
    def _commit(self) -> Commit:
        if self._opened is None:
            raise EngineError("this reader is closed; open another one")
        return self._opened

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a request."""
        commit = self._commit
        compiler = commit.compiler()
        with reading(self._directory):
            compiled = compiler.compile(request.query)
            if request.filters or request.published is not None:
                return self._restricted(commit, compiler, compiled, request)
            facets: dict[Facet, tuple[FacetCount, ...]] = {}
            total = None
            if request.facets:
                facets, total = commit.facets.count(compiled.native, request.facets, request.facet_size)
            page = commit.ranking.page(compiled, request.sort, request.offset, request.limit, total)
            commit.remember(page)
        return _answer(page, facets, compiler)

    @staticmethod
    def _restricted(
        commit: Commit, compiler: Compiler, compiled: Compiled, request: SearchRequest
    ) -> SearchPage:
        """Answer a request with filters or dates."""
        always = [] if request.published is None else [filtering(compiler.compile(request.published).native)]
        filters = {
            facet: filtering(compiler.value(facet, values)) for facet, values in _by_facet(request.filters)
        }
        query = all_of([compiled.native, *always, *filters.values()])
        # Facets without a filter of their own are counted over the same documents, in one go.
        plain = [facet for facet in request.facets if facet not in filters]
        facets: dict[Facet, tuple[FacetCount, ...]] = {}
        total = None
        if plain:
            facets, total = commit.facets.count(query, plain, request.facet_size)
        for facet in request.facets:
            if facet in filters:
                others = [native for other, native in filters.items() if other != facet]
                wider = all_of([compiled.native, *always, *others])
                facets |= commit.facets.count(wider, [facet], request.facet_size)[0]
        page = commit.ranking.page(
            compiled._replace(native=query), request.sort, request.offset, request.limit, total
        )
        commit.remember(page)
        return _answer(page, {facet: facets[facet] for facet in request.facets}, compiler)

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

    def count(self) -> int:
        """Number of documents."""
        return self._commit.count

    def terms(self, field: TextField, prefix: str = "") -> Iterator[tuple[str, int]]:
        """(term, number of documents) in order."""
        commit = self._commit
        with reading(self._directory):
            found = commit.searcher.terms_with_prefix(field.value, encodable(prefix), commit.alive)
        return ((decoded(term), count) for term, count in sorted(found))

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
            shown, counts = self._commit.facets.values(facet)
        return {shown[key]: count for key, count in counts.items()}

    def score_parts(self, query: Query, id: str) -> list[tuple[Query, float]]:
        """The leaves that make a document's score."""
        commit = self._commit
        with reading(self._directory):
            return commit.score_parts(query, id)

    def is_current(self) -> bool:
        """Whether no newer commit is there."""
        return self._commit.is_newest()

    def close(self) -> None:
        """Let go of files and memory; searches that are under way in other threads end in peace."""
        self._opened = None


def _answer(page: Ranked, facets: dict[Facet, tuple[FacetCount, ...]], compiler: Compiler) -> SearchPage:
    return SearchPage(tuple(map(Hit, page.ids, page.scores)), page.total, facets, tuple(compiler.capped))


def _by_facet(filters: tuple[tuple[Facet, tuple[str, ...]], ...]) -> list[tuple[Facet, tuple[str, ...]]]:
    """A facet named twice takes the values of both."""
    wanted: dict[Facet, tuple[str, ...]] = {}
    for facet, values in filters:
        wanted[facet] = wanted.get(facet, ()) + values
    return list(wanted.items())
