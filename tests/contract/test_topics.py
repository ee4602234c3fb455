"""A facet of which a document has several values counts it once for each, and its filter finds it by each."""

from __future__ import annotations

import pytest

from index.query import (
    ALL_VALUES,
    Boolean,
    Everything,
    Facet,
    FacetCount,
    Published,
    SearchRequest,
    Term,
    TextField,
    Value,
    Valued,
)

TOPIC, SOURCE = Facet.TOPIC, Facet.SOURCE
KATA = Term(TextField.BODY, "kata")


@pytest.fixture
def news(archive, new_article):
    """Five articles in two segments, one of them deleted; two have no topic."""
    archive.add(
        new_article("a", "kata", source="a.id", topics=["Olahraga", "Bulu Tangkis"], day="2024-01-02"),
        new_article("b", "kata satu", source="b.id", topics=["olahraga"]),
        new_article("x", "kata", topics=["Olahraga", "Hapus"]),
    )
    archive.add(
        new_article("c", "kata", source="a.id", topics=["Pilkada", "OLAHRAGA", "Pilkada", ""]),
        new_article("d", "kata", source="b.id"),
        new_article("e", "lain"),
    )
    return archive.delete("x")


def counts(page):
    return [(each.value, each.count) for each in page.facets[TOPIC]]


@pytest.mark.parametrize("facets", [(TOPIC,), (TOPIC, SOURCE), (SOURCE, TOPIC)])
@pytest.mark.parametrize("days", [False, True])
def test_a_document_counts_once_for_each_of_its_values(news, facets, days):
    page = news.search(Everything(), facets=facets, days=days)

    assert page.total == 5
    assert counts(page) == [("OLAHRAGA", 3), ("Bulu Tangkis", 1), ("Pilkada", 1)]
    assert news.reader().facet_values(TOPIC) == dict(counts(page))
    assert counts(news.search(KATA, facets=facets, days=days, facet_size=1, limit=1)) == [("OLAHRAGA", 3)]


def test_a_value_finds_what_its_number_says(news):
    for value, count in news.reader().facet_values(TOPIC).items():
        page = news.search(KATA, filters=((TOPIC, (value.lower(),)),))
        assert page.total == len(page.hits) == count
        assert news.found(Value(TOPIC, (value,))) == {hit.id for hit in page.hits}
    assert set(news.ids(Everything(), filters=((TOPIC, ("pilkada", "Bulu Tangkis")),))) == {"a", "c"}
    assert news.ids(Everything(), filters=((TOPIC, ("hapus",)),)) == []
    assert news.ids(Everything(), filters=((TOPIC, ("",)),)) == []


def test_the_filter_on_it_narrows_all_facets_but_itself(news):
    narrowed = ((TOPIC, ("pilkada",)), (SOURCE, ("a.id",)))
    page = news.search(Everything(), filters=narrowed, facets=(TOPIC, SOURCE))

    assert [hit.id for hit in page.hits] == ["c"]
    assert counts(page) == [("OLAHRAGA", 2), ("Bulu Tangkis", 1), ("Pilkada", 1)]
    assert page.facets[SOURCE] == (FacetCount("a.id", 1),)


def test_documents_with_a_value_and_without(news):
    assert news.found(Valued(TOPIC)) == {"a", "b", "c"}
    assert news.found(Boolean(must_not=(Valued(TOPIC),))) == {"d", "e"}
    page = news.search(Everything(), restrict=Valued(TOPIC), published=Published(), facets=(TOPIC,))
    assert (page.total, counts(page)) == (1, [("Bulu Tangkis", 1), ("OLAHRAGA", 1)])


def test_values_stay_with_their_documents_when_segments_are_merged(news, new_article):
    before = news.search(KATA, facets=(TOPIC,), facet_size=ALL_VALUES).facets

    news.add(new_article("f", "lain", topics=["Kesehatan"]), merge=True)

    assert news.search(KATA, facets=(TOPIC,), facet_size=ALL_VALUES).facets == before
    assert set(news.ids(Value(TOPIC, ("kesehatan",)))) == {"f"}
    assert news.reader().documents(["c"])[0].topics == ("Pilkada", "OLAHRAGA", "Pilkada", "")


def test_where_no_document_has_a_value_there_is_none_to_count(archive, new_article):
    archive.add(new_article("a", "kata"), new_article("b", "kata")).add(new_article("c", "kata"))

    page = archive.search(KATA, facets=(TOPIC,))

    assert (page.total, page.facets) == (3, {TOPIC: ()})
    assert archive.reader().facet_values(TOPIC) == {}
    assert archive.search(KATA, filters=((TOPIC, ("Olahraga",)),)).total == 0
    assert archive.found(Valued(TOPIC)) == set()
    archive.add(new_article("d", "kata", topics=["Olahraga"]), merge=True)
    assert archive.reader().facet_values(TOPIC) == {"Olahraga": 1}


def test_values_may_hold_anything(archive, new_article):
    strange = ["a\ud800", "a\udfff", "\x00", " ", "İ", "ß", "SS", "kata " * 100]
    archive.add(new_article("a", "kata", topics=strange), new_article("b", "kata", topics=strange[:1]))

    page = archive.reader().search(SearchRequest(KATA, facets=(TOPIC,)))

    assert page.total == 2
    for each in page.facets[TOPIC]:
        assert archive.search(KATA, filters=((TOPIC, (each.value,)),)).total == each.count
