"""The folder where the processes of a server put their figures, for whichever of them is asked for all.

Files bear the number of a place and not of a process: one that replaces another goes on in its files, so that
figures never fall and there are never more files than processes at a time.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

_PREFIX = "telusur-metrics-"
_SERVER = "server.lock"


class Folder:
    """A folder of one server, in the system's place for temporary files; gone when the server ends.

    :param path: an empty folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = _hold(path / _SERVER)  # workers inherit it: it is held until the last one ends
        self._place: int | None = None

    @classmethod
    def make(cls) -> Folder:
        """A new one; those that killed servers left behind are removed.

        :raises OSError: if there is no place for temporary files.
        """
        for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            _remove_if_left(left)
        return cls(Path(tempfile.mkdtemp(prefix=_PREFIX)))

    def take_place(self) -> str:
        """The first number that no living process has; from then on it is this one's until it ends."""
        for number in count():
            held = _hold(self.path / f"{number}.lock")
            if held is not None:
                self._place = held
                return str(number)
        raise AssertionError

    def living(self) -> int:
        """How many processes have a place."""
        return sum(1 for _, held in self._places() if held is None)

    def vacant(self) -> Iterator[str]:
        """Places that nobody has. Nobody takes one while it is looked at."""
        return (number for number, held in self._places() if held is not None)

    def remove(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _places(self) -> Iterator[tuple[str, int | None]]:
        for path in sorted(self.path.glob("[0-9]*.lock")):
            held = _hold(path)
            try:
                yield path.stem, held
            finally:
                if held is not None:
                    os.close(held)


def _hold(path: Path) -> int | None:
    """Lock a file until this process ends or closes what is returned; ``None`` if another one has it."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


def _remove_if_left(path: Path) -> None:
    try:
        if path.is_symlink() or path.stat().st_uid != os.getuid():
            return
        held = _hold(path / _SERVER)
    except OSError:
        return
    if held is not None:
        shutil.rmtree(path, ignore_errors=True)
        os.close(held)
