"""Articles beside one: its versions (the same text, told again) and its relatives (the same matter)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.documents import Document
from index.query import Hit, SearchRequest
from search.answer import Listing
from search.opened.snapshot import Snapshot
from search.similar.folding import fold
from search.similar.signatures import Signature
from search.similar.telling import like

RELATED = 5
"""Relatives that an article has at most."""

_CANDIDATES = 40
"""Articles that are looked at, those with most of its telling words first."""

_LEAST_SCORE = 0.15
"""Share of the score that an article itself has for its telling words, below which another is no relative."""

_MOST_READ = 4_000_000
"""Characters of candidates after which no more are read: forty usual ones have a fiftieth of that."""

_ANY_DAY = 0.7
"""Share of its score that a relative keeps however far its day is."""

_HALF_LIFE = 30.0
"""Days after which the rest of it is halved."""


@dataclass(frozen=True)
class Similar:
    """The articles beside one.

    :param id: of the one.
    :param versions: those that tell the same text, the most alike in words first.
    :param results: up to :data:`RELATED` others about the same matter, the best first; none is a version of
        another.
    """

    id: str
    versions: tuple[Listing, ...] = ()
    results: tuple[Listing, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The object that ``/api/v1/documents/<id>/similar`` gives."""
        return {
            "id": self.id,
            "results": [each.to_dict() for each in self.results],
            "versions": [each.to_dict() for each in self.versions],
        }


def find_similar(snapshot: Snapshot, document: Document) -> Similar:
    """The articles beside one. Of long ones only the beginning counts, and so many candidates are read:
    it takes a few milliseconds, and the same ones are found in every process.
    """
    archive = snapshot.planner.archive
    query = like(document, snapshot.analyzer, archive.frequency, archive.documents)
    if query is None:
        return Similar(document.id)
    hits = snapshot.reader.search(SearchRequest(query, limit=_CANDIDATES)).hits
    own = next((hit.score for hit in hits if hit.id == document.id), hits[0].score if hits else 0.0)
    mine = snapshot.signatures.of(document)
    versions: list[Document] = []
    others: list[tuple[float, Document, Signature]] = []
    for hit, other in _read(snapshot, [hit for hit in hits if hit.id != document.id]):
        signature = snapshot.signatures.of(other)
        if mine.resembles(signature):
            versions.append(other)
        elif hit.score >= _LEAST_SCORE * own:
            others.append((hit.score * _nearness(document, other), other, signature))
    others.sort(key=lambda each: -each[0])
    return Similar(
        document.id,
        tuple(map(Listing.of, versions)),
        tuple(map(Listing.of, _without_versions(others)[:RELATED])),
    )


def _read(snapshot: Snapshot, hits: list[Hit]) -> Iterator[tuple[Hit, Document]]:
    """The articles of hits, not kept ready: few of them will be opened."""
    characters = 0
    for hit in hits:
        (document,) = snapshot.reader.documents([hit.id])
        if document is not None:
            yield hit, document
            characters += len(document.body)
            if characters > _MOST_READ:
                return


def _nearness(document: Document, other: Document) -> float:
    """What a relative keeps of its score for its day; one without a day as much as one that is far."""
    if document.published is None or other.published is None:
        return _ANY_DAY
    days = abs((document.published - other.published).days)
    return _ANY_DAY + float((1 - _ANY_DAY) * 0.5 ** (days / _HALF_LIFE))


def _without_versions(others: list[tuple[float, Document, Signature]]) -> list[Document]:
    """The best of each text."""
    folded = fold((document.id, signature) for _, document, signature in others)
    gone = {id_ for versions in folded.values() for id_ in versions}
    return [document for _, document, _ in others if document.id not in gone]
