"""Copies: what a remote engine's home keeps with its generations, on this machine, where readers look for it.

They are a cache: what is lost, damaged or outdated is fetched again, once for all processes of the machine.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import shutil
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from index.engines.base import EngineUnavailableError, Home
from index.messages import _, system_reason
from index.store.alone import alone
from index.store.names import DATA, META, NAME, is_used
from index.store.temporary import temporary_folder

_FOLDER = "remote"
_IDENTITY = "identity"
_LOCK = ".lock"

_log = logging.getLogger(__name__)


class Copies:
    """Folders of remote generations, in the index folder or, where that cannot be written, a temporary one.

    :param root: the index folder; it need not be there.
    """

    def __init__(self, root: Path, home: Home) -> None:
        self._root = root
        self._home = home

    def folder(self, name: str) -> Path:
        """The folder of a generation, which need not be there."""
        return self._place / name

    def make(self, name: str, identity: str) -> None:
        """Have the folder of a generation there, without what belongs to another of its name.

        :param identity: tells it from those.
        :raises EngineUnavailableError: if it cannot be written.
        """
        folder = self.folder(name)
        with _writing(folder):
            (folder / DATA).mkdir(parents=True, exist_ok=True)
            if _content(folder / _IDENTITY) == identity.encode():
                return
            with alone(folder / _LOCK):
                if _content(folder / _IDENTITY) != identity.encode():  # another process may have been first
                    for path in folder.iterdir():
                        if path.name != _LOCK:
                            shutil.rmtree(path) if path.is_dir() else path.unlink()
                    (folder / DATA).mkdir()
                    _replace(folder / _IDENTITY, identity.encode())
            self._clear()

    def fetch(self, name: str) -> None:
        """Have the files of a generation as its home has them now; its folder is there.

        :raises EngineUnavailableError: if the home does not answer, or the folder cannot be written.
        """
        folder = self.folder(name)
        with _writing(folder):
            if self._missing(folder, name):
                with alone(folder / _LOCK):
                    self._fill(folder, name)

    def own(self, name: str, identity: str) -> None:
        """Note that the folder of a generation holds what belongs to it: it was made here."""
        (self.folder(name) / _IDENTITY).write_text(identity)

    def forget(self, name: str) -> None:
        """Remove the folder of a generation."""
        shutil.rmtree(self.folder(name), ignore_errors=True)

    def _missing(self, folder: Path, name: str) -> list[str]:
        """Files that are not there as they have to be."""
        listed = self._home.files(name).items()
        return [file for file, wanted in listed if file != META and _sum(_content(folder / file)) != wanted]

    def _fill(self, folder: Path, name: str) -> None:
        """Fetch what is missing now that no other process does."""
        for file in self._missing(folder, name):
            try:
                content = self._home.read(name, file)
            except (OSError, ValueError) as error:  # better none than an outdated one
                _log.error("%s of %s cannot be had from its home: %s", file, name, error)
                (folder / file).unlink(missing_ok=True)
                continue
            _replace(folder / file, content)

    def _clear(self) -> None:
        """Remove the folders of generations that are gone."""
        there = {*self._home.names()}
        for path in self._place.iterdir():
            if NAME.fullmatch(path.name) and path.name not in there and not is_used(path):
                shutil.rmtree(path, ignore_errors=True)

    @cached_property
    def _place(self) -> Path:
        place = self._root / _FOLDER
        with contextlib.suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
            if os.access(place, os.W_OK | os.X_OK):
                return place
        return temporary_folder(self._root)


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EngineUnavailableError(
            _("{path} tidak dapat ditulis ({error})", path=folder, error=system_reason(error))
        ) from error


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _sum(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
