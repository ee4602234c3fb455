"""Generations: the indexes of one archive, and how a new one replaces the old in one step.

Those of an embedded engine lie in the index folder::

    <index>/current                         name of the live generation, replaced atomically
    <index>/replaced.json                   those that were live before it
    <index>/generations/000002-whoosh/      one generation
        meta.json                           engine, fingerprint, identity, day of making; written last
        checksums.json                      what the engine's files have to be
        language.json                       what was learned from the archive
        furniture.json                      lines of its publishers that are not kept as text
        names.txt                           its names, by how they sound
        stems.json                          the stems of its words, to make the next one sooner
        pieces.json                         what stands in its pieces of text, likewise
        lessons.json                        what was counted in its articles, likewise
        data/                               the engine's own files

A remote engine has a home of its own for them, and for ``meta.json``, ``language.json``, ``furniture.json``,
``names.txt`` and ``stems.json``; of these, each machine has copies in ``<index>/remote/000002-opensearch/``.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from collections.abc import Hashable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

from msgspec.structs import asdict, replace

from index.engines.base import EngineError, Home, IndexBrokenError, Location
from index.engines.registry import DEFAULT_ENGINE, get_engine, is_remote
from index.messages import _
from index.settings import Settings, engine_options
from index.store.copies import Copies
from index.store.durable import checked, unchecked
from index.store.folder_home import FolderHome
from index.store.generation import Generation
from index.store.kept import STEMS
from index.store.lock import WriteLock
from index.store.names import DATA, FURNITURE, LANGUAGE, META, NAMES, engine_of, number_of

_SHARED = (LANGUAGE, FURNITURE, NAMES, STEMS)
"""Files that belong to a generation wherever it is served."""

_log = logging.getLogger(__name__)


class Generations:
    """The generations of one archive.

    Every method that changes something is for the holder of the lock only. A remote engine that has published
    none yet leaves the one live that an embedded engine has published in the index folder.

    :param root: the setting ``index``: the home of embedded engines, and the place of every engine for what
        only makes the next run sooner.
    :param options: handed to engines with every location.
    :param engine_name: the engine whose generations these are.
    """

    def __init__(
        self, root: Path, options: Mapping[str, Any] | None = None, engine_name: str = DEFAULT_ENGINE
    ) -> None:
        self.root = root
        self._options = dict(options or {})
        self._engine_name = engine_name
        self._folder = FolderHome(root)

    @classmethod
    def of(cls, settings: Settings) -> Generations:
        """The generations that the settings name."""
        return cls(Path(settings.text("index")), engine_options(settings), settings.text("engine"))

    @cached_property
    def home(self) -> Home:
        """Where generations are published.

        :raises EngineUnavailableError: if the engine is not installed.
        """
        if not is_remote(self._engine_name):  # nobody needs its library to know that
            return self._folder
        return get_engine(self._engine_name).home(self._options) or self._folder

    @cached_property
    def _copies(self) -> Copies:
        return Copies(self.root, self.home)

    def current_name(self) -> str | None:
        """Name of the live generation, ``None`` if nothing was published yet. One small read.

        :raises IndexBrokenError: if nobody can say which one it is.
        :raises EngineUnavailableError: if the home of a remote engine does not answer; so do other methods.
        """
        name = self.home.live()
        return name if name is not None or self.home is self._folder else self._folder.live()

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
        return None if name is None else self.read(name)

    def glance(self) -> Hashable:
        """While it stays the same, so does the live generation of a remote engine; ``None`` tells nothing."""
        return None if self.home is self._folder else self.home.state()

    def is_live(self, generation: Generation) -> bool:
        """Whether a generation is the live one and what is known of it has not changed.

        Names do not tell: a folder that was made anew, restored or exchanged counts its generations again.

        :raises IndexBrokenError: if nobody can say.
        """
        if self.current_name() != generation.name:
            return False
        live = self.current()
        return live is not None and (live.identity, live.fingerprint) == (
            generation.identity,
            generation.fingerprint,
        )

    def earlier(self) -> Iterator[Generation]:
        """Those that were replaced, newest first; where nobody can say which one is live, all of them."""
        for name in reversed(self.replaced()):
            with contextlib.suppress(IndexBrokenError):
                yield self.read(name)

    def replaced(self) -> list[str]:
        """Names of those that were live and are not any more, the last one last; where nobody can say which
        is live, of all."""
        home = self.home
        try:
            if home.live() is None:
                home = self._folder
            live = home.live() or ""
            newest = number_of(live)
        except IndexBrokenError:
            live, newest = "", sys.maxsize
        there = home.names()
        noted = [name for name in home.replaced() if name in there and name != live]
        others = sorted((n for n in there if n not in noted and 0 < number_of(n) < newest), key=number_of)
        return [*others, *noted] if live else [*noted, *others]  # the live one is noted when it is replaced

    def state(self) -> Hashable:
        """Changes whenever a file of the live generation does, or another one is live."""
        return (self.home.state(), self.home is self._folder or self._folder.state())

    def next_name(self, engine_name: str) -> str:
        """The name that :meth:`create` would use."""
        numbers = [number_of(name) for name in self.home.names()]
        with contextlib.suppress(IndexBrokenError):
            numbers.append(number_of(self.home.live() or ""))
        return f"{max(numbers, default=0) + 1:06d}-{engine_name}"

    def create(self, engine_name: str) -> Location:
        """Make the folder of a new generation, beside the live one and not yet served."""
        location = self._location(self.next_name(engine_name))
        if self._is_remote(location.name):
            self._copies.forget(location.name)  # of one that had its name
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
            location,
            engine_name,
            dict(fingerprint),
            now,
            documents,
            identity,
            learned_from,
            self._is_remote(location.name),
        )
        if generation.is_remote:
            self._copies.own(generation.name, identity)
        self.share(generation, *_SHARED)
        self._write_meta(generation)
        self.home.publish(generation.name)
        return generation

    def remove(self, name: str) -> None:
        """Remove a generation that is not live."""
        self.home.remove(name)
        if self._is_remote(name):
            self._copies.forget(name)

    def fetch(self, generation: Generation) -> None:
        """Have the files that belong to a generation in its folder, as they are now."""
        if generation.is_remote:
            self._copies.fetch(generation.name)

    def share(self, generation: Generation, *names: str) -> None:
        """Let whoever serves a generation have some files of its folder, as far as they are there.

        :raises OSError: if they cannot be read or kept.
        """
        if generation.is_remote:
            paths = [path for name in names if (path := generation.directory / name).exists()]
            self.home.write(generation.name, {path.name: path.read_bytes() for path in paths})

    def note_documents(self, generation: Generation, documents: int) -> None:
        """Note how many documents the live generation has now."""
        if documents == generation.documents:
            return
        try:
            self._write_meta(replace(generation, documents=documents))
        except (OSError, EngineError) as error:  # the documents are there; only their number is not told
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
        try:
            if self.home.live() != location.name:
                self.remove(location.name)
        except EngineError as error:
            _log.warning("%s could not be removed and is left for the next run: %s", location.name, error)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Only this run writes while the block runs.

        :raises LockedError: if another one does on this machine.
        :raises HeldError: if another one does elsewhere.
        :raises OSError: if the index folder cannot be written.
        """
        with WriteLock(self.root) as lock:
            ended = lock.ended.token if lock.ended else None
            with self.home.lock(asdict(lock.holder), ended):
                yield

    def unfinished(self, name: str) -> Location | None:
        """Where a generation lies that was not published, ``None`` if there is none of that name here."""
        there = self._folder.names()
        if name not in there or self._is_remote(name) or self._folder.is_whole(name):
            return None
        return self._location(name)

    def remove_unfinished(self, spared: str = "") -> None:
        """Remove what runs that were killed have left half built, half written, half removed or replaced.

        :param spared: name of a generation that this run may go on with.
        """
        home = self.home
        try:
            live = home.live()
        except IndexBrokenError:
            return
        known = {live, *(self.replaced() if live else ())}
        for name in home.names():
            if name != live and (name not in known or not home.is_whole(name)) and name != spared:
                self.remove(name)
        home.remove_unfinished()
        self.remove_old()

    def remove_old(self, damaged: str | None = None) -> None:
        """Remove generations that were replaced, but the last whole one and those that a reader has open.

        :param damaged: name of one that is not whole.
        """
        if self.home.live() is None:
            return
        old = self.replaced()
        kept = [name for name in old if name != damaged][-1:]
        for name in old:
            if name not in kept and not self.home.is_used(name):
                self.remove(name)

    def read(self, name: str) -> Generation:
        """A generation that was published.

        :raises IndexBrokenError: if what is known of it cannot be read.
        """
        location = self._location(name)
        home = self.home if self._is_remote(name) else self._folder
        try:
            meta = json.loads(unchecked(home.read(name, META)))
            generation = Generation(
                location,
                str(meta["engine"]),
                {str(part): str(value) for part, value in meta["fingerprint"].items()},
                datetime.fromisoformat(meta["created"]),
                int(meta["documents"]),
                str(meta["identity"]),
                None if meta["learned_from"] is None else int(meta["learned_from"]),
                home is not self._folder,
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            path = location.directory.parent / META
            raise IndexBrokenError(
                _("{path} tidak dapat dibaca ({error}); jalankan `reindex`", path=path, error=error)
            ) from error
        if generation.is_remote:
            self._copies.make(name, generation.identity)
        return generation

    def size(self, name: str) -> int:
        """Bytes that a generation takes where it is kept."""
        return (self.home if self._is_remote(name) else self._folder).size(name)

    def _is_remote(self, name: str) -> bool:
        return self.home is not self._folder and is_remote(engine_of(name))

    def _location(self, name: str) -> Location:
        folder = self._copies.folder(name) if self._is_remote(name) else self._folder.directory(name)
        return Location(folder / DATA, name, self._options)

    def _write_meta(self, generation: Generation) -> None:
        meta = {
            "engine": generation.engine_name,
            "fingerprint": dict(generation.fingerprint),
            "created": generation.created.isoformat(),
            "documents": generation.documents,
            "identity": generation.identity,
            "learned_from": generation.learned_from,
        }
        self.home.write(generation.name, {META: checked(json.dumps(meta, indent=1) + "\n")})
