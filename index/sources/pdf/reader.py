"""Has PDF files read in another process, within bounds of time and memory, and survives its end."""

from __future__ import annotations

import atexit
import json
import signal
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from index.messages import _
from index.sources.base import UnreadableError

MOST_PAGES = 5000
"""Pages of a file that is read."""

SECONDS = 20
"""Work on one page (seconds of CPU) after which a file is given up."""

MEMORY = 1024
"""Address space (MiB) of the process that reads."""

_PROGRAM = Path(__file__).with_name("pages.py")
_FILES = 500  # read by one process: what its library leaks ends with it


class Line(NamedTuple):
    """One line of a page, in points from its lower left corner.

    :param height: of its letters' cells.
    :param is_broken: a hyphen stood at its end, which was taken off.
    """

    text: str
    left: float
    right: float
    bottom: float
    height: float
    is_broken: bool = False


class Pages(Struct, frozen=True):
    """What a file holds.

    :param properties: of the document, as PDF names them.
    :param lines: of each page that was read, in reading order.
    :param pictures: numbers of pages that show a picture and have no text, from 1.
    :param unknown: characters that have no meaning.
    :param is_cut: there is more text than was asked for.
    """

    properties: dict[str, str]
    lines: list[list[Line]]
    pictures: list[int]
    unknown: int
    is_cut: bool


def read_pages(path: Path, characters: int, seconds: int = SECONDS) -> Pages:
    """The pages of a file.

    :param characters: after so many it is read no further.
    :param seconds: of work on one page.
    :raises UnreadableError: if it is no PDF, is locked, or takes more time, memory or pages than a file may.
    """
    request = {
        "path": str(path),
        "seconds": seconds,
        "megabytes": MEMORY,
        "pages": MOST_PAGES,
        "characters": characters,
    }
    first, *pages = _process().ask(request)
    if "error" in first:
        raise UnreadableError(_why(first["error"]))
    return Pages(
        {str(name): str(value) for name, value in first["properties"].items()},
        [[Line(*line) for line in page["lines"]] for page in pages],
        [number for number, page in enumerate(pages, start=1) if page["image"]],
        sum(page["unknown"] for page in pages),
        sum(len(line[0]) for page in pages for line in page["lines"]) >= characters,
    )


class _Process:
    """The process that reads, started when it is needed and again after it died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._files = 0
        atexit.register(self.close)

    def ask(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        """Its answers.

        :raises UnreadableError: if it died of the file.
        """
        with self._lock:
            self._files += 1
            if self._files % _FILES == 0:
                self.close()
            process = self._started()
            assert process.stdin is not None
            assert process.stdout is not None
            answers: list[dict[str, Any]] = []
            try:
                process.stdin.write(json.dumps(request) + "\n")
                process.stdin.flush()
                while (line := process.stdout.readline()) and (answer := json.loads(line)):
                    answers.append(answer)
            except (BrokenPipeError, ValueError):
                line = ""
            if line:
                return answers
            code = process.wait()
            self.close()
        raise UnreadableError(_why_died(code, max(0, len(answers) - 1) + 1, request["seconds"]))

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            # -P: the folder of the program has names of ours that are those of the standard library, too.
            command = [sys.executable, "-P", str(_PROGRAM)]
            self._process = subprocess.Popen(  # noqa: S603  # a program of ours
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        return self._process

    def close(self) -> None:
        """End it."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


@cache
def _process() -> _Process:
    return _Process()


def _why(error: str) -> str:
    if error == "locked":
        return _("terkunci kata sandi")
    if error == "pages":
        return _("lebih dari {limit} halaman; bagilah berkasnya", limit=MOST_PAGES)
    return _("bukan PDF yang utuh: {error}", error=error)


def _why_died(code: int, page: int, seconds: int) -> str:
    if code == -signal.SIGXCPU:
        return _(
            "halaman {page} butuh lebih dari {limit} detik kerja; PDF ini tidak dibaca",
            page=page,
            limit=seconds,
        )
    return _(
        "pembaca PDF berhenti di halaman {page} (kode {code}), mungkin karena butuh memori lebih dari "
        "{limit} MiB; PDF ini tidak dibaca",
        page=page,
        code=code,
        limit=MEMORY,
    )
