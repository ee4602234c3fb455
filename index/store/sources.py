"""Which sources an index is made from: those named, configured, remembered with the index, or the samples."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from msgspec import Struct

from index.config.databases import PREFIX
from index.errors import ReindexError
from index.messages import _
from index.settings import Settings
from index.store.durable import replace_file

SAMPLES = "seeds"
"""Folder of the samples in a checkout."""

_FILE = "sources.json"


class ChosenBy(Enum):
    """Who says which sources are read."""

    COMMAND = "command"
    SETTINGS = "settings"
    INDEX = "index"
    NOBODY = "nobody"


class Sources(Struct, frozen=True):
    """Folders, files and databases to read.

    :param chosen_by: who names them; if nobody does, they are the samples.
    """

    paths: tuple[str, ...]
    chosen_by: ChosenBy

    @property
    def absolute(self) -> tuple[str, ...]:
        """The paths, whatever folder is the working one; names of databases as they are."""
        return tuple(path if path.startswith(PREFIX) else os.path.abspath(path) for path in self.paths)


class SourcesUnknownError(ReindexError):
    """Nobody says which sources are to be read."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "belum ada sumber yang disebut; sebutkan folder atau berkas artikel (reindex FOLDER), "
                "atau tulis di pengaturan `sources` (TELUSUR_SOURCES)"
            )
        )


def choose_sources(settings: Settings, named: Sequence[str] = ()) -> Sources:
    """The sources that were named, else those configured, else those of the last run, else the samples.

    :raises SourcesUnknownError: if there are none of these.
    """
    named_databases = tuple(PREFIX + name for name in settings.tables("databases"))
    configured, root = settings.texts("sources"), Path(settings.text("index"))
    configured += tuple(name for name in named_databases if name not in configured)
    for chosen_by, paths in (
        (ChosenBy.COMMAND, tuple(named)),
        (ChosenBy.SETTINGS, configured),
        (ChosenBy.INDEX, remembered_sources(root)),
        (ChosenBy.NOBODY, (SAMPLES,) if Path(SAMPLES).is_dir() else ()),
    ):
        if paths:
            return Sources(paths, chosen_by)
    raise SourcesUnknownError


def remembered_sources(root: Path) -> tuple[str, ...]:
    """What :func:`remember_sources` was told last; nothing if that is lost.

    :param root: folder of the index.
    """
    try:
        content = json.loads((root / _FILE).read_text(encoding="utf-8"))
        return tuple(str(path) for path in content["sources"])
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def remember_sources(root: Path, sources: Sources) -> None:
    """Keep with an index, whatever its generation, which sources it was made from.

    :raises OSError: if it cannot be written; what was kept before stands.
    """
    if sources.absolute != remembered_sources(root):
        replace_file(root / _FILE, json.dumps({"sources": sources.absolute}, indent=1) + "\n")
