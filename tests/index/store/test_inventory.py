"""An owner sees every generation, goes back to one that is whole, and drops those that nobody needs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.reindex.report import Report
from index.reindex.sync import sync
from index.settings import Settings
from index.store import inventory
from index.store.generation import in_use
from index.store.generations import Generations
from index.store.inventory import GenerationError, Role
from index.store.learned_language import load_analyzer
from index.store.lock import LockedError, WriteLock
from index.store.opened import open_current

if TYPE_CHECKING:
    from tests.index.conftest import Archive

Reindexed = Callable[..., Report]


@pytest.fixture(params=["whoosh", "tantivy"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    pytest.importorskip(f"index.engines.{request.param}.engine")
    return Settings({"index": str(tmp_path / "indeks"), "engine": request.param})


@pytest.fixture
def generations(settings: Settings) -> Generations:
    return Generations.of(settings)


@pytest.fixture(scope="module")
def made() -> dict[str, Path]:
    """Folders of an archive and its index, by engine."""
    return {}


@pytest.fixture
def three(
    made: dict[str, Path],
    indexed_once: Callable[[Callable[[Archive], object]], Path],
    settings: Settings,
    tmp_path: Path,
) -> list[str]:
    """Names of a generation of one article, one of two and the live one of three; the first was removed."""
    engine = settings.text("engine")
    if engine not in made:
        made[engine] = indexed_once(lambda archive: archive.article("satu", id="satu"))
        index, archive = made[engine] / "indeks", made[engine] / "arsip"
        shutil.rmtree(index)
        for name in ("satu", "dua", "tiga"):
            (archive / f"{name}.md").write_text(f"---\nid: {name}\n---\n\nAir sungai naik.\n")
            sync(settings.replace(index=str(index)), [str(archive)], jobs=1, full=True)
    shutil.copytree(made[engine], tmp_path, dirs_exist_ok=True)
    return [f"{number:06}-{engine}" for number in (1, 2, 3)]


@pytest.fixture
def reindexed(settings: Settings, three: list[str], tmp_path: Path) -> Reindexed:
    def run(**options: bool) -> Report:
        return sync(settings, [str(tmp_path / "arsip")], jobs=1, **options)

    return run


def roles(generations: Generations) -> dict[str, Role]:
    return {listed.name: listed.role for listed in inventory.inventory(generations)}


def use(settings: Settings, name: str) -> str | None:
    return inventory.use(Generations.of(settings), name, settings, load_analyzer(settings))


def live(settings: Settings) -> tuple[str, int]:
    with open_current(settings) as opened:
        return opened.generation.name, opened.reader.count()


def test_where_nothing_was_indexed_there_is_nothing_to_see(generations: Generations) -> None:
    assert list(inventory.inventory(generations)) == []


def test_every_generation_is_listed_with_what_it_is_worth(three: list[str], generations: Generations) -> None:
    found = list(inventory.inventory(generations))
    assert [(each.name, each.role, each.documents) for each in found] == [
        (three[2], Role.LIVE, 3),
        (three[1], Role.PREVIOUS, 2),
    ]
    assert [each.problem for each in found] == [None, None]
    folder = generations.root / "generations" / three[2]
    assert found[0].size == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_a_damaged_generation_is_told_and_not_used(
    three: list[str], settings: Settings, generations: Generations
) -> None:
    data = generations.root / "generations" / three[1] / "data"
    largest = max(data.iterdir(), key=lambda path: path.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 1
    largest.write_bytes(content)

    problems = {each.name: each.problem for each in inventory.inventory(generations)}
    assert largest.name in str(problems[three[1]])
    assert problems[three[2]] is None
    with pytest.raises(GenerationError, match=largest.name):
        use(settings, three[1])
    assert live(settings) == (three[2], 3)


def test_a_generation_of_another_version_is_not_used(
    three: list[str], settings: Settings, generations: Generations
) -> None:
    earlier = next(generations.earlier())
    generations.replace_fingerprint(earlier, {**earlier.fingerprint, "engine": "lain 0"})
    with pytest.raises(GenerationError, match="versi lain"):
        use(settings, earlier.name)
    assert live(settings) == (three[2], 3)


def test_who_goes_back_is_answered_at_once_by_the_generation_before(
    three: list[str], settings: Settings, generations: Generations
) -> None:
    with open_current(settings) as opened:
        assert use(settings, three[1]) is None
        assert not opened.is_current()
    assert live(settings) == (three[1], 2)
    assert roles(generations) == {three[2]: Role.PREVIOUS, three[1]: Role.LIVE}
    assert use(settings, three[2]) is None  # and forth again
    assert live(settings) == (three[2], 3)


def test_the_next_run_brings_up_to_date_what_was_gone_back_to_and_keeps_what_it_replaced(
    settings: Settings, three: list[str], reindexed: Reindexed, generations: Generations
) -> None:
    use(settings, three[1])
    report = reindexed()
    assert (report.generation, report.added, report.rebuilt) == (three[1], 1, None)
    assert roles(generations) == {three[2]: Role.PREVIOUS, three[1]: Role.LIVE}


def test_a_rebuild_after_going_back_takes_a_name_of_its_own_and_keeps_what_was_live_last(
    three: list[str], settings: Settings, reindexed: Reindexed, generations: Generations
) -> None:
    use(settings, three[1])
    name = reindexed(full=True).generation
    assert name not in three
    assert roles(generations) == {name: Role.LIVE, three[1]: Role.PREVIOUS}
    assert use(settings, three[1]) is None


def test_it_is_told_that_the_next_run_makes_an_index_anew(
    three: list[str], settings: Settings, generations: Generations
) -> None:
    earlier = next(generations.earlier())
    generations.replace_fingerprint(earlier, {**earlier.fingerprint, "ftfy": "0"})
    assert "ftfy berubah dari 0" in str(use(settings, earlier.name))
    assert live(settings) == (three[1], 2)


def test_what_a_killed_run_left_is_shown_and_cannot_be_used(
    three: list[str], settings: Settings, reindexed: Reindexed, generations: Generations
) -> None:
    name = generations.create(settings.text("engine")).name
    assert roles(generations)[name] is Role.UNFINISHED
    with pytest.raises(GenerationError, match=name):
        use(settings, name)
    reindexed()
    assert name not in roles(generations)


def test_a_whole_one_that_was_never_published_goes_with_the_next_run_also_after_going_back(
    three: list[str], settings: Settings, reindexed: Reindexed, generations: Generations
) -> None:
    use(settings, three[1])
    folder = generations.root / "generations"
    unpublished = generations.next_name(settings.text("engine"))
    shutil.copytree(folder / three[2], folder / unpublished)  # killed between its last file and the pointer
    with pytest.raises(GenerationError):
        use(settings, unpublished)
    reindexed()
    assert roles(generations) == {three[2]: Role.PREVIOUS, three[1]: Role.LIVE}


def test_a_dropped_generation_is_gone_and_what_serves_stays(
    three: list[str], settings: Settings, generations: Generations
) -> None:
    size = next(each.size for each in inventory.inventory(generations) if each.name == three[1])
    assert inventory.drop(generations, three[1]) == size
    assert roles(generations) == {three[2]: Role.LIVE}
    with pytest.raises(GenerationError, match="sedang melayani"):
        inventory.drop(generations, three[2])
    with pytest.raises(GenerationError, match="tidak ada indeks bernama"):
        inventory.drop(generations, three[1])
    with pytest.raises(GenerationError, match="tidak ada indeks bernama"):
        inventory.drop(generations, "../../arsip")
    assert live(settings) == (three[2], 3)


def test_a_generation_that_a_server_has_open_is_not_dropped(
    three: list[str], generations: Generations
) -> None:
    earlier = next(generations.earlier())
    with in_use(earlier), pytest.raises(GenerationError, match="masih dibuka"):
        inventory.drop(generations, earlier.name)
    inventory.drop(generations, earlier.name)


def test_nothing_is_changed_while_a_run_writes(
    three: list[str], settings: Settings, generations: Generations
) -> None:
    with WriteLock(generations.root):
        with pytest.raises(LockedError):
            use(settings, three[1])
        with pytest.raises(LockedError):
            inventory.drop(generations, three[1])
    assert live(settings) == (three[2], 3)


def test_a_broken_pointer_is_repaired_by_saying_which_one_is_live(
    three: list[str], settings: Settings, generations: Generations
) -> None:
    (generations.root / "current").write_text("???")
    assert {each.problem for each in inventory.inventory(generations)} == {None}
    use(settings, three[2])
    assert live(settings) == (three[2], 3)


def test_an_index_that_notes_no_order_yet_goes_by_numbers(
    three: list[str], settings: Settings, reindexed: Reindexed, generations: Generations
) -> None:
    (generations.root / "replaced.json").unlink()
    assert roles(generations) == {three[2]: Role.LIVE, three[1]: Role.PREVIOUS}
    name = reindexed(full=True).generation
    assert roles(generations) == {name: Role.LIVE, three[2]: Role.PREVIOUS}


def test_a_damaged_note_of_the_order_costs_no_generation(
    three: list[str], settings: Settings, reindexed: Reindexed, generations: Generations
) -> None:
    (generations.root / "replaced.json").write_text(json.dumps(["lain"]))
    reindexed()
    assert roles(generations) == {three[2]: Role.LIVE, three[1]: Role.PREVIOUS}
