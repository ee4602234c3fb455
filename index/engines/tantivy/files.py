"""What Tantivy needs of an index's folder beyond reading it, for those who may do no more."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile, rmtree

from index.engines.tantivy.records import RECORDS_FILE
from index.engines.tantivy.schema import META_FILE

_SECONDS_TO_REMOVE = 2.0
"""After so long a folder is left behind: that is no reason not to serve."""


@contextlib.contextmanager
def openable(directory: Path) -> Iterator[Path]:
    """A folder with an index's last commit, which Tantivy can open while the block runs.

    Tantivy writes to a lock beside the files. Where that is not allowed, these are links to them in a folder
    that it may write to, and here the lock is held for it, so that no writer removes a file meanwhile.
    """
    lock = directory / ".tantivy-meta.lock"
    lock = lock if lock.exists() else directory
    if os.access(lock, os.W_OK) and os.access(directory / ".managed.json", os.R_OK):
        yield directory
        return
    with contextlib.ExitStack() as stack:
        name = tempfile.mkdtemp(prefix="telusur-")
        stack.callback(remove, Path(name))
        descriptor = os.open(lock, os.O_RDONLY | os.O_CLOEXEC)
        stack.callback(os.close, descriptor)
        with contextlib.suppress(OSError):  # some network file systems have no locks for mere readers
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        copyfile(directory / META_FILE, Path(name) / META_FILE)
        for path in directory.resolve().glob("[!.]*"):
            if path.name != META_FILE:
                (Path(name) / path.name).symlink_to(path)
        yield Path(name)


def remove(folder: Path) -> None:
    """Remove a folder in which a thread of Tantivy's may still put a lock, for half a second at most."""
    end = time.monotonic() + _SECONDS_TO_REMOVE
    while folder.exists() and time.monotonic() < end:
        rmtree(folder, ignore_errors=True)
        time.sleep(0.001)


def share(directory: Path) -> None:
    """Let those read the meta file who may read the records: Tantivy writes it for its owner alone."""
    with contextlib.suppress(OSError):
        (directory / META_FILE).chmod((directory / RECORDS_FILE).stat().st_mode & 0o777)
