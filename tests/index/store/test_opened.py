"""The live index is opened by its published name, also while newer ones are being published."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from subprocess import PIPE
from typing import TYPE_CHECKING, Any

import pytest

from index.engines.base import IndexMissingError, IndexOutdatedError
from index.reindex.report import Report
from index.reindex.sync import sync
from index.settings import Settings
from index.store.generation import Generation
from index.store.generations import Generations
from index.store.opened import open_current

if TYPE_CHECKING:
    from tests.index.conftest import Archive

Reindexed = Callable[..., Report]


def test_before_the_first_run_there_is_no_index(settings: Settings) -> None:
    assert Generations.of(settings).current() is None
    with pytest.raises(IndexMissingError, match="reindex"):
        open_current(settings)


def test_a_published_generation_says_what_it_is(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.article("satu")
    before = datetime.now(UTC)
    reindexed()
    live = Generations.of(settings).current()
    assert live is not None
    assert live.name == live.location.name == "000001-whoosh"
    assert live.engine_name == "whoosh"
    assert live.documents == 1
    assert before <= live.created <= datetime.now(UTC)
    assert set(live.fingerprint) >= {"engine", "analyzer", "lexicon", "readers"}
    assert live.language_file.parent == live.directory


def test_a_generation_keeps_its_identity_through_updates_and_no_other_has_it(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    def identity() -> str:
        live = Generations.of(settings).current()
        assert live is not None
        return live.identity

    archive.article("satu")
    reindexed()
    first = identity()
    archive.article("dua")
    reindexed()
    assert identity() == first
    reindexed(full=True)
    second = identity()
    shutil.rmtree(settings.text("index"))
    reindexed()
    assert len({first, second, identity()}) == 3


def test_the_number_of_documents_follows_updates(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.article("satu")
    reindexed()
    archive.article("dua")
    reindexed()
    live = Generations.of(settings).current()
    assert live is not None
    assert live.documents == 2


def test_settings_reach_the_engine(archive: Archive, reindexed: Reindexed, settings: Settings) -> None:
    archive.article("satu")
    reindexed()
    live = Generations.of(settings.replace(cache_mb=7.0, pattern_cap=3)).current()
    assert live is not None
    assert live.location.options.items() >= {"cache_mb": 7.0, "pattern_cap": 3}.items()


def test_an_open_index_answers_with_its_own_words_analysed_as_they_were_indexed(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.article("satu", "Pengawasan berlanjut.")
    reindexed()
    with open_current(settings) as opened:
        assert opened.stale is None
        stems = opened.analyzer.analyze("mengawasi").stems
        assert stems == opened.analyzer.analyze("pengawasan").stems


def test_closing_twice_is_harmless(archive: Archive, reindexed: Reindexed, settings: Settings) -> None:
    archive.article("satu")
    reindexed()
    opened = open_current(settings)
    opened.close()
    opened.close()


def test_the_index_can_be_opened_at_any_moment_of_repeated_rebuilds(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.article("satu")
    reindexed()
    stop = threading.Event()
    failures: list[BaseException] = []
    opened_names: set[str] = set()

    def read() -> None:
        while not stop.is_set():
            try:
                with open_current(settings) as opened:
                    assert opened.reader.count() == 1
                    assert opened.reader.documents([]) == []
                    opened_names.add(opened.generation.name)
            except BaseException as error:
                failures.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(4):
        reindexed(full=True)
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert len(opened_names) > 1


def test_generations_are_numbered_in_the_order_of_their_making(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    names = [generations.create(engine).name for engine in ("whoosh", "tantivy", "whoosh")]
    assert names == ["000001-whoosh", "000002-tantivy", "000003-whoosh"]


def test_a_generation_that_was_published_is_not_discarded(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    location = generations.create("whoosh")
    generations.publish(location, "whoosh", {"engine": "1"}, 0)
    generations.discard(location)
    live = generations.current()
    assert live is not None
    assert live.directory.is_dir()


def test_a_published_name_replaces_the_last_and_unfinished_ones_are_removed(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    for _ in range(2):
        generations.publish(generations.create("whoosh"), "whoosh", {"engine": "1"}, 0)
    generations.create("whoosh")
    generations.remove_unfinished()
    assert generations.current_name() == "000002-whoosh"
    assert sorted(path.name for path in (tmp_path / "generations").iterdir()) == [
        "000001-whoosh",
        "000002-whoosh",
    ]


_OPENED_UNDER_WATCH = """
import sys

unpickled = []
sys.addaudithook(lambda event, args: unpickled.append(args) if event == "pickle.find_class" else None)
from index.engines.registry import get_engine
from index.settings import Settings
from index.store.opened import open_current

with open_current(Settings({"index": sys.argv[1]})) as opened:
    [(name, _)] = opened.reader.hashes()
    assert opened.reader.documents([name])[0]
    writer = get_engine(opened.generation.engine_name).open_writer(opened.generation.location)
    writer.delete([name])
    writer.commit()
    assert not opened.is_current()
print(unpickled)
import pickle
pickle.loads(pickle.dumps(Settings))
assert unpickled, "nobody watched"
"""


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_an_index_is_opened_read_and_written_without_unpickling(
    archive: Archive, settings: Settings, start_program: Callable[..., Any], engine: str
) -> None:
    archive.article("satu")
    settings = settings.replace(engine=engine)
    sync(settings, [str(archive.root)], jobs=1)

    program = start_program(_OPENED_UNDER_WATCH, settings.text("index"), stdout=PIPE, text=True)

    assert program.communicate(timeout=60)[0] == "[]\n"
    assert program.returncode == 0


def as_of_another_version(settings: Settings) -> Generation:
    """Make the live index one that another version made, in a form that this one cannot read."""
    generations = Generations.of(settings)
    live = generations.current()
    assert live is not None
    fingerprint = {**live.fingerprint, "engine": "whoosh whoosh-3-0-00000000"}
    for path in live.location.directory.glob("*.col"):
        path.write_bytes(b"another form")
    return generations.replace_fingerprint(live, fingerprint)


def test_an_index_of_another_version_is_told_from_a_damaged_one(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.article("satu")
    reindexed()
    as_of_another_version(settings)

    with pytest.raises(IndexOutdatedError, match=r"tidak rusak, tetapi dibuat oleh versi lain.*`reindex`"):
        open_current(settings)
