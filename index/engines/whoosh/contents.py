"""The table of contents of a commit: its segments and what is deleted in them, as JSON with a checksum.

Whoosh's own is a pickle, which may run any code when it is read. Of this one nothing is used before it is
verified: whoever made an index folder, it names only files inside of that folder.
"""

from __future__ import annotations

import os
import re
import zlib
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from index.engines.base import broken
from index.engines.whoosh.listed import ListedSegment
from index.messages import _

FORMAT = 1
"""Raise it, and the engine's with it, whenever tables of contents written before can no longer be read."""

_FIELDS = {"format": int, "commit": int, "segments": list}
_SEGMENT_FIELDS = {"id": str, "documents": int, "deleted": str}
_ID = re.compile(r"[0-9a-z]{16}")
_WHOOSH_START = b"\x04\x08\x04\xff\xff\xcf\xc7"


def write_contents(path: Path, commit: int, segments: list[ListedSegment]) -> None:
    """Write a table of contents, durably and at once.

    :param commit: number of the commit.
    :raises OSError: if it cannot be written; what may be left beside ``path`` has a name with a dot more.
    """
    rows = [
        {"id": segment.segid, "documents": segment.documents, "deleted": _packed(segment)}
        for segment in segments
    ]
    content = orjson.dumps({"format": FORMAT, "commit": commit, "segments": rows})
    unfinished = path.with_name(f"{path.name}.new")
    with open(unfinished, "wb") as file:
        file.write(content + b"\n" + _checksum(content))
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)
    sync_folder(path.parent)


def read_contents(path: Path, commit: int) -> list[ListedSegment]:
    """The segments that a table of contents lists.

    :param commit: number of the commit that it should be of.
    :raises FileNotFoundError: if there is none.
    :raises IndexBrokenError: if it is not what :func:`write_contents` wrote.
    """
    try:
        written = path.read_bytes()
        content, _line, checksum = written.rpartition(b"\n")
        if checksum != _checksum(content):
            raise broken(path, _what_is_wrong(written))
        return _segments(content, commit)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        wrong = _("daftar segmennya tidak dapat dibaca ({error})", error=repr(error))
        raise broken(path, wrong) from error


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _checksum(content: bytes) -> bytes:
    return b"%08x" % zlib.crc32(content)


def _what_is_wrong(written: bytes) -> str:
    if written.startswith(_WHOOSH_START):
        return _("daftar segmen versi lama, yang dapat memuat program dan karena itu tidak dibaca")
    return _("terpotong atau tertimpa (jumlah periksanya salah)")


def _segments(content: bytes, commit: int) -> list[ListedSegment]:
    form, number, rows = _values(orjson.loads(content), _FIELDS)
    if (form, number) != (FORMAT, commit):
        raise ValueError(f"format {form}, commit {number} where {FORMAT} and {commit} should be")
    segments = [_segment(*_values(row, _SEGMENT_FIELDS)) for row in rows]
    if len(set(segments)) < len(segments):
        raise ValueError("a segment is listed twice")
    return segments


def _values(record: Any, fields: dict[str, type]) -> list[Any]:
    """The values of a record, which has these fields of exactly these types."""
    if type(record) is not dict or {name: type(value) for name, value in record.items()} != fields:
        raise ValueError(f"not a record of {', '.join(fields)}")
    return [record[name] for name in fields]


def _segment(id: str, documents: int, deleted: str) -> ListedSegment:
    if not _ID.fullmatch(id):
        raise ValueError(f"{id[:80]!r} is no name of a segment")
    if documents < 0:
        raise ValueError(f"{documents} documents")
    return ListedSegment(id, documents, _unpacked(deleted, documents))


def _packed(segment: ListedSegment) -> str:
    """A bit for each document, set where it is deleted; nothing if none is."""
    if not segment.deleted:
        return ""
    marks = np.zeros(segment.documents, np.bool_)
    marks[list(segment.deleted)] = True
    return b64encode(np.packbits(marks).tobytes()).decode()


def _unpacked(deleted: str, documents: int) -> set[int]:
    if not deleted:
        return set()
    marks = np.unpackbits(np.frombuffer(b64decode(deleted, validate=True), np.uint8))
    if len(marks) != -(-documents // 8) * 8 or marks[documents:].any():
        raise ValueError(f"deleted documents do not fit {documents} documents")
    return set(np.flatnonzero(marks).tolist())
