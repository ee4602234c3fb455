"""The records file: id and content hash of every document ever added, found by the place of its record.

Tantivy answers a search with document numbers; fetching ids from its document store costs more than the
search. Instead each document carries the place of its record as a number column, which is read in no time,
and the id stands there. The file only grows: a record, once written, stays where it is, so that a transaction
that was dropped or killed leaves unused bytes and nothing else. Records are durable before the commit that
needs them.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import BinaryIO

from index.engines.base import IndexMissingError, broken
from index.messages import _

RECORDS_FILE = "records.bin"
"""Name of the file in the index's directory."""

_MAGIC = b"telusur1"
_DIGEST = 16
_HEAD = _DIGEST + 2
_BUFFER_BYTES = 1 << 20
# Ids that are remembered: what is found often is found again.
_IDS_KEPT = 20_000


def create_records(directory: Path) -> None:
    """Begin an empty file.

    :raises OSError: if it cannot be written.
    """
    with (directory / RECORDS_FILE).open("wb") as file:
        file.write(_MAGIC)
        file.flush()
        os.fsync(file.fileno())


class RecordsWriter:
    """Appends records.

    :raises IndexBrokenError: if the file is missing.
    """

    def __init__(self, directory: Path) -> None:
        path = directory / RECORDS_FILE
        try:
            self._file: BinaryIO = path.open("r+b")
        except OSError as error:
            raise broken(path, _("tidak dapat dibuka ({error})", error=error)) from error
        self._end = self._file.seek(0, os.SEEK_END)
        self._buffer = bytearray()

    def append(self, id: str, digest: bytes) -> int:
        """The place of the new record.

        :raises OSError: if it cannot be written.
        """
        place = self._end
        encoded = id.encode()
        self._buffer += digest
        self._buffer += len(encoded).to_bytes(2, "little")
        self._buffer += encoded
        self._end += _HEAD + len(encoded)
        if len(self._buffer) >= _BUFFER_BYTES:
            self._flush()
        return place

    def _flush(self) -> None:
        self._file.write(self._buffer)
        self._buffer.clear()

    def sync(self) -> None:
        """Make everything appended durable.

        :raises OSError: if it cannot be written.
        """
        self._flush()
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file; what was not synced may be lost."""
        self._buffer.clear()
        self._file.close()


class Records:
    """The records as they are when the file is opened.

    :raises IndexMissingError: if there is no file.
    :raises IndexBrokenError: if it is not a records file.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / RECORDS_FILE
        try:
            with self._path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError as error:
            raise IndexMissingError(
                _("belum ada indeks di {path}; jalankan `reindex`", path=self._path.parent)
            ) from error
        except (OSError, ValueError) as error:
            raise broken(self._path, _("tidak dapat dibaca ({error})", error=error)) from error
        if (start := self._data[: len(_MAGIC)]) != _MAGIC:
            wrong = _("diawali {start!r}; seharusnya {expected!r}", start=start, expected=_MAGIC)
            raise broken(self._path, wrong)
        self._id = lru_cache(_IDS_KEPT)(partial(_read_id, self._data, self._path))

    def __len__(self) -> int:
        return len(self._data)

    def ids(self, places: Sequence[int]) -> list[str]:
        """Ids of the documents whose records are there.

        :raises IndexBrokenError: if a record is cut off.
        """
        return list(map(self._id, places))

    def id_at(self, place: int) -> str:
        """Id of the document whose record is there, without remembering it: for long lists.

        :raises IndexBrokenError: if the record is cut off.
        """
        return _read_id(self._data, self._path, place)

    def digest(self, place: int) -> str:
        """Content hash of the document whose record is there."""
        return self._data[place : place + _DIGEST].hex()


def _read_id(data: mmap.mmap, path: Path, place: int) -> str:
    start = place + _HEAD
    end = start + (data[start - 2] + (data[start - 1] << 8) if start <= len(data) else 0)
    if end > len(data):
        raise broken(path, _("berakhir setelah {size} bita, di tengah sebuah catatan", size=len(data)))
    return data[start:end].decode()
