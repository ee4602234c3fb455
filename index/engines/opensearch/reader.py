"""The reader: one commit, opened, that answers search requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from index.documents import Document
from index.engines.base import EngineError, Location, always
from index.engines.opensearch.commit import Commit
from index.engines.packing import encodable
from index.engines.semantics import PATTERN_CAP
from index.messages import _
from index.query import Facet, Query, SearchPage, SearchRequest, TextField


class OpenSearchReader:
    """See :class:`index.engines.base.Reader`.

    Options of the location: those of :func:`index.settings.engine_options`.
    """

    def __init__(self, location: Location) -> None:
        cap = int(location.options.get("pattern_cap", PATTERN_CAP))
        self._opened: Commit | None = Commit(location, cap)

    @property
    def _commit(self) -> Commit:
        if self._opened is None:
            raise EngineError(_("pembaca ini sudah ditutup; buka yang baru"))
        return self._opened

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a request."""
        return self._commit.search(request)

    def documents(self, ids: Sequence[str]) -> list[Document | None]:
        """Stored documents."""
        return self._commit.documents(ids)

    def hashes(self) -> Iterator[tuple[str, str]]:
        """(id, content hash) of every document."""
        return self._commit.hashes()

    def chronology(self, offset: int, limit: int) -> list[tuple[str, date | None]]:
        """Ids and days of a slice, oldest first."""
        return self._commit.chronology(offset, limit)

    def count(self) -> int:
        """Number of documents."""
        return self._commit.count

    def cached_bytes(self) -> int:
        """What is kept of documents, and of which words stand together."""
        return self._opened.cached_bytes if self._opened else 0

    def identity(self) -> str:
        """Tells the commit from others."""
        return self._commit.identity

    def terms(self, field: TextField, prefix: str = "") -> Iterator[tuple[str, int]]:
        """(term, number of documents) in order."""
        words = self._commit.statistics.words[field]
        return words.pairs(words.span(encodable(prefix)))

    def document_frequency(self, field: TextField, text: str) -> int:
        """Number of documents with the term."""
        return self._commit.terms.frequency(field, encodable(text))

    def joint_frequencies(self, field: TextField, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """Numbers of documents with both terms."""
        return self._commit.joint_frequencies(field, pairs)

    def facet_values(self, facet: Facet) -> dict[str, int]:
        """Every value and its number of documents."""
        shown, counts, _ = self._commit.facets.values(facet)
        return {shown[key]: count for key, count in counts.items()}

    def score_parts(
        self, query: Query, ids: Sequence[str], goes_on: Callable[[], bool] = always
    ) -> list[list[tuple[Query, float]]]:
        """The leaves that make the documents' scores."""
        return self._commit.score_parts(query, ids, goes_on)

    def is_current(self) -> bool:
        """Whether no other commit is there."""
        return self._commit.is_newest()

    def close(self) -> None:
        """Let go of memory; searches that are under way in other threads end in peace."""
        self._opened = None
