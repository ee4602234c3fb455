"""One commit, opened: its version in the cluster, and what is known of it on this machine."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import Any

from index.documents import Document
from index.engines.base import EngineError, IndexBrokenError, Location
from index.engines.cache import ByteCache
from index.engines.opensearch.asking import search
from index.engines.opensearch.cached import statistics_of
from index.engines.opensearch.compiler import Compiler, Native, all_of
from index.engines.opensearch.errors import incomplete, refused
from index.engines.opensearch.facets import Facets
from index.engines.opensearch.files import Files
from index.engines.opensearch.schema import DAY, HASH, ID, STORED, key_of
from index.engines.opensearch.terms import Terms
from index.engines.opensearch.versions import Version, Versions
from index.engines.packing import encodable, load_document
from index.engines.semantics import score_parts
from index.messages import _
from index.query import (
    Boolean,
    Boost,
    DisMax,
    Query,
    SearchPage,
    SearchRequest,
    TextField,
)

# Documents of hits, which are usually asked for next.
_DOCUMENTS_BYTES = 16 << 20
_HASHES_STEP = 10_000
_PAIRS_AT_ONCE = 300
# How many documents hold two words: asked for whenever a question has both.
_TOGETHER_BYTES = 4 << 20
_PAIR_BYTES = 200


class Commit:
    """The version in force at the time of opening. Read-only and safe to share between threads.

    :param cap: most terms that a pattern may stand for.
    :raises IndexMissingError: if there is no index.
    :raises IndexBrokenError: if it cannot be read.
    """

    def __init__(self, location: Location, cap: int) -> None:
        self._versions = versions = Versions(location)
        self._version: Version = versions.committed()
        files = Files(versions.client, versions.replicas)
        self.statistics = statistics_of(self._version, files, location.directory)
        self.count = self.statistics.documents
        self.terms = Terms(self.statistics, cap)
        self.facets = Facets(self.statistics, self._version.shards)
        self._kept = ByteCache(_DOCUMENTS_BYTES)
        self._together = ByteCache(_TOGETHER_BYTES)

    @property
    def cached_bytes(self) -> int:
        """What is kept of documents and counts."""
        return self._kept.bytes + self._together.bytes

    @property
    def identity(self) -> str:
        """Tells the commit from others."""
        return self._version.owner

    def is_newest(self) -> bool:
        """Whether no other version is in force, as far as the cluster tells."""
        try:
            return self._versions.committed() == self._version
        except EngineError:
            return True

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a request."""
        compiler = Compiler(self.terms, request.breathe)
        page, documents = search(request, compiler, self.facets, self.count, self._send)
        for name, packed in documents.items():
            self._kept.put(name, packed, len(packed))
        return page

    def documents(self, ids: Sequence[str]) -> list[Document | None]:
        """The stored documents."""
        found: dict[str, str | None] = {name: self._kept.get(name) for name in ids}
        missing = [name for name, packed in found.items() if packed is None] if self.count else []
        if missing:
            answer = self._versions.client.ask(
                "POST",
                f"/{self._version.name}/_mget",
                {"ids": list(map(key_of, missing))},
                params={"stored_fields": STORED, "realtime": False},
            )
            for name, told in zip(missing, answer["docs"], strict=True):
                if "error" in told:
                    if told["error"].get("type") == "index_not_found_exception":
                        raise refused(404, told)
                    raise incomplete()
                if told["found"]:
                    found[name] = told["fields"][STORED][0]
        return [self._loaded(name, found[name]) for name in ids]

    def _loaded(self, name: str, packed: str | None) -> Document | None:
        if packed is None:
            return None
        try:
            return load_document(b64decode(packed))
        except (TypeError, ValueError, KeyError) as error:
            raise IndexBrokenError(
                _(
                    "artikel {id!r} di indeks {name} tidak dapat dibaca ({error}); jalankan `reindex`",
                    id=name,
                    name=self._version.name,
                    error=error,
                )
            ) from error

    def hashes(self) -> Iterator[tuple[str, str]]:
        """(id, content hash) of every document: nothing is written to a version in force."""
        after: list[str] | None = None
        while self.count:
            body: Native = {
                "size": _HASHES_STEP,
                "sort": [{ID: "asc"}],
                "stored_fields": "_none_",
                "docvalue_fields": [HASH],
                "track_total_hits": False,
            }
            if after is not None:
                body["search_after"] = after
            hits = self._send(body)["hits"]["hits"]
            for hit in hits:
                yield hit["sort"][0], _hash(hit["fields"][HASH][0])
            if len(hits) < _HASHES_STEP:
                return
            after = hits[-1]["sort"]

    def chronology(self, offset: int, limit: int) -> list[tuple[str, date | None]]:
        """(id, day of publication) of a slice of all documents, oldest first."""
        limit = min(limit, self.count - offset)
        if limit <= 0:
            return []
        days = sorted(self.statistics.days.items())
        undated = days.pop(0)[1] if days and not days[0][0] else 0
        dated = self.count - undated
        found: list[tuple[str, date | None]] = []
        if offset < dated:
            # Days before the slice are passed over by their numbers, not one document after the other.
            ends = list(accumulate([count for _, count in days]))
            first = next(place for place, end in enumerate(ends) if end > offset)
            before = ends[first] - days[first][1]
            body = {"query": {"range": {DAY: {"gte": days[first][0]}}}, "sort": [{DAY: "asc"}, {ID: "asc"}]}
            for day, name in self._slice(body, offset - before, min(limit, dated - offset)):
                found.append((name, date.fromordinal(day)))
        if (left := limit - len(found)) > 0:
            body = {"query": {"bool": {"must_not": {"exists": {"field": DAY}}}}, "sort": [{ID: "asc"}]}
            found += [(name, None) for (name,) in self._slice(body, max(offset - dated, 0), left)]
        return found

    def _slice(self, body: Native, offset: int, limit: int) -> list[list[Any]]:
        asked = {**body, "from": offset, "size": limit, "stored_fields": "_none_", "track_total_hits": False}
        return [hit["sort"] for hit in self._send(asked)["hits"]["hits"]]

    def joint_frequencies(self, field: TextField, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """Numbers of documents with both terms."""
        found = [0] * len(pairs)
        frequency = self.terms.frequency
        asked: list[tuple[int, Native]] = []
        keys = [(field, *sorted(set(map(encodable, pair)))) for pair in pairs]
        for place, (_field, *terms) in enumerate(keys):
            if len(terms) == 1:
                found[place] = frequency(field, terms[0])
            elif (known := self._together.get(keys[place])) is not None:
                found[place] = known
            elif all(frequency(field, term) for term in terms):
                asked.append((place, all_of([{"term": {field.value: term}} for term in terms])))
        for at in range(0, len(asked), _PAIRS_AT_ONCE):
            some = asked[at : at + _PAIRS_AT_ONCE]
            body = {
                "size": 0,
                "aggs": {"pairs": {"filters": {"filters": [native for _place, native in some]}}},
            }
            buckets = self._send(body)["aggregations"]["pairs"]["buckets"]
            for (place, _native), bucket in zip(some, buckets, strict=True):
                found[place] = bucket["doc_count"]
                self._together.put(keys[place], found[place], _PAIR_BYTES)
        return found

    def score_parts(
        self, query: Query, ids: Sequence[str], goes_on: Callable[[], bool]
    ) -> list[list[tuple[Query, float]]]:
        """The leaves that make the documents' scores, asked for together."""
        if not ids or not self.count:
            return [[] for _ in ids]
        compiler = Compiler(self.terms)
        named: dict[str, Native] = {}
        names: dict[Query, str] = {}
        for leaf in _leaves(query):
            if not goes_on():
                return []
            if leaf not in names and (native := compiler.compile(leaf)) is not None:
                names[leaf] = name = str(len(named))
                named[name] = {"bool": {"must": [native], "_name": name}}
        scores: dict[str, dict[int, float]] = {name: {} for name in named}
        places = {name: place for place, name in enumerate(ids)}
        if named:
            only = {"ids": {"values": list(map(key_of, ids))}}
            asked = {"filter": [only], "should": list(named.values()), "minimum_should_match": 1}
            body = {
                "query": {"bool": asked},
                "size": len(ids),
                "sort": [{ID: "asc"}],
                "stored_fields": "_none_",
            }
            answer = self._send(body, include_named_queries_score=True)
            for hit in answer["hits"]["hits"]:
                for name, score in hit["matched_queries"].items():
                    scores[name][places[hit["sort"][0]]] = score
        return score_parts(query, len(ids), lambda leaf: scores.get(names.get(leaf, ""), {}), lambda: True)

    def _send(self, body: Native, **params: bool) -> Any:
        client = self._versions.client
        milliseconds = max(int(client.seconds * 1000), 1)
        answer = client.ask(
            "POST",
            f"/{self._version.name}/_search",
            {"timeout": f"{milliseconds}ms", **body},
            params={"allow_partial_search_results": False, **params},
        )
        shards = answer["_shards"]
        # A lost shard is told by nothing but this.
        if answer["timed_out"] or shards["successful"] != shards["total"]:
            raise incomplete()
        return answer


def _hash(told: str) -> str:
    # What is kept beside the documents comes without the signs at the end that tell its length.
    return b64decode(told + "==").hex()


def _leaves(query: Query) -> Iterator[Query]:
    """What :func:`index.engines.semantics.score_parts` may ask for."""
    if isinstance(query, Boost):
        yield from _leaves(query.child)
    elif isinstance(query, Boolean):
        for child in (*query.must, *query.should, *query.must_not):
            yield from _leaves(child)
    elif isinstance(query, DisMax):
        for child in query.children:
            yield from _leaves(child)
    else:
        yield query
