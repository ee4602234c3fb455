"""What the processes of a server hold, as /proc tells it, and what its index takes on disk."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.memory import family, told


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
    for process in (Path("/proc") / str(number) for number in family(server)):
        with suppress(OSError):
            pss = told(process / "smaps_rollup", "Pss:") / 1024
            maps = (process / "maps").read_text().splitlines()
            threads = told(process / "status", "Threads:")
            held.descriptors += len(list((process / "fd").iterdir()))
            held.pss_mb += pss
            held.maps += len(maps)
            held.deleted_maps += sum(line.endswith(" (deleted)") for line in maps)
            held.threads += threads
            held.processes += 1
    return held
