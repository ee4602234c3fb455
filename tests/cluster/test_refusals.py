"""A cluster that says no, or is none: what is told, and that nothing is lost by it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bench.cluster.node import ask
from index.engines.base import EngineError, EngineUnavailableError
from search.app import create_app
from tests.cluster.conftest import ARTICLES, Archive, articles, until


@pytest.fixture
def archive(opensearch: str, opensearch_prefix: str, tmp_path: Path) -> Archive:
    """A small archive on the node that all tests share."""
    archive = Archive(
        tmp_path, [opensearch], opensearch_index=opensearch_prefix.rstrip("-"), opensearch_replicas=0
    )
    archive.write(articles())
    assert archive.reindex().added == ARTICLES
    return archive


def readyz(archive: Archive) -> tuple[int, dict[str, Any]]:
    """What a server of the archive tells whoever runs it."""
    answer = create_app(archive.settings).test_client().get("/readyz")
    return answer.status_code, answer.get_json()


@contextmanager
def somebody_else(answer: dict[str, Any], status: int = 200) -> Iterator[str]:
    """The address of a server that gives one answer to whatever is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.02,))
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            serving.join()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"version": {"distribution": "opensearch", "number": "1.0.0"}}, "opensearch 1.0.0"),
        ({"version": {"number": "8.17.0"}}, "Elasticsearch 8.17.0"),
        ({"hello": "world"}, "? ?"),
    ],
)
def test_what_is_no_supported_cluster_is_named_and_left_alone(
    answer: dict[str, Any], told: str, tmp_path: Path
) -> None:
    with somebody_else(answer) as url:
        archive = Archive(tmp_path, [url])
        archive.write(articles(3))
        expected = f"{told}; mesin ini memerlukan OpenSearch 3.x"
        with pytest.raises(EngineError) as error:
            archive.reindex()
        assert str(error.value).endswith(expected)
        assert str(archive.ask(0).error).endswith(expected)
        status, ready = readyz(archive)
        assert (status, ready["reason"]) == (503, "engine")
        assert ready["found"].endswith(expected)


def test_where_nobody_listens_is_told_at_once(tmp_path: Path, free_port: Any) -> None:
    archive = Archive(tmp_path, [f"http://127.0.0.1:{free_port()}", f"http://127.0.0.1:{free_port()}"])
    asked = archive.ask(0)
    assert isinstance(asked.error, EngineUnavailableError)
    assert "tidak dapat dihubungi" in str(asked.error)
    assert asked.seconds < 2
    assert readyz(archive)[0] == 503


def test_a_full_disk_stops_writing_and_not_searching(archive: Archive, opensearch: str) -> None:
    """What a cluster does at the flood stage; test_failing_nodes.py has a real one."""
    right = archive.all_seen()
    prefix = archive.settings.text("opensearch_index")
    blocked = {"index.blocks.read_only_allow_delete": True}
    assert ask(opensearch, "PUT", f"/{prefix}-*/_settings", blocked)[0] == 200
    archive.write(articles(ARTICLES + 5))
    with pytest.raises(EngineError, match="diska sebuah simpul OpenSearch hampir penuh"):
        archive.reindex()
    assert archive.all_seen() == right
    blocked["index.blocks.read_only_allow_delete"] = None  # type: ignore[assignment]
    assert ask(opensearch, "PUT", f"/{prefix}-*/_settings", blocked)[0] == 200
    assert archive.reindex().added == 5


def test_an_index_that_somebody_deleted_is_told_and_made_anew(archive: Archive, opensearch: str) -> None:
    right = archive.all_seen()
    prefix = archive.settings.text("opensearch_index")
    _, indexes = ask(opensearch, "GET", f"/_cat/indices/{prefix}-*?format=json&h=index")
    for name in (each["index"] for each in indexes):
        if not name.endswith("files"):
            assert ask(opensearch, "DELETE", f"/{name}")[0] == 200
    time.sleep(0.1)
    for number in range(5):
        asked = archive.ask(number)
        assert isinstance(asked.error, EngineError), "an answer out of nothing"
    status, ready = readyz(archive)
    assert status == 503
    assert "reindex" in ready["found"]
    assert archive.reindex().added == ARTICLES
    until(lambda: archive.ask(0).error is None)
    assert archive.all_seen() == right
