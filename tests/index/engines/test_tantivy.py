"""What is Tantivy's own: pages of ties, what its files are, and when its commits count as new."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest

from index.analysis.types import Stream
from index.documents import Document
from index.engines.base import AnalyzedDocument, EngineError, IndexBrokenError, Location
from index.engines.registry import get_engine
from index.engines.tantivy.errors import reading
from index.query import (
    ALL_VALUES,
    Boolean,
    Boost,
    Constant,
    Everything,
    Facet,
    Phrase,
    Prefix,
    SearchRequest,
    Sort,
    Term,
    TextField,
)

pytest.importorskip("tantivy")

MANY = 1300


def article(id, body="", *, title="", place="", day=None):
    document = Document(id, "Judul", body, place=place, published=day)
    return AnalyzedDocument(document, *(Stream(text, text) for text in (title, body, "", place, "")))


@pytest.fixture
def write(tmp_path):
    """Adds articles in a transaction of their own and opens a reader."""
    engine, location = get_engine("tantivy"), Location(tmp_path / "index", "test")
    engine.create(location)
    readers = []

    def write(*articles):
        writer = engine.open_writer(location)
        writer.add(map(engine.prepare, articles))
        writer.commit()
        readers.append(engine.open_reader(location))
        return readers[-1]

    yield write
    for reader in readers:
        reader.close()


@pytest.fixture
def crowded(write):
    """A reader of many articles that tie in every respect, in three segments, whose ids are in no order."""
    news = [
        article(f"d{n * 7919 % MANY:04}", "kata", title="kata" if n % 2 else "", place=f"P{n % 40:02}")
        for n in range(MANY)
    ]
    write(*news[::3])
    write(*news[1::3])
    return write(*news[2::3])


def pages(reader, query, size=97, **options):
    hits = []
    for offset in range(0, reader.count() + size, size):
        hits += reader.search(SearchRequest(query, offset=offset, limit=size, **options)).hits
    return hits


TITLE, BODY = (Prefix(field, "kat") for field in (TextField.TITLE, TextField.BODY))


@pytest.mark.parametrize(
    "query",
    [
        Everything(),
        TITLE,
        Term(TextField.BODY, "kata"),
        Boolean(should=(TITLE, BODY)),
        Boolean(should=(Boost(TITLE, 0.3), Constant(BODY, 0.7))),
        Boolean(must=(BODY,), should=(TITLE,)),
    ],
    ids=["everything", "one prefix", "a term", "two prefixes", "two weights", "an optional prefix"],
)
def test_pages_of_ties_hold_every_article_once(crowded, query):
    hits = pages(crowded, query)

    assert len(hits) == crowded.search(SearchRequest(query)).total
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.id for hit in hits}) == len(hits)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_pages_of_one_day_hold_every_article_once(write, sort):
    days = [date(2024, 1, 1)] * 300 + [None] * 300 + [date(2024, 1, 2)] * 3
    reader = write(*(article(f"d{n * 7 % 603:03}", "kata", day=day) for n, day in enumerate(days)))
    days_by_id = {f"d{n * 7 % 603:03}": day for n, day in enumerate(days)}

    ids = [hit.id for hit in pages(reader, Everything(), sort=sort)]

    sign = -1 if sort is Sort.NEWEST else 1
    assert sorted(ids) == sorted(days_by_id)
    assert [days_by_id[name] for name in ids] == sorted(
        days, key=lambda day: (day is None, sign * (day or date.min).toordinal())
    )


def test_values_that_tie_go_by_how_they_are_shown(write):
    # Casefolded, "a.." comes first; as shown, capitals do.
    news = [article(f"d{n}", place=f"a{n:02}") for n in range(40)]
    reader = write(*news, *(article(f"e{n}", place=f"Z{n:02}") for n in range(3)))

    found = reader.search(SearchRequest(Everything(), facets=(Facet.PLACE,), facet_size=4)).facets[
        Facet.PLACE
    ]

    assert [(value.value, value.count) for value in found] == [("Z00", 1), ("Z01", 1), ("Z02", 1), ("a00", 1)]


def test_values_that_tie_are_all_considered_however_many_there_are(write):
    # Casefolded, the values with capitals come last, far behind the ones that are handed over.
    names = [f"a{n:03}" for n in range(100)] + [f"x{n:03}" for n in range(100)]
    shown = [name.upper() if number % 7 == 6 else name for number, name in enumerate(names)]
    reader = write(
        *(article(f"d{n:03}", "kata", place=name) for n, name in enumerate(shown)),
        *(article(f"e{n:03}", "kata", place=name) for n, name in enumerate(shown[:30])),
    )

    for size in (5, 25, 31, 33, 150):
        request = SearchRequest(Term(TextField.BODY, "kata"), facets=(Facet.PLACE,), facet_size=size)
        found = reader.search(request).facets[Facet.PLACE]

        expected = sorted(shown[:30]) + sorted(shown[30:])
        assert [value.value for value in found] == expected[:size]


def test_a_merge_without_a_commit_leaves_readers_current(write, tmp_path):
    # The eighth small segment makes Tantivy merge them, which rewrites meta.json after the commit.
    for number in range(7):
        write(article(f"d{number}", "kata"))

    reader = write(article("d7", "kata"))
    meta = tmp_path / "index" / "meta.json"
    replace(meta, meta.read_bytes())

    assert reader.is_current()
    write(article("d8", "kata"))
    assert not reader.is_current()
    assert reader.search(SearchRequest(Everything())).total == 8


def replace(path, content):
    """Put another file in its place: one that is open elsewhere must not shrink."""
    path.unlink()
    path.write_bytes(content)


def test_a_records_file_cut_short_is_told(write, tmp_path):
    write(article("a", "kata"))
    records = tmp_path / "index" / "records.bin"
    replace(records, records.read_bytes()[:-1])
    reader = get_engine("tantivy").open_reader(Location(tmp_path / "index", "test"))

    with pytest.raises(IndexBrokenError, match=r"records\.bin: berakhir .* `reindex`"):
        reader.search(SearchRequest(Term(TextField.BODY, "kata")))
    replace(records, b"")
    with pytest.raises(IndexBrokenError, match="jalankan `reindex`"):
        get_engine("tantivy").open_reader(Location(tmp_path / "index", "test"))
    reader.close()


def test_a_dropped_transaction_costs_nothing_but_room(write, tmp_path):
    engine, location = get_engine("tantivy"), Location(tmp_path / "index", "test")
    write(article("a", "kata"))
    writer = engine.open_writer(location)
    writer.add(map(engine.prepare, [article("b", "kata"), article("a", "lain")]))
    writer.rollback()

    reader = write(article("c", "kata"))

    assert dict(reader.hashes()).keys() == {"a", "c"}
    found = reader.search(SearchRequest(Term(TextField.BODY, "kata"))).hits
    assert sorted(hit.id for hit in found) == ["a", "c"]


def test_an_article_that_is_changed_again_and_again_scores_as_in_a_new_index(write, tmp_path):
    news = [article(f"d{n}", f"kata nomor{n} angka{n % 7}") for n in range(60)]
    write(*news)
    for n in range(5):
        write(article("d3", f"kata nomor3 ubah{n}"))
    changed = write(article("d3", "kata nomor3 angka3"))
    engine, location = get_engine("tantivy"), Location(tmp_path / "new", "new")
    engine.create(location)
    writer = engine.open_writer(location)
    writer.add(map(engine.prepare, news))
    writer.commit()
    new = engine.open_reader(location)

    body = TextField.BODY
    for query in (
        Term(body, "nomor3"),
        Term(body, "kata"),
        Phrase(body, ("nomor3", "angka3")),
        Boolean(should=(Term(body, "angka3"), Boost(Term(body, "nomor3"), 2.0)), minimum=1),
    ):
        request = SearchRequest(query, limit=100)
        after, anew = changed.search(request), new.search(request)
        scores = {hit.id: hit.score for hit in anew.hits}
        assert {hit.id: hit.score for hit in after.hits} == pytest.approx(scores, rel=1e-5)
    new.close()


def test_segments_that_were_merged_hold_every_article_once(write):
    names = [f"d{n * 37 % 80:02}" for n in range(80)]
    for first in range(0, 80, 10):
        merged = write(*(article(name, "kata") for name in names[first : first + 10]))
    changed = write(article("d41", "kata"))
    query = Term(TextField.BODY, "kata")

    assert merged._commit.searcher.num_segments == 1
    for reader in (merged, changed):
        assert sorted(hit.id for hit in pages(reader, query, 7)) == sorted(names)


def test_a_run_that_was_killed_with_its_deletions_on_the_disk_does_not_stop_the_next(tmp_path):
    engine, location = get_engine("tantivy"), Location(tmp_path / "index", "test")
    meta = location.directory / "meta.json"

    def write(added, deleted):
        writer = engine.open_writer(location)
        writer.add([engine.prepare(article(name)) for name in added])
        writer.delete(deleted)
        writer.commit()
        with closing(engine.open_reader(location)) as reader:
            return {hit.id for hit in reader.search(SearchRequest(Everything())).hits}

    engine.create(location)
    write(["satu", "dua", "tiga"], [])
    before = meta.read_bytes()
    assert write([], ["dua"]) == {"satu", "tiga"}
    meta.write_bytes(before)  # all that a run had not done yet which was killed just before it was
    assert write([], ["dua"]) == {"satu", "tiga"}


@pytest.mark.parametrize("lock", [".tantivy-writer.lock", ".tantivy-meta.lock"])
def test_a_lock_that_cannot_be_written_is_told_and_taken_for_no_other_process(tmp_path, lock):
    engine, location = get_engine("tantivy"), Location(tmp_path / "index", "test")
    engine.create(location)
    writer = engine.open_writer(location)
    with pytest.raises(EngineError, match="proses lain"):
        engine.open_writer(location)
    writer.rollback()
    (location.directory / lock).unlink(missing_ok=True)
    (location.directory / lock).mkdir()
    with pytest.raises(EngineError, match=r"tidak dapat di(tulis|baca) .*Is a directory"):
        engine.open_writer(location)


def test_values_that_nobody_wrote_are_told_as_damage(tmp_path):
    for error in (KeyError("cudi"), TypeError("None + 18"), IndexError("7"), ValueError("no text")):
        with pytest.raises(IndexBrokenError, match="jalankan `reindex`"), reading(tmp_path):
            raise error
    with pytest.raises(AttributeError), reading(tmp_path):
        raise AttributeError("ours")


def test_all_values_are_counted_though_there_are_more_than_tantivy_hands_over(crowded, monkeypatch):
    def count(size):
        facets = (Facet.PLACE, Facet.LANG)
        return crowded.search(SearchRequest(TITLE, facets=facets, facet_size=size)).facets

    expected = count(ALL_VALUES)
    monkeypatch.setattr("index.engines.tantivy.facets._MOST_VALUES", 13)

    assert count(ALL_VALUES) == expected
    assert count(5)[Facet.PLACE] == expected[Facet.PLACE][:5]
    assert len(expected[Facet.PLACE]) == 20
