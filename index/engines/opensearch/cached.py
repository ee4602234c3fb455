"""The statistics of a commit as a file of this machine: fetched once for all processes, mapped by each."""

from __future__ import annotations

import fcntl
import mmap
import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from index.engines.base import IndexBrokenError
from index.engines.opensearch.files import Files
from index.engines.opensearch.statistics import Statistics, is_whole, load
from index.engines.opensearch.versions import Version
from index.messages import _

NAME = "statistics"
"""The file's name in the cluster."""

_ENDING = ".statistics"


def statistics_of(version: Version, files: Files, directory: Path) -> Statistics:
    """The statistics of a version.

    :param directory: where this machine keeps them. What is damaged or missing there is fetched again; where
        nothing can be written they are kept in memory.
    :raises IndexBrokenError: if the cluster does not have them.
    """
    if not version.number:
        return Statistics()
    path = directory / f"{version.number}-{version.mark}{_ENDING}"
    content: Any = _mapped(path)
    if content is None:
        try:
            directory.mkdir(parents=True, exist_ok=True)
            with (directory / "fetching.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                content = _mapped(path)  # another process may have been first
                if content is None:
                    content = _fetched(version, files)
                    _keep(path, content)
                    content = _mapped(path) or content
        except OSError:
            content = content or _fetched(version, files)
    return load(content)


def _fetched(version: Version, files: Files) -> bytes:
    content = files.read(version.owner, NAME)
    if content is None or not is_whole(content):
        raise IndexBrokenError(
            _(
                "statistik indeks {name} di OpenSearch hilang atau rusak; jalankan `reindex --full`",
                name=version.name,
            )
        )
    return content


def _mapped(path: Path) -> mmap.mmap | None:
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None
    return mapped if is_whole(mapped) else None


def _keep(path: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, prefix=".tmp", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.replace(file.name, path)
        except OSError:
            os.unlink(file.name)
            raise
    path.chmod(0o644)
    for other in path.parent.glob(f"*{_ENDING}"):  # whoever has one open keeps what it knows
        if other != path:
            with suppress(OSError):
                other.unlink()
