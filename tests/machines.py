"""Machines that share an archive in a cluster, and the wire between them, which may be cut or freeze."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from index.settings import Settings
from tests.nodes import own_names

Machine = Callable[..., Settings]


@pytest.fixture
def machine(opensearch: str, tmp_path: Path) -> Iterator[Machine]:
    """Gives the settings of a machine, whose index folder has its name. All share one archive."""
    with own_names(opensearch) as prefix:

        def make(name: str, **changes: Any) -> Settings:
            return Settings(
                {
                    "index": str(tmp_path / name),
                    "engine": "opensearch",
                    "sources": (str(tmp_path / "arsip.jsonl"),),
                    "opensearch_urls": (opensearch,),
                    "opensearch_index": prefix.rstrip("-"),
                    "opensearch_timeout": 20.0,  # these machines do other things meanwhile
                    "opensearch_replicas": 0,
                    **changes,
                }
            )

        yield make


@pytest.fixture
def articles(tmp_path: Path) -> Callable[..., None]:
    """Writes the source of all machines: articles of some names, which all have one word."""

    def write(*names: str, word: str = "banjir") -> None:
        rows = ({"id": name, "title": f"Berita {name}", "body": f"Air {word} naik."} for name in names)
        (tmp_path / "arsip.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    return write


@pytest.fixture
def wire(opensearch: str) -> Iterator[Wire]:
    """A wire to the one node of a test run."""
    with ExitStack() as stack:
        yield stack.enter_context(Wire(opensearch))


class Wire:
    """A way to a node that may freeze: what is sent then arrives once it thaws. A context manager.

    :param url: of the node.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._node = (parts.hostname or "", parts.port or 0)
        self._flows = threading.Event()
        self._flows.set()
        self._closed = False
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.requests = 0
        """Pieces that were sent to the node, or would be if the wire were not frozen."""

    def freeze(self) -> None:
        """From now on nothing arrives."""
        self._flows.clear()

    def thaw(self) -> None:
        """Let everything arrive."""
        self._flows.set()

    def __enter__(self) -> Wire:
        self._start(self._accept)
        return self

    def __exit__(self, *error: object) -> None:
        self._closed = True
        self._flows.set()
        for end in (self._socket, *self._ends):
            _end(end)
        for thread in self._threads:
            thread.join()
        for end in (self._socket, *self._ends):
            end.close()

    def _start(self, work: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while not self._closed:
                near, _address = self._socket.accept()
                self._ends.append(near)
                far = socket.create_connection(self._node)
                self._ends.append(far)
                self._start(self._carry, near, far, True)
                self._start(self._carry, far, near, False)

    def _carry(self, one: socket.socket, other: socket.socket, counts: bool) -> None:
        with suppress(OSError):
            while piece := one.recv(1 << 16):
                self.requests += counts
                self._flows.wait()
                if self._closed:
                    break
                other.sendall(piece)
        _end(one)
        _end(other)


def _end(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
