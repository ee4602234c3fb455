"""Generation: one index of an archive: how it is called, where it is kept, and what is known of it."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from index.engines.base import IndexMissingError, Location
from index.messages import _
from index.store.names import LANGUAGE


class Generation(Struct, frozen=True):
    """One published index.

    :param location: where the engine keeps it.
    :param engine_name: the engine that wrote it.
    :param fingerprint: named parts of what it was made with; see :mod:`index.store.fingerprint`.
    :param created: when it was published.
    :param documents: number of documents after the last run.
    :param identity: tells it from every other, also from one of the same name in another index folder.
    :param learned_from: number of documents that its language was learned from, ``None`` if none was learned.
    :param is_remote: its engine keeps it elsewhere; its folder has copies.
    """

    location: Location
    engine_name: str
    fingerprint: Mapping[str, str]
    created: datetime
    documents: int
    identity: str
    learned_from: int | None = None
    is_remote: bool = False

    @property
    def name(self) -> str:
        """Its unique name, ``000002-whoosh``."""
        return self.location.name

    @property
    def directory(self) -> Path:
        """The folder that holds the engine's files and what is said about them."""
        return self.location.directory.parent

    @property
    def language_file(self) -> Path:
        """Where language data learned from the archive is kept, unless ``learned_from`` is ``None``."""
        return self.directory / LANGUAGE


@contextlib.contextmanager
def in_use(generation: Generation) -> Iterator[None]:
    """Keep a generation's files from being removed while the block runs, also by other processes.

    :raises IndexMissingError: if it was removed already.
    """
    try:
        descriptor = os.open(generation.directory, os.O_RDONLY | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissingError(_("indeks {name} sudah tidak ada", name=generation.name)) from error
    try:
        # A shared lock on the folder itself: it needs no write permission and ends with the process.
        # Some network file systems have no locks; there the previous generation's grace has to do.
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)
