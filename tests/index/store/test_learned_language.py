"""What the archive teaches belongs to one generation: queries know it, updates keep it, growth renews it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.analysis.learning import Learner
from index.analysis.lexicon_files import load_lexicon
from index.engines.base import IndexBrokenError
from index.query import SearchRequest, Term, TextField
from index.reindex.report import Report
from index.reindex.sync import sync
from index.settings import Settings
from index.store.generation import Generation
from index.store.generations import Generations
from index.store.kept import KeptFile
from index.store.learned_language import LEAST_GROWTH, add_acronyms, load_analyzer
from index.store.opened import open_current

if TYPE_CHECKING:
    from tests.index.conftest import Archive

Reindexed = Callable[..., Report]

ACRONYM = "Pengawasan dilakukan Badan Pengelola Lahan Kering (BPLK) sejak lama."


@pytest.fixture
def asked(settings: Settings) -> Callable[[str], list[str]]:
    """Ids of the articles that have a word in any inflection."""

    def ask(word: str) -> list[str]:
        with open_current(settings) as opened:
            term = Term(TextField.BODY, opened.analyzer.stem(word))
            return sorted(hit.id for hit in opened.reader.search(SearchRequest(term)).hits)

    return ask


def live(settings: Settings) -> Generation:
    generation = Generations.of(settings).current()
    assert generation is not None
    return generation


def write_about_sarani(archive: Archive) -> None:
    """Sarani is a name, and would be an inflection of ``saran`` if nobody knew better."""
    for number in range(6):
        archive.article(
            f"sarani-{number}", f"Kemarin warga menemui Sarani di balai {number}.", id=f"s{number}"
        )


def test_a_name_of_the_archive_is_no_inflection_after_a_full_run(
    archive: Archive, reindexed: Reindexed, asked: Callable[[str], list[str]]
) -> None:
    archive.article("pasar", "Jumlah saran naik lagi.", id="pasar")
    reindexed()
    write_about_sarani(archive)
    reindexed()
    assert len(asked("sarani")) == 7
    assert len(asked("saran")) == 7
    reindexed(full=True)
    assert len(asked("sarani")) == 6
    assert asked("saran") == ["pasar"]


def test_an_update_keeps_the_language_that_the_index_was_made_with(
    archive: Archive, reindexed: Reindexed, settings: Settings, asked: Callable[[str], list[str]]
) -> None:
    write_about_sarani(archive)
    reindexed()
    language = live(settings).language_file.read_bytes()
    archive.article("pasar", "Jumlah saran naik; sarani tidak.", id="pasar")
    report = reindexed()
    assert report.rebuilt is None
    assert report.added == 1
    assert live(settings).language_file.read_bytes() == language
    assert len(asked("sarani")) == 7
    assert asked("saran") == ["pasar"]


def test_the_fingerprint_does_not_speak_of_what_was_learned(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.article("pasar", "Jumlah saran naik lagi.")
    reindexed()
    before = live(settings).fingerprint
    write_about_sarani(archive)
    reindexed(full=True)
    assert live(settings).fingerprint == before
    with open_current(settings) as opened:
        assert opened.stale is None


def test_an_acronym_that_only_the_archive_explains_is_known(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.article("lahan", ACRONYM)
    reindexed()
    with open_current(settings) as opened:
        lexicon = opened.analyzer.lexicon
    long = ("badan", "pengelola", "lahan", "kering")
    assert lexicon.acronyms["bplk",] == (long,)


def test_an_acronym_that_an_update_explains_is_known_at_once(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    write_about_sarani(archive)
    reindexed()
    with open_current(settings) as before:
        archive.article("lahan", ACRONYM)
        report = reindexed()
        assert not before.is_current()
    with open_current(settings) as opened:
        assert (report.rebuilt, report.generation) == (None, before.generation.name)
        assert opened.analyzer.lexicon.acronyms["bplk",] == (("badan", "pengelola", "lahan", "kering"),)
        assert set(opened.analyzer.lexicon.names) == {"sarani"}
        assert opened.stale is None
        assert opened.generation.learned_from == 6


def test_an_update_that_is_killed_before_its_commit_leaves_an_index_that_the_next_one_completes(
    archive: Archive, reindexed: Reindexed, settings: Settings, asked: Callable[[str], list[str]]
) -> None:
    write_about_sarani(archive)
    reindexed()
    learner = Learner()
    learner.add(ACRONYM)
    add_acronyms(live(settings), learner, load_lexicon())
    with open_current(settings) as opened:
        assert opened.reader.count() == 6
        assert opened.analyzer.lexicon.acronyms["bplk",]
    archive.article("lahan", ACRONYM, id="lahan")
    reindexed()
    assert asked("pengawasan") == ["lahan"]


def test_what_an_article_no_update_writes_explains_is_not_learned_again(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.article("lahan", ACRONYM)
    reindexed()
    language = live(settings).language_file.read_bytes()
    archive.article("lahan", ACRONYM + " Sekian.")
    assert reindexed().changed == 1
    assert live(settings).language_file.read_bytes() == language


def test_an_archive_that_outgrows_its_language_is_learned_anew_in_the_same_run(
    archive: Archive,
    reindexed: Reindexed,
    settings: Settings,
    asked: Callable[[str], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    archive.article("pasar", "Jumlah saran naik lagi.", id="pasar")
    reindexed()
    write_about_sarani(archive)
    archive.lines("arsip.jsonl", LEAST_GROWTH)
    report = reindexed()
    assert "arsip tumbuh dari 1 menjadi" in (report.rebuilt or "")
    assert (report.added, report.changed, report.removed, report.unchanged) == (LEAST_GROWTH + 6, 0, 0, 1)
    assert asked("saran") == ["pasar"]
    assert live(settings).learned_from == report.documents == LEAST_GROWTH + 7
    assert reindexed().rebuilt is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"names": {}',
        b"\xff\xfe",
        b'{"names": 7, "acronyms": []}',
        b"[]",
        b'{"names":{"a":[1]},"acronyms":{}}',
    ],
)
def test_a_damaged_language_file_is_named_and_the_next_run_mends_it(
    archive: Archive,
    reindexed: Reindexed,
    settings: Settings,
    content: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    archive.article("lahan", ACRONYM)
    reindexed()
    file = live(settings).language_file
    file.write_bytes(content)
    with pytest.raises(IndexBrokenError, match=re.escape(str(file)) + ".*jalankan `reindex`"):
        open_current(settings)
    report = reindexed()
    assert "language.json" in (report.rebuilt or "")
    with open_current(settings) as opened:
        assert opened.stale is None
        assert opened.analyzer.lexicon.acronyms["bplk",]


def test_a_lost_language_file_is_like_a_damaged_one(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.article("lahan", ACRONYM)
    reindexed()
    live(settings).language_file.unlink()
    with pytest.raises(IndexBrokenError, match=r"language\.json"):
        open_current(settings)
    assert "language.json" in (reindexed().rebuilt or "")


def test_what_is_learned_is_the_same_for_any_number_of_jobs(
    archive: Archive, settings: Settings, contents: Callable[[Settings], dict[str, Any]]
) -> None:
    write_about_sarani(archive)
    path = archive.lines("arsip.jsonl", 2500)
    lines = path.read_text().splitlines()
    for number in range(0, 2500, 50):
        record = json.loads(lines[number])
        record["body"] += f" Sarani{'' if number % 100 else ','} kata warga, dan {ACRONYM}"
        lines[number] = json.dumps(record)
    path.write_text("\n".join(lines))
    assert path.stat().st_size > 1 << 20, "large enough to be cut"
    languages, indexes = [], []
    for jobs in (1, 2):
        own = settings.replace(index=f"{settings.text('index')}-{jobs}")
        sync(own, [str(archive.root)], jobs=jobs)
        languages.append(live(own).language_file.read_bytes())
        indexes.append(contents(own))
    assert b"sarani" in languages[0]
    assert b"badan pengelola lahan kering" in languages[0]
    assert languages[0] == languages[1]
    assert indexes[0] == indexes[1]


def test_one_analyzer_with_its_caches_serves_while_the_language_is_the_same(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.article("lahan", ACRONYM)
    reindexed()
    base = load_analyzer(settings)
    with open_current(settings, base) as first:
        reindexed(full=True)
        with open_current(settings, base) as second:
            assert second.generation.name != first.generation.name
            assert second.analyzer is first.analyzer
    archive.article("lahan", "Tidak ada singkatan.")
    reindexed(full=True)
    with open_current(settings, base) as third:
        assert third.analyzer is not first.analyzer


def kept(path: Path) -> dict[str, tuple[str, ...]]:
    """Word by word what a file of columns says of it."""
    _key, _, content = path.read_text().partition("\n")
    words, *columns = (text.split("\n") for text in json.loads(content))
    return dict(zip(words, zip(*columns, strict=True), strict=True))


def test_stems_are_kept_with_the_index_for_the_next_rebuild(
    archive: Archive, settings: Settings, contents: Callable[[Settings], dict[str, Any]]
) -> None:
    archive.lines("arsip.jsonl", 400)
    archive.article("lahan", ACRONYM)
    for jobs in (2, 1):
        sync(settings, [str(archive.root)], jobs=jobs, full=True)
        folder = live(settings).directory
        assert kept(folder / "stems.json")["pengawasan"] == ("awas",)
        assert [path.name for path in folder.glob("stems.json*")] == ["stems.json"]
        assert kept(folder / "pieces.json")["Pengawasan"] == ("pengawasan", "awas")
        assert [path.name for path in folder.glob("pieces.json*")] == ["pieces.json"]


@pytest.fixture(scope="module")
def stemmed_once(indexed_once: Callable[[Callable[[Archive], object]], Path]) -> Path:
    def write(archive: Archive) -> None:
        archive.article("lahan", ACRONYM, id="lahan")
        archive.lines("z.jsonl", 100)

    return indexed_once(write)


@pytest.fixture
def stemmed(stemmed_once: Path, archive: Archive, tmp_path: Path) -> Archive:
    """An archive, large enough for stems that were kept, that an index was made of."""
    shutil.copytree(stemmed_once, tmp_path, dirs_exist_ok=True)
    return archive


@pytest.mark.parametrize("name", ["stems.json", "pieces.json"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{key}",
        b"{key}\n[]",
        b'other key\n["pengawasan", "salah"]',
        b'{key}\n["pengawasan", 1]',
        b"\xff",
    ],
)
def test_stems_that_are_damaged_or_of_another_language_are_not_used(
    stemmed: Archive,
    reindexed: Reindexed,
    settings: Settings,
    asked: Callable[[str], list[str]],
    content: bytes,
    name: str,
) -> None:
    path = live(settings).directory / name
    path.write_bytes(content.replace(b"{key}", path.read_bytes().partition(b"\n")[0]))
    reindexed(full=True)
    assert asked("mengawasi") == ["lahan"]


def test_known_stems_are_used(stemmed: Archive, reindexed: Reindexed, settings: Settings) -> None:
    path = live(settings).directory / "stems.json"
    forms, stems = json.loads(path.read_text().partition("\n")[2])
    write_kept(path, json.dumps([f"{forms}\nbanjir", f"{stems}\nditandai"]))
    path.with_name("pieces.json").unlink()
    reindexed(full=True)
    with open_current(settings) as opened:
        assert opened.reader.document_frequency(TextField.BODY, "ditandai") > 0


def write_kept(path: Path, content: str) -> None:
    """Make what is kept something else, as if it had been written so."""
    KeptFile(path, path.read_text().split()[0], str.encode, bytes.decode).write(content)


@pytest.mark.parametrize("jobs", [1, 2])
def test_known_pieces_of_text_are_used_and_kept(
    archive: Archive, reindexed: Reindexed, settings: Settings, jobs: int
) -> None:
    archive.article("lahan", ACRONYM, id="lahan")
    archive.lines("z.jsonl", 400)
    reindexed()
    path = live(settings).directory / "pieces.json"
    content = json.loads(path.read_text().partition("\n")[2])
    marked = zip(content, ("Pengawasan", "pengawasan", "ditandai"), strict=True)
    write_kept(path, json.dumps([f"{column}\n{word}" for column, word in marked]))
    for _ in range(2):
        reindexed(full=True, jobs=jobs)
        with open_current(settings) as opened:
            assert opened.reader.document_frequency(TextField.BODY, "ditandai") == 1


def test_new_words_are_kept_beside_the_known_ones(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.lines("arsip.jsonl", 400)
    for article, jobs in (("pertama", 1), ("kedua", 2), ("ketiga", 2)):
        archive.article(article, f"Warga menulis pengawasan{article} di sana.")
        reindexed(full=True, jobs=jobs)
    folder = live(settings).directory
    for name in ("stems.json", "pieces.json"):
        words = kept(folder / name)
        assert {f"pengawasan{article}" for article in ("pertama", "kedua", "ketiga")} <= words.keys()


def test_a_rebuild_that_meets_no_new_word_keeps_the_known_ones(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.lines("arsip.jsonl", 400)
    reindexed(full=True, jobs=2)
    before = [kept(live(settings).directory / name) for name in ("stems.json", "pieces.json")]
    reindexed(full=True, jobs=2)
    after = [kept(live(settings).directory / name) for name in ("stems.json", "pieces.json")]
    assert before == after
    assert all(before)


def test_bad_lines_of_a_large_file_are_counted_the_same_when_it_is_read_and_when_it_is_remembered(
    archive: Archive, reindexed: Reindexed, tmp_path: Path
) -> None:
    path = archive.lines("arsip.jsonl", 2500)
    lines = path.read_text().splitlines()
    for number in range(0, 2500, 10):
        lines[number] = "bukan JSON"
    path.write_text("\n".join(lines))
    assert path.stat().st_size > 1 << 20, "large enough to be cut"
    first = reindexed(jobs=2)
    assert first.documents == 2250
    assert len(first.skipped) == 101
    assert first.skipped[1].source == "arsip/arsip.jsonl:11"
    assert "150" in first.skipped[-1].reason
    second = reindexed()
    assert second.unchanged == 2250
    assert second.skipped == first.skipped
