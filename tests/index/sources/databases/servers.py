"""A database that tests put rows into, and how servers are started for them."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PASSWORD = "r4hasia@:/#%"
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A database that rows can be put into.

    :param url: as an owner writes it, its password in the variable ``TELUSUR_TEST_PASSWORD``.
    """

    kind: str
    url: str
    connect: Callable[[], Any]

    def run(self, *statements: str) -> None:
        """Change what it holds."""
        connection = self.connect()
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        connection.commit()
        connection.close()


def program_called(*names: str) -> str | None:
    """The first program of some names or patterns of paths."""
    for name in names:
        found = shutil.which(name) or next(iter(sorted(glob.glob(name), reverse=True)), None)
        if found:
            return found
    return None


@contextmanager
def folder_of_server() -> Iterator[tuple[Path, dict[str, Any]]]:
    """A folder for a server, and how to run as who owns it: servers refuse to run as root."""
    with tempfile.TemporaryDirectory(prefix="telusur-") as name:
        who: dict[str, Any] = {}
        if os.geteuid() == 0:
            shutil.chown(name, "nobody")
            who = {"user": "nobody", "env": {**os.environ, "HOME": name}, "cwd": name}
        yield Path(name), who


@contextmanager
def running(command: list[str], connect: Callable[[], Any], log: Path, who: dict[str, Any]) -> Iterator[None]:
    """Run a server until the block ends; it begins once somebody can connect."""
    with ExitStack() as stack:
        output = stack.enter_context(log.open("wb"))
        server = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, **who)
        stack.enter_context(server)
        stack.callback(server.terminate)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                connect().close()
                break
            except Exception:
                if time.monotonic() > deadline or server.poll() is not None:
                    pytest.fail(log.read_text(errors="replace")[-2000:])
                time.sleep(0.05)
        yield
