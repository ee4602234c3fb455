"""WriteLock: two runs never write to the same index at once, and the second says who holds it.

The lock is the kernel's (``flock`` on a file that stays), so it ends with the process that holds it, however
that process ends. The text in the file only says who that is.
"""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import socket
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import asdict

from index.errors import ReindexError
from index.messages import _

LOCK_FILE = "lock"


class Holder(Struct, frozen=True):
    """The process that holds a lock.

    :param started: when it took the lock, local time in ISO 8601.
    :param token: tells it from every other.
    """

    pid: int
    host: str
    started: str
    command: str
    token: str = ""


class LockedError(ReindexError):
    """Another run is writing to the index.

    :param holder: that run, or ``None`` when it has not said so yet.
    """

    def __init__(self, path: Path, holder: Holder | None) -> None:
        self.holder = holder
        if holder is None:
            text = _(
                "indeks sedang ditulis oleh proses lain (kunci: {path}); tunggu sampai selesai", path=path
            )
        else:
            text = _(
                "indeks sedang ditulis oleh proses {pid} di {host} sejak {started} ({command}); "
                "tunggu sampai selesai",
                **{name: value for name, value in asdict(holder).items() if name != "token"},
            )
        super().__init__(text)


class WriteLock:
    """A context in which this process alone writes to an index.

    :param root: folder of the index; made if it is not there.
    :raises LockedError: on entering, if another process writes.
    :raises OSError: on entering, if the folder or the lock cannot be written.
    """

    def __init__(self, root: Path) -> None:
        self._path = root / LOCK_FILE
        self._descriptor = -1
        self.holder = _this_process()
        self.ended: Holder | None = None
        """Who held it last and ended without giving it back."""

    def __enter__(self) -> WriteLock:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise LockedError(self._path, _read_holder(self._path)) from None
        except OSError:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        self.ended = _read_holder(self._path)
        self._write(json.dumps(asdict(self.holder), ensure_ascii=False))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write("")
        os.close(self._descriptor)
        self._descriptor = -1

    def _write(self, text: str) -> None:
        try:
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, text.encode("utf-8", "replace"), 0)
        except OSError:
            pass  # on a full disk the lock still holds; only who holds it is not told


def _this_process() -> Holder:
    return Holder(
        pid=os.getpid(),
        host=socket.gethostname(),
        started=datetime.now().astimezone().isoformat(timespec="seconds"),
        command=shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]]),
        token=uuid4().hex,
    )


def _read_holder(path: Path) -> Holder | None:
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
