"""``make serve-cluster`` gives a developer a cluster and a server on it, and takes all of it away again."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest

from bench.cluster.node import ask
from tests.conftest import ROOT, Start

SERVE = "import sys; from bench.cluster.serve import main; sys.exit(main())"
START_SECONDS = 180


@pytest.mark.long
def test_samples_are_served_until_it_is_interrupted(
    opensearch: str, start_program: Start, free_port: Callable[[], int], tmp_path: Path
) -> None:
    del opensearch  # what nodes need is here
    archive = tmp_path / "arsip.txt"
    archive.write_text("Banjir Merendam Kudus\n\nAir merendam rumah warga di Kudus sejak Senin pagi.\n")
    port = free_port()
    options = ["--nodes", "1", "--port", str(port), str(archive)]
    with (tmp_path / "said").open("wb") as said:
        serving = start_program(SERVE, *options, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
    found = searched(f"http://127.0.0.1:{port}", serving)
    told = (tmp_path / "said").read_text(encoding="utf-8")
    assert found == ("Banjir Merendam Kudus", 1), told
    (node,) = re.findall(r"^node1: (\S+), log (\S+)$", told, re.MULTILINE)
    assert ask(node[0], "GET", "/")[0] == 200

    serving.send_signal(signal.SIGINT)
    assert serving.wait(60) == 0
    with pytest.raises(OSError):
        ask(node[0], "GET", "/")
    assert not Path(node[1]).parents[1].exists()


def searched(address: str, serving: subprocess.Popen[Any]) -> tuple[str, int]:
    """The title and the number of what a server finds, as soon as it does."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and serving.poll() is None:
        try:
            status, answer = ask(address, "GET", "/api/v1/search?q=banjir")
        except (OSError, HTTPException):
            time.sleep(0.2)
            continue
        if status == 200:
            return answer["results"][0]["title"], answer["total"]
    return "", 0
