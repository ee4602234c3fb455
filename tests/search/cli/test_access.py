"""What one worker is told holds in all of them: a server with two, asked often enough that each is."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial
from http.client import HTTPMessage
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from search.access.keys import KeyFile, Role, make_key
from tests.search.cli.conftest import QUESTION, Server

OFTEN = 24
"""New connections: that all of them reach the same one of two workers happens once in eight million times."""


class Asked:
    """A server, asked through a proxy on its own machine."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def get(self, path: str = QUESTION, visitor: str = "", key: str = "") -> tuple[int, HTTPMessage, bytes]:
        headers = {"X-Forwarded-For": visitor} if visitor else {}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        with closing(self.server.connect()) as connection:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read()

    def statuses(self, times: int = OFTEN, **asked: str) -> Counter[int]:
        return Counter(self.get(**asked)[0] for _ in range(times))


def replace_workers(server: Server) -> None:
    """Kills all workers, and waits until others answer."""
    before = server.workers()
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    server.eventually(lambda: len(server.workers() - before) == 2 and server.answers())


@pytest.fixture(scope="module")
def asked(serve: Callable[..., Server]) -> Asked:
    wanted = {"REQUIRE_KEY": "true", "RATE_LIMIT": "20/hour", "LOG_FORMAT": "json", "ACCESS_LOG": "true"}
    return Asked(serve(2, **{f"TELUSUR_{name}": value for name, value in wanted.items()}))


def test_a_key_opens_every_worker_and_is_taken_back_from_all(asked: Asked, folder: Path) -> None:
    file = KeyFile(folder / "index")
    assert asked.statuses() == {401: OFTEN}
    text, key = make_key("koran", Role.SEARCH)
    file.add(key)
    asked.server.eventually(lambda: asked.statuses(key=text) == {200: OFTEN})
    assert asked.statuses(path="/") == {200: OFTEN}

    file.revoke("koran")
    asked.server.eventually(lambda: asked.statuses(key=text) == {401: OFTEN})


def test_all_workers_count_a_visitor_together_also_one_that_was_replaced(asked: Asked) -> None:
    assert asked.statuses(15, path="/", visitor="203.0.113.7") == {200: 15}
    replace_workers(asked.server)
    assert asked.statuses(10, path="/", visitor="203.0.113.7") == {200: 5, 429: 5}
    assert asked.statuses(10, path="/", visitor="203.0.113.8") == {200: 10}

    status, headers, page = asked.get("/", visitor="203.0.113.7")
    assert (status, headers["RateLimit-Policy"]) == (429, '"default";q=20;w=3600')
    assert 3000 < int(headers["Retry-After"]) <= 3600
    assert b"</html>" in page


def test_a_visitor_cannot_hide_behind_a_header_line_of_its_own(asked: Asked) -> None:
    """Some proxies add a line of their own below the one that a visitor wrote."""
    statuses: Counter[int] = Counter()
    for number in range(30):
        with closing(asked.server.connect()) as connection:
            connection.putrequest("GET", "/")
            connection.putheader("X-Forwarded-For", f"198.51.100.{number}")
            connection.putheader("X-Forwarded-For", "203.0.113.9")
            connection.endheaders()
            statuses[connection.getresponse().status] += 1
    assert statuses == {200: 20, 429: 10}


def test_every_line_of_the_log_is_one_object_also_those_of_the_server(asked: Asked) -> None:
    asked.get("/?q=rahasia", visitor="203.0.113.10")
    asked.server.eventually(lambda: '"path":"/"' in asked.server.log().splitlines()[-1])
    lines = [json.loads(line) for line in asked.server.log().splitlines()]
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)
    assert {"_granian", "telusur.access"} <= {line["logger"] for line in lines}
    assert "rahasia" not in asked.server.log()
    assert "203.0.113" not in asked.server.log()


def test_figures_add_up_over_workers_that_live_and_that_were_replaced(asked: Asked) -> None:
    def counted() -> dict[str, float]:
        status, _, text = asked.get("/metrics")
        assert status == 200
        return {
            f"{sample.name} {' '.join(sample.labels.values())}".strip(): sample.value
            for family in text_string_to_metric_families(text.decode())
            for sample in family.samples
        }

    helped = "telusur_requests_total GET /bantuan 200"
    for total in (OFTEN, 2 * OFTEN):
        assert asked.statuses(path="/bantuan") == {200: OFTEN}
        # A visitor may have the whole answer a moment before it is counted.
        asked.server.eventually(partial(lambda total: counted()[helped] == total, total))
        assert {counted()[helped] for _ in range(OFTEN)} == {total}
        replace_workers(asked.server)
        asked.server.eventually(lambda: counted()["telusur_workers"] == 2)
    assert counted()["telusur_documents"] == 1
    assert asked.get("/metrics", visitor="8.8.8.8")[0] == 401
