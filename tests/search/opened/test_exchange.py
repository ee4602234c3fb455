"""A server answers from the index that is there now, whatever that is called, and keeps no other one open."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from index.engines.base import EngineUnavailableError
from index.engines.registry import embedded_names, get_engine
from search.answer import Question
from search.answering.service import SearchService
from search.opened.searcher import CHECK_SECONDS, Searcher

QUESTIONS = ("banjir", "banjri", '"air naik"', "ban*", "banjir -kering", "kapan banjir", "airr~ ATAU naik")


@pytest.fixture(params=embedded_names())
def new_archive(
    request: pytest.FixtureRequest, make_archive: Callable[..., Any], missing: Callable[[str], NoReturn]
) -> Callable[[], Any]:
    """Makes archives of each engine in turn."""
    try:
        get_engine(request.param)
    except EngineUnavailableError as error:
        missing(str(error))
    return lambda: make_archive(request.param)


@pytest.fixture
def archive(new_archive: Callable[[], Any]) -> Any:
    """An archive that nobody has written yet."""
    return new_archive()


def article(name: str) -> dict[str, Any]:
    return {"id": name, "title": f"Banjir {name}", "body": "Air naik.", "date": "2024-01-02"}


def found(service: SearchService, text: str = "banjir") -> set[str]:
    return {result.id for result in service.search(Question(text)).results}


def restore(archive: Any, backup: Path) -> None:
    """Bring a copy back to where it was made, as an owner does while the server runs."""
    for path in archive.index.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(backup, archive.index, dirs_exist_ok=True)


def test_an_index_that_was_removed_and_made_anew_under_the_same_name_is_served(archive: Any) -> None:
    archive.write(article("a"))
    assert found(archive.service) == {"a"}
    name = archive.service.stats().generation

    shutil.rmtree(archive.index)
    archive.write(article("b"))

    assert found(archive.service) == {"b"}
    assert archive.service.stats().generation == name


def test_a_copy_that_was_restored_in_place_is_served(archive: Any, tmp_path: Path) -> None:
    archive.write(article("a"))
    shutil.copytree(archive.index, tmp_path / "copy")
    archive.write(article("a"), article("b"))
    assert found(archive.service) == {"a", "b"}

    restore(archive, tmp_path / "copy")

    assert found(archive.service) == {"a"}
    assert archive.searcher.problem is None


def test_a_copy_that_was_restored_and_has_grown_as_far_is_served(archive: Any, tmp_path: Path) -> None:
    archive.write(article("a"))
    shutil.copytree(archive.index, tmp_path / "copy")
    archive.write(article("a"), article("b"))
    assert found(archive.service) == {"a", "b"}

    restore(archive, tmp_path / "copy")
    archive.write(article("a"), article("c"))

    assert found(archive.service) == {"a", "c"}


def test_workers_agree_within_a_second_when_the_link_to_the_index_is_exchanged(
    new_archive: Callable[[], Any], tmp_path: Path
) -> None:
    one, other = new_archive(), new_archive()
    one.write(article("a"))
    other.write(article("b"))
    link, next_link = tmp_path / "live", tmp_path / "next"
    link.symlink_to(one.index)
    searchers = [Searcher(one.settings.replace(index=str(link))) for _ in range(2)]
    workers = list(map(SearchService, searchers))
    assert [found(worker) for worker in workers] == [{"a"}, {"a"}]

    next_link.symlink_to(other.index)
    os.replace(next_link, link)
    time.sleep(CHECK_SECONDS)

    assert CHECK_SECONDS < 1
    assert [found(worker) for worker in workers] == [{"b"}, {"b"}]
    for searcher in searchers:
        searcher.close()


def mapped(folder: Path) -> list[str]:
    """Files of a folder that this process has mapped, as often as it has; removed ones say so."""
    lines = Path("/proc/self/maps").read_text().splitlines()
    return [line[line.index("/") :] for line in lines if f"{folder}/" in line]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_one_index_is_open_after_many_updates_under_questions(archive: Any) -> None:
    archive.write(*(article(f"a{number}") for number in range(30)))
    archive.service.warm_up()
    held: list[weakref.ref[Any]] = []
    gc.collect()
    gc.disable()  # nobody should have to look for what was let go
    try:
        for update in range(10):
            changed = article(f"a{update}") | {"body": f"Air naik lagi nomor{update}."}
            archive.write(*(article(f"a{number}") for number in range(30) if number != update), changed)
            for question in QUESTIONS:
                for explain in (False, True):
                    archive.service.search(Question(question, explain=explain))
            archive.service.document("a1", "banjir")
            with archive.searcher.use() as snapshot:
                parts = (snapshot, snapshot.index, snapshot.reader, snapshot.reader._commit)
                held += map(weakref.ref, (*parts, snapshot.planner, snapshot.vocabulary, snapshot.documents))
                count = len(held) // (update + 1)
            del snapshot, parts
        wait_until(lambda: sum(part() is not None for part in held) == count)  # reading ahead has ended
        files = mapped(archive.index)
        assert files
        assert len(files) == len(set(files))
        assert not [file for file in files if file.endswith("(deleted)")]

        archive.searcher.close()

        wait_until(lambda: not any(part() for part in held))  # what reads ahead ends when nobody is served
        assert [part() for part in held] == [None] * len(held)
        assert mapped(archive.index) == []
    finally:
        gc.enable()


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
