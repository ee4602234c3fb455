"""A damaged index is not served: the last whole one takes its place, and the owner is told of which file."""

from __future__ import annotations

import gc
import logging
import shutil
import time
import weakref
from pathlib import Path
from typing import Any

import pytest

from index.engines.base import IndexBrokenError
from index.engines.registry import embedded_names
from index.store.generations import Generations
from search.answer import Question
from search.answering.service import SearchService
from search.app import create_app
from search.cli.checking import run_checks
from search.opened.searcher import Searcher


@pytest.fixture(params=embedded_names())
def archive(make_archive: Any, request: pytest.FixtureRequest) -> Any:
    """An archive of one article, made into an index, then of two, made into another."""
    archive = make_archive(request.param)
    archive.write(article(1))
    archive.write(article(1), article(2), full=True)
    return archive


def article(number: int) -> dict[str, Any]:
    return {"id": f"a{number}", "title": f"Banjir {number}", "body": "Air naik di jalan."}


def total(service: SearchService) -> int:
    return service.search(Question("banjir")).total


def wait_for_the_index_before(service: SearchService) -> None:
    end = time.monotonic() + 60
    while total(service) != 1:
        assert time.monotonic() < end
        time.sleep(0.01)


def data_file(archive: Any) -> Path:
    """The largest file of the live index."""
    generation = Generations.of(archive.settings).current()
    assert generation is not None
    return max(generation.location.directory.glob("[!.]*"), key=lambda path: path.stat().st_size)


def flip(path: Path) -> bytes:
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    return whole


def ready(archive: Any) -> tuple[int, dict[str, Any]]:
    response = create_app(archive.settings, archive.searcher).test_client().get("/readyz")
    return response.status_code, response.get_json()


def test_the_index_before_is_served_and_the_file_is_named_until_reindex_has_mended_it(archive: Any) -> None:
    assert total(archive.service) == 2
    file = data_file(archive)
    flip(file)

    archive.searcher.verify()

    assert total(archive.service) == 1
    status, said = ready(archive)
    assert (status, said["reason"]) == (503, "broken")
    assert file.name in said["detail"]
    archive.write(article(1), article(2))
    assert total(archive.service) == 2
    assert ready(archive)[0] == 200


def test_where_no_index_is_whole_there_are_no_answers_rather_than_wrong_ones(archive: Any) -> None:
    assert total(archive.service) == 2
    file = data_file(archive)
    flip(file)
    for earlier in Generations.of(archive.settings).earlier():
        flip(max(earlier.location.directory.glob("[!.]*"), key=lambda path: path.stat().st_size))

    archive.searcher.verify()

    with pytest.raises(IndexBrokenError, match=file.name):
        total(archive.service)
    status, said = ready(archive)
    assert (status, said["reason"]) == (503, "broken")
    assert file.name in said["found"]
    archive.write(article(1), article(2))
    assert total(archive.service) == 2


def test_a_file_that_is_put_back_is_served_again_once_all_of_them_are_whole(archive: Any) -> None:
    assert total(archive.service) == 2
    file = data_file(archive)
    whole = flip(file)
    archive.searcher.verify()
    assert total(archive.service) == 1
    flip(file)
    file.write_bytes(whole[:-1])
    assert total(archive.service) == 1
    file.write_bytes(whole)
    assert total(archive.service) == 2
    assert archive.searcher.problem is None


def test_an_index_that_cannot_be_opened_leaves_the_one_before_to_a_server_that_starts(archive: Any) -> None:
    data_file(archive).write_bytes(b"")
    searcher = Searcher(archive.settings, check_seconds=0)
    try:
        searcher.verify()
        assert total(SearchService(searcher)) == 1
        assert searcher.problem is not None
    finally:
        searcher.close()


def test_without_a_pointer_that_can_be_read_the_newest_whole_index_is_served(archive: Any) -> None:
    pointer = archive.index / "current"
    flip(pointer)
    assert total(archive.service) == 2
    assert "current" in str(archive.searcher.problem)
    assert ready(archive)[0] == 503
    archive.write(article(1), article(2))
    assert ready(archive)[0] == 200


def test_where_the_checksums_are_lost_the_index_is_served_and_the_owner_told(archive: Any) -> None:
    assert total(archive.service) == 2
    next(archive.index.glob("generations/000002-*/checksums.json")).unlink()
    archive.searcher.verify()
    assert total(archive.service) == 2
    status, said = ready(archive)
    assert (status, said["reason"]) == (503, "broken")
    assert "checksums.json" in said["detail"]


def test_a_server_verifies_by_itself(archive: Any) -> None:
    shutil.copytree(archive.index, archive.index.with_name("copy"), dirs_exist_ok=True)
    settings = archive.settings.replace(index=str(archive.index.with_name("copy")), verify_minutes=0.0005)
    searcher = Searcher(settings, check_seconds=0)
    service = SearchService(searcher)
    service.warm_up()
    assert total(service) == 2
    try:
        for path in (archive.index.with_name("copy")).glob("generations/000002-*/data/[!.]*"):
            if path.stat().st_size:
                flip(path)
        wait_for_the_index_before(service)
        assert searcher.problem is not None
    finally:
        searcher.close()


def test_a_file_that_is_changed_in_place_is_noticed_long_before_all_are_verified_again(
    archive: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.opened.searcher.GLANCE_SECONDS", 0.05)
    searcher = Searcher(archive.settings, check_seconds=0)
    service = SearchService(searcher)
    assert total(service) == 2
    searcher.verify()
    searcher.keep_verified()
    try:
        time.sleep(0.2)
        assert searcher.problem is None
        flip(data_file(archive))
        wait_for_the_index_before(service)
    finally:
        searcher.close()


def test_any_application_verifies_what_it_serves_until_it_is_gone(
    archive: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)  # what was logged would be kept for this test
    searcher = Searcher(archive.settings)
    app = create_app(archive.settings, searcher)
    assert app.test_client().get("/healthz").status_code == 200
    flip(data_file(archive))
    searcher.refresh()
    end = time.monotonic() + 60
    thread, held = searcher._verifier, weakref.ref(searcher)
    assert thread is not None
    while searcher.problem is None and time.monotonic() < end:
        searcher._to_verify.set()
        time.sleep(0.01)
    assert searcher.problem is not None
    del searcher, app
    while thread.is_alive() and time.monotonic() < end + 60:
        gc.collect()  # another thread may have held it a moment ago
        thread.join(0.1)
    assert not thread.is_alive()
    assert held() is None


def test_a_question_that_meets_damage_has_the_index_verified_at_once(archive: Any) -> None:
    settings = archive.settings.replace(verify_minutes=0)
    searcher = Searcher(settings, check_seconds=0)
    service = SearchService(searcher)
    service.warm_up()
    try:
        assert total(service) == 2
        flip(data_file(archive))
        with pytest.raises(IndexBrokenError), searcher.use():
            raise IndexBrokenError("a page is damaged")
        wait_for_the_index_before(service)
        assert searcher.problem is not None
    finally:
        searcher.close()


def test_an_index_of_another_version_is_not_called_damaged(
    make_archive: Any, caplog: pytest.LogCaptureFixture
) -> None:
    archive = make_archive()
    archive.write(article(1))
    generations = Generations.of(archive.settings)
    live = generations.current()
    assert live is not None
    generations.replace_fingerprint(live, {**live.fingerprint, "engine": "whoosh whoosh-3-0-00000000"})
    for path in live.location.directory.glob("*.col"):
        path.write_bytes(b"another form")
    client = create_app(archive.settings).test_client()

    page, ready = client.get("/?q=banjir"), client.get("/readyz")

    assert page.status_code == ready.status_code == 503
    assert "Indeksnya dibuat oleh versi lain Telusur" in page.text
    assert "<code>reindex</code>" in page.text
    assert "tetapi rusak" not in page.text
    assert (ready.json["type"], ready.json["reason"]) == ("urn:telusur:problem:index-outdated", "stale")
    assert "dibuat oleh versi lain Telusur (whoosh whoosh-3-0-00000000" in ready.json["found"]
    assert any("the index is of another version" in record.message for record in caplog.records)
    (check,) = [check for check in run_checks(archive.settings) if not check.ok]
    assert "tidak rusak, tetapi dibuat oleh versi lain Telusur" in check.detail
