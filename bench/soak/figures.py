"""What the processes of a server hold, as /proc tells it, and what its index takes on disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True)
class Sample:
    """One look at a running server.

    :param seconds: since the questions began.
    :param updates: of the index, so far.
    :param pss_mb: memory of all processes; what they share counts once.
    :param descriptors: open files and connections of all processes.
    :param maps: mapped areas of all processes.
    :param deleted_maps: those of files that are no more.
    :param disk_mb: of the index folder.
    :param statuses: answers by status since the last look.
    """

    seconds: float
    updates: int
    pss_mb: float
    descriptors: int
    maps: int
    deleted_maps: int
    threads: int
    processes: int
    disk_mb: float
    statuses: dict[int, int] = field(default_factory=dict)
    errors: int = 0
    p50_ms: float = 0.0
    p99_ms: float = 0.0


@dataclass
class Held:
    """What processes hold together; see :class:`Sample`."""

    pss_mb: float = 0.0
    descriptors: int = 0
    maps: int = 0
    deleted_maps: int = 0
    threads: int = 0
    processes: int = 0


def held_by(server: int) -> Held:
    """What a process and all that descend from it hold. One that ends meanwhile holds nothing."""
    held = Held()
    for process in _family(server):
        with suppress(OSError):
            pss = _number(process / "smaps_rollup", "Pss:") / 1024
            maps = (process / "maps").read_text().splitlines()
            threads = _number(process / "status", "Threads:")
            held.descriptors += len(list((process / "fd").iterdir()))
            held.pss_mb += pss
            held.maps += len(maps)
            held.deleted_maps += sum(line.endswith(" (deleted)") for line in maps)
            held.threads += threads
            held.processes += 1
    return held


def size_mb(folder: Path) -> float:
    """Bytes of the files in a folder that others write to, in MiB."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.stat().st_size if path.is_file() else 0
    return total / (1 << 20)


def _family(first: int) -> Iterator[Path]:
    parents: dict[int, int] = {}
    for status in _PROC.glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(status.parent.name)] = int(status.read_text().rsplit(")", 1)[1].split()[1])
    known = {first}
    while more := {pid for pid, parent in parents.items() if parent in known} - known:
        known |= more
    return (_PROC / str(pid) for pid in sorted(known))


def _number(path: Path, name: str) -> int:
    for line in path.read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0
