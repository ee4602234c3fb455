"""What only an archive of some size takes: frequent words, long posting lists, sets too large to be kept."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import pytest

from index.analysis.types import Stream
from index.documents import Document
from index.engines.base import AnalyzedDocument, Location
from index.engines.whoosh.engine import engine
from index.query import Boolean, Boost, Constant, Phrase, SearchRequest, Sort, Term, TextField

ARTICLES = 3000
BODY = TextField.BODY
# From a word in every article to one in few.
WORDS = {"dan": 4.0, "kota": 0.9, "desa": 0.5, "sungai": 0.08, "gempa": 0.004}


def body(rng):
    words = [word for word, share in WORDS.items() for _ in range(int(share) + (rng.random() < share % 1))]
    words += rng.choices(["kota", "gempa"], k=2) if rng.random() < 0.03 else []
    rng.shuffle(words)
    return words or ["dan"]


@pytest.fixture(scope="module", params=["one segment", "several segments with deletions"])
def archive(request, tmp_path_factory):
    """(a reader, the bodies by id)."""
    rng = random.Random(7)
    bodies = {f"a{number:05}": body(rng) for number in range(ARTICLES)}
    location = Location(tmp_path_factory.mktemp("whoosh"), "generation-1", {"cache_mb": "2"})
    engine.create(location)
    # A segment this much larger than the next ones is not merged with them.
    cuts = [0, ARTICLES] if request.param == "one segment" else [0, 2500, 2940, ARTICLES]
    names = list(bodies)
    for first, last in pairwise(cuts):
        gone = names[max(first - 2500, 0) : first : 17]
        writer = engine.open_writer(location)
        writer.add(map(prepared, names[first:last], map(bodies.get, names[first:last])))
        writer.delete(gone)
        for name in gone:
            bodies.pop(name, None)
        writer.commit()
    reader = engine.open_reader(location)
    yield reader, bodies
    reader.close()


def prepared(id, words):
    text, empty = " ".join(words), Stream("", "")
    return engine.prepare(
        AnalyzedDocument(Document(id, "Judul", text), empty, Stream(text, text), empty, empty, empty)
    )


def holding(bodies, *words):
    return {name for name, own in bodies.items() if all(word in own for word in words)}


def frequencies(bodies, words):
    return [len(holding(bodies, word)) for word in words]


def occurrences(own, terms, slop):
    """Places of the first term from which the second is reached, each place of it from the nearest one."""
    first, second = terms
    starts = set()
    for place in (place for place, word in enumerate(own) if word == second):
        before = [start for start in range(place) if own[start] == first]
        if before and place - 1 - before[-1] <= slop:
            starts.add(before[-1])
    return len(starts)


@pytest.mark.parametrize("words", [("dan", "kota"), ("kota", "desa"), ("sungai", "gempa"), ("gempa",)])
def test_any_of_several_words_is_found_in_every_article_that_has_one(archive, words):
    reader, bodies = archive
    query = Boolean(should=tuple(Boost(Term(BODY, word), 2.0) for word in words), minimum=1)

    page = reader.search(SearchRequest(query, limit=ARTICLES))
    again = reader.search(SearchRequest(query, limit=10))
    newest = reader.search(SearchRequest(query, sort=Sort.NEWEST, limit=10))

    wanted = set().union(*(holding(bodies, word) for word in words))
    assert {hit.id for hit in page.hits} == wanted
    assert page.total == again.total == newest.total == len(wanted)
    assert list(page.hits) == sorted(page.hits, key=lambda hit: (-hit.score, hit.id))
    assert again.hits == page.hits[:10]
    assert [hit.id for hit in newest.hits] == sorted(wanted)[:10]


@pytest.mark.parametrize("words", [("dan", "kota"), ("kota", "desa"), ("dan", "gempa"), ("sungai", "gempa")])
def test_all_of_several_words_are_found(archive, words):
    reader, bodies = archive
    terms = tuple(Term(BODY, word) for word in words)

    page = reader.search(SearchRequest(Boolean(must=terms), limit=ARTICLES))
    alone = [
        {hit.id: hit.score for hit in reader.search(SearchRequest(term, limit=ARTICLES)).hits}
        for term in terms
    ]

    assert {hit.id for hit in page.hits} == holding(bodies, *words)
    assert {hit.id: hit.score for hit in page.hits} == pytest.approx(
        {name: sum(scores[name] for scores in alone) for name in holding(bodies, *words)}, rel=1e-5
    )


@pytest.mark.parametrize("words", [("dan", "kota"), ("kota", "gempa"), ("gempa", "dan"), ("dan", "dan")])
@pytest.mark.parametrize("slop", [0, 2])
def test_a_phrase_of_frequent_and_rare_words_is_found_and_counted(archive, words, slop):
    reader, bodies = archive

    page = reader.search(SearchRequest(Phrase(BODY, words, (), slop), limit=ARTICLES))

    counted = {name: occurrences(own, words, slop) for name, own in bodies.items()}
    assert {hit.id for hit in page.hits} == {name for name, count in counted.items() if count}
    idf = sum(math.log(1 + (len(bodies) - n + 0.5) / (n + 0.5)) for n in frequencies(bodies, words))
    average = sum(map(len, bodies.values())) / len(bodies)
    for hit in page.hits:
        norm = 1.2 * (0.25 + 0.75 * len(bodies[hit.id]) / average)
        assert hit.score == pytest.approx(idf * counted[hit.id] * 2.2 / (counted[hit.id] + norm), rel=1e-5)


def test_joint_frequencies_count_frequent_and_rare_words(archive):
    reader, bodies = archive
    pairs = [(one, other) for one in WORDS for other in WORDS if one < other]

    found = reader.joint_frequencies(BODY, pairs)

    assert found == [len(holding(bodies, *pair)) for pair in pairs]


@pytest.mark.parametrize("word", ["dan", "gempa"])
def test_words_that_differ_in_their_weights_alone_score_differently(archive, word):
    reader, _ = archive
    plain = reader.search(SearchRequest(Term(BODY, word))).hits[0].score

    for weight in (0.5, 2.0, 3.0):
        boosted = Boolean(should=(Boost(Term(BODY, word), weight), Term(BODY, "gaib")), minimum=1)
        flat = Boolean(should=(Constant(Term(BODY, word), weight), Term(BODY, "gaib")), minimum=1)
        assert reader.search(SearchRequest(boosted)).hits[0].score == pytest.approx(weight * plain)
        assert reader.search(SearchRequest(flat)).hits[0].score == weight


def test_asking_again_changes_nothing_and_keeps_memory_within_bounds(archive):
    reader, _ = archive
    queries = [
        Boolean(should=(Term(BODY, one), Boost(Term(BODY, other), factor)), minimum=1)
        for one in WORDS
        for other in WORDS
        for factor in (0.5, 1.5, 2.5, 3.5)
    ]

    first = [reader.search(SearchRequest(query)) for query in queries]
    second = [reader.search(SearchRequest(query)) for query in queries]

    assert first == second
    assert reader._commit.cache.bytes <= 2 << 20
