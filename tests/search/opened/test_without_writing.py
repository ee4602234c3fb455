"""An index is served by whom it gives nothing but to read it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.reindex.sync import sync
from index.settings import Settings

# As root, whom permissions do not stop, the server is somebody else, who has loaded its modules before.
SERVE = """
import json, os, sys
from index.settings import Settings
from search.app import create_app

def ask(index):
    app = create_app(Settings({"index": index, "engine": sys.argv[3]}))
    paths = "/readyz", "/api/v1/search?q=warga&sort=newest", "/?q=banjir"
    answers = [app.test_client().get(path) for path in paths]
    return [answer.status_code for answer in answers], answers[1].json["total"]

ask(sys.argv[1])
os.getuid() or os.setuid(65534)
try:
    open(os.path.join(sys.argv[2], "current"), "r+").close()
except OSError:
    print(json.dumps(ask(sys.argv[2])))
"""


def served(index: Path, copy: Path, engine: str) -> tuple[list[int], int]:
    """(statuses of the answers, articles found) of a server that may only read the index."""
    shutil.copytree(index, copy)
    paths = [index, *index.rglob("*")]
    before = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(before[path] & 0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", SERVE, copy, index, engine], capture_output=True, text=True, timeout=120
        )
    finally:
        for path in paths:
            path.chmod(before[path])
    statuses, total = json.loads(done.stdout or "null") or pytest.fail(done.stderr)
    assert set(index.rglob("*")) | {index} == set(paths)
    return statuses, total


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody may read; pytest keeps its own to itself."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield Path(name)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_serving_needs_no_permission_to_write(folder: Path, engine: str) -> None:
    pytest.importorskip(f"index.engines.{engine}.engine")
    settings = Settings({"index": str(folder / "indeks"), "engine": engine})
    archive = folder / "arsip.jsonl"
    for count in (2, 3):  # made, then brought up to date
        article = {"title": "Banjir di Lebak", "body": "Warga mengungsi.", "date": "2024-02-01"}
        archive.write_text("\n".join(json.dumps({"id": f"a{n}", **article}) for n in range(count)))
        assert sync(settings, [str(archive)], jobs=1).rebuilt is None
        assert served(folder / "indeks", folder / f"salinan-{count}", engine) == ([200] * 3, count)
