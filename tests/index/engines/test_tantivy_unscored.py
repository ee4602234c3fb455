"""What is counted and sorted is found by a smaller tree than what is ranked: the same documents."""

from __future__ import annotations

import random

import pytest

from index.analysis.types import Stream
from index.documents import Document
from index.engines.base import AnalyzedDocument, Location
from index.engines.registry import get_engine
from index.query import (
    LEAD_TOKENS,
    Boolean,
    Boost,
    Constant,
    DisMax,
    Facet,
    Nothing,
    Phrase,
    Prefix,
    SearchRequest,
    Sort,
    Term,
    TextField,
    Wildcard,
)

pytest.importorskip("tantivy")

from index.engines.unscored import unscored

WORDS = [f"kata{n}" for n in range(12)]
FACETS = (Facet.PLACE, Facet.YEAR)
TITLE, BODY, LEAD, OPENING = TextField.TITLE, TextField.BODY, TextField.LEAD, TextField.OPENING


def stream(tokens):
    text = " ".join(tokens)
    return Stream(text, text)


def article(rng, number):
    # Words that stand beyond the opening and the lead only, so that it matters which field is asked.
    early, late = rng.sample(WORDS, 5), rng.sample(WORDS, 5)
    body = rng.choices(early, k=rng.randint(0, LEAD_TOKENS)) + rng.choices(late, k=rng.randint(0, 20))
    document = Document(f"d{number:03}", "Judul", "isi", place=f"P{number % 5}")
    title = rng.sample(WORDS, 2)
    return AnalyzedDocument(document, stream(title), stream(body), *[stream([])] * 3)


def leaf(rng):
    field = rng.choice([TITLE, BODY, BODY, LEAD, OPENING, TextField.BODY_EXACT])
    if rng.random() < 0.25:
        return Phrase(
            field, tuple(rng.choices([*WORDS, "asing"], k=rng.randint(1, 3))), (), rng.randint(0, 2)
        )
    if rng.random() < 0.1:
        return Prefix(field, rng.choice(["kata1", "x"]))
    return Term(field, rng.choice([*WORDS, "asing"]))


def tree(rng, depth=4):
    if depth == 0 or rng.random() < 0.2:
        return leaf(rng)

    def several(most):
        return tuple(tree(rng, depth - 1) for _ in range(rng.randint(0, most)))

    kind = rng.randrange(6)
    if kind == 0:
        return Boost(tree(rng, depth - 1), rng.choice([0.3, 2.0]))
    if kind == 1:
        return Constant(tree(rng, depth - 1), rng.choice([0.0, 5.0]))
    if kind == 2:
        return DisMax(several(3), 0.3)
    if kind == 3:
        return Boolean(should=several(4), minimum=rng.randint(0, 2))
    return Boolean(several(2), several(3), several(1), rng.choice([0, 0, 1, 2]))


@pytest.mark.parametrize("seed", range(6))
def test_totals_facets_and_dates_are_those_of_the_ranked_documents(seed, tmp_path):
    rng = random.Random(seed)
    engine, location = get_engine("tantivy"), Location(tmp_path / "index", "test")
    engine.create(location)
    articles = [article(rng, number) for number in range(60)]
    places = {found.document.id: found.document.place for found in articles}
    for start in range(2):
        writer = engine.open_writer(location)
        writer.add(map(engine.prepare, articles[start::2]))
        writer.commit()
    reader = engine.open_reader(location)

    for query in (tree(rng) for _ in range(300)):
        ranked = {hit.id for hit in reader.search(SearchRequest(query, limit=100)).hits}
        counted = reader.search(SearchRequest(query, facets=FACETS))
        newest = reader.search(SearchRequest(query, limit=100, sort=Sort.NEWEST))
        kept = reader.search(SearchRequest(Constant(query), limit=100))
        excluded = reader.search(SearchRequest(Boolean(must_not=(query,)), limit=100))

        assert counted.total == len(ranked), query
        found = {place.value: place.count for place in counted.facets[Facet.PLACE]}
        wanted = [places[name] for name in ranked]
        assert found == {place: wanted.count(place) for place in set(wanted)}, query
        assert {hit.id for hit in newest.hits} == ranked, query
        assert {hit.id for hit in kept.hits} == ranked, query
        assert {hit.id for hit in excluded.hits} == places.keys() - ranked, query
    reader.close()


def test_a_word_is_looked_for_once_wherever_it_is_ranked_twice():
    word = Boolean(
        should=(
            Constant(Term(BODY, "kota"), 2.0),
            Boost(Term(LEAD, "kota"), 0.6),
            Term(OPENING, "kota"),
            Boost(Term(TITLE, "kota"), 3.0),
            Term(BODY, "kota"),
        ),
        minimum=1,
    )
    near = Phrase(BODY, ("kota", "baru"))

    assert unscored(Boolean(must=(word,), should=(near,)), []) == Boolean(
        should=(Term(BODY, "kota"), Term(TITLE, "kota")), minimum=1
    )
    assert unscored(DisMax((near, Boost(word, 2.0))), []) == unscored(word, [])


def test_the_lead_stays_where_the_body_is_not_asked_for_the_same_word():
    query = Boolean(should=(Term(LEAD, "kota"), Term(BODY, "baru")))

    assert unscored(query, []) == Boolean(should=query.should, minimum=1)


def test_a_phrase_of_one_field_stays_beside_a_word_of_another():
    query = Boolean(should=(Term(BODY, "kota"), Phrase(TITLE, ("kota", "baru"))), minimum=1)

    assert unscored(query, []) == query


def test_what_cannot_be_found_is_nothing():
    assert (
        unscored(Boolean(must=(Term(BODY, "kota"),), should=(Term(BODY, "baru"),), minimum=2), [])
        == Nothing()
    )


def test_patterns_that_were_cut_are_told_even_where_they_do_not_matter(tmp_path):
    engine, location = get_engine("tantivy"), Location(tmp_path / "index", "test", {"pattern_cap": 2})
    engine.create(location)
    writer = engine.open_writer(location)
    writer.add([engine.prepare(article(random.Random(1), 1))])
    writer.commit()
    reader = engine.open_reader(location)
    optional = Boolean(must=(Term(BODY, "kata1"),), should=(Prefix(TITLE, "kat"), Wildcard(BODY, "*a*")))

    for query in (optional, Constant(optional), Boolean(must_not=(optional,))):
        for sort in (Sort.RELEVANCE, Sort.NEWEST):
            assert set(reader.search(SearchRequest(query, sort=sort)).capped) == {"*a*"}
    reader.close()
