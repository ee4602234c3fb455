"""A server that is asked for much by some still answers others."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest

from index.reindex.sync import sync
from index.settings import Settings

SERVE = "from search.cli.commands import telusur; telusur()"
WORDS = " ".join(f"lembaga{number % 5000} zakat menyerahkan" for number in range(30_000))
DEAR = "/dokumen/panjang?q=" + quote("zakat menyerahkan l*1 le*2 lem*3 *4 *a*5 lemb*6")


@pytest.fixture
def port(tmp_path: Path, start_shared_program: Callable[..., Any], free_port: Callable[[], int]) -> int:
    """Of a server of one worker with one very long article."""
    archive = tmp_path / "arsip.jsonl"
    archive.write_text(json.dumps({"id": "panjang", "title": "Zakat", "body": WORDS}))
    settings = Settings({"index": str(tmp_path / "index")})
    sync(settings, [str(archive)], jobs=1)
    port = free_port()
    options = ["--port", str(port), "--workers", "1", "--index", str(tmp_path / "index")]
    start_shared_program(SERVE, "serve", *options, cwd=tmp_path)
    return port


def get(port: int, path: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()


def wait_for(port: int) -> None:
    while True:
        try:
            get(port, "/healthz")
        except OSError:
            continue
        return


def test_health_and_plain_questions_are_answered_while_dear_ones_wait(port: int) -> None:
    wait_for(port)
    answers: list[int] = []
    dear = [Thread(target=lambda: answers.append(get(port, DEAR)[0]), daemon=True) for _ in range(8)]
    for thread in dear:
        thread.start()

    health = get(port, "/healthz")[0]
    ready = get(port, "/readyz")[0]
    plain = get(port, "/api/v1/search?q=zakat")[0]
    waiting = len(dear) - len(answers)
    for thread in dear:
        thread.join()

    assert (health, ready, plain) == (200, 200, 200)
    assert waiting
    assert answers == [200] * len(dear)
