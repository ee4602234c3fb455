"""A server goes on answering while the index below it changes, breaks and comes back."""

from __future__ import annotations

import gc
import shutil
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.engines.base import IndexBrokenError, IndexMissingError
from index.settings import Settings
from search.answer import Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher


def total(archive: Any, text: str = "banjir") -> int:
    return archive.service.search(Question(text)).total


def article(number: int) -> dict[str, Any]:
    return {"id": f"a{number}", "title": f"Banjir {number}", "body": "Air naik."}


def test_before_there_is_an_index_it_says_so_and_afterwards_answers(archive: Any) -> None:
    with pytest.raises(IndexMissingError):
        total(archive)
    archive.write(article(1))
    assert total(archive) == 1


def test_a_newer_commit_is_seen(archive: Any) -> None:
    archive.write(article(1))
    assert total(archive) == 1
    archive.write(article(1), article(2))
    assert total(archive) == 2


def test_without_an_index_nothing_else_is_read(tmp_path: Path) -> None:
    settings = Settings({"index": str(tmp_path / "index"), "lexicon": str(tmp_path / "not-there.txt")})

    with pytest.raises(IndexMissingError), Searcher(settings).use():
        pass


@pytest.mark.parametrize("full", [False, True])
def test_words_weigh_what_they_weigh_in_the_newer_index(archive: Any, full: bool) -> None:
    articles = [{"id": f"b{number}", "title": "Kabar", "body": "Banjir surut."} for number in range(4)]
    archive.write(*articles[:1])
    total(archive, "banjir surut")
    archive.write(*articles, {"id": "c", "title": "Kabar", "body": "Banjir."}, full=full)

    def scores(service: SearchService) -> list[float]:
        return [result.score for result in service.search(Question("banjir surut")).results]

    fresh = Searcher(archive.settings)
    assert scores(archive.service) == scores(SearchService(fresh))
    fresh.close()


def test_a_newer_generation_is_seen(archive: Any) -> None:
    archive.write(article(1))
    assert total(archive) == 1
    archive.write(article(1), article(2), full=True)
    assert total(archive) == 2


def test_a_search_under_way_ends_on_the_index_it_began_with(archive: Any) -> None:
    archive.write(article(1))
    with archive.searcher.use() as before:
        archive.write(article(1), article(2), full=True)
        assert total(archive) == 2
        assert before.reader.count() == 1
        assert before.reader.documents(["a1"])[0] is not None


def test_a_broken_newer_index_leaves_the_open_one_in_service(archive: Any) -> None:
    archive.write(article(1))
    assert total(archive) == 1
    (Path(archive.settings.text("index")) / "current").write_text("000099-whoosh")
    assert total(archive) == 1
    assert archive.searcher.problem is not None
    archive.write(article(1), article(2), full=True)
    assert total(archive) == 2
    assert archive.searcher.problem is None


def test_an_index_that_vanishes_leaves_the_open_one_in_service(archive: Any) -> None:
    archive.write(article(1))
    assert total(archive) == 1
    shutil.rmtree(archive.settings.text("index"))
    assert total(archive) == 1
    assert isinstance(archive.searcher.problem, IndexMissingError)


def test_a_broken_index_without_an_earlier_one_is_an_error(archive: Any) -> None:
    archive.write(article(1))
    (archive.index / "current").write_text("../../etc")
    for meta in archive.index.glob("generations/*/meta.json"):
        meta.unlink()
    with pytest.raises(IndexBrokenError):
        total(archive)
    archive.write(article(1), full=True)
    assert total(archive) == 1


def test_what_was_remembered_about_an_older_index_is_let_go_with_it(archive: Any) -> None:
    archive.write(article(1))
    assert total(archive, "banjri") == total(archive, "banj*") == 1
    with archive.searcher.use() as snapshot:
        held = [weakref.ref(part) for part in (snapshot, snapshot.documents, snapshot.vocabulary)]
    del snapshot
    archive.write(article(1), article(2))

    gc.disable()  # nobody should have to look for it
    try:
        assert total(archive) == 2
        assert [part() for part in held] == [None] * 3
    finally:
        gc.enable()


def test_a_closed_searcher_opens_again(archive: Any) -> None:
    archive.write(article(1))
    assert total(archive) == 1
    archive.searcher.close()
    archive.searcher.close()
    assert total(archive) == 1


def test_many_threads_search_while_the_index_is_exchanged(archive: Any) -> None:
    archive.write(article(0))
    failures: list[BaseException] = []
    totals: set[int] = set()
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                totals.add(total(archive))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for count in range(2, 6):
            archive.write(*(article(number) for number in range(count)), full=count % 2 == 0)
            archive.searcher.refresh()
            assert total(archive) == count
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=60)
    assert not failures
    assert totals <= {1, 2, 3, 4, 5}


def test_warming_up_reads_the_words_before_anybody_asks(archive: Any) -> None:
    archive.write({"id": "a", "title": "Judul", "body": "Gubernur meresmikan jembatan."})

    archive.service.warm_up()

    with archive.searcher.use() as snapshot:
        wait_until(lambda: snapshot.knows_words)
        assert snapshot.vocabulary.frequency("gubernur") == 1


def test_warming_up_without_an_index_leaves_the_explanation_to_the_requests(archive: Any) -> None:
    archive.service.warm_up()

    with pytest.raises(IndexMissingError):
        archive.service.search(Question("apa"))


def test_the_words_of_a_newer_index_are_read_beside_the_searches(archive: Any) -> None:
    archive.write({"id": "a", "title": "Judul", "body": "Gubernur meresmikan jembatan."})
    archive.service.warm_up()
    with archive.searcher.use() as snapshot:
        wait_until(lambda: snapshot.knows_words)

    archive.write({"id": "a", "title": "Judul", "body": "Bupati meresmikan pasar."})

    with archive.searcher.use() as newer:
        wait_until(lambda: newer.knows_words)
        assert newer is not snapshot


def test_words_are_read_also_of_an_index_that_is_replaced_before_its_own_were(archive: Any) -> None:
    archive.write({"id": "a", "title": "Judul", "body": "Gubernur meresmikan jembatan."})
    archive.service.warm_up()
    with archive.searcher.use() as snapshot:
        assert not snapshot.knows_words  # the first questions go before

    archive.write({"id": "a", "title": "Judul", "body": "Bupati meresmikan pasar."})

    with archive.searcher.use() as newer:
        wait_until(lambda: newer.knows_words)
        assert newer is not snapshot


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
