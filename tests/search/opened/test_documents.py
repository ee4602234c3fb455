"""Which documents a server keeps ready, and which it lets go."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from index.documents import Document
from index.engines.base import Reader
from search.opened.documents import DocumentCache

COUNT = 100
BODY = "Air naik lagi. " * 200
BYTES_OF_TEN = 10 * (2 * len(BODY) + 2000)


class Counting:
    """A reader that notes which documents are read from it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.read: list[str] = []
        self.search = reader.search

    def documents(self, ids: Sequence[str]) -> list[Document | None]:
        self.read += ids
        return self._reader.documents(ids)


@pytest.fixture(scope="module")
def many_articles(make_archive: Callable[[], Any]) -> Any:
    """The later an article's number, the newer it is."""
    archive = make_archive()
    first = date(2024, 1, 1)
    days = [str(first + timedelta(number)) for number in range(COUNT)]
    archive.write(
        *({"id": f"a{n:02}", "title": f"Banjir {n}", "body": BODY, "date": days[n]} for n in range(COUNT))
    )
    return archive


@pytest.fixture
def reader(many_articles: Any) -> Iterator[Counting]:
    with many_articles.searcher.use() as snapshot:
        yield Counting(snapshot.reader)


def always() -> bool:
    return True


def test_a_document_is_read_once_while_there_is_room(reader: Any) -> None:
    documents = DocumentCache(reader, BYTES_OF_TEN)

    for _ in range(2):
        assert [found and found.document.id for found in documents.get(["a05", "none", "a07"])] == [
            "a05",
            None,
            "a07",
        ]

    assert sorted(reader.read) == ["a05", "a07", "none", "none"]


def test_what_was_used_least_lately_is_let_go(reader: Any) -> None:
    documents = DocumentCache(reader, BYTES_OF_TEN)
    documents.get(["a00"])
    for number in range(1, 20):
        documents.get([f"a{number:02}"])
    reader.read.clear()

    documents.get(["a19", "a18"])
    assert reader.read == []
    documents.get(["a00"])
    assert reader.read == ["a00"]


def test_the_newest_are_read_ahead_as_far_as_there_is_room(reader: Any) -> None:
    documents = DocumentCache(reader, BYTES_OF_TEN)

    documents.read_ahead(always)
    reader.read.clear()

    newest = [f"a{number:02}" for number in range(COUNT - 8, COUNT)]
    assert [found and found.document.id for found in documents.get(newest)] == newest
    assert reader.read == []
    documents.get(["a00"])
    assert reader.read == ["a00"]


def test_of_what_was_read_ahead_the_oldest_is_let_go_first(reader: Any) -> None:
    documents = DocumentCache(reader, BYTES_OF_TEN)
    documents.read_ahead(always)
    documents.get(["a00", "a01", "a02"])
    reader.read.clear()

    documents.get([f"a{COUNT - 1}", f"a{COUNT - 2}"])

    assert reader.read == []


def test_nothing_that_was_used_is_let_go_to_read_ahead(reader: Any) -> None:
    documents = DocumentCache(reader, BYTES_OF_TEN)
    used = [f"a{number:02}" for number in range(5)]
    documents.get(used)

    documents.read_ahead(always)
    reader.read.clear()

    documents.get(used)
    assert reader.read == []


def test_sentences_of_what_was_read_ahead_are_cut_already(reader: Any) -> None:
    documents = DocumentCache(reader, BYTES_OF_TEN)

    documents.read_ahead(always)

    (found,) = documents.get([f"a{COUNT - 1}"])
    assert found is not None
    assert len(found.sentences.up_to(0).starts) == 200


@pytest.mark.parametrize("capacity", [0, 1])
def test_without_room_documents_are_still_found(reader: Any, capacity: int) -> None:
    documents = DocumentCache(reader, capacity)
    documents.read_ahead(always)

    ids = ["a01", "a02", "a03"]

    assert [found and found.document.id for found in documents.get(ids)] == ids


def test_reading_ahead_ends_when_it_is_not_wanted_any_more(reader: Any) -> None:
    documents = DocumentCache(reader, 100 * BYTES_OF_TEN)
    answers = iter([True, False])
    wanted: Callable[[], bool] = lambda: next(answers)  # noqa: E731

    documents.read_ahead(wanted)

    assert 0 < len(reader.read) < COUNT


def test_a_server_reads_ahead_when_it_starts(archive: Any) -> None:
    archive.write({"id": "a", "title": "Judul", "body": "Gubernur meresmikan jembatan."})

    archive.service.warm_up()

    with archive.searcher.use() as snapshot:
        deadline = time.monotonic() + 10
        while not len(snapshot.documents):
            assert time.monotonic() < deadline
            time.sleep(0.01)
