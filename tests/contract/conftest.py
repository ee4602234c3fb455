"""One suite for every engine: each test here runs against each engine that is installed.

Documents are analysed by a few lines of their own (words at spaces, a trivial stem), so that the suite says
nothing about the language; expected scores come from a plain Python reading of ``index/query.py``.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fnmatch import translate
from importlib import import_module
from itertools import count, product
from pathlib import Path
from re import DOTALL, fullmatch
from typing import Any

import pytest

from index.analysis.types import Stream
from index.documents import Document
from index.engines.base import AnalyzedDocument, Engine, EngineUnavailableError, Location, Reader
from index.engines.packing import address_text
from index.engines.registry import engine_names, get_engine
from index.query import (
    LEAD_TOKENS,
    OPENING_TOKENS,
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
    SearchPage,
    SearchRequest,
    Term,
    TextField,
    Value,
    Valued,
    Wildcard,
)

REMOTE = "opensearch"
"""The engine whose files are in a cluster."""

REMOTE_ARCHIVES = 8


def is_installed(name: str) -> bool:
    """Whether an engine's library is there."""
    try:
        get_engine(name)
    except EngineUnavailableError:
        return False
    return True


@pytest.fixture(params=filter(is_installed, engine_names()), scope="session")
def engine(request: pytest.FixtureRequest) -> Engine:
    """Every installed engine, one after the other; test_registry.py says which are not."""
    if request.param == REMOTE:
        request.getfixturevalue("opensearch")
    return get_engine(request.param)


@pytest.fixture
def options(engine: Engine, request: pytest.FixtureRequest) -> dict[str, Any]:
    """What a location of the engine has to say: where its cluster is, and names of this test alone."""
    if engine.name != REMOTE:
        return {}
    return {
        "opensearch_urls": (request.getfixturevalue("opensearch"),),
        "opensearch_index": request.getfixturevalue("opensearch_prefix"),
        "opensearch_timeout": 60.0,  # the machine that tests may be busy
        "opensearch_replicas": 0,
    }


def stem(form: str) -> str:
    """The suite's own stemmer: ``bukunya`` -> ``buku``."""
    return form.removesuffix("nya") or form


def analyze(text: str | Sequence[str]) -> Stream:
    """Tokens of a text (words at spaces, lower case), or ready tokens."""
    forms = text.lower().split() if isinstance(text, str) else list(text)
    return Stream(" ".join(forms), " ".join(map(stem, forms)))


def article(
    id: str,
    body: str | Sequence[str] = "",
    *,
    title: str | Sequence[str] = "",
    day: str | None = None,
    source: str = "",
    place: str = "",
    author: str = "",
    editor: str = "",
    lang: str = "id",
    url: str = "",
    topics: Sequence[str] = (),
) -> AnalyzedDocument:
    """An analysed document."""
    document = Document(
        id=id,
        title=title if isinstance(title, str) and title else "Judul",
        body=body if isinstance(body, str) else " ".join(body),
        source=source,
        place=place,
        author=author,
        editor=editor,
        published=date.fromisoformat(day) if day else None,
        lang=lang,
        url=url,
        topics=tuple(topics),
    )
    names = [analyze(text).form_text for text in (source, place, f"{author} {editor}")]
    return AnalyzedDocument(document, analyze(title), analyze(body), *(Stream(name, name) for name in names))


class Archive:
    """An index under test: adds, deletes and asks in one line each."""

    def __init__(self, engine: Engine, location: Location) -> None:
        self.engine = engine
        self.location = location
        self._readers: list[Reader] = []
        engine.create(location)

    def add(self, *documents: AnalyzedDocument, merge: bool = False) -> Archive:
        """Add documents in a transaction of their own."""
        writer = self.engine.open_writer(self.location)
        writer.add(self.engine.prepare(document) for document in documents)
        writer.commit(merge=merge)
        return self

    def delete(self, *ids: str, merge: bool = False) -> Archive:
        """Delete documents in a transaction of their own."""
        writer = self.engine.open_writer(self.location)
        writer.delete(ids)
        writer.commit(merge=merge)
        return self

    def reader(self, **options: Any) -> Reader:
        """A reader of the last commit, closed at the end of the test."""
        location = Location(self.location.directory, self.location.name, {**self.location.options, **options})
        self._readers.append(self.engine.open_reader(location))
        return self._readers[-1]

    def search(self, query: Query, **options: Any) -> SearchPage:
        """Ask the last commit."""
        return self.reader().search(SearchRequest(query, **{"limit": 1000, **options}))

    def ids(self, query: Query, **options: Any) -> list[str]:
        """Ids of the hits, in order."""
        return [hit.id for hit in self.search(query, **options).hits]

    def found(self, query: Query) -> set[str]:
        """Ids of the hits, in no order; checks that the total says the same."""
        page = self.search(query)
        assert page.total == len(page.hits)
        return {hit.id for hit in page.hits}

    def scores(self, query: Query) -> dict[str, float]:
        """Score of each hit."""
        return {hit.id: hit.score for hit in self.search(query).hits}

    def vanish(self) -> None:
        """Have somebody else remove the whole index."""
        shutil.rmtree(self.location.directory, ignore_errors=True)
        if self.engine.name == REMOTE:
            client = import_module("index.engines.opensearch.client").client_of(self.location.options)
            client.ask("DELETE", f"/{client.prefix}-{self.location.name}-*", or_none=True)

    def close(self) -> None:
        """Close every reader."""
        for reader in self._readers:
            reader.close()
        if self.engine.name == REMOTE:
            self.vanish()


@pytest.fixture
def archive(engine: Engine, options: dict[str, Any], tmp_path: Path) -> Iterator[Archive]:
    """An empty index."""
    archive = Archive(engine, Location(tmp_path / "generation", "generation-1", options))
    yield archive
    archive.close()


@pytest.fixture(scope="session")
def new_article() -> Callable[..., AnalyzedDocument]:
    """Makes an analysed document, see :func:`article`."""
    return article


@pytest.fixture
def new_archive(engine: Engine, options: dict[str, Any]) -> Callable[[Path], Archive]:
    """Makes an index below a folder, see :class:`Archive`."""
    numbers = count(2)

    def make(folder: Path) -> Archive:
        return Archive(engine, Location(folder / "generation", f"generation-{next(numbers)}", options))

    return make


@pytest.fixture
def is_enough(engine: Engine) -> Callable[[], bool]:
    """Whether a test of many random archives has tried enough of them: a cluster needs a second for each."""
    tried = count(1)
    return lambda: engine.name == REMOTE and next(tried) > REMOTE_ARCHIVES


@pytest.fixture(scope="session")
def expected() -> Callable[[Sequence[AnalyzedDocument], Query], dict[str, float]]:
    """Says by a plain reading of ``index/query.py`` which documents match and how they score."""
    return expected_scores


def expected_scores(documents: Sequence[AnalyzedDocument], query: Query) -> dict[str, float]:
    """Id -> score of the documents that match."""
    model = _Model(documents)
    scores = {document.document.id: model.score(query, document) for document in documents}
    return {found: score for found, score in scores.items() if score is not None}


class _Model:
    def __init__(self, documents: Sequence[AnalyzedDocument]) -> None:
        self.documents = documents
        self.postings = {field: [_tokens(document, field) for document in documents] for field in TextField}

    def idf(self, field: TextField, text: str) -> float:
        n = sum(any(token == text for token, _ in tokens) for tokens in self.postings[field])
        return math.log(1 + (len(self.documents) - n + 0.5) / (n + 0.5))

    def bm25(self, field: TextField, document: AnalyzedDocument, frequency: int, idf: float) -> float:
        length = len(_tokens(document, field))
        average = sum(map(len, self.postings[field])) / len(self.documents)
        return idf * frequency * 2.2 / (frequency + 1.2 * (1 - 0.75 + 0.75 * length / average))

    def score(self, query: Query, document: AnalyzedDocument) -> float | None:
        match query:
            case Everything():
                return 0.0
            case Nothing():
                return None
            case Term(field, text):
                frequency = sum(token == text for token, _ in _tokens(document, field))
                return self.bm25(field, document, frequency, self.idf(field, text)) if frequency else None
            case Phrase(field, terms):
                frequency = _occurrences(_tokens(document, field), query)
                idf = sum(self.idf(field, term) for term in terms)
                return self.bm25(field, document, frequency, idf) if frequency else None
            case Prefix(field, text):
                return 1.0 if any(token.startswith(text) for token, _ in _tokens(document, field)) else None
            case Wildcard(field, pattern):
                regex = translate(pattern.replace("[", "[[]"))
                found = any(fullmatch(regex, token, DOTALL) for token, _ in _tokens(document, field))
                return 1.0 if found else None
            case Fuzzy(field, text, distance):
                found = any(edits(text, token) <= distance for token, _ in _tokens(document, field))
                return 1.0 if found else None
            case Value(facet, values):
                wanted = {value.casefold() for value in values if value}
                return 1.0 if wanted & facet_values(document.document, facet) else None
            case Valued(facet):
                return 1.0 if facet_values(document.document, facet) else None
            case Published(first, last):
                day = document.document.published
                inside = day and (first is None or first <= day) and (last is None or day <= last)
                return 1.0 if inside else None
            case Boolean():
                return self.boolean(query, document)
            case DisMax(children, tie):
                own_scores = [score for c in children if (score := self.score(c, document)) is not None]
                if not own_scores:
                    return None
                return max(own_scores) + tie * (sum(own_scores) - max(own_scores))
            case Boost(child, factor):
                score = self.score(child, document)
                return None if score is None else score * factor
            case Constant(child, constant):
                return None if self.score(child, document) is None else constant
        raise AssertionError(query)

    def boolean(self, query: Boolean, document: AnalyzedDocument) -> float | None:
        must = [self.score(child, document) for child in query.must]
        should = [score for c in query.should if (score := self.score(c, document)) is not None]
        minimum = query.minimum
        if not query.must and not (query.must_not and not query.should):
            minimum = max(minimum, 1)
        if len(should) < minimum or any(self.score(child, document) is not None for child in query.must_not):
            return None
        scores = [score for score in must if score is not None]
        return sum(scores) + sum(should) if len(scores) == len(must) else None


def _tokens(document: AnalyzedDocument, field: TextField) -> list[tuple[str, int]]:
    if field is TextField.ADDRESS:
        return [(key, position) for position, key in enumerate(address_text(document.document).split())]
    beginning = {TextField.LEAD: LEAD_TOKENS, TextField.OPENING: OPENING_TOKENS}.get(field)
    if beginning:
        tokens = document.body.stems[:beginning]
    else:
        stream: Stream = getattr(document, field.value.removesuffix("_exact"))
        tokens = stream.forms if field.value.endswith("_exact") else stream.stems
    return [(token, position) for position, token in enumerate(tokens)]


def _occurrences(tokens: list[tuple[str, int]], phrase: Phrase) -> int:
    """Shortest runs that hold the terms in order with at most ``slop`` further words between them."""
    offsets = phrase.offsets or range(len(phrase.terms))
    spots = [
        [position - offset for token, position in tokens if token == term]
        for term, offset in zip(phrase.terms, offsets, strict=True)
    ]
    latest: dict[int, int] = {}
    for chain in product(*spots):
        if chain and list(chain) == sorted(chain) and chain[-1] - chain[0] <= phrase.slop:
            latest[chain[-1]] = max(chain[0], latest.get(chain[-1], chain[0]))
    return len(set(latest.values()))


def edits(a: str, b: str) -> int:
    """Optimal string alignment distance: insert, delete, replace, swap neighbours."""
    rows = [[max(i, j) if not (i and j) else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i, j in product(range(1, len(a) + 1), range(1, len(b) + 1)):
        rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
        if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
            rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def facet_values(document: Document, facet: Facet) -> set[str]:
    """The values of a facet that a document has, casefolded."""
    if facet is Facet.YEAR:
        return {str(document.year)} if document.year else set()
    values = document.topics if facet is Facet.TOPIC else (getattr(document, facet.value),)
    return {value.casefold() for value in values if value}
