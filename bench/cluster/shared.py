"""One node for several processes: the first that asks starts it, the last that leaves stops it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from typing import IO

from bench.cluster.cluster import start
from bench.cluster.node import STOP_SECONDS, ask, hold

_ANSWER_SECONDS = 30.0
_MEMORY = Path("/dev/shm")
_ROOM = 4 << 30  # bytes that have to be free there
_LEFT = "telusur-node-"
_LEFT_SECONDS = 24 * 3600.0


def folder_in_memory(otherwise: Path) -> Path:
    """A new folder for a node, which whoever asks removes: tests make hundreds of indexes, and each would
    wait for the disk several times.

    :param otherwise: where it lies if there is no memory for it.
    """
    try:
        free = shutil.disk_usage(_MEMORY).free
        for left in _MEMORY.glob(f"{_LEFT}*"):  # by a run that was killed
            if time.time() - left.stat().st_mtime > _LEFT_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
        return Path(tempfile.mkdtemp(prefix=_LEFT, dir=_MEMORY if free > _ROOM else otherwise))
    except OSError:
        return Path(tempfile.mkdtemp(prefix=_LEFT, dir=otherwise))


@contextmanager
def shared_node(folder: Path) -> Iterator[str]:
    """The address of a node that all processes share which name the same folder.

    It survives the process that started it, and ends with the last one that uses it, also when that is
    killed. A node that died is replaced for those who ask then.

    :param folder: of those processes alone.
    :raises MissingError: if the machine has no Java or Maven for it.
    :raises NodeError: if it does not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "users").open("w") as user:
        with _alone(folder):
            fcntl.flock(user, fcntl.LOCK_SH)
            url, pipe, held = _join(folder) or _start(folder)
        try:
            yield url
        finally:
            with _alone(folder):
                last = _is_last(user)
                if last:
                    (folder / "node.json").unlink(missing_ok=True)
                os.close(held)
                if last:
                    _wait_until_gone(pipe)
                    shutil.rmtree(pipe.parents[1], ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_last(user: IO[str]) -> bool:
    try:
        fcntl.flock(user, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _join(folder: Path) -> tuple[str, Path, int] | None:
    """Hold the node that is there, if it is well."""
    try:
        known = json.loads((folder / "node.json").read_text(encoding="utf-8"))
        held = hold(Path(known["pipe"]))
    except (OSError, ValueError, KeyError):
        return None
    with suppress(OSError, HTTPException):
        if ask(known["url"], "GET", "/", seconds=_ANSWER_SECONDS)[0] == 200:
            return known["url"], Path(known["pipe"]), held
    os.close(held)
    return None


def _start(folder: Path) -> tuple[str, Path, int]:
    node = start(folder_in_memory(folder)).nodes[0]
    held = hold(node.pipe)
    node.release()
    (folder / "node.json").write_text(json.dumps({"url": node.url, "pipe": str(node.pipe)}), encoding="utf-8")
    return node.url, node.pipe, held


def _wait_until_gone(pipe: Path) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline:
        try:
            # A node that was told to end takes no notice of being held again.
            os.close(hold(pipe))
        except OSError:
            return
        time.sleep(0.02)
