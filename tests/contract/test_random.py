"""Random archives, histories and requests: every engine answers as a plain reading of the query tree does."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

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
    SearchRequest,
    Sort,
    Term,
    TextField,
    Value,
    Valued,
    Wildcard,
)

WORDS = ["ada", "adat", "ibu", "ibunya", "kota", "kotanya", "é", "\U0001f600"]
PLACES = ["", "Demak", "DEMAK", "Kudus"]
TOPICS = ["Olahraga", "OLAHRAGA", "Pilkada", "é", ""]
FIRST_DAY = date(2023, 12, 30)

words = st.sampled_from(WORDS)
fields = st.sampled_from([TextField.TITLE, TextField.BODY, TextField.BODY_EXACT, TextField.PLACE])
days = st.none() | st.integers(0, 4).map(lambda n: FIRST_DAY + timedelta(n))
spans = st.builds(Published, days, days)
phrases = st.builds(
    lambda field, terms, gaps, slop: Phrase(
        field, terms, tuple(sum(gaps[:n]) for n in range(len(terms))), slop
    ),
    fields,
    st.lists(words, min_size=1, max_size=3).map(tuple),
    st.lists(st.integers(1, 2), min_size=2, max_size=2),
    st.integers(0, 2),
)
leaves = st.one_of(
    st.builds(Term, fields, words),
    # How often a loose phrase of three or more terms occurs is left to the engine: compare who matches only.
    phrases.map(lambda phrase: Constant(phrase, 1.0) if phrase.slop else phrase),
    st.builds(Prefix, fields, st.sampled_from(["", "a", "ad", "ibu", "z"])),
    st.builds(Wildcard, fields, st.sampled_from(["*a*", "?d*", "*nya", "z?", "?"])),
    st.builds(Fuzzy, fields, st.sampled_from(["ada", "kota", "aad", "x"]), st.integers(0, 2)),
    st.builds(Value, st.just(Facet.PLACE), st.lists(st.sampled_from(PLACES), max_size=2).map(tuple)),
    st.builds(Value, st.just(Facet.TOPIC), st.lists(st.sampled_from(TOPICS), max_size=2).map(tuple)),
    st.builds(Value, st.just(Facet.YEAR), st.just(("2024",))),
    st.builds(Valued, st.sampled_from([Facet.PLACE, Facet.TOPIC, Facet.YEAR])),
    spans,
    st.just(Everything()),
    st.just(Nothing()),
)


def nodes(children):
    some = st.lists(children, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Boolean, must=some, should=some, must_not=some, minimum=st.integers(0, 2)).filter(
            lambda node: node.must or node.should or node.must_not
        ),
        st.builds(Boolean, should=some.filter(bool)),
        st.builds(DisMax, some, st.sampled_from([0.0, 0.3])),
        st.builds(Boost, children, st.sampled_from([0.5, 2.0])),
        st.builds(Constant, children, st.sampled_from([0.0, 1.5])),
    )


trees = st.recursive(leaves, nodes, max_leaves=6)
ids = st.sampled_from([f"d{n}" for n in range(9)])
texts = st.lists(words, max_size=8)
topics = st.lists(st.sampled_from(TOPICS), max_size=4)
histories = st.lists(
    st.tuples(
        st.dictionaries(ids, st.tuples(texts, texts, st.sampled_from(PLACES), days, topics), max_size=7),
        st.sets(ids, max_size=2),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)
requests = st.builds(
    SearchRequest,
    query=trees,
    filters=st.lists(
        st.one_of(
            st.tuples(st.just(Facet.PLACE), st.lists(st.sampled_from(PLACES), max_size=2).map(tuple)),
            st.tuples(st.just(Facet.TOPIC), st.lists(st.sampled_from(TOPICS), max_size=2).map(tuple)),
            st.tuples(st.just(Facet.YEAR), st.sampled_from([("2023",), ("2024",), ("2023", "2024")])),
        ),
        max_size=3,
        unique_by=lambda item: item[0],
    ).map(tuple),
    published=st.none() | spans,
    restrict=st.none() | st.recursive(leaves, nodes, max_leaves=4),
    limit=st.just(100),
    facets=st.permutations((Facet.TOPIC, Facet.PLACE, Facet.YEAR)).map(tuple),
    days=st.booleans(),
)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(history=histories, asked=st.lists(requests, min_size=2, max_size=6))
def test_every_engine_answers_as_the_tree_reads(
    new_archive, new_article, expected, is_enough, history, asked
):
    if is_enough():
        return
    with tempfile.TemporaryDirectory() as folder:
        archive = new_archive(Path(folder))
        left = {}
        for added, deleted, merge in history:
            for name, (title, body, place, day, about) in added.items():
                own = {"place": place, "day": day.isoformat() if day else None, "topics": about}
                left[name] = new_article(name, body, title=title, **own)
            archive.add(*(left[name] for name in added))
            archive.delete(*deleted, merge=merge)
            left = {name: document for name, document in left.items() if name not in deleted}
        reader = archive.reader()
        for request in asked:
            check(reader, request, left, expected, scored=False)
        archive.close()
        # An engine may go on counting deleted documents in its statistics, as long as it never shows them.
        fresh = new_archive(Path(folder) / "fresh")
        reader = fresh.add(*left.values()).reader()
        for request in asked:
            check(reader, request, left, expected, scored=True)
        fresh.close()


def check(reader, request, documents, expected, *, scored):
    page = reader.search(request)
    scores = expected(list(documents.values()), request.query)
    if request.published:
        scores = within(scores, documents, expected, request.published)
    if request.restrict:
        scores = within(scores, documents, expected, request.restrict)
    kept = {
        facet: within(scores, documents, expected, Value(facet, values)).keys()
        for facet, values in request.filters
    }
    wanted = {name: score for name, score in scores.items() if all(name in names for names in kept.values())}

    assert {hit.id for hit in page.hits} == wanted.keys(), request
    assert page.total == len(wanted)
    if scored:
        assert {hit.id: hit.score for hit in page.hits} == pytest.approx(wanted, rel=1e-4, abs=1e-5), request
    assert [hit.score for hit in page.hits] == sorted((hit.score for hit in page.hits), reverse=True)
    for facet in request.facets:
        counted = [name for name in scores if all(name in kept[other] for other in kept if other != facet)]
        values = Counter(value for name in counted for value in own_values(documents[name].document, facet))
        assert {c.value.casefold(): c.count for c in page.facets[facet]} == values
    for sort, sign in ((Sort.OLDEST, 1), (Sort.NEWEST, -1)):
        dates = {name: documents[name].document.published for name in wanted}
        order = sorted(dates.values(), key=lambda day: (day is None, sign * (day or FIRST_DAY).toordinal()))
        dated = reader.search(replace(request, sort=sort, facets=()))
        assert [dates[hit.id] for hit in dated.hits] == order, request
        assert {hit.id for hit in dated.hits} == wanted.keys(), request


def within(scores, documents, expected, restriction):
    allowed = expected(list(documents.values()), restriction)
    return {name: score for name, score in scores.items() if name in allowed}


def own_values(document, facet):
    year = str(document.year or "")
    values = {Facet.YEAR: [year], Facet.PLACE: [document.place], Facet.TOPIC: document.topics}[facet]
    return {value.casefold() for value in values if value}
