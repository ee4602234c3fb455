"""Articles beside one: its versions (the same text, told again) and its relatives (the same matter)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from index.documents import Document
from index.query import SearchRequest
from search.opened.snapshot import Snapshot
from search.similar.folding import fold
from search.similar.signatures import Signature
from search.similar.telling import like
from search.snippets.shown import Listing

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


class Similar(Struct, frozen=True):
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


class _Candidate(NamedTuple):
    """An article that may be shown; its score is a share of that of the one beside which it may be."""

    document: Document
    score: float
    signature: Signature


def find_similar(snapshot: Snapshot, document: Document) -> Similar:
    """The articles beside one. Of long ones only the beginning counts, and so many candidates are read:
    it takes a few milliseconds, and the same ones are found in every process.
    """
    mine = snapshot.signatures.of(document)
    candidates = list(_candidates(snapshot, document))
    versions = [each.document for each in candidates if mine.resembles(each.signature)]
    if versions:  # they alone hold many of its words
        candidates = list(_candidates(snapshot, document, known=len(versions) + 1))
    others = [
        each for each in candidates if each.score >= _LEAST_SCORE and not mine.resembles(each.signature)
    ]
    others.sort(key=lambda each: -each.score * _nearness(document, each.document))
    return Similar(
        document.id,
        tuple(map(Listing.of, versions)),
        tuple(map(Listing.of, _without_versions(others)[:RELATED])),
    )


def _candidates(snapshot: Snapshot, document: Document, known: int = 1) -> Iterator[_Candidate]:
    """Articles that share telling words with one, not kept ready: few of them will be opened.

    :param known: see :func:`search.similar.telling.like`.
    """
    archive = snapshot.planner.archive
    query = like(document, snapshot.analyzer, archive.frequency, archive.documents, known)
    if query is None:
        return
    hits = snapshot.reader.search(SearchRequest(query, limit=_CANDIDATES)).hits
    own = next((hit.score for hit in hits if hit.id == document.id), hits[0].score if hits else 1.0)
    characters = 0
    for id_, score in hits:
        (other,) = snapshot.reader.documents([id_])
        if other is None or id_ == document.id:
            continue
        yield _Candidate(other, score / own, snapshot.signatures.of(other))
        characters += len(other.body)
        if characters > _MOST_READ:
            return


def _nearness(document: Document, other: Document) -> float:
    """What a relative keeps of its score for its day; one without a day as much as one that is far."""
    if document.published is None or other.published is None:
        return _ANY_DAY
    days = abs((document.published - other.published).days)
    return _ANY_DAY + float((1 - _ANY_DAY) * 0.5 ** (days / _HALF_LIFE))


def _without_versions(candidates: list[_Candidate]) -> list[Document]:
    """The best of each text."""
    folded = fold((each.document.id, each.signature) for each in candidates)
    gone = {id_ for versions in folded.values() for id_ in versions}
    return [each.document for each in candidates if each.document.id not in gone]
