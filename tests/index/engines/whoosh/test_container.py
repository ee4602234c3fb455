"""A file of sections that somebody forged, checksums and all, is refused: what it lists lies in the file."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.engines.base import IndexBrokenError
from index.engines.whoosh.container import _FOOTER, _MAGIC, SectionFile, SectionWriter


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "file.pst"
    writer = SectionWriter(path)
    writer.add("numbers", np.arange(9000, dtype="<u4"))
    writer.add("text", b"kata")
    writer.close()
    return path


def forge(path: Path, sections: Any, pages: int = 3) -> None:
    """Give a file another directory, and make everything agree with it."""
    content = path.read_bytes()
    end = _FOOTER.unpack(content[-_FOOTER.size :])[0]
    directory = json.dumps(sections).encode() + b"\n" + bytes(4 * pages)
    length = end + len(directory) + _FOOTER.size
    footer = _FOOTER.pack(end, len(directory), zlib.crc32(directory), length, _MAGIC)
    path.write_bytes(content[:end] + directory + footer)


def test_what_was_written_is_read(path: Path) -> None:
    file = SectionFile(path)
    assert file.content("text") == b"kata"
    assert file.array("numbers", "<u4").tolist() == list(range(9000))


@pytest.mark.parametrize(
    "sections",
    [
        [],
        {"text": 7},
        {"text": [8]},
        {"text": [8, 4, 4]},
        {"text": ["8", 4]},
        {"text": [8.0, 4]},
        {"text": [True, 4]},
        {"text": [-8, 4]},
        {"text": [8, -4]},
        {"text": [8, 1 << 40]},
    ],
)
def test_sections_outside_of_the_file_are_refused(path: Path, sections: Any) -> None:
    forge(path, sections)
    with pytest.raises(IndexBrokenError, match=r"file\.pst"):
        SectionFile(path)


@pytest.mark.parametrize("pages", [0, 2, 4])
def test_there_is_a_checksum_for_each_page(path: Path, pages: int) -> None:
    forge(path, {"text": [8, 4]}, pages)
    with pytest.raises(IndexBrokenError, match=r"file\.pst"):
        SectionFile(path)
