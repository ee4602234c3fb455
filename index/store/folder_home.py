"""FolderHome: generations of an embedded engine in the index folder, one of which a pointer names as live."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import shutil
from collections.abc import Hashable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from index.engines.base import IndexBrokenError
from index.messages import _
from index.store.durable import read_checked, replace_bytes, replace_checked, sync_tree
from index.store.names import DATA, META, NAME, is_used

POINTER = "current"
_REPLACED = "replaced.json"
_REMOVED = ".removed-"
_UNFINISHED = re.compile(r"\.tmp.+|tmp\w{8}|(?:current|.+\.json)\.new|.+\.json[.-]\d[\d.-]*")
"""Files on their way to a name that lasts: Tantivy's, those of the standard library, and ours."""

_log = logging.getLogger(__name__)


class FolderHome:
    """See :class:`index.engines.base.Home`. What is written to a generation lies where readers look for it.

    :param root: the setting ``index``.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / "generations"

    def directory(self, name: str) -> Path:
        """The folder of a generation."""
        return self._folder / name

    def live(self) -> str | None:
        """Name of the live generation, ``None`` if nothing was published yet. One small read.

        :raises IndexBrokenError: if the pointer cannot be read or holds something else.
        """
        path = self._root / POINTER
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
        if not NAME.fullmatch(name):
            raise IndexBrokenError(_("{path} berisi {name!r}, bukan nama indeks", path=path, name=name[:80]))
        return name

    def names(self) -> list[str]:
        """Every generation that is there, also one that is not finished."""
        return [name for name in self._entries() if NAME.fullmatch(name)]

    def replaced(self) -> list[str]:
        """Those that were live and then replaced, as far as it was noted, the last one last."""
        try:
            names = json.loads(read_checked(self._root / _REPLACED))
            return [str(name) for name in names] if isinstance(names, list) else []
        except (OSError, ValueError):
            return []

    def publish(self, name: str) -> None:
        """Make a generation the live one: durable, whole, in one atomic step."""
        with contextlib.suppress(IndexBrokenError):
            before = self.live()
            if before not in (None, name):
                there = set(self.names())
                others = [each for each in self.replaced() if each in there and each != before]
                replace_checked(self._root / _REPLACED, json.dumps([*others, before]) + "\n")
        sync_tree(self.directory(name))
        replace_checked(self._root / POINTER, name + "\n")

    def read(self, name: str, file: str) -> bytes:
        """What is kept with a generation under the name of a file.

        :raises OSError: if it cannot be read.
        """
        return (self.directory(name) / file).read_bytes()

    def write(self, name: str, files: Mapping[str, bytes]) -> None:
        """Keep files with a generation, each in one step that lasts.

        :raises OSError: if one cannot be written; the old content stands.
        """
        for file, content in files.items():
            replace_bytes(self.directory(name) / file, content)

    def is_whole(self, name: str) -> bool:
        """Whether the making of a generation came to its end."""
        return (self.directory(name) / META).exists()

    def size(self, name: str) -> int:
        """Bytes that a generation takes."""
        paths = self.directory(name).rglob("*")
        found = 0
        for path in paths:
            with contextlib.suppress(OSError):  # a run or a server is at work
                found += path.stat().st_size if path.is_file() else 0
        return found

    def is_used(self, name: str) -> bool:
        """Whether a reader has a generation open."""
        return is_used(self.directory(name))

    def files(self, name: str) -> Mapping[str, str]:
        """None: they lie where they are read."""
        return {}

    def lock(self, holder: Mapping[str, Any], ended: str | None) -> AbstractContextManager[None]:
        """Nobody else writes: the lock of the folder says so."""
        return contextlib.nullcontext()

    def state(self) -> Hashable:
        """Changes whenever a file of the live generation does, or another one is live."""
        with contextlib.suppress(IndexBrokenError, OSError):
            folder = self.directory(self.live() or "")
            found = [(path, path.stat()) for path in (folder, *folder.iterdir(), *folder.glob(f"{DATA}/*"))]
            return tuple(
                sorted((str(path), stat.st_ino, stat.st_size, stat.st_mtime_ns) for path, stat in found)
            )
        return None

    def remove(self, name: str) -> None:
        """Remove a generation; what cannot be is left for :meth:`remove_unfinished`."""
        # Renamed first, so that a run killed here leaves nothing that looks like a whole generation.
        path = self._folder / name
        try:
            if not name.startswith(_REMOVED):
                path = path.rename(self._folder / (_REMOVED + name))
            shutil.rmtree(path)
        except OSError as error:
            _log.warning("%s could not be removed and is left for the next run: %s", path, error)

    def remove_unfinished(self) -> None:
        """Remove what runs that were killed have left half written or half removed."""
        for name in self._entries():
            if name.startswith(_REMOVED):
                self.remove(name)
        for folder in (self._root, *self._folder.glob("*"), *self._folder.glob(f"*/{DATA}")):
            for path in folder.iterdir() if folder.is_dir() else ():
                if _UNFINISHED.fullmatch(path.name):
                    with contextlib.suppress(OSError):
                        path.unlink()

    def _entries(self) -> list[str]:
        try:
            return sorted(
                entry.name
                for entry in os.scandir(self._folder)
                if NAME.fullmatch(entry.name) or entry.name.startswith(_REMOVED)
            )
        except (FileNotFoundError, NotADirectoryError):
            return []
