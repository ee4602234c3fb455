"""An archive on disk and an index beside it, for tests of everything that makes indexes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.engines.base import Reader
from index.query import SearchRequest, Term, TextField
from index.reindex.report import Report
from index.reindex.sync import sync
from index.settings import Settings
from index.store.opened import open_current

PLACES = ("Amuntai", "Balangan", "Kapuas", "Lebak", "Manggar")


class Archive:
    """A folder of articles.

    :param root: the folder; made.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()

    def article(self, name: str, body: str = "Air sungai naik.", **matter: str) -> Path:
        """Write ``name.md``, an article with front matter."""
        matter = {"title": f"Berita {name}", **matter}
        head = "".join(f"{key}: {json.dumps(value)}\n" for key, value in matter.items())
        return self.text(f"{name}.md", f"---\n{head}---\n\n{body}\n")

    def text(self, name: str, content: str) -> Path:
        """Write a file as it is."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    def lines(self, name: str, count: int, first: int = 0, word: str = "banjir") -> Path:
        """Write a JSON Lines file of ``count`` articles, each with a word of its own (``kata7``)."""
        records = (
            {
                "id": f"{word}-{number}",
                "title": f"{word.title()} hari ke-{number} di {PLACES[number % len(PLACES)]}",
                "body": f"Warga mengungsi karena {word}. "
                + " ".join(f"kata{number * step % 977}x{step}" for step in range(1, 60))
                + f"\n\nPetugas mendata korban; nomor kata{number}.",
                "date": f"20{10 + number % 15}-0{1 + number % 9}-11",
                "source": "warta.example",
            }
            for number in range(first, first + count)
        )
        return self.text(name, "".join(json.dumps(record) + "\n" for record in records))


@pytest.fixture
def new_archive(tmp_path: Path) -> Callable[[str], Archive]:
    """Make an empty archive of some name."""
    return lambda name: Archive(tmp_path / name)


@pytest.fixture
def archive(new_archive: Callable[[str], Archive]) -> Archive:
    """An empty archive called ``arsip``."""
    return new_archive("arsip")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with an index folder of the test's own."""
    return Settings({"index": str(tmp_path / "indeks")})


@pytest.fixture
def reindexed(settings: Settings, archive: Archive) -> Callable[..., Report]:
    """Bring the index up to date with the archive, in this process unless ``jobs`` says otherwise."""

    def run(**options: Any) -> Report:
        return sync(settings, [str(archive.root)], **{"jobs": 1, **options})

    return run


@pytest.fixture(scope="session")
def indexed_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[Archive], object]], Path]:
    """Make an archive and its index, ``arsip`` and ``indeks`` in one folder, for tests to copy and change."""

    def make(write: Callable[[Archive], object]) -> Path:
        folder = tmp_path_factory.mktemp("indexed")
        archive = Archive(folder / "arsip")
        write(archive)
        sync(Settings({"index": str(folder / "indeks")}), [str(archive.root)], jobs=1)
        return folder

    return make


@pytest.fixture
def found(settings: Settings) -> Callable[[str], list[str]]:
    """Ids of the articles whose text holds a word as written, in ascending order."""

    def search(word: str) -> list[str]:
        with open_current(settings) as opened:
            page = opened.reader.search(SearchRequest(Term(TextField.BODY_EXACT, word), limit=1_000_000))
        return sorted(hit.id for hit in page.hits)

    return search


@pytest.fixture
def stored(settings: Settings) -> Callable[[], dict[str, str]]:
    """Everything that the live index holds: id -> content hash."""

    def read() -> dict[str, str]:
        with open_current(settings) as opened:
            return dict(opened.reader.hashes())

    return read


class Command:
    """``reindex`` as a process of its own."""

    def __init__(
        self, start: Callable[..., Any], settings: Settings, archive: Archive | None, folder: Path
    ) -> None:
        self._start = start
        self._settings = settings
        self._folder = folder
        self._arguments = [str(archive.root)] if archive else []
        self._arguments += ["--index", settings.text("index")]

    def bare(self) -> Command:
        """The same without naming its source."""
        return Command(self._start, self._settings, None, self._folder)

    def start(self, *arguments: str, before: str = "", **options: Any) -> subprocess.Popen[str]:
        """Start it and do not wait.

        :param before: Python code that the process runs first.
        """
        process: subprocess.Popen[str] = self._start(
            f"{before}\nfrom index.cli import reindex; reindex(prog_name='reindex')",
            *self._arguments,
            *arguments,
            cwd=self._folder,
            stdout=subprocess.PIPE,
            text=True,
            **{"env": {"TELUSUR_LANGUAGE": "en"}, "stderr": subprocess.PIPE, **options},
        )
        return process

    def run(self, *arguments: str, **options: Any) -> tuple[int, str, str]:
        """Run it to its end: exit code, standard output, standard error."""
        process = self.start(*arguments, **options)
        output, errors = process.communicate(timeout=120)
        return process.returncode, output, errors


@pytest.fixture
def command(
    start_program: Callable[..., Any], settings: Settings, archive: Archive, tmp_path: Path
) -> Command:
    """``reindex`` of the archive into the index, as a process of its own."""
    return Command(start_program, settings, archive, tmp_path)


def everything(reader: Reader) -> dict[str, Any]:
    """What an index holds, down to its terms and their frequencies; not where it was read from."""
    hashes = dict(reader.hashes())
    ids: Sequence[str] = sorted(hashes)
    return {
        "hashes": hashes,
        "documents": [replace(document, origin="") for document in reader.documents(ids) if document],
        **{field: list(reader.terms(field)) for field in TextField},
    }


@pytest.fixture
def contents() -> Callable[[Settings], dict[str, Any]]:
    """What the live index of some settings holds, down to its terms and their frequencies."""

    def read(settings: Settings) -> dict[str, Any]:
        with open_current(settings) as opened:
            return everything(opened.reader)

    return read
