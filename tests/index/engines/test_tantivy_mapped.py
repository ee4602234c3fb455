"""What Tantivy has mapped does not pile up as memory of a process that writes."""

from __future__ import annotations

import mmap
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import pytest

pytest.importorskip("tantivy")

from index.analysis.types import Stream
from index.documents import Document
from index.engines.base import AnalyzedDocument, Location
from index.engines.registry import get_engine
from index.engines.tantivy import mapped
from index.query import SearchRequest, Term, TextField

SIZE = 8 << 20


@pytest.fixture
def read(tmp_path: Path, missing: Callable[[str], NoReturn]) -> Iterator[Path]:
    """A file that is mapped and was read to its end."""
    if sys.platform != "linux":
        missing("only Linux gives back pages that are mapped")
    path = tmp_path / "segmen.idx"
    if file_system(path.parent) == "tmpfs":
        missing("what lies in memory anyway cannot be given back")
    path.write_bytes(b"a" * SIZE)
    with path.open("rb") as file, closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as content:
        assert content[:: mmap.PAGESIZE] == b"a" * (SIZE // mmap.PAGESIZE)
        assert in_memory(path) == SIZE
        yield path
        assert content[:: mmap.PAGESIZE] == b"a" * (SIZE // mmap.PAGESIZE)  # whatever became of its pages


def file_system(folder: Path) -> str:
    device = folder.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    mounts = [line.split() for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    return next((mount[mount.index("-") + 1] for mount in mounts if mount[2] == number), "")


def in_memory(path: Path) -> int:
    """Bytes of a file that count as memory of this process."""
    found = re.search(
        rf"{re.escape(str(path))}\n.*?^Rss: +(\d+) kB", Path("/proc/self/smaps").read_text(), re.M | re.S
    )
    assert found
    return int(found[1]) << 10


def test_pages_of_a_folder_are_given_back_and_others_stay(
    read: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    mapped.give_back(tmp_path_factory.mktemp("lain"))
    assert in_memory(read) == SIZE

    mapped.give_back(read.parent)
    assert in_memory(read) < SIZE // 2


def test_they_are_given_back_while_a_transaction_is_open(read: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped, "_MOST_BYTES", 1 << 20)
    location = Location(read.parent, "generation-1")
    engine = get_engine("tantivy")
    engine.create(location)

    writer = engine.open_writer(location)
    until = time.monotonic() + 30
    while in_memory(read) > SIZE // 2 and time.monotonic() < until:
        time.sleep(0.02)
    assert in_memory(read) < SIZE // 2
    document = Document("a", "Judul", "isi")
    writer.add([engine.prepare(AnalyzedDocument(document, *[Stream("isi", "isi")] * 5))])
    writer.commit()

    with closing(engine.open_reader(location)) as reader:
        assert [hit.id for hit in reader.search(SearchRequest(Term(TextField.BODY, "isi"))).hits] == ["a"]
