"""A run that is killed in the making of an index is gone on with, and the index is the same."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.query import SearchRequest, Term, TextField
from index.settings import Settings
from index.store.opened import open_current
from tests.index.reindex.test_sync_crash import files, killed, wait_until

if TYPE_CHECKING:
    from tests.index.conftest import Archive, Command

MANY = 400

OFTEN = """
import index.engines.whoosh.writer
import index.reindex.making
import index.reindex.processing
import index.reindex.scan
import index.reindex.unfinished
import index.reindex.workers

index.engines.whoosh.writer._BUFFER_BYTES = 1 << 15
index.reindex.making.KEPT_EVERY = 64
index.reindex.processing._TAUGHT_BY = 30
index.reindex.scan._LARGE = 1 << 14
index.reindex.scan._PART_PIECES = 40
index.reindex.unfinished._OF_USE = 1
index.reindex.workers._IN_THIS_PROCESS = 64
"""
"""A run keeps little at a time, so that one of a small archive is like one of a large one."""

Contents = Callable[[Settings], dict[str, Any]]


@pytest.fixture
def engine() -> str:
    """The one that keeps what was written; tests of others name them."""
    return "whoosh"


@pytest.fixture
def settings(engine: str, tmp_path: Path) -> Settings:
    pytest.importorskip(f"index.engines.{engine}.engine")
    return Settings({"index": str(tmp_path / "indeks"), "engine": engine})


@pytest.fixture
def index(settings: Settings) -> Path:
    return Path(settings.text("index"))


@pytest.fixture
def start(command: Command, settings: Settings) -> Callable[..., subprocess.Popen[str]]:
    engine = settings.text("engine")
    return lambda *arguments: command.start("--engine", engine, *arguments, before=OFTEN)


@pytest.fixture
def interrupt(start: Callable[..., subprocess.Popen[str]], index: Path) -> Callable[..., None]:
    """Run to a point, and be killed there."""

    def run(point: str, *arguments: str) -> None:
        process = start(*arguments)
        wait_until(at(index, point), process, seconds=300)
        killed(process)

    return run


@pytest.fixture
def finish(start: Callable[..., subprocess.Popen[str]]) -> Callable[..., tuple[dict[str, Any], str]]:
    """Run to the end: the report, and what was said."""

    def run(*arguments: str) -> tuple[dict[str, Any], str]:
        process = start("--json", "--jobs", "1", *arguments)
        output, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
        return json.loads(output), errors

    return run


@pytest.fixture
def uninterrupted(
    archive: Archive,
    settings: Settings,
    contents: Contents,
    finish: Callable[..., tuple[dict[str, Any], str]],
    index: Path,
) -> tuple[dict[str, Any], list[Any], set[str]]:
    """What an index holds and answers that is made in one go, and its kinds of files; it is gone again."""
    archive.lines("arsip.jsonl", MANY)
    archive.lines("lain.jsonl", 40, word="gempa")
    archive.article("sama", id="gempa-7")  # which is given an id of its own
    _report, said = finish()
    assert "interrupted" not in said
    made = contents(settings), answers(settings), kinds(index)
    index.rename(index.with_name("utuh"))
    return made


def answers(settings: Settings) -> list[Any]:
    """Results with their scores."""
    with open_current(settings) as opened:
        words = ("banjir", "gempa", "kata7", "warga", "kata12x3")
        pages = [
            opened.reader.search(SearchRequest(Term(TextField.BODY, word), limit=3 * MANY)) for word in words
        ]
    return [(page.total, sorted((hit.id, round(hit.score, 9)) for hit in page.hits)) for page in pages]


def kinds(index: Path) -> set[str]:
    return {str(Path(name).parent) for name in files(index)}


def unfinished(index: Path, name: str) -> Path:
    return index / "unfinished" / name


def at(index: Path, point: str) -> Callable[[], object]:
    """Whether a run has come to a point."""
    parts = unfinished(index, "articles.parts")
    generation = unfinished(index, "generation.json")
    match point:
        case "reading":
            return lambda: parts.exists() and parts.stat().st_size > 100_000
        case "writing":
            return generation.exists
        case "further":
            seen = generation.stat().st_mtime_ns if generation.exists() else 0
            return lambda: generation.exists() and generation.stat().st_mtime_ns > seen
    return lambda: any(index.glob("generations/*/stems.json*"))  # all is written


@pytest.mark.parametrize(
    ("engine", "points", "jobs"),
    [
        ("whoosh", ["reading"], "1"),
        ("whoosh", ["writing"], "2"),
        ("whoosh", ["end"], "1"),
        ("whoosh", ["reading", "reading", "writing", "further", "further"], "2"),
        ("tantivy", ["reading"], "1"),
        ("tantivy", ["reading", "end"], "2"),
    ],
)
def test_a_killed_run_is_gone_on_with_to_the_same_index(
    uninterrupted: tuple[dict[str, Any], list[Any], set[str]],
    interrupt: Callable[..., None],
    finish: Callable[..., tuple[dict[str, Any], str]],
    settings: Settings,
    contents: Contents,
    index: Path,
    engine: str,
    points: list[str],
    jobs: str,
) -> None:
    for point in points:
        interrupt(point, "--jobs", jobs)

    report, said = finish()

    assert "articles were read already" in said
    # Tantivy keeps nothing of what was written.
    assert ("articles were written already" in said) == (engine == "whoosh" and points != ["reading"])
    assert (report["added"], report["skipped"]) == (MANY + 41, [])
    assert report["days"]["field"] == MANY + 40
    assert report["generation"].startswith("000001-")
    assert (contents(settings), answers(settings), kinds(index)) == uninterrupted
    report, said = finish()
    assert (report["unchanged"], said) == (MANY + 41, "")


def test_a_run_that_cannot_begin_leaves_what_a_killed_one_has_left(
    archive: Archive,
    start: Callable[..., subprocess.Popen[str]],
    interrupt: Callable[..., None],
    finish: Callable[..., tuple[dict[str, Any], str]],
    index: Path,
) -> None:
    archive.lines("arsip.jsonl", MANY)
    interrupt("writing")
    process = start("salah-ketik")
    _output, errors = process.communicate(timeout=300)
    assert process.returncode == 1, errors
    assert "salah-ketik" in errors
    report, said = finish()
    assert "articles were written already" in said
    assert report["documents"] == MANY


def test_a_killed_full_run_is_gone_on_with_unless_another_is_asked_for(
    uninterrupted: tuple[dict[str, Any], list[Any], set[str]],
    interrupt: Callable[..., None],
    finish: Callable[..., tuple[dict[str, Any], str]],
    settings: Settings,
    contents: Contents,
    index: Path,
) -> None:
    finish()
    for point in ("writing", "further"):
        interrupt(point, "--jobs", "2", *(["--full"] if point == "writing" else []))
        assert contents(settings) == uninterrupted[0]

    report, said = finish()

    assert "articles were written already" in said
    assert report["unchanged"] == MANY + 41
    assert report["generation"].startswith("000002-")
    assert (contents(settings), answers(settings), kinds(index)) == (*uninterrupted[:2], kinds(index))
    assert not unfinished(index, "").exists()

    interrupt("writing", "--full")
    report, said = finish("--full")
    assert "already" not in said
    assert report["unchanged"] == MANY + 41


@pytest.mark.parametrize("change", ["article", "lexicon", "lines", "engine", "damage"])
def test_what_does_not_fit_any_more_is_dropped(
    uninterrupted: tuple[dict[str, Any], list[Any], set[str]],
    archive: Archive,
    interrupt: Callable[..., None],
    finish: Callable[..., tuple[dict[str, Any], str]],
    settings: Settings,
    contents: Contents,
    command: Command,
    index: Path,
    change: str,
) -> None:
    interrupt("writing", "--jobs", "1")
    (generation,) = index.glob("generations/*")
    arguments: list[str] = []
    match change:
        case "article":
            archive.article("baru", id="baru")
        case "lexicon":
            (index.parent / "leksikon.txt").write_text("[akar]\nwarga = masyarakat\n", encoding="utf-8")
            (index.parent / "telusur.toml").write_text('lexicon = "leksikon.txt"\n', encoding="utf-8")
        case "lines":
            (index.parent / "telusur.toml").write_text('kept_lines = ["Warga."]\n', encoding="utf-8")
        case "engine":
            others = {"whoosh": "tantivy", "tantivy": "whoosh"}
            arguments = ["--engine", others[settings.text("engine")]]
        case "damage":
            largest = max((generation / "data").iterdir(), key=lambda path: path.stat().st_size)
            content = bytearray(largest.read_bytes())
            content[len(content) // 2] ^= 1
            largest.write_bytes(content)
            settled = largest.stat().st_mtime_ns - 10**10  # not by a run that is at work
            os.utime(largest, ns=(settled, settled))

    report, said = finish(*arguments)

    assert "articles were written already" not in said
    assert ("articles were read already" in said) == (change in ("engine", "damage"))
    assert report["documents"] == MANY + 41 + (change == "article")
    if change == "damage":
        assert (contents(settings), answers(settings)) == uninterrupted[:2]
    assert not unfinished(index, "").exists()
    assert len(list(index.glob("generations/*"))) == 1
