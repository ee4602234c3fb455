"""What an archive taught is kept: the same texts are not learned from twice, and changed ones are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.analysis.learning import Learner
from index.analysis.lexicon_files import load_lexicon
from index.reindex.report import Report
from index.reindex.sync import sync
from index.settings import Settings
from index.store.durable import read_checked
from index.store.generations import Generations
from index.store.kept import KeptFile

if TYPE_CHECKING:
    from tests.index.conftest import Archive

Reindexed = Callable[..., Report]

MANY = 400
ACRONYM = "Pengawasan dilakukan Badan Pengelola Lahan Kering (BPLK) sejak lama."


def live_folder(settings: Settings) -> Path:
    generation = Generations.of(settings).current()
    assert generation is not None
    return generation.directory


def write_kept(path: Path, content: bytes) -> None:
    """Make what is kept something else, as if it had been written so."""
    key = path.read_bytes().split()[0].decode()
    KeptFile(path, key, bytes, bytes).write(content)


def acronyms(settings: Settings) -> dict[str, Any]:
    language = json.loads(read_checked(live_folder(settings) / "language.json"))
    return dict(language["acronyms"])


@pytest.fixture(scope="module")
def taught_once(indexed_once: Callable[[Callable[[Archive], object]], Path]) -> Path:
    def write(archive: Archive) -> None:
        archive.lines("arsip.jsonl", MANY)
        archive.article("lahan", ACRONYM, id="lahan")
        archive.article("lagi", ACRONYM, id="banjir-3", title="Banjir hari ke-3 di Lebak")

    return indexed_once(write)


@pytest.fixture
def taught(taught_once: Path, archive: Archive, tmp_path: Path) -> Archive:
    """An archive, large enough for other processes, that an index was made of."""
    shutil.copytree(taught_once, tmp_path, dirs_exist_ok=True)
    return archive


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_archive_gives_the_same_index_again(
    taught: Archive, settings: Settings, contents: Callable[[Settings], dict[str, Any]], jobs: int
) -> None:
    before, language = contents(settings), (live_folder(settings) / "language.json").read_bytes()
    report = sync(settings, [str(taught.root)], jobs=jobs, full=True)
    assert contents(settings) == before
    assert (live_folder(settings) / "language.json").read_bytes() == language
    assert (report.documents, report.unchanged, len(report.skipped)) == (MANY + 1, MANY + 1, 1)


def test_lessons_that_are_known_are_used(taught: Archive, settings: Settings) -> None:
    path = live_folder(settings) / "lessons.json"
    write_kept(path, path.read_bytes().partition(b"\n")[2].replace(b'"bplk"', b'"bplx"'))
    sync(settings, [str(taught.root)], full=True, jobs=1)
    assert "bplx" in acronyms(settings)


@pytest.mark.parametrize("content", [b"[]", b"{", b'{"lower":1}'])
def test_lessons_that_no_learner_wrote_are_not_used(
    taught: Archive, settings: Settings, content: bytes
) -> None:
    write_kept(live_folder(settings) / "lessons.json", content)
    sync(settings, [str(taught.root)], full=True, jobs=1)
    assert "bplk" in acronyms(settings)


@pytest.mark.parametrize(("found", "damaged"), [(b"", b"other\n"), (b'"bplk"', b'"bplx"'), (b"{", b"")])
def test_lessons_that_are_damaged_or_of_another_archive_are_not_used(
    taught: Archive, settings: Settings, found: bytes, damaged: bytes
) -> None:
    path = live_folder(settings) / "lessons.json"
    path.write_bytes(path.read_bytes().replace(found, damaged, 1))
    sync(settings, [str(taught.root)], full=True, jobs=1)
    assert "bplk" in acronyms(settings)


def test_a_changed_archive_teaches_anew(taught: Archive, settings: Settings) -> None:
    taught.article("lahan", "Badan Pengelola Air Bersih (BPAB) diam.", id="lahan")
    taught.article("lagi", "Tidak ada singkatan.", id="lagi")
    sync(settings, [str(taught.root)], full=True, jobs=1)
    assert "bpab" in acronyms(settings)
    assert "bplk" not in acronyms(settings)


def test_an_edited_lexicon_reads_the_same_lessons(
    taught: Archive, settings: Settings, tmp_path: Path
) -> None:
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("[akar]\nlahan = tanah\n", encoding="utf-8")
    report = sync(settings.replace(lexicon=str(lexicon)), [str(taught.root)], jobs=1)
    assert report.rebuilt is not None
    assert "bplk" in acronyms(settings)


def test_what_a_learner_counted_survives_being_kept() -> None:
    learner = Learner()
    for number in range(6):
        learner.add(f"Kemarin warga menemui Sarani di balai {number}. {ACRONYM}")
    again = Learner.from_json(learner.to_json())
    assert again.result(load_lexicon()) == learner.result(load_lexicon())
    assert again.to_json() == learner.to_json()


@pytest.mark.parametrize("content", [b"[]", b'{"lower": {}}', b'{"capitalised":1,"lower":{},"pairs":[]}'])
def test_what_no_learner_wrote_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not what a learner counted"):
        Learner.from_json(content)
