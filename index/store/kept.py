"""KeptFile: what an analyzer has worked out, kept beside an index so that the next rebuild starts with it.

:class:`StemFile` keeps the stems of an index's words, which searching uses too; :class:`PieceFile` keeps what
stands in pieces of text, which is more and only of use to the next rebuild. Entries are written column by
column, because so they are read without looking at each.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

import orjson

from index.analysis.analyzer import Analyzer, PieceWords

STEMS = "stems.json"
PIECES = "pieces.json"

_V = TypeVar("_V")


class KeptFile(Generic[_V]):
    """One file of entries. Pickles.

    Nothing depends on it but time: one that is lost, damaged or of another language counts as empty.

    :param path: the file.
    :param key: of the analyzer whose entries they are, see :func:`stem_key`.
    """

    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        self._key = key

    def read(self) -> dict[str, _V]:
        """The entries."""
        try:
            key, *texts = orjson.loads(self._path.read_bytes())
            if key == self._key:
                columns = [text.split("\n") if text else [] for text in texts]
                if len(set(map(len, columns))) == 1:
                    return self._entries(columns)
        except (OSError, ValueError, TypeError, AttributeError):
            pass
        return {}

    def write(self, entries: dict[str, _V]) -> None:
        """Write the entries whole.

        :raises OSError: if the file cannot be written.
        """
        self._replace(orjson.dumps([self._key, *map("\n".join, self._columns(entries))]))

    def of_process(self) -> KeptFile[_V]:
        """A file of this process alone beside this one, to be gathered by :meth:`keep`."""
        return type(self)(self._path.with_name(f"{self._path.name}-{os.getpid()}"), self._key)

    def keep(self, known: KeptFile[_V] | None, found: dict[str, _V], most: int) -> None:
        """Write what was known, what every process has left, and what was found here.

        :param known: an older file.
        :param most: entries to keep; the newest count.
        :raises OSError: if the file cannot be written.
        """
        new = {**self._gather(), **found}
        if not new and known is not None and self._take(known):
            return
        entries = {**(known.read() if known is not None else {}), **new}
        self.write(dict(islice(entries.items(), max(0, len(entries) - most), None)))

    def _gather(self) -> dict[str, _V]:
        """The entries of every process, whose files are removed."""
        entries: dict[str, _V] = {}
        for path in sorted(self._path.parent.glob(f"{self._path.name}-*")):
            entries.update(type(self)(path, self._key).read())
            path.unlink()
        return entries

    def _take(self, other: KeptFile[_V]) -> bool:
        """Copy another file as it stands, if it is of the same analyzer."""
        try:
            content = other._path.read_bytes()
        except OSError:
            return False
        if not content.startswith(orjson.dumps([self._key])[:-1] + b","):
            return False
        self._replace(content)
        return True

    def _replace(self, content: bytes) -> None:
        unfinished = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        unfinished.write_bytes(content)
        unfinished.replace(self._path)

    def _columns(self, entries: dict[str, _V]) -> list[list[str]]:
        raise NotImplementedError

    def _entries(self, columns: list[list[str]]) -> dict[str, _V]:
        """The inverse of :meth:`_columns`.

        :raises ValueError: if these are not its columns.
        """
        raise NotImplementedError


class StemFile(KeptFile[str]):
    """Form -> stem."""

    def _columns(self, entries: dict[str, str]) -> list[list[str]]:
        return [list(entries), list(entries.values())]

    def _entries(self, columns: list[list[str]]) -> dict[str, str]:
        forms, stems = columns
        if "" in stems:
            raise ValueError("a stem is empty")
        return dict(zip(forms, stems, strict=True))


class PieceFile(KeptFile[PieceWords]):
    """Piece of text -> its forms and stems."""

    def _columns(self, entries: dict[str, PieceWords]) -> list[list[str]]:
        words = [entry or ("", "") for entry in entries.values()]
        return [list(entries), [forms for forms, _ in words], [stems for _, stems in words]]

    def _entries(self, columns: list[list[str]]) -> dict[str, PieceWords]:
        pieces, forms, stems = columns
        # Equal words share one string: most of the time is spent waiting for memory.
        words = zip(map(sys.intern, forms), map(sys.intern, stems), strict=True)
        return dict(zip(pieces, [entry if entry[0] else None for entry in words], strict=True))


def stem_key(base: Analyzer, analyzer: Analyzer) -> str:
    """Changes whenever a stem may change. Acronyms and synonyms of an archive change none, its names do.

    :param base: the analyzer before any archive.
    """
    names = json.dumps(sorted(analyzer.lexicon.names))
    return hashlib.blake2b(f"{base.fingerprint} {names}".encode(), digest_size=16).hexdigest()
