"""What processes hold together: proportional set size, which counts what several share once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_EVERY_SECONDS = 0.25
_PROC = Path("/proc")


def family(pid: int) -> list[int]:
    """A process and all that it started, directly or not, as far as they run."""
    children: dict[int, list[int]] = {}
    for status in _PROC.glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue  # it has ended meanwhile
        children.setdefault(parent, []).append(int(status.parent.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(process := waiting.pop())
        waiting += children.get(process, [])
    return found


def told(path: Path, name: str) -> int:
    """The number that a file of /proc has behind a name, 0 if it has none."""
    for line in path.read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0


def pss_mb(pid: int) -> float:
    """The proportional set size of a process and all that it started, in MiB; 0 where /proc does not tell."""
    total = 0
    for process in family(pid):
        with suppress(OSError):
            total += told(_PROC / str(process) / "smaps_rollup", "Pss:")
    return total / 1024


class Peak:
    """The most that was seen.

    :param mb: MiB.
    """

    def __init__(self) -> None:
        self.mb = 0.0


@contextmanager
def watching(pid: int) -> Iterator[Peak]:
    """The most that a process and all that it started held at once while the block ran."""
    peak, over = Peak(), threading.Event()

    def look() -> None:
        while not over.wait(_EVERY_SECONDS):
            peak.mb = max(peak.mb, pss_mb(pid))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


def size_mb(folder: Path) -> float:
    """What the files hold of a folder that others write to, in MiB; a file of several names once."""
    sizes = {}
    for path in folder.rglob("*"):
        with suppress(OSError):
            if path.is_file():
                status = path.stat()
                sizes[status.st_ino] = status.st_size
    return sum(sizes.values()) / (1 << 20)
