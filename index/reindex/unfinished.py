"""Unfinished: what a run that was killed has left for the next one, so that it need not start over.

::

    <index>/unfinished/articles.parts       what was read of the archive, see index.reindex.parts
    <index>/unfinished/generation.json      the generation that was being written, and of what
    <index>/unfinished/full                 there if the index was to be made anew on purpose

Each is used only if everything that it depends on is as it was. A run that ends removes the folder.
"""

from __future__ import annotations

import contextlib
import json
import logging
import shutil
from pathlib import Path

from index.store.durable import read_checked, replace_checked

FOLDER = "unfinished"
_PARTS = "articles.parts"
_GENERATION = "generation.json"

_FULL = "full"
_OF_USE = 1 << 20
"""Bytes; less is read again at once."""

_log = logging.getLogger(__name__)


class Unfinished:
    """The folder.

    :param root: of the index.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / FOLDER
        self.parts = self.folder / _PARTS

    def generation(self, key: str | None = None) -> str:
        """Name of the generation that was being written; ``""`` if there is none.

        :param key: changes with everything that it is made of; by default whatever that was.
        """
        try:
            noted = json.loads(read_checked(self.folder / _GENERATION))
            return str(noted["name"]) if key in (None, noted["key"]) else ""
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def note(self, name: str, key: str) -> None:
        """Note that a generation is being written, and that it lasts what the engine has finished of it.

        :raises OSError: if it cannot be written.
        """
        self.folder.mkdir(exist_ok=True)
        replace_checked(self.folder / _GENERATION, json.dumps({"name": name, "key": key}) + "\n")

    def begin(self, full: bool) -> None:
        """A generation is going to be made.

        :param full: whether it was asked for, and is to be finished if this run is killed.
        :raises OSError: if that cannot be noted.
        """
        if full:
            self.folder.mkdir(exist_ok=True)
            (self.folder / _FULL).touch()

    def was_full(self) -> bool:
        """Whether a run that was killed was asked to make the index anew, and got on with it."""
        return (self.folder / _FULL).exists() and self.is_of_use()

    def is_of_use(self) -> bool:
        """Whether anything is there that another run could go on with."""
        with contextlib.suppress(OSError):
            return bool(self.generation()) or self.parts.stat().st_size > _OF_USE
        return False

    def remove(self) -> None:
        """Remove the folder; what cannot be removed is left for the next run."""
        try:
            shutil.rmtree(self.folder)
        except FileNotFoundError:
            pass
        except OSError as error:
            _log.warning("%s could not be removed and is left for the next run: %s", self.folder, error)
