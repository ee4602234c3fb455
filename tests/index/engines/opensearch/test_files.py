"""Files in the cluster are whole or not there, and found the moment they were written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from threading import Event, Thread
from typing import Any

import pytest

from index.engines.opensearch.client import Client, client_of
from index.engines.opensearch.files import Files, digest


@pytest.fixture
def client(options: Mapping[str, Any]) -> Client:
    return client_of(options)


@pytest.fixture
def files(client: Client) -> Files:
    return Files(client)


def ids(client: Client) -> set[str]:
    """Ids of all documents."""
    client.ask("POST", f"/{client.prefix}-files/_refresh")
    found = client.ask("POST", f"/{client.prefix}-files/_search", {"size": 1000, "_source": False})
    return {hit["_id"] for hit in found["hits"]["hits"]}


def test_where_nothing_was_written_there_is_nothing(files: Files) -> None:
    assert files.read("siapa", "berkas") is None
    assert files.listed("siapa") == {}
    assert files.state("siapa") is None
    files.remove("siapa")
    files.keep(())


def test_files_of_any_size_come_back_as_they_were(files: Files) -> None:
    contents = {
        "kosong": b"",
        "kecil.json": '{"é": "\u2028"}'.encode(),
        "besar": os.urandom((4 << 20) + 1),
    }
    files.write("a-1", contents)
    assert {name: files.read("a-1", name) for name in contents} == contents
    assert files.listed("a-1") == {name: digest(content) for name, content in contents.items()}
    assert files.read("a-1", "lain") is None


def test_a_file_that_is_replaced_leaves_nothing_behind(files: Files, client: Client) -> None:
    files.write("b", {"x": b"lama" * 10, "y": b"tetap"})
    before, state = ids(client), files.state("b")
    files.write("b", {"x": b"baru"})
    assert (files.read("b", "x"), files.read("b", "y")) == (b"baru", b"tetap")
    assert len(ids(client)) == len(before)
    assert files.state("b") != state
    assert files.state("b") == files.state("b")


def test_of_a_writer_that_is_killed_before_its_end_nothing_is_seen_and_the_next_clears_the_rest(
    files: Files, client: Client
) -> None:
    files.write("c", {"x": b"lama"})
    before = ids(client)
    files._write_pieces("c", b"setengah")  # all that such a writer has come to
    assert files.read("c", "x") == b"lama"
    assert ids(client) > before
    files.keep({"a-1", "b", "c"})
    assert ids(client) == before


def test_files_without_an_owner_go_and_others_stay(files: Files) -> None:
    files.write("d", {"x": b"1"})
    files.write("d-2", {"x": b"2"})
    files.remove("d")
    assert (files.read("d", "x"), files.read("d-2", "x")) == (None, b"2")
    files.write("e", {"x": b"3"})
    files.keep({"e"})
    assert (files.read("d-2", "x"), files.read("e", "x")) == (None, b"3")


def test_a_file_that_was_changed_by_others_is_none(files: Files, client: Client) -> None:
    files.write("f", {"x": b"asli"})
    (piece,) = (id_ for id_ in ids(client) if id_.startswith("f/"))
    body = {"doc": {"data": "cGFsc3U="}}
    client.ask("POST", f"/{client.prefix}-files/_update/{piece.replace('/', '%2F')}", body)
    assert files.read("f", "x") is None


def test_who_reads_while_others_write_gets_one_of_their_files_whole(files: Files, client: Client) -> None:
    contents = [bytes([number]) * 3_000_000 for number in range(3)]
    files.write("g", {"x": contents[0]})
    stop, seen = Event(), []

    def read() -> None:
        while not stop.is_set():
            seen.append(files.read("g", "x"))

    reader = Thread(target=read)
    reader.start()
    for content in contents * 2:
        files.write("g", {"x": content})
    stop.set()
    reader.join()
    assert seen
    assert [each[:1] if each else each for each in seen if each not in contents] == []
