"""Whatever becomes of nodes, a request ends in time, with a reason that says what to do."""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from index.engines.base import EngineError, EngineUnavailableError, IndexMissingError
from index.engines.opensearch.client import Client, client_of

INFO = {"version": {"distribution": "opensearch", "number": "3.9.0"}}
SECONDS = 0.5

Behaviour = Callable[[socket.socket, str], None]


def answer(content: object, status: int = 200) -> Behaviour:
    """A server that answers so, once it was asked who it is."""

    def behave(connection: socket.socket, path: str) -> None:
        told = json.dumps(INFO if path == "/" else content).encode()
        code = 200 if path == "/" else status
        head = f"HTTP/1.1 {code} X\r\ncontent-type: application/json\r\ncontent-length: {len(told)}\r\n\r\n"
        connection.sendall(head.encode() + told)

    return behave


def trickle(connection: socket.socket, path: str) -> None:
    """A server whose answer does not come to its end, a byte at a time."""
    if path == "/":
        answer({})(connection, path)
        return
    connection.sendall(b"HTTP/1.1 200 X\r\ncontent-length: 100000\r\n\r\n")
    while True:
        connection.sendall(b" ")
        time.sleep(SECONDS / 5)


def freeze(connection: socket.socket, path: str) -> None:
    """A server that takes a request and says nothing."""
    time.sleep(20 * SECONDS)


def reset(connection: socket.socket, path: str) -> None:
    """A server that hangs up."""
    connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def serve() -> Iterator[Callable[[Behaviour], str]]:
    """Starts a server that behaves so; gives its address."""
    with ExitStack() as stack:
        yield lambda behaviour: stack.enter_context(serving(behaviour))


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=listen, args=(server, behaviour), daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def listen(server: socket.socket, behaviour: Behaviour) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=converse, args=(connection, behaviour), daemon=True).start()


def converse(connection: socket.socket, behaviour: Behaviour) -> None:
    try:
        while request := connection.recv(65536):
            behaviour(connection, request.split()[1].decode())
    except OSError:
        pass
    finally:
        connection.close()


def nobody() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def client(*urls: str) -> Client:
    return Client(urls, "uji", SECONDS)


@pytest.mark.parametrize("behaviour", [freeze, trickle])
def test_an_answer_that_does_not_come_to_its_end_is_given_up_in_time(serve, behaviour):
    asked = client(serve(behaviour))
    began = time.monotonic()

    with pytest.raises(EngineUnavailableError, match="opensearch_timeout"):
        asked.ask("GET", "/x")

    assert time.monotonic() - began < 3 * SECONDS


def test_what_took_its_time_is_not_tried_again_elsewhere(serve):
    asked = client(serve(freeze), serve(freeze), serve(freeze))
    began = time.monotonic()

    with pytest.raises(EngineUnavailableError):
        asked.ask("GET", "/x")

    assert time.monotonic() - began < 2 * SECONDS


@pytest.mark.skipif(sys.platform != "linux", reason="how many may wait to be taken in differs by system")
def test_the_time_that_it_takes_to_be_taken_in_counts():
    with ExitStack() as stack:
        node = stack.enter_context(socket.socket())
        node.bind(("127.0.0.1", 0))
        node.listen(0)
        waiting = [stack.enter_context(socket.socket()) for _ in range(2)]
        for each in waiting:  # the system takes no more of them in
            each.setblocking(False)
            each.connect_ex(node.getsockname())
        # Who comes now tries again after a second, and then waits for an answer that never comes.
        threading.Timer(0.5, lambda: [stack.enter_context(node.accept()[0]) for _ in waiting]).start()
        client = Client((f"http://127.0.0.1:{node.getsockname()[1]}",), "uji", 2.0)
        began = time.monotonic()
        with pytest.raises(EngineUnavailableError):
            client.ask("GET", "/_search")
        assert 1.9 < time.monotonic() - began < 2.7


def test_the_next_node_is_asked_where_one_does_not_answer_or_hangs_up(serve):
    asked = client(nobody(), serve(reset), serve(answer({"ok": 1})))

    assert [asked.ask("GET", "/x") for _ in range(6)] == [{"ok": 1}] * 6


def test_a_change_is_not_sent_twice_once_a_node_may_have_seen_it(serve):
    asked = client(serve(answer({"ok": 1})))
    asked.ask("GET", "/x")
    broken = client(serve(reset), serve(answer({"ok": 1})))
    broken._is_known = True
    broken._turn = 1  # the one that hangs up is next

    with pytest.raises(EngineUnavailableError):
        broken.ask("POST", "/x", again=False)


def test_nobody_there_is_told_with_the_setting(serve):
    with pytest.raises(EngineUnavailableError, match="opensearch_urls"):
        client(nobody()).ask("GET", "/x")


@pytest.mark.parametrize(
    ("info", "found"),
    [
        ({"version": {"number": "8.15.0"}}, "Elasticsearch 8.15.0"),
        ({"version": {"number": "2.19.1", "distribution": "opensearch"}}, "opensearch 2.19.1"),
        ({"hello": "world"}, r"\? \?"),
    ],
)
def test_a_cluster_that_we_do_not_know_is_refused_with_what_was_found(serve, info, found):
    def other(connection: socket.socket, path: str) -> None:
        told = json.dumps(info).encode()
        connection.sendall(b"HTTP/1.1 200 X\r\ncontent-length: %d\r\n\r\n" % len(told) + told)

    with pytest.raises(EngineError, match=found):
        client(serve(other)).ask("GET", "/x")


@pytest.mark.parametrize(
    ("status", "error", "kind", "told"),
    [
        (429, {"type": "circuit_breaking_exception", "reason": "heap"}, EngineUnavailableError, "sibuk"),
        (
            503,
            {"type": "cluster_manager_not_discovered_exception", "reason": "x"},
            EngineUnavailableError,
            "health",
        ),
        (
            403,
            {"type": "cluster_block_exception", "reason": "index [a] blocked by: [read-only / allow delete]"},
            EngineError,
            "diska",
        ),
        (
            429,
            {"type": "cluster_block_exception", "reason": "disk usage exceeded flood-stage watermark"},
            EngineError,
            "diska",
        ),
        (403, {"type": "security_exception", "reason": "no permissions"}, EngineError, "OPENSEARCH_USER"),
        (401, "Unauthorized", EngineError, "OPENSEARCH_USER"),
        (404, {"type": "index_not_found_exception", "reason": "no such index"}, IndexMissingError, "reindex"),
        (400, {"type": "parsing_exception", "reason": "unknown query"}, EngineError, "unknown query"),
    ],
)
def test_what_a_cluster_refuses_is_told_in_the_owners_words(serve, status, error, kind, told):
    with pytest.raises(kind, match=told):
        client(serve(answer({"error": error, "status": status}, status))).ask("POST", "/x")


def test_something_else_than_a_cluster_is_told_from_one(serve):
    def page(connection: socket.socket, path: str) -> None:
        connection.sendall(b"HTTP/1.1 200 X\r\ncontent-length: 6\r\n\r\n<html>")

    with pytest.raises(EngineError, match=r"127\.0\.0\.1"):
        client(serve(page)).ask("GET", "/x")


def test_secrets_come_from_the_environment_and_are_in_no_message(serve, monkeypatch):
    seen: list[bytes] = []

    def note(connection: socket.socket, path: str) -> None:
        answer({"error": {"type": "security_exception", "reason": "no"}}, 403)(connection, path)

    def listening(connection: socket.socket, path: str) -> None:
        seen.append(path.encode())
        note(connection, path)

    monkeypatch.setenv("TELUSUR_OPENSEARCH_USER", "pemakai")
    monkeypatch.setenv("TELUSUR_OPENSEARCH_PASSWORD", "rahasia-é")
    asked = client(serve(listening))

    with pytest.raises(EngineError) as raised:
        asked.ask("GET", "/x")

    assert asked._nodes[0].headers["authorization"].startswith("Basic ")
    assert "rahasia" not in str(raised.value)
    monkeypatch.setenv("TELUSUR_OPENSEARCH_API_KEY", "kunci")
    assert client(nobody())._nodes[0].headers["authorization"] == "ApiKey kunci"


def test_threads_of_a_process_share_a_client_for_the_same_options():
    options = {"opensearch_urls": (nobody(),)}

    assert client_of(options) is client_of(dict(options))
    assert client_of(options) is not client_of({**options, "opensearch_index": "lain"})


def test_who_writes_waits_for_a_cluster_that_is_too_busy(serve, monkeypatch):
    monkeypatch.setattr("index.engines.opensearch.client.WAITS", (0.01, 0.01, 0.01))
    busy = {"error": {"type": "circuit_breaking_exception", "reason": "heap"}}
    answers = iter([(busy, 429), (busy, 429), ({"ok": 1}, 200), *[(busy, 429)] * 9])

    def recover(connection: socket.socket, path: str) -> None:
        answer(*(({}, 200) if path == "/" else next(answers)))(connection, path)

    asked = client(serve(recover))

    assert asked.insist("POST", "/x") == {"ok": 1}
    with pytest.raises(EngineUnavailableError, match="sibuk"):
        asked.insist("POST", "/x")
    with pytest.raises(EngineUnavailableError, match="sibuk"):
        asked.ask("POST", "/x")
    assert len(list(answers)) == 9 - 4 - 1
