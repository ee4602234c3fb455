"""Generations: where indexes live on disk, and how a new one replaces the old in one step.

::

    <index>/current                         name of the live generation, replaced atomically
    <index>/generations/000002-whoosh/      one generation
        meta.json                           engine, fingerprint, identity, day of making; written last
        checksums.json                      what the engine's files have to be
        language.json                       what was learned from the archive
        furniture.json                      lines of its publishers that are not kept as text
        stems.json                          the stems of its words, to make the next one sooner
        pieces.json                         what stands in its pieces of text, likewise
        lessons.json                        what was counted in its articles, likewise
        data/                               the engine's own files
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import re
import shutil
import sys
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from index.engines.base import IndexBrokenError, IndexMissingError, Location
from index.messages import _
from index.settings import Settings, engine_options
from index.store.durable import read_checked, replace_checked, sync_tree

POINTER = "current"
META = "meta.json"
LANGUAGE = "language.json"
FURNITURE = "furniture.json"
DATA = "data"
_NAME = re.compile(r"(\d{6,})-([a-z0-9]+)")
_REMOVED = ".removed-"
_UNFINISHED = re.compile(r"\.tmp.+|tmp\w{8}|(?:current|.+\.json)\.new|.+\.json[.-]\d[\d.-]*")
"""Files on their way to a name that lasts: Tantivy's, those of the standard library, and ours."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Generation:
    """One published index.

    :param location: where the engine keeps it.
    :param engine_name: the engine that wrote it.
    :param fingerprint: named parts of what it was made with; see :mod:`index.store.fingerprint`.
    :param created: when it was published.
    :param documents: number of documents after the last run.
    :param identity: tells it from every other, also from one of the same name in another index folder.
    :param learned_from: number of documents that its language was learned from, ``None`` if none was learned.
    """

    location: Location
    engine_name: str
    fingerprint: Mapping[str, str]
    created: datetime
    documents: int
    identity: str
    learned_from: int | None = None

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


class Generations:
    """The generations below one index folder.

    Every method that changes something is for the holder of the write lock only.

    :param root: the setting ``index``.
    :param options: handed to engines with every location.
    """

    def __init__(self, root: Path, options: Mapping[str, Any] | None = None) -> None:
        self.root = root
        self._folder = root / "generations"
        self._options = dict(options or {})

    @classmethod
    def of(cls, settings: Settings) -> Generations:
        """The generations that the settings name."""
        return cls(Path(settings.text("index")), engine_options(settings))

    def current_name(self) -> str | None:
        """Name of the live generation, ``None`` if nothing was published yet. One small read.

        :raises IndexBrokenError: if the pointer cannot be read or holds something else.
        """
        path = self.root / POINTER
        try:
            try:
                name = read_checked(path).strip()
            except ValueError:
                name = path.read_text(encoding="utf-8", errors="replace").strip()  # an owner's, of one line
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise IndexBrokenError(
                _("{path} tidak dapat dibaca ({error}); jalankan `reindex`", path=path, error=error)
            ) from error
        if not _NAME.fullmatch(name):
            raise IndexBrokenError(_("{path} berisi {name!r}, bukan nama indeks", path=path, name=name[:80]))
        return name

    def is_empty(self) -> bool:
        """Whether nothing was published yet."""
        try:
            return self.current_name() is None
        except IndexBrokenError:
            return False

    def current(self) -> Generation | None:
        """The live generation, ``None`` if nothing was published yet.

        :raises IndexBrokenError: if the pointer or what it points to is damaged.
        """
        name = self.current_name()
        return None if name is None else self._read(name)

    def earlier(self) -> Iterator[Generation]:
        """Those that were replaced, newest first; where nobody can say which one is live, all of them."""
        try:
            live = _number(self.current_name() or "")
        except IndexBrokenError:
            live = sys.maxsize
        for name in sorted(self._names(), key=_number, reverse=True):
            if 0 < _number(name) < live:
                with contextlib.suppress(IndexBrokenError):
                    yield self._read(name)

    def state(self) -> Hashable:
        """Changes whenever a file of the live generation does, or another one is live."""
        with contextlib.suppress(IndexBrokenError, OSError):
            folder = self._folder / (self.current_name() or "")
            found = [(path, path.stat()) for path in (folder, *folder.iterdir(), *folder.glob(f"{DATA}/*"))]
            return tuple(
                sorted((str(path), stat.st_ino, stat.st_size, stat.st_mtime_ns) for path, stat in found)
            )
        return None

    def next_name(self, engine_name: str) -> str:
        """The name that :meth:`create` would use."""
        numbers = [int(found.group(1)) for found in map(_NAME.fullmatch, self._names()) if found]
        with contextlib.suppress(IndexBrokenError):
            numbers.append(_number(self.current_name() or ""))
        return f"{max(numbers, default=0) + 1:06d}-{engine_name}"

    def create(self, engine_name: str) -> Location:
        """Make the folder of a new generation, beside the live one and not yet served."""
        name = self.next_name(engine_name)
        location = self._location(name)
        location.directory.mkdir(parents=True)
        return location

    def publish(
        self,
        location: Location,
        engine_name: str,
        fingerprint: Mapping[str, str],
        documents: int,
        learned_from: int | None = None,
    ) -> Generation:
        """Make a generation the live one: durable, whole, in one atomic step.

        Its checksums are to be sealed before; see :mod:`index.store.checksums`.
        """
        now, identity = datetime.now(UTC), uuid4().hex
        generation = Generation(
            location, engine_name, dict(fingerprint), now, documents, identity, learned_from
        )
        self._write_meta(generation)
        sync_tree(generation.directory)
        replace_checked(self.root / POINTER, generation.name + "\n")
        return generation

    def note_documents(self, generation: Generation, documents: int) -> None:
        """Note how many documents the live generation has now."""
        if documents == generation.documents:
            return
        try:
            self._write_meta(replace(generation, documents=documents))
        except OSError as error:  # the documents are there already; only their number is not told
            _log.warning("%s could not be brought up to date: %s", generation.directory / META, error)

    def replace_fingerprint(self, generation: Generation, fingerprint: Mapping[str, str]) -> Generation:
        """Give the live generation another fingerprint, which makes readers open it anew.

        :raises OSError: if it cannot be written; the old one stands.
        """
        renewed = replace(generation, fingerprint=dict(fingerprint))
        self._write_meta(renewed)
        return renewed

    def discard(self, location: Location) -> None:
        """Remove a generation that was not published; one that was is left alone."""
        # An interrupt may arrive behind the very step that published it.
        if self.current_name() != location.name:
            self._remove(location.name)

    def remove_unfinished(self) -> None:
        """Remove what runs that were killed have left half built, half written, half removed or replaced."""
        try:
            live = _number(self.current_name() or "")
        except IndexBrokenError:
            return
        for name in self._names():
            if name.startswith(_REMOVED) or _number(name) > live or not (self._folder / name / META).exists():
                self._remove(name)
        for folder in (self.root, *self._folder.glob("*"), *self._folder.glob(f"*/{DATA}")):
            for path in folder.iterdir() if folder.is_dir() else ():
                if _UNFINISHED.fullmatch(path.name):
                    with contextlib.suppress(OSError):
                        path.unlink()
        self.remove_old()

    def remove_old(self, damaged: str | None = None) -> None:
        """Remove generations that were replaced, but the last whole one and those that a reader has open.

        :param damaged: name of one that is not whole.
        """
        live = _number(self.current_name() or "")
        old = sorted((name for name in self._names() if 0 < _number(name) < live), key=_number)
        kept = [name for name in old if name != damaged][-1:]
        for name in old:
            if name not in kept and not _in_use(self._folder / name):
                self._remove(name)

    def _location(self, name: str) -> Location:
        return Location(self._folder / name / DATA, name, self._options)

    def _names(self) -> list[str]:
        try:
            return sorted(
                entry.name
                for entry in os.scandir(self._folder)
                if _NAME.fullmatch(entry.name) or entry.name.startswith(_REMOVED)
            )
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _read(self, name: str) -> Generation:
        path = self._folder / name / META
        try:
            meta = json.loads(read_checked(path))
            return Generation(
                self._location(name),
                str(meta["engine"]),
                {str(part): str(value) for part, value in meta["fingerprint"].items()},
                datetime.fromisoformat(meta["created"]),
                int(meta["documents"]),
                str(meta["identity"]),
                None if meta["learned_from"] is None else int(meta["learned_from"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexBrokenError(
                _("{path} tidak dapat dibaca ({error}); jalankan `reindex`", path=path, error=error)
            ) from error

    def _write_meta(self, generation: Generation) -> None:
        meta = {
            "engine": generation.engine_name,
            "fingerprint": dict(generation.fingerprint),
            "created": generation.created.isoformat(),
            "documents": generation.documents,
            "identity": generation.identity,
            "learned_from": generation.learned_from,
        }
        replace_checked(generation.directory / META, json.dumps(meta, indent=1) + "\n")

    def _remove(self, name: str) -> None:
        # Renamed first, so that a run killed here leaves nothing that looks like a whole generation.
        path = self._folder / name
        try:
            if not name.startswith(_REMOVED):
                path = path.rename(self._folder / (_REMOVED + name))
            shutil.rmtree(path)
        except OSError as error:
            _log.warning("%s could not be removed and is left for the next run: %s", path, error)


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


def _in_use(directory: Path) -> bool:
    try:
        descriptor = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def _number(name: str) -> int:
    found = _NAME.fullmatch(name)
    return int(found.group(1)) if found else 0
