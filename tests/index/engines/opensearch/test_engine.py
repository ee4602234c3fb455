"""What only an engine in a cluster can meet: parts, refusals, indexes that others remove, limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from index.analysis.types import Stream
from index.documents import Document
from index.engines.base import (
    AnalyzedDocument,
    EngineError,
    EngineUnavailableError,
    IndexBrokenError,
    IndexMissingError,
    Location,
    Reader,
)
from index.engines.opensearch.client import client_of
from index.engines.opensearch.engine import engine
from index.engines.opensearch.files import Files
from index.engines.opensearch.prepare import PreparedDocument
from index.engines.opensearch.schema import REBALANCED
from index.engines.opensearch.versions import Version, Versions
from index.query import Boolean, Everything, Facet, Phrase, Published, SearchRequest, Sort, Term, TextField

BODY = TextField.BODY
DAY = date(2024, 1, 1)

NewLocation = Callable[..., Location]


@pytest.fixture
def location(options: Mapping[str, Any], tmp_path: Path) -> NewLocation:
    """Makes a place for an index of a name, with options of its own."""
    return lambda name, **own: Location(
        tmp_path / name, f"{tmp_path.name.replace('_', '-')}-{name}", {**options, **own}
    )


def prepared(id: str, text: str, *, place: str = "", day: date | None = None) -> PreparedDocument:
    words = Stream(text, text)
    none = Stream("", "")
    document = Document(id=id, title="Judul", body=text, place=place, published=day)
    return engine.prepare(AnalyzedDocument(document, none, words, none, none, none))


def written(location: Location, *documents: PreparedDocument) -> Reader:
    engine.create(location)
    writer = engine.open_writer(location)
    writer.add(documents)
    writer.commit()
    return engine.open_reader(location)


def news(count: int) -> list[PreparedDocument]:
    return [
        prepared(
            f"d{n:03}",
            "kata " * (n % 4 + 1) + f"nomor{n % 9} isi{n}",
            place=f"P{n % 23}",
            day=DAY + timedelta(n % 40) if n % 5 else None,
        )
        for n in range(count)
    ]


def test_answers_do_not_depend_on_the_number_of_shards(location):
    documents = news(150)
    whole = written(location("satu"), *documents)
    parts = written(location("tiga", opensearch_shards=3), *documents)
    queries = [Term(BODY, "kata"), Boolean(should=(Term(BODY, "nomor3"), Term(BODY, "kata"))), Everything()]

    for query in (*queries, Phrase(BODY, ("kata", "nomor2"))):
        for sort in Sort:
            for facet_size in (1, 100):
                request = SearchRequest(
                    query, sort=sort, facets=tuple(Facet), facet_size=facet_size, days=True, limit=200
                )
                assert parts.search(request) == whole.search(request), request
    assert list(parts.hashes()) == list(whole.hashes())
    assert parts.chronology(0, 200) == whole.chronology(0, 200)


def test_a_slice_of_the_chronology_is_where_it_is_in_the_whole(location):
    reader = written(location("urut"), *news(60))
    whole = reader.chronology(0, 60)

    assert [day for _, day in whole] == sorted([day for _, day in whole], key=lambda day: day or date.max)
    for offset in (0, 1, 29, 46, 47, 48, 49, 59, 60):
        assert reader.chronology(offset, 7) == whole[offset : offset + 7]


def test_pages_lie_behind_ten_thousand_hits(location):
    one = prepared("x0000000", "kata")
    many = [
        PreparedDocument(name, one.json.replace(b"x0000000", name.encode()), one.counted)
        for name in (f"x{n:07}" for n in range(10_040))
    ]
    reader = written(location("banyak"), *many)

    page = reader.search(SearchRequest(Term(BODY, "kata"), offset=10_030, limit=20))

    assert [hit.id for hit in page.hits] == [f"x{n:07}" for n in range(10_030, 10_040)]
    assert page.total == 10_040
    assert sum(1 for _ in reader.hashes()) == 10_040


def test_a_document_that_is_refused_is_reported_and_the_others_are_taken(location):
    place = location("tolak")
    written(place, prepared("a", "kata lama")).close()
    strange = b'{"id":"a","no-field-of-ours":1}'
    writer = engine.open_writer(place)
    counted = prepared("a", "kata").counted
    writer.add([prepared("b", "kata"), PreparedDocument("a", strange, counted)])
    writer.add([PreparedDocument("c", strange, counted)])
    writer.commit()

    reader = engine.open_reader(place)

    assert [(each.id, each.replaces) for each in writer.refused] == [("a", True), ("c", False)]
    assert "strict_dynamic_mapping" in writer.refused[0].reason
    assert reader.count() == 2
    assert list(reader.terms(BODY)) == [("kata", 2), ("lama", 1)]
    assert {hit.id for hit in reader.search(SearchRequest(Everything())).hits} == {"a", "b"}


def test_what_is_written_to_an_index_that_somebody_removed_makes_no_other(location):
    place = location("hilang")
    written(place, prepared("a", "kata")).close()
    writer = engine.open_writer(place)
    versions = Versions(place)
    versions.drop(versions.every()[-1])
    writer.add([prepared("b", "kata")])

    with pytest.raises(EngineError):
        writer.commit()

    assert [version.number for version in versions.every()] == [1]
    reader = engine.open_reader(place)
    assert reader.count() == 1
    versions.drop(versions.committed())
    with pytest.raises(IndexMissingError, match="reindex"):
        reader.search(SearchRequest(Everything()))


def test_statistics_that_are_lost_are_told_and_those_of_this_machine_are_fetched_again(location):
    place = location("statistik")
    written(place, prepared("a", "kata")).close()
    (kept,) = place.directory.glob("*.statistics")
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    reader = engine.open_reader(place)
    assert list(reader.terms(BODY)) == [("kata", 1)]
    reader.close()

    version = Versions(place).committed()
    Files(client_of(place.options)).remove(version.owner)
    kept.unlink()

    with pytest.raises(IndexBrokenError, match="reindex --full"):
        engine.open_reader(place)


def test_long_questions_are_answered_and_deep_ones_refused_before_they_harm_a_node(location):
    text = " ".join(f"kata{n}" for n in range(1500))
    reader = written(location("panjang"), prepared("a", text), prepared("b", "lain"))
    leaves = tuple(Boolean(must=(Term(BODY, f"kata{n}"), Published()), minimum=0) for n in range(1500))
    long = Boolean(should=(*leaves, *(Term(BODY, f"kata{n}") for n in range(1500))))
    deep: Any = Term(BODY, "lain")
    for _ in range(400):
        deep = Boolean(must=(deep, Term(BODY, "lain")))

    assert [hit.id for hit in reader.search(SearchRequest(long)).hits] == ["a"]
    with pytest.raises(EngineError, match="bersarang"):
        reader.search(SearchRequest(deep))


def test_versions_that_nobody_asks_any_more_go(location, monkeypatch):
    place = location("versi")
    written(place, prepared("a", "kata")).close()
    monkeypatch.setattr("index.engines.opensearch.versions.GRACE_SECONDS", -1.0)

    for number in range(3):
        writer = engine.open_writer(place)
        writer.add([prepared(f"b{number}", "kata")])
        writer.commit()

    assert [version.number for version in Versions(place).every()] == [3, 4]
    assert engine.open_reader(place).count() == 4


def test_nothing_moves_a_version_off_its_node_until_it_is_written(location):
    place = location("tetap")

    def rebalanced(version: Version) -> str | None:
        path = f"/{version.name}/_settings/{REBALANCED}"
        found = client_of(place.options).ask("GET", path, params={"flat_settings": True})
        return found[version.name]["settings"].get(REBALANCED) if found else None

    engine.create(place)
    for number in range(2):
        writer = engine.open_writer(place)
        writer.add([prepared(f"a{number}", "kata")])
        *_, written_to = Versions(place).every()
        assert rebalanced(written_to) == "none"
        writer.commit()
        assert rebalanced(Versions(place).committed()) is None


def test_a_version_that_comes_late_of_a_killed_run_makes_room(location):
    place = location("terlambat")
    written(place, prepared("a", "kata")).close()
    base = Versions(place).committed()
    late, own = Versions(place).next(base), Versions(place).next(base)

    assert (own.name, own.mark != late.mark) == (late.name, True)
    Versions(place).drop(late)  # only if it is that one
    assert Versions(place).every() == [base, own]


def test_a_transaction_that_is_dropped_leaves_nothing_in_the_cluster(location):
    place = location("batal")
    written(place, prepared("a", "kata")).close()
    writer = engine.open_writer(place)
    writer.add(news(20))
    writer.rollback()

    assert [version.number for version in Versions(place).every()] == [1]


def test_a_cluster_that_is_gone_is_unavailable(location):
    nowhere = location("lain", opensearch_urls=("http://127.0.0.1:9",), opensearch_timeout=0.5)

    with pytest.raises(EngineUnavailableError, match="opensearch_urls"):
        engine.open_reader(nowhere)
