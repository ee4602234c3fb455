"""One commit, opened: Tantivy's searcher and what is read from it when first needed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Order

from index.documents import Document
from index.engines.base import IndexMissingError, broken
from index.engines.packing import load_document
from index.engines.semantics import score_parts
from index.engines.tantivy.compiler import Compiler, all_of, any_of, filtering
from index.engines.tantivy.errors import reading
from index.engines.tantivy.facets import Facets
from index.engines.tantivy.files import openable
from index.engines.tantivy.records import Records
from index.engines.tantivy.schema import DAY, DAY_RISING, ID, META_FILE, RECORD, STORED
from index.engines.tantivy.terms import Terms
from index.engines.tantivy.weighing import Weighing
from index.messages import _
from index.query import Hit, Query, SearchRequest, Sort

# Ties go in the order in which Tantivy keeps the documents: in which they were added, segment by segment, the
# same for every page of a commit. Another one, by id say, would have to be settled wherever there are several
# segments, at several times the cost of the search, and each segment be sorted by it, which takes a rebuild a
# sixth longer.
_ORDERS = {
    Sort.RELEVANCE: (None, Order.Desc),
    Sort.NEWEST: (DAY, Order.Desc),
    Sort.OLDEST: (DAY_RISING, Order.Asc),
}
# Where documents lie, remembered from hits: their text is usually asked for next.
_ADDRESSES_KEPT = 4096


class Commit:
    """The last commit at the time of opening. Read-only and safe to share between threads.

    :param cap: most terms that a pattern may stand for.
    :raises IndexMissingError: if there is no index.
    :raises IndexBrokenError: if it cannot be read.
    """

    def __init__(self, directory: Path, cap: int) -> None:
        self._meta = directory / META_FILE
        self._signature = self._sign()
        if self._signature is None:
            raise IndexMissingError(_("belum ada indeks di {path}; jalankan `reindex`", path=directory))
        with reading(directory), openable(directory) as folder:
            self._content = (folder / META_FILE).read_bytes()
            meta = json.loads(self._content)
            index = tantivy.Index.open(str(folder))
            # A reader stays with its commit. The thread that watched the directory ends within half a second.
            index.config_reader("manual")
            index.reload()
            self.searcher: Any = index.searcher()
            self.schema: Any = index.schema
            self.count = int(self.searcher.num_docs)
        # Tantivy's counts of terms include deleted documents until their segment is merged, unless it is
        # told to count among these.
        deletes = [segment["deletes"] for segment in meta["segments"] if segment.get("deletes")]
        deleted = sum(int(some["num_deleted_docs"]) for some in deletes)
        self.alive = tantivy.Query.all_query() if deleted else None
        self.weighing = Weighing(self.searcher, self.schema, deleted) if deleted else None
        self.records = Records(directory)
        self.terms = Terms(self.searcher, cap)
        self.facets = Facets(self.searcher, self.schema, self.alive)
        self._addresses: dict[str, Any] = {}

    def _sign(self) -> tuple[int, int, int] | None:
        try:
            found = self._meta.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def compiler(self, breathe: Callable[[], None] | None = None) -> Compiler:
        """A compiler for the queries of one request."""
        return Compiler(self.schema, self.terms, self.weighing, breathe)

    def is_newest(self) -> bool:
        """Whether this is still the last commit, with the segments that it has now.

        Their ids are random: another index, or a copy that came back, is told from this one.
        """
        signature = self._sign()
        if signature == self._signature:
            return True
        try:
            is_same = self._meta.read_bytes() == self._content
        except OSError:
            return False
        if is_same:
            self._signature = signature
        return is_same

    @property
    def identity(self) -> str:
        """Tells the commit from others."""
        return blake2b(self._content, digest_size=16).hexdigest()

    def places(self, first: int, end: int) -> list[int]:
        """Places of the records of living documents in a span of the records file, ascending."""
        span = tantivy.Query.range_query(
            self.schema, RECORD, tantivy.FieldType.Unsigned, first, end, include_upper=False
        )
        return [
            place
            for place, _ in self.searcher.search(
                span, max(self.count, 1), False, order_by_field=RECORD, order=Order.Asc
            ).hits
        ]

    def page(self, native: Any, request: SearchRequest, total: int | None) -> tuple[tuple[Hit, ...], int]:
        """(the requested slice of the documents that match a query, how many match).

        :param total: that number if it is known.
        """
        limit = min(request.limit, self.count - request.offset)
        if limit <= 0:
            return (), self.searcher.search(native, 1).count if total is None else total
        field, order = _ORDERS[request.sort]
        found = self.searcher.search(native, limit, total is None, field, request.offset, order)
        hits = found.hits  # made anew each time it is asked for
        addresses = [address for _, address in hits]
        ids = self.records.ids(self.searcher.fast_field_values(RECORD, addresses))
        if len(self._addresses) > _ADDRESSES_KEPT:
            self._addresses = {}
        self._addresses.update(zip(ids, addresses, strict=True))
        scores = [score for score, _ in hits] if field is None else [0.0] * len(hits)
        return tuple(map(Hit, ids, scores)), found.count if total is None else total

    def chronology(self, offset: int, limit: int) -> list[tuple[str, date | None]]:
        """(id, day of publication) of a slice of all documents, oldest first."""
        limit = min(limit, self.count - offset)
        if limit <= 0:
            return []
        field, order = _ORDERS[Sort.OLDEST]
        every = tantivy.Query.all_query()
        hits = self.searcher.search(every, limit, False, field, offset, order).hits
        addresses = [address for _, address in hits]
        ids = map(self.records.id_at, self.searcher.fast_field_values(RECORD, addresses))
        days = self.searcher.fast_field_values(DAY, addresses)
        return [(id_, date.fromordinal(day) if day else None) for id_, day in zip(ids, days, strict=True)]

    def document(self, id: str) -> Document | None:
        """The stored document.

        :raises IndexBrokenError: if it cannot be read.
        """
        address = self._addresses.get(id)
        if address is None:
            found = self.searcher.search(self._only(id), 1, False).hits
            if not found:
                return None
            address = found[0][1]
        packed = self.searcher.doc(address).get_first(STORED)
        try:
            return load_document(bytes(packed))
        except (TypeError, ValueError, KeyError) as error:
            wrong = _("artikel {id!r} tidak dapat dibaca ({error})", id=id, error=error)
            raise broken(self._meta.parent, wrong) from error

    def _only(self, id: str) -> Any:
        return tantivy.Query.term_query(self.schema, ID, id, "basic")

    def among(self, native: Any, ids: Sequence[str]) -> frozenset[str]:
        """Those of some documents that a query finds."""
        if not ids:
            return frozenset()
        only = filtering(any_of([self._only(name) for name in ids]))
        hits = self.searcher.search(all_of([native, only]), len(ids), False).hits
        return frozenset(self.records.ids(self.searcher.fast_field_values(RECORD, [at for _, at in hits])))

    def score_parts(
        self, query: Query, ids: Sequence[str], goes_on: Callable[[], bool]
    ) -> list[list[tuple[Query, float]]]:
        """The leaves that make the documents' scores."""
        if not ids:
            return []
        compiler = self.compiler()
        only = filtering(any_of([self._only(name) for name in ids]))
        places = {name: place for place, name in enumerate(ids)}

        def score(leaf: Query) -> dict[int, float]:
            native = compiler.compile_or_none(leaf)
            if native is None:
                return {}
            hits = self.searcher.search(all_of([native, only]), len(ids), False).hits
            named = self.records.ids(self.searcher.fast_field_values(RECORD, [at for _, at in hits]))
            return {places[name]: float(own) for name, (own, _) in zip(named, hits, strict=True)}

        return score_parts(query, len(ids), score, goes_on)
