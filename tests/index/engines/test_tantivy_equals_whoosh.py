"""The two embedded engines answer alike: same documents, totals, facets, orders; nearly the same scores.

Archives and query trees are drawn at random, the same ones in every run.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from index.analysis.types import Stream
from index.documents import Document
from index.engines.base import AnalyzedDocument, Location, Reader
from index.engines.registry import get_engine
from index.query import (
    Boolean,
    Boost,
    Constant,
    DisMax,
    Everything,
    Facet,
    Fuzzy,
    Nothing,
    Phrase,
    Prefix,
    Published,
    Query,
    SearchRequest,
    Sort,
    Term,
    TextField,
    Value,
    Valued,
    Wildcard,
)

pytest.importorskip("tantivy")

WORDS = ["api", "apa", "padi", "padang", "sapi", "sawah", "air", "hujan"]
NAMES = ["Kota Baru", "kota baru", "Tabalong", "TABALONG", "Éla", ""]
FIRST_DAY = date(2023, 12, 25)
FIELDS, FACETS, SORTS = list(TextField), list(Facet), list(Sort)
REQUESTS = 150


def stream(tokens: list[str]) -> Stream:
    return Stream(" ".join(tokens), " ".join(token[:3] for token in tokens))


class Draw:
    """Draws articles and requests."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def day(self) -> date | None:
        return None if self.rng.random() < 0.3 else FIRST_DAY + timedelta(self.rng.randint(0, 12))

    # Up to 40 tokens Tantivy stores the exact length of a field, so that scores can be compared closely.
    def text(self) -> list[str]:
        return self.rng.choices(WORDS, k=self.rng.randint(0, 12))

    def article(self, number: int) -> AnalyzedDocument:
        title, body, name = self.text(), self.text(), self.rng.choice(NAMES)
        document = Document(
            f"d{number:03}",
            " ".join(title) or "-",
            " ".join(body),
            source=name.lower(),
            place=name,
            published=self.day(),
        )
        names = Stream(name.lower(), name.lower())
        return AnalyzedDocument(document, stream(title), stream(body), names, names, stream([]))

    def names(self) -> tuple[str, ...]:
        return tuple(self.rng.choices([*NAMES, "2023", "2024", "id"], k=self.rng.randint(0, 3)))

    def leaf(self) -> Query:
        rng, field, word = self.rng, self.rng.choice(FIELDS), self.rng.choice(WORDS)
        makers: list[Callable[[], Query]] = [
            lambda: Term(field, rng.choice([word, word[:3]])),
            lambda: Term(field, rng.choice([word, word[:3]])),
            lambda: Phrase(
                field, tuple(rng.choices(WORDS, k=rng.randint(1, 3))), (), rng.choice([0, 0, 1, 2, 3])
            ),
            lambda: Phrase(
                field, (word[:3], rng.choice(WORDS)[:3]), (0, rng.randint(1, 3)), rng.randint(0, 4)
            ),
            lambda: Prefix(field, rng.choice(["", "a", "pa", "sa", "x"])),
            lambda: Wildcard(field, rng.choice(["*", "?p?", "p*g", "*i", "kota", "sa?i"])),
            lambda: Fuzzy(field, word, rng.randint(0, 2)),
            lambda: Value(rng.choice(FACETS), self.names()),
            lambda: Published(self.day(), self.day()),
            lambda: Valued(rng.choice(FACETS)),
            Everything,
            Nothing,
        ]
        return rng.choice(makers)()

    def query(self, depth: int = 3) -> Query:
        rng = self.rng
        if depth == 0 or rng.random() < 0.4:
            return self.leaf()

        def several() -> tuple[Query, ...]:
            return tuple(self.query(depth - 1) for _ in range(rng.choice([0, 1, 1, 2, 3])))

        makers: list[Callable[[], Query]] = [
            lambda: Boolean(several(), several(), several(), rng.choice([0, 0, 0, 1, 2])),
            lambda: Boolean(should=several(), minimum=rng.randint(0, 2)),
            lambda: DisMax(several(), rng.choice([0.0, 0.3, 1.0])),
            lambda: Boost(self.query(depth - 1), rng.choice([0.25, 0.5, 3.0])),
            lambda: Constant(self.query(depth - 1), rng.choice([0.0, 0.5, 3.0])),
        ]
        return rng.choice(makers)()

    def request(self) -> SearchRequest:
        rng = self.rng
        return SearchRequest(
            self.query(),
            filters=tuple((rng.choice(FACETS), self.names()) for _ in range(rng.choice([0, 0, 1, 2]))),
            published=Published(self.day(), self.day()) if rng.random() < 0.2 else None,
            restrict=self.query(1) if rng.random() < 0.2 else None,
            sort=rng.choice(SORTS),
            offset=rng.choice([0, 0, 1, 4]),
            limit=rng.choice([0, 1, 3, 20]),
            facets=tuple(rng.sample(FACETS, rng.randint(0, 3))),
            facet_size=rng.randint(0, 3),
            days=rng.random() < 0.5,
        )


def opened(name: str, folder: Path, documents: list[AnalyzedDocument]) -> Reader:
    """A reader of the articles, which were added in three transactions."""
    engine = get_engine(name)
    location = Location(folder / name, name, {"pattern_cap": 3})
    engine.create(location)
    for start in range(3):
        writer = engine.open_writer(location)
        writer.add(map(engine.prepare, documents[start::3]))
        writer.commit()
    return engine.open_reader(location)


@pytest.mark.parametrize("seed", range(12))
def test_both_engines_give_the_same_answers(seed, tmp_path):
    draw = Draw(seed)
    documents = [draw.article(number) for number in range(draw.rng.randint(1, 40))]
    days = {analyzed.document.id: analyzed.document.published for analyzed in documents}
    whoosh, tantivy = (opened(name, tmp_path, documents) for name in ("whoosh", "tantivy"))

    for request in (draw.request() for _ in range(REQUESTS)):
        theirs, ours = whoosh.search(request), tantivy.search(request)

        assert ours.total == theirs.total, request
        assert ours.facets == theirs.facets, request
        assert list(ours.days.items()) == list(theirs.days.items()), request
        assert set(ours.capped) == set(theirs.capped), request
        if request.sort is not Sort.RELEVANCE:
            assert [days[hit.id] for hit in ours.hits] == [days[hit.id] for hit in theirs.hits], request
        elif not counts_with_slop(request.query):
            found, expected = scores(ours.hits), scores(theirs.hits)
            assert found == pytest.approx(expected, rel=1e-4, abs=1e-6), request
    for field in TextField:
        assert list(tantivy.terms(field)) == list(whoosh.terms(field))
    for facet in Facet:
        assert tantivy.facet_values(facet) == whoosh.facet_values(facet)
    assert dict(tantivy.hashes()) == dict(whoosh.hashes())
    tantivy.close()
    whoosh.close()


def scores(hits) -> list[float]:
    return [hit.score for hit in hits]


def counts_with_slop(query: Query) -> bool:
    """Whether occurrences are counted with slop: phrases that overlap themselves count differently."""
    match query:
        case Phrase(slop=slop):
            return slop > 0
        case Boost(child):
            return counts_with_slop(child)
        case DisMax(children):
            return any(map(counts_with_slop, children))
        case Boolean(must, should):
            return any(map(counts_with_slop, (*must, *should)))
        case _:
            return False
