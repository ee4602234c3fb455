"""The arrays give the answers of the plain Whoosh searcher: same documents, same totals, same scores.

Whoosh opens the same segments through our codec and runs its own matchers, posting by posting. Query
trees are compiled to Whoosh queries; only the weighting (BM25 as ``index/query.py`` defines it, over live
documents) and the score of a phrase are ours to add.
"""

from __future__ import annotations

import math
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
import whoosh.index
import whoosh.query as wq
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import ListMatcher, NullMatcher, WrappingMatcher
from whoosh.query.compound import DefaultOr
from whoosh.scoring import BaseScorer, WeightingModel

from index.analysis.types import Stream
from index.documents import Document
from index.engines.base import AnalyzedDocument, Location
from index.engines.whoosh.codec import ArraySegment
from index.engines.whoosh.engine import engine
from index.engines.whoosh.schema import make_schema
from index.engines.whoosh.storage import IndexDirectory
from index.query import (
    Boolean,
    Boost,
    Constant,
    DisMax,
    Everything,
    Nothing,
    Phrase,
    Prefix,
    Published,
    SearchRequest,
    Sort,
    Term,
    TextField,
    Wildcard,
)

WORDS = ["ada", "adat", "ibu", "ibukota", "kota", "satu", "é", "\U0001f600"]
FIELDS = [TextField.TITLE, TextField.BODY, TextField.BODY_EXACT, TextField.PLACE]
FIRST_DAY = date(2024, 1, 1)


class BM25(WeightingModel):
    """The documented BM25, with statistics counted one by one through Whoosh's reader."""

    def scorer(self, searcher, fieldname, text, qf=1):
        return BM25Scorer(searcher.get_parent(), searcher, fieldname, [text])


class BM25Scorer(BaseScorer):
    def __init__(self, parent, searcher, fieldname, texts):
        reader = parent.reader()
        live = list(reader.all_doc_ids())
        total = sum(reader.doc_field_length(number, fieldname) for number in live)
        self._average = max(total, 1) / max(len(live), 1)
        self._idf = 0.0
        for text in texts:
            found = (
                len(list(reader.postings(fieldname, text).all_ids())) if (fieldname, text) in reader else 0
            )
            self._idf += math.log(1 + (len(live) - found + 0.5) / (found + 0.5))
        self._searcher, self._field = searcher, fieldname

    def score_of(self, number, frequency):
        length = self._searcher.reader().doc_field_length(number, self._field)
        norm = 1.2 * (1 - 0.75 + 0.75 * length / self._average)
        return self._idf * frequency * 2.2 / (frequency + norm)

    def score(self, matcher):
        return self.score_of(matcher.id(), matcher.weight())

    def max_quality(self):
        return math.inf

    def block_quality(self, matcher):
        return math.inf


class ScoredPhrase(wq.Phrase):
    """Whoosh's phrase, scored by its number of occurrences."""

    def matcher(self, searcher, context=None):
        matcher = super().matcher(searcher, context)
        scorer = BM25Scorer(searcher.get_parent(), searcher, self.fieldname, self.words)
        ids, scores = [], []
        while matcher.is_active():
            ids.append(matcher.id())
            scores.append(scorer.score_of(matcher.id(), len(matcher.spans())))
            matcher.next()
        return ListMatcher(ids, weights=scores) if ids else NullMatcher()


class Multiplied(wq.wrappers.WrappingQuery):
    """The child's scores times a factor."""

    def __init__(self, child, factor):
        super().__init__(child)
        self.factor = factor

    def matcher(self, searcher, context=None):
        return WrappingMatcher(self.child.matcher(searcher, context), boost=self.factor)


class Flat(wq.wrappers.WrappingQuery):
    """The child's documents with one score; Whoosh's own query of this kind turns 0 into 1."""

    def __init__(self, child, score):
        super().__init__(child)
        self.flat = score

    def matcher(self, searcher, context=None):
        ids = list(self.child.matcher(searcher, context).all_ids())
        return ListMatcher(ids, weights=[self.flat] * len(ids)) if ids else NullMatcher()


class BestOf(wq.Or):
    """Whoosh's DisjunctionMax takes the best score of the matchers' next documents, of whichever they are."""

    def __init__(self, children, tie):
        super().__init__(children)
        self.tie = tie

    def matcher(self, searcher, context=None):
        scores = {}
        for child in self.subqueries:
            matcher = child.matcher(searcher, context)
            while matcher.is_active():
                scores.setdefault(matcher.id(), []).append(matcher.score())
                matcher.next()
        ids = sorted(scores)
        best = [max(own) + self.tie * (sum(own) - max(own)) for own in map(scores.get, ids)]
        return ListMatcher(ids, weights=best) if ids else NullMatcher()


class Without(wq.AndNot):
    """Whoosh's AndNot overlooks the first document if the excluded matcher starts before it."""

    def matcher(self, searcher, context=None):
        matcher = self.a.matcher(searcher, context)
        excluded = set(self.b.matcher(searcher, searcher.boolean_context()).all_ids())
        ids, scores = [], []
        while matcher.is_active():
            if matcher.id() not in excluded:
                ids.append(matcher.id())
                scores.append(matcher.score())
            matcher.next()
        return ListMatcher(ids, weights=scores) if ids else NullMatcher()


class PublishedBetween(wq.Query):
    """Documents by their stored day."""

    def __init__(self, node):
        self.node = node

    def estimate_size(self, reader):
        return reader.doc_count_all()

    def estimate_min_size(self, reader):
        return 0

    def matcher(self, searcher, context=None):
        reader, ids = searcher.reader(), []
        for number in reader.all_doc_ids():
            day = reader.stored_fields(number)["published"]
            day = day and date.fromisoformat(day)
            first, last = self.node.first, self.node.last
            if day and (first is None or first <= day) and (last is None or day <= last):
                ids.append(number)
        return ListMatcher(ids) if ids else NullMatcher()


def compiled(query):
    """The Whoosh query of a tree."""
    match query:
        case Everything():
            return Flat(wq.Every(), 0.0)
        case Nothing():
            return wq.Or([])
        case Term(field, text):
            return wq.Term(field.value, text)
        case Phrase(field, terms):
            return ScoredPhrase(field.value, list(terms))
        case Prefix(field, text):
            return Flat(wq.Prefix(field.value, text), 1.0)
        case Wildcard(field, pattern):
            return Flat(wq.Wildcard(field.value, pattern), 1.0)
        case Published():
            return PublishedBetween(query)
        case Boost(child, factor):
            return Multiplied(compiled(child), factor)
        case Constant(child, score):
            return Flat(compiled(child), score)
        case DisMax(children, tie):
            return BestOf([compiled(child) for child in children], tie)
        case Boolean(must, should, must_not, minimum):
            some = DefaultOr([compiled(child) for child in should])
            if must:
                found = wq.And([compiled(child) for child in must])
                if should:
                    found = wq.And([found, some]) if minimum else wq.AndMaybe(found, some)
            else:
                found = some if should else Flat(wq.Every(), 0.0)
            return Without(found, DefaultOr([compiled(child) for child in must_not])) if must_not else found
    raise AssertionError(query)


words = st.sampled_from(WORDS)
fields = st.sampled_from(FIELDS)
leaves = st.one_of(
    st.builds(Term, fields, words),
    st.builds(Phrase, fields, st.lists(words, min_size=2, max_size=3).map(tuple)),
    st.builds(Prefix, fields, st.sampled_from(["a", "ad", "ibu", "z"])),
    st.builds(Wildcard, fields, st.sampled_from(["*a*", "?d*", "*kota", "z?"])),
    st.builds(
        Published,
        st.none() | st.integers(0, 5).map(lambda n: FIRST_DAY + timedelta(n)),
        st.none() | st.integers(0, 5).map(lambda n: FIRST_DAY + timedelta(n)),
    ),
    st.just(Everything()),
    st.just(Nothing()),
)


def nodes(children):
    few = st.lists(children, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Boolean, must=few),
        st.builds(Boolean, should=few),
        st.builds(Boolean, must=few, should=few, minimum=st.integers(0, 1)),
        st.builds(Boolean, must=few, must_not=few),
        st.builds(Boolean, should=few, must_not=few),
        st.builds(Boolean, must_not=few),
        st.builds(DisMax, few, st.sampled_from([0.0, 0.1, 0.5])),
        st.builds(Boost, children, st.sampled_from([0.5, 2.0, 3.5])),
        st.builds(Constant, children, st.sampled_from([0.0, 1.5])),
    )


trees = st.recursive(leaves, nodes, max_leaves=8)
texts = st.lists(words, max_size=9)
articles = st.tuples(texts, texts, words, st.none() | st.integers(0, 5))
commits = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from([f"d{n}" for n in range(14)]), articles, max_size=10),
        st.sets(st.sampled_from([f"d{n}" for n in range(14)]), max_size=3),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


def stream(tokens):
    text = " ".join(tokens)
    return Stream(text, text)


def analyzed(id, parts):
    title, body, place, day = parts
    document = Document(
        id, "Judul", " ".join(body), published=None if day is None else FIRST_DAY + timedelta(day)
    )
    return AnalyzedDocument(document, stream(title), stream(body), stream([]), stream([place]), stream([]))


def built(folder, history):
    """An index with this history of commits."""
    location = Location(Path(folder), "generation-1")
    engine.create(location)
    for added, deleted, merge in history:
        writer = engine.open_writer(location)
        writer.add(engine.prepare(analyzed(*item)) for item in added.items())
        writer.delete(deleted)
        writer.commit(merge=merge)
    return location


def opened_by_whoosh(location):
    """The last commit as an index of Whoosh's own, for which it gets a table of contents that it can read."""
    directory, name = IndexDirectory(location.directory), "PLAIN"
    commit, segments = directory.read_contents()
    storage = FileStorage(str(directory.path))
    whoosh.index.TOC(make_schema(), list(map(ArraySegment, segments)), commit).write(storage, name)
    return storage.open_index(name)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(
    max_examples=100,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(history=commits, queries=st.lists(trees, min_size=3, max_size=6))
def test_the_engine_answers_as_the_plain_whoosh_searcher(history, queries):
    with tempfile.TemporaryDirectory() as folder:
        location = built(folder, history)
        reader = engine.open_reader(location)
        with opened_by_whoosh(location).searcher(weighting=BM25()) as searcher:
            for query in queries:
                plain = {
                    hit.fields()["id"]: hit.score or 0.0
                    for hit in searcher.search(compiled(query), limit=None, optimize=False)
                }
                page = reader.search(SearchRequest(query, limit=1000))

                assert {hit.id for hit in page.hits} == plain.keys(), query
                assert page.total == len(plain)
                assert {hit.id: hit.score for hit in page.hits} == pytest.approx(plain, rel=1e-5, abs=1e-5), (
                    query
                )
                assert list(page.hits) == sorted(page.hits, key=lambda hit: (-hit.score, hit.id))
                for sort in (Sort.NEWEST, Sort.OLDEST):
                    dated = reader.search(SearchRequest(query, sort=sort, limit=1000))
                    assert {hit.id for hit in dated.hits} == plain.keys()
        reader.close()
