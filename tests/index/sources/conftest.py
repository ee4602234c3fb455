"""Reads files as `reindex` would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.documents import Document
from index.messages import use_language
from index.settings import Settings
from index.sources.base import InputFile, Skip
from index.sources.reading import read_input
from index.sources.walk import list_inputs


@pytest.fixture(autouse=True)
def _english_reasons(_told_in_indonesian: None) -> None:
    """The tests of this folder quote reasons in the language of the tests."""
    use_language("en")


Read = Callable[..., list[Document | Skip]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """``read(name, content, **settings)`` -> what the reader of that file yields."""

    def read_one(name: str, content: str | bytes, **settings: float) -> list[Document | Skip]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_input(InputFile(path, f"arsip/{name}", tmp_path), Settings(settings)))

    return read_one


@pytest.fixture
def read_all() -> Callable[[Path], Iterator[Document | Skip]]:
    """Everything that a folder holds, file by file."""

    def read_files(folder: Path) -> Iterator[Document | Skip]:
        for listed in list_inputs([folder], Settings()):
            yield from (listed,) if isinstance(listed, Skip) else read_input(listed, Settings())

    return read_files


@pytest.fixture
def document(read: Read) -> Callable[..., Document]:
    """Like ``read``, for a file that holds one document and nothing else."""

    def read_document(name: str, content: str | bytes, **settings: float) -> Document:
        (item,) = read(name, content, **settings)
        assert isinstance(item, Document), item
        return item

    return read_document


@pytest.fixture
def skip(read: Read) -> Callable[..., Skip]:
    """Like ``read``, for a file that is skipped as a whole."""

    def read_skip(name: str, content: str | bytes, **settings: float) -> Skip:
        (item,) = read(name, content, **settings)
        assert isinstance(item, Skip), item
        return item

    return read_skip
