"""Sources: folders and files of many formats -> Documents, and a reason for each input that is none."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.documents import Document
from index.settings import Settings
from index.sources.base import InputFile, Skip, SourceMissingError, UnreadableError, reason_of
from index.sources.identity import SeenIds
from index.sources.reasons import _
from index.sources.registry import reader_for
from index.sources.walk import list_inputs

__all__ = [
    "InputFile",
    "SeenIds",
    "Skip",
    "SourceFile",
    "SourceMissingError",
    "list_inputs",
    "read_input",
    "read_sources",
    "readers_fingerprint",
]

SourceFile = InputFile

READERS_VERSION = 2
"""Raise it with every change that makes a reader give another document for the same file."""

MOST_SKIPS = 100
"""Skips reported one by one for one file; the rest are counted. A text file named .jsonl has one a line."""

_log = logging.getLogger(__name__)


def read_input(input: InputFile, settings: Settings) -> Iterator[Document | Skip]:
    """Read one file: its documents, and a skip for each part that is none.

    Never raises for what a file holds. Ids are not compared with those of other files; :class:`SeenIds` does
    that where all documents come together.
    """
    reader = reader_for(input.path.name)  # list_inputs lists no file without one
    skips = 0
    try:
        for item in reader(input, settings) if reader else ():
            if isinstance(item, Skip):
                skips += 1
                if skips > MOST_SKIPS:
                    continue
            yield item
    except UnreadableError as error:
        yield Skip(input.origin, str(error))
    except OSError as error:
        yield Skip(input.origin, reason_of(error))
    except Exception as error:  # one strange file must not stop a run over a hundred thousand others
        _log.exception("%s: the reader failed", input.origin)
        problem = f"{type(error).__name__}: {error}"
        yield Skip(input.origin, _("pembaca gagal ({error}); mohon laporkan", error=problem))
    if skips > MOST_SKIPS:
        count = skips - MOST_SKIPS
        yield Skip(input.origin, _("{count} baris lain dilewati karena alasan serupa", count=count))


def read_sources(paths: Sequence[str | Path], settings: Settings) -> Iterator[Document | Skip]:
    """Everything that the sources hold, in a stable order; a second document with the same id is skipped.

    :param paths: folders and files.
    :raises SourceMissingError: if one of them does not exist.
    """
    seen = SeenIds()
    for found in list_inputs(paths, settings):
        if isinstance(found, Skip):
            yield found
            continue
        for item in read_input(found, settings):
            if isinstance(item, Document):
                yield seen.check(item) or item
            else:
                yield item


def readers_fingerprint() -> str:
    """Changes when the same files may give other documents than before."""
    return f"readers-{READERS_VERSION}"
