"""The log says what happened, for people or programs, and not who asked what."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.settings import Settings
from search.app import create_app
from search.observing.logs import ACCESS, JsonFormatter, server_configuration

VISITOR = "203.0.113.7"


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """What is logged meanwhile, as programs read it."""
    found: list[dict[str, Any]] = []

    class Reader(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            text = self.format(record)
            assert "\n" not in text
            found.append(json.loads(text))

    reader = Reader()
    reader.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(reader)
    yield found
    logging.getLogger().removeHandler(reader)


@pytest.fixture(scope="module")
def client(site_settings: Settings) -> FlaskClient:
    return create_app(site_settings.replace(access_log=True, rate_limit="4/hour")).test_client()


def test_each_request_is_one_line_without_its_visitor_and_query(
    client: FlaskClient, lines: list[dict[str, Any]]
) -> None:
    headers = {"X-Forwarded-For": VISITOR, "User-Agent": "Peramban/1", "Referer": "https://asal.example/"}
    answers = [
        client.get(path, headers={**headers, "X-Request-ID": f"permintaan-{number}"})
        for number, path in enumerate(
            ("/?q=rahasia", "/api/v1/search?q=banjir", "/api/v1/search?q=banjir", "/tidak/ada", "/?q=rahasia")
        )
    ]

    assert [answer.status_code for answer in answers if answer.data] == [200, 200, 200, 404, 429]
    assert [(line["path"], line["status"]) for line in lines] == [
        *(("/", 200), ("/api/v1/search", 200), ("/api/v1/search", 200), ("/tidak/ada", 404), ("/", 429)),
    ]
    for number, (line, answer) in enumerate(zip(lines, answers, strict=True)):
        assert line["request_id"] == answer.headers["X-Request-ID"] == f"permintaan-{number}"
        assert (line["method"], line["level"], line["logger"]) == ("GET", "info", "telusur.access")
        assert line["bytes"] == len(answer.data)
        assert 0 < line["ms"] < 60_000 or line["status"] == 200
        assert datetime.fromisoformat(line["time"]).tzinfo is not None
    told = json.dumps(lines)
    assert not any(private in told for private in ("rahasia", VISITOR, "Peramban", "asal.example"))


def test_a_path_cannot_forge_a_line(
    client: FlaskClient, lines: list[dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/dokumen/a%0Ab%1b[31m%22%C3%A9").data
    assert [line["path"] for line in lines] == ['/dokumen/a\nb\x1b[31m"é']
    assert caplog.messages[0].startswith(r'GET /dokumen/a\nb\x1b[31m"\xe9 -> 404, ')


def test_an_id_that_nobody_gave_is_the_same_in_the_answer_and_the_line(
    client: FlaskClient, lines: list[dict[str, Any]]
) -> None:
    answers = [client.get("/api/v1/search?q=air") for _ in range(2)]
    assert [line["request_id"] for line in lines] == [answer.headers["X-Request-ID"] for answer in answers]
    assert len({line["request_id"] for line in lines}) == 2


def test_a_body_that_goes_out_in_parts_is_counted_to_its_end(
    client: FlaskClient, lines: list[dict[str, Any]]
) -> None:
    with client.get("/aset/telusur.css") as answer:
        size = len(answer.data)
    assert [line["bytes"] for line in lines] == [size]


def test_by_default_no_request_is_logged(site_settings: Settings, lines: list[dict[str, Any]]) -> None:
    create_app(site_settings).test_client().get("/?q=banjir")
    assert lines == []


def test_a_failed_request_says_which_it_was(empty_settings: Settings, lines: list[dict[str, Any]]) -> None:
    client = create_app(empty_settings).test_client()
    answer = client.get("/api/v1/search?q=rahasia")
    line = next(line for line in lines if line.get("status"))
    assert (line["level"], line["status"], line["path"]) == ("warning", 503, "/api/v1/search")
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert "rahasia" not in json.dumps(lines)


def test_a_traceback_stays_on_its_line(lines: list[dict[str, Any]]) -> None:
    try:
        raise ValueError("sebab")
    except ValueError:
        logging.getLogger("search.anything").exception("gagal")
    assert lines[0]["exception"].startswith("Traceback")
    assert "sebab" in lines[0]["exception"]


def test_the_server_keeps_its_own_lines_unless_the_owner_wants_json(site_settings: Settings) -> None:
    assert server_configuration(site_settings) is None
    configuration = server_configuration(site_settings.replace(log_format="json"))
    assert configuration is not None
    assert configuration["loggers"]["_granian"]["handlers"] == ["console"]
    assert ACCESS.level == logging.INFO
