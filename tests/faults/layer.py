"""The fault-injection layer as Python sees it: built once, loaded into a run, told what is to fail."""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).with_name("faults.c")
FAULTS = ("eio", "full", "short", "part", "kill", "torn")
"""As ``enum fault`` of faults.c numbers them, from 1: an I/O error; a full disk from there on; half is
written, and then the disk is full; half is written, and all goes on; killed; killed when half is written."""

WRITES = frozenset({"write", "pwrite", "writev", "sendfile"})
_NEED_NO_ROOM = frozenset({"ftruncate", "truncate", "unlink", "rmdir", "chmod", "fchmod"})

_HEAD = struct.Struct("=qqiiii480s")
_CALL = struct.Struct("=16s240s")
_MOST_CALLS = 8192


class Call(NamedTuple):
    """A system call of a run that changes something below its folder.

    :param name: what it does: ``write``, ``rename``, ...
    :param path: of the file, below the folder.
    """

    name: str
    path: str

    @property
    def faults(self) -> tuple[str, ...]:
        """What may become of it."""
        if self.name in WRITES:
            return FAULTS
        return ("eio", "kill") if self.name in _NEED_NO_ROOM else ("eio", "full", "kill")


class LayerMissingError(Exception):
    """There is no layer on this machine; the message says why."""


class Layer:
    """A fault for the runs below one folder.

    :param workshop: a folder for what is built, and for what all processes of a run share.
    :param folder: what is below it may fail.
    :raises LayerMissingError: if it cannot be built, or would do nothing.
    """

    def __init__(self, workshop: Path, folder: Path) -> None:
        self._library = _built(workshop)
        self._control = workshop / "control"
        self._folder = os.path.realpath(folder).encode()
        with self._control.open("wb") as file:
            file.truncate(_HEAD.size + _CALL.size * _MOST_CALLS)
        with self._control.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), 0)
        self._try_out(workshop)

    def _try_out(self, workshop: Path) -> None:
        """Look whether the layer sees what a program does."""
        folder, self._folder = self._folder, os.path.realpath(workshop).encode()
        self.set()
        command = ["/bin/sh", "-c", ': > "$0"', f"{workshop}/tried"]
        subprocess.run(command, env=self.environment, stderr=subprocess.DEVNULL, check=False)
        if not self.calls:
            raise LayerMissingError("this system lets no program filter its own system calls")
        self._folder = folder

    def set(self, fault: str | None = None, at: int = 0) -> None:
        """Count from 0, and let the call of a number fail, or none."""
        number = FAULTS.index(fault) + 1 if fault else 0
        self._shared[: _HEAD.size] = _HEAD.pack(0, at, number, 0, 0, 0, self._folder)

    def enter(self) -> None:
        """From now on this process is a run, with all that it starts. Not to be undone."""
        os.setpgid(0, 0)
        struct.pack_into("=i", self._shared, 24, os.getpid())
        os.environ.update(self.environment)
        ctypes.CDLL(str(self._library))

    @property
    def environment(self) -> dict[str, str]:
        """What makes a program that is started with it a run."""
        return {"FAULTS_CONTROL": str(self._control), "LD_PRELOAD": str(self._library)}

    @property
    def struck(self) -> bool:
        """Whether the fault took effect."""
        return bool(_HEAD.unpack_from(self._shared)[5])

    @property
    def calls(self) -> list[Call]:
        """Every call since :meth:`set`."""
        count = min(_HEAD.unpack_from(self._shared)[0], _MOST_CALLS)
        return [self._call(number) for number in range(count)]

    def _call(self, number: int) -> Call:
        name, path = _CALL.unpack_from(self._shared, _HEAD.size + number * _CALL.size)
        return Call(_text(name), _text(path))


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "replace")


def _built(workshop: Path) -> Path:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if sys.platform != "linux":
        raise LayerMissingError("faults are injected on Linux alone")
    if compiler is None:
        raise LayerMissingError("no C compiler")
    library = workshop / "faults.so"
    command = [compiler, "-O1", "-shared", "-fPIC", "-o", str(library), str(SOURCE)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise LayerMissingError(f"the C compiler fails: {made.stderr}")
    return library
