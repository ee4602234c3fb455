"""Reading within bounds: size limits, long lines, compressed data, files that are gone."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index.documents import Document
from index.settings import Settings
from index.sources import files as files_module
from index.sources.base import InputFile, Skip
from index.sources.reading import read_input

Read = Callable[..., list[Document | Skip]]
ReadSkip = Callable[..., Skip]


def test_an_empty_file_is_skipped(skip: ReadSkip) -> None:
    for name in ("a.txt", "a.md", "a.html", "a.jsonl", "a.json", "a.csv", "a.txt.gz"):
        assert "empty" in skip(name, b"" if not name.endswith(".gz") else gzip.compress(b"")).reason
    assert "empty" in skip("b.txt", "\ufeff \n\n").reason


def test_a_picture_named_txt_is_skipped_by_what_it_is(skip: ReadSkip) -> None:
    assert "JPEG" in skip("foto.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF" + os.urandom(500)).reason


def test_a_text_file_over_the_limit_is_refused_unread_and_the_limit_is_named(
    tmp_path: Path, skip: ReadSkip
) -> None:
    huge = tmp_path / "besar.txt"
    with huge.open("wb") as file:
        file.truncate(200 * files_module.MIB)

    (refused,) = read_input(InputFile(huge, "besar.txt", tmp_path), Settings())

    assert isinstance(refused, Skip)
    assert "64 MiB" in refused.reason
    assert "max_input_mb" in refused.reason
    assert "max_input_mb" in skip("b.txt", "kata " * 1000, max_input_mb=0.001).reason


def test_an_article_over_the_limit_is_refused_and_the_limit_is_named(skip: ReadSkip) -> None:
    assert "max_article_kb" in skip("b.txt", "kata " * 1000, max_article_kb=2).reason


def test_a_line_over_the_limit_is_read_past_and_the_others_count(read: Read) -> None:
    line = '{"id":"%s","text":"%s"}\n'
    content = line % ("a", "pasar") + line % ("b", "x" * 5000) + line % ("c", "warung")

    first, long_line, last = read("a.jsonl", content, max_article_kb=1)

    assert isinstance(long_line, Skip)
    assert long_line.source == "arsip/a.jsonl:2"
    assert "max_article_kb" in long_line.reason
    assert [item.id for item in (first, last) if isinstance(item, Document)] == ["a", "c"]


def test_a_single_line_of_200_mib_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "satu.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text":"')
        for _ in range(200):
            file.write(b"x" * files_module.MIB)
        file.write(b'"}\n{"text":"pasar"}\n')
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    refused, kept = read_input(InputFile(path, "satu.jsonl", tmp_path), Settings())

    assert isinstance(refused, Skip)
    assert isinstance(kept, Document)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_compressed_text_is_read_like_plain(read: Read) -> None:
    (item,) = read("a.txt.gz", gzip.compress(b"Pasar baru dibuka."))

    assert isinstance(item, Document)
    assert item.body == "Pasar baru dibuka."


def test_damaged_compressed_data_gives_what_can_be_read(read: Read, skip: ReadSkip) -> None:
    lines = b"".join(b'{"id":"%d","text":"%s"}\n' % (n, os.urandom(2000).hex().encode()) for n in range(600))
    packed = gzip.compress(lines)

    *kept, damage = read("a.jsonl.gz", packed[: len(packed) // 2])

    assert kept
    assert all(isinstance(item, Document) for item in kept)
    assert isinstance(damage, Skip)
    assert "damaged" in damage.reason
    assert "damaged" in skip("b.txt.gz", b"bukan gzip sama sekali").reason


def test_a_decompression_bomb_is_refused(skip: ReadSkip) -> None:
    zeros = gzip.compress(b" " * (20 * files_module.MIB))

    assert "max_input_mb" in skip("bom.txt.gz", zeros, max_input_mb=1).reason
    assert "swells" in skip("bom.txt.gz", zeros).reason


@pytest.mark.parametrize("name", ["bom.jsonl.gz", "bom.csv.gz"])
def test_a_bomb_of_empty_lines_is_given_up(skip: ReadSkip, name: str) -> None:
    newlines = gzip.compress(b"id,isi\n" * name.count("csv") + b"\n" * files_module.MIB)

    assert "blank" in skip(name, newlines).reason


def test_a_file_that_vanished_is_skipped(tmp_path: Path) -> None:
    for name in ("a.txt", "a.jsonl", "a.csv", "a.html"):
        (gone,) = read_input(InputFile(tmp_path / name, name, tmp_path), Settings())

        assert isinstance(gone, Skip)
        assert "vanished" in gone.reason


@pytest.mark.parametrize("name", ["pipa.txt", "pipa.jsonl"])
def test_a_file_that_became_a_pipe_is_skipped_without_waiting(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)

    (refused,) = read_input(InputFile(tmp_path / name, name, tmp_path), Settings())

    assert isinstance(refused, Skip)
    assert "regular file" in refused.reason


def test_a_file_that_became_a_folder_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()

    (refused,) = read_input(InputFile(tmp_path / "a.txt", "a.txt", tmp_path), Settings())

    assert isinstance(refused, Skip)
